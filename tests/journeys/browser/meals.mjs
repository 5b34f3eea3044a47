// meals.mjs - in a browser: the kitchen's board and its run, and an inspection on the phone to its end.

import { check, same, test, until } from '../harness.mjs';
import { citizen, newPhone, staff } from '../client.mjs';
import { orderFor, timesOf } from '../scene.mjs';

const fits = (page) => page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth);

/** A place of the demo's station, and lunches to be brought from there on a day, soft food for one. */
async function lunches(house, day) {
  const manager = await staff(house, 'manager');
  const place = (await manager.read(`/api/place?org=${manager.me.org}&size=1`)).items[0].id;
  const { items } = await manager.read(`/api/meal/tables?places=${place}&sitting=lunch&day=${day}`);
  const offer = items[0].offers.find((o) => o.way === 'delivered');
  const anna = await citizen(house, newPhone());
  const [slot] = await timesOf(anna, offer, { from: day, days: 1 });
  for (const [name, address, diets] of [['尹向晚', '柳荫里 12 号楼 1 单元 101', ['soft']],
    ['薛向阳', '柳荫里 3 号楼 2 单元 401', []]])
    await anna.write('/api/order', orderFor(offer, slot, { for_name: name, for_address: address, diets }));
  return place;
}

async function kitchen({ house, desk, open, axeOn }) {
  const day = house.inDays(2), place = await lunches(house, day);
  const page = await desk('manager');
  await open(page, '/kitchen');
  await page.getByLabel('日期').fill(day);
  const lunch = page.getByRole('region', { name: '午餐' }).first();
  await lunch.getByRole('rowheader', { name: '软食', exact: true }).waitFor();
  await page.getByRole('button', { name: '排午餐路线' }).click();
  await page.locator('.stops li').first().waitFor();
  await page.getByText('12-1').first().waitFor();
  await axeOn(page, 'console: kitchen');
  const select = page.getByLabel('送餐员').first();
  const carer = await select.locator('option:not([disabled])').first();
  check(!(await carer.innerText()).includes('*'), 'her carers by name');
  const id = await carer.getAttribute('value');
  await select.selectOption(id);
  const given = () => house.sql(`SELECT carer FROM meal_run WHERE place = ${place}
    AND day = ${Math.round(Date.parse(day) / 864e5)}`)[0]?.[0];
  await until('it is given', () => given() === id);
  await rounds({ house, page, place, day });
  await axeOn(page, 'console: kitchen, rounds');
  await page.setViewportSize({ width: 390, height: 844 });
  check(await fits(page), 'fits a phone');
  await axeOn(page, 'console: kitchen, narrow');
  same(page.faults, [], 'faults of the page');
  await page.context().close();
}

/** A kitchen that feeds points: the sum, who ordered how many, and the batches that are planned. */
async function supplied({ house, desk, open, axeOn }) {
  const cook = await staff(house, 'kitchen'), day = house.inDays(1);
  const kitchen = (await cook.read(`/api/place?org=${cook.me.org}&size=1`)).items[0].id;
  const { sittings } = await cook.read(`/api/kitchen/day?place=${kitchen}&day=${day}`);
  const lunch = sittings.find((s) => s.sitting === 'lunch');
  check(lunch.points.length > 1, 'points have ordered');
  same(lunch.points.reduce((n, p) => n + p.now, 0), lunch.now, 'the sum is that of the points');
  const page = await desk('kitchen');
  await open(page, '/kitchen');
  await page.getByLabel('日期').fill(day);
  const board = page.getByRole('region', { name: '午餐', exact: true }).first();
  for (const p of lunch.points)
    await board.getByRole('row', { name: new RegExp(`${p.name} ${p.now}`) }).waitFor();
  const brought = page.getByRole('region', { name: '配餐交接' });
  await brought.getByText(lunch.points[0].name).first().waitFor();
  await axeOn(page, 'console: a central kitchen');
  same(page.faults, [], 'faults of the page');
  await page.context().close();
}

/** Two volunteers who carry one box each: several rounds; a door goes to another by the keyboard. */
async function rounds({ house, page, place, day }) {
  const on = `place = ${place} AND day = ${Math.round(Date.parse(day) / 864e5)}`;
  const count = (more) => Number(house.sql(`SELECT COUNT(*) FROM ${more}`)[0][0]);
  const list = page.getByRole('region', { name: '送餐路线', exact: true });
  for (const name of ['周甲', '周乙']) {
    await list.getByRole('button', { name: '加一个人', exact: true }).click();
    await list.getByLabel('姓名', { exact: true }).fill(name);
    await list.getByLabel('一次带几份', { exact: true }).last().fill(name === '周甲' ? '60' : '1');
    await list.getByRole('button', { name: '加上', exact: true }).click();
    await list.getByRole('checkbox', { name, exact: true }).waitFor();
  }
  await list.getByLabel('周甲一次带几份', { exact: true }).fill('2');
  await list.getByLabel('周甲一次带几份', { exact: true }).press('Tab');
  await until('two boxes', () => count(`meal_bringer WHERE ${on} AND name = '周甲' AND boxes = 2`) === 1);
  await list.getByRole('button', { name: '排午餐路线', exact: true }).click();
  await until('they go out more than once', () =>
    count(`meal_run WHERE ${on} AND state = 'planned' AND bringer IS NOT NULL`) > 1);
  await list.getByRole('article', { name: '周甲 第 1 趟', exact: true }).waitFor();
  const select = list.getByRole('combobox', { name: '把 12-1 换到', exact: true });
  const other = await select.locator('option').nth(1).getAttribute('value');
  const run = other.split(':')[0];
  await select.selectOption(other);
  await until('it is in the other round', () => count(`meal_stop s JOIN care_order o
    ON o.id = s.care_order WHERE s.run = ${run} AND s.door = '12-1' AND s.state = 'planned'`) > 0);
  await list.getByRole('button', { name: '锁定', exact: true }).first().click();
  await until('one is locked', () => count(`meal_run WHERE ${on} AND locked = 1`) === 1);
}

/** Draws a meal point, answers the checklist there with one fault, signs; the page's number. */
async function inspected({ house, desk, open, axeOn }) {
  const page = await desk('street');
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '/inspections');
  await axeOn(page, 'console: inspections, narrow');
  await page.getByLabel('种子（同一个种子抽出同一批）').fill('2026-11');
  await page.getByRole('button', { name: '抽取', exact: true }).click();
  await page.getByText(/家助餐点中抽出/).waitFor();
  await page.locator('.drawn button').first().click();
  await page.getByLabel('检查表').selectOption({ label: '长者助餐服务检查表' });
  await page.getByRole('button', { name: '开始检查' }).click();
  await page.locator('.items li').first().waitFor();
  const id = page.url().match(/inspection\/(\d+)/)[1];
  const left = () => Number(house.sql(`SELECT COUNT(*) FROM inspection_answer
    WHERE inspection = ${id} AND result = 'not_looked'`)[0][0]);
  const items = await page.locator('.items li').count();
  for (let i = 0; i < items; i++) {
    const item = page.locator('.items li').nth(i);
    const name = i === items - 1 ? '不符合' : '符合';
    await item.getByRole('button', { name, exact: true }).click();
    await item.locator('button[aria-pressed=true]').waitFor();
  }
  await page.getByLabel('哪里不符合').fill('没有留样');
  await page.getByLabel('哪里不符合').press('Tab');
  await page.getByText(/整改期限/).waitFor();
  await axeOn(page, 'console: one inspection, narrow');
  check(await fits(page), 'fits a phone');
  await page.getByLabel('被检查方签字人').fill('王站长');
  await page.getByLabel('检查人', { exact: true }).fill('李干部');
  await page.getByRole('button', { name: '签字，提交' }).click();
  await until('it is submitted', () => house.sql(
    `SELECT state FROM inspection WHERE id = ${id}`)[0][0] === 'submitted');
  same([left(), page.faults], [0, []], 'all answered');
  await page.context().close();
  return id;
}

/** Another person shows it to everybody, and the inspector looks a second time. */
async function shownAndAgain(frame, id) {
  const { house, desk, open, axeOn } = frame;
  const page = await desk('director');
  await open(page, `/inspection/${id}`);
  await page.getByRole('button', { name: '审核公布' }).click();
  await until('it is published', () => house.sql(
    `SELECT state FROM inspection WHERE id = ${id}`)[0][0] === 'published');
  await axeOn(page, 'console: one inspection, published');
  await page.context().close();
  const anyone = await frame.person();
  const [[place]] = house.sql(`SELECT place FROM inspection WHERE id = ${id}`);
  await anyone.goto(`${house.base}/place/${place}`);
  await anyone.getByText(/1 项不符合/).first().waitFor();
  await anyone.context().close();
  const again = await desk('street');
  await open(again, `/inspection/${id}`);
  await again.getByRole('button', { name: '复查' }).click();
  await again.waitForURL((url) => /inspection\/\d+/.test(url.hash) && !url.hash.includes(id));
  await again.locator('.items li').first().waitFor();
  const [[before]] = house.sql('SELECT again FROM inspection ORDER BY id DESC LIMIT 1');
  same(before, id, 'it says what it looks at again');
  await again.context().close();
}

/** `frame` has house, person, desk, open(page, path), axeOn(page, what). */
export async function meals(frame) {
  await test('the kitchen sees its portions and gives the run to a carer', () => kitchen(frame));
  await test('the central kitchen sees what its points ordered, and what the vans bring',
    () => supplied(frame));
  await test('an inspection on the phone: drawn, answered, signed, published, looked at again',
    async () => shownAndAgain(frame, await inspected(frame)), 240);
}
