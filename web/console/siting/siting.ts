/* siting.ts - a question of where to build, marks on candidates, and how they stand on the map. */
import type * as Made from '@shared/answers'
import type { Area } from '../map/areas'
import type { ShownPlace } from '../map/places'
import type { Key } from '../say'
import { classOf, percent, signed } from '../atlas/atlas'

export type Siting = Made.Siting
export type SitingRow = Siting['items'][number]
export type Candidates = Made.SitingCandidates
export type Candidate = Candidates['items'][number]
export type Stands = Candidates['stands'][number]
export type Proposal = Siting['proposals'][number]
export type Mark = '' | 'force' | 'forbid' | 'close'
export type Marks = Record<string, Mark>
export type Source = 'places' | 'properties' | 'grid'

export interface Question {
  kind: string; profile: string; way: 'walk' | 'radius'; minutes: number; metres: number; division: string | null
  goal: 'number' | 'budget'; sites: number; budget_wan: number; saves_wan: number; equity: number; sources: Source[]; grid_m: number
}
export const FIRST: Question = { kind: 'station', profile: 'elder', way: 'walk', minutes: 15, metres: 1500, division: null, goal: 'number', sites: 3, budget_wan: 100, saves_wan: 0, equity: 0, sources: ['properties', 'places'], grid_m: 300 }
export const SOURCES: { key: Source; text: Key }[] = [{ key: 'properties', text: 'siting.from_properties' }, { key: 'places', text: 'siting.from_places' }, { key: 'grid', text: 'siting.from_grid' }]
export const EQUITIES: { n: number; text: Key }[] = [{ n: 0, text: 'siting.equity_0' }, { n: 1, text: 'siting.equity_1' }, { n: 5, text: 'siting.equity_5' }]
export const STEPS = [100, 200, 300, 500, 800]

const STATES: Record<string, Key> = { waiting: 'siting.state_waiting', running: 'siting.state_running', done: 'siting.state_done', failed: 'siting.state_failed', cancelled: 'siting.state_cancelled' }
export const stateKey = (state: string): Key => STATES[state] ?? 'siting.state_waiting'

const FEN_A_WAN = 1_000_000
export const wan = (fen: number): string => (fen / FEN_A_WAN).toFixed(1).replace(/\.0$/, '')

/* Only what can be marked now goes along: a source that was taken away takes its marks with it. */
export function sent(q: Question, marks: Marks, known?: Candidates): Record<string, unknown> {
  const keys = known ? new Set([...known.items.map((c) => c.key), ...known.stands.map((s) => `place:${s.id}`)]) : undefined
  const of = (mark: Mark) => Object.keys(marks).filter((key) => marks[key] === mark && (!keys || keys.has(key)))
  const lists = { force: of('force'), forbid: of('forbid'), close: of('close') }
  const out: Record<string, unknown> = { kind: q.kind, profile: q.profile, way: q.way, minutes: q.minutes, metres: q.metres, goal: q.goal, equity: q.equity, sources: q.sources, grid_m: q.grid_m }
  if (q.division) out.division = q.division
  if (q.goal === 'number') out.sites = q.sites
  else Object.assign(out, { budget: Math.round(q.budget_wan * FEN_A_WAN), close_saves: Math.round(q.saves_wan * FEN_A_WAN) })
  if (lists.force.length || lists.forbid.length || lists.close.length) out.marks = lists
  return out
}

/* The mark after this one: a click goes round. */
export const nextMark = (mark: Mark, stands: boolean): Mark =>
  stands ? (mark === 'close' ? '' : 'close') : mark === '' ? 'force' : mark === 'force' ? 'forbid' : ''

/* --- on the map --- */

const LOOK_OF: Record<Mark, string> = { '': 'candidate', force: 'candidate_forced', forbid: 'candidate_forbidden', close: 'closing' }

export function shownOf(all: Candidates | undefined, kind: string, marks: Marks, answer: Siting | undefined): ShownPlace[] {
  const closed = new Set(answer?.closings.map((c) => `place:${c.id}`))
  const stands = (all?.stands ?? []).map((s) => ({ id: `place:${s.id}`, name: s.name, lat: s.lat, lon: s.lon, kind: closed.has(`place:${s.id}`) || marks[`place:${s.id}`] === 'close' ? 'closing' : kind }))
  const free = (answer ? [] : all?.items ?? []).map((c) => ({ id: c.key, name: c.name, lat: c.lat, lon: c.lon, kind: LOOK_OF[marks[c.key] ?? ''] }))
  const chosen = (answer?.proposals ?? []).map((p, i) => ({ id: p.key, name: String(i + 1), lat: p.lat, lon: p.lon, kind: 'proposal' }))
  return [...chosen, ...stands, ...free]
}

export function areasShown(rows: SitingRow[], chosen: number): Area[] {
  return rows.filter((r) => r.lat).map((r) => {
    const c = classOf(r.then_permille, r.known), gain = r.after - r.before
    return { id: r.division ?? '', scope: r.scope, name: r.name ?? '', lat: r.lat ?? 0, lon: r.lon ?? 0, chosen: r.scope === chosen, text: gain ? `${percent(r.then_permille, r.known)} ${signed(gain)}` : percent(r.then_permille, r.known), fill: c.fill, hatch: c.hatch }
  })
}
