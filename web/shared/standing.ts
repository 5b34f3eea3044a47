/* standing.ts - weekly rules as /api/my/standing answers them, in both faces; R is the face's own row. */
import type { Day, Id } from './types'

export interface LineDay { day: Day; weekday: number; on_day?: Day; state: string; state_name: string; why?: string; care_order?: Id }
export interface Line<R> { standing: R; words: string; item_name: string; org_name: string; next: LineDay[] }
export interface Lines<R, P> { lines: Line<R>[]; pauses: P[] }

/* Of a day that may still be left out, and of one that may be had again. */
export const maySkip = (d: LineDay): boolean => ['made', 'ahead', 'failed'].includes(d.state)
export const mayHave = (d: LineDay): boolean => d.state === 'skipped'
