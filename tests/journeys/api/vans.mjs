// vans.mjs - a van's driver notes both ends of a hand-over on her telephone, once, and cold food is heard of.

import { randomUUID } from 'node:crypto';
import { check, same, test } from '../harness.mjs';
import { staff } from '../client.mjs';

export async function vans(house, day) {
  const driver = await staff(house, 'driver');
  const kitchen = await staff(house, 'kitchen');

  await test('the batches of her van are on her telephone, told once, faults at once', async () => {
    const [[at]] = house.sql(`SELECT id FROM place WHERE org = ${kitchen.me.org} ORDER BY id LIMIT 1`);
    await kitchen.write('/api/kitchen/plan', { kitchen: at, day });  // the city plans today and tomorrow only
    const { rows, as_of: now } = await driver.read(`/api/sync/batches?day=${day}`);
    const mine = rows.map((r) => r.row).find((r) => r.batch.state === 'planned');
    check(mine && mine.least_temp >= 500 && mine.point.name && mine.kitchen.name, 'what she needs');
    same((await (await staff(house, 'carer')).read(`/api/sync/batches?day=${day}`)).rows, [], 'nobody else has them');
    const deed = (action, version, temp) => ({ key: randomUUID(), entity: 'meal_batch', action,
      id: mine.batch.id, version, at: now, what: { portions: mine.batch.planned, temp } });
    const push = async (...items) => (await driver.write('/api/sync/batches', { phone_at: now, items })).results;
    const send = deed('send', mine.batch.version, 700);
    const [sent] = await push(send);
    same(sent.result, 'done', 'sent');
    same((await push(send))[0].result, 'repeated', 'once');
    same((await push(deed('receive', sent.version, 551)))[0].result, 'done', 'handed over');
    const b = await kitchen.read(`/api/meal_batch/${mine.batch.id}`);
    same([b.state, b.sent_temp, b.received_temp, b.faults], ['received', 700, 551, ['cold_received']], 'both ends');
    const items = (await kitchen.read(`/api/work_item?place=${b.place}&kind=meal_batch&state=open`)).items;
    check(items.length === 1, 'a work item of the kitchen');
  });
}
