// family.mjs - binding with the elder's consent, and who looked at her record.

import { check, same, status, test } from '../harness.mjs';
import { citizen, daughterOf, mustAct, act, newPhone, staff } from '../client.mjs';

export async function family(house) {
  const worker = await staff(house, 'worker');

  await test('a son asks to be bound; the elder’s consent is heard by staff; then he may order',
    async () => {
    const elder = (await worker.read('/api/elder?size=3')).items[2];
    const whole = await worker.write(`/api/elder/${elder.id}/reveal`, {
      fields: 'name,phone,id_number',
      reason: '核对亲属绑定',
    });
    const son = await citizen(house, newPhone());
    const wrong = await son.write('/api/my/bond', {
      name: '不在册',
      id_number: whole.id_number,
      relation: 'child',
    });
    const right = await son.write('/api/my/bond', {
      name: whole.name,
      id_number: whole.id_number,
      relation: 'child',
    });
    same(wrong, right, 'the answer does not tell who is in the register');
    const mine = await son.read('/api/my');
    same([mine.elders.length, mine.asked.length], [0, 1], 'asked, not bound');
    status(await son.get(`/api/elder/${elder.id}`), 403, 404);
    const bond = mine.asked[0].bond;
    status(await act(son, 'bond', bond, 'agree', { consent_way: 'sms' }), 403, 404);
    await mustAct(worker, 'bond', bond, 'agree', { consent_way: 'phone' });
    const bound = await son.read('/api/my');
    same(
      bound.elders.map((e) => e.id),
      [elder.id],
      'bound',
    );
    same(bound.elders[0].name, whole.name, 'with her whole name');
    await mustAct(son, 'bond', bond, 'end', { reason: '以后由姐姐照看' });
    same((await son.read('/api/my')).elders, [], 'ended');
  });

  await test('she and her family read who looked at her record, and why', async () => {
    const daughter = await daughterOf(house);
    const mother = (await daughter.read('/api/my')).elders[0];
    const before = (await daughter.read('/api/my/access')).items.length;
    await worker.write(`/api/elder/${mother.id}/reveal`, { fields: 'phone', reason: '回访满意度' });
    const looks = (await daughter.read('/api/my/access')).items;
    same(looks.length, before + 1, 'one look more');
    check(
      looks.some(
        (l) =>
          l.reason === '回访满意度' && l.role === 'community_worker' && l.what.includes('phone'),
      ),
      `the look with its reason: ${JSON.stringify(looks[0])}`,
    );
    const stranger = await citizen(house, newPhone());
    same((await stranger.read('/api/my/access')).items, [], 'a stranger reads nothing');
    status(await worker.post(`/api/elder/${mother.id}/reveal`, { fields: 'phone' }), 422);
  });

  await test('the call desk finds who is calling, and the look is noted', async () => {
    const elder = (await worker.read('/api/elder?size=1')).items[0];
    const whole = await worker.write(`/api/elder/${elder.id}/reveal`, {
      fields: 'phone',
      reason: '核对电话',
    });
    const clerk = await staff(house, 'clerk');
    const found = await clerk.read(`/api/call?number=${whole.phone}`);
    const one = found.people.find((p) => p.elder === elder.id);
    check(
      one && !one.name.includes('*') && one.age >= 60,
      `who is calling: ${JSON.stringify(found)}`,
    );
    same((await clerk.read(`/api/call?number=${newPhone()}`)).people, [], 'an unknown number');
    const looks = house
      .sql(`SELECT what FROM access_log WHERE elder = ${elder.id}`)
      .flat()
      .join(' ');
    check(looks.includes('call:'), `the look is noted: ${looks}`);
    status(await (await staff(house, 'assessor')).get(`/api/call?number=${whole.phone}`), 403);
  });
}
