// rights.mjs - who may: roles, reviewers, administrators; lock-out, second factor, idle sign-out.

import { createHmac } from 'node:crypto';
import { check, same, status, test } from '../harness.mjs';
import { act, Client, demoPassword, mustAct, newPhone, staff } from '../client.mjs';
import { moment } from '../scene.mjs';

/** RFC 6238 over a base32 secret, at a moment in milliseconds. */
export function totp(secret, ms) {
  const bits = [...secret.replace(/=+$/, '')]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(ms / 30000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

/** A new member of staff with one role, made by the two administrators it takes. */
async function newStaff(house, login, role, more = {}) {
  const system = await staff(house, 'sysadmin'),
    security = await staff(house, 'secadmin');
  const district = (await security.read('/api/division?level=district')).items[0];
  const made = await system.write('/api/account', { kind: 'staff', login, name: '新同事' });
  await system.write(`/api/account/${made.id}/password`, { new: demoPassword });
  const grant = (r) =>
    security.post('/api/access_grant', {
      account: made.id,
      role: r,
      low: Number(district.scope),
      high: Number(district.scope) + 999999,
      ...more,
    });
  status(await grant(role), 200, 201);
  return { id: made.id, login, grant };
}

async function reviewed(house) {
  const street = await staff(house, 'street'),
    worker = await staff(house, 'worker');
  const orgs = (await street.read('/api/organisation?size=1&state=published')).items;
  const body = {
    org: orgs[0].id,
    name: '新开理发店',
    kind: 'barber',
    lat: 30.2240493,
    lon: 125.6023179,
    datum: 'wgs84',
    address: '槐安社区 1 号',
    hours: 'Mo-Fr 09:00-18:00',
  };
  const made = await street.write('/api/place', body);
  same(made.state, 'draft', 'new places are drafts');
  const public1 = await new Client(house).get(`/api/place/${made.id}/page`);
  status(public1, 404);
  await mustAct(street, 'place', made.id, 'submit');
  status(await act(street, 'place', made.id, 'publish'), 403);
  status(await act(worker, 'place', made.id, 'publish'), 403, 404);
  await mustAct(await staff(house, 'director'), 'place', made.id, 'publish');
  status(await new Client(house).get(`/api/place/${made.id}/page`), 200);
}

async function auditorReads(house) {
  const auditor = await staff(house, 'auditor');
  check(auditor.me.letter?.includes('安审函'), 'under a letter');
  const elder = (await auditor.read('/api/elder?size=1')).items[0];
  status(await auditor.patch(`/api/elder/${elder.id}`, { building: '9号楼' }, elder.version), 403);
  status(await auditor.post('/api/elder', { name: '某某' }), 403);
  const order = (await auditor.read('/api/care_order?size=1')).items[0];
  same(order.actions ?? [], [], 'no buttons for who only reads');
  status(
    await auditor.post(
      `/api/care_order/${order.id}/cancel`,
      { reason: '看看' },
      { version: order.version },
    ),
    403,
  );
  status(await auditor.post('/api/station/move', { carer_from: '1', carer_to: '2' }), 403);
}

async function threeAdministrators(house) {
  const [system, security, audit] = await Promise.all(
    ['sysadmin', 'secadmin', 'auditadmin'].map((l) => staff(house, l)),
  );
  status(await system.get('/api/access_grant'), 403);
  status(
    await system.post('/api/access_grant', { account: system.me.account, role: 'security_admin' }),
    403,
  );
  const seen = await security.read('/api/account?size=3');
  check(
    seen.items.every((a) => !('password' in a) && !('totp_secret' in a) && a.name.includes('*')),
    'whose accounts there are, not their secrets',
  );
  status(await audit.get('/api/account'), 403);
  status(await security.post('/api/account', { kind: 'staff', login: 'x-new', name: '某人' }), 403);
  for (const who of [audit, system, security]) {
    status(await who.get('/api/elder'), 403);
    status(await who.get('/api/care_order'), 403);
  }
  const one = await newStaff(house, 'two-hats', 'system_admin');
  status(await one.grant('security_admin'), 403, 409, 422);
}

async function lockedOut(house) {
  const { id, login } = await newStaff(house, 'forgetful', 'assessor');
  const visitor = new Client(house);
  for (let i = 0; i < 5; i++)
    status(await visitor.post('/api/session', { login, password: `wrong-wrong-${i}` }), 401);
  const refused = await visitor.post('/api/session', { login, password: demoPassword });
  status(refused, 429);
  check(Number(refused.headers.get('retry-after')) > 0, 'how long to wait');
  status(await (await staff(house, 'sysadmin')).post(`/api/account/${id}/unlock`), 403);
  await (await staff(house, 'secadmin')).write(`/api/account/${id}/unlock`);
  await staff(house, login);
}

async function secondFactor(house, day) {
  const { login } = await newStaff(house, 'careful', 'assessor');
  const one = await staff(house, login);
  const { secret, otpauth, qr_path, qr_side } = await one.write('/api/account/totp');
  check(otpauth.includes(secret), 'the address for the authenticator');
  check(/^(M\d+ \d+h\d+v1h-\d+z)+$/.test(qr_path) && qr_side > 29, 'the code to scan');
  check(qr_path.startsWith('M4 4h7v1h-7z'), 'its first eye, after the quiet border');
  const at = Date.parse(moment(day, 0)) + (Date.parse(house.clock) - Date.parse(moment(day, 0)));
  status(await one.post('/api/session/totp', { code: '000000' }), 401);
  await one.write('/api/session/totp', { code: totp(secret, at) });
  const again = new Client(house);
  const first = status(await again.post('/api/session', { login, password: demoPassword }), 200);
  same(first.need_totp, true, 'the second factor is asked for');
  const half = await again.session();
  same([half.need_totp, half.rights], [true, undefined], 'half signed in is not signed in');
  status(await again.get('/api/elder'), 401, 403);
  status(await again.post('/api/session/totp', { code: totp(secret, at) }), 401); // used once
  await again.write('/api/session/totp', { code: totp(secret, at + 30000) });
  await again.session();
  status(await again.get('/api/elder?size=1'), 200);
}

/* On the machine itself: an area is one that a division has. */
function accountOfNoArea(house) {
  const ask = (code) =>
    house.command('account', `of-${code}`, '--role', 'district_officer', '--scope', code);
  const refused = ask('990199');
  check(refused.code !== 0 && refused.text.includes('990199'), `names the code: ${refused.text}`);
  check(refused.text.includes('yike export division'), `says where the codes are: ${refused.text}`);
  same(house.sql("SELECT id FROM account WHERE login = 'of-990199'").length, 0, 'nothing was made');
  same(ask('990101').code, 0, 'a district there is');
}

export async function rights(house, day) {
  await test('what one submits another publishes', () => reviewed(house));
  await test('an auditor reads under a letter and changes nothing', () => auditorReads(house));
  await test('system, security and audit administrators are three', () =>
    threeAdministrators(house));
  await test('an account is of an area that a division has', () => accountOfNoArea(house));
  await test('wrong passwords lock; the security administrator unlocks', () => lockedOut(house));
  await test('a second factor, once on, is asked for, and each code counts once', () =>
    secondFactor(house, day));

  await test('who holds two roles changes between them, and has the rights of one at a time',
    async () => {
    const one = await newStaff(house, 'both', 'assessor');
    status(await one.grant('clerk_12345'), 200, 201);
    const who = await staff(house, 'both');
    same(who.me.roles.length, 2, 'two roles');
    const other = who.me.roles.find((r) => r.role !== who.me.role);
    const had = who.me.rights.includes('MAY_ANSWER_CALLS');
    await who.write('/api/session/role', { grant: other.grant });
    const now = await who.session();
    same([now.role, now.rights.includes('MAY_ANSWER_CALLS')], [other.role, !had], 'the other role');
    status(await who.post('/api/session/role', { grant: '12345' }), 404);
  });

  await test('a change without the page’s token is refused', async () => {
    const who = await staff(house, 'manager');
    const r = await who.post('/api/station/move', {}, { headers: { 'x-yike-csrf': 'x' } });
    status(r, 403);
  });

  await test('staff are signed out after half an hour of silence, a citizen is not', async () => {
    const manager = await staff(house, 'manager');
    const daughter = await new Client(house).signInByPhone(newPhone());
    await house.restart(moment(day, 540 + 35));
    status(await manager.get('/api/station/day'), 401);
    status(await daughter.get('/api/my'), 200);
    await manager.signIn('manager');
    await manager.ask('DELETE', '/api/session');
    manager.cookie ||= 'yike=nothing';
    status(await manager.get('/api/station/day'), 401);
  });
}
