// told.mjs - the call list for tomorrow: whom to ring, what to say, what the answer does; the usual again.

import { check, same, status, test } from '../harness.mjs';
import { citizen, mustAct, newPhone, staff } from '../client.mjs';
import { offersOf, orderFor, timesOf } from '../scene.mjs';
import { plus } from '../clock.mjs';

export async function told(house, today) {
  const manager = await staff(house, 'manager');
  const offers = await offersOf(manager, manager.me.org);
  const day = plus(today, 1);
  const daughter = await citizen(house, newPhone());
  const slots = (await timesOf(daughter, offers.companion ?? offers.walk)).filter((s) => s.day === day);
  const placed = [];
  for (const slot of slots.slice(0, 4))
    placed.push((await daughter.write('/api/order', orderFor(offers.companion ?? offers.walk, slot))).order);
  const list = () => manager.read(`/api/told?day=${day}`);
  const lineOf = async (order) => (await list()).items.find((l) => l.call.care_order === order.id);

  await test('who was ordered for and not told stands on the list, once, with what to say', async () => {
    check(placed.length >= 4, `${placed.length} orders`);
    await list();
    const items = (await list()).items;
    for (const o of placed) {
      const lines = items.filter((l) => l.call.care_order === o.id);
      same(lines.length, 1, `lines of ${o.number}`);
      check(lines[0].say.includes('女儿帮您约的') && /^\d{11}$/.test(lines[0].phone), lines[0].say);
    }
  });

  await test('the answer moves the order by its own steps', async () => {
    const [yes, no, later, nobody] = placed;
    await mustAct(manager, 'told_call', (await lineOf(yes)).call.id, 'agree');
    same((await manager.read(`/api/care_order/${yes.id}`)).told, 'agreed', 'told');
    await mustAct(manager, 'told_call', (await lineOf(no)).call.id, 'refuse', { note: '已经好了' });
    same((await manager.read(`/api/care_order/${no.id}`)).state, 'cancelled', 'not wanted');
    const free = (await timesOf(manager, offers.companion ?? offers.walk)).find((s) => s.day > day);
    await mustAct(manager, 'told_call', (await lineOf(later)).call.id, 'change', { slot: free.id });
    const moved = await manager.read(`/api/care_order/${later.id}`);
    same([moved.day, moved.told], [free.day, 'agreed'], 'another day');
    for (let i = 0; i < 3; i++) await mustAct(manager, 'told_call', (await lineOf(nobody)).call.id, 'no_answer');
    same((await lineOf(nobody)).call.state, 'unreached', 'three calls');
    const todo = await manager.read('/api/todo?kind=told_unreached&size=50');
    check(todo.items.length > 0, 'somebody must go and see');
  });

  await test('another organisation has another list, a worker none', async () => {
    const provider = await staff(house, 'provider');
    const theirs = (await provider.read(`/api/told?day=${day}`)).items;
    same(theirs.filter((l) => placed.some((o) => o.id === l.call.care_order)), [], 'ours');
    status(await (await staff(house, 'district')).get('/api/told'), 403);
  });

  await test('the usual again: an offer, a time, and who came last', async () => {
    const visit = (await manager.read('/api/visit?state=done&size=1')).items[0];
    const again = await manager.read(`/api/call/again?order=${visit.care_order}`);
    check(again.offer && /^\d{4}-\d\d-\d\d\.\d+$/.test(again.slot ?? ''), JSON.stringify(again));
    same(again.carer, visit.carer, 'the same carer');
  });
}
