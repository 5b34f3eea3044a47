/* values.ts - one value of a field as a person reads it, and as an input holds it. */
import { clock, dayText, momentText, money } from '@shared/format'
import { shortMoment } from '../format'
import { choiceText, type Field } from '../meta'
import type { Row } from '../rows'
import { t } from '../say'

/* The row that a step is taken on. */
export interface RowOf { entity: string; id: string }

/* Minutes of a day are integers within 0..1440 whose name says so. */
export const isClock = (f: Field): boolean =>
  (f.kind === 'int' || f.kind === 'opt_int') && f.name.endsWith('_min') && (f.high === 1439 || f.high === 1440)

export const isNumber = (f: Field): boolean =>
  ['int', 'opt_int', 'real', 'money', 'degrees'].includes(f.kind) && !isClock(f)

/* Days on which something stops being valid; near ones are marked. */
export const isExpiry = (f: Field): boolean => f.kind === 'day' && /(^|_)(valid_to|until)$/.test(f.name)

/* Never in a form or a table: the house's own, and kinds a person cannot read. */
export const isInner = (f: Field): boolean =>
  ['id', 'version', 'scope', 'created_at', 'ended_at'].includes(f.name) || ['json', 'list', 'record'].includes(f.kind)

type Show = (value: unknown, f: Field, long: boolean) => string
const plain: Show = (value) => String(value)
const number: Show = (value, f) => (isClock(f) ? clock(Number(value)) : String(value))

const shows: Partial<Record<Field['kind'], Show>> = {
  bool: (value) => t(value === true ? 'yes' : 'no'),
  int: number,
  opt_int: number,
  money: (value) => (typeof value === 'number' ? money(value) : String(value)),
  moment: (value, _f, long) => (long ? momentText(String(value)) : shortMoment(String(value))),
  day: (value, _f, long) => (long ? dayText(String(value)) : String(value)),
  choice: (value, f) => choiceText(f, String(value)),
  set: (value, f) => (Array.isArray(value) ? value.map((key) => choiceText(f, String(key))).join('、') : String(value)),
  degrees: (value) => (typeof value === 'number' ? value.toFixed(6) : String(value)),
}

export function valueText(row: Row, f: Field, long = false): string {
  if (f.kind === 'link') {
    const title = row[`${f.name}_title`]
    if (title) return String(title)
  }
  const value = row[f.name]
  if (value === undefined || value === null || value === '') return ''
  return (shows[f.kind] ?? plain)(value, f, long)
}

/* --- forms --- */

export type FormValue = string | number | boolean | string[] | null
export type Form = Record<string, FormValue>

/* Money is typed in yuan; everything else as the answer has it. */
export function toInput(f: Field, value: unknown): FormValue {
  if (f.kind === 'set') return Array.isArray(value) ? value.map(String) : []
  if (value === undefined || value === null) return f.kind === 'bool' ? false : f.kind === 'choice' ? (f.choices[0]?.key ?? '') : null
  if (f.kind === 'money') return (Number(value) / 100).toFixed(2)
  if (isClock(f)) return clock(Number(value))
  if (f.kind === 'bool') return value === true
  return typeof value === 'number' ? value : String(value)
}
