// baskets.mjs - several services for one elder in one go: priced together, placed all or none.

import { randomUUID } from 'node:crypto';
import { check, same, status, test } from '../harness.mjs';
import { citizen, daughterOf, mustAct, newPhone, staff } from '../client.mjs';
import { lastPlace, offersOf, orderFor, timesOf } from '../scene.mjs';

/* Only what came in baskets: the clock makes and ends orders of its own meanwhile. */
const BASKETS = 'care_order WHERE basket IS NOT NULL';
const PARTS = `order_part WHERE care_order IN (SELECT id FROM ${BASKETS})`;
const counted = (house, what) => Number(house.sql(`SELECT count(*) FROM ${what}`)[0][0]);
const item = (offer, slot, more = {}) => ({ offer: offer.id, slot: slot.id, ...more });

/** Of orderFor() what is said once for all items. */
function whom(more = {}) {
  const { offer, slot, quantity, ...rest } = orderFor({}, {});
  return { ...rest, ...more };
}

export async function baskets(house) {
  const manager = await staff(house, 'manager');
  const offers = await offersOf(manager, manager.me.org);
  const who = await citizen(house, newPhone());
  const walks = await timesOf(who, offers.walk, { days: 14 });
  const baths = await timesOf(who, offers.bath, { days: 14 });

  await test('anyone asks what several would cost and which times overlap', async () => {
    const same_time = baths.map((b) => [b, walks.find((w) => w.id === b.id)]).find(([, w]) => w);
    check(same_time, 'no time in which both are offered');
    const price = await who.write('/api/order/basket/price', {
      items: [item(offers.bath, same_time[0]), item(offers.walk, same_time[1], { quantity: 2 })],
    });
    same(price.price, offers.bath.price + 2 * offers.walk.price, 'the sum');
    same(price.price, price.items.reduce((n, i) => n + i.price, 0), 'of its items');
    same(price.clashes.map((c) => [c.item, c.with]), [[1, 0]], 'the second overlaps the first');
    check(price.items.every((i) => i.parts.length && i.cancel_rule_text), 'who pays, what cancelling costs');
    const bad = await who.post('/api/order/basket/price', {
      items: [item(offers.bath, baths[0]), { offer: offers.walk.id, slot: 'x' }],
    });
    status(bad, 422);
    same(bad.body.fields.map((f) => f.field), ['items.1.slot'], 'the item at fault');
  });

  await test('a basket is placed in one write, once under one key, under one number', async () => {
    const before = counted(house, BASKETS), key = randomUUID();
    const body = whom({ items: [item(offers.bath, baths.at(-1)), item(offers.walk, walks.at(-2))] });
    const made = await who.write('/api/order/basket', body, { key });
    const again = await who.write('/api/order/basket', body, { key });
    same(JSON.stringify(again), JSON.stringify(made), 'the same answer');
    same(counted(house, BASKETS), before + 2, 'two orders');
    same(made.orders.map((o) => o.order.basket), [made.basket, made.basket], 'the common number');
    same(made.orders.map((o) => o.order.offer), [offers.bath.id, offers.walk.id], 'as asked');
    same(made.own_pay, made.orders.reduce((n, o) => n + o.order.own_pay, 0), 'the sum');
    const mine = await who.read(`/api/my/orders?basket=${made.basket}`);
    same(mine.items.length, 2, 'hers by that number');
    const theirs = await manager.read(`/api/care_order?basket=${made.basket}`);
    same(theirs.items.map((o) => o.basket), [made.basket, made.basket], 'the station reads it');
    const reading = await who.read(`/api/my/orders/${made.orders[0].order.id}`);
    same(JSON.stringify(reading), JSON.stringify(made.orders[0]), 'from memory and from disk');
    for (const o of made.orders)
      await mustAct(who, 'care_order', o.order.id, 'cancel', { reason: '试下单' });
  });

  await test('a place gone meanwhile: its item is named and nothing is half placed', async () => {
    const last = await lastPlace(manager, offers.bath, 3);
    await manager.write('/api/order', orderFor(offers.bath, last));
    const orders = counted(house, BASKETS), parts = counted(house, PARTS);
    const free = await timesOf(who, offers.walk, { days: 14 }), wanted = [free.at(-1), free.at(-3)];
    const answer = await who.post('/api/order/basket', whom({
      items: [item(offers.walk, wanted[0]), item(offers.bath, last), item(offers.walk, wanted[1])],
    }));
    status(answer, 409);
    same(answer.body.fields.map((f) => f.field), ['items.1.slot'], 'the item whose place is gone');
    same([counted(house, BASKETS), counted(house, PARTS)], [orders, parts], 'nothing was written');
    const after = await timesOf(who, offers.walk, { days: 14 });
    same(wanted.map((w) => after.find((a) => a.id === w.id).left), wanted.map((w) => w.left), 'places');
  });

  await test('a bound elder, and what is wrong of several items at once', async () => {
    const daughter = await daughterOf(house);
    const mother = (await daughter.read('/api/my')).elders[0];
    const made = await daughter.write('/api/order/basket', {
      elder: mother.id, items: [item(offers.bath, baths.at(-1)), item(offers.walk, walks.at(-2))],
    });
    check(made.orders.every((o) => o.order.elder === mother.id), 'hers');
    const price = await daughter.write('/api/order/basket/price', {
      elder: mother.id, items: [item(offers.bath, baths.at(-1))],
    });
    same(price.clashes.map((c) => c.number), [made.orders[0].order.number], 'she is served then');
    for (const o of made.orders)
      await mustAct(daughter, 'care_order', o.order.id, 'cancel', { reason: '试下单' });
    status(await who.post('/api/order/basket', {
      elder: mother.id, items: [item(offers.bath, baths.at(-1))],
    }), 404);
    const wrong = await who.post('/api/order/basket', {
      items: [{ offer: offers.bath.id, slot: 'x' }, { slot: walks[0].id }, { offer: '5', slot: walks[0].id }],
    });
    status(wrong, 422);
    check(wrong.body.fields.some((f) => f.field === 'items.1.offer'), wrong.text);
    status(await who.post('/api/order/basket', { items: [] }), 422);
    status(await who.post('/api/order/basket', {
      items: Array.from({ length: 11 }, () => item(offers.bath, baths[0])),
    }), 422);
  });

  await test('staff place a basket for who is on the telephone', async () => {
    const clerk = await staff(house, 'clerk');
    const made = await clerk.write('/api/order/basket', whom({
      channel: 'phone', items: [item(offers.bath, baths.at(-1)), item(offers.walk, walks.at(-2))],
    }));
    check(made.orders.every((o) => o.order.channel === 'phone' && o.order.placed_by), 'by the clerk');
    for (const o of made.orders)
      await mustAct(clerk, 'care_order', o.order.id, 'cancel', { reason: '试下单' });
  });
}
