// standing.mjs - what repeats every week is written down once; a pause stops it in one place.

import { check, same, status, test } from '../harness.mjs';
import { act, daughterOf, mustAct, staff } from '../client.mjs';
import { offersOf } from '../scene.mjs';
import { plus } from '../clock.mjs';

const every = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** An elder of the station without a rule and without a pause. */
async function freeElder(manager) {
  const busy = new Set();
  for (const list of ['standing_order?size=200', 'pause?size=200'])
    for (const r of (await manager.read(`/api/${list}`)).items) busy.add(r.elder);
  for (const a of (await manager.read('/api/agreement?state=active&size=200')).items)
    if (!busy.has(a.elder)) return a.elder;
  throw new Error('nobody who has signed is free');
}

export async function standing(house, day) {
  const manager = await staff(house, 'manager');
  const offers = await offersOf(manager, manager.me.org);
  const elder = await freeElder(manager);
  const daughter = await daughterOf(house);
  let line;

  await test('a weekly rule of the station makes the coming orders at once', async () => {
    const asked = { offer: offers.meal.id, elder, weekdays: every, start_min: 660,
      from_day: plus(day, 1), pay_way: 'monthly' };
    const bad = await manager.post('/api/standing_order/begin', { ...asked, start_min: 601 });
    status(bad, 422);
    same(bad.body.fields[0].field, 'start_min', 'names the field');
    line = await manager.write('/api/standing_order/begin', asked);
    same(line.words, '每天 11:00', 'in words');
    check(line.next.filter((d) => d.state === 'made').length >= 6, 'a week ahead is made');
    const orders = await manager.read(`/api/care_order?standing=${line.standing.id}&size=50`);
    check(orders.items.every((o) => o.state === 'accepted'), 'each accepted already');
  });

  await test('one day is skipped, and had again', async () => {
    const first = line.next.find((d) => d.state === 'made').day;
    const id = line.standing.id;
    await mustAct(manager, 'standing_order', id, 'skip', { day: first });
    let now = await manager.read(`/api/standing_order/${id}/line`);
    same(now.next.find((d) => d.day === first).state, 'skipped', 'skipped');
    status(await act(manager, 'standing_order', id, 'skip', { day: plus(day, -1) }), 422);
    await mustAct(manager, 'standing_order', id, 'unskip', { day: first });
    now = await manager.read(`/api/standing_order/${id}/line`);
    same(now.next.find((d) => d.day === first).state, 'made', 'made again');
  });

  await test('a pause shows what it calls off, stops it, and resumes', async () => {
    const from = plus(day, 1), until = plus(day, 3);
    const ask = `/api/pause/preview?elder=${elder}&from_day=${from}&until_day=${until}`;
    const before = await manager.read(ask);
    check(before.orders.length >= 3 && before.free_of_charge && before.fee === 0, 'shown before');
    const { pause } = await manager.write('/api/pause/begin',
      { elder, kind: 'hospital', from_day: from, until_day: until });
    same(pause.called_off, before.orders.length, 'called off as shown');
    same((await manager.read(ask)).orders.length, 0, 'nothing is left');
    let now = await manager.read(`/api/standing_order/${line.standing.id}/line`);
    same(now.next.find((d) => d.day === from).state, 'paused', 'paused in the line');
    status(await manager.post('/api/pause/begin', { elder, kind: 'away', from_day: from }), 409);
    await mustAct(manager, 'pause', pause.id, 'resume', { day: plus(day, 2) });
    now = await manager.read(`/api/standing_order/${line.standing.id}/line`);
    same(now.next.find((d) => d.day === plus(day, 2)).state, 'made', 'made again');
    same(now.next.find((d) => d.day === from).state, 'paused', 'the day of the pause is not');
  });

  await test('other people neither see nor change it', async () => {
    const id = line.standing.id;
    const provider = await staff(house, 'provider');
    status(await provider.get(`/api/standing_order/${id}`), 404);
    status(await daughter.get(`/api/standing_order/${id}/line`), 404);
    status(await daughter.post('/api/pause/begin', { elder, kind: 'away', from_day: day }), 404);
    const carer = await staff(house, 'carer');
    status(await carer.post('/api/pause/begin', { elder, kind: 'away', from_day: day }), 403);
  });

  await test('the daughter asks, the station agrees, and she ends it', async () => {
    const mine = await daughter.read('/api/my/standing');
    const asked = mine.lines.find((l) => l.standing.state === 'asked');
    check(asked, 'what she asked for waits');
    const todo = await manager.read('/api/todo');
    check(JSON.stringify(todo).includes('standing_asked'), 'it stands in 待办');
    await mustAct(manager, 'standing_order', asked.standing.id, 'accept');
    const now = (await daughter.read('/api/my/standing')).lines
      .find((l) => l.standing.id === asked.standing.id);
    check(now.next.some((d) => d.state === 'made' || d.state === 'failed'), 'its days are dealt with');
    await mustAct(daughter, 'standing_order', asked.standing.id, 'end',
      { last_day: day, reason: '搬来和我住' });
  });
}
