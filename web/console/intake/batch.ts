/* batch.ts - a list being taken in: what the server says of it, and the mapping a person makes. */
import { get, post } from '@shared/api'
import type { Row } from '../rows'

export interface Target { name: string; label: string; label_en: string; required: boolean; links?: string; flags: { key: string; label: string }[] }
export interface Kind { entity: string; label: string; fields: Target[] }
export interface Mapped { column?: number; fixed?: string; head?: string; field: string }
export interface FileRow { number: number; hidden: boolean; cells: string[] }
export interface PreviewCell { field: string; said: string; value: string; fault?: string }
export interface PreviewRow { number: number; verdict: string; faults: string; cells: PreviewCell[] }
export interface Batch extends Row {
  entity: string; file_name: string; state: string; sheet: number; header_row: number; header_rows: number
  mapping: Mapped[]; take_phones?: boolean; trouble?: string
}
export interface BatchPage {
  batch: Batch
  mine: boolean
  returned: boolean
  progress?: { state: string; done: number; total: number }
  pages?: { name: string; hidden: boolean }[]
  heads?: string[]
  rows?: FileRow[]
  preview?: PreviewRow[]
}

export const WORKING = ['checking', 'running', 'undoing']
export const COUNTS = ['new_n', 'changed_n', 'same_n', 'doubt_n', 'wrong_n', 'outside_n', 'hint_n'] as const

export const kinds = () => get<{ items: Kind[] }>('/api/import').then((a) => a.items)
export const pageOf = (id: string, signal?: AbortSignal) => get<BatchPage>(`/api/import_batch/${id}/page`, undefined, signal)

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
