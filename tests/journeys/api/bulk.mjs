// bulk.mjs - one step for many rows: each on its own, once however often it comes, within limits.

import { randomUUID } from 'node:crypto';
import { check, same, status, test } from '../harness.mjs';
import { citizen, newPhone, staff } from '../client.mjs';
import { offersOf, orderFor, timesOf } from '../scene.mjs';

export async function bulk(house) {
  const manager = await staff(house, 'manager');
  const offers = await offersOf(manager, manager.me.org);
  const who = await citizen(house, newPhone());
  const place = async (n) => {
    const slots = await timesOf(who, offers.companion, { days: 14 });
    const made = [];
    for (const slot of slots.slice(-n))
      made.push((await who.write('/api/order',
        orderFor(offers.companion, slot, { for_name: '尹向晚' }))).order);
    return made;
  };
  const rowsOf = (orders) => orders.map(({ id, version }) => ({ id, version }));
  const accept = (rows, options) =>
    manager.post('/api/bulk', { entity: 'care_order', action: 'accept', rows }, options);
  const states = (orders) => Promise.all(orders.map(async (o) =>
    (await manager.read(`/api/care_order/${o.id}`)).state));

  await test('rows that may go on do, the others say why and stand as they were', async () => {
    const orders = await place(3);
    const rows = rowsOf(orders);
    rows[1].version += 7;
    const answer = await accept([...rows, { id: '1', version: 1 }]);
    status(answer, 200);
    same([answer.body.done, answer.body.failed], [2, 2], 'two and two');
    const [first, stale, , unknown] = answer.body.results;
    same([first.done, first.version], [true, rows[0].version + 1], 'the new version');
    same([stale.done, stale.key], [false, 'version.stale'], 'changed by somebody else');
    check(stale.message && unknown.message && !unknown.done, 'each with a sentence');
    same(await states(orders), ['accepted', 'placed', 'accepted'], 'row by row');
    const asked = { entity: 'care_order', action: 'decline', rows: rowsOf([orders[1]]) };
    status(await manager.post('/api/bulk', asked), 422);
    const why = await manager.post('/api/bulk', { ...asked, fields: { reason: '人手不足' } });
    same([why.body.done, (await states(orders))[1]], [1, 'declined'], 'what it takes, asked once');
    for (const o of [orders[0], orders[2]])
      await manager.post('/api/bulk', { entity: 'care_order', action: 'decline',
        rows: [{ id: o.id, version: o.version + 1 }], fields: { reason: '人手不足' } });
  });

  await test('the same request again does nothing twice', async () => {
    const orders = await place(2), key = `bulk-${randomUUID()}-once`;
    const first = await accept(rowsOf(orders), { key });
    same(first.body.done, 2, 'both');
    same((await accept(rowsOf(orders), { key })).body, first.body, 'the first answer again');
    const anew = await accept(rowsOf(orders));
    same([anew.body.done, anew.body.failed], [0, 2], 'under another key they are stale');
  });

  await test('rights are asked row by row, and limits are told', async () => {
    const [order] = await place(1);
    const asked = { entity: 'care_order', action: 'accept', rows: rowsOf([order]) };
    const provider = await staff(house, 'provider'), auditor = await staff(house, 'auditor');
    for (const other of [provider, auditor, who]) {
      const answer = await other.post('/api/bulk', asked);
      same([answer.body.done, answer.body.failed], [0, 1], 'not theirs to accept');
    }
    same((await states([order]))[0], 'placed', 'untouched');
    const many = Array.from({ length: 51 }, (_, i) => ({ id: String(i + 1), version: 1 }));
    for (const rows of [[], many, [...asked.rows, ...asked.rows]]) status(await accept(rows), 422);
    status(await manager.post('/api/bulk', { ...asked, action: 'nothing' }), 404);
    status(await manager.post('/api/bulk', { ...asked, entity: 'nothing' }), 404);
    const two = await manager.read(`/api/care_order?id=${order.id},1`);
    same(two.items.map((r) => r.id), [order.id], 'a list of ticked rows');
  });
}
