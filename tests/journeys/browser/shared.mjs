// shared.mjs - one telephone, two carers: each by her own PIN, each with her own day.

import { check, same } from '../harness.mjs';
import { citizen, demoPassword, newPhone, staff } from '../client.mjs';
import { moment, offersOf, orderFor, orderGiven } from '../scene.mjs';
import { pageOf } from '../screen.mjs';
import { secondCarer } from '../api/phone.mjs';

const PINS = { carer: '246813', 'carer-two': '975312' };
const HOMES = { carer: '黄玉珍', 'carer-two': '费秋月' };

/** A visit that day for each of the two, at an hour when both are free. */
async function oneEach(house, other) {
  const manager = await staff(house, 'manager'), carer = await staff(house, 'carer');
  const offers = await offersOf(manager, manager.me.org);
  const who = await citizen(house, newPhone());
  const give = async (id, name, more) => (await orderGiven(manager, who, id, [offers.companion],
    { ...more, what: (offer, time) => orderFor(offer, time, { for_name: name }) })).slot;
  const one = await give(carer.me.carer, HOMES.carer, { late: true });
  const two = await give(other.carer, HOMES['carer-two'], { on: one.day });
  return moment(one.day, Math.min(one.start_min, two.start_min) - 60);
}

async function byPassword(page, login) {
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(demoPassword);
  await page.keyboard.press('Enter');
  await page.getByLabel('6 位数字').fill(PINS[login]);
  await page.getByLabel('再输一遍').fill(PINS[login]);
  await page.getByRole('button', { name: '记住' }).click();
}

async function byPin(page, name, pin) {
  await page.getByRole('button', { name }).click();
  await page.locator('#pin').fill(pin);
  await page.getByRole('button', { name: '进去' }).click();
}

async function seesOnly(page, login) {
  await page.getByText(HOMES[login]).first().waitFor();
  const text = await page.locator('body').innerText();
  for (const [whose, home] of Object.entries(HOMES))
    same(text.includes(home), whose === login, `${login} sees ${home}`);
}

/** How many rows of each account lie sealed, and whether a text lies open anywhere. */
const kept = (page, texts) => page.evaluate((words) => new Promise((done) => {
  const ask = indexedDB.open('yike-carer');
  ask.onsuccess = async () => {
    const rows = (name) => new Promise((r) => {
      const got = ask.result.transaction(name).objectStore(name).getAll();
      got.onsuccess = () => r(got.result);
    });
    const sealed = {}, plain = [];
    for (const row of await rows('sealed')) sealed[row.account] = (sealed[row.account] ?? 0) + 1;
    for (const name of ask.result.objectStoreNames)
      for (const row of await rows(name))
        plain.push(JSON.stringify(row, (k, v) => ArrayBuffer.isView(v) || v instanceof ArrayBuffer
          ? new TextDecoder().decode(v) : v));
    done({ sealed, open: words.filter((w) => plain.join().includes(w)) });
  };
}), texts);

export async function sharedPhone({ house, browser, axeOn }) {
  const other = await secondCarer(house, 'carer-two');
  const now = await oneEach(house, other);
  await house.restart(now);
  const page = await pageOf({ house, browser }, 360, 740), context = page.context();
  await page.clock.setFixedTime(new Date(now));
  await page.goto(`${house.base}/carer/`);
  await byPassword(page, 'carer');
  await seesOnly(page, 'carer');
  const first = await page.locator('.top-name b').innerText();
  await page.getByRole('button', { name: '换人' }).click();
  await page.getByRole('button', { name: /名单上没有我/ }).click();
  await byPassword(page, 'carer-two');
  await seesOnly(page, 'carer-two');
  const second = await page.locator('.top-name b').innerText();
  check(first !== second, 'two people');
  await page.getByRole('button', { name: '换人' }).click();
  await axeOn(page, 'carer: which of the two');

  await byPin(page, first, PINS['carer-two']);               // the other's PIN opens nothing of hers
  await page.getByText(/还可以试 4 次/).waitFor();
  await byPin(page, first, PINS.carer);
  await seesOnly(page, 'carer');
  await context.setOffline(true);
  await page.getByRole('button', { name: '换人' }).click();
  await byPin(page, second, PINS['carer-two']);
  await seesOnly(page, 'carer-two');                         // from the phone, without a network
  const store = await kept(page, [...Object.values(HOMES), ...Object.values(PINS)]);
  same(store.open, [], 'nothing lies open');
  same(Object.keys(store.sealed).length, 2, 'each has a store of her own');
  await context.close();
}
