// menu.mjs - an elder's own menu, on paper too; and how she was on a companion visit.

import { check, same, status, test } from '../harness.mjs';
import { staff } from '../client.mjs';
import { made } from './exports.mjs';
import { offersOf } from '../scene.mjs';

export async function menu(house, day) {
  const manager = await staff(house, 'manager');
  const [[elder]] = house.sql(`SELECT elder FROM care_order WHERE org = ${manager.me.org}
    AND elder IS NOT NULL AND state IN ('confirmed', 'rated') ORDER BY id DESC LIMIT 1`);

  await test('her menu shows what is near by domain, with her own price and what she had', async () => {
    const m = await manager.read(`/api/elder/${elder}/menu`);
    check(m.domains.length >= 3, `${m.domains.length} domains`);
    const lines = m.domains.flatMap((d) => d.lines);
    check(lines.every((l) => l.own_pay >= 0 && l.own_pay <= l.price), 'what she pays is a part');
    check(lines.some((l) => l.distance_m > 0), 'and how far it is');
    check(m.before.length > 0, 'what she had before');
    const provider = await staff(house, 'provider');
    const known = house.sql(`SELECT count(*) FROM care_order WHERE elder = ${elder} AND org = ${provider.me.org}`);
    status(await provider.get(`/api/elder/${elder}/menu`), Number(known[0][0]) ? 200 : 404);
  });

  await test('it is printed, and the elder can see by whom', async () => {
    const asked = { form: 'menu', elder, reason: '给老人带回家看' };
    const batch = await made(manager, await manager.write('/api/print', asked));
    same(batch.state, 'done', JSON.stringify(batch));
    const log = house.sql(`SELECT reason FROM access_log WHERE elder = ${elder} AND what LIKE 'print:%'`);
    check(log.flat().includes(asked.reason), 'her access log');
  });

  await test('what worries on a companion visit reaches the community, without her words', async () => {
    const carer = await staff(house, 'carer');
    const offers = await offersOf(manager, manager.me.org);
    check(offers.companion, 'the station offers company');
    const [[visit] = []] = house.sql(`SELECT visit.id FROM visit JOIN elder ON elder.id = visit.elder
      WHERE visit.carer = ${carer.me.carer} AND visit.state = 'done' AND visit.ended_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM mood_note m WHERE m.visit = visit.id) ORDER BY visit.id DESC LIMIT 1`);
    check(visit, 'she has done a visit');
    const note = { visit, mood: 'low', words: '说没人来看她，活着没意思' };
    status(await carer.post('/api/mood_note', { visit, mood: 'not_said' }), 422);
    const noted = await carer.write('/api/mood_note', note);
    status(await carer.post('/api/mood_note', note), 409);
    const items = house.sql('SELECT why, org IS NULL FROM work_item ' +
      `WHERE kind = 'mood' AND state = 'open' AND visit = ${visit}`);
    same(items.length, 1, 'one item');
    check(/自伤或轻生/.test(items[0][0]) && !/没意思/.test(items[0][0]), items[0][0]);
    check(['1', 't', 'true'].includes(String(items[0][1])), 'for the community, not for the station');
    const seen = await manager.read(`/api/mood_note/${noted.mood_note?.id ?? noted.id}`);
    check(!seen.words, 'her words are in no answer');
  });
}
