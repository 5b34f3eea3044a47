// papers.mjs - forms on A4 in a browser, and a signed sheet that comes back and is keyed in.

import { check, same, test, until } from '../harness.mjs';
import { citizen, newPhone, staff } from '../client.mjs';
import { moment, offersOf, orderGiven } from '../scene.mjs';

export async function papers({ house, desk, open, axeOn }) {
  let order, carer;
  await test('the month of a station and a card for the fridge, as paper', async () => {
    const page = await desk('manager');
    await open(page, '/station');
    await page.getByRole('button', { name: '本月确认单' }).click();
    const dialog = page.getByRole('dialog', { name: '本月确认单' });
    const before = house.inDays(-20).slice(0, 7);
    await dialog.getByLabel('月份').fill(before);
    await dialog.getByRole('button', { name: '月度核对' }).click();
    await axeOn(page, 'console: print a month');
    await dialog.getByRole('button', { name: '开始生成' }).click();
    await dialog.getByRole('link', { name: '打开打印件' }).waitFor({ timeout: 60000 });
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test("an elder's file and the figures, as paper from their pages", async () => {
    const page = await desk('district');
    const [[elder]] = house.sql('SELECT id FROM elder WHERE ended_at IS NULL ORDER BY id LIMIT 1');
    for (const [path, name] of [[`/elder/${elder}`, '档案一页纸'], ['/today', '打印一览']]) {
      await open(page, path);
      await page.getByRole('button', { name }).click();
      const dialog = page.getByRole('dialog', { name });
      await dialog.getByRole('button', { name: '月度核对' }).click();
      await axeOn(page, `console: print ${name}`);
      await dialog.getByRole('button', { name: '开始生成' }).click();
      await dialog.getByRole('link', { name: '打开打印件' }).waitFor({ timeout: 60000 });
      await dialog.getByRole('button', { name: '关闭', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
    }
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('the cards of coverage: a share with its levels, each number leads to its homes', async () => {
    const page = await desk('district');
    await open(page, '/today');
    const card = page.locator('article.card').filter({ hasText: /15 分钟|分钟可达|驿站覆盖|覆盖/ }).first();
    await card.waitFor();
    const text = await card.innerText();
    check(/%/.test(text), `a share: ${text}`);
    check(/门牌|楼栋|小区|社区/.test(text), `by level of match: ${text}`);
    check(/截至/.test(text), `since when: ${text}`);
    await axeOn(page, 'console: cards of coverage');
    const parts = card.getByRole('link');
    check((await parts.count()) > 2, 'numbers that lead somewhere');
    await parts.first().click();
    await page.waitForURL(/\/list\/elder/);
    const home = page.locator('tbody tr:visible').first();
    await home.waitFor();
    check(/\*/.test(await home.innerText()), 'the homes behind, masked');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('door codes as cards, from their own screen', async () => {
    const page = await desk('manager');
    const [[day]] = house.sql("SELECT MIN(valid_from) FROM door_code WHERE state = 'made' AND kind = 'door'");
    await open(page, '/doors');
    await page.getByText(/\d+ 个门码待上墙/).waitFor();
    await page.getByLabel('月份').fill(new Date(Number(day) * 86400000).toISOString().slice(0, 7));
    await axeOn(page, 'console: door codes');
    await page.getByRole('button', { name: '打印门码' }).click();
    const dialog = page.getByRole('dialog', { name: '打印门码' });
    await dialog.getByRole('button', { name: '月度核对' }).click();
    await dialog.getByRole('button', { name: '开始生成' }).click();
    await dialog.getByRole('link', { name: '打开打印件' }).waitFor({ timeout: 60000 });
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('a signed sheet comes back: its number, its times, 补录 for good', async () => {
    const manager = await staff(house, 'manager');
    carer = await staff(house, 'carer');
    const who = await citizen(house, newPhone());
    const offers = await offersOf(manager, manager.me.org);
    const given = await orderGiven(manager, who, carer.me.carer, [offers.companion], { late: true });
    const { slot } = given;
    order = given.order;
    await house.restart(moment(slot.day, 20 * 60));
    const page = await desk('manager');
    await open(page, `/back?number=${order.number}`);
    await page.getByLabel('到达时间').fill('09:05');
    await page.getByLabel('离开时间').fill('08:00');
    await page.getByLabel('签字人').fill('周桂芬');
    await page.getByRole('button', { name: '保存补录' }).click();
    await page.getByRole('alert').filter({ hasText: '离开时间要晚于到达时间' })
      .or(page.getByText('有几项需要改一改')).first().waitFor();
    await axeOn(page, 'console: key in a sheet');
    await page.getByLabel('离开时间').fill('10:00');
    await page.getByRole('button', { name: '保存补录' }).click();
    await page.getByText('已补录').first().waitFor();
    await axeOn(page, 'console: keyed in');
    const visit = (await (await staff(house, 'manager')).read(`/api/visit?care_order=${order.id}`)).items[0];
    same([visit.state, visit.backdated], ['done', true], 'done, and marked');
    check(/T09:05/.test(visit.arrived_at) && /T10:00/.test(visit.done_at), 'the times of the paper');
    await until('the family reads it', async () =>
      (await who.read(`/api/my/orders/${order.id}`)).order.state === 'served');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
