// sites.js - where to build and who goes with whom: optimum, proof and CPU time, beside CBC and scipy.
//
// BENCH_DATA names another folder of instances than ../shared/data. CBC (Debian: coinor-cbc) and
// scipy (python3-scipy) are asked where they are installed.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const lib = require('./lib.js');

const data = process.env.BENCH_DATA || path.join(lib.root, '../shared/data');

function has(program, ...args) {
  const { status } = lib.spawnSync(program, args, { stdio: 'ignore', timeout: 20000 });
  return status === 0;
}

// The last line of an answer: objective=… bound=… gap_percent=… cpu_s=…
function summed(text) {
  const last = text.trim().split('\n').pop();
  return Object.fromEntries(last.split(' ').map((pair) => pair.split('=').map((n, k) => (k ? +n : n))));
}

const plan = (...args) => summed(lib.run(lib.built('yike'), ['plan', ...args]));

const optima = (file) =>
  fs
    .readFileSync(path.join(data, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','))
    .map((row) => ({ name: row[0], optimum: +row[row.length - 1] }));

// --- the peer CBC: the model as LP, lines short (it cuts words at 1,023 characters) ---

const sum = (terms) => terms.join('\n') || '0 x';

function cbc(name, lp, seconds) {
  if (!has('cbc', 'quit')) return null;
  const file = path.join(lib.work, `${name}.lp`);
  fs.writeFileSync(file, lp);
  const said = lib.run('cbc', [file, 'sec', String(seconds), 'ratio', '0', 'solve', 'quit']);
  const value = (what) => Number((said.match(new RegExp(`${what}\\s+([-\\d.e+]+)`)) || [])[1]);
  return {
    cbc_cpu_s: value('Total time \\(CPU seconds\\):'),
    cbc_objective: value('Objective value:'),
    cbc_proved: /Optimal solution found/.test(said),
  };
}

function coverLp(file, p) {
  const n = fs.readFileSync(file, 'utf8').trim().split(/\s+/).map(Number);
  const [clients, sites, radius] = n;
  const at = (k, size) => n.slice(3 + k, 3 + k + size);
  const site = Array.from({ length: sites }, (_, i) => at(clients * 3 + i * 2, 2));
  const rows = [];
  const weights = [];
  for (let j = 0; j < clients; j++) {
    const [x, y, weight] = at(j * 3, 3);
    const near = site.flatMap(([a, b], i) => ((a - x) ** 2 + (b - y) ** 2 <= radius ** 2 ? [` - y${i}`] : []));
    weights.push(` + ${weight} z${j}`);
    rows.push(`c${j}: z${j}\n${near.join('\n')}\n <= 0`);
  }
  const all = site.map((_, i) => ` + y${i}`);
  return (
    `Maximize\nobj:\n${sum(weights)}\nSubject To\n${rows.join('\n')}\nb:\n${sum(all)}\n <= ${p}\n` +
    `Bounds\n${weights.map((_, j) => `z${j} <= 1`).join('\n')}\nBinaries\n` +
    `${site.map((_, i) => `y${i}`).join('\n')}\nEnd\n`
  );
}

function plantLp(file) {
  const n = fs.readFileSync(file, 'utf8').trim().split(/\s+/).map(Number);
  const [sites, clients] = n;
  const fixed = Array.from({ length: sites }, (_, i) => ` + ${n[3 + i * 2]} y${i}`);
  const costs = [];
  const rows = [];
  for (let j = 0; j < clients; j++) {
    const from = 3 + sites * 2 + j * (sites + 1);
    rows.push(`d${j}:\n${fixed.map((_, i) => ` + x${j}_${i}`).join('\n')}\n = 1`);
    for (let i = 0; i < sites; i++) {
      costs.push(` + ${n[from + i]} x${j}_${i}`);
      rows.push(`l${j}_${i}: x${j}_${i} - y${i} <= 0`);
    }
  }
  return (
    `Minimize\nobj:\n${sum([...fixed, ...costs])}\nSubject To\n${rows.join('\n')}\nBinaries\n` +
    `${fixed.map((_, i) => `y${i}`).join('\n')}\nEnd\n`
  );
}

// --- the jobs ---

function medians() {
  let found = 0,
    proved = 0,
    slowest = 0;
  const known = optima('pmed/optima.csv').slice(0, lib.smoke ? 3 : 20);
  for (const { name, optimum } of known) {
    const got = plan('sites', '--pmed', path.join(data, `pmed/${name}.txt`), '--seconds', '5');
    found += got.objective === optimum && got.cpu_s <= 1;
    proved += got.bound === optimum && got.cpu_s <= 5;
    slowest = Math.max(slowest, got.cpu_s);
  }
  lib.result('sites', `pmed 1-${known.length}: optima in 1 s each`, found, 'of them', known.length, false);
  lib.result('sites', `pmed 1-${known.length}: proved in 5 s each`, proved, 'of them', known.length - 2, false);
  lib.result('sites', 'pmed: the slowest, CPU to the proof', slowest * 1000, 'ms', 5000);
}

function coverings() {
  const file = path.join(data, 'mclp/mclp_5000_500_1.txt');
  for (const [p, optimum] of [
    [20, 56303],
    [50, 91660],
  ]) {
    const got = plan('sites', '--mclp', file, '--p', String(p), '--seconds', '20');
    const peer = lib.smoke ? {} : cbc(`cover${p}`, coverLp(file, p), 60) || {};
    lib.result('sites', `covering 5,000 x 500, p ${p}: proved`, got.bound, 'weight', optimum, true, {
      objective: got.objective,
    });
    lib.result('sites', `covering 5,000 x 500, p ${p}: CPU`, got.cpu_s * 1000, 'ms', 1000, true, peer);
  }
  const swap = JSON.parse(lib.run(lib.built('bench-swap'), [file, '50']));
  lib.result('sites', 'covering: what if this site instead of that', swap.asked_us, 'µs', 10000);
  lib.result('sites', 'covering: a swap done and undone', swap.done_us, 'µs', 10000);
}

function plants() {
  let proved = 0,
    slowest = 0;
  const known = optima('cap/optima.csv');
  for (const { name, optimum } of known) {
    const got = plan('sites', '--cap', path.join(data, `cap/${name}.txt`));
    const close = (value) => Math.abs(value - optimum) < 0.01;
    proved += close(got.objective) && close(got.bound);
    slowest = Math.max(slowest, got.cpu_s);
  }
  const peer = cbc('cap71', plantLp(path.join(data, 'cap/cap71.txt')), 60) || {};
  lib.result('sites', 'cap71-104: optima and proofs', proved, 'of them', known.length, false);
  lib.result('sites', 'cap71-104: the slowest, CPU', slowest * 1000, 'ms', 200, true, peer);
}

// scipy's own time of the same table, which it writes for us.
const scipyAsked = `
import sys, time
import numpy as np
from scipy.optimize import linear_sum_assignment
n, kind, file = int(sys.argv[1]), sys.argv[2], sys.argv[3]
dice = np.random.default_rng(1)
cost = dice.integers(0, 1000000, (n, n)) if kind == 'uniform' else dice.integers(1, int(kind) + 1, (n, n))
np.savetxt(file, cost, fmt='%d', header='%d %d' % (n, n), comments='')
cost, least = cost.astype(float), 1e9
for _ in range(5):
    start = time.process_time()
    i, j = linear_sum_assignment(cost)
    least = min(least, time.process_time() - start)
print('objective=%d cpu_s=%f' % (cost[i, j].sum(), least))
`;

function pairs() {
  if (!has('/usr/bin/python3', '-c', 'import scipy')) {
    console.log('sites: no scipy here (python3-scipy), so no pairs');
    return;
  }
  const n = lib.smoke ? '200' : '2000';
  for (const kind of ['uniform', '2', '10', '100']) {
    const file = path.join(lib.work, `pairs-${kind}.txt`);
    const threads = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
    const peer = summed(lib.run('/usr/bin/python3', ['-c', scipyAsked, n, kind, file], threads));
    const ours = Array.from({ length: 5 }, () => plan('pairs', '--matrix', file));
    const least = Math.min(...ours.map((one) => one.cpu_s));
    if (ours[0].objective !== peer.objective || ours[0].bound !== peer.objective)
      throw new Error(`pairs ${kind}: ${ours[0].objective}, scipy ${peer.objective}`);
    const what = kind === 'uniform' ? 'uniform costs' : `${kind} values`;
    lib.result('sites', `pairs ${n} x ${n}, ${what}: share of scipy's CPU`, least / peer.cpu_s, '', 0.7, true, {
      ours_ms: least * 1000,
      scipy_ms: peer.cpu_s * 1000,
    });
  }
}

exports.run = async () => {
  if (!fs.existsSync(data)) {
    console.log(`sites: no instances in ${data} (BENCH_DATA names another folder)`);
    return;
  }
  medians();
  coverings();
  plants();
  pairs();
};
