// counter.mjs - sixty people at the counter, once a day over all points, an hour without a network,
// and the day counted by one and checked by another.

import { randomUUID } from 'node:crypto';
import { check, same, status, test } from '../harness.mjs';
import { mustAct, staff } from '../client.mjs';

// What a person at the keyboard needs: a stated time, not a measured one.
const SECONDS_A_STROKE = 0.5, SECONDS_A_PERSON = 4, PEOPLE = 60, MINUTES = 40;

let made = 0, clock = 0;                                      // the house's own time
/** An id as a tablet makes it: milliseconds since 2024, node 0, a random end. */
function tabletId() {
  const ms = BigInt(clock - Date.UTC(2024, 0, 1) + made++);
  return String((ms << 22n) | BigInt(process.pid % 4096));
}

const meal = (offer, what, ago_ms = 0) => ({
  key: randomUUID(), entity: 'counter_meal', action: 'create', id: tabletId(),
  at: new Date(clock - ago_ms).toISOString(), what: { offer: offer.id, quantity: 1, ...what },
});

const push = (who, items) =>
  who.write('/api/sync/counter', { phone_at: new Date(clock).toISOString(), items });

/** What one types to find her: the fewest letters or digits that lead to her alone, else the most. */
function typed(d, all) {
  const initials = d.keys.split(',')[0];
  const alone = (text, of) => all.filter((x) => of(x).startsWith(text)).length === 1;
  for (let n = 2; n <= initials.length; n++)
    if (alone(initials.slice(0, n), (x) => x.keys.split(',')[0])) return initials.slice(0, n);
  return d.phone4 || d.id4;
}

export async function counter(house) {
  const manager = await staff(house, 'manager'), cashier = await staff(house, 'cashier');
  const desk = await manager.read('/api/counter');
  const offer = desk.offers[0];
  const pulled = await manager.read('/api/sync/counter');
  const list = pulled.rows.map((r) => r.row);
  clock = Date.parse(pulled.as_of);

  await test('the counter takes its diners along: names, keys, price, what was had', () => {
    check(list.length >= 40, `only ${list.length} diners`);
    for (const d of list) {
      check(d.name && d.keys && d.price > 0 && d.own_pay <= d.price, `${d.elder}: ${JSON.stringify(d)}`);
      same(d.price, d.own_pay + (d.ahead?.paid ? d.price : d.subsidy), 'the price is its parts');
    }
    check(list.some((d) => d.cards.length), 'nobody has a card');
  });

  await test(`${PEOPLE} people in ${MINUTES} minutes: strokes counted, everybody served once`, async () => {
    const before = (await manager.read('/api/counter')).day.served;
    let seconds = 0, longest = 0;
    const items = [];
    for (let i = 0; i < PEOPLE; i++) {
      const d = list.filter((x) => !x.had && !x.ahead)[i];
      const strokes = d ? typed(d, list).length + 1 : 1;       // and Enter; a guest is one key
      longest = Math.max(longest, strokes * SECONDS_A_STROKE);
      seconds += strokes * SECONDS_A_STROKE;
      items.push(meal(offer, d ? { elder: d.elder, pay_way: 'cash', said: d.used ? d.full_pay : d.own_pay }
        : { pay_way: 'station_qr', said: offer.price }));
    }
    check(longest <= SECONDS_A_PERSON, `one took ${longest} s`);
    check(seconds <= MINUTES * 60, `all took ${seconds} s`);
    const results = [...(await push(manager, items.slice(0, 30))).results,
      ...(await push(manager, items.slice(30))).results];
    same(results.filter((r) => r.result !== 'done'), [], 'what was not served');
    const again = await push(manager, items.slice(0, 30));
    check(again.results.every((r) => r.result === 'repeated'), 'sent twice, served once');
    same((await manager.read('/api/counter')).day.served, before + PEOPLE, 'served in all');
  });

  const poor = () => house.sql(
    "SELECT e.id FROM elder e WHERE (e.flags & 32) = 32 AND e.died_on IS NULL AND " +
    "e.residence = 'registered' AND NOT EXISTS " +
    `(SELECT 1 FROM care_order o WHERE o.elder = e.id AND o.subsidy > 0) ORDER BY e.id LIMIT 3`)
    .map(([id]) => id);

  await test('a card finds somebody of another street; digits and letters find only our own', async () => {
    const district = await staff(house, 'district');
    const elder = { id: String(poor()[0]) };
    const card = await district.write('/api/diner_card', { elder: elder.id });
    const found = await manager.read(`/api/counter/people?q=YIKE-C:${card.number}&offer=${offer.id}`);
    same(found.people.map((p) => p.elder), [elder.id], 'by her card');
    check(found.people[0].subsidy > 0, 'her price has the subsidy');
    const other = (await manager.get(`/api/elder/${elder.id}`)).status;
    const by4 = await manager.read(`/api/counter/people?q=${found.people[0].id4}&offer=${offer.id}`);
    same(by4.people.some((p) => p.elder === elder.id), other === 200, 'by her last four only if ours');
  });

  await test('had elsewhere: on line it is refused, off line kept as a clash that somebody decides', async () => {
    const d = list.find((x) => x.subsidy > 0 && !x.ahead);
    const now = (await manager.read(`/api/counter/people?q=${encodeURIComponent(d.name)}&offer=${offer.id}`))
      .people.find((p) => p.elder === d.elder);
    check(now.used, 'she has had her subsidy today');
    const said = { elder: d.elder, pay_way: 'cash', said: d.own_pay };
    const [online] = (await push(manager, [meal(offer, said)])).results;
    same([online.result, online.message_key], ['conflict', 'counter.used'], 'on line');
    const [offline] = (await push(manager, [meal(offer, said, 30 * 60000)])).results;
    same([offline.result, offline.row.state, offline.row.clash], ['done', 'clash', 'once_a_day'], 'off line');
    const waiting = await manager.read('/api/todo?kind=counter_clashes&size=200');
    check(waiting.items.some((i) => i.id === offline.id), 'it waits among the to-dos');
    const row = await mustAct(manager, 'counter_meal', offline.id, 'collect');
    same([row.state, row.outcome], ['settled', 'collected'], 'decided');
  });

  await test('a mistake is undone: the order is off, the money out of the books', async () => {
    const [done] = (await push(manager, [meal(offer, { pay_way: 'cash' })])).results;
    const order = done.row.care_order;
    const row = await mustAct(manager, 'counter_meal', done.id, 'undo', { reason: '点错了' });
    same(row.state, 'undone', 'undone');
    same((await manager.read(`/api/care_order/${order}`)).state, 'cancelled', 'its order');
    const money = await manager.read(`/api/care_order/${order}/money`);
    same([money.taken, money.payments.length], [0, 2], 'taken and given back');
  });

  await test('another organisation sells nothing here, a worker and a carer neither', async () => {
    const provider = await staff(house, 'provider');
    const [r] = (await push(provider, [meal(offer, { pay_way: 'cash' })])).results;
    same([r.result, r.fields?.[0]?.key], ['refused', 'counter.offer'], 'another organisation');
    status(await (await staff(house, 'worker')).get('/api/counter'), 403);
    status(await (await staff(house, 'carer')).get('/api/sync/counter'), 403);
  });

  await test('the day: expected, counted a yuan short, signed by two; then it never moves', async () => {
    const today = desk.today;
    const close = await manager.write('/api/day_close', { place: offer.place, day: today });
    const books = await manager.read(`/api/day_close/${close.id}/lines`);
    check(books.lines.some((l) => l.source === 'meal' && l.amount > 0), 'meals stand in the books');
    const counted = { cash: books.cash - 100, qr: books.qr, transfer: books.transfer, advances: books.advances };
    const no = await manager.post(`/api/day_close/${close.id}/count`, counted, { version: close.version });
    same([no.status, no.body.fields?.[0]?.field], [422, 'why'], 'no reason given');
    const row = await mustAct(manager, 'day_close', close.id, 'count', { ...counted, why: '找零多给 1 元' });
    same([row.state, row.difference], ['counted', -100], 'counted');
    status(await manager.post(`/api/day_close/${close.id}/check`, {}, { version: row.version }), 403);
    const provider = await staff(house, 'provider');
    status(await provider.get(`/api/day_close/${close.id}`), 404);
    same((await mustAct(cashier, 'day_close', close.id, 'check')).state, 'closed', 'signed by another');
    const [late] = (await push(manager, [meal(offer, { pay_way: 'cash' })])).results;
    const [paid] = (await manager.read(`/api/payment?care_order=${late.row.care_order}`)).items;
    same([paid.late, paid.day > today], [true, true], 'the next day’s correction');
    const after = await manager.read(`/api/day_close/${close.id}/lines`);
    same(after.lines, books.lines, 'the closed day');
    const director = await staff(house, 'director');
    const open = await director.read('/api/day_close?state=open&size=50');
    check(open.items.length > 0, 'the district sees open days');
  });
}
