// bindings.mjs - staff and carers bind their own WeChat: from the console's account page and from the
// carer's page, each sent back to her own face; what is theirs comes there.

import { same, test, until } from '../harness.mjs';
import { demoPassword, staff } from '../client.mjs';
import { pageOf, phoneOf } from '../screen.mjs';
import { fakeWechat, wechatGateway } from '../api/wechat.mjs';

const PIN = '482916', WECHAT = 'Mozilla/5.0 (Linux; Android 13) MicroMessenger/8.0.50';

async function atDesk({ house, browser, axeOn }) {
  const page = await pageOf({ house, browser }, 390, 844, { userAgent: WECHAT });
  await page.goto(`${house.base}/console/`);
  await page.locator('#login').fill('manager');
  await page.locator('#password').fill(demoPassword);
  await page.keyboard.press('Enter');
  await page.locator('#login').waitFor({ state: 'detached' });
  await page.locator('button.me').click();
  await page.getByRole('menuitem', { name: '我的账号' }).click();
  const card = page.getByRole('region', { name: '微信收通知' });
  await axeOn(page, 'console: my account');
  await card.getByRole('button', { name: '绑定微信' }).click();
  await card.getByText('已绑定，通知发到您的微信').waitFor();
  await until('what WeChat brought has left the address', () => !page.url().includes('code='));
  await axeOn(page, 'console: my WeChat is bound');
  await card.getByRole('button', { name: '解除绑定' }).click();
  await card.getByRole('button', { name: '绑定微信' }).waitFor();
  await page.goto(`${house.base}/console/?code=no&state=such`);
  await page.getByRole('region', { name: '微信收通知' }).getByText('这次授权已失效').waitFor();
  same(page.faults, [], 'faults of the page');
  await page.context().close();
}

async function onTelephone(frame) {
  const { house, browser, axeOn } = frame;
  const page = await pageOf({ house, browser }, 390, 844, { userAgent: WECHAT });
  await page.goto(`${house.base}/carer/`);
  await page.locator('#login').fill('carer');
  await page.locator('#password').fill(demoPassword);
  await page.keyboard.press('Enter');
  await page.getByLabel('6 位数字').fill(PIN);
  await page.getByLabel('再输一遍').fill(PIN);
  await page.getByRole('button', { name: '记住' }).click();
  const card = page.getByRole('region', { name: '微信收通知' });
  await card.getByRole('button', { name: '绑定微信' }).click();
  await page.waitForURL(/code=/);                            // back: her number opens her page again
  await page.getByRole('button', { name: (await staff(house, 'carer')).me.name }).click();
  await page.locator('#pin').fill(PIN);
  await page.getByRole('button', { name: '进去' }).click();
  await card.getByText('已绑定，通知发到您的微信').waitFor();
  await card.scrollIntoViewIfNeeded();
  await axeOn(page, 'carer: WeChat bound');
  await until('it has left the address', () => !page.url().includes('code='));
  same((await (await staff(house, 'carer')).read('/api/my/wechat')).bound, true, 'kept for her account');
  same(page.faults, [], 'faults of her page');
  await page.context().close();
  const plain = await phoneOf(frame, house.now());
  const bound = plain.getByRole('region', { name: '微信收通知' });
  await bound.getByRole('button', { name: '解除绑定' }).click();
  await bound.getByText('设一个 6 位数字密码').waitFor();       // none here: what is to be done first
  await axeOn(plain, 'carer: a number first');
  await plain.context().close();
}

/** `frame` has house, browser, axeOn(page, what). */
export async function bindings(frame) {
  await test('staff and carers bind their WeChat, each from her own face', async () => {
    const fake = await fakeWechat(), stop = await wechatGateway(frame.house, fake);
    try {
      await atDesk(frame);
      await onTelephone(frame);
    } finally {
      await stop();
      fake.close();
    }
  });
}
