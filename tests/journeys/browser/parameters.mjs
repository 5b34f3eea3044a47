// parameters.mjs - a parameter's versions, the year's calendar and birthdays in a browser.

import { check, same, test, until } from '../harness.mjs';

/** `frame` has house, desk(login), open(page, path), axeOn(page, what). */
export async function parameters({ house, desk, open, axeOn }) {
  await test('a default is checked, and two days are compared', async () => {
    const page = await desk('district');
    await open(page, '/parameters');
    await page.getByPlaceholder('按名称或编码查找').fill('order.confirm_days');
    await page.locator('.name').first().click();
    await page.locator('.card').first().waitFor();
    await axeOn(page, 'console: a parameter');
    await page.getByRole('button', { name: '核对', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/文号/).fill('演示〔2026〕1号');
    await dialog.getByLabel(/条款/).fill('第三条');
    await dialog.getByRole('button', { name: '核对', exact: true }).click();
    await until('it is checked', () => house.sql(
      "SELECT status, article FROM parameter WHERE name = 'order.confirm_days'")[0].join() === 'checked,第三条');
    await page.getByText('两天取值').waitFor();
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('the year is shown, a deadline is counted, an unloaded year is named', async () => {
    const page = await desk('district');
    await open(page, '/calendar');
    await page.locator('.month').nth(11).waitFor();
    const box = page.getByRole('region', { name: '推算期限' });
    await box.getByRole('button', { name: '推算' }).click();
    await box.locator('.until, .fault').first().waitFor();
    await axeOn(page, 'console: calendar');
    await box.getByLabel('期限', { exact: true }).fill('400');
    await box.getByRole('button', { name: '推算' }).click();
    await box.locator('.fault').waitFor();
    check((await box.locator('.fault').innerText()).includes('还没有录入'), 'what is to be done');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('birthdays of the next days lead to her page', async () => {
    const page = await desk('street');
    await open(page, '/birthdays');
    await page.locator('.items li').first().waitFor();
    await axeOn(page, 'console: birthdays');
    await page.locator('.items a').first().click();
    await page.getByRole('region', { name: '生日' }).waitFor();
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
