// offline.mjs - a carer's telephone without a network: taken along, brought back, exactly once.

import { randomBytes, randomUUID } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { check, same, sleep, status, test } from '../harness.mjs';
import { Client, citizen, demoPassword, mustAct, newPhone, staff } from '../client.mjs';
import { moment, offersOf, orderGiven } from '../scene.mjs';

const form = '/api/sync/visits';

/** The house's own time: its clock stands where the journey set it. */
const now = async (phone) => Date.parse((await phone.read(form)).as_of);
const at = (ms) => new Date(ms).toISOString();

/** An id as a telephone makes it: milliseconds since 2024, node 0, a random end. */
export const phoneId = (ms) =>
  ((BigInt(ms - Date.UTC(2024, 0, 1)) << 22n) | BigInt(randomBytes(2).readUInt16BE() % 4096)).toString();

export const deed = (visit, action, when, more = {}) => ({
  key: randomUUID(), entity: 'visit', action, id: visit.id, version: visit.version, at: at(when),
  what: {}, ...more,
});

/** Sends items by a clock so many milliseconds ahead; the results. */
export async function push(phone, items, { ahead = 0, insist = false } = {}) {
  const body = { phone_at: at((phone.clock ?? phone.house.now()) + ahead), items };
  const answer = insist ? await phone.insist(form, body) : await phone.post(form, body);
  return status(answer, 200).results;
}

/** A visit of the carer, today, at a time when she is free for something she has learnt. */
export async function visitFor(house, manager, carer, day) {
  const all = await offersOf(manager, manager.me.org);
  const offers = ['clean', 'bath', 'companion', 'walk'].map((k) => all[k]).filter(Boolean);
  const daughter = await citizen(house, newPhone());
  const { order } = await orderGiven(manager, daughter, carer.me.carer, offers, { on: day });
  const visit = (await manager.read(`/api/visit?care_order=${order.id}`)).items[0];
  return { daughter, order, visit };
}

export async function offline(house, day) {
  const manager = await staff(house, 'manager'), carer = await staff(house, 'carer');
  carer.clock = await now(carer);
  await freeDay(manager, carer, day);
  const first = await visitFor(house, manager, carer, day);

  await test('a pull brings the day, the next only what changed', async () => {
    const all = await carer.read(`${form}?day=${day}`);
    const mine = all.rows.find((r) => r.id === first.visit.id);
    check(mine && mine.row.address && mine.row.for_name === '周桂芬', 'name and address');
    const again = await carer.read(`${form}?day=${day}&since=${all.since}`);
    same([again.rows, again.gone], [[], []], 'nothing new');
    status(await carer.get(`${form}?day=${day}&since=xyz`), 422);
    status(await carer.get('/api/sync/nothing'), 404);
    status(await manager.get(form), 403);
  });

  await test('lost answers and repeats: each deed once, at the telephone’s moment', async () => {
    const arrive = deed(first.visit, 'arrive', carer.clock - 40 * 60000,
      { what: { lat: 30.2240493, lon: 125.6023179 } });
    const finish = deed(first.visit, 'finish', carer.clock - 60000,
      { after: arrive.key, what: { note: '精神很好', result: 'well' } });
    same((await push(carer, [finish]))[0].result, 'later', 'what overtakes waits');
    same((await push(carer, [arrive]))[0].result, 'done', 'the first');
    const both = await push(carer, [arrive, finish]);
    same(both.map((r) => r.result), ['repeated', 'done'], 'the second push');
    const again = await Promise.all([push(carer, [arrive, finish]), push(carer, [arrive, finish])]);
    for (const r of again) same(r.map((x) => x.result), ['repeated', 'repeated'], 'two at once');
    const page = await first.daughter.read(`/api/my/orders/${first.order.id}`);
    const said = page.timeline.filter((t) => t.text.startsWith('护理员'));
    same(said.map((t) => [t.text, Date.parse(t.at)]),
      [['护理员到了', carer.clock - 40 * 60000], ['护理员做完了', carer.clock - 60000]], 'time line');
    const row = await manager.read(`/api/visit/${first.visit.id}`);
    check(row.entered_late && row.arrived_known_at > row.arrived_at, 'marked as told late');
  });

  await test('a clock three hours off is put right; a day off, or the future, is refused', async () => {
    const { visit } = await visitFor(house, manager, carer, day);
    const ahead = 3 * 3600e3;
    const arrive = deed(visit, 'arrive', carer.clock - 600e3 + ahead);
    same((await push(carer, [arrive], { ahead }))[0].result, 'done', 'ahead');
    const row = await manager.read(`/api/visit/${visit.id}`);
    same([Date.parse(row.arrived_at), row.clock_off_s], [carer.clock - 600e3, 10800], 'put right');
    const late = deed(visit, 'finish', carer.clock + 3600e3, { version: row.version });
    same((await push(carer, [late]))[0].fields[0].key, 'sync.future', 'the future');
    const wild = await carer.post(form, { phone_at: at(carer.clock + 30 * 3600e3), items: [late] });
    status(wild, 422);
    same(wild.body.fields[0].field, 'phone_at', 'the clock is named');
    const back = deed(visit, 'finish', carer.clock - ahead, { version: row.version });
    same((await push(carer, [back], { ahead: -ahead }))[0].result, 'done', 'behind');
  });

  await test('two telephones on one visit: side by side, and the person decides', async () => {
    const { visit } = await visitFor(house, manager, carer, day);
    const other = new Client(house);
    await other.signIn('carer', demoPassword);
    other.clock = carer.clock;
    same((await push(carer, [deed(visit, 'arrive', carer.clock - 300e3)]))[0].result, 'done', 'one');
    const [same_] = await push(other, [deed(visit, 'arrive', carer.clock - 200e3)]);
    same([same_.result, same_.same, same_.mine], ['conflict', true, false], 'both arrived');
    const [two] = await push(other, [deed(visit, 'finish', carer.clock - 100e3)]);
    same([two.result, two.same, two.mine], ['conflict', false, true], 'she may still be done');
    same(two.current.state, 'arrived', 'the record as it is');
    const mine = deed({ id: visit.id, version: two.version }, 'finish', carer.clock - 100e3);
    same((await push(other, [mine]))[0].result, 'done', 'mine');
    const note = deed({ id: visit.id, version: two.version + 1 }, 'note', carer.clock,
      { what: { note: '另一部手机:14:05 到' } });
    same((await push(other, [note]))[0].result, 'done', 'both, as a note');
  });

  await test('given to somebody else: it leaves her list, and her deed is refused', async () => {
    const { visit, order } = await visitFor(house, manager, carer, day);
    const { since } = await carer.read(`${form}?day=${day}`);
    await mustAct(manager, 'care_order', order.id, 'cancel', { reason: '老人住院' });
    const next = await carer.read(`${form}?day=${day}&since=${since}`);
    check(next.gone.some((g) => g.id === visit.id), 'gone');
    const [r] = await push(carer, [deed(visit, 'arrive', carer.clock)]);
    check(['conflict', 'refused'].includes(r.result), r.result);
  });

  await test('one at fault does not hold the others; too many at once is said', async () => {
    const { visit } = await visitFor(house, manager, carer, day);
    const bad = deed(visit, 'arrive', carer.clock, { id: '1' });
    const [no, yes] = await push(carer, [bad, deed(visit, 'arrive', carer.clock)]);
    same([no.result, yes.result], ['refused', 'done'], 'results');
    const many = Array.from({ length: 51 }, () => deed(visit, 'note', carer.clock));
    status(await carer.post(form, { phone_at: at(carer.clock), items: many }), 422);
  });

  await test('the server dies between: sent again until it answers, each once', async () => {
    const { visit } = await visitFor(house, manager, carer, day);
    const arrive = deed(visit, 'arrive', carer.clock - 900e3);
    const finish = deed(visit, 'finish', carer.clock - 60e3, { after: arrive.key });
    for (let i = 0; i < 3; i++) {
      const sent = push(carer, [arrive, finish], { insist: true }).catch(() => null);
      await sleep(i * 7);
      process.kill(house.processes()['yike-server'], 'SIGKILL');
      await house.ready();
      await sent;
    }
    const results = await push(carer, [arrive, finish], { insist: true });
    same(results.map((r) => r.result), ['repeated', 'repeated'], 'done by then');
    const history = (await manager.read(`/api/visit/${visit.id}/history`)).items;
    same(history.filter((h) => h.action === 'arrive').length, 1, 'arrived once');
    same(history.filter((h) => h.action === 'finish').length, 1, 'done once');
  });

  await test('the way to a visit’s home is told to her carer, by the visit', async () => {
    const visit = (await carer.read(`${form}?day=${day}`)).rows.find((r) => r.row.lat);
    if (visit) {
      const way = await carer.get(
        `/api/visit/${visit.id}/way?lat=${visit.row.lat + 0.002}&lon=${visit.row.lon}`);
      check(way.status === 200 && way.body.metres > 0, `a way: ${way.text.slice(0, 100)}`);
    }
    status(await first.daughter.get(`/api/visit/${first.visit.id}/way?lat=30&lon=120`), 403);
  });

  await test('a door code: issued, hung up, checked off line and on, refused elsewhere', async () => {
    const seen = await carer.read(`${form}?day=${day}`);
    check(seen.rows.every((r) => Array.isArray(r.row.codes)), 'each visit carries its codes');
    const elder = await elderOf(manager);
    const made = await manager.write('/api/door_code', { elder });
    same([made.state, made.code], ['made', '•••'], 'a list never shows the code');
    const sheet = (await manager.read('/api/door_code/sheet')).items.find((i) => i.id === made.id);
    check(/^[2-9A-HJ-NP-Z]{8}$/.test(sheet.code) && sheet.qr.endsWith(sheet.code), 'printed');
    status(await carer.get('/api/door_code/sheet'), 403);
    await mustAct(manager, 'door_code', made.id, 'hang', { signed_by: '王秀英' });
    const { visit } = await visitFor(house, manager, carer, day);
    const proof = (given) => ({ key: randomUUID(), entity: 'proof', action: 'create',
      id: phoneId(carer.clock), at: at(carer.clock - 60e3),
      what: { visit: visit.id, kind: 'door_code', given } });
    const items = [proof(sheet.code), proof('AAAABBBB')];
    const results = await push(carer, items);
    same(results.map((r) => [r.result, r.row.why]),
      [['done', 'code_foreign'], ['done', 'code_unknown']], 'judged');     // she is not bound
    same((await push(carer, items)).map((r) => r.result), ['repeated', 'repeated'], 'once');
    const own = await push(carer, [{ ...items[0], key: randomUUID() }]);
    same(own[0].result, 'repeated', 'her own row, known by its id after its key is forgotten');
    const other = await push(carer, [{ ...items[0], key: randomUUID(),
      what: { ...items[0].what, kind: 'signature', given: undefined } }]);
    same([other[0].result, other[0].fields[0].key], ['refused', 'sync.id_taken'], 'a clash');
    const house1 = await push(carer, [{ ...items[0], key: randomUUID(), id: visit.id }]);
    same(house1[0].fields[0].key, 'sync.id_node', 'not an id of the house');
  });

  await test('the same photo or signature at two visits is said at once', async () => {
    await freeDay(manager, carer, day);
    const one = await visitFor(house, manager, carer, day);
    const two = await visitFor(house, manager, carer, day);
    const send = async (visit, kind, bytes) => {
      const id = phoneId(carer.clock), key = randomUUID();
      const [r] = await push(carer, [{ key: randomUUID(), entity: 'proof', action: 'create', id,
        at: at(carer.clock), what: { visit: visit.id, kind } }]);
      same(r.result, 'done', r.message);
      for (let i = 0; i < 2; i++)
        status(await carer.ask('POST', `/api/proof/${id}/file`, bytes,
          { key, headers: { 'content-type': 'image/png' } }), 201);
      const all = (await manager.read(`/api/visit/${visit.id}/proofs`)).items;
      same((await manager.read(`/api/proof/${id}/file`)).items.length, 1, 'one file');
      return all.find((p) => p.id === id);
    };
    const first = (await send(one.visit, 'photo', scene(64, 7))).why;
    check(['pending', 'photo_new'].includes(first), `the worker looks, now or soon: ${first}`);
    const again = await send(two.visit, 'photo', scene(64, 7));
    same([again.why, again.other], ['photo_seen', one.visit.id], 'the second time');
    check(again.text.includes(day), again.text);
    same((await send(one.visit, 'signature', scene(48, 3))).why, 'signed', 'signed');
    same((await send(two.visit, 'signature', scene(48, 3))).why, 'signature_seen', 'copied');
    const voice = Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.alloc(200)]);
    same((await send(two.visit, 'voice', voice)).why, 'voice', 'a voice note');
  });
}

/** What she was given that day is called off, what she has begun is done: visits need the room. */
async function freeDay(manager, carer, day) {
  const given = `carer=${carer.me.carer}&day=${day}&size=50`;
  for (const v of (await manager.read(`/api/visit?${given}`)).items)
    if (v.state === 'planned')
      await mustAct(manager, 'care_order', v.care_order, 'cancel', { reason: '改期' });
    else if (v.state === 'arrived') await mustAct(carer, 'visit', v.id, 'finish', { result: 'well' });
}

/** An elder the station's orders are for. */
async function elderOf(manager) {
  const all = (await manager.read('/api/elder?size=5')).items;
  check(all.length, 'an elder of the station');
  return all[0].id;
}

/** A PNG of fields of grey that depend on a seed, of a side that does not. */
function scene(side, seed) {
  const line = side + 1, raw = Buffer.alloc(line * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const a = Math.floor((x * 9) / side), b = Math.floor((y * 8) / side);
      raw[y * line + 1 + x] = 20 + ((a * 37 + b * 59 + a * b * seed * 23) % 200);
    }
  const part = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const out = Buffer.alloc(12 + data.length);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), 8 + data.length);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 8;
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), part('IHDR', head),
    part('IDAT', deflateSync(raw)), part('IEND', Buffer.alloc(0))]);
}

function crc(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}
