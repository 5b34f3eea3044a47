// sixty.mjs - sixty people come to the counter one after another; somebody at the keyboard serves
// them at the real page. Key strokes are counted, not seconds: each at a stated half second.

import { check, same, test, until } from '../harness.mjs';
import { demoPassword, staff } from '../client.mjs';
import { newHouse } from '../house.mjs';
import { pageOf } from '../screen.mjs';

const PEOPLE = 60, MINUTES = 40, SECONDS_A_STROKE = 0.5, STROKES_MAX = 8;  // 4 seconds a person
const LETTERS_LEAST = 2;                          // nobody looks up before the second letter
const EACH_QR = 4;                                // every fourth shows her telephone

const fen = (text) => Math.round(Number(text.replace(/[^\d.-]/g, '')) * 100);

/**
 * As somebody who looks at the screen: letters of her name until she stands there, then Enter when
 * she is the first, else the figure beside her. How many keys it took.
 */
async function serve(page, d) {
  const letters = d.keys.split(',')[0], mine = page.locator('.diner', { hasText: d.name });
  let strokes = 0;
  const at = async () => {
    const names = await page.locator('.diner').allInnerTexts();
    return names.findIndex((text) => text.includes(d.name) && text.includes(d.building));
  };
  for (const letter of letters) {
    await page.keyboard.press(letter);
    strokes++;
    if (strokes >= Math.min(LETTERS_LEAST, letters.length) && await at() >= 0) break;
  }
  if (await at() < 0) {
    await page.keyboard.press('Escape');
    await page.keyboard.type(d.phone4);
    strokes += 1 + d.phone4.length;
    await mine.first().waitFor();
  }
  const n = await at();
  check(n >= 0, `${d.name} is not on the screen`);
  if (n > 0 && /^\d/.test(d.phone4) && await page.locator('#counter-q').inputValue() === d.phone4)
    for (let i = 0; i < n; i++, strokes++) await page.keyboard.press('ArrowDown');
  const serves = n > 0 && !/\d/.test(await page.locator('#counter-q').inputValue());
  await page.keyboard.press(serves ? String(n + 1) : 'Enter');
  await page.getByRole('status').filter({ hasText: `${d.name} 取餐` }).waitFor();
  await until('the box is empty again', async () => await page.locator('#counter-q').inputValue() === '');
  return strokes + 1;
}

/** What the page's own margin says of today. */
async function margin(page) {
  const terms = await page.locator('aside dt').allInnerTexts(), said = await page.locator('aside dd').allInnerTexts();
  return Object.fromEntries(terms.map((t, i) => [t, fen(said[i])]));
}

async function counterOf(house, browser) {
  const page = await pageOf({ house, browser }, 1440, 900);
  await page.goto(`${house.base}/console/`);
  await page.locator('#login').fill('manager');
  await page.locator('#password').fill(demoPassword);
  await page.keyboard.press('Enter');
  await page.locator('#login').waitFor({ state: 'detached' });
  await page.goto(`${house.base}/console/#/counter`);
  await page.getByText(/名单里有 \d+ 位/).waitFor();
  await page.locator('input:focus').waitFor();
  return page;
}

export async function sixty({ browser, axeOn }) {
  await test(`${PEOPLE} people at the counter, one after another, by keyboard`, async () => {
    const house = await (await newHouse('sqlite')).start();
    try {
      const manager = await staff(house, 'manager');
      const pulled = (await manager.read('/api/sync/counter')).rows.map((r) => r.row);
      const queue = pulled.filter((d) => !d.had && !d.used && !d.ahead).slice(0, PEOPLE);
      check(queue.length >= PEOPLE / 2, `only ${queue.length} who have not eaten yet`);
      const guests = PEOPLE - queue.length;
      const page = await counterOf(house, browser);
      const before = await margin(page), { price } = (await manager.read('/api/counter')).offers[0];
      const want = { cash: 0, qr: 0, subsidy: 0 };
      let most = 0, all = 0;
      for (const [i, d] of queue.entries()) {
        const qr = i % EACH_QR === EACH_QR - 1;
        if (qr) await page.keyboard.press('F3');
        const strokes = await serve(page, d) + (qr ? 2 : 0);
        if (qr) await page.keyboard.press('F2');
        want[qr ? 'qr' : 'cash'] += d.own_pay;
        want.subsidy += d.subsidy;
        most = Math.max(most, strokes);
        all += strokes;
        if (i === PEOPLE / 4) await axeOn(page, 'console: counter, the queue');
      }
      for (let i = 0; i < guests; i++, all++, want.cash += price) await page.keyboard.press('F8');
      check(most <= STROKES_MAX, `one took ${most} strokes`);
      check(all * SECONDS_A_STROKE <= MINUTES * 60, `all took ${all} strokes`);
      console.log(`        ${all} strokes for ${PEOPLE}, at most ${most} for one, ${guests} guests`);
      await until('nothing waits', async () => !(await page.getByText(/笔等待上传/).count()), 60000);
      const today = Math.round(Date.parse((await manager.read('/api/counter')).today) / 864e5);
      for (const d of queue)
        same(house.sql(`SELECT COUNT(*) FROM counter_meal m JOIN care_order o ON o.id = m.care_order
          WHERE m.elder = ${d.elder} AND o.day = ${today} AND m.state = 'served' AND o.own_pay = ${d.own_pay}
          AND o.subsidy = ${d.subsidy}`)[0][0], '1', `${d.name} once, at her price`);
      await page.reload();
      await page.getByText(/名单里有 \d+ 位/).waitFor();
      const after = await margin(page), grown = (name) => after[name] - before[name];
      same([grown('今天已取餐') / 100, grown('现金'), grown('扫码'), grown('补贴')],
        [PEOPLE, want.cash, want.qr, want.subsidy], 'what the page says of the day');
      same(page.faults, [], 'faults of the page');
      await page.context().close();
    } finally {
      await house.stop();
    }
  }, 400);
}
