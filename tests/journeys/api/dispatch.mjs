// dispatch.mjs - a station's day on the board: looked at, tried, re-planned, applied, taken back, told.

import { check, same, status, test } from '../harness.mjs';
import { Client, citizen, mustAct, newPhone, staff } from '../client.mjs';
import { offersOf, orderFor, timesOf } from '../scene.mjs';
import { plus } from '../clock.mjs';

const rowOf = (day, order) => day.visits.find((v) => v.order === order);
const changeOf = (v, carer, start_min) => ({ order: v.order, order_version: v.order_version,
  visit_version: v.visit_version, carer, start_min });

/** A day some days ahead on which the offer has two free times, and an order of our own at each. */
async function ordersOf(manager, offer, from) {
  const times = await timesOf(manager, offer, { from, days: 10 });
  const slots = times.filter((s) => times.find((o) => o.day === s.day) !== s);
  const second = slots[0];
  check(second, 'a day with two free times');
  const first = times.find((s) => s.day === second.day);
  const place = async (slot) => {
    const made = await manager.write('/api/order', orderFor(offer, slot));
    const { id } = made.order ?? made;
    await mustAct(manager, 'care_order', id, 'accept');
    return id;
  };
  return { day: second.day, ids: [await place(first), await place(second)] };
}

export async function dispatch(house, today) {
  const manager = await staff(house, 'manager');
  const offers = await offersOf(manager, manager.me.org);
  const { day, ids } = await ordersOf(manager, offers.clean, plus(today, 3));
  const board = () => manager.read(`/api/dispatch/day?day=${day}`);
  const fitting = async (d, v) => {
    for (const c of d.carers.filter((one) => one.skills.includes('clean') && !one.away)) {
      const tried = await manager.write('/api/dispatch/try', { day, order: v.order, carer: c.id });
      if (tried.fits) return { carer: c, tried };
    }
    throw new Error('nobody fits');
  };

  await test('the day has its orders, carers, ways, and why nobody goes', async () => {
    const d = await board();
    check(d.streets && d.carers.length >= 8 && d.open_min < d.close_min, 'a day');
    for (const id of ids) {
      const v = rowOf(d, id);
      same([v.carer, v.visit_version, v.told], ['', 0, false], 'nobody yet');
      same([v.start_min - v.earliest_min, v.latest_min - v.promised_min], [15, 30], 'its window');
      check(d.unassigned.find((u) => u.order === id)?.why_text.length > 4, 'why');
    }
    check(!/周桂芬|柳荫里 3 号楼|for_lat|home/.test(JSON.stringify(d)), 'neither name nor door');
    same((await board()).stamp, d.stamp, 'the same while nothing moves');
  });

  await test('who works long has a rest, in her shift or beside it', async () => {
    const { carers } = await board();
    for (const c of carers) {
      const one = c.shift.length === 1, long = one && c.shift[0].to_min - c.shift[0].from_min > 360;
      check(one || !c.rest, `${c.name}: parts of a shift are its own rest`);
      const there = one && c.shift[0].from_min <= 660 && c.shift[0].to_min >= 840;
      same(Boolean(c.rest) || c.rest_lost, long && there, `${c.name}: a rest`);
      if (c.rest) check(c.rest.from_min >= 660 && c.rest.from_min <= 810, 'at midday');
    }
  });

  await test('hours of work: visits and ways, the same as the month has, beside the mean', async () => {
    const d = await manager.read(`/api/dispatch/day?day=${today}`);
    const month = await manager.read(`/api/month?month=${today.slice(0, 7)}`);
    check(month.carers.length, 'somebody has worked this month');
    for (const c of month.carers) {
      const on = d.carers.find((o) => o.id === c.carer);
      if (!on) continue;                                       // has left since
      same(on.month_done_min, c.work_minutes, `${c.name}: done this month`);
      same(c.work_minutes, c.minutes + c.way_minutes, 'visits and ways');
      check(on.month_min >= on.month_done_min && on.month_way_min <= on.month_min, 'and what is planned');
    }
    check(month.carers.some((c) => c.way_minutes > 0), 'ways count');
    const means = d.carers.filter((c) => c.month_min > 0 || (!c.away && c.shift.length));
    same(d.month_mean_min, Math.floor(means.reduce((n, c) => n + c.month_min, 0) / means.length), 'the mean');
    check(d.fair_percent > 0 && d.fair_hours > 0, 'the rule is told');
  });

  await test('her day is drawn along the streets, between compounds', async () => {
    const d = await board(), v = d.visits.find((one) => one.carer && one.lat);
    const of = v ?? (await manager.read(`/api/dispatch/day?day=${today}`)).visits.find((one) => one.carer && one.lat);
    check(of, 'a visit with a compound');
    const on = v ? day : today;
    const way = await manager.read(`/api/dispatch/way?day=${on}&carer=${of.carer}`);
    same(way.straight_n, way.legs.filter((l) => l.straight).length, 'straight ones are told');
    for (const l of way.legs) {
      check(l.points.length >= 2, 'a line');
      check(l.points.every((p) => Math.abs(p.lat) > 1 && Math.abs(p.lon) > 1), 'of points');
    }
    status(await manager.get(`/api/dispatch/way?day=${on}&carer=7`), 422);
    status(await (await citizen(house, newPhone())).get(`/api/dispatch/way?day=${on}&carer=${of.carer}`), 403);
  });

  await test('a drop is tried, applied under its versions, and seen at once', async () => {
    const d = await board(), v = rowOf(d, ids[0]), { carer, tried } = await fitting(d, v);
    check(tried.changes.length >= 1, 'says what changes');
    same((await board()).stamp, d.stamp, 'trying writes nothing');
    const no = d.carers.find((c) => !c.skills.includes('clean'));
    if (no) {
      const bad = await manager.write('/api/dispatch/try', { day, order: v.order, carer: no.id });
      check(!bad.fits && bad.reasons.length, 'and says why not');
    }
    const after = await manager.write('/api/dispatch/apply', { day, changes: tried.changes });
    same(rowOf(after, v.order).carer, carer.id, 'hers');
    check(after.stamp !== d.stamp && after.can_undo, 'another stamp');
    const again = await manager.post('/api/dispatch/apply', { day, changes: tried.changes });
    status(again, 409);
    same(again.body.fields[0].field, 'changes.0.order', 'names the change');
    const happened = await manager.read(`/api/care_order/${v.order}`);
    same([happened.state, happened.start_min], ['assigned', v.promised_min], 'the promise stands');
  });

  await test('all or none: one that cannot be leaves the others', async () => {
    const d = await board(), one = rowOf(d, ids[0]), two = rowOf(d, ids[1]);
    const other = d.carers.find((c) => c.id !== one.carer && c.skills.includes('clean') && !c.away);
    const bad = await manager.post('/api/dispatch/apply', { day, changes: [
      changeOf(one, other.id, one.start_min), changeOf(two, '1', two.start_min)] });
    status(bad, 422);
    same(bad.body.fields[0].field, 'changes.1.carer', 'named');
    same(rowOf(await board(), one.order).carer, one.carer, 'as it was');
    status(await manager.post('/api/dispatch/apply', { day, changes: [] }), 422);
    status(await manager.post('/api/dispatch/apply', { changes: [changeOf(one, '', 0)] }), 422);
  });

  await test('a sick call is planned, applied and taken back', async () => {
    const before = await board(), ill = rowOf(before, ids[0]).carer;
    const plan = await manager.write('/api/dispatch/replan', { day, why: 'ill', carer: ill });
    check(plan.changes.every((c) => c.carer !== ill), 'nothing for her');
    check(plan.changes.some((c) => c.order === ids[0]), 'her visit is given');
    same((await board()).stamp, before.stamp, 'planning writes nothing');
    const changes = plan.changes.map(({ order, order_version, visit_version, carer, start_min }) =>
      ({ order, order_version, visit_version, carer, start_min }));
    const after = await manager.write('/api/dispatch/apply', { day, why: 'ill', changes });
    check(!after.visits.some((v) => v.carer === ill), 'she goes nowhere');
    same(after.totals.unassigned, plan.after.unassigned, 'as it was told');
    const back = await manager.write('/api/dispatch/undo', { day });
    same([rowOf(back, ids[0]).carer, back.can_undo], [ill, false], 'back');
    status(await manager.post('/api/dispatch/undo', { day }), 409);
  });

  await test('what is locked stays; carers are told once', async () => {
    await manager.write('/api/dispatch/lock', { order: ids[0], locked: true });
    const v = rowOf(await board(), ids[0]);
    check(v.locked && v.earliest_min === v.start_min, 'locked');
    const moved = await manager.post('/api/dispatch/apply',
      { day, changes: [changeOf(v, '', v.start_min)] });
    status(moved, 422);
    same(moved.body.fields[0].field, 'changes.0.order', 'refused');
    status(await manager.post('/api/dispatch/lock', { order: ids[1], locked: true }), 409);
    const told = await manager.write('/api/dispatch/publish', { day });
    check(told.told >= 1 && told.untold_n === 0, 'told');
    check(rowOf(await board(), ids[0]).told, 'and noted');
    same((await manager.write('/api/dispatch/publish', { day })).told, 0, 'once');
  });

  await test('a time is offered where somebody could come', async () => {
    const { slots } = await manager.read(`/api/dispatch/slots?offer=${offers.clean.id}&day=${day}`);
    check(slots.length && slots.every((s) => s.carer_found === s.carers_n > 0), 'each time');
    const asked = await manager.read(`/api/offer/${offers.clean.id}/slots?from=${day}&days=1`);
    for (const s of asked.days[0].slots) {
      const found = slots.find((o) => o.start_min === s.start_min).carer_found;
      same(s.staff, found, 'the same to whoever orders');
      check(s.staff || s.left === 0, 'nothing left where nobody could');
    }
  });

  await test('nobody else sees the board', async () => {
    const path = `/api/dispatch/day?day=${day}`;
    status(await new Client(house).get(path), 401);
    status(await (await citizen(house, newPhone())).get(path), 403);
    const others = await staff(house, 'provider').catch(() => null);
    if (others) check(!(await others.read(path)).visits.some((v) => ids.includes(v.order)), 'not hers');
    status(await manager.get('/api/dispatch/day?day=tomorrow'), 422);
  });
}
