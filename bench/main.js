// main.js - measures what docs/PERFORMANCE.md promises: bench/run [--smoke] [NAME…]
//
// Builds the release program and the bench's own, runs each bench (near commit lists logins start
// roads atlas sites trips address sheet search sealing export board), prints a JSON line a figure
// and a table at the end.
// --smoke: small, quick, without peers and marks, to see that the benches work. For search and
// lists, one a run: --keep=DIR leaves their houses in DIR and uses them again, --engine=sqlite|pg
// asks one engine, --seconds=N makes their loops so long. --port=N: the first port to listen on.
// Needs Debian's packages of script/packages.
'use strict';
const lib = require('./lib.js');

const all =
  'near commit lists logins start roads atlas sites trips address sheet search sealing export board'
    .split(' ');
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
for (const name of asked)
  if (!all.includes(name)) {
    console.error(`bench/run: no bench ${name}; there are ${all.join(' ')}`);
    process.exit(2);
  }

function table() {
  for (const row of lib.results) {
    const mark = row.mark === null ? '' : `${row.most ? '≤' : '≥'} ${row.mark}`;
    const told = row.reached === null || lib.smoke ? '' : row.reached ? 'reached' : 'MISSED';
    console.log(
      [
        row.bench.padEnd(8),
        row.what.padEnd(58),
        `${row.value} ${row.unit}`.padStart(14),
        mark.padStart(10),
        told,
        row.livez_p99 === undefined ? '' : `/livez ${row.livez_p50} and ${row.livez_p99} ms,`,
        row.load === undefined ? '' : `load ${row.load}`,
      ].join(' '),
    );
  }
}

(async () => {
  let passed = 0,
    failed = 0;
  lib.run('script/build', ['release']);
  const own = ['load', 'scene', 'rows', 'address', 'sheet', 'people', 'sealing', 'city', 'swap', 'trips', 'atlas'].map(
    (name) => `bench-${name}`,
  );
  lib.run('ninja', ['-C', 'build', ...own, 'fsync_delay.so']);
  for (const name of asked.length ? asked : all) {
    try {
      await require(`./${name}.js`).run();
      passed++;
    } catch (error) {
      console.error(`bench ${name}: ${error.stack}`);
      failed++;
    }
  }
  table();
  await lib.end();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
})();
