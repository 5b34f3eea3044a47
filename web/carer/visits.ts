/* visits.ts - the carer's day as the server tells it, and what it looks like before the server knows. */
import type * as Made from '@shared/answers'
import type { Action, Id, Moment, Sure } from '@shared/types'
import type { Code } from './offline/codes'
import { counts, waiting, type Deed } from './offline/deeds'

export interface Visit {
  id: Id; version: number; number: string; item: string; category?: string; elder?: Id; start_min: number; end_min: number
  for_name: string; address?: string; phone?: string; password?: string; note?: string; to_collect?: number
  state: 'planned' | 'arrived' | 'done' | 'not_met' | 'cancelled'
  with?: { name: string; state: string; collects: boolean }; arrived_at?: Moment; done_at?: Moment; actions: Action[]; lat?: number; lon?: number; codes: Code[]
}
/* The steps a person may take stand in every row; what kinds of codes there are we know. */
type Told = Made.CarerDay['visits'][number]
export type CarerDay = Omit<Made.CarerDay, 'visits'> & { visits: (Omit<Told, 'visit' | 'codes'> & {
  visit: Omit<Sure<Told['visit'], 'state' | 'start_min' | 'end_min'>, 'actions'> & { actions?: Action[] }; codes?: Code[] })[] }

export const visitsOf = (day: CarerDay): Visit[] => day.visits.map(({ visit, ...order }) =>
  ({ ...order, ...visit, codes: order.codes ?? [], actions: visit.actions ?? [] }))

const after: Record<string, Visit['state']> = { arrive: 'arrived', finish: 'done', not_met: 'not_met' }
const then: Record<string, string[]> = { arrive: ['finish', 'not_met'], finish: [], not_met: [] }

/* The visit as it will be once the house has told what it knows of these deeds. */
export function ahead(v: Visit, deeds: Deed[]): Visit & { waits: boolean } {
  const mine = deeds.filter(d => d.entity === 'visit' && d.visit === v.id && counts(d) && after[d.action])
  const last = mine[mine.length - 1]
  if (!last) return { ...v, waits: false }
  const arrived = mine.find(d => d.action === 'arrive')
  return {
    ...v, waits: mine.some(waiting), state: after[last.action] ?? v.state,
    actions: (then[last.action] ?? []).map(name => ({ name, label: '' })),
    arrived_at: arrived?.at ?? v.arrived_at, done_at: last.action === 'finish' ? last.at : v.done_at,
  }
}

export const open = (v: Visit) => v.state === 'planned' || v.state === 'arrived'

const WAIT_MS = 5000
const OLD_MS = 120000

/* Where the phone is, if it says so within five seconds; nothing depends on it. */
export function position(): Promise<{ lat?: number; lon?: number }> {
  return new Promise(done => {
    if (!window.isSecureContext || !navigator.geolocation) { done({}); return }
    navigator.geolocation.getCurrentPosition(
      p => done({ lat: p.coords.latitude, lon: p.coords.longitude }), () => done({}),
      { timeout: WAIT_MS, maximumAge: OLD_MS })
  })
}
