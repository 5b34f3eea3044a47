// harness.mjs - what every journey needs: a tally, and the house it runs against.
//
// A journey is a list of promises: `test('what must hold', async () => { … })`. A promise that
// throws has failed; the others run all the same, since each journey makes its own people and
// orders. `end()` prints `N passed, N failed` as the last line and sets the exit code.
//
// With `twice()` a promise that failed is tried once more, since a loaded machine can make a page
// late; what held only then is told by name (`UNSTEADY`), and script/test shows it.

import { isDeepStrictEqual, inspect } from 'node:util';
import { onEnd, runEndings } from './endings.mjs';

const tally = { passed: 0, failed: 0, skipped: 0 };
let tries = 1;
const only = process.argv.find((a) => a.startsWith('--only='))?.slice(7) ?? '';
let where = '';

/** What stands before every line until it is said anew: the engine, the face. */
export function within(name) {
  where = name ? `${name}: ` : '';
}

/** From now on a promise that failed is tried a second time. */
export function twice() {
  tries = 2;
}

/** What went wrong when the promise was tried, ended after `limit` seconds; null when it held. */
async function faultOf(run, limit) {
  let timer;
  const late = new Promise((_, no) => {
    timer = setTimeout(() => no(new Error(`took longer than ${limit} s`)), limit * 1000);
  });
  try {
    await Promise.race([run(), late]);
    return null;
  } catch (fault) {
    return fault ?? new Error('threw nothing');
  } finally {
    clearTimeout(timer);
  }
}

const told = (word, name, fault) =>
  console.log(`${word} ${name}\n        ${String(fault.stack ?? fault).replace(/\n/g, '\n        ')}`);

/** Runs one promise; says how long it took, and what went wrong. */
export async function test(name, run, limit = 300) {
  const full = where + name;
  if (!full.includes(only)) return;
  const began = Date.now();
  let fault = await faultOf(run, limit);
  if (fault && tries > 1) {
    told('UNSTEADY', full, fault);
    fault = await faultOf(run, limit);
  }
  if (fault) {
    tally.failed++;
    told('FAILED ', full, fault);
    return;
  }
  tally.passed++;
  console.log(`ok      ${full} (${Date.now() - began} ms)`);
}

/** Something cannot be tried here; says why, and counts it. */
export function skip(name, why) {
  tally.skipped++;
  console.log(`skipped ${where}${name}: ${why}`);
}

export class Fault extends Error {}

export function check(holds, text) {
  if (!holds) throw new Fault(text);
}

export function same(got, want, text) {
  if (!isDeepStrictEqual(got, want))
    throw new Fault(`${text}: got ${inspect(got, { depth: 5 })}, wanted ${inspect(want)}`);
}

/** The answer's status is one of those; else its body is told. */
export function status(answer, ...wanted) {
  if (!wanted.includes(answer.status))
    throw new Fault(
      `${answer.verb} ${answer.path}: got ${answer.status}, wanted ${wanted}: ` +
        `${String(answer.text).slice(0, 600)}`,
    );
  return answer.body;
}

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks again until it holds; after `ms` the last answer is told. */
export async function until(what, ask, ms = 30000, gap = 50) {
  const began = Date.now();
  for (let last; ; await sleep(gap)) {
    try {
      last = await ask();
      if (last) return last;
    } catch (fault) {
      last = fault;
    }
    if (Date.now() - began > ms)
      throw new Fault(`${what} did not come in ${ms} ms: ${inspect(last)}`);
  }
}

export const long = process.argv.includes('--long') || process.env.YIKE_LONG === 'yes';

/** Numbers that look random and are the same each run. */
export function dice(seed) {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export async function end() {
  await runEndings();
  console.log(
    `${tally.passed} passed, ${tally.failed} failed` +
      (tally.skipped ? `, ${tally.skipped} skipped` : ''),
  );
  process.exit(tally.failed || tally.passed === 0 ? 1 : 0);
}

/** A journey that cannot go on at all is a failure with a cause, never a silence. */
async function broken(fault) {
  console.log(`FAILED  ${where}the journey itself\n        ${fault?.stack ?? inspect(fault)}`);
  tally.failed++;
  await end();
}
process.on('unhandledRejection', broken);
process.on('uncaughtException', broken);
for (const name of ['SIGINT', 'SIGTERM'])
  process.on(name, () => runEndings().then(() => process.exit(130)));

export { onEnd };
