// delivery.mjs - lunch is brought: the kitchen's numbers, a run in walking order, doors off line.

import { randomUUID } from 'node:crypto';
import { check, same, status, test } from '../harness.mjs';
import { citizen, mustAct, newPhone, staff } from '../client.mjs';
import { moment, orderFor, timesOf } from '../scene.mjs';
import { made } from './exports.mjs';
import { textOf } from './prints.mjs';
import { picture } from './proofs.mjs';
import { plus } from '../clock.mjs';

export async function delivery(house, day) {
  const manager = await staff(house, 'manager');
  const { items: places } = await manager.read(`/api/place?org=${manager.me.org}&size=5`);
  const place = places[0].id;
  const { items } = await manager.read(`/api/meal/tables?places=${place}&sitting=lunch&day=${day}`);
  const offer = items[0].offers.find((o) => o.way === 'delivered');
  check(offer, 'the station brings lunch');
  const later = plus(day, 3), phone = newPhone(), anna = await citizen(house, phone);
  const slots = (await timesOf(anna, offer, { from: later, days: 1 }));
  const order = async (name, address, more = {}) => (await anna.write('/api/order',
    orderFor(offer, slots[0], { for_name: name, for_address: address, ...more }))).order;
  const before = await manager.read(`/api/kitchen/day?place=${place}&day=${later}`);
  const lunchOf = (d) => d.sittings.find((s) => s.sitting === 'lunch');
  const one = await order('尹向晚', '柳荫里 12 号楼 1 单元 101', { diets: ['soft'], quantity: 2 });
  const two = await order('薛向阳', '柳荫里 3 号楼 2 单元 401');

  await test('what is ordered is what the kitchen cooks, by diet', async () => {
    const now = await manager.read(`/api/kitchen/day?place=${place}&day=${later}`);
    same(lunchOf(now).now - lunchOf(before).now, 3, 'three portions more');
    check(lunchOf(now).lines.some((l) => l.way === 'delivered' && l.diets_text === '软食' && l.now >= 2),
      JSON.stringify(lunchOf(now).lines));
    const other = await staff(house, 'provider');
    status(await other.get(`/api/kitchen/day?place=${place}&day=${later}`), 404);
    status(await anna.get(`/api/kitchen/day?place=${place}`), 403, 404);
  });

  let run;
  await test('a run is made, made again, and loses what is called off', async () => {
    const asked = { place, day: later, sitting: 'lunch' };
    run = (await manager.write('/api/delivery/run', asked)).run;
    check(run.stops >= 2 && run.portions >= 3, JSON.stringify(run));
    const again = (await manager.write('/api/delivery/run', asked)).run;
    same([again.id, again.stops], [run.id, run.stops], 'the same run');
    const { items: stops } = await manager.read(`/api/meal_stop?run=${run.id}&size=100&sort=seq`);
    same(stops.map((s) => s.seq), stops.map((_, i) => i + 1), 'in order');
    const hers = stops.find((s) => s.care_order === one.id);
    same(hers.door, '12-1', 'a short door');
    check(!JSON.stringify(stops).includes('尹向晚') && !JSON.stringify(stops).includes('柳荫里'),
      'names masked, no addresses');
    await mustAct(anna, 'care_order', two.id, 'cancel', { reason: '不用了' });
    const left = await manager.read(`/api/meal_stop?run=${run.id}&size=100`);
    same(left.items.find((s) => s.care_order === two.id).state, 'dropped', 'gone from the run');
    const provider = await staff(house, 'provider');
    status(await provider.post('/api/delivery/run', asked), 403, 404);
  });

  await test('dealt out to who is at hand: boxes, another round by hand, a lock', async () => {
    const on = plus(day, 4), asked = { place, day: on, sitting: 'lunch' }, orders = [];
    const [slot] = await timesOf(anna, offer, { from: on, days: 1 });
    for (let i = 1; i <= 6; i++)
      orders.push((await anna.write('/api/order', orderFor(offer, slot, { for_name: '周试算',
        for_address: `柳荫里 ${i} 号楼 1 单元 101` }))).order.id);
    const { me } = await staff(house, 'carer'), provider = await staff(house, 'provider');
    const hand = { ...asked, boxes: 4, from_min: 650, carer: me.carer };
    await manager.write('/api/meal_bringer', hand);
    await manager.write('/api/meal_bringer', { ...asked, boxes: 4, from_min: 650, name: '周志愿',
      travel: 'ebike' });
    status(await manager.post('/api/meal_bringer', hand), 409);
    status(await provider.post('/api/meal_bringer', { ...hand, carer: undefined, name: '别人' }),
      403, 404, 422);
    const path = `place=${place}&day=${on}&sitting=lunch`;
    const planned = () => manager.read(`/api/delivery/day?${path}`);
    await manager.write('/api/delivery/run', asked);
    const { runs, left_out, people } = await planned();
    same(people.map((p) => p.comes), [true, true], 'both come');
    const places = [...runs.flatMap((r) => r.stops), ...left_out].map((s) => s.care_order);
    same(orders.map((o) => places.filter((p) => p === o).length), orders.map(() => 1), 'each once');
    check(runs.length > 1 && runs.every((r) => r.run.portions <= 4), 'no more than they carry');
    check(runs.every((r) => r.stops.every((s, i) => i === 0 || s.at_min > r.stops[i - 1].at_min)),
      'one door after another');
    const [from, to] = runs.filter((r) => r.stops.some((s) => orders.includes(s.care_order)));
    const moved = from.stops.find((s) => orders.includes(s.care_order)).care_order;
    const put = { care_order: moved, run: to.run.id, seq: 1 };
    status(await provider.post('/api/delivery/move', put), 403, 404);
    same((await manager.write('/api/delivery/move', put)).run.stops, to.run.stops + 1, 'one more');
    await mustAct(manager, 'meal_run', to.run.id, 'lock');
    status(await manager.post('/api/delivery/move', { ...put, seq: 2 }), 409);
    await manager.write('/api/delivery/run', asked);
    const kept = (await planned()).runs.find((r) => r.run.id === to.run.id);
    same([kept.run.stops, kept.stops[0].care_order], [to.run.stops + 1, moved], 'as it was put');
    check((await manager.read(`/api/delivery/repair?${path}`)).text, 'what would help');
    status(await provider.get(`/api/delivery/day?${path}`), 403, 404);
    status(await anna.get(`/api/delivery/day?${path}`), 403, 404);
  });

  await test('an order is placed while a round is planned, and nothing is written over it', async () => {
    const on = plus(day, 6), asked = { place, day: on, sitting: 'lunch' };
    const [slot] = await timesOf(anna, offer, { from: on, days: 1 });
    const [other] = await timesOf(anna, offer, { from: plus(day, 7), days: 1 });
    const put = (at, n) => manager.write('/api/order', orderFor(offer, at, { for_name: '周试算',
      for_address: `柳荫里 ${n} 号楼 1 单元 101` }));
    for (let i = 1; i <= Math.min(40, slot.left - 8); i++) await put(slot, i);
    for (const name of ['周一', '周二', '周三'])
      await manager.write('/api/meal_bringer', { ...asked, boxes: 6, from_min: 600, name });
    let during = false;
    for (let i = 1; i <= 6 && !during; i++) {
      let over = false;
      const plan = manager.post('/api/delivery/run', asked).then((r) => { over = true; return r; });
      await put(other, i);
      during = !over;
      status(await plan, 201);
    }
    check(during, 'an order of another day never had to wait for the plan');
    for (let i = 1; i <= 4; i++) {
      const [plan, placed] = await Promise.all([manager.post('/api/delivery/run', asked),
        put(slot, 50 + i)]);
      status(plan, 201, 409);
      const { runs, left_out } = await manager.read(`/api/delivery/day?place=${place}&day=${on}&sitting=lunch`);
      const { id } = placed.order ?? placed;
      const at = [...runs.flatMap((r) => r.stops), ...left_out].filter((s) => s.care_order === id);
      same(at.length, 1, 'in a run or left out, once');
    }
    status(await manager.post('/api/delivery/run', asked), 201);
  });

  await test('an order of more than anybody carries: one takes more this once, and it is brought whole', async () => {
    const on = plus(day, 7), asked = { place, day: on, sitting: 'lunch' };
    const [slot] = await timesOf(anna, offer, { from: on, days: 1 });
    const { order } = await anna.write('/api/order', orderFor(offer, slot, { for_name: '周试算', quantity: 9 }));
    const hand = await manager.write('/api/meal_bringer', { ...asked, boxes: 6, from_min: 600, name: '周力气' });
    await manager.write('/api/delivery/run', asked);
    const planned = () => manager.read(`/api/delivery/day?place=${place}&day=${on}&sitting=lunch`);
    const left = (await planned()).left_out.find((l) => l.care_order === order.id);
    same([left?.why, left?.quantity], ['boxes', 9], 'left out, and why');
    check(left.why_text.includes('多带'), left.why_text);
    const { version } = (await planned()).people.find((p) => p.id === hand.id);
    await manager.patch(`/api/meal_bringer/${hand.id}`, { boxes: left.quantity }, version);
    await manager.write('/api/delivery/run', asked);
    const { runs, left_out } = await planned();
    const stops = runs.flatMap((r) => r.stops).filter((s) => s.care_order === order.id);
    same(stops.map((s) => s.quantity), [9], 'one stop, whole');
    check(!left_out.some((l) => l.care_order === order.id), 'not left out');
  });

  await test('the central kitchen’s vans bring the batch before the first meal', async () => {
    const cook = await staff(house, 'kitchen'), on = plus(day, 5);
    const kitchen = (await cook.read(`/api/place?org=${cook.me.org}&size=1`)).items[0].id;
    const [[point]] = house.sql(`SELECT place FROM meal_point WHERE kitchen = ${kitchen}
      AND state = 'published' ORDER BY id LIMIT 1`);
    const { items: tables } = await anna.read(`/api/meal/tables?places=${point}&sitting=lunch&day=${on}`);
    const [slot] = await timesOf(anna, tables[0].offers[0], { from: on, days: 1 });
    await anna.write('/api/order', orderFor(tables[0].offers[0], slot, { for_name: '周试算', quantity: 2 }));
    const asked = { kitchen, day: on };
    check((await cook.write('/api/kitchen/plan', asked)).batches >= 1, 'a batch');
    const { items: batches } = await cook.read(`/api/meal_batch?kitchen=${kitchen}&day=${on}&size=100`);
    const mine = batches.find((b) => b.place === point && b.sitting === 'lunch');
    check(mine.van_title && mine.seq >= 1 && mine.at_min > mine.leave_min
      && mine.at_min <= slot.start_min, JSON.stringify(mine));
    const van = { kitchen, name: '别家的车', boxes: 5, leave_lunch: 600 };
    status(await manager.post('/api/meal_van', van), 403, 404, 422);
    status(await manager.post('/api/kitchen/plan', asked), 403, 404);
  });

  await test('the sheet and the labels are papers with a reason', async () => {
    for (const form of ['meal_run', 'meal_bags']) {
      const batch = await made(manager, await manager.write('/api/print',
        { form, run: run.id, reason: '明天送餐' }));
      same(batch.state, 'done', JSON.stringify(batch));
      const text = await textOf(manager, batch.href);
      check(text.includes('12-1'), `${form}: ${text}`);
      check(text.includes('尹向晚') === (form === 'meal_run'), `whole names on the sheet: ${text}`);
      check(text.includes('软食'), `the diet stands on it: ${text}`);
    }
    const provider = await staff(house, 'provider');
    status(await provider.post('/api/print', { form: 'meal_run', run: run.id, reason: '看看' }), 404);
    const worker = await staff(house, 'worker');
    const { items: near } = await worker.read('/api/division?size=1&level=community');
    const list = await made(worker, await worker.write('/api/print',
      { form: 'meal_tables', division: near[0].id, reason: '社区张贴' }));
    check((await textOf(worker, list.href)).includes('附近吃饭的地方'), 'the list');
  });

  await test('who brings tells it from her telephone, once, and the order follows', async () => {
    const { me } = await staff(house, 'carer');
    const full = await manager.read(`/api/meal_run/${run.id}`);
    await manager.write(`/api/meal_run/${run.id}/give`, { carer: me.carer },
      { version: full.version });
    await house.restart(moment(later, 710));
    const carer = await staff(house, 'carer');
    const pulled = await carer.read(`/api/sync/meals?day=${later}`);
    const mine = pulled.rows.map((r) => r.row).find((r) => r.stop.care_order === one.id);
    same([mine.for_name, mine.address, mine.diets_text],
      ['尹向晚', '柳荫里 12 号楼 1 单元 101', '软食'], 'what she needs');
    const item = { key: randomUUID(), entity: 'meal_stop', action: 'leave', id: mine.stop.id,
      version: mine.stop.version, at: new Date(moment(later, 705)).toISOString(),
      what: { left_with: '门卫' } };
    const push = () => carer.write('/api/sync/meals',
      { phone_at: new Date(moment(later, 710)).toISOString(), items: [item] });
    same((await push()).results[0].result, 'done', 'told');
    same((await push()).results[0].result, 'repeated', 'once');
    const stop = `/api/meal_stop/${mine.stop.id}`, { version } = await carer.read(stop);
    const [signed] = (await carer.write('/api/sync/meals', { phone_at: new Date(moment(later, 710)).toISOString(),
      items: [{ ...item, key: randomUUID(), action: 'sign', version, what: { signed_by: '门卫老张' } }] })).results;
    same([signed.result, mine.sign_asked], ['done', false], 'signed for, though nobody must');
    const drawn = () => carer.post(`${stop}/file?name=sign.png`, picture('sign'),
      { headers: { 'content-type': 'image/png' } });
    status(await drawn(), 201);
    status(await drawn(), 403);
    const chief = await staff(house, 'manager');                 // days later: signed in anew
    const read = await chief.read(stop);
    same([read.papers, read.state, read.signed_by.includes('老张')], [1, 'left', false], 'read by the station, masked');
    const { items: [paper] } = await chief.read(`${stop}/file`);
    status(await chief.get(paper.href), 200);
    status(await (await staff(house, 'provider')).get(paper.href), 404);
    const page = await (await citizen(house, phone)).read(`/api/my/orders/${one.id}`);
    same(page.order.state, 'served', 'the order');
    check(page.timeline.some((e) => e.text === '饭送到了'), 'the time line');
  });
}
