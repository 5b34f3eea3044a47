/* errands.ts - what she is to buy or pay, and the elder's money: kept sealed, and as it is once what waits is sent. */
import { computed, shallowRef } from 'vue'
import { get } from '@shared/api'
import { today } from '@shared/format'
import { deeds, knowVersion, type Deed } from './deeds'
import { sealJson, unsealJson } from '@shared/offline/vault'

export type ErrandState = 'open' | 'advanced' | 'bought' | 'returned' | 'confirmed' | 'disputed' | 'dropped'
export interface Money { advance: number; spent: number; change_back: number; extra: number; difference: number }
export interface Errand {
  errand: { id: string; version: number; state: ErrandState; kind: string; bought?: string; why?: string; signed_by?: string; due?: string } & Money
  visit: string; kind_name: string; number: string; for_name: string; wants: string; most: number; never_ask: string
}
interface Kept { day: string; since: string; rows: Record<string, Errand> }
interface Pull { day: string; since: string; rows: { id: string; row: Errand }[]; gone: { id: string }[] }

const kept = shallowRef<Kept>()
const AFTER: Record<string, ErrandState> = { advance: 'advanced', buy: 'bought', hand_back: 'returned', acknowledge: 'confirmed' }

function done(e: Errand['errand'], d: Deed): Errand['errand'] {
  const w = d.what as { amount?: number } & Partial<Money>
  const next = { ...e, ...d.what, state: AFTER[d.action] ?? e.state, advance: w.amount ?? e.advance }
  return { ...next, difference: next.advance + next.extra - next.spent - next.change_back }
}

export const errands = computed(() => Object.values(kept.value?.rows ?? {}).map(e => {
  const mine = deeds.value.filter(d => d.entity === 'errand' && d.id === e.errand.id && (d.fate === 'waits' || d.fate === 'file'))
  return { ...e, errand: mine.reduce(done, e.errand), waits: mine.length > 0 }
}))

function know(rows: Record<string, Errand>) {
  for (const e of Object.values(rows)) knowVersion(e.errand.id, e.errand.version)
}

export async function pullErrands(): Promise<void> {
  const had = kept.value ?? await unsealJson<Kept>('errands')
  const same = had && had.day === today() ? had : undefined
  if (same && !kept.value) { kept.value = same; know(same.rows) }
  try {
    const p = await get<Pull>('/api/sync/errands', { since: same?.since })
    const rows = same && same.day === p.day ? { ...same.rows } : {}
    for (const g of p.gone) delete rows[g.id]
    for (const r of p.rows) rows[r.id] = r.row
    know(rows)
    kept.value = { day: p.day, since: p.since, rows }
    await sealJson('errands', kept.value)
  } catch { /* what the phone has is shown; the day's own question says that there is no network */ }
}

export const closeErrands = () => { kept.value = undefined }
