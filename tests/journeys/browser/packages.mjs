// packages.mjs - in a browser: a package is made and published, an elder is signed up on her page,
// the daughter asks for one; at the call desk the usual and the meal by one key.

import { check, same, test, until } from '../harness.mjs';
import { daughterOf, mustAct, newPhone, staff } from '../client.mjs';

/** An elder of the station who has signed, lives, and has neither package nor pause. */
async function freeElder(house) {
  const manager = await staff(house, 'manager');
  return house.sql(`SELECT a.elder FROM agreement a JOIN elder e ON e.id = a.elder
    WHERE a.org = ${manager.me.org} AND a.state = 'active' AND e.died_on IS NULL
      AND a.elder NOT IN (SELECT elder FROM package_plan)
      AND a.elder NOT IN (SELECT elder FROM pause) ORDER BY a.id LIMIT 1`)[0][0];
}

/** Fills the generic form of a new package. */
async function make(house, name) {
  const manager = await staff(house, 'manager');
  const pack = await manager.write('/api/service_package', { name, kinds: ['care'], payer: 'station',
    months: 3, valid_from: '2026-01-01', source: '本站试行' });
  return { manager, pack };
}

/** `frame` has house, person, desk(login), open(page, path), axeOn(page, what). */
export async function packages({ house, person, desk, open, axeOn }) {
  const name = `试签包${newPhone().slice(-4)}`;
  const { pack } = await make(house, name);

  await test('a package gets its items and is handed in, on its page', async () => {
    const page = await desk('manager');
    await open(page, '/packages');
    const card = page.getByRole('article', { name });
    await card.getByText('还没有服务项目').waitFor();
    await card.getByRole('button', { name: '加项目' }).click();
    await card.locator(`#item-${pack.id}`).click();
    await card.locator(`#item-${pack.id}`).fill('陪聊');
    await page.getByRole('option').filter({ hasText: /陪聊|精神慰藉/ }).first().click();
    await card.getByLabel('每次自付（元）').fill('5');
    await axeOn(page, 'console: packages');
    await card.getByRole('button', { name: '加项目' }).click();
    await card.getByRole('cell', { name: '每周 1 次' }).waitFor();
    await card.getByRole('button', { name: '提交审核' }).click();
    await card.getByText('待审核').waitFor();
    same(page.faults, [], 'faults of the page');
    await page.context().close();
    await mustAct(await staff(house, 'director'), 'service_package', pack.id, 'publish');
  });

  await test('a package: the station signs her up, and sees what is left', async () => {
    const elder = await freeElder(house);
    const page = await desk('manager');
    await open(page, `/elder/${elder}`);
    const sheet = page.getByRole('region', { name: '服务包' });
    await sheet.getByRole('button', { name: '签服务包' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('#plan-package').selectOption({ value: pack.id });
    await dialog.getByText('每周选 1 天').waitFor();
    await axeOn(page, 'console: signing up for a package');
    await dialog.getByRole('button', { name: '签服务包' }).click();
    await sheet.getByText(name).waitFor();
    await sheet.getByText(/本周还剩 \d 次/).waitFor();
    await until('a standing order of it', () => house.sql(`SELECT count(*) FROM standing_order
      WHERE elder = ${elder} AND plan IS NOT NULL AND state = 'active'`)[0][0] === '1');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('a package: what there is, and asking for it from a telephone', async () => {
    const daughter = await daughterOf(house);
    const page = await person({ as: daughter, elder: true });
    await page.goto(`${house.base}/packages`);
    await page.getByRole('heading', { name: '可以签的' }).waitFor();
    await axeOn(page, 'citizen 长辈版: packages');
    await page.getByRole('link', { name: /^看看怎么签/ }).first().click();
    await page.getByRole('button', { name: '提交' }).waitFor();
    await axeOn(page, 'citizen 长辈版: signing up for a package');
    const mother = (await daughter.read('/api/my')).elders[0].id;
    const asked = () => Number(house.sql(`SELECT count(*) FROM package_plan
      WHERE elder = ${mother} AND state = 'asked'`)[0][0]);
    const before = asked();
    await page.getByRole('button', { name: '提交' }).click();
    await until('it is asked for', () => asked() === before + 1);
    await page.getByText('等驿站确认').first().waitFor();
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('left of a package, what she had before and the meal at the call desk', async () => {
    const manager = await staff(house, 'manager');
    const today = Date.parse(house.inDays(0)) / 864e5;                  // as the house counts days
    const [[elder]] = house.sql(`SELECT elder FROM care_order WHERE org = ${manager.me.org}
      AND sitting = 'lunch' AND elder > 0 AND place > 0 AND ended_at IS NULL
      AND day <= ${today} ORDER BY day DESC, id DESC LIMIT 1`);
    const page = await desk('manager');
    await open(page, `/call?elder=${elder}`);
    const again = page.locator('[data-key="A"]');
    await again.waitFor();
    await page.locator('.last .menu').waitFor();
    await axeOn(page, 'console: what a caller had before');
    check((await page.locator('.last li').count()) <= 3, 'three at most');
    await page.keyboard.press('a');
    await page.locator('#call-place').waitFor();
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
