// complaints.mjs - a complaint opens an inspection, hears its result, and the place learns nothing of who.

import { check, same, status, test } from '../harness.mjs';
import { citizen, mustAct, newPhone, staff } from '../client.mjs';

export async function complaints(house) {
  const street = await staff(house, 'street'), manager = await staff(house, 'manager');
  const worker = await staff(house, 'worker');
  const { items: lists } = await worker.read('/api/checklist?size=20');
  const { items: own } = await manager.read(`/api/place?org=${manager.me.org}&size=20`);
  const place = own.find((p) => p.state === 'published');
  const who = await citizen(house, newPhone());
  const sent = await who.write('/api/my/requests', { kind: 'complaint', topic: 'safety',
    matter: '厨房门口堆着杂物，我叫尹向晚', place: place.id, name: '尹向晚', hidden: true });

  await test('an office begins the inspection from the complaint; the place and citizens cannot', async () => {
    const body = { checklist: lists[0].id };
    status(await manager.post(`/api/request/${sent.id}/inspection`, body), 403, 404);
    status(await who.post(`/api/request/${sent.id}/inspection`, body), 403);
    const { inspection } = await street.write(`/api/request/${sent.id}/inspection`, body);
    const page = await street.read(`/api/request/${sent.id}/page`);
    same(page.inspections.map((i) => i.id), [inspection.id], 'on the request');
    const asked = await street.read(`/api/inspection/${inspection.id}/asked`);
    same([asked.id, asked.number], [sent.id, sent.number], 'on the inspection');

    const items = (await street.read(
      `/api/inspection_answer?inspection=${inspection.id}&size=200&sort=seq`)).items;
    for (const a of items)
      await mustAct(street, 'inspection_answer', a.id, a === items[0] ? 'fail' : 'pass',
        { note: '' });
    await mustAct(street, 'inspection', inspection.id, 'submit',
      { signed_place: '王站长', signed_inspector: '李干部' });
    const after = await street.read(`/api/request/${sent.id}/page`);
    check(after.notes.some((n) => /现场检查.*得分.*不符合 1 项/.test(n.words)), JSON.stringify(after.notes));

    same(await manager.read(`/api/inspection/${inspection.id}/asked`), {}, 'not the place');
    const seen = JSON.stringify([await manager.read(`/api/inspection/${inspection.id}`),
      await manager.read(`/api/inspection/${inspection.id}/history`)]);
    for (const secret of [sent.id, sent.number, '尹向晚', '投诉'])
      check(!seen.includes(secret), `the place reads ${secret}`);
    const all = JSON.stringify(await manager.read(`/api/inspection?org=${manager.me.org}&size=50`));
    check(!all.includes(sent.id) && !all.includes(sent.number), 'nor in its list');

    const { inspection: again } = await street.write('/api/inspection/begin',
      { place: place.id, checklist: lists[0].id, again: inspection.id, reason: '复查' });
    same((await street.read(`/api/inspection/${again.id}/asked`)).id, sent.id, 're-inspected for the same');
    status(await who.post('/api/inspection/begin', { place: place.id, checklist: lists[0].id,
      reason: 'x', request: sent.id }), 403);
  });

  await test('complaints about one provider become a work item that it does not see', async () => {
    const before = (await street.read('/api/work_item?kind=repeated&size=200')).items.length;
    for (let i = 0; i < 5; i++)
      await (await citizen(house, newPhone())).write('/api/my/requests',
        { kind: 'complaint', topic: 'fee', matter: '收费说不清', org: manager.me.org });
    const items = (await street.read('/api/work_item?kind=repeated&size=200')).items;
    const item = items.find((w) => w.about_org === manager.me.org);
    check(item && item.why.includes('同一家机构'), `${before} then ${JSON.stringify(items)}`);
    same((await manager.read('/api/work_item?kind=repeated&size=200')).items
      .filter((w) => w.about_org === manager.me.org).length, 0, 'not by the provider');
  });
}
