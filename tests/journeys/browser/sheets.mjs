// sheets.mjs - a messy list in a browser: uploaded, its columns looked at, checked, stored, undone.

import fs from 'node:fs';
import path from 'node:path';
import { check, same, test, until } from '../harness.mjs';
import { workbookOf } from '../workbook.mjs';

/** The list is the second page, under instructions and beside that of last year. */
const withInstructions = () => workbookOf([
  { name: '填表说明', rows: [['填表说明'], ['请如实填写']] },
  { name: '台账', rows: [['老年人台账'], ['姓 名', '出生日期', '详细住址'], ['封桂枝', '1941.3.5', '3号楼']] },
  { name: '去年', rows: [['老人姓名', '性别'], ['旧人', '男']] }]);

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

  await test('another sheet of the file, another header: its columns are shown before a check',
    async () => {
    const page = await desk('street');
    await open(page, '/import');
    await page.getByLabel('来源').fill('只见过一次的来源');
    await page.locator('input[type=file]').setInputFiles(
      { name: '有说明.xlsx', mimeType: 'application/octet-stream', buffer: withInstructions() });
    await page.getByRole('button', { name: '上传并识别各列' }).click();
    same(await page.getByLabel('“详细住址”对应到').inputValue(), 'address', 'the page with heads was found');
    same(await page.getByLabel('来源').inputValue(), '只见过一次的来源', 'its name came along');
    await page.getByLabel('工作表').selectOption({ label: '去年' });
    same(await page.getByLabel('“性别”对应到').inputValue(), 'gender', 'the other page’s columns');
    await page.getByLabel('工作表').selectOption({ label: '台账' });
    await page.getByLabel('“详细住址”对应到').waitFor();
    await page.getByLabel('表头从第几行').fill('1');
    await page.getByLabel('表头从第几行').press('Tab');
    await page.getByLabel('“老年人台账”对应到').waitFor();
    await page.reload();
    await page.getByLabel('“详细住址”对应到').waitFor();
    same(await page.getByLabel('来源').inputValue(), '只见过一次的来源', 'and is there after a reload');
    await axeOn(page, 'console: the sheet of a list chosen');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('a list of another office is noted, and its rows come in from there', async () => {
    const page = await desk('street');
    await open(page, '/list/office_list?open=new');
    const form = page.getByRole('dialog');
    await form.getByLabel('名单', { exact: false }).first().fill('九月火化名单');
    await form.getByLabel('来自单位').fill('殡葬管理所');
    await form.getByRole('button', { name: '保存' }).click();
    await page.getByRole('link', { name: '上传名单明细' }).click();
    same(await page.getByLabel('名单里是什么').inputValue(), 'office_entry', 'what it is, is chosen');
    await page.locator('input[type=file]').setInputFiles({ name: '火化.csv',
      mimeType: 'text/csv', buffer: Buffer.from('逝者姓名,火化日期\n无此人,2026.9.10\n') });
    await page.getByRole('button', { name: '上传并识别各列' }).click();
    await page.getByRole('heading', { name: '列的对应' }).waitFor();
    await page.locator('.el-select__placeholder', { hasText: '九月火化名单' }).waitFor();
    await page.getByRole('button', { name: '检查全部行' }).click();
    await page.getByRole('heading', { name: '导入后的样子' }).waitFor();
    const list = house.sql("SELECT id FROM office_list WHERE name = '九月火化名单'")[0][0];
    const mapping = house.sql('SELECT mapping FROM import_batch ORDER BY id DESC LIMIT 1')[0][0];
    check(String(mapping).includes(String(list)), 'all rows belong to that list');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
