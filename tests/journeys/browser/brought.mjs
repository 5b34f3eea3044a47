// brought.mjs - on a carer's telephone: lunch handed, left, nobody there; and how she was on a visit.

import { check, same, until } from '../harness.mjs';
import { citizen, daughterOf, newPhone, staff } from '../client.mjs';
import { moment, offersOf, orderFor, orderGiven, timesOf } from '../scene.mjs';
import { phoneOf } from '../screen.mjs';

const MINUTE = 11 * 60 + 40;
const HOMES = [['尹向晚', '柳荫里 12 号楼 1 单元 101'], ['薛向阳', '柳荫里 3 号楼 2 单元 401'],
  ['费秋月', '柳荫里 7 号楼 1 单元 302']];

const clock = (m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;

/** Lunches of that day in a run of the demo's carer; `order` makes them of an offer and its time. */
async function runOf(house, day, order) {
  const manager = await staff(house, 'manager'), { me } = await staff(house, 'carer');
  const place = (await manager.read(`/api/place?org=${manager.me.org}&size=1`)).items[0].id;
  const { items } = await manager.read(`/api/meal/tables?places=${place}&sitting=lunch&day=${day}`);
  const offer = items[0].offers.find((o) => o.way === 'delivered');
  const [slot] = await timesOf(manager, offer, { from: day, days: 1 });
  await order(offer, slot);
  const { run } = await manager.write('/api/delivery/run', { place, day, sitting: 'lunch' });
  await manager.write(`/api/meal_run/${run.id}/give`, { carer: me.carer }, { version: run.version });
  return run.id;
}

async function draw(page) {
  const pad = await page.locator('canvas').boundingBox();
  await page.mouse.move(pad.x + 40, pad.y + 40);
  await page.mouse.down();
  await page.mouse.move(pad.x + 160, pad.y + 90, { steps: 6 });
  await page.mouse.up();
}

export async function lunchBrought(frame) {
  const { house, axeOn } = frame;
  const day = house.inDays(3);
  const run = await runOf(house, day, async (offer, slot) => {
    const anna = await citizen(house, newPhone());
    for (const [for_name, for_address] of HOMES)
      await anna.write('/api/order', orderFor(offer, slot, { for_name, for_address }));
  });
  await house.restart(moment(day, MINUTE));
  const page = await phoneOf(frame, moment(day, MINUTE));
  const go = async (name) => {
    await page.locator('.day-row', { hasText: name }).click();
    await page.locator('.meals article', { hasText: name }).waitFor();
  };
  const states = () => Object.fromEntries(house.sql(`SELECT o.for_name, s.state FROM meal_stop s
    JOIN care_order o ON o.id = s.care_order WHERE s.run = ${run}`));
  await page.getByRole('heading', { name: /送餐/ }).waitFor();
  await axeOn(page, 'carer: meals to bring');
  await go(HOMES[0][0]);
  // She signs without a network: handed, then signed, then what she drew.
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '交给本人并签收' }).click();
  await draw(page);
  await axeOn(page, 'carer: signed for at the door');
  await page.getByRole('button', { name: '签好了' }).click();
  await page.locator('.day-row', { hasText: HOMES[0][0] }).getByText('已签收').waitFor();
  await page.context().setOffline(false);
  await go(HOMES[1][0]);
  await page.getByRole('button', { name: '交给别人／放好了' }).click();
  await page.getByLabel('交给谁、放在哪里').fill('门卫老赵');
  await axeOn(page, 'carer: left with somebody');
  await page.getByRole('button', { name: '交给别人／放好了' }).click();
  await go(HOMES[2][0]);
  await page.getByRole('button', { name: '没人应门' }).click();
  await page.getByLabel(/怎么找过/).fill('敲门三次，电话没接');
  await page.locator('form').getByRole('button', { name: '没人应门' }).click();
  const want = { [HOMES[0][0]]: 'handed', [HOMES[1][0]]: 'left', [HOMES[2][0]]: 'nobody' };
  await until('all three are told', () => {
    const now = states();
    return Object.entries(want).every(([name, state]) => now[name] === state);
  });
  await until('her signature has come with its picture', () => house.sql(`SELECT papers FROM meal_stop
    WHERE run = ${run} AND signed_at IS NOT NULL`).join() === '1');
  same(page.faults, [], 'faults of the page');
  await page.context().close();
}

/** Where a street asks for a signature, handing over begins with it, and her daughter sees what was drawn. */
export async function lunchSigned(frame) {
  const { house, person, axeOn } = frame;
  const day = house.inDays(4);
  const daughter = await daughterOf(house), officer = await staff(house, 'district');
  const mother = (await daughter.read('/api/my')).elders.find((e) => e.may.includes('order'));
  const district = (await officer.read('/api/division?level=district&size=1')).items[0].id;
  await officer.write('/api/parameter', { name: 'delivery.sign', division: district, value: '1',
    valid_from: day, source: '区助餐工作会纪要' });
  let order;
  const run = await runOf(house, day, async (offer, slot) => {
    ({ order } = await daughter.write('/api/order', { offer: offer.id, slot: slot.id, elder: mother.id }));
  });
  await house.restart(moment(day, MINUTE));
  const page = await phoneOf(frame, moment(day, MINUTE));
  const stop = () => house.sql(`SELECT state, papers, signed_at IS NOT NULL FROM meal_stop
    WHERE run = ${run} AND care_order = ${order.id}`)[0];
  await page.locator('.meals .day-row').filter({ hasText: order.for_name ?? mother.name }).first().click();
  await page.getByRole('button', { name: '交到本人手里了' }).click();
  await page.locator('canvas').waitFor();                        // asked for before it is handed
  await page.getByRole('button', { name: '不签，已交到本人手里' }).waitFor();
  same(stop()[0], 'planned', 'not handed yet');
  await draw(page);
  await axeOn(page, 'carer: a meal that must be signed for');
  await page.getByRole('button', { name: '签好了' }).click();
  await until('handed, with its picture', () => stop().slice(0, 2).join() === 'handed,1');
  await page.context().close();

  const hers = await person({ as: await daughterOf(house) });
  await hers.goto(`${house.base}/order/${order.id}`);
  await hers.getByText(/ 签收/).waitFor();
  const drawn = hers.locator('img.drawn');
  await drawn.waitFor();
  await until('what was drawn is shown', () => drawn.evaluate((i) => i.complete && i.naturalWidth > 0));
  await drawn.scrollIntoViewIfNeeded();
  await axeOn(hers, 'citizen: signed for at the door');
  await hers.context().close();
  const stranger = await citizen(house, newPhone());
  check([403, 404].includes((await stranger.get(`/api/my/orders/${order.id}/brought`)).status), 'nobody else');
  same(page.faults, [], 'faults of the page');
}

export async function moodNoted(frame) {
  const { house, axeOn } = frame;
  const manager = await staff(house, 'manager'), carer = await staff(house, 'carer');
  const offers = await offersOf(manager, manager.me.org);
  const [[elder]] = house.sql(`SELECT elder FROM visit WHERE org = ${manager.me.org}
    AND elder IS NOT NULL AND state = 'done' ORDER BY id DESC LIMIT 1`);
  const what = (offer, time) => ({ offer: offer.id, slot: time.id, quantity: 1, elder,
    pay_way: 'cash', channel: 'phone' });
  const { order, slot } = await orderGiven(manager, manager, carer.me.carer, [offers.companion],
    { late: true, what });
  await house.restart(moment(slot.day, slot.start_min - 5));
  const page = await phoneOf(frame, moment(slot.day, slot.start_min - 5));
  await page.locator('.day-row', { hasText: clock(slot.start_min) }).filter({ hasText: '陪' }).first().click();
  // What she did counts on, though the house is slow to tell it back: nothing she writes is lost.
  let asked = 0, answer;
  const slow = new Promise((go) => { answer = go; });
  await page.route(/api\/sync\/visits/, async (route) => {
    if (route.request().method() === 'GET') { asked++; await slow; }
    await route.continue();
  });
  await page.getByRole('button', { name: '到了' }).first().click();
  await page.getByRole('button', { name: '记下心情' }).click();
  await page.getByText('请选一个心情').waitFor();
  await until('her arrival is sent and asked for', () => asked > 0);
  check(await page.getByText('请选一个心情').count() === 1, 'the question stands, unanswered');
  answer();
  await page.getByText('很低落', { exact: true }).click();
  await page.getByLabel(/聊了什么/).fill('说活着没意思');
  await axeOn(page, 'carer: how she was');
  await page.getByRole('button', { name: '记下心情' }).click();
  await page.getByText('心情已记下').waitFor();
  const [[visit]] = house.sql(`SELECT id FROM visit WHERE care_order = ${order.id}`);
  await until('the note is in', () =>
    house.sql(`SELECT mood FROM mood_note WHERE visit = ${visit}`)[0]?.[0] === 'very_low');
  same(page.faults, [], 'faults of the page');
  await page.context().close();
}
