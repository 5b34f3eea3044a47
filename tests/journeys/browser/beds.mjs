// beds.mjs - the balance of beds on the screen: gaps, the rows behind, the workbook, the rank.

import { check, same, test } from '../harness.mjs';

export async function beds({ house, desk, open, axeOn }) {
  await test('the balance of beds: what lacks, the rows behind, as a workbook', async () => {
    const page = await desk('district');
    await open(page, '/beds');
    const streets = page.getByRole('region', { name: '各街道(乡镇)' });
    await streets.locator('tbody tr').first().waitFor();
    check(await page.getByRole('region', { name: '缺口清单' }).getByText(/缺 \d+/).count(), 'gaps are listed');
    check(await page.getByText('没有统计').count(), 'what nobody counted says so');
    check(await page.getByText('待核').count(), 'norms nobody checked say so');
    await axeOn(page, 'console: balance of beds');
    const book = page.waitForEvent('download');
    await page.getByRole('link', { name: '导出 Excel' }).click();
    check(/床位/.test((await book).suggestedFilename()), 'a workbook with a name');
    await page.emulateMedia({ media: 'print' });
    check(!(await page.getByRole('link', { name: '导出 Excel' }).isVisible()), 'nothing to press on paper');
    await page.emulateMedia({ media: null });
    await streets.locator('tbody a').first().click();
    await page.waitForURL(/list\/(place|bed_count)/);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('the figure of beds leads to its page and ranks the divisions', async () => {
    const page = await desk('district');
    await open(page, '/today');
    const card = page.locator('.figures article').filter({ hasText: '每千名老年人床位' });
    await card.getByText('各辖区排名').click();
    await card.locator('ol li').first().waitFor();
    const streets = house.sql("SELECT COUNT(*) FROM division WHERE level = 'street'")[0][0];
    same(await card.locator('ol li').count(), Number(streets), 'each street has its rank');
    await axeOn(page, 'console: a figure with its ranks');
    await card.getByRole('link', { name: /配比与缺口/ }).click();
    await page.waitForURL(/#\/beds/);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
