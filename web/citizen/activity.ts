/* activity.ts - classes and outings as the server answers them. */
import type { Action, Day, Id, Moment } from '@shared/types'
import { dayText, today } from '@shared/format'
import { t } from './texts'

export interface Gathering {
  id: Id; title: string; kind: 'class' | 'outing'; kind_name: string; when: string; where: string; first_day: Day; last_day: Day
  leader?: string; org: Id; org_name: string; place?: Id; price: number; places: number; left: number; waiting: number
  opens_on: Day; closes_on: Day; minutes?: number
}
export interface GatheringPage extends Gathering {
  description: string; rule: string; age_min: number; grades: string[]; residence?: string; needs: ('consent' | 'insurance' | 'emergency')[]; days: Day[]
}
export interface Enrolment {
  id: Id; version: number; state: 'waiting' | 'invited' | 'in' | 'left' | 'lapsed' | 'absent' | 'done';
  care_order?: Id; answer_by?: Moment; actions?: Action[]
}
export interface Mine { gathering: Gathering; enrolment: Enrolment; name: string; state_name: string; turn?: number }

/* Yet to open; else so many places; else how many wait. */
export function placesText(g: Gathering): string {
  if (g.opens_on > today()) return t('join.opens', { day: dayText(g.opens_on, true) })
  return g.left > 0 ? t('join.left', { n: g.left }) : t('join.full', { n: g.waiting })
}
