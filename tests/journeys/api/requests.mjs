// requests.mjs - somebody complains, is answered and says whether that helped; who hides is hidden.

import { check, same, status, test, until } from '../harness.mjs';
import { act, citizen, mustAct, newPhone, staff } from '../client.mjs';

const GIST = '请核实送餐温度并答复';

/** A published place of the manager's own station. */
async function ownPlace(manager) {
  const places = await manager.read(`/api/place?org=${manager.me.org}&size=20`);
  return places.items.find((p) => p.state === 'published');
}

export async function requests(house) {
  await test('the rules are read before any sign-in', async () => {
    const r = await fetch(`${house.base}/api/requests/rules`);
    const rules = await r.json();
    same(rules.kinds.length, 4, 'four kinds');
    check(rules.kinds.every((k) => k.days > 0) && rules.accept_days > 0, 'with days');
  });

  await test('a hidden complaint is answered by the station, which never learns who', async () => {
    const manager = await staff(house, 'manager'), street = await staff(house, 'street');
    const place = await ownPlace(manager);
    const phone = newPhone();
    const who = await citizen(house, phone);
    const words = `送来的饭是凉的，我叫尹向晚，电话${phone}`;
    const sent = await who.write('/api/my/requests',
      { kind: 'complaint', topic: 'meal', matter: words, place: place.id, name: '尹向晚', hidden: true });
    check(sent.number.startsWith('S') && sent.due, 'number and day');
    status(await act(street, 'request', sent.id, 'route', { handler: manager.me.org }), 422);
    await mustAct(street, 'request', sent.id, 'route', { handler: manager.me.org, gist: GIST });
    status(await manager.get(`/api/request/${sent.id}`), 404);
    status(await manager.get(`/api/request/${sent.id}/page`), 404);
    const tasks = await manager.read(`/api/request_task?number=${sent.number}`);
    same(tasks.items.length, 1, 'its task');
    const task = tasks.items[0];
    const page = await manager.read(`/api/request_task/${task.id}/page`);
    const all = JSON.stringify([tasks, page, await manager.read(`/api/request_task/${task.id}/history`),
      await manager.read(`/api/what?q=${encodeURIComponent('尹向晚')}`),
      await manager.read(`/api/todo?size=200`)]);
    for (const secret of ['尹向晚', phone, words])
      check(!all.includes(secret), `the station reads ${secret}`);
    // The end of a number by itself: as part of an id anybody may have it.
    check(!new RegExp(`(^|\\D)${phone.slice(-4)}(\\D|$)`).test(all), 'not even how her number ends');
    check(all.includes(GIST), 'the gist is read');
    await mustAct(manager, 'request_task', task.id, 'accept');
    await mustAct(manager, 'request_task', task.id, 'reply', { reply: '已更换保温箱' });
    const mine = await who.read(`/api/my/requests/${sent.id}`);
    same(mine.request.state, 'replied');
    same(mine.reply, '已更换保温箱');
    check(mine.timeline.length >= 4, 'a time line');
    check(!JSON.stringify(mine.timeline).includes('研判'), 'nothing internal');
    await mustAct(who, 'request', sent.id, 'solved', { satisfied: 'yes' });
    same((await who.read(`/api/my/requests/${sent.id}`)).request.state, 'closed');
  });

  await test('what is not solved comes back; notes stay inside; strangers see nothing', async () => {
    const manager = await staff(house, 'manager'), street = await staff(house, 'street');
    const place = await ownPlace(manager);
    const who = await citizen(house, newPhone()), stranger = await citizen(house, newPhone());
    const sent = await who.write('/api/my/requests',
      { kind: 'help', topic: 'home', matter: '想找人白天看护', place: place.id });
    const before = await street.read('/api/todo?size=200');
    check(before.items.some((r) => r.id === sent.id && r.kind === 'requests_open'), 'it waits');
    await street.write('/api/request_note', { request: sent.id, words: '内部：先问驿站有没有床' });
    await mustAct(street, 'request', sent.id, 'reply', { reply: '已联系驿站' });
    status(await act(street, 'request', sent.id, 'solved', { satisfied: 'yes' }), 403);
    status(await stranger.get(`/api/my/requests/${sent.id}`), 404);
    status(await stranger.get(`/api/request/${sent.id}`), 404);
    status(await who.get(`/api/request/${sent.id}/page`), 403);
    const mine = JSON.stringify([await who.read(`/api/my/requests/${sent.id}`),
      (await who.get('/api/request_note')).body]);
    check(!mine.includes('先问驿站'), 'no internal note');
    const page = await street.read(`/api/request/${sent.id}/page`);
    check(page.notes[0].words.includes('先问驿站'), 'the office reads it');
    same(page.matter, '想找人白天看护', 'and her words');
    await mustAct(who, 'request', sent.id, 'not_solved', { words: '没有人联系我' });
    const again = await street.read(`/api/request/${sent.id}`);
    same(again.state, 'open');
    same(again.reopened, 1);
    same(again.response, 'waiting');
  });

  await test('the rates stand on the day’s page, each with the rows behind it', async () => {
    const director = await staff(house, 'director');
    const figures = (await director.read('/api/today')).figures;
    for (const key of ['requests_overdue', 'requests_near', 'requests_response', 'requests_solved',
      'requests_satisfied']) {
      const f = figures.find((x) => x.key === key);
      check(f && f.definition, key);
      const list = await director.read(`${f.list}&size=1&total=1`);
      const want = f.whole === undefined ? f.value : Math.round((f.value / 100) * f.whole);
      check(Math.abs(list.total - want) <= (f.whole === undefined ? 0 : 1),
        `${key}: ${f.value} of ${f.whole}, the list has ${list.total}`);
    }
  });
}

/** A list taken in and confirmed; the batch as it ended. */
async function takeIn(client, csv) {
  const r = await client.post('/api/import/request?name=12345.csv', new TextEncoder().encode(csv),
    { headers: { 'content-type': 'application/octet-stream' } });
  const up = status(r, 201);
  const at = (...states) => until(`batch in ${states}`, async () => {
    const row = await client.read(`/api/import_batch/${up.id}`);
    return states.includes(row.state) ? row : undefined;
  }, 60000);
  await mustAct(client, 'import_batch', up.id, 'map', { sheet: up.sheet,
    header_row: up.header_row, header_rows: up.header_rows, mapping: up.mapping });
  const checked = await at('checked', 'failed');
  same(checked.state, 'checked', checked.trouble);
  await mustAct(client, 'import_batch', up.id, 'confirm');
  return { ...(await at('done', 'failed', 'stopped')), wrong: checked.wrong_n };
}

export async function hotline(house) {
  await test('12345’s list comes in, is kept by its numbers, and the answers go back', async () => {
    const street = await staff(house, 'street');
    const came = house.inDays(-1);
    const list = (words) => '工单编号,诉求类型,来电时间,来电人,联系电话,所属街道,主要内容,办结期限\n' +
      `JZ-T-0001,投诉,${came},尹向晚,10012345671,柳荫街道,${words},${house.inDays(48)}\n` +
      `JZ-T-0002,咨询,${came},杭小满,10012345672,柳荫街道,想问助餐补贴怎么办,\n`;
    const first = await takeIn(street, list('送餐的饭是凉的'));
    same([first.state, first.wrong, first.added_n], ['done', 0, 2]);
    const second = await takeIn(street, list('送餐的饭是凉的，今天又是'));
    same([second.state, second.added_n, second.updated_n], ['done', 0, 1]);
    const found = (await street.read('/api/request?number12345=JZ-T-0001')).items;
    same(found.length, 1, 'once');
    const page = await street.read(`/api/request/${found[0].id}/page`);
    check(page.matter.includes('今天又是'), page.matter);
    same(page.request.channel, 'hotline');
    check(page.request.due && page.request.came_at.startsWith(came), 'its own day');
    await mustAct(street, 'request', found[0].id, 'reply', { reply: '已更换保温箱' });
    const day = (await street.read(`/api/request/${found[0].id}`)).replied_at.slice(0, 10);
    const out = await street.post('/api/requests/replies', { from: day, to: day, reason: '回传12345' });
    same(out.status, 200);
    check(out.text.startsWith('PK'), 'a workbook');
    const worker = await staff(house, 'worker');
    status(await worker.post('/api/requests/replies', { from: day, to: day, reason: '看看' }), 403);
  });
}

export async function knowledge(house) {
  await test('a good answer is kept, published by another, found by anybody and offered', async () => {
    const street = await staff(house, 'street'), director = await staff(house, 'director');
    const [division] = (await street.read('/api/division?level=street&size=1')).items;
    const made = await street.write('/api/knowledge_item', { question: '助餐卡丢了怎么办', topic: 'meal',
      keywords: '助餐卡,丢了', answer: '到驿站挂失补办，当天可用。', division: division.id });
    const find = async () => (await (await fetch(`${house.base}/api/knowledge?q=${
      encodeURIComponent('助餐卡')}`)).json()).items.filter((k) => k.id === made.id).length;
    await mustAct(street, 'knowledge_item', made.id, 'submit');
    status(await act(street, 'knowledge_item', made.id, 'publish'), 403);
    same(await find(), 0, 'not before it is published');
    await mustAct(director, 'knowledge_item', made.id, 'publish');
    const boxed = async () => {
      const r = await fetch(`${house.base}/api/what?q=${encodeURIComponent('助餐卡丢')}`);
      return (await r.json()).groups.find((g) => g.kind === 'answer')?.items
        .some((i) => i.href === `/answers?open=${made.id}`);
    };
    await until('the one box finds it', boxed);
    same(await find(), 1, 'public');
    const manager = await staff(house, 'manager');
    const place = await ownPlace(manager);
    const who = await citizen(house, newPhone());
    const sent = await who.write('/api/my/requests', { kind: 'consultation', topic: 'meal',
      matter: '我妈的助餐卡丢了', place: place.id });
    const offered = await street.read(`/api/knowledge/suggest?request=${sent.id}`);
    check(offered.items.some((k) => k.id === made.id), 'offered to who replies');
  });
}
