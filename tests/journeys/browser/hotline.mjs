// hotline.mjs - 12345's workbook is taken in at the screen, its number kept, answered and sent back;
// 响应率, 解决率, 满意率 stand on the same screen, each with its rows.

import { check, same, test, until } from '../harness.mjs';
import { mustAct, newPhone, staff } from '../client.mjs';
import { wordsOf, workbook } from '../workbook.mjs';

const HEADS = ['工单编号', '诉求类型', '来电时间', '来电人', '联系电话', '所属街道', '主要内容', '办结期限'];
const WORDS = '助餐点连着三天没开门', ANSWER = '已换锁，明早七点开门';

/** The list as 12345 sends it: one to be answered, one asked only, one without what was said. */
function sent(number, inDays) {
  const day = inDays(-1);
  return workbook([HEADS,
    [`${number}1`, '投诉', day, '尹向晚', newPhone(), '柳荫街道', WORDS, inDays(20)],
    [`${number}2`, '咨询', day, '杭小满', newPhone(), '柳荫街道', '想问助餐补贴怎么办', ''],
    [`${number}3`, '投诉', day, '薛向阳', newPhone(), '柳荫街道', '', '']]);
}

async function takenIn(page, house, number, axeOn) {
  await page.getByRole('link', { name: '导入12345清单' }).click();
  await page.getByRole('heading', { name: '导入名单' }).waitFor();
  await until('the kind of list is chosen', async () =>
    await page.getByLabel('名单里是什么').inputValue() === 'request');
  await page.getByLabel('来源').fill('12345热线');
  await page.locator('input[type=file]').setInputFiles({ name: '派单.xlsx',
    mimeType: 'application/octet-stream', buffer: sent(number, (n) => house.inDays(n)) });
  await page.getByRole('button', { name: '上传并识别各列' }).click();
  await page.getByRole('heading', { name: '列的对应' }).waitFor();
  for (const [head, field] of [['工单编号', 'number12345'], ['主要内容', 'matter'], ['办结期限', 'city_due']])
    same(await page.getByLabel(`“${head}”对应到`).inputValue(), field, head);
  await page.getByRole('button', { name: '检查全部行' }).click();
  await page.getByRole('heading', { name: '导入后的样子' }).waitFor();
  await page.getByRole('row').filter({ hasText: `${number}3` }).getByText('有错误').waitFor();
  await axeOn(page, 'console: 12345’s list, checked');
  await page.getByRole('button', { name: '确认导入' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确认导入' }).click();
  await page.getByText('已新增 2 条').waitFor();
  const kept = house.sql(`SELECT number12345 FROM request WHERE number12345 LIKE '${number}%'
    ORDER BY number12345`).flat();
  same(kept, [`${number}1`, `${number}2`], 'their own numbers');
}

async function answered(page, house, number, open, axeOn) {
  await open(page, '/requests');
  const find = page.getByRole('searchbox', { name: /12345编号/ });
  await find.fill(`${number}9`);
  await find.press('Enter');
  await page.getByText('没有找到这件诉求').waitFor();
  await find.fill(`${number}1`);
  await find.press('Enter');
  await page.locator('.item').filter({ hasText: `${number}1` }).click();
  const detail = page.locator('.detail');
  await detail.getByText(WORDS).waitFor();
  await detail.locator('dd', { hasText: `${number}1` }).waitFor();
  await detail.getByLabel(/诉求人看到的就是这段话/).fill(ANSWER);
  await page.keyboard.press('Control+Enter');
  await until('it is answered', () =>
    house.sql(`SELECT state FROM request WHERE number12345 = '${number}1'`)[0][0] === 'replied');
  await page.getByRole('button', { name: '导出12345答复' }).click();
  const dialog = page.getByRole('dialog', { name: '导出12345答复' });
  await dialog.getByRole('button', { name: '下载文件' }).click();
  await dialog.getByRole('alert').waitFor();                   // it is asked why
  await axeOn(page, 'console: answers for 12345');
  await dialog.getByLabel('理由').fill('回传市热线');
  const [file] = await Promise.all([page.waitForEvent('download'),
    dialog.getByRole('button', { name: '下载文件' }).click()]);
  const words = wordsOf(await file.path());
  for (const word of [`${number}1`, ANSWER]) check(words.includes(word), `${word} goes back`);
  check(!words.includes(`${number}2`), 'what is not answered does not');
}

/** Each rate of the strip, and the list behind it as long as it says. */
async function rates(page, open, district) {
  const { figures } = await district.read('/api/today?entity=request');
  same(figures.map((f) => f.key).sort(), ['requests_near', 'requests_overdue', 'requests_response',
    'requests_satisfied', 'requests_solved'], 'the figures of requests, no other');
  for (const f of figures) {
    await open(page, '/requests');
    const one = page.getByRole('region', { name: '诉求办理情况' }).getByRole('listitem').filter({ hasText: f.name });
    await one.waitFor();
    const said = await one.innerText();
    if (f.whole !== undefined) check(said.includes(f.whole ? `共 ${f.whole} 件` : '没有可算的'), `${f.name}: ${said}`);
    const want = f.whole === undefined ? f.value : Math.round((f.value / 100) * f.whole);
    await one.getByRole('link', { name: new RegExp(`^${f.name}`) }).click();
    await page.waitForURL(/#\/list\/request\?/);
    if (!want) continue;
    await page.locator('tbody tr:visible').first().waitFor();
    await page.locator('.pager').getByText(`共 ${want} 条`, { exact: true }).first().waitFor();
  }
}

export async function hotline({ house, desk, open, axeOn }) {
  await test('12345’s workbook: taken in at the screen, its number kept, answered, sent back', async () => {
    const page = await desk('street'), number = `JZ-B${newPhone().slice(-6)}-`;
    await open(page, '/requests');
    await takenIn(page, house, number, axeOn);
    await answered(page, house, number, open, axeOn);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('响应率, 解决率, 满意率 on the requests’ screen, each with its rows', async () => {
    const district = await staff(house, 'district'), page = await desk('district');
    const waiting = (await district.read('/api/request?state=open&sort=due&size=1')).items[0];
    if (waiting) await mustAct(district, 'request', waiting.id, 'reply', { reply: '已经办好，请您看看' });
    await open(page, '/requests');
    await page.getByRole('region', { name: '诉求办理情况' }).locator('.value').first().waitFor();
    await axeOn(page, 'console: rates of requests');
    await rates(page, open, district);
    await open(page, '/requests');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('region', { name: '诉求办理情况' }).locator('.value').first().waitFor();
    await axeOn(page, 'console: rates of requests, narrow');
    check(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), 'fits a phone');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
