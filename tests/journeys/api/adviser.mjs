// adviser.mjs - a worker notes what somebody needs, finds what is near, refers her; the station answers.

import { check, same, status, test } from '../harness.mjs';
import { mustAct, staff } from '../client.mjs';
import { plus } from '../clock.mjs';

export async function adviser(house, today) {
  const worker = await staff(house, 'street'), manager = await staff(house, 'manager');
  const later = (n) => plus(today, n);
  const elder = (await worker.read('/api/elder?size=20')).items.find((e) => e.compound);
  let note;

  await test('a note says what is needed; what is near is matched, nearest first, at her price', async () => {
    note = await worker.write('/api/adviser_note',
      { elder: elder.id, needs: ['bath', 'meal'], text: '想有人陪着洗澡', follow_on: later(7) });
    const m = await worker.read(`/api/adviser/match?elder=${elder.id}&needs=bath,meal`);
    check(m.items.length > 0, 'nothing near');
    same(m.items.map((i) => i.metres), m.items.map((i) => i.metres).sort((a, b) => a - b), 'by distance');
    check(m.items.every((i) => ['bath', 'meal'].includes(i.category) && i.own_pay <= i.price), 'what was asked');
    const none = { elder: elder.id, needs: [], text: '聊聊', follow_on: later(7) };
    status(await worker.post('/api/adviser_note', none), 422);
  });

  await test('a referral waits for the organisation, which answers and says what came of it', async () => {
    const r = await worker.write('/api/referral',
      { note: note.id, elder: elder.id, org: manager.me.org, why: '需要助浴，希望女护理员' });
    const waiting = await manager.read('/api/todo?kind=referrals_sent&size=50');
    check(waiting.items.some((i) => i.id === r.id), 'it waits');
    status(await (await staff(house, 'provider')).get(`/api/referral/${r.id}`), 404);
    await mustAct(manager, 'referral', r.id, 'accept');
    same((await mustAct(manager, 'referral', r.id, 'finish', { result: '周一开始' })).state, 'done', 'done');
    const closed = await mustAct(worker, 'adviser_note', note.id, 'close', { result: '已开始助浴' });
    same(closed.state, 'closed', 'closed');
  });
}
