/* versions.ts - a parameter's versions as the server answers them, and the fields of their dialogs. */
import { today } from '@shared/format'
import { fieldOf, type Field } from '../meta'
import { textOf, type Row } from '../rows'
import { t, type Key } from '../say'

export type { ParameterColumn as Column, ParameterName as Name, ParameterVersions as Versions } from '../answers'

export type When = 'current' | 'future' | 'past' | 'corrected' | 'withdrawn'

/* An ended row was corrected when another names it, else it was withdrawn. */
export function whenOf(v: Row, all: Row[]): When {
  if (v.ended_at) return all.some((o) => textOf(o, 'replaces') === v.id) ? 'corrected' : 'withdrawn'
  const now = today()
  if (textOf(v, 'valid_from') > now) return 'future'
  return textOf(v, 'valid_to') && textOf(v, 'valid_to') < now ? 'past' : 'current'
}

/* Units are keys ("day"); what is no key (%, km/h, what somebody typed) is shown as it is. */
const UNITS = ['year', 'day', 'hour', 'minute', 'yuan', 'fen', 'metre', 'person', 'bit'] as const
export const unitText = (unit: string): string => {
  const known = UNITS.find((u) => u === unit)
  return known ? t(`param.unit_${known}`) : unit
}

const field = (name: string, label: Key, more: Record<string, unknown> = {}): Field => fieldOf({ name, kind: 'text', label: t(label), high: 200, ...more })
const numbered = (): Field[] => [field('document_no', 'param.f_no', { high: 80, hint: t('param.hint_no') }), field('article', 'param.f_article', { high: 80 })]

export const newFields = (): Field[] => [
  field('division', 'param.where', { kind: 'link', links: 'division', required: true }),
  field('value', 'param.f_value', { required: true }), field('unit', 'param.f_unit', { high: 20 }),
  field('valid_from', 'param.f_from', { kind: 'day', required: true }), field('valid_to', 'param.f_to', { kind: 'day' }),
  field('source', 'param.f_source', { required: true, high: 300 }), ...numbered(),
  field('reason', 'param.f_reason', { hint: t('param.hint_reason') }), field('gap_reason', 'param.f_gap', { hint: t('param.hint_gap') }),
]
export const checkFields = (): Field[] => [...numbered(), field('note', 'param.note')]
export const correctFields = (): Field[] => [
  field('value', 'param.f_value', { required: true }), field('reason', 'param.f_reason', { required: true }),
  field('valid_from', 'param.f_from', { kind: 'day', hint: t('param.hint_same') }), field('valid_to', 'param.f_to', { kind: 'day', hint: t('param.hint_same') }),
  field('source', 'param.f_source', { high: 300, hint: t('param.hint_same') }), ...numbered(), field('gap_reason', 'param.f_gap', { hint: t('param.hint_gap') }),
]
export const withdrawFields = (): Field[] => [field('reason', 'param.f_reason', { required: true })]
