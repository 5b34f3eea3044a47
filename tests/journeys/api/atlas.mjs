// atlas.mjs - 养老地图: who lives within a walk and within a radius of what, by division, as of now.

import { check, same, status, test, until } from '../harness.mjs';
import { Client, citizen, mustAct, newPhone, staff } from '../client.mjs';
import { tileRead } from '../mvt.mjs';

const LEVELS = ['door', 'building', 'compound', 'community'];
const add = (rows, key) => rows.reduce((n, row) => n + row[key], 0);
const asked = (more = '') => `/api/atlas?kind=station&profile=elder&minutes=15&metres=1500${more}`;

export async function atlas(house) {
  const officer = await staff(house, 'district');

  await test('each community has its share on foot and by radius, worst first', async () => {
    const got = await officer.read(asked());
    same([got.kind, got.profile, got.minutes, got.metres], ['station', 'elder', 15, 1500], 'rule');
    check(got.items.length > 3 && got.definition.length > 20 && Date.parse(got.as_of) > 0, 'rows');
    for (const row of [got.total, ...got.items]) {
      same(add(LEVELS.map((l) => ({ n: row[l] })), 'n'), row.known, 'levels add up to the known');
      same(row.known + row.unknown, row.elders, 'and the unknown to all');
      check(row.both <= Math.min(row.walk, row.round) && row.walk <= row.known, 'parts');
      check(row.walk - row.both <= row.known - row.round, 'nobody twice');
    }
    for (const key of ['elders', 'known', 'walk', 'round', 'both', 'places'])
      same(add(got.items, key), got.total[key], key);
    const known = got.items.filter((row) => row.known);
    const share = known.map((row) => row.walk / row.known);
    check(share.every((one, i) => !i || one >= share[i - 1]), 'worst first');
    check(got.items.some((row) => row.name && row.lat), 'named, with a middle');
  });

  await test('streets add up to the same; a pace and a time decide', async () => {
    const communities = await officer.read(asked());
    const streets = await officer.read(asked('&level=street'));
    check(streets.items.length < communities.items.length, 'fewer');
    same(streets.total, communities.total, 'the same people');
    const frail = await officer.read('/api/atlas?kind=station&profile=frail&minutes=15');
    const long = await officer.read('/api/atlas?kind=station&profile=elder&minutes=30');
    const walk = [frail, communities, long].map((answer) => answer.total.walk);
    check(walk[0] <= walk[1] && walk[1] <= walk[2], 'slower, longer');
    const ridden = await officer.read('/api/atlas?kind=station&profile=ebike&minutes=15');
    const driven = await officer.read('/api/atlas?kind=station&profile=car&minutes=15');
    same([ridden.profile, driven.profile], ['ebike', 'car'], 'on wheels too');
    check(ridden.total.walk >= communities.total.walk, 'a carer rides farther than an elder walks');
    same(frail.metres, 1500, 'the radius is a parameter');
    const wide = (await officer.read('/api/atlas?kind=station&metres=5000')).total;
    const tight = (await officer.read('/api/atlas?kind=station&metres=100')).total;
    check(tight.round < wide.round && tight.walk === wide.walk, 'the radius alone');
  });

  await test('by name who is left out, at any pace, page after page; not for organisations', async () => {
    const rule = 'kind=station&profile=frail&minutes=10&metres=800';
    const list = (more) => officer.read(`/api/atlas/homes?${rule}&size=200${more}`);
    const { items } = await officer.read(`/api/atlas?${rule}`);
    const row = items.filter((r) => r.division && r.known > r.walk)
      .sort((a, b) => (a.known - a.walk) - (b.known - b.walk))[0];
    const all = [];
    let page = await list(`&division=${row.division}`);
    for (all.push(...page.items); page.next; all.push(...page.items))
      page = await list(`&division=${row.division}&after=${page.next}`);
    check(Math.abs(all.length - (row.known - row.walk)) <= 3, `${all.length}: as many as the map says`);
    same(new Set(all.map((h) => h.elder)).size, all.length, 'nobody twice');
    check(all.every((h) => h.name.includes('*') && (!h.minutes || h.minutes > 10) &&
      h.scope === row.scope), 'masked, too far, of that community');
    const between = await list(`&division=${row.division}&left=between`);
    check(between.items.length <= all.length, 'within the radius: fewer');
    status(await officer.get(`/api/atlas/homes?${rule}&after=x`), 422);
    const manager = await staff(house, 'manager');
    status(await manager.get(`/api/atlas/homes?${rule}`), 403);
  });

  await test('as it was on a day: by the notes of the measuring, nothing before them', async () => {
    const past = (day, more = '') => officer.read(`/api/atlas/past?kind=station&day=${day}${more}`);
    const now = await officer.read(asked());
    const today = now.as_of.slice(0, 10), long_ago = '2000-01-01';
    const then = await past(today), streets = await past(today, '&level=street');
    check(now.ruled && then.noted_on <= today && then.items.length > 3, 'noted');
    check(then.total.known > 0 && then.total.walk <= then.total.known, 'counted');
    same(add(then.items, 'walk'), then.total.walk, 'rows add up');
    same(streets.total, then.total, 'by street the same people');
    check(streets.items.length < then.items.length, 'in fewer rows');
    const none = await past(long_ago);
    same([none.items, none.total.known, none.noted_on], [[], 0, undefined], 'nothing then');
    status(await officer.get('/api/atlas/past?kind=station&day=2100-01-01'), 422);
    status(await officer.get('/api/atlas/past?kind=station'), 422);
    const carer = await staff(house, 'carer');
    status(await carer.get(`/api/atlas/past?kind=station&day=${today}`), 403);
  });

  await test('a station that closes is missing at once', async () => {
    const before = await officer.read(asked());
    const places = await officer.read('/api/place?kind=station&state=published&size=50');
    const place = places.items.find((one) => !one.closed_on);
    await mustAct(officer, 'place', place.id, 'close', { closed_reason: '装修' });
    const total = async () => (await officer.read(asked())).total;
    const closed = await until('one fewer', async () => {      // PostgreSQL: once older writes are over
      const now = await total();
      return now.places === before.total.places - 1 && now;
    });
    check(closed.walk <= before.total.walk, 'nobody gains');
    await mustAct(officer, 'place', place.id, 'open_again');
    await until('as before', async () => (await total()).places === before.total.places);
    same(await total(), before.total, 'as before');
  });

  await test('the list behind is the register’s own, by right', async () => {
    const worker = await staff(house, 'street');
    const mine = await worker.read(asked()), all = await officer.read(asked());
    check(mine.total.elders > 0 && mine.total.elders < all.total.elders, 'a part');
    const codes = new Set(all.items.map((row) => row.scope));
    check(mine.items.every((row) => codes.has(row.scope)), 'of the same');
    const row = mine.items.find((one) => one.list);
    const listed = await worker.read(`${row.list}&size=5`);
    check(listed.items.every((one) => one.far_kinds.includes('station')), 'outside');
    check(listed.items.every((one) => !('home_lat' in one)), 'without the point');
    const short = await worker.read('/api/atlas?kind=station&minutes=7');
    check(!short.items.some((one) => one.list), 'no list for a rule that is not noted');
    const own = new Set(mine.items.map((row) => row.scope));
    const other = all.items.find((one) => one.division && !own.has(one.scope));
    status(await worker.get(asked(`&division=${other.division}`)), 404);
    status(await (await citizen(house, newPhone())).get(asked()), 403);
    status(await new Client(house).get(asked()), 401);
    status(await officer.get('/api/atlas?kind=castle'), 422);
    status(await officer.get('/api/atlas?kind=station&minutes=61'), 422);
  });
}

const rule = { kind: 'station', profile: 'elder', minutes: 15, metres: 1500, measure: 'e2sfca' };

/** Places that open, close, move or grow on paper: tried, kept, seen by right, compared. */
export async function scenarios(house) {
  const officer = await staff(house, 'district');
  const ask = (changes, more = {}) => officer.post('/api/scenario/try', { ...rule, changes, ...more });
  const tried = async (changes, more) => {
    const answer = await ask(changes, more);
    status(answer, 200);
    return answer.body;
  };
  const listed = await officer.read('/api/place?kind=station&state=published&size=50');
  const place = listed.items.find((one) => !one.closed_on);

  await test('nothing changed is nothing gained, and agrees with the map', async () => {
    const got = await tried([]), map = await officer.read(asked());
    same([got.total.walk, got.total.then], [map.total.walk, map.total.walk], 'as it is');
    same(got.supply, got.then_supply, 'as many beds');
    check(got.items.every((row) => row.walk === row.then && row.access === row.then_access), 'rows');
    check(got.definition.length > 20 && got.measure === 'e2sfca', 'by what');
  });

  await test('to close takes away, to open gives; all stays as it was', async () => {
    const before = (await officer.read(asked())).total;
    const closed = await tried([{ act: 'close', place: place.id }]);
    check(closed.total.then <= closed.total.walk, 'fewer');
    check(closed.items.every((row) => row.then <= row.walk), 'nowhere more');
    const moved = await tried([{ act: 'move', place: place.id, lat: place.lat, lon: place.lon }]);
    same(moved.total.then, moved.total.walk, 'to where it stands');
    const worst = (await officer.read(asked())).items.find((row) => row.known && row.lat);
    const opened = await tried([{ act: 'open', lat: worst.lat, lon: worst.lon, supply: 30 }]);
    check(opened.total.then >= opened.total.walk, 'more');
    same(opened.then_supply, opened.supply + 30, 'thirty more');
    check(opened.total.then_access >= opened.total.access, 'and more of them for each');
    same((await officer.read(asked())).total, before, 'the map says what it said');
  });

  await test('what is not whole is refused by field', async () => {
    for (const bad of [[{ act: 'open' }], [{ act: 'close' }], [{ act: 'burn', place: place.id }], {}])
      status(await ask(bad), 422);
    const answer = await ask([{ act: 'close', place: '4711' }]);
    status(answer, 422);
    check(answer.body.detail.includes('4711'), 'names the place');
  });

  await test('a scenario is kept, shown to its division, compared, and seen by nobody else', async () => {
    const street = await staff(house, 'street'), worker = await staff(house, 'worker');
    const division = (await street.read('/api/atlas?kind=station&level=street')).items[0].division;
    const made = await street.post('/api/scenario', { ...rule, name: '西片推演', division,
      changes: [{ act: 'close', place: place.id }] });
    status(made, 201);
    const id = made.body.id;
    const effect = await officer.read(`/api/scenario/${id}/effect`);
    const direct = await tried([{ act: 'close', place: place.id }], { division });
    same(effect.total, direct.total, 'the same as tried at once');
    same((await officer.read(`/api/scenario/${id}`)).name, '西片推演', 'the district reads it');
    status(await worker.get(`/api/scenario/${id}`), 404);
    status(await worker.get(`/api/scenario/${id}/effect`), 404);
    const changed = await street.patch(`/api/scenario/${id}`, { changes: [] }, made.body.version);
    status(changed, 200);
    const nothing = (await street.read(`/api/scenario/${id}/effect`)).total;
    same(nothing.walk, nothing.then, 'nothing is left of it');
    status(await (await citizen(house, newPhone())).get(`/api/scenario/${id}/effect`), 403);
    status(await new Client(house).post('/api/scenario/try', { ...rule, changes: [] }), 401);
  });
}

/** The map as a workbook and on A3, made by the worker as who asked. */
export async function atlasFiles(house) {
  const officer = await staff(house, 'district');
  const made = async (format) => {
    const answer = await officer.post('/api/atlas/export', { kind: 'station', format, reason: '规划研究' });
    status(answer, 201);
    const look = async () => officer.read(`/api/export/${answer.body.id}`);
    await until(`the ${format}`, async () => (await look()).state !== 'waiting', 60000);
    const batch = await look();
    same(batch.state, 'done', batch.fault_text);
    return { batch, bytes: Buffer.from(await (await fetch(house.base + batch.href,
      { headers: { cookie: officer.cookie } })).arrayBuffer()) };
  };

  await test('the planning map leaves as a workbook and as an A3 paper, with a reason', async () => {
    const rows = (await officer.read(asked())).items.length;
    const book = await made('xlsx'), paper = await made('pdf');
    same([book.batch.rows_n, paper.batch.rows_n], [rows, rows], 'a row a community');
    same(book.bytes.subarray(0, 2).toString(), 'PK', 'a workbook');
    same(paper.bytes.subarray(0, 4).toString(), '%PDF', 'a paper');
    const sides = /MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]/.exec(paper.bytes.toString('latin1'));
    same(sides?.slice(1).map((n) => Math.round(n)), [842, 1191], 'A3');
    status(await officer.post('/api/atlas/export', { kind: 'station', format: 'pdf' }), 422);
    const worker = await staff(house, 'worker');
    status(await worker.post('/api/atlas/export', { kind: 'station', format: 'pdf', reason: '看看' }), 403);
  });
}

/** The tile of a zoom that holds a point. */
function tileAt(zoom, { lat, lon }) {
  const n = 2 ** zoom, y = Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI;
  return `${zoom}/${Math.floor(((lon + 180) / 360) * n)}/${Math.floor(((1 - y) / 2) * n)}`;
}

/** Coverage and the base map as vector tiles, read strictly. */
export async function tiles(house) {
  const officer = await staff(house, 'district');
  const bytes = async (who, path, headers = {}) => {
    const r = await fetch(house.base + path, { headers: { cookie: who.cookie, ...headers } });
    return { status: r.status, etag: r.headers.get('etag'),
      body: new Uint8Array(await r.arrayBuffer()) };
  };
  const row = (await officer.read(asked())).items.find((one) => one.known && one.lat);
  const path = `/api/atlas/tiles/${tileAt(14, row)}${asked().slice('/api/atlas'.length)}`;

  await test('a tile of coverage has the figures of the list, strictly as the standard says', async () => {
    const got = await bytes(officer, path);
    same(got.status, 200);
    const found = tileRead(got.body).coverage.features.find((f) => f.properties.name === row.name);
    same([found.properties.known, found.properties.walk, found.properties.permille],
      [row.known, row.walk, row.permille], 'the same');
    check(found.kind === 3 && found.rings.length > 0, 'with its boundary');
    same((await bytes(officer, path, { 'if-none-match': got.etag })).status, 304, 'still holds');
    const streets = await bytes(officer, `${path}&level=street`);
    check(tileRead(streets.body).coverage.features.length > 0, 'streets too');
    const far = `/api/atlas/tiles/14/0/0?kind=station`;
    same((await bytes(officer, far)).body.length, 0, 'nothing is an empty tile');
    status(await officer.get('/api/atlas/tiles/3/9/0?kind=station'), 404);
    status(await (await citizen(house, newPhone())).get(path), 403);
  });

  await test('the base map is as strict, and says whether it still holds', async () => {
    const base = `/api/tiles/${tileAt(14, row)}`;
    const got = await bytes(officer, base);
    const layers = tileRead(got.body);
    check(layers.streets.features.every((f) => f.kind === 2) && layers.places, 'streets and places');
    check(got.etag, 'its version');
    same((await bytes(officer, base, { 'if-none-match': got.etag })).status, 304, 'still holds');
  });
}
