// sheet.js - a messy list of 100,000 elders: read, mapped and validated, stored, taken back; CPU.
//
// Then the same file over HTTP as the console sends it, while a page asks how far it is: wall time,
// told beside, as the worker shares the machine with whatever else runs.
'use strict';
const { randomUUID } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const lib = require('./lib.js');

const ROWS = lib.smoke ? 500 : 100000;

async function officer(base) {
  const head = { 'content-type': 'application/json' };
  const ask = async (verb, target, body, type = 'application/json', more = {}) => {
    const key = verb === 'GET' ? {} : { 'idempotency-key': randomUUID() };
    const r = await fetch(base + target, { method: verb, body,
      headers: { ...head, ...key, ...more, 'content-type': type } });
    for (const line of r.headers.getSetCookie()) head.cookie = line.split(';')[0];
    const told = await r.json();
    if (!r.ok) throw new Error(`${target}: ${r.status} ${JSON.stringify(told)}`);
    return told;
  };
  await ask('POST', '/api/session', JSON.stringify({ login: 'district', password: 'anlan-2026-demo' }));
  head['x-yike-csrf'] = (await ask('GET', '/api/session')).csrf;
  return ask;
}

/** One step of the batch to its end: seconds, and how often the page told another count. */
async function stepped(ask, id, action, body, end) {
  const { version } = await ask('GET', `/api/import_batch/${id}`);
  const from = performance.now(), told = new Set();
  await ask('POST', `/api/import_batch/${id}/${action}`, JSON.stringify(body), 'application/json',
    { 'if-match': `"${version}"` });
  for (;;) {
    const { batch, progress } = await ask('GET', `/api/import_batch/${id}/page`);
    if (progress) told.add(progress.done);
    if (batch.state === 'failed') throw new Error(`${action}: ${batch.trouble}`);
    if (batch.state === end) return { seconds: (performance.now() - from) / 1000, told: told.size, batch };
    await new Promise((go) => setTimeout(go, 500));
  }
}

async function overHttp(data) {
  const house = await lib.serve(data);
  const ask = await officer(`http://127.0.0.1:${house.port}`);
  const bytes = fs.readFileSync(path.join(data, 'bench.xlsx'));
  const up = await ask('POST', '/api/import/elder?name=bench.xlsx', bytes, 'application/octet-stream');
  const { sheet, header_row, header_rows, mapping } = up;
  const map = { sheet, header_row, header_rows, mapping, take_phones: true };
  for (const [action, body, end, n] of [['map', map, 'checked', 'rows_n'],
    ['confirm', {}, 'done', 'added_n'], ['undo', { reason: 'bench' }, 'undone', 'undone_n']]) {
    const { seconds, told, batch } = await stepped(ask, up.id, action, body, end);
    lib.result('sheet', `over HTTP, ${action}: ${batch[n]} rows, ${told} counts told`, seconds, 's', null);
  }
  await lib.stop(house.child);
}

exports.run = async () => {
  const data = lib.demo('sheet');
  const said = JSON.parse(lib.run('build/bench-sheet', [data, String(ROWS)]));
  const of = `${said.rows} rows (${said.wrong} wrong)`;
  const read = `${of}: read, mapped, validated, given back`;
  lib.result('sheet', read, said.check_ms / 1000, 's', 10);
  lib.result('sheet', `${said.added} stored`, said.confirm_ms / 1000, 's', 10);
  lib.result('sheet', 'taken back', said.undo_ms / 1000, 's', null);
  await overHttp(data);
};
