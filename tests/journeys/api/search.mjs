// search.mjs - finding anyone: masks, what a station calls an elder, doors, numbers that are noted.

import { check, same, status, test } from '../harness.mjs';
import { Client, mustAct, staff } from '../client.mjs';

const find = (who, q, kind = '') =>
  who.read(`/api/search?q=${encodeURIComponent(q)}${kind ? `&in=${kind}` : ''}`);
const elders = (answer) => answer.groups.find((g) => g.entity === 'elder')?.items ?? [];

/** An elder whom the station has served, with the name as the register keeps it. */
function someone(house) {
  const [row] = house.sql(`SELECT e.id, e.name, e.building, e.entrance, e.room, c.name
    FROM care_order o JOIN elder e ON e.id = o.elder JOIN compound c ON c.id = e.compound
    JOIN access_grant g ON g.org = o.org JOIN account a ON a.id = g.account
    WHERE a.login = 'manager' AND e.room IS NOT NULL ORDER BY o.id LIMIT 1`);
  check(row, 'the station has served nobody');
  const [id, name, building, entrance, room, compound] = row;
  return { id: String(id), name, building, entrance, room, compound };
}

async function byName(house) {
  const manager = await staff(house, 'manager'),
    elder = someone(house);
  const found = elders(await find(manager, elder.name));
  check(found.some((e) => e.id === elder.id), `${elder.name} is not found`);
  check(found.every((e) => !e.name.includes(elder.name)), 'a name is shown whole');
  check(found.every((e) => !('phone' in e) && !('room' in e)), 'more than brief columns');
  const other = new Client(house);
  status(await other.get('/api/search?q=wang'), 401);
  const system = await staff(house, 'sysadmin');
  same(elders(await find(system, elder.name)), [], 'who may not read the register finds nobody');
}

async function byNickname(house) {
  const manager = await staff(house, 'manager'),
    worker = await staff(house, 'worker'),
    elder = someone(house);
  same(elders(await find(manager, '三零三奶奶')), [], 'nobody is called so yet');
  const made = await manager.write('/api/nickname', { elder: elder.id, text: '三零三奶奶' });
  status(await manager.post('/api/nickname', { elder: elder.id, text: '三零三奶奶' }), 409);
  for (const word of ['三零三奶奶', 'sanlingsan', 'slsnn', '三ls'])
    same(elders(await find(manager, word))[0]?.id, elder.id, word);
  same(elders(await find(worker, '三零三奶奶')), [], 'another office is not led by it');
  await mustAct(manager, 'nickname', made.id, 'forget');
  same(elders(await find(manager, '三零三奶奶')), [], 'it is forgotten');
}

async function byDoor(house) {
  const manager = await staff(house, 'manager'),
    e = someone(house);
  const digits = (text) => /\d+/.exec(text ?? '')?.[0];
  const door = [digits(e.building), digits(e.entrance), digits(e.room)].filter(Boolean).join('-');
  const found = elders(await find(manager, `${e.compound}${door}`));
  check(found.some((x) => x.id === e.id), `${e.compound}${door} leads to nobody`);
}

async function byNumber(house) {
  const manager = await staff(house, 'manager'),
    elder = someone(house);
  const phone = (
    await manager.write(`/api/elder/${elder.id}/reveal`, { fields: 'phone', reason: '回访' })
  ).phone;
  const looks = () =>
    Number(house.sql(`SELECT count(*) FROM access_log WHERE elder = ${elder.id}
      AND what = 'search:number'`)[0][0]);
  const before = looks();
  const ask = (q) => manager.read(`/api/search/number?q=${encodeURIComponent(q)}`);
  check(elders(await ask(phone)).some((e) => e.id === elder.id), 'the whole number');
  same(looks(), before + 1, 'it is noted');
  check(elders(await ask(`${elder.name} ${phone.slice(-4)}`)).some((e) => e.id === elder.id),
    'name and tail');
  same(looks(), before + 2, 'noted again');
  same((await find(manager, phone.slice(-4))).number, true, 'the box says that it is a number');
  same(elders(await find(manager, phone.slice(-4))), [], 'and shows nobody by itself');
  status(await manager.get('/api/search/number?q=wang'), 422);
}

async function byOrder(house) {
  const manager = await staff(house, 'manager');
  const [order] = (await manager.read('/api/care_order?size=1')).items;
  const kinds = (await find(manager, order.number.toLowerCase())).groups.map((g) => g.entity);
  same(kinds, ['care_order'], order.number);
}

/** A list's own box: whole numbers in any case, and what a row without words is about. */
async function inLists(house) {
  const district = await staff(house, 'district'), manager = await staff(house, 'manager');
  const listed = (who, entity, q) =>
    who.read(`/api/${entity}?size=50&q=${encodeURIComponent(q)}`).then((p) => p.items);
  for (const [who, entity] of [[manager, 'care_order'], [district, 'request'], [manager, 'payment'],
    [manager, 'request_task'], [manager, 'diner_card']]) {
    const [row] = (await who.read(`/api/${entity}?size=1`)).items;
    check(row?.number, `no ${entity} with a number`);
    for (const typed of [row.number, ` ${row.number.toLowerCase()} `]) {
      const found = await listed(who, entity, typed);
      check(found.some((r) => r.id === row.id), `${entity} ${typed}`);
      check(found.every((r) => r.number === row.number), `${entity} ${typed} and others`);
    }
    check(!(await listed(who, entity, row.number.slice(0, -1))).some((r) => r.id === row.id),
      `${entity}: part of a number is not one`);
  }
  const [inspection] = (await district.read('/api/inspection?size=1')).items;
  const looked = await listed(district, 'inspection', inspection.place_title);
  check(looked.some((r) => r.id === inspection.id), 'an inspection by its place');
  check(looked.every((r) => r.place_title.includes(inspection.place_title)), 'of that place');
  const elder = someone(house);
  const worked = (await listed(manager, 'work_item', elder.name)).map((r) => r.elder);
  check(worked.every((e) => e), 'work items by whom they are about');
}

export async function search(house) {
  await test('a name is found, masked, by who may', () => byName(house));
  await test('a nickname leads the station that learnt it', () => byNickname(house));
  await test('a door leads to who lives there', () => byDoor(house));
  await test('whom a number shows is noted', () => byNumber(house));
  await test('an order is found by its number', () => byOrder(house));
  await test('a list finds by number, and by what its rows are about', () => inLists(house));
}
