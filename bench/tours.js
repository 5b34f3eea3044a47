#!/usr/bin/env node
// tours.js - published tours beside the best known.
//
// node bench/tours.js DATA [--seconds S] [--seed N] [WHAT…]; YIKE=… another program (build/yike).
// DATA holds vrptw/{solomon,homberger,best_known.csv}, hhcrsp/ and homecare/; WHAT is solomon,
// homberger, hhcrsp, homecare or a part of an instance's name (all). One thread, CPU seconds. Each
// answer is checked by the code below, which shares nothing with the program; one that does not
// hold ends the bench. Prints a line an instance and the mean gap in per cent.
'use strict';
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const zlib = require('node:zlib');

const program = process.env.YIKE || path.join(__dirname, '..', 'build', 'yike');
const words = process.argv.slice(2);
const option = (name, usual) => {
  const at = words.indexOf(name);
  return at < 0 ? usual : words.splice(at, 2)[1];
};
const seconds = option('--seconds', '1');
const seed = option('--seed', '1');
const [data, ...wanted] = words;
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'yike-tours-'));

function must(holds, what) {
  if (!holds) throw new Error(what);
}

function solve(file, format) {
  const out = path.join(scratch, 'plan');
  const ran = spawnSync(program, ['plan', 'tours', file, '--format', format, '--seconds', seconds,
    '--seed', seed, '-o', out], { encoding: 'utf8' });
  must(ran.status === 0, `${file}: ${ran.stderr}`);
  return { text: fs.readFileSync(out, 'utf8'), said: ran.stdout.trim().split('\n').pop() };
}

function table(file) {
  const [head, ...rows] = fs.readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, i) => [names[i], cell])));
}

// --- Solomon, in tenths ---

function solomonCost(text, plan) {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const rows = lines.filter((line) => line.length === 7 && line.every(Number.isFinite));
  const fleet = lines.find((line) => line.length === 2 && line.every(Number.isFinite));
  const way = (a, b) => Math.floor(10 * Math.hypot(rows[a][1] - rows[b][1],
    rows[a][2] - rows[b][2]));
  const routes = plan.split('\n').filter((line) => line.startsWith('Route'))
    .map((line) => line.split(':')[1].trim().split(' ').map(Number));
  const seen = new Set(routes.flat());
  must(routes.length <= fleet[0], 'too many vehicles');
  must(seen.size === rows.length - 1 && routes.flat().length === seen.size, 'not each once');
  let cost = 0;
  for (const route of routes) {
    let at = 0, now = 0, load = 0;
    for (const next of [...route, 0]) {
      now = Math.max(now + way(at, next), 10 * rows[next][4]);
      must(now <= 10 * rows[next][5], `late at ${next}`);
      now += 10 * rows[next][6];
      load += rows[next][3];
      cost += way(at, next);
      at = next;
    }
    must(load <= fleet[1], 'too heavy');
  }
  return cost / 10;
}

// --- two-carer visits ---

function twinCost(problem, plan) {
  const patients = new Map(problem.patients.map((p, i) => [p.id, { ...p, place: i + 1 }]));
  const able = new Map(problem.caregivers.map((c) => [c.id, c.abilities]));
  const ways = problem.distances, made = new Map();
  let way = 0, late = 0, most = 0;
  for (const route of plan.routes) {
    let at = 0, now = 0;
    for (const stop of route.locations) {
      const p = patients.get(stop.patient);
      const need = p.required_caregivers.find((n) => n.service === stop.service);
      must(need && able.get(route.caregiver_id).includes(stop.service), 'not able');
      way += ways[at][p.place];
      must(stop.arrival_time >= Math.max(now + ways[at][p.place], p.time_window[0]) - 1e-6,
        'too early');
      made.set(`${p.id} ${stop.service}`, { start: stop.arrival_time, by: route.caregiver_id });
      now = stop.arrival_time + need.duration;
      at = p.place;
    }
    way += ways[at][0];
  }
  for (const p of patients.values()) {
    const starts = p.required_caregivers.map((n) => made.get(`${p.id} ${n.service}`));
    must(starts.every(Boolean), `${p.id} is not made`);
    for (const s of starts) {
      late += Math.max(0, s.start - p.time_window[1]);
      most = Math.max(most, s.start - p.time_window[1]);
    }
    if (starts.length < 2) continue;
    const [low, high] = p.synchronization.type === 'simultaneous' ? [0, 0]
      : p.synchronization.distance;
    const gap = starts[1].start - starts[0].start;
    must(starts[0].by !== starts[1].by && gap >= low - 1e-6 && gap <= high + 1e-6, 'not together');
  }
  return (way + late + most) / 3;
}

// --- a day of home care ---

function dayCost(problem, plan) {
  const jobs = new Map(problem.jobs.map((j) => [j.id, j]));
  const vehicles = new Map(problem.vehicles.map((v) => [v.id, v]));
  const ways = problem.matrices.car.durations, seen = new Set();
  const inside = (windows, t) => windows.some(([from, to]) => t >= from && t <= to);
  let cost = 0;
  for (const route of plan.routes) {
    const v = vehicles.get(route.vehicle);
    let at = v.start_index, way = 0, now = route.steps[0].arrival, breaks = 0, before = 0;
    must(now >= v.time_window[0], 'out too early');
    for (const step of route.steps.slice(1)) {
      must(step.arrival === now + step.duration - before, 'arrival');
      way += step.duration - before;
      before = step.duration;
      const begin = step.arrival + step.waiting_time;
      if (step.type === 'break') {
        const rest = v.breaks[breaks++];
        must(step.service === rest.service && inside(rest.time_windows, begin), 'break');
      } else {
        must(way === ways[at][step.location_index], 'way');
        at = step.location_index;
        way = 0;
      }
      if (step.type === 'job') {
        const job = jobs.get(step.id);
        must(!seen.has(job.id) && step.service === job.service && at === job.location_index &&
          inside(job.time_windows, begin), `job ${job.id}`);
        must((job.skills || []).every((s) => v.skills.includes(s)), 'skills');
        seen.add(job.id);
      }
      now = begin + step.service;
    }
    must(now <= v.time_window[1] && at === v.end_index, 'home too late');
    must(breaks === (v.breaks || []).length, 'breaks');
    cost += before;
  }
  must(seen.size + plan.unassigned.length === jobs.size, 'not each once');
  return cost;
}

// --- the sets ---

function sets() {
  const best = new Map(table(path.join(data, 'vrptw', 'best_known.csv'))
    .map((row) => [row.instance.toUpperCase(), Number(row.dimacs_distance)]));
  const all = [];
  for (const set of ['solomon', 'homberger']) {
    const folder = path.join(data, 'vrptw', set);
    for (const name of fs.readdirSync(folder).sort())
      all.push({ set, name: name.replace('.txt', ''), file: path.join(folder, name),
        format: 'solomon', best: best.get(name.replace('.txt', '').toUpperCase()),
        cost: solomonCost });
  }
  for (const row of table(path.join(data, 'hhcrsp', 'best_known.csv')))
    all.push({ set: 'hhcrsp', name: row.instance, format: 'hhcrsp',
      file: path.join(data, 'hhcrsp', `${row.instance}.json`),
      best: Number(row.best_known_mnsa_ceschia2024),
      cost: (text, plan) => twinCost(JSON.parse(text), JSON.parse(plan)) });
  for (const [name, known] of [['hc_50', 49837], ['hc_400', 188933]])
    all.push({ set: 'homecare', name, format: 'vroom', best: known,
      file: path.join(data, 'homecare', `${name}.json`),
      cost: (text, plan) => dayCost(JSON.parse(text), JSON.parse(plan)) });
  return all.filter((one) => !wanted.length ||
    wanted.some((word) => one.set === word || one.name.includes(word)));
}

function unpacked(file) {
  if (fs.existsSync(file)) return file;
  const plain = path.join(scratch, path.basename(file));
  fs.writeFileSync(plain, zlib.gunzipSync(fs.readFileSync(`${file}.gz`)));
  return plain;
}

function main() {
  const gaps = new Map();
  for (const one of sets()) {
    const file = unpacked(one.file);
    const { text, said } = solve(file, one.format);
    const cost = one.cost(fs.readFileSync(file, 'utf8'), text);
    const gap = 100 * (cost / one.best - 1);
    gaps.set(one.set, [...(gaps.get(one.set) || []), gap]);
    console.log(one.name.padEnd(26), cost.toFixed(1).padStart(10), one.best.toFixed(1).padStart(10),
      `${gap.toFixed(3)} %`.padStart(10), ` ${said}`);
  }
  for (const [set, list] of gaps)
    console.log(`${set}: mean gap ${(list.reduce((a, b) => a + b) / list.length).toFixed(3)} % ` +
      `over ${list.length} instances, ${seconds} CPU s, seed ${seed}`);
}

if (!data) {
  console.error('usage: node bench/tours.js DATA [--seconds S] [--seed N] [WHAT…]');
  process.exit(2);
}
try {
  main();
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
