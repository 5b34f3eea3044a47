/* units.ts - what a price is for, in a word. */
import { t, type Key } from './texts'

const known = ['time', 'hour', 'meal', 'day', 'month']

export function unitText(of: { unit?: string; unit_name?: string; unit_note?: string }): string {
  return of.unit_note || of.unit_name || (known.includes(of.unit ?? '') ? t(`unit.${of.unit}` as Key) : of.unit ?? '')
}
