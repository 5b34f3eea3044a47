/* sign.ts - what a new agreement starts with: a year from its first day, and the prices on offer. */
import { get } from '@shared/api'
import { money } from '@shared/format'
import { entityNamed, fieldOf, type Field } from '../meta'
import { numberOf, textOf, type Row } from '../rows'
import { t } from '../say'

const SHEET_MAX = 2000

/* The last day of the year that begins on this day. */
export function yearFrom(day: string): string {
  const [y = 0, m = 1, d = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(y + 1, m - 1, d - 1)).toISOString().slice(0, 10)
}

const line = (o: Row): string =>
  [textOf(o, 'name'), textOf(o, 'unit_note'), money(numberOf(o, 'price'))].filter(Boolean).join('　')

/* A line for each published offer, as many as the sheet takes; '' when nothing is on offer. */
export async function pricesOf(org: string, signal?: AbortSignal): Promise<string> {
  const { items } = await get<{ items: Row[] }>('/api/offer', { org, state: 'published', size: 100 }, signal)
  let sheet = ''
  for (const o of items) {
    const longer = sheet ? `${sheet}\n${line(o)}` : line(o)
    if ([...longer].length > SHEET_MAX) break
    sheet = longer
  }
  return sheet
}

export const whoFields = (): Field[] => [
  fieldOf({ name: 'name', kind: 'text', label: t('sign.name'), hint: t('sign.name_hint'), required: true, high: 40 }),
  fieldOf({ name: 'id_number', kind: 'text', label: t('sign.id_number'), high: 30 }),
  fieldOf({ name: 'phone', kind: 'text', label: t('sign.phone'), hint: t('sign.phone_hint'), high: 30 }),
]

/* The agreement's own fields; at the counter none of them may be left open. */
export const termFields = (): Field[] =>
  (entityNamed('agreement')?.fields ?? [])
    .filter((f) => ['kind', 'valid_from', 'valid_to', 'price_sheet'].includes(f.name))
    .map((f) => ({ ...f, required: true }))
