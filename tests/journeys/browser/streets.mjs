// streets.mjs - a footbridge on the console's map, by keyboard: drawn, tried, submitted, published by another.

import { check, same, test, until } from '../harness.mjs';

/** `frame` has house, desk(login), open(page, path), axeOn(page, what). */
export async function streets({ house, desk, open, axeOn }) {
  const counted = (where) => Number(house.sql(`SELECT count(*) FROM street_edit WHERE ${where}`)[0][0]);
  await test('a bridge is drawn by coordinates, says what it saves, and is published by another',
    async () => {
    const [line] = house.sql(`SELECT line FROM street_edit WHERE name LIKE '望江二桥%'`)[0];
    const spots = JSON.parse(line).coordinates.map(([lon, lat]) => `${lat},${lon}`);
    const page = await desk('district');
    await open(page, '/map');
    await page.getByRole('button', { name: '修补路网' }).click();
    await page.getByRole('link', { name: '柳荫小巷' }).waitFor();
    const add = async (spot) => {
      await page.getByLabel('纬度,经度').fill(spot);
      await page.keyboard.press('Enter');
    };
    await add('不是坐标');
    await page.getByText('坐标写成').waitFor();
    await add(spots[0]);
    await add(spots[1]);
    await page.getByText('已接入路网').first().waitFor();
    await page.getByRole('button', { name: '选 A 处' }).click();
    await add(spots[0]);
    await page.getByRole('button', { name: '选 B 处' }).click();
    await add(spots[1]);
    await page.locator('.gain').waitFor();
    const gain = await page.locator('.gain').innerText();
    const [now, then] = [...gain.matchAll(/([\d.]+) 分钟/g)].map((m) => Number(m[1]));
    check(now > 4 * then, gain);
    await axeOn(page, 'console: street edits');
    await page.getByLabel('名称', { exact: true }).fill('望江便桥');
    await page.getByLabel('为什么要改').fill('现场有便桥');
    await page.getByLabel('夜间关闭').check();
    await page.getByLabel('开', { exact: true }).fill('05:30');
    await page.getByLabel('关', { exact: true }).fill('21:30');
    await page.getByLabel('自（可不填）').fill('2026-01-01');
    await page.getByRole('button', { name: '提交审核' }).click();
    await until('it is submitted', () => counted(`name = '望江便桥' AND state = 'submitted'
      AND open_min = 330 AND close_min = 1290 AND valid_from IS NOT NULL`) === 1, 30000);
    same(page.faults, [], 'faults of the page');
    await page.context().close();

    const other = await desk('director');
    await open(other, '/map');
    await other.getByRole('button', { name: '修补路网' }).click();
    await other.getByRole('link', { name: '望江便桥' }).click();
    await other.getByRole('button', { name: '审核发布' }).click();
    await until('it is published', () => counted(`name = '望江便桥' AND state = 'published'`) === 1, 30000);
    same(other.faults, [], 'faults of the page');
    await other.context().close();
  });

  await test("a compound's gate is added by coordinates, moved, ended and opened again", async () => {
    const [[compound, name, lat, lon]] = house.sql(`SELECT k.id, k.name, k.lat, k.lon FROM compound k
      WHERE EXISTS (SELECT 1 FROM gate g WHERE g.compound = k.id) ORDER BY k.id LIMIT 1`);
    const spot = (north) => `${(Number(lat) + north) / 1e7},${Number(lon) / 1e7}`;
    const gate = (where) => Number(house.sql(`SELECT count(*) FROM gate WHERE compound = ${compound}
      AND name = '西侧门' AND ${where}`)[0][0]);
    const page = await desk('district');
    await open(page, '/map');
    await page.getByRole('button', { name: '小区大门' }).click();
    await page.getByRole('combobox', { name: '小区', exact: true }).fill(name);
    await page.getByRole('option').filter({ hasText: name }).first().click();
    await page.getByText('南门').first().waitFor();
    const put = async (at) => {
      await page.getByLabel('纬度,经度').fill(at);
      await page.getByRole('button', { name: '放这里' }).click();
    };
    await put('不是坐标');
    await page.getByText('坐标写成').waitFor();
    await put(spot(0));
    await page.getByLabel('门的名称').fill('西侧门');
    await page.getByLabel('夜间关闭').check();
    await page.getByLabel('关', { exact: true }).fill('21:00');
    await axeOn(page, 'console: gates of a compound');
    await page.getByRole('button', { name: '保存大门' }).click();
    await until('it is there', () => gate('close_min = 1260') === 1);
    await page.getByRole('button', { name: '移动或修改 西侧门' }).click();
    await put(spot(500));
    await page.getByRole('button', { name: '保存大门' }).click();
    await until('it is moved', () => gate(`lat = ${Number(lat) + 500}`) === 1);
    const row = page.getByRole('listitem').filter({ hasText: '西侧门' });
    await row.getByRole('button', { name: '停用' }).click();
    const dialog = page.getByRole('dialog').filter({ hasText: '停用' });
    await dialog.getByRole('textbox').fill('已砌墙');
    await dialog.getByRole('button', { name: '停用' }).click();
    await until('it is ended', () => gate("state = 'ended'") === 1);
    await row.getByRole('button', { name: '恢复通行' }).click();
    await until('it is open again', () => gate("state = 'open'") === 1);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
