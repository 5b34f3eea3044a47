// meals.mjs - eating: what is near and cooked, the menu of the week, ordering before the cut-off.

import { check, same, status, test } from '../harness.mjs';
import { citizen, mustAct, newPhone, staff } from '../client.mjs';
import { orderFor, timesOf } from '../scene.mjs';
import { plus } from '../clock.mjs';

const mondayOf = (day) => plus(day, -((new Date(day).getUTCDay() + 6) % 7));

/** A meal point that is open, with its register row. */
async function pointOf(client) {
  const points = (await client.read('/api/meal_point?size=200')).items;
  const asked = points.slice(0, 40).map((p) => p.place).join(',');
  const { items } = await client.read(`/api/meal/tables?places=${asked}&sitting=lunch`);
  const open = items.find((i) => !i.closed && i.dishes.length && i.offers.some((o) => o.way === 'eat_in'));
  check(open, 'a meal point that is open');
  return { table: open, row: points.find((p) => p.place === open.place), points };
}

export async function meals(house, day) {
  const district = await staff(house, 'district');
  const { table, row } = await pointOf(district);

  await test('what a place has to eat stands there for everybody, with price and reason', async () => {
    const anyone = await citizen(house, newPhone());
    const t = await anyone.read(`/api/meal/tables?places=${table.place}&sitting=lunch&day=${day}`);
    const [one] = t.items;
    same([t.sitting, t.sitting_name, t.day], ['lunch', '午餐', day], 'which meal');
    check(/^\d\d:\d\d 前可订当天午餐$/.test(one.cut_off_text), one.cut_off_text);
    check(one.offers.every((o) => o.own_pay <= o.price && /可减 ¥5/.test(o.why)), 'why');
    check(one.register.operated_by_name, 'who runs it');
    const menu = await anyone.read(`/api/meal/menu?place=${table.place}&from=${day}&days=2`);
    same(menu.days.length, 2, 'days');
    const lunch = menu.days[0].sittings.find((s) => s.sitting === 'lunch');
    same(lunch.dishes.map((d) => d.name), one.dishes.map((d) => d.name), 'the same menu');
    status(await anyone.get('/api/meal/tables?places=x'), 422);
    status(await anyone.get('/api/meal/menu?place=1'), 404);
  });

  await test('a meal is ordered, had otherwise, and cancelled freely before the cut-off', async () => {
    const who = await citizen(house, newPhone());
    const offer = table.offers.find((o) => o.way === 'eat_in');
    const slot = (await timesOf(who, offer, { days: 7 })).at(-1);
    const price = await who.write('/api/order/price', { offer: offer.id, slot: slot.id,
      diets: ['halal', 'diabetic', 'vegetarian', 'soft', 'low_fat', 'low_salt'] });
    check(/截止前可随时修改、取消/.test(price.cancel_rule_text), price.cancel_rule_text);
    check(Array.isArray(price.warnings) && price.cut_off_text, 'what is to be known');
    const placed = await who.write('/api/order', orderFor(offer, slot, { diets: ['soft'] }));
    same([placed.order.sitting === 'lunch' || placed.order.sitting === 'supper',
      placed.order.way, placed.order.state], [true, 'eat_in', 'accepted'], 'as a meal');
    const changed = await mustAct(who, 'care_order', placed.order.id, 'meal',
      { way: 'take_away', diets: ['low_salt'] });
    same(changed.way, 'take_away', 'had otherwise');
    const page = await who.read(`/api/my/orders/${placed.order.id}`);
    same([page.cancel_fee_now, page.order.diets], [0, ['low_salt']], 'free, and her own diet');
    check(page.timeline.some((e) => e.text === '改了用餐方式或饮食'), 'in the time line');
    await mustAct(who, 'care_order', placed.order.id, 'cancel', { reason: '去女儿家' });
    const wrong = await who.post('/api/order', orderFor(offer, slot, { way: 'delivered' }));
    same([wrong.status, wrong.body.fields[0].field], [422, 'way'], 'not brought');
  });

  await test('a menu is copied by its own people only, and what is written stays', async () => {
    const place = await district.read(`/api/place/${table.place}`);
    const street = await staff(house, 'street'), provider = await staff(house, 'provider');
    const monday = mondayOf(day), ask = { place: place.id, from: monday, to: plus(monday, 28) };
    const said = await district.write('/api/meal/menu/copy', ask);
    check(said.copied > 0 && said.kept === 0, JSON.stringify(said));
    const again = await district.write('/api/meal/menu/copy', ask);
    check(again.copied === 0 && again.kept > 0, JSON.stringify(again));
    status(await district.post('/api/meal/menu/copy', { ...ask, to: plus(monday, 29) }), 422);
    status(await provider.post('/api/meal/menu/copy', ask), 403, 404);
    status(await (await citizen(house, newPhone())).post('/api/meal/menu/copy', ask), 403);
    check(street, 'the street reads it');
  });

  await test('which of the points is open now is asked for many at once', async () => {
    const places = (await district.read('/api/meal_point?size=200')).items.map((p) => p.place);
    const { items } = await district.read(`/api/places/opening?places=${places.join(',')}`);
    same(items.map((o) => o.place), places, 'each of them, in that order');
    for (const o of items.slice(0, 6)) {
      const page = await district.read(`/api/place/${o.place}/page`);
      same([o.open, o.open_text], [page.open, page.open_text], 'as its page says');
    }
    const shut = house.sql(`SELECT p.id FROM place p WHERE p.closed_on IS NOT NULL
      AND p.id IN (${places.join(',')}) AND p.state = 'published'`).flat();
    check(shut.length && shut.every((id) => items.find((o) => o.place === id).open === 'closed_today'), 'shut is said');
    status(await district.get('/api/places/opening?places=1,zwei'), 422);
    const many = await district.get(`/api/places/opening?places=${Array(201).fill(places[0]).join(',')}`);
    status(many, 422);
    check(/最多问 200 处/.test(many.text), `how many at once is said: ${many.text}`);
    status(await (await citizen(house, newPhone())).get('/api/places/opening?places=1'), 403);
  });

  await test('a grade needs its source, and two people', async () => {
    const street = await staff(house, 'street');
    const seen = (await street.read('/api/meal_point?size=50')).items;
    const one = seen.find((p) => p.id === row.id) ?? seen[0];
    const full = await street.read(`/api/meal_point/${one.id}`);
    const bare = await street.patch(`/api/meal_point/${one.id}`,
      { hygiene: 'a', hygiene_on: null, hygiene_source: '' }, full.version);
    status(bare, 422);
    const good = status(await street.patch(`/api/meal_point/${one.id}`,
      { hygiene: 'a', hygiene_on: plus(day, -3), hygiene_source: '现场标识牌' }, full.version), 200);
    same(good.hygiene, 'a', 'graded by the street');
    const provider = await staff(house, 'provider');
    status(await provider.get(`/api/meal_point/${one.id}`), 404);
  });
}
