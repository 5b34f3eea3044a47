/* errands.ts - what she is to buy or pay, and the elder's money: kept sealed, and as it is once what waits is sent. */
import { computed } from 'vue'
import { counts, deeds, waiting, type Deed } from './deeds'
import { keepRows } from './rows'

export type ErrandState = 'open' | 'advanced' | 'bought' | 'returned' | 'confirmed' | 'disputed' | 'dropped'
export interface Money { advance: number; spent: number; change_back: number; extra: number; difference: number }
export interface Errand {
  errand: { id: string; version: number; state: ErrandState; kind: string; bought?: string; why?: string; signed_by?: string; due?: string } & Money
  visit: string; kind_name: string; number: string; for_name: string; wants: string; most: number; never_ask: string
}

const kept = keepRows<Errand>('errands', r => r.errand)
const AFTER: Record<string, ErrandState> = { advance: 'advanced', buy: 'bought', hand_back: 'returned', acknowledge: 'confirmed' }

function done(e: Errand['errand'], d: Deed): Errand['errand'] {
  const w = d.what as { amount?: number } & Partial<Money>
  const next = { ...e, ...d.what, state: AFTER[d.action] ?? e.state, advance: w.amount ?? e.advance }
  return { ...next, difference: next.advance + next.extra - next.spent - next.change_back }
}

export const errands = computed(() => kept.value.map(e => {
  const mine = deeds.value.filter(d => d.entity === 'errand' && d.id === e.errand.id && counts(d))
  return { ...e, errand: mine.reduce(done, e.errand), waits: mine.some(waiting) }
}))
