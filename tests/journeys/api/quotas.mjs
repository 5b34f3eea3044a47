// quotas.mjs - what the government buys for an elder is taken once, seen by her and given back.

import { check, same, status, test } from '../harness.mjs';
import { mustAct, staff } from '../client.mjs';
import { offersOf, timesOf } from '../scene.mjs';

export async function quotas(house, day) {
  const manager = await staff(house, 'manager');
  const offers = await offersOf(manager, manager.me.org);
  let elder, left;

  await test('an elder of the station has baths bought for her this month', async () => {
    for (const a of (await manager.read('/api/agreement?state=active&size=200')).items) {
      const { quotas: mine } = await manager.read(`/api/elder/${a.elder}/quota`);
      const baths = mine.find((q) => q.unit === 'times' && q.left >= 1);
      if (!baths || mine.some((q) => q.service_package)) continue;
      elder = a.elder;
      left = baths.left;
      check(/^本月还剩 \d+ 次/.test(baths.words), baths.words);
      check(!baths.checked && /待核/.test(baths.source), 'its source says that nobody checked it');
      break;
    }
    check(elder, 'somebody has a quota');
  });

  const baths = async () => (await manager.read(`/api/elder/${elder}/quota`)).quotas
    .find((q) => q.unit === 'times').left;
  const order = (slot, more = {}) => ({ offer: offers.bath.id, slot: slot.id, elder, ...more });
  const month = day.slice(0, 7);

  await test('the order says what the quota pays; cancelled, it is hers again', async () => {
    const slots = (await timesOf(manager, offers.bath, { days: 14 })).filter((s) => s.day.startsWith(month));
    const price = await manager.write('/api/order/price', { offer: offers.bath.id, elder });
    same(price.own_pay, 0, 'shown before');
    check(price.parts.some((p) => p.payer === 'quota' && p.amount === price.price), 'as a part');
    const made = await manager.write('/api/order', order(slots[0]));
    same(made.order.quota, made.order.price, 'paid by the quota');
    same(await baths(), left - 1, 'one is taken');
    await mustAct(manager, 'care_order', made.order.id, 'cancel', { reason: '不需要了' });
    same(await baths(), left, 'given back');
  });

  await test('of many at once no more are bought than there are', async () => {
    const slots = (await timesOf(manager, offers.bath, { days: 14 })).filter((s) => s.day.startsWith(month));
    const most = left + 2;
    const answers = await Promise.all(slots.slice(0, most)
      .map((s) => manager.insist('/api/order', order(s))));
    const made = answers.filter((r) => r.status === 201).map((r) => r.body.order);
    const bought = made.filter((o) => o.quota > 0).length;
    check(bought <= left, `${bought} bought of ${left}`);
    same(await baths(), left - bought, 'what is left agrees');
    check(answers.every((r) => [201, 409, 422].includes(r.status)), 'each was answered');
    for (const o of made) await mustAct(manager, 'care_order', o.id, 'cancel', { reason: '演练' });
    same(await baths(), left, 'all given back');
  });

  await test('another organisation does not see it', async () => {
    const provider = await staff(house, 'provider');
    const seen = await provider.get(`/api/elder/${elder}/quota`);
    const agreed = await provider.read(`/api/care_order?elder=${elder}&size=1`);
    status(seen, agreed.items.length ? 200 : 404);
  });
}
