// atlas.mjs - 养老地图: worst first and on the map, two rules, a place opened by list, kept, compared.

import { randomUUID } from 'node:crypto';
import { check, same, test, until } from '../harness.mjs';

const first = async (page) => (await page.locator('tbody tr').first().innerText()).split(/\s+/);
const name = `推演${randomUUID().slice(0, 6)}`;

/** `frame` has house, desk(login), open(page, path), axeOn(page, what). */
export async function atlas({ house, desk, open, axeOn }) {
  await test('a planner finds the worst community, opens a place there and keeps the plan', async () => {
    const page = await desk('district');
    await open(page, '/atlas');
    await page.getByRole('columnheader', { name: '走不到' }).waitFor();
    const [worst, share] = await first(page);
    check(/%$/.test(share), `${worst} ${share}`);
    await page.getByRole('button', { name: worst, exact: true }).click();
    await page.getByRole('link', { name: /走不到的 .* 位老人名单/ }).waitFor();
    await page.getByLabel('对比步速').selectOption({ label: '体弱老人步速' });
    await until('a second column', async () => await page.locator('thead th').count() === 5, 20000);
    const day = '2000-01-01';
    await page.getByLabel('与哪天比').fill(day);
    await page.getByRole('columnheader', { name: day }).waitFor();
    same(await page.getByLabel('对比步速').inputValue(), '', 'one comparison at a time');
    await page.getByText('以前没有记录的社区不列').waitFor();
    await axeOn(page, 'console: planning map');

    const pace = page.getByLabel('步速', { exact: true });
    await pace.selectOption('frail');
    await page.getByRole('button', { name: /走不到的 .* 位老人名单/ }).click();
    const homes = page.getByRole('dialog', { name: /走不到的老人/ });
    await homes.getByRole('link').first().waitFor();
    await homes.getByRole('button', { name: '半径内却走不到' }).click();
    await homes.getByRole('button', { name: '半径内却走不到', pressed: true }).waitFor();
    await axeOn(page, 'console: who is left out');
    await page.keyboard.press('Escape');
    await homes.waitFor({ state: 'hidden' });
    await pace.selectOption('elder');

    await page.getByRole('button', { name: '两种口径' }).click();
    await page.getByText('却走不到的').waitFor();
    await page.getByRole('button', { name: '打印 A3' }).click();
    const dialog = page.getByRole('dialog', { name: '打印 A3' });
    await dialog.getByRole('button', { name: '月度核对' }).click();
    await dialog.getByRole('button', { name: '开始生成' }).click();
    await dialog.locator('a[href$="/file"]').waitFor({ timeout: 60000 });
    await dialog.getByRole('button', { name: '关闭', exact: true }).last().click();
    await dialog.waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: '推演', exact: true }).click();
    await page.getByRole('button', { name: '加上这处变动' }).click();
    await page.getByText('位置写成').waitFor();
    await page.getByLabel('或放在社区中心').selectOption({ label: worst });
    await page.getByLabel('床位（或同时容纳人数）').fill('30');
    await page.getByRole('button', { name: '加上这处变动' }).click();
    await page.getByText(/走得到的老人 .*（\+\d/).waitFor();
    await page.getByRole('button', { name: '关闭', exact: true }).click();
    await page.getByLabel('哪一处').selectOption({ index: 1 });
    await page.getByRole('button', { name: '加上这处变动' }).click();
    await until('two changes', async () => await page.locator('.changes li').count() === 2, 20000);
    await page.locator('.changes li').nth(1).getByRole('button').click();
    await page.getByText(/走得到的老人 .*（\+\d/).waitFor();
    await axeOn(page, 'console: what if');

    await page.getByLabel('方案名称').fill(name);
    await page.getByRole('button', { name: '保存为方案' }).click();
    await page.getByText('请写方案名称').waitFor();
    await page.getByRole('combobox', { name: /哪个区划/ }).fill('安澜');
    await page.getByRole('option').filter({ hasText: '安澜区' }).first().click();
    await page.getByRole('button', { name: '保存为方案' }).click();
    const kept = () => house.sql(`SELECT id FROM scenario WHERE name = '${name}'`);
    await until('it is kept', () => kept().length === 1, 30000);

    await page.getByRole('button', { name: '推演方案' }).click();
    await page.getByRole('checkbox', { name: `对比 ${name}` }).check();
    await page.getByRole('checkbox', { name: /增设助餐点/ }).check();
    await page.getByText('两个方案对比').waitFor();
    await axeOn(page, 'console: scenarios compared');
    same(page.faults, [], 'faults of the page');
    await page.context().close();

    const other = await desk('director');
    await open(other, `/atlas?scenario=${kept()[0][0]}`);
    await other.getByText(/走得到的老人 .*（\+\d/).waitFor();
    same(other.faults, [], 'faults of the page');
    await other.context().close();
  });
}
