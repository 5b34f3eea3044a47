// messages.mjs - family hears of what happens, as she wants it; staff see what went out and why not.

import { check, same, status, test, until } from '../harness.mjs';
import { citizen, Client, mustAct, newPhone, staff } from '../client.mjs';
import { offersOf, orderFor, timesOf } from '../scene.mjs';

const told = (house, kind, phone) => house.messages(kind, phone);

export async function messages(house) {
  const manager = await staff(house, 'manager');
  const offers = await offersOf(manager, manager.me.org);
  const phone = newPhone(), who = await citizen(house, phone);
  const slot = (await timesOf(who, offers.walk, { days: 14 })).at(-1);
  const { order } = await who.write('/api/order', orderFor(offers.walk, slot));

  await test('a cancelled order reaches who ordered, once, with a link that shows just that', async () => {
    await mustAct(manager, 'care_order', order.id, 'decline', { reason: '人手不足' });
    const sent = await until('the message', () => told(house, 'order.cancelled', phone)[0]);
    check(sent.values.text.includes('取消了'), sent.values.text);
    const anyone = new Client(house), token = sent.values.link.split('/told/')[1];
    const shown = await anyone.write(`/api/told/${token}`);
    same(shown.number, order.number, 'that order');
    check(!JSON.stringify(shown).includes(order.for_name ?? '尹'), 'no name');
    status(await anyone.post('/api/told/nothing-of-the-kind'), 404);
    status(await anyone.get(`/api/care_order/${order.id}`), 401);
    const mine = (await who.read('/api/my/messages')).messages;
    check(mine.some((m) => m.care_order === order.id && m.kind === 'order.cancelled'), 'hers');
    check(!mine.some((m) => m.text.includes(token)), 'no secret in the list');
    same(told(house, 'order.cancelled', phone).length, 1, 'once');
  });

  await test('staff see what went out, masked; another organisation and citizens do not', async () => {
    const list = await manager.read(`/api/message?care_order=${order.id}&kind=order.cancelled`);
    same(list.items.length, 1, 'one');
    const row = list.items[0];
    check(['sent', 'waiting'].includes(row.state), row.state);
    check(row.address.includes('****') && !JSON.stringify(row).includes(phone), row.address);
    const other = await staff(house, 'provider');
    same((await other.read(`/api/message?care_order=${order.id}`)).items.length, 0, 'not theirs');
    const stranger = await citizen(house, newPhone());
    same((await stranger.read('/api/my/messages')).messages.length, 0, 'nothing of others');
    status(await stranger.get(`/api/message/${row.id}`), 404);
    check((await manager.read('/api/message/numbers')).numbers.length > 0, 'numbers of today');
  });

  await test('what she switches off is not sent, and what she must hear cannot be', async () => {
    const choice = await who.read('/api/my/message_choice');
    check(choice.kinds.some((k) => k.key === 'order.cancelled' && k.on), 'on at first');
    const put = (body) => who.ask('PUT', '/api/my/message_choice', body);
    status(await put({ way: 'auto', off: ['order.cancelled'], digest: false }), 200);
    status(await put({ way: 'auto', off: ['visit.not_met'] }), 422);
    status(await put({ way: 'wechat' }), 422);
    const again = (await timesOf(who, offers.walk, { days: 14 })).at(-1);
    const second = (await who.write('/api/order', orderFor(offers.walk, again))).order;
    await mustAct(manager, 'care_order', second.id, 'decline', { reason: '人手不足' });
    const row = await until('the row', async () => (await manager.read(
      `/api/message?care_order=${second.id}&kind=order.cancelled`)).items[0]);
    same(row.state, 'dropped', 'not sent');
    check(row.why.includes('不想收'), row.why);
    same(told(house, 'order.cancelled', phone).length, 1, 'still once');
  });

  await test('a text is written by one, measured, published by another, and then counts', async () => {
    const writer = await staff(house, 'district'), director = await staff(house, 'director');
    const text = { kind: 'order.changed', way: 'sms', text: '改时间了：{item}{day}{time}。{link}' };
    const look = await writer.write('/api/message_template/preview', text);
    check(look.parts >= 1 && look.preview.includes('上门助浴'), look.preview);
    const long = await writer.post('/api/message_template/preview',
      { ...text, text: '很长'.repeat(80) });
    status(long, 422);
    check(long.body.fields.some((f) => f.field === 'text'), long.text);
    status(await writer.post('/api/message_template', { ...text, text: '{name}好' }), 422);
    status(await manager.post('/api/message_template', text), 403);
    const made = await writer.write('/api/message_template', text);
    await mustAct(writer, 'message_template', made.id, 'submit');
    await mustAct(director, 'message_template', made.id, 'publish');
    const rows = (await writer.read('/api/message_template?state=published')).items;
    check(rows.some((r) => r.id === made.id), 'published');
  });

  await test('gateways belong to the system administrator, and secrets are never shown', async () => {
    const admin = await staff(house, 'sysadmin');
    const body = { name: '试验', way: 'voice', adapter: 'http', url: 'https://x.example.cn/send',
      body: '{"to":"{to}"}', secret: 'abc-secret-xyz' };
    status(await manager.get('/api/message_channel'), 403);
    status(await admin.post('/api/message_channel', { ...body, url: 'http://x.example.cn' }), 422);
    const made = await admin.write('/api/message_channel', body);
    const seen = await admin.get(`/api/message_channel/${made.id}`);
    check(!seen.text.includes('abc-secret-xyz'), 'sealed');
    const receipt = await new Client(house).post(
      `/api/message/receipt/${made.id}?token=guess`, '{"id":"1"}',
      { headers: { 'content-type': 'application/json' } });
    status(receipt, 403);
  });
}
