// calls.mjs - the call desk in the browser: several services for one caller in one go.

import { same, test, until } from '../harness.mjs';
import { staff } from '../client.mjs';

/** An elder of the station's with a place to go, by the name it shows her under. */
async function served(house) {
  const manager = await staff(house, 'manager');
  return house.sql(`SELECT elder FROM care_order WHERE org = ${manager.me.org} AND elder > 0
    ORDER BY id DESC LIMIT 1`)[0][0];
}

async function choose(page, words) {
  const found = page.waitForResponse((r) =>
    r.url().includes(`/api/offer?q=${encodeURIComponent(words)}`));
  await page.locator('#call-offer').click();
  await page.locator('#call-offer').fill(words);
  await found;
  const option = page.getByRole('option').filter({ hasText: words }).first();
  await option.waitFor();
  await option.click();
  await page.locator('.grid-days button:not([disabled])').first().waitFor();
}

const slot = (page, nth) => page.locator('.grid-days button:not([disabled])').nth(nth);

/** `tools` has house, desk(login), open(page, path), axeOn(page, what). */
export async function calls({ house, desk, open, axeOn }) {
  await test('several services for one caller, all in one go', async () => {
    const elder = await served(house);
    const page = await desk('manager');
    await open(page, `/call?elder=${elder}`);
    await page.getByRole('button', { name: '下新单' }).first().click();
    await choose(page, '陪聊');
    await slot(page, 0).click();
    await page.getByRole('button', { name: '再加一项服务' }).click();
    const kept = page.locator('.items li');
    await kept.first().waitFor();
    await choose(page, '理发');
    await page.getByText('2 项共自付').waitFor();
    await axeOn(page, 'console: a basket at the call desk');
    await page.getByRole('button', { name: '再加一项服务' }).click();
    await until('both stand in the list', async () => (await kept.count()) === 2);
    await kept.last().getByRole('button', { name: /去掉/ }).click();
    await until('one is left out', async () => (await kept.count()) === 1);
    await choose(page, '理发');
    await slot(page, 5).click();
    await page.getByText('2 项共自付').waitFor();
    await page.getByRole('button', { name: /2 项一起下单/ }).click();
    const said = page.getByText(/2 个订单已一起下好/);
    await said.waitFor();
    const number = (await said.innerText()).match(/B\S+/)[0];
    same(house.sql(`SELECT count(*) FROM care_order WHERE basket = '${number}' AND elder = ${elder}
      AND channel = 'phone'`)[0][0], '2', 'orders of this elder under the number');
    await axeOn(page, 'console: a basket is placed');
    await page.getByRole('link', { name: '查看订单' }).click();
    await until('the list shows both', async () =>
      (await page.locator('tbody tr, .el-table__row').count()) >= 2);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  }, 90);

  await test('of several services none is placed while one has no place left', async () => {
    const elder = await served(house);
    const page = await desk('manager');
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, `/call?elder=${elder}`);
    await page.getByRole('button', { name: '下新单' }).first().click();
    await choose(page, '陪聊');
    await slot(page, 8).click();
    await page.getByRole('button', { name: '再加一项服务' }).click();
    await choose(page, '理发');
    const before = house.sql('SELECT count(*) FROM care_order WHERE basket IS NOT NULL')[0][0];
    await page.route('**/api/order/basket', (r) => {
      const body = r.request().postDataJSON();
      body.items[0].slot = body.items[0].slot.replace(/\d+$/, '3');
      return r.continue({ postData: JSON.stringify(body) });
    });
    await page.getByRole('button', { name: /2 项一起下单/ }).click();
    await page.getByText('有几项要改，请看上面').waitFor();
    same(await page.locator('.items .fault').count(), 1, 'why, at the item');
    same(house.sql('SELECT count(*) FROM care_order WHERE basket IS NOT NULL')[0][0], before, 'nothing was placed');
    await until('it fits', () => page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth));
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  }, 90);
}
