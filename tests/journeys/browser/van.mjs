// van.mjs - on the driver's telephone: loaded with portions and temperature, handed over cold, without
// a network too; the kitchen hears of it.

import { check, same, until } from '../harness.mjs';
import { staff } from '../client.mjs';
import { phoneOf } from '../screen.mjs';

const fits = (page) => page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth);

/** `frame` has house, browser, axeOn(page, what). */
export async function vanDay(frame) {
  const { house, axeOn } = frame;
  const driver = await staff(house, 'driver');
  const now = new Date(house.now()).toISOString();
  const day = new Date(Date.parse(now) + 8 * 3600e3).toISOString().slice(0, 10);
  const rows = (await driver.read(`/api/sync/batches?day=${day}`)).rows.map((r) => r.row);
  const mine = rows.find((r) => r.batch.state === 'planned');
  check(mine, 'a batch to be loaded today');
  const state = () => house.sql(`SELECT state FROM meal_batch WHERE id = ${mine.batch.id}`)[0][0];
  const page = await phoneOf(frame, now, 'driver');
  const van = page.locator('.vans');
  await van.getByRole('heading', { name: /配餐车/ }).waitFor();
  await van.locator('.day-row', { hasText: mine.point.name }).filter({ hasText: mine.sitting_name }).first().click();
  await van.getByText(mine.kitchen.name).waitFor();
  check(await fits(page), 'fits a telephone');
  same(await page.locator('.day').count(), 0, 'no empty day of visits for who drives');
  await axeOn(page, 'carer: a van to be loaded');
  await van.getByRole('button', { name: '装好，发车' }).click();
  await van.getByText('请填温度').waitFor();
  await van.getByLabel('中心温度（℃）').fill('很热');
  await van.getByRole('button', { name: '装好，发车' }).click();
  await van.getByText('请填温度').waitFor();
  await axeOn(page, 'carer: a van without its temperature');
  same(state(), 'planned', 'nothing is noted without a temperature');
  await van.getByLabel('中心温度（℃）').fill('72.5');
  await van.getByRole('button', { name: '装好，发车' }).click();
  await until('it is on its way', () => state() === 'sent');
  const row = van.locator('.day-row', { hasText: mine.point.name }).filter({ hasText: mine.sitting_name }).first();
  await row.getByText('在路上').waitFor();
  await row.click();
  await page.context().setOffline(true);
  await van.getByLabel('中心温度（℃）').fill('41');
  await van.getByText(/先别分餐/).waitFor();                   // said before it is sent
  await axeOn(page, 'carer: cold at the door');
  await van.getByLabel(/说明/).fill('张师傅接的');
  await van.getByRole('button', { name: '交给助餐点了' }).click();
  await row.getByText('已交接').waitFor();
  same(state(), 'sent', 'it waits on the telephone');
  await page.context().setOffline(false);
  await until('it is handed over', () => state() === 'received', 40000);
  same(house.sql(`SELECT sent, sent_temp, received_temp FROM meal_batch WHERE id = ${mine.batch.id}`)[0],
    [String(mine.batch.planned), '725', '410'], 'both ends');
  const cook = await staff(house, 'kitchen');
  check((await cook.read(`/api/work_item?place=${mine.batch.place}&kind=meal_batch&state=open`)).items.length > 0,
    'the kitchen hears of it');
  await axeOn(page, 'carer: handed over');
  same(page.faults, [], 'faults of the page');
  await page.context().close();
}

/** What comes first stands first on a carer's telephone: a visit before a round that leaves later. */
export async function dayInOrder(frame) {
  const { house } = frame;
  const page = await phoneOf(frame, new Date(house.now()).toISOString(), 'carer');
  const visit = page.locator('.visit-time').first(), meals = page.locator('.meals');
  await visit.waitFor();
  await meals.waitFor();
  const top = async (l) => (await l.boundingBox()).y;
  const begins = (await visit.innerText()).slice(0, 5);
  const leaves = (await meals.innerText()).match(/(\d\d:\d\d)\s*出发/)[1];
  same(await top(visit) < await top(meals), begins <= leaves, `the visit at ${begins}, the round at ${leaves}`);
  same(page.faults, [], 'faults of the page');
  await page.context().close();
}
