// chains.mjs - the group's lunch chain: 20 of 22 lines matched, sent once however often it is pasted.

import fs from 'node:fs';
import path from 'node:path';
import { check, same, status, test } from '../harness.mjs';
import { staff } from '../client.mjs';
import { plus } from '../clock.mjs';

const ready = (l) => l.elder && l.sure !== 'red';
const wanted = (l) => ({ elder: l.elder.id, quantity: l.quantity, way: l.way, sitting: l.sitting,
  ...(l.off && { off: true }), text: l.text });

/** Lunches that stand for a day, by elder. */
const standing = (house, day) => house.sql(
  "SELECT elder, quantity FROM care_order WHERE sitting = 'lunch' " +
  `AND day = ${Date.parse(`${day}T00:00:00Z`) / 864e5} ` +
  "AND state IN ('placed', 'accepted', 'assigned') AND ended_at IS NULL ORDER BY elder").map((r) => r.join(':'));

export async function chains(house, today) {
  const manager = await staff(house, 'manager');
  const day = plus(today, 1);
  const text = fs.readFileSync(path.join(house.data, 'chain.txt'), 'utf8');
  const read = (more = text) => manager.write('/api/chain/read', { text: more, day, sitting: 'lunch' });

  await test('20 of 22 lines are matched; what is doubtful says why, what lacks is asked', async () => {
    const r = await read();
    same([r.lines.length, r.green + r.yellow, r.red], [22, 20, 2], 'lines, matched, not');
    check(r.lines.every((l) => l.sure === 'green' || l.why_text), 'each doubt has its reason');
    check(r.lines.some((l) => l.asks.includes('quantity')), 'how many is asked');
    check(r.lines.some((l) => l.off), 'one was taken back below');
    check(r.lines.some((l) => l.changed && l.quantity === 2), 'one was changed below');
    check(r.left_out.length >= 1, 'a word of thanks is no line');
  });

  await test('sent, pasted again and sent again: the same orders', async () => {
    const lines = (await read()).lines.filter(ready);
    const first = await manager.write('/api/chain/send', { day, lines: lines.map(wanted), gone: [] });
    same(first.results.filter((r) => r.result === 'refused'), [], 'refused');
    const stands = standing(house, day);
    const again = await read();
    const off = again.lines.filter((l) => l.elder && !l.off && l.sure !== 'red' && l.diff !== 'same');
    same(off.map((l) => [l.name, l.diff]), [], 'what would differ');
    const second = await manager.write('/api/chain/send',
      { day, lines: again.lines.filter(ready).map(wanted), gone: [] });
    check(second.results.every((r) => ['same', 'none'].includes(r.result)), 'nothing was done');
    same(standing(house, day), stands, 'the orders');
  });

  await test('a later paste: one more portion, one line gone', async () => {
    const before = (await read()).lines.filter((l) => ready(l) && !l.off);
    const [one, two] = before;
    const without = text.split('\n').filter((l) => !l.includes(two.name)).join('\n');
    const r = await read(without.replace(`${one.name} `, `${one.name} 三份 `));
    const line = r.lines.find((l) => l.elder?.id === one.elder.id);
    same([line.diff, r.gone.some((g) => g.elder?.id === two.elder.id)], ['changed', true], 'the difference');
    const gone = r.gone.filter((g) => g.elder?.id === two.elder.id).map((g) => g.care_order);
    const sent = await manager.write('/api/chain/send', { day, lines: [wanted({ ...line, quantity: 3 })], gone });
    same([sent.results[0].result, sent.called_off.length], ['changed', 1], 'what was done');
    check(standing(house, day).includes(`${one.elder.id}:3`), 'three portions');
  });

  await test('a name that is told once is known from then on, at this station only', async () => {
    const line = (r) => r.lines.find((l) => l.text.includes('小卖部'));
    const r = await read();
    same(line(r).sure, 'red', 'nobody is called so');
    const somebody = r.lines.find((l) => l.sure === 'green').elder.id;
    await manager.write('/api/nickname', { elder: somebody, text: line(r).name });
    same([line(await read()).sure, line(await read()).elder.id], ['green', somebody], 'learnt');
    const provider = await staff(house, 'provider');
    const theirs = await provider.write('/api/chain/read', { text, day, sitting: 'lunch' });
    same(line(theirs).sure, 'red', 'another organisation');
    status(await (await staff(house, 'worker')).post('/api/chain/read', { text, day }), 403);
  });
}
