// domains.mjs - the figures by domain, and the very rows behind each of them.

import { check, same, status, test } from '../harness.mjs';
import { citizen, newPhone, staff } from '../client.mjs';

export async function domains(house) {
  await test('each number of the eight domains is as long as the list behind it', async () => {
    const officer = await staff(house, 'district');
    const { domains: rows } = await officer.read('/api/today/domains');
    same(rows.length, 8, 'the eight');
    check(rows.some((r) => r.orders > 0 && r.served > 0), 'orders in some of them');
    for (const row of rows)
      for (const what of ['offers', 'orders', 'served']) {
        if (!row[`${what}_list`]) continue;
        const list = await officer.read(`${row[`${what}_list`]}&size=1&total=1`);
        same(list.total, Math.min(row[what], 10000), `${row.domain}: ${what}`);
      }
    const street = await officer.read('/api/division?level=street&size=1');
    const part = await officer.read(`/api/today/domains?division=${street.items[0].id}`);
    const sum = (of) => of.reduce((n, r) => n + r.orders, 0);
    check(sum(part.domains) <= sum(rows), 'a street is a part of the district');
    status(await (await citizen(house, newPhone())).get('/api/today/domains'), 403);
  });
}
