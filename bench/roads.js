// roads.js - importing a city and asking it, one home at a time and all at once.
//
// BENCH_ROADS names another map than Porto. The invented city of a million nodes is made here.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const lib = require('./lib.js');

const porto = path.join(lib.root, '../shared/data/roads/porto_portugal.osm.pbf');
const file = process.env.BENCH_ROADS || porto;

// What is looked at of each job's line, and its mark. Beside them what other engines took on the
// same file with every shape point (300,735 of them), 0.9 m/s and 2,000 places, CPU of one thread:
// nearest: pandana 1,900 ms, plain C 100; people: pandana 6,400, RoutingKit 3,300, batches in C 470;
// circle: RoutingKit's Dijkstra 32 µs, pandana 720; hierarchy and table: RoutingKit 4,000 and 165 ms.
const marks = {
  'nearest places of every point': ['cpu_s', 40],
  'people within reach of every point': ['cpu_s', 250],
  'circle search': ['each_us', 20],
  'circle: search and polygon': ['each_us', 150],
  'make the hierarchy': ['cpu_s', 4000],
  'matrix without limit': ['cpu_s', 100],
};
// The invented city, where nothing but one street in four can be collapsed: plain C took 300 ms,
// RoutingKit 400; for people RoutingKit 41,000 ms, batches in C 3,100 to 3,800.
const cityMarks = { 'nearest places of every point': ['cpu_s', 120] };

function cpuOfChildren() {
  const [user, system] = fs
    .readFileSync('/proc/self/stat', 'utf8')
    .split(') ')[1]
    .split(' ')
    .slice(13, 15)
    .map(Number); // of children that have ended
  return (user + system) * 10;
}

function tell(where, line, known) {
  const whole = line.n === 1 || /every|make|find/.test(line.job);
  const [figure, mark] = known[line.job] ?? [whole ? 'cpu_s' : 'each_us', null];
  const value = figure === 'cpu_s' ? line.cpu_s * 1000 : line.each_us;
  lib.result('roads', `${where}: ${line.job}`, value, figure === 'cpu_s' ? 'ms' : 'µs', mark, true, {
    checksum: line.checksum,
    rss_mb: line.rss_mb,
  });
}

function bench(where, made, known, options) {
  const small = ['--count', '100', '--matrix', '50', '--rounds', '1', '--places', '200'];
  lib
    .run(lib.built('yike'), ['roads', 'bench', made, ...(lib.smoke ? small : []), ...options])
    .trim()
    .split('\n')
    .forEach((line) => tell(where, JSON.parse(line), known));
}

// Debian's engines on one net in this very run; what is not installed is left out (script/packages).
function beside() {
  const made = lib.folder('peers');
  const script = path.join(lib.root, 'bench/peers/roads.py');
  const lines = lib
    .run('/usr/bin/python3', [script, lib.built('yike'), made, lib.smoke ? '40' : '300'])
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const ours = Object.fromEntries(lines.filter((l) => l.engine === 'yike').map((l) => [l.job, l.ms]));
  for (const { job, engine, ms } of lines)
    if (engine === 'yike') lib.result('roads', `grid: ${job}, CPU`, ms, 'ms', null);
    else lib.result('roads', `grid: ${job}: ${engine} ÷ ours`, ms / ours[job], '×', null, false, { ms });
}

exports.run = async () => {
  if (!lib.smoke) beside();
  const city = path.join(lib.work, 'invented.roads');
  lib.run(lib.built('bench-city'), [city, ...(lib.smoke ? ['100'] : [])]);
  bench('invented city', city, cityMarks, ['--only', 'every point']);
  if (!fs.existsSync(file)) {
    console.log(`roads: no road file ${file}, so no real city (BENCH_ROADS names another)`);
    return;
  }
  const made = path.join(lib.work, 'city.roads');
  const from = cpuOfChildren();
  lib.run(lib.built('yike'), ['roads', 'import', '-o', made, file]);
  lib.result('roads', 'import, CPU', cpuOfChildren() - from, 'ms', 450);
  bench('Porto', made, marks, lib.smoke ? [] : ['--rounds', '9']);
};
