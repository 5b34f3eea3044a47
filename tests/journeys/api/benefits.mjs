// benefits.mjs - what an elder has by how she resides, on which day, why not yet; and one who is found wrong.

import { check, same, status, test } from '../harness.mjs';
import { daughterOf, staff } from '../client.mjs';
import { plus } from '../clock.mjs';

const KINDS = ['registered', 'resident', 'floating'];

/** The published meal offers, dearest first. */
async function mealOf(client) {
  const meals = (await client.read('/api/catalogue')).categories.find((c) => c.key === 'meal').items;
  const offers = (await client.read('/api/offer?size=200&state=published')).items;
  const found = offers.filter((o) => meals.some((m) => m.id === o.item));
  return found.sort((a, b) => b.price - a.price)[0];
}

/** Residents of less than a year who would have the meal subsidy but for that. */
async function waiting(client) {
  const list = await client.read('/api/elder?residence=resident&flags=minimum_income&size=200');
  for (const { id } of list.items) {
    const { lines } = await client.read(`/api/elder/${id}/benefit`);
    const meal = lines.find((l) => l.kind === 'subsidy');
    if (meal.why === 'waits' && meal.from) return { id, meal };
  }
  throw new Error('nobody waits for the subsidy');
}

export async function benefits(house, today) {
  const street = await staff(house, 'street');
  const price = async (elder, offer, more = {}) =>
    street.write('/api/order/price', { offer: offer.id, elder, ...more });

  await test('rules say what registered, resident and floating people have', async () => {
    const { lines } = await street.read('/api/benefit');
    for (const l of lines) same(l.kinds.map((k) => k.residence), KINDS, l.name);
    const meal = lines.find((l) => l.kind === 'subsidy');
    same(meal.kinds.map((k) => k.has), ['有', '满 1 年', '无'], 'the meal subsidy');
    check(!meal.checked && /待核/.test(meal.source), 'nobody has compared it with a document');
    const before = await street.read('/api/benefit?day=2020-01-01');
    same(before.lines.find((l) => l.kind === 'subsidy').kinds.map((k) => k.has),
      ['有', '有', '有'], 'before the district asked for a year nobody waited');
  });

  await test('a resident of seven months waits, is told so with the price, and has it in time',
    async () => {
      const { id, meal } = await waiting(street);
      check(/^常住满 1 年后可享，自\d{4}年\d+月\d+日起$/.test(meal.reason), meal.reason);
      check(meal.from > today, 'hers from a day to come');
      const offer = await mealOf(street);
      const now = await price(id, offer);
      same(now.own_pay, now.price, 'she pays all of it');
      check(now.price_note.includes(`助餐补贴：${meal.reason}`), now.price_note);
      const then = await street.read(`/api/elder/${id}/benefit?day=${meal.from}`);
      same(then.lines.find((l) => l.kind === 'subsidy').why, 'hers', 'on that day it is hers');
      const eve = await street.read(`/api/elder/${id}/benefit?day=${plus(meal.from, -1)}`);
      same(eve.lines.find((l) => l.kind === 'subsidy').why, 'waits', 'not the day before');
    });

  await test('an earlier beginning, noted with its source, makes it hers at once', async () => {
    const { id } = await waiting(street);
    const offer = await mealOf(street);
    await street.write('/api/elder_fact', { elder: id, kind: 'residence', value: '常住',
      valid_from: plus(today, -800), source: '居住证签发日期' });
    const { lines } = await street.read(`/api/elder/${id}/benefit`);
    same(lines.find((l) => l.kind === 'subsidy').why, 'hers', 'since the permit was given');
    const now = await price(id, offer);
    check(now.own_pay < now.price, 'and the meal costs her less');
  });

  await test('who becomes floating on a day loses it on that day, and is told for whom it is',
    async () => {
      const list = await street.read('/api/elder?residence=registered&flags=minimum_income&size=5');
      const { id } = list.items[0];
      const then = plus(today, 40);
      await street.write('/api/elder_fact', { elder: id, kind: 'residence', value: '流动',
        valid_from: then, source: '户籍迁出通知' });
      const on = async (day) => (await street.read(`/api/elder/${id}/benefit?day=${day}`))
        .lines.find((l) => l.kind === 'subsidy');
      same((await on(today)).why, 'hers', 'today nothing has changed');
      const after = await on(then);
      same(after.why, 'residence', 'on that day it is not hers');
      same(after.reason, '只面向户籍、常住老年人，登记为流动', 'and why');
    });

  await test('a package that is not for how she resides is refused with the reason', async () => {
    const floating = (await street.read('/api/elder?residence=floating&size=50')).items;
    for (const { id } of floating) {
      const { packages } = await street.read(`/api/package?elder=${id}`);
      const p = packages.find((one) => one.why_not?.includes('登记为流动'));
      if (!p) continue;
      check(!p.suits, 'it does not suit');
      const answer = await street.post('/api/package_plan/begin', {
        service_package: p.id, elder: id, from_day: plus(today, 1), lines: [] });
      status(answer, 422);
      check(answer.body.fields.some((f) => f.message.includes('登记为流动')),
        JSON.stringify(answer.body.fields));
      return;
    }
    throw new Error('no package asks how one resides');
  });

  await test('her daughter reads the same; another organisation nothing', async () => {
    const daughter = await daughterOf(house);
    const mother = (await daughter.read('/api/my')).elders.find((e) => e.relation !== 'self');
    const { lines, residence } = await daughter.read(`/api/elder/${mother.id}/benefit`);
    check(lines.length > 3 && KINDS.includes(residence), 'rules and how she resides');
    const { id } = await waiting(street);
    status(await daughter.get(`/api/elder/${id}/benefit`), 404);
  });
}
