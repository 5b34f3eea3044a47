// siting.mjs - 选址: idle properties taken in, a question answered at once or by a job, the what-if agrees.

import { randomUUID } from 'node:crypto';
import { check, same, status, test, until } from '../harness.mjs';
import { Client, citizen, mustAct, newPhone, staff } from '../client.mjs';

const question = { kind: 'station', minutes: 15, goal: 'number', sites: 2 };
const add = (rows, key) => rows.reduce((n, row) => n + row[key], 0);
/** What a what-if is asked: the same rule, the proposed changes. */
const whatIf = ({ kind, profile, minutes, metres, changes }) => ({ kind, profile, minutes, metres, changes });

/** A list of the district's own: mapped as it was guessed, checked, confirmed. */
async function takeIn(officer, csv) {
  const sent = await officer.post('/api/import/property?name=idle.csv', new Uint8Array(Buffer.from(csv)),
    { headers: { 'content-type': 'application/octet-stream' } });
  const up = status(sent, 201);
  const ended = (...states) => until(`the list in ${states}`, async () => {
    const row = await officer.read(`/api/import_batch/${up.id}`);
    return states.includes(row.state) && row;
  }, 30000);
  const { sheet, header_row, header_rows, mapping } = up;
  await mustAct(officer, 'import_batch', up.id, 'map', { sheet, header_row, header_rows, mapping });
  same((await ended('checked', 'failed')).state, 'checked');
  await mustAct(officer, 'import_batch', up.id, 'confirm');
  return ended('done', 'failed');
}

export async function siting(house) {
  const officer = await staff(house, 'district'), street = await staff(house, 'street');
  const worker = await staff(house, 'worker');
  const ask = (more = {}, who = officer) => who.post('/api/siting/try', { ...question, ...more });
  const tried = async (more, who) => status(await ask(more, who), 200);
  /** An answer and the what-if of its changes, both asked until nobody wrote in between. */
  const agreed = (more, member, then) => until('the what-if says the same', async () => {
    const got = await tried(more), effect = status(await officer.post('/api/scenario/try', whatIf(got)), 200);
    const by = new Map(effect.items.map((row) => [row.scope, row[then]]));
    return effect.total[member] === got.total.before && effect.total[then] === got.total.after
      && got.items.every((row) => by.get(row.scope) === row.after) && got;
  });
  const map = await officer.read('/api/atlas?kind=station&minutes=15');
  const worst = map.items.find((row) => row.known > 100 && row.lat);
  const own = `房产${randomUUID().slice(0, 6)}`;

  await test('a list of idle properties is taken in and stands among the candidates', async () => {
    const csv = '房产名称,类型,地址,纬度,经度,建筑面积,改造费用,来源\n' +
      `${own},社区用房,柳荫一街9号,${worst.lat},${worst.lon},200,150000.00,区台账\n`;
    same((await takeIn(officer, csv)).state, 'done');
    const all = status(await officer.post('/api/siting/candidates', question), 200);
    const mine = all.items.find((one) => one.name === own);
    same([mine.source, mine.cost, mine.guessed, mine.area_m2], ['properties', 15000000, false, 200], 'as listed');
    check(all.items.some((one) => one.source === 'places') && all.stands.length > 0, 'places too, and what stands');
    check(all.items.every((one) => one.source !== 'places' || one.source_name.length > 1), 'named');
  });

  await test('proposals in order, each with its reason; the sum is what the what-if says', async () => {
    const got = await agreed({}, 'walk', 'then');
    check(got.proposals.length === 2 && got.total.after > got.total.before, 'two that help');
    check(got.proposals[0].gain >= got.proposals[1].gain, 'in order');
    check(got.proposals.every((p) => /位老人/.test(p.reason)), got.proposals[0].reason);
    same(add(got.proposals, 'gain'), got.total.after - got.total.before, 'one after another');
    check(got.proved && got.gap_percent === 0 && got.most === got.gained, 'proved');
    check(got.then_gini <= got.gini && got.then_short <= got.short, 'more even');
    same((await tried({ seconds: 2 })).proposals.map((p) => p.key), got.proposals.map((p) => p.key), 'again the same');
  });

  await test('a budget is kept; must, never and closable are kept; equity and metres ask otherwise', async () => {
    const cheap = await tried({ goal: 'budget', budget: 40000000 });
    check(cheap.cost <= 40000000 && cheap.proposals.length > 0, 'within it');
    const free = await tried();
    const best = free.proposals[0].key, mine = (await officer.post('/api/siting/candidates', question)).body;
    const forced = mine.items.find((one) => one.name === own).key;
    const marked = await tried({ marks: { forbid: [best], force: [forced] } });
    const keys = marked.proposals.map((p) => p.key);
    check(!keys.includes(best) && keys.includes(forced), keys.join());
    check(marked.total.after <= free.total.after, 'no better than free');
    const close = mine.stands.map((one) => `place:${one.id}`);
    const moved = await tried({ sites: 1, marks: { close } });
    check(moved.total.after >= (await tried({ sites: 1 })).total.after, 'no worse with more to choose');
    same(add(moved.proposals, 'gain') - add(moved.closings, 'loss'), moved.total.after - moved.total.before, 'net');
    const fair = await tried({ equity: 5 });
    check(fair.then_gini <= free.then_gini + 0.2 && fair.most >= fair.gained, 'weights');
    const round = await agreed({ way: 'radius', metres: 800 }, 'round', 'then_round');
    check(round.total.after >= round.total.before, 'by metres too');
    const grid = await tried({ sources: ['grid'], grid_m: 400 });
    check(grid.proposals.every((p) => p.source === 'grid'), 'a grid');
  });

  await test('what cannot be asked is refused by its field', async () => {
    const wrong = async (more, field) => {
      const answer = await ask(more);
      status(answer, 422);
      check(answer.body.fields.some((f) => f.field === field && f.message.length > 4), `${field}: ${answer.text}`);
    };
    await wrong({ sites: 0 }, 'sites');
    await wrong({ sites: 201 }, 'sites');
    await wrong({ goal: 'budget' }, 'budget');
    await wrong({ goal: 'budget', budget: -5 }, 'budget');
    await wrong({ kind: 'castle' }, 'kind');
    await wrong({ equity: 21 }, 'equity');
    await wrong({ equity: 'much' }, 'equity');
    await wrong({ minutes: 61 }, 'minutes');
    await wrong({ sources: ['moon'] }, 'sources');
    await wrong({ sources: ['grid'], grid_m: 10 }, 'grid_m');
    await wrong({ marks: [1] }, 'marks');
    await wrong({ marks: { burn: ['place:1'] } }, 'marks');
    await wrong({ marks: { force: ['property:4711'] } }, 'marks');
    await wrong({ marks: { close: ['place:4711'] } }, 'marks');
    const all = (await officer.post('/api/siting/candidates', question)).body.items;
    await wrong({ sites: 1, marks: { force: [all[0].key, all[1].key] } }, 'sites');
    await wrong({ marks: { force: [all[0].key], forbid: [all[0].key] } }, 'marks');
    status(await officer.post('/api/siting', { ...question, name: '没有区划' }), 422);
  });

  await test('a large question is a job: kept, answered, a scenario that says the same; or called off', async () => {
    const division = (await street.read('/api/atlas?kind=station&level=street')).items[0].division;
    const large = { ...question, division, sources: ['grid', 'places', 'properties'], grid_m: 60 };
    status(await ask(large), 413);
    const row = status(await street.post('/api/siting', { ...large, name: '驿站选址' }), 201);
    const done = await until('it is answered', async () => {
      const now = await street.read(`/api/siting/${row.id}/progress`);
      return !['waiting', 'running'].includes(now.state) && now;
    }, 60000);
    same(done.state, 'done');
    const { answer, scenario } = await street.read(`/api/siting/${row.id}/answer`);
    check(answer.candidates > 400 && answer.proposals.length === 2, 'answered');
    const kept = await street.read(`/api/scenario/${scenario}`);
    same([kept.origin, kept.name], ['siting', '驿站选址'], 'kept as a scenario');
    await until('it says the same', async () => {
      const { total } = await street.read(`/api/scenario/${scenario}/effect`);
      return total.walk === answer.total.before && total.then === answer.total.after;
    });
    const other = status(await street.post('/api/siting', { ...large, name: '不算了' }), 201);
    const called = await street.post(`/api/siting/${other.id}/cancel`, {}, { version: other.version });
    if (called.status === 200)
      same((await street.read(`/api/siting/${other.id}/progress`)).state, 'cancelled');
    else status(called, 409);                       // it was quicker
    status(await worker.get(`/api/siting/${row.id}/answer`), 404);
    status(await officer.get(`/api/siting/${row.id}/answer`), 200);
  });

  await test('it leaves as a workbook and on A3; by right', async () => {
    const made = async (format) => {
      const batch = status(await officer.post('/api/siting/export', { question, format, reason: '规划研究' }), 201);
      const end = await until(`the ${format}`, async () => {
        const now = await officer.read(`/api/export/${batch.id}`);
        return now.state !== 'waiting' && now;
      }, 60000);
      same([end.state, end.rows_n], ['done', 2], end.fault_text);
      const file = await fetch(house.base + end.href, { headers: { cookie: officer.cookie } });
      return Buffer.from(await file.arrayBuffer());
    };
    same((await made('xlsx')).subarray(0, 2).toString(), 'PK', 'a workbook');
    same((await made('pdf')).subarray(0, 4).toString(), '%PDF', 'a paper');
    status(await worker.post('/api/siting/export', { question, format: 'pdf', reason: '看看' }), 403);
    const elsewhere = map.items.find((row) => row.division)?.division;
    const mine = await worker.read('/api/atlas?kind=station');
    const outside = map.items.find((row) => row.division && !mine.items.some((one) => one.scope === row.scope));
    check(elsewhere && outside, 'another community');
    status(await ask({ division: outside.division }, worker), 404);
    status(await ask({}, await citizen(house, newPhone())), 403);
    status(await new Client(house).post('/api/siting/try', question), 401);
  });
}
