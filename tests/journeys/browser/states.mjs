// states.mjs - every screen of the three faces while it waits, when it is refused, and when a list is empty.
//
// What a screen asks for is held back: it must say that it is waiting. Then all of it is refused: it must
// give the server's words and another try, and nothing may go on waiting. The tries are answered, every
// list without a row: they must come through, and what is empty must be said in words. No clock is asked
// and nothing is counted, so what the event stream makes a screen ask meanwhile only meets the same fate.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { check, same, test, until } from '../harness.mjs';
import { daughterOf, demoPassword } from '../client.mjs';
import { root } from '../house.mjs';
import { pageOf } from '../screen.mjs';

const SAID = '系统正在维护，请过十分钟再来';
const REFUSAL = { status: 503, contentType: 'application/problem+json', headers: { 'retry-after': '0.01' },
  body: JSON.stringify({ type: 'about:blank', title: SAID, status: 503, key: 'busy' }) };
const PATIENCE_MS = 10000;
const NO_WORKER = { serviceWorkers: 'block' };              // its questions pass the net by
// What the frame itself needs; and what is asked with a body, but only asked.
const FRAME = /^\/api\/(session|meta|events|openapi|todo\/counts)/;
const QUESTION = /^\/api\/(told\/|order\/.*price$)/;

// --- the net: what is asked is held, refused, or answered with empty lists ---

/** An answer whose lists hold nothing. */
function emptied(body) {
  if (!body || typeof body !== 'object' || Array.isArray(body)) return [];
  const lists = Object.keys(body).filter((k) => Array.isArray(body[k]));
  for (const k of lists) body[k] = [];
  if (lists.includes('items') && 'total' in body) body.total = 0;
  if (lists.includes('items')) delete body.next;
  return lists;
}

async function netOf(page) {
  const net = { mode: 'through', asked: 0, lists: 0, held: [] };
  const fate = {
    through: (r) => r.continue(),
    held: (r) => void net.held.push(r),
    refused: (r) => r.fulfill(REFUSAL),
    empty: async (r) => {
      const response = await r.fetch();
      if (!/json/.test(response.headers()['content-type'] ?? '')) return r.fulfill({ response });
      const body = await response.json();
      net.lists += emptied(body).length;
      return r.fulfill({ response, body: JSON.stringify(body) });
    } };
  const settle = async (r) => { try { await fate[net.mode](r); } catch { /* the screen no longer wants it */ } };
  await page.route('**/api/**', (r) => {
    const at = new URL(r.request().url()).pathname, asks = r.request().method() === 'GET' || QUESTION.test(at);
    if (!asks || FRAME.test(at)) return r.continue();
    net.asked++;
    return settle(r);
  });
  net.turn = (mode) => {
    net.mode = mode;
    return Promise.all(net.held.splice(0).map(settle));
  };
  return net;
}

// --- what the screen says ---

/* In the page: its state as one word, '' while it is not the wanted one; with `retry` every button of
 * a refusal is pressed first. */
function stateOf({ said, retry, wanted }) {
  const seen = (e) => e.checkVisibility() && e.getClientRects().length > 0;
  const all = (what) => [...document.querySelectorAll(`main :is(${what})`)].filter(seen);
  const refused = all('[role=alert]').filter((e) => e.textContent.includes(said));
  const tries = refused.flatMap((e) => [...e.querySelectorAll('button')])
    .filter((b) => /重试|再试/.test(b.textContent));
  if (retry) tries.forEach((b) => b.click());
  const words = (e) => `${e.getAttribute('aria-label') ?? ''} ${e.textContent}`;
  const waits = all('[role=status], [role=progressbar], [aria-busy=true]')
    .some((e) => /正在(打开|读取)/.test(words(e)));
  const mute = all('.bone, .bar, .el-loading-mask').length > 0;
  const stuck = refused.some((e) => !tries.some((b) => e.contains(b)));
  const word = waits ? 'waiting' : mute ? 'waiting without a word' : stuck ? 'refused without another try'
    : refused.length ? 'refused' : 'rest';
  return !wanted || word === wanted ? word : '';
}

/** '' once the screen says what is wanted, else what it says after all the patience. */
const becomes = (page, wanted, retry = false) =>
  until(wanted, () => page.evaluate(stateOf, { said: SAID, retry, wanted }), PATIENCE_MS)
    .then(() => '', () => page.evaluate(stateOf, { said: SAID }));

/* In the page: a list with nothing in it must say so. */
function silentWhenEmpty() {
  const main = document.querySelector('main');
  const bare = [...main.querySelectorAll('table')].filter((e) => e.checkVisibility() &&
    !e.querySelector('tbody tr') && !e.closest('.el-table')?.querySelector('.el-table__empty-text'));
  if (bare.length) return `a bare table: ${bare[0].textContent.slice(0, 40)}`;
  const said = /没有|暂无|还没|未找到|无人|不在|不能约|后才有|0 |为空/.test(main.innerText);
  return said ? '' : main.innerText.slice(0, 120).replace(/\s+/g, ' ');
}

/** What is wrong with the states of the screen that `go` opens; '' for nothing. `plain` asks for nothing. */
async function faultOf(page, net, go, plain) {
  await net.turn('held');
  net.asked = net.lists = 0;
  await go();
  if (plain) {
    return becomes(page, 'rest');
  }
  let at = await becomes(page, 'waiting');
  if (at) return `held back: ${at}${net.asked ? '' : ', nothing asked'}`;
  await net.turn('refused');
  at = await becomes(page, 'refused');
  if (at) return `refused: ${at}`;
  await net.turn('empty');
  at = await becomes(page, 'rest', true);
  if (at) return `another try: ${at}`;
  const silent = net.lists ? await page.evaluate(silentWhenEmpty) : '';
  return silent && `empty: ${silent}`;
}

/** Walks screens, each { path, plain }; `go(path)` opens one. The faults, by screen. */
async function walk(page, net, go, screens) {
  const found = [];
  for (const { path: at, plain } of screens) {
    await net.turn('through');
    await go('/nowhere');
    await page.locator('main').getByText(/没有这个(网页|页面)/).first().waitFor();
    const fault = await faultOf(page, net, () => go(at), plain).catch((e) => e.message);
    if (fault) found.push(`${at.replace(/\d{3,}/g, 'N')}: ${fault}`);
  }
  await net.turn('through');
  return [...found, ...page.faults.map((f) => `fault of the page: ${f}`)];
}

// --- the console ---

/* Where one speaks first: nothing is asked before; and where desk() begins. */
const PLAIN = ['/call', '/chain', '/back', '/nowhere'];
const source = (file) => readFileSync(path.join(root, 'web', file), 'utf8');
const menuOf = (page) => page.locator('nav a[href^="#/"]').evaluateAll((all) =>
  all.map((a) => a.getAttribute('href').slice(1)).filter((p) => p !== '/' && !p.startsWith('/list/')));

async function consoleWalk({ house, desk }, login, by, more = []) {
  const page = await desk(login);
  await page.locator('nav a[href="#/todo"]').waitFor();
  const net = await netOf(page);
  const mine = (await menuOf(page)).filter((p) => (by.has(p) ? by.get(p) : by.set(p, login).get(p)) === login);
  const go = (at) => page.goto(`${house.base}/console/#${at}`);
  const screens = [...mine, ...more].map((p) => ({ path: p, plain: PLAIN.includes(p) }));
  const found = await walk(page, net, go, screens);
  await page.context().close();
  return found.map((f) => `console as ${login} ${f}`);
}

/** Pages of one row: the first there is; none of a kind is left out. */
function rowsOf(house) {
  const first = (table, more = '') => house.sql(`SELECT id FROM ${table} ${more} ORDER BY id LIMIT 1`)[0]?.[0];
  const kinds = { elder: first('elder'), household: first('household'),
    organisation: first('organisation', "WHERE kind = 'station'") };
  return [...Object.entries(kinds).filter(([, id]) => id).map(([k, id]) => `/${k}/${id}`), '/list/place'];
}

// --- the citizen's face ---

async function citizenPaths(house, daughter) {
  const [[place, offer]] = house.sql(`SELECT p.id, o.id FROM offer o JOIN place p ON p.org = o.org
    WHERE o.state = 'published' ORDER BY o.id LIMIT 1`);
  const two = house.sql("SELECT id FROM place WHERE kind = 'institution' ORDER BY id LIMIT 2").flat();
  const order = (await daughter.read('/api/my/orders')).items[0].id;
  const elder = (await daughter.read('/api/my')).elders[0].id;
  const gathering = (await daughter.read('/api/gathering/open')).items[0].id;
  const notice = house.sql('SELECT id FROM notice ORDER BY id LIMIT 1')[0]?.[0] ?? 1;
  const pack = house.sql("SELECT id FROM service_package WHERE state = 'published' ORDER BY id LIMIT 1")[0][0];
  const asks = ['/find/institution', '/find/home', '/find/meal', '/near', '/fifteen', `/compare?p=${two}`,
    `/notice/${notice}`, `/place/${place}`, '/search?q=xz', `/order/new?offer=${offer}&place=${place}`,
    `/order/${order}`, '/orders', '/activities', `/activity/${gathering}`, '/me/activities', '/menu', '/packages',
    `/package/${pack}?elder=${elder}`, '/standing', `/standing/new?order=${order}`,
    '/answers', '/ask', '/asked', '/asked/1', '/me/family', '/me/cards', '/me/papers',
    '/me/messages', '/told/abcdefgh1234', '/me/access', '/sos', '/'];
  const plain = ['/basket', '/sign-in', '/me'];
  return [...asks.map((p) => ({ path: p })), ...plain.map((p) => ({ path: p, plain: true }))];
}

/* Follows an address of ours as a tap would. */
const tap = (page) => (at) => page.evaluate((href) => {
  const a = Object.assign(document.createElement('a'), { href });
  document.body.append(a);
  a.click();
  a.remove();
}, at);

async function citizenWalk({ house, browser }) {
  const daughter = await daughterOf(house);
  const screens = await citizenPaths(house, daughter);
  const rules = [...source('citizen/router.ts').matchAll(/^ {2}\[\/(\^.*\$)\/, /gm)].map((m) => new RegExp(m[1]));
  check(rules.length > 20, `${rules.length} pages of the citizen's`);
  same(rules.filter((r) => !screens.some((s) => r.test(s.path.split('?')[0]))).map(String), [], 'pages nobody opens');
  const page = await pageOf({ house, browser }, 390, 844, NO_WORKER);
  await page.goto(`${house.base}/`);
  const [name, value] = daughter.cookie.split('=');
  await page.context().addCookies([{ name, value, url: house.base }]);
  await page.getByRole('button', { name: '不用' }).click();
  await page.getByRole('combobox').first().fill('xhl');
  await page.getByRole('option').first().click();
  await page.reload();
  const found = await walk(page, await netOf(page), tap(page), screens);
  await page.context().close();
  return found.map((f) => `citizen ${f}`);
}

// --- the carer's telephone: one page, from the session to the day ---

async function carerWalk({ house, browser }) {
  const page = await pageOf({ house, browser }, 390, 844, NO_WORKER);
  await page.goto(`${house.base}/carer/`);
  await page.locator('#login').fill('carer');
  await page.locator('#password').fill(demoPassword);
  await page.keyboard.press('Enter');
  const net = await netOf(page);
  const without = page.getByRole('button', { name: /这次不设/ });
  await without.waitFor();
  const fault = await faultOf(page, net, () => without.click());
  await page.context().close();
  return [fault, ...page.faults].filter(Boolean).map((f) => `carer ${f}`);
}

/** `frame` has house, browser, desk(login). */
export async function states(frame) {
  const all = [...source('console/screens.ts').matchAll(/\{ path: '([^']+)'/g)].map((m) => m[1]);
  const by = new Map();                                    // which role opens a screen: the first that is offered it
  for (const [login, more] of [['manager', []], ['district', rowsOf(frame.house)], ['sysadmin', []]])
    await test(`every screen of ${login} waits, is refused and is empty in words`, async () =>
      same(await consoleWalk(frame, login, by, more), [], 'screens that hide how it stands'), 120);
  await test('no screen of the console is left out', async () =>
    same(all.filter((p) => !by.has(p)), [], 'screens that no role opened'));
  await test("every page of the citizen's waits, is refused and is empty in words", async () =>
    same(await citizenWalk(frame), [], 'pages that hide how it stands'), 120);
  await test("the carer's day waits, is refused and is empty in words", async () =>
    same(await carerWalk(frame), [], 'what hides how it stands'), 60);
}
