// counter.mjs - at the desk in a browser: an elder is signed up, one moves home, what speaks for a
// visit, and the list of a comparison.

import fs from 'node:fs';
import { check, same, test, until } from '../harness.mjs';
import { mustAct, staff } from '../client.mjs';

/** The whole name and number of somebody the station does not see yet. */
async function unseen(house, manager) {
  const worker = await staff(house, 'worker');
  for (const e of (await worker.read('/api/elder?size=50')).items.reverse()) {
    if ((await manager.get(`/api/elder/${e.id}`)).status !== 404) continue;
    const whole = await worker.write(`/api/elder/${e.id}/reveal`,
      { fields: 'name,id_number', reason: '签约前核对身份' });
    return { ...whole, id: e.id };
  }
  throw new Error('the station sees everybody already');
}

async function chosen(page, box, label, words) {
  await box.getByLabel(label, { exact: true }).fill(words);
  const option = page.getByRole('option').filter({ hasText: words }).first();
  await option.waitFor();
  await option.click();
}

/** `tools` has house, desk(login), open(page, path), axeOn(page, what). */
export async function counter({ house, desk, open, axeOn }) {
  await test('an elder is signed up at the counter: refused by her name, drafted, signed', async () => {
    const manager = await staff(house, 'manager');
    const elder = await unseen(house, manager);
    const page = await desk('manager');
    await open(page, '/list/agreement');
    await page.getByRole('link', { name: '到站签约' }).last().click();
    const form = page.getByRole('form', { name: '到站签约' });
    await form.getByRole('button', { name: '拟定协议' }).click();
    await form.getByText('请填写证件号码或电话', { exact: true }).waitFor();
    await axeOn(page, 'console: signing up, nothing said');
    check((await form.getByLabel(/价目/).inputValue()).length > 0, 'the prices on offer stand there');
    await form.getByLabel('老人姓名').fill('别的人');
    await form.getByLabel('证件号码').fill(elder.id_number);
    await form.getByRole('button', { name: '拟定协议' }).click();
    const fault = form.locator('#s-name-fault');
    await until('the name is refused', async () => (await fault.count()) > 0);
    await axeOn(page, 'console: signing up, refused');
    await form.getByLabel('老人姓名').fill(elder.name);
    await form.getByRole('button', { name: '拟定协议' }).click();
    await page.getByRole('button', { name: '已签字' }).click();
    await axeOn(page, 'console: signing up, drafted');
    const asked = page.getByRole('dialog');
    await asked.getByLabel('签字人姓名').fill(elder.name);
    await asked.getByLabel('签字日期').fill(house.inDays(0));
    await page.keyboard.press('Tab');
    await asked.getByRole('button', { name: '已签字' }).click();
    const state = () =>
      house.sql(`SELECT state FROM agreement WHERE elder = ${elder.id} ORDER BY id DESC`)[0][0];
    await until('the agreement is in force', () => state() === 'active');
    await page.getByText('签字页照片').waitFor();
    await axeOn(page, 'console: signing up, signed');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('an elder moves: her page, where she is found now, what went with her', async () => {
    const district = await staff(house, 'district');
    const elder = (await district.read('/api/elder?size=30')).items.find((e) => e.compound);
    const there = (await district.read('/api/compound?size=50')).items
      .find((k) => k.id !== elder.compound);
    const page = await desk('district');
    await open(page, `/elder/${elder.id}`);
    await page.getByRole('button', { name: '迁移', exact: true }).click();
    const box = page.getByRole('dialog', { name: '迁移' });
    await box.getByRole('button', { name: '迁移', exact: true }).click();
    await until('both faults stand at their fields', async () =>
      (await box.locator('#h-address-fault, #h-reason-fault').count()) === 2);
    await axeOn(page, 'console: a move, nothing said');
    await box.getByLabel('新住址').fill(`${there.name} 1 号楼`);
    await chosen(page, box, '小区', there.name);
    await box.getByLabel('迁移原因').fill('搬到女儿家');
    await axeOn(page, 'console: a move');
    await box.getByRole('button', { name: '迁移', exact: true }).click();
    await box.getByText('随同迁移').waitFor();
    await axeOn(page, 'console: a move, done');
    same(house.sql(`SELECT compound FROM elder WHERE id = ${elder.id}`)[0][0], String(there.id),
      'where she lives now');
    await box.getByRole('button', { name: '关闭', exact: true }).last().click();
    await box.waitFor({ state: 'hidden' });
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('what speaks for a visit, in its drawer', async () => {
    const visit = house.sql('SELECT visit FROM proof ORDER BY id DESC LIMIT 1')[0][0];
    const page = await desk('district');
    await open(page, `/list/visit?open=${visit}`);
    await page.getByRole('tab', { name: '凭证', exact: true }).click();
    const wanted = (await (await staff(house, 'district')).read(`/api/visit/${visit}/proofs`)).items;
    const shown = page.locator('.proofs > li');
    await until('each proof', async () => (await shown.count()) === wanted.length);
    check((await shown.first().innerText()).includes(wanted[0].text), 'the strongest first');
    await axeOn(page, 'console: proofs of a visit');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('the list of an approved comparison is made and kept as a file', async () => {
    const officer = await staff(house, 'street'), district = await staff(house, 'district');
    const { division } = (await officer.read('/api/elder?size=1')).items[0];
    const asked = await officer.write('/api/comparison', { name: '高龄津贴核对', office: '社保中心',
      purpose: '核实高龄津贴资格', asks: ['id_number'], division });
    await mustAct(officer, 'comparison', asked.id, 'ask');
    await mustAct(district, 'comparison', asked.id, 'approve');
    const page = await desk('street');
    await open(page, `/list/comparison?open=${asked.id}`);
    await page.getByRole('button', { name: '生成比对名单' }).click();
    const kept = page.waitForEvent('download');
    await page.getByRole('button', { name: '生成并下载' }).click();
    const book = fs.readFileSync(await (await kept).path());
    check(book.subarray(0, 2).toString() === 'PK', 'a workbook');
    await page.getByRole('dialog').getByText('已发出').first().waitFor();
    await axeOn(page, 'console: a comparison sent');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
