// atlas.js - the planning map over the invented city: first question, next, what if, after a change.
'use strict';
const path = require('node:path');
const lib = require('./lib.js');

const marked = { 'first question': null, 'filling it': null, 'by e-bike, first': null };

exports.run = async () => {
  const city = path.join(lib.work, 'planned.roads');
  lib.run(lib.built('bench-city'), [city, ...(lib.smoke ? ['100'] : [])]);
  for (const elders of lib.smoke ? [5000] : [200000, 1000000, 5000000]) {
    const told = lib.run(lib.built('bench-atlas'), [city, String(elders), lib.smoke ? '400' : '16000']);
    for (const line of told.trim().split('\n').map((text) => JSON.parse(text)))
      lib.result('atlas', `${elders} elders: ${line.job}, CPU`, line.cpu_ms, 'ms',
        line.job in marked ? marked[line.job] : 1000, true, { wall_ms: line.wall_ms, rss_mb: line.rss_mb });
  }
};
