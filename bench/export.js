// export.js - a list taken out as a workbook and as CSV: CPU and peak memory of the job worker.
//
// One house has 10,000 orders, one a million. Each file is made by a worker just started, whose
// peak (VmHWM) is set back before; its rows are counted in the file. Constant memory: the peak may
// not grow with the rows. SQLite, unless --engine=pg.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const lib = require('./lib.js');

const FEW = lib.smoke ? 500 : 10000,
  MANY = lib.smoke ? 5000 : 1000000;
const GROWS_MB = 2; // pages of the allocator and the database's cache, not rows
const HOUR_MS = 3600 * 1000;

const rows = (house, ...args) =>
  lib.run(lib.built('bench-rows'), [house.data, house.db || '-', ...args]).trim();

const worker = (house) =>
  lib.children(house.child.pid).find((pid) => lib.named(pid) === 'yike-worker');

function cpuSeconds(pid) {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13);
  return (+user + +system) / 100; // USER_HZ
}

const peakMb = (pid) =>
  +/^VmHWM:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1] / 1024;

async function ask(house, token, target, body) {
  const answer = await fetch(`http://127.0.0.1:${house.port}${target}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(`${target}: ${answer.status} ${JSON.stringify(told)}`);
  return told;
}

// The batch once its file is there.
async function made(house, token, format) {
  const asked = { entity: 'care_order', query: '', format, reason: '试算导出' };
  const { id } = await ask(house, token, '/api/export', asked);
  for (const until = Date.now() + HOUR_MS; Date.now() < until; await lib.sleep(200)) {
    const batch = await ask(house, token, `/api/export/${id}`);
    if (batch.state === 'done') return batch;
    if (batch.state !== 'waiting') throw new Error(`export ${id}: ${JSON.stringify(batch)}`);
  }
  throw new Error('no export within an hour');
}

// Mark and heads stand above the rows: of the CSV once, of the workbook on each page.
function counted(file, format) {
  const count =
    format === 'csv'
      ? `grep -c '' '${file}'`
      : `unzip -p '${file}' 'xl/worksheets/*.xml' | LC_ALL=C tr '<' '\\n' | grep -c '^row '`;
  const lines = Number(lib.run('sh', ['-c', count]));
  if (format === 'csv') return lines - 2;
  const pages = lib.run('unzip', ['-Z1', file]).match(/^xl\/worksheets\/sheet/gm).length;
  return lines - 2 * pages;
}

// What the clock asks for when a house starts (orders confirmed by time, …) is done before, by
// another worker: it costs more than a file and would be in both figures.
async function settle(home) {
  const left = `SELECT COUNT(*) FROM job WHERE state IN ('waiting', 'running')
    AND kind <> 'history_seal'`;
  const count = () =>
    home.db
      ? lib.run('psql', [home.db, '-qAtc', left])
      : lib.run('sqlite3', ['-readonly', path.join(home.data, 'yike.db'), left]);
  const { child } = await lib.serve(home.data, { db: home.db });
  await lib.sleep(lib.smoke ? 500 : 3000);
  for (const until = Date.now() + HOUR_MS; Number(count()) > 0; await lib.sleep(1000))
    if (Date.now() > until) throw new Error('the jobs of the clock take over an hour');
  await lib.stop(child);
}

// One file of a house of so many orders, by a worker of its own.
async function take(home, format) {
  const house = { ...home, ...(await lib.serve(home.data, { db: home.db })) };
  const pid = worker(house),
    token = rows(home, 'token', 'district');
  await lib.sleep(lib.smoke ? 500 : 3000);
  fs.writeFileSync(`/proc/${pid}/clear_refs`, '5'); // the peak begins anew
  const began = cpuSeconds(pid);
  const batch = await made(house, token, format);
  const taken = { cpu: cpuSeconds(pid) - began, peak: peakMb(pid), size: batch.size / 1e6 };
  await lib.stop(house.child);
  taken.rows = counted(path.join(home.data, 'exports', `${batch.id}.${format}`), format);
  if (taken.rows !== batch.rows_n)
    throw new Error(`${format}: ${taken.rows} rows in the file, ${batch.rows_n} told`);
  return taken;
}

// Without the indexes of `care_order` while the rows go in: on SQLite a tenth of the writing.
function fill(home, n) {
  const db = path.join(home.data, 'yike.db');
  const drop = `SELECT 'DROP INDEX ' || name || ';' FROM sqlite_master
    WHERE type = 'index' AND tbl_name = 'care_order' AND sql IS NOT NULL`;
  if (!home.db) lib.run('sqlite3', [db, lib.run('sqlite3', [db, drop])]);
  rows(home, 'orders', `${n}`);
  lib.run(lib.built('yike'), ['migrate', '--data', home.data, ...(home.db ? ['--db', home.db] : [])]);
}

async function houseOf(n) {
  const pg = lib.option('engine') === 'pg' ? lib.postgres() : null;
  const home = { data: lib.demo(`export-${n}`, pg?.url), db: pg?.url };
  try {
    fill(home, n);
    await settle(home);
    return { xlsx: await take(home, 'xlsx'), csv: await take(home, 'csv') };
  } finally {
    pg?.stop();
  }
}

exports.run = async () => {
  const few = await houseOf(FEW),
    many = await houseOf(MANY);
  for (const format of ['xlsx', 'csv']) {
    const from = few[format],
      to = many[format];
    if (to.rows < MANY) throw new Error(`${format}: only ${to.rows} rows of ${MANY}`);
    const what = `.${format}, ${to.rows} orders`;
    lib.result('export', `${what}: CPU of the worker`, to.cpu, 's', null, true, { mb: to.size });
    lib.result('export', `${what}: peak memory of the worker`, to.peak, 'MB', null);
    lib.result('export', `${what}: above that at ${from.rows}`, to.peak - from.peak, 'MB', GROWS_MB);
  }
};
