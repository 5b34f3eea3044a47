// proofs.mjs - in a browser: a paper with the request to be bound, who decides opens it, a bond made
// at the counter, and the photo of a visit on the family's page.

import { same, until } from '../harness.mjs';
import { citizen, newPhone, staff } from '../client.mjs';
import { offersOf, orderGiven } from '../scene.mjs';
import { picture } from '../api/proofs.mjs';

const raw = { headers: { 'content-type': 'application/octet-stream' } };

async function wholeElder(worker, n) {
  const { id } = (await worker.read('/api/elder?size=20')).items[n];
  const whole = await worker.write(`/api/elder/${id}/reveal`, {
    fields: 'name,id_number',
    reason: '核对亲属绑定',
  });
  return { ...whole, id };
}

export async function paperAsked(tools) {
  const { house, axeOn, desk, open } = tools;
  const elder = await wholeElder(await staff(house, 'worker'), 11);
  const son = await citizen(house, newPhone());
  const page = await tools.person({ as: son });
  await page.goto(`${house.base}/me/family`);
  await page.getByRole('button', { name: '绑定一位老人' }).click();
  await page.getByLabel('老人的姓名').fill(elder.name);
  await page.getByLabel('身份证号或登记的电话').fill(elder.id_number);
  await page.locator('form input[type=file]').setInputFiles({
    name: '户口本.png', mimeType: 'image/png', buffer: picture('book') });
  await page.getByText('户口本.png').waitFor();
  await axeOn(page, 'citizen: asking with a paper');
  await page.getByRole('button', { name: '提出绑定' }).click();
  await page.getByRole('link', { name: '证明材料 1' }).waitFor();
  await axeOn(page, 'citizen: asked, with its paper');
  same(page.faults, [], 'faults of the page');
  await page.context().close();

  const bond = (await son.read('/api/my')).asked[0].bond;
  const looks = () => house.sql(`SELECT id FROM access_log WHERE row_id = ${bond}`).length;
  const desktop = await desk('worker');
  await open(desktop, `/list/bond?open=${bond}`);
  await desktop.getByRole('tab', { name: '附件' }).click();
  const open1 = desktop.getByRole('button', { name: /打开|查看/ }).filter({ hasText: 'JPEG' });
  await axeOn(desktop, 'console: papers of a bond');
  await open1.waitFor();
  same(looks(), 0, 'a list opens nothing');
  await open1.click();
  await until('the look is noted', () => looks() === 1);
  await desktop.context().close();
}

export async function boundAtCounter(tools) {
  const { house, axeOn, desk, open } = tools;
  const elder = await wholeElder(await staff(house, 'worker'), 12);
  const page = await desk('worker'), phone = newPhone();
  await open(page, `/elder/${elder.id}`);
  await page.getByRole('button', { name: '登记亲属绑定' }).click();
  const box = page.getByRole('dialog', { name: '登记亲属绑定' });
  await box.getByLabel('亲属姓名').fill('王小梅');
  await box.getByLabel('亲属手机号').fill(phone);
  await box.getByText('到站', { exact: true }).click();
  await axeOn(page, 'console: bond at the counter');
  await box.getByRole('button', { name: '登记亲属绑定' }).click();
  await box.waitFor({ state: 'hidden' });
  const daughter = await citizen(house, phone);
  same((await daughter.read('/api/my')).elders.map((e) => e.id), [elder.id], 'bound');
  await page.context().close();
}

export async function photoOfVisit(tools) {
  const { house, axeOn } = tools;
  const manager = await staff(house, 'manager'), carer = await staff(house, 'carer');
  const who = await citizen(house, newPhone()), offers = await offersOf(manager, manager.me.org);
  const { order } = await orderGiven(manager, who, carer.me.carer, [offers.companion]);
  const { visit } = await who.read(`/api/my/orders/${order.id}`);
  const sent = await manager.post(`/api/visit/${visit.id}/file`, picture('table'), raw);
  same(sent.status, 201, `a photo: ${sent.text}`);
  const page = await tools.person({ as: who });
  await page.goto(`${house.base}/order/${order.id}`);
  const image = page.locator('.photos img');
  await image.waitFor();
  await until('it is drawn', () => image.evaluate((i) => i.complete && i.naturalWidth > 0));
  await axeOn(page, 'citizen: photo of a visit');
  await page.context().close();
}
