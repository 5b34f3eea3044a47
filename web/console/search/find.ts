/* find.ts - what words and numbers find, the same for Ctrl K, link fields and the call desk. */
import { get } from '@shared/api'
import { valueText } from '../entity/values'
import { entityNamed } from '../meta'
import { textOf, type Row } from '../rows'

export interface Group { entity: string; label: string; more: boolean; items: Row[] }

interface Answer { number?: boolean; groups: Group[] }

/* One of them, or all kinds there are. */
export const find = (q: string, entity = '', size = 8): Promise<Answer> =>
  get<Answer>('/api/search', { q, size, ...(entity ? { in: entity } : {}) })

/* Whom a number shows is noted in the access log: only when somebody asks for it. */
export const findNumber = (q: string): Promise<Answer> => get<Answer>('/api/search/number', { q })

/* "5678", "王 5678", a whole number. */
export const hasNumber = (q: string): boolean =>
  /(^|\s)(\d{4}|\d{3}[xX])(\s|$)/.test(q.trim()) || /^[\d\s-]{7,}[xX]?$/.test(q.trim())

export const titleOf = (entity: string, row: Row): string =>
  textOf(row, entityNamed(entity)?.title ?? 'name') || row.id

/* What tells two of the same name apart: the first brief columns that say something. */
export function detailOf(entity: string, row: Row): string {
  const e = entityNamed(entity)
  const columns = e?.fields.filter((f) => f.brief && f.name !== e.title && f.kind !== 'id' && f.kind !== 'bool') ?? []
  return columns.map((f) => valueText(row, f)).filter(Boolean).slice(0, 5).join(' · ')
}
