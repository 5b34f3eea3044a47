/* calendar.ts - a year's marks laid out in months, Monday first. */
import type { Mark } from '../answers'

export type { Counted, Deadline, Mark, Year } from '../answers'
export interface Cell { day: string; n: number; weekend: boolean; mark?: Mark }

const DAY_MS = 86_400_000
const two = (n: number) => String(n).padStart(2, '0')

/* The cells of one month; null before the first and after the last, so that weeks are whole. */
export function monthCells(year: number, month: number, marks: Map<string, Mark>): (Cell | null)[] {
  const first = new Date(Date.UTC(year, month - 1, 1))
  const days = Math.round((Date.UTC(year, month, 1) - first.getTime()) / DAY_MS)
  const lead = (first.getUTCDay() + 6) % 7
  const cells: (Cell | null)[] = Array.from({ length: lead }, () => null)
  for (let n = 1; n <= days; n++) {
    const day = `${year}-${two(month)}-${two(n)}`
    cells.push({ day, n, weekend: (lead + n - 1) % 7 > 4, mark: marks.get(day) })
  }
  while (cells.length % 7) cells.push(null)
  return cells
}

/* Marks that stand together under one name, as they were announced. */
export function spansOf(marks: Mark[]): { from: string; to: string; n: number; name: string; kind: string; kind_name: string }[] {
  const spans: ReturnType<typeof spansOf> = []
  for (const m of marks) {
    const last = spans[spans.length - 1]
    const next = last && new Date(Date.parse(`${last.to}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10) === m.day
    if (last && next && last.name === m.name && last.kind === m.kind) { last.to = m.day; last.n++ }
    else spans.push({ from: m.day, to: m.day, n: 1, name: m.name, kind: m.kind, kind_name: m.kind_name })
  }
  return spans
}
