// together.mjs - two who go together: ordered knowing it, sent together, on the board as two that belong together.

import { check, same, test, until } from '../harness.mjs';
import { citizen, mustAct, newPhone, staff } from '../client.mjs';
import { orderFor, timesOf } from '../scene.mjs';

const AHEAD_DAYS = 9;                                   // from then on, as soon as the station is open

/** The demo's offer that needs two, and an order of ours on a day of our own. */
async function ordered(house, manager) {
  const [[offer, place]] = house.sql(`SELECT o.id, o.place FROM offer o JOIN catalogue_item i ON i.id = o.item
    WHERE i.carers = 2 AND o.org = ${manager.me.org} AND o.state = 'published' ORDER BY o.id LIMIT 1`);
  const who = await citizen(house, newPhone());
  const [slot] = await timesOf(who, { id: offer }, { from: house.inDays(AHEAD_DAYS) });
  check(slot, 'a time at which two can come');
  const { order } = await who.write('/api/order', orderFor({ id: offer }, slot, { for_name: '柏长青' }));
  await mustAct(manager, 'care_order', order.id, 'accept');
  return { offer, place, order, day: slot.day };
}

export async function together({ house, desk, person, open, axeOn }) {
  const manager = await staff(house, 'manager');
  const { offer, place, order, day } = await ordered(house, manager);
  const goes = () => house.sql(`SELECT carer, start_min FROM visit WHERE care_order = ${order.id}
    AND state <> 'cancelled' ORDER BY seat`);

  await test('before she orders a citizen reads that two come, and what both cost', async () => {
    const page = await person();
    await page.goto(`${house.base}/order/new?offer=${offer}&place=${place}`);
    await page.getByText('两位护理员一起上门').first().waitFor();
    check((await page.locator('.offer-price').innerText()).includes('160'), 'the price of both');
    await axeOn(page, 'citizen: an order that two make');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });

  await test('on the board two blocks belong together; one button sends both, moving one asks of both', async () => {
    const page = await desk('manager');
    await open(page, `/dispatch?day=${day}`);
    const loose = page.getByRole('region', { name: '没人去的' });
    const row = loose.getByRole('listitem').filter({ hasText: '柏' });
    await row.first().getByText('两人上门').waitFor();
    same(await row.filter({ has: page.locator('.top') }).count(), 1, 'waits once');
    await row.locator('.repairs button').first().click();
    await until('both are sent', () => goes().length === 2);
    const blocks = page.locator(`[data-order="${order.id}"]`);
    await until('two blocks', async () => (await blocks.count()) === 2);
    await blocks.first().click();
    await until('the other is marked', async () => (await page.locator('.visit.mate').count()) === 1);
    await page.locator('.card').getByText(/^和.+一起$/).first().waitFor();
    await axeOn(page, 'console: dispatch board, two who go together');

    const before = goes()[0][1];
    await blocks.first().focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    const said = () => page.locator('[aria-live=assertive]').innerText();
    await until('a verdict', async () => /可以|不行/.test(await said()), 20000);
    const fits = (await said()).includes('可以');
    if (fits) check((await said()).includes('一起'), await said());
    await page.keyboard.press('Enter');
    if (fits) await until('both are moved', () => goes().every((v) => v[1] !== before));
    same(new Set(goes().map((v) => v[1])).size, 1, 'at one time');

    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByLabel('护理员', { exact: true }).selectOption(String(goes()[1][0]));
    await page.locator('ol').getByRole('button', { name: /柏/ }).first().click();
    await page.getByRole('button', { name: '换人、改时间' }).waitFor();
    check(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), 'fits a phone');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
