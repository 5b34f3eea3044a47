// coverage.mjs - who reaches what within a quarter of an hour: the figures, and the homes behind.

import { check, same, status, test } from '../harness.mjs';
import { citizen, newPhone, staff } from '../client.mjs';

const KINDS = ['station', 'meal_point', 'clinic', 'pharmacy'];
const LEVELS = ['door', 'building', 'compound', 'community'];
const long = async (who, list) => (await who.read(`${list}&size=1&total=1`)).total;
const upTo = (n) => Math.min(n, 10001);

export async function coverage(house) {
  await test('a share by level with the time it was worked out, each number as long as its list', async () => {
    const officer = await staff(house, 'district');
    const today = await officer.read('/api/today');
    for (const kind of KINDS) {
      const f = today.figures.find((one) => one.key === `coverage_${kind}`);
      const part = Object.fromEntries(f.parts.map((p) => [p.key, p]));
      check(Date.parse(f.as_of) > 0 && f.definition.includes('coverage.minutes'), 'since when, what');
      check(f.whole > 0, 'homes were looked at');
      same(LEVELS.reduce((n, l) => n + part[l].value, 0), f.whole, 'the levels add up to the whole');
      const outside = part.outside.value;
      same(await long(officer, f.list), upTo(f.whole - outside), 'those within');
      for (const p of f.parts) same(await long(officer, p.list), upTo(p.value), `${kind}: ${p.key}`);
      check(Math.abs(f.value - Math.floor(((f.whole - outside) * 1000) / f.whole) / 10) < 0.05, 'share');
      const rows = (await officer.read(`${part.outside.list}&size=5`)).items;
      check(rows.every((r) => /\*/.test(r.name) && !('home_lat' in r)), 'masked, without the point');
    }
  });

  await test('the homes outside stay within one’s area and right', async () => {
    const street = await staff(house, 'street');
    const mine = await street.read('/api/today');
    const all = await (await staff(house, 'district')).read('/api/today');
    const whole = (t) => t.figures.find((f) => f.key === 'coverage_station').whole;
    check(whole(mine) > 0 && whole(mine) <= whole(all), 'a street is a part of the district');
    const stranger = await (await citizen(house, newPhone())).read('/api/elder?far_kinds=station');
    same(stranger.items, [], 'nobody for who is nobody’s family');
  });

  await test('nobody writes what the walk says', async () => {
    const worker = await staff(house, 'worker');
    const row = (await worker.read('/api/elder?size=1')).items[0];
    const answer = await worker.patch(`/api/elder/${row.id}`, { near_kinds: ['bank'] }, row.version);
    const after = await worker.read(`/api/elder/${row.id}`);
    check(answer.status >= 400 || after.version === row.version, `${answer.status}`);
    same(after.near_kinds, row.near_kinds, 'as it was');
  });
}
