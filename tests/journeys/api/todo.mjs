// todo.mjs - what waits: told to whom it waits for, gone when it is done, never more than a list shows.

import { check, same, status, test } from '../harness.mjs';
import { citizen, mustAct, newPhone, staff } from '../client.mjs';
import { offersOf, orderFor, timesOf } from '../scene.mjs';

const kindOf = (todo, key) => todo.kinds.find((k) => k.key === key);

export async function todo(house) {
  const manager = await staff(house, 'manager');
  const before = await manager.read('/api/todo/counts');

  await test('an order waits for its organisation until it is accepted, then for a carer', async () => {
    const offers = await offersOf(manager, manager.me.org);
    const who = await citizen(house, newPhone());
    const slot = (await timesOf(who, offers.companion, { days: 7 })).at(-1);
    const { order } = await who.write('/api/order', orderFor(offers.companion, slot,
      { for_name: '尹向晚' }));
    const counts = await manager.read('/api/todo/counts');
    same(counts.total, before.total + 1, 'one more');
    check(counts.entities.split(',').includes('care_order'), counts.entities);
    const all = await manager.read('/api/todo?kind=orders_waiting&size=200');
    const row = all.items.find((r) => r.id === order.id);
    check(row.title.includes(order.number) && !row.title.includes('尹向晚'), row.title);
    check(row.actions.some((a) => a.name === 'accept'), 'with its actions');
    const list = await manager.read(`${kindOf(all, 'orders_waiting').list}&size=1&total=1`);
    same(list.total, all.kinds[0].total, 'as many as its list shows');
    await mustAct(manager, 'care_order', order.id, 'accept');
    const after = await manager.read('/api/todo?size=200');
    check(!after.items.some((r) => r.id === order.id && r.kind === 'orders_waiting'), 'gone');
    check(after.items.some((r) => r.id === order.id && r.kind === 'orders_unassigned'), 'moved on');
    const other = await staff(house, 'provider');
    const theirs = await other.read('/api/todo?size=200');
    check(!theirs.items.some((r) => r.id === order.id), 'not told to another organisation');
    same((await who.read('/api/todo')).total, 0, 'nor to who ordered');
    await mustAct(manager, 'care_order', order.id, 'decline', { reason: '人手不足' });
  });

  await test('what waits stands worst first, and every kind is as its list says', async () => {
    const rank = { late: 0, today: 1, later: 2, some_day: 3 };
    for (const login of ['manager', 'provider', 'worker', 'street', 'district', 'director']) {
      const who = await staff(house, login);
      const t = await who.read('/api/todo?whose=all');
      check(t.items.every((r, i) => !i || rank[t.items[i - 1].when] <= rank[r.when]), login);
      same(t.total, t.kinds.reduce((n, k) => n + k.total, 0), 'the sum of the kinds');
      for (const k of t.kinds) {
        const list = await who.read(`${k.list}&size=1&total=1`);
        check(list.total >= k.total, `${login} ${k.key}: ${k.total}, its list ${list.total}`);
      }
    }
    for (const login of ['auditor', 'assessor', 'carer'])
      same((await (await staff(house, login)).read('/api/todo')).total, 0, `nothing for ${login}`);
    status(await manager.get('/api/todo?kind=nothing'), 422);
  });

  await test('a verification is taken, put back, and taken over', async () => {
    const worker = await staff(house, 'worker'), street = await staff(house, 'street');
    const free = (await worker.read('/api/todo?kind=verifications&size=200')).items
      .find((r) => !r.owner);
    check(free, 'the demo has something to verify');
    const has = async (who, whose) => (await who.read(
      `/api/todo?kind=verifications&size=200&whose=${whose}`)).items
      .find((r) => r.id === free.id);
    await mustAct(worker, 'verification', free.id, 'take');
    check((await has(worker, 'mine')).mine, 'hers');
    check(!(await has(street, 'mine_or_free')), 'no longer waits for the other');
    check(await has(street, 'all'), 'who still sees that somebody has it');
    await mustAct(street, 'verification', free.id, 'take');
    check(await has(street, 'mine'), 'taken over');
    await mustAct(street, 'verification', free.id, 'put_back');
    check(!(await has(worker, 'mine_or_free')).owner, 'free for all again');
  });
}
