/* benefit.ts - what one is entitled to by how she resides, as the server says it. */
import type { Day } from './types'

export interface Benefit {
  kind: 'subsidy' | 'quota' | 'package'; kind_name: string; name: string; for_whom: string; source: string; checked: boolean
  kinds: { residence: string; name: string; has: string }[]; valid_from?: Day; valid_to?: Day
  why?: 'hers' | 'age' | 'group' | 'residence' | 'waits'; why_name?: string; reason?: string; from?: Day
}
export interface Benefits { day: Day; residence?: string; residence_name?: string; lines: Benefit[] }

/* Hers first, then what she waits for, then what her way of residing keeps from her; the rest is for others. */
const order = { hers: 0, waits: 1, residence: 2, age: 3, group: 4 } as const
export const sorted = (lines: Benefit[]): Benefit[] => [...lines].sort((a, b) => order[a.why ?? 'hers'] - order[b.why ?? 'hers'])
export const near = (lines: Benefit[]): Benefit[] => sorted(lines).filter((l) => l.why === 'hers' || l.why === 'waits' || l.why === 'residence')
