// finding.mjs - the citizen's one search box: by kind, by walking time, and what is nearest when nothing fits.

import { check, same, test } from '../harness.mjs';

const cards = (page) => page.locator('.place');
const search = async (page, house, words) => {
  await page.goto(`${house.base}/search?q=${encodeURIComponent(words)}`);
  await page.getByRole('heading', { name: `“${words}”` }).waitFor();
};

async function byKindAndFar(page, house, axeOn, look) {
  await page.getByRole('combobox').first().fill('lyl');
  await page.getByRole('option', { name: /柳荫里/ }).first().click();
  await search(page, house, '驿站');
  await cards(page).nth(2).waitFor();
  const all = await cards(page).count();
  check(await page.getByRole('link', { name: /打电话.*驿站/ }).count() === all, 'each can be called');
  await axeOn(page, `${look}: found`);
  const filters = page.locator('summary');
  if (await filters.count()) await filters.click();
  await page.getByRole('button', { name: '15 分钟内' }).click();
  await page.waitForURL(/minutes=15/);
  await cards(page).nth(all - 1).waitFor({ state: 'detached' });
  check(await cards(page).count() < all, 'fewer are near');
  await page.getByRole('button', { name: '小区', exact: true }).click();
  await page.getByText('这一类里没有').waitFor();
  await axeOn(page, `${look}: none of the kind`);
  await page.getByRole('link', { name: '全部' }).click();
  await cards(page).first().waitFor();
}

async function nearest(page, house, axeOn, look) {
  await search(page, house, '柳阴里');                          // 阴 for 荫
  await page.getByText('下面是读音相同的').waitFor();
  await page.getByRole('link', { name: /柳荫里.*看附近/ }).waitFor();
  await axeOn(page, `${look}: by sound`);
  await search(page, house, '我想洗澡');
  await page.getByText('下面是按“洗澡”找到的').waitFor();
  await page.goto(`${house.base}/search?q=${encodeURIComponent('养老公寓')}&minutes=15`);
  await page.getByText(/15 分钟内没有。远一点最近的是/).waitFor();
  check(await cards(page).count() > 0, 'the nearest farther off');
  await axeOn(page, `${look}: farther off`);
}

async function leadsOn(page, house) {
  await search(page, house, '洗澡');
  await page.getByRole('link', { name: /上门洗澡.*看谁能做/ }).click();
  await page.waitForURL(/\/near\?item=\d+/);
  await page.getByRole('link', { name: /看详情、预约/ }).first().click();
  await page.getByRole('link', { name: /预约\s*上门洗澡/ }).waitFor();
}

export async function finding({ person, house, axeOn }) {
  for (const elder of [false, true])
    await test(`one box: by kind, by walking time, the nearest${elder ? ', in 长辈版' : ''}`, async () => {
      const page = await person({ elder, width: 360 });
      const look = `citizen${elder ? ' 长辈版' : ''}`;
      await byKindAndFar(page, house, axeOn, look);
      await nearest(page, house, axeOn, look);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      check(wide <= 360, `the page is ${wide} wide`);
      await leadsOn(page, house);
      same(page.faults, [], 'faults of the page');
      await page.context().close();
    });
  await test('one box without a home: places all the same, and where to say it', async () => {
    const page = await person();
    await search(page, house, '驿站');
    await cards(page).first().waitFor();
    await page.getByRole('link', { name: '选家的位置' }).waitFor();
    await axeOn(page, 'citizen: found without a home');
    await page.context().close();
  });
}
