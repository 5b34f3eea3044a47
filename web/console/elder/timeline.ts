/* timeline.ts - what happened around a person, latest first, from the rows of her page. */
import { momentText } from '@shared/format'
import { choiceText, entityNamed, fieldNamed } from '../meta'
import { linkText, textOf, type Row } from '../rows'
import { t } from '../say'

export interface Line { key: string; at: string; when: string; text: string; sub: string; word: string; to: string }

const stateText = (entity: string, row: Row): string => {
  const e = entityNamed(entity)
  const f = e && fieldNamed(e, e.state)
  return f ? choiceText(f, textOf(row, f.name)) : textOf(row, 'state')
}

function orderLine(row: Row): Line {
  const at = textOf(row, 'created_at')
  const sub = [textOf(row, 'number'), linkText(row, 'org'), textOf(row, 'day')].filter(Boolean).join(' · ')
  return { key: `o${row.id}`, at, when: '', text: t('line.order', { item: linkText(row, 'item'), state: stateText('care_order', row) }), sub, word: textOf(row, 'state'), to: `/list/care_order?open=${row.id}` }
}
function visitLine(row: Row): Line {
  const at = textOf(row, 'done_at') || textOf(row, 'arrived_at') || `${textOf(row, 'day')}T00:00:00+08:00`
  return { key: `v${row.id}`, at, when: '', text: t('line.visit', { carer: linkText(row, 'carer'), state: stateText('visit', row) }), sub: linkText(row, 'care_order'), word: textOf(row, 'state'), to: `/list/visit?open=${row.id}` }
}
/* The grade as it stands on her record; masked, only that there is one. */
function gradeLine(elder: Row): Line {
  const e = entityNamed('elder'), f = e && fieldNamed(e, 'grade')
  const day = textOf(elder, 'grade_on'), grade = f ? choiceText(f, textOf(elder, 'grade')) : ''
  return { key: `g${day}`, at: `${day}T00:00:00+08:00`, when: '', text: grade ? t('line.grade', { grade }) : t('line.graded'), sub: textOf(elder, 'grade_source'), word: 'info', to: '' }
}
function factLine(row: Row): Line {
  const e = entityNamed('elder'), kind = textOf(row, 'kind')
  const f = e && fieldNamed(e, kind === 'flag' ? 'flags' : kind)
  const value = f ? choiceText(f, textOf(row, 'value')) : textOf(row, 'value')
  const until = textOf(row, 'valid_to')
  const sub = [textOf(row, 'source'), textOf(row, 'known_on') && t('line.known', { on: textOf(row, 'known_on') })].filter(Boolean).join(' · ')
  return { key: `f${row.id}`, at: `${textOf(row, 'valid_from')}T00:00:00+08:00`, when: '', text: until ? t('line.fact_until', { value, until }) : t('line.fact', { value }), sub, word: 'info', to: `/list/elder_fact?open=${row.id}` }
}
function eventLine(row: Row): Line {
  const e = entityNamed('elder_event'), f = e && fieldNamed(e, 'kind')
  const what = f ? choiceText(f, textOf(row, 'kind')) : textOf(row, 'kind')
  const state = textOf(row, 'state') === 'revoked' ? `（${stateText('elder_event', row)}）` : ''
  const sub = [textOf(row, 'source'), t('line.known', { on: textOf(row, 'known_on') })].filter(Boolean).join(' · ')
  return { key: `e${row.id}`, at: `${textOf(row, 'happened_on')}T00:00:00+08:00`, when: '', text: what + state, sub, word: 'watch', to: `/list/elder_event?open=${row.id}` }
}
function historyLine(row: Row): Line {
  const known: Record<string, string> = { create: t('history.create'), change: t('history.update'), end: t('history.end'), restore: t('history.restore'), move: t('history.move'), unmask: t('history.unmask'), import: t('history.import'), import_undone: t('history.import_undone') }
  const action = textOf(row, 'action')
  return { key: `h${row.id}`, at: textOf(row, 'created_at') || textOf(row, 'at'), when: '', text: t('line.record', { what: known[action] ?? action }), sub: [textOf(row, 'account_title'), action.startsWith('import') && textOf(row, 'reason')].filter(Boolean).join(' · '), word: 'none', to: '' }
}

interface Sources { facts?: Row[]; events?: Row[]; orders?: Row[]; visits?: Row[]; elder?: Row; history?: Row[] }

export function lineOf(page: Sources | undefined): Line[] {
  if (!page) return []
  const lines = [
    ...(page.orders ?? []).map(orderLine),
    ...(page.visits ?? []).filter((v) => textOf(v, 'state') !== 'planned').map(visitLine),
    ...(page.facts ?? []).filter((f) => textOf(f, 'value')).map(factLine),
    ...(page.events ?? []).map(eventLine),
    ...((page.facts ?? []).some((f) => textOf(f, 'kind') === 'grade') || !textOf(page.elder, 'grade_on') ? [] : [gradeLine(page.elder!)]),
    ...(page.history ?? []).map(historyLine),
  ]
  return lines.filter((l) => l.at).sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).map((l) => ({ ...l, when: momentText(l.at, true).replace(' 00:00', '') }))
}
