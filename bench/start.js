// start.js - from the command to the first answer, and what the idle demo house holds in memory.
'use strict';
const fs = require('node:fs');
const lib = require('./lib.js');

const IDLE_S = lib.smoke ? 1 : 20;

function pss_mb(pids) {
  let kb = 0;
  for (const pid of pids)
    kb += +/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1];
  return kb / 1024;
}

exports.run = async () => {
  const data = lib.demo('start'),
    times = [];
  let house;
  for (let i = 0; i < (lib.smoke ? 1 : 5); i++) {
    if (house) await lib.stop(house.child);
    const began = process.hrtime.bigint();
    house = await lib.serve(data, { ready: '/healthz' });
    times.push(Number(process.hrtime.bigint() - began) / 1e9);
  }
  lib.result('start', 'yike serve to its first answer, wall', lib.median(times), 's', 1);
  lib.result('start', 'the same, best of five', Math.min(...times), 's', null);
  await lib.answers(house.port, '/api/near?lat=30.5&lon=125.5').catch(() => null);
  await lib.sleep(IDLE_S * 1000);
  const pids = [house.child.pid, ...lib.children(house.child.pid)];
  lib.result('start', `PSS of all ${pids.length} processes, idle`, pss_mb(pids), 'MB', 120);
  await lib.stop(house.child);
};
