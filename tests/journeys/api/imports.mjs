// imports.mjs - real streets and a list of places that nobody here has seen: the main job works.

import fs from 'node:fs';
import path from 'node:path';
import { check, dice, same, skip, status, test } from '../harness.mjs';
import { citizen, newPhone } from '../client.mjs';
import { newHouse, root, scratchDir } from '../house.mjs';
import { moment, orderFor, timesOf } from '../scene.mjs';

const file = path.join(
  process.env.YIKE_SHARED_DATA ?? path.join(root, '../shared/data'),
  'roads/porto_portugal.osm.pbf',
);
const centre = { lat: 41.1496, lon: -8.611 };
const kinds = ['驿站', 'clinic', 'pharmacy', 'shop', 'meal_point', 'barber', 'bank', 'other'];

/** Five hundred places strewn over the middle of the city, each with a number as its name. */
function placesCsv() {
  const random = dice(500);
  const rows = ['id,name,kind,lat,lon,datum,address,phone,hours,capacity'];
  for (let i = 0; i < 500; i++)
    rows.push(
      [
        `p${i}`,
        `网点${i}`,
        kinds[i % kinds.length],
        (centre.lat + (random() - 0.5) * 0.03).toFixed(6),
        (centre.lon + (random() - 0.5) * 0.05).toFixed(6),
        'wgs84',
        `Rua ${i}`,
        `1008${String(i).padStart(7, '0')}`,
        'Mo-Su 08:00-20:00',
        20,
      ].join(','),
    );
  return rows.join('\n') + '\n';
}

function metresApart(a, b) {
  const k = Math.PI / 180,
    north = (a.lat - b.lat) * k * 6371000;
  return Math.hypot(north, (a.lon - b.lon) * k * 6371000 * Math.cos(a.lat * k));
}

function fill(house) {
  const dir = scratchDir('lists');
  fs.mkdirSync(dir);
  fs.writeFileSync(path.join(dir, 'places.csv'), placesCsv());
  fs.writeFileSync(
    path.join(dir, 'offers.csv'),
    'place_id,item,category,price,week,capacity,lead_min\n' +
      Array.from(
        { length: 20 },
        (_, i) => `p${i * 8},上门打扫,clean,60.00,Mo-Su 08:00-18:00/60,3,60\n`,
      ).join(''),
  );
  const said = [];
  for (const args of [
    ['roads', file],
    ['places', path.join(dir, 'places.csv'), '--city', 'Porto'],
    ['offers', path.join(dir, 'offers.csv')],
  ]) {
    const r = house.command('import', ...args);
    same(r.code, 0, r.text);
    said.push(r.text);
  }
  check(/500 rows read, 500 added/.test(said[1]), said[1]);
  const again = house.command('import', 'places', path.join(dir, 'places.csv'), '--city', 'Porto');
  check(/0 added, 0 changed/.test(again.text), `a second import changes nothing: ${again.text}`);
}

async function walkingTimes(visitor, near) {
  for (const one of near.items.slice(0, 8)) {
    const route = await visitor.read(
      `/api/route?lat=${centre.lat}&lon=${centre.lon}&place=${one.id}&profile=elder`,
    );
    check(
      Math.abs(route.seconds - one.seconds) <= 2,
      `route ${route.seconds} s, near ${one.seconds} s`,
    );
    const straight = metresApart(centre, one);
    check(
      one.metres >= straight * 0.9 - 60,
      `${one.metres} m on foot, ${straight.toFixed(0)} m straight`,
    );
    check(Math.abs(one.metres / 0.8 - one.seconds) <= one.seconds * 0.02 + 2, 'at 0.8 m/s');
  }
}

export async function imports(engine, day) {
  if (!fs.existsSync(file)) return skip('Porto with five hundred places', `there is no ${file}`);
  const house = await newHouse(engine, { empty: true });
  await test(
    'Porto’s streets and a list of five hundred places are taken in, twice the same',
    () => fill(house),
    300,
  );
  await test('near that home: true walking times; one order goes through', async () => {
    await house.start(moment(day, 540));
    const visitor = house.visitor();
    const near = await visitor.read(
      `/api/near?lat=${centre.lat}&lon=${centre.lon}&minutes=15&limit=50`,
    );
    check(near.total > 20 && near.home.snapped, `${near.total} places are near`);
    check(
      near.items.every((i) => i.seconds <= 900),
      'within a quarter of an hour',
    );
    await walkingTimes(visitor, near);
    const home = await visitor.read(
      `/api/near?lat=${centre.lat}&lon=${centre.lon}&minutes=30&door=home`,
    );
    const offer = home.items.flatMap((i) => i.offers)[0];
    check(offer, `an offer at home: ${JSON.stringify(home).slice(0, 300)}`);
    const who = await citizen(house, newPhone());
    const slot = (await timesOf(who, offer))[0];
    const made = await who.post('/api/order', orderFor(offer, slot));
    status(made, 201);
    same(made.body.order.price, 6000, 'sixty yuan');
    await house.stop();
    const r = house.command('check');
    same(r.code, 0, r.text);
  });
  await house.stop();
}
