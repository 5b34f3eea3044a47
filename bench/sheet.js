// sheet.js - a messy list of 100,000 elders: read, mapped and validated, stored, taken back; CPU.
'use strict';
const lib = require('./lib.js');

const ROWS = lib.smoke ? 500 : 100000;

exports.run = async () => {
  const data = lib.demo('sheet');
  const said = JSON.parse(lib.run('build/bench-sheet', [data, String(ROWS)]));
  const of = `${said.rows} rows (${said.wrong} wrong)`;
  const read = `${of}: read, mapped, validated, given back`;
  lib.result('sheet', read, said.check_ms / 1000, 's', 10);
  lib.result('sheet', `${said.added} stored`, said.confirm_ms / 1000, 's', 10);
  lib.result('sheet', 'taken back', said.undo_ms / 1000, 's', null);
};
