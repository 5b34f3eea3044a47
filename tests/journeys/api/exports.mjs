// exports.mjs - lists taken out: by whom, why, masked, one's own file, off again after a week.

import { check, same, status, test, until } from '../harness.mjs';
import { citizen, newPhone, staff } from '../client.mjs';

/** The batch once its file is there, or has been given up. */
export async function made(who, batch) {
  return until('the file', async () => {
    const b = await who.read(`/api/export/${batch.id}`);
    return b.state !== 'waiting' && b;
  }, 60000, 200);
}

export async function exports(house) {
  const district = await staff(house, 'district');
  const ask = (more = {}) => ({ entity: 'elder', query: 'gender=female', format: 'csv',
    columns: 'name,phone,id_number,address,birth', reason: '月度核对', ...more });

  await test('all rows of a list go out, masked, marked, with a line in the log', async () => {
    const living = Number(house.sql(
      'SELECT COUNT(*) FROM elder WHERE ended_at IS NULL AND scope BETWEEN ' +
      '(SELECT low FROM access_grant WHERE account = ' + district.me.account + ') AND ' +
      '(SELECT high FROM access_grant WHERE account = ' + district.me.account + ')')[0][0]);
    const batch = await made(district, await district.write('/api/export', ask({ query: '' })));
    same([batch.state, batch.rows_n], ['done', living], 'every row, not a page');
    const file = await district.get(batch.href);
    status(file, 200);
    check(file.headers.get('content-disposition').startsWith('attachment; filename="'), 'a file');
    const lines = file.text.trim().split('\r\n');
    same(lines.length, living + 2, 'mark, heads, rows');
    check(lines[0].includes(batch.number) && lines[0].includes('月度核对'), 'the mark');
    check(lines.slice(2).every((l) => /^[^,]+\*/.test(l)), 'names are masked');
    check(!/\b100\d{8}\b/.test(file.text) && !/\b99\d{15}[\dX]\b/.test(file.text), 'numbers too');
    const log = await (await staff(house, 'auditadmin')).read('/api/access_log?size=20');
    check(log.items.some((l) => l.what === `export:${batch.number}` && l.entity === 'elder'), 'log');
    const seen = await (await staff(house, 'auditadmin')).read('/api/export_batch?size=5');
    check(seen.items.some((b) => b.number === batch.number && b.reason === '月度核对'), 'record');
  });

  await test('a workbook is a workbook', async () => {
    const body = ask({ format: 'xlsx', entity: 'organisation', query: '', columns: '' });
    const batch = await made(district, await district.write('/api/export', body));
    same(batch.state, 'done', JSON.stringify(batch));
    const file = await district.get(batch.href);
    check(file.text.startsWith('PK'), 'a zip');
    check(/spreadsheetml/.test(file.headers.get('content-type')), 'its type');
  });

  await test('not without a reason, not secret columns, not what one may not list, not for others',
    async () => {
    status(await district.post('/api/export', ask({ reason: '' })), 422);
    status(await district.post('/api/export', ask({ columns: 'name,note' })), 422);
    status(await district.post('/api/export', ask({ columns: 'password' })), 422);
    status(await district.post('/api/export', ask({ query: 'note=x' })), 422);
    status(await district.post('/api/export', ask({ entity: 'account', query: '', columns: '' })), 403);
    status(await district.post('/api/export', ask({ entity: 'nothing', query: '', columns: '' })), 404);
    for (const login of ['worker', 'clerk', 'carer', 'sysadmin'])
      status(await (await staff(house, login)).post('/api/export', ask()), 403);
    status(await (await citizen(house, newPhone())).post('/api/export', ask()), 403);
    const batch = await made(district, await district.write('/api/export', ask()));
    const manager = await staff(house, 'manager');
    for (const path of ['', '/file']) {
      status(await manager.get(`/api/export/${batch.id}${path}`), 404);
      status(await (await citizen(house, newPhone())).get(`/api/export/${batch.id}${path}`), 404);
    }
    check(!(await manager.read('/api/export')).items.some((b) => b.id === batch.id), 'mine only');
  });

  await test('a station takes out its own orders and no others', async () => {
    const manager = await staff(house, 'manager');
    const own = (await manager.read('/api/care_order?size=1&total=1')).total;
    const batch = await made(manager, await manager.write('/api/export',
      ask({ entity: 'care_order', query: '', columns: 'number,day,for_phone,org' })));
    same(batch.rows_n, Number(house.sql(
      `SELECT COUNT(*) FROM care_order WHERE org = ${manager.me.org} AND ended_at IS NULL`)[0][0]),
    'its own');
    check(own > 10000 || own === batch.rows_n, 'as many as on its screen');
  });
}
