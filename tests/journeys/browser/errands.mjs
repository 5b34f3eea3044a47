// errands.mjs - in a browser: who holds whose money; the daughter looks at it line by line and
// agrees; the carer takes an advance, buys, hands the change back, off line too.

import { same, test, until } from '../harness.mjs';
import { citizen, daughterOf, mustAct, newPhone, staff } from '../client.mjs';
import { moment, orderFor, orderGiven, timesOf } from '../scene.mjs';
import { phoneOf } from '../screen.mjs';
import { errandFor, errandOffer } from '../api/errands.mjs';
import { picture } from '../api/proofs.mjs';

/** The daughter: who has just had a code waits a minute for the next. */
/** `frame` has house, person, desk(login), open(page, path), axeOn(page, what). */
export async function errandMoney({ house, person, desk, open, axeOn }) {
  await test('the station sees who holds elders’ money, the overdue first', async () => {
    const page = await desk('manager');
    await open(page, '/errands');
    await page.getByRole('status').filter({ hasText: '护理员手里共' }).waitFor();
    await page.getByText('逾期').first().waitFor();
    await axeOn(page, 'console: errands');
    await page.setViewportSize({ width: 390, height: 844 });
    await axeOn(page, 'console: errands, narrow');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('the daughter reads the money line by line and says that it is right', async () => {
    const daughter = await daughterOf(house);
    const [[order, errand]] = house.sql(`SELECT e.care_order, e.id FROM errand e
      WHERE e.state = 'returned' AND e.account = ${daughter.me.account} LIMIT 1`);
    const page = await person({ as: daughter, elder: true });
    await page.goto(`${house.base}/order/${order}`);
    const money = page.getByRole('region', { name: '代办账目' });
    await money.getByText('找还您').waitFor();
    await axeOn(page, 'citizen 长辈版: the money of an errand');
    await money.getByRole('button', { name: '账目没问题' }).click();
    await money.getByRole('button', { name: '账目没问题' }).click();
    await money.getByText('已结清').waitFor();
    same(house.sql(`SELECT state, confirmed FROM errand WHERE id = ${errand}`)[0], ['confirmed', 'citizen'], 'hers');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}

/** How far they are, what the doctor said; and where to go next time. */
export async function escortTold({ house, person, axeOn }) {
  await test('the daughter reads what the doctor said and says where to go next', async () => {
    const daughter = await daughterOf(house);
    const [[home]] = house.sql("SELECT care_order FROM escort WHERE state = 'home' LIMIT 1");
    const [[next, id]] = house.sql(`SELECT care_order, id FROM escort WHERE state = 'planned'
      AND elder = (SELECT elder FROM escort WHERE care_order = ${home}) ORDER BY id DESC LIMIT 1`);
    const page = await person({ as: daughter });
    await page.goto(`${house.base}/order/${home}`);
    await page.getByText('少吃盐').waitFor();
    await axeOn(page, 'citizen: what the doctor said');
    await page.goto(`${house.base}/order/${next}`);
    await page.getByText('没有有效的委托书').waitFor();
    await page.getByRole('button', { name: '填写就诊安排' }).click();
    await page.getByLabel('医院').fill('安澜区中医院');
    await page.getByLabel(/预约几点/).fill('09:45');
    await axeOn(page, 'citizen: where and when');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('安澜区中医院').waitFor();
    same(house.sql(`SELECT at_min FROM escort WHERE id = ${id}`)[0][0], '585', 'kept');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}

/** Somebody of the station with a mobile and no account yet, signed in as herself by that number. */
async function herself(house, org) {
  const worker = await staff(house, 'worker');
  const ids = house.sql(`SELECT DISTINCT e.id FROM elder e JOIN care_order o ON o.elder = e.id
    WHERE o.org = ${org} AND e.account IS NULL AND e.died_on IS NULL AND e.phone IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM bond b WHERE b.elder = e.id) ORDER BY e.id DESC LIMIT 30`);
  for (const [id] of ids) {
    const seen = await worker.post(`/api/elder/${id}/reveal`, { fields: 'name,phone,id_number', reason: '协助本人登录' });
    const of = seen.status === 200 ? seen.body : {};
    if (!/^1\d{10}$/.test(of.phone ?? '') || !of.id_number) continue;
    const she = await citizen(house, of.phone);
    const { linked } = await she.write('/api/my/elder', { name: of.name, id_number: of.id_number });
    if (linked) return { she, id, name: of.name };
  }
  throw new Error('nobody of the station has a mobile of her own');
}

/** The 委托书 signed with a finger, on the telephone of her whom it is about. */
export async function proxySigned({ house, person, axeOn }) {
  await test('she signs her 委托书 on her own telephone, and it is in force', async () => {
    const { me } = await staff(house, 'manager');
    const { she, id } = await herself(house, me.org);
    const manager = await staff(house, 'manager'), offer = await errandOffer(manager, me.org, 'clinic');
    const [slot] = await timesOf(she, offer, { days: 14 });
    const { order } = await she.write('/api/order', { offer: offer.id, slot: slot.id, quantity: 1, elder: id,
      pay_way: 'cash' });
    const page = await person({ as: she });
    await page.goto(`${house.base}/order/${order.id}`);
    await page.getByText('没有有效的委托书').waitFor();
    await page.getByRole('button', { name: '我来签委托书' }).click();
    const pad = page.locator('canvas');
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    await page.mouse.move(box.x + 40, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 160, box.y + 90, { steps: 6 });
    await page.mouse.up();
    await axeOn(page, 'citizen: signing a 委托书');
    await page.getByRole('button', { name: '签好了' }).click();
    await page.getByText('没有有效的委托书').waitFor({ state: 'detached' });
    const kept = () => house.sql(`SELECT state, papers, signer FROM proxy WHERE elder = ${id}`)[0]?.join();
    await until('her paper has come', () => kept() === 'given,1,elder');
    same((await she.read(`/api/order/${order.id}/escort`)).escort.proxy.stands, true, 'in force');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
    await mustAct(she, 'care_order', order.id, 'cancel', { reason: '不去了' });
  });
}

/** Ordered by anybody, given to the demo's carer at a time when she is free. */
async function shopping(house) {
  const manager = await staff(house, 'manager'), carer = await staff(house, 'carer');
  const who = await citizen(house, newPhone());
  const offer = await errandOffer(manager, manager.me.org, 'shopping');
  const what = (one, time) => orderFor(one, time, { note: '牛奶一箱\n卫生纸一提' });
  const { order, slot } = await orderGiven(manager, who, carer.me.carer, [offer], { late: true, what });
  return { order, now: moment(slot.day, slot.start_min) };
}

/** The carer at the door: an own clock, so it comes when the house's may be set. */
export async function errandRun({ house, browser, axeOn }) {
  const { order, now } = await shopping(house);
  await house.restart(now);
  const page = await phoneOf({ house, browser }, now);
  const context = page.context();
  await page.getByRole('button', { name: /帮买东西/ }).first().click();
  const errand = page.getByRole('region', { name: '代购生活用品' });
  await errand.getByText('卫生纸一提').waitFor();
  await page.getByRole('button', { name: '到了' }).first().click();
  await errand.getByLabel(/收多少备用金/).fill('500');
  await errand.getByRole('button', { name: '备用金收好了' }).click();
  await errand.getByText('一次最多收').last().waitFor();
  await errand.getByLabel(/收多少备用金/).fill('100');
  await errand.getByText('当面点清，老人同意').click();
  await axeOn(page, 'carer: an advance');
  await context.setOffline(true);
  await errand.getByRole('button', { name: '备用金收好了' }).click();
  await errand.getByLabel('一共花了多少').fill('63.5');
  const receipt = { name: 'r.png', mimeType: 'image/png', buffer: picture('r') };
  await errand.locator('input[type=file]').setInputFiles(receipt);
  await errand.getByText('小票已拍好').waitFor();
  await axeOn(page, 'carer: bought');
  await errand.getByRole('button', { name: '办好了' }).click();
  same(await errand.getByLabel('找还老人多少').inputValue(), '36.50', 'the change is worked out');
  await errand.getByRole('button', { name: '钱交还了' }).click();
  await axeOn(page, 'carer: the change');
  await errand.getByRole('button', { name: '老人说没问题' }).click();
  await errand.getByText('账结清了').waitFor();
  await context.setOffline(false);
  const row = () => house.sql(`SELECT state, spent, change_back, receipts FROM errand
    WHERE care_order = ${order.id}`)[0].join();
  await until('all of it is in', () => row() === 'confirmed,6350,3650,1', 40000);
  await context.close();
}

/** To the clinic: her word on the carer's telephone first, then there and back, off line. */
export async function clinicRun({ house, browser, axeOn }) {
  const manager = await staff(house, 'manager'), carer = await staff(house, 'carer');
  const [[id]] = house.sql("SELECT elder FROM escort WHERE state = 'home' LIMIT 1");
  const people = { manager, carer, daughter: manager, elder: { id } };      /* the station orders */
  const { order, day } = await errandFor(people, 'clinic', '内科复查');
  const [[start]] = house.sql(`SELECT start_min FROM care_order WHERE id = ${order.id}`);
  const now = moment(day, start);
  await house.restart(now);
  const page = await phoneOf({ house, browser }, now);
  const context = page.context();
  await page.getByRole('button', { name: /陪着看病/ }).first().click();
  const card = page.getByRole('region', { name: '陪同就医' }).first();
  await card.getByText('没有有效的委托书').waitFor();
  await axeOn(page, 'carer: no proxy consent');
  await context.setOffline(true);
  await card.getByRole('button', { name: '老人在手机上签' }).click();
  const box = await page.locator('canvas').boundingBox();
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 90, { steps: 6 });
  await page.mouse.up();
  await card.getByRole('button', { name: '签好了' }).click();
  await card.getByRole('button', { name: '出发' }).click();
  await card.getByRole('button', { name: '到医院了' }).click();
  await card.getByLabel(/医生怎么说/).fill('少吃盐，两周后复查');
  await axeOn(page, 'carer: what the doctor said');
  await card.getByRole('button', { name: '看完了' }).click();
  await card.getByLabel(/取了什么/).fill('缬沙坦 2 盒，早上一片');
  const bag = { name: 'b.png', mimeType: 'image/png', buffer: picture('b') };
  await card.locator('input[type=file]').setInputFiles(bag);
  await card.getByText('已拍好').waitFor();
  await axeOn(page, 'carer: the medicine');
  await card.getByRole('button', { name: '记下' }).click();
  await card.getByRole('button', { name: /送到了/ }).click();
  await card.getByText('已送回家').waitFor();
  await context.setOffline(false);
  const row = () => house.sql(`SELECT e.state, e.papers, p.state FROM escort e JOIN proxy p ON p.id = e.proxy
    WHERE e.care_order = ${order.id}`)[0]?.join();
  await until('all of it is in', () => row() === 'home,1,given', 40000);
  await context.close();
}
