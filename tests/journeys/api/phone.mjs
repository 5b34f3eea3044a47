// phone.mjs - a telephone that several carers share: a key and a session for each, and nothing of the others.

import { randomBytes } from 'node:crypto';
import { check, same, status, test } from '../harness.mjs';
import { Client, demoPassword, staff } from '../client.mjs';

const name = () => randomBytes(16).toString('hex');

/** Another carer of the station gets an account: her login. */
export async function secondCarer(house, login) {
  const system = await staff(house, 'sysadmin'), security = await staff(house, 'secadmin');
  const manager = await staff(house, 'manager'), first = await staff(house, 'carer');
  const carer = (await manager.read(`/api/carer?org=${manager.me.org}&state=working&size=20`)).items
    .find((c) => c.id !== first.me.carer);
  const made = await system.write('/api/account', { kind: 'staff', login, name: carer.name });
  await system.write(`/api/account/${made.id}/password`, { new: demoPassword });
  await security.write('/api/access_grant', { account: made.id, role: 'carer', carer: carer.id });
  return { carer: carer.id, login };
}

async function signedIn(house, login) {
  const c = new Client(house);
  await c.signIn(login, demoPassword);
  return c;
}

export async function sharedPhone(house, day) {
  const other = await secondCarer(house, 'carer-two');
  const one = await signedIn(house, 'carer'), two = await signedIn(house, other.login);
  const phone = name();
  const first = await one.write('/api/sync/phone', { phone });
  const bearer = (token) => ({ headers: { authorization: `Bearer ${token}` } });

  await test('the key is hers on this phone: the same again, another for others', async () => {
    const again = await one.write('/api/sync/phone', { phone });
    same(again.key, first.key, 'what waits opens again');
    check(again.token !== first.token, 'a session of its own');
    check((await one.write('/api/sync/phone', { phone: name() })).key !== first.key, 'another phone');
    check((await two.write('/api/sync/phone', { phone })).key !== first.key, 'another person');
    check(/^[0-9a-f]{32,}$/.test(first.key), 'a key');
  });

  await test('her token shows her own day, and no other’s', async () => {
    const visitor = house.visitor();
    const mine = status(await visitor.get(`/api/sync/visits?day=${day}`, bearer(first.token)), 200);
    const hers = await two.read(`/api/sync/visits?day=${day}`);
    const ids = new Set(mine.rows.map((r) => r.id));
    check(!hers.rows.some((r) => ids.has(r.id)), 'no visit of both');
    const owner = (id) => house.sql(`SELECT carer FROM visit WHERE id = ${id}`)[0][0];
    check(mine.rows.every((r) => owner(r.id) === one.me.carer), 'all are hers');
    check(hers.rows.every((r) => owner(r.id) === other.carer), 'all are the other’s');
    for (const r of mine.rows) status(await two.get(`/api/visit/${r.id}`), 404);
  });

  await test('a token begets no token, nor does nobody or a wrong name', async () => {
    const visitor = house.visitor();
    const no = await visitor.post('/api/sync/phone', { phone }, bearer(first.token));
    same([no.status, no.body.key], [403, 'sync.sign_in'], 'by password only');
    status(await visitor.post('/api/sync/phone', { phone }), 401);
    for (const bad of ['', 'short', 'x'.repeat(65)])
      same(status(await one.post('/api/sync/phone', { phone: bad }), 422).fields[0].field, 'phone', 'named');
    status(await visitor.get(`/api/sync/visits?day=${day}`, bearer('0'.repeat(64))), 401);
  });
}
