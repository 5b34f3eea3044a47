// requests.mjs - somebody tells us in four steps; the desk answers; she says whether it helped.

import { check, same, test, until } from '../harness.mjs';
import { newPhone, staff } from '../client.mjs';

const WORDS = '送来的饭连着三天是凉的';

export async function requests({ house, person, smsCode, desk, open, axeOn }) {
  let number = '';

  await test('four steps without sign-in, a code at the end, and a time line', async () => {
    const page = await person();
    const manager = await staff(house, 'manager');
    const place = (await manager.read(`/api/place?org=${manager.me.org}&size=20`)).items
      .find((p) => p.state === 'published');
    await page.goto(`${house.base}/ask?place=${place.id}`);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByText('请选一类').waitFor();
    await page.getByLabel(/投诉/).check();
    await page.getByLabel('请说说是什么事').fill(WORDS);
    await axeOn(page, 'citizen: tell, what');
    await page.reload();
    same(await page.getByLabel('请说说是什么事').inputValue(), WORDS, 'kept over a reload');
    for (let i = 0; i < 2; i++) await page.getByRole('button', { name: '下一步' }).click();
    await page.getByLabel(/不让被反映的单位知道/).check();
    await axeOn(page, 'citizen: tell, whose');
    await page.getByRole('button', { name: '下一步' }).click();
    await axeOn(page, 'citizen: tell, send');
    const phone = newPhone();
    await page.getByLabel('您的手机号').fill(phone);
    await page.getByRole('button', { name: '发送验证码' }).click();
    await page.getByLabel('验证码').fill(await smsCode(phone));
    await page.locator('button[type=submit]').last().click();
    await page.getByText('已收到您反映的事').waitFor();
    number = await page.locator('h1').innerText();
    await axeOn(page, 'citizen: told');

    const street = await desk('street');
    await open(street, '/requests');
    await street.locator('.item').filter({ hasText: number }).click();
    await street.getByText(WORDS).waitFor();
    await axeOn(street, 'console: requests');
    await street.getByLabel(/诉求人看到的就是这段话/).fill('已更换保温箱，当天致歉');
    await street.keyboard.press('Control+Enter');
    await until('it is answered', () =>
      house.sql(`SELECT state FROM request WHERE number = '${number}'`)[0][0] === 'replied');
    same(street.faults, [], 'faults of the page');
    await street.context().close();

    await page.reload();
    await page.getByText('已更换保温箱，当天致歉').waitFor();
    await page.getByRole('button', { name: '解决了' }).click();
    await page.getByLabel('满意', { exact: true }).check();
    await page.locator('form button[type=submit]').click();
    await page.locator('.tag', { hasText: '已办结' }).waitFor();
    await page.goto(`${house.base}/asked`);
    await page.getByText(number).waitFor();
    await axeOn(page, 'citizen: what I told');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('a caller is written down by keys alone', async () => {
    const page = await desk('clerk');
    await open(page, '/requests');
    await page.getByRole('button', { name: '登记诉求' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('来电号码').waitFor();
    await until('the number has the focus', () =>
      page.evaluate(() => document.activeElement?.id === 'rn-phone'));
    await page.keyboard.type(newPhone());
    const to = async (id) => {
      for (let i = 0; i < 20; i++) {
        if (await page.evaluate((x) => document.activeElement?.id === x, id)) return;
        await page.keyboard.press('Tab');
      }
      check(false, `no way to ${id} by Tab`);
    };
    await axeOn(page, 'console: write a request down');
    await to('rn-place');
    await page.keyboard.type('驿站');
    await page.locator('.el-select-dropdown__item:visible').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await to('rn-matter');
    await page.keyboard.type('驿站白天总是锁着门');
    await page.keyboard.press('Control+Enter');
    await page.locator('.detail').getByText('驿站白天总是锁着门').waitFor();
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('an answer that was published is found by whoever asks', async () => {
    const page = await person();
    await page.goto(`${house.base}/answers`);
    await page.locator('.card h2').first().waitFor();
    await axeOn(page, 'citizen: answers');
    await page.getByLabel('想问什么').fill('补贴');
    await page.locator('form button[type=submit]').click();
    await page.locator('.card', { hasText: '补贴' }).first().waitFor();
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('the station reads its task on a telephone, and when there is none', async () => {
    const page = await desk('manager');
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, '/requests');
    await page.getByRole('heading', { name: '诉求办理' }).waitFor();
    await until('the list', async () => (await page.locator('[role=status]').allInnerTexts())
      .some((x) => x.includes('件')));
    await axeOn(page, 'console: tasks, narrow');
    check(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), 'fits');
    await page.context().close();
  });
}
