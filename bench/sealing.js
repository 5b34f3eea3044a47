// sealing.js - what sealing, masking and scope add to a row written and a page listed.
'use strict';
const lib = require('./lib.js');

const rows = lib.smoke ? 4000 : 20000,
  rounds = lib.smoke ? 4 : 20;

exports.run = async () => {
  const asked = [lib.folder('sealing'), '-', `${rows}`, `${rounds}`];
  const said = lib.run(lib.built('bench-sealing'), asked);
  const told = said.trim().split('\n').map(JSON.parse);
  const of = (name) => lib.median(told.map((one) => one[name]));
  // Of each round by itself: what else the machine does then falls on both alike.
  const over = (a, b) => lib.median(told.map((one) => (one[a] / one[b] - 1) * 100));
  lib.result('sealing', 'a row added, all classes open, CPU', of('add_plain'), 'µs', null);
  lib.result('sealing', 'the same row sealed and masked', of('add_sealed'), 'µs', null);
  lib.result('sealing', 'a page of 50 listed, open, no scope, CPU', of('list_plain'), 'µs', null);
  lib.result('sealing', 'the same, sealed and masked', of('list_sealed'), 'µs', null);
  for (const [what, a, b] of [
    ['sealing adds to a row written', 'add_sealed', 'add_plain'],
    ['sealing adds to a page', 'list_sealed', 'list_plain'],
    ['scope adds to an open page', 'list_plain_scope', 'list_plain'],
    ['scope adds to a sealed page', 'list_sealed_scope', 'list_sealed'],
  ])
    lib.result('sealing', what, over(a, b), '%', 5);
};
