// errands.mjs - an elder's money for an errand: taken, spent, handed back, looked at; every yuan is told.

import { randomUUID } from 'node:crypto';
import { check, same, status, test } from '../harness.mjs';
import { act, citizen, daughterOf, mustAct, newPhone, staff } from '../client.mjs';
import { orderGiven } from '../scene.mjs';
import { picture } from './proofs.mjs';

const form = '/api/sync/errands';

/** Sends items one after the other; the results. The house's own clock stands where it was set. */
async function push(phone, items) {
  const now = (await phone.read(form)).as_of;
  const sent = items.map((i) => ({ key: randomUUID(), entity: 'errand', at: now, ...i }));
  return status(await phone.post(form, { phone_at: now, items: sent }), 200).results;
}

/** The offer of the station for an item of this errand kind. */
export async function errandOffer(client, org, kind) {
  const items = (await client.read(`/api/catalogue_item?errand=${kind}`)).items.map((i) => i.id);
  const offers = (await client.read(`/api/offer?org=${org}&state=published&size=100`)).items;
  return offers.find((o) => items.includes(o.item));
}

/** Ordered by the daughter for her mother at some free time and given to the carer; the day's visit. */
export async function errandFor({ manager, carer, daughter, elder }, kind, note) {
  const mother = elder ?? (await daughter.read('/api/my')).elders[0];
  const offer = await errandOffer(manager, manager.me.org, kind);
  check(offer, `the station offers ${kind}`);
  const what = (one, time) => ({ offer: one.id, slot: time.id, quantity: 1, elder: mother.id,
    pay_way: 'cash', note });
  const { order, slot } = await orderGiven(manager, daughter, carer.me.carer, [offer], { what });
  return { mother, offer, order, day: slot.day };
}

const money = async (client, order) => (await client.read(`/api/order/${order}/errand`)).errand;

export async function errands(house) {
  const people = { manager: await staff(house, 'manager'), carer: await staff(house, 'carer'),
    daughter: await daughterOf(house) };
  const { manager, carer, daughter } = people;
  const { order, day } = await errandFor(people, 'shopping', '鸡蛋一板\n老陈醋一瓶');
  const stranger = await citizen(house, newPhone());
  let row;

  await test('the list goes to the carer’s telephone with the order, the rule beside it', async () => {
    const pulled = (await carer.read(`${form}?day=${day}`)).rows.map((r) => r.row);
    row = pulled.find((r) => r.number === order.number);
    same(row.wants, '鸡蛋一板\n老陈醋一瓶', 'the list');
    check(row.never_ask.includes('密码') && row.most === 30000, 'the sentence and the ceiling');
    const mine = await money(daughter, order.id);
    same([mine.row.state, mine.wants, mine.lines], ['open', row.wants, []], 'she reads it too');
    same((await money(manager, order.id)).wants, undefined, 'staff ask for it with a reason');
  });

  await test('the advance has a ceiling; bought, the change must add up', async () => {
    const id = row.errand.id, v = row.errand.version;
    const advance = { amount: 10000, giver: 'elder', counted: true };
    const [no] = await push(carer, [{ id, version: v, action: 'advance', what: { ...advance, amount: 30001 } }]);
    same([no.result, no.fields?.[0]?.key], ['refused', 'errand.too_much'], 'too much');
    const [yes] = await push(carer, [{ id, version: v, action: 'advance', what: advance }]);
    same(yes.result, 'done', 'taken');
    const day_close = await manager.read('/api/station/errands?day=' + day);
    check(day_close.held >= 10000, 'the station sees what is held');
    const buy = { key: randomUUID(), id, version: yes.version, action: 'buy',
      what: { spent: 6350, bought: '都买到了', receipt: 'photo' } };
    const back = { key: randomUUID(), id, after: buy.key, action: 'hand_back', what: { change_back: 3600 } };
    const [bought, short] = await push(carer, [buy, back]);
    same([bought.result, short.result, short.fields?.[0]?.key], ['done', 'refused', 'errand.why'], 'five mao short');
    const [again] = await push(carer, [{ id, version: bought.version, action: 'hand_back',
      what: { change_back: 3650 } }]);
    same([again.result, again.row.difference], ['done', 0], 'to the last fen');
    const [repeated] = await push(carer, [buy]);
    same(repeated.result, 'repeated', 'told twice, done once');
  });

  await test('the receipt is kept, and she reads the money line by line', async () => {
    const id = row.errand.id;
    status(await carer.post(`/api/errand/${id}/file?name=receipt.png`, picture('receipt'),
      { headers: { 'content-type': 'image/png' } }), 201);
    const mine = await money(daughter, order.id);
    same(mine.lines.map((l) => [l.key, l.amount]),
      [['advance', 10000], ['spent', 6350], ['change_back', 3650]], 'line by line');
    same([mine.receipts.length, mine.row.receipts], [1, 1], 'the receipt');
    status(await daughter.get(mine.receipts[0].href), 200);
    check(mine.row.actions.some((a) => a.name === 'confirm'), 'she may confirm');
  });

  await test('nobody else’s: another family, another organisation, and who served may not confirm', async () => {
    const id = row.errand.id;
    status(await stranger.get(`/api/order/${order.id}/errand`), 404);
    status(await stranger.get(`/api/errand/${id}`), 403, 404);
    const provider = await staff(house, 'provider');
    status(await provider.get(`/api/errand/${id}`), 404);
    check((await provider.read('/api/station/errands')).open.every((l) => l.errand.id !== id), 'not in its list');
    status(await act(manager, 'errand', id, 'confirm'), 403, 404, 409);
    status(await (await staff(house, 'district')).get('/api/station/errands'), 403);
  });

  await test('she objects: a request is opened, an office settles it', async () => {
    const id = row.errand.id;
    await mustAct(daughter, 'errand', id, 'dispute', { reason: '小票上只有 53.50' });
    const director = await staff(house, 'director');
    const asked = (await director.read(`/api/request?care_order=${order.id}`)).items;
    same([asked.length, asked[0].kind], [1, 'complaint'], 'one request');
    status(await act(manager, 'errand', id, 'settle', { reason: '对过账' }), 403, 404, 409);
    same((await money(daughter, order.id)).row.state, 'disputed', 'still open');
  });

  await test('a card or a password is no part of a list', async () => {
    const { order: other } = await errandFor(people, 'bills', '电费 80 元');
    const of = (await daughter.read(`/api/order/${other.id}/errand`)).errand.row;
    const no = await act(daughter, 'errand', of.id, 'write', { wants: '取钱，密码 123456' });
    same([no.status, no.body.fields?.[0]?.key], [422, 'errand.secrets'], 'refused, with the reason');
    await mustAct(daughter, 'errand', of.id, 'write', { wants: '电费 80 元，户号 3300021' });
    await mustAct(daughter, 'care_order', other.id, 'cancel', { reason: '自己缴了' });
    same((await daughter.read(`/api/order/${other.id}/errand`)).errand.row.state, 'dropped', 'it goes with its order');
  });
}
