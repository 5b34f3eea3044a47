// desk.mjs - the phone and the group chat in a browser: a chain pasted, calls made, the usual again.

import fs from 'node:fs';
import path from 'node:path';
import { check, same, test, until } from '../harness.mjs';
import { staff } from '../client.mjs';

// A stated time for each stroke at the call desk: the whole order in under thirty seconds.
const SECONDS_A_STROKE = 1, SECONDS_A_CALL = 30;

export async function phoneDesk({ house, desk, open, axeOn }) {
  await test('a chain is pasted: sure, doubtful, unmatched; one is learnt; sent once', async () => {
    const page = await desk('manager');
    await open(page, '/chain');
    await axeOn(page, 'console: chain, empty');
    await page.getByLabel('接龙文字').fill(fs.readFileSync(path.join(house.data, 'chain.txt'), 'utf8'));
    await page.getByRole('button', { name: '识别' }).click();
    await page.getByText(/对上 \d+/).first().waitFor();
    await axeOn(page, 'console: chain, read');
    const doubtful = page.locator('li.yellow');
    const before = await doubtful.count();
    check(before > 0, 'nothing is doubtful');
    await doubtful.first().locator('.pick').first().click();
    await until('it is settled', async () => (await doubtful.count()) < before);
    const count = () => Number(house.sql('SELECT COUNT(*) FROM chain_line')[0][0]);
    await page.getByRole('button', { name: '下单', exact: true }).click();
    await page.getByText(/行已处理/).waitFor();
    const sent = count();
    check(sent > 5, `${sent} orders`);
    await axeOn(page, 'console: chain, sent');
    await page.getByRole('button', { name: '下单', exact: true }).click();
    await page.getByText(/新增 0，改动 0/).waitFor();
    same(count(), sent, 'sent twice, ordered once');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('the call list by four keys', async () => {
    const page = await desk('manager');
    await open(page, '/told');
    const rows = page.locator('.list button');
    await rows.first().waitFor();
    await axeOn(page, 'console: calls for tomorrow');
    const done = (state) => Number(house.sql(`SELECT COUNT(*) FROM told_call WHERE state = '${state}'`)[0][0]);
    const agreed = done('agreed');
    await page.locator('.list').focus();
    await page.keyboard.press('1');
    await until('she has agreed', () => done('agreed') === agreed + 1);
    await page.keyboard.press('4');
    await until('one did not answer', () => Number(house.sql('SELECT SUM(tries) FROM told_call')[0][0]) >= 1);
    await page.keyboard.press('2');
    await page.getByRole('group', { name: '时段' }).or(page.locator('.slots')).first().waitFor();
    await axeOn(page, 'console: another time for a call');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('the last digits, the usual again, in under thirty seconds by keyboard alone', async () => {
    const manager = await staff(house, 'manager');
    const orders = (await manager.read('/api/visit?state=done&size=50')).items;
    let digits = '';
    for (const v of orders) {
      const o = await manager.read(`/api/care_order/${v.care_order}`);
      if (!o.elder) continue;
      const tail = String(o.for_phone ?? '').slice(-4);
      if (!/^\d{4}$/.test(tail)) continue;
      const people = (await manager.read(`/api/call?number=${tail}`)).people;
      if (people.length && people[0].last_order) { digits = tail; break; }
    }
    check(digits, 'nobody to call');
    const page = await desk('manager');
    await open(page, '/call');
    const before = Number(house.sql('SELECT COUNT(*) FROM care_order')[0][0]);
    await page.locator('#call-number').focus();
    await page.keyboard.type(digits);
    let strokes = digits.length;
    const key = async (k) => { strokes++; await page.keyboard.press(k); };
    await key('Enter');
    await page.locator('.people li').first().waitFor();
    await axeOn(page, 'console: call desk, who it is');
    await page.locator('.people li button').first().waitFor();
    await key('Enter');
    await page.locator('#call-place:not([disabled])').waitFor();
    const ordered = () => Number(house.sql('SELECT COUNT(*) FROM care_order')[0][0]) > before;
    for (let i = 0; i < 3 && !ordered(); i++) {             // again where it asks first
      await key('Control+Enter');
      await until('it is ordered', ordered, 6000).catch(() => 0);
    }
    check(ordered(), `nothing is ordered: ${(await page.locator('main').innerText()).slice(0, 600)}`);
    check(strokes * SECONDS_A_STROKE < SECONDS_A_CALL, `${strokes} strokes`);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
