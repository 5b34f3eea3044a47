/*
 * api.ts - the one way to the server.
 * A write carries an Idempotency-Key that stays the same over every repeat of the same logical
 * action: pass `key` (keep it with the draft) when a repeat may come from a later page load.
 * 503 is tried again after Retry-After; a lost network throws `Failure` with kind "offline".
 */
import { ref } from 'vue'
import type { FieldFault, Problem, Session } from './types'

export type FailureKind = 'offline' | 'sign_in' | 'forbidden' | 'missing' | 'conflict' | 'invalid'
  | 'too_many' | 'busy' | 'broken'

export class Failure extends Error {
  readonly kind: FailureKind
  readonly status: number
  readonly fields: FieldFault[]
  readonly current: unknown

  constructor(kind: FailureKind, status: number, problem?: Problem) {
    super(problem?.detail || problem?.title || '')
    this.name = 'Failure'
    this.kind = kind
    this.status = status
    this.fields = problem?.fields ?? []
    this.current = problem?.current
  }

  /* What is wrong with one field, or ''. */
  of(field: string): string {
    return this.fields.find(f => f.field === field)?.message ?? ''
  }
}

/* Whatever was thrown, as a failure. */
export const failureOf = (e: unknown): Failure => e instanceof Failure ? e : new Failure('broken', 0)

export interface Ask {
  query?: Record<string, string | number | boolean | undefined | null>
  body?: unknown
  raw?: Blob
  key?: string
  version?: number
  signal?: AbortSignal
  tries?: number
}

/* Whether the network answered last time; pages show a bar when it is false. */
export const online = ref(typeof navigator === 'undefined' || navigator.onLine !== false)
/* When the answer came from the phone's own store: the moment it was kept, else ''. */
export const keptAt = ref('')

let language = 'zh-CN'
let csrf = ''
let opening: Promise<Session> | null = null

let token = ''

/* A phone that several people share carries a session of its own instead of the cookie; '' ends it. */
export function bearer(of: string): void {
  token = of
  opening = null
}

export function speak(lang: string): void { language = lang }

/* A fresh key for one logical action. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
    .join('-')
}

export function kindOf(status: number): FailureKind {
  const kinds: Record<number, FailureKind> = { 401: 'sign_in', 403: 'forbidden', 404: 'missing',
    409: 'conflict', 429: 'too_many', 503: 'busy', 502: 'busy', 504: 'busy' }
  return kinds[status] ?? (status < 500 ? 'invalid' : 'broken')
}

/* The session, asked once and remembered; `again` asks anew (after sign-in or a change of role). */
export function session(again = false): Promise<Session> {
  if (!opening || again) {
    opening = ask<Session | undefined>('GET', '/api/session').then(s => { csrf = s?.csrf ?? ''; return s ?? { csrf } })
    opening.catch(() => { opening = null })
  }
  return opening
}

export function addressOf(path: string, query?: Ask['query']): string {
  const pairs = Object.entries(query ?? {})
    .filter(([, v]) => v !== undefined && v !== null && v !== '')
    .map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(String(v))}`)
  return pairs.length ? `${path}?${pairs.join('&')}` : path
}

function pause(ms: number): Promise<void> {
  return new Promise(done => setTimeout(done, ms))
}

function waitOf(answer: Response, turn: number): number {
  const told = Number(answer.headers.get('Retry-After'))
  return Math.min(told > 0 ? told * 1000 : 500 * 2 ** turn, 8000)
}

export async function headersOf(verb: string, how: Ask, key: string): Promise<Record<string, string>> {
  const head: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language }
  if (how.raw) head['Content-Type'] = how.raw.type || 'application/octet-stream'
  else if (how.body !== undefined) head['Content-Type'] = 'application/json'
  if (how.version !== undefined) head['If-Match'] = `"${how.version}"`
  if (token) head.Authorization = `Bearer ${token}`
  if (verb !== 'GET') {
    if (!csrf && !token) await session()
    if (!token) head['X-Yike-CSRF'] = csrf
    head['Idempotency-Key'] = key
  }
  return head
}

async function send(verb: string, path: string, how: Ask, head: Record<string, string>) {
  try {
    const answer = await fetch(addressOf(path, how.query), {
      method: verb, headers: head, credentials: token ? 'omit' : 'same-origin', signal: how.signal,
      body: how.raw ?? (how.body === undefined ? undefined : JSON.stringify(how.body)),
    })
    online.value = true
    if (verb === 'GET') keptAt.value = answer.headers.get('X-Yike-Kept') ?? ''
    return answer
  } catch (e) {
    if ((e as Error).name === 'AbortError') throw e
    online.value = false
    throw new Failure('offline', 0)
  }
}

async function read(answer: Response): Promise<unknown> {
  const text = await answer.text()
  if (!text) return undefined
  try { return JSON.parse(text) } catch { return undefined }
}

/* Another tab may have signed in anew: true when the session's token has changed. */
async function newToken(): Promise<boolean> {
  const before = csrf
  await session(true)
  return csrf !== before
}

/* Asks the server; throws Failure. GETs and writes alike are tried again on 502, 503 and 504. */
export async function ask<T>(verb: string, path: string, how: Ask = {}): Promise<T> {
  const key = how.key ?? newKey()
  const tries = how.tries ?? 3
  for (let turn = 0; ; turn++) {
    const answer = await send(verb, path, how, await headersOf(verb, how, key))
    if (answer.ok) return await read(answer) as T
    const kind = kindOf(answer.status)
    if (kind === 'busy' && turn + 1 < tries) {
      await pause(waitOf(answer, turn))
      continue
    }
    const problem = await read(answer) as Problem | undefined
    if (kind === 'forbidden' && verb !== 'GET' && turn === 0 && !token && await newToken()) continue
    throw new Failure(kind, answer.status, problem)
  }
}

export const get = <T>(path: string, query?: Ask['query'], signal?: AbortSignal) =>
  ask<T>('GET', path, { query, signal })
export const post = <T>(path: string, body?: unknown, how: Ask = {}) =>
  ask<T>('POST', path, { body: body ?? {}, ...how })
export const patch = <T>(path: string, body: unknown, version: number, how: Ask = {}) =>
  ask<T>('PATCH', path, { body, version, ...how })
export const remove = <T>(path: string, how: Ask = {}) => ask<T>('DELETE', path, how)

if (typeof window !== 'undefined') {
  window.addEventListener('online', () => { online.value = true })
  window.addEventListener('offline', () => { online.value = false })
}
