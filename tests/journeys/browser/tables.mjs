// tables.mjs - 找餐桌 on paper: where to eat near a community, for those without a telephone.

import { check, same, test } from '../harness.mjs';
import { staff } from '../client.mjs';
import { textOf } from '../api/prints.mjs';

export async function tables({ house, desk, open, axeOn }) {
  await test('where to eat near a community, as paper for its wall', async () => {
    const worker = await staff(house, 'worker'), page = await desk('worker');
    const community = (await worker.read('/api/division?size=50&level=community')).items[0];
    await open(page, '/today');
    const pick = page.getByRole('combobox', { name: '选择辖区', exact: true });
    await pick.fill(community.name);
    await page.getByRole('option').filter({ hasText: community.name }).first().click();
    await page.getByRole('button', { name: '打印就餐点一览' }).click();
    const dialog = page.getByRole('dialog', { name: '打印就餐点一览' });
    await dialog.getByRole('button', { name: '开始生成' }).click();
    await dialog.getByRole('alert').waitFor();                     // a paper has a reason
    await dialog.getByLabel('理由').fill('社区公告栏张贴');
    await axeOn(page, 'console: print where to eat');
    await dialog.getByRole('button', { name: '开始生成' }).click();
    const paper = dialog.getByRole('link', { name: '打开打印件' });
    await paper.waitFor();
    const href = await paper.getAttribute('href'), text = await textOf(worker, href);
    for (const word of ['附近吃饭的地方', community.name.replace(/ /g, '')])
      check(text.includes(word), `${word}: ${text.slice(0, 400)}`);
    const points = house.sql(`SELECT p.name FROM place p JOIN meal_point m ON m.place = p.id
      WHERE m.state = 'published'`).flat();
    const named = points.filter((name) => text.includes(name.replace(/ /g, '')));
    check(named.length >= 1, `a meal point by its name: ${text.slice(0, 600)}`);
    check(/(^|\D)100\d{8}(\D|$)/m.test(text), `a whole number to ring: ${text.slice(0, 600)}`);
    check(/¥?\d+(\.\d\d)?/.test(text) && /[:：]\d\d/.test(text), 'prices and hours');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('the list of meal points says which is open now', async () => {
    const director = await staff(house, 'director'), page = await desk('director');
    const [[shut, name, reason]] = house.sql(`SELECT p.id, p.name, p.closed_reason FROM place p
      JOIN meal_point m ON m.place = p.id WHERE p.state = 'published' AND m.ended_at IS NULL
      AND p.closed_on IS NOT NULL ORDER BY p.id LIMIT 1`);
    const { items } = await director.read(`/api/places/opening?places=${shut}`);
    same([items[0].open, items[0].reason], ['closed_today', reason], 'as its page says');
    await open(page, '/list/meal_point');
    const row = page.getByRole('row').filter({ hasText: name }).first();
    await row.getByText('临时停业').waitFor();
    check((await row.innerText()).includes(reason), 'and why');
    await page.getByText(/营业中|已关门|全天开放/).first().waitFor();
    await axeOn(page, 'console: meal points, open or not');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
