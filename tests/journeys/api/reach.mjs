// reach.mjs - walking times for other programs: nearest of each kind, matrix, open coverage.

import { check, same, status, test } from '../harness.mjs';
import { Client, newPhone, citizen, staff } from '../client.mjs';

const PACES = ['standard', 'elder', 'frail', 'wheelchair', 'ebike', 'car'];

export async function reach(house) {
  const visitor = new Client(house);
  const home = (await visitor.read('/api/where?q=柳荫')).items[0];
  const at = `lat=${home.lat}&lon=${home.lon}`;

  await test('anybody asks for the nearest of each kind, at a pace that is named', async () => {
    for (const pace of PACES) {
      const got = await visitor.read(`/api/nearest?${at}&profile=${pace}&minutes=30&limit=2`);
      same([got.profile, got.minutes], [pace, 30], 'pace and time');
      const kinds = [...new Set(got.items.map((one) => one.kind))];
      check(kinds.length > 2, `${kinds.length} kinds`);
      for (const kind of kinds) {
        const of = got.items.filter((one) => one.kind === kind);
        same(of.map((one) => one.rank), of.map((_, i) => i + 1), 'ranks from one');
        check(of.length <= 2 && of.every((one, i) => !i || one.seconds >= of[i - 1].seconds), 'nearest first');
        check(!got.none.includes(kind), 'what is there is not missing');
      }
    }
  });

  await test('circle, list, way and matrix answer at all six paces, wheels reach farther', async () => {
    const meal = (await visitor.read(`/api/near?${at}&kind=meal_point&minutes=30`)).items[0];
    const there = {};
    for (const pace of PACES) {
      const how = `${at}&profile=${pace}&minutes=15`;
      const circle = await visitor.read(`/api/circle?${how}`);
      const near = await visitor.read(`/api/near?${how}&limit=100`);
      const way = await visitor.read(`/api/route?${at}&profile=${pace}&place=${meal.id}`);
      const ends = `from=${home.lat},${home.lon}&to=${meal.lat},${meal.lon}`;
      const times = await visitor.read(`/api/matrix?${ends}&profile=${pace}`);
      const named = [circle.features[0].properties.profile, near.profile, way.profile, times.profile];
      same(named, Array(4).fill(pace), 'named');
      const table = times.seconds[0][0];
      check(table > 0 && Math.abs(way.seconds - table) <= 1, `${pace}: the way is as long as the table says`);
      const word = pace === 'car' ? '开车' : pace === 'ebike' ? '骑车' : '步行';
      check(near.items.every((one) => one.minutes_text.startsWith(word)), word);
      there[pace] = near.total;
    }
    check(there.ebike >= there.elder && there.elder >= there.frail, JSON.stringify(there));
    status(await visitor.get(`/api/circle?${at}&profile=horse`), 422);
  });

  await test('it says the same as the list of what is near', async () => {
    const mine = await visitor.read(`/api/nearest?${at}&kind=meal_point&minutes=60&limit=5`);
    const list = await visitor.read(`/api/near?${at}&kind=meal_point&minutes=60&limit=100`);
    const times = new Map(list.items.map((one) => [one.id, one.seconds]));
    check(mine.items.length > 0, 'there is one');
    for (const one of mine.items)
      check(!times.has(one.place) || times.get(one.place) === one.seconds, `${one.name}: the same time`);
    check(mine.items.some((one) => times.has(one.place)), 'and they meet');
    same((await visitor.read(`/api/nearest?${at}&kind=meal_point&minutes=1`)).items.length === 0,
      (await visitor.read(`/api/nearest?${at}&kind=meal_point&minutes=1`)).none.includes('meal_point'),
      'not within the time is said');
  });

  await test('a matrix has a row for each start and null where nobody comes', async () => {
    const here = `${home.lat},${home.lon}`, near = `${home.lat + 0.002},${home.lon}`;
    const sea = '0,0';
    const got = await visitor.read(`/api/matrix?from=${here};${near}&to=${near};${here};${sea}&minutes=60`);
    same(got.seconds.length, 2, 'rows');
    same(got.seconds[0][2], null, 'no street, no time');
    check(got.seconds[0][0] > 0 && got.seconds[0][0] === got.seconds[1][1], 'on foot both ways alike');
    const quick = await visitor.read(`/api/matrix?from=${here}&to=${near}&profile=ebike`);
    check(quick.profile === 'ebike' && (quick.seconds[0][0] === null || quick.seconds[0][0] > 0), 'on wheels');
    status(await visitor.get(`/api/matrix?from=${here}&to=nowhere`), 422);
    status(await visitor.get(`/api/matrix?from=${Array(51).fill(here).join(';')}&to=${here}`), 422);
    status(await visitor.get('/api/matrix?from=1,1'), 422);
  });

  await test('open coverage tells shares by division and nobody’s home', async () => {
    const top = await visitor.read('/api/coverage');
    check(top.items.length > 0 && top.definition.length > 10, 'the topmost');
    let at = top.items[0];
    for (let i = 0; i < 3; i++) {
      const below = await visitor.read(`/api/coverage?division=${at.division}`);
      if (!below.items.length) break;
      for (const row of below.items) {
        same(row.few, row.homes === undefined, 'few are not told');
        if (row.few) continue;
        check(row.homes >= 10 && row.homes % 10 === 0, `${row.name}: in tens`);
        check(row.shares.every((s) => s.percent >= 0 && s.percent <= 100), row.name);
      }
      at = below.items.find((row) => !row.few) ?? below.items[0];
    }
    const officer = await staff(house, 'district');
    const meals = (await officer.read('/api/today')).figures.find((f) => f.key === 'coverage_meal_point');
    const sum = top.items.reduce((n, row) => n + (row.homes ?? 0), 0);
    check(sum + 5 * top.items.length >= meals.whole, 'as many homes as the district counts, or more');
    status(await visitor.get('/api/coverage?division=999999'), 404);
    const by = (rest) => visitor.read(`/api/coverage?division=${at.division}&kind=station${rest}`);
    const told = (got) => got.items.filter((row) => !row.few).map((row) => row.shares[0].percent);
    const slow = await by('&minutes=5&profile=frail');
    const quick = await by('&minutes=30&profile=standard');
    const own = await by('');
    same(slow.profile, 'frail', 'names its pace');
    same(quick.minutes, 30, 'and its minutes');
    check(own.profile === undefined, 'by each community’s own');
    check(own.items.every((row) => row.few || row.shares.length === 1), 'one kind');
    same(told(slow).length, told(quick).length, 'the same divisions');
    check(told(slow).every((percent, i) => percent <= told(quick)[i]), 'slower and shorter is never more');
    const steps = [];
    for (let minutes = 5; minutes <= 60; minutes += 5) steps.push((await by(`&minutes=${minutes}`)).items);
    for (const [i, row] of steps[0].entries()) {
      if (row.few) continue;
      const tens = steps.map((items) => (items[i].shares[0].percent * row.homes) / 1000);
      check(tens.every((n) => Math.abs(n - Math.round(n)) <= row.homes / 2000), `${row.name}: whole tens`);
      check(tens.every((n, k) => !k || n >= tens[k - 1]), 'more minutes are never less');
    }
    const station = 'kind=station&minutes=';
    for (const wrong of ['minutes=15', 'profile=car', 'kind=castle', `${station}7`, `${station}65`])
      status(await visitor.get(`/api/coverage?${wrong}`), 422);
    const someone = await citizen(house, newPhone());
    check(!('elders' in (await someone.read('/api/coverage'))), 'the same for a citizen');
  });
}
