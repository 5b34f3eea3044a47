// gatherings.mjs - 活动 in the browser: the daughter signs her mother up in three steps; the station
// sees its week and signs people in at the door, by digits and by a tick.

import { same, test, until } from '../harness.mjs';
import { citizen, Client, daughterOf, daughterPhone, newPhone, staff } from '../client.mjs';

/** A class of today at the manager's station, published, with two who come. */
async function heldToday(house) {
  const manager = await staff(house, 'manager');
  const item = (await manager.read('/api/catalogue')).categories.find((c) => c.key === 'course').items[0].id;
  const { today } = await manager.read('/api/gathering/week');
  const made = await manager.write('/api/gathering', { title: '今晚合唱', kind: 'class', item,
    org: manager.me.org, meets_at: '活动室', first_day: today, last_day: today, start_min: 1400,
    end_min: 1439, places: 9, price: 0 });
  const row = made.gathering ?? made;
  const sent = await manager.write(`/api/gathering/${row.id}/submit`, {}, { version: row.version });
  const officer = await staff(house, 'street');
  await officer.write(`/api/gathering/${row.id}/publish`, {}, { version: (sent.gathering ?? sent).version });
  const phones = [newPhone(), newPhone()];
  for (const [i, for_phone] of phones.entries())
    await manager.write(`/api/gathering/${row.id}/enrol`, { for_name: ['合唱甲', '合唱乙'][i], for_phone });
  return { id: row.id, phones };
}

/** `frame` has house, person, desk(login), open(page, path), axeOn(page, what). */
export async function gatherings({ house, person, desk, open, axeOn }) {
  await test('the daughter signs her mother up for an outing in three steps', async () => {
    const outing = (await new Client(house).read('/api/gathering/open')).items.find((g) => g.kind === 'outing');
    const daughter = await daughterOf(house);
    const page = await person({ as: daughter, elder: true });
    await page.goto(`${house.base}/activities`);
    await page.getByRole('heading', { name: outing.title }).waitFor();
    await axeOn(page, 'citizen 长辈版: classes and outings');
    await page.getByRole('link', { name: new RegExp(`查看和报名\\s*${outing.title}`) }).click();
    await page.getByText('退出怎么算').waitFor();
    await page.getByLabel('紧急联系人').fill('女儿');
    await page.getByLabel('紧急联系电话').fill(daughterPhone);
    await axeOn(page, 'citizen 长辈版: signing up');
    const before = Number(house.sql("SELECT count(*) FROM enrolment WHERE state = 'in'")[0][0]);
    await page.getByRole('button', { name: '报名' }).click();
    await page.getByRole('alert').first().waitFor();                 // it asks for her consent
    await page.getByText('同意参加').click();
    await page.getByText('已有意外保险').click();
    await page.getByRole('button', { name: '报名' }).click();
    const already = page.getByText('已经报名或在候补');
    const done = page.getByRole('heading', { name: '报名成功' });
    await done.or(already).first().waitFor();
    if (await done.isVisible())
      same(Number(house.sql("SELECT count(*) FROM enrolment WHERE state = 'in'")[0][0]), before + 1, 'one more comes');
    await page.goto(`${house.base}/me/activities`);
    await page.getByRole('article').filter({ hasText: outing.title }).filter({ hasText: '已报名' }).waitFor();
    await axeOn(page, 'citizen 长辈版: my activities');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('the station sees its week and signs people in at the door', async () => {
    const { id, phones } = await heldToday(house);
    const page = await desk('manager');
    await open(page, '/gatherings');
    await page.getByRole('heading', { name: '今晚合唱' }).waitFor();
    await axeOn(page, 'console: the week of classes');
    await page.getByRole('link', { name: /签到\s*今晚合唱/ }).click();
    const came = () => Number(house.sql(`SELECT count(*) FROM attendance WHERE gathering = ${id}
      AND state = 'here'`)[0][0]);
    await page.getByLabel('助餐卡或手机尾号').fill(phones[0].slice(-4));
    await page.getByRole('button', { name: '签到', exact: true }).click();
    await until('she is noted', () => came() === 1);
    await page.getByRole('button', { name: /合唱乙/ }).click();
    await until('the other too', () => came() === 2);
    await page.getByText('合唱乙 已签到').waitFor();
    await axeOn(page, 'console: the door of a class');
    await page.getByRole('button', { name: /合唱乙/ }).click();
    await until('taken back', () => came() === 1);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
