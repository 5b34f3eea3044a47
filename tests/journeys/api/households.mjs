// households.mjs - who lives together: confirmed, split, merged, and what the record says against it.

import { check, same, status, test, until } from '../harness.mjs';
import { mustAct, staff } from '../client.mjs';
import { plus } from '../clock.mjs';

export async function households(house, today) {
  const street = await staff(house, 'street');
  const page = async (id) => street.read(`/api/household/${id}/page`);
  const inside = (p) => p.members.filter((m) => !m.valid_to && !m.ended_at);
  let confirmed;

  await test('a proposed household is confirmed with how many others live there', async () => {
    const proposed = (await street.read('/api/household?state=proposed&size=1')).items[0];
    const before = await page(proposed.id);
    same(before.household.kind, 'unknown', 'nobody has said how many live there');
    await mustAct(street, 'household', proposed.id, 'confirm', { others: 0 });
    confirmed = await page(proposed.id);
    same(confirmed.household.kind, 'elders', 'elders and nobody else');
    check(inside(confirmed).every((m) => m.state === 'confirmed'), 'its members with it');
    const mine = await street.read(`/api/elder/${inside(confirmed)[0].elder}/household`);
    same(mine.household.id, proposed.id, 'her page says with whom she lives');
  });

  await test('members part from a day on; nobody is left out and nobody is in two', async () => {
    const [one, ...rest] = inside(confirmed);
    const from = today;
    const all = await street.post(`/api/household/${confirmed.household.id}/split`,
      { members: [one, ...rest].map((m) => m.id).join(','), from, reason: '分开住' });
    status(all, 422);
    same(all.body.fields[0].field, 'members', 'one must stay');
    const early = await street.post(`/api/household/${confirmed.household.id}/split`,
      { members: one.id, from: plus(today, -4000), reason: '分开住' });
    status(early, 422);
    same(early.body.fields[0].field, 'from', 'not before she came');
  });

  await test('a household of another day is split and merged again', async () => {
    const list = await street.read('/api/household?state=confirmed&size=50');
    const old = list.items.find((h) => h.others === 0 && h.members_n === 2 && h.formed_on < plus(today, -5));
    const was = inside(await page(old.id));
    const parted = await street.write(`/api/household/${old.id}/split`,
      { members: was[0].id, from: today, others: 0, reason: '搬到隔壁' });
    same(parted.household.kind, 'alone', 'she lives alone now');
    same((await page(old.id)).household.members_n, 1, 'one has stayed');
    const checks = await street.read('/api/household/checks?what=alone_missing&size=50');
    check(checks.items.every((k) => k.what === 'alone_missing'), 'only what was asked for');
    const back = await street.post(`/api/household/${parted.household.id}/merge`,
      { into: old.id, from: today, reason: '又住到一起' });
    status(back, 422);
    same(back.body.fields[0].field, 'from', 'she came only today');
  });

  await test('two households become one; who lived in either lives in it, and the other is over', async () => {
    const list = await street.read('/api/household?state=confirmed&size=100');
    const old = list.items.filter((h) => h.formed_on < plus(today, -5) && h.members_n > 0);
    const [gone, into] = old;
    const [were, lived] = [inside(await page(gone.id)), inside(await page(into.id))];
    status(await street.post(`/api/household/${gone.id}/merge`, { into: gone.id, from: today, reason: '搬' }), 422);
    const { household } = await street.write(`/api/household/${gone.id}/merge`,
      { into: into.id, from: today, reason: '儿子家并到一起住' });
    same(household.members_n, were.length + lived.length, 'all of them');
    const now = inside(await page(into.id)).map((m) => m.elder).sort();
    same(now, [...were, ...lived].map((m) => m.elder).sort(), 'who lived in either');
    const left = await page(gone.id);
    same([inside(left).length, left.household.members_n], [0, 0], 'nobody is left behind');
    check(left.history.some((h) => h.reason === '儿子家并到一起住') ||
      (await page(into.id)).history.some((h) => h.reason === '儿子家并到一起住'), 'why, in the history');
    const hers = await street.read(`/api/elder/${were[0].elder}/household`);
    same(hers.household.id, into.id, 'her page says with whom she lives now');
  });

  await test('a flag that the household contradicts is listed, and stays as it is', async () => {
    const list = await street.read('/api/household/checks?what=alone_not&size=1');
    const first = list.items[0];
    check(first && first.people > 1 && first.flags.length, 'flagged as alone, and not alone');
    const version = (await street.read(`/api/household_member/${first.member}`)).version;
    const act = `/api/household_member/${first.member}/settle`;
    status(await street.ask('POST', act, { settled: 'alone_not' }, { version }), 422);
    await mustAct(street, 'household_member', first.member, 'settle',
      { settled: 'alone_not', reason: '上门核实：同门牌两户各住一间' });
    const after = await street.read('/api/household/checks?what=alone_not&size=50');
    check(!after.items.some((k) => k.member === first.member), 'looked at, listed no more');
  });

  await test('looking again is a job that ends well', async () => {
    await street.write('/api/household/propose', {});
    const job = () => house.sql(
      "SELECT state, error FROM job WHERE kind = 'household_propose' ORDER BY id DESC LIMIT 1")[0];
    // One that a job put in lies some ms ahead, where a clock that stands still never comes.
    await until('the job has ended', () => ['done', 'failed'].includes(job()[0]), 60000);
    same(job()[0], 'done', `how the job ended: ${job()[1]}`);
  });
}
