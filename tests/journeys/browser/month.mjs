// month.mjs - the month in a browser: what is billed, what is held and why, hours by carer.

import { check, same, test } from '../harness.mjs';

export async function monthPage({ desk, open, axeOn }) {
  await test('the month: sums, doubtful visits with reasons, hours of each carer', async () => {
    const page = await desk('manager');
    await open(page, '/month');
    await page.locator('.sums').waitFor();
    check(await page.locator('table tbody tr').count() > 0, 'no carers');
    const explain = page.getByRole('button', { name: '说明情况' }).first();
    if (await explain.count()) {
      await explain.click();
      await page.getByRole('textbox', { name: '说明情况' }).fill('手机没电，签字单照片已补传');
    }
    await axeOn(page, 'console: the month');
    await page.locator('input[type=month]').fill('2020-01');
    await page.locator('input[type=month]').dispatchEvent('change');
    await page.getByText('这个月没有已完成的上门').waitFor();
    await axeOn(page, 'console: a month without visits');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}

/** What an order has brought in, in its drawer: the receipt, and an invoice asked for. */
export async function orderMoney({ house, desk, open, axeOn }) {
  await test('the money of an order: its receipt, an invoice with a tax number that can be', async () => {
    const paid = house.sql(`SELECT care_order FROM payment WHERE care_order NOT IN (SELECT care_order FROM invoice)
      AND org = (SELECT g.org FROM access_grant g JOIN account a ON a.id = g.account WHERE a.login = 'manager')
      GROUP BY care_order HAVING COUNT(*) = 1 AND MIN(amount) > 0 ORDER BY MAX(id) DESC LIMIT 1`)[0][0];
    const page = await desk('manager');
    await open(page, `/list/care_order?open=${paid}`);
    await page.getByRole('tab', { name: '收款与发票', exact: true }).click();
    await page.getByRole('button', { name: '收据' }).first().waitFor();
    await axeOn(page, 'console: money of an order');
    await page.getByLabel('抬头').fill('云汀市某公司');
    await page.getByLabel('税号').fill('911101010000000000');
    await page.getByRole('button', { name: '申请开票' }).click();
    await page.locator('p.bad[role=alert]').waitFor();
    await page.getByLabel('税号').fill('91350100M000100Y43');
    await page.getByRole('button', { name: '申请开票' }).click();
    await page.getByText('待开票').waitFor();
    same(house.sql(`SELECT COUNT(*) FROM invoice WHERE care_order = ${paid}`)[0][0], '1', 'one invoice');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
