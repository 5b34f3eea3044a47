// welfare.mjs - nobody opened to somebody who lives alone: the steps, in order, until it is known.

import { check, same, status, test } from '../harness.mjs';
import { staff } from '../client.mjs';

export async function welfare(house) {
  await test('a welfare call offers the next step, notes each, and closes only by what was found', async () => {
    const worker = await staff(house, 'worker');
    const provider = await staff(house, 'provider');
    const items = (await worker.read('/api/work_item?kind=not_met_alone&state.in=open,taken')).items
      .filter((i) => i.org !== provider.me.org);
    check(items.length > 0, 'the demo city has somebody who was not met');
    const path = `/api/work_item/${items[0].id}/welfare`;
    const her = `/api/elder/${items[0].elder}`;
    const { version } = await worker.read(her);
    const number = (await worker.read(path)).whom.find((p) => p.phone)?.phone;
    const bare = status(await worker.patch(her, { phone: '' }, version), 200);
    const silent = await worker.read(path);
    check(silent.next !== 'elder' && silent.no_number.includes('打给老人'), 'without a number she is not rung');
    check(silent.next === 'go' || silent.whom.every((p) => p.phone), 'who is offered has one');
    status(await worker.patch(her, { phone: number }, bare.version), 200);
    let call = await worker.read(path);
    for (let i = call.done.filter((s) => s.what === 'elder').length; i < 3; i++) {
      same(call.next, 'elder', 'first she is rung');
      call = await worker.write(path, { what: 'elder', result: 'no_answer' });
    }
    same(call.next, call.done.some((s) => s.what === 'family') ? 'neighbour' : 'family', 'then her family');
    check(call.done.every((s) => s.at && s.what_name && s.by_name), 'when, what, by whom');
    check(Date.parse(call.due) > Date.parse(call.done.at(-1).at), 'the next step has its time');
    status(await worker.post(path, { what: 'family', result: 'safe' }), 422);
    call = await worker.write(path, { what: 'family', result: 'safe', note: '女儿说在医院陪护，已通话' });
    same([call.open, call.work_item.state, call.work_item.outcome], [false, 'done', 'safe'],
      'closed by what was found');
    status(await worker.post(path, { what: 'elder', result: 'no_answer' }), 409);
    status(await provider.get(path), 404);
    const [[elder]] = house.sql(`SELECT elder FROM work_item WHERE id = ${items[0].id}`);
    check(house.sql(`SELECT count(*) FROM access_log WHERE elder = ${elder} AND what LIKE 'welfare:%'`)[0][0] > 0,
      'who looked at the numbers is in her log');
  });
}
