// failing.mjs - what cannot be fetched is said on every screen of the menu, with a way to try again.

import { check, same, test, until } from '../harness.mjs';

// '/' is left out: it was there before, and keeps what it had.
// What the frame itself needs, and what may be missing without a word.
const FRAME = /^\/api\/(session|meta|events|openapi|todo|search)/;
const REFUSED = { status: 500, contentType: 'application/problem+json',
  body: JSON.stringify({ type: 'about:blank', title: '出错了', status: 500, key: 'broken' }) };

/** Screens of the menu that are no lists. */
const screensOf = (page) => page.locator('nav a[href^="#/"]').evaluateAll((all) =>
  [...new Set(all.map((a) => a.getAttribute('href').slice(1)))].filter((p) => p !== '/' && !p.startsWith('/list/')));

/** `frame` has desk(login), open(page, path). */
export async function failing({ desk, open }) {
  for (const login of ['manager', 'district', 'sysadmin'])
    await test(`every screen of ${login} says that nothing came, and tries again`, async () => {
      const page = await desk(login);
      await page.locator('nav a[href="#/todo"]').waitFor();
      const screens = [...await screensOf(page), '/list/place'];
      check(screens.length > 3, `${screens.length} screens`);
      let asked = 0;
      await page.route('**/api/**', (r) => {
        if (FRAME.test(new URL(r.request().url()).pathname) || r.request().method() !== 'GET') return r.continue();
        asked++;
        return r.fulfill(REFUSED);
      });
      const silent = [];
      for (const path of screens) {
        await open(page, '/nowhere');
        asked = 0;
        await page.goto(`${new URL(page.url()).origin}/console/#${path}`);
        const said = page.locator('main').getByRole('alert').filter({ has: page.getByRole('button', { name: '重试' }) });
        await page.locator('main h1').first().waitFor();
        await until(`${path} has asked or says it`, async () => asked > 0 || await said.count(), 1500).catch(() => 0);
        if (asked) await said.first().waitFor({ timeout: 10000 }).catch(() => silent.push(path));
      }
      same(silent, [], 'screens that hide that nothing came');
      same(page.faults, [], 'faults of the page');
      await page.context().close();
    }, 400);
}
