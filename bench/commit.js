// commit.js - whole orders (slot, order, parts, history, event, message) on a disk of 5 ms fsyncs.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const lib = require('./lib.js');

const DELAY_US = 5000,
  DAYS = 6,
  SLOTS = 48;
const seconds = lib.smoke ? 2 : 8;

function orders(data, db) {
  const rows = (...args) => lib.run(lib.built('bench-rows'), [data, db || '-', ...args]).trim();
  const token = rows('token', 'clerk'),
    offer = rows('offer'),
    lines = [];
  const today = Math.floor(Date.now() / 86400000 + 8 / 24);
  for (let i = 0; i < DAYS * SLOTS; i++) {
    const day = new Date((today + 1 + Math.floor(i / SLOTS)) * 86400000).toISOString().slice(0, 10);
    lines.push([
      'POST',
      '/api/order',
      token,
      JSON.stringify({
        offer,
        slot: `${day}.${(i % SLOTS) * 30}`,
        for_name: '周试算',
        for_phone: `100${String(i).padStart(8, '0')}`,
        for_address: '试算路 1 号',
      }),
    ]);
  }
  return lib.requests(`orders-${path.basename(data)}`, lines);
}

const shim = (delay, count) => ({
  LD_PRELOAD: lib.built('fsync_delay.so'),
  BENCH_FSYNC_US: `${delay}`,
  ...(count ? { BENCH_FSYNC_COUNT: count } : {}),
});

async function measure(data, conns, { db, env, program, count }) {
  const house = await lib.serve(data, { db, env, program });
  const file = orders(data, db);
  lib.load(house.port, file, { c: conns, n: conns * 2 });
  const synced = () => (count ? Number(fs.readFileSync(count).readBigUInt64LE()) : 0);
  const before = synced();
  const told = lib.load(house.port, file, { c: conns, s: seconds, p: house.server });
  told.syncs = synced() - before;
  await lib.stop(house.child);
  if (told.bad) throw new Error(`commit: ${told.bad} orders failed: ${JSON.stringify(told)}`);
  return told;
}

// The same program with groups of one: what a commit per request costs.
function programAlone() {
  const dir = path.join(lib.root, 'build-alone');
  if (!fs.existsSync(path.join(dir, 'build.ninja')))
    lib.run('meson', ['setup', dir, '-Doptimization=2', '-Dc_args=-DYIKE_GROUP_MAX=1'], {
      CC: 'gcc',
    });
  lib.run('ninja', ['-C', dir, 'yike']);
  return path.join(dir, 'yike');
}

exports.run = async () => {
  const data = lib.demo('commit'),
    alone = programAlone();
  const count = path.join(lib.work, 'fsyncs');
  for (const [conns, mark] of [
    [32, 12],
    [128, 40],
  ]) {
    const single = await measure(data, conns, { env: shim(DELAY_US), program: alone });
    const grouped = await measure(data, conns, { env: shim(DELAY_US) });
    lib.result('commit', `commit per request, ${conns} connections`, single.per_s, '/s', null);
    lib.result('commit', `one writer grouping, ${conns} connections`, grouped.per_s, '/s', null);
    lib.result('commit', `  its p99`, grouped.p99_ms, 'ms', null);
    lib.result('commit', `  its CPU an order`, grouped.cpu_us, 'µs', null);
    lib.result(
      'commit',
      `grouping ÷ commit per request, ${conns}`,
      grouped.per_s / single.per_s,
      '×',
      mark,
      false,
    );
  }
  const plain = await measure(data, 32, { env: shim(0, count), count });
  lib.result(
    'commit',
    'fsyncs an order, 32 connections, disk as it is',
    plain.syncs / plain.answers,
    '',
    0.1,
  );
  lib.result('commit', 'orders, 32 connections, disk as it is', plain.per_s, '/s', null);
  if (lib.smoke) return;
  process.env.LD_PRELOAD = lib.built('fsync_delay.so'); // its backends wait as well
  process.env.BENCH_FSYNC_US = `${DELAY_US}`;
  const pg = lib.postgres();
  delete process.env.LD_PRELOAD;
  delete process.env.BENCH_FSYNC_US;
  try {
    const url = pg.url,
      on = lib.demo('commit-pg', url);
    for (const conns of [32, 128]) {
      const told = await measure(on, conns, { db: url });
      lib.result('commit', `PostgreSQL 15, ${conns} connections`, told.per_s, '/s', null);
    }
  } finally {
    pg.stop();
  }
};
