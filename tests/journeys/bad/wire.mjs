// wire.mjs - HTTP that no client sends, byte by byte, and what must come of it.

import net from 'node:net';
import { check, same, test } from '../harness.mjs';

/** Sends bytes; gives what came back when the other side closes, or after `wait` ms. */
export function talk(port, parts, { wait = 3000, gap = 0 } = {}) {
  return new Promise((done) => {
    const s = net.connect(port, '127.0.0.1');
    let text = '',
      closed = false;
    const timer = setTimeout(() => {
      s.destroy();
      done({ text, closed });
    }, wait);
    const finish = () => {
      closed = true;
      clearTimeout(timer);
      s.destroy();
      done({ text, closed });
    };
    s.on('data', (d) => {
      text += d.toString('latin1');
    });
    s.on('end', finish);
    s.on('error', finish);
    s.on('connect', async () => {
      for (const p of [parts].flat()) {
        if (s.destroyed) return;
        s.write(Buffer.from(p, 'latin1'));
        if (gap) await new Promise((go) => setTimeout(go, gap));
      }
    });
  });
}

const H = 'Host: localhost\r\n';
const post = (head, body) =>
  `POST /api/session HTTP/1.1\r\n${H}Content-Type: application/json\r\n${head}\r\n${body}`;
const get = (path, head = '') => `GET ${path} HTTP/1.1\r\n${H}${head}Connection: close\r\n\r\n`;

/**
 * What, bytes, statuses that may come; 0: closed without an answer. Our own answers are
 * problem+json; `LIBRARY`: libmicrohttpd answers before it calls us, with a fixed page of its own.
 */
const LIBRARY = true;
const table = [
  [
    'length and chunked',
    post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
    [400],
  ],
  [
    'chunked, then a length',
    post('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n', '0\r\n\r\n'),
    [400],
  ],
  ['two lengths', post('Content-Length: 2\r\nContent-Length: 3\r\n', '{}x'), [400]],
  ['two equal lengths', post('Content-Length: 2\r\nContent-Length: 2\r\n', '{}'), [400]],
  ['two lengths in one line', post('Content-Length: 2, 3\r\n', '{}x'), [400], LIBRARY],
  ['a negative length', post('Content-Length: -1\r\n', ''), [400, 0], LIBRARY],
  ['a length with a sign', post('Content-Length: +2\r\n', '{}'), [400, 0], LIBRARY],
  ['a hexadecimal length', post('Content-Length: 0x2\r\n', '{}'), [400, 0], LIBRARY],
  [
    'a length beyond all',
    post('Content-Length: 99999999999999999999999\r\n', '{}'),
    [400, 413, 0], LIBRARY,
  ],
  ['an unknown transfer', post('Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n'), [400, 501]],
  ['chunked written otherwise', post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'), [400, 501]],
  [
    'a chunk that is no number',
    post('Transfer-Encoding: chunked\r\n', 'zz\r\n{}\r\n0\r\n\r\n'),
    [400, 0],
    LIBRARY,
  ],
  ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', [400]],
  ['two Hosts', `GET /healthz HTTP/1.1\r\n${H}${H}\r\n`, [400]],
  ['a space before the colon', 'GET /healthz HTTP/1.1\r\nHost : localhost\r\n\r\n', [400]],
  ['a space in the path', get('/api/wh ere'), [400]],
  ['a tab in the path', get('/api/wh\tere'), [400]],
  ['a folded header', `GET /healthz HTTP/1.1\r\n${H}X-A: a\r\n b\r\n\r\n`, [400, 200]],
  ['a header without a name', `GET /healthz HTTP/1.1\r\n${H}: a\r\n\r\n`, [400, 200]],
    // the library drops it
  ['NUL in the path', get('/api/where\0?q=a'), [400, 0]],
  ['NUL, encoded', get('/api/elder/%00'), [400]],
  ['half a percent', get('/api/where%'), [400]],
  ['a percent that is none', get('/api/%zz'), [400]],
  ['bad UTF-8 in the path', get('/api/elder/%ff'), [400]],
  ['out of the folder', get('/../../../../etc/passwd'), [400, 404]],
  ['out of the folder, encoded', get('/%2e%2e/%2e%2e/%2e%2e/etc/passwd'), [400, 404]],
  ['out of the folder, twice encoded', get('/assets/..%252f..%252fetc/passwd'), [400, 404, 200]],
  ['a backslash', get('/..\\..\\etc\\passwd'), [400, 404]],
  ['an absolute address of another host', get('http://elsewhere.example/api/session'), [400]],
  ['an absolute address of ours', get('http://localhost/livez'), [200]],
  ['an absolute address of another scheme', get('gopher://localhost/livez'), [400]],
  ['the form of a tunnel', `CONNECT localhost:443 HTTP/1.1\r\n${H}\r\n`, [400, 501]],
  ['OPTIONS of everything', `OPTIONS * HTTP/1.1\r\n${H}\r\n`, [501]],
  ['OPTIONS of a path', `OPTIONS /api/session HTTP/1.1\r\n${H}\r\n`, [501]],
  ['a slash, encoded: a page, not the API', get('/api%2Fsession'), [200, 404]],
  ['two slashes', get('//api/session'), [400]],
  ['a part of a page', get('/livez', 'Range: bytes=0-1\r\n'), [200]],
  ['ranges without end', get('/livez', `Range: bytes=${'0-,'.repeat(500)}0-\r\n`), [200]],
  ['a list of entity tags that is none', get('/livez', 'If-None-Match: ",,W/\r\n'), [200]],
  [
    'two languages, two packings',
    get('/livez', 'Accept-Encoding: x;q\r\nAccept-Encoding: ;\r\nAccept-Language: \r\n'),
    [200],
  ],
  ['two kinds of body', post('Content-Type: text/plain\r\nContent-Length: 2\r\n', '{}'), [400]],
  [
    'two sessions',
    get('/api/session', 'Authorization: Bearer a\r\nAuthorization: Bearer b\r\n'),
    [400],
  ],
  [
    'a body that is no JSON',
    `POST /api/session HTTP/1.1\r\n${H}Content-Type: text/json\r\nContent-Length: 2\r\n\r\n{}`,
    [415],
  ],
  ['a body without a kind', `POST /api/session HTTP/1.1\r\n${H}Content-Length: 2\r\n\r\n{}`, [415]],
  [
    'a chunk with an extension and a trailer',
    post(
      'Transfer-Encoding: chunked\r\nConnection: close\r\n',
      '2;a=b\r\n{}\r\n0\r\nX-A: a\r\n\r\n',
    ),
    [401, 422],
  ],
  [
    'a chunk longer than it says',
    post('Transfer-Encoding: chunked\r\n', '1\r\n{}\r\n0\r\n\r\n'),
    [400, 0], LIBRARY,
  ],
  [
    'a chunk of 2 to the 64',
    post('Transfer-Encoding: chunked\r\n', '10000000000000000\r\n{}\r\n0\r\n\r\n'),
    [400, 413, 0], LIBRARY,
  ],
  ['a long address', get(`/api/where?q=${'a'.repeat(20000)}`), [400, 414, 431, 0]],
  ['a huge header', get('/healthz', `X-A: ${'a'.repeat(100000)}\r\n`), [400, 431, 0], LIBRARY],
  ['a thousand headers', get('/healthz', 'X-A: a\r\n'.repeat(1000)), [400, 431, 0], LIBRARY],
  ['an unknown method', `BREW /healthz HTTP/1.1\r\n${H}\r\n`, [400, 405, 501]],
  ['TRACE', `TRACE /healthz HTTP/1.1\r\n${H}\r\n`, [400, 405, 501]],
  ['a method in small letters', `get /healthz HTTP/1.1\r\n${H}\r\n`, [400, 405, 501]],
  ['HTTP/2 in plain', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400, 505, 0], LIBRARY],
  ['HTTP/3.7', `GET /healthz HTTP/3.7\r\n${H}\r\n`, [400, 505, 0], LIBRARY],
  ['no version', 'GET /healthz\r\n\r\n', [400, 505, 0], LIBRARY],
  [
    'TLS to a plain port',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
    [400, 0], LIBRARY,
  ],
  ['a body on a GET', `GET /api/session HTTP/1.1\r\n${H}Content-Length: 2\r\n\r\n{}`, [400]],
  ['bare line feeds', `GET /healthz HTTP/1.1\n${H.replace('\r', '')}\n`, [400, 200, 0]],
  [
    'a carriage return inside a header',
    `GET /healthz HTTP/1.1\r\n${H}X-A: a\rb\r\n\r\n`,
    [400, 200, 0],
  ],
  ['Expect', post('Expect: 200-maybe\r\nContent-Length: 2\r\n', '{}'), [400, 417, 422, 401, 403]],
];

/** Connections that give up, or take their time: they may cost a socket, never the house. */
export async function slowOnes(port) {
  const half =
    'POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
  const began = Date.now();
  const answers = await Promise.all([
    talk(port, [`${half}Content-Length: 100\r\n\r\n{"login":`], { wait: 70000 }),
    talk(port, ['GET /healthz HTTP/1.1\r\nHost: local'], { wait: 70000 }),
    talk(port, [], { wait: 70000 }),
  ]);
  const seconds = (Date.now() - began) / 1000;
  check(
    answers.every((a) => a.closed),
    `a connection that says nothing more is kept after ${seconds} s`,
  );
}

/** How many answers a client reads: none after one that says it is the last. */
function answersIn(text) {
  let n = 0;
  for (let rest = text; rest.startsWith('HTTP/1.1 '); n++) {
    const head = rest.slice(0, rest.indexOf('\r\n\r\n'));
    if (/^connection: *close/im.test(head)) return n + 1;
    rest = rest.slice(head.length + 4 + Number(head.match(/^content-length: *(\d+)/im)?.[1] ?? 0));
  }
  return n;
}

function problem(text, code) {
  const [head, body] = [text.slice(0, text.indexOf('\r\n\r\n')), text.split('\r\n\r\n')[1]];
  check(/^content-type: application\/problem\+json/im.test(head), `no problem+json: ${head}`);
  const said = JSON.parse(body);
  same(said.status, code, 'the status in the problem');
  check(said.title && said.type, `an incomplete problem: ${body}`);
}

/** Nothing of what was sent comes back, no type invites a browser to run it, and it is the end. */
function fixedPage(text) {
  check(!/^content-type:/im.test(text), `the library's page has a type: ${text.slice(0, 200)}`);
  check(/^connection: close/im.test(text), 'the connection goes on');
  check(!/aaaa|x-a:|session|healthz/i.test(text), `what was sent comes back: ${text}`);
}

export async function wire(house) {
  for (const [what, bytes, statuses, library] of table)
    await test(`on the wire: ${what}`, async () => {
      const { text, closed } = await talk(house.port, bytes);
      const got = Number(text.match(/^HTTP\/1\.1 (\d{3})/)?.[1] ?? 0);
      check(statuses.includes(got), `got ${got}, wanted ${statuses}: ${text.slice(0, 200)}`);
      check(got !== 0 || closed, 'neither an answer nor an end');
      check(!/root:x:/.test(text), 'a file of the machine');
      if (got >= 400) (library ? fixedPage : problem)(text, got);
      same(answersIn(text), got ? 1 : 0, 'one answer, not two');
    });
  await test('on the wire: requests sent at once are answered in their order', async () => {
    const kept = (path) => `GET ${path} HTTP/1.1\r\n${H}\r\n`;
    const asked = kept('/livez') + kept('/api/no_such') + kept('/livez') + get('/api/no_such');
    const { text, closed } = await talk(house.port, asked);
    const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((m) => m[1]);
    same(statuses, ['200', '404', '200', '404'], 'the answers');
    same(answersIn(text), 4, 'whole ones');
    check(closed, 'the connection outlives the last');
  });
  await test('on the wire: HEAD is GET without its body', async () => {
    const lines = (text) => text.slice(0, text.indexOf('\r\n\r\n')).split('\r\n')
      .filter((line) => !/^date:/i.test(line)).sort();
    for (const path of ['/livez', '/api/session', '/api/no_such', '/']) {
      const [one, other] = [await talk(house.port, get(path)),
        await talk(house.port, get(path).replace('GET', 'HEAD'))];
      same(lines(other.text), lines(one.text), `the head of ${path}`);
      same(other.text.split('\r\n\r\n')[1], '', `what follows the head of ${path}`);
    }
  });
  await test('on the wire: a body byte by byte, in chunks of one', async () => {
    const bytes = [...'{"login":"nobody"}'].map((c) => `1\r\n${c}\r\n`);
    const head = post('Transfer-Encoding: chunked\r\nConnection: close\r\n', '');
    const { text } = await talk(house.port, [head, ...bytes, '0\r\n\r\n'], { gap: 5 });
    check(/^HTTP\/1\.1 (401|422) /.test(text), text.slice(0, 200));
  });
  await test('on the wire: a hundred that hang up half way', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        talk(
          house.port,
          [
            `POST /api/order HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n${'{'.repeat(i)}`,
          ],
          { wait: 100 },
        ),
      ),
    );
    await house.ready(5000);
  });
}
