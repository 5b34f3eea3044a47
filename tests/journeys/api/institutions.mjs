// institutions.mjs - choosing an institution: by district, who runs it, price, beds, care.

import { check, same, status, test } from '../harness.mjs';

const names = (answer) => answer.items.map((i) => i.name).sort();

/** What the database says, asked in its own words; the demo city's institutions only. */
function told(house, where) {
  return house
    .sql(
      `SELECT name FROM place WHERE kind = 'institution' AND state = 'published' AND ${where} ORDER BY name`,
    )
    .map(([name]) => name)
    .sort();
}

const questions = [
  ['operation_mode=private', "founded = 'private'"],
  ['operation_mode=public', "founded = 'public' AND operated = 'public'"],
  ['operation_mode=public,private', "founded = 'private' OR (founded = 'public' AND operated = 'public')"],
  ['beds=1', 'beds_free > 0'],
  ['price_max=300000', 'price_low <= 300000 AND price_low > 0'],
  ['price_min=900000', 'price_high >= 900000'],
  ['medical=inside', "medical = 'inside'"],
  ['rating=4', 'rating_level >= 4'],
  ['rating_scheme=star', "rating_scheme = 'star'"],
  ['level=total', '(levels / 32) % 2 = 1'],
  ['accessible=ramp', 'accessible % 2 = 1'],
];

async function filters(house) {
  const visitor = house.visitor();
  const all = await visitor.read('/api/near?all=1&kind=institution&limit=100');
  same(names(all), told(house, '1 = 1'), 'without a filter');
  check(all.items.length > 4 && !all.home, 'a choice, and no home');
  for (const [query, where] of questions) {
    const got = await visitor.read(`/api/near?all=1&kind=institution&limit=100&${query}`);
    same(names(got), told(house, where), query);
    check(got.total > 0 && got.total < all.total, `${query} leaves ${got.total} of ${all.total}`);
  }
}

async function byArea(house) {
  const visitor = house.visitor();
  const all = await visitor.read('/api/near?all=1&kind=institution&limit=100');
  const sum = (list) => list.reduce((n, a) => n + a.total, 0);
  same(sum(all.areas), all.total, 'districts');
  const district = await visitor.read(`/api/near?kind=institution&within=${all.areas[0].id}`);
  same(district.within.name, all.areas[0].name, 'the district');
  same(sum(district.areas), district.total, 'streets');
  const street = await visitor.read(`/api/near?kind=institution&within=${district.areas[0].id}`);
  same(street.total, district.areas[0].total, 'of one street');
  same(street.within.up, all.areas[0].id, 'the way up again');
}

async function order(house) {
  const visitor = house.visitor();
  const home = house.sql("SELECT id FROM compound WHERE name = '杏花里'")[0][0];
  const asked = `/api/near?compound=${home}&kind=institution&all=1&limit=100`;
  const rising = (list, key) => list.every((one, i) => i === 0 || key(list[i - 1]) <= key(one));
  const price = await visitor.read(`${asked}&sort=price`);
  check(rising(price.items, (i) => i.price_from), 'price');
  const level = await visitor.read(`${asked}&sort=level`);
  check(rising(level.items, (i) => -(i.rating_level ?? 0)), 'level');
  const walk = await visitor.read(`${asked}&minutes=60`);
  check(rising(walk.items, (i) => i.seconds ?? 1e6 + i.straight_m), 'walking time');
  const near = await visitor.read(asked.replace('&all=1', '&minutes=60'));
  same(near.items.map((i) => [i.id, i.seconds]),
    walk.items.filter((i) => i.seconds !== undefined).map((i) => [i.id, i.seconds]),
    'the same times by both ways');
}

async function refusals(house) {
  const visitor = house.visitor();
  const none = await visitor.read('/api/near?all=1&kind=institution&operation_mode=public&rating=5');
  same(none.total, 0, 'nothing is both');
  same(none.loosen.map((l) => l.filter).sort(), ['operation_mode', 'rating'], 'what to loosen');
  for (const [query, field] of [
    ['operation_mode=royal', 'operation_mode'],
    ['level=worse', 'level'],
    ['rating=6', 'rating'],
    ['sort=luck', 'sort'],
    ['price_min=500000&price_max=100000', 'price_max'],
    ['price_max=cheap', 'price_max'],
  ]) {
    const problem = status(await visitor.get(`/api/near?all=1&${query}`), 422);
    same(problem.fields[0].field, field, query);
    check(problem.fields[0].message?.length > 2, `${query}: says the fix`);
  }
  status(await visitor.get('/api/near?within=12345'), 404);
  same(status(await visitor.get('/api/near?kind=institution'), 422).fields[0].field, 'lat', 'home');
}

export async function institutions(house) {
  await test('each filter of institutions leaves what the database says', () => filters(house));
  await test('institutions are counted by district and by street', () => byArea(house));
  await test('institutions come in the order asked for', () => order(house));
  await test('no institution: what to loosen; a wrong filter: which field', () => refusals(house));
}
