// lib.js - what every bench shares: servers started and ended, requests asked, results kept.
'use strict';
const { execFileSync, spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const root = path.join(__dirname, '..');
const work = fs.mkdtempSync(path.join(process.env.TMPDIR || '/tmp', 'yike-bench-'));
const smoke = process.argv.includes('--smoke');
const running = new Set();
const results = [];
let nextPort = 7450 + Math.floor(Math.random() * 10) * 5;

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

// One figure against its mark. `most`: at most; else at least.
function result(bench, what, value, unit, mark, most = true) {
  const reached = mark === null ? null : most ? value <= mark : value >= mark;
  const row = { bench, what, value: Math.round(value * 100) / 100, unit, mark, most, reached };
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

function load(to, file, options, env = {}) {
  const args = [`${to}`, file];
  for (const [name, value] of Object.entries(options))
    args.push(`-${name}`, ...(value === true ? [] : [`${value}`]));
  const told = JSON.parse(run(built('bench-load'), args, env));
  const good = (told.status['200'] || 0) + (told.status['201'] || 0);
  told.bad = told.broken + Object.values(told.status).reduce((a, b) => a + b, 0) - good;
  return told;
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

async function end() {
  for (const child of [...running]) await stop(child);
  fs.rmSync(work, { recursive: true, force: true });
}

function postgres() {
  const dir = path.join('/tmp', path.basename(work) + '-pg');
  const url = run('script/postgres', ['start', dir, '--durable']).trim();
  return { url, dir, stop: () => run('script/postgres', ['stop', dir]) };
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
  serve,
  requests,
  load,
  median,
  end,
  postgres,
  demo,
  spawnSync,
};
