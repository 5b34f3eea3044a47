// packages.mjs - a package is made, published, signed up for; its orders say who pays; it ends.

import { check, same, status, test } from '../harness.mjs';
import { Client, act, citizen, daughterOf, mustAct, newPhone, staff } from '../client.mjs';
import { offersOf, timesOf } from '../scene.mjs';
import { plus } from '../clock.mjs';

/** An elder who has signed with the station and has no package. */
async function freeElder(manager) {
  const busy = new Set();
  for (const list of ['package_plan?size=200', 'pause?size=200'])
    for (const r of (await manager.read(`/api/${list}`)).items) busy.add(r.elder);
  for (const a of (await manager.read('/api/agreement?state=active&size=200')).items)
    if (!busy.has(a.elder)) return a.elder;
  throw new Error('nobody is free');
}

export async function packages(house) {
  const manager = await staff(house, 'manager');
  const { today: day } = await manager.read('/api/gathering/week');    // others have moved the clock
  const director = await staff(house, 'director');
  const provider = await staff(house, 'provider');
  const offers = await offersOf(manager, manager.me.org);
  const name = `试行包${newPhone().slice(-4)}`;
  const elder = await freeElder(manager);
  let pack, item, plan;

  await test('anybody reads what packages there are, for whom, and what one pays', async () => {
    const { packages: all } = await new Client(house).read('/api/package');
    const bought = all.filter((p) => p.payer === 'government');
    check(bought.length >= 3, 'the district has some');
    check(bought.every((p) => !p.checked && /待核/.test(p.source)), 'not compared with a document');
    check(all.every((p) => p.items.length && p.for_whom && p.months > 0), 'whole');
  });

  await test('a station makes its own, with its own money, and somebody else publishes it', async () => {
    const asked = { name, kinds: ['care'], payer: 'station', months: 3, valid_from: day,
      source: '本站试行' };
    const bad = await manager.post('/api/service_package', { ...asked, payer: 'government' });
    status(bad, 422);
    same(bad.body.fields[0].field, 'payer', 'the field');
    pack = await manager.write('/api/service_package', asked);
    same(pack.org, manager.me.org, 'hers');
    status(await act(manager, 'service_package', pack.id, 'submit'), 409);
    item = await manager.write('/api/package_item', { service_package: pack.id,
      item: offers.companion.item, times: 1, period: 'week', own_price: 500 });
    status(await provider.get(`/api/service_package/${pack.id}`), 404);
    await mustAct(manager, 'service_package', pack.id, 'submit');
    status(await act(manager, 'service_package', pack.id, 'publish'), 403);
    const bought = (await manager.read('/api/package')).packages.find((p) => p.payer === 'government');
    status(await act(manager, 'service_package', bought.id, 'edition'), 403);
    await mustAct(director, 'service_package', pack.id, 'publish');
    status(await manager.post('/api/package_item', { service_package: pack.id,
      item: offers.clean.item, times: 1, period: 'month' }), 422);
  });

  await test('signing up names what is wrong, and makes the orders of the week', async () => {
    const ways = await manager.read(`/api/package/${pack.id}/ways?elder=${elder}`);
    const free = ways.servers[0].offers[0].days.find((d) => d.weekday === 'thu').starts;
    const asked = { service_package: pack.id, elder, from_day: plus(day, 1), pay_way: 'monthly',
      consent_way: 'phone', lines: [] };
    const bad = await manager.post('/api/package_plan/begin', asked);
    status(bad, 422);
    same(bad.body.fields[0].field, 'lines', 'which days');
    asked.lines = [{ package_item: item.id, weekdays: ['thu'], start_min: free.at(-1) }];
    plan = await manager.write('/api/package_plan/begin', asked);
    same(plan.plan.state, 'active', 'what its own people write down stands');
    same((await manager.post('/api/package_plan/begin', asked)).status, 422, 'once at a time');
    const rules = await manager.read(`/api/standing_order?elder=${elder}&state=active&size=50`);
    check(rules.items.some((r) => r.plan === plan.plan.id), 'a standing order of the package');
  });

  await test('the price names the package; the station pays, and no bill of the government', async () => {
    const rules = await manager.read(`/api/standing_order?elder=${elder}&state=active&size=50`);
    const rule = rules.items.find((r) => r.plan === plan.plan.id);
    const { items } = await manager.read(`/api/care_order?standing=${rule.id}&size=10`);
    const order = items[0];
    check(order, 'ordered a week ahead');
    same([order.own_pay, order.quota, order.own_pay + order.station_pay],
      [500, 0, order.price], 'who pays');
    const price = await manager.write('/api/order/price',
      { offer: offers.companion.id, elder, slot: (await timesOf(manager, offers.companion,
        { from: plus(day, 8), days: 6 }))[0].id });
    const part = price.parts.find((p) => p.payer === 'station');
    check(!part || part.reason.includes(name), 'by name');
  });

  await test('what is left is told; beyond it she pays herself', async () => {
    const mine = (await manager.read(`/api/my/packages?elder=${elder}`)).plans
      .find((p) => p.plan.id === plan.plan.id);
    same(mine.lines[0].by_itself, true, 'comes by itself');
    check(/周四/.test(mine.lines[0].when), mine.lines[0].when);
    check(mine.lines[0].left >= 0 && /^本周还剩/.test(mine.lines[0].left_words), 'how many are left');
    same(mine.lines[0].own_price, 500, 'and what she pays of one');
  });

  await test('others see nothing of it', async () => {
    status(await provider.get(`/api/package_plan/${plan.plan.id}`), 404);
    const stranger = await citizen(house, newPhone());
    status(await stranger.get(`/api/package/${pack.id}/ways?elder=${elder}`), 404);
    same((await stranger.read(`/api/my/packages?elder=${elder}`)).plans.length, 0, 'none');
    const carer = await staff(house, 'carer');
    status(await carer.post('/api/package_plan/begin', { service_package: pack.id, elder,
      from_day: plus(day, 1) }), 403);
  });

  await test('the daughter asks, the station hears her mother; ended with notice', async () => {
    const daughter = await daughterOf(house);
    const mother = (await daughter.read('/api/my')).elders[0].id;
    const { packages: all } = await daughter.read(`/api/package?elder=${mother}`);
    check(all.every((p) => typeof p.suits === 'boolean'), 'says which are for her');
    const ours = all.find((p) => p.id === pack.id);
    if (!ours) return;                     // her mother lives in another street
    const asked = await daughter.write('/api/package_plan/begin', { service_package: pack.id,
      elder: mother, from_day: plus(day, 2),
      lines: [{ package_item: item.id, weekdays: ['fri'], start_min: 540 }] });
    same(asked.plan.state, 'asked', 'the station has to agree');
    const agreed = await mustAct(manager, 'package_plan', asked.plan.id, 'accept',
      { consent_way: 'phone' });
    same(agreed.consent_way, 'phone', 'how she agreed');
    const soon = await act(daughter, 'package_plan', asked.plan.id, 'end',
      { last_day: day, reason: '不要了' });
    status(soon, 422);
    const ended = await mustAct(daughter, 'package_plan', asked.plan.id, 'end',
      { last_day: plus(day, 4), reason: '去儿子家住' });
    same(ended.until_day, plus(day, 4), 'its last day');
  });

  await test('ended by the station it is over, and so are its rules', async () => {
    await mustAct(manager, 'package_plan', plan.plan.id, 'end',
      { last_day: plus(day, -1), reason: '住院' });
    const rules = await manager.read(`/api/standing_order?elder=${elder}&state=active&size=50`);
    check(!rules.items.some((r) => r.plan === plan.plan.id), 'no rule goes on');
  });
}

/** One item of a package waits for another: signed up for, planned, and never the wrong way round. */
export async function oneAfterAnother(house) {
  const manager = await staff(house, 'manager'), director = await staff(house, 'director');
  const { today } = await manager.read('/api/gathering/week');
  const { bath, companion } = await offersOf(manager, manager.me.org);
  const elder = await freeElder(manager);
  const items = {};
  let plan, day, two;

  await test('a package says what comes after what; a gap without an item is refused', async () => {
    const pack = await manager.write('/api/service_package', { name: `先后包${newPhone().slice(-4)}`,
      kinds: ['care'], payer: 'station', months: 3, valid_from: today, source: '本站试行' });
    const one = { service_package: pack.id, times: 1, period: 'week', own_price: 500 };
    const bad = await manager.post('/api/package_item', { ...one, item: companion.item, gap_most_min: 30 });
    status(bad, 422);
    same(bad.body.fields[0].field, 'after_item', 'after which?');
    const turned = await manager.post('/api/package_item', { ...one, item: companion.item,
      after_item: bath.item, gap_least_min: 40, gap_most_min: 30 });
    same([turned.status, turned.body.fields[0].field], [422, 'gap_most_min'], 'at most less than at least');
    items.bath = await manager.write('/api/package_item', { ...one, item: bath.item });
    items.companion = await manager.write('/api/package_item', { ...one, item: companion.item,
      after_item: bath.item, gap_most_min: 60 });
    await mustAct(manager, 'service_package', pack.id, 'submit');
    await mustAct(director, 'service_package', pack.id, 'publish');
    const ways = await manager.read(`/api/package/${pack.id}/ways?elder=${elder}`);
    check(/做完后 60 分钟内/.test(ways.items[1].after), 'in words');
    const asked = (bathAt, companionAt) => ({ service_package: pack.id, elder, from_day: plus(today, 1),
      pay_way: 'monthly', consent_way: 'phone', lines: [
        { package_item: items.bath.id, weekdays: ['tue'], start_min: bathAt },
        { package_item: items.companion.id, weekdays: ['tue'], start_min: companionAt }] });
    for (const [bathAt, companionAt] of [[540, 900], [660, 600]]) {
      const far = await manager.post('/api/package_plan/begin', asked(bathAt, companionAt));
      same([far.status, far.body.fields[0].field], [422, 'lines'], 'no such times');
      check(far.body.fields[0].message.includes('做完后 60 分钟内'), far.body.fields[0].message);
    }
    plan = (await manager.write('/api/package_plan/begin', asked(780, 840))).plan;
    same(plan.state, 'active', 'an hour of bath, then company');
  });

  const board = () => manager.read(`/api/dispatch/day?day=${day}`);
  const rowOf = (d, item) => d.visits.find((v) => two.some((o) => o.id === v.order && o.item === item));
  await test('the board says it, and sends nobody before the first has somebody', async () => {
    for (const name of ['程先', '程后'])
      await manager.write('/api/carer', { org: manager.me.org, name, gender: 'female',
        skills: ['bath', 'companion'], travel: 'ebike' });
    const rules = (await manager.read(`/api/standing_order?elder=${elder}&state=active&size=50`)).items
      .filter((r) => r.plan === plan.id);
    same(rules.find((r) => r.item === companion.item).after_item, bath.item, 'the rule carries it');
    two = [];
    for (const r of rules) two.push((await manager.read(`/api/care_order?standing=${r.id}&size=10`)).items[0]);
    day = two[0].day;
    const d = await board(), bathRow = rowOf(d, bath.item), row = rowOf(d, companion.item);
    check(row.after.includes('做完后 60 分钟内') && row.after_key === bathRow.key, 'what it waits for');
    if (!bathRow.carer) {
      const why = d.unassigned.find((u) => u.order === row.order);
      same(why.why, 'with', why.why_text);
      const who = d.carers.find((c) => c.name === '程后').id;
      const x = await manager.write('/api/dispatch/try', { day, order: row.order, carer: who });
      check(!x.fits && x.reasons.join().includes('还没有人去'), x.reasons.join());
    }
  });

  await test('a plan keeps the gap; a drop that breaks it is refused in words', async () => {
    const d = await board();
    const of = (v, name, start_min) => ({ order: v.order, order_version: v.order_version,
      visit_version: v.visit_version, carer: d.carers.find((c) => c.name === name).id, start_min });
    const bathRow = rowOf(d, bath.item), row = rowOf(d, companion.item);
    const after = await manager.write('/api/dispatch/apply', { day,
      changes: [of(bathRow, '程先', 780), of(row, '程后', 840)] });
    same([rowOf(after, bath.item).fault, rowOf(after, companion.item).fault], ['', ''], 'as agreed');
    const early = await manager.write('/api/dispatch/try', { day, order: row.order,
      carer: d.carers.find((c) => c.name === '程后').id, start_min: 830 });
    check(!early.fits && early.reasons.join().includes('间隔对不上'), early.reasons.join());
    const late = await manager.write('/api/dispatch/try', { day, order: bathRow.order,
      carer: d.carers.find((c) => c.name === '程先').id, start_min: 800 });
    check(!late.fits && late.reasons.join().includes('间隔对不上'), 'the bath may not run into it either');
    const ill = await manager.write('/api/dispatch/replan', { day, why: 'ill', carer: of(bathRow, '程先', 0).carer });
    const at = (v) => ill.changes.find((c) => c.order === v.order) ??
      { start_min: v === bathRow ? 780 : 840, carer: 'x' };
    const [a, b] = [at(bathRow), at(row)];
    check(!b.carer || (a.carer && b.start_min >= a.start_min + 60 && b.start_min <= a.start_min + 120),
      'kept, or neither goes');
    await mustAct(manager, 'package_plan', plan.id, 'end', { last_day: plus(today, -1), reason: '搬走了' });
  });
}
