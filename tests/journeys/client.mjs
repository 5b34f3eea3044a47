// client.mjs - one person at one browser: cookie, CSRF, idempotency keys, sign-in.

import { randomUUID } from 'node:crypto';
import { Fault, status, until } from './harness.mjs';

export const demoPassword = 'anlan-2026-demo';
export const daughterPhone = '10088880001';

export function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * As a browser does: when a connection that was kept has ended meanwhile (this process may have
 * computed for longer than the server keeps one), what changes nothing is asked on a new one.
 */
const ended = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);
async function fetched(address, options) {
  try {
    return await fetch(address, options);
  } catch (fault) {
    if (options.method !== 'GET' || !ended.has(fault.cause?.code)) throw fault;
    return fetch(address, options);
  }
}

export class Client {
  constructor(house) {
    Object.assign(this, { house, cookie: '', csrf: '', observe: null });
  }

  /** One request; body is JSON unless it is bytes. Never throws for an answer, whatever it says. */
  async ask(verb, path, body, { key, version, headers = {}, limit = 60000 } = {}) {
    const head = { ...headers };
    if (this.cookie) head.cookie = this.cookie;
    if (verb !== 'GET') {
      head['idempotency-key'] ??= key ?? randomUUID();
      head['x-yike-csrf'] ??= this.csrf;
    }
    if (version !== undefined) head['if-match'] = `"${version}"`;
    const raw = body instanceof Uint8Array || typeof body === 'string';
    if (body !== undefined) head['content-type'] ??= 'application/json';
    const r = await fetched(this.house.base + path, {
      method: verb,
      headers: head,
      redirect: 'manual',
      signal: AbortSignal.timeout(limit),
      body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
    });
    const text = await r.text();
    this.keepCookie(r);
    const answer = { verb, path, status: r.status, headers: r.headers, text, body: json(text) };
    this.observe?.(answer);
    return answer;
  }

  keepCookie(r) {
    for (const line of r.headers.getSetCookie?.() ??
      [r.headers.get('set-cookie')].filter(Boolean)) {
      const [pair] = line.split(';');
      this.cookie = pair.endsWith('=') || /max-age=0/i.test(line) ? '' : pair;
    }
  }

  get(path, options) {
    return this.ask('GET', path, undefined, options);
  }
  post(path, body = {}, options) {
    return this.ask('POST', path, body, options);
  }
  patch(path, body, version, options) {
    return this.ask('PATCH', path, body, { version, ...options });
  }

  /** The body of a 2xx; anything else is a fault that tells the answer. */
  async read(path) {
    return status(await this.get(path), 200);
  }
  async write(path, body, options) {
    return status(await this.post(path, body, options), 200, 201);
  }

  /** Asks again, under the same key, while the house says it is busy or is away. */
  async insist(path, body, { key = randomUUID(), tries = 100, gap = 100, version } = {}) {
    for (let i = 0; ; i++) {
      let answer;
      try {
        answer = await this.post(path, body, { key, version });
      } catch (fault) {
        if (i >= tries) throw fault;
      }
      if (answer && answer.status !== 503) return answer;
      if (i >= tries) return answer;
      await new Promise((done) => setTimeout(done, gap));
    }
  }

  // --- signing in ---

  async session() {
    const s = await this.read('/api/session');
    this.csrf = s.csrf ?? '';
    return s;
  }

  /** Staff by password; the second factor is owed only where the house asks for it. */
  async signIn(login, password = demoPassword) {
    const first = await this.post('/api/session', { login, password });
    status(first, 200, 201);
    this.me = await this.session();
    return first.body;
  }

  /** A citizen by the code that reaches her telephone. */
  async signInByPhone(phone) {
    const before = this.house.messages('sign_in.code', phone).length;
    status(await this.post('/api/session/code', { phone }), 200, 201);
    const sent = await until(
      `a code for ${phone}`,
      () => this.house.messages('sign_in.code', phone)[before],
    );
    status(await this.post('/api/session/phone', { phone, code: sent.values.code }), 200, 201);
    this.me = await this.session();
    return this;
  }
}

export async function staff(house, login) {
  const c = new Client(house);
  await c.signIn(login);
  return c;
}

export async function citizen(house, phone) {
  const c = new Client(house);
  await c.signInByPhone(phone);
  return c;
}

const daughters = new WeakMap();
/** The demo's daughter: she may have one code a minute, so she stays signed in while that holds. */
export async function daughterOf(house) {
  const known = daughters.get(house);
  if (known && (await known.get('/api/my')).status === 200) return known;
  const daughter = await until('a code for the daughter, one a minute',
    () => citizen(house, daughterPhone).catch(() => null), 70000, 2000);
  daughters.set(house, daughter);
  return daughter;
}

let phones = 10000;
/** A telephone number nobody has, on a prefix nobody is given. */
export const newPhone = () =>
  `1009${String(process.pid % 1000).padStart(3, '0')}${String(phones++ % 10000).padStart(4, '0')}`;

/** Acts on a row at the version the caller sees. */
export async function act(client, entity, id, action, body = {}) {
  const row = await client.read(`/api/${entity}/${id}`);
  return client.post(`/api/${entity}/${id}/${action}`, body, { version: row.version });
}

export async function mustAct(client, entity, id, action, body) {
  return status(await act(client, entity, id, action, body), 200, 201);
}

export { Fault };
