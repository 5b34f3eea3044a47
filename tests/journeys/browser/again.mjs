// again.mjs - not this carer again: the daughter asks on a telephone, the station decides, she reads it.

import { check, same, test, until } from '../harness.mjs';
import { daughterOf, mustAct, staff } from '../client.mjs';
import { offersOf, timesOf } from '../scene.mjs';

const fits = (page) => page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth);

/** An order for her mother that a carer was given; the order and the carer's name. */
async function given(house, manager, daughter) {
  const mother = (await daughter.read('/api/my')).elders.find((e) => e.may.includes('order'));
  const { clean } = await offersOf(manager, manager.me.org);
  for (const slot of (await timesOf(manager, clean, { days: 12 })).reverse()) {
    const made = await daughter.post('/api/order', { offer: clean.id, slot: slot.id, elder: mother.id });
    if (made.status !== 201) continue;
    const { order } = made.body;
    await mustAct(manager, 'care_order', order.id, 'accept');
    for (const a of (await manager.read(`/api/dispatch/day?day=${slot.day}`)).carers) {
      const tried = await manager.write('/api/dispatch/try', { day: slot.day, order: order.id, carer: a.id });
      if (!tried.fits) continue;
      await mustAct(manager, 'care_order', order.id, 'assign', { carer: a.id });
      return { order: order.id, carer: a.id, mother: mother.id };
    }
    await mustAct(manager, 'care_order', order.id, 'cancel', { reason: '护理员没空' });
  }
  throw new Error('nobody could go to her');
}

export async function again({ house, person, desk, open, axeOn }) {
  await test('not this carer again: asked on a telephone, decided by the station', async () => {
    const manager = await staff(house, 'manager'), daughter = await daughterOf(house);
    const { order, carer, mother } = await given(house, manager, daughter);
    const { visit } = await daughter.read(`/api/my/orders/${order}`);
    const { name } = visit.carer, page = await person({ as: daughter });
    await page.goto(`${house.base}/order/${order}`);
    await page.getByRole('button', { name: `不要再派${name}来` }).click();
    await page.getByText('确认后，不会再派她上门').waitFor();
    await axeOn(page, 'citizen: not her again');
    check(await fits(page), 'fits a telephone');
    await page.getByLabel(/^原因/).fill('总是看手机');
    await page.route('**/not_again', (r) => (r.request().method() === 'POST' ? r.abort() : r.fallback()));
    await page.getByRole('button', { name: '告诉驿站' }).click();
    await page.locator('form [role=alert]').first().waitFor();     // no network: said, and nothing lost
    same(await page.getByLabel(/^原因/).inputValue(), '总是看手机', 'what she wrote stays');
    await axeOn(page, 'citizen: not her again, not sent');
    await page.unroute('**/not_again');
    await page.getByRole('button', { name: '告诉驿站' }).click();
    await page.getByText(`已告诉驿站不要再派${name}`).waitFor();
    same(await page.getByRole('button', { name: /不要再派/ }).count(), 0, 'asked once');
    await axeOn(page, 'citizen: not her again, asked');

    const [[id]] = house.sql(`SELECT id FROM carer_pair WHERE elder = ${mother} AND carer = ${carer}
      AND state = 'asked' ORDER BY id DESC`);
    const station = await desk('manager');
    await open(station, `/list/carer_pair?open=${id}`);
    await station.getByRole('button', { name: '确认', exact: true }).first().click();
    await until('it stands', () => house.sql(`SELECT state FROM carer_pair WHERE id = ${id}`)[0][0] === 'standing');
    await station.context().close();

    await page.reload();
    await page.getByText(`以后不再派${name}上门`).waitFor();
    await axeOn(page, 'citizen: not her again, decided');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
    const pair = await manager.read(`/api/carer_pair/${id}`);
    if (pair.actions?.some((a) => a.name === 'end'))
      await mustAct(manager, 'carer_pair', id, 'end', { reason: '试验结束' });
  });
}
