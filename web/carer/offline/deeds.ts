/*
 * deeds.ts - what the carer did, written down sealed first and then sent in order, each once (docs/OFFLINE.md).
 * Photos, signatures and voice notes follow as files when their record is in.
 */
import { computed, ref, shallowRef } from 'vue'
import { ask, Failure, failureOf, get, newKey, post } from '@shared/api'
import { phoneId } from '@shared/offline/id'
import { canKeep, person, seal, sealJson, unkeep, unseal, unsealJson } from '@shared/offline/vault'

/* `sent`: the house has it; it counts here until the rows that the house tells know of it too. */
export type Fate = 'waits' | 'file' | 'sent' | 'conflict' | 'refused'
export interface Upload { path: string; key: string }
export interface Deed {
  key: string; entity: 'visit' | 'proof' | 'meal_stop' | 'mood_note' | 'errand' | 'escort' | 'proxy' | 'meal_batch'; action: string; id: string; visit: string
  version?: number; after?: string; at?: string; what: Record<string, unknown>
  fate: Fate; uploads: Upload[]; type?: string
  message?: string; current?: Record<string, unknown>; mine?: boolean; same?: boolean; now?: number
}
interface Result {
  key: string; result: 'done' | 'repeated' | 'conflict' | 'refused' | 'later'; version?: number
  message_key?: string; message?: string; fields?: { key: string; message: string }[]
  current?: Record<string, unknown>; mine?: boolean; same?: boolean
}
export interface Done { entity?: Deed['entity']; id?: string; what?: Record<string, unknown>; file?: Blob; uploads?: Upload[] }

/* Each kind of work has its form; what is sent together is of one. */
const FORMS: Partial<Record<Deed['entity'], string>> = { meal_stop: 'meals', errand: 'errands', escort: 'escorts', proxy: 'escorts', meal_batch: 'batches' }
const formOf = (d: Deed) => `/api/sync/${FORMS[d.entity] ?? 'visits'}`

/* Asks for the rows of a form; what was sent before the question is in them, and forgotten. */
export async function askRows<P>(form: string, since?: string, take?: (p: P) => void): Promise<P> {
  const path = `/api/sync/${form}`, had = deeds.value.filter(d => d.fate === 'sent' && formOf(d) === path)
  const p = await get<P>(path, { since })
  take?.(p)
  if (had.length) await write(deeds.value.filter(d => !had.some(x => x.key === d.key)))
  return p
}
const ITEMS_MAX = 50
const AGAIN_MS = 8000
const LATER = ['offline', 'busy', 'too_many', 'broken', 'sign_in']
export const deeds = shallowRef<Deed[]>([])
export const sending = ref(false)
export const signInWanted = ref(false)
export const waiting = (d: Deed) => d.fate === 'waits' || d.fate === 'file'
export const counts = (d: Deed) => waiting(d) || d.fate === 'sent'
export const unsent = computed(() => deeds.value.filter(waiting))
export const stuck = computed(() => deeds.value.filter(d => d.fate === 'conflict' || d.fate === 'refused'))
const held = new Set<string>()                         /* forms of which nothing moved this time */
const versions = new Map<string, number>()
const files = new Map<string, Blob>()                  /* only where nothing can be sealed */
let sent: () => void = () => undefined
export const whenSent = (then: () => void) => { sent = then }
export const knowVersion = (id: string, version: number) => { versions.set(id, version) }

async function write(list: Deed[]): Promise<void> {
  deeds.value = list
  await sealJson('deeds', list)
}
const change = (key: string, more: Partial<Deed>) => write(deeds.value.map(d => d.key === key ? { ...d, ...more } : d))

async function keepFile(key: string, file: Blob): Promise<void> {
  if (canKeep) await seal(`file:${key}`, await new Response(file).arrayBuffer())
  else files.set(key, file)
}

async function fileOf(d: Deed): Promise<Blob | undefined> {
  const plain = await unseal(`file:${d.key}`)
  return plain ? new Blob([plain], { type: d.type }) : files.get(d.key)
}

/* Written down, sealed, and only then tried. */
export async function doIt(visit: string, action: string, how: Done = {}): Promise<string> {
  const entity = how.entity ?? 'visit', id = how.id ?? (action === 'create' ? phoneId() : visit), key = newKey()
  const before = unsent.value.filter(d => d.entity === entity && d.id === id).pop()
  if (how.file) await keepFile(key, how.file)
  await write([...deeds.value, {
    key, entity, action, id, visit, version: action === 'create' ? undefined : versions.get(id), after: before?.key,
    at: new Date().toISOString(), what: how.what ?? {}, fate: 'waits', type: how.file?.type, uploads: how.uploads ?? [],
  }])
  void askLater()
  void send()
  return key
}

/* A proof she made: scanned, signed, taken, said. */
export function prove(visit: string, kind: string, what: Record<string, unknown> = {}, file?: Blob): Promise<string> {
  const id = phoneId()
  const uploads = file ? [{ path: `/api/proof/${id}/file`, key: newKey() }] : []
  if (kind === 'photo') uploads.push({ path: `/api/visit/${visit}/file`, key: newKey() })
  return doIt(visit, 'create', { entity: 'proof', id, what: { visit, kind, ...what }, file, uploads })
}

/* --- sending --- */

const plain = (d: Deed) => ({ key: d.key, entity: d.entity, action: d.action, id: d.id, version: d.version, after: d.after, at: d.at, what: d.what })

async function settle(d: Deed, r: Result): Promise<void> {
  if (r.result === 'later') return
  if (r.result === 'done' || r.result === 'repeated') {
    if (r.version) versions.set(d.id, r.version)
    return change(d.key, { fate: d.uploads.length ? 'file' : 'sent' })
  }
  if (r.fields?.[0]?.key === 'sync.id_taken') return remake(d)
  const message = r.fields?.map(f => f.message).join(' ') || r.message
  await change(d.key, { fate: r.result, message, current: r.current, mine: r.mine, same: r.same, now: r.version })
}

/* The id was another's: a new one, and with it the place of its files. */
function remake(d: Deed): Promise<void> {
  const id = phoneId()
  const uploads = d.uploads.map(u => ({ ...u, path: u.path.replace(`/proof/${d.id}/`, `/proof/${id}/`) }))
  return write(deeds.value.map(x => x.key === d.key ? { ...d, id, uploads, key: d.key } : x))
}

async function pushSome(): Promise<boolean> {
  const first = deeds.value.find(d => d.fate === 'waits' && !held.has(formOf(d)))
  if (!first) return false
  const form = formOf(first)
  const items = deeds.value.filter(d => d.fate === 'waits' && formOf(d) === form).slice(0, ITEMS_MAX)
  const answer = await post<{ results: Result[] }>(form, { phone_at: new Date().toISOString(), items: items.map(plain) })
  let moved = false
  for (const r of answer.results) {
    const d = items.find(x => x.key === r.key)
    if (!d) continue
    moved = moved || r.result !== 'later'
    await settle(d, r)
  }
  if (!moved) held.add(form)
  return true
}

async function uploadSome(): Promise<boolean> {
  const d = deeds.value.find(x => x.fate === 'file')
  if (!d) return false
  const file = await fileOf(d), next = d.uploads[0]
  if (file && next) {
    try { await ask('POST', next.path, { raw: file, key: next.key }) } catch (e) {
      const f = failureOf(e)
      if (LATER.includes(f.kind)) throw f
      await change(d.key, { fate: 'refused', message: f.message })
      return true
    }
  }
  const rest = d.uploads.slice(1)
  if (file && rest.length) await change(d.key, { uploads: rest })
  else {
    await forgetFile(d)
    await change(d.key, { uploads: [], fate: 'sent' })
  }
  return true
}

/* Sends what waits, oldest first, until nothing moves. */
export async function send(): Promise<void> {
  if (sending.value || !unsent.value.length) return
  sending.value = true
  held.clear()
  let any = false
  try {
    while (await pushSome()) any = true
    while (await uploadSome()) any = true
  } catch (e) {
    signInWanted.value = e instanceof Failure && e.kind === 'sign_in'
  } finally { sending.value = false }
  if (any) sent()
}

async function forgetFile(d: Deed): Promise<void> {
  files.delete(d.key)
  await unkeep(`file:${d.key}`)
}

export async function forgetDeed(d: Deed): Promise<void> {
  await write(deeds.value.filter(x => x.key !== d.key))
  await forgetFile(d)
}

/* --- the person decides --- */

/* What followed the deed no longer waits for it. */
const follow = (d: Deed, key?: string) =>
  deeds.value.map(x => x.after === d.key ? { ...x, after: key, version: d.now ?? x.version } : x)

export async function theirs(d: Deed): Promise<void> {
  await write(follow(d))
  await forgetDeed(d)
  void send()
}

export async function mine(d: Deed): Promise<void> {
  const key = newKey()
  await write(follow(d, key).map(x => x.key === d.key
    ? { ...x, key, version: d.now, after: undefined, fate: 'waits' as const, message: undefined, current: undefined } : x))
  void send()
}

/* A moment that cannot be is entered as now, and marked as told late by the server. */
export async function asNow(d: Deed): Promise<void> {
  await change(d.key, { at: undefined, fate: 'waits', message: undefined })
  void send()
}

export async function both(d: Deed, note: string): Promise<void> {
  if (d.now) versions.set(d.id, d.now)
  await write(follow(d))
  await forgetDeed(d)
  await doIt(d.visit, 'note', { what: { note } })
}

/* --- waking --- */

async function askLater(): Promise<void> {
  try {
    const ready = await navigator.serviceWorker?.ready as (ServiceWorkerRegistration & { sync?: { register: (tag: string) => Promise<void> } }) | undefined
    await ready?.sync?.register('carer-send')
  } catch { /* no Background Sync here: the timer and the next opening send */ }
}

export async function takeDeeds(): Promise<void> {
  deeds.value = person.value ? await unsealJson<Deed[]>('deeds') ?? [] : []
  versions.clear()
  void send()
}

export function startSending(): void {
  window.addEventListener('online', () => void send())
  document.addEventListener('visibilitychange', () => { if (!document.hidden) void send() })
  navigator.serviceWorker?.addEventListener('message', () => void send())
  setInterval(() => void send(), AGAIN_MS)
}
