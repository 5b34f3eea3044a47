/* day.ts - a station's day: what waits, who is there, who goes where; suitability and lateness. */
import { today } from '@shared/format'
import { numberOf, textOf, type Row } from '../rows'
import { t } from '../say'

export interface StationDay {
  day: string
  org?: string
  orders_waiting: Row[]
  unassigned: Row[]
  visits: Row[]
  carers: Row[]
}

/* As the server answers it: a visit beside its order, what waits and what has nobody in one list. */
export interface DayAnswer { day: string; org?: string; orders_waiting?: Row[]; visits?: { visit: Row; order: Row }[]; carers?: Row[] }

/* One flat row a visit, with what one must know of its order; `skills` is by catalogue item. */
export function dayOf(answer: DayAnswer, skills: Map<string, string>): StationDay {
  const skilled = (order: Row): Row => ({ ...order, skill: skills.get(textOf(order, 'item')) ?? '' })
  const flat = ({ visit, order }: { visit: Row; order: Row }): Row => ({
    ...skilled(order), ...visit, order: order.id, item: order.item, item_title: order.item_title, number: order.number,
  })
  const orders = (answer.orders_waiting ?? []).map(skilled)
  return {
    day: answer.day,
    org: answer.org,
    orders_waiting: orders.filter((o) => textOf(o, 'state') === 'placed'),
    unassigned: orders.filter((o) => textOf(o, 'state') !== 'placed'),
    visits: (answer.visits ?? []).map(flat),
    carers: answer.carers ?? [],
  }
}

const EIGHT_HOURS_MS = 8 * 3_600_000
const LATE_MIN = 15

/* The minute of the day in China. */
export function minuteNow(now = Date.now()): number {
  const at = new Date(now + EIGHT_HOURS_MS)
  return at.getUTCHours() * 60 + at.getUTCMinutes()
}

/* Why a visit needs somebody's eye now; '' when it does not. */
export function lateness(visit: Row, day: string, minute = minuteNow()): string {
  if (day > today()) return ''
  const now = day < today() ? 24 * 60 : minute
  const state = textOf(visit, 'state')
  const late = now - numberOf(visit, 'start_min')
  if (state === 'planned' && late > LATE_MIN) return day < today() ? t('station.no_result') : t('station.late', { n: late })
  const over = now - numberOf(visit, 'end_min')
  if (state === 'arrived' && over > LATE_MIN) return t('station.over', { n: over })
  return ''
}

export interface Fit { carer: Row; good: boolean; why: string[]; load: number }

const overlaps = (a: Row, b: Row) => numberOf(a, 'start_min') < numberOf(b, 'end_min') && numberOf(a, 'end_min') > numberOf(b, 'start_min')
const skillsOf = (carer: Row): string[] | null => (Array.isArray(carer.skills) ? (carer.skills as string[]) : null)

/* What speaks against a carer for an order; nothing known against her: she is suitable. */
function against(carer: Row, order: Row, visits: Row[]): string[] {
  const why: string[] = []
  const skill = textOf(order, 'skill') || textOf(order, 'item_skill')
  const wish = textOf(order, 'gender_wish')
  const gender = textOf(carer, 'gender')
  if (carer.away === true || ['away', 'left'].includes(textOf(carer, 'state'))) why.push(t('fit.away'))
  if (Array.isArray(carer.not_to) && carer.not_to.includes(textOf(order, 'elder'))) why.push(t('fit.forbidden'))
  if (skill && skillsOf(carer) && !skillsOf(carer)?.includes(skill)) why.push(t('fit.skill'))
  if (['female', 'male'].includes(wish) && gender && gender !== wish) why.push(t(wish === 'female' ? 'fit.female' : 'fit.male'))
  const clash = visits.find((v) => textOf(v, 'carer') === carer.id && v.id !== order.id && textOf(v, 'order') !== order.id && !['cancelled', 'not_met', 'done'].includes(textOf(v, 'state')) && overlaps(v, order))
  if (clash) why.push(t('fit.clash', { what: textOf(clash, 'item_title') || t('fit.visit') }))
  return why
}

/* Suitable first, of them the wished one, then whoever has least to do. */
export function fits(order: Row, carers: Row[], visits: Row[]): Fit[] {
  const wished = textOf(order, 'carer_wish')
  const rank = (f: Fit) => (f.good ? 0 : 2) + (f.carer.id === wished ? -1 : 0)
  return carers
    .filter((carer) => textOf(carer, 'state') !== 'left')
    .map((carer) => {
      const why = against(carer, order, visits)
      return { carer, good: !why.length, why: carer.id === wished ? [t('fit.wished'), ...why] : why, load: numberOf(carer, 'load_min') }
    })
    .sort((a, b) => rank(a) - rank(b) || a.load - b.load)
}
