/* kitchen.ts - what the kitchen's page asks for. */
import type { Row } from '../rows'

export interface Line { way: string; way_name: string; diets_text: string; now: number; fixed: number }
export interface Late { number: string; what: string; what_name: string; way_name: string; diets_text: string; quantity: number; place_name?: string }
export interface PointOrders { place: string; name: string; now: number; at_cut_off: number; fixed: boolean; diets_text: string }
export interface Sitting {
  sitting: string; sitting_name: string; cut_off_text: string; past: boolean; fixed: boolean
  now: number; at_cut_off: number; lines: Line[]; late: Late[]; points: PointOrders[]
}
export interface Board { place: string; name: string; day: string; sittings: Sitting[] }
export interface Point { place: string; name: string; kitchen: boolean }

/* One sitting as a table of diets by way. */
export function table(s: Sitting): { ways: string[]; rows: { diet: string; cells: Line[] }[] } {
  const ways = [...new Set(s.lines.map((l) => l.way_name))]
  const diets = [...new Set(s.lines.map((l) => l.diets_text))].sort((a, b) => a.length - b.length)
  const none: Line = { way: '', way_name: '', diets_text: '', now: 0, fixed: 0 }
  return { ways, rows: diets.map((diet) => ({ diet, cells: ways.map((w) => s.lines.find((l) => l.way_name === w && l.diets_text === diet) ?? none) })) }
}

export const versionOf = (row: Row): number => Number(row.version)

/* The hour and minute of one of the server's moments, which it tells in local time. */
export const clock = (at: unknown): string => String(at ?? '').slice(11, 16)
