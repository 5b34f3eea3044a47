// fifteen.mjs - my fifteen minutes in the browser: words, list, map, another pace, paper.

import { check, same, test, until } from '../harness.mjs';
import { tabTo } from '../screen.mjs';

async function settle(page) {
  await page.getByRole('combobox').first().fill('xhl');
  await page.getByRole('option').first().click();
}

async function words(page) {
  const said = page.locator('.fifteen-words');
  await said.waitFor();
  return said.innerText();
}

async function atAnotherPace(page) {
  const before = await words(page);
  await page.getByLabel('走路快慢').selectOption('frail');
  return until('words at the other pace', async () => {
    const now = await words(page);
    return now !== before && now.includes('体弱') && now;
  });
}

async function onTheMap(page, axeOn, look) {
  const asked = page.waitForResponse((r) => r.url().includes('/api/circle?') && r.ok());
  await page.getByRole('button', { name: '看地图' }).click();
  await asked;
  await page.locator('.fifteen-map canvas').first().waitFor();
  await axeOn(page, `${look}: my fifteen minutes on the map`);
  await page.getByRole('button', { name: '收起地图' }).click();
}

/* On paper there is the page and nothing to press. */
async function onPaper(page) {
  await page.emulateMedia({ media: 'print' });
  check(await page.locator('.fifteen-words').isVisible(), 'words on paper');
  for (const gone of ['.fifteen-tools', '.foot', '.head'])
    check(!(await page.locator(gone).first().isVisible()), `${gone} is not printed`);
  await page.emulateMedia({ media: null });
}

export async function fifteen({ person, house, axeOn }) {
  for (const elder of [false, true])
    await test(`my fifteen minutes: words, list, map, another pace${elder ? ', in 长辈版' : ''}`, async () => {
      const page = await person({ elder });
      const look = `citizen${elder ? ' 长辈版' : ''}`;
      await page.goto(`${house.base}/fifteen`);
      await page.getByRole('combobox').first().waitFor();
      await axeOn(page, `${look}: my fifteen minutes without a home`);
      await settle(page);
      check((await words(page)).startsWith('步行 15 分钟内（老年人步速）'), 'says pace and time');
      await page.locator('.fifteen-kind').first().waitFor();
      await axeOn(page, `${look}: my fifteen minutes`);
      await onTheMap(page, axeOn, look);
      await atAnotherPace(page);
      await onPaper(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      check(wide <= 390, `the page is ${wide} wide`);
      same(page.faults, [], 'faults of the page');
      await page.context().close();
    });

  await test('my fifteen minutes from the front page by keyboard, and on to a place', async () => {
    const page = await person({ width: 1440 });
    await settle(page);
    await tabTo(page, '我的十五分钟');
    await page.keyboard.press('Enter');
    await words(page);
    await page.locator('.fifteen-map canvas').first().waitFor();
    const name = (await page.locator('.fifteen-places a').first().innerText()).replace(/^\d+\s*/, '');
    await tabTo(page, name);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await page.locator('.steps li').first().waitFor();       // the way there, in words
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
