// race.mjs - many want the same thing at the same moment; one gets it, the others are told.

import { randomUUID } from 'node:crypto';
import { check, end, long, same, status, test, within } from './harness.mjs';
import { act, staff } from './client.mjs';
import { engines, newHouse } from './house.mjs';
import { crowd, lastPlace, offersOf, orderFor, takenOf, timesOf } from './scene.mjs';

const wanted = 200;
const rounds = long ? 20 : 1;
const strangers = 64;

const sum = (answers) =>
  answers.reduce((n, a) => ({ ...n, [a.status]: (n[a.status] ?? 0) + 1 }), {});

async function lastPlaceRace(house, people, manager, offer, round) {
  const slot = await lastPlace(manager, offer, round === 0 ? 0 : 1);
  const answers = await Promise.all(
    Array.from({ length: wanted }, (_, i) =>
      people[i % people.length].insist('/api/order', orderFor(offer, slot)),
    ),
  );
  same(sum(answers), { 201: 1, 409: wanted - 1 }, `who got the last place, round ${round + 1}`);
  for (const a of answers.filter((one) => one.status === 409)) {
    check(
      a.headers.get('content-type').startsWith('application/problem+json'),
      'a refusal says why',
    );
    check(
      /满|full/.test(a.body.detail ?? a.body.title),
      `a refusal says that it is full: ${a.text}`,
    );
  }
  const t = takenOf(house, offer, slot);
  same(t.places, t.capacity, 'places of the orders');
  same(t.taken, t.capacity, 'places taken');
}

/** Two baskets want the same two last places, each in the other order; one has both. */
async function basketRace(house, people, manager, offers) {
  const slots = [await lastPlace(manager, offers[0], 2), await lastPlace(manager, offers[1], 2)];
  const items = offers.map((o, i) => ({ offer: o.id, slot: slots[i].id }));
  const { offer, slot, quantity, ...whom } = orderFor(offers[0], slots[0]);
  const before = Number(house.sql('SELECT count(*) FROM care_order WHERE basket IS NOT NULL')[0][0]);
  const answers = await Promise.all(
    people.slice(0, 8).map((p, i) =>
      p.insist('/api/order/basket', { ...whom, items: i % 2 ? [...items].reverse() : items }),
    ),
  );
  same(sum(answers), { 201: 1, 409: 7 }, 'who got the last places');
  for (const a of answers.filter((one) => one.status === 409))
    check(/^items\.[01]\.slot$/.test(a.body.fields[0].field), `a refusal names its item: ${a.text}`);
  same(
    Number(house.sql('SELECT count(*) FROM care_order WHERE basket IS NOT NULL')[0][0]),
    before + 2,
    'orders of one basket',
  );
  for (const [i, o] of offers.entries()) {
    const t = takenOf(house, o, slots[i]);
    same([t.places, t.taken], [t.capacity, t.capacity], 'places of the orders, places taken');
  }
}

async function oneKeyRace(house, person, offer) {
  const slot = (await timesOf(person, offer, { days: 14 })).find((s) => s.left >= 2);
  const key = randomUUID(),
    body = orderFor(offer, slot),
    before = takenOf(house, offer, slot);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => person.insist('/api/order', body, { key })),
  );
  same(sum(answers), { 201: 20 }, 'answers under one key');
  same(new Set(answers.map((a) => a.body.order.id)).size, 1, 'orders under one key');
  same(takenOf(house, offer, slot).orders, before.orders + 1, 'orders that stand');
  const other = await person.post('/api/order', orderFor(offer, slot, { note: 'another' }), {
    key,
  });
  status(other, 422);
}

/** Two orders of one hour; their manager gives both to the same carer in the same moment. */
async function carerRace(house, manager, offers) {
  const [a, b] = [offers.walk, offers.clean ?? offers.bath];
  const times = await timesOf(manager, b, { days: 14 });
  const slot = (await timesOf(manager, a, { days: 14 })).find((s) =>
    times.some((t) => t.id === s.id),
  );
  check(slot, 'no hour in which both are offered');
  const orders = [];
  for (const offer of [a, b]) {
    const made = await manager.write('/api/order', orderFor(offer, slot, { channel: 'counter' }));
    status(await act(manager, 'care_order', made.order.id, 'accept'), 200);
    orders.push(made.order.id);
  }
  const carer = await carerWhoCan(manager, orders);
  const answers = await Promise.all(
    orders.map((id) => act(manager, 'care_order', id, 'assign', { carer })),
  );
  same(sum(answers), { 200: 1, 409: 1 }, 'one carer, one hour, two orders');
}

/** A carer to whom either order could go; found by trying one and taking it back is no race. */
async function carerWhoCan(manager, orders) {
  const [first, second] = await Promise.all(
    orders.map((id) => manager.read(`/api/care_order/${id}`)),
  );
  const items = await Promise.all(
    [first, second].map((o) => manager.read(`/api/catalogue_item/${o.item}`)),
  );
  const day = await manager.read(`/api/station/day?day=${first.day}`);
  const busy = new Set(
    day.visits
      .filter((v) => v.visit.start_min < second.end_min && v.visit.end_min > first.start_min)
      .map((v) => v.visit.carer),
  );
  const one = day.carers.find(
    (c) =>
      !c.away &&
      !busy.has(c.id) &&
      items.every((i) => !i.skill || i.skill === 'none' || c.skills.includes(i.skill)),
  );
  check(one, 'no carer of the station is free and can do both');
  return one.id;
}

/** The subsidy for a meal is had once a day, whoever asks at how many points at once. */
async function subsidyRace(house, clerk) {
  const elder = (await clerk.read('/api/elder?flags=minimum_income&residence=registered&size=1')).items[0];
  check(elder, 'no elder of the subsidised groups in sight');
  const meal = (await clerk.read('/api/catalogue')).categories.find((c) => c.key === 'meal');
  const offers = [];
  for (const item of meal.items)
    offers.push(...(await clerk.read(`/api/offer?item=${item.id}&state=published&size=10`)).items);
  const dear = offers.filter((o) => o.price > 500).slice(0, 4);
  const times = await Promise.all(dear.map((o) => timesOf(clerk, o)));
  const day = times[0].at(-1).day;
  const asks = dear.map((o, i) => [o, times[i].find((t) => t.day === day)]).filter(([, t]) => t);
  check(asks.length > 1, `only ${asks.length} meal points on one day`);
  const answers = await Promise.all(
    asks.map(([o, t]) =>
      clerk.insist('/api/order', {
        offer: o.id,
        slot: t.id,
        quantity: 1,
        elder: elder.id,
        pay_way: 'cash',
        channel: 'phone',
      }),
    ),
  );
  const had = house.sql(`SELECT subsidy > 0 FROM care_order WHERE elder = ${elder.id}
    AND id IN (${answers.filter((a) => a.status === 201).map((a) => a.body.order.id)})`).flat();
  check(answers.every((a) => [201, 409].includes(a.status)), JSON.stringify(sum(answers)));
  same(had.filter((yes) => ['1', 't'].includes(yes)).length, 1, 'meals with the subsidy of one day');
}

/** Offers of the whole city, in the order of their numbers. */
async function offersOfAll(client) {
  const { items } = await client.read('/api/offer?state=published&size=100');
  return items.filter((o) => o.state === 'published');
}

/**
 * So many people who have nothing to do with one another: each signs in for the first time, then
 * orders something else than her neighbour. A 503 would make them wait for nothing.
 */
async function strangersRace(house, manager) {
  const people = await crowd(house, strangers);
  const offers = await offersOfAll(manager);
  const times = await Promise.all(offers.map((o) => timesOf(manager, o, { days: 14 })));
  const asks = offers.map((o, i) => [o, times[i].at(-1)]).filter(([, slot]) => slot?.left >= 4);
  check(asks.length >= 16, `only ${asks.length} offers with room`);
  const answers = await Promise.all(
    people.map((p, i) => p.post('/api/order', orderFor(...asks[i % asks.length]))),
  );
  same(sum(answers), { 201: strangers }, 'orders of strangers');
}

for (const engine of engines) {
  within(engine);
  const house = await (await newHouse(engine)).start();
  const manager = await staff(house, 'manager');
  const offers = await offersOf(manager, manager.me.org);
  const people = await crowd(house, 16);
  const bath = offers.bath ?? offers.walk;

  await test(
    `${wanted} ask for the last place at once, ${rounds} times: one has it`,
    async () => {
      for (let i = 0; i < rounds; i++) await lastPlaceRace(house, people, manager, bath, i);
    },
    60 + rounds * 60,
  );
  await test(
    `${strangers} strangers sign in and order at once: nobody is sent away`,
    () => strangersRace(house, manager),
    120,
  );
  await test('two last places in two baskets: one has both, nothing is half placed', () =>
    basketRace(house, people, manager, [bath, offers.clean ?? offers.walk]));
  await test('one key raced twenty times is one order', () => oneKeyRace(house, people[0], bath));
  await test('one carer is not sent to two homes at once', () => carerRace(house, manager, offers));
  await test('the meal subsidy is had once a day, over all points', async () =>
    subsidyRace(house, await staff(house, 'clerk')));
  await test('nothing is out of joint afterwards', async () => {
    await house.stop();
    const r = house.command('check');
    same(r.code, 0, r.text);
  });
  await house.stop();
}
await end();
