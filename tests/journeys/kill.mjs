// kill.mjs - nothing is lost: orders go on while processes are killed, and the database goes away.
//
// Thirty-two people order, each repeating what had no answer under the same key, while server,
// job worker and supervisor die at random. Every order that was acknowledged must be there, once.

import { randomUUID } from 'node:crypto';
import { check, dice, end, long, same, sleep, status, test, within } from './harness.mjs';
import { act, staff } from './client.mjs';
import { engines, newHouse, ownCluster, run, root } from './house.mjs';
import { crowd, offersOf, orderFor, timesOf } from './scene.mjs';

const kills = long ? 50 : 10;
const people = 32;
const seed = Number(process.env.YIKE_SEED ?? Date.now() % 1000000);
const random = dice(seed);

/** One person ordering until told to stop; the key stays while the answer is missing. */
async function orderOn(person, slots, state) {
  while (!state.over) {
    const key = randomUUID(),
      slot = slots[Math.floor(random() * slots.length)];
    const body = orderFor(slot.offer, slot, { note: key });
    for (;;) {
      let answer;
      try {
        answer = await person.post('/api/order', body, { key, limit: 20000 });
      } catch {
        state.repeated++;
        await sleep(50);
      }
      if (answer && answer.status !== 503) {
        state.answers[answer.status] = (state.answers[answer.status] ?? 0) + 1;
        if (answer.status === 201) state.kept.set(key, answer.body.order.id);
        if (![201, 409].includes(answer.status)) state.odd.push(answer.text.slice(0, 300));
        break;
      }
      if (answer) {
        state.repeated++;
        if (!answer.headers.get('retry-after')) state.odd.push('503 without Retry-After');
        await sleep(100);
      }
      if (state.over && Date.now() > state.patience) break;
    }
    await sleep(5);
  }
}

/** Kills one of the three; a dead supervisor takes its children along and is started again. */
async function killOne(house) {
  const found = house.processes();
  const names = ['yike-server', 'yike-server', 'yike-worker', 'supervisor'].filter((n) => found[n]);
  const name = names[Math.floor(random() * names.length)] ?? 'supervisor';
  try {
    process.kill(found[name], 'SIGKILL');
  } catch {
    /* it died by itself in this moment */
  }
  if (name === 'supervisor') {
    await house.ended;
    for (const other of ['yike-server', 'yike-worker']) if (found[other]) await gone(found[other]);
    await house.start();
  } else {
    await house.ready();
  }
  return name;
}

async function gone(pid) {
  for (let i = 0; i < 200; i++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(25);
  }
  throw new Error(`process ${pid} outlives its supervisor`);
}

async function keptOnce(house, state) {
  const rows = new Map(house.sql('SELECT id, number FROM care_order').map(([id, n]) => [id, n]));
  const lost = [...state.kept.values()].filter((id) => !rows.has(id));
  same(lost, [], 'acknowledged orders that are not there');
  same(new Set(state.kept.values()).size, state.kept.size, 'orders acknowledged under two keys');
  const [[total]] = house.sql("SELECT COUNT(*) FROM care_order WHERE for_name = '周桂芬'");
  same(Number(total), state.kept.size, 'orders in the database and acknowledged ones');
}

async function slotsOf(manager) {
  const offers = await offersOf(manager, manager.me.org);
  const found = [];
  for (const offer of [offers.meal, offers.walk, offers.clean, offers.bath].filter(Boolean))
    for (const slot of await timesOf(manager, offer, { days: 14 })) found.push({ ...slot, offer });
  return found;
}

async function killing(house, manager) {
  const all = await crowd(house, people),
    slots = await slotsOf(manager);
  const state = { over: false, patience: 0, repeated: 0, kept: new Map(), answers: {}, odd: [] };
  const work = all.map((p) => orderOn(p, slots, state));
  const killed = {};
  for (let i = 0; i < kills; i++) {
    await sleep(150 + random() * 500);
    const name = await killOne(house);
    killed[name] = (killed[name] ?? 0) + 1;
  }
  await sleep(300);
  state.patience = Date.now() + 30000;
  state.over = true;
  await Promise.all(work);
  console.log(
    `        seed ${seed}: ${JSON.stringify(killed)} killed, ${state.repeated} repeated, ` +
      `${JSON.stringify(state.answers)}`,
  );
  same(state.odd.slice(0, 3), [], 'answers that are neither an order nor a clear refusal');
  check(state.kept.size >= kills * 5, `only ${state.kept.size} orders got through`);
  check(state.repeated > 0, 'nobody noticed the kills');
  await house.stop();
  await keptOnce(house, state);
  const r = house.command('check');
  same(r.code, 0, r.text);
}

/** PostgreSQL is away for ten seconds: clear refusals, no half order, then all as before. */
async function databaseAway(house, cluster, manager) {
  const slot = (await slotsOf(manager)).at(-1);        // no meal: those are accepted as they come
  const script = `${root}script/postgres`;
  const then = `offer = ${slot.offer.id} AND start_min = ${slot.start_min}`;
  const placed = () => Number(house.sql(`SELECT COUNT(*) FROM care_order WHERE ${then}`)[0][0]);
  const before = placed();
  run(script, ['halt', cluster]);
  const key = randomUUID(),
    body = orderFor(slot.offer, slot);
  const refused = [];
  const until = Date.now() + 10000;
  while (Date.now() < until) {
    const began = Date.now();
    refused.push(await manager.post('/api/order', body, { key, limit: 15000 }));
    check(Date.now() - began < 8000, `a refusal took ${Date.now() - began} ms`);
    await sleep(500);
  }
  run(script, ['resume', cluster]);
  for (const a of refused) {
    status(a, 503);
    check(Number(a.headers.get('retry-after')) > 0, 'a 503 says when to come again');
    check(a.headers.get('content-type').startsWith('application/problem+json'), 'and why');
  }
  check(refused.length >= 3, `${refused.length} were refused`);
  const answer = await manager.insist('/api/order', body, { key, tries: 300 });
  status(answer, 201);
  same(placed(), before + 1, 'orders');
  status(await act(manager, 'care_order', answer.body.order.id, 'accept'), 200);
  await house.stop();
  const r = house.command('check');
  same(r.code, 0, r.text);
}

for (const engine of engines) {
  within(engine);
  const house = await (await newHouse(engine)).start();
  const manager = await staff(house, 'manager');
  await test(
    `${people} people order while ${kills} times a process dies: each order is there, once`,
    () => killing(house, manager),
    120 + kills * 10,
  );
  await house.stop();
}
if (engines.includes('postgres')) {
  within('postgres');
  const { dir, url } = ownCluster();
  const house = await (await newHouse('postgres', { cluster: url })).start();
  const manager = await staff(house, 'manager');
  await test('the database is gone for ten seconds: clear refusals, no half order, then as before', () =>
    databaseAway(house, dir, manager));
  await house.stop();
}
await end();
