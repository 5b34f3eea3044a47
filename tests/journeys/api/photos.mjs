// photos.mjs - pictures of a place that everybody may see: only what one submitted and another agreed to.

import { check, same, status, test, until } from '../harness.mjs';
import { act, mustAct, staff } from '../client.mjs';
import { png } from './files.mjs';

/** A place of the manager's own organisation that everybody sees, and one of another. */
async function places(manager) {
  const own = (await manager.read(`/api/place?org=${manager.me.org}&state=published&size=1`)).items[0];
  return own.id;
}

export async function photos(house) {
  const manager = await staff(house, 'manager'), street = await staff(house, 'street');
  const visitor = house.visitor();
  const place = await places(manager);
  const shown = async () => (await visitor.read(`/api/place/${place}/page`)).photos;
  const photo = await manager.write('/api/place_photo', { place, alt: '门口有坡道和扶手' });
  const at = `/api/place/${place}/photo/${photo.id}`;

  await test('a photo of a place is shown once another agreed, and no sooner', async () => {
    const none = await act(manager, 'place_photo', photo.id, 'submit');
    same([none.status, none.body.key], [409, 'photo.one'], 'nothing to look at');
    const file = await manager.write(`/api/place_photo/${photo.id}/file`, png(900, 600));
    await mustAct(manager, 'place_photo', photo.id, 'submit');
    same([(await shown()).length, (await visitor.get(at)).status], [0, 404], 'not yet');
    status(await act(manager, 'place_photo', photo.id, 'publish'), 403);
    await mustAct(street, 'place_photo', photo.id, 'publish');
    same(await shown(), [{ id: photo.id, alt: '门口有坡道和扶手', href: at }], 'on the page');
    const seen = await until('the small picture', async () => {
      const r = await visitor.get(at);
      return r.status === 200 && r;
    }, 30000);
    same(seen.headers.get('content-type'), 'image/jpeg', 'drawn anew, small');
    check(seen.text.length < 20000, 'not the picture that was sent');
    check((await visitor.get(`/api/place_photo/${photo.id}/file/${file.id}`)).status >= 401,
      'the whole picture is not public');
  });

  await test('what is shown is what was agreed to', async () => {
    const row = await manager.read(`/api/place_photo/${photo.id}`);
    status(await manager.ask('PATCH', `/api/place_photo/${photo.id}`, { alt: '另一句话' },
      { version: row.version }), 422);
    const before = (await visitor.get(at)).text;
    await manager.write(`/api/place_photo/${photo.id}/file`, png(300, 700, [20, 90, 160]));
    same((await visitor.get(at)).text === before, true, 'a file added later is not shown');
  });

  await test('files of the place, other places, odd ids: none of them is public', async () => {
    const inner = await manager.write(`/api/place/${place}/file`, png(40, 40));
    for (const id of [inner.id, '1', '0', 'x', '9223372036854775807'])
      status(await visitor.get(`/api/place/${place}/photo/${id}`), 404);
    const other = house.sql(`SELECT id FROM place WHERE id <> ${place} LIMIT 1`)[0][0];
    for (const id of [other, '1', 'x'])
      status(await visitor.get(`/api/place/${id}/photo/${photo.id}`), 404);
    check((await visitor.get(`/api/place/${place}/file/${inner.id}`)).status >= 401, 'not by its own way');
  });

  await test('a photo goes: with its file, and when it is withdrawn', async () => {
    await mustAct(street, 'place_photo', photo.id, 'withdraw', { reason: '已改建' });
    same([(await shown()).length, (await visitor.get(at)).status], [0, 404], 'withdrawn');
  });
}
