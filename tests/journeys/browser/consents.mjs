// consents.mjs - in a browser: she sees what she agreed to and takes one back; a relative reads only.

import { check, same, test, until } from '../harness.mjs';
import { citizen, daughterOf, staff } from '../client.mjs';

/** An elder with consents of her own who has signed in by her registered telephone. */
async function herself(house) {
  const worker = await staff(house, 'worker');
  for (const k of (await worker.read('/api/consent?state=given&basis=consent&size=50')).items) {
    const whole = await worker.write(`/api/elder/${k.elder}/reveal`, {
      fields: 'name,id_number,phone', reason: '本人来办理' });
    const bound = house.sql(`SELECT count(*) FROM elder WHERE id = ${k.elder} AND account IS NULL`);
    if (!whole.phone || Number(bound[0][0]) === 0) continue;
    const her = await citizen(house, whole.phone);
    const said = { name: whole.name, id_number: whole.id_number, relation: 'other' };
    if ((await her.write('/api/my/elder', said)).linked) return { her, elder: k.elder };
  }
  throw new Error('nobody of the community has a telephone and a consent');
}

/** `frame` has house, person, axeOn(page, what). */
export async function consents(frame) {
  const { house, axeOn } = frame;
  await test('she sees what she agreed to, and takes one back, in large letters', async () => {
    const { her, elder } = await herself(house);
    const page = await frame.person({ as: her, elder: true });
    await page.goto(`${house.base}/me`);
    await page.getByRole('link', { name: /同意与协议/ }).click();
    const take = page.getByRole('button', { name: /撤回同意/ });
    await take.first().waitFor();
    await axeOn(page, 'citizen 长辈版: consents');
    const given = () => Number(house.sql(
      `SELECT count(*) FROM consent WHERE elder = ${elder} AND state = 'given'`)[0][0]);
    const before = given();
    await take.first().click();
    await page.getByLabel('为什么撤回（可不填）').fill('不想拍照');
    await axeOn(page, 'citizen 长辈版: taking a consent back');
    await page.getByRole('button', { name: '撤回', exact: true }).click();
    await page.getByRole('status').filter({ hasText: '已撤回：' }).waitFor();
    await until('it is taken back', () => given() === before - 1);
    check(await page.getByText('服务协议').first().isVisible(), 'her agreements stand below');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('a relative who may see records reads them and takes nothing back', async () => {
    const daughter = await daughterOf(house);
    const page = await frame.person({ as: daughter, elder: false });
    await page.goto(`${house.base}/me/papers`);
    await page.getByRole('heading', { name: '同意与协议' }).waitFor();
    await page.locator('.card, .note').first().waitFor();
    await axeOn(page, 'citizen: consents');
    same(await page.getByRole('button', { name: /撤回同意/ }).count(), 0, 'hers alone to take back');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
