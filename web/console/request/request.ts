/* request.ts - a request as offices work on it, and as an organisation does: one shape for both. */
import { get } from '@shared/api'
import type { Row } from '../rows'
import type { Tone } from '../tone'

export interface Note { at: string; by: string; words: string }
export interface Work { row: Row; entity: 'request' | 'request_task'; matter: string; reply: string; rated_words: string; earlier: Row[]; tasks: Row[]; notes: Note[]; inspections: Row[] }

interface OfficePage extends Omit<Work, 'row' | 'entity'> { request: Row }
interface TaskPage { task: Row; matter: string; reply: string }

export async function workOf(entity: Work['entity'], id: string, signal?: AbortSignal): Promise<Work> {
  if (entity === 'request') {
    const p = await get<OfficePage>(`/api/request/${id}/page`, undefined, signal)
    return { ...p, row: p.request, entity }
  }
  const p = await get<TaskPage>(`/api/request_task/${id}/page`, undefined, signal)
  return { row: p.task, entity, matter: p.matter, reply: p.reply, rated_words: '', earlier: [], tasks: [], notes: [], inspections: [] }
}

/* What is listed: by the clock what is to be done, what was answered, all. */
export const SHOWN = { work: 'request.work', answered: 'request.answered', all: 'request.all' } as const
export type Shown = keyof typeof SHOWN
export const queryOf = (entity: Work['entity'], shown: Shown): Record<string, string> => {
  const live = entity === 'request' ? 'open,routed,accepted' : 'routed,accepted'
  if (shown === 'work') return { 'state.in': live, sort: 'due' }
  return shown === 'answered' ? { state: 'replied', sort: 'due' } : { sort: entity === 'request' ? 'came' : '-due' }
}

/* "open" is said of places too, where it is good news. */
const TONES: Record<string, Tone> = { open: 'watch', routed: 'watch', accepted: 'info', replied: 'info', closed: 'good' }
export const stateTone = (state: string): Tone => TONES[state] ?? 'quiet'

/* What is to be done: the gravest first, within that by its day. Other lists have their own order. */
const RISKS = ['high', 'middle', 'normal']
export async function listOf(entity: Work['entity'], shown: Shown, words: string, signal?: AbortSignal): Promise<{ items: Row[]; total: number }> {
  if (words)                                 /* by its number, by 12345's, or a name: wherever it stands */
    return get(`/api/${entity}`, { q: words, size: 100, total: 1 }, signal)
  const ask = (risk?: string) => get<{ items: Row[]; total?: number }>(`/api/${entity}`, { ...queryOf(entity, shown), size: 100, total: 1, ...(risk && { risk }) }, signal)
  const parts = await Promise.all(shown === 'work' ? RISKS.map(ask) : [ask()])
  return { items: parts.flatMap((p) => p.items), total: parts.reduce((n, p) => n + (p.total ?? 0), 0) }
}
