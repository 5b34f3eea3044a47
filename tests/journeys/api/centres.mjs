// centres.mjs - what a district centre lacks: the board, what somebody saw, and who may say so.

import { check, same, status, test } from '../harness.mjs';
import { Client, staff } from '../client.mjs';
import { picture } from './proofs.mjs';

export async function centres(house) {
  const street = await staff(house, 'street');
  const district = await staff(house, 'district');

  await test('the board shows which centre lacks what, and seeing a function counts it', async () => {
    const board = await district.read('/api/centres');
    check(board.items.length >= 1, 'the demo city has a centre');
    const c = board.items[0];
    same(c.must, c.functions.length, 'all that it must have');
    check(c.open < c.must, 'it lacks something');
    check(c.functions.some((f) => f.stands === 'never') && c.functions.some((f) => f.stands === 'overdue'),
      'one was never seen, one is due again');
    const f = c.functions.find((x) => x.stands === 'never');
    const figure = async () => (await district.read('/api/today')).figures.find((k) => k.key === 'centre_functions');
    const before = await figure();
    check(before?.definition, 'the figure says what it counts');
    const note = { place: c.place, required: f.required, is_open: 'open', hours: 'Mo-Fr 14:00-16:00' };
    status(await district.post('/api/centres/note', { ...note, hours: '' }), 422);
    const { centre_function: noted } = await district.write('/api/centres/note', note);
    const unshown = (await district.read('/api/centres')).items.find((x) => x.place === c.place);
    same(unshown.functions.find((x) => x.required === f.required).stands, 'unshown', 'no photograph');
    same(unshown.open, c.open, 'and not open yet');
    status(await district.post(`/api/centre_function/${noted.id}/file?name=room.png`, picture('room'),
      { headers: { 'content-type': 'image/png' } }), 201);
    const after = (await district.read('/api/centres')).items.find((x) => x.place === c.place);
    same(after.open, c.open + 1, 'one more is open');
    check((await figure()).value > before.value, 'and in the figure');
    const shown = await new Client(house).read(`/api/place/${c.place}/functions`);
    same(shown.items.find((x) => x.required === f.required).hours, '周一–周五 14:00–16:00', 'everybody reads the hours');
    check(!JSON.stringify(shown).includes('note'), 'no notes for everybody');
  });

  await test('who has nothing to do with it says nothing about it', async () => {
    const c = (await district.read('/api/centres')).items[0];
    const manager = await staff(house, 'manager');
    const note = { place: c.place, required: c.functions[0].required, is_open: 'not_open' };
    status(await manager.post('/api/centres/note', note), 404);
    same((await manager.read('/api/centres')).items, [], 'a station sees its own centres only');
    const clerk = await staff(house, 'clerk');
    status(await clerk.post('/api/centres/note', note), 403);
    check((await street.read('/api/centres')).items.every((x) => x.must > 0), 'a street sees those in its area');
  });
}
