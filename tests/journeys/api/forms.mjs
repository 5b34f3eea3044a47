// forms.mjs - another office's form: kept, bound, filled; theirs stays theirs, ours goes out masked.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { check, same, skip, status, test } from '../harness.mjs';
import { staff } from '../client.mjs';
import { scratchDir } from '../house.mjs';
import { made } from './exports.mjs';
import { workbookOf } from '../workbook.mjs';

const LOOK = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
page = book[book.sheetnames[0]]
print(json.dumps({
    'names': book.sheetnames,
    'merged': sorted(str(m) for m in page.merged_cells.ranges),
    'rows': [[c.value for c in row] for row in page.iter_rows()],
    'widths': page.column_dimensions['F'].width,
    'note': book[book.sheetnames[1]]['A1'].value,
    'told': book.properties.description,
    'foot': page.oddFooter.left.text,
    'bordered': page['B6'].border.left.style,
}))`;

async function fetched(who, href) {
  const r = await fetch(who.house.base + href, { headers: { cookie: who.cookie } });
  same(r.status, 200, href);
  return Buffer.from(await r.arrayBuffer());
}

/** What a program that is not ours finds in a workbook; undefined where it is not installed. */
function openpyxl(bytes) {
  const file = scratchDir('form') + '.xlsx';
  writeFileSync(file, bytes);
  const said = spawnSync('/usr/bin/python3', ['-c', LOOK, file], { encoding: 'utf8' });
  if (/No module named|ENOENT/.test(said.stderr ?? String(said.error))) return undefined;
  same(said.status, 0, said.stderr);
  return JSON.parse(said.stdout);
}

/** Their workbook, changed by a program that is not ours; undefined where it is not installed. */
function changed(bytes, script) {
  const file = scratchDir('form') + '.xlsx';
  writeFileSync(file, bytes);
  const said = spawnSync('/usr/bin/python3', ['-c', `
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
page = book[book.sheetnames[0]]
${script}
book.save(sys.argv[1])`, file], { encoding: 'utf8' });
  if (/No module named|ENOENT/.test(said.stderr ?? String(said.error))) return undefined;
  same(said.status, 0, said.stderr);
  return readFileSync(file);
}

const sendRaw = async (who, path, bytes) => {
  const r = await who.ask('POST', path, bytes, { headers: { 'content-type': 'application/octet-stream' } });
  return { status: r.status, json: r.body };
};

export async function forms(house) {
  const street = await staff(house, 'street');
  const [form] = (await street.read('/api/form_template')).items;
  const sent = await fetched(street, `/api/form_template/${form.id}/workbook`);

  await test('a form that was sent is guessed: two rows of heads, the rows, the columns', async () => {
    const { status: code, json: fresh } = await sendRaw(street,
      '/api/form/elder?name=' + encodeURIComponent('再来一份') + '&file_name=a.xlsx', sent);
    same(code, 201, JSON.stringify(fresh));
    same([fresh.header_row, fresh.header_rows, fresh.from_row, fresh.through_row], [3, 2, 5, 7], 'rows');
    same(fresh.columns.map((k) => k.field ?? k.text),
      ['#', 'name', 'gender', 'birth', 'phone', 'address', 'grade'], 'columns');
    const page = await street.read(`/api/form_template/${fresh.id}/page`);
    same([page.pages.length, page.trouble, page.heads[4]], [2, '', '联系联系电话'], 'the grid');
    const tried = await street.read(`/api/form_template/${fresh.id}/try?columns=name,phone&query=gender%3Dfemale`);
    check(tried.rows.length === 5 && tried.rows.every((r) => /^.{1,2}\*/.test(r.cells[0])), 'five rows, masked');
    status(await street.get(`/api/form_template/${fresh.id}/try?columns=password`), 422);
  });

  await test('a form behind a page of instructions is found', async () => {
    const book = workbookOf([{ name: '填表说明', rows: [['请于 17:00 前报送'], ['一律用仿宋']] },
      { name: '登记表', rows: [['走访登记表'], ['序号', '姓名', '性别', '住址'], ['', '', '', '']] }]);
    const { status: code, json: fresh } = await sendRaw(street,
      '/api/form/elder?name=' + encodeURIComponent('有说明的表') + '&file_name=b.xlsx', book);
    same([code, fresh.sheet, fresh.header_row], [201, 2, 2], JSON.stringify(fresh));
  });

  await test('it is bound by hand; what cannot be kept is refused with its sentence', async () => {
    const { id, version, name, sheet, header_row, header_rows } =
      await street.read(`/api/form_template/${form.id}`);
    const put = (more) => street.ask('PUT', `/api/form_template/${id}/bind`, {
      name, sheet, header_row, header_rows, from_row: 5, through_row: 7, columns: form.columns,
      fixed: form.fixed, ...more }, { version });
    status(await put({ columns: [] }), 422);
    status(await put({ columns: [{ column: 1, field: 'note' }] }), 422);
    status(await put({ from_row: 2 }), 422);
    status(await put({ fixed: [{ row: 6, column: 1, text: 'x' }] }), 422);
    status(await put({}), 200);
  });

  await test('filled as a job: every row of hers, their title and totals, the second sheet',
    async () => {
    const asked = await street.write(`/api/form_template/${form.id}/fill`,
      { query: 'gender=female', words: '性别：女', reason: '市民政局月报' });
    const batch = await made(street, asked);
    same([batch.state, batch.kind], ['done', 'form'], JSON.stringify(batch));
    same(batch.rows_n, asked.total, 'all of them');
    const bytes = await fetched(street, batch.href);
    const { json: back } = await sendRaw(street, '/api/form/elder?name=back&file_name=b.xlsx', bytes);
    const page = await street.read(`/api/form_template/${back.id}/page`);
    same(page.rows[0].cells[0], '云汀市老年人关爱走访情况登记表', 'their title');
    check(page.rows[1].cells[0].startsWith('填报单位：'), 'who fills it in');
    same(page.rows[4].cells[0], '1', 'counted');
    check(/^.{1,2}\*/.test(page.rows[4].cells[1]) && page.rows[4].cells[2] === '女', 'a row of ours');
    const log = await (await staff(house, 'auditadmin')).read('/api/access_log?size=20');
    check(log.items.some((l) => l.what === `export:${batch.number}` && l.entity === 'elder'), 'log');
    const seen = openpyxl(bytes);
    if (!seen) return skip('another program opens it', 'python3-openpyxl is not installed');
    const last = 4 + batch.rows_n;
    same(seen.names, ['登记表', '填表说明'], 'sheets');
    same(seen.note, '每月 25 日 17:00 前报送；走访情况由街道、社区填写。', 'the second as it was');
    same(seen.merged, ['A1:I1', 'A2:I2', 'E3:F3'], 'merged cells');
    check(Math.abs(seen.widths - 30.7) < 1, `their widths: ${seen.widths}`);
    same([seen.rows[last][0], seen.rows[last][1]], ['合计', batch.rows_n], 'totals below the rows');
    check(seen.rows[last + 1][0].startsWith('填报人：') && seen.rows[last + 1][5].startsWith('填报日期：'), 'signed');
    check(seen.rows.slice(4, last).every((r) => r[7] === null && r[8] === null), 'left for the streets');
    check(seen.told.includes(batch.number) && seen.foot.includes(batch.number), 'marked');
    same(seen.bordered, 'thin', 'in the style of the first row');
  });

  await test('their form of next year: what its heads still say is taken over, the new column is free',
    async () => {
    const before = await street.read(`/api/form_template/${form.id}`);
    const next = changed(sent, `
page.insert_cols(3)
page.cell(3, 3).value = '是否签约'
page['A1'].value = '2027 年登记表'
`);
    if (!next) return skip('their next version', 'python3-openpyxl is not installed');
    const path = `/api/form_template/${form.id}/workbook`;
    status(await street.ask('POST', path, Buffer.from('no workbook'), { version: before.version }), 422);
    const r = await street.ask('POST', path, next,
      { headers: { 'content-type': 'application/octet-stream' }, version: before.version });
    status(r, 200, 201);
    const after = await street.read(`/api/form_template/${form.id}`);
    same(after.file_version, before.file_version + 1, 'the next version');
    const bound = (f) => f.columns.map((k) => k.field).filter(Boolean);
    same(bound(after), bound(before), 'bound as before');
    const at = (f, name) => f.columns.find((k) => k.field === name).column;
    same([at(after, 'name'), at(after, 'birth')], [at(before, 'name'), at(before, 'birth') + 1], 'moved along');
    const page = await street.read(`/api/form_template/${form.id}/page`);
    same([page.rows[0].cells[0], page.trouble], ['2027 年登记表', ''], 'it is theirs of next year');
    check(!after.columns.some((k) => k.column === 2 && k.field), 'nobody fills the new column');
    const asked = await street.write(`/api/form_template/${form.id}/fill`, { query: 'gender=male', reason: '年报' });
    same((await made(street, asked)).state, 'done', 'and can be filled');
    const past = (await street.read(`/api/form_template/${form.id}/history`)).items;
    check(past.some((h) => JSON.stringify(h).includes('file_version')), 'the one before stays in the history');
  });

  await test('not without a reason or right, not an old .xls, not what is retired', async () => {
    const fill = (who, body) => who.post(`/api/form_template/${form.id}/fill`, body);
    status(await fill(street, { reason: '' }), 422);
    status(await fill(street, { query: 'note=x', reason: '月报' }), 422);
    status(await fill(await staff(house, 'worker'), { reason: '月报' }), 403);
    const old = await sendRaw(street, '/api/form/elder', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]));
    same([old.status, /另存为/.test(old.json.title + (old.json.detail ?? ''))], [422, true], JSON.stringify(old.json));
    const { version } = await street.read(`/api/form_template/${form.id}`);
    await street.write(`/api/form_template/${form.id}/retire`, {}, { version });
    status(await fill(street, { reason: '月报' }), 409);
  });
}
