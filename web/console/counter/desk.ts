/*
 * desk.ts - the counter without waiting: diners taken along, meals written down sealed and sent in order, each once.
 * The same contract as the carer's phone (docs/OFFLINE.md). What is found here is found without a network.
 */
import { failureOf, get, newKey, post, type Failure } from '@shared/api'
import { today } from '@shared/format'
import { phoneId } from '@shared/offline/id'
import { enterDesk, sealJson, unsealJson, type Person } from '@shared/offline/vault'
import { computed, ref, shallowRef } from 'vue'

export interface Ahead { id: string; number: string; quantity: number; paid: boolean }
export interface Diner {
  elder: string; name: string; age?: number; building: string; phone4: string; id4: string; keys: string; cards: string[]
  photo?: string; diet: string; price: number; own_pay: number; full_pay: number; subsidy: number; why: string; used: string; had: number; ahead?: Ahead
}
export type PayWay = 'cash' | 'station_qr' | 'monthly'
export interface Meal {
  key: string; id: string; at: string; day: string; name: string; elder?: string; own_pay: number; pay_way: PayWay
  what: Record<string, unknown>; fate: 'waits' | 'sent' | 'clash' | 'refused'; message?: string; version?: number
}
interface Pull { day: string; since: string; cut: boolean; rows: { id: string; row: Diner }[]; gone: { id: string }[] }
interface Kept { day: string; since: string; at: string; cut: boolean; rows: Record<string, Diner> }
interface Result { key: string; result: 'done' | 'repeated' | 'conflict' | 'refused' | 'later'; version?: number; message?: string; message_key?: string; row?: { state?: string }; fields?: { key: string; message: string }[] }

const FORM = '/api/sync/counter'
const ITEMS_MAX = 50
const kept = shallowRef<Kept>()
export const meals = shallowRef<Meal[]>([])
export const away = ref(false) /* the network, as of the last question */
export const failure = shallowRef<Failure>()
export const waiting = computed(() => meals.value.filter((m) => m.fate === 'waits'))
export const trouble = computed(() => meals.value.filter((m) => m.fate === 'clash' || m.fate === 'refused'))
export const diners = computed(() => Object.values(kept.value?.rows ?? {}))
export const listAt = computed(() => kept.value?.at ?? '')
export const listCut = computed(() => kept.value?.cut ?? false)
let sending = false

/* --- what is kept --- */

async function write(list: Meal[]): Promise<void> {
  meals.value = list
  await sealJson('counter.meals', list)
}
const change = (key: string, more: Partial<Meal>) => write(meals.value.map((m) => (m.key === key ? { ...m, ...more } : m)))

export async function openDesk(who: Person): Promise<void> {
  await enterDesk(who).catch((e: unknown) => noteFailure(e))
  const had = await unsealJson<Kept>('counter.list')
  const left = (await unsealJson<Meal[]>('counter.meals')) ?? []
  if (had?.day === today()) kept.value = had
  meals.value = left.filter((m) => m.day === today() || m.fate !== 'sent')
  await pull()
  void send()
}

function noteFailure(e: unknown): void {
  failure.value = failureOf(e)
  away.value = failure.value.kind === 'offline'
}

export async function pull(): Promise<void> {
  const same = kept.value?.day === today() ? kept.value : undefined
  try {
    const p = await get<Pull>(FORM, { since: same?.since })
    const rows = { ...(same && same.day === p.day ? same.rows : {}) }
    for (const g of p.gone) delete rows[g.id]
    for (const r of p.rows) rows[r.id] = r.row
    kept.value = { day: p.day, since: p.since, cut: p.cut, at: new Date().toISOString(), rows }
    away.value = false
    failure.value = undefined
    await sealJson('counter.list', kept.value)
  } catch (e) {
    noteFailure(e)
  }
}

/* --- finding --- */

const card = (q: string) => q.replace(/^YIKE-C:/i, '').replace(/[\s-]/g, '').toUpperCase()
function meets(d: Diner, q: string): number {
  if (d.cards.includes(card(q))) return 0
  if (/^\d{3}[\dxX]$/.test(q)) return d.phone4 === q || d.id4.toUpperCase() === q.toUpperCase() ? 1 : -1
  const [initials = '', whole = ''] = d.keys.split(',')
  const low = q.toLowerCase()
  if (/^[a-z]+$/.test(low)) return initials === low ? 1 : initials.startsWith(low) ? 2 : whole.startsWith(low) ? 3 : -1
  return d.name.startsWith(q) ? 1 : d.name.includes(q) ? 2 : -1
}

/* The best first; who shows a card is alone. */
export function findHere(q: string): Diner[] {
  const text = q.trim()
  if (!text) return []
  const met = diners.value.map((d) => ({ d, rank: meets(d, text) })).filter((x) => x.rank >= 0)
  const exact = met.filter((x) => x.rank === 0)
  return (exact.length ? exact : met.sort((a, b) => a.rank - b.rank)).slice(0, 9).map((x) => x.d)
}

/* Whom the list does not hold: asked of the house. */
export async function findThere(q: string, offer: string): Promise<Diner[]> {
  const found = await get<{ people: Diner[] }>('/api/counter/people', { q: q.trim(), offer })
  return found.people
}

/* --- serving --- */

/* What is shown is what she pays: after today's first, the whole. */
export function payOf(d: Diner, served: boolean): number {
  if (d.ahead) return d.own_pay
  return d.used || served ? d.full_pay : d.own_pay
}
export const servedHere = (elder: string) => meals.value.some((m) => m.elder === elder && m.day === today() && m.fate !== 'refused')

export async function serve(d: Diner | undefined, offer: { id: string; price: number }, pay_way: PayWay, guest: string): Promise<void> {
  const own = d ? payOf(d, servedHere(d.elder) && !d.ahead) : offer.price
  const known = d && kept.value?.rows[d.elder]
  const shown = d && !known ? d.cards[0] : undefined
  const meal: Meal = {
    key: newKey(), id: phoneId(), at: new Date().toISOString(), day: today(), name: d?.name ?? guest, elder: d?.elder, own_pay: own, pay_way, fate: 'waits',
    what: { offer: offer.id, quantity: 1, pay_way, said: own, ...(shown ? { card: shown } : d ? { elder: d.elder } : {}) },
  }
  await write([...meals.value, meal])
  if (known && kept.value) {
    kept.value = { ...kept.value, rows: { ...kept.value.rows, [d.elder]: { ...known, had: known.had + 1, ahead: undefined } } }
    void sealJson('counter.list', kept.value)
  }
  void send()
}

async function settle(m: Meal, r: Result): Promise<void> {
  if (r.result === 'later') return
  if (r.result === 'done' || r.result === 'repeated') return change(m.key, { fate: r.row?.state === 'clash' ? 'clash' : 'sent', version: r.version })
  if (r.fields?.[0]?.key === 'sync.id_taken') return change(m.key, { id: phoneId() })
  return change(m.key, { fate: 'refused', message: r.fields?.map((f) => f.message).join(' ') || r.message })
}

/* Sends what waits, oldest first, until nothing moves. */
export async function send(): Promise<void> {
  if (sending || !waiting.value.length) return
  sending = true
  let moved = false
  try {
    for (let on = true; on && waiting.value.length; ) {
      const items = waiting.value.slice(0, ITEMS_MAX)
      const body = items.map((m) => ({ key: m.key, entity: 'counter_meal', action: 'create', id: m.id, at: m.at, what: m.what }))
      const answer = await post<{ results: Result[] }>(FORM, { phone_at: new Date().toISOString(), items: body })
      on = false
      for (const r of answer.results) {
        const m = items.find((x) => x.key === r.key)
        on = on || (r.result !== 'later' && Boolean(m))
        if (m) await settle(m, r)
      }
      moved = moved || on
    }
    away.value = false
    failure.value = undefined
  } catch (e) {
    noteFailure(e)
  } finally {
    sending = false
  }
  if (moved) void pull()
}

/* The last one again out: not yet sent it never was; sent it is undone in the house. */
export async function undo(m: Meal, reason: string): Promise<void> {
  if (m.fate === 'sent' || m.fate === 'clash') {
    const row = await get<{ version: number }>(`/api/counter_meal/${m.id}`)
    await post(`/api/counter_meal/${m.id}/undo`, { reason }, { version: row.version })
  }
  await write(meals.value.filter((x) => x.key !== m.key))
  await pull()
}
/* What the house refused is not kept there under its key, so the same line is asked again. */
export async function retry(lines: Meal[]): Promise<void> {
  const keys = new Set(lines.filter((m) => m.fate === 'refused').map((m) => m.key))
  if (!keys.size) return
  await write(meals.value.map((m) => (keys.has(m.key) ? { ...m, fate: 'waits' as const, message: undefined } : m)))
  await send()
}
/* A clash is decided in the house: what has been decided since is no trouble here any more. */
export async function recheck(): Promise<void> {
  for (const m of meals.value.filter((x) => x.fate === 'clash')) {
    const row = await get<{ state?: string; version: number }>(`/api/counter_meal/${m.id}`).catch(() => undefined)
    if (row?.state === 'undone') await dismiss(m)
    else if (row && row.state !== 'clash') await change(m.key, { fate: 'sent', version: row.version })
  }
}
export const dismiss = (m: Meal) => write(meals.value.filter((x) => x.key !== m.key))
