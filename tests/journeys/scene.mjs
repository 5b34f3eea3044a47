// scene.mjs - things to find in the demo city, asked of the house as people would ask.

import { check } from './harness.mjs';
import { act, Client, mustAct, newPhone } from './client.mjs';

export { moment, plus, workday } from './clock.mjs';

/** Offers of one organisation by category: { bath: offer, meal: offer … }. */
export async function offersOf(client, org) {
  const items = {};
  for (const c of (await client.read('/api/catalogue')).categories)
    for (const i of c.items) items[i.id] = { ...i, category: c.key };
  const found = {};
  for (const o of (await client.read(`/api/offer?org=${org}&size=50`)).items)
    if (o.state === 'published') found[items[o.item]?.category] ??= { ...o, about: items[o.item] };
  return found;
}

/** The free times of an offer, soonest first: { id, left, day, start_min }. */
export async function timesOf(client, offer, { from = '', days = 7 } = {}) {
  const ask = `/api/offer/${offer.id}/slots?days=${days}${from ? `&from=${from}` : ''}`;
  const answer = await client.read(ask);
  return answer.days
    .flatMap((d) => d.slots.map((s) => ({ ...s, day: d.day })))
    .filter((s) => s.left > 0);
}

/** An order for somebody who is not bound to the caller (代下单). */
export function orderFor(offer, slot, more = {}) {
  return {
    offer: offer.id,
    slot: slot.id,
    quantity: 1,
    for_name: '周桂芬',
    for_phone: newPhone(),
    for_address: '柳荫里 3 号楼 2 单元 401',
    for_relation: '女儿',
    pay_way: 'cash',
    ...more,
  };
}

/**
 * An order that a carer (her id) was given: of the first offer and time at which she is free and
 * knows how, on one day or in the week to come; late: from its end. `what` says the order's body.
 * What she could not take is called off again.
 */
export async function orderGiven(manager, customer, carer, offers, { on, late, what = orderFor } = {}) {
  for (const offer of offers) {
    const times = (await timesOf(customer, offer)).filter((t) => !on || t.day === on);
    for (const slot of late ? times.reverse() : times) {
      const { order } = await customer.write('/api/order', what(offer, slot));
      if (order.state === 'placed') await mustAct(manager, 'care_order', order.id, 'accept');
      const given = await act(manager, 'care_order', order.id, 'assign', { carer });
      if (given.status === 200) return { order, offer, slot };
      await mustAct(manager, 'care_order', order.id, 'cancel', { reason: '护理员没空' });
    }
  }
  throw new Error(`the carer has no free time ${on ?? 'this week'}`);
}

/** A time whose last place is left: the others are taken by an order of so many. */
export async function lastPlace(client, offer, skip = 0) {
  const slot = (await timesOf(client, offer, { days: 14 })).filter((s) => s.left <= 21)[skip];
  check(slot, `no time of offer ${offer.id} has between one and 21 places left`);
  if (slot.left > 1)
    await client.write('/api/order', orderFor(offer, slot, { quantity: slot.left - 1 }));
  return slot;
}

/** Many citizens at once, each with an own telephone. */
export async function crowd(house, n) {
  const people = Array.from({ length: n }, () => new Client(house));
  await Promise.all(people.map((p) => p.signInByPhone(newPhone())));
  return people;
}

/** How many orders stand in a time, and how many of its places are said to be taken. */
export function takenOf(house, offer, slot) {
  const [day, start] = slot.id.split('.');
  const days = Math.round(Date.parse(`${day}T00:00:00Z`) / 86400000);
  const where = `offer = ${offer.id} AND day = ${days} AND start_min = ${start}`;
  const [[orders, places]] = house.sql(
    `SELECT COUNT(*), COALESCE(SUM(quantity), 0) FROM care_order WHERE ${where} ` +
      "AND state NOT IN ('cancelled', 'declined')",
  );
  const [[taken, capacity] = [0, 0]] = house.sql(`SELECT taken, capacity FROM slot WHERE ${where}`);
  return {
    orders: Number(orders),
    places: Number(places),
    taken: Number(taken),
    capacity: Number(capacity),
  };
}
