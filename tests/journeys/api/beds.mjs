// beds.mjs - the balance of beds: each street's three classes, counts taken in, the figure, the workbook.

import { check, same, status, test, until } from '../harness.mjs';
import { Client, citizen, mustAct, newPhone, staff } from '../client.mjs';
import { dayAt, plus } from '../clock.mjs';

const dayBefore = (moment, days) => plus(dayAt(Date.parse(moment)), -days);

/** A list of the street's, taken in as any other: mapped as it was guessed, checked, confirmed. */
async function takeIn(officer, csv) {
  const sent = await officer.post('/api/import/bed_count?name=beds.csv', new Uint8Array(Buffer.from(csv)),
    { headers: { 'content-type': 'application/octet-stream' } });
  const up = status(sent, 201);
  const ended = (...states) => until(`the list in ${states}`, async () => {
    const row = await officer.read(`/api/import_batch/${up.id}`);
    return states.includes(row.state) && row;
  }, 30000);
  const { sheet, header_row, header_rows, mapping } = up;
  await mustAct(officer, 'import_batch', up.id, 'map', { sheet, header_row, header_rows, mapping });
  const checked = await ended('checked', 'failed');
  if (checked.state === 'failed' || checked.wrong_n === checked.rows_n) return checked;
  await mustAct(officer, 'import_batch', up.id, 'confirm');
  return ended('done', 'failed');
}

export async function beds(house) {
  const officer = await staff(house, 'district');
  const first = await officer.read('/api/bed/balance');
  const street = first.streets.at(-1);
  const lineOf = (all, kind) => all.streets.find((s) => s.division === street.division)
    .classes.find((k) => k.kind === kind);

  await test('the balance adds up: streets to districts to the total, with norms and sources', async () => {
    check(first.streets.length > 0 && first.definition.length > 20, 'streets and a definition');
    same(first.norms.map((n) => n.kind), ['institution', 'station', 'home'], 'a norm a class');
    check(first.norms.every((n) => n.status === 'unchecked' && n.source.length > 3), 'with source, 待核');
    for (const member of ['elders', 'have', 'need', 'gap'])
      for (const sums of [first.districts, [first.total]])
        same(sums.reduce((n, d) => n + d[member], 0), first.streets.reduce((n, s) => n + s[member], 0), member);
    for (const s of first.streets) {
      for (const k of s.classes) {
        same(k.need, Math.ceil((s.elders * k.norm) / 1000), `${s.name} ${k.kind}: needed by norm`);
        check(k.have === undefined ? k.gap === undefined : k.gap === k.need - k.have, `${s.name} ${k.kind}: gap`);
      }
      same(s.gap, s.classes.reduce((n, k) => n + Math.max(0, k.gap ?? 0), 0), `${s.name}: what lacks`);
      check(Math.abs(s.per_1000 - (s.have * 1000) / s.elders) < 0.11, `${s.name}: per 1,000`);
    }
    for (const sums of [first.districts, [first.total]])
      for (const { kind } of first.norms) {
        const gaps = (all) => all.reduce((n, a) => n + (a.classes.find((k) => k.kind === kind).gap ?? 0), 0);
        same(gaps(sums), gaps(first.streets), `${kind}: who was not counted lacks nothing in the sum either`);
      }
    check(first.streets.every((s, i) => !i || first.streets[i - 1].gap >= s.gap), 'the largest gap first');
    const ranked = [...first.streets].sort((a, b) => a.rank - b.rank);
    check(ranked.every((s, i) => !i || ranked[i - 1].per_1000 >= s.per_1000), 'rank by beds per 1,000');
    check(first.streets.some((s) => s.classes.some((k) => k.have === undefined)), 'what nobody counted is not nought');
  });

  await test('a count says its street, day and source; a later one takes its place', async () => {
    const count = { division: street.division, kind: 'station', as_of: dayBefore(first.as_of, 0),
      have: 77, used: 70, source: '街道核实' };
    status(await officer.post('/api/bed_count', { ...count, as_of: dayBefore(first.as_of, -2) }), 422);
    status(await officer.post('/api/bed_count', { ...count, used: 78 }), 422);
    status(await officer.post('/api/bed_count', { ...count, division: first.districts[0].division }), 422);
    status(await officer.post('/api/bed_count', { ...count, source: '' }), 422);
    status(await officer.post('/api/bed_count', count), 200, 201);
    status(await officer.post('/api/bed_count', count), 409, 422);
    const now = lineOf(await officer.read('/api/bed/balance'), 'station');
    same([now.have, now.used, now.source], [77, 70, '街道核实'], 'the new one counts');
    const old = { ...count, as_of: dayBefore(first.as_of, 300), have: 5, used: 1 };
    status(await officer.post('/api/bed_count', old), 200, 201);
    same(lineOf(await officer.read('/api/bed/balance'), 'station').have, 77, 'an old one does not');
    const rows = await officer.read(now.list);
    check(rows.items.some((r) => r.have === 77), 'and stands in the list behind');
  });

  await test('a list of counts is taken in, and a bad row is named', async () => {
    const day = dayBefore(first.as_of, 2);
    const head = '街道,床位类别,截至日期,现有床位,在用床位,填报单位\n';
    const done = await takeIn(officer, `${head}${street.name},家庭养老床位,${day},41,30,区民政局月报\n`
      + `${street.name},家庭养老床位,2099-01-01,41,30,区民政局月报\n`);
    same([done.state, done.added_n, done.wrong_n], ['done', 1, 1], done.trouble);
    const now = lineOf(await officer.read('/api/bed/balance'), 'home');
    same([now.have, now.used, now.as_of], [41, 30, day], 'it counts');
    const again = await takeIn(officer, `${head}${street.name},家庭养老床位,${day},41,30,区民政局月报\n`);
    same([again.wrong_n, again.rows_n], [1, 1], 'the same day twice is refused');
  });

  await test('the figure says the same, and ranks', async () => {
    const all = await officer.read('/api/bed/balance');
    const figure = (await officer.read('/api/today')).figures.find((f) => f.key === 'beds_per_1000');
    same(figure.whole, all.total.elders, 'of as many elders');
    check(Math.abs(figure.value - all.total.per_1000) < 0.11, `${figure.value} and ${all.total.per_1000}`);
    same(figure.parts.reduce((n, p) => n + p.value, 0), all.total.have, 'its parts are the beds');
    const rank = await officer.read('/api/today/rank?figure=beds_per_1000');
    const ranks = (of) => of.map((one) => [one.division, one.rank]).sort();
    same(ranks(rank.items), ranks(all.streets), 'ranks');
    check(rank.items.every((r, i) => !i || rank.items[i - 1].value >= r.value), 'the best first');
    status(await officer.get('/api/today/rank?figure=nothing'), 422);
    status(await officer.get('/api/today/rank'), 422);
  });

  await test('a street sees itself; a station, a citizen and a visitor see none', async () => {
    const own = await (await staff(house, 'street')).read('/api/bed/balance');
    same(own.streets.length, 1, 'one street');
    const foreign = first.streets.find((s) => s.division !== own.streets[0].division);
    const clerk = await staff(house, 'street');
    status(await clerk.get(`/api/bed/balance?division=${foreign.division}`), 404);
    const one = { kind: 'home', as_of: dayBefore(first.as_of, 1), have: 1, source: '越界' };
    status(await clerk.post('/api/bed_count', { ...one, division: foreign.division }), 403, 404, 422);
    const manager = await staff(house, 'manager');
    status(await manager.get('/api/bed/balance'), 403);
    status(await manager.post('/api/bed_count', { ...one, division: street.division }), 403);
    status(await (await citizen(house, newPhone())).get('/api/bed/balance'), 403);
    status(await new Client(house).get('/api/bed/balance'), 401);
  });

  await test('the balance leaves as a workbook', async () => {
    const book = await officer.get('/api/bed/book');
    status(book, 200);
    check(/spreadsheetml/.test(book.headers.get('content-type')), 'a workbook');
    check(/filename/.test(book.headers.get('content-disposition')), 'with a name');
  });
}
