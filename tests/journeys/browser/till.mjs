// till.mjs - the counter of a meal point in a browser: by keyboard, without a network, the day closed.

import { check, same, test, until } from '../harness.mjs';
import { staff } from '../client.mjs';

// A stated time for each stroke, not a measured one: at most 4 seconds a person.
const SECONDS_A_STROKE = 0.5, SECONDS_A_PERSON = 4;

/** Types into the box and serves with Enter; how many strokes it took. */
async function serve(page, text) {
  await page.locator('input:focus').waitFor();
  await page.keyboard.type(text);
  await page.locator('.diner.on').waitFor();
  await page.keyboard.press('Enter');
  return text.length + 1;
}

/** Who has not eaten yet and is alone with her initials. */
function alone(list) {
  const initials = (d) => d.keys.split(',')[0];
  return list.filter((d) => !d.had && !d.used && !d.ahead &&
    list.filter((x) => initials(x).startsWith(initials(d))).length === 1);
}

const meals = (house, elder) => house.sql(
  `SELECT state FROM counter_meal WHERE elder ${elder ? `= ${elder}` : 'IS NULL'} AND state <> 'undone'`).length;

export async function till({ house, desk, open, axeOn }) {
  await test('the counter by keyboard: four seconds a person, twice asked, undone', async () => {
    const manager = await staff(house, 'manager');
    const list = (await manager.read('/api/sync/counter')).rows.map((r) => r.row);
    const [first] = alone(list);
    const page = await desk('manager');
    await open(page, '/counter');
    await page.getByText(/名单里有 \d+ 位/).waitFor();
    await axeOn(page, 'console: counter, nobody there');
    const had = meals(house, first.elder);
    const strokes = await serve(page, first.keys.split(',')[0]);
    check(strokes * SECONDS_A_STROKE <= SECONDS_A_PERSON, `${strokes} strokes`);
    await page.getByText(`${first.name} 取餐`).waitFor();
    await until('she is served', () => meals(house, first.elder) === had + 1);
    await axeOn(page, 'console: counter, one served');
    await serve(page, first.keys.split(',')[0]);
    await page.getByText('再按一次回车').waitFor();                // had today: the first Enter only warns
    await axeOn(page, 'console: counter, had today');
    await page.keyboard.press('Escape');
    same(meals(house, first.elder), had + 1, 'not served twice');
    await page.getByRole('button', { name: '撤销', exact: true }).first().click();
    await page.locator('input:focus').waitFor();                    // free at once, while it is undone
    await page.keyboard.type('zzzz');
    await until('she is undone', () => meals(house, first.elder) === had);
    await page.getByText(`已撤销 ${first.name}`).waitFor();
    same(await page.locator('input:focus').inputValue(), 'zzzz', 'what was typed meanwhile stays');
    await page.keyboard.press('Enter');
    await page.getByText('没有找到，请核对').waitFor();
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('without a network the counter serves on, and brings it in once', async () => {
    const manager = await staff(house, 'manager');
    const list = (await manager.read('/api/sync/counter')).rows.map((r) => r.row);
    const [one] = alone(list).slice(-1);
    const page = await desk('manager');
    await open(page, '/counter');
    await page.getByText(/名单里有 \d+ 位/).waitFor();
    const had = meals(house, one.elder), guests = meals(house, 0);
    await page.context().setOffline(true);
    await serve(page, one.keys.split(',')[0]);
    await page.getByText(`${one.name} 取餐`).waitFor();
    await page.keyboard.press('F8');
    await page.getByText('2 笔等待补传').waitFor();
    await axeOn(page, 'console: counter, off line');
    same(meals(house, one.elder), had, 'nothing is in yet');
    await page.context().setOffline(false);
    await until('both are in', () => meals(house, one.elder) === had + 1 && meals(house, 0) === guests + 1, 40000);
    await page.getByText('2 笔等待补传').waitFor({ state: 'detached' });
    await page.context().close();
  });

  await test('what was refused as it came in is asked again, once its cause is gone', async () => {
    const page = await desk('manager');
    await open(page, '/counter');
    await page.getByText(/名单里有 \d+ 位/).waitFor();
    const guests = meals(house, 0);
    await page.route('**/api/sync/counter', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      const { items } = route.request().postDataJSON();
      return route.fulfill({ json: { results: items.map((i) =>
        ({ key: i.key, result: 'refused', message: '当日已日结' })) } });
    });
    await page.locator('input:focus').waitFor();
    await page.keyboard.press('F8');
    const why = page.locator('small.why').filter({ hasText: '当日已日结' });
    await why.waitFor();
    await axeOn(page, 'console: counter, one refused');
    same(meals(house, 0), guests, 'not in');
    await page.unroute('**/api/sync/counter');
    await page.getByRole('button', { name: /^再传一次/ }).click();
    await until('it is in, once', () => meals(house, 0) === guests + 1);
    await why.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '撤销', exact: true }).first().click();
    await until('taken out again', () => meals(house, 0) === guests);
    await page.context().close();
  });

  await test('the day is counted by one, with a reason, and signed by another', async () => {
    const today = await staff(house, 'manager').then((m) => m.read('/api/counter')).then((d) => d.today);
    const page = await desk('manager');
    await open(page, '/closing');
    await axeOn(page, 'console: closing');
    const begin = page.getByRole('button', { name: '开始今天的日结' });
    await page.locator('.days button').first().waitFor();
    if (await begin.count()) await begin.click();              // unless the clock has begun it
    await begin.waitFor({ state: 'detached' });
    const cash = page.getByLabel('实收 现金');
    const expected = await cash.locator('xpath=ancestor::tr/td[1]').innerText();
    await cash.fill((Number(expected.replace(/[^\d.-]/g, '')) - 1).toFixed(2));
    const held = page.getByLabel('实收 代办备用金');
    await held.fill((await held.locator('xpath=ancestor::tr/td[1]').innerText()).replace(/[^\d.]/g, ''));
    await page.getByLabel('差额原因').fill('找零多给 1 元');
    await axeOn(page, 'console: closing, counted');
    await page.getByRole('button', { name: '点款并签字' }).click();
    await page.getByText('等待另一位同事复核').waitFor();
    same(page.faults, [], 'faults of the page');
    await page.context().close();

    const other = await desk('cashier');
    await open(other, '/closing');
    await other.getByRole('button', { name: '复核签字' }).click();
    const state = () => house.sql(`SELECT state FROM day_close ORDER BY day DESC, id DESC LIMIT 1`)[0][0];
    await until('it is closed', () => state() === 'closed');
    await axeOn(other, `console: closing of ${today}, signed`);
    await other.context().close();
  });
}
