// proofs.mjs - papers with a request to be bound, the counter, and a visit's photo for the family.

import fs from 'node:fs';
import path from 'node:path';
import { check, same, status, test } from '../harness.mjs';
import { act, citizen, mustAct, newPhone, staff } from '../client.mjs';
import { offersOf, orderFor, orderGiven } from '../scene.mjs';

/** The smallest picture there is; `more` makes two of them differ. */
export const picture = (more = '') =>
  Buffer.concat([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
    Buffer.from(more),
  ]);
const raw = { headers: { 'content-type': 'application/octet-stream' } };

async function elderWhole(worker, n) {
  const elder = (await worker.read('/api/elder?size=9')).items[n];
  const whole = await worker.write(`/api/elder/${elder.id}/reveal`, {
    fields: 'name,phone,id_number',
    reason: '核对亲属绑定',
  });
  return { ...whole, id: elder.id };
}

async function papersOfRequests(house, worker) {
  const elder = await elderWhole(worker, 4);
  const son = await citizen(house, newPhone()), other = await citizen(house, newPhone());
  const bytes = picture('household book');
  const sent = status(await son.post('/api/my/paper', bytes, raw), 201);
  const known = { name: elder.name, id_number: elder.id_number, relation: 'child' };

  await test('a paper goes with the request, and tells nobody who is registered', async () => {
    status(await other.post('/api/my/bond', { ...known, papers: sent.id }), 422);
    const wrong = status(
      await son.post('/api/my/bond', { ...known, name: '不在册', papers: sent.id }),
      200,
    );
    same(await son.write('/api/my/bond', { ...known, papers: sent.id }), wrong, 'the same answer');
    status(await son.post('/api/my/paper', Buffer.from('plain text'), raw), 422);
    status(await house.visitor().post('/api/my/paper', bytes, raw), 401);
  });

  const asked = (await son.read('/api/my')).asked[0], file = asked.papers[0].href;
  await test('who asked and who decides open it; nobody else; and each look is noted', async () => {
    same(asked.papers.length, 1, 'the paper is with the bond');
    same(Buffer.from((await son.get(file)).text).length > 0, true, 'her own');
    status(await other.get(file), 404);
    status(await (await staff(house, 'manager')).get(file), 403, 404);
    status(await (await staff(house, 'auditor')).get(file), 403);
    const looks = () =>
      house.sql(`SELECT what FROM access_log WHERE elder = ${elder.id} AND entity = 'bond'`).length;
    const before = looks();
    const list = await worker.read(`/api/bond/${asked.bond}/file`);
    same(list.items[0].size, bytes.length, 'its size');
    const opened = await worker.get(file);
    same([opened.status, opened.headers.get('content-type')], [200, 'image/png'], 'opened');
    same(looks(), before + 1, 'one look more');
    check(/no-store/.test(opened.headers.get('cache-control')), 'it is kept nowhere');
  });

  await test('on the disk the paper is sealed', async () => {
    const [[hash]] = house.sql(`SELECT hash FROM file WHERE row_id = ${asked.bond}`);
    const kept = fs.readFileSync(path.join(house.data, 'files', hash.slice(0, 2), hash.slice(2)));
    check(!kept.includes('household book') && !kept.includes('PNG'), 'nothing of it can be read');
  });

  await test('a paper can follow later, until she has been bound and parted', async () => {
    status(await son.post(`/api/bond/${asked.bond}/file`, picture('id copy'), raw), 201);
    status(await other.post(`/api/bond/${asked.bond}/file`, picture('x'), raw), 404);
    await mustAct(worker, 'bond', asked.bond, 'agree', { consent_way: 'counter' });
    same((await worker.read(`/api/bond/${asked.bond}/file`)).items.length, 2, 'two papers');
    await mustAct(son, 'bond', asked.bond, 'end', { reason: '测试结束' });
  });
}

async function counter(house, worker) {
  await test('at the counter a daughter is bound by her number, and signs in to find her mother',
    async () => {
    const elder = await elderWhole(worker, 5);
    const phone = newPhone();
    const body = { name: '王小梅', phone, relation: 'child', consent_way: 'counter' };
    status(await worker.post(`/api/elder/${elder.id}/bond`, { ...body, consent_way: '' }), 422);
    status(await (await staff(house, 'manager')).post(`/api/elder/${elder.id}/bond`, body), 403);
    const { bond } = status(await worker.post(`/api/elder/${elder.id}/bond`, body), 201);
    same([bond.state, bond.consent_way], ['active', 'counter'], 'bound, with how she agreed');
    status(await worker.post(`/api/elder/${elder.id}/bond`, body), 409);
    const mine = await (await citizen(house, phone)).read('/api/my');
    same(mine.elders.map((e) => e.id), [elder.id], 'her mother');
    same(mine.me.name, '王小梅', 'under the name given at the counter');
    status(await act(worker, 'bond', bond.id, 'end', { reason: '测试结束' }), 200);
  });
}

/** A visit under way for an elder of the register, ordered by a relative at her side. */
async function visitOf(house, worker, day) {
  const elder = await elderWhole(worker, 6);
  const phones = { records: newPhone(), orders: newPhone() }, people = {};
  for (const [what, phone] of Object.entries(phones)) {
    await worker.write(`/api/elder/${elder.id}/bond`, {
      name: '家属',
      phone,
      relation: 'child',
      may: what === 'records' ? ['order', 'records'] : ['order'],
      consent_way: 'phone',
    });
    people[what] = await citizen(house, phone);
  }
  const manager = await staff(house, 'manager'), carer = await staff(house, 'carer');
  const offers = await offersOf(manager, manager.me.org);
  const what = (offer, time) => orderFor(offer, time, { elder: elder.id });
  const { order } = await orderGiven(manager, people.records, carer.me.carer, [offers.companion],
    { on: day, what });
  return { order, carer, manager, people };
}

async function photos(house, worker, day) {
  const { order, carer, manager, people } = await visitOf(house, worker, day);
  const { visit } = await people.records.read(`/api/my/orders/${order.id}`);
  status(await carer.post(`/api/visit/${visit.id}/file`, picture('table'), raw), 201);
  const seen = async (who) => (await who.read(`/api/my/orders/${order.id}`)).visit;

  await test('the photo of a visit is on the page of who ordered', async () => {
    const shown = await seen(people.records);
    same([shown.photos_n, shown.photos.length], [1, 1], 'the photo');
    status(await people.records.get(shown.photos[0].href), 200);
  });
  await test('who may only order reads that there is one, and no more', async () => {
    const shown = await seen(people.orders), { photos: [photo] } = await seen(people.records);
    same([shown.photos_n, shown.photos], [1, undefined], 'masked');
    status(await people.orders.get(photo.href), 404);
  });
  await test('another family finds nothing', async () => {
    const stranger = await citizen(house, newPhone());
    const { photos: [photo] } = await seen(people.records);
    status(await stranger.get(photo.href), 404);
    status(await stranger.get(`/api/my/orders/${order.id}`), 404);
    status(await stranger.get(`/api/visit/${visit.id}/file`), 404);
    same((await seen(manager)).photos, undefined, 'the station reads it where it serves');
  });
}

export async function proofs(house, day) {
  const worker = await staff(house, 'worker');
  await papersOfRequests(house, worker);
  await counter(house, worker);
  await photos(house, worker, day);
}
