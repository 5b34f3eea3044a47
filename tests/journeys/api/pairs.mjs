// pairs.mjs - an elder asks not to have a carer again: the station decides, and nobody sends her.

import { check, same, status, test } from '../harness.mjs';
import { act, daughterOf, mustAct, staff } from '../client.mjs';
import { offersOf, timesOf } from '../scene.mjs';
import { plus } from '../clock.mjs';

export async function pairs(house, today) {
  const manager = await staff(house, 'manager');
  const daughter = await daughterOf(house);
  const { elders } = await daughter.read('/api/my');
  const mother = elders.find((e) => e.may.includes('order'));
  const { clean } = await offersOf(manager, manager.me.org);
  let order, carer, other, day;

  await test('her order has a carer, and she may ask not to have her again', async () => {
    let slot;
    for (const s of await timesOf(manager, clean, { from: plus(today, 2), days: 10 })) {
      const { slots } = await manager.read(`/api/dispatch/slots?offer=${clean.id}&day=${s.day}`);
      if (slots.find((x) => x.start_min === s.start_min)?.carers_n >= 3) { slot = s; break; }
    }
    check(slot, 'a time at which three could come');
    const made = await daughter.write('/api/order', { offer: clean.id, slot: slot.id, elder: mother.id });
    order = made.order.id;
    day = slot.day;
    await mustAct(manager, 'care_order', order, 'accept');
    const ask = { day, order };
    for (const a of (await manager.read(`/api/dispatch/day?day=${day}`)).carers) {
      const tried = await manager.write('/api/dispatch/try', { ...ask, carer: a.id });
      if (tried.fits && carer) other = a.id;
      if (tried.fits && !carer) carer = a.id;
      if (other) break;
    }
    check(carer && other, 'two who could go');
    same(await daughter.read(`/api/my/orders/${order}/not_again`), { may: false }, 'nobody goes yet');
    await mustAct(manager, 'care_order', order, 'assign', { carer });
    same(await daughter.read(`/api/my/orders/${order}/not_again`), { may: true }, 'now she may');
  });

  let asked;
  await test('asked is not decided; confirmed, the visit that stands is to be mended', async () => {
    const path = `/api/my/orders/${order}/not_again`;
    same((await daughter.write(path, { reason: '总是看手机' })).state, 'asked', 'asked');
    status(await daughter.post(path, {}), 409);
    const rows = (await manager.read(`/api/carer_pair?elder=${mother.id}&carer=${carer}&state=asked`)).items;
    same(rows.length, 1, 'one waits');
    asked = rows[0].id;
    check(!JSON.stringify(rows).includes('看手机'), 'the reason is opened, not listed');
    const provider = await staff(house, 'provider');
    check([403, 404].includes((await provider.get(`/api/carer_pair/${asked}`)).status), 'not by another organisation');
    await mustAct(manager, 'carer_pair', asked, 'confirm');
    same((await daughter.read(path)).state, 'standing', 'the daughter sees it');
    const mend = (await manager.read(`/api/work_item?elder=${mother.id}&kind=pair&state=open`)).items;
    check(mend.length === 1 && /还有 \d+ 次上门/.test(mend[0].why), 'a work item');
  });

  await test('she is sent by nobody: neither by hand, nor on the board, nor by a plan', async () => {
    const at = (d) => d.visits.find((v) => v.order === order);
    const board = await manager.read(`/api/dispatch/day?day=${day}`);
    check(/不再派她/.test(at(board).fault), 'a fault on the board');
    const plan = await manager.write('/api/dispatch/replan', { day, why: 'improve' });
    check(plan.changes.some((x) => x.order === order && x.carer !== carer), 'a plan mends it');
    await mustAct(manager, 'visit', at(board).visit, 'reassign', { carer: other });
    const back = await act(manager, 'visit', at(board).visit, 'reassign', { carer });
    status(back, 422);
    same([back.body.fields[0].field, /不再派她/.test(back.body.fields[0].message)], ['carer', true], 'says so');
    const tried = await manager.write('/api/dispatch/try', { day, order, carer });
    check(!tried.fits && tried.reasons.some((r) => /不再派她/.test(r)), 'nor a drop');
    const station = await manager.read(`/api/station/day?day=${day}`);
    check(station.carers.find((a) => a.id === carer).not_to.includes(mother.id), 'the list knows');
    const move = await manager.write('/api/station/move', { carer_from: other, carer_to: carer, day });
    check(/不再派她/.test(move.moves.find((m) => m.visit === at(board).visit).why), 'nor all of one carer');
  });

  await test('ended, she may come again', async () => {
    await mustAct(manager, 'carer_pair', asked, 'end', { reason: '说开了' });
    const { visit } = (await manager.read(`/api/dispatch/day?day=${day}`)).visits.find((v) => v.order === order);
    await mustAct(manager, 'visit', visit, 'reassign', { carer });
    await mustAct(manager, 'care_order', order, 'cancel', { reason: '演练' });
  });
}
