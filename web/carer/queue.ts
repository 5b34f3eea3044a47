/*
 * queue.ts - what the carer did, sent in order. Each deed has its key from the first try on, so that a
 * repeat after a lost answer counts once; a deed the server refuses stays and is shown. Versions are
 * taken from the last answer about the visit, so that "done" can wait behind "arrived".
 */
import { computed, ref, shallowRef } from 'vue'
import { ask, Failure, newKey } from '@shared/api'
import { all, drop, put } from './shelf'

export interface Deed {
  key: string
  account: string
  visit: string
  action: string
  body?: Record<string, unknown>
  photo?: Blob
  at: string
  fault?: string
}
interface Answer { version?: number; visit?: { version?: number } }

const AGAIN_MS = 8000
export const deeds = shallowRef<Deed[]>([])
export const sending = ref(false)
export const waiting = computed(() => deeds.value.filter(d => !d.fault))
export const refused = computed(() => deeds.value.filter(d => d.fault))
const versions = new Map<string, number>()
let account = ''
let sent: () => void = () => undefined

export const knowVersion = (visit: string, version: number) => { versions.set(visit, version) }

/* On a shared phone only the deeds of who is signed in are sent. */
export function sendAs(who: string, then: () => void): void {
  account = who
  sent = then
  void send()
}

async function one(d: Deed): Promise<void> {
  const path = d.photo ? `/api/visit/${d.visit}/file` : `/api/visit/${d.visit}/${d.action}`
  const answer = await ask<Answer | undefined>('POST', path, d.photo ? { raw: d.photo, key: d.key }
    : { body: d.body ?? {}, key: d.key, version: versions.get(d.visit) })
  const version = answer?.version ?? answer?.visit?.version
  if (version && !d.photo) versions.set(d.visit, version)
}

async function settle(d: Deed, e: unknown): Promise<boolean> {
  const f = e instanceof Failure ? e : new Failure('broken', 0)
  if (['offline', 'busy', 'sign_in', 'too_many', 'broken'].includes(f.kind)) return false
  const marked = { ...d, fault: f.message || f.kind }
  deeds.value = deeds.value.map(x => x.key === d.key ? marked : x)
  await put(d.key, marked)
  return true
}

const next = () => waiting.value.find(w => w.account === account)

/* Sends what waits, oldest first; stops at the first that must wait. */
export async function send(): Promise<void> {
  if (sending.value || !account) return
  sending.value = true
  let any = false
  for (let d = next(); d; d = next()) {
    try {
      await one(d)
      await forgetDeed(d)
      any = true
    } catch (e) {
      if (!(await settle(d, e))) break
      any = true
    }
  }
  sending.value = false
  if (any) sent()
}

export async function forgetDeed(d: Deed): Promise<void> {
  deeds.value = deeds.value.filter(x => x.key !== d.key)
  await drop(d.key)
}

/* Writes the deed down first, then tries to send it. */
export async function doIt(visit: string, action: string, body?: Record<string, unknown>, photo?: Blob): Promise<void> {
  const deed: Deed = { key: newKey(), account, visit, action, body, photo, at: new Date().toISOString() }
  deeds.value = [...deeds.value, deed]
  await put(deed.key, deed)
  await send()
}

export async function startQueue(): Promise<void> {
  deeds.value = (await all<Deed>()).sort((a, b) => a.at < b.at ? -1 : 1)
  window.addEventListener('online', () => void send())
  setInterval(() => { if (waiting.value.length) void send() }, AGAIN_MS)
}
