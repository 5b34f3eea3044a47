// benefits.mjs - in a browser: rules by residence, and why a resident of seven months waits.

import { check, same, test } from '../harness.mjs';
import { daughterOf, staff } from '../client.mjs';

/** `frame` has house, person, axeOn(page, what). */
export async function benefits(frame) {
  const { house, axeOn } = frame;
  await test('the street reads each rule by residence, and one person’s reasons', async () => {
    const street = await staff(house, 'street');
    const page = await frame.person({ as: street, elder: false });
    await page.goto(`${house.base}/console#/benefits`);
    const meal = page.getByRole('row').filter({ hasText: '助餐补贴' });
    await meal.waitFor();
    same(await meal.getByRole('cell').allInnerTexts(), ['有', '满 1 年', '无'], 'the meal subsidy');
    await axeOn(page, 'console: benefits by residence');
    const list = await street.read('/api/elder?residence=resident&flags=minimum_income&size=200');
    let waits;
    for (const { id } of list.items) {
      const { lines } = await street.read(`/api/elder/${id}/benefit`);
      if (lines[0].why === 'waits') { waits = { id, reason: lines[0].reason }; break; }
    }
    await page.goto(`${house.base}/console#/elder/${waits.id}`);
    const sheet = page.getByRole('region', { name: '可享待遇' });
    await sheet.getByText(waits.reason).first().waitFor();
    await axeOn(page, 'console: an elder’s benefits');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('the daughter sees what her mother is entitled to', async () => {
    const daughter = await daughterOf(house);
    const mother = (await daughter.read('/api/my')).elders.find((e) => e.may.includes('order'));
    const { lines } = await daughter.read(`/api/elder/${mother.id}/benefit`);
    const hers = lines.filter((l) => l.why === 'hers');
    const page = await frame.person({ as: daughter, elder: true });
    await page.goto(`${house.base}/menu`);
    const sums = page.getByText('能享受什么、为什么');
    await sums.waitFor();
    await sums.click();
    const said = page.locator('details').filter({ hasText: '能享受什么、为什么' });
    for (const l of hers) await said.getByText(l.name, { exact: true }).waitFor();
    check(hers.length > 0 && lines.length > hers.length, 'what is hers, not what is for others');
    same(await said.locator('p').filter({ hasText: '可享' }).count() >= hers.length, true, 'and that it is');
    await axeOn(page, 'citizen 长辈版: entitled to');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
