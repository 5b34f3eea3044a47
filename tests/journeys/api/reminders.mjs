// reminders.mjs - she is reminded at her hour, once, as she wants; her family says how her mother is.

import { check, same, status, test, until } from '../harness.mjs';
import { citizen, daughterOf, mustAct, newPhone, staff } from '../client.mjs';
import { moment, offersOf, orderFor, timesOf } from '../scene.mjs';
import { plus } from '../clock.mjs';

/* Behind a clock that was moved all that is due by then runs first. */
const WAIT_MS = 60000;

export async function reminders(house, day) {
  const manager = await staff(house, 'manager'), tomorrow = plus(day, 1);
  const offers = await offersOf(manager, manager.me.org);
  const rows = async (order) => (await staff(house, 'manager')).read(
    `/api/message?care_order=${order}&kind=order.tomorrow`);

  await test('her hour is kept, an hour that is none is refused, and what can be switched off is named', async () => {
    const who = await citizen(house, newPhone());
    const put = (body) => who.ask('PUT', '/api/my/message_choice',
      { way: 'auto', off: [], digest: false, ...body });
    status(await put({ remind_min: 1500 }), 422);
    same(status(await put({ remind_min: 1110 }), 200).remind_min, 1110);
    const { kinds, remind_min } = await who.read('/api/my/message_choice');
    same(remind_min, 1110);
    same(kinds.filter((k) => k.reminder).map((k) => k.key).sort(),
      ['agreement.ends', 'bond.ends', 'meal.cut_off', 'order.tomorrow', 'package.ends']);
  });

  await test('a daughter says how her mother is reminded; another family and a stranger do not', async () => {
    const daughter = await daughterOf(house);
    const mine = (await daughter.read('/api/my')).elders.map((e) => e.id);
    const [account] = house.sql(`SELECT COALESCE(account, 0) FROM elder WHERE id = ${mine[0]}`)[0];
    const at = `/api/my/elders/${mine[0]}/message_choice`;
    const body = { way: 'voice', off: ['meal.cut_off'], digest: false, remind_min: 600 };
    if (account === '0') {
      same(status(await daughter.ask('PUT', at, body), 200).way, 'voice');
      same((await daughter.read(at)).remind_min, 600);
      const street = await staff(house, 'street');
      same((await street.read(`/api/elder/${mine[0]}/message_choice`)).way, 'voice', 'the same');
    } else status(await daughter.ask('PUT', at, body), 409);
    const stranger = await citizen(house, newPhone());
    status(await stranger.get(at), 404);
    status(await stranger.ask('PUT', at, body), 404);
    status(await manager.get(at), 403);
  });

  await test('a test message goes by the way that is asked, and the texts say how long they are', async () => {
    const admin = await staff(house, 'sysadmin'), phone = newPhone();
    await admin.write('/api/message/test', { phone, way: 'voice' });
    const said = await until('the call', () => house.messages('channel.test', phone)[0]);
    same(said.way, 'voice');
    status(await admin.post('/api/message/test', { phone, way: 'pigeon' }), 422);
    status(await manager.post('/api/message/test', { phone }), 403);
    const { texts } = await manager.read('/api/message/texts');
    const sms = texts.find((t) => t.kind === 'meal.cut_off' && t.way === 'sms');
    check(sms.units > 20 && sms.parts >= 1 && sms.sample.startsWith('【'), JSON.stringify(sms));
    check(texts.every((t) => t.way !== 'voice' || t.seconds > 0), 'calls have seconds');
  });

  await test('tomorrow is told at the hour she chose, once; what was called off is not announced', async () => {
    const phones = [newPhone(), newPhone()];
    const people = await Promise.all(phones.map((p) => citizen(house, p)));
    const orders = [];
    for (const who of people) {
      const slot = (await timesOf(who, offers.companion, { days: 14 })).find((s) => s.day === tomorrow);
      if (!slot) return;                                   // the station rests tomorrow
      orders.push((await who.write('/api/order', orderFor(offers.companion, slot))).order.id);
    }
    await people[0].ask('PUT', '/api/my/message_choice',
      { way: 'auto', off: [], digest: false, remind_min: 1140 });
    await house.restart(moment(day, 760));
    for (const id of orders)
      await until('the reminder waits', async () => (await rows(id)).items.length >= 1, WAIT_MS);
    const waits = (await rows(orders[0])).items.find((m) => m.account);
    same(waits.state, 'waiting');
    same(waits.not_before.slice(11, 16), '19:00');
    await mustAct(await citizen(house, phones[1]), 'care_order', orders[1], 'cancel', { reason: '有事' });
    await house.restart(moment(day, 1025));
    await until('it lapses', async () => (await rows(orders[1])).items
      .every((m) => m.state === 'dropped'), WAIT_MS);
    same(house.messages('order.tomorrow', phones[1]).length, 0);
    same(house.messages('order.tomorrow', phones[0]).length, 0, 'not at the house’s hour');
    await house.restart(moment(day, 1145));
    const told = await until('it is told', () => house.messages('order.tomorrow', phones[0])[0],
      WAIT_MS);
    check(told.values.text.includes('明天'), told.values.text);
    same(house.messages('order.tomorrow', phones[0]).length, 1, 'once');
  }, 300);
}
