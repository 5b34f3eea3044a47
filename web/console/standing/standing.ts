/* standing.ts - standing orders and pauses as /api/my/standing answers them. */
import { get } from '@shared/api'
import type { LineDay, Lines } from '@shared/standing'
import type { Id } from '@shared/types'
import { fieldOf, type Field } from '../meta'
import type { Row } from '../rows'
import { t } from '../say'

export const linesOf = (elder: string, signal?: AbortSignal) => get<Lines<Row, Row>>('/api/my/standing', { elder }, signal)

export const toneOf = (d: LineDay): 'success' | 'warning' | 'danger' | 'info' =>
  d.state === 'made' ? 'success' : d.state === 'failed' ? 'danger' : d.state === 'ahead' ? 'info' : 'warning'

interface Offers { items: { id: Id; name: string; org: Id; state: string; week?: string; price?: number }[] }

/* The station's own offers, as the choices of one field. */
export async function offerField(org: Id, signal?: AbortSignal): Promise<Field> {
  const { items } = await get<Offers>('/api/offer', { org, state: 'published', size: 100 }, signal)
  return fieldOf({ name: 'offer', kind: 'choice', label: t('standing.offer'), required: true,
    choices: items.map((o) => ({ key: o.id, label: `${o.name} ¥${((o.price ?? 0) / 100).toFixed(2)}（${o.week ?? ''}）` })) })
}
