// edge.mjs - in a browser: channels and programs, messages and their texts, an inspection from a complaint, reminders.

import { check, same, test } from '../harness.mjs';
import { citizen, newPhone, staff } from '../client.mjs';

async function closed(page) {
  same(page.faults, [], 'faults of the page');
  await page.context().close();
}

/** `frame` has house, person, axeOn(page, what). */
export async function edge(frame) {
  const { house, axeOn } = frame;

  await test('an administrator tests a channel and hands a program its key, shown once', async () => {
    const admin = await staff(house, 'sysadmin');
    for (const width of [1440, 390]) {
      const page = await frame.person({ as: admin, width: width });
      await page.goto(`${house.base}/console/#/gateways`);
      await page.getByText('还没有发过测试消息').or(page.getByText('已发出')).first().waitFor();
      if (width === 1440) {
        await page.getByLabel('发到哪个号码').fill(newPhone());
        await page.getByRole('button', { name: '发送测试' }).click();
        await page.getByRole('region', { name: '发一条测试消息' }).getByRole('listitem').first().waitFor();
        await page.getByRole('button', { name: '新增接入应用' }).click();
        await page.getByRole('dialog').getByRole('textbox').first().fill('12345热线平台');
        const division = page.getByRole('dialog').getByRole('combobox');
        await division.fill('柳荫街道');
        await page.locator('.el-select-dropdown__item:visible').first().click();
        await page.getByRole('dialog').getByRole('button', { name: '新增接入应用' }).click();
        const row = page.getByRole('listitem').filter({ hasText: '12345热线平台' });
        await row.getByRole('button', { name: '生成密钥' }).click();
        const said = page.getByRole('status').filter({ hasText: '只显示这一次' });
        await said.waitFor();
        check(/[0-9a-f]{40}/.test(await said.innerText()), 'a key');
        await axeOn(page, 'console: a key');
        await page.getByRole('button', { name: '已记下' }).click();
        await row.getByText('密钥尾号').waitFor();
      }
      await axeOn(page, `console ${width}: channels and programs`);
      await closed(page);
    }
  });

  await test('staff see what went out and how long the texts are', async () => {
    const manager = await staff(house, 'manager');
    for (const width of [1440, 390]) {
      const page = await frame.person({ as: manager, width: width });
      await page.goto(`${house.base}/console/#/messages`);
      await page.getByRole('button', { name: '已发出' }).click();
      await page.getByText('最近的在前').waitFor();
      await axeOn(page, `console ${width}: messages`);
      await page.getByRole('button', { name: '怎么说、多长' }).click();
      await page.getByText(/字，\d 条短信/).first().waitFor();
      await page.getByRole('button', { name: '语音电话' }).click();
      await page.getByText(/念 \d+ 秒/).first().waitFor();
      await axeOn(page, `console ${width}: texts of messages`);
      await closed(page);
    }
  });

  await test('a complaint opens an inspection on the phone, signed with a finger, and hears its result', async () => {
    const street = await staff(house, 'street'), manager = await staff(house, 'manager');
    const { items } = await manager.read(`/api/place?org=${manager.me.org}&size=20`);
    const place = items.find((p) => p.state === 'published');
    const who = await citizen(house, newPhone());
    const sent = await who.write('/api/my/requests',
      { kind: 'complaint', topic: 'safety', matter: '楼道堵着', place: place.id });
    const page = await frame.person({ as: street, width: 390 });
    await page.goto(`${house.base}/console/#/requests?open=${sent.id}`);
    await page.getByLabel('用哪张检查表').waitFor();
    await axeOn(page, 'console 390: a request with its inspections');
    await page.getByRole('button', { name: '开始检查' }).click();
    await page.getByRole('link', { name: `因诉求 ${sent.number}` }).waitFor();
    const groups = page.locator('.three');
    for (let i = 0; i < await groups.count(); i++) {
      const button = groups.nth(i).getByRole('button', { name: i ? '符合' : '不符合', exact: true });
      await button.click();
      await page.locator('.three').nth(i).locator('[aria-pressed="true"]').waitFor();
    }
    await page.getByLabel('被检查方签字人').fill('王站长');
    const pad = page.getByRole('img', { name: '被检查方手写签名' });
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    await page.mouse.move(box.x + 30, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 160, box.y + 90, { steps: 6 });
    await page.mouse.up();
    await axeOn(page, 'console 390: an inspection to sign');
    await page.getByRole('button', { name: '签好了' }).click();
    await page.getByText('签名已保存在附件里').waitFor();
    await page.getByLabel('检查人', { exact: true }).fill('李干部');
    await page.getByRole('button', { name: '签字，提交' }).click();
    await page.getByRole('button', { name: '复查' }).waitFor();
    await page.getByText('被检查方签名：王站长').first().waitFor();
    await page.goto(`${house.base}/console/#/requests?open=${sent.id}`);
    await page.getByText(/得分 \d+，不符合 1 项/).first().waitFor();
    await closed(page);
  });

  await test('she says at which hour she is reminded, and of what', async () => {
    const who = await citizen(house, newPhone());
    const page = await frame.person({ as: who, width: 390 });
    await page.goto(`${house.base}/me/messages`);
    await page.getByLabel('几点提醒').fill('18:30');
    await page.getByLabel('订餐快截止').uncheck();
    await axeOn(page, 'citizen: reminders');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('status').filter({ hasText: '已保存' }).waitFor();
    const kept = await who.read('/api/my/message_choice');
    same(kept.remind_min, 1110);
    check(!kept.kinds.find((k) => k.key === 'meal.cut_off').on, 'off');
    await closed(page);
  });

  await test('one box finds a published answer, which stands alone and can be printed', async () => {
    const page = await frame.person({ width: 390 });
    await page.goto(`${house.base}/search?q=${encodeURIComponent('补贴')}`);
    await page.getByRole('link', { name: /80岁老人吃饭有补贴吗/ }).click();
    await page.getByRole('heading', { name: '80岁老人吃饭有补贴吗' }).waitFor();
    same(await page.locator('.card.one').count(), 1, 'alone');
    await axeOn(page, 'citizen: one answer');
    await page.emulateMedia({ media: 'print' });
    check(!(await page.getByRole('button', { name: '打印' }).isVisible()), 'no buttons on paper');
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('link', { name: '看全部问题' }).click();
    await page.locator('.card.one').nth(1).waitFor();
    await closed(page);
  });

  await test('whoever answers the telephone finds what was answered before', async () => {
    const worker = await staff(house, 'worker');
    const page = await frame.person({ as: worker, width: 1440 });
    await page.goto(`${house.base}/console/#/call`);
    await page.getByLabel('常见问题', { exact: true }).last().fill('凉');
    await page.getByRole('button', { name: '查答案' }).click();
    await page.getByText('送来的饭凉了怎么办').waitFor();
    await axeOn(page, 'console: answers at the call desk');
    await closed(page);
  });
}
