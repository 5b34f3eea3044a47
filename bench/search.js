// search.js - finding one of five million elders: an open loop of mixed queries, good and bad.
//
// Fills a demo house with N elders (25 districts of 200,000): the indexes of `elder` are dropped,
// rows and entries go in by entity_bulk, `yike migrate` makes the indexes again. Then 100 requests
// a second from 32 connections by staff of a community, a street, a district and the city:
// characters, whole pinyin, initials, mixtures, single letters, frequent and rare names, and one in
// ten the last four digits of a telephone (a write: whom it shows is noted). Then, in a district and
// the city, words that lead to nobody.
// --keep=DIR keeps the houses in DIR and uses them again: filling takes a quarter hour an engine.
'use strict';
const path = require('node:path');
const lib = require('./lib.js');

const ELDERS = lib.smoke ? 4000 : 5000000;
const KNOWN = [
  'zs', 'wang', '王', 'li', 'z', 'w', 'x', '英', '秀英', 'wangxiu', 'wxy', 'zhangguoq', '张s', 'zhang三',
  '三', '李g华', 'lgh', 'xiuying', 'yinghua', '单', 'shan', 'danx', 'ceng', 'zeng', '欧阳', 'ouyang', 'oyx',
  'weichi', '𠮷', '王𠮷', 'wangjix', 'wxiu', 'wangxy', 'zhaoguoh', 'liuxiuying', 'qiuying', 'piao', 'gegu',
  'renzhong', '任重', 'jiex', '明', 'guo', 'g', 'liz', '王 英', 'zhang wei', 'xzq', 'qqq', 'abc', 'wangwangwang',
];
// Mixtures whose beginning is common and whose end is not, letters that nobody begins with.
const NOBODY = [
  'wxun', 'wangxun', 'zhangnue', 'liqq', '王g𠀀', 'lishun', 'chennou', 'xiuyingx', 'zhang qun', '王 尉',
  'wangwangwang', 'xzqqq', 'abc', 'liuguonou', 'yangz龘', 'wuyy龘',
];

const find = (q) => `/api/search?in=elder&q=${encodeURIComponent(q)}`;

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
      : find(q),
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
  return { ...JSON.parse(told), rows_s: (Date.now() - began) / 1000 };
}

const marks = { community: 50, street: 50, district: 50, city: 150 };

async function measure(name, house) {
  const { data, db, told } = house;
  lib.result('search', `${name}: ${ELDERS} elders and their entries in`, told.rows_s, 's', null);
  lib.result('search', `${name}: their indexes and statistics`, told.indexes_s, 's', null);
  const tokens = JSON.parse(lib.run(lib.built('bench-people'), [data, db || '-', 'tokens']));
  for (const [scope, mark] of Object.entries(marks)) {
    const lines = queries(told.names).map((at) => ['GET', at, tokens[scope]]);
    await lib.openLoop(house, 'search', `${name}, ${scope}`, lines, { mark });
  }
  for (const scope of ['district', 'city']) {
    const lines = NOBODY.map((q) => ['GET', find(q), tokens[scope]]);
    await lib.openLoop(house, 'search', `${name}, ${scope}, nobody`, lines, { mark: marks[scope] });
  }
}

exports.run = () => lib.eachEngine('search', fill, measure);
