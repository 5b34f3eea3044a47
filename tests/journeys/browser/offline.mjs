// offline.mjs - a carer's telephone in flight mode: reload, killed tab, another hand; then each thing once.

import { check, same, until } from '../harness.mjs';
import { citizen, demoPassword, newPhone, staff } from '../client.mjs';
import { moment, offersOf, orderFor, orderGiven } from '../scene.mjs';
import { pageIn, pageOf } from '../screen.mjs';

const PIN = '246813';
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk' +
  '+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** An order at a free time of the demo's carer, and her telephone's moment within it. */
async function evening(house) {
  const manager = await staff(house, 'manager'), carer = await staff(house, 'carer');
  const offers = await offersOf(manager, manager.me.org);
  const who = await citizen(house, newPhone());
  const what = (offer, time) => orderFor(offer, time,
    { for_name: '黄玉珍', for_address: '杏花里 9 号楼 1 单元 101' });
  const { order, slot } = await orderGiven(manager, who, carer.me.carer, [offers.companion],
    { late: true, what });
  return { order, who, now: moment(slot.day, slot.start_min + 20) };
}

async function openAt(house, page, now) {
  await page.clock.setFixedTime(new Date(now));
  await page.goto(`${house.base}/carer/`);
  return page;
}

async function signIn(page) {
  await page.locator('#login').fill('carer');
  await page.locator('#password').fill(demoPassword);
  await page.keyboard.press('Enter');
  await page.getByLabel('6 位数字').fill(PIN);
  await page.getByLabel('再输一遍').fill(PIN);
}

async function byPin(page, pin) {
  await page.locator('#pin').fill(pin);
  await page.getByRole('button', { name: '进去' }).click();
}

const unsent = (page, n) => page.getByText(n ? `未同步 ${n} 条` : '都已同步').first().waitFor();

async function sign(page) {
  await page.getByRole('button', { name: '老人签字' }).click();
  const box = await page.locator('canvas').boundingBox();
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 100, { steps: 6 });
  await page.mouse.up();
  await page.getByRole('button', { name: '签好了' }).click();
}

/** Everything the browser has on disk for this page, as text. */
const dump = (page) => page.evaluate(() => new Promise((done) => {
  const ask = indexedDB.open('yike-carer');
  ask.onsuccess = async () => {
    const all = [];
    for (const name of ask.result.objectStoreNames) {
      const rows = await new Promise((r) => {
        const got = ask.result.transaction(name).objectStore(name).getAll();
        got.onsuccess = () => r(got.result);
      });
      for (const row of rows)
        all.push(JSON.stringify(row, (k, v) => ArrayBuffer.isView(v) || v instanceof ArrayBuffer
          ? new TextDecoder('utf-8').decode(v) : v));
    }
    done(all.join('\n'));
  };
}));

export async function withoutNetwork({ house, browser, axeOn }) {
  const { order, who, now } = await evening(house);
  await house.restart(now);
  let page = await openAt(house, await pageOf({ house, browser }, 360, 740), now);
  const context = page.context();
  await signIn(page);
  await axeOn(page, 'carer: a PIN');
  await page.getByRole('button', { name: '记住' }).click();
  await page.getByText('黄玉珍').first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);

  await context.setOffline(true);
  await page.getByRole('button', { name: /黄玉珍/ }).first().click();
  await page.getByRole('button', { name: '到了' }).first().click();
  await unsent(page, 1);
  await axeOn(page, 'carer: without a network');
  await page.reload();
  await axeOn(page, 'carer: who are you');
  await byPin(page, '999999');
  await page.getByText(/还可以试 4 次/).waitFor();
  await byPin(page, PIN);
  await unsent(page, 1);

  await page.getByRole('button', { name: '门码' }).click();
  await page.getByLabel(/门码/).fill('ABCD2345');
  await page.getByRole('button', { name: '记下', exact: true }).click();
  await page.getByText('已记下，同步后核对').waitFor();
  await axeOn(page, 'carer: the door code');
  await page.getByRole('button', { name: '先不用' }).click();
  await sign(page);
  await page.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PNG });
  await unsent(page, 4);
  await page.close();

  page = await openAt(house, await pageIn(context), now);         // the tab was killed
  await byPin(page, PIN);
  await unsent(page, 4);
  await page.getByRole('button', { name: '做完了' }).first().click();
  await unsent(page, 5);
  const kept = await dump(page);
  for (const secret of ['黄玉珍', '杏花里 9', PIN, 'ABCD2345'])
    check(!kept.includes(secret), `${secret} lies in the open`);

  await context.setOffline(false);
  await unsent(page, 0);
  const visit = house.sql(`SELECT id, state FROM visit WHERE care_order = ${order.id}`)[0];
  same(visit[1], 'done', 'the visit');
  const count = (sql) => Number(house.sql(`SELECT COUNT(*) FROM ${sql}`)[0][0]);
  for (const action of ['arrive', 'finish'])
    same(count(`history WHERE entity = 'visit' AND row_id = ${visit[0]} AND action = '${action}'`), 1, action);
  for (const kind of ['door_code', 'signature', 'photo'])
    same(count(`proof WHERE visit = ${visit[0]} AND kind = '${kind}'`), 1, kind);
  await until('files of signature and photo', () => count(
    `file WHERE entity = 'proof' AND row_id IN (SELECT id FROM proof WHERE visit = ${visit[0]})`) === 2);
  const line = (await who.read(`/api/my/orders/${order.id}`)).timeline.map((t) => t.text);
  same(line.filter((t) => t.startsWith('护理员')), ['护理员到了', '护理员做完了'], 'the family reads');
  await axeOn(page, 'carer: all sent');

  await page.getByRole('button', { name: '退出' }).click();
  await page.getByText('登录').first().waitFor();
  same((await dump(page)).includes('salt'), false, 'no key stays after signing out');
  await context.close();
}
