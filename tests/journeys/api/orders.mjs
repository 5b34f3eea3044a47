// orders.mjs - what else befalls an order: told, refused, cancelled, changed, missed, moved.

import { check, same, status, test } from '../harness.mjs';
import { act, citizen, mustAct, newPhone, staff } from '../client.mjs';
import { moment, offersOf, orderFor, takenOf, timesOf } from '../scene.mjs';

async function placed(who, offer, pick = 0, more = {}) {
  const slot = (await timesOf(who, offer, { days: 14 }))[pick];
  return (await who.write('/api/order', orderFor(offer, slot, more))).order;
}

/** Places taken at an order's time: how many are left also hangs on who could come. */
const taken = (house, offer, order) =>
  takenOf(house, offer, { id: `${order.day}.${order.start_min}` }).taken;

async function assigned(manager, order) {
  await mustAct(manager, 'care_order', order.id, 'accept');
  const carer = await freeCarer(manager, order);
  await mustAct(manager, 'care_order', order.id, 'assign', { carer });
  return carer;
}

/** Tries the station's carers one after another, as its manager would. */
async function freeCarer(manager, order, but = []) {
  const day = await manager.read(`/api/station/day?day=${order.day}`);
  const item = await manager.read(`/api/catalogue_item/${order.item}`);
  const clash = (c) =>
    day.visits.some(
      (v) =>
        v.visit.carer === c.id &&
        v.visit.state !== 'cancelled' &&
        v.visit.start_min < order.end_min &&
        v.visit.end_min > order.start_min,
    );
  const one = day.carers.find(
    (c) => !c.away && !but.includes(c.id) && c.skills.includes(item.skill) && !clash(c),
  );
  check(one, `nobody is free for ${item.name} on ${order.day}`);
  return one.id;
}

export async function orders(house, day) {
  const manager = await staff(house, 'manager');
  const offers = await offersOf(manager, manager.me.org);
  const daughter = await citizen(house, newPhone());

  await test('what placing answers is what reading the order then answers', async () => {
    const slot = (await timesOf(daughter, offers.walk, { days: 14 }))[0];
    const placing = await daughter.write('/api/order', orderFor(offers.walk, slot));
    const reading = await daughter.read(`/api/my/orders/${placing.order.id}`);
    same(JSON.stringify(placing), JSON.stringify(reading), 'one page, from memory and from disk');
    same(placing.timeline.length, 1, 'nothing but its placing has happened');
    await mustAct(daughter, 'care_order', placing.order.id, 'cancel', { reason: '试下单' });
  });

  await test('the elder is told and agrees, or refuses: no fee, the place is free again',
    async () => {
    const order = await placed(daughter, offers.walk);
    same(order.told, 'no', 'not told yet');
    await mustAct(manager, 'care_order', order.id, 'tell', { told: 'yes' });
    status(await act(manager, 'care_order', order.id, 'tell', { told: 'refused' }), 422);
    const before = taken(house, offers.walk, order);
    status(await act(manager, 'care_order', order.id, 'refuse'), 200, 403, 409);
    const again = await daughter.read(`/api/my/orders/${order.id}`);
    if (again.order.state !== 'cancelled')
      await mustAct(daughter, 'care_order', order.id, 'refuse');
    const page = await daughter.read(`/api/my/orders/${order.id}`);
    same(
      [page.order.state, page.order.told, page.order.cancel_fee],
      ['cancelled', 'refused', 0],
      'refused',
    );
    same(taken(house, offers.walk, order), before - 1, 'the place is free again');
  });

  await test('cancelling costs what was shown before, nothing long before', async () => {
    const far = await placed(daughter, offers.bath, 20);
    await mustAct(manager, 'care_order', far.id, 'accept');
    same((await daughter.read(`/api/my/orders/${far.id}`)).cancel_fee_now, 0, 'days before');
    await mustAct(daughter, 'care_order', far.id, 'cancel', { reason: '住院了' });
    const soon = await placed(daughter, offers.clean);
    same(
      (await daughter.read(`/api/my/orders/${soon.id}`)).cancel_fee_now,
      0,
      'before it is accepted',
    );
    await mustAct(manager, 'care_order', soon.id, 'accept');
    const shown = (await daughter.read(`/api/my/orders/${soon.id}`)).cancel_fee_now;
    same(shown, Math.floor(soon.own_pay / 5), 'a fifth, some hours before');
    status(await act(daughter, 'care_order', soon.id, 'cancel'), 422);
    await mustAct(daughter, 'care_order', soon.id, 'cancel', { reason: '女儿回来了' });
    same(
      (await daughter.read(`/api/my/orders/${soon.id}`)).order.cancel_fee,
      shown,
      'the fee is what was shown',
    );
  });

  await test('another time: the old place is free, the new one taken, the carer kept when free',
    async () => {
    const order = await placed(daughter, offers.bath, 4);
    await assigned(manager, order);
    const times = await timesOf(daughter, offers.bath, { days: 14 });
    const to = times.find((t) => t.day > order.day && t.left > 1);
    const before = taken(house, offers.bath, order);
    const there = takenOf(house, offers.bath, to).taken;
    await mustAct(daughter, 'care_order', order.id, 'change', { slot: to.id });
    const page = await daughter.read(`/api/my/orders/${order.id}`);
    same([page.order.day, page.order.start_min], [to.day, to.start_min], 'the new time');
    check(['assigned', 'accepted'].includes(page.order.state), `state ${page.order.state}`);
    if (page.order.state === 'assigned') same(page.visit.day, to.day, 'the visit has moved too');
    same(taken(house, offers.bath, order), before - 1, 'the old place');
    same(taken(house, offers.bath, page.order), there + 1, 'the new place');
    status(await act(daughter, 'care_order', order.id, 'change', { slot: '2026-11-21' }), 422);
  });

  await test('nobody opens the door: not met, with what was tried', async () => {
    const order = await placed(daughter, offers.companion);
    same(order.day, day, 'served today');
    const carer = await assigned(manager, order);
    check(carer, 'a carer');
    const visit = (await manager.read(`/api/visit?care_order=${order.id}`)).items[0];
    status(await act(manager, 'visit', visit.id, 'not_met', {}), 422);
    await mustAct(manager, 'visit', visit.id, 'not_met', { note: '敲门三次，电话无人接' });
    const page = await daughter.read(`/api/my/orders/${order.id}`);
    same(page.order.state, 'not_met', 'state');
    check(
      page.timeline.some((t) => t.text === '上门没有遇到人'),
      'the family reads it',
    );
    await mustAct(daughter, 'care_order', order.id, 'dispute', { reason: '老人一直在家' });
    const worker = await staff(house, 'clerk');
    await mustAct(worker, 'care_order', order.id, 'settle', { reason: '已改约' });
  });

  await test('a carer falls ill: all her visits move, each clash is marked first', () =>
    moveAll(manager, daughter, offers));

  await test('a caller without a telephone of her own: the clerk orders, the channel is kept',
    async () => {
    const clerk = await staff(house, 'clerk');
    // One who lives in the station's own sub-district: farther homes are refused.
    const street = Math.floor(Number(offers.meal.scope) / 1000) * 1000;
    const near = `scope.from=${street}&scope.to=${street + 999}`;
    const elder = (await clerk.read(`/api/elder?size=1&${near}`)).items[0];
    const slot = (await timesOf(clerk, offers.meal))[0];
    const made = await clerk.write('/api/order', {
      offer: offers.meal.id,
      slot: slot.id,
      quantity: 1,
      elder: elder.id,
      pay_way: 'cash',
      channel: 'phone',
    });
    same(
      [made.order.channel, made.order.told, made.order.placed_by],
      ['phone', 'agreed', clerk.me.account],
      'as it came',
    );
    same(made.order.elder, elder.id, 'for whom');
    const log = await clerk.read(`/api/care_order/${made.order.id}/history`);
    check(log.items.length >= 1, 'the order has a history');
  });
}

async function moveAll(manager, daughter, offers) {
  const first = await placed(daughter, offers.clean, 6);
  const from = await assigned(manager, first);
  const second = await placed(daughter, offers.clean, 6);
  await mustAct(manager, 'care_order', second.id, 'accept');
  const to = await freeCarer(manager, second, [from]);
  await mustAct(manager, 'care_order', second.id, 'assign', { carer: to });
  const ask = { carer_from: from, carer_to: to, day: first.day };
  const shown = await manager.write('/api/station/move', { ...ask, confirm: false });
  same(shown.done, false, 'only shown');
  check(shown.moves.length > 0 && shown.moves.every((m) => m.moved === false), 'nothing has moved');
  const visit = (await manager.read(`/api/visit?care_order=${first.id}`)).items[0];
  const clash = shown.moves.find((m) => m.visit === visit.id);
  check(clash?.clash && clash.why, `the clash is marked: ${JSON.stringify(shown)}`);
  const free = await freeCarer(manager, first, [from, to]);
  const done = await manager.write('/api/station/move', { ...ask, carer_to: free, confirm: true });
  same(done.moves.find((m) => m.visit === visit.id)?.moved, true, 'moved to who is free');
  same((await manager.read(`/api/visit/${visit.id}`)).carer, free, 'the visit is hers');
}

export { moment };
