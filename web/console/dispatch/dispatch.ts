/* dispatch.ts - a day's tours as the server plans them: what it answers, lanes, and the words of both. */
import type * as Made from '@shared/answers'
import { clock, span } from '@shared/format'
import { choiceText, entityNamed, fieldNamed } from '../meta'
import { t } from '../say'

/* --- what the server answers --- */
export type DispatchDay = Made.DispatchDay
export type Carer = DispatchDay['carers'][number]
export type Visit = DispatchDay['visits'][number]
export type Totals = DispatchDay['totals']
export type Repair = DispatchDay['unassigned'][number]['repairs'][number]
export type Change = Repair['changes'][number]
export type Tried = Made.DispatchTried
export type Replan = Made.DispatchPlan
export type Told = Made.DispatchTold
export type Why = 'improve' | 'ill' | 'late' | 'absent_visit'
export interface Stretch { from_min: number; to_min: number }

/* --- lanes --- */
export const STEP_MIN = 5
const DAY_MIN = 1440
const HOUR_MIN = 60

/* A visit in its lane; visits that overlap stand in `rows` rows below each other. */
export interface Block { visit: Visit; row: number; rows: number }
export type Fair = Pick<DispatchDay, 'month_mean_min' | 'fair_percent' | 'fair_hours'>
export interface Lane { carer: Carer; blocks: Block[]; late: boolean; fair: Fair }

function stacked(visits: Visit[]): Block[] {
  const ends: number[] = []
  const placed = visits.map((visit) => {
    const free = ends.findIndex((end) => end <= visit.start_min)
    const row = free < 0 ? ends.length : free
    ends[row] = visit.end_min
    return { visit, row }
  })
  return placed.map((p) => ({ ...p, rows: ends.length }))
}

export function lanesOf(day: DispatchDay): Lane[] {
  const by = new Map<string, Visit[]>(day.carers.map((c) => [c.id, []]))
  for (const v of day.visits) by.get(v.carer)?.push(v)
  return day.carers.map((carer) => {
    const visits = (by.get(carer.id) ?? []).sort((a, b) => a.start_min - b.start_min)
    return { carer, blocks: stacked(visits), late: visits.some((v) => v.expected_late_min > 0), fair: day }
  })
}

/* Lanes whose carer's name or one of her skills holds the words. */
export function lanesFound(lanes: Lane[], words: string): Lane[] {
  const w = words.trim()
  return w ? lanes.filter(({ carer }) => carer.name.includes(w) || (carer.skills ?? []).some((s) => skillText(s).includes(w))) : lanes
}

/* Whole hours that hold the working day and all that is planned in it. */
export function spanOf(day: DispatchDay): Stretch {
  const starts = day.visits.map((v) => v.start_min - v.travel_before_min), ends = day.visits.map((v) => v.end_min)
  const from = Math.min(day.open_min, ...starts), to = Math.max(day.close_min, ...ends)
  return { from_min: Math.max(0, Math.floor(from / HOUR_MIN) * HOUR_MIN), to_min: Math.min(DAY_MIN, Math.ceil(to / HOUR_MIN) * HOUR_MIN) }
}

export const hoursIn = (s: Stretch): number[] =>
  Array.from({ length: (s.to_min - s.from_min) / HOUR_MIN }, (_, i) => s.from_min / HOUR_MIN + i)

/* When she is not there, as stretches of the span to be shaded. */
export function offOf(carer: Carer, all: Stretch): Stretch[] {
  if (carer.away) return [all]
  const off: Stretch[] = []
  let at = all.from_min
  for (const s of [...carer.shift].sort((a, b) => a.from_min - b.from_min)) {
    if (s.from_min > at) off.push({ from_min: at, to_min: s.from_min })
    at = Math.max(at, s.to_min)
  }
  if (at < all.to_min) off.push({ from_min: at, to_min: all.to_min })
  if (carer.late_until_min !== undefined) off.push({ from_min: all.from_min, to_min: carer.late_until_min })
  return off.filter((s) => s.to_min > s.from_min)
}

/* --- what one may do --- */
const OVER = ['under_way', 'served', 'confirmed', 'rated', 'not_met', 'disputed', 'cancelled']
export const over = (v: Visit): boolean => OVER.includes(v.state)
export const begun = (v: Visit): boolean => v.pinned || over(v)
/* She is on her way or before the door: nobody may open. */
export const awaited = (v: Visit): boolean => Boolean(v.carer) && ['assigned', 'under_way'].includes(v.state)
export const movable = (v: Visit): boolean => !v.locked && !begun(v)
/* A change of our own making; those of an answer go back as they came. */
export function changeOf(day: DispatchDay | undefined, v: Visit, carer: string, found?: string): Change {
  const one = { order: v.order, order_version: v.order_version, visit_version: v.visit_version, start_min: v.start_min }
  const mate = day && mateOf(day, v)
  if (!mate) return { ...one, carer }
  const other = carer ? (found ?? mate.carer) : ''     /* two go together or nobody */
  return v.seat === 'second' ? { ...one, carer: other, second: carer } : { ...one, carer, second: other }
}
/* The other block of an order of two. */
export const mateOf = (day: DispatchDay, v: Visit): Visit | undefined =>
  v.seat === 'alone' ? undefined : day.visits.find((o) => o.order === v.order && o.key !== v.key)
/* What it waits for, else who waits for it. */
export const tiedTo = (day: DispatchDay, v: Visit): Visit | undefined =>
  day.visits.find((o) => o.key === v.after_key) ?? day.visits.find((o) => o.after_key === v.key)
const beyond = (v: Visit, start: number): boolean => start < v.earliest_min || start > v.latest_min
/* Those whose new time lies outside what was agreed: somebody must ask the elder. */
export const outside = (day: DispatchDay, changes: Change[]): Visit[] =>
  day.visits.filter((v) => v.seat !== 'second' && changes.some((c) => c.order === v.order && c.carer && c.start_min !== v.start_min && beyond(v, c.start_min)))
/* What may be done with an answer. Where only the time agreed stands against it, she may have asked the elder. */
export function changesIn(day: DispatchDay, x: Tried, v: Visit, carer: string): Change[] {
  if (x.fits) return x.changes
  return x.reasons.length === 1 && beyond(v, x.start_min) ? [{ ...changeOf(day, v, carer, x.with), start_min: x.start_min }] : []
}

/* The length of a visit stays; it begins inside the span, at whole steps. */
export function stepped(v: Visit, start: number, all: Stretch): number {
  const last = all.to_min - (v.end_min - v.start_min)
  return Math.max(all.from_min, Math.min(last, Math.round(start / STEP_MIN) * STEP_MIN))
}

/* --- words --- */
const choiceOf = (entity: string, field: string, key: string): string => {
  const e = entityNamed(entity)
  const f = e && fieldNamed(e, field)
  return f ? choiceText(f, key) : key
}
export const skillText = (key: string): string => choiceOf('carer', 'skills', key)
export const travelText = (key: string): string => choiceOf('carer', 'travel', key)
export const genderText = (key: string): string => choiceOf('carer', 'gender', key)
export const stateText = (key: string): string => choiceOf('care_order', 'state', key)
export const wishText = (key: string): string => choiceOf('care_order', 'gender_wish', key)
export const hoursText = (min: number): string => (min / HOUR_MIN).toFixed(1)
export const what = (v: { item_name: string; for_name: string }): string => `${v.item_name} ${v.for_name}`
export const whenText = (v: Visit): string => span(v.start_min, v.end_min)
export const carerName = (day: DispatchDay | undefined, id: string): string => day?.carers.find((c) => c.id === id)?.name || t('dispatch.nobody')

export interface Mark { icon: string; text: string; bad?: boolean }

/* What one must know of a visit before one moves it: each with an icon and words. */
export function marksOf(v: Visit, promised = true, name: (id: string) => string = () => ''): Mark[] {
  const marks: Mark[] = []
  if (v.seat !== 'alone') marks.push({ icon: 'people', text: v.with && name(v.with) ? t('dispatch.with', { name: name(v.with) }) : t('dispatch.two') })
  if (v.after) marks.push({ icon: 'turn', text: t('dispatch.comes_after', { what: v.after }) })
  if (v.fault) marks.push({ icon: 'sos', text: v.fault, bad: true })
  if (v.expected_late_min > 0) marks.push({ icon: 'clock', text: t('dispatch.late_n', { n: v.expected_late_min }), bad: true })
  if (v.locked) marks.push({ icon: 'lock', text: t('dispatch.locked') })
  if (v.carer && !over(v)) marks.push(v.told ? { icon: 'sound', text: t('dispatch.told') } : { icon: 'mute', text: t('dispatch.untold') })
  if (v.wish && v.wish === v.carer) marks.push({ icon: 'star', text: t('dispatch.wished') })
  if (promised && v.promised_min !== v.start_min) marks.push({ icon: 'turn', text: t('dispatch.promised', { at: clock(v.promised_min) }) })
  return marks
}

/* One sentence for who hears the block rather than sees it. */
export const spoken = (v: Visit): string =>
  [whenText(v), what(v), v.where, stateText(v.state), ...marksOf(v).map((m) => m.text)].filter(Boolean).join('，')

export const totalsOf = (x: Totals): { key: keyof Totals; text: string; bad: boolean }[] => [
  { key: 'visits', text: String(x.visits), bad: false },
  { key: 'unassigned', text: String(x.unassigned), bad: x.unassigned > 0 },
  { key: 'carers_out', text: String(x.carers_out), bad: false },
  { key: 'travel_min', text: t('dispatch.hours', { n: hoursText(x.travel_min) }), bad: false },
  { key: 'wait_min', text: t('dispatch.hours', { n: hoursText(x.wait_min) }), bad: false },
  { key: 'changed_from_usual', text: String(x.changed_from_usual), bad: false },
]

