/* standing.ts - standing orders and pauses as /api/my/standing answers them. */
import { get } from '@shared/api'
import type { Day, Id } from '@shared/types'
import { fieldOf, type Field } from '../meta'
import type { Row } from '../rows'
import { t } from '../say'

export interface LineDay { day: Day; weekday: number; on_day?: Day; state: string; state_name: string; why?: string; care_order?: Id }
export interface Line { standing: Row; words: string; item_name: string; org_name: string; next: LineDay[] }
export interface Lines { lines: Line[]; pauses: Row[] }

export const linesOf = (elder: string, signal?: AbortSignal) => get<Lines>('/api/my/standing', { elder }, signal)

/* Of a day that may still be skipped, and of one that may be had again. */
export const maySkip = (d: LineDay): boolean => ['made', 'ahead', 'failed'].includes(d.state)
export const mayHave = (d: LineDay): boolean => d.state === 'skipped'
export const toneOf = (d: LineDay): 'success' | 'warning' | 'danger' | 'info' =>
  d.state === 'made' ? 'success' : d.state === 'failed' ? 'danger' : d.state === 'ahead' ? 'info' : 'warning'

interface Offers { items: { id: Id; name: string; org: Id; state: string; week?: string; price?: number }[] }

/* The station's own offers, as the choices of one field. */
export async function offerField(org: Id, signal?: AbortSignal): Promise<Field> {
  const { items } = await get<Offers>('/api/offer', { org, state: 'published', size: 100 }, signal)
  return fieldOf({ name: 'offer', kind: 'choice', label: t('standing.offer'), required: true,
    choices: items.map((o) => ({ key: o.id, label: `${o.name} ¥${((o.price ?? 0) / 100).toFixed(2)}（${o.week ?? ''}）` })) })
}
