// search.js - finding one of five million elders: an open loop of mixed queries, good and bad.
//
// Fills a demo house with N elders (25 districts of 200,000): the indexes of `elder` are dropped,
// rows and entries go in by entity_bulk, `yike migrate` makes the indexes again. Then 100 requests
// a second from 32 connections by staff of a community, a street, a district and the city:
// characters, whole pinyin, initials, mixtures, single letters, frequent and rare names, and one in
// ten the last four digits of a telephone (a write: whom it shows is noted).
// BENCH_PEOPLE=DIR keeps the SQLite house in DIR and uses it again (filling takes a quarter hour).
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const lib = require('./lib.js');

const ELDERS = lib.smoke ? 4000 : 5000000,
  RATE = 100,
  CONNS = 32,
  SECONDS = lib.smoke ? 2 : 30;
const KNOWN = [
  'zs', 'wang', '王', 'li', 'z', 'w', 'x', '英', '秀英', 'wangxiu', 'wxy', 'zhangguoq', '张s', 'zhang三',
  '三', '李g华', 'lgh', 'xiuying', 'yinghua', '单', 'shan', 'danx', 'ceng', 'zeng', '欧阳', 'ouyang', 'oyx',
  'weichi', '𠮷', '王𠮷', 'wangjix', 'wxiu', 'wangxy', 'zhaoguoh', 'liuxiuying', 'qiuying', 'piao', 'gegu',
  'renzhong', '任重', 'jiex', '明', 'guo', 'g', 'liz', '王 英', 'zhang wei', 'xzq', 'qqq', 'abc', 'wangwangwang',
];

// Every third query is somebody who is there, typed whole; the others are the bad ones.
function queries(names) {
  const asked = [];
  for (let i = 0; i < 600; i++) {
    if (i % 10 === 9) asked.push(['number', String((i * 3571) % 10000).padStart(4, '0')]);
    else if (i % 3 === 0) asked.push(['name', names[i % names.length]]);
    else asked.push(['name', KNOWN[(i * 7) % KNOWN.length]]);
  }
  return asked.map(([kind, q]) =>
    kind === 'number'
      ? `/api/search/number?in=elder&q=${q}`
      : `/api/search?in=elder&q=${encodeURIComponent(q)}`,
  );
}

function sql(data, db, statement) {
  return db
    ? lib.run('psql', [db, '-qAtc', statement])
    : lib.run('sqlite3', [path.join(data, 'yike.db'), statement]);
}

function fill(data, db) {
  const list = db
    ? "SELECT indexname FROM pg_indexes WHERE tablename = 'elder' AND indexname NOT LIKE '%pkey'"
    : "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'elder' AND sql IS NOT NULL";
  for (const name of sql(data, db, list).trim().split('\n').filter(Boolean))
    sql(data, db, `DROP INDEX ${name}`);
  const began = Date.now();
  const told = lib.run(lib.built('bench-people'), [data, db || '-', `${ELDERS}`]);
  const filled = Date.now();
  lib.run(lib.built('yike'), ['migrate', '--data', data, ...(db ? ['--db', db] : [])]);
  if (db) sql(data, db, 'VACUUM ANALYZE');
  const took = { rows: (filled - began) / 1000, indexes: (Date.now() - filled) / 1000 };
  return { ...JSON.parse(told), took };
}

function house(name, db) {
  const kept = !db && process.env.BENCH_PEOPLE;
  const note = kept && path.join(kept, 'bench-people.json');
  if (kept && fs.existsSync(note))
    return { data: kept, told: JSON.parse(fs.readFileSync(note, 'utf8')) };
  const data = kept || lib.folder(`search-${name}`);
  lib.run(lib.built('yike'), ['demo', '--data', data, ...(db ? ['--db', db] : [])]);
  const told = fill(data, db);
  if (kept) fs.writeFileSync(note, JSON.stringify(told));
  return { data, told };
}

async function engine(name, db) {
  const { data, told } = house(name, db);
  lib.result('search', `${name}: ${ELDERS} elders and their entries in`, told.took.rows, 's', null);
  lib.result('search', `${name}: the indexes of the rows`, told.took.indexes, 's', null);
  const served = await lib.serve(data, { db });
  for (const scope of ['community', 'street', 'district', 'city']) {
    const lines = queries(told.names).map((at) => ['GET', at, told[scope]]);
    const file = lib.requests(`search-${name}-${scope}`, lines);
    lib.load(served.port, file, { c: 4, n: lines.length });
    const got = lib.load(served.port, file, { c: CONNS, r: RATE, s: SECONDS, p: served.server });
    if (got.bad) throw new Error(`search: ${got.bad} answers were not 200: ${JSON.stringify(got)}`);
    lib.result('search', `${name}, ${scope}: p50`, got.p50_ms, 'ms', null);
    lib.result('search', `${name}, ${scope}: p99`, got.p99_ms, 'ms', scope === 'city' ? 150 : 50);
    lib.result('search', `${name}, ${scope}: CPU of the server a query`, got.cpu_us, 'µs', null);
  }
  await lib.stop(served.child);
}

exports.run = async () => {
  await engine('SQLite');
  if (lib.smoke) return;
  const pg = lib.postgres();
  try {
    await engine('PostgreSQL', pg.url);
  } finally {
    pg.stop();
  }
};
