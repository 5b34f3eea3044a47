// leads.mjs - 未诉 beside 已诉 on one page, and the list behind a number.

import { same, test } from '../harness.mjs';

export async function leads({ desk, open, axeOn }) {
  await test('signals stand beside complaints, and a number opens its list', async () => {
    const page = await desk('district');
    await open(page, '/lead');
    await page.getByRole('heading', { name: '未诉', exact: true }).waitFor();
    await page.getByRole('heading', { name: '已诉' }).waitFor();
    await axeOn(page, 'console: signals beside complaints');
    await page.getByRole('region', { name: '未诉' }).getByRole('link').first().click();
    await page.waitForURL(/list\/work_item/);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
