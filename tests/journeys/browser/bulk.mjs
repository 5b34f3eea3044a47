// bulk.mjs - rows ticked in a list and accepted together, by the keyboard; what failed stays ticked.

import { check, same, test, until } from '../harness.mjs';
import { citizen, mustAct, newPhone, staff } from '../client.mjs';
import { offersOf, orderFor, timesOf } from '../scene.mjs';
import { tabTo } from '../screen.mjs';

export async function bulk({ house, desk, open, axeOn }) {
  await test('ticked rows are accepted together; one that failed stays ticked with its reason', async () => {
    const manager = await staff(house, 'manager');
    const offers = await offersOf(manager, manager.me.org);
    const who = await citizen(house, newPhone());
    const orders = [];
    for (const slot of (await timesOf(who, offers.companion, { days: 14 })).slice(-3))
      orders.push((await who.write('/api/order',
        orderFor(offers.companion, slot, { for_name: '尹向晚' }))).order);
    const ids = orders.map((o) => o.id).join(',');
    const page = await desk('manager');
    await open(page, `/list/care_order?id=${ids}`);
    const boxes = page.locator('tbody input[type=checkbox]');
    await until('the rows are there', async () => (await boxes.count()) === 3);
    await boxes.first().focus();
    await page.keyboard.press('Space');
    const bar = page.getByRole('region', { name: '已选的行' });
    await bar.getByText('已选 1 行').waitFor();
    await page.getByRole('checkbox', { name: '选择本页全部行' }).check();
    await bar.getByText('已选 3 行').waitFor();
    await axeOn(page, 'console: rows ticked');
    await bar.getByRole('button', { name: '接单' }).click();
    const dialog = page.getByRole('dialog', { name: /接单 · 3 行/ });
    await dialog.waitFor();
    await axeOn(page, 'console: for all of them');
    await mustAct(manager, 'care_order', orders[1].id, 'decline', { reason: '人手不足' });
    await tabTo(page, '接单');
    await page.keyboard.press('Enter');
    await dialog.getByText('成功 2 行，未成功 1 行。').waitFor();
    check((await dialog.locator('.why li').innerText()).includes(orders[1].number), 'says which');
    await axeOn(page, 'console: what failed');
    await dialog.getByRole('button', { name: '关闭', exact: true }).click();
    await bar.getByText('已选 1 行').waitFor();
    const states = house.sql(`SELECT state FROM care_order WHERE id IN (${ids}) ORDER BY state`);
    same(states.flat(), ['accepted', 'accepted', 'declined'], 'as it was said');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('ticked rows go through a form: one of ours on A4, one of another office', async () => {
    const page = await desk('street');
    await open(page, '/list/elder');
    const boxes = page.locator('tbody input[type=checkbox]');
    await until('rows', async () => (await boxes.count()) > 3);
    for (const n of [0, 1]) await boxes.nth(n).check({ force: true });
    const bar = page.getByRole('region', { name: '已选的行' });
    for (const [form, ready] of [['便民联系卡', '打开'], [/高龄|花名册|登记表|统计|汇总/, '下载']]) {
      await bar.getByRole('button', { name: '套表打印' }).click();
      const dialog = page.getByRole('dialog', { name: /套表打印/ });
      const choice = dialog.locator('.el-radio').filter({ hasText: form }).first();
      await choice.waitFor();
      await choice.click();
      await until('it is chosen', async () => /is-checked/.test(await choice.getAttribute('class')));
      await axeOn(page, `console: ticked rows through a form, ${ready}`);
      await dialog.getByLabel('理由').fill('入户走访');
      await dialog.getByRole('button', { name: '生成' }).click();
      await dialog.getByText(/共 2 行|2 行/).waitFor();
      await until('the file', async () => (await dialog.locator('a.el-button').count()) === 1);
      await dialog.getByRole('button', { name: '关闭', exact: true }).last().click();
      await dialog.waitFor({ state: 'hidden' });
    }
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
