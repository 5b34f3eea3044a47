// logins.js - a cold morning: everybody signs in within a minute, half by password, half by code.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');
const lib = require('./lib.js');

const password = 'anlan-2026-demo';
const HALF = lib.smoke ? 20 : 1000,
  SECONDS = lib.smoke ? 2 : 60;

// Codes were sent before; the house's file of messages is where a telephone would have them.
async function codes(data, wanted) {
  const file = path.join(data, 'outbox.jsonl');
  for (let i = 0; i < 300; i++, await lib.sleep(200)) {
    const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
    const sent = lines
      .filter(Boolean)
      .map((line) => JSON.parse(line))
      .filter((line) => line.template === 'sign_in.code');
    if (sent.length >= wanted) return sent.map((line) => [line.address, line.values.code]);
  }
  throw new Error(`logins: fewer than ${wanted} codes in ${file}`);
}

// What a browser loads first: the page and what it names, as it travels.
async function firstPayload(port) {
  const headers = { 'accept-encoding': 'gzip' },
    page = await lib.get(port, '/', headers);
  if (page.status !== 200) return null;
  let text = page.body,
    bytes = text.length;
  if (text[0] === 0x1f) text = zlib.gunzipSync(text);
  const named = [...text.toString().matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)];
  if (!named.length) return null;
  for (const [, at] of named) bytes += (await lib.get(port, at, headers)).body.length;
  return bytes / 1024;
}

exports.run = async () => {
  const data = lib.demo('logins');
  lib.run(lib.built('bench-rows'), [data, '-', 'accounts', `${HALF}`]);
  const house = await lib.serve(data);
  const phones = Array.from({ length: HALF }, (_, i) => `1007${String(i).padStart(7, '0')}`);
  const send = lib.requests(
    'codes',
    phones.map((phone) => ['POST', '/api/session/code', '', JSON.stringify({ phone })]),
  );
  const sent = lib.load(house.port, send, { c: 4, r: 12, n: HALF });
  if (sent.bad) throw new Error(`logins: ${sent.bad} codes were not sent`);
  const lines = (await codes(data, HALF)).flatMap(([phone, code], i) => [
    ['POST', '/api/session', '', JSON.stringify({ login: `bench${i}`, password })],
    ['POST', '/api/session/phone', '', JSON.stringify({ phone, code })],
  ]);
  const told = lib.load(house.port, lib.requests('logins', lines), {
    c: 64,
    r: Math.ceil((2 * HALF) / SECONDS),
    n: 2 * HALF,
    p: house.server,
    f: true,
  });
  lib.result('logins', `${2 * HALF} cold sign-ins in ${told.wall_s} s: errors`, told.bad, '', 0);
  lib.result('logins', 'time for all of them', told.wall_s, 's', lib.smoke ? null : 61);
  lib.result('logins', 'p99', told.p99_ms, 'ms', null);
  lib.result('logins', 'CPU a sign-in', told.cpu_us / 1000, 'ms', null);
  const payload = await firstPayload(house.port);
  if (payload === null) console.log('logins: skipped the first payload, web/dist is not built');
  else lib.result('logins', 'citizen: page, scripts and styles, gzip', payload, 'KiB', 100);
  await lib.stop(house.child);
};
