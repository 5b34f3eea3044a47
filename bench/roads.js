// roads.js - importing a city and searching its streets, beside figures of other engines.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const lib = require('./lib.js');

const roads = path.join(lib.root, '../shared/data/roads/porto_portugal.osm.pbf');
const file = process.env.BENCH_ROADS || roads;

// Anchors on the same file, CPU of one thread: libosmium's reader 720 ms for the import,
// RoutingKit's Dijkstra 29–32 µs for a 15-minute search at 0.9 m/s.
const marks = { 'search 15 minutes': 29 };

exports.run = async () => {
  if (!fs.existsSync(file)) {
    console.log(`roads: skipped, there is no road file ${file} (BENCH_ROADS names another)`);
    return;
  }
  const made = path.join(lib.work, 'city.roads');
  const cpu = () => {
    const [user, system] = fs
      .readFileSync('/proc/self/stat', 'utf8')
      .split(') ')[1]
      .split(' ')
      .slice(13, 15)
      .map(Number); // of children that have ended
    return (user + system) * 10;
  };
  const from = cpu();
  lib.run(lib.built('yike'), ['roads', 'import', '-o', made, file]);
  lib.result('roads', 'import, CPU', cpu() - from, 'ms', 720);
  const lines = lib
    .run(lib.built('yike'), ['roads', 'bench', made, '--count', lib.smoke ? '100' : '1000'])
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const { job, cpu_us } of lines) lib.result('roads', job, cpu_us, 'µs', marks[job] ?? null);
};
