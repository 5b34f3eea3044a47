// proposals.mjs - what is public changes only when a second person has seen the difference.

import { check, same, status, test } from '../harness.mjs';
import { act, mustAct, staff } from '../client.mjs';

export async function proposals(house) {
  const manager = await staff(house, 'manager');
  const street = await staff(house, 'street');

  await test('a published name changes by a proposal that another applies', async () => {
    const list = await manager.read('/api/place?state=published&size=20');
    const place = list.items.find((p) => p.org === manager.me.org);
    check(place, 'the station has a published place');
    const direct = await manager.ask('PATCH', `/api/place/${place.id}`, { name: '新名字' }, {
      version: place.version,
    });
    status(direct, 422);
    same(direct.body.fields[0].key, 'review.published', 'refused as published');
    const wish = { entity: 'place', row_id: place.id, why: '招牌已更换' };
    status(await manager.post('/api/proposal', { ...wish, changes: { name: place.name } }), 422);
    status(await manager.post('/api/proposal', { ...wish, changes: { nonsense: 1 } }), 422);
    status(await manager.post('/api/proposal', { ...wish, entity: 'elder', changes: {} }), 422);
    const made = await manager.post('/api/proposal', { ...wish, changes: { name: '柳荫新站' } });
    status(made, 201);
    const { id, was, becomes } = made.body.proposal;
    same([was, becomes], [{ name: place.name }, { name: '柳荫新站' }], 'the difference');
    same((await manager.read(`/api/place/${place.id}`)).name, place.name, 'not public yet');
    status(await act(manager, 'proposal', id, 'apply'), 403, 404);
    await mustAct(street, 'proposal', id, 'apply');
    const after = await manager.read(`/api/place/${place.id}`);
    same(after.name, '柳荫新站', 'public now');
    const line = (await street.read(`/api/place/${place.id}/history`)).items[0];
    same([line.action, line.reason], ['apply_proposal', '招牌已更换'], 'history says why');
  });

  await test('a proposal made for other values is not applied blindly', async () => {
    const worker = await staff(house, 'worker');
    const place = (await worker.read('/api/place?state=published&size=1')).items[0];
    const wish = { entity: 'place', row_id: place.id, why: '门牌改了' };
    const by = await worker.post('/api/proposal', { ...wish, changes: { address: '甲路 1 号' } });
    status(by, 201);
    status(await street.ask('PATCH', `/api/place/${place.id}`, { address: '乙路 2 号' }, {
      version: place.version,
    }), 200);
    const stale = await act(street, 'proposal', by.body.proposal.id, 'apply');
    status(stale, 409);
    same(stale.body.key, 'proposal.stale', 'says why');
    await mustAct(street, 'proposal', by.body.proposal.id, 'refuse', { reason: '已改' });
  });
}
