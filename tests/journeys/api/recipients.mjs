// recipients.mjs - whom a station serves, who is out at a clinic, and meals by who runs the point.

import { check, same, status, test, until } from '../harness.mjs';
import { staff } from '../client.mjs';

export async function recipients(house) {
  const manager = await staff(house, 'manager');
  const provider = await staff(house, 'provider');
  const district = await staff(house, 'district');
  const carer = await staff(house, 'carer');

  await test('a station lists whom it serves: filters agree, nobody else reads it', async () => {
    const all = await manager.read('/api/recipients');
    check(all.total > 0 && all.lines.length, 'it serves people');
    check(all.lines.every((l) => l.name.endsWith('*')), 'names are masked');
    for (const { key } of all.shows)
      await until(`as many ${key} as are told, though orders are being written`, async () => {
        const told = (await manager.read('/api/recipients')).shows.find((s) => s.key === key);
        return (await manager.read(`/api/recipients?show=${key}`)).total === told.n;
      });
    const standing = await manager.read('/api/recipients?show=standing');
    check(standing.lines.every((l) => l.standing > 0), 'those with standing orders');
    const ahead = await manager.read('/api/recipients?show=nothing_ahead');
    check(ahead.lines.every((l) => !l.next && !l.paused), 'those with nothing ahead');
    status(await provider.get(`/api/recipients?org=${manager.me.org}`), 404);
    status(await carer.get('/api/recipients'), 403);
    await until('the district sees the same people', async () =>
      (await district.read(`/api/recipients?org=${manager.me.org}`)).total ===
        (await manager.read('/api/recipients')).total);
    status(await district.get('/api/recipients'), 422);
  });

  await test('the list goes out as a workbook', async () => {
    const book = await manager.get('/api/recipients/book?show=standing');
    status(book, 200);
    check(/spreadsheetml/.test(book.headers.get('content-type')), 'a workbook');
    status(await provider.get(`/api/recipients/book?org=${manager.me.org}`), 404);
  });

  await test('who is out at a clinic: late first, each step with its time, by area', async () => {
    const { lines } = await district.read('/api/escort/out');
    same(lines.map((l) => l.late_min), lines.map((l) => l.late_min).sort((a, b) => b - a), 'late first');
    check(lines.every((l) => l.steps.length && ['well', 'not_started', 'too_long'].includes(l.how)),
      'each with its steps');
    const own = (await manager.read('/api/escort/out')).lines;
    check(own.every((l) => l.row.org === manager.me.org), 'an organisation sees its own');
    status(await carer.get('/api/escort/out'), 403);
  });

  await test('meals by who runs the point add up to all meals, and lead to their rows', async () => {
    const { figures } = await district.read('/api/today');
    const meals = figures.find((f) => f.key === 'meals_by_operator');
    check(meals?.definition, 'it says what it counts');
    same(meals.parts.reduce((n, p) => n + p.value, 0), meals.value, 'the kinds add up');
    for (const { key, list } of meals.parts.filter((one) => one.value))
      await until(`${key} leads to its rows`, async () => {
        const { total } = await district.read(`${list}&size=1&total=true`);
        const now = (await district.read('/api/today')).figures
          .find((f) => f.key === 'meals_by_operator').parts.find((p) => p.key === key);
        return total === undefined || total === now.value;
      });
  });
}
