// staff.mjs - a carer asks for leave; once granted, nobody can send her on those days.

import { check, same, status, test } from '../harness.mjs';
import { act, mustAct, staff } from '../client.mjs';
import { offersOf, orderFor, timesOf } from '../scene.mjs';

export async function leave(house) {
  await test('a carer’s granted leave keeps orders from her; training is on her record', async () => {
    const manager = await staff(house, 'manager');
    const carer = await staff(house, 'carer');
    const offers = await offersOf(manager, manager.me.org);
    const offer = offers.walk ?? offers.clean;
    const slot = (await timesOf(manager, offer, { days: 14 })).at(-1);
    const made = await manager.write('/api/order', orderFor(offer, slot));
    await mustAct(manager, 'care_order', made.order.id, 'accept');
    const days = { from_day: slot.day, to_day: slot.day };
    const asked = await carer.write('/api/leave_note', {
      carer: carer.me.carer,
      kind: 'annual',
      ...days,
    });
    status(await act(carer, 'leave_note', asked.id, 'approve'), 403);
    const twice = await carer.post('/api/leave_note', { carer: carer.me.carer, kind: 'sick', ...days });
    status(twice, 422);
    await mustAct(manager, 'leave_note', asked.id, 'approve');
    const sent = await act(manager, 'care_order', made.order.id, 'assign', {
      carer: carer.me.carer,
    });
    status(sent, 422);
    same(sent.body.fields[0].key, 'carer.away', 'she is away');
    const day = await manager.read(`/api/station/day?day=${slot.day}`);
    check(day.carers.find((a) => a.id === carer.me.carer).away, 'the day shows her away');
    await mustAct(carer, 'leave_note', asked.id, 'cancel');
    const row = { carer: carer.me.carer, topic: '失智照护', held_on: '2026-03-01', hours: 16 };
    await manager.write('/api/training', { ...row, result: 'passed' });
    const hers = await carer.read(`/api/training?carer=${carer.me.carer}`);
    check(hers.items.some((t) => t.topic === '失智照护'), 'she reads her own record');
    const bad = await manager.post('/api/shift', {
      carer: carer.me.carer,
      week: 'every day',
      valid_from: '2026-01-01',
    });
    status(bad, 422);
    same(bad.body.fields[0].field, 'week', 'the fault names its field');
  });
}
