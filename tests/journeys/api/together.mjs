// together.mjs - two carers at one door: from the catalogue to the month's bill, by two telephones.

import { check, same, status, test, until } from '../harness.mjs';
import { Client, act, citizen, demoPassword, mustAct, newPhone, staff } from '../client.mjs';
import { plus } from '../clock.mjs';
import { orderFor, timesOf } from '../scene.mjs';
import { deed, push } from './offline.mjs';

const form = '/api/sync/visits';

/** An item that needs two, offered by the station at so much for each of them, and published. */
async function offered(house, manager) {
  const district = await staff(house, 'district'), street = await staff(house, 'street');
  const bad = await district.post('/api/catalogue_item', { name: '两人送餐', plain_name: '两人送餐',
    category: 'meal', at_home: true, carers: 2 });
  status(bad, 422);
  same(bad.body.fields[0].field, 'carers', 'only where somebody is lifted');
  const item = await district.write('/api/catalogue_item', { name: '两人搬抬下楼', plain_name: '抬下楼',
    domain: 'rehab', category: 'rehab', unit: 'time', duration_min: 30, skill: 'clean', at_home: true,
    carers: 2, door: 'home' });
  const offer = await manager.write('/api/offer', { org: manager.me.org, item: item.id,
    name: '抬下楼（两人）', carer_price: 6000, price: 0, capacity: 6, lead_min: 0,
    week: 'Mo-Su 06:00-22:00/30' });
  same(offer.price, 12000, 'the price is of both');
  await mustAct(manager, 'offer', offer.id, 'submit');
  await mustAct(street, 'offer', offer.id, 'publish');
  return offer;
}

/** Four new carers of the station, whom nobody has sent anywhere yet; they get accounts and telephones. */
async function carers(house, manager) {
  const system = await staff(house, 'sysadmin'), security = await staff(house, 'secadmin');
  const free = [];
  for (const name of ['秦同心', '尤同力', '许同行', '何同路']) {
    const { id } = await manager.write('/api/carer', { org: manager.me.org, name, gender: 'female',
      skills: ['clean'], travel: 'walk' });
    free.push({ id, name });
  }
  const phone = async (c) => {
    const login = `two-${c.id}`;
    const made = await system.write('/api/account', { kind: 'staff', login, name: c.name });
    await system.write(`/api/account/${made.id}/password`, { new: demoPassword });
    await security.write('/api/access_grant', { account: made.id, role: 'carer', carer: c.id });
    const who = new Client(house);
    await who.signIn(login, demoPassword);
    return who;
  };
  return { all: free, phone };
}

/** An order at a time at which these carers are all free. */
async function orderAt(manager, daughter, offer, day, of, { skip = 0 } = {}) {
  const board = await manager.read(`/api/station/day?day=${day}`);
  const busy = (s) => board.visits.some((v) => of.some((c) => c.id === v.visit.carer) &&
    v.visit.state !== 'cancelled' && v.visit.start_min < s.end_min && v.visit.end_min > s.start_min);
  const times = (await timesOf(daughter, offer, { from: day, days: 1 })).filter((s) => !busy(s));
  check(times[skip], 'a time at which all are free');
  const { order } = await daughter.write('/api/order', orderFor(offer, times[skip]));
  await mustAct(manager, 'care_order', order.id, 'accept');
  return order;
}

export async function together(house, day) {
  const manager = await staff(house, 'manager'), phone = newPhone();
  const daughter = await citizen(house, phone);
  const offer = await offered(house, manager);
  const { all, phone: phoneOf } = await carers(house, manager);
  const [one, other, third, fourth] = all;
  let order, visits;
  const page = () => daughter.read(`/api/my/orders/${order.id}`);
  const visitsOf = async (id) => (await manager.read(`/api/visit?care_order=${id}`)).items
    .filter((v) => v.state !== 'cancelled').sort((a, b) => (a.seat < b.seat ? -1 : 1));

  await test('the price is shown with how many come, before she orders', async () => {
    const price = await daughter.write('/api/order/price', { offer: offer.id, quantity: 1 });
    same([price.price, price.carers], [12000, 2], 'of both');
    check(price.price_note.includes('两位护理员一起上门'), price.price_note);
    order = await orderAt(manager, daughter, offer, day, all);
    same([order.carers, order.price], [2, 12000], 'the order keeps it');
  });

  await test('one carer is refused; two managers who send two at once: one is too late', async () => {
    const single = await act(manager, 'care_order', order.id, 'assign', { carer: one.id });
    status(single, 409);
    same((await act(manager, 'care_order', order.id, 'assign_two',
      { carer: one.id, second: one.id })).body.fields[0].field, 'second', 'two different ones');
    const cashier = await staff(house, 'cashier');
    const row = await manager.read(`/api/care_order/${order.id}`);
    const send = (who, a, b) => who.insist(`/api/care_order/${order.id}/assign_two`,
      { carer: a.id, second: b.id }, { version: row.version });
    const answers = await Promise.all([send(manager, one, other), send(cashier, third, fourth)]);
    check(answers.filter((a) => a.status === 200).length === 1, answers.map((a) => a.status).join());
    visits = await visitsOf(order.id);
    same(visits.map((v) => v.seat), ['first', 'second'], 'two visits');
    same(visits.map((v) => [v.start_min, v.end_min, v.state]),
      [[order.start_min, order.end_min, 'planned'], [order.start_min, order.end_min, 'planned']],
      'at one time');
    await mustAct(manager, 'care_order', order.id, 'assign_two', { carer: one.id, second: other.id });
    visits = await visitsOf(order.id);
    same(visits.map((v) => v.carer).sort(), [one.id, other.id].sort(), 'these two');
    const shown = await page();
    same([shown.visit.carer.id, shown.second_visit.carer.id], visits.map((v) => v.carer), 'she sees both');
    check(!shown.order.actions.some((a) => a.name.startsWith('assign')), 'and sends nobody');
  });

  await test('all visits of one cannot go to the other', async () => {
    const moved = await manager.write('/api/station/move', { carer_from: one.id, carer_to: other.id, day });
    const its = moved.moves.find((m) => visits.some((v) => v.id === m.visit));
    check(its.clash && its.why.length > 4, 'she is there already');
  });

  await test('each telephone has its own visit and says who goes with her', async () => {
    const phones = [];
    for (const v of visits) {
      const who = await phoneOf(all.find((c) => c.id === v.carer));
      const pull = await who.read(`${form}?day=${day}`);
      who.clock = Date.parse(pull.as_of);
      const row = pull.rows.find((r) => r.id === v.id).row;
      same(row.with.name, all.find((c) => c.id === visits.find((x) => x.id !== v.id).carer).name, 'with');
      same([row.to_collect, row.with.collects], v.seat === 'first' ? [12000, false] : [0, true], 'cash');
      phones.push(who);
    }
    const [first, second] = phones, [a, b] = visits;
    const come = (v, who, ago) => deed(v, 'arrive', who.clock - ago, { what: { lat: 30.22, lon: 125.6 } });
    const arrivedA = come(a, first, 300e3), arrivedB = come(b, second, 290e3);
    same((await push(second, [arrivedB]))[0].result, 'done', 'the second is there');
    same((await page()).order.state, 'under_way', 'it has begun');
    const missed = await push(first, [deed(a, 'not_met', first.clock - 200e3, { what: { note: '没人应' } })]);
    check(['refused', 'conflict'].includes(missed[0].result), 'nobody opened? the other is in');
    same((await push(first, [arrivedA]))[0].result, 'done', 'the first too');
    const well = (v, who, before) => deed(v, 'finish', who.clock - 60e3,
      { after: before.key, what: { result: 'well' } });
    same((await push(second, [well(b, second, arrivedB)]))[0].result, 'done', 'hers is done');
    same((await page()).order.state, 'under_way', 'the other is still at it');
    same((await push(first, [well(a, first, arrivedA)]))[0].result, 'done', 'both are');
    same((await page()).order.state, 'served', 'served');
  });

  await test('the daughter hears of it once: arrived, and done', async () => {
    await until('both messages', () => house.messages('visit.done', phone)[0]);
    same([house.messages('visit.arrived', phone).length, house.messages('visit.done', phone).length],
      [1, 1], 'not of each');
    await mustAct(daughter, 'care_order', order.id, 'confirm');
    await mustAct(daughter, 'care_order', order.id, 'rate', { stars: 5, words: '两位都稳当' });
    const [rating] = (await manager.read(`/api/rating?carer=${visits[0].carer}&second=${visits[1].carer}`)).items
      .filter((r) => r.care_order === order.id);
    same([rating.carer, rating.second], visits.map((v) => v.carer), 'one word, of both');
  });

  await test('the month has the hours of each and the price once', async () => {
    const month = await manager.read(`/api/month?month=${day.slice(0, 7)}`);
    const lines = visits.map((v) => month.carers.find((c) => c.carer === v.carer));
    check(lines.every((l) => l && l.visits >= 1 && l.minutes >= 0), 'a line of each');
    const sums = (key) => month.carers.reduce((n, c) => n + c[key], 0);
    same([sums('price'), sums('own'), sums('visits')], [month.price, month.own, month.visits], 'adds up');
  });

  await test('said by either that nobody opened; called off, both are', async () => {
    const missed = await orderAt(manager, daughter, offer, day, all);
    await mustAct(manager, 'care_order', missed.id, 'assign_two', { carer: one.id, second: other.id });
    const [, b] = await visitsOf(missed.id);
    await mustAct(manager, 'visit', b.id, 'not_met', { note: '敲门、电话都没人' });
    same((await manager.read(`/api/care_order/${missed.id}`)).state, 'not_met', 'the order is');
    const off = await orderAt(manager, daughter, offer, day, all, { skip: 1 });
    await mustAct(manager, 'care_order', off.id, 'assign_two', { carer: one.id, second: other.id });
    await mustAct(daughter, 'care_order', off.id, 'cancel', { reason: '改天' });
    same((await visitsOf(off.id)).length, 0, 'no visit stands');
  });

  await test('who did not come is taken out once the other is there', async () => {
    const half = await orderAt(manager, daughter, offer, day, all, { skip: 2 });
    await mustAct(manager, 'care_order', half.id, 'assign_two', { carer: one.id, second: other.id });
    const [a, b] = await visitsOf(half.id);
    status(await act(manager, 'visit', b.id, 'alone', { reason: '车坏了' }), 409);
    await mustAct(manager, 'visit', a.id, 'arrive', {});
    await mustAct(manager, 'visit', a.id, 'finish', { result: 'well' });
    same((await manager.read(`/api/care_order/${half.id}`)).state, 'under_way', 'waits for the other');
    await mustAct(manager, 'visit', b.id, 'alone', { reason: '车坏了' });
    same((await manager.read(`/api/care_order/${half.id}`)).state, 'served', 'ends with her');
    const rest = await visitsOf(half.id);
    same(rest.map((v) => [v.id, v.seat]), [[a.id, 'alone']], 'alone');
  });

  await onTheBoard(house, manager, daughter, offer, plus(day, 2));
}

/** The board: two blocks, one change, never one of them without the other. */
async function onTheBoard(house, manager, daughter, offer, day) {
  const [slot] = (await timesOf(daughter, offer, { from: day, days: 1 })).slice(6);
  const { order } = await daughter.write('/api/order', orderFor(offer, slot));
  await mustAct(manager, 'care_order', order.id, 'accept');
  const board = () => manager.read(`/api/dispatch/day?day=${day}`);
  const halves = (d) => d.visits.filter((v) => v.order === order.id);

  await test('a pair stands twice, waits once, and is mended by one change', async () => {
    const d = await board();
    same(halves(d).map((v) => v.seat), ['first', 'second'], 'two blocks');
    const why = d.unassigned.filter((u) => u.order === order.id);
    same(why.length, 1, 'told of once');
    const repair = why[0].repairs.find((r) => r.kind === 'assign');
    check(repair?.changes.some((c) => c.order === order.id && c.carer && c.second), 'with both');
    const after = await manager.write('/api/dispatch/apply', { day, changes: repair.changes });
    const [a, b] = halves(after);
    check(a.carer && b.carer && a.carer !== b.carer && a.start_min === b.start_min, 'both, at once');
    same([a.with, b.with], [b.carer, a.carer], 'each knows the other');
  });

  await test('another time is of both; a drop onto the other is refused in words', async () => {
    const d = await board(), [a, b] = halves(d);
    const onto = await manager.write('/api/dispatch/try',
      { day, order: order.id, seat: 'first', carer: b.carer, start_min: a.start_min });
    check(!onto.fits && onto.reasons.join().includes('两位不同'), onto.reasons.join());
    const one = { order: order.id, order_version: a.order_version, visit_version: a.visit_version,
      carer: a.carer, start_min: a.start_min };
    const half = await manager.post('/api/dispatch/apply', { day, changes: [one] });
    status(half, 422);
    same(half.body.fields[0].field, 'changes.0.second', 'one half alone');
    const later = await manager.write('/api/dispatch/try',
      { day, order: order.id, seat: 'second', carer: b.carer, start_min: b.start_min + 5 });
    if (later.fits) {
      const moved = await manager.write('/api/dispatch/apply', { day, changes: later.changes });
      same(halves(moved).map((v) => v.start_min), [a.start_min + 5, a.start_min + 5], 'both');
    } else check(later.reasons.length, 'or it says why');
  });

  await test('a sick call gives her half to another or takes both off', async () => {
    const d = await board(), [a, b] = halves(d);
    const plan = await manager.write('/api/dispatch/replan', { day, why: 'ill', carer: b.carer });
    const its = plan.changes.find((c) => c.order === order.id);
    check(its && ![its.carer, its.second].includes(b.carer), 'not her');
    check(Boolean(its.carer) === Boolean(its.second), 'two or nobody');
    const after = await manager.write('/api/dispatch/apply', { day, why: 'ill', changes: plan.changes.map(
      ({ order: o, order_version, visit_version, carer, second, start_min }) =>
        ({ order: o, order_version, visit_version, carer, second, start_min })) });
    same(new Set(halves(after).map((v) => v.start_min)).size, 1, 'still at once');
    const back = await manager.write('/api/dispatch/undo', { day });
    same(halves(back).map((v) => v.carer), [a.carer, b.carer], 'as it was');
  });

  await test('times are offered where two can come', async () => {
    const { slots } = await manager.read(`/api/dispatch/slots?offer=${offer.id}&day=${day}`);
    check(slots.some((s) => s.carer_found) && slots.every((s) => !s.carer_found || s.carers_n >= 2),
      'two or none');
  });
}
