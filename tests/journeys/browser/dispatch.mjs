// dispatch.mjs - 派单台: a visit moved by keyboard, refused with the reason, taken back, mended, planned
// anew for who is ill, told; on a telephone as a list.

import { check, same, test, until } from '../harness.mjs';
import { act, citizen, mustAct, newPhone, staff } from '../client.mjs';
import { offersOf, orderFor, timesOf } from '../scene.mjs';

const AHEAD_DAYS = 11;                                  // nobody else's orders stand there

/** A day of our own: two baths, one of them assigned, and company assigned to the same carer. */
async function ownDay(house) {
  const manager = await staff(house, 'manager');
  const offers = await offersOf(manager, manager.me.org);
  const who = await citizen(house, newPhone());
  const { day } = (await timesOf(who, offers.bath, { from: house.inDays(AHEAD_DAYS) }))[0];   // open on it
  const { carers } = await manager.read(`/api/dispatch/day?day=${day}`);
  const able = carers.filter((c) => c.skills.includes('bath') && c.gender === 'female' && !c.away);
  const unable = carers.find((c) => !c.skills.includes('bath') && !c.away);
  check(able.length > 1 && unable, `${able.length} who can bathe, and one who cannot`);
  const place = async (offer, name, at) => {
    const times = await timesOf(who, offer, { from: day, days: 1 });
    const slot = times.find((s) => s.start_min >= at) ?? times.at(-1);
    const { order } = await who.write('/api/order', orderFor(offer, slot, { for_name: name }));
    await mustAct(manager, 'care_order', order.id, 'accept');
    return order.id;
  };
  const bath = await place(offers.bath, '尹向晚', 600);
  const loose = await place(offers.bath, '薛向阳', 840);
  const given = async (id) => (await act(manager, 'care_order', bath, 'assign', { carer: id })).status === 200;
  let from;
  for (const one of able) if (!from && await given(one.id)) from = one;
  check(from, 'somebody is free for the bath');
  return { day, manager, carers, bath, loose, from, to: able.find((one) => one !== from), unable };
}

/** What the board says of where the visit is held now. */
const said = (page) => page.locator('[aria-live=assertive]').innerText();

/** Moves what is held by keys to a carer's lane and waits for the verdict. */
async function holdAt(page, scene, here, carer) {
  const at = (id) => scene.carers.findIndex((c) => c.id === id);
  const by = at(carer.id) - at(here.id);
  for (let i = 0; i < Math.abs(by); i++) await page.keyboard.press(by > 0 ? 'ArrowDown' : 'ArrowUp');
  await until(`a verdict on ${carer.name}`, async () => {
    const words = await said(page);
    return words.startsWith(carer.name) && /可以|不行/.test(words);
  }, 20000);
  return said(page);
}

/** `frame` has house, desk(login), open(page, path), axeOn(page, what). */
export async function dispatch({ house, desk, open, axeOn }) {
  await test('a day on the board: refused, moved by keys, taken back, mended, planned anew, told', async () => {
    const scene = await ownDay(house);
    const goes = (order) => house.sql(`SELECT carer FROM visit WHERE care_order = ${order}
      AND state = 'planned' ORDER BY id DESC LIMIT 1`)[0]?.[0] ?? '';
    const page = await desk('manager');
    await open(page, `/dispatch?day=${scene.day}`);
    const block = page.locator(`[data-order="${scene.bath}"]`);
    await block.waitFor();
    await axeOn(page, 'console: dispatch board');

    await block.focus();
    await page.keyboard.press('Enter');
    check((await holdAt(page, scene, scene.from, scene.unable)).includes('不行'), 'who cannot bathe is refused');
    await page.keyboard.press('Enter');
    await page.locator('.el-message').filter({ hasText: scene.unable.name }).first().waitFor();
    same(goes(scene.bath), scene.from.id, 'nothing moved');

    await block.focus();
    await page.keyboard.press('Enter');
    check((await holdAt(page, scene, scene.from, scene.to)).includes('可以'), 'who can bathe may');
    await axeOn(page, 'console: dispatch board, a visit in hand');
    await page.keyboard.press('Enter');
    await until('she goes now', () => goes(scene.bath) === scene.to.id);
    await page.locator('.page-head').getByRole('button', { name: '撤销' }).click();
    await until('it is as before', () => goes(scene.bath) === scene.from.id);

    const loose = page.getByRole('region', { name: '没人去的' });
    await loose.getByRole('listitem').filter({ hasText: '薛' }).locator('.repairs button').first().click();
    await until('the other has somebody', () => goes(scene.loose) !== '');

    await page.getByRole('button', { name: '重排' }).click();
    await page.getByText('有人病了').click();
    await page.getByLabel('是谁').selectOption(scene.from.id);
    await page.getByRole('button', { name: '看看怎么改' }).click();
    const diff = page.getByRole('dialog');
    await diff.getByRole('cell', { name: new RegExp(`^${scene.from.name}`) }).first().waitFor();
    await axeOn(page, 'console: what a new plan would change');
    same(goes(scene.bath), scene.from.id, 'nothing moved before it is taken');
    await diff.getByRole('button', { name: /^应用/ }).click();
    await until('somebody else goes', () => goes(scene.bath) !== scene.from.id);
    same(house.sql(`SELECT state, kind FROM leave_note WHERE carer = ${scene.from.id}
      AND from_day = ${Math.round(Date.parse(scene.day) / 864e5)}`), [['approved', 'sick']], 'her leave');

    await page.getByRole('button', { name: /^告知护理员/ }).click();
    await page.getByRole('button', { name: '发送', exact: true }).click();
    await page.getByText(/已告知 \d+ 位护理员/).waitFor();

    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByLabel('护理员', { exact: true }).selectOption(goes(scene.bath));
    await page.locator('ol').getByRole('button', { name: /尹/ }).first().click();
    await page.getByRole('button', { name: '换人、改时间' }).waitFor();
    check(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), 'fits a phone');
    await axeOn(page, 'console: dispatch board, narrow');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
