// messages.mjs - in a browser: the link of a message, how I want to be told, what staff see, the morning page.

import { check, same, status, test, until } from '../harness.mjs';
import { citizen, mustAct, newPhone, staff } from '../client.mjs';
import { offersOf, orderFor, timesOf } from '../scene.mjs';
import { fakeWechat, wechatGateway } from '../api/wechat.mjs';

/** `frame` has house, person, axeOn(page, what). */
export async function messages(frame) {
  const { house, axeOn } = frame;
  const manager = await staff(house, 'manager');
  const phone = newPhone(), who = await citizen(house, phone);
  const offers = await offersOf(manager, manager.me.org);
  status(await who.ask('PUT', '/api/my/message_choice', { quiet_from: 0, quiet_to: 0 }), 200);  // at night too
  const slot = (await timesOf(who, offers.walk, { days: 14 })).at(-1);
  const { order } = await who.write('/api/order', orderFor(offers.walk, slot));
  await mustAct(manager, 'care_order', order.id, 'decline', { reason: '人手不足' });

  await test('the link in the message shows that one event to whoever holds it, signed out', async () => {
    const sent = await until('the message', () => house.messages('order.cancelled', phone)[0]);
    const page = await frame.person({});
    await page.goto(`${house.base}/told/${sent.values.link.split('/told/')[1]}`);
    await page.getByText(order.number).waitFor();
    await axeOn(page, 'citizen: the link of a message');
    await page.goto(`${house.base}/told/abcdefghijklmnop`);
    await page.getByText('这个链接已失效').first().waitFor();
    await page.context().close();
  });

  await test('she sees what she was told and chooses one digest in the evening', async () => {
    const page = await frame.person({ as: who });
    await page.goto(`${house.base}/me`);
    await page.getByRole('link', { name: /消息/ }).click();
    await page.getByText('订单取消').first().waitFor();
    await axeOn(page, 'citizen: messages');
    await page.getByLabel('平时不打扰，晚上一次汇总').check();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('status').filter({ hasText: '已保存' }).waitFor();
    same((await who.read('/api/my/message_choice')).digest, true, 'kept');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('she binds her WeChat within WeChat and unbinds; elsewhere a QR leads there', async () => {
    const fake = await fakeWechat(), stop = await wechatGateway(house, fake);
    try {
      await bindAndUnbind(frame, who);
    } finally {
      await stop();
      fake.close();
    }
  });

  await test('staff find what went out, and the director sees first what cannot wait', async () => {
    const page = await frame.person({ as: manager, width: 1440 });
    await page.goto(`${house.base}/console/#/list/message`);
    await page.getByText('订单取消').first().waitFor();
    check(!(await page.content()).includes(phone), 'the number is masked');
    await page.context().close();
    const director = await staff(house, 'director');
    const first = await frame.person({ as: director, width: 1440 });
    await first.goto(`${house.base}/console/#/today`);
    const table = first.getByRole('group', { name: '各辖区要先办的' });
    await table.locator('tbody tr').first().waitFor();
    await axeOn(first, 'console: the morning page');
    await table.locator('tbody a').first().click();
    await first.waitForURL(/list\//);
    same(first.faults, [], 'faults of the page');
    await first.context().close();
  });
}

async function bindAndUnbind({ house, person, axeOn }, who) {
  const page = await person({ as: who });
  await page.addInitScript(() => Object.defineProperty(navigator, 'userAgent',
    { get: () => 'Mozilla/5.0 (Linux; Android 13) MicroMessenger/8.0.50' }));
  await page.goto(`${house.base}/me/messages`);
  const card = page.getByRole('region', { name: '微信收通知' });
  await card.getByRole('button', { name: '绑定微信', exact: true }).click();
  await card.getByText('已绑定，').waitFor();
  same(new URL(page.url()).search, '', 'what WeChat brought has left the address');
  await page.locator('option[value=wechat]').waitFor({ state: 'attached' });
  await axeOn(page, 'citizen: WeChat bound');
  await card.getByRole('button', { name: '解除绑定' }).click();
  await card.getByRole('button', { name: '绑定微信', exact: true }).waitFor();
  await page.goto(`${house.base}/me/messages?code=no&state=such`);
  await card.getByText('这次授权已失效').waitFor();
  same(page.faults, [], 'faults of the page');
  await page.context().close();
  const outside = await person({ as: who });
  await outside.goto(`${house.base}/me/messages`);
  await outside.getByRole('img', { name: '本页地址的二维码' }).waitFor();
  same(await outside.getByRole('button', { name: '绑定微信' }).count(), 0, 'only within WeChat');
  await axeOn(outside, 'citizen: open it in WeChat');
  await outside.context().close();
}
