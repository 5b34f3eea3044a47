// search.mjs - Ctrl K in the console, by keyboard alone: people, numbers, nicknames, screens.

import { check, same, test } from '../harness.mjs';

const box = (page) => page.getByRole('combobox', { name: '搜索' });
const option = (page, text) => page.locator('#hits [role=option]').filter({ hasText: text });
const chosen = (page) => page.locator('#hits [aria-selected=true]');

async function openBox(page) {
  await page.locator('.bar .search').waitFor();              // the frame listens
  await page.keyboard.press('Control+k');
  await box(page).waitFor();
  await page.locator('[role=combobox]:focus').waitFor();
}

async function type(page, words) {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(words);
}

async function people(page, house, axeOn) {
  await openBox(page);
  await axeOn(page, 'console: search open');
  await type(page, 'wang');
  await page.getByRole('group', { name: '老年人' }).waitFor();
  await axeOn(page, 'console: search people');
  check((await option(page, '王').count()) > 0, 'nobody called 王');
  check(!/王[^*\s]/.test(await page.locator('#hits .title').first().innerText()), 'a name unmasked');
  await page.keyboard.press('ArrowDown');
  same(await chosen(page).getAttribute('id'), 'hit-1', 'the arrow moves');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/elder\/\d+/);
  await openBox(page);
  await page.getByRole('group', { name: '最近打开' }).waitFor();
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  check(!/王\*/.test(kept), 'a person lies in the store of the browser');
}

async function numbers(page, axeOn, tail) {
  await type(page, tail);
  await option(page, '按号码查找').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('group', { name: /老年人|联系人/ }).first().waitFor();
  await axeOn(page, 'console: search number');
}

async function home(page) {
  await page.keyboard.press('Escape');
  await box(page).waitFor({ state: 'hidden' });
  await page.evaluate(() => { location.hash = '#/'; });
  await page.waitForURL(/#\/$/);
}

async function nickname(page, axeOn) {
  await home(page);
  await openBox(page);
  await type(page, '老寿星太太');
  await option(page, '记住').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('“老寿星太太”是哪一位老人').waitFor();
  await type(page, 'wang');
  await page.getByRole('group', { name: '老年人' }).waitFor();
  await axeOn(page, 'console: search learn');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/elder\/\d+/);
  const elder = page.url();
  await page.evaluate(() => { location.hash = '#/'; });
  await page.waitForURL(/#\/$/);
  await openBox(page);
  await type(page, '老寿星');
  await page.getByRole('group', { name: '老年人' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(elder);
}

async function screens(page) {
  await openBox(page);
  await type(page, 'dt');
  await option(page, '地图').first().waitFor();
  await page.keyboard.press('Escape');
  await box(page).waitFor({ state: 'hidden' });
}

export async function search({ desk, house, axeOn }) {
  await test('Ctrl K finds people, numbers, nicknames and screens by keyboard', async () => {
    const page = await desk('worker');
    const client = await page.evaluate(async () => {
      const r = await fetch('/api/contact?size=1');
      return (await r.json()).items[0].phone;
    });
    await people(page, house, axeOn);
    await numbers(page, axeOn, client.slice(-4));
    await nickname(page, axeOn);
    await screens(page);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
