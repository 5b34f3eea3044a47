// near.js - what is near on foot, beside a peer that answers by straight line; and hello.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const lib = require('./lib.js');

const roads = path.join(lib.root, '../shared/data/roads/porto_portugal.osm.pbf');
const file = process.env.BENCH_ROADS || roads;
const peer = path.join(__dirname, 'peers/near-fastify');
const PLACES = lib.smoke ? 2000 : 100000,
  HOMES = 1000,
  ROUNDS = lib.smoke ? 1 : 7;
const ASKED = lib.smoke ? 1000 : 20000,
  PEER_ASKED = lib.smoke ? 500 : 5000;

function scene() {
  const data = lib.folder('near'),
    yike = lib.built('yike');
  lib.run(yike, ['migrate', '--data', data]);
  lib.run(yike, ['import', 'roads', file, '--data', data]);
  const made = fs.readFileSync(path.join(data, 'roads/current'), 'utf8').trim();
  lib.run(lib.built('bench-scene'), [
    path.join(data, 'roads', made),
    `${PLACES}`,
    `${HOMES}`,
    lib.work,
  ]);
  lib.run(yike, [
    'import',
    'places',
    path.join(lib.work, 'places.csv'),
    '--data',
    data,
    '--city',
    '试算市',
  ]);
  return data;
}

async function peerStart() {
  if (lib.smoke) return null;
  if (!fs.existsSync(path.join(peer, 'node_modules')))
    lib.run('npm', ['ci', '--no-audit', '--no-fund', '--prefix', peer], {
      npm_config_build_from_source: 'true',
      npm_config_nodedir: '/usr',
    });
  const port = lib.port();
  const child = lib.start(process.execPath, [
    path.join(peer, 'server.mjs'),
    path.join(lib.work, 'places.csv'),
    path.join(lib.work, 'peer.db'),
    `${port}`,
  ]);
  await lib.answers(port, '/hello');
  return { child, port };
}

exports.run = async () => {
  if (!fs.existsSync(file)) {
    console.log(`near: skipped, there is no road file ${file} (BENCH_ROADS names another)`);
    return;
  }
  const house = await lib.serve(scene(), { ready: '/api/near?lat=41.15&lon=-8.61' });
  const other = await peerStart();
  const homes = fs
    .readFileSync(path.join(lib.work, 'homes.csv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const asked = path.join(lib.work, 'homes.txt');
  const hello = lib.requests('hello', [['GET', '/livez']]);
  const straight = lib.requests(
    'straight',
    homes.map(([lat, lon]) => ['GET', `/near?lat=${lat}&lon=${lon}`]),
  );
  const peerHello = lib.requests('peer-hello', [['GET', '/hello']]);
  const us = { near: [], hello: [], peer: [], peerHello: [] };
  for (let i = 0; i < ROUNDS; i++) {
    // in turn, so that all see the same machine
    const one = (list, at, lines, n, pid) => {
      const told = lib.load(at, lines, { c: 1, n, w: Math.ceil(n / 10), p: pid });
      if (told.bad) throw new Error(`near: ${told.bad} answers were not 200`);
      list.push(told.cpu_us);
    };
    one(us.near, house.port, asked, ASKED, house.server);
    one(us.hello, house.port, hello, ASKED, house.server);
    if (other) one(us.peer, other.port, straight, PEER_ASKED, other.child.pid);
    if (other) one(us.peerHello, other.port, peerHello, PEER_ASKED, other.child.pid);
  }
  lib.result('near', 'near-me, CPU a request', lib.median(us.near), 'µs', 35);
  lib.result('near', 'near-me, best round', Math.min(...us.near), 'µs', null);
  lib.result('near', 'hello (/livez)', lib.median(us.hello), 'µs', 12);
  if (other) {
    lib.result(
      'near',
      'peer: Fastify, better-sqlite3, straight line',
      lib.median(us.peer),
      'µs',
      null,
    );
    lib.result('near', 'peer: hello', lib.median(us.peerHello), 'µs', null);
    lib.result('near', 'peer ÷ ours', lib.median(us.peer) / lib.median(us.near), '×', 8, false);
    await lib.stop(other.child);
  }
  await lib.stop(house.child);
};
