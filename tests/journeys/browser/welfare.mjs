// welfare.mjs - the welfare call on the screen: whom to ring, a step noted, the next one offered.

import { same, test, until } from '../harness.mjs';

export async function welfare({ house, desk, open, axeOn }) {
  await test('somebody who was not met is rung step by step on one page', async () => {
    const steps = () => Number(house.sql('SELECT count(*) FROM welfare_step')[0][0]);
    const before = steps();
    const page = await desk('worker');
    await open(page, '/welfare');
    await page.getByRole('heading', { name: /下一步/ }).waitFor();
    await axeOn(page, 'console: welfare calls');
    await page.getByLabel('没接通').check();
    await page.getByRole('button', { name: '登记这一步' }).click();
    await until('the step is noted', () => steps() === before + 1);
    await page.getByLabel('确认平安').check();
    await page.getByLabel('了解到什么').fill('邻居说刚去买菜，已通话');
    await page.getByRole('button', { name: '登记并办结' }).click();
    await page.getByText('已办结').first().waitFor();
    await axeOn(page, 'console: a welfare call that is done');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
