// files.mjs - attachments in a browser: sent by the button, looked at large, taken away.

import { check, same, test, until } from '../harness.mjs';
import { staff } from '../client.mjs';
import { png } from '../api/files.mjs';

/** `frame` has house, desk(login), open(page, path), axeOn(page, what). */
export async function files({ house, desk, open, axeOn }) {
  await test('two photographs of an elder: sent with a note, looked at by keys, one taken away',
    async () => {
    const page = await desk('worker');
    const elder = (await (await staff(house, 'worker')).read('/api/elder?size=1')).items[0].id;
    await open(page, `/elder/${elder}`);
    const shelf = page.locator('.shelf');
    await shelf.getByLabel('说明（可不填）').fill('身份证');
    await shelf.locator('input[type=file]').first().setInputFiles([
      { name: '正面.png', mimeType: 'image/png', buffer: png(900, 600) },
      { name: '反面.png', mimeType: 'image/png', buffer: png(600, 900, [31, 111, 139]) },
      { name: '不是图片.png', mimeType: 'image/png', buffer: Buffer.from('<html>') },
    ]);
    await shelf.getByText('不是图片.png 没有传上去').waitFor();
    await until('both', async () => await shelf.locator('.files li').count() === 2);
    await until('the small pictures', () => page.evaluate(() =>
      [...document.querySelectorAll('.files img')].filter((i) => i.naturalWidth > 0).length === 2),
    30000);
    await axeOn(page, 'console: files of an elder');
    await shelf.getByRole('button', { name: '打开 身份证' }).first().click();
    const view = page.getByRole('dialog', { name: '身份证' });
    await view.waitFor();
    await until('the picture itself', () => page.evaluate(() =>
      document.querySelector('.view img')?.naturalWidth > 500));
    await axeOn(page, 'console: a picture, large');
    await page.keyboard.press('+');
    await until('larger', () => page.evaluate(() =>
      document.querySelector('.view .room').scrollWidth > innerWidth));
    await page.keyboard.press('0');
    await page.keyboard.press('ArrowRight');
    await view.getByText('第 2 张，共 2 张').waitFor();
    await page.keyboard.press('Escape');
    await view.waitFor({ state: 'detached' });
    await shelf.getByRole('button', { name: '移除' }).first().click();
    await shelf.getByLabel(/为什么移除/).fill('拍重了');
    await shelf.getByRole('button', { name: '确认移除' }).click();
    await until('one is left', async () => await shelf.locator('.files li').count() === 1);
    check(house.sql("SELECT what FROM access_log WHERE what LIKE 'file:%'").length >= 2, 'logged');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
