// open311.mjs - another office's program sends a request, follows it and reads the answer.

import { check, same, status, test } from '../harness.mjs';
import { mustAct, staff } from '../client.mjs';
import { need } from '../parts.mjs';
import * as schemas from './open311/schemas.mjs';

const Ajv = need('ajv/dist/2020').default;
const addFormats = need('ajv-formats').default ?? need('ajv-formats');
const ajv = new Ajv({ allErrors: true });
addFormats(ajv);
const checks = Object.fromEntries(Object.entries(schemas).map(([k, s]) => [k, ajv.compile(s)]));

/** One request to the edge; what comes back is held against the standard. */
async function ask(house, path, shape, { form, type, wanted = 200 } = {}) {
  const r = await fetch(`${house.base}/open311/${path}`, form === undefined ? {} : {
    method: 'POST',
    headers: { 'content-type': type ?? 'application/x-www-form-urlencoded' },
    body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  });
  const text = await r.text();
  same(r.status, wanted, `${path}: ${text.slice(0, 200)}`);
  if (path.split('?')[0].endsWith('.xml')) {
    same(r.headers.get('content-type'), 'text/xml; charset=utf-8');
    return text;
  }
  same(r.headers.get('content-type'), 'application/json; charset=utf-8');
  const body = JSON.parse(text);
  const fits = checks[wanted < 300 ? shape : 'errors'];
  if (fits) check(fits(body), `${path}: ${JSON.stringify(fits.errors)}`);
  return body;
}

/** A tree of elements: {name, text, kids}; faults on what is not well formed. */
function parse(xml) {
  const top = { name: '', kids: [], text: '' }, stack = [top];
  let rest = xml.replace(/^<\?xml[^>]*\?>\s*/, '');
  while (rest.trim()) {
    const m = /^([^<]*)<(\/?)([a-z_0-9]+)(\/?)>/.exec(rest);
    if (!m) throw new Error(`not well formed: ${rest.slice(0, 80)}`);
    const here = stack.at(-1);
    here.text += m[1].replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    if (m[2]) same(stack.pop().name, m[3], 'closing tag');
    else {
      const one = { name: m[3], kids: [], text: '' };
      here.kids.push(one);
      if (!m[4]) stack.push(one);
    }
    rest = rest.slice(m[0].length);
  }
  same(stack.length, 1, 'all closed');
  return top.kids[0];
}

/** What JSON says, read out of XML: lists have the element names of the standard. */
const lists = { services: 'service', service_requests: 'request', attributes: 'attribute', values: 'value',
  errors: 'error' };
function plain(node) {
  const of = lists[node.name];
  if (of && node.kids.every((k) => k.name === of)) return node.kids.map(plain);
  if (node.kids.length) return Object.fromEntries(node.kids.map((k) => [k.name, plain(k)]));
  return node.text;
}
const texts = (v) => Array.isArray(v) ? v.map(texts)
  : v && typeof v === 'object' ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, texts(x)]))
    : v === null ? '' : String(v);

/** A client that an administrator names, and its key. */
export async function newClient(house, division, name = '12345热线平台') {
  const admin = await staff(house, 'sysadmin');
  const made = await admin.write('/api/open311_client', { name, division });
  const { key } = await admin.write(`/api/open311_client/${made.id}/key`, {});
  return { id: made.id, key, admin };
}

export async function open311(house) {
  const street = await staff(house, 'street'), manager = await staff(house, 'manager');
  const district = await staff(house, 'district');
  const places = await manager.read(`/api/place?org=${manager.me.org}&size=20`);
  const place = places.items.find((p) => p.state === 'published');
  const city = house.sql("SELECT id FROM division WHERE level = 'district' ORDER BY scope LIMIT 1")[0][0];
  const { key, id, admin } = await newClient(house, String(city));
  const meal = { api_key: key, service_code: 'meal', 'attribute[kind]': 'complaint' };

  await test('Open311: discovery and services say the same in JSON and XML', async () => {
    const found = await ask(house, 'discovery.json');
    check(found.endpoints[0].url.endsWith('/open311/v2'), 'where');
    parse(await ask(house, 'discovery.xml'));
    const all = await ask(house, 'v2/services.json', 'services');
    same(plain(parse(await ask(house, 'v2/services.xml'))), texts(all));
    for (const s of all) {
      const one = await ask(house, `v2/services/${s.service_code}.json`, 'definition');
      same(plain(parse(await ask(house, `v2/services/${s.service_code}.xml`))), texts(one));
    }
    await ask(house, 'v2/services/trees.json', '', { wanted: 404 });
    await ask(house, 'v2/services.json?jurisdiction_id=elsewhere.org', '', { wanted: 404 });
  });

  let number;
  await test('Open311: a complaint goes in, is answered, and its client reads the answer', async () => {
    const words = '送来的饭是凉的，我母亲吃了不舒服';
    const [sent] = await ask(house, 'v2/requests.json', 'sent', { form: { ...meal, description: words,
      'attribute[place]': place.id, first_name: '向晚', last_name: '尹', phone: '10088889001',
      email: 'yin@example.org', media_url: 'https://example.org/1.jpg', device_id: 'x' } });
    number = sent.service_request_id;
    check(number.startsWith('S') && sent.service_notice, 'number and when');
    const asked = `?api_key=${key}`;
    const [open] = await ask(house, `v2/requests/${number}.json${asked}`, 'requests');
    same(open.status, 'open');
    check(open.description.startsWith(words) && open.address.includes(place.name), 'its own words, the place');
    same(plain(parse(await ask(house, `v2/requests/${number}.xml${asked}`))), texts([open]));
    const row = (await street.read(`/api/request?number=${number}`)).items[0];
    same(row.channel, 'open311');
    same(row.client, id);
    const page = await street.read(`/api/request/${row.id}/page`);
    check(page.matter.includes('yin@example.org') && page.matter.includes('1.jpg'), 'what has no field of its own');
    await mustAct(street, 'request', row.id, 'accept');
    await mustAct(street, 'request', row.id, 'reply', { reply: '已换保温箱，并上门致歉' });
    const [closed] = await ask(house, `v2/requests/${number}.json${asked}`, 'requests');
    same(closed.status, 'closed');
    same(closed.status_notes, '已换保温箱，并上门致歉');
    check(Date.parse(closed.updated_datetime) >= Date.parse(open.updated_datetime), 'later');
    same(await ask(house, `v2/tokens/${number}.json`, 'tokens'),
      [{ service_request_id: number, token: number }]);
  });

  await test('Open311: without the key of its client nothing names anybody', async () => {
    const other = await newClient(house, String(city), '别家');
    const [sent] = await ask(house, 'v2/requests.json', 'sent', { form: { ...meal,
      description: '护工态度不好，别让他们知道是我', 'attribute[place]': place.id, 'attribute[hidden]': 'yes',
      last_name: '尹', first_name: '向晚', phone: '10088889002' } });
    for (const asked of ['', `api_key=${other.key}`]) {
      const all = JSON.stringify(await ask(house, `v2/requests.json?${asked}`, 'requests'));
      check(all.includes(number), 'the open one stands there');
      check(!all.includes(sent.service_request_id), 'the hidden one does not');
      for (const secret of ['向晚', '10088889001', '饭是凉的', '保温箱', 'example.org'])
        check(!all.includes(secret), `${secret} is told`);
      await ask(house, `v2/requests/${sent.service_request_id}.json?${asked}`, '', { wanted: 404 });
      await ask(house, `v2/tokens/${sent.service_request_id}.xml?${asked}`, '', { wanted: 404 });
    }
    same((await manager.read(`/api/request?number=${sent.service_request_id}`)).items.length, 0);
    const own = await ask(house, `v2/requests.json?api_key=${key}`, 'requests');
    check(own.some((r) => r.service_request_id === sent.service_request_id), 'its client sees it');
    const by12345 = house.sql("SELECT number FROM request WHERE channel <> 'open311' ORDER BY id DESC LIMIT 1")[0]?.[0];
    if (by12345) await ask(house, `v2/requests/${by12345}.json?api_key=${key}`, '', { wanted: 404 });
  });

  await test('Open311: filters, a point, a form in parts, and plain refusals', async () => {
    const where = house.sql('SELECT lat, lon FROM compound WHERE ended_at IS NULL ORDER BY id LIMIT 1')[0];
    const [lat, long] = where.map((n) => (Number(n) / 1e7).toFixed(7));
    const parts = ['--b', 'Content-Disposition: form-data; name="api_key"', '', key, '--b',
      'Content-Disposition: form-data; name="service_code"', '', 'facility', '--b',
      'Content-Disposition: form-data; name="attribute[kind]"', '', 'suggestion', '--b',
      'Content-Disposition: form-data; name="lat"', '', lat, '--b',
      'Content-Disposition: form-data; name="long"', '', long, '--b',
      'Content-Disposition: form-data; name="description"', '', '门口加一张长椅', '--b--', ''].join('\r\n');
    const [bench] = await ask(house, 'v2/requests.json', 'sent',
      { form: parts, type: 'multipart/form-data; boundary=b' });
    const listed = await ask(house, `v2/requests.json?service_code=facility&status=open&api_key=${key}`, 'requests');
    same(listed.map((r) => r.service_request_id), [bench.service_request_id]);
    same(listed[0].lat.toFixed(7), lat);
    const seen = await ask(house, `v2/requests.json?service_code=facility`, 'requests');
    const public_ = seen.find((r) => r.service_request_id === bench.service_request_id);
    check(seen.every((r) => r.service_code === 'facility'), 'of that service');
    check(public_.lat === undefined && public_.description === undefined, 'no home on the map');
    const over = await ask(house, `v2/requests.json?service_code=facility&status=closed`, 'requests');
    check(over.every((r) => r.status === 'closed'), 'only what is closed');
    same((await ask(house, `v2/requests.json?service_request_id=${number},${bench.service_request_id}&status=open`,
      'requests')).length, 2, 'numbers win over filters');
    same(await ask(house, 'v2/requests.json?start_date=2020-01-01T00:00:00Z&end_date=2020-02-01T00:00:00Z',
      'requests'), []);
    for (const [path, wanted] of [['v2/requests.json?status=solved', 400], ['v2/requests.json?start_date=soon', 400],
      ['v2/requests.json?start_date=2020-01-01&end_date=2020-12-01', 400], ['v2/requests.json?service_code=x', 404],
      ['v2/requests.json?api_key=no', 403], ['v2/requests/S0000-000000.json', 404]])
      await ask(house, path, '', { wanted });
    for (const [form, wanted, says] of [
      [{ ...meal, api_key: '' }, 403, 'api_key'], [{ ...meal, api_key: 'x' }, 403, 'api_key'],
      [{ ...meal, service_code: '' }, 400, 'service_code'], [{ ...meal, service_code: 'x' }, 404, 'service_code'],
      [{ ...meal, 'attribute[kind]': '', description: 'x' }, 400, 'attribute[kind]'],
      [{ ...meal, description: 'x' }, 400, 'lat'],
      [{ ...meal, description: 'x', lat: '1', long: '1' }, 400, 'lat'],
      [{ ...meal, description: 'x'.repeat(4001), 'attribute[place]': place.id }, 400, 'description']]) {
      const said = await ask(house, 'v2/requests.json', '', { form, wanted });
      check(JSON.stringify(said).includes(says), `${JSON.stringify(said)} names ${says}`);
      same(said[0].code, String(wanted));
    }
    const xml = parse(await ask(house, 'v2/requests.xml', '', { form: meal, wanted: 400 }));
    same(xml.name, 'errors');
    check(xml.kids.every((k) => k.name === 'error'), 'the standard’s shape');
  });

  await test('Open311: keys are an administrator’s, end when a new one is made, and keep to their area', async () => {
    status(await district.post('/api/open311_client', { name: '接入', division: String(city) }), 403);
    status(await manager.get('/api/open311_client'), 403);
    const streets = house.sql("SELECT id, scope FROM division WHERE level = 'street' ORDER BY scope");
    const away = streets.find(([, s]) => !String(place.scope).startsWith(String(s).slice(0, 9)));
    const far = await newClient(house, String(away[0]), '另一街道');
    await ask(house, 'v2/requests.json', '', { wanted: 400,
      form: { ...meal, api_key: far.key, description: 'x', 'attribute[place]': place.id } });
    const { key: next } = await admin.write(`/api/open311_client/${id}/key`, {});
    await ask(house, `v2/requests.json?api_key=${key}`, '', { wanted: 403 });
    await ask(house, `v2/requests.json?api_key=${next}`, 'requests');
    await mustAct(admin, 'open311_client', id, 'stop', { reason: '合同到期' });
    await ask(house, `v2/requests.json?api_key=${next}`, '', { wanted: 403 });
    const kept = JSON.stringify(await admin.read(`/api/open311_client/${id}`));
    check(!kept.includes(next) && kept.includes(next.slice(-4)), 'only its end is shown');
  });
}
