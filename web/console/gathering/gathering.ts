/* gathering.ts - classes and outings as the console reads them. */
import type { Day, Id, Moment } from '@shared/types'

export interface Gathering {
  id: Id; title: string; kind: 'class' | 'outing'; kind_name: string; when: string; where: string; leader?: string; org_name: string
  start_min: number; end_min: number; places: number; left: number; in: number; waiting: number; invited: number
}
export interface WeekItem extends Gathering { day: Day; came: number }
export interface Week { from: Day; today: Day; items: WeekItem[] }

export interface Person {
  id: Id; name: string; tail: string; state: 'waiting' | 'invited' | 'in' | 'left' | 'lapsed' | 'absent' | 'done'; state_name: string
  attendance?: Id; version?: number; at?: Moment; times: number; paused: boolean
}
export interface Sheet extends Gathering { day: Day; open: boolean; days: Day[]; people: Person[] }
export interface SignedIn { who: { id: Id; name: string }[]; before?: boolean; attendance?: Id; version?: number; at?: Moment }
