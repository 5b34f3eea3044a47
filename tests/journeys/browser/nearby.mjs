// nearby.mjs - what is near, in the browser: a home by its address, who serves it, institutions side
// by side, and the console's map from afar.

import { check, same, test, until } from '../harness.mjs';
import { tabTo } from '../screen.mjs';

async function homeByAddress(page, house, axeOn, look) {
  await page.goto(`${house.base}/find/home`);
  await page.getByRole('combobox').fill('安澜区柳阴里12栋3门502');      // 阴 for 荫: found by sound
  await page.getByRole('option', { name: /柳荫里/ }).waitFor();
  await page.getByText(/把握 \d+ 分/).waitFor();
  check(await page.getByText('读音相同，字不同').count(), 'why it is not quite sure');
  await axeOn(page, `${look}: home by address`);
  await page.getByRole('option', { name: /柳荫里/ }).click();
  await page.locator('.served').waitFor();
  check(/负责.+的驿站/.test(await page.locator('.served').innerText()), 'says by which area');
  const kept = `${await page.evaluate(() => JSON.stringify(localStorage))} ${page.url()}`;
  check(!/(?<!\d)502(?!\d)|12栋/.test(kept), 'the address is not kept');   // an id may hold 502
  await axeOn(page, `${look}: who serves`);
}

async function sideBySide(page, house, axeOn, look) {
  await page.goto(`${house.base}/find/institution?all=1`);
  await page.locator('.compare-tick input').first().waitFor();
  for (const i of [0, 1, 2]) await page.locator('.compare-tick input').nth(i).check();
  check(await page.locator('.compare-tick input').nth(3).isDisabled(), 'three at most');
  await axeOn(page, `${look}: ticked`);
  await page.getByRole('link', { name: '对比这 3 家' }).click();
  await page.locator('.compare td').first().waitFor();
  same(await page.locator('.compare thead th').count(), 3, 'side by side');
  check(/\/compare\?p=\d+,\d+,\d+$/.test(page.url()), `nothing else in the address: ${page.url()}`);
  await axeOn(page, `${look}: compared`);
}

/* Somebody who was sent the link: another browser that knows no home. */
async function linkOpens(person, house, url) {
  const page = await person();
  await page.goto(`${url},999`);
  await page.locator('.compare td').first().waitFor();
  check(await page.getByText('还没说家在哪里').count(), 'no home, no walking time');
  same(page.faults, [], 'faults of the page');
  await page.goto(`${house.base}/compare?p=999`);
  await page.getByText('这些机构已不在目录里').waitFor();
  await page.context().close();
}

async function byKeys(page, house) {
  await page.goto(`${house.base}/find/institution?all=1`);
  await page.locator('.compare-tick input').first().waitFor();
  await tabTo(page, '对比');
  await page.keyboard.press('Space');
  await page.getByText('再勾一家就能对比').waitFor();
  await page.locator('.compare-tick input').nth(1).focus();
  await page.keyboard.press('Space');
  await tabTo(page, '对比这 2 家');
  await page.keyboard.press('Enter');
  await page.locator('.compare td').first().waitFor();
}

export async function nearby({ person, house, axeOn }) {
  for (const elder of [false, true])
    await test(`a home by its address, institutions side by side${elder ? ', in 长辈版' : ''}`,
      async () => {
        const page = await person({ elder, width: 360 });
        const look = `citizen${elder ? ' 长辈版' : ''}`;
        await homeByAddress(page, house, axeOn, look);
        await sideBySide(page, house, axeOn, look);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        check(wide <= 360, `the page is ${wide} wide`);
        const url = page.url();
        same(page.faults, [], 'faults of the page');
        await page.context().close();
        if (!elder) await linkOpens(person, house, url);
      });
  await test('institutions are compared by keyboard alone', async () => {
    const page = await person();
    await byKeys(page, house);
    await page.context().close();
  });
}

export async function mapFromAfar({ desk, house, axeOn }) {
  await test('the map draws places together from afar, with boundaries and full numbers', async () => {
    const page = await desk('district');
    const asked = [];
    page.on('response', async (r) => {
      if (r.url().includes('/api/map/')) asked.push({ url: r.url(), body: await r.json().catch(() => null) });
    });
    await page.goto(`${house.base}/console/#/map`);
    const marks = await until('places are asked for', () => asked.find((a) => a.url.includes('/places') && a.body));
    check(marks.body.total >= marks.body.features.filter((f) => f.properties.id).length, 'a full count');
    await until('boundaries are asked for',
      () => asked.find((a) => a.url.includes('/divisions') && a.body?.features.length));
    await page.getByText(/视野内 \d+ 处/).waitFor();
    await axeOn(page, 'console: map from afar');
    await page.getByRole('checkbox', { name: '区划边界' }).uncheck();
    await axeOn(page, 'console: map without boundaries');
    const box = await page.locator('.canvas canvas').first().boundingBox();
    const people = page.getByRole('region', { name: '圈内住着的老人' });
    for (let i = 1; i < 8 && !await people.count(); i++) {       // a heap of places opens instead
      await page.mouse.click(box.x + box.width * i / 8, box.y + box.height / 2);
      await page.waitForTimeout(900);
    }
    await people.getByText(/^(\d+|不足 10) 人$/).waitFor();
    await people.getByText(/只数您辖区内/).waitFor();            // what is counted, and what is not shown
    await axeOn(page, 'console: people inside a circle');
    await page.context().close();
  });
}
