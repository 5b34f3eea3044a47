// contract.mjs - the API's document is sound, complete, and what the server really does.
//
// The document is linted by spectral (spectral:oas). Then every GET is asked as several roles, and
// the main writes are made, and each answer is compared with the schema that the document gives it.

import { check, end, same, status, test, until, within } from './harness.mjs';
import { act, citizen, mustAct, newPhone, staff } from './client.mjs';
import { newHouse } from './house.mjs';
import { need } from './parts.mjs';
import { picture } from './api/proofs.mjs';
import { offersOf, orderFor, orderGiven } from './scene.mjs';
import { dropped } from '../../web/tools/types.mjs';
import { inDays, today } from './clock.mjs';

const { Spectral } = need('@stoplight/spectral-core');
const { oas } = need('@stoplight/spectral-rulesets');
const Ajv = need('ajv/dist/2020').default;
const addFormats = need('ajv-formats').default ?? need('ajv-formats');

/** Does a segment of a template, "{id}" or "{id}.xml", take this one? */
const takes = (s, part) => s === part || (s.startsWith('{') && part.endsWith(s.slice(s.indexOf('}') + 1)));

/** Which path template an address is of: literal segments win over {names}. */
function templateOf(doc, path) {
  const parts = path.split('?')[0].split('/');
  return Object.keys(doc.paths)
    .filter((t) => {
      const own = t.split('/');
      return own.length === parts.length && own.every((s, i) => takes(s, parts[i]));
    })
    .sort((a, b) => (a.match(/\{/g) ?? []).length - (b.match(/\{/g) ?? []).length)[0];
}

/**
 * The same schema, refusing what it does not name: the document lets answers grow, a test does not.
 */
function strict(s, inAllOf = false) {
  if (Array.isArray(s)) return s.map((one) => strict(one));
  if (!s || typeof s !== 'object') return s;
  const out = {};
  for (const [k, v] of Object.entries(s))
    out[k] = k === 'allOf' ? v.map((one) => strict(one, true)) : strict(v);
  if (s.allOf) out.unevaluatedProperties = false;
  else if (s.properties && s.type === 'object' && !inAllOf) out.additionalProperties ??= false;
  return out;
}

/** Compares each answer with the document; keeps what differs. */
function watcher(doc) {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  addFormats(ajv);
  ajv.addFormat('int64', true);
  const { ProblemDetails, ...rows } = doc.components.schemas;
  ajv.addSchema({ $id: 'doc', components: { schemas: { ProblemDetails, ...strict(rows) } } });
  const made = new Map(),
    seen = new Set(),
    faults = new Set();
  const schemaOf = (schema) =>
    JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"doc#/components'));
  return {
    seen,
    faults,
    observe(answer) {
      const template = templateOf(doc, answer.path),
        op = doc.paths[template]?.[answer.verb.toLowerCase()];
      if (!op) return void faults.add(`${answer.verb} ${answer.path}: not in the document`);
      const exact =
        op.responses[answer.status] ??
        op.responses[`${String(answer.status)[0]}XX`] ??
        op.responses.default;
      const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
      const content = exact?.content?.[type];
      const at = `${answer.verb} ${template} ${answer.status}`;
      if (answer.text === '') return void (answer.status < 300 && seen.add(at));
      if (!content) return void faults.add(`${at}: ${type} is not documented`);
      if (answer.status < 300) seen.add(at);
      if (!/json$/.test(type) || !content.schema) return;
      const key = `${at} ${type}`;
      if (!made.has(key)) made.set(key, ajv.compile(schemaOf(strict(content.schema))));
      const valid = made.get(key);
      if (!valid(answer.body))
        for (const e of valid.errors.slice(0, 3))
          faults.add(
            `${at}: ${e.instancePath.replace(/\/\d+/g, '/n')} ${e.message} ${JSON.stringify(e.params)}`,
          );
    },
  };
}

/** The number of a request that another office's program has sent. */
async function edgeRequest(house, place) {
  const admin = await staff(house, 'sysadmin');
  const district = house.sql("SELECT id FROM division WHERE level = 'district' ORDER BY scope LIMIT 1")[0][0];
  const client = await admin.write('/api/open311_client', { name: '热线平台', division: String(district) });
  const { key } = await admin.write(`/api/open311_client/${client.id}/key`, {});
  const sent = await fetch(`${house.base}/open311/v2/requests.json`, { method: 'POST', body: new URLSearchParams({
    api_key: key, service_code: 'meal', 'attribute[kind]': 'complaint', 'attribute[place]': place,
    description: '饭是凉的' }) });
  return (await sent.json())[0].service_request_id;
}

/** An example of every link and parameter, so that every GET can be asked. */
async function examples(house) {
  const one = (sql) => house.sql(sql)[0]?.[0];
  const ids = {};
  for (const name of ['division', 'compound']) ids[name] = one(`SELECT id FROM ${name} LIMIT 1`);
  const home = one("SELECT id FROM compound WHERE name = '杏花里'");
  ids.place = (await house.visitor().read(`/api/near?compound=${home}`)).items[0].id;
  ids.meals = (await house.visitor().read(`/api/near?door=meal&kind=meal_point&compound=${home}&all=1`)).items[0].id;
  const district = await staff(house, 'district');
  const waits = (await district.read('/api/verification?state=open&size=1')).items[0].id;
  const elder = (await district.read('/api/elder?size=1')).items[0].id;
  const manager = await staff(house, 'manager');
  const order = one(`SELECT id FROM care_order WHERE org = ${manager.me.org} AND gathering IS NULL
    ORDER BY id DESC LIMIT 1`);
  ids.lunch = one('SELECT f.id FROM offer f JOIN catalogue_item i ON i.id = f.item ' +
    `WHERE i.category = 'meal' AND i.at_home = 0 AND f.org = ${manager.me.org} ORDER BY f.id LIMIT 1`);
  const round = (await district.read('/api/survey_round?size=1')).items[0].id;
  const [at, day] = house.sql('SELECT place, day FROM meal_run ORDER BY id LIMIT 1')[0];
  const brought = `?place=${at}&day=${new Date(day * 864e5).toISOString().slice(0, 10)}&sitting=lunch`;
  return { ids, home, waits, elder, order, round, brought, edge: await edgeRequest(house, ids.meals) };
}

const queries = (ex) => ({
  '/api/where': '?q=lyl',
  '/api/what': '?q=xz&lat=30.2240493&lon=125.6023179',
  '/api/search': '?q=xz',
  '/api/search/number': '?q=8880001',
  '/api/visit/{id}/way': '?lat=30.2240493&lon=125.6023179',
  '/api/near': `?compound=${ex.home}`,
  '/api/inspection/shown': `?place=${ex.ids.meals}`,
  '/api/inspection/draw': '?kind=meal_point&n=3&seed=1',
  '/api/places/opening': `?places=${ex.ids.meals}`,
  '/api/kitchen/day': `?place=${ex.ids.meals}`,
  '/api/delivery/day': ex.brought,
  '/api/delivery/repair': ex.brought,
  '/api/meal/menu': `?place=${ex.ids.meals}`,
  '/api/meal/tables': `?places=${ex.ids.meals}&sitting=lunch`,
  '/api/circle': '?lat=30.2240493&lon=125.6023179',
  '/api/today/rank': '?figure=beds_per_1000',
  '/api/circle/people': `?compound=${ex.home}`,
  '/api/circle/around': `?compound=${ex.home}`,
  '/api/call': '?number=10088880001',
  '/api/route': `?lat=30.2240493&lon=125.6023179&place=${ex.ids.place}`,
  '/api/map/places': '?bbox=125.59,30.21,125.62,30.24&cells=12',
  '/api/map/divisions': '?bbox=125.59,30.21,125.62,30.24&level=street',
  '/api/parameter/versions': '?name=order.cancel_free_hours&on=2026-11-21&against=2025-01-01',
  '/api/calendar/year': '?year=2026',
  '/api/calendar/deadline': '?from=2026-09-30&n=5&unit=working_day',
  '/api/calendar/lunar': '?day=2026-02-17',
  '/api/elder/birthdays': '?days=60',
  '/api/organisation/{id}/page': '',
  '/api/today': '',
  '/api/adviser/match': `?elder=${ex.elder}&needs=clean`,
  '/api/address/match': `?text=${encodeURIComponent('杏花里6号楼')}`,
  '/api/survey/next': `?round=${ex.round}`,
  '/api/call/again': `?order=${ex.order}`,
  '/api/pause/preview': `?elder=${ex.elder}&from_day=${inDays(6)}`,
  '/api/month': `?month=${today().slice(0, 7)}`,
  '/api/month/hours': `?month=${today().slice(0, 7)}`,
  '/api/counter/people': `?q=w&offer=${ex.ids.lunch}`,
  '/api/todo/colleagues': `?entity=verification&id=${ex.waits}`,
});

/** Entities of which somebody saw a row: of the others there is nothing to ask for. */
const inhabited = new Set();

/** Asks every GET as this person; ids come from the lists she may read. */
async function tour(doc, who, ex) {
  const firstId = {};
  for (const template of Object.keys(doc.paths)) {
    const list = template.match(/^\/api\/(\w+)$/)?.[1];
    if (!list || !doc.paths[`${template}/{id}`] || !doc.paths[template].get) continue;
    const a = await who.get(`${template}?size=5&total=1`);
    firstId[list] = a.body?.items?.[0]?.id;
    if (firstId[list]) inhabited.add(list);
  }
  for (const [template, verbs] of Object.entries(doc.paths)) {
    if (!verbs.get || template === '/api/events') continue;
    const entity = template.match(/^\/api\/(\w+)/)?.[1];
    const id = template.startsWith('/api/my/orders/') ? firstId.care_order
      : template.startsWith('/open311/') ? ex.edge : firstId[entity];
    if (template.includes('{id}') && !id) continue;
    if (template.includes('{file}')) continue;
    const path = template
      .replace('{id}', id)
      .replace('{code}', 'meal')
      .replace('{z}', '14')
      .replace('{x}', '13908')
      .replace('{y}', '6740');
    if (path.includes('{')) continue;
    await who.get(path + (queries(ex)[template] ?? ''));
  }
}

/** The main job and some writes beside it, for their answers' shape. */
async function writes(manager, person, carer) {
  const offers = await offersOf(manager, manager.me.org);
  const { order, slot } = await orderGiven(manager, person, carer.me.carer, [offers.companion]);
  await person.post('/api/order/price', { offer: offers.companion.id, quantity: 1, slot: slot.id });
  const two = [0, 1].map(() => ({ offer: offers.companion.id, slot: slot.id }));
  await person.post('/api/order/basket/price', { items: two });
  const told = (await person.post('/api/my/requests', { kind: 'suggestion', org: manager.me.org,
    matter: '希望多开一天' })).body;
  await person.get(`/api/my/requests/${told.id}`);
  const { offer, quantity, slot: time, ...whom } = orderFor(offers.companion, slot);
  await person.post('/api/order/basket', { ...whom, items: two });
  await mustAct(manager, 'care_order', order.id, 'tell', { told: 'yes' });
  const { visit } = (await person.get(`/api/my/orders/${order.id}`)).body;
  await manager.post(`/api/visit/${visit.id}/file`, picture(), {
    headers: { 'content-type': 'application/octet-stream' },
  });
  await person.get(`/api/my/orders/${order.id}`);
  await manager.get(`/api/visit/${visit.id}/file`);
  await carer.get(`/api/visit/${visit.id}/way?lat=30.2240493&lon=125.6023179`);
  await carer.get(`/api/carer/day?day=${slot.day}`);
  await manager.post(`/api/care_order/${order.id}/reveal`, {
    fields: 'for_phone',
    reason: '确认时间',
  });
  await act(manager, 'care_order', order.id, 'pay');
  await act(person, 'care_order', order.id, 'cancel', { reason: '有事' });
  await person.get(`/api/my/orders/${order.id}`);
  await manager.post('/api/station/move', {
    carer_from: carer.me.carer,
    carer_to: carer.me.carer,
    confirm: false,
  });
  await person.post('/api/my/paper', picture(), {
    headers: { 'content-type': 'application/octet-stream' },
  });
  await person.post('/api/my/bond', { name: '王桂芬', phone: newPhone(), relation: 'child' });
  const place = (await manager.read(`/api/place?size=1&org=${manager.me.org}`)).items[0];
  await manager.patch(`/api/place/${place.id}`, { phone: '10012345678' }, place.version);
  await manager.patch(`/api/place/${place.id}`, { phone: '10012345679' }, place.version);
}

/** Where to build: asked at once, and kept. */
async function sites(officer) {
  const division = (await officer.read('/api/atlas?kind=station&level=district')).items[0].division;
  const question = { kind: 'station', goal: 'number', sites: 2, division };
  const all = await officer.post('/api/siting/candidates', question);
  const close = all.body.stands.map((one) => `place:${one.id}`);
  status(await officer.post('/api/siting/try', { ...question, marks: { close } }), 200);
  const { id } = await officer.write('/api/siting', { ...question, name: '驿站选址' });
  await until('it is answered', async () => (await officer.read(`/api/siting/${id}/progress`)).state === 'done', 60000);
  status(await officer.get(`/api/siting/${id}/answer`), 200);
}

/** A day on the dispatch board: looked at, tried, planned, changed, taken back, told; when somebody could come. */
async function board(manager, visitor) {
  const days = [2, 3, 4, 5, 8].map((n) => manager.house.inDays(n));
  for (const day of days) {
    const plan = await manager.post('/api/dispatch/replan', { day });
    status(plan, 200);
    const one = plan.body.changes.find((c) => c.carer);
    if (!one) continue;
    const { order, order_version, visit_version, carer, start_min } = one;
    status(await manager.post('/api/dispatch/try', { day, order, carer }), 200);
    status(await manager.post('/api/dispatch/apply',
      { day, changes: [{ order, order_version, visit_version, carer, start_min }] }), 200);
    status(await manager.get(`/api/dispatch/way?day=${day}&carer=${carer}`), 200);
    status(await manager.post('/api/dispatch/lock', { order, locked: true }), 200);
    status(await manager.post('/api/dispatch/publish', { day }), 200);
    status(await manager.post('/api/dispatch/lock', { order, locked: false }), 200);
    status(await manager.post('/api/dispatch/undo', { day }), 200);
    break;
  }
  const offers = (await manager.read(`/api/offer?org=${manager.me.org}&size=50`)).items;
  const offer = offers.find((o) => o.state === 'published');
  status(await manager.get(`/api/dispatch/slots?offer=${offer.id}&day=${days[0]}`), 200);
  const place = (await manager.read(`/api/place?org=${manager.me.org}&size=1`)).items[0].id;
  for (const what of ['day', 'repair'])
    status(await manager.get(`/api/delivery/${what}?place=${place}&day=${days[0]}&sitting=lunch`), 200);
  const { lat, lon } = (await visitor.read('/api/near?lat=30.2246&lon=125.6036')).items[0];
  status(await visitor.get(`/api/nearest?lat=${lat}&lon=${lon}`), 200);
  status(await visitor.get(`/api/matrix?from=${lat},${lon}&to=${lat},${lon}`), 200);
}

/** What the register's desk and the sign-ins answer. */
async function counters(house, watch, worker) {
  const elder = (await worker.read('/api/elder?size=3')).items[2], phone = newPhone();
  await worker.post(`/api/elder/${elder.id}/bond`, {
    name: '王小梅', phone, relation: 'child', consent_way: 'counter' });
  const { phone: number } = await worker.write(`/api/elder/${elder.id}/reveal`, {
    fields: 'phone', reason: '核对电话' });
  await worker.get(`/api/call?number=${number}`);
  await worker.get(`/api/elder/${elder.id}/page`);
  await act(worker, 'elder', elder.id, 'grade', { grade: 'mild', grade_on: '2026-01-05',
    grade_source: '街道评估' });
  const relative = house.visitor();
  relative.observe = watch.observe;
  await relative.signInByPhone(phone);
  await relative.get('/api/my');
  await relative.get(`/api/my/elders/${elder.id}/message_choice`);
  await relative.get('/api/my/access');
  await relative.post('/api/my/elder', { name: '不在册', id_number: '990101194603070029' });
  await relative.ask('DELETE', '/api/session');
  const clerk = house.visitor();
  clerk.observe = watch.observe;
  await clerk.signIn('clerk');
  await clerk.post('/api/session/role', { grant: clerk.me.roles[0].grant });
  await clerk.session();
  await clerk.post('/api/account/totp');
}

within('');
const house = await (await newHouse('sqlite')).start();
const doc = await house.visitor().read('/api/openapi.json');

await test('spectral finds nothing to object to', async () => {
  const linter = new Spectral();
  linter.setRuleset({ extends: [[oas, 'recommended']] });
  const found = await linter.run(doc);
  const kinds = [
    ...new Set(
      found
        .filter((f) => f.severity <= 1)
        .map((f) => `${f.code}: ${f.message} at ${f.path.join('.')}`),
    ),
  ];
  same(kinds.slice(0, 10), [], `${kinds.length} objections`);
});

await test('no member stands twice in the document', async () => {
  const { text } = await house.visitor().get('/api/openapi.json');
  same(JSON.stringify(JSON.parse(text)).length, text.trim().length, 'as long as it was, read once');
});

await test('every endpoint has a summary, a tag, a right, answers and a name of its own',
  async () => {
  const names = new Set();
  for (const [path, verbs] of Object.entries(doc.paths))
    for (const [verb, op] of Object.entries(verbs)) {
      const at = `${verb} ${path}`;
      check(op.summary && op.description && op.tags?.length, `${at} does not say what it is`);
      check(Array.isArray(op.security), `${at} does not say who may`);
      check(
        op.responses?.default && Object.keys(op.responses).some((s) => s.startsWith('2')),
        `${at} lacks answers`,
      );
      check(
        op.operationId && !names.has(op.operationId),
        `${at} shares the name ${op.operationId}`,
      );
      names.add(op.operationId);
      for (const name of path.match(/\{\w+\}/g) ?? [])
        check(
          op.parameters?.some((p) => p.in === 'path' && `{${p.name}}` === name),
          `${at} does not document ${name}`,
        );
    }
});

await test('every JSON answer says what it is made of', async () => {
  const bare = [];
  for (const [path, verbs] of Object.entries(doc.paths))
    for (const [verb, op] of Object.entries(verbs)) {
      const schema = op.responses['2XX']?.content['application/json']?.schema;
      if (!schema || path === '/api/openapi.json' || path.endsWith('/file/{file}/end')) continue;
      if (schema.type === 'object' && !schema.properties) bare.push(`${verb} ${path}`);
    }
  same(bare, [], 'answers of no declared shape');
});

await test('the faces read no member that the document does not have', async () => {
  same(dropped(doc), [], 'members gone: node web/tools/types.mjs ADDRESS, then typecheck');
  const lie = JSON.parse(JSON.stringify(doc));
  delete lie.paths['/api/near'].get.responses['2XX'].content['application/json'].schema.properties.total;
  same(dropped(lie), ['Near  total'], 'a dropped member is found');
});

await test('a table that leaves something out, or promises too much, is found out', async () => {
  const lies = JSON.parse(JSON.stringify(doc));
  const near = lies.paths['/api/near'].get.responses['2XX'].content['application/json'].schema;
  delete near.properties.items.items.properties.metres;
  near.required.push('weather');
  const watch = watcher(lies), visitor = house.visitor();
  visitor.observe = watch.observe;
  await visitor.get(`/api/near?compound=${(await examples(house)).home}`);
  const told = [...watch.faults].join('\n');
  check(/metres/.test(told) && /weather/.test(told), `both lies are told: ${told}`);
});

await test('what needs no sign-in answers without one, everything else says 401', async () => {
  const visitor = house.visitor();
  for (const [path, verbs] of Object.entries(doc.paths))
    for (const [verb, op] of Object.entries(verbs)) {
      if (op.security.length === 0) continue;
      const a = await visitor.ask(
        verb.toUpperCase(),
        path.replace(/\{[^}]+\}/g, '1'),
        verb === 'get' ? undefined : {},
        { version: 1 },
      );
      same(a.status, 401, `${verb} ${path} without a sign-in`);
    }
});

await test('what the server answers is what the document says: every GET as eight, the main writes', async () => {
  const watch = watcher(doc),
    ex = await examples(house);
  const logins = ['manager', 'carer', 'district', 'auditor', 'secadmin', 'sysadmin', 'clerk', 'worker'];
  const people = Object.fromEntries(
    await Promise.all(logins.map(async (l) => [l, await staff(house, l)])),
  );
  const person = await citizen(house, newPhone());
  for (const who of [...Object.values(people), person]) {
    who.observe = watch.observe;
    await tour(doc, who, ex);
  }
  const visitor = house.visitor();
  visitor.observe = watch.observe;
  await tour(doc, visitor, ex);
  for (const more of ['&door=institution', '&door=institution&operation_mode=public&beds=1', '&profile=wheelchair'])
    await visitor.get(`/api/near?compound=${ex.home}${more}`);
  await writes(people.manager, person, people.carer);
  for (const form of ['visits', 'meals'])
    await people.carer.get(`/api/sync/${form}`);
  await counters(house, watch, people.worker);
  await sites(people.district);
  await board(people.manager, visitor);
  const gets = Object.keys(doc.paths).filter(
    (p) => doc.paths[p].get && p !== '/api/events' && !p.includes('{file}'),
  );
  const unseen = gets.filter(
    (p) =>
      (!p.includes('{id}') || inhabited.has(p.match(/^\/api\/(\w+)/)?.[1]) || /^\/(api\/my|open311)/.test(p)) &&
      ![...watch.seen].some((s) => s.startsWith(`GET ${p} 2`)),
  );
  console.log(
    `        ${watch.seen.size} kinds of answer compared; never seen: ${unseen.join(' ') || 'none'}`,
  );
  same([...watch.faults].slice(0, 15), [], `${watch.faults.size} answers differ from the document`);
  check(unseen.length <= 6, `${unseen.length} GETs were never answered: ${unseen.join(' ')}`);
});
await house.stop();
await end();
