// facts.mjs - what held of an elder and for how long, what was known when, a death and its end.

import { check, same, status, test } from '../harness.mjs';
import { mustAct, staff } from '../client.mjs';
import { plus } from '../clock.mjs';

export async function facts(house, today) {
  const worker = await staff(house, 'worker');

  await test('a change of residence keeps what held before; one learnt late finds its place',
    async () => {
      const list = await worker.read('/api/elder?size=20&residence=registered');
      const { id, version } = list.items.at(-1);
      const change = { residence: 'resident' };
      status(await worker.ask('PATCH', `/api/elder/${id}`, change, { version }), 200);
      const late = { elder: id, kind: 'residence', value: '流动', source: '派出所核对' };
      const days = { valid_from: plus(today, -700), known_on: today };
      status(await worker.post('/api/elder_fact', { ...late, ...days }), 201);
      const page = await worker.read(`/api/elder/${id}/page`);
      same(page.elder.residence, 'resident', 'what holds today is as it was');
      const periods = page.facts
        .filter((f) => f.kind === 'residence')
        .sort((a, b) => a.valid_from.localeCompare(b.valid_from));
      check(periods.length >= 2, `${periods.length} periods`);
      for (let i = 1; i < periods.length; i++)
        check(periods[i - 1].valid_to < periods[i].valid_from, 'no two at once');
      const bad = await worker.post('/api/elder_fact', { ...late, ...days, value: '不知道' });
      status(bad, 422);
      same(bad.body.fields[0].field, 'value', 'the fault names its field');
    });

  await test('a death says when it happened and when it was known; revoked, all is as before',
    async () => {
      const { id } = (await worker.read('/api/elder?size=20')).items.at(-2);
      const died = await worker.write('/api/elder_event', {
        elder: id,
        kind: 'died',
        happened_on: plus(today, -20),
        source: '殡葬火化名单',
      });
      same(died.known_on, today, 'known today');
      same((await worker.read(`/api/elder/${id}`)).died_on, plus(today, -20), 'on her record');
      status(
        await worker.post('/api/elder_event', {
          elder: id,
          kind: 'died',
          happened_on: today,
          source: '邻居',
        }),
        422,
      );
      await mustAct(worker, 'elder_event', died.id, 'revoke', { reason: '同名误登' });
      same((await worker.read(`/api/elder/${id}`)).died_on, undefined, 'taken back');
    });
}
