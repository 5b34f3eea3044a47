// month.mjs - a station's month: clear visits are billed, a doubtful one holds its own line.

import { check, same, status, test } from '../harness.mjs';
import { mustAct, staff } from '../client.mjs';

export async function month(house, today) {
  const manager = await staff(house, 'manager');
  const of = today.slice(0, 7);
  const read = () => manager.read(`/api/month?month=${of}`);

  await test('the month is its carers, billed, held and unconfirmed apart', async () => {
    const m = await read();
    check(m.visits > 0, 'no visits');
    same(m.visits, m.billed + m.held + m.unconfirmed, 'each visit once');
    const sum = (k) => m.carers.reduce((n, c) => n + c[k], 0);
    for (const k of ['visits', 'billed', 'held', 'minutes', 'price']) same(sum(k), m[k], k);
    same(m.held_lines.length, m.held, 'each held line says why');
    for (const l of m.held_lines) check(l.reasons.length && l.check.score >= 40, JSON.stringify(l));
    same(await read(), m, 'the same when looked at again');
  });

  await test('a doubtful visit: explained by the station, judged by another, then billed or held', async () => {
    let line = (await read()).held_lines.find((l) => l.check.state === 'doubtful');
    if (!line) {                                               // she disputes one that was confirmed
      const worker = await staff(house, 'street');
      for (const v of (await manager.read('/api/visit?state=done&size=100')).items) {
        if (!v.day.startsWith(of)) continue;
        const o = await worker.get(`/api/care_order/${v.care_order}`);
        if (o.status !== 200 || !['confirmed', 'rated', 'served'].includes(o.body.state)) continue;
        await mustAct(worker, 'care_order', v.care_order, 'dispute', { reason: '说没有来过' });
        break;
      }
      line = (await read()).held_lines.find((l) => l.check.state === 'doubtful');
    }
    check(line, 'nothing is doubtful');
    const id = line.check.id, before = await read();
    status(await manager.post(`/api/visit_check/${id}/accept`, { reason: '自己认可' },
      { version: line.check.version }), 403, 409);
    await mustAct(manager, 'visit_check', id, 'explain', { explained: '手机没电，签字单照片已补传' });
    same((await read()).held, before.held, 'it still holds its line');
    const director = await staff(house, 'director');
    same((await mustAct(director, 'visit_check', id, 'accept', { reason: '已核对签字单' })).state, 'accepted', 'judged');
    const after = await read();
    same(after.held, before.held - 1, 'the line is free');
    same(after.visits, before.visits, 'the month is the same');
  });

  await test('hours per carer as a workbook; another organisation’s month is nobody’s', async () => {
    const book = await manager.get(`/api/month/hours?month=${of}`);
    status(book, 200);
    check(book.headers.get('content-type').includes('spreadsheetml'), 'the type');
    same(book.text.slice(0, 2), 'PK', 'a workbook');
    status(await manager.get('/api/month?month=2026'), 422);
    const provider = await staff(house, 'provider');
    status(await provider.get(`/api/month?month=${of}&org=${manager.me.org}`), 404);
  });
}
