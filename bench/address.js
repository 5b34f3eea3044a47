// address.js - matching addresses as people write them: 200,000 of a city of 6,000 compounds.
'use strict';
const lib = require('./lib.js');

exports.run = async () => {
  const count = lib.smoke ? 2000 : 200000;
  const told = JSON.parse(lib.run(lib.built('bench-address'), [String(count)]).trim());
  lib.result('address', `match ${count} addresses, CPU`, told.cpu_s, 's', lib.smoke ? null : 30);
  lib.result('address', 'index of 6,048 compounds, 225,792 entrances, CPU', told.index_s, 's', null);
  lib.result('address', 'at least the building', (100 * (told.door + told.building)) / count, '%', 95, false);
  lib.result('address', 'another compound than meant', told.wrong, '', 0);
};
