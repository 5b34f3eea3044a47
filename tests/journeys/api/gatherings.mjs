// gatherings.mjs - classes and outings: many race for the last place, who waits is told in turn,
// the door, the sheet on paper, and who may not.

import { check, same, status, test } from '../harness.mjs';
import { Client, newPhone, staff } from '../client.mjs';
import { made } from './exports.mjs';
import { crowd } from '../scene.mjs';
import { dayAt } from '../clock.mjs';

const RACERS = 100;

export async function gatherings(house) {
  const manager = await staff(house, 'manager');
  const item = (await manager.read('/api/catalogue')).categories.find((c) => c.key === 'course').items[0].id;
  const today = house.sql('SELECT MAX(day) FROM attendance')[0][0];
  check(Number(today) > 0, 'the demo city has classes that were attended');

  /** A published gathering of the manager's station, from today on. */
  async function held(more = {}) {
    const body = { title: '试听课', kind: 'class', org: manager.me.org, item, meets_at: '活动室',
      first_day: dayAt(house.now()), start_min: 1410,
      end_min: 1439, places: 1, price: 1000, ...more };
    const g = await manager.write('/api/gathering', { last_day: body.first_day, ...body });
    const row = g.gathering ?? g;
    const sent = await manager.write(`/api/gathering/${row.id}/submit`, {}, { version: row.version });
    const officer = await staff(house, 'street');
    await officer.write(`/api/gathering/${row.id}/publish`, {}, { version: (sent.gathering ?? sent).version });
    return row.id;
  }

  await test(`${RACERS} race for the last place of a class: one has it`, async () => {
    const id = await held();
    const people = await crowd(house, RACERS);
    const answers = await Promise.all(people.map((p) => p.post(`/api/gathering/${id}/enrol`,
      { for_name: '陈试听', for_phone: newPhone() })));
    const got = answers.filter((a) => a.status === 201);
    same(got.length, 1, 'one has the place');
    same(answers.filter((a) => a.status === 409).length, RACERS - 1, 'the others are told that it is full');
    const [[taken, orders]] = house.sql(`SELECT slot.taken, (SELECT COUNT(*) FROM care_order
      WHERE care_order.gathering = ${id} AND state <> 'cancelled') FROM slot
      JOIN gathering ON gathering.offer = slot.offer WHERE gathering.id = ${id}`);
    same([Number(taken), Number(orders)], [1, 1], 'places and orders agree');
  });

  await test('who waits is told in her turn, and the place is held for her', async () => {
    const id = await held();
    const [one, two, three] = await crowd(house, 3);
    const sign = (p, more = {}) => p.post(`/api/gathering/${id}/enrol`,
      { for_name: '候补人', for_phone: newPhone(), ...more });
    const first = await sign(one);
    status(first, 201);
    status(await sign(two), 409);
    const waits = await sign(two, { wait: true });
    status(waits, 201);
    same([waits.body.enrolment.state, waits.body.turn], ['waiting', 1], 'she is the first to wait');
    const page = await one.read(`/api/care_order/${first.body.enrolment.care_order}`);
    const order = page.order ?? page;
    status(await one.post(`/api/care_order/${order.id}/cancel`, { reason: '去不了' }, { version: order.version }), 200);
    const mine = (await two.read('/api/my/gatherings')).items[0].enrolment;
    same(mine.state, 'invited', 'told of the place');
    check(mine.answer_by, 'until when she must answer');
    status(await sign(three), 409);
    check(house.sql(`SELECT COUNT(*) FROM message WHERE kind = 'gathering.free'`)[0][0] > 0, 'a message');
    status(await three.post(`/api/enrolment/${mine.id}/accept`, {}, { version: mine.version }), 404);
    status(await two.post(`/api/enrolment/${mine.id}/accept`, {}, { version: mine.version }), 200);
    same((await two.read('/api/my/gatherings')).items[0].enrolment.state, 'in', 'it is hers');
  });

  await test('at the door: once a day, by tick or digits; another station is not let in', async () => {
    const id = await held({ places: 5, start_min: 1430, end_min: 1438 });
    const phone = newPhone();
    const [one] = await crowd(house, 1);
    await one.write(`/api/gathering/${id}/enrol`, { for_name: '签到人', for_phone: phone });
    const provider = await staff(house, 'provider');
    status(await provider.get(`/api/gathering/${id}/sheet`), 404);
    status(await provider.post(`/api/gathering/${id}/sign_in`, { code: phone.slice(-4) }), 404);
    status(await one.get(`/api/gathering/${id}/sheet`), 403);
    const sheet = await manager.read(`/api/gathering/${id}/sheet`);
    same(sheet.people.map((p) => [p.name, p.tail]), [['签到人', phone.slice(-4)]], 'who signed up');
    const came = await manager.write(`/api/gathering/${id}/sign_in`, { code: phone.slice(-4) });
    same([came.who.length, came.before], [1, false], 'noted');
    same((await manager.write(`/api/gathering/${id}/sign_in`, { enrolment: sheet.people[0].id })).before, true, 'once');
    status(await manager.post(`/api/gathering/${id}/sign_in`, { code: '0000' }), 422);
    const batch = await made(manager, await manager.write('/api/print',
      { form: 'gathering', gathering: id, day: sheet.day, large: true, reason: '今天签到用' }));
    same(batch.state, 'done', JSON.stringify(batch));
    status(await provider.post('/api/print', { form: 'gathering', gathering: id, day: sheet.day, reason: '看看' }), 404);
    const grid = await manager.read(`/api/gathering/${id}/attendance`);
    same(grid.people.map((p) => [p.name, p.times, p.marks]), [['签到人', 1, ['√']]], 'names by dates');
    same(grid.days.map((d) => d.came), [1], 'how many came');
    const book = await manager.get(`/api/gathering/${id}/attendance/book`);
    status(book, 200);
    check(/spreadsheetml/.test(book.headers.get('content-type')), 'a workbook');
    for (const path of ['attendance', 'attendance/book'])
      status(await provider.get(`/api/gathering/${id}/${path}`), 404);
    status(await one.get(`/api/gathering/${id}/attendance`), 403);
    const paper = await made(manager, await manager.write('/api/print',
      { form: 'attendance', gathering: id, reason: '学期末归档' }));
    same(paper.state, 'done', JSON.stringify(paper));
    status(await provider.post('/api/print',
      { form: 'attendance', gathering: id, reason: '看看' }), 404);
  });

  await test('an outing asks for what it needs, and says the rule before', async () => {
    const outing = (await new Client(house).read('/api/gathering/open')).items.find((g) => g.kind === 'outing');
    check(outing, 'the demo city has an outing to sign up for');
    const page = await new Client(house).read(`/api/gathering/${outing.id}/page`);
    same(page.needs, ['consent', 'insurance', 'emergency'], 'what it needs');
    check(/退出/.test(page.rule), page.rule);
    const [one] = await crowd(house, 1);
    const bad = await one.post(`/api/gathering/${outing.id}/enrol`, { for_name: '想去的人', for_phone: newPhone() });
    status(bad, 422);
    check(bad.body.fields.some((f) => f.field === 'elder'), 'it is for who is in the register: there is an age');
  });
}
