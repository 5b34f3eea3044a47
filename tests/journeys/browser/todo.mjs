// todo.mjs - the inbox in a browser: its number lives, a row opens, its action is taken by keys.

import { check, same, test, until } from '../harness.mjs';
import { citizen, newPhone, staff } from '../client.mjs';
import { offersOf, orderFor, timesOf } from '../scene.mjs';
import { tabTo } from '../screen.mjs';

export async function todo({ house, desk, open, axeOn }) {
  await test('a new order raises the number, opens by the keyboard and is accepted', async () => {
    const page = await desk('manager');
    await open(page, '/');
    const bell = page.locator('a.bell');
    await until('the bell knows', async () => /待办 \d+ 件|没有待办/.test(
      await bell.getAttribute('aria-label')));
    const number = async () => Number((await bell.getAttribute('aria-label')).match(/\d+/)?.[0] ?? 0);
    const before = await number();
    const manager = await staff(house, 'manager');
    const offers = await offersOf(manager, manager.me.org);
    const who = await citizen(house, newPhone());
    const slot = (await timesOf(who, offers.companion, { days: 7 })).at(-1);
    const { order } = await who.write('/api/order', orderFor(offers.companion, slot,
      { for_name: '尹向晚' }));
    await until('the number grows', async () => (await number()) > before, 60000);
    await bell.click();
    await page.locator('.kind').filter({ hasText: '待接单' }).click();
    const line = page.locator('.line').filter({ hasText: order.number });
    await line.waitFor();
    check(/周[一二三四五六日]|[今明后]天/.test(await line.innerText()) && !/20\d\d-\d\d-\d\d/.test(await line.innerText()),
      `days as people say them: ${await line.innerText()}`);
    await axeOn(page, 'console: todo');
    await line.focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: '接单' }).waitFor();
    await axeOn(page, 'console: todo opened');
    await tabTo(page, '接单');
    await page.keyboard.press('Enter');
    await until('it is accepted', () =>
      house.sql(`SELECT state FROM care_order WHERE id = ${order.id}`)[0][0] === 'accepted');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('a fact to verify is handed to a colleague from the line', async () => {
    const page = await desk('worker'), street = await staff(house, 'street');
    const { name } = street.me;
    await open(page, '/todo?kind=verifications');
    const free = page.locator('.rows li').filter({ has: page.getByRole('button', { name: '我来核实' }) })
      .filter({ hasNotText: '认领' }).first();
    const line = await free.locator('.line b').innerText();
    await free.getByRole('button', { name: '转交', exact: true }).click();
    const box = page.getByRole('dialog');
    await box.getByRole('button', { name: '转交给同事' }).click();
    await box.locator('#a-to-fault').waitFor();
    await axeOn(page, 'console: handing on, nobody chosen');
    await box.locator('#a-to').click();
    await page.getByRole('option').filter({ hasText: name }).first().click();
    await box.locator('#a-why').fill('下午替我打一次');
    await box.getByRole('button', { name: '转交给同事' }).click();
    await box.waitFor({ state: 'hidden' });
    await page.context().close();
    const hers = await desk('street');
    await open(hers, '/todo?kind=verifications');
    await hers.getByRole('button', { name: '我认领的', exact: true }).click();
    const got = hers.locator('.rows li').filter({ hasText: '下午替我打一次' });
    await got.waitFor();
    check((await got.innerText()).includes(line), 'the same thing');
    await axeOn(hers, 'console: handed to me');
    same([...page.faults, ...hers.faults], [], 'faults of the pages');
    await hers.context().close();
  });

  await test('the inbox on a telephone, and empty', async () => {
    const page = await desk('auditor');
    await open(page, '/todo');
    await page.getByText('没有等您处理的事').waitFor();
    await axeOn(page, 'console: nothing to do');
    await page.context().close();
    const narrow = await desk('street');
    await narrow.setViewportSize({ width: 390, height: 844 });
    await open(narrow, '/todo');
    await narrow.locator('.line').first().waitFor();
    await axeOn(narrow, 'console: todo, narrow');
    check(await narrow.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), 'fits');
    await narrow.context().close();
  });
}
