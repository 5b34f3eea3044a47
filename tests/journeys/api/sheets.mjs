// sheets.mjs - a messy list taken in, mended, stored, undone; lists from other offices; comparison.

import fs from 'node:fs';
import path from 'node:path';
import { check, same, status, test, until } from '../harness.mjs';
import { act, mustAct, staff } from '../client.mjs';
import { workbookOf } from '../workbook.mjs';

const batchIn = (client, id, ...states) =>
  until(
    `batch in ${states}`,
    async () => {
      const row = await client.read(`/api/import_batch/${id}`);
      return states.includes(row.state) ? row : undefined;
    },
    60000,
  );

async function upload(client, entity, bytes, name, source = '') {
  const query = new URLSearchParams({ name, ...(source ? { source } : {}) });
  const r = await client.post(`/api/import/${entity}?${query}`, new Uint8Array(bytes), {
    headers: { 'content-type': 'application/octet-stream' },
  });
  return status(r, 201);
}

async function mapped(client, batch, more = {}) {
  await mustAct(client, 'import_batch', batch.id, 'map', {
    sheet: batch.sheet,
    header_row: batch.header_row,
    header_rows: batch.header_rows,
    mapping: batch.mapping,
    ...more,
  });
  return batchIn(client, batch.id, 'checked', 'failed');
}

const linesOf = async (client, batch) =>
  (await client.read(`/api/import_line?batch=${batch}&size=200&sort=line`)).items;

const zipped = async (client, path) => {
  const r = await fetch(client.house.base + path, { headers: { cookie: client.cookie } });
  return { status: r.status, bytes: Buffer.from(await r.arrayBuffer()) };
};

const living = (house) =>
  Number(house.sql('SELECT count(*) FROM elder WHERE ended_at IS NULL')[0][0]);

const fieldsOf = (read) => read.mapping.map((m) => m.field).join();

/** As an office prints it: instructions first, heads of two rows on every page, sums and remarks below. */
function printed(community) {
  const heads = [['序号', '基本信息', '', '', '住址', ''], ['', '姓 名', '性别', '出生年月日', '社区（村）', '详细住址']];
  return workbookOf([
    { name: '填表说明', rows: [['填表说明'], ['1. 身份证号请设为文本'], ['2. 九月底前报送']], merged: ['A1:C1'] },
    { name: '台账', merged: ['A1:F1', 'A2:A3', 'B2:D2', 'E2:F2', 'E4:E5', 'B7:D7'], rows: [
      ['六十岁以上老年人台账'], ...heads,
      ['1', '封桂枝', '女', '一九四一年三月五日', community, '3号楼2单元501'],
      ['2', '封玉成', '雄', '农历1940年腊月初八', '', '十二号楼一单元3-2'],
      ['小计', '2'], ...heads,
      ['3', '封长庚', '男', '1939.11.2', community, '6号楼'],
      ['合计', '3'], ['填表人：', '张三', '', '审核人：'], ['注：本表一式三份。']] },
    { name: '台账（上半年）', rows: [['姓名', '性别'], ['旧人', '男']] }]);
}

/** n people with what goes wrong in every long list; how many of them are right. */
function longList(n, community) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const number = (i) => {
    const two = (x) => String(x).padStart(2, '0');
    const body = `990102${1926 + (i % 40)}${two(1 + (i % 12))}${two(1 + (i % 28))}` +
      String(Math.trunc(i / 840)).padStart(3, '0');
    return body + '10X98765432'[[...body].reduce((sum, d, k) => sum + Number(d) * weights[k], 0) % 11];
  };
  const rows = ['姓名,身份证号码,社区,住址,备注'];
  let good = 0;
  for (let i = 0; i < n; i++) {
    const bad = i % 10 === 3 ? 'digits' : i % 10 === 6 ? 'community' : i % 100 === 9 ? 'twice' : '';
    good += bad === '';
    const id = bad === 'digits' ? number(i).replace(/.$/, (x) => (x === '1' ? '2' : '1'))
      : number(bad === 'twice' ? i - 1 : i);
    const where = bad === 'community' ? '天边社区' : community;
    rows.push(`长表${i},${id},${where},${1 + (i % 9)}号楼,女儿1007799${String(i % 10000).padStart(4, '0')}`);
  }
  return { text: rows.join('\n'), good, wrong: n - good };
}

export async function sheets(house) {
  const officer = await staff(house, 'street');
  const list = fs.readFileSync(path.join(house.data, 'messy-list.xlsx'));

  await test('who may not take lists in is refused, and so are files that are no workbook', async () => {
    const worker = await staff(house, 'worker');
    status(await worker.get('/api/import'), 403);
    const said = (await officer.read('/api/import')).items.map((i) => i.entity);
    check(said.includes('elder') && !said.includes('carer'), `an officer takes in ${said}`);
    const old = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    const r = await officer.post('/api/import/elder?name=a.xls', new Uint8Array(old));
    status(r, 422);
    check(r.text.includes('.xlsx'), 'the sentence says what to do');
    status(await officer.post('/api/import/history?name=a', new Uint8Array(list)), 404);
    const template = await zipped(officer, '/api/import/elder/template');
    same(template.bytes.subarray(0, 2).toString(), 'PK', 'a template is a workbook');
  });

  await test('sums and signatures below a list are no people, and how one resides has many names', async () => {
    const text = ['姓名,出生日期,户籍/常住,现住址,备注,联系电话',
      '单玉兰,"=""1941.3.5""",常住人口,不知道,电话不详,\'10077990001', '合　计,1人,,,',
      '制表人：刘洋,,,审核人：,'].join('\n');
    const up = await upload(officer, 'elder', Buffer.from(text), '台账.csv');
    check(up.mapping.some((m) => m.field === 'residence'), JSON.stringify(up.mapping));
    const batch = await mapped(officer, up, { source: '台账' });
    same([batch.state, batch.rows_n], ['checked', 1], 'one person');
    await mustAct(officer, 'import_batch', up.id, 'cancel');
  });

  await test('a list as it is printed: the sheet is found, repeated heads and remarks are no people', async () => {
    const [home] = (await officer.read('/api/division?level=community&size=50')).items;
    const up = await upload(officer, 'elder', printed(home.name), '台账.xlsx', '从未见过的来源');
    same([up.sheet, fieldsOf(up)], [2, 'name,gender,birth,division,address'], 'the page with heads');
    const at = `/api/import_batch/${up.id}/page`;
    same((await officer.read(`${at}?sheet=1`)).heads.filter(Boolean).length, 1, 'another sheet is looked at');
    const third = await officer.read(`${at}?sheet=3`);
    same([third.reading.header_row, fieldsOf(third.reading)], [1, 'name,gender'], 'guessed anew');
    same((await officer.read(`${at}?sheet=2&header_row=2&header_rows=1`)).heads[1], '基本信息', 'another header');
    status(await officer.get(`${at}?sheet=4`), 404);
    same((await officer.read(at)).reading.sheet, 2, 'and nothing is kept of it');
    const batch = await mapped(officer, up);
    same([batch.rows_n, batch.new_n, batch.wrong_n], [3, 2, 1], 'three people');
    const [wrong] = await linesOf(officer, up.id);
    check(wrong.faults.includes('农历') && wrong.faults.includes('没有“雄”这一项，可填：未说明、男、女'), wrong.faults);
    await mustAct(officer, 'import_batch', up.id, 'confirm');
    await batchIn(officer, up.id, 'done', 'failed');
    const births = house.sql("SELECT birth FROM elder WHERE address IN ('3号楼2单元501', '6号楼') AND id IN " +
      `(SELECT row_id FROM import_line WHERE batch = ${up.id}) ORDER BY birth`).map(([d]) => Number(d));
    same(births, [Date.UTC(1939, 10, 2), Date.UTC(1941, 2, 5)].map((ms) => ms / 86400000), 'days as they were written');
    await mustAct(officer, 'import_batch', up.id, 'undo', { reason: '试表' });
    await batchIn(officer, up.id, 'undone', 'failed');
  });

  await test('a long list with errors: progress is told, what is right is stored, all is taken back', async () => {
    const [home] = (await officer.read('/api/division?level=community&size=50')).items;
    const list = longList(1500, home.name), before = living(house);
    const up = await upload(officer, 'elder', Buffer.from(list.text), '长表.csv');
    const batch = await mapped(officer, up);
    same([batch.rows_n, batch.new_n, batch.wrong_n], [1500, list.good, list.wrong], 'every row is judged');
    const page = () => officer.read(`/api/import_batch/${up.id}/page`);
    same((await page()).progress.done, 1500, 'how far the check came');
    await mustAct(officer, 'import_batch', up.id, 'confirm');
    const done = await batchIn(officer, up.id, 'done', 'failed', 'stopped');
    same([done.added_n, living(house) - before], [list.good, list.good], 'stored, each once');
    same((await page()).progress.done, 1500, 'how far the storing came');
    const returned = await zipped(officer, `/api/import_batch/${up.id}/returned`);
    check(returned.bytes.length > 10000, 'the wrong ones come back');
    await mustAct(officer, 'import_batch', up.id, 'undo', { reason: '发错了表' });
    const undone = await batchIn(officer, up.id, 'undone', 'failed');
    same([undone.undone_n, undone.kept_n, living(house)], [list.good, 0, before], 'nothing is left');
  });

  await test('a messy list: every row is judged before anything is stored', async () => {
    const before = living(house);
    const up = await upload(officer, 'elder', list, '花名册.xlsx');
    same(up.state, 'uploaded', 'kept');
    same(up.header_row, 2, 'the header was found below the title');
    const page = await officer.read(`/api/import_batch/${up.id}/page`);
    check(page.mine && page.heads.includes('基本信息性别'), 'merged heads are joined');
    const batch = await mapped(officer, up, { source: '柳荫街道', take_phones: true });
    same(batch.state, 'checked', batch.trouble);
    same(batch.rows_n, 31, 'rows');
    check(batch.wrong_n >= 14 && batch.outside_n >= 1, `${batch.wrong_n} wrong`);
    const lines = await linesOf(officer, up.id);
    check(lines.some((l) => l.faults?.includes('丢失')), 'lost digits are named');
    check(lines.some((l) => l.faults?.includes('第 11 行重复')), 'twice in the file');
    check(lines.some((l) => l.verdict === 'outside'), 'another’s area');
    check(lines.some((l) => l.verdict === 'doubt'), 'perhaps the same person');
    const seen = await officer.read(`/api/import_batch/${up.id}/page`);
    check(seen.preview.length === 20 && seen.preview[0].faults, 'first rows as they would be');
    const returned = await zipped(officer, `/api/import_batch/${up.id}/returned`);
    same(returned.bytes.subarray(0, 2).toString(), 'PK', 'a workbook comes back');
    const other = await staff(house, 'district');
    status(await other.get(`/api/import_batch/${up.id}/returned`), 404);
    same(living(house), before, 'nothing stored');
  });

  await test('confirmed, stored, in doubt decided, and the whole taken back', async () => {
    const before = living(house);
    const up = await upload(officer, 'elder', list, '花名册.xlsx', '柳荫街道');
    check(up.source, 'the source is known');
    const batch = await mapped(officer, up);
    const doubt = (await linesOf(officer, up.id)).find((l) => l.verdict === 'doubt');
    await mustAct(officer, 'import_line', doubt.id, 'same');
    await mustAct(officer, 'import_batch', up.id, 'confirm');
    const done = await batchIn(officer, up.id, 'done', 'failed', 'stopped');
    same(done.state, 'done', done.trouble);
    check(done.added_n === batch.new_n, `${done.added_n} of ${batch.new_n} added`);
    const stored = (await linesOf(officer, up.id)).filter((l) => l.state === 'applied');
    check(stored.length >= done.added_n, 'each has its line');
    const one = stored.find((l) => l.verdict === 'new');
    const elder = await officer.read(`/api/elder/${one.row_id}`);
    await officer.patch(`/api/elder/${elder.id}`, { building: '9号楼' }, elder.version);
    status(await act(officer, 'import_batch', up.id, 'undo'), 422);
    await mustAct(officer, 'import_batch', up.id, 'undo', { reason: '选错了文件' });
    const undone = await batchIn(officer, up.id, 'undone', 'failed');
    same(undone.kept_n, 1, 'what was changed since is left');
    same(undone.undone_n, done.added_n + done.updated_n - 1, 'the rest is as it was');
    same(living(house), before + 1, 'all others are ended');
  });

  await test('a station takes in its own carers, and nobody else’s', async () => {
    const manager = await staff(house, 'manager');
    const said = (await manager.read('/api/import')).items.map((i) => i.entity);
    check(said.includes('carer') && !said.includes('elder'), `a station takes in ${said}`);
    const csv = '护理员姓名;性别;手机;技能;入职时间\n秦小兰;女;10077770001;助浴、助洁;2025.3.1\n' +
      '许大勇;男;10077770002;飞行;45700\n';
    const up = await upload(manager, 'carer', Buffer.from(csv), '人员.csv');
    const batch = await mapped(manager, up, {
      mapping: [...up.mapping, { field: 'org', fixed: manager.me.org }],
    });
    same([batch.new_n, batch.wrong_n], [1, 1], 'one is right, one has a skill nobody knows');
    await mustAct(manager, 'import_batch', up.id, 'confirm');
    same((await batchIn(manager, up.id, 'done', 'failed')).added_n, 1, 'stored');
    status(await officer.get(`/api/import_batch/${up.id}/returned`), 404);
  });

  await test('a list of cremations: differences wait for a person, and the dead are marked by her', async () => {
    const elders = (await officer.read('/api/elder?size=40')).items.filter((e) => !e.died_on);
    const whole = [];
    for (const e of elders.slice(0, 2))
      whole.push({
        id: e.id,
        ...(await officer.write(`/api/elder/${e.id}/reveal`, {
          fields: 'name,id_number',
          reason: '核对名单',
        })),
      });
    const made = await officer.write('/api/office_list', {
      name: '10 月火化名单',
      kind: 'cremation',
      office: '殡葬管理所',
    });
    const csv =
      '逝者姓名,身份证号码,火化日期\n' +
      `${whole[0].name},${whole[0].id_number},2026年10月8日\n` +
      `张冠李,${whole[1].id_number},2026-10-09\n无此人,,2026.10.10\n`;
    const up = await upload(officer, 'office_entry', Buffer.from(csv), '火化.csv');
    const batch = await mapped(officer, up, {
      mapping: [...up.mapping, { field: 'list', fixed: made.id }],
    });
    same(batch.new_n, 3, batch.trouble);
    await mustAct(officer, 'import_batch', up.id, 'confirm');
    await batchIn(officer, up.id, 'done', 'failed');
    const entries = (await officer.read(`/api/office_entry?list=${made.id}`)).items;
    same(entries.filter((e) => e.match === 'matched').length, 2, 'two are ours');
    check(entries.every((e) => e.known_on > e.happened_on), 'happened and known, both kept');
    const work = (await officer.read(`/api/office_difference?list=${made.id}`)).items;
    const died = work.find((d) => d.elder === whole[0].id && d.what === 'died');
    const name = work.find((d) => d.elder === whole[1].id && d.what === 'name');
    check(died && name, 'a death, and another name');
    check(!(await officer.read(`/api/elder/${whole[0].id}`)).died_on, 'nobody is marked yet');
    await mustAct(officer, 'office_difference', died.id, 'take');
    same((await officer.read(`/api/elder/${whole[0].id}`)).died_on, '2026-10-08', 'marked');
    const past = (await officer.read(`/api/elder/${whole[0].id}/history`)).items;
    check(past.some((h) => h.action === 'died' && h.reason.includes('殡葬管理所')), 'by an event');
    await mustAct(officer, 'office_difference', name.id, 'keep', { reason: '名单写错' });
  });

  await test('who stands in a list without a number is found by name and birthday or address, and a person decides',
    async () => {
    const { scope } = (await officer.read('/api/elder?size=1')).items[0];
    const whole = house.sql(`SELECT id, name, birth, address FROM elder WHERE scope = ${scope}
      AND name IN (SELECT name FROM elder GROUP BY name HAVING COUNT(*) = 1) AND birth IS NOT NULL
      AND died_on IS NULL AND address <> '' AND ended_at IS NULL ORDER BY id LIMIT 40`).slice(-30)
      .map(([id, name, birth, address]) => ({ id: String(id), name, address,
        birth: new Date(Number(birth) * 86400000).toISOString().slice(0, 10) }));
    const unflagged = [];
    for (const e of whole) {
      const { flags } = await officer.read(`/api/elder/${e.id}`);
      if (!(flags ?? []).includes('disabled')) unflagged.push(e);
    }
    const [byDay, byHome, stranger, chosen] = unflagged;
    const made = await officer.write('/api/office_list', { name: '残疾人名单', kind: 'disabled', office: '残联' });
    const csv = '姓名,出生日期,住址,结果\n' +
      `${byDay.name},${byDay.birth},,是\n${byHome.name},,"${byHome.address}",是\n` +
      `${stranger.name},1901-01-01,,是\n${chosen.name},1902-02-02,,是\n`;
    const up = await upload(officer, 'office_entry', Buffer.from(csv), '残联.csv');
    const batch = await mapped(officer, up, {
      mapping: [...up.mapping, { field: 'list', fixed: made.id }],
    });
    same(batch.new_n, 4, batch.trouble);
    await mustAct(officer, 'import_batch', up.id, 'confirm');
    await batchIn(officer, up.id, 'done', 'failed');
    const entries = async () => (await officer.read(`/api/office_entry?list=${made.id}&size=10`)).items;
    const of = async (match) => (await entries()).filter((e) => e.match === match);
    const doubtful = await of('doubtful');
    same(doubtful.map((e) => e.maybe).sort(), [byDay.id, byHome.id].sort(), 'two are probably ours');
    same((await of('unmatched')).length, 2, 'another birthday is another person');
    const waits = await officer.read('/api/todo?kind=entries_doubtful&size=200');
    check(doubtful.every((e) => waits.items.some((r) => r.id === e.id)), 'it waits for somebody');
    const differs = async () => (await officer.read(`/api/office_difference?list=${made.id}`)).items;
    same((await differs()).length, 0, 'nothing is compared before');
    const at = (id) => doubtful.find((e) => e.maybe === id).id;
    await mustAct(officer, 'office_entry', at(byDay.id), 'same');
    await mustAct(officer, 'office_entry', at(byHome.id), 'other');
    const open = (await of('unmatched')).filter((e) => !e.maybe);
    const unsaid = await act(officer, 'office_entry', open[0].id, 'choose', { elder: chosen.id });
    status(unsaid, 422);
    await mustAct(officer, 'office_entry', open[0].id, 'choose', { elder: chosen.id, reason: '电话核实' });
    const now = await differs();
    same(now.map((d) => d.elder).sort(), [byDay.id, chosen.id].sort(), 'and now it is compared');
    check(now.some((d) => d.elder === byDay.id && d.what === 'flag'), 'what the list says of her');
    same((await of('matched')).length, 2, 'two are ours by somebody’s word');
  });

  await test('the number of a household booklet comes with a workbook, and proposes who lives together', async () => {
    const home = (await officer.read('/api/elder?size=1')).items[0];
    const csv = '姓名,性别,出生日期,户号,住址\n谷向阳,男,1948-03-02,HK-77012,槐安路 9 号东屋\n' +
      '谷晚照,女,1950-07-19,HK-77012,槐安路 9 号西屋\n';
    const up = await upload(officer, 'elder', Buffer.from(csv), '户籍.csv');
    check(up.mapping.some((m) => m.field === 'household_no'), 'the column is known');
    const batch = await mapped(officer, up, {
      mapping: [...up.mapping, { field: 'division', fixed: home.division }],
    });
    same([batch.new_n, batch.wrong_n], [2, 0], batch.trouble);
    await mustAct(officer, 'import_batch', up.id, 'confirm');
    await batchIn(officer, up.id, 'done', 'failed');
    await officer.write('/api/household/propose', {});
    const [id] = await until('they are proposed as one household', () => house.sql(
      "SELECT id FROM household WHERE code = 'HK-77012' AND state = 'proposed'")[0], 60000);
    const { members } = await officer.read(`/api/household/${id}/page`);
    same(members.length, 2, 'both of them');
  });

  await test('a comparison goes out with numbers only, approved by another, and comes back', async () => {
    const district = await staff(house, 'district');
    const scope = (await officer.read('/api/elder?size=1')).items[0].division;
    const asked = await officer.write('/api/comparison', {
      name: '养老待遇领取情况',
      office: '社保中心',
      purpose: '核实高龄津贴资格',
      asks: ['id_number', 'name'],
      division: scope,
    });
    status(await officer.post(`/api/comparison/${asked.id}/list`), 409);
    await mustAct(officer, 'comparison', asked.id, 'ask');
    status(await act(officer, 'comparison', asked.id, 'approve'), 403);
    const wider = { asks: ['id_number', 'name'], purpose: '另作他用的名单' };
    const waiting = await officer.read(`/api/comparison/${asked.id}`);
    status(await officer.patch(`/api/comparison/${asked.id}`, wider, waiting.version), 409);
    await mustAct(district, 'comparison', asked.id, 'refuse', { reason: '姓名不必提供' });
    const refused = await officer.read(`/api/comparison/${asked.id}`);
    status(await officer.patch(`/api/comparison/${asked.id}`, { asks: ['id_number'] }, refused.version), 200);
    await mustAct(officer, 'comparison', asked.id, 'ask');
    await mustAct(district, 'comparison', asked.id, 'approve');
    const agreed = await officer.read(`/api/comparison/${asked.id}`);
    const changed = await officer.patch(`/api/comparison/${asked.id}`, wider, agreed.version);
    status(changed, 409);
    check(changed.text.includes('comparison.asked'), 'what was approved is what goes out');
    const out = await officer.post(`/api/comparison/${asked.id}/list`);
    status(out, 200);
    check(out.text.startsWith('PK'), 'a workbook');
    const sent = await officer.read(`/api/comparison/${asked.id}`);
    check(sent.state === 'sent' && sent.elders_n > 0, `${sent.elders_n} people`);
    await officer.write('/api/office_list', {
      name: '社保比对结果',
      kind: 'answer',
      office: '社保中心',
      comparison: asked.id,
    });
    same((await officer.read(`/api/comparison/${asked.id}`)).state, 'answered', 'and answered');
  });
}
