// papers.mjs - signing up an elder at the station's counter, her grounds, who speaks for her.

import { check, same, status, test } from '../harness.mjs';
import { act, mustAct, staff } from '../client.mjs';
import { plus } from '../clock.mjs';

export async function papers(house, today) {
  const worker = await staff(house, 'worker');
  const manager = await staff(house, 'manager');

  await test('a station signs up somebody it has never served, by name and number', async () => {
    const { elder, whole } = await unseen(worker, manager);
    status(await manager.get(`/api/elder/${elder}`), 404);
    const terms = { kind: 'meal', valid_from: today, valid_to: plus(today, 364) };
    const wrong = await manager.post('/api/agreement/draft', {
      name: '别的人',
      id_number: whole.id_number,
      terms: { ...terms, price_sheet: '午餐 份 15 元' },
    });
    status(wrong, 422);
    same(wrong.body.fields[0].field, 'name', 'the fault names its field');
    const bare = await manager.post('/api/agreement/draft', { name: whole.name, terms });
    status(bare, 422);
    const made = await manager.post('/api/agreement/draft', {
      name: whole.name,
      id_number: whole.id_number,
      terms: { ...terms, price_sheet: '午餐 份 15 元' },
    });
    status(made, 201);
    const { agreement } = made.body;
    same(agreement.org, manager.me.org, 'with the manager’s own station');
    check(!agreement.signed_on, `not signed yet: ${agreement.signed_on}`);
    status(await manager.get(`/api/elder/${elder}`), 200);
    await mustAct(manager, 'agreement', agreement.id, 'sign', {
      signed_on: today,
      signed_by: whole.name,
      signer: 'self',
      consent_way: 'counter',
    });
    const again = await manager.post('/api/agreement/draft', {
      name: whole.name,
      id_number: whole.id_number,
      terms: { ...terms, price_sheet: '午餐 份 15 元' },
    });
    status(again, 409);
    const page = await worker.read(`/api/elder/${elder}/page`);
    same(page.agreements[0].state, 'active', 'on her page');
    const org = await manager.read(`/api/organisation/${manager.me.org}/page`);
    check(org.agreements.some((a) => a.id === agreement.id), 'and on the station’s');
    const provider = await staff(house, 'provider');
    status(await provider.get(`/api/agreement/${agreement.id}`), 404);
    await mustAct(manager, 'agreement', agreement.id, 'end', { reason: '老人搬走' });
  });

  await test('a consent is withdrawn and stays in the record; a duty of law is not', async () => {
    const elder = (await worker.read('/api/elder?size=1')).items[0].id;
    const her = { elder, purpose: 'photo', given_on: today };
    const given = await worker.write('/api/consent', { ...her, basis: 'consent', way: 'visit' });
    await mustAct(worker, 'consent', given.id, 'withdraw', { reason: '老人不愿拍照' });
    const after = await worker.read(`/api/consent/${given.id}`);
    same([after.state, after.withdrawn_on], ['withdrawn', today], 'withdrawn today');
    const bare = await worker.post('/api/consent', { ...her, basis: 'duty' });
    status(bare, 422);
    same(bare.body.fields[0].field, 'article', 'a duty names its law');
    const duty = await worker.write('/api/consent', {
      ...her,
      basis: 'duty',
      article: '《老年人权益保障法》第三十条',
    });
    status(await act(worker, 'consent', duty.id, 'withdraw', { reason: '试' }), 409);
  });
}

/** An elder of the worker's community whom the manager's station cannot see yet. */
async function unseen(worker, manager) {
  for (const e of (await worker.read('/api/elder?size=50')).items) {
    const known = await manager.get(`/api/elder/${e.id}`);
    if (known.status !== 404) continue;
    const whole = await worker.write(`/api/elder/${e.id}/reveal`, {
      fields: 'name,id_number',
      reason: '签约前核对身份',
    });
    return { elder: e.id, whole };
  }
  throw new Error('the station sees everybody of the community already');
}
