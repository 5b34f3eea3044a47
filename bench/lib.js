// lib.js - what every bench shares: servers started and ended, requests asked, results kept.
'use strict';
const { execFile, execFileSync, spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');

const root = path.join(__dirname, '..');
const work = fs.mkdtempSync(path.join(process.env.TMPDIR || '/tmp', 'yike-bench-'));
const smoke = process.argv.includes('--smoke');
// --name=value of the command line; null when it is not given.
const option = (name) => {
  const given = process.argv.find((word) => word.startsWith(`--${name}=`));
  return given ? given.slice(name.length + 3) : null;
};
const running = new Set();
const results = [];
let nextPort = Number(option('port')) || 7450 + Math.floor(Math.random() * 10) * 5;

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const built = (name) => path.join(root, 'build', name);
const folder = (name) => {
  const at = path.join(work, name);
  fs.mkdirSync(at);
  return at;
};
const port = () => nextPort++;

function run(program, args, env = {}) {
  return execFileSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
}

// One figure against its mark. `most`: at most; else at least. `beside`: what else was seen then.
function result(bench, what, value, unit, mark, most = true, beside = {}) {
  const reached = mark === null ? null : most ? value <= mark : value >= mark;
  const figure = Math.round(value * 100) / 100;
  const row = { bench, what, value: figure, unit, mark, most, reached, ...beside };
  results.push(row);
  console.log(JSON.stringify(row));
}

function get(to, target, headers = {}) {
  return new Promise((done, failed) => {
    http
      .get({ port: to, path: target, headers, host: '127.0.0.1' }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => done({ status: answer.statusCode, body: Buffer.concat(parts) }));
      })
      .on('error', failed);
  });
}

async function answers(to, target, seconds = 60) {
  for (const until = Date.now() + seconds * 1000; Date.now() < until; await sleep(20)) {
    const got = await get(to, target).catch(() => null);
    if (got && got.status === 200) return;
  }
  throw new Error(`nothing answered http://127.0.0.1:${to}${target} within ${seconds} s`);
}

function start(program, args, env = {}) {
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  child.said = '';
  child.stderr.on('data', (part) => {
    child.said = (child.said + part).slice(-4000);
  });
  child.ended = new Promise((done) => child.on('exit', done));
  running.add(child);
  return child;
}

async function stop(child) {
  child.kill('SIGTERM');
  await child.ended;
  running.delete(child);
}

const children = (pid) =>
  fs
    .readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
const named = (pid) => fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim();

// yike serve on a data folder; .server is the process that answers.
async function serve(data, { db, env = {}, program = built('yike'), ready = '/livez' } = {}) {
  const at = port();
  const child = start(
    program,
    ['serve', '--data', data, '--port', `${at}`, ...(db ? ['--db', db] : [])],
    env,
  );
  const began = process.hrtime.bigint();
  await answers(at, ready);
  const started_ms = Number(process.hrtime.bigint() - began) / 1e6;
  const server = children(child.pid).find((pid) => named(pid) === 'yike-server');
  return { child, port: at, server, started_ms };
}

// Lines of requests: [method, path, token, body].
function requests(name, lines) {
  const file = path.join(work, `${name}.txt`);
  fs.writeFileSync(file, lines.map((line) => line.map((x) => x || '').join('\t') + '\n').join(''));
  return file;
}

function loadArgs(to, file, options) {
  const args = [`${to}`, file];
  for (const [name, value] of Object.entries(options))
    args.push(`-${name}`, ...(value === true ? [] : [`${value}`]));
  return args;
}

function loaded(text) {
  const told = JSON.parse(text);
  const good = (told.status['200'] || 0) + (told.status['201'] || 0);
  told.bad = told.broken + Object.values(told.status).reduce((a, b) => a + b, 0) - good;
  return told;
}

const load = (to, file, options, env = {}) =>
  loaded(run(built('bench-load'), loadArgs(to, file, options), env));

const loading = async (to, file, options) =>
  loaded((await promisify(execFile)(built('bench-load'), loadArgs(to, file, options))).stdout);

const answersUs = (pid) =>
  fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('postgres: yike ');

// The server and, on PostgreSQL, the database's processes for it: what a request costs in all.
const processes = (house) =>
  [house.server, ...(house.pg ? children(house.pg.postmaster()).filter(answersUs) : [])].join(',');

// An open loop of these requests after each was asked once. Beside it, in the same seconds and as
// many, /livez is asked: it does nothing, so what it takes is the machine's and the loop's share.
async function openLoop(house, bench, what, lines, { mark, rate = 100, conns = 32, seconds = 30 }) {
  const name = `${bench}-${what}`.replace(/[^a-z]+/gi, '-');
  const file = requests(name, lines),
    idle = requests(`${name}-livez`, [['GET', '/livez']]);
  seconds = smoke ? 2 : Number(option('seconds')) || seconds;
  load(house.port, file, { c: 4, n: lines.length });
  const open = { c: conns, r: rate, s: seconds };
  const [told, livez] = await Promise.all([
    loading(house.port, file, { ...open, p: processes(house) }),
    loading(house.port, idle, open),
  ]);
  if (told.bad) throw new Error(`${what}: ${told.bad} answers not 200: ${JSON.stringify(told)}`);
  const beside = { livez_p50: livez.p50_ms, livez_p99: livez.p99_ms, load: os.loadavg()[0] };
  result(bench, `${what}: p50`, told.p50_ms, 'ms', null, true, beside);
  result(bench, `${what}: p99`, told.p99_ms, 'ms', mark, true, beside);
  result(bench, `${what}: CPU a request, with the database's`, told.cpu_us / 1000, 'ms', null);
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

async function end() {
  for (const child of [...running]) await stop(child);
  fs.rmSync(work, { recursive: true, force: true });
}

function cluster(dir, args, stop) {
  const url = run('script/postgres', args).trim();
  const postmaster = () =>
    Number(fs.readFileSync(path.join(dir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  return { url, dir, postmaster, stop: () => run('script/postgres', [stop, dir]) };
}

function postgres() {
  const dir = path.join('/tmp', path.basename(work) + '-pg');
  return cluster(dir, ['start', dir, '--durable'], 'stop');
}

// The cluster in dir, made when it is not there, halted in the end.
function postgresKept(dir) {
  if (!fs.existsSync(dir)) return cluster(dir, ['start', dir, '--durable'], 'halt');
  if (!fs.existsSync(path.join(dir, 'data', 'postmaster.pid')))
    run('script/postgres', ['resume', dir]);
  return cluster(dir, ['url', dir], 'halt');
}

// A house for a bench on 'sqlite' or 'pg', filled by fill(data, db), whose answer is .told. With
// --keep=DIR it stays in DIR/sqlite, or in DIR/pg and DIR/pgdata, and is used again.
function house(bench, engine, fill) {
  const kept = option('keep');
  const at = (name) => (kept ? path.join(kept, name) : path.join(work, `${bench}-${name}`));
  if (kept) fs.mkdirSync(kept, { recursive: true });
  const pg = engine === 'pg' ? (kept ? postgresKept(at('pg')) : postgres()) : null;
  const data = at(pg ? 'pgdata' : engine),
    note = at(`${engine}.json`);
  const made = { data, db: pg?.url, pg };
  const yike = (what) => run(built('yike'), [what, '--data', data, ...(pg ? ['--db', pg.url] : [])]);
  if (fs.existsSync(note)) {
    yike('migrate'); // it may have been made by an older program
    return { ...made, told: JSON.parse(fs.readFileSync(note, 'utf8')) };
  }
  fs.mkdirSync(data, { recursive: true });
  yike('demo');
  const told = fill(data, pg?.url),
    filled = Date.now();
  yike('migrate');
  told.indexes_s = (Date.now() - filled) / 1000;
  fs.writeFileSync(note, JSON.stringify(told));
  return { ...made, told };
}

// The same for each engine in turn (--engine=sqlite|pg: only for that one; --smoke: SQLite).
async function eachEngine(bench, fill, measure) {
  const only = option('engine') || (smoke ? 'sqlite' : null);
  for (const engine of only ? [only] : ['sqlite', 'pg']) {
    const home = house(bench, engine, fill);
    const served = await serve(home.data, { db: home.db });
    try {
      await measure(engine === 'pg' ? 'PostgreSQL' : 'SQLite', { ...home, ...served });
    } finally {
      await stop(served.child);
      home.pg?.stop();
    }
  }
}

function demo(name, db) {
  const data = folder(name);
  run(built('yike'), ['demo', '--data', data, ...(db ? ['--db', db] : [])]);
  return data;
}

module.exports = {
  root,
  work,
  smoke,
  option,
  results,
  sleep,
  built,
  folder,
  port,
  run,
  result,
  get,
  answers,
  start,
  stop,
  children,
  named,
  serve,
  requests,
  load,
  openLoop,
  eachEngine,
  median,
  end,
  postgres,
  demo,
  spawnSync,
};
