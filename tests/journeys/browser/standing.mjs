// standing.mjs - in a browser: the daughter pauses her mother's services and resumes; the station
// skips a day of a weekly rule on the elder's page.

import { check, same, test, until } from '../harness.mjs';
import { citizen, daughterOf } from '../client.mjs';

/** `frame` has house, person, desk(login), open(page, path), axeOn(page, what). */
export async function standing({ house, person, desk, open, axeOn }) {
  await test('the station skips a day on her page and begins a rule', async () => {
    const [[elder]] = house.sql(`SELECT elder FROM standing_day WHERE state = 'made'
      AND elder NOT IN (SELECT elder FROM pause) ORDER BY day DESC, id LIMIT 1`);
    const page = await desk('manager');
    await open(page, `/elder/${elder}`);
    const sheet = page.getByRole('region', { name: '长期服务和暂停' });
    await sheet.getByRole('button', { name: /^跳过/ }).first().waitFor();
    await page.getByRole('region', { name: '服务菜单' }).getByRole('button', { name: '展开' }).click();
    await page.getByRole('region', { name: '服务菜单' }).getByRole('heading', { level: 3 }).first().waitFor();
    await axeOn(page, 'console: standing orders of an elder');
    const skipped = () => Number(house.sql("SELECT count(*) FROM standing_day WHERE state = 'skipped'")[0][0]);
    const before = skipped();
    await sheet.getByRole('button', { name: /^跳过/ }).first().click();
    await until('it is skipped', () => skipped() === before + 1);
    await sheet.getByRole('button', { name: /^恢复\s*\d/ }).first().click();
    await until('it is had again', () => skipped() === before);
    await sheet.getByRole('button', { name: '暂停服务' }).click();
    await page.getByRole('dialog').getByText(/免费取消|没有待服务/).waitFor();
    await axeOn(page, 'console: pausing');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('the daughter pauses and resumes from her telephone', async () => {
    const daughter = await daughterOf(house);
    const page = await person({ as: daughter, elder: true });
    await page.goto(`${house.base}/menu`);
    await page.getByRole('link', { name: /^预约/ }).first().waitFor();
    const heads = await page.getByRole('heading', { level: 3 }).allInnerTexts();
    check(/免费或有补贴/.test(heads[0]) && /用过的/.test(heads.at(-1)), `free first, had before last: ${heads}`);
    const pays = await page.locator('section', { has: page.getByRole('heading', { name: /免费或有补贴/ }) })
      .locator('article').allInnerTexts();
    check(pays.length > 0 && pays.every((l) => /免费|有补贴/.test(l)), `what she gets for less: ${pays}`);
    await axeOn(page, 'citizen 长辈版: her own menu');
    await page.goto(`${house.base}/standing`);
    await page.getByRole('heading', { name: /打扫屋子/ }).waitFor();
    await axeOn(page, 'citizen 长辈版: what comes every week');
    await page.getByRole('button', { name: /^暂停服务/ }).click();
    await page.getByText('在子女家').click();
    await page.getByText(/免费取消|没有已约/).waitFor();
    await axeOn(page, 'citizen 长辈版: pausing');
    await page.getByRole('button', { name: '确定暂停' }).click();
    await page.getByRole('status').filter({ hasText: '已暂停' }).waitFor();
    await page.getByRole('button', { name: /^恢复服务/ }).click();
    await page.getByRole('status').filter({ hasText: '服务已恢复' }).waitFor();
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('长辈版: the daughter finds a table near her mother with nothing to type, and her order fits', async () => {
    const daughter = await daughterOf(house);
    const mother = (await daughter.read('/api/my')).elders.find((e) => e.compound_name);
    const page = await person({ as: daughter, elder: true });
    await page.goto(`${house.base}/find/meal`);
    await page.getByRole('button', { name: `${mother.name}家：${mother.compound_name}` }).click();
    await page.getByRole('link', { name: /养老|助餐/ }).first().waitFor();
    await axeOn(page, 'citizen 长辈版: a table near her mother');
    const orders = (await daughter.read('/api/my/orders')).items;
    const meal = orders.find((o) => o.end_min - o.start_min === 1);
    check(meal, 'a meal at the counter');
    await page.goto(`${house.base}/order/${meal.id}`);
    await page.locator('.shelf .about').waitFor();
    check(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth),
      'no wider than the telephone');
    check(!/\d\d:\d\d–\d\d:\d\d/.test(await page.getByRole('main').innerText()),
      'a meal has an hour, not a minute of length');
    await axeOn(page, 'citizen 长辈版: a meal she had');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('长辈版: who listens also hears what goes wrong', async () => {
    const page = await person({ elder: true });
    await page.addInitScript(() => {
      globalThis.spoken = [];
      speechSynthesis.speak = (words) => { globalThis.spoken.push(words.text); };
      speechSynthesis.cancel = () => {};
    });
    const spoken = () => page.evaluate(() => globalThis.spoken);
    await page.goto(`${house.base}/sign-in`);
    const field = page.getByLabel(/手机号/);
    await field.fill('12');
    await page.locator('form button[type=submit]').click();
    await page.getByRole('alert').filter({ hasText: /\d|手机/ }).first().waitFor();
    same(await spoken(), [], 'who does not listen hears nothing');
    await page.getByRole('button', { name: '读给我听' }).click();
    await field.fill('123');
    await page.route('**/api/session/code', (r) => r.abort());
    await field.fill('10088889999');
    await page.locator('form button[type=submit]').click();
    await until('the fault is spoken', async () => (await spoken()).length > 1, 20000);
    const fault = (await page.getByRole('alert').allInnerTexts()).concat(await page.locator('.net').allInnerTexts())
      .map((w) => w.trim()).filter(Boolean);
    const said = (await spoken()).at(-1);
    check(fault.some((w) => said.includes(w)), `${said} of ${fault}`);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
