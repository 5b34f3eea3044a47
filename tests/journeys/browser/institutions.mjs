// institutions.mjs - choosing an institution in the browser: by mouse, by keyboard, in 长辈版.

import { check, same, test, until } from '../harness.mjs';
import { tabTo } from '../screen.mjs';

const shown = (page) => page.locator('.place').count();
const open = (page) => page.getByText(/按条件选|Choose by/).click();
const counted = (page, n) => page.getByText(new RegExp(`· ${n} 家`)).waitFor();

async function byMouse(page, house, axeOn, look) {
  await page.goto(`${house.base}/find/institution`);
  await page.locator('.place').first().waitFor();
  const all = await shown(page);
  await axeOn(page, `${look}: institutions`);
  await open(page);
  await page.getByRole('button', { name: '民办', exact: true }).click();
  await counted(page, 2);
  await page.getByRole('button', { name: '5 级', exact: true }).click();
  await counted(page, 1);
  check(/operation_mode=private/.test(page.url()) && /rating=5/.test(page.url()), page.url());
  await axeOn(page, `${look}: institutions chosen`);
  await page.reload();                                      // the address is enough
  await counted(page, 1);
  await page.goto(`${house.base}/find/institution?operation_mode=public&rating=5`);
  await page.getByText('没有符合所有条件的机构').waitFor();
  await axeOn(page, `${look}: no institution`);
  await page.getByRole('button', { name: /不限等级（\d 家）/ }).click();
  await counted(page, 1);
  await page.getByRole('button', { name: /^公办\s*去掉/ }).click();
  await counted(page, all);
}

async function byKeys(page, house) {
  await page.goto(`${house.base}/find/institution`);
  await page.locator('.place').first().waitFor();
  await tabTo(page, '安澜区');
  await page.keyboard.press('Enter');
  await page.getByText('安澜区 · 5 家').waitFor();
  await tabTo(page, '按条件选');
  await page.keyboard.press('Enter');
  await tabTo(page, '公办民营');
  await page.keyboard.press('Enter');
  await page.getByText('安澜区 · 2 家').waitFor();
  await tabTo(page, '先看');
  await page.keyboard.press('Home');
  await page.waitForURL(/sort=price/);
  await until('the cheapest stands first', async () => {
    const first = await page.locator('.place h3').first().innerText();
    return house.sql(`SELECT price_low FROM place WHERE name = '${first}'`)[0][0] === '190000';
  });
}

export async function institutions({ person, house, axeOn }) {
  for (const elder of [false, true])
    await test(`an institution is chosen by what counts${elder ? ', in 长辈版' : ''}`, async () => {
      const page = await person({ elder });
      await byMouse(page, house, axeOn, `citizen${elder ? ' 长辈版' : ''}`);
      same(page.faults, [], 'faults of the page');
      await page.context().close();
    });
  await test('an institution is chosen by keyboard alone', async () => {
    const page = await person();
    await byKeys(page, house);
    await page.context().close();
  });
}
