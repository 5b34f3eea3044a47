/* csv.ts - the rows on screen as a file: only this page, only these columns, masked as they are. */
import { today } from '@shared/format'
import { type Entity, type Field } from '../meta'
import type { Row } from '../rows'
import { t } from '../say'
import { valueText } from './values'

/* A leading = + - @ would be run as a formula by spreadsheets. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}

export function csvText(columns: Field[], rows: Row[]): string {
  const head = columns.map((f) => cell(f.label)).join(',')
  const lines = rows.map((row) => columns.map((f) => cell(valueText(row, f))).join(','))
  return `\ufeff${[head, ...lines].join('\r\n')}\r\n`
}

export function csvSave(entity: Entity, columns: Field[], rows: Row[], page: number): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([csvText(columns, rows)], { type: 'text/csv;charset=utf-8' }))
  link.download = `${entity.label}-${t('csv.page', { n: page })}-${today()}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}
