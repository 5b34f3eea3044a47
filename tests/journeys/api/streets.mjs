// streets.mjs - what the map lacks: drawn, tried, published by another, walked, withdrawn, refused.

import { check, same, status, test, until } from '../harness.mjs';
import { staff } from '../client.mjs';

const route = (line) => line.coordinates.map(([lon, lat]) => ({ lat, lon }));

export async function streets(house) {
  const officer = await staff(house, 'street');
  const district = await staff(house, 'district');
  const director = await staff(house, 'director');
  const named = async (name) => (await district.read('/api/street_edit?size=50')).items
    .find((e) => e.name.startsWith(name));

  await test('a street’s officer keeps the gates of her own street, of no other, and a station none', async () => {
    const scopes = house.sql(`SELECT low, high FROM access_grant g JOIN account a ON a.id = g.account
      WHERE a.login = 'street'`)[0];
    const one = (where) => house.sql(`SELECT id FROM gate WHERE scope ${where} ORDER BY id LIMIT 1`)[0][0];
    const mine = one(`BETWEEN ${scopes[0]} AND ${scopes[1]}`), far = one(`NOT BETWEEN ${scopes[0]} AND ${scopes[1]}`);
    const gate = await officer.read(`/api/gate/${mine}`);
    const shut = { night_closed: true, open_min: 300, close_min: 1380 };
    const late = { ...shut, close_min: 200 };
    status(await officer.patch(`/api/gate/${mine}`, late, gate.version), 422);
    const closed = status(await officer.patch(`/api/gate/${mine}`, shut, gate.version), 200);
    same([closed.night_closed, closed.close_min], [true, 1380]);
    const other = await district.read(`/api/gate/${far}`);
    status(await officer.patch(`/api/gate/${far}`, shut, other.version), 403, 404);
    const manager = await staff(house, 'manager');
    status(await manager.patch(`/api/gate/${mine}`, shut, closed.version), 403, 404);
    status(await officer.patch(`/api/gate/${mine}`, { night_closed: gate.night_closed,
      open_min: gate.open_min, close_min: gate.close_min }, closed.version), 200);
  });

  await test('the demo city has one edit in use and one drawn', async () => {
    const alley = await named('柳荫小巷');
    const bridge = await named('望江二桥');
    same([alley.state, alley.fit], ['published', 'fits'], 'the alley');
    same([bridge.state, bridge.fit], ['draft', 'fits'], 'the bridge');
    status(await officer.get(`/api/street_edit/${bridge.id}`), 404);       // another street’s
    check(bridge.length_m > 50 && bridge.length_m < 150, `${bridge.length_m} m over the river`);
  });

  await test('a drawn bridge says what it would save, and saves it once another publishes it', async () => {
    const bridge = await named('望江二桥');
    const [from, to] = route(bridge.line);
    const asked = { kind: 'footbridge', line: bridge.line, wheelchair: true, profile: 'elder',
      from_lat: from.lat, from_lon: from.lon, to_lat: to.lat, to_lon: to.lon };
    const walk = await district.write('/api/street_edit/walk', asked);
    same(walk.fit, 'fits', 'both ends meet a street');
    check(walk.start.joined && walk.start.street, `it begins at ${walk.start.street}`);
    check(walk.without_s > 4 * walk.with_s, `${walk.without_s} s without, ${walk.with_s} s with it`);
    const stairs = await district.write('/api/street_edit/walk',
      { ...asked, steps: 80, wheelchair: false, profile: 'wheelchair' });
    same(stairs.with_s, stairs.without_s, 'steps save nothing in a wheelchair');

    const submitted = await district.write(`/api/street_edit/${bridge.id}/submit`, {},
      { version: bridge.version });
    status(await district.post(`/api/street_edit/${bridge.id}/publish`, {},
      { version: submitted.version }), 403);
    const published = await director.write(`/api/street_edit/${bridge.id}/publish`, {},
      { version: submitted.version });
    const now = () => district.write('/api/street_edit/walk', { ...asked, kind: 'path',
      line: { type: 'LineString', coordinates: [bridge.line.coordinates[0],
        [bridge.line.coordinates[0][0] + 0.00005, bridge.line.coordinates[0][1]]] } });
    await until('the way across is short', async () => (await now()).without_s <= walk.with_s + 5, 60000);
    await district.write(`/api/street_edit/${bridge.id}/withdraw`, { reason: '桥没有建成' },
      { version: published.version });
    await until('the way is long again', async () => (await now()).without_s > 4 * walk.with_s, 60000);
  });

  await test('an end far from every street is refused, and named', async () => {
    const alley = await named('柳荫小巷');
    const [lon, lat] = alley.line.coordinates[0];
    const body = { kind: 'path', name: '断头路', reason: '试一试',
      line: { type: 'LineString', coordinates: [[lon, lat], [lon + 0.00039, lat + 0.00056]] } };
    const far = await officer.post('/api/street_edit', body);
    status(far, 422);
    check(/终点 25 米内没有街道/.test(JSON.stringify(far.body)), JSON.stringify(far.body));
    const bad = await officer.post('/api/street_edit', { ...body, line: { type: 'Point' } });
    status(bad, 422);
    const walk = await officer.write('/api/street_edit/walk', { kind: 'path', line: body.line });
    same([walk.fit, walk.end.joined], ['end_far', false], 'the drawing says so before');
  });

  await test('an exact home is in no answer: list, page, history, search', async () => {
    const elder = (await officer.read('/api/elder?size=50&match_level=door')).items[0];
    const [lat, lon, junction, cell] = house.sql(`SELECT ${house.hex('home_lat')},
      ${house.hex('home_lon')}, junction, cell FROM elder WHERE id = ${elder.id}`)[0];
    const plain = /^-?\d+(\.\d+)?$/;
    for (const kept of [lat, lon])
      check(kept && !plain.test(Buffer.from(kept, 'hex').toString('latin1')), 'the point is sealed in the database');
    check(junction && cell, 'junction and cell are kept');
    const pages = ['/api/elder?size=50&match_level=door', `/api/elder/${elder.id}`,
      `/api/elder/${elder.id}/page`, `/api/elder/${elder.id}/history`,
      `/api/search?q=${encodeURIComponent(elder.name.slice(0, 1))}`];
    for (const path of pages) {
      const answer = await officer.get(path);
      check(answer.status === 200, `${path}: ${answer.status}`);
      const text = JSON.stringify(answer.body);
      check(!/"home_l(at|on)":"?-?\d/.test(text), `${path} shows the home point`);
      for (const shown of text.matchAll(/"(junction|cell)":("[^"]*"|-?\d+)/g))
        check(!/\d/.test(shown[2]), `${path} shows ${shown[0]}`);
      check(!text.includes(String(cell)), `${path} shows the cell ${cell}`);
    }
  });
}
