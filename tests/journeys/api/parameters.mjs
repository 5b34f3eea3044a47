// parameters.mjs - policy parameters in versions, deadlines, birthdays by the moon.

import { check, same, status, test } from '../harness.mjs';
import { staff } from '../client.mjs';
import { plus } from '../clock.mjs';

const NAME = 'order.confirm_days';

export async function parameters(house, today) {
  const officer = await staff(house, 'district');
  const versions = async (query = '') => officer.read(`/api/parameter/versions?name=${NAME}${query}`);
  const district = (await officer.read('/api/division?level=district&size=1')).items[0].id;
  const faults = (answer) => status(answer, 422).fields.map((f) => f.field).join();
  let now, next;

  await test('a default is checked against its document, with a number', async () => {
    const seeded = (await versions()).columns[0].versions[0];
    same(seeded.status, 'unchecked', 'as the house made it');
    const act = `/api/parameter/${seeded.id}/check`;
    same(faults(await officer.ask('POST', act, {}, { version: seeded.version })),
      'document_no', 'what is missing');
    await officer.write(act, { document_no: '演示〔2026〕1号', article: '第三条' },
      { version: seeded.version });
    const after = (await versions()).columns[0].versions[0];
    same(after.status, 'checked', 'checked now');
    check(after.checked_by && after.checked_at, 'by whom and when');
    status(await (await staff(house, 'street')).ask('POST', act, {},
      { version: after.version }), 403);
  });

  await test('versions follow each other: no overlap, a gap only with a reason, the past by correction', async () => {
    const make = (body) => officer.post('/api/parameter', { name: NAME, division: district,
      source: '演示文件', ...body });
    const placeless = { name: NAME, source: '演示文件', value: '4', valid_from: today };
    same(faults(await officer.post('/api/parameter', placeless)), 'division', 'no place');
    now = status(await make({ value: '4', valid_from: plus(today, -60), valid_to: plus(today,
      20) }), 201);
    same(faults(await make({ value: '5', valid_from: plus(today, 10) })), 'valid_from',
      'overlap');
    same(faults(await make({ value: 'five', valid_from: plus(today, 21) })), 'value',
      'no number');
    same(faults(await make({ value: '5', valid_from: plus(today, 40) })), 'gap_reason', 'a gap');
    next = status(await make({ value: '5', valid_from: plus(today, 40),
      gap_reason: '新文件下月印发' }), 201);
    const told = await versions(`&on=${today}&against=${plus(today, 50)}&division=${district}`);
    same(told.held.map((h) => h.value).join(), '4,5', 'on two days');
    const own = told.columns.find((c) => c.division === district);
    same(own.gaps.map((g) => g.reason).join(), '新文件下月印发', 'the gap and its reason');
    check(own.may_set && !told.columns[0].may_set, 'her own versions, not the house\'s');
    const row = await officer.read(`/api/parameter/${now.id}`);
    const edit = await officer.patch(`/api/parameter/${now.id}`, { value: '9' }, row.version);
    same(faults(edit), 'value', 'what holds is not edited');
    const act = `/api/parameter/${now.id}/correct`;
    same(faults(await officer.ask('POST', act, { value: '6' }, { version: row.version })),
      'reason', 'why');
    const fixed = await officer.write(act, { value: '6', reason: '录入时看错' },
      { version: row.version });
    same(fixed.parameter.replaces, now.id, 'names what it corrects');
    const all = (await versions()).columns.find((c) => c.division === district).versions;
    check(all.find((v) => v.id === now.id).ended_at, 'the wrong one stays readable');
    await officer.write(`/api/parameter/${next.id}/withdraw`, { reason: '暂缓印发' },
      { version: (await officer.read(`/api/parameter/${next.id}`)).version });
    const names = (await officer.read('/api/parameter/names')).names.find((n) => n.name === NAME);
    same(names.places, 2, 'the house\'s and the district\'s');
    same((await versions(`&division=${district}&against=${plus(today, 50)}`)).held.map((h) => h.value).join(), '6,3',
      'the correction holds; after it the house\'s again');
    check(!names.next, 'nothing to come any more');
  });

  await test('deadlines say what they passed over, and refuse a year that is not loaded',
    async () => {
    const d = await officer.read('/api/calendar/deadline?from=2026-09-30&n=3&unit=working_day');
    same(d.until, '2026-10-10', 'a worked Saturday counts');
    same(d.counted.map((c) => `${c.from} ${c.days} ${c.why} ${c.name}`),
      ['2026-10-01 7 holiday 国庆节', '2026-10-10 1 worked_weekend 国庆节调休'], 'how it was counted');
    const rolled = await officer.read('/api/calendar/deadline?from=2026-09-20&n=15&unit=day');
    same(rolled.rolled_from, '2026-10-05', 'moved on');
    const hours = await officer.read('/api/calendar/deadline?from=2026-11-20&from_min=1020&n=2&unit=working_hour');
    same(hours.until_at.slice(0, 16), '2026-11-23T10:00', 'over the weekend');
    const far = await officer.get('/api/calendar/deadline?from=2026-12-30&n=5&unit=working_day');
    check(status(far, 422).fields[0].message.includes('2027'), 'names the year');
    same((await officer.read('/api/calendar/year?year=2027')).known, false, 'not loaded');
    const span = { from: '2027-01-01', to: '2027-01-03', kind: 'holiday', name: '元旦',
      source: '演示安排' };
    await officer.write('/api/calendar/span', span);
    same(faults(await officer.post('/api/calendar/span', span)), 'from', 'there already');
    const loaded = await officer.read('/api/calendar/deadline?from=2026-12-30&n=5&unit=working_day');
    same(loaded.until, '2027-01-07', 'loaded');
    same((await officer.read('/api/calendar/lunar?day=2026-02-17')).text, '丙午年（马）正月初一',
      'new year');
    same((await officer.read('/api/calendar/lunar?year=2025&month=6&of=1&leap=1')).day,
      '2025-07-25', 'a leap month');
    same(faults(await officer.get('/api/calendar/lunar?year=2026&month=6&of=1&leap=1')),
      'leap', 'no such month');
  });

  await test('a birthday kept by the moon is listed with both days; her age follows the document', async () => {
    const street = await staff(house, 'street');
    const before = await street.read('/api/elder/birthdays?days=90');
    check(before.items.length > 2, 'people of the area');
    check(before.items.every((b, i) => !i || b.next >= before.items[i - 1].next), 'in order');
    check(before.items.every((b) => b.name.includes('*') && b.lunar), 'masked, with both days');
    const one = before.items.find((b) => b.by === 'solar');
    const page = await street.read(`/api/elder/${one.elder}/page`);
    same(page.birthday.next, one.next, 'her page says the same');
    const changed = await street.patch(`/api/elder/${one.elder}`, { birthday_by: 'lunar' },
      page.elder.version);
    status(changed, 200);
    const after = await street.read(`/api/elder/${one.elder}/page`);
    same(after.birthday.by, 'lunar', 'kept by the moon');
    same(after.age, page.age, 'as old as before');
    const big = await street.read('/api/elder/birthdays?days=90&milestones=1');
    check(big.items.every((b) => b.milestone === b.turns), 'milestones only');
    status(await (await staff(house, 'carer')).get('/api/elder/birthdays'), 403);
  });
}
