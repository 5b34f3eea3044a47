// main_job.mjs - a daughter finds help near her mother's home, a station serves it, she confirms.

import { check, same, status, test } from '../harness.mjs';
import { act, citizen, Client, mustAct, newPhone, staff } from '../client.mjs';
import { moment, offersOf, orderFor } from '../scene.mjs';

const phone = newPhone(),
  address = '杏花里 6 号楼 3 单元 402';

/** Whether the demo's carer could go at a minute of a day: the city has given her visits too. */
async function freeAt(house, day) {
  const carer = await staff(house, 'carer');
  const visits = house.sql(`SELECT start_min, end_min FROM visit WHERE carer = ${carer.me.carer}
    AND day = ${Date.parse(`${day}T00:00:00Z`) / 86400000} AND state <> 'cancelled'`);
  return (minute) => visits.every(([from, to]) => minute >= Number(to) || minute + 60 <= Number(from));
}

/** From the initials of a compound to an order, prices before any sign-in. */
async function find(house, org) {
  const visitor = new Client(house);
  const where = await visitor.read('/api/where?q=xhl');
  const home = where.items.find((i) => i.kind === 'compound' && i.name === '杏花里');
  check(home?.path.includes('安澜区'), `xhl did not lead to 杏花里: ${JSON.stringify(where)}`);
  const near = await visitor.read(`/api/near?compound=${home.id}&door=home&minutes=30`);
  const seconds = near.items.map((i) => i.seconds);
  same(
    seconds,
    [...seconds].sort((a, b) => a - b),
    'the nearest stands first',
  );
  check(
    near.items.every((i) => i.seconds <= 1800 && /步行 \d+ 分钟/.test(i.minutes_text)),
    'walking times within what was asked',
  );
  const station = near.items.find((i) => i.org === org);
  check(station, 'the station beside the compound is among what is near');
  const page = await visitor.read(`/api/place/${station.id}/page`);
  same(page.place.id, station.id, 'the page of the place');
  const offer = page.offers.find((o) => o.name === '陪聊');
  check(offer, `陪聊 is on the page of the place: ${JSON.stringify(page.offers).slice(0, 300)}`);
  const price = await visitor.write('/api/order/price', { offer: offer.id, quantity: 1 });
  same(
    price.parts.reduce((n, p) => n + p.amount, 0),
    price.price,
    'the parts make up the price',
  );
  check(price.cancel_rule_text.includes('取消'), 'the rule of cancelling stands beside the price');
  check(price.pay_ways.length >= 3, 'ways to pay are named');
  const slots = await visitor.read(`/api/offer/${offer.id}/slots?days=1`);
  const free = await freeAt(house, slots.days[0].day);
  const slot = slots.days[0].slots.find((s) => s.left > 0 && free(s.start_min));
  check(slot, 'a free time today');
  return { home, station, offer, slot, price, day: slots.days[0].day };
}

async function place(who, found) {
  const body = {
    ...orderFor(found.offer, found.slot),
    for_name: '林秀兰',
    for_phone: phone,
    for_address: address,
    for_compound: found.home.id,
    password: '桂花',
    gender_wish: 'female',
    note: '耳背，请大声些',
  };
  const r = await who.post('/api/order', body);
  status(r, 201);
  same(r.headers.get('location'), `/api/my/orders/${r.body.order.id}`, 'where the order is found');
  return r.body.order;
}

async function hiddenFromOthers(house, order, stranger) {
  const provider = await staff(house, 'provider');
  for (const [who, path] of [
    [provider, `/api/care_order/${order.id}`],
    [provider, `/api/my/orders/${order.id}`],
    [provider, `/api/care_order/${order.id}/history`],
    [stranger, `/api/my/orders/${order.id}`],
    [stranger, `/api/care_order/${order.id}`],
  ])
    status(await who.get(path), 404);
  for (const who of [provider, stranger])
    status(
      await who.post(`/api/care_order/${order.id}/cancel`, { reason: '看看' }, { version: 1 }),
      404,
    );
  status(
    await provider.post(`/api/care_order/${order.id}/reveal`, {
      fields: 'for_phone',
      reason: '看看',
    }),
    404,
  );
  status(await new Client(house).get(`/api/my/orders/${order.id}`), 401);
}

async function maskedForStation(manager, order) {
  const day = await manager.read('/api/station/day');
  const seen = day.orders_waiting.find((o) => o.id === order.id);
  check(seen, 'the order waits on the station’s day');
  const told = JSON.stringify(seen);
  check(
    !told.includes(phone) &&
      !told.includes('单元') &&
      !told.includes('林秀兰') &&
      !told.includes('桂花'),
    `the station sees name, telephone, door and password masked: ${told}`,
  );
  const text = await manager.read(`/api/station/text?day=${order.day}`);
  check(
    !text.text.includes(phone) && !text.text.includes('单元'),
    'the text for the group has no door',
  );
  const whole = await manager.write(`/api/care_order/${order.id}/reveal`, {
    fields: 'for_phone,for_address',
    reason: '电话确认上门时间',
  });
  check(JSON.stringify(whole).includes(phone), 'with a reason the station sees the telephone');
  status(await manager.post(`/api/care_order/${order.id}/reveal`, { fields: 'for_phone' }), 422);
}

const texts = (page) => page.timeline.map((t) => t.text);

export async function mainJob(house, day) {
  const ref = {};
  await test('initials, near, times, price, order without binding', async () => {
    ref.manager = await staff(house, 'manager');
    ref.found = await find(house, ref.manager.me.org);
    ref.daughter = await citizen(house, newPhone());
    ref.stranger = await citizen(house, newPhone());
    ref.order = await place(ref.daughter, ref.found);
    same(ref.order.price, ref.found.price.price, 'the price is what was shown');
    const list = await ref.daughter.read('/api/my/orders');
    same(
      list.items.map((o) => o.id),
      [ref.order.id],
      'my orders',
    );
    same(
      [list.items[0].for_name, list.items[0].for_address],
      ['林秀兰', address],
      'who ordered sees it whole',
    );
    check(
      !list.items[0].for_phone.includes(phone.slice(3, 7)),
      'the telephone stays masked even for her',
    );
    same((await ref.stranger.read('/api/my/orders')).items, [], 'orders of a stranger');
  });
  await test('the order is masked for the station and hidden from all others', async () => {
    await hiddenFromOthers(house, ref.order, ref.stranger);
    await maskedForStation(ref.manager, ref.order);
  });
  await test('the station accepts and assigns; the family sees who comes', async () => {
    const { order, manager } = ref;
    await mustAct(manager, 'care_order', order.id, 'accept');
    ref.carer = await staff(house, 'carer');
    await mustAct(manager, 'care_order', order.id, 'assign', { carer: ref.carer.me.carer });
    const page = await ref.daughter.read(`/api/my/orders/${order.id}`);
    same(page.order.state, 'assigned', 'state');
    same(page.visit.carer.id, ref.carer.me.carer, 'the carer');
    check(
      page.visit.carer.name.length >= 2 && !page.visit.carer.name.includes('*'),
      'her whole name',
    );
    check(Array.isArray(page.visit.carer.papers), 'her certificates');
    check(!JSON.stringify(page.visit.carer).includes('"phone"'), 'never her telephone');
    same(page.visit.carer.visits_here, 0, 'how often she was here');
    status(await act(manager, 'care_order', order.id, 'accept'), 409);
  });
  await test('the carer reads the telephone an hour before, not earlier', async () => {
    const early = await visitOf(ref.carer, ref.order);
    check(early.address.includes('402') && early.for_name === '林秀兰', 'she knows where to go');
    check(early.phone === undefined && early.password === undefined, 'not the telephone yet');
    status(await ref.carer.get(`/api/care_order/${ref.order.id}`), 200);
    await house.restart(moment(day, ref.order.start_min - 50));
    const late = await visitOf(ref.carer, ref.order);
    same([late.phone, late.password], [phone, '桂花'], 'telephone and password');
  });
  await test('arrived, done, confirmed, rated: the time line says it in this order', () =>
    finish(house, ref));
}

async function visitOf(carer, order) {
  const day = await carer.read(`/api/carer/day?day=${order.day}`);
  const one = day.visits.find((v) => v.number === order.number);
  check(one, 'the visit stands in the carer’s day');
  return one;
}

async function finish(house, ref) {
  const { carer, daughter, order } = ref;
  const visit = (await visitOf(carer, order)).visit.id;
  await mustAct(carer, 'visit', visit, 'arrive', { lat: 30.2240493, lon: 125.6023179 });
  same(
    (await daughter.read(`/api/my/orders/${order.id}`)).order.state,
    'under_way',
    'state on arrival',
  );
  status(await act(daughter, 'care_order', order.id, 'cancel', { reason: '太迟' }), 409);
  await mustAct(carer, 'visit', visit, 'finish', { note: '精神很好', result: 'well' });
  const manager = await staff(house, 'manager');
  status(await act(manager, 'care_order', order.id, 'confirm'), 403);
  await mustAct(daughter, 'care_order', order.id, 'confirm');
  status(await act(daughter, 'care_order', order.id, 'rate', { stars: 6 }), 422);
  await mustAct(daughter, 'care_order', order.id, 'rate', { stars: 5, words: '很耐心' });
  status(await act(daughter, 'care_order', order.id, 'rate', { stars: 1 }), 409);
  const page = await daughter.read(`/api/my/orders/${order.id}`);
  same(page.order.state, 'rated', 'state at the end');
  same(
    texts(page),
    ['已下单', '机构已接单', '已安排护理员', '护理员到了', '护理员做完了', '已确认完成', '已评价'],
    'the time line',
  );
  const times = page.timeline.map((t) => t.at);
  same(times, [...times].sort(), 'in order of time');
  const seen = await new Client(house).read(`/api/place/${ref.found.station.id}/page`);
  check(
    JSON.stringify(seen.rating.latest).includes('很耐心'),
    'the rating stands on the place’s page',
  );
  check(!JSON.stringify(seen).includes('林秀兰'), 'without the elder’s name');
}

export { offersOf };
