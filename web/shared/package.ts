/* package.ts - packages as /api/package, its ways and /api/my/packages answer them. */
import type { Action, Day, Id, Row } from './types'

export interface PackItem { id: Id; item: Id; name: string; times: number; period: 'month' | 'week'; period_name: string; own_price: number; after?: string }
export interface Pack {
  id: Id; name: string; about: string; kinds: string[]; payer: 'own' | 'government' | 'station'; payer_name: string; org?: Id; org_name: string
  months: number; for_whom: string; source: string; checked: boolean; items: PackItem[]; own_month: number; own_week: number; suits?: boolean; why_not?: string
}
export interface Way { package_item: Id; offer: Id; price: number; days: { weekday: string; starts: number[] }[] }
export interface Server { org: Id; org_name: string; offers: Way[] }
export interface Ways extends Pack { servers: Server[] }
export interface Plan extends Row { elder: Id; state: string; from_day: Day; until_day: Day; actions?: Action[] }
export interface OwnLine { package_item: Id; name: string; offer: Id; place?: Id; when: string; by_itself: boolean; left?: number; left_words?: string; own_price?: number }
export interface Own { plan: Plan; package: Pack; served_by: string; ask_renew: boolean; lines: OwnLine[] }

/* Hours at which every one of the chosen days has a time. */
export function hoursOf(way: Way, days: string[]): number[] {
  const lists = way.days.filter(d => days.includes(d.weekday)).map(d => d.starts)
  return (lists[0] ?? []).filter(h => lists.every(l => l.includes(h)))
}
