// circle.mjs - my fifteen minutes: what is inside, what is missing, at each pace; the area as GeoJSON.

import { check, same, status, test } from '../harness.mjs';
import { Client, citizen, newPhone, staff } from '../client.mjs';

const PACES = ['standard', 'elder', 'frail', 'wheelchair'];

const cross = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Twice the area: above nought when the ring runs against the clock. */
const turn = (ring) => ring.slice(1).reduce((sum, p, i) => sum + ring[i][0] * p[1] - p[0] * ring[i][1], 0);

/** Do two sides of a ring cross in their middles? */
function crosses(ring) {
  const sides = ring.slice(1).map((p, i) => [ring[i], p]);
  for (let i = 0; i < sides.length; i++)
    for (let k = i + 2; k < sides.length; k++) {
      if (i === 0 && k === sides.length - 1) continue;
      const [a, b] = sides[i], [c, d] = sides[k];
      if (cross(a, b, c) * cross(a, b, d) < 0 && cross(c, d, a) * cross(c, d, b) < 0) return true;
    }
  return false;
}

function holds(ring, [x, y]) {
  let inside = false;
  ring.slice(1).forEach((p, i) => {
    const q = ring[i];
    if (p[1] > y !== q[1] > y && x < ((q[0] - p[0]) * (y - p[1])) / (q[1] - p[1]) + p[0]) inside = !inside;
  });
  return inside;
}

const isPosition = (p) => p.length === 2 && Math.abs(p[0]) <= 180 && Math.abs(p[1]) <= 90;

/** RFC 7946: closed rings of four positions and more, the outer against the clock, holes with it. */
function isArea(feature, home) {
  same([feature.type, feature.geometry.type], ['Feature', 'Polygon'], 'an area');
  feature.geometry.coordinates.forEach((ring, i) => {
    check(ring.length >= 4 && ring.every(isPosition), `ring ${i}: ${ring.length} positions`);
    same(ring[0], ring.at(-1), `ring ${i} is closed`);
    check(turn(ring) > 0 === (i === 0), `ring ${i} runs the right way round`);
    check(!crosses(ring), `ring ${i} crosses itself`);
  });
  const [outer, ...holes] = feature.geometry.coordinates;
  check(holds(outer, home), 'the home is inside');
  check(holes.every((h) => holds(outer, h[0])), 'holes are inside');
}

export async function circle(house) {
  const visitor = new Client(house);
  const home = (await visitor.read('/api/where?q=柳荫里')).items[0];
  const at = `compound=${home.id}`;

  await test('my fifteen minutes at each pace: counted as the list of what is near', async () => {
    const areas = [];
    for (const pace of PACES) {
      const got = await visitor.read(`/api/circle/around?${at}&profile=${pace}&limit=20`);
      const list = await visitor.read(`/api/near?${at}&profile=${pace}&minutes=15&limit=100`);
      same([got.profile, got.profile_name, got.minutes], [list.profile, list.profile_name, 15], pace);
      const open = list.items.filter((one) => one.open !== 'closed_today');
      check(!list.more, 'the list is whole');
      same(got.kinds.reduce((n, k) => n + k.count, 0), open.length, `${pace}: as many places`);
      for (const k of got.kinds) {
        const of = open.filter((one) => one.kind === k.kind).sort((a, b) => a.seconds - b.seconds);
        same([k.count, k.items[0].seconds], [of.length, of[0].seconds], `${pace}: ${k.kind}`);
        check(k.text.includes(`${k.count} `) && k.text.includes(k.kind_name), k.text);
        check(k.open_now <= k.count, 'no more open than there are');
      }
      const missing = got.missing.map((m) => m.kind);
      const there = got.kinds.filter((k) => k.promised).map((k) => k.kind);
      same([...missing, ...there].sort(), [...got.promise.kinds].sort(), 'each promised kind is there or missing');
      check(got.missing.every((m) => !m.nearest || m.nearest.seconds > 900), 'what is missing is farther');
      check(got.words.includes('步行 15 分钟内') && missing.every((m, i) => got.words.includes(got.missing[i].text)),
        got.words);
      areas.push(open.length);
    }
    check(areas[0] >= areas[1] && areas[1] >= areas[2], `who walks faster has more: ${areas}`);
  });

  await test('the circle is GeoJSON that others read, and names its pace', async () => {
    for (const pace of PACES) {
      const asked = await visitor.get(`/api/circle?${at}&profile=${pace}&streets=1`);
      status(asked, 200);
      const [area, streets] = asked.body.features;
      same(asked.body.type, 'FeatureCollection', 'a collection');
      same([area.properties.profile, streets.properties.profile], [pace, pace], 'the pace is named');
      check(area.properties.profile_name.length > 1 && area.properties.limit_s === 900, 'in words, with its time');
      isArea(area, [home.lon, home.lat]);
      same(streets.geometry.type, 'MultiLineString', 'streets');
      check(streets.geometry.coordinates.every((line) => line.length >= 2 && line.every(isPosition)), 'lines');
    }
  });

  await test('a home that is not named, unknown, or without a street', async () => {
    status(await visitor.get('/api/circle/around'), 422);
    status(await visitor.get('/api/circle/around?compound=1'), 404);
    status(await visitor.get(`/api/circle/around?${at}&profile=running`), 422);
    const sea = await visitor.read('/api/circle/around?lat=0.1&lon=0.1');
    same([sea.home.snapped, sea.kinds.length], [false, 0], 'nothing is near');
    same(sea.missing.length, sea.promise.kinds.length, 'so all is missing');
  });

  await test('staff count who lives inside, each of her own area; nobody else does', async () => {
    const district = await staff(house, 'district'), street = await staff(house, 'street');
    let before = 0;
    for (const minutes of [5, 15, 30]) {
      const got = await district.read(`/api/circle/people?${at}&minutes=${minutes}`);
      same([got.profile, got.minutes], ['elder', minutes], 'pace and time');
      check((got.people ?? 0) >= before, 'a longer walk holds no fewer');
      before = got.people ?? 0;
      const parts = got.parts.filter((one) => !one.few);
      check(parts.every((one) => one.people === 0 || one.people >= 10), 'few are not told');
      check(parts.reduce((n, one) => n + one.people, 0) <= before, 'parts of the whole');
      const own = await street.read(`/api/circle/people?${at}&minutes=${minutes}`);
      check((own.people ?? 0) <= before, 'a street has no more than its district');
    }
    check(before > 100, `${before} within half an hour`);
    status(await visitor.get(`/api/circle/people?${at}`), 401);
    status(await (await citizen(house, newPhone())).get(`/api/circle/people?${at}`), 403);
    status(await (await staff(house, 'manager')).get(`/api/circle/people?${at}`), 403);
  });
}
