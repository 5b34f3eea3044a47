// board.js - the dispatch board on a full day in a real browser: 68 carers, 400 visits that are
// orders of a running house, planned by its own re-plan. What a first look costs, and a drag.
'use strict';
const lib = require('./lib.js');

const CARERS = lib.smoke ? 12 : 68;
const VISITS = lib.smoke ? 40 : 400;
const MOVES = 120;
const AHEAD_DAYS = 9;
const SKILLS = ['bath', 'clean', 'meal', 'walk', 'medical', 'hair', 'repair', 'companion', 'nurse'];

async function staffed(manager) {
  const { carers } = await manager.read('/api/dispatch/day');
  for (let i = carers.length; i < CARERS; i++) {
    const carer = await manager.write('/api/carer', {
      org: manager.me.org,
      name: `周${'甲乙丙丁戊己庚辛'[i % 8]}${'一二三四五六七八九十'[i % 10]}`,
      gender: i % 5 ? 'female' : 'male',
      travel: i % 3 ? 'ebike' : 'walk',
      skills: SKILLS,
    });
    await manager.write('/api/shift', {
      carer: carer.id,
      week: i % 2 ? 'Mo-Su 08:00-12:00,13:00-17:30' : 'Mo-Su 07:30-17:00',
      valid_from: '2020-01-01',
    });
  }
}

// Orders of every offer at home, at its times in turn, each at another building.
async function ordered(scene, manager, day) {
  const offers = Object.values(await scene.offersOf(manager, manager.me.org));
  const homes = offers.filter((o) => o.about.at_home !== false && o.about.category !== 'meal');
  for (const o of homes) await manager.patch(`/api/offer/${o.id}`, { capacity: 200 }, o.version);
  const slots = [];
  for (const o of homes)
    for (const s of await scene.timesOf(manager, o, { from: day, days: 1 })) slots.push([o, s]);
  if (!slots.length) throw new Error(`no times on ${day}`);
  let placed = 0;
  for (let i = 0; placed < VISITS && i < 4 * VISITS; i++) {
    const [offer, slot] = slots[i % slots.length];
    const address = `柳荫里 ${1 + (i % 24)} 号楼 ${1 + (i % 4)} 单元 ${101 + (i % 6) * 100}`;
    const made = await manager.post('/api/order', scene.orderFor(offer, slot, { for_address: address }));
    if (made.status > 299) continue;
    const order = made.body.order ?? made.body;
    if (order.state === 'placed')
      await manager.post(`/api/care_order/${order.id}/accept`, {}, { version: order.version });
    placed++;
  }
  return placed;
}

async function planned(manager, day) {
  for (let round = 0; round < 4; round++) {
    const plan = await manager.write('/api/dispatch/replan', { day });
    const changes = plan.changes.map(({ order, order_version, visit_version, carer, start_min }) => ({
      order, order_version, visit_version, carer, start_min }));
    if (!changes.length) return;
    await manager.write('/api/dispatch/apply', { day, changes });
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

async function asked(manager, day) {
  const took = [];
  for (let i = 0; i < 9; i++) {
    const began = performance.now();
    await manager.read(`/api/dispatch/day?day=${day}`);
    took.push(performance.now() - began);
  }
  lib.result('board', 'a day of 400 asked again', median(took), 'ms', null);
}

// Script and task time of the page between two moments, as the browser counts them.
async function metrics(cdp) {
  const { metrics: all } = await cdp.send('Performance.getMetrics');
  const of = (name) => all.find((m) => m.name === name).value * 1000;
  return { script: of('ScriptDuration'), task: of('TaskDuration'), layout: of('LayoutDuration') };
}

async function opened(screen, house, day, password) {
  const browser = await screen.launch();
  const page = await screen.pageOf(browser, 1440, 900);
  await page.goto(`${house.base}/console/`);
  await page.locator('#login').fill('manager');
  await page.locator('#password').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('.page-head').first().waitFor();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.addInitScript(() => {
    globalThis.longest = 0;
    new PerformanceObserver((list) => {
      for (const e of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, e.duration);
    }).observe({ type: 'longtask', buffered: true });
    new MutationObserver((_, watch) => {
      if (!document.querySelector('[data-order]')) return;
      globalThis.blocks = performance.now();
      watch.disconnect();
    }).observe(document, { subtree: true, childList: true });
  });
  await page.goto(`${house.base}/console/#/dispatch?day=${day}`);
  await page.reload();
  await page.locator('[data-order]').first().waitFor();
  await page.waitForTimeout(1500);
  const first = await page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    blocks: globalThis.blocks, longest: globalThis.longest,
    drawn: document.querySelectorAll('[data-order]').length,
  }));
  const spent = await metrics(cdp);
  lib.result('board', 'first paint of the page', first.paint, 'ms', null);
  lib.result('board', 'first visits drawn', first.blocks, 'ms', null);
  lib.result('board', 'script of opening', spent.script, 'ms', null);
  lib.result('board', 'longest task of opening', first.longest, 'ms', null);
  lib.result('board', 'visits that stand in the page', first.drawn, '', null);
  return { browser, page, cdp };
}

async function dragged({ page, cdp }) {
  const block = page.locator('[data-order]').nth(5);
  const at = await block.boundingBox();
  await page.evaluate(() => { globalThis.longest = 0; });
  await page.mouse.move(at.x + 12, at.y + at.height / 2);
  const before = await metrics(cdp);
  await page.mouse.down();
  for (let i = 1; i <= MOVES; i++)
    await page.mouse.move(at.x + 12 + i * 3, at.y + at.height / 2 + (i % 40) * 6);
  await page.waitForTimeout(800);
  const after = await metrics(cdp);
  const longest = await page.evaluate(() => globalThis.longest);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  lib.result('board', `script of a drag of ${MOVES} moves`, after.script - before.script, 'ms', null);
  lib.result('board', 'layout of it', after.layout - before.layout, 'ms', null);
  lib.result('board', 'all tasks of it', after.task - before.task, 'ms', null);
  lib.result('board', 'longest task of it (0: none over 50 ms)', longest, 'ms', null);
}

exports.parts = { staffed, ordered, planned };
exports.run = async () => {
  const { newHouse } = await import('../tests/journeys/house.mjs');
  const { staff, demoPassword } = await import('../tests/journeys/client.mjs');
  const scene = await import('../tests/journeys/scene.mjs');
  const screen = await import('../tests/journeys/screen.mjs');
  const house = await (await newHouse('sqlite')).start();
  try {
    const day = new Date(Date.now() + (8 + 24 * AHEAD_DAYS) * 3600e3).toISOString().slice(0, 10);
    const manager = await staff(house, 'manager');
    await staffed(manager);
    lib.result('board', 'orders of the day', await ordered(scene, manager, day), '', null);
    await planned(manager, day);
    const d = await manager.read(`/api/dispatch/day?day=${day}`);
    lib.result('board', 'carers', d.carers.length, '', null);
    lib.result('board', 'visits, of them with a carer', d.visits.filter((v) => v.carer).length, '', null);
    await asked(manager, day);
    const open = await opened(screen, house, day, demoPassword);
    await dragged(open);
    if (process.env.YIKE_SHOTS) await open.page.screenshot({ path: `${process.env.YIKE_SHOTS}/board-400.png` });
    await open.browser.close();
  } finally {
    await house.stop();
  }
};
