// advice.mjs - in a browser: an adviser's note and referral to its answer, a meal card, a station without service.

import { check, same, test, until } from '../harness.mjs';
import { citizen, daughterOf, demoPassword, staff } from '../client.mjs';

const sheet = (page, name) => page.getByRole('region', { name, exact: true }).first();

/** Somebody the station serves, who lives in the street and whose home has a point. */
async function known(house) {
  const manager = await staff(house, 'manager'), street = await staff(house, 'street');
  const served = house.sql(`SELECT DISTINCT elder FROM care_order WHERE org = ${manager.me.org}
    AND elder > 0 AND state IN ('confirmed', 'rated') ORDER BY elder LIMIT 40`).flat();
  for (const elder of served)
    if ((await street.get(`/api/adviser/match?elder=${elder}&needs=bath`)).body?.items
      ?.some((i) => i.org === manager.me.org)) return { elder, manager };
  throw new Error('the station serves nobody of the street near its place');
}

async function writesAndRefers({ house, desk, open, axeOn }, { elder, manager }) {
  const page = await desk('street');
  await open(page, `/elder/${elder}`);
  const notes = sheet(page, '顾问记录与转介');
  await notes.getByRole('button', { name: '写记录' }).click();
  const write = page.getByRole('dialog', { name: '写记录' });
  await write.getByText('助浴', { exact: true }).click();
  await write.getByLabel('情况').fill('想有人陪着洗澡');
  await write.getByLabel('下次跟进').fill(house.inDays(7));
  await write.getByLabel('下次跟进').press('Tab');
  await axeOn(page, 'console: an adviser writes');
  await write.getByRole('button', { name: '保存记录' }).click();
  await write.waitFor({ state: 'hidden' });
  await notes.getByRole('button', { name: '转介' }).first().click();
  const refer = page.getByRole('dialog', { name: /转介/ });
  const [[station]] = house.sql(`SELECT name FROM organisation WHERE id = ${manager.me.org}`);
  await refer.getByRole('radio', { name: new RegExp(station) }).first().check();
  await refer.getByLabel('转介原因').fill('需要助浴，希望女护理员');
  await axeOn(page, 'console: an adviser refers');
  await refer.getByRole('button', { name: '转介' }).click();
  await refer.waitFor({ state: 'hidden' });
  await notes.getByText('待接收').waitFor();
  same(page.faults, [], 'faults of the page');
  return page;
}

/** The station accepts, says what came of it; who referred reads it on the page that is open. */
async function answered({ house, desk, open, axeOn }, page, elder) {
  const station = await desk('manager');
  await open(station, `/elder/${elder}`);
  const notes = sheet(station, '顾问记录与转介');
  await notes.getByRole('button', { name: '接收', exact: true }).click();
  await notes.getByText('已接收').waitFor();
  await notes.getByRole('button', { name: '办结' }).click();
  const result = station.getByRole('dialog');
  await result.getByLabel('结果').fill('周一开始助浴');
  await result.getByRole('button', { name: /办结|确定|提交/ }).last().click();
  await until('it is done', () => house.sql(
    `SELECT state FROM referral WHERE elder = ${elder} ORDER BY id DESC LIMIT 1`)[0][0] === 'done');
  await station.context().close();
  await sheet(page, '顾问记录与转介').getByText('周一开始助浴').waitFor();
  await axeOn(page, 'console: a referral answered');
  await page.context().close();
}

/** A new card at the station; the daughter's telephone shows its QR. */
async function card({ house, person, desk, open, axeOn }) {
  const daughter = await daughterOf(house);
  const mother = (await daughter.read('/api/my')).elders[0];
  const page = await desk('worker');
  await open(page, `/elder/${mother.id}`);
  const cards = sheet(page, '助餐卡');
  await cards.getByRole('button', { name: /发卡|补发新卡|挂失/ }).first().waitFor();
  if (await cards.getByRole('button', { name: '挂失' }).count()) {
    await cards.getByRole('button', { name: '挂失' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /挂失|确定/ }).last().click();
  }
  await cards.getByRole('button', { name: /发卡|补发新卡/ }).click();
  await cards.getByText('使用中').waitFor();
  const number = house.sql(`SELECT number FROM diner_card WHERE elder = ${mother.id} AND state = 'active'`)[0][0];
  await cards.getByRole('button', { name: '打印卡' }).click();
  const print = page.getByRole('dialog', { name: '打印卡' });
  await print.getByLabel(/理由|为什么/).first().fill('发卡给老人');
  await axeOn(page, 'console: printing a card');
  await page.context().close();

  const phone = await person({ as: daughter });
  await phone.goto(`${house.base}/me`);
  await phone.getByRole('link', { name: /助餐卡/ }).click();
  await phone.getByText(number).waitFor();
  check(await phone.getByRole('img', { name: /二维码/ }).isVisible(), 'its QR');
  await axeOn(phone, 'citizen: meal cards');
  same(phone.faults, [], 'faults of the page');
  await phone.context().close();
}

/** The station found by its reasons gets a manager; she answers, the office reads it and goes there. */
async function ghost({ house, desk, open, axeOn }) {
  const [[org, title]] = house.sql(`SELECT s.org, o.name FROM spot_check s
    JOIN organisation o ON o.id = s.org WHERE s.state = 'open' LIMIT 1`);
  const system = await staff(house, 'sysadmin'), security = await staff(house, 'secadmin');
  const made = await system.write('/api/account', { kind: 'staff', login: 'ghost', name: '苗长青' });
  await system.write(`/api/account/${made.id}/password`, { new: demoPassword });
  await security.write('/api/access_grant', { account: made.id, role: 'station_manager', org });

  const own = await desk('ghost');
  await open(own, '/ghosts');
  await own.getByRole('heading', { name: title }).waitFor();
  await own.getByText('30 天内没有一笔订单').waitFor();
  await axeOn(own, 'console: one’s own score');
  await own.getByRole('button', { name: '说明情况' }).click();
  const dialog = own.getByRole('dialog');
  await dialog.getByLabel('说明').fill('内部整修，十二月一日恢复');
  await dialog.getByRole('button', { name: '说明情况' }).click();
  await own.getByText('内部整修，十二月一日恢复').waitFor();
  same(own.faults, [], 'faults of the page');
  await own.context().close();

  const page = await desk('district');
  await open(page, '/ghosts');
  const one = page.getByRole('region', { name: title });
  await one.getByText('内部整修，十二月一日恢复').waitFor();
  await axeOn(page, 'console: stations to look at');
  await page.setViewportSize({ width: 390, height: 844 });
  check(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), 'fits a phone');
  await one.getByRole('button', { name: '登记抽查结果' }).click();
  const found = page.getByRole('dialog');
  await found.getByText('没有服务', { exact: true }).or(found.getByRole('combobox')).first().click();
  await page.getByRole('option', { name: '没有服务' }).or(found.getByText('没有服务', { exact: true })).last().click();
  await found.getByLabel('现场情况').fill('大门上锁，邻居说一个月没开');
  await axeOn(page, 'console: the result of a spot check');
  await found.getByRole('button', { name: '登记抽查结果' }).click();
  await page.getByText('没有要抽查的站点').waitFor();
  await page.getByRole('button', { name: '已抽查' }).click();
  await page.getByText('大门上锁，邻居说一个月没开').waitFor();
  await page.getByText('没有服务', { exact: true }).waitFor();
  same(page.faults, [], 'faults of the page');
  await page.context().close();
}

/** `frame` has house, person, desk, open(page, path), axeOn(page, what). */
export async function advice(frame) {
  await test('an adviser’s note, a referral chosen near her home, and its answer', async () => {
    const who = await known(frame.house);
    await answered(frame, await writesAndRefers(frame, who), who.elder);
  });
  await test('a meal card is given at the desk and shown on the daughter’s telephone', () => card(frame), 200);
  await test('a station without service answers first; the office reads it and goes there', () => ghost(frame));
}
