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
}
