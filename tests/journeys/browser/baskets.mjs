// baskets.mjs - several services in one go in the browser: by mouse, by keyboard alone, in 长辈版.

import { check, same, test, until } from '../harness.mjs';
import { newPhone } from '../client.mjs';
import { tabTo } from '../screen.mjs';

const kept = (page) => page.evaluate(() => localStorage.getItem('yike.basket'));
const together = (house, number) =>
  Number(house.sql(`SELECT count(*) FROM care_order WHERE basket = '${number}'`)[0][0]);
const code = (house, phone) =>
  until('the code', () => house.messages('sign_in.code', phone)[0]).then((m) => m.values.code);

/** The page of a station with something to visit for and with walks. */
async function toStation(page, house) {
  const place = house.sql("SELECT place.id FROM place JOIN offer ON offer.place = place.id " +
    "WHERE offer.name LIKE '%陪聊%' AND offer.state = 'published' AND place.kind = 'station' " +
    'ORDER BY place.id LIMIT 1')[0][0];
  await page.goto(`${house.base}/place/${place}`);
  await page.getByRole('link', { name: /预约\s*陪聊/ }).waitFor();
}

/** Of the last day with room: the time that begins at `start` (any when absent), or one that does not. */
async function chooseTime(page, i, start = '', apart = false) {
  await page.locator('article.card').nth(i).getByRole('button', { name: /选时间|改时间/ }).click();
  await page.locator('.day').filter({ hasText: '余' }).last().click();
  const free = page.locator('label.pick').filter({ has: page.locator('input:not([disabled])') });
  const time = { hasText: new RegExp(`^\\s*${start}`) };
  const chosen = apart ? free.last() : free.filter(time).first();
  const text = (await chosen.innerText()).trim();
  await chosen.locator('input').click();
  await page.locator('input[name=slot]').first().waitFor({ state: 'detached' });
  return text.slice(0, 5);
}

async function fillWho(page, elder) {
  const next = () => page.getByRole('button', { name: '下一步' }).click();
  for (const [label, text] of [['去哪里', '杏花里 6 号楼 402'], ['老人的姓名', '林秀兰'],
    ['老人的电话', newPhone()]]) {
    await page.getByLabel(label).fill(text);
    if (elder) await next();
  }
  await page.locator('.chips label').nth(1).click();
  await next();
}

async function byMouse(page, house, on, elder) {
  await toStation(page, house);
  for (const name of [/放进篮子\s*陪聊/, /放进篮子\s*理发/])
    await page.getByRole('button', { name }).click();
  await page.getByRole('link', { name: '篮子里有 2 项' }).waitFor();
  await on('place with a basket');
  await page.getByRole('link', { name: '篮子里有 2 项' }).click();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('还没选时间').waitFor();
  await page.locator('article.card').first().getByRole('button', { name: /选时间/ }).click();
  await chooseTime(page, 1, await chooseTime(page, 0));
  await page.getByText('时间重叠').waitFor();                  // told before placing
  await on('basket');
  await chooseTime(page, 1, '', true);
  await page.getByText('时间重叠').waitFor({ state: 'detached' });
  check(!/林秀兰|\b1\d{10}\b/.test(await kept(page)), 'nothing about a person is kept');
  await page.getByRole('button', { name: '下一步' }).click();
  await fillWho(page, elder);
  await page.getByText('一共自己付').waitFor();
  await on('basket to pay');
  const phone = newPhone();
  await page.getByLabel('您的手机号').fill(phone);
  await page.getByRole('button', { name: '发送验证码' }).click();
  await page.getByLabel('短信验证码').fill(await code(house, phone));
  await page.getByRole('button', { name: '登录并下单' }).click();
  await page.waitForURL(/\/orders\?basket=/);
  await page.locator('.order-row').nth(1).waitFor();
  await on('orders of a basket');
  same(together(house, new URL(page.url()).searchParams.get('basket')), 2, 'orders under its number');
  same(await kept(page), null, 'the basket is empty');
}

async function byKeys(page, house) {
  const key = (k) => page.keyboard.press(k);
  const go = async (name, most) => { await tabTo(page, name, most); await key('Enter'); };
  await toStation(page, house);
  await go('放进篮子', 120);
  await go('在篮子里', 120);
  await page.locator('article.card').first().waitFor();
  await go('选时间');
  await page.locator('input[name=slot]').first().waitFor();
  await tabTo(page, '余');
  for (let i = 0; i < 3; i++) await key('Tab');
  while (!/余/.test(await page.evaluate(() => document.activeElement.innerText))) await key('Tab');
  await key('Enter');
  await tabTo(page, '–');
  await key('Space');
  await page.locator('input[name=slot]').first().waitFor({ state: 'detached' });
  await go('下一步');
  for (const [label, text] of [['去哪里', '杏花里 6 号楼 402'], ['老人的姓名', '林秀兰'],
    ['老人的电话', newPhone()]]) {
    await page.getByLabel(label).waitFor();
    await tabTo(page, label);
    await page.keyboard.type(text);
  }
  await key('Tab');
  await key('Space');
  await go('下一步');
  const phone = newPhone();
  await page.getByLabel('您的手机号').waitFor();
  await tabTo(page, '您的手机号');
  await page.keyboard.type(phone);
  await key('Enter');
  const text = await code(house, phone);
  await page.getByLabel('短信验证码').waitFor();
  await tabTo(page, '短信验证码');
  await page.keyboard.type(text);
  await key('Enter');
  await page.waitForURL(/\/orders\?basket=/);
}

export async function baskets({ person, house, axeOn }) {
  for (const elder of [false, true])
    await test(`two services are ordered in one go${elder ? ', in 长辈版' : ''}`, async () => {
      const page = await person({ elder });
      await byMouse(page, house, (n) => axeOn(page, `citizen${elder ? ' 长辈版' : ''}: ${n}`), elder);
      check(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), 'fits');
      same(page.faults, [], 'faults of the page');
      await page.context().close();
    }, 90);
  await test('a basket by the keyboard alone', async () => {
    const page = await person();
    await byKeys(page, house);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  }, 90);
}
