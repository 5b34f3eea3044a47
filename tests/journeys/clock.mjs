// clock.mjs - the day on which every journey is played: one for all, and never today's.
//
// The demo city is made at `start`, houses stand at a moment near it (`house.start(moment(day, 540))`)
// or run on from it, pages of the browser and the journeys' own code go by the same clock. So a
// journey says the same at half past five on a Sunday as on a Tuesday morning. Another day:
//
//   YIKE_TEST_NOW=2027-02-28T23:50+08:00 node tests/journeys/api.mjs
//
// Nothing in a journey asks the machine for the day (tools/tidy says so); how long something took
// and what a name is made of may still be Date.now().

const ORDINARY = '2026-11-18T10:00+08:00';             // a Wednesday; no holiday and no month's end near

export const start = Date.parse(process.env.YIKE_TEST_NOW || ORDINARY);
if (Number.isNaN(start))
  throw new Error(`YIKE_TEST_NOW is no moment such as ${ORDINARY}: ${process.env.YIKE_TEST_NOW}`);

const DAY_MS = 86400e3;
const CHINA_MS = 8 * 3600e3;

/** Whole seconds by which the journeys are ahead of the machine; the same as long as they run. */
export const ahead_s = Math.ceil((start - Date.now()) / 1000);

/** The moment, in milliseconds, of a house whose clock runs. */
export const now = () => Date.now() + ahead_s * 1000;

/** What YIKE_CLOCK says of a clock that runs on from the start; and of one that stands there. */
export const running = `${ahead_s < 0 ? '' : '+'}${ahead_s}`;
export const standing = new Date(start).toISOString();

/** The day in China of a moment in milliseconds. */
export const dayAt = (ms) => new Date(ms + CHINA_MS).toISOString().slice(0, 10);

/** Today in China, and so many days later, and of any day. */
export const today = () => dayAt(now());
export const inDays = (n) => dayAt(now() + n * DAY_MS);
export const plus = (day, n) => new Date(Date.parse(day) + n * DAY_MS).toISOString().slice(0, 10);

/** A minute of a day as a moment in China. */
export function moment(day, minute) {
  const hh = String(Math.floor(minute / 60)).padStart(2, '0'),
    mm = String(minute % 60).padStart(2, '0');
  return `${day}T${hh}:${mm}:00+08:00`;
}

/** The first working day (Monday to Friday) after the start, in China. */
export function workday() {
  let day = dayAt(start);
  do day = plus(day, 1);
  while ([0, 6].includes(new Date(day).getUTCDay()));
  return day;
}

/** In a page: its Date is so many milliseconds ahead of the machine's; timers are left alone. */
export function shiftDate(ahead_ms) {
  const Real = Date, now = () => Real.now() + ahead_ms;
  globalThis.Date = new Proxy(Real, {
    construct: (real, args, target) => Reflect.construct(real, args.length ? args : [now()], target),
    apply: () => new Real(now()).toString(),
    get: (real, key) => (key === 'now' ? now : Reflect.get(real, key)),
  });
}
