// week.mjs - the stories of docs/DEMO.md are really in the demo city, each where its screen shows it.
//
// Nothing is typed: a story is asked for by what makes it one. All of it is a day old or more, so
// that no hour of the day matters.

import fs from 'node:fs';
import path from 'node:path';
import { check, same, test } from '../harness.mjs';
import { Client, daughterOf, daughterPhone, staff } from '../client.mjs';
import { plus } from '../clock.mjs';

const some = (a) => a.items.length > 0;

/* What is told, who asks, what is asked, when the answer tells it. */
const stories = (org, place, month) => [
  ['the morning page: figures with definition and list', 'director', '/api/today',
    (a) => a.figures.length > 5 && a.figures.every((f) => f.definition)
      && a.figures.some((f) => f.value > 0 && f.list)],
  ['tickets of 12345 with their numbers', 'district', '/api/request?channel=hotline&size=9',
    (a) => some(a) && a.items.every((r) => r.number12345)],
  ['a meal point shut, with why', 'district', `/api/place/${place}`,
    (a) => a.kind === 'meal_point' && a.closed_reason],
  ['the form of the city, bound', 'district', '/api/form_template?size=9',
    (a) => a.items.some((f) => f.state === 'ready')],
  ['one page about an organisation', 'district', `/api/organisation/${org}/page`,
    (a) => a.papers.length && a.carers.length && a.offers.length && a.orders.length],
  ['what an inspection found', 'district', '/api/inspection?size=9', some],
  ['two carers ill, their visits standing', 'manager', '/api/carer?size=200',
    (a) => a.items.filter((c) => c.away_from).length >= 2],
  ['number, person, last order', 'manager', `/api/call?number=${daughterPhone}`,
    (a) => a.people.some((p) => p.last_order)],
  ['the station’s own names for people', 'manager', '/api/nickname?size=9', some],
  ['nobody opened, and she lives alone', 'district', '/api/work_item?kind=not_met_alone&size=9',
    some],
  ['words of a companion visit that worry: a note, and the community’s work item', 'district',
    '/api/work_item?kind=mood&size=9', (a) => some(a) && a.items.some((w) => /疑似/.test(w.why))],
  ['who is away: services paused', 'district', '/api/pause?size=9', some],
  ['the counter, and a day that was closed', 'manager', '/api/day_close?size=9', some],
  ['bags in walking order', 'manager', '/api/meal_run?size=9', some],
  ['from the central kitchen, with time and temperature', 'district', '/api/meal_batch?size=9',
    some],
  ['the month: a doubtful visit holds its line', 'manager', `/api/month?month=${month}`,
    (a) => a.visits > 0 && a.billed > 0],
  ['an errand with its money', 'district', '/api/errand?size=9', some],
  ['out at the clinic', 'district', '/api/escort?size=9', some],
  ['classes with places', 'visitor', '/api/gathering/open', some],
  ['hours bought for her this month', 'manager', '/api/quota?size=9', some],
  ['the adviser’s notes', 'district', '/api/adviser_note?size=9', some],
  ['before beside after: signals and complaints', 'district', '/api/lead?days=90',
    (a) => a.all.signals > 0 && a.all.requests > 0],
  ['call-backs, half way', 'district', '/api/survey_round?size=9', some],
  ['a station with a sign and no service, five reasons', 'district', '/api/spot_check?size=9',
    (a) => a.items.some((s) => s.reasons_n >= 5)],
  ['coverage on foot beside the radius', 'district', '/api/atlas?kind=meal_point',
    (a) => a.minutes === 15 && a.metres === 1500],
  ['what if a place moved', 'district', '/api/scenario?size=9', some],
  ['rooms that stand empty', 'district', '/api/property?size=9', some],
  ['beds by street beside the norm', 'district', '/api/bed/balance', (a) => a.norms.length > 0],
  ['a centre that lacks what it must have', 'district', '/api/centres',
    (a) => a.items.some((c) => c.open < c.must)],
  ['the board of the day', 'manager', '/api/dispatch/day', (a) => a.streets],
  ['the mother, her weekly cleaning, her package', 'daughter', '/api/my/standing',
    (a) => a.lines.length > 0],
  ['the package with what is left', 'daughter', '/api/my/packages', (a) => a.plans.length > 0],
  ['her orders', 'daughter', '/api/my/orders', some],
  ['initials find', 'visitor', '/api/what?q=xz', (a) => a.groups.length > 0],
];

/** On a city that nobody has changed yet. */
export async function week(house, day) {
  await test('the demo city holds the stories of a week, each where it is shown', async () => {
    const who = { visitor: new Client(house), daughter: await daughterOf(house) };
    for (const login of ['manager', 'district', 'director']) who[login] = await staff(house, login);
    const [[place]] = house.sql(`SELECT id FROM place WHERE kind = 'meal_point'
      AND closed_reason <> '' ORDER BY id`);
    const month = plus(day, -32).slice(0, 7);
    const missing = [];
    for (const [story, as, ask, told] of stories(who.manager.me.org, place, month)) {
      const answer = await who[as].get(ask);
      if (answer.status !== 200 || !told(answer.body))
        missing.push(`${story}: ${answer.status} ${answer.text.slice(0, 120)}`);
    }
    same(missing, [], 'stories that nobody can see');
    for (const file of ['chain.txt', 'messy-list.xlsx'])
      check(fs.statSync(path.join(house.data, file)).size > 400, `${file} lies beside the city`);
  });
}
