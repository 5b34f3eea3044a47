// exports.mjs - a list taken out in a browser: conditions, reason, progress, the file.

import { readFileSync } from 'node:fs';
import { check, same, test } from '../harness.mjs';

export async function exports({ desk, open, axeOn }) {
  await test('what is on screen as a file: conditions, columns, reason, all rows', async () => {
    const page = await desk('district');
    await open(page, '/list/organisation?kind=station');
    await page.getByRole('button', { name: '导出' }).click();
    const dialog = page.getByRole('dialog', { name: /^导出/ });
    await dialog.getByText(/列与屏幕一致/).waitFor();
    await axeOn(page, 'console: take out');
    await dialog.getByText('CSV（UTF-8）').click();
    await dialog.getByRole('button', { name: '开始生成' }).click();
    await dialog.getByText('请写明理由').or(dialog.getByRole('alert')).first().waitFor();
    await dialog.getByRole('button', { name: '月度核对' }).click();
    await dialog.getByRole('button', { name: '开始生成' }).click();
    await dialog.getByText(/^机构/).waitFor({ timeout: 30000 });
    await axeOn(page, 'console: taken out');
    const [file] = await Promise.all([page.waitForEvent('download'),
      dialog.getByRole('link', { name: '下载文件' }).click()]);
    check(/机构-\d{8}-\d{6}\.csv/.test(file.suggestedFilename()), file.suggestedFilename());
    const text = readFileSync(await file.path(), 'utf8');
    check(text.startsWith('\ufeff导出 ') && text.includes('月度核对'), text.slice(0, 200));
    await open(page, '/files');
    await page.getByRole('link', { name: '下载文件' }).first().waitFor();
    await axeOn(page, 'console: my files');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
