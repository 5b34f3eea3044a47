/*
 * draft.ts - something to be said, kept in this browser at every keystroke; its key goes with it, so
 * that a repeated sending says it once.
 */
import { reactive, watch } from 'vue'
import { newKey } from '@shared/api'
import { forget, remember, remembered } from '@shared/store'
import { where } from '../who'

export interface Draft {
  key: string; step: number; place: string; order: string
  kind: string; topic: string; matter: string; danger: boolean; hidden: boolean; name: string
}
export interface Rules { accept_days: number; place?: string; kinds: { key: string; name: string; days: number }[]; topics: { key: string; name: string }[] }
export interface Request {
  id: string; version: number; number: string; state: string; kind: string; topic: string; due?: string
  came_at?: string; place_title?: string; org_title?: string; care_order?: string; hidden?: boolean; actions?: import('@shared/types').Action[]
}
export interface RequestPage { request: Request; matter: string; reply: string; rated_words: string; timeline: { at: string; text: string }[] }

export const STEPS = ['what', 'where', 'whose', 'send'] as const

export function useDraft(place: string, order: string): Draft {
  const kept = remembered<Draft | null>('asking', null)
  const fresh: Draft = { key: newKey(), step: 0, place, order, kind: '', topic: '', matter: '', danger: false, hidden: false, name: '' }
  const same = kept && kept.place === place && kept.order === order
  const draft = reactive(same ? kept : fresh)
  watch(draft, (d) => remember('asking', d))
  return draft
}
export const dropDraft = () => forget('asking')

/* What the server is told: what it is about is the order, the place, or where one lives. */
export function body(d: Draft): Record<string, unknown> {
  const home = where.value
  const about = d.order ? { care_order: d.order } : d.place ? { place: d.place }
    : home?.kind === 'compound' ? { compound: home.id } : home && ['community', 'street', 'district'].includes(home.kind) ? { division: home.id } : {}
  return { kind: d.kind, topic: d.topic || 'other', matter: d.matter.trim(), danger: d.danger, hidden: d.hidden, ...(d.name.trim() && { name: d.name.trim() }), ...about }
}
