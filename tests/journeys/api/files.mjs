// files.mjs - attachments: sent, shown safely, made small by the worker, taken away, by rights.

import * as zlib from 'node:zlib';
import { check, same, status, test, until } from '../harness.mjs';
import { citizen, Client, newPhone, staff } from '../client.mjs';

/** CRC-32 where Node has none of its own (18). */
function crc(bytes) {
  if (zlib.crc32) return zlib.crc32(bytes);
  let c = 0xffffffff;
  for (const b of bytes) {
    c ^= b;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const all = Buffer.alloc(12 + data.length);
  all.writeUInt32BE(data.length, 0);
  all.write(type, 4, 'latin1');
  data.copy(all, 8);
  all.writeUInt32BE(crc(all.subarray(4, 8 + data.length)), 8 + data.length);
  return all;
}

/** A picture of w by h in one colour. */
export function png(w, h, [r, g, b] = [180, 70, 42]) {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  head.writeUInt32BE(w, 0);
  head.writeUInt32BE(h, 4);
  const line = Buffer.alloc(1 + w * 3);
  for (let x = 0; x < w; x++) line.set([r, g, (b + x) & 255], 1 + x * 3);
  const rows = Buffer.concat(Array.from({ length: h }, () => line));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head), chunk('IDAT', zlib.deflateSync(rows)), chunk('IEND', Buffer.alloc(0)),
  ]);
}

const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF');

export async function files(house) {
  const worker = await staff(house, 'worker');
  const elder = (await worker.read('/api/elder?size=1')).items[0];
  const at = `/api/elder/${elder.id}/file`;

  await test('a photograph of a paper: named, shown in a box that may run nothing, logged',
    async () => {
    const query = `name=${encodeURIComponent('C:\\照片\\身份证 正面.png')}&note=${encodeURIComponent('身份证')}`;
    const made = await worker.write(`${at}?${query}`, png(1200, 800));
    same([made.name, made.note, made.type], ['身份证 正面.png', '身份证', 'image/png'], 'as told');
    const list = await worker.read(at);
    same([list.may_add, list.items.length], [true, 1], 'the list');
    const seen = await worker.get(list.items[0].href);
    status(seen, 200);
    const head = (name) => seen.headers.get(name) ?? '';
    same(head('content-type'), 'image/png', 'the type that was found');
    same(head('x-content-type-options'), 'nosniff', 'no guessing');
    check(/sandbox/.test(head('content-security-policy')), 'sandboxed');
    check(head('content-disposition').includes("filename*=UTF-8''%E8%BA%AB"), 'its name');
    same(head('cache-control'), 'no-store', 'not kept by the browser');
    const log = await (await staff(house, 'auditadmin')).read('/api/access_log?size=20');
    check(log.items.some((l) => l.elder === elder.id && l.what === `file:${made.id}`), 'logged');
  });

  await test('the worker makes it small; what only looks like a picture stays as it is', async () => {
    const small = (await worker.read(at)).items[0].small;
    const got = await until('the small picture', async () => {
      const r = await worker.get(small);
      return r.status === 200 && r;
    }, 30000);
    same(got.headers.get('content-type'), 'image/jpeg', 'a JPEG');
    check(got.text.length < 20000, 'small');
    const fake = await worker.write(at, Buffer.from('\x89PNG\r\n\x1a\n and then <script>', 'latin1'));
    await until('the refusal', async () =>
      house.sql("SELECT COUNT(*) FROM job WHERE kind = 'file_small' AND state = 'failed'")[0][0] > 0,
    30000);
    status(await worker.get(`${at}/${fake.id}/small`), 404);
    status(await worker.get('/healthz'), 200);
  });

  await test('known by its first bytes: a page named photo.jpg is refused',
    async () => {
    status(await worker.post(`${at}?name=photo.jpg`, Buffer.from('<html><script>')), 422);
    const made = await worker.write(`${at}?name=a.pdf`, pdf);
    const seen = await worker.get(`${at}/${made.id}`);
    same(seen.headers.get('content-type'), 'application/pdf', 'a PDF');
    check(/^inline/.test(seen.headers.get('content-disposition')), 'opened, not saved');
    check(/default-src 'none'/.test(seen.headers.get('content-security-policy')), 'policy');
  });

  await test('taken away with a reason: gone from the list, kept in the house', async () => {
    const made = await worker.write(at, png(8, 8));
    status(await worker.post(`${at}/${made.id}/end`, {}), 422);
    status(await worker.post(`${at}/${made.id}/end`, { reason: '拍糊了' }), 204);
    status(await worker.get(`${at}/${made.id}`), 404);
    check(!(await worker.read(at)).items.some((f) => f.id === made.id), 'not in the list');
    const [[reason, by]] = house.sql(
      `SELECT ended_reason, ended_by FROM file WHERE id = ${made.id}`);
    same([reason, String(by)], ['拍糊了', worker.me.account], 'who and why');
  });

  await test('who may not see the row sees none of its files, nor may she add or take away',
    async () => {
    const [file] = (await worker.read(at)).items;
    const stranger = await citizen(house, newPhone());
    for (const who of [stranger, new Client(house), await staff(house, 'sysadmin')]) {
      for (const path of [at, file.href, `${file.href}/small`]) status(await who.get(path), 401, 403, 404);
      status(await who.post(at, png(4, 4)), 401, 403, 404);
      status(await who.post(`${file.href}/end`, { reason: '看看' }), 401, 403, 404);
    }
    const auditor = await staff(house, 'auditor');
    same((await auditor.read(at)).may_add, false, 'an auditor only reads');
    status(await auditor.post(`${file.href}/end`, { reason: '看看' }), 403);
    status(await worker.get(`/api/organisation/${elder.id}/file/${file.id}`), 404);
  });
}
