// house.mjs - a house to run journeys in: data folder, database, server, its clock.
//
// The demo city takes seconds to make, so it is made once a build, on the day of clock.mjs, and
// copied: the folder as files, on PostgreSQL the database as a template. A test finds its own
// house, changes it as it likes, and nobody else sees it.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onEnd } from './endings.mjs';
import { Client, json } from './client.mjs';
import { dayAt, now, running, standing, start } from './clock.mjs';
import { sleep } from './harness.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const program = process.env.YIKE_PROGRAM ?? path.join(root, 'build/yike');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'journey-'));
onEnd(() => fs.rmSync(scratch, { recursive: true, force: true }));

export const engines = ['sqlite', 'postgres'].filter(
  (e) => (process.argv.find((a) => a.startsWith('--engine='))?.slice(9) ?? e) === e,
);

let made = 0;
export const scratchDir = (name) => path.join(scratch, `${name}-${++made}`);

/** Runs a program to its end; throws with what it said when it fails. */
export function run(file, args, options = {}) {
  const r = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 1 << 26, cwd: root, ...options });
  if (r.status !== 0 && !options.mayFail)
    throw new Error(
      `${file} ${args.join(' ')}: exit ${r.status ?? r.signal}\n${r.stdout}\n${r.stderr}`,
    );
  return r;
}

// --- PostgreSQL ---

let cluster = '';

/** The throw-away cluster: the one of script/test, or one of our own. */
export function postgres() {
  if (!cluster && process.env.YIKE_TEST_PG) cluster = process.env.YIKE_TEST_PG;
  if (!cluster) {
    const dir = fs.mkdtempSync('/tmp/yike-pg-');
    fs.rmdirSync(dir);
    cluster = run(path.join(root, 'script/postgres'), ['start', dir]).stdout.trim();
    onEnd(() => {
      run(path.join(root, 'script/postgres'), ['stop', dir]);
    });
  }
  return cluster;
}

/** A cluster that a journey may take away and bring back. Keeps PostgreSQL's promises. */
export function ownCluster() {
  const dir = fs.mkdtempSync('/tmp/yike-pg-');
  fs.rmdirSync(dir);
  onEnd(() => {
    run(path.join(root, 'script/postgres'), ['stop', dir]);
  });
  return {
    dir,
    url: run(path.join(root, 'script/postgres'), ['start', dir, '--durable']).stdout.trim(),
  };
}

export const databaseUrl = (name, at = postgres()) => at.replace('/postgres?', `/${name}?`);

export function psql(statement, at = postgres()) {
  return run('psql', ['-qtAX', '-v', 'ON_ERROR_STOP=1', '-d', at, '-c', statement]).stdout.trim();
}

// --- the demo city, once ---

/** What the city is made from: the program, the moment. */
const hash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 8);
function built() {
  const state = fs.statSync(program);
  return hash(`${state.mtimeMs} ${state.size}`);
}
const templateName = () => `${built()}_${hash(standing)}`;

function templateFolder(engine) {
  const kept = path.join(root, 'build-test', 'cities');
  const name = templateName();
  if (engine === 'sqlite') return path.join(kept, `${name}-sqlite`);
  return path.join(kept, `${name}-${hash(postgres())}-postgres`);
}

/** Ninety days of orders have left messages to send and the first hours jobs to do: they are done
  once, so that no journey waits behind them. */
async function settle(engine, folder, db) {
  const house = await new House(engine, folder, db).start(standing);
  const waits = [`outbox WHERE state IN ('waiting', 'sending') AND not_before <= ${start}`,
    `job WHERE ended_at IS NULL AND not_before <= ${start}`];
  for (const what of [...waits, ...waits])                // a job may leave messages, these a job
    while (Number(house.sql(`SELECT COUNT(*) FROM ${what}`)[0][0])) await sleep(200);
  await house.stop();
  fs.rmSync(path.join(folder, 'outbox.jsonl'), { force: true });
}

/** Only one process does it at a time; who died while it had the lock has none. */
async function alone(lock, work) {
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (e) {
      if (e.code !== 'EEXIST') throw e;
    }
    const by = fs.existsSync(lock) ? Number(fs.readFileSync(lock, 'utf8')) : 0;
    if (by && !alive(by)) fs.rmSync(lock, { force: true });
    else await sleep(200);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

/** Makes the city unless it is there; suites that begin at once make one. A folder appears whole or not at all. */
async function template(engine) {
  const folder = templateFolder(engine), parent = path.dirname(folder);
  if (fs.existsSync(folder)) return folder;
  fs.mkdirSync(parent, { recursive: true });
  return alone(path.join(parent, `making-${engine}.lock`), async () => {
    if (!fs.existsSync(folder)) await makeCity(engine, folder, parent);
    return folder;
  });
}

async function makeCity(engine, folder, parent) {
  const fresh = fs.mkdtempSync(path.join(parent, 'making-'));
  let db = '';
  if (engine === 'postgres') {
    const name = `city_${templateName()}`;
    psql(`DROP DATABASE IF EXISTS ${name}`);
    psql(`CREATE DATABASE ${name}`);
    db = databaseUrl(name);
  }
  run(program, ['demo', '--data', fresh, ...(db ? ['--db', db] : [])], { env: envAt(standing) });
  await settle(engine, fresh, db);
  for (const old of fs.readdirSync(parent))
    if (old.endsWith(`-${engine}`) && !old.startsWith(built()))    // other days of this build stay
      fs.rmSync(path.join(parent, old), { recursive: true, force: true });
  fs.renameSync(fresh, folder);
}

// --- the server ---

async function freePort() {
  const s = net.createServer();
  await new Promise((done) => s.listen(0, '127.0.0.1', done));
  const { port } = s.address();
  await new Promise((done) => s.close(done));
  return port;
}

const alive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A data folder with its database, and the server on it when it runs. */
export class House {
  constructor(engine, data, db) {
    Object.assign(this, { engine, data, db, child: null, said: '', clock: '' });
  }

  get options() {
    return ['--data', this.data, ...(this.db ? ['--db', this.db] : [])];
  }

  /** The moment, in milliseconds, that its clock tells. */
  now() {
    return this.clock ? Date.parse(this.clock) : now();
  }

  /** Its today in China, and so many days later. */
  inDays(n) {
    return dayAt(this.now() + n * 864e5);
  }

  /** One command of the program on this house, at its moment. */
  command(...args) {
    const r = run(program, [...args, ...this.options], { mayFail: true, env: envAt(this.clock) });
    return { code: r.status, text: r.stdout + r.stderr };
  }

  /** Starts the server; `clock` (a moment) makes time stand still there, else it runs. */
  async start(clock = this.clock) {
    this.clock = clock;
    this.port ??= await freePort();
    this.base = `http://127.0.0.1:${this.port}`;
    this.child = spawn(
      program,
      ['serve', '--port', String(this.port), ...this.options, ...(clock ? ['--clock', clock] : [])],
      { cwd: root, env: envAt(clock), stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const child = this.child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (d) => {
        this.said = (this.said + d).slice(-200000);
      });
    this.ended = new Promise((done) => child.on('exit', (code, signal) => done(signal ?? code)));
    this.undo = onEnd(() => this.stop());
    await this.ready();
    return this;
  }

  /** Waits until the server says it is well. */
  async ready(ms = 30000) {
    const began = Date.now();
    for (;;) {
      try {
        const r = await fetch(`${this.base}/healthz`);
        if (r.ok) return;
      } catch {
        /* not yet */
      }
      if (Date.now() - began > ms || this.child.exitCode !== null)
        throw new Error(`the server is not well:\n${this.said.slice(-3000)}`);
      await sleep(40);
    }
  }

  /** Processes of this house by name: supervisor, yike-server, yike-worker. */
  processes() {
    const found = { supervisor: this.child?.pid };
    const text = run('ps', ['-o', 'pid=,comm=', '--ppid', String(this.child.pid)], {
      mayFail: true,
    }).stdout;
    for (const line of text.trim().split('\n')) {
      const [, pid, name] = line.match(/^\s*(\d+)\s+(.*)$/) ?? [];
      if (pid) found[name] = Number(pid);
    }
    return found;
  }

  async stop(signal = 'SIGTERM') {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode) return;
    child.kill(signal);
    const hard = setTimeout(() => child.kill('SIGKILL'), 15000);
    await this.ended;
    clearTimeout(hard);
  }

  /** The same house at another moment. */
  async restart(clock) {
    await this.stop();
    return this.start(clock);
  }

  /** Messages that left the house, of one template and address, oldest first. */
  messages(templateName = '', address = '') {
    const file = path.join(this.data, 'outbox.jsonl');
    if (!fs.existsSync(file)) return [];
    return fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((l) => json(l))
      .filter(
        (m) =>
          m &&
          (!templateName || m.template === templateName) &&
          (!address || m.address === address),
      );
  }

  /** A column of bytes, as sql() can give it: in hex. */
  hex(column) {
    return this.db ? `encode(${column}, 'hex')` : `hex(${column})`;
  }

  /** Rows of a statement on the house's own database, values as texts: for what no answer may tell. */
  sql(statement) {
    const apart = ['\x1f', '\x1e'];                       // between values, after a row
    const { stdout } = this.db
      ? run('psql', ['-qtAX', '-v', 'ON_ERROR_STOP=1', '-F', apart[0], '-R', apart[1],
        '-d', this.db, '-c', statement])
      : run('sqlite3', ['-batch', '-noheader', '-cmd', '.timeout 20000', '-separator', apart[0],
        '-newline', apart[1], path.join(this.data, 'yike.db'), statement]);
    return stdout ? stdout.slice(0, -1).split(apart[1]).map((row) => row.split(apart[0])) : [];
  }

  /** A visitor who has not signed in. */
  visitor() {
    return new Client(this);
  }

  alive(name) {
    const pid = this.processes()[name];
    return pid !== undefined && alive(pid);
  }
}

/** What a command of the program finds around it: its clock, and nothing of ours. */
export function envAt(clock) {
  const env = { ...process.env, YIKE_CLOCK: clock || running };
  delete env.YIKE_DATA;
  delete env.YIKE_DB;
  return env;
}

/** A database of its own: a copy of the city's, taken over to `cluster` when that is another. */
function newDatabase(empty, cluster) {
  const name = `journey_${process.pid}_${++made}`,
    city = `city_${templateName()}`;
  const copy = !empty && cluster === postgres();
  psql(`CREATE DATABASE ${name}` + (copy ? ` TEMPLATE ${city}` : ''), cluster);
  if (!empty && !copy)
    run('bash', [
      '-c',
      'set -o pipefail; pg_dump -d "$0" | psql -q -d "$1" -v ON_ERROR_STOP=1 >/dev/null',
      databaseUrl(city),
      databaseUrl(name, cluster),
    ]);
  if (cluster === postgres())
    onEnd(() => {
      psql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    });
  return databaseUrl(name, cluster);
}

/** A copy of the demo city, or with `empty` a house with tables and nothing in them. */
export async function newHouse(engine, { empty = false, cluster = '' } = {}) {
  const data = scratchDir(engine);
  if (!empty) fs.cpSync(await template(engine), data, { recursive: true });
  const db = engine === 'postgres' ? newDatabase(empty, cluster || postgres()) : '';
  const house = new House(engine, data, db);
  if (empty) house.command('migrate');
  return house;
}
