// households.mjs - households in a browser: one is confirmed, a difference is found in order.

import { same, test, until } from '../harness.mjs';

/** `frame` has house, desk(login), open(page, path), axeOn(page, what). */
export async function households({ house, desk, open, axeOn }) {
  await test('a household is confirmed, its page and her page say so, a difference is settled',
    async () => {
    const page = await desk('street');
    await open(page, '/households');
    const items = page.locator('.items li');
    await items.first().waitFor();
    await axeOn(page, 'console: households to confirm');
    const id = (await items.first().getByRole('link').first().getAttribute('href'))
      .match(/(\d+)$/)[1];
    await items.first().getByRole('button', { name: '确认是一户' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/其他同住人数/).fill('0');
    await dialog.getByRole('button', { name: '确认是一户' }).click();
    await until('it is confirmed', () => house.sql(
      `SELECT state, kind FROM household WHERE id = ${id}`)[0].join() === 'confirmed,elders');
    await open(page, `/household/${id}`);
    await page.locator('.members li').first().waitFor();
    await axeOn(page, 'console: household');
    await page.locator('.members a').first().click();
    await page.getByRole('region', { name: '与谁同住' }).getByRole('link').first().waitFor();
    await axeOn(page, 'console: elder with a household');
    await open(page, '/households');
    await page.getByRole('button', { name: /^不一致/ }).click();
    await items.first().waitFor();
    await axeOn(page, 'console: household differences');
    const settled = () => Number(house.sql("SELECT count(*) FROM household_member WHERE settled <> 'nothing'")[0][0]);
    const before = settled();
    await items.first().getByRole('button', { name: '核对无误' }).click();
    await page.getByRole('dialog').getByLabel(/核对情况/).fill('上门核实');
    await page.getByRole('dialog').getByRole('button', { name: '核对无误' }).click();
    await until('it is settled', () => settled() === before + 1);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
