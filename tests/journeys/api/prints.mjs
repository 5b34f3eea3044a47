// prints.mjs - forms on A4: who may, what stands on them, in which order, who is told of it.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { check, same, status, test } from '../harness.mjs';
import { citizen, mustAct, newPhone, staff } from '../client.mjs';
import { scratchDir } from '../house.mjs';
import { made } from './exports.mjs';

/** What a PDF says, without blanks; the file is fetched as it is. */
export async function textOf(who, href) {
  const r = await fetch(who.house.base + href, { headers: { cookie: who.cookie } });
  same([r.status, r.headers.get('content-type')], [200, 'application/pdf'], href);
  const file = scratchDir('paper') + '.pdf';
  writeFileSync(file, Buffer.from(await r.arrayBuffer()));
  const said = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  same(said.status, 0, `pdftotext: ${said.stderr ?? said.error}`);
  return said.stdout.replace(/ /g, '');
}

export async function prints(house) {
  const manager = await staff(house, 'manager');
  const print = async (who, body) => made(who, await who.write('/api/print', { reason: '打印签字', ...body }));
  const [row] = house.sql('SELECT v.care_order, v.elder, v.day FROM visit v WHERE ' +
    `v.org = ${manager.me.org} AND v.state = 'done' AND v.elder > 0 ORDER BY v.id DESC LIMIT 1`);
  const [order, elder] = row;
  const month = new Date(Number(row[2]) * 86400000).toISOString().slice(0, 7);

  await test('a confirmation sheet: in full, with its number, and the elder can see who printed it',
    async () => {
    const batch = await print(manager, { form: 'confirmation', order: String(order) });
    same(batch.state, 'done', JSON.stringify(batch));
    const text = await textOf(manager, batch.href);
    const { number } = await manager.read(`/api/care_order/${order}`);
    for (const word of ['服务确认单', number, '老人（家属）签字', '第1页共1页', batch.number, '打印签字'])
      check(text.includes(word.replace(/ /g, '')), `${word} stands on it: ${text}`);
    const { name } = await manager.write(`/api/elder/${elder}/reveal`, { fields: 'name', reason: '核对' });
    check(text.includes(name), 'her whole name');
    const log = house.sql(`SELECT reason FROM access_log WHERE elder = ${elder} AND what LIKE 'print:%'`);
    check(log.flat().includes('打印签字'), 'her access log');
  });

  await test('several rows through one form, in the order of their doors, none that is not seen',
    async () => {
    const worker = await staff(house, 'worker');
    const some = (await worker.read('/api/elder?size=60')).items.filter((e) => e.building).slice(0, 6);
    const rows = some.map((e) => e.id).join(',');
    const batch = await print(worker, { form: 'card', rows });
    same([batch.state, batch.rows_n], ['done', some.length], JSON.stringify(batch));
    const text = await textOf(worker, batch.href);
    const names = [];
    for (const e of some) names.push((await worker.write(`/api/elder/${e.id}/reveal`,
      { fields: 'name', reason: '核对' })).name);
    for (const name of names) check(text.includes(name), `a card of ${name}`);
    const door = (e) => [e.compound, Number(e.building.replace(/\D/g, ''))];
    const shown = some.map((e, i) => ({ at: text.indexOf(names[i]), door: door(e) }))
      .sort((a, b) => a.at - b.at);
    for (let i = 1; i < shown.length; i++)
      check(shown[i].door[0] !== shown[i - 1].door[0] || shown[i].door[1] >= shown[i - 1].door[1],
        `${shown[i - 1].door} before ${shown[i].door}`);
    for (const e of some)
      check(house.sql(`SELECT reason FROM access_log WHERE elder = ${e.id} AND what LIKE 'print:%'`)
        .flat().includes('打印签字'), 'in the access log of each');
    const far = house.sql(`SELECT id FROM elder WHERE scope <> ${some[0].scope} LIMIT 1`)[0][0];
    status(await worker.post('/api/print', { form: 'card', rows: `${rows},${far}`, reason: '打印' }), 404);
    const many = await worker.post('/api/print', { form: 'today', rows, reason: '打印' });
    status(many, 422);
    same(many.body.fields[0].field, 'rows', 'the field at fault');
    status(await worker.post('/api/print', { form: 'card', rows: '1,x', reason: '打印' }), 404, 422);
  });

  await test('a month in the order of the buildings, every elder once, totals below', async () => {
    const batch = await print(manager, { form: 'month', month });
    same(batch.state, 'done', JSON.stringify(batch));
    const text = await textOf(manager, batch.href);
    const doors = Number(house.sql('SELECT COUNT(*) FROM (SELECT DISTINCT v.elder, CASE WHEN v.elder IS NULL ' +
      'THEN o.for_name END, CASE WHEN v.elder IS NULL THEN o.for_address END FROM visit v JOIN care_order o ' +
      `ON o.id = v.care_order WHERE v.org = ${manager.me.org} AND v.state = 'done' AND v.day >= ` +
      `${Date.parse(`${month}-01T00:00:00Z`) / 86400000}) t`)[0][0]);
    same(batch.rows_n, doors, 'a sheet for each');
    same((text.match(/上门服务月确认单/g) ?? []).length >= doors, true, 'sheets');
    check(/合计\d+次/.test(text), 'totals');
    const blocks = [...text.matchAll(/服务地址([^\d\n]+?)(\d+)号楼/g)].map((m) => [m[1], Number(m[2])]);
    for (let i = 1; i < blocks.length; i++)
      check(blocks[i][0] !== blocks[i - 1][0] || blocks[i][1] >= blocks[i - 1][1],
        `${blocks[i - 1]} before ${blocks[i]}`);
  });

  await test('a card for the fridge in letters to be read from afar', async () => {
    const worker = await staff(house, 'worker');
    const one = (await worker.read('/api/elder?size=1')).items[0];
    const batch = await print(worker, { form: 'card', elder: one.id });
    same(batch.state, 'done', JSON.stringify(batch));
    const text = await textOf(worker, batch.href);
    for (const word of ['便民联系卡', '120', '12345']) check(text.includes(word), word);
  });

  await test("an elder's file: name and home in full, numbers masked, logged and on the register", async () => {
    const worker = await staff(house, 'worker');
    const ids = (await worker.read('/api/elder?size=200')).items.map((e) => e.id);
    const [[one]] = house.sql(`SELECT c.elder FROM contact c WHERE c.elder IN (${ids}) ORDER BY (SELECT ` +
      'COUNT(*) FROM care_order o WHERE o.elder = c.elder) DESC, c.elder LIMIT 1');
    const { compound_title: compound } = (await worker.read(`/api/elder/${one}/page`)).elder;
    await worker.write('/api/elder_fact', { elder: String(one), kind: 'flag', value: 'living_alone',
      valid_from: '2026-01-05', source: '社区入户登记' });
    const batch = await print(worker, { form: 'elder', elder: String(one), reason: '入户走访' });
    same([batch.state, batch.kind], ['done', 'print'], JSON.stringify(batch));
    const text = await textOf(worker, batch.href);
    const whole = await worker.write(`/api/elder/${one}/reveal`, { fields: 'name,phone,id_number',
      reason: '核对' });
    for (const word of ['老年人档案', whole.name, compound, '联系人', '独居', '2026-01-05', '社区入户登记',
      '入户走访', batch.number, '证件号码和电话按规定遮盖'])
      check(text.includes(word.replace(/ /g, '')), `${word} stands on it: ${text}`);
    for (const number of [whole.phone, whole.id_number].filter(Boolean))
      check(!text.includes(number), `${number} is masked`);
    const log = house.sql(`SELECT reason FROM access_log WHERE elder = ${one} AND what LIKE 'print:%'`);
    check(log.flat().includes('入户走访'), 'her access log');
  });

  await test('the figures on paper are those on the screen, worst first, with definition and moment',
    async () => {
    const district = await staff(house, 'district');
    const shown = await district.read('/api/today');
    const batch = await print(district, { form: 'today', reason: '晨会' });
    same([batch.state, batch.rows_n], ['done', shown.figures.length], JSON.stringify(batch));
    const text = (await textOf(district, batch.href)).replace(/\s/g, '');
    for (const word of ['今日一览', '截至', '口径', '晨会']) check(text.includes(word), word);
    const bad = shown.figures.filter((f) => f.state === 'bad').length;
    check(text.includes(`告急${bad}项`), 'how many are bad');
    check(text.includes('第1页共1页'), 'on one sheet');
    const own = await print(manager, { form: 'today', reason: '晨会' });
    same([own.state, own.rows_n], ['done', (await manager.read('/api/today')).figures.length],
      "a station's own");
    status(await (await staff(house, 'carer')).post('/api/print', { form: 'today', reason: '晨会' }), 403);
    status(await district.post('/api/print', { form: 'today', division: '987654321',
      reason: '晨会' }), 404);
  });

  await test('cards with door codes in building order, of a compound, logged', async () => {
    const sheet = (await manager.read('/api/door_code/sheet')).items;
    const at = sheet[0].valid_from.slice(0, 7);
    const codes = sheet.filter((i) => i.valid_from.slice(0, 7) <= at && i.valid_to.slice(0, 7) >= at);
    const batch = await print(manager, { form: 'doors', month: at, reason: '月初换码' });
    same([batch.state, batch.rows_n], ['done', codes.length], JSON.stringify(batch));
    const text = await textOf(manager, batch.href);
    for (const { code } of codes) check(text.includes(code), `${code} stands on it: ${text}`);
    check(text.includes('沿虚线剪开'), 'how to use it');
    const log = house.sql("SELECT COUNT(*) FROM access_log WHERE what LIKE 'print:%' AND reason = '月初换码'");
    same(Number(log[0][0]), codes.length, 'a line for each home');
    const [[compound, n]] = house.sql('SELECT e.compound, COUNT(*) FROM door_code d JOIN elder e ON e.id = d.elder ' +
      `WHERE d.id IN (${codes.map((i) => i.id)}) GROUP BY e.compound ORDER BY 2, 1 LIMIT 1`);
    const some = await print(manager, { form: 'doors', month: at, compound: String(compound) });
    same(some.rows_n, Number(n), 'of one compound');
    const none = await print(manager, { form: 'doors', month: '1999-01' });
    same([none.state, none.fault], ['failed', 'printing.no_doors'], 'a month without codes says so');
    status(await manager.post('/api/print', { form: 'doors', month: '本月', reason: '换码' }), 422);
    const worker = await staff(house, 'worker');
    status(await worker.post('/api/print', { form: 'doors', month: at, reason: '换码' }), 403);
  });

  await test('for the wall: the kitchen’s portions, the menu of the week, and a survey’s result', async () => {
    const place = (await manager.read(`/api/place?org=${manager.me.org}&size=1`)).items[0].id;
    const board = await manager.read(`/api/kitchen/day?place=${place}`);
    const lunch = board.sittings.find((s) => s.sitting === 'lunch');
    const wall = await print(manager, { form: 'kitchen', place, large: true });
    same(wall.state, 'done', JSON.stringify(wall));
    check((await textOf(manager, wall.href)).includes(`${lunch.now}份`), 'what the screen says');
    const { days } = await manager.read(`/api/meal/menu?place=${place}`);
    const dish = days.flatMap((d) => d.sittings.flatMap((s) => s.dishes))[0];
    const menu = await print(manager, { form: 'week_menu', place });
    check((await textOf(manager, menu.href)).replace(/\s/g, '').includes(dish.name), dish.name);
    const provider = await staff(house, 'provider');
    status(await provider.post('/api/print', { form: 'kitchen', place, reason: '看看' }), 404);

    const street = await staff(house, 'street');
    const round = (await street.read('/api/survey_round?size=1')).items[0].id;
    const result = await street.read(`/api/survey_round/${round}/result`);
    const survey = await print(street, { form: 'survey', round });
    const said = await textOf(street, survey.href);
    for (const word of [`${(result.share * 100).toFixed(1)}%`, '置信区间', result.strata[0].name, '审核人'])
      check(said.includes(word), `${word}: ${said}`);
    status(await manager.post('/api/print', { form: 'survey', round, reason: '看看' }), 403, 404);
  });

  await test('meal cards: several on a page with name and number, and none that was lost', async () => {
    const cards = (await manager.read('/api/diner_card?state=active&size=3')).items;
    const batch = await print(manager, { form: 'diner_card', rows: cards.map((k) => k.id).join(',') });
    same([batch.state, batch.rows_n], ['done', cards.length], JSON.stringify(batch));
    const text = await textOf(manager, batch.href);
    check(cards.every((k) => text.includes(k.number)) && text.includes('第1页共1页'), text);
    await mustAct(manager, 'diner_card', cards[0].id, 'lose');
    const lost = await print(manager, { form: 'diner_card', card: cards[0].id });
    same([lost.state, lost.fault], ['failed', 'card.lost'], 'a lost card says so');
  });

  await test('a list on paper, masked as on screen', async () => {
    const district = await staff(house, 'district');
    const batch = await made(district, await district.write('/api/export', { entity: 'organisation',
      query: 'kind=station', columns: 'name,phone,division', format: 'pdf', reason: '走访' }));
    same(batch.state, 'done', JSON.stringify(batch));
    const text = await textOf(district, batch.href);
    check(text.includes('机构') && text.includes('驿站') && text.includes('走访'), text);
    status(await district.post('/api/export', { entity: 'elder', query: '', format: 'pdf',
      reason: '走访' }), 422);
  });

  await test('not without the right, not of others, not without a reason', async () => {
    for (const login of ['carer', 'sysadmin'])
      status(await (await staff(house, login)).post('/api/print', { form: 'card',
        elder: String(elder), reason: '看看' }), 403);
    status(await (await citizen(house, newPhone())).post('/api/print', { form: 'card',
      elder: String(elder), reason: '看看' }), 403);
    status(await manager.post('/api/print', { form: 'confirmation', order: String(order) }), 422);
    const [[other]] = house.sql(`SELECT id FROM care_order WHERE org <> ${manager.me.org} LIMIT 1`);
    status(await manager.post('/api/print', { form: 'confirmation', order: String(other),
      reason: '看看' }), 404);
    const [[org]] = house.sql(`SELECT id FROM organisation WHERE id <> ${manager.me.org} LIMIT 1`);
    status(await manager.post('/api/print', { form: 'month', org: String(org), month,
      reason: '看看' }), 404);
    status(await manager.post('/api/print', { form: 'month', month: '2026-13', reason: '看看' }), 422);
    const none = await print(manager, { form: 'month', month: '1999-01' });
    same([none.state, none.fault], ['failed', 'printing.none'], 'an empty month says so');
  });
}
