// forms.mjs - another office's form in a browser: bound by choosing, tried, filled, fetched.

import { check, same, test } from '../harness.mjs';

export async function forms({ desk, open, axeOn }) {
  await test('the form of the city is bound, tried with five rows and filled', async () => {
    const page = await desk('street');
    await open(page, '/forms');
    await page.getByRole('link', { name: '市老年人关爱走访情况登记表' }).waitFor();
    await axeOn(page, 'console: forms');
    await page.getByRole('link', { name: '市老年人关爱走访情况登记表' }).click();
    const tried = page.getByRole('region', { name: '试填前五行' });
    await tried.getByRole('row').nth(5).waitFor();
    const name = await tried.getByRole('cell').first().innerText();
    check(/^.{1,2}\*/.test(name), `names are masked: ${name}`);
    await page.getByLabel('C 列“性别”填什么').selectOption('');
    await tried.getByRole('columnheader', { name: 'C ·' }).waitFor({ state: 'detached' });
    await page.getByLabel('C 列“性别”填什么').selectOption({ label: '性别' });
    await tried.getByRole('columnheader', { name: 'C ·' }).waitFor();
    await axeOn(page, 'console: form');
    await page.getByLabel('从第几行填起').fill('3');
    await page.getByRole('button', { name: '保存对应' }).click();
    await page.getByText('样行须在表头之下').first().waitFor();
    await page.getByLabel('从第几行填起').fill('5');
    await page.getByRole('button', { name: '填好这张表' }).click();
    const dialog = page.getByRole('dialog', { name: '市老年人关爱走访情况登记表' });
    await dialog.getByRole('button', { name: '月度核对' }).click();
    await axeOn(page, 'console: form, why');
    await dialog.getByRole('button', { name: '开始生成' }).click();
    const link = dialog.getByRole('link', { name: '下载文件' });
    await link.waitFor({ timeout: 60000 });
    const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
    check(/登记表-\d{8}-\d{6}\.xlsx/.test(file.suggestedFilename()), file.suggestedFilename());
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
