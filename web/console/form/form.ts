/* form.ts - a form of another office: what the server says of it, and what a person binds. */
import { ask, get, post } from '@shared/api'
import type { FormKind, FormTried } from '../answers'
import type { Batch } from '../export/batch'
import type { Row } from '../rows'
import type { Key } from '../say'

export interface Bound { column: number; head?: string; field?: string; text?: string }
export interface Cell { row: number; column: number; text: string }
export interface Form extends Row {
  name: string; sender?: string; entity: string; state: string; file_name: string; file_version: number; version: number
  sheet: number; header_row: number; header_rows: number; from_row: number; through_row: number; columns: Bound[]; fixed?: Cell[]
}
export interface FormPage { form: Form; pages: string[]; heads: string[]; rows: { number: number; cells: string[] }[]; trouble: string }
export type { FormKind } from '../answers'

/* What stands in single cells; the server puts the words in when it fills. */
export const WORDS: Record<string, Key> = {
  org: 'forms.word_org', name: 'forms.word_name', date: 'forms.word_date', month: 'forms.word_month', count: 'forms.word_count', number: 'forms.word_number',
}
export const COUNTING = '#'

export const kindsOf = () => get<{ items: FormKind[] }>('/api/form').then((a) => a.items)
export const pageOf = (id: string, signal?: AbortSignal) => get<FormPage>(`/api/form_template/${id}/page`, undefined, signal)
export const tried = (id: string, columns: string, query: string, signal?: AbortSignal) => get<FormTried>(`/api/form_template/${id}/try`, { columns, query }, signal)
export const bind = (id: string, version: number, body: object) => ask<Form>('PUT', `/api/form_template/${id}/bind`, { body, version })
export const fill = (id: string, query: string, words: string, reason: string) => post<Batch>(`/api/form_template/${id}/fill`, { query, words, reason })

export function send(path: string, file: File, told: Record<string, string> = {}): Promise<Form> {
  const query = new URLSearchParams({ ...told, file_name: file.name.slice(0, 100) })
  return post<Form>(`${path}?${query.toString()}`, undefined, { raw: file })
}

/* 0 is A, 27 is AB. */
export function letters(column: number): string {
  let text = ''
  for (let k = column + 1; k; k = Math.floor((k - 1) / 26)) text = String.fromCharCode(65 + ((k - 1) % 26)) + text
  return text
}

/* What each column is bound to: a field, "#", or ''. Texts of one's own stay as they are. */
export function byColumn(bound: Bound[], n: number): string[] {
  const of: string[] = Array.from({ length: n }, () => '')
  for (const b of bound) if (b.column < n) of[b.column] = b.field ?? b.text ?? ''
  return of
}
export function boundOf(chosen: string[], heads: string[], fields: string[]): Bound[] {
  const of = (value: string, column: number): Bound => ({ column, head: heads[column] || undefined, [fields.includes(value) ? 'field' : 'text']: value })
  return chosen.map(of).filter((b) => b.field ?? b.text)
}
