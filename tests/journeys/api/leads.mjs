// leads.mjs - signals beside complaints: counts that agree with the lists behind, by street, and who may.

import { check, same, status, test } from '../harness.mjs';
import { staff } from '../client.mjs';

const SEEN = 'not_met_alone,not_met,attention,refused,mood,meal_missed,meal_batch';

export async function leads(house) {
  await test('the page of signals and complaints agrees with its lists, and says how it counts', async () => {
    const district = await staff(house, 'district');
    const page = await district.read('/api/lead?days=90');
    check(page.definition.includes('未诉') && page.as_of, 'a definition and its moment');
    check(page.all.signals > 0 && page.all.requests > 0, 'both are there');
    check(page.all.preceded > 0 && page.all.preceded < page.all.requests, 'some complaints were preceded, some not');
    check(page.all.lead_hours >= 24, `a lead of ${page.all.lead_hours} hours`);
    const count = async (path) => (await district.read(`${path}&total=1&size=1`)).total;
    same(await count(`/api/work_item?kind.in=${SEEN}&happened_at.from=${page.first_day}`), page.all.signals,
      'the list of signals');
    const asked = await count(`/api/request?kind.in=complaint,help&came_at.from=${page.first_day}`
      + '&state.in=open,routed,accepted,replied,closed');
    same(asked, page.all.requests, 'the list of complaints');
    const sum = (name) => page.streets.reduce((n, s) => n + s[name], 0);
    same([sum('signals'), sum('requests')], [page.all.signals, page.all.requests], 'streets add up');
    same(page.topics.reduce((n, s) => n + s.requests, 0), page.all.requests, 'topics add up');
    const s = page.streets.find((x) => x.signals > 0);
    const here = `&scope.from=${s.from}&scope.to=${s.to}`;
    same(await count(`/api/work_item?kind.in=${SEEN}&happened_at.from=${page.first_day}${here}`), s.signals,
      'the list of a street');
  });

  await test('a street sees its own, a station none', async () => {
    const street = await staff(house, 'street');
    check((await street.read('/api/lead')).streets.length <= 1, 'one street');
    const manager = await staff(house, 'manager');
    status(await manager.get('/api/lead'), 403);
  });
}
