/* standing.ts - weekly rules and pauses as /api/my/standing answers them. */
import type { Action, Day, Id, Row } from '@shared/types'

export interface LineDay { day: Day; weekday: number; on_day?: Day; state: string; state_name: string; why?: string; care_order?: Id }
export interface Rule extends Row { elder: Id; state: string; from_day: Day; until_day?: Day; actions?: Action[] }
export interface Line { standing: Rule; words: string; item_name: string; org_name: string; next: LineDay[] }
export interface Pause extends Row { elder: Id; kind: string; from_day: Day; until_day?: Day; actions?: Action[] }
export interface Lines { lines: Line[]; pauses: Pause[] }

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const maySkip = (d: LineDay) => ['made', 'ahead', 'failed'].includes(d.state)
export const mayHave = (d: LineDay) => d.state === 'skipped'
export const may = (row: { actions?: Action[] }, name: string) => row.actions?.some(a => a.name === name) ?? false

/* 1 Monday .. 7 Sunday of a day as the server writes it. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7
