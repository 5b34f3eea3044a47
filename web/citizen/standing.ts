/* standing.ts - weekly rules and pauses as /api/my/standing answers them. */
import type { Action, Day, Id, Row } from '@shared/types'
import type { MyElder } from './answers'

export interface Rule extends Row { elder: Id; state: string; from_day: Day; until_day?: Day; actions?: Action[] }
export interface Pause extends Row { elder: Id; kind: string; from_day: Day; until_day?: Day; actions?: Action[] }

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/* For whom I may order: myself, and those who let me. */
export const mayOrderFor = (elders: MyElder[] = []) => elders.filter(e => e.relation === 'self' || e.may.includes('order'))
export const may = (row: { actions?: Action[] }, name: string) => row.actions?.some(a => a.name === name) ?? false

/* 1 Monday .. 7 Sunday of a day as the server writes it. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7
