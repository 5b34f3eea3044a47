// surveys.mjs - the call-back queue by keys, and its result.

import { same, test, until } from '../harness.mjs';

export async function surveys({ house, desk, open, axeOn }) {
  await test('a person is rung, her answers noted by keys, and the next one stands there', async () => {
    const page = await desk('street');
    await open(page, '/survey');
    const who = page.locator('.call .who');
    await who.waitFor();
    await page.getByText('95% 置信区间').waitFor();
    await axeOn(page, 'console: survey');
    const before = await who.innerText();
    const answered = () => Number(house.sql(
      "SELECT COUNT(*) FROM survey_call WHERE state = 'answered'")[0][0]);
    const had = answered();
    await page.getByLabel('来了，做完了').focus();
    await page.keyboard.press('Space');
    await page.getByLabel('满意', { exact: true }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Enter');
    await until('it is noted', () => answered() === had + 1);
    await until('the next one', async () => (await who.innerText()) !== before);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
