// addresses.mjs - the work list of addresses in a browser: a name is remembered, a home chosen.

import { check, same, test, until } from '../harness.mjs';

const counted = (house, from) => Number(house.sql(`SELECT count(*) FROM ${from}`)[0][0]);

/** `frame` has house, desk(login), open(page, path), axeOn(page, what). */
export async function addresses({ house, desk, open, axeOn }) {
  await test('an address nobody knew: the name is remembered, the homes are found, one is chosen',
    async () => {
    const page = await desk('street');
    await open(page, '/address');
    const items = page.locator('.items article');
    await items.first().waitFor();
    await axeOn(page, 'console: addresses');
    const first = items.first();
    const name = await first.locator('mark').innerText();
    const address = await first.locator('h2').innerText();
    check(address.startsWith(name), `${address}: the unknown words are marked`);
    const compound = house.sql(`SELECT k.name FROM compound k JOIN elder e ON e.division = k.division
        WHERE e.address = '${address}' ORDER BY k.id LIMIT 1`)[0][0];
    await first.getByRole('combobox').fill(compound);
    await page.getByRole('option', { name: compound }).first().click();
    await first.getByRole('button', { name: '记为别名' }).click();
    await until('the name is kept', () => counted(house,
      `address_alias WHERE text = '${name}'`) === 1, 60000);
    await until('homes are found by it', () => counted(house, `elder e JOIN compound k ON k.id = e.compound
        WHERE k.name = '${compound}' AND e.address LIKE '${name}%'
          AND e.match_level IN ('compound', 'building', 'door')`) > 0, 60000);
    await open(page, '/');
    await open(page, '/address');
    await items.first().waitFor();
    const text = await items.first().locator('h2').innerText();
    const other = items.filter({ hasText: text });           // the list may move meanwhile
    await other.getByRole('checkbox').uncheck();
    await other.getByRole('combobox').fill('里');
    await page.getByRole('option').first().waitFor();
    await page.getByRole('option').first().click();
    await other.getByRole('button', { name: '就是这里' }).last().click();
    await until('chosen by hand', () => counted(house,
      `elder WHERE address = '${text}' AND match_by = 'hand'`) > 0, 60000);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
