// pictures.mjs - walks the main job in a browser and photographs it; started by script/pictures.
//
//   node script/pictures.mjs URL DATA DIR    the demo city of DATA is served at URL; .png to DIR

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const web = createRequire(new URL('../web/package.json', import.meta.url));
const { chromium } = web('playwright-core');
const [url, data, dir] = process.argv.slice(2);
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };
const HOME = 'lyl';                              // 柳荫里, by its initials
const DAUGHTER = '10088880001';
const PASSWORD = 'anlan-2026-demo';
const SETTLE_MS = 700;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--force-color-profile=srgb', '--hide-scrollbars'],
});

async function open(viewport) {
  const context = await browser.newContext({ viewport, locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  return page;
}

async function take(page, name) {
  await page.waitForLoadState('networkidle').catch(() => {});   // event streams stay open
  await page.mouse.move(0, 0);
  await page.waitForTimeout(SETTLE_MS);
  await page.screenshot({ path: join(dir, `${name}.png`) });
  console.log(name);
}

const go = (page, path) => page.goto(url + path, { waitUntil: 'load' });

/* Where she lives, by initials; then the home page with what is near. */
async function home(page) {
  await go(page, '/');
  await page.locator('.where input').first().fill(HOME);
  await page.locator('[role=option]').first().click();
  await page.locator('.front-near .place').first().waitFor();
  const no = page.getByRole('button', { name: '不用', exact: true });
  if (await no.count()) await no.first().click();
  await page.evaluate(() => scrollTo(0, 0));
  await take(page, 'citizen-home');
}

async function near(page) {
  await go(page, '/find/home');
  await page.locator('.place').first().waitFor();
  await take(page, 'citizen-near');
}

/* A bath at home, from the list of what the nearest station offers. */
async function place(page) {
  const offer = page.locator('.place', { hasText: '驿站' }).first();
  await offer.locator('h3 a').click();
  await page.locator('h1').first().waitFor();
  await take(page, 'citizen-place');
  await page.locator('a[href*="/order/new"]', { hasText: /预约/ }).first().click();
}

const next = (page) => page.locator('.step-foot button[type=submit]').click();

/* The message that the demo sends goes to a file in the data folder, not to a telephone. */
async function codeFor(phone) {
  const lines = (await readFile(join(data, 'outbox.jsonl'), 'utf8')).trim().split('\n');
  const mine = lines.map((line) => JSON.parse(line))
    .filter((m) => m.template === 'sign_in.code' && m.address === phone);
  return mine.at(-1)?.values.code;
}

async function signIn(page) {
  await page.locator('input[type=tel]').last().fill(DAUGHTER);
  await page.locator('section form button[type=submit]').click();
  const box = page.locator('input[autocomplete=one-time-code]');
  await box.waitFor();
  await page.waitForTimeout(2 * SETTLE_MS);
  await box.fill(await codeFor(DAUGHTER));
  await page.locator('section form button[type=submit]').click();
}

/* The five steps, for a mother whom the daughter is not bound to: a name, a phone, an address. */
async function order(page) {
  await page.locator('.step-foot').waitFor();
  await take(page, 'order-1-what');
  await next(page);
  await page.locator('.times .pick:not(.off)').first().click();
  await take(page, 'order-2-when');
  await next(page);
  const boxes = page.locator('form input:not([type=radio])');
  await boxes.nth(0).fill('柳荫里 3 号楼 2 单元 401 室');
  await boxes.nth(1).fill('林玉芬');
  await boxes.nth(2).fill('10012340401');
  await page.locator('.chips .chip', { hasText: '子女' }).click();
  await take(page, 'order-3-who');
  await next(page);
  await page.locator('input[name=pay]').first().check();
  await take(page, 'order-4-pay');
  await next(page);
  await page.locator('dl.check').waitFor();
  await take(page, 'order-5-check');
  await signIn(page);
  await page.waitForURL(/\/order\/\d+/);
}

async function enterConsole(page, login) {
  await go(page, '/console/');
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('#login').waitFor({ state: 'detached' });
  await page.waitForTimeout(SETTLE_MS);
}

/* `before` has the page for itself until the picture is taken. */
async function screen(login, path, name, before) {
  const page = await open(DESK);
  await enterConsole(page, login);
  await go(page, `/console/#${path}`);
  await page.waitForTimeout(2 * SETTLE_MS);
  if (before) await before(page);
  await take(page, name);
  await page.context().close();
}

/* The station accepts the order just placed and sends the first carer who can come. */
const serve = (id) => (page) => page.evaluate(async (order) => {
  const read = async (path) => (await fetch(path)).json();
  const { csrf } = await read('/api/session');
  const act = async (action, body) => (await fetch(`/api/care_order/${order}/${action}`, {
    method: 'POST', body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'x-yike-csrf': csrf,
      'if-match': `"${(await read(`/api/care_order/${order}`)).version}"` },
  })).status;
  const accepted = await act('accept', {});
  if (accepted !== 200) throw new Error(`accept: ${accepted}`);
  for (const carer of (await read('/api/carer?state=working&size=50')).items)
    if (await act('assign', { carer: carer.id }) === 200) return;
  throw new Error('no carer could come');
}, id);

/* What can be reached from the middle of the map. */
async function circle(page) {
  const box = await page.locator('canvas').first().boundingBox();
  await page.mouse.click(box.x + box.width * 0.45, box.y + box.height * 0.45);
  await page.waitForTimeout(2 * SETTLE_MS);
}

async function carer() {
  const page = await open(PHONE);
  await go(page, '/carer');
  const boxes = page.locator('form input');
  await boxes.nth(0).fill('carer');
  await boxes.nth(1).fill(PASSWORD);
  await page.locator('form button[type=submit]').click();
  await page.locator('form input[type=password]').waitFor({ state: 'detached' });
  await take(page, 'carer');
  await page.context().close();
}

const phone = await open(PHONE);
await home(phone);
await near(phone);
await place(phone);
await order(phone);
const { pathname } = new URL(phone.url());
await screen('manager', '/station', 'station-day', serve(pathname.split('/').at(-1)));
await go(phone, pathname);
await take(phone, 'order-time-line');
await carer();
await screen('director', '/today', 'today');
await screen('street', '/map', 'map', circle);
await browser.close();
