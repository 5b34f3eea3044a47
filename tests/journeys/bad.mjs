// bad.mjs - every endpoint fed what nobody should send: never a 500, never a hang, never a row of
// another's. The endpoints and their fields come from the API's own document.

import { check, dice, end, long, same, status, test, within } from './harness.mjs';
import { act, citizen, Client, newPhone, staff } from './client.mjs';
import { newHouse } from './house.mjs';
import { offersOf, orderFor, timesOf } from './scene.mjs';
import { badSegments, badValues, broken, fieldsOf, tooLarge, wrongBodies } from './bad/bodies.mjs';
import { slowOnes, wire } from './bad/wire.mjs';

const atOnce = 16;

// All of them take minutes: without --long every endpoint gets each fourth one, by this seed.
const seed = Number(process.env.YIKE_SEED ?? Date.now() % 1000000);
const random = dice(seed);
console.log(`        seed ${seed}`);
function* some(asks) {
  for (const ask of asks)
    if (long || random() < 0.25) yield ask;
}

/** GeoReport v2 has faults of its own shape, in XML and JSON; what the server itself refuses is ours. */
function standardFault({ status: code, headers, body, text }) {
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('application/problem+json')) return body?.status === code && body.title;
  return Array.isArray(body) ? body.every((e) => e.code === String(code) && e.description)
    : type.includes('xml') && text.includes(`<error><code>${code}</code><description>`);
}

/** Whether an answer is one that may be given to bad input; else a sentence about it. */
function fault(answer) {
  const { status: code, headers, body, text } = answer;
  if (code < 400) return '';
  const what = `${answer.verb} ${answer.path.slice(0, 120)} ${answer.what ?? ''}: ${code} ${text.slice(0, 200)}`;
  if (code >= 500 && !(code === 503 && headers.get('retry-after'))) return what;
  if (answer.path.startsWith('/open311/')) return standardFault(answer) ? '' : `not the standard’s: ${what}`;
  if (!headers.get('content-type')?.startsWith('application/problem+json'))
    return `no problem+json: ${what}`;
  if (!body?.title || !body.type || body.status !== code) return `an incomplete problem: ${what}`;
  if (code === 422 && body.key === 'fields.invalid' && !body.fields?.length)
    return `no field is named: ${what}`;
  return '';
}

/** Asks all, so many at once; gives the faults and how often each status came. */
async function askAll(asks) {
  const faults = [],
    statuses = {};
  const next = asks[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let n = next.next(); !n.done; n = next.next()) {
        const [client, verb, path, body, options, what] = n.value;
        let answer;
        try {
          answer = { ...(await client.ask(verb, path, body, { limit: 15000, ...options })), what };
        } catch (no) {
          faults.push(`${verb} ${path.slice(0, 120)} ${what}: ${no.cause?.code ?? no.message}`);
          continue;
        }
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        const f = fault(answer);
        if (f) faults.push(f);
      }
    }),
  );
  return { faults, statuses };
}

function none(result) {
  console.log(`        ${JSON.stringify(result.statuses)}`);
  const kinds = [...new Set(result.faults.map((f) => f.replace(/\d{6,}/g, 'N')))];
  same(kinds.slice(0, 12), [], `${result.faults.length} answers are none`);
}

const endless = '/api/events';
const operations = (doc) =>
  Object.entries(doc.paths)
    .flatMap(([path, verbs]) =>
      Object.entries(verbs)
        .filter(([v]) => ['get', 'post', 'put', 'patch', 'delete'].includes(v))
        .map(([verb, op]) => ({ path, verb: verb.toUpperCase(), op })),
    )
    .filter((o) => o.path !== endless && !(o.verb === 'DELETE' && o.path === '/api/session'));

const filled = (path, value) => path.replace(/\{[^}]+\}/g, value);

/** The first client sends all there is, the others a part of it: what they may is what differs. */
function* bodyAsks(doc, clients) {
  for (const { path, verb, op } of operations(doc).filter((o) => o.verb !== 'GET')) {
    const at = filled(path, '1');
    let n = 0;
    for (const [what, body] of [...broken, ...wrongBodies(fieldsOf(doc, op))]) {
      n++;
      for (const [i, client] of clients.entries())
        if (i === 0 || n % (i * 8) === 0) yield [client, verb, at, body, { version: 1 }, what];
    }
    yield [clients[0], verb, at, tooLarge, { version: 1 }, 'a body over a megabyte'];
    yield [
      clients[0],
      verb,
      at,
      '{}',
      { headers: { 'content-type': 'text/plain' } },
      'as plain text',
    ];
    yield [
      clients[0],
      verb,
      at,
      '{}',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      'as a form',
    ];
    for (const version of ['', 'x', '-1', '999999999999999999999', '*'])
      yield [clients[0], verb, at, {}, { headers: { 'if-match': version } }, `If-Match ${version}`];
    yield [
      clients[0],
      verb,
      at,
      {},
      { headers: { 'idempotency-key': 'x'.repeat(5000) } },
      'a key of 5,000 letters',
    ];
    yield [clients[0], verb, at, {}, { headers: { 'idempotency-key': ' ' } }, 'an empty key'];
  }
}

function* addressAsks(doc, clients) {
  for (const { path, verb, op } of operations(doc)) {
    for (const client of clients) {
      if (path.includes('{'))
        for (const s of badSegments)
          yield [
            client,
            verb,
            filled(path, s),
            verb === 'GET' ? undefined : {},
            { version: 1 },
            'segment',
          ];
      if (verb !== 'GET') continue;
      for (const p of (op.parameters ?? []).filter((one) => one.in === 'query'))
        for (const v of badValues) {
          yield [client, verb, `${filled(path, '1')}?${p.name}=${v}`, undefined, {}, 'value'];
          if (v === 'x')
            yield [
              client,
              verb,
              `${filled(path, '1')}?${p.name}.from=x&${p.name}.to=`,
              undefined,
              {},
              'range',
            ];
        }
      yield [
        client,
        verb,
        `${filled(path, '1')}?no_such=1&&=&a`,
        undefined,
        {},
        'unknown parameter',
      ];
      yield [
        client,
        verb,
        `${filled(path, '1')}?sort=no_such&size=0&after=AAAA`,
        undefined,
        {},
        'sort, size, after',
      ];
    }
  }
}

// --- other people's ids ---

/** Ids of the station's rows that nobody of another organisation or family may see. */
async function stationRows(house, manager, daughter, provider, offers) {
  const slot = (await timesOf(daughter, offers.walk))[0];
  const { order } = await daughter.write(
    '/api/order',
    orderFor(offers.walk, slot, { note: '隐私' }),
  );
  const first = async (e) => (await manager.read(`/api/${e}?size=1`)).items[0].id;
  const one = (sql) => house.sql(sql)[0][0];
  const day = await manager.read('/api/station/day');
  const served = (org) => `SELECT elder FROM care_order WHERE org = ${org} AND elder > 0`;
  const elder = one(
    `${served(manager.me.org)} AND elder NOT IN (${served(provider.me.org)}) LIMIT 1`,
  );
  status(await act(manager, 'care_order', order.id, 'accept'), 200);
  return {
    care_order: order.id,
    visit: await first('visit'),
    carer: day.carers[0].id,
    elder,
    order_part: one(`SELECT id FROM order_part WHERE care_order = ${order.id}`),
    contact: one('SELECT id FROM contact LIMIT 1'),
    bond: one('SELECT id FROM bond LIMIT 1'),
    account: daughter.me.account,
    access_grant: one('SELECT id FROM access_grant LIMIT 1'),
  };
}

async function othersSee(doc, rows, who, name) {
  const leaks = [];
  for (const { path, verb, op } of operations(doc)) {
    const entity = path.match(/^\/api\/(?:my\/)?(\w+)\/\{id\}/)?.[1];
    const id = rows[entity === 'orders' ? 'care_order' : entity];
    if (!id) continue;
    const at = filled(path, id);
    const body =
      verb === 'GET'
        ? undefined
        : Object.fromEntries(Object.keys(fieldsOf(doc, op)).map((k) => [k, '1']));
    const a = await who.ask(verb, at, body, { version: 1 });
    if (a.status < 400 || ![401, 403, 404, 415, 422].includes(a.status))
      leaks.push(`${name} ${verb} ${at}: ${a.status} ${a.text.slice(0, 100)}`);
    if (a.body?.current) leaks.push(`${name} ${verb} ${at}: the answer holds the row`);
  }
  same(leaks, [], 'rows of others');
}

within('sqlite');
const house = await (await newHouse('sqlite')).start();
const doc = await house.visitor().read('/api/openapi.json');
const manager = await staff(house, 'manager'),
  district = await staff(house, 'district');
const system = await staff(house, 'sysadmin'),
  provider = await staff(house, 'provider');
const daughter = await citizen(house, newPhone()),
  stranger = await citizen(house, newPhone());
const server = house.processes()['yike-server'];
const rows = await stationRows(
  house,
  manager,
  daughter,
  provider,
  await offersOf(manager, manager.me.org),
);

const silent = slowOnes(house.port).catch((no) => no);

await test(
  'bodies that are none, to who may do most',
  async () => none(await askAll(some(bodyAsks(doc, [district, daughter, system, new Client(house)])))),
  300,
);
await test(
  'bodies that are none, to a station',
  async () => none(await askAll(some(bodyAsks(doc, [manager])))),
  300,
);
await test(
  'addresses and parameters that are none',
  async () => none(await askAll(some(addressAsks(doc, [district, new Client(house)])))),
  300,
);
await test('what is too large is answered, not cut off', async () => {
    const large = [
      [manager, '/api/order', tooLarge, 413],
      [manager, `/api/care_order/${rows.care_order}/file`, Buffer.alloc(21 << 20, 0x20), 413],
      [new Client(house), '/api/order', tooLarge.subarray(4096), 401],
      [manager, '/api/no_such', tooLarge, 404],
    ];
    for (const [client, path, body, wanted] of large) {
      const a = await client.ask('POST', path, body, { limit: 15000 });
      status(a, wanted);
      same(fault(a), '', path);
      same(a.headers.get('connection'), 'close', `the line after ${path}`);
    }
  },
  60,
);
for (const [name, who] of [
  ['a provider', provider],
  ['a stranger', stranger],
  ['a visitor', new Client(house)],
])
  await test(`rows of the station and its families stay hidden from ${name}`, () =>
    othersSee(doc, rows, who, name));
await test('lists hold nothing of others', async () => {
  for (const e of ['care_order', 'visit', 'carer', 'slot'])
    for (const row of (await provider.read(`/api/${e}?size=200`)).items)
      same(row.org, provider.me.org, `${e} of a provider`);
  for (const e of ['care_order', 'visit'])
    same((await stranger.read(`/api/${e}`)).items, [], `${e} of a stranger`);
  const worker = await staff(house, 'worker');
  const low = BigInt(worker.me.division);
  for (const e of ['elder', 'care_order', 'contact'])
    for (const row of (await worker.read(`/api/${e}?size=200`)).items)
      check(BigInt(row.scope) === low, `${e} ${row.id} of ${row.scope} in the list of ${low}`);
});
await test('a stale version is refused with what stands now', async () => {
  const place = (await manager.read('/api/place?size=1&org=' + manager.me.org)).items[0];
  const a = await manager.patch(`/api/place/${place.id}`, { phone: '10012345678' }, place.version);
  status(a, 200);
  const b = await manager.patch(`/api/place/${place.id}`, { phone: '10087654321' }, place.version);
  status(b, 409);
  same(b.body.current?.version, place.version + 1, 'the current row');
  status(await manager.ask('PATCH', `/api/place/${place.id}`, { phone: '10087654321' }), 422, 428);
});
await wire(house);
await test('on the wire: who falls silent is let go', async () => {
  const fault = await silent;
  if (fault) throw fault;
}, 90);
await test('the server is the one that was started, and well', async () => {
  same(house.processes()['yike-server'], server, 'the process');
  await house.ready(5000);
  await house.stop();
  const r = house.command('check');
  same(r.code, 0, r.text);
});
await house.stop();
await end();
