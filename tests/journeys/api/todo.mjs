// todo.mjs - what waits: told to whom it waits for, gone when it is done, never more than a list shows.

import { check, same, status, test, until } from '../harness.mjs';
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
    check(row.parts.some((p) => p.day === order.day) && !row.parts.some((p) => p.text?.includes(order.day)),
      'a day is told as a day');
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
    const rankOf = (r) => (r.weight === 'danger' ? -1 : rank[r.when]);
    for (const login of ['manager', 'provider', 'worker', 'street', 'district', 'director']) {
      const who = await staff(house, login);
      const t = await who.read('/api/todo?whose=all');
      check(t.items.every((r, i) => !i || rankOf(t.items[i - 1]) <= rankOf(r)), login);
      if (login === 'manager') same(t.items[0].kind, 'urgent_items', 'who was not met and lives alone stands first');
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
    const free = await until('the clock has found something to verify', async () =>
      (await worker.read('/api/todo?kind=verifications&size=200')).items.find((r) => !r.owner), 60000, 500);
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

  await test('what waits is handed to a colleague who sees it, who is told; to nobody else', async () => {
    const worker = await staff(house, 'worker'), street = await staff(house, 'street');
    const of = (who) => who.me.account.id ?? who.me.account;
    const find = async (who, id) => (await who.read(
      '/api/todo?kind=verifications&size=200&whose=all')).items.find((r) => r.id === id);
    const free = (await worker.read('/api/todo?kind=verifications&size=200')).items
      .find((r) => !r.owner && r.actions.some((a) => a.name === 'hand_on'));
    const path = `/api/todo/colleagues?entity=verification&id=${free.id}`;
    const { items } = await worker.read(path);
    check(items.some((c) => c.account === of(street)), 'the street officer could have it');
    check(!items.some((c) => c.account === of(worker)), 'oneself is left out');
    const stranger = await staff(house, 'provider'), auditor = await staff(house, 'auditor');
    check(!items.some((c) => [of(stranger), of(auditor)].includes(c.account)), 'who may not');
    status(await stranger.get(path), 404);
    status(await worker.get('/api/todo/colleagues?entity=place&id=1'), 404, 422);
    const row = await worker.read(`/api/verification/${free.id}`);
    for (const to of [of(stranger), of(auditor), of(worker)]) {
      const no = await worker.ask('POST', `/api/verification/${free.id}/hand_on`, { to },
        { version: row.version });
      status(no, 422);
      same(no.body.fields[0].field, 'to', 'the field at fault');
    }
    const system = await staff(house, 'sysadmin'), phone = newPhone();
    const { version } = await system.read(`/api/account/${of(street)}`);
    status(await system.patch(`/api/account/${of(street)}`, { phone }, version), 200);
    await mustAct(worker, 'verification', free.id, 'hand_on',
      { to: of(street), why: '上午打不通，请下午再试' });
    const [told] = await until('the message', () => {
      const some = house.messages('todo.handed', phone);
      return some.length ? some : null;
    });
    same([told.values.what, told.values.from], ['信息核实', worker.me.name], 'what and from whom');
    check(!told.values.text.includes(free.title), 'and not about whom');
    const hers = await find(street, free.id);
    same([hers.mine, hers.handed_why], [true, '上午打不通，请下午再试'], 'hers, and why');
    check(hers.handed_by, 'and from whom');
    const { items: past } = await street.read(`/api/verification/${free.id}/history`);
    check(past.some((h) => h.action === 'hand_on'), 'in its history');
    await mustAct(street, 'verification', free.id, 'put_back');
    check(!(await find(worker, free.id)).handed_by, 'put back it is nobody\'s');
  });
}
