// sheets.mjs - a messy list in a browser: uploaded, its columns looked at, checked, stored, undone.

import fs from 'node:fs';
import path from 'node:path';
import { check, same, test, until } from '../harness.mjs';

/** `frame` has house, desk(login), open(page, path), axeOn(page, what). */
export async function sheets({ house, desk, open, axeOn }) {
  await test('a messy list by mouse: columns guessed, mistakes named, stored, taken back whole',
    async () => {
    const page = await desk('street');
    await open(page, '/import');
    await page.getByRole('heading', { name: '导入名单' }).waitFor();
    await page.getByLabel('来源').fill('柳荫街道');
    await page.getByRole('button', { name: '上传并识别各列' }).click();
    await page.getByText('请先选择文件').waitFor();
    await axeOn(page, 'console: taking a list in');
    const list = fs.readFileSync(path.join(house.data, 'messy-list.xlsx'));
    await page.locator('input[type=file]').setInputFiles(
      { name: '花名册.xlsx', mimeType: 'application/octet-stream', buffer: list });
    await page.getByRole('button', { name: '上传并识别各列' }).click();
    await page.getByRole('heading', { name: '列的对应' }).waitFor();
    const field = page.getByLabel('“基本信息身份证号码”对应到');
    same(await field.inputValue(), 'id_number', 'guessed');
    same(await page.getByLabel('“独居”对应到').inputValue(), 'flags.living_alone', 'one flag');
    await axeOn(page, 'console: columns of a list');
    await page.getByRole('button', { name: '检查全部行' }).click();
    await page.getByRole('heading', { name: '导入后的样子' }).waitFor({ timeout: 60000 });
    await page.getByText('号码已丢失末尾数字').first().waitFor();
    await axeOn(page, 'console: a list checked');
    const returned = page.getByRole('link', { name: '下载标出错误的表格' });
    const [kept] = await Promise.all([page.waitForEvent('download'), returned.click()]);
    check(fs.readFileSync(await kept.path()).subarray(0, 2).toString() === 'PK', 'a workbook');
    await page.getByRole('button', { name: '确认导入' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确认导入' }).click();
    await page.getByText(/已新增 \d+ 条/).waitFor({ timeout: 60000 });
    await axeOn(page, 'console: a list stored');
    await page.getByRole('button', { name: '整批撤销' }).click();
    const asking = page.getByRole('dialog');
    await asking.getByRole('textbox').fill('选错了文件');
    await asking.getByRole('button', { name: '整批撤销' }).click();
    await page.getByText(/已撤销 \d+ 条/).waitFor({ timeout: 60000 });
    await page.getByRole('link', { name: '查看每一行的结果' }).click();
    await until('its lines', async () => (await page.locator('tbody tr').count()) > 5);
    await axeOn(page, 'console: lines of a list');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
