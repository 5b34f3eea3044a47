// lists.js - a page of a million orders: two filters and a sort, in an open loop.
'use strict';
const lib = require('./lib.js');

const ROWS = lib.smoke ? 5000 : 1000000,
  RATE = 100,
  CONNS = 32,
  SECONDS = lib.smoke ? 2 : 15;
const STATES = ['placed', 'accepted', 'served', 'confirmed', 'rated', 'cancelled'];

async function engine(name, db) {
  const data = lib.demo(`lists-${name}`, db);
  const rows = (...args) => lib.run(lib.built('bench-rows'), [data, db || '-', ...args]).trim();
  const who = {
    community: rows('token', 'worker'),
    street: rows('token', 'street'),
    city: rows('token', 'district'),
  };
  rows('orders', `${ROWS}`);
  if (db) lib.run('psql', [db, '-qc', 'ANALYZE']);
  const house = await lib.serve(data, { db });
  for (const [scope, token] of Object.entries(who)) {
    const lines = STATES.flatMap((state) =>
      ['true', 'false'].flatMap((paid) =>
        ['day', '-day'].map((sort) => [
          'GET',
          `/api/care_order?state=${state}&paid=${paid}&sort=${sort}&size=20`,
          token,
        ]),
      ),
    );
    const file = lib.requests(`lists-${scope}`, lines);
    lib.load(house.port, file, { c: 4, n: lines.length });
    const told = lib.load(house.port, file, { c: CONNS, r: RATE, s: SECONDS, p: house.server });
    if (told.bad) throw new Error(`lists: ${told.bad} answers were not 200`);
    lib.result('lists', `${name}, ${scope}: p99`, told.p99_ms, 'ms', scope === 'city' ? 300 : 50);
    lib.result('lists', `${name}, ${scope}: CPU of the server a page`, told.cpu_us, 'µs', null);
  }
  await lib.stop(house.child);
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
