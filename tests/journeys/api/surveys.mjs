// surveys.mjs - people are drawn by lot, rung one after another, and the share says how sure it is.

import { check, same, status, test } from '../harness.mjs';
import { mustAct, staff } from '../client.mjs';

export async function surveys(house) {
  await test('a round is drawn by its seed, rung by the queue, and no provider sees it', async () => {
    const district = await staff(house, 'district'), clerk = await staff(house, 'clerk');
    const [old] = (await district.read('/api/survey_round?size=5')).items;
    const begin = { name: '复核回访', division: old.division, from_day: old.from_day,
      to_day: old.to_day, per_org: 4, seed: 77 };
    status(await clerk.post('/api/survey_round', begin), 403);
    const made = [];
    for (let i = 0; i < 2; i++) {
      const round = await district.write('/api/survey_round', begin);
      await mustAct(district, 'survey_round', round.id, 'draw');
      made.push(round.id);
    }
    const drawn = async (id) => (await clerk.read(`/api/survey_call?round=${id}&size=200`)).items
      .map((k) => `${k.org} ${k.elder}`).sort();
    same(await drawn(made[0]), await drawn(made[1]), 'the same seed draws the same people');
    const manager = await staff(house, 'manager');
    same((await manager.read('/api/survey_call')).items.length, 0, 'hidden from the station');

    const next = await clerk.read(`/api/survey/next?round=${made[0]}`);
    const silent = next.phone === '' && !(await clerk.read(`/api/contact?elder=${next.call.elder}`)).items.length;
    check((next.phone || silent) && next.name && next.question2, 'whom to ring and what to say');
    status(await manager.get(`/api/survey/next?round=${made[0]}`), 403, 404);
    await mustAct(clerk, 'survey_call', next.call.id, 'no_answer');
    const second = await clerk.read(`/api/survey/next?round=${made[0]}`);
    check(second.call.id !== next.call.id, 'not the same one at the same part of the day');
    await mustAct(clerk, 'survey_call', second.call.id, 'answered',
      { came: 'yes', satisfied: 'yes', recording: 'R-1' });
    const result = await district.read(`/api/survey_round/${made[0]}/result`);
    same([result.answered, result.share], [1, 1]);
    check(result.low > 0 && result.low < 1, `one answer is not sure: ${result.low}`);
    check(result.covered < 1, 'the providers without answers are told');
    const demo = await district.read(`/api/survey_round/${old.id}/result`);
    check(demo.low < demo.share && demo.share < demo.high, 'an interval around the share');
    same(demo.drawn, demo.strata.reduce((n, s) => n + s.drawn, 0));
    await mustAct(district, 'survey_round', made[1], 'close');
    status(await clerk.post(`/api/survey_call/${(await clerk.read(
      `/api/survey_call?round=${made[1]}`)).items[0].id}/refused`, {}, { version: 1 }), 409);
  });
}
