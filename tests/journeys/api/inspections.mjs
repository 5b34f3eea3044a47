// inspections.mjs - a place is looked at: drawn by a seed, answered, signed, published, mended.

import { check, same, status, test } from '../harness.mjs';
import { citizen, mustAct, newPhone, staff } from '../client.mjs';

export async function inspections(house) {
  const street = await staff(house, 'street'), worker = await staff(house, 'worker');
  const manager = await staff(house, 'manager'), anyone = await citizen(house, newPhone());
  const { items: lists } = await worker.read('/api/checklist?size=20');
  const meals = lists.find((l) => l.kind === 'meals');
  check(meals && meals.checked === false, 'a checklist, not compared with the document yet');

  await test('the same seed draws the same places, another seed others', async () => {
    const draw = (seed) => street.read('/api/inspection/draw?kind=meal_point&n=3' +
      `&seed=${encodeURIComponent(seed)}`);
    const one = await draw('2026-11');
    same((await draw('2026-11')).items, one.items, 'drawn again');
    check(one.items.length === Math.min(3, one.population), JSON.stringify(one));
    status(await manager.get('/api/inspection/draw?kind=meal_point&n=3&seed=1'), 403);
  });

  const { items: own } = await manager.read(`/api/place?org=${manager.me.org}&size=1`);
  const place = own[0].id;
  const asked = { place, checklist: meals.id, reason: '日常检查' };

  await test('nobody inspects her own house', async () => {
    status(await manager.post('/api/inspection/begin', asked), 403);
    status(await anyone.post('/api/inspection/begin', asked), 403);
  });

  const inspector = (await worker.get(`/api/place/${place}`)).status === 200 ? worker : street;
  const other = inspector === worker ? street : await staff(house, 'director');
  const { inspection } = await inspector.write('/api/inspection/begin', asked);
  const answers = async (who = inspector) => (await who.read(
    `/api/inspection_answer?inspection=${inspection.id}&size=200&sort=seq`)).items;

  await test('item by item: the score as it goes, a day for what fails, both names under it', async () => {
    const all = await answers();
    check(all.length >= 5, 'items');
    const early = await inspector.post(`/api/inspection/${inspection.id}/submit`,
      { signed_place: '王站长', signed_inspector: '李干部' }, { version: inspection.version });
    same([early.status, early.body.key], [409, 'inspection.unanswered'], 'too early');
    const failing = all.find((a) => !a.vital);
    for (const a of all)
      await mustAct(inspector, 'inspection_answer', a.id, a === failing ? 'fail' : 'pass',
        { note: a === failing ? '没有留样' : '' });
    const score = await inspector.read(`/api/inspection/${inspection.id}/score`);
    same([score.open, score.failing], [0, 1], 'all answered');
    check((await answers()).find((a) => a.id === failing.id).mend_by, 'a day to mend it by');
    const done = await mustAct(inspector, 'inspection', inspection.id, 'submit',
      { signed_place: '王站长', signed_inspector: '李干部' });
    same(done.score, score.score, 'the score that was shown');
    const again = await inspector.post(`/api/inspection_answer/${failing.id}/pass`, { note: '' },
      { version: (await answers()).find((a) => a.id === failing.id).version });
    same([again.status, again.body.key], [409, 'inspection.signed'], 'signed');
  });

  await test('shown to everybody once another has looked, and mended in turn', async () => {
    const shown = async () => (await anyone.read(`/api/inspection/shown?place=${place}`)).items;
    const before = (await shown()).length;
    const row = await inspector.read(`/api/inspection/${inspection.id}`);
    check(!row.actions.some((a) => a.name === 'publish'), 'not by the inspector');
    await mustAct(other, 'inspection', inspection.id, 'publish');
    const now = await shown();
    same(now.length, before + 1, 'shown');
    check(now[0].grade_name && now[0].failing === 1, JSON.stringify(now[0]));
    const failing = (await answers(manager)).find((a) => a.result === 'fail');
    const waits = await manager.read('/api/todo?kind=to_mend&size=200');
    check(waits.items.some((i) => i.id === failing.id), 'waits for the place');
    await mustAct(manager, 'inspection_answer', failing.id, 'mend', { note: '已买留样柜' });
    await mustAct(inspector, 'inspection_answer', failing.id, 'confirm');
    same((await shown())[0].mended, 1, 'confirmed');
  });
}
