// screen.mjs - a real browser: contexts, what a load costs on the wire, what axe objects to.

import { readFileSync } from 'node:fs';
import { hideAlike, showAlike } from './alike.mjs';
import { demoPassword } from './client.mjs';
import { shiftDate } from './clock.mjs';
import { check } from './harness.mjs';
import { need } from './parts.mjs';

const { chromium } = need('playwright-core');
const axe = readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE_MS = 60000;                              // costs nothing where all is well
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
         '--disable-background-networking', '--disable-component-update', '--disable-sync'] });

/** A page of its own in a context of its own, whose clock goes on from the house's and whose script
  errors are kept in `faults`; `more` are options of the context. */
export async function pageOf({ house, browser }, width, height, more = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN', ...more });
  await context.addInitScript(shiftDate, house.now() - Date.now());
  context.setDefaultTimeout(PATIENCE_MS);
  return pageIn(context);
}

/** One more page of that context. */
export async function pageIn(context) {
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (e) => page.faults.push(e.message));
  return page;
}

/** A carer's telephone on which `login` has signed in without a PIN; its own clock stands at `now`. */
export async function phoneOf({ house, browser }, now, login = 'carer') {
  const page = await pageOf({ house, browser }, 390, 844);
  await page.clock.setFixedTime(new Date(now));
  await page.goto(`${house.base}/carer/`);
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(demoPassword);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /这次不设/ }).click();
  return page;
}

const ALIKE_MOST = 3;

/** Complaints of axe about what is on the page; its script is evaluated,
  as the policy allows none. With YIKE_SHOTS=DIR a picture of the screen is kept there. */
export async function objections(page, what) {
  await page.waitForTimeout(400);
  await page.evaluate(() => Promise.race([                // a colour on its way is no colour
    Promise.all(document.getAnimations()
      .filter((a) => a.effect?.getComputedTiming().iterations !== Infinity)
      .map((a) => a.finished.catch(() => 0))),
    new Promise((go) => setTimeout(go, 3000))]));
  if (process.env.YIKE_SHOTS)
    await page.screenshot({ path: `${process.env.YIKE_SHOTS}/${what.replace(/[^\p{L}\d]+/gu, '-')}.png` });
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axe);
  await page.evaluate(hideAlike, ALIKE_MOST);
  const { violations } = await page.evaluate((tags) => globalThis.axe.run({ include: [['html']] }, {
    runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false, iframes: false }),
  TAGS);
  await page.evaluate(showAlike);
  return violations.map((v) =>
    `${what}: ${v.impact} ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`);
}

/** Bytes on the wire as the browser's own protocol counts them: heads and bodies, packed. */
export async function counted(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: false });
  const sum = { bytes: 0, asked: new Map() }, paths = new Map();
  cdp.on('Network.requestWillBeSent', (e) => paths.set(e.requestId,
    new URL(e.request.url).pathname));
  cdp.on('Network.loadingFinished', (e) => {
    sum.bytes += e.encodedDataLength;
    sum.asked.set(paths.get(e.requestId), e.encodedDataLength);
  });
  return sum;
}

/** Presses Tab until the focus is on what is wanted; as a person without a mouse would. */
export async function tabTo(page, wanted, most = 60) {
  for (let i = 0; i < most; i++) {
    const on = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body || e.tabIndex < 0) return '';
      const label = e?.labels?.[0]?.innerText ?? '';
      return `${e?.innerText ?? ''} ${label} ${e?.getAttribute('aria-label') ?? ''}`.trim();
    });
    if (on.includes(wanted)) return;
    await page.keyboard.press('Tab');
  }
  check(false, `no way to “${wanted}” by Tab`);
}
