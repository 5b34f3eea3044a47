/* delivery.ts - what bringing meals asks for: who is at hand, rounds, what is left out. */
import type { DeliveryDay, DeliveryRepair } from '@shared/answers'
import type { Row } from '../rows'

export type Plan = DeliveryDay
export type Person = Plan['people'][number]
export type LeftOut = Plan['left_out'][number]
export type Repair = DeliveryRepair
export interface Round { run: Row; who: string; stops: Row[] }

/* Told apart by colour and by the dashes of their line; each 3:1 on the map's ground. */
export const LOOKS = [
  { color: '#a33d23', dash: [] }, { color: '#1f6f8b', dash: [10, 5] }, { color: '#2f6b3c', dash: [3, 5] },
  { color: '#7a4a9c', dash: [12, 4, 3, 4] }, { color: '#8a5a00', dash: [6, 3] }, { color: '#40525c', dash: [2, 3] },
]
export const lookOf = (nth: number) => LOOKS[nth % LOOKS.length]!

/* 675 → "11:15"; "" for 0, which says that nothing was planned. */
export const hourOf = (min: unknown): string => {
  const n = Number(min ?? 0)
  return n ? `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}` : ''
}
export const minuteOf = (hour: string): number => {
  const [h = 0, m = 0] = hour.split(':').map(Number)
  return h * 60 + m
}
export const isFree = (r: Round): boolean => r.run.state === 'planned' && !r.run.locked
