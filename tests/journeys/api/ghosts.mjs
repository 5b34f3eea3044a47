// ghosts.mjs - a station with a sign and no service stands on the street's list, by its reasons.

import { check, same, status, test } from '../harness.mjs';
import { act, citizen, mustAct, newPhone, staff } from '../client.mjs';

export async function ghosts(house) {
  await test('the ghost station is found by five reasons and more, checked, and private', async () => {
    const clerk = await staff(house, 'clerk'), manager = await staff(house, 'manager');
    const list = (await clerk.read('/api/spot_check?state=open')).items;
    same(list.length, 1, 'one station');
    const [ghost] = list;
    check(ghost.reasons_n >= 5 && ghost.score >= 50, `${ghost.score}: ${ghost.reasons}`);
    status(await clerk.get('/api/ghost_score'), 403);
    check(!(await manager.read('/api/ghost_score')).items.some((g) => g.org === ghost.org),
      'another station reads nothing of it');
    same((await manager.read('/api/spot_check')).items.length, 0, 'nor the list');
    const stranger = await citizen(house, newPhone());
    status(await stranger.get('/api/spot_check'), 403);
    const district = await staff(house, 'district');
    status(await act(district, 'spot_check', ghost.id, 'check', { result: 'none', found: '没人' }),
      422);
    await mustAct(district, 'spot_check', ghost.id, 'check', { result: 'empty', found: '大门上锁' });
    same((await district.read(`/api/spot_check/${ghost.id}`)).state, 'done');
  });
}
