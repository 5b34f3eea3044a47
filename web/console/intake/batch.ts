/* batch.ts - a list being taken in: what the server says of it, and the mapping a person makes. */
import { get, post } from '@shared/api'
import type { ImportKind as Kind, ImportPage } from '../answers'
import type { Row } from '../rows'

export type { FileRow, ImportKind as Kind, PreviewCell, PreviewRow } from '../answers'
export type Target = Kind['fields'][number]
export interface Mapped { column?: number; fixed?: string; head?: string; field: string }
export interface Batch extends Row {
  entity: string; file_name: string; state: string; sheet: number; header_row: number; header_rows: number
  mapping: Mapped[]; take_phones?: boolean; trouble?: string
}
export type Reading = Pick<Batch, 'sheet' | 'header_row' | 'header_rows' | 'mapping'>
export type BatchPage = Omit<ImportPage, 'batch' | 'reading'> & { batch: Batch; reading?: Reading }

export const WORKING = ['checking', 'running', 'undoing']
export const COUNTS = ['new_n', 'changed_n', 'same_n', 'doubt_n', 'wrong_n', 'outside_n', 'hint_n'] as const

export const kinds = () => get<{ items: Kind[] }>('/api/import').then((a) => a.items)
export interface Tried { sheet?: number; header_row?: number; header_rows?: number }
export const pageOf = (id: string, signal?: AbortSignal, tried?: Tried) => get<BatchPage>(`/api/import_batch/${id}/page`, { ...tried }, signal)

export function upload(entity: string, file: File, source: string): Promise<Batch> {
  const name = encodeURIComponent(file.name.slice(0, 100))
  const of = source ? `&source=${encodeURIComponent(source)}` : ''
  return post<Batch>(`/api/import/${entity}?name=${name}${of}`, undefined, { raw: file })
}

/* What can be chosen for a column: fields, and single flags of a set as fields of their own. */
export function choices(fields: Target[], lang: string): { key: string; label: string }[] {
  return fields.flatMap((f) => [
    { key: f.name, label: (lang === 'en' ? f.label_en : f.label) + (f.required ? ' *' : '') },
    ...f.flags.map((flag) => ({ key: `${f.name}.${flag.key}`, label: `${f.label}：${flag.label}` })),
  ])
}

/* The field of each column, '' where a column is left out. */
export function byColumn(mapping: Mapped[], n: number): string[] {
  const fields: string[] = Array.from({ length: n }, () => '')
  for (const m of mapping) if (m.column !== undefined && m.column < n) fields[m.column] = m.field
  return fields
}

export function mappingOf(fields: string[], heads: string[], fixed: Mapped[]): Mapped[] {
  const columns = fields.map((field, column) => ({ column, head: heads[column] || undefined, field })).filter((m) => m.field)
  return [...columns, ...fixed.filter((f) => f.fixed)]
}

/* Some values of a column below its header, to recognise it by. */
export function samples(page: BatchPage, header_end: number, column: number): string[] {
  return (page.rows ?? []).filter((r) => r.number > header_end).map((r) => r.cells[column] ?? '').filter(Boolean).slice(0, 3)
}
