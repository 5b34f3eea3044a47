/* form.ts - what was typed, checked against the field table, and turned into what the server takes. */
import { clockRead } from '../format'
import type { Entity, Field } from '../meta'
import type { Row } from '../rows'
import { t } from '../say'
import { isClock, isInner, toInput, type Form, type FormValue } from './values'

/*
 * What a person may give: never the state, which only steps move. On a change, masked and sealed
 * values are left as they are unless retyped.
 */
export const takenFields = (e: Entity, create: boolean): Field[] =>
  e.fields.filter((f) => !f.read_only && !isInner(f) && f.name !== e.state && (create || !f.create_only))

export function formOf(fields: Field[], row: Row | null): Form {
  const known = (f: Field) => (row && f.class === 'open' ? row[f.name] : undefined)
  const form: Form = {}
  for (const f of fields) form[f.name] = row && f.class !== 'open' ? null : toInput(f, known(f))
  return form
}

const blank = (v: FormValue | undefined): boolean => v === null || v === undefined || v === ''

interface Read { value?: unknown; fault?: string }

function ranged(f: Field, n: number, shown: (n: number) => string): Read {
  if (f.low === 0 && f.high === 0) return { value: n }
  if (n < f.low || n > f.high) return { fault: t('fault.range', { low: shown(f.low), high: shown(f.high) }) }
  return { value: n }
}

function readMoney(f: Field, v: FormValue): Read {
  const m = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(String(v).replace(/[,¥\s]/g, ''))
  if (!m) return { fault: t('fault.money') }
  const fen = Number(m[1]) * 100 + Number((m[2] ?? '').padEnd(2, '0') || 0)
  return ranged(f, fen, (n) => (n / 100).toFixed(2))
}

function readNumber(f: Field, v: FormValue): Read {
  if (isClock(f)) {
    const minute = clockRead(String(v))
    return minute === undefined ? { fault: t('fault.clock') } : { value: minute }
  }
  const n = Number(v)
  const whole = f.kind === 'int' || f.kind === 'opt_int'
  if (!Number.isFinite(n) || (whole && !Number.isInteger(n))) return { fault: t(whole ? 'fault.whole' : 'fault.number') }
  return f.kind === 'degrees' ? { value: n } : ranged(f, n, String)
}

function readText(f: Field, v: FormValue): Read {
  const s = String(v).trim()
  if (f.high > 0 && [...s].length > f.high) return { fault: t('fault.long', { n: f.high }) }
  if (f.low > 0 && [...s].length < f.low) return { fault: t('fault.short', { n: f.low }) }
  return { value: s }
}

function read(f: Field, v: FormValue): Read {
  if (f.kind === 'money') return readMoney(f, v)
  if (['int', 'opt_int', 'real', 'degrees'].includes(f.kind)) return readNumber(f, v)
  return f.kind === 'text' ? readText(f, v) : { value: v }
}

export interface Checked { body: Record<string, unknown>; faults: Record<string, string> }

/* The body to send: on a change only what differs from `before`. */
export function formCheck(fields: Field[], form: Form, before: Form | null): Checked {
  const body: Record<string, unknown> = {}
  const faults: Record<string, string> = {}
  for (const f of fields) {
    const v = form[f.name]
    const kept = before && f.class !== 'open' && blank(v)
    if (before && (kept || JSON.stringify(v) === JSON.stringify(before[f.name]))) continue
    if (blank(v) || v === undefined) {
      if (f.required && f.kind !== 'bool') faults[f.name] = t('fault.required', { label: f.label })
      else if (before) body[f.name] = null
      continue
    }
    if (f.required && Array.isArray(v) && !v.length) faults[f.name] = t('fault.required', { label: f.label })
    const got = read(f, v)
    if (got.fault) faults[f.name] = got.fault
    else body[f.name] = got.value
  }
  return { body, faults }
}

/* The line under an input: the table's own hint, else its range. */
export function hintText(f: Field): string {
  if (f.hint) return f.hint
  if (isClock(f)) return t('hint.clock')
  if (f.kind === 'money') return t('hint.money')
  if ((f.kind === 'int' || f.kind === 'opt_int') && f.high > 0 && f.high < 1e9) return `${f.low}–${f.high}`
  return ''
}
