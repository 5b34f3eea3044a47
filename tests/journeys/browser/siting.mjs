// siting.mjs - 选址: asked from the map of gaps, marked, answered, kept, opened as a what-if, two compared.

import { randomUUID } from 'node:crypto';
import { check, same, test, until } from '../harness.mjs';

const stamp = randomUUID().slice(0, 6);
const names = [`三处${stamp}`, `预算${stamp}`];

/** `frame` has house, desk(login), open(page, path), axeOn(page, what). */
export async function siting({ house, desk, open, axeOn }) {
  await test('a planner asks where to build, marks a candidate, keeps two answers and compares them', async () => {
    const page = await desk('district');
    await open(page, '/siting');
    const candidates = async () => Number(/候选 (\d+)/.exec(await page.locator('summary').innerText())?.[1]);
    await until('the whole area', async () => await candidates() > 20, 20000);
    await axeOn(page, 'console: where to build');

    const marks = page.getByLabel(/^标记：/);
    await marks.first().selectOption({ label: '必建' });
    await page.getByRole('button', { name: '清除 1 个标记' }).waitFor();
    await page.getByLabel('最多建几处').fill('0');
    await page.getByRole('button', { name: '算一算' }).click();
    await page.getByText('请写最多建几处').waitFor();
    await page.getByLabel('最多建几处').fill('3');
    await page.getByRole('button', { name: '算一算' }).click();
    await page.getByText(/走得到的老人 .*（\+\d/).waitFor();
    const steps = page.getByRole('list', { name: '建议建设' }).getByRole('listitem');
    check(await steps.count() <= 3 && /位老人|必建/.test(await steps.first().innerText()), 'with reasons');
    check(await steps.filter({ hasText: '必建' }).count() === 1, 'the marked one');
    await axeOn(page, 'console: proposals');

    const keep = async (name) => {
      await page.getByLabel('方案名称').fill(name);
      await page.getByRole('combobox', { name: /哪个区划/ }).fill('安澜');
      await page.getByRole('option').filter({ hasText: '安澜区' }).first().click();
      await page.getByRole('button', { name: '存下来' }).click();
      const done = () => house.sql(`SELECT id FROM siting WHERE name = '${name}' AND state = 'done'`);
      await until('it is answered', () => done().length > 0, 60000);
      await page.getByRole('link', { name: '在推演中打开', exact: true }).waitFor();
    };
    await page.getByRole('button', { name: '存下来' }).click();
    await page.getByText('请写方案名称').waitFor();
    await keep(names[0]);
    await page.getByRole('button', { name: '问题', exact: true }).click();
    await page.getByLabel('按预算').check();
    await page.getByLabel('预算（万元）').fill('60');
    await page.getByRole('button', { name: '算一算' }).click();
    await page.getByText(/走得到的老人 .*（\+\d/).waitFor();
    await keep(names[1]);

    await page.getByRole('button', { name: '已存方案' }).click();
    for (const name of names) await page.getByRole('checkbox', { name: `对比 ${name}`, exact: true }).first().check();
    await page.getByText('两个方案对比').waitFor();
    await axeOn(page, 'console: two answers compared');
    await page.getByRole('link', { name: `在推演中打开：${names[0]}`, exact: true }).first().click();
    await page.getByText(/走得到的老人 .*（\+\d/).waitFor();
    check(page.url().includes('/atlas?scenario='), 'as a what-if');
    await page.getByRole('button', { name: '从差到好' }).click();
    await page.getByRole('columnheader', { name: '走不到' }).waitFor();
    await page.locator('tbody tr').first().getByRole('button').click();
    await page.getByRole('link', { name: '这里该建在哪' }).click();
    await page.getByRole('heading', { name: '选址方案' }).waitFor();
    await page.getByText(/^候选 \d+ 处/).waitFor();
    check(page.url().includes('division='), 'in that division');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
