// trips.js - rounds of delivered meals: sixty and two hundred doors, four who carry.
'use strict';
const lib = require('./lib.js');

exports.run = async () => {
  for (const [doors, boxes, window] of [[60, 15, 90], [60, 8, 90], [200, 20, 90], [200, 20, 240]]) {
    const told = JSON.parse(lib.run(lib.built('bench-trips'), [doors, 4, boxes, window].map(String)).trim());
    lib.result('trips', `${doors} doors, 4 people with ${boxes} boxes, ${window} min: ${told.trips} rounds, `
      + `${told.left} left, CPU`, told.plan_ms, 'ms', null);
  }
};
