// escorts.mjs - to the clinic: her word first, then there and back; what the doctor said is hers.

import { randomUUID } from 'node:crypto';
import { check, same, status, test } from '../harness.mjs';
import { act, citizen, daughterOf, mustAct, newPhone, staff } from '../client.mjs';
import { errandFor } from './errands.mjs';
import { made } from './exports.mjs';
import { phoneId } from './offline.mjs';
import { textOf } from './prints.mjs';
import { picture } from './proofs.mjs';
import { plus } from '../clock.mjs';

const form = '/api/sync/escorts';

async function push(phone, items) {
  const now = (await phone.read(form)).as_of;
  const sent = items.map((i) => ({ key: randomUUID(), entity: 'escort', at: now, what: {}, ...i }));
  return status(await phone.post(form, { phone_at: now, items: sent }), 200).results;
}

const told = async (client, order) => (await client.read(`/api/order/${order}/escort`)).escort;

export async function escorts(house, day) {
  const people = { manager: await staff(house, 'manager'), carer: await staff(house, 'carer'),
    daughter: await daughterOf(house) };
  const { manager, carer, daughter } = people;
  const { order, mother, day: on } = await errandFor(people, 'clinic', '内科复查');
  let row;

  await test('the daughter says where and when; nobody sets out without her mother’s word', async () => {
    const mine = await told(daughter, order.id);
    same([mine.open, mine.proxy.stands], [true, false], 'none yet');
    check(mine.proxy.words.includes('签字'), 'and how to get one');
    await mustAct(daughter, 'escort', mine.row.id, 'plan',
      { clinic: '安澜区人民医院', department: '内科', at_min: 570, bring: '医保卡' });
    const pulled = (await carer.read(`${form}?day=${on}`)).rows.map((r) => r.row);
    row = pulled.find((r) => r.escort.id === mine.row.id);
    same([row.clinic, row.bring, row.proxy.stands], ['安澜区人民医院', '医保卡', false], 'on the telephone');
    const [no] = await push(carer, [{ id: row.escort.id, version: row.escort.version, action: 'set_out' }]);
    same([no.result, no.message_key], ['conflict', 'escort.no_proxy'], 'refused, with the sentence');
  });

  await test('signed on the carer’s telephone; there and back; the medicine is handed over', async () => {
    const signed = { entity: 'proxy', action: 'create', id: phoneId(Date.parse(`${day}T01:00:00Z`)),
      what: { elder: mother.id, acts: ['escort', 'medicine'], signed_by: '本人', valid_until: plus(day, 30) } };
    const steps = ['set_out', 'arrive', 'advise', 'fetch', 'come_home'];
    const what = { advise: { advice: '少吃盐，两周后复查' }, fetch: { drugs: '缬沙坦 2 盒', picked_up: true },
      come_home: { handed_to: '本人' } };
    let version = row.escort.version, after;
    const items = steps.map((action) => {
      const item = { key: randomUUID(), id: row.escort.id, action, what: what[action] ?? {},
        ...(after ? { after } : { version }) };
      after = item.key;
      return item;
    });
    const results = await push(carer, [signed, ...items]);
    same(results.map((r) => r.result), Array(6).fill('done'), 'all of it');
    status(await carer.post(`/api/proxy/${signed.id}/file?name=sign.png`, picture('sign'),
      { headers: { 'content-type': 'image/png' } }), 201);
    status(await carer.post(`/api/escort/${row.escort.id}/file?name=bag.png`, picture('bag'),
      { headers: { 'content-type': 'image/png' } }), 201);
    same((await manager.read(`/api/proxy/${signed.id}`)).state, 'given', 'its paper has come');
  });

  await test('she reads it all; staff and strangers do not read what the doctor said', async () => {
    const mine = await told(daughter, order.id);
    same([mine.advice, mine.drugs, mine.papers.length], ['少吃盐，两周后复查', '缬沙坦 2 盒', 1], 'hers');
    same(mine.steps.filter((s) => s.at).length, 5, 'every step with its time');
    status(await daughter.get(mine.papers[0].href), 200);
    const seen = await told(manager, order.id);
    same([seen.advice, seen.drugs, seen.row.advice], [undefined, undefined, undefined], 'not the station');
    status(await manager.get(mine.papers[0].href), 403);
    const whole = await manager.write(`/api/escort/${row.escort.id}/reveal`, { fields: 'advice', reason: '家属来电问' });
    same(whole.advice, '少吃盐，两周后复查', 'with a reason, in the log');
    const stranger = await citizen(house, newPhone());
    status(await stranger.get(`/api/order/${order.id}/escort`), 404);
    const provider = await staff(house, 'provider');
    status(await provider.get(`/api/escort/${row.escort.id}`), 404);
  });

  await test('a daughter does not sign for her mother; the station notes a paper; she may take it back', async () => {
    const asked = { org: manager.me.org, acts: ['registration'], signed_by: '女儿', valid_until: plus(day, 10) };
    const no = await daughter.post(`/api/elder/${mother.id}/proxy`, asked);
    same([no.status, no.body.key], [403, 'proxy.not_hers'], 'refused, with whom it must be');
    const { proxy } = await manager.write(`/api/elder/${mother.id}/proxy`, { ...asked, way: 'paper', signed_by: '本人' });
    same(proxy.state, 'draft', 'until its file is there');
    const long = await manager.post(`/api/elder/${mother.id}/proxy`, { ...asked, valid_until: plus(day, 500) });
    same([long.status, long.body.fields[0].field], [422, 'valid_until'], 'not for ever');
    status(await act(manager, 'proxy', proxy.id, 'withdraw', { reason: '老人说不用了' }), 200);
  });

  await test('a 委托书 on paper: filled in when one is in force, blank for another organisation', async () => {
    const print = async (who) => made(who, await who.write('/api/print',
      { form: 'proxy', elder: mother.id, reason: '老人签字' }));
    const mine = await print(manager);
    const text = await textOf(manager, mine.href);
    for (const word of ['委托书', '☑陪同就医', '□代挂号', '委托人签字', '手术'])
      check(text.includes(word), `${word} stands on it: ${text}`);
    const provider = await staff(house, 'provider');
    status(await provider.post('/api/print', { form: 'proxy', elder: mother.id, reason: '签字' }), 404);
  });
}
