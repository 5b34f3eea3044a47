// centres.mjs - the functions of a centre in the browser: what an officer saw, what everybody reads.

import { same, test, until } from '../harness.mjs';
import { picture } from '../api/proofs.mjs';

export async function centres({ house, person, desk, open, axeOn }) {
  await test('an officer notes what she saw at a centre, and its page says so', async () => {
    const [[place]] = house.sql("SELECT id FROM place WHERE kind = 'district_centre' ORDER BY id LIMIT 1");
    const seen = () => Number(house.sql("SELECT count(*) FROM centre_function WHERE is_open = 'open'")[0][0]);
    const shown = () => Number(house.sql("SELECT count(*) FROM centre_function WHERE shown = 1")[0][0]);
    const page = await desk('district');
    await open(page, '/centres');
    const line = page.locator('li').filter({ hasText: '从未核实' }).first();
    await line.waitFor();
    const before = seen(), photos = shown();
    await line.getByRole('button', { name: /^核实/ }).click();
    await page.getByLabel('开放时间').fill('Mo-Fr 14:00-16:00');
    await page.getByText('没有照片也可以先保存').waitFor();
    await axeOn(page, 'console: functions of centres');
    await page.getByLabel('现场照片').setInputFiles({ name: 'room.png', mimeType: 'image/png', buffer: picture('room') });
    await page.getByRole('button', { name: '保存' }).click();
    await until('it is noted', () => seen() === before + 1);
    await until('and shown', () => shown() === photos + 1);
    same(page.faults, [], 'faults of the page');
    await page.context().close();
    const citizen = await person({ elder: true });
    await citizen.goto(`${house.base}/place/${place}`);
    await citizen.getByRole('heading', { name: '有哪些功能' }).waitFor();
    await axeOn(citizen, 'citizen 长辈版: a centre and its functions');
    same(citizen.faults, [], 'faults of the page');
    await citizen.context().close();
  });
}
