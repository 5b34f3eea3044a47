/*
 * axe_console.mjs - axe-core over every screen of the console, in its full and empty states.
 *
 *   node tests/browser/axe_console.mjs URL [--login NAME --password WORD [--code DIGITS]]
 *        [--elder ID] [--organisation ID]
 *
 * Prints one line a screen; ends with 1 when any screen has a violation of WCAG 2.2 A or AA.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const web = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = web('playwright-core');
const axe = readFileSync(web.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SETTLE_MS = 900;

function options(args) {
  const found = { url: args[0] ?? 'http://127.0.0.1:8080' };
  for (let n = 1; n < args.length; n += 2) found[args[n].replace(/^--/, '')] = args[n + 1];
  return found;
}

/* Violations of what is on the page now. The page's policy allows no inline script: axe is evaluated. */
export async function violations(page, tags = TAGS) {
  await page.evaluate(axe);
  const result = await page.evaluate(
    (t) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: t } }),
    tags,
  );
  return result.violations.map((v) => ({
    id: v.id,
    impact: v.impact,
    help: v.help,
    nodes: v.nodes.map((n) => n.target.join(' ')),
  }));
}

export async function signIn(page, { url, login, password, code }) {
  await page.goto(`${url}/console/`);
  await page.waitForTimeout(SETTLE_MS);
  if (!login || !(await page.locator('#login').count())) return;
  await page.fill('#login', login);
  await page.fill('#password', password);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(SETTLE_MS);
  if (code && (await page.locator('#code').count())) {
    await page.fill('#code', code);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(SETTLE_MS);
  }
}

function screens({ elder = '10', organisation = '501' }) {
  return {
    start: ['/'],
    today: ['/today'],
    station: ['/station'],
    call: ['/call'],
    map: ['/map'],
    elder: [`/elder/${elder}`],
    organisation: [`/organisation/${organisation}`],
    list: ['/list/care_order'],
    places: ['/list/place'],
    'nothing found': ['/list/elder?q=zzzz'],
    'no list': ['/list/nothing'],
    drawer: ['/list/place', (p) => p.locator('tbody .key').first().click()],
    form: ['/list/place?open=new'],
    'form with faults': [
      '/list/place?open=new',
      (p) => p.locator('form button[type=submit]').last().click(),
    ],
    search: ['/', (p) => p.keyboard.press('Control+k')],
    help: ['/today', (p) => p.locator('.bar .tool').click()],
    'caller found': [
      '/call',
      async (p) => {
        await p.fill('#call-number', '5678');
        await p.keyboard.press('Enter');
      },
    ],
    'caller unknown': [
      '/call',
      async (p) => {
        await p.fill('#call-number', '99999');
        await p.keyboard.press('Enter');
      },
    ],
  };
}

async function main() {
  const how = options(process.argv.slice(2));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  const loud = [];
  page.on('pageerror', (e) => loud.push(`error: ${e.message}`));
  page.on(
    'console',
    (m) => m.type() === 'error' && /Content Security|Refused/.test(m.text()) && loud.push(m.text()),
  );
  let bad = 0;
  const report = async (name) => {
    const found = await violations(page);
    bad += found.length + loud.length;
    console.log(`${found.length || loud.length ? 'FAILED' : 'passed'} axe: ${name}`);
    for (const v of found)
      console.log(`  ${v.impact} ${v.id}: ${v.help}\n    ${v.nodes.slice(0, 4).join('\n    ')}`);
    for (const line of loud.splice(0)) console.log(`  ${line}`);
  };
  await page.goto(`${how.url}/console/`);
  await page.waitForTimeout(SETTLE_MS);
  await report('first page');
  await signIn(page, how);
  let n = 0;
  for (const [name, [path, then]] of Object.entries(screens(how))) {
    await page.goto(`${how.url}/console/?axe=${n++}#${path}`);
    await page.waitForTimeout(SETTLE_MS);
    if (then) {
      await then(page);
      await page.waitForTimeout(SETTLE_MS);
    }
    await report(name);
  }
  await browser.close();
  process.exit(bad ? 1 : 0);
}

if (process.argv[1] && new URL(`file://${process.argv[1]}`).href === import.meta.url) await main();
