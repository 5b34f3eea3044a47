// addresses.mjs - where people live: matched, listed when not, learnt, chosen, and moving away.

import { check, same, status, test, until } from '../harness.mjs';
import { staff } from '../client.mjs';

const unmatched = (who) => who.read('/api/address/unmatched?level=community&size=50');

export async function addresses(house) {
  const officer = await staff(house, 'street');

  await test('an address as people write it is matched to the door', async () => {
    const entrance = (await officer.read('/api/entrance?size=1')).items[0];
    const building = await officer.read(`/api/building/${entrance.building}`);
    const compound = await officer.read(`/api/compound/${building.compound}`);
    const n = building.name.replace('号楼', '');
    const text = `${compound.name}${n}栋${entrance.name.replace('单元', '门')}5-2（老供销社后面）`;
    const found = await officer.read(
      `/api/address/match?division=${compound.division}&text=${encodeURIComponent(text)}`,
    );
    same(found.best.level, 'door', text);
    same(found.best.home_building, building.id, text);
    same(found.best.room, '502', text);
    const nowhere = await officer.read(
      `/api/address/match?text=${encodeURIComponent(`${compound.name}九期3号楼`)}`,
    );
    same(nowhere.best.level, 'none', 'never guessed');
    check(
      nowhere.candidates.some((one) => one.compound_title === compound.name && one.why.length),
      'but named, with the reason',
    );
  });

  await test('a name learnt from the work list finds all who wrote it, and can be taken back', async () => {
    const list = await unmatched(officer);
    check(list.items.length > 3, 'the demo city has addresses that lead nowhere');
    const one = list.items[0];
    check(/院|宿舍/.test(one.unknown), `an unofficial name: ${one.unknown}`);
    const same_name = list.items.filter((e) => e.unknown === one.unknown && e.division === one.division);
    const elder = await officer.read(`/api/elder/${one.id}`);
    const compound = (await officer.read(`/api/compound?division=${elder.division}`)).items[0];
    const alias = await officer.write('/api/address_alias', { text: one.unknown, compound: compound.id });
    const again = await until('the homes are matched again', async () => {
      const now = await officer.read(`/api/elder/${one.id}`);
      return now.compound === compound.id && now;
    }, 60000);
    check(['compound', 'building', 'door'].includes(again.match_level), again.match_level);
    check(again.match_why.includes('learnt'), 'by the learnt name');
    await until('none of them is left', async () => {
      const left = (await unmatched(officer)).items.map((e) => e.id);
      return !same_name.some((e) => left.includes(e.id));
    }, 60000);
    await officer.write(`/api/address_alias/${alias.id}/withdraw`, { reason: '记错了' }, { version: 1 });
    await until('they lead nowhere again', async () =>
      (await officer.read(`/api/elder/${one.id}`)).match_level === 'community', 60000);
  });

  await test('who moves away is seen by the new street alone', async () => {
    const one = (await unmatched(officer)).items[0];
    const elder = await officer.read(`/api/elder/${one.id}`);
    const there = (await officer.read('/api/compound?size=200')).items.find(
      (k) => k.scope.slice(0, 9) !== elder.scope.slice(0, 9),
    );
    const said = { address: there.name, compound: there.id, moved_on: '2026-01-05', reason: '搬到女儿家' };
    const path = `/api/elder/${one.id}/move`;
    status(await officer.post(path, { ...said, reason: '' }, { version: elder.version }), 422);
    const moved = await officer.write(path, said, { version: elder.version });
    same(moved.still_ours, false, 'she is another office’s now');
    status(await officer.get(`/api/elder/${one.id}`), 404);
    const district = await staff(house, 'district');
    const now = await district.read(`/api/elder/${one.id}`);
    same([now.compound, now.moved_on], [there.id, '2026-01-05'], 'where she lives now');
  });

  await test('the share of homes is told by level, each with its list', async () => {
    const levels = ['door', 'building', 'compound', 'community', 'none'];
    await until('each number is that of its list', async () => {       // homes may still be matched
      const today = await officer.read('/api/today');
      const figure = today.figures.find((f) => f.key === 'homes_matched');
      same(figure.parts.map((p) => p.key), levels, 'levels');
      for (const part of figure.parts) {
        const rows = await officer.read(`${part.list}&total=1&size=1`);
        check(rows.total === part.value || part.value > 10000, `${part.key}: ${part.value}`);
      }
      return true;
    }, 60000);
  });
}
