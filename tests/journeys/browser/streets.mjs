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
    await page.getByRole('button', { name: '提交审核' }).click();
    await until('it is submitted', () => counted(`name = '望江便桥' AND state = 'submitted'`) === 1, 30000);
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
}
