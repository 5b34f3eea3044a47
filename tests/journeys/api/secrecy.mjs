// secrecy.mjs - the exact point of a home is taken in and never given out: whoever asks, however.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { check, same, status, test } from '../harness.mjs';
import { staff } from '../client.mjs';
import { scratchDir } from '../house.mjs';
import { made } from './exports.mjs';

const LAT = '30.2246813',
  LON = '125.6034579';
/** The point as degrees, as whole 1e-7 and to a tenth of a metre; nothing else in the city has it. */
const TRACES = [LAT, LON, '302246813', '1256034579', '30.224681', '125.603457'];
const traces = (text) => TRACES.filter((t) => text.includes(t));

const READERS = ['manager', 'carer', 'provider', 'worker', 'street', 'district', 'director', 'clerk',
  'assessor', 'auditor', 'sysadmin', 'secadmin', 'auditadmin'];

async function homeWithPoint(house) {
  const worker = await staff(house, 'worker');
  const like = (await worker.read('/api/elder?size=1&match_level=door')).items[0];
  const made = await worker.write('/api/elder', { name: '庄隐居', document: 'citizen', birth: '1941-02-03',
    division: like.division, compound: like.compound, building: '3', room: '301',
    home_lat: Number(LAT), home_lon: Number(LON) });
  check(traces(JSON.stringify(made)).length === 0, 'not even in the answer to who wrote it');
  const kept = house.sql(`SELECT ${house.hex('home_lat')}, ${house.hex('home_lon')} FROM elder
    WHERE id = ${made.id}`)[0].map((hex) => Buffer.from(hex, 'hex').toString('latin1'));
  check(kept[0] && kept[1] && traces(kept.join(' ')).length === 0, 'sealed in the database');
  return { worker, id: made.id };
}

/** Everything one may GET about her, and all lists in which she may stand. */
async function leaksTo(who, doc, id) {
  const found = [];
  let rows = 0;
  const look = async (path) => {
    const a = await who.get(path);
    if (a.status < 300 && a.text.includes(id)) rows++;
    for (const t of traces(a.text)) found.push(`${path}: ${t}`);
  };
  for (const [template, verbs] of Object.entries(doc.paths)) {
    if (!verbs.get || template === '/api/events' || template.includes('{file}')) continue;
    if (template.startsWith('/api/elder/{id}')) await look(template.replace('{id}', id));
    else if (!template.includes('{')) await look(`${template}?size=50`);
  }
  for (const more of ['?q=庄隐居', '?sort=-created&size=5', '?q=庄隐居&brief=1'])
    await look(`/api/elder${more}`);
  for (const path of [`/api/search?q=${encodeURIComponent('庄隐居')}`, `/api/elder/${id}/history`,
    `/api/elder?id=${id}`, `/api/history?entity=elder&row_id=${id}`])
    await look(path);
  return { found, rows };
}

/** What a zip file holds, each part inflated. */
function unzipped(bytes) {
  let text = '';
  for (let at = 0; (at = bytes.indexOf('PK\u0001\u0002', at, 'latin1')) >= 0; at += 46) {
    const local = bytes.readUInt32LE(at + 42),
      size = bytes.readUInt32LE(at + 20);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const part = bytes.subarray(from, from + size);
    text += bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(part).toString() : part.toString();
  }
  return text;
}

function pdfText(bytes) {
  const file = scratchDir('secrecy') + '.pdf';
  writeFileSync(file, bytes);
  const said = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  same(said.status, 0, `pdftotext: ${said.stderr ?? said.error}`);
  return said.stdout;
}

const bytesOf = async (who, href) => {
  const r = await fetch(who.house.base + href, { headers: { cookie: who.cookie } });
  same(r.status, 200, href);
  return Buffer.from(await r.arrayBuffer());
};

async function fileOf(who, format) {
  const batch = await made(who, await who.write('/api/export', { entity: 'elder', format,
    query: 'q=庄隐居', columns: '', reason: '核对' }));
  same([batch.state, batch.rows_n], ['done', 1], `${format}: ${JSON.stringify(batch)}`);
  return bytesOf(who, batch.href);
}

/** What the stream says while her row changes. */
async function streamed(who, change, id) {
  const end = new AbortController();
  const r = await fetch(who.house.base + '/api/events',
    { headers: { cookie: who.cookie, accept: 'text/event-stream' }, signal: end.signal });
  same(r.status, 200, 'a stream');
  let text = '';
  const timer = setTimeout(() => end.abort(), 60000);
  try {
    const words = new TextDecoder();
    const reader = r.body.getReader();
    await change();
    while (!text.includes(id)) {
      const { value, done } = await reader.read();
      if (done) break;
      text += words.decode(value, { stream: true });
    }
  } finally {
    clearTimeout(timer);
    end.abort();
  }
  return text;
}

export async function secrecy(house) {
  const { worker, id } = await homeWithPoint(house);

  await test('the exact point of a home leaves by no answer, for nobody', async () => {
    const doc = await worker.read('/api/openapi.json');
    same(traces(JSON.stringify(doc)), [], 'the document');
    let saw = 0;
    for (const login of READERS) {
      const { found, rows } = await leaksTo(await staff(house, login), doc, id);
      same(found, [], login);
      saw += rows > 0;
      if (login === 'worker') check(rows >= 4, `she stands in ${rows} answers`);
    }
    check(saw >= 3, 'some of them see her');
  });

  await test('nor by a file: no column of that name, and none among all of them', async () => {
    const district = await staff(house, 'district');
    for (const format of ['csv', 'xlsx', 'pdf']) {
      for (const column of ['home_lat', 'home_lon'])
        status(await district.post('/api/export', { entity: 'elder', format, query: '',
          columns: `name,${column}`, reason: '核对' }), 422);
      const bytes = await fileOf(district, format);
      const text = format === 'xlsx' ? unzipped(bytes) : format === 'pdf' ? pdfText(bytes)
        : bytes.toString();
      check(text.includes('庄'), `${format}: she is in it`);
      same(traces(text), [], format);
    }
  });

  await test('nor may another office’s form ask for it, nor a filter or an order feel for it', async () => {
    const street = await staff(house, 'street');
    const [form] = (await street.read('/api/form_template')).items;
    for (const query of [`home_lat.from=${LAT}`, `home_lon=${LON}`, 'home_lat.none=1', 'sort=home_lat'])
      check((await street.get(`/api/elder?${query}`)).status >= 400, query);
    status(await street.get(`/api/form_template/${form.id}/try?columns=name,home_lat&query=`), 400, 422);
    const seen = await street.get(`/api/elder/${id}`);
    status(seen, 200);
    check(!('home_lat' in seen.body) && !('home_lon' in seen.body), 'left out of the row');
  });

  await test('nor by the event stream', async () => {
    const said = await streamed(worker, async () => {
      const row = await worker.read(`/api/elder/${id}`);
      status(await worker.patch(`/api/elder/${id}`, { home_lat: Number(LAT), note: '敲门请大声' },
        row.version), 200);
    }, id);
    check(said.includes(id), 'the change is told');
    same(traces(said), [], 'the stream');
  });

  await test('its only way out is the complete value, for a reason and on record', async () => {
    const district = await staff(house, 'district');
    const path = `/api/elder/${id}/reveal`,
      fields = 'home_lat,home_lon';
    const bare = await district.post(path, { fields });
    check(bare.status >= 400 && traces(bare.text).length === 0, `without a reason: ${bare.status}`);
    for (const login of ['manager', 'carer', 'provider', 'clerk', 'sysadmin', 'secadmin', 'auditadmin']) {
      const who = await staff(house, login);
      if ((await who.get(`/api/elder/${id}`)).status < 300) continue;
      const refused = await who.post(path, { fields, reason: '核对住址' });
      check(refused.status >= 400 && traces(refused.text).length === 0, `${login}: ${refused.status}`);
    }
    status(await district.post(path, { fields, reason: '核对住址' }), 200);
    const log = await (await staff(house, 'auditadmin')).read('/api/access_log?size=20');
    check(log.items.some((l) => l.entity === 'elder' && l.reason === '核对住址'
      && /home_lat/.test(l.what)), 'a line in the log');
    same(traces(JSON.stringify(log)), [], 'which does not say it again');
  });
}
