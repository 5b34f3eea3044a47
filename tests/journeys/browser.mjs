// browser.mjs - the main job in a real browser: by mouse, by keyboard alone, in 长辈版; the
// station, the call desk, the carer's telephone; axe on every screen in both token sets.

import { check, end, same, test, twice, until, within } from './harness.mjs';
import { demoPassword, newPhone } from './client.mjs';
import { newHouse } from './house.mjs';
import { addresses } from './browser/addresses.mjs';
import { baskets } from './browser/baskets.mjs';
import { calls } from './browser/calls.mjs';
import { till } from './browser/till.mjs';
import { phoneDesk } from './browser/desk.mjs';
import { monthPage, orderMoney } from './browser/month.mjs';
import { benefits } from './browser/benefits.mjs';
import { consents } from './browser/consents.mjs';
import { edge } from './browser/edge.mjs';
import { messages } from './browser/messages.mjs';
import { streets } from './browser/streets.mjs';
import { atlas } from './browser/atlas.mjs';
import { dispatch } from './browser/dispatch.mjs';
import { together } from './browser/together.mjs';
import { siting } from './browser/siting.mjs';
import { counter } from './browser/counter.mjs';
import { exports } from './browser/exports.mjs';
import { papers } from './browser/papers.mjs';
import { files } from './browser/files.mjs';
import { centres } from './browser/centres.mjs';
import { welfare } from './browser/welfare.mjs';
import { leads } from './browser/leads.mjs';
import { gatherings } from './browser/gatherings.mjs';
import { packages } from './browser/packages.mjs';
import { recipients } from './browser/recipients.mjs';
import { standing } from './browser/standing.mjs';
import { meals } from './browser/meals.mjs';
import { advice } from './browser/advice.mjs';
import { lunchBrought, lunchSigned, moodNoted } from './browser/brought.mjs';
import { again } from './browser/again.mjs';
import { bindings } from './browser/bindings.mjs';
import { disputed, refunded } from './browser/disputed.mjs';
import { hotline } from './browser/hotline.mjs';
import { sixty } from './browser/sixty.mjs';
import { tables } from './browser/tables.mjs';
import { dayInOrder, vanDay } from './browser/van.mjs';
import { clinicRun, errandMoney, errandRun, escortTold, proxySigned } from './browser/errands.mjs';
import { households } from './browser/households.mjs';
import { forms } from './browser/forms.mjs';
import { institutions } from './browser/institutions.mjs';
import { mapFromAfar, nearby } from './browser/nearby.mjs';
import { sharedPhone } from './browser/shared.mjs';
import { withoutNetwork } from './browser/offline.mjs';
import { beds } from './browser/beds.mjs';
import { fifteen } from './browser/fifteen.mjs';
import { states } from './browser/states.mjs';
import { finding } from './browser/finding.mjs';
import { parameters } from './browser/parameters.mjs';
import { search } from './browser/search.mjs';
import { boundAtCounter, paperAsked, photoOfVisit } from './browser/proofs.mjs';
import { sheets } from './browser/sheets.mjs';
import { requests } from './browser/requests.mjs';
import { surveys } from './browser/surveys.mjs';
import { todo } from './browser/todo.mjs';
import { bulk } from './browser/bulk.mjs';
import { counted, launch, objections, pageOf, phoneOf, tabTo } from './screen.mjs';

const FIRST_LOAD_MAX = 100 * 1024;
const CALL_KEYS_MAX = 6;
const house = await (await newHouse('sqlite')).start();
const browser = await launch();
const seen = [];

/** A page of the citizen's face; `as` is a client that has signed in. */
async function person({ elder = false, width = 390, as } = {}) {
  const page = await pageOf({ house, browser }, width, 844);
  await page.goto(house.base + '/');
  await page.getByRole('button', { name: elder ? '用长辈版' : '不用' }).click();
  if (as) {
    const [name, value] = as.cookie.split('=');
    await page.context().addCookies([{ name, value, url: house.base }]);
  }
  return page;
}

const axeOn = async (page, what) => { seen.push(...await objections(page, what)); };

async function smsCode(phone) {
  return (await until('the code', () => house.messages('sign_in.code', phone)[0])).values.code;
}

/** From an offer's page to the order: five steps, then a telephone number and its code. */
async function orderByMouse(page, elder) {
  const on = (name) => axeOn(page, `citizen${elder ? ' 长辈版' : ''}: ${name}`);
  const next = () => page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('combobox').first().fill('xhl');
  await page.getByRole('option').first().click();
  await on('home');
  await page.goto(`${house.base}/find/home`);
  const [[station]] = house.sql(`SELECT o.name FROM organisation o JOIN access_grant g ON g.org = o.id
    JOIN account a ON a.id = g.account WHERE a.login = 'manager'`);
  await page.getByRole('link', { name: new RegExp(station) }).first().click();
  await on('place');
  await page.getByRole('link', { name: /预约\s*陪聊/ }).click();
  await on('what');
  await next();
  await page.locator('.day:not([disabled])').filter({ hasText: '余' }).last().click();
  await page.locator('input[name=slot]:not([disabled])').first().check();
  await on('when');
  await next();
  await fillWho(page, elder);
  await on('pay');
  await page.locator('input[name=pay]').first().check();
  for (let i = 0; i < 4 && !(await page.getByText('最后一步：登录后下单').count()); i++) await next();
  await on('check');
  const phone = newPhone();
  await page.getByLabel('您的手机号').fill(phone);
  await page.getByRole('button', { name: '发送验证码' }).click();
  await page.getByLabel('短信验证码').fill(await smsCode(phone));
  await page.getByRole('button', { name: '登录并下单' }).click();
  await page.waitForURL(/\/order\/\d+/);
  await page.getByText('下单成功').first().waitFor();
  await on('order');
  return page.url().match(/order\/(\d+)/)[1];
}

async function fillWho(page, elder) {
  const fields = [['去哪里', '杏花里 6 号楼 3 单元 402'], ['老人的姓名', '林秀兰'], ['老人的电话', newPhone()]];
  for (const [label, text] of fields) {
    await page.getByLabel(label).fill(text);
    if (elder) await page.getByRole('button', { name: '下一步' }).click();
  }
  await page.getByText('子女', { exact: true }).or(page.getByText('儿女', { exact: true }))
    .or(page.locator('.chips label').nth(1)).first().click();
  await page.getByRole('button', { name: '下一步' }).click();
}

async function orderByKeys(page) {
  const key = (k) => page.keyboard.press(k);
  await tabTo(page, '住在哪里');
  await page.keyboard.type('xhl');
  await page.getByRole('option').first().waitFor();
  await key('Enter');
  await tabTo(page, '洗澡、打扫、陪诊');
  await key('Enter');
  await page.getByRole('link', { name: /驿站/ }).first().waitFor();
  await tabTo(page, '驿站');
  await key('Enter');
  await page.getByRole('link', { name: /预约\s*陪聊/ }).waitFor();
  await tabTo(page, '陪聊', 120);
  await key('Enter');
  await page.getByRole('button', { name: '下一步' }).waitFor();
  await tabTo(page, '下一步');
  await key('Enter');
  await page.locator('input[name=slot]').first().waitFor();
  await tabTo(page, '余');
  for (let i = 0; i < 3; i++) await key('Tab');
  await key('Enter');
  await tabTo(page, '–');
  await key('Space');
  await tabTo(page, '下一步');
  await key('Enter');
  for (const [label, text] of [['去哪里', '杏花里 6 号楼 402'], ['老人的姓名', '林秀兰'], ['老人的电话', newPhone()]]) {
    await page.getByLabel(label).waitFor();
    await tabTo(page, label);
    await page.keyboard.type(text);
  }
  await key('Tab');
  await key('Space');
  await tabTo(page, '下一步');
  await key('Enter');
  await page.locator('input[name=pay]').first().waitFor();
  await tabTo(page, '现金');
  await key('Space');
  await tabTo(page, '下一步');
  await key('Enter');
  const phone = newPhone();
  await page.getByLabel('您的手机号').waitFor();
  await tabTo(page, '您的手机号');
  await page.keyboard.type(phone);
  await key('Enter');
  const code = await smsCode(phone);
  await page.getByLabel('短信验证码').waitFor();
  await tabTo(page, '短信验证码');
  await page.keyboard.type(code);
  await key('Enter');
  await page.waitForURL(/\/order\/\d+/);
}

async function firstLoad() {
  const page = await pageOf({ house, browser }, 390, 844);
  const sum = await counted(page);
  await page.goto(house.base + '/', { waitUntil: 'networkidle' });
  await page.waitForTimeout(3000);
  console.log(`        ${sum.bytes} bytes: ${[...sum.asked].map(([p, n]) => `${p} ${n}`).join(', ')}`);
  check(sum.bytes > 5000 && sum.bytes <= FIRST_LOAD_MAX, `the first load took ${sum.bytes} bytes`);
  await page.context().close();
}

// --- the desk ---

const signedIn = new Map();                              // of a login: what its browser keeps

/** The console as `login` on a page that asks for nothing: by the form the first time, afterwards
  by the session of then while that holds. */
async function desk(login) {
  const page = await pageOf({ house, browser }, 1440, 900);
  await page.context().addCookies(signedIn.get(login) ?? []);
  await page.goto(`${house.base}/console/#/nowhere`);
  const name = page.locator('#login');
  await name.or(page.locator('nav').first()).first().waitFor();
  if (await name.count()) {
    await name.fill(login);
    await page.locator('#password').fill(demoPassword);
    await page.keyboard.press('Enter');
    await name.waitFor({ state: 'detached' });
    signedIn.set(login, await page.context().cookies());
  }
  return page;
}

const open = async (page, path) => {
  await page.goto(`${house.base}/console/#${path}`);
  await page.waitForTimeout(700);
};

async function station(page, number) {
  await open(page, '/station');
  await axeOn(page, 'console: station');
  const card = page.locator('li, article, tr').filter({ hasText: number }).last();
  await card.getByRole('button', { name: '接单' }).click();
  const dialog = page.getByRole('dialog');                 // accepting asks at once for a carer
  await dialog.waitFor();
  await axeOn(page, 'console: assign');
  await dialog.getByRole('button', { name: /合适/ }).first().click();
  await until('the order is assigned', () =>
    house.sql(`SELECT state FROM care_order WHERE number = '${number}'`)[0][0] === 'assigned');
}

/** By the keyboard alone; counts every key. */
async function call(page, phone) {
  await open(page, '/call');
  let keys = 0;
  const key = async (k) => { keys++; await page.keyboard.press(k); };
  await page.locator('#call-number').focus();
  await page.keyboard.type(phone);
  const before = Number(house.sql('SELECT COUNT(*) FROM care_order')[0][0]);
  await key('Enter');
  await page.waitForTimeout(900);
  await axeOn(page, 'console: caller found');
  await key('Enter');
  await page.waitForTimeout(1500);
  await axeOn(page, 'console: order of a caller');
  for (; keys < CALL_KEYS_MAX; ) {
    await key('Control+Enter');
    await page.waitForTimeout(900);
    if (Number(house.sql('SELECT COUNT(*) FROM care_order')[0][0]) > before) break;
  }
  check(keys < CALL_KEYS_MAX,
    `no order after ${keys} keys: ${(await page.locator('main').innerText()).slice(0, 400)}`);
  console.log(`        ${keys} keys beside the ${phone.length} digits`);
}

/** What one does alone: the citizen's face and the console. */
async function faces() {
  within('citizen');
  await test('the first load is at most 100 KB on the wire', firstLoad);
  let orderId;
  await test('the main job by mouse', async () => {
    const page = await person();
    orderId = await orderByMouse(page, false);
    for (const path of ['/orders', '/me', '/me/family', '/me/access', '/sos', '/search?q=xz',
      '/find/meal', '/find/institution']) {
      await page.goto(house.base + path);
      await axeOn(page, `citizen: ${path}`);
    }
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
  await test('the main job by keyboard alone', async () => {
    const page = await person();
    await orderByKeys(page);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
  await test('the main job in 长辈版', async () => {
    const page = await person({ elder: true });
    const size = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    check(size >= 20, `letters of ${size} px`);
    await orderByMouse(page, true);
    for (const path of ['/', '/orders', '/me', '/sos']) {
      await page.goto(house.base + path);
      await axeOn(page, `citizen 长辈版: ${path}`);
    }
    await page.context().close();
  });

  await baskets({ person, house, axeOn });
  await institutions({ person, house, axeOn });
  await consents({ person, house, axeOn });
  await benefits({ person, house, axeOn });
  await messages({ person, house, axeOn });
  await edge({ person, house, axeOn });
  await nearby({ person, house, axeOn });
  await fifteen({ person, house, axeOn });
  await finding({ person, house, axeOn });

  within('console');
  await search({ desk, house, axeOn });
  await sixty({ browser, axeOn });
  await till({ house, desk, open, axeOn });
  await phoneDesk({ house, desk, open, axeOn });
  await monthPage({ desk, open, axeOn });
  await orderMoney({ house, desk, open, axeOn });
  await mapFromAfar({ desk, house, axeOn });
  await beds({ house, desk, open, axeOn });
  await test('a station accepts and assigns', async () => {
    const page = await desk('manager');
    const number = house.sql(`SELECT number FROM care_order WHERE id = ${orderId}`)[0][0];
    await station(page, number);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
  await test('from a page to the first one and back, each as it was left', async () => {
    const page = await desk('manager');
    for (const path of ['/', '/todo', '/', '/list/elder', '/todo', '/']) {
      await open(page, path);
      await page.locator(path === '/' ? '.doors' : 'main h1').first().waitFor();
      same(await page.locator('.doors').count(), path === '/' ? 1 : 0, `the first page at ${path}`);
    }
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
  await test('figures are offered to who has an area or an organisation', async () => {
    const offered = { district: true, manager: true, assessor: false };
    for (const [login, has] of Object.entries(offered)) {
      const page = await desk(login);
      await open(page, '/');
      await page.locator('.doors').waitFor();
      same(await page.locator('.doors a[href="#/today"]').count(), has ? 1 : 0, `door of ${login}`);
      same(await page.locator('nav a[href="#/today"]').count(), has ? 1 : 0, `menu of ${login}`);
      await open(page, '/today');
      await page.locator('.figures').or(page.getByRole('alert')).first().waitFor();
      same(await page.locator('.figures').count(), has ? 1 : 0, `figures of ${login}`);
      same(await page.getByRole('alert').count(), has ? 0 : 1, `one sentence for ${login}`);
      await page.context().close();
    }
  });
  await test('each role lands on a page that has something', async () => {
    for (const login of ['manager', 'provider', 'worker', 'street', 'district', 'director', 'clerk',
      'assessor', 'auditor', 'sysadmin', 'secadmin', 'auditadmin']) {
      const page = await desk(login);
      await open(page, '/');
      await page.locator('.doors .door').first().waitFor();
      check(await page.locator('.doors .door').count() >= 2, `${login} has somewhere to go`);
      if (['manager', 'provider', 'street', 'district', 'director', 'auditor'].includes(login))
        await page.locator('.figures .card').first().waitFor();
      if (['manager', 'worker', 'street'].includes(login)) await page.locator('.line').first().waitFor();
      if (login === 'manager' || login === 'assessor')
        await axeOn(page, `console: the first page of ${login}`);
      same(page.faults, [], `faults of ${login}`);
      await page.context().close();
    }
  }, 400);
  await test(`an order for a caller, by under ${CALL_KEYS_MAX} keys`, async () => {
    const page = await desk('manager');
    await call(page, await callerPhone());
    await page.context().close();
  });
  await test('lists, forms, figures, one person, and a look with a reason', async () => {
    const page = await desk('district');
    const elder = house.sql('SELECT id FROM elder LIMIT 1')[0][0];
    const org = house.sql("SELECT id FROM organisation WHERE kind = 'station' LIMIT 1")[0][0];
    for (const path of ['/today', '/list/elder', '/list/place', '/list/care_order',
      '/list/place?open=new',
                        `/organisation/${org}`, '/map', '/list/elder?q=zzzz', '/nowhere',
                          `/elder/${elder}`]) {
      await open(page, path);
      await axeOn(page, `console: ${path.replace(/\d+/, 'N')}`);
    }
    await page.getByRole('button', { name: '查看完整信息' }).first().click();
    await page.locator('#reveal-reason').fill('回访满意度');
    if (!(await page.getByRole('checkbox', { checked: true }).count()))
      await page.locator('form#reveal .el-checkbox').first().click();
    await axeOn(page, 'console: reveal');
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await until('the look in the log', () =>
      house.sql(`SELECT reason FROM access_log WHERE elder = ${elder}`).flat().includes('回访满意度'));
    await open(page, '/today');
    await page.locator('main a, main button').filter({ hasText: /\d/ }).first().click();
    await page.waitForTimeout(800);
    check(page.url().includes('/list/') || await page.locator('table').count(),
      `a figure leads to its list: ${page.url()}`);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  within('paper');
  await papers({ house, desk, open, axeOn });
  within('console');
  await calls({ house, desk, open, axeOn });
  await requests({ house, person, smsCode, desk, open, axeOn });
  await hotline({ house, desk, open, axeOn });
  await surveys({ house, desk, open, axeOn });
  await todo({ house, desk, open, axeOn });
  await bulk({ house, desk, open, axeOn });
  await files({ house, desk, open, axeOn });
  await counter({ house, desk, open, axeOn });
  await sheets({ house, desk, open, axeOn });
  await exports({ desk, open, axeOn });
  await forms({ desk, open, axeOn });

  within('states');
  await states({ house, browser, desk });
}

/** Where several have to do with one another, the carer's telephone, and paper. */
async function people() {
  within('family');
  const tools = { house, person, desk, open, axeOn };
  await test('a paper goes with the request, and who decides opens it', () => paperAsked(tools));
  await test('a relative is bound at the counter', () => boundAtCounter(tools));
  await test('the photo of a visit is on the page of who ordered', () => photoOfVisit(tools));
  await addresses({ house, desk, open, axeOn });
  await households({ house, desk, open, axeOn });
  await escortTold({ house, person, axeOn });             // before a pause calls her visit off
  await proxySigned({ house, person, axeOn });
  await standing({ house, person, desk, open, axeOn });
  await packages({ house, person, desk, open, axeOn });
  await recipients({ house, desk, open, axeOn });
  await errandMoney({ house, person, desk, open, axeOn });
  await gatherings({ house, person, desk, open, axeOn });
  await centres({ house, person, desk, open, axeOn });
  await welfare({ house, desk, open, axeOn });
  await leads({ desk, open, axeOn });
  await parameters({ house, desk, open, axeOn });
  await streets({ house, desk, open, axeOn });
  await atlas({ house, desk, open, axeOn });
  await dispatch({ house, desk, open, axeOn });
  await together({ house, desk, person, open, axeOn });
  await siting({ house, desk, open, axeOn });
  await meals(tools);
  await tables(tools);
  await advice(tools);
  await disputed(tools);
  await again(tools);

  within('carer');
  await test('a van is loaded and hands over, cold too', () => vanDay({ house, browser, axeOn }));
  await test('what comes first stands first: a visit, then the round', () =>
    dayInOrder({ house, browser }));
  await test('arrived, done, on a telephone', () => carerDay());
  await test('in flight mode: reload, killed tab, then each thing once', () =>
    withoutNetwork({ house, browser, axeOn }));
  await test('one telephone, two carers: each her own PIN and her own day', () =>
    sharedPhone({ house, browser, axeOn }));
  await test('lunch is brought: handed, left with somebody, nobody there', () =>
    lunchBrought({ house, browser, axeOn }));
  await test('where a signature is asked for, and who may see it', () =>
    lunchSigned({ house, browser, person, axeOn }));
  await test('how she was is noted at the end of a visit', () => moodNoted({ house, browser, axeOn }));
  await test('an errand: advance, receipt, change, off line too', () =>
    errandRun({ house, browser, axeOn }));
  await test('to the clinic: her word, there and back, off line', () =>
    clinicRun({ house, browser, axeOn }));
  await bindings({ house, browser, axeOn });
  await test('called off late: the fee is kept, the rest given back by the rule, she reads it', () =>
    refunded(tools));
}

twice();
const part = process.argv.find((a) => a.startsWith('--part='))?.slice(7);   // two of them run at once
if (part !== 'people') await faces();
if (part !== 'faces') await people();
within('axe');
await test('no objection on any screen, in either token set', async () => {
  same([...new Set(seen)], [], `${seen.length} objections`);
});
await browser.close();
await house.stop();
await end();

/** The telephone of an elder the station has served. */
async function callerPhone() {
  const { staff } = await import('./client.mjs');
  const manager = await staff(house, 'manager');
  const own = `SELECT elder FROM care_order WHERE elder > 0 GROUP BY elder
    HAVING MIN(org) = ${manager.me.org} AND MAX(org) = ${manager.me.org}`;
  const elder = house.sql(`SELECT id FROM elder WHERE id IN (${own}) AND phone IN
    (SELECT phone FROM elder GROUP BY phone HAVING COUNT(*) = 1) LIMIT 1`)[0][0];
  const whole = await manager.write(`/api/elder/${elder}/reveal`, { fields: 'phone',
    reason: '来电核对身份' });
  return whole.phone;
}

/** An order of today given to the demo's carer; she goes, arrives, and is done. */
async function carerDay() {
  const { staff, citizen } = await import('./client.mjs');
  const { offersOf, orderFor, orderGiven, moment } = await import('./scene.mjs');
  const manager = await staff(house, 'manager'), carer = await staff(house, 'carer');
  const offers = await offersOf(manager, manager.me.org);
  const who = await citizen(house, newPhone());
  const what = (offer, time) => orderFor(offer, time, { for_name: '尹向晚' });
  const { order, slot } = await orderGiven(manager, who, carer.me.carer, [offers.companion],
    { late: true, what });
  await house.restart(moment(slot.day, slot.start_min - 10));
  const page = await phoneOf({ house, browser }, moment(slot.day, slot.start_min - 10));
  await page.getByText('尹向晚').first().waitFor();
  await axeOn(page, 'carer: today');
  await page.getByRole('button', { name: /尹向晚/ }).first().click();
  await page.getByRole('button', { name: '到了' }).first().click();
  const state = () => house.sql(`SELECT state FROM visit WHERE care_order = ${order.id}`)[0][0];
  await until('she has arrived', () => state() === 'arrived', 15000).catch(async (no) => {
    throw new Error(`${no.message}: ${(await page.locator('body').innerText()).slice(0, 600)}`);
  });
  await page.getByRole('button', { name: '做完了' }).first().click();
  for (let i = 0; i < 3 && state() !== 'done'; i++) {
    await page.waitForTimeout(700);
    const more = page.getByRole('button', { name: /做完了|一切正常|提交|确定/ });
    if (state() !== 'done' && await more.count()) await more.last().click();
  }
  await until('she is done', () => state() === 'done');
  await axeOn(page, 'carer: done');
  await page.context().close();
}
