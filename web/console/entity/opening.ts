/* opening.ts - open now, closed today, stopped: a column beside lists of places, asked for a page at a time. */
import { get } from '@shared/api'
import { dayNear } from '@shared/format'
import { shallowRef, watch, type ShallowRef } from 'vue'
import type { Row } from '../rows'
import { lang, t } from '../say'

export interface Opening { open: string; text: string }
interface Told { place: string; open: string; open_text: string; reason?: string; until?: string }

/* The lists that have it, and the field that names the place. */
const PLACE_OF: Record<string, string> = { place: 'id', meal_point: 'place' }
export const hasOpening = (entity: string): boolean => entity in PLACE_OF

/* Row id → how it stands now; empty until it is known, and where the server does not say. */
export function useOpening(entity: () => string, rows: () => Row[]): ShallowRef<Map<string, Opening>> {
  const known = shallowRef(new Map<string, Opening>())
  let turn = 0
  watch([rows, entity, lang], async () => {
    const mine = ++turn, field = PLACE_OF[entity()]
    known.value = new Map()
    const ids = field ? [...new Set(rows().map((r) => String(r[field] ?? '')).filter(Boolean))].slice(0, 200) : []
    if (!field || !ids.length) return
    const told = await get<{ items: Told[] }>('/api/places/opening', { places: ids.join(',') }).catch(() => undefined)
    if (mine !== turn || !told) return
    const by = new Map(told.items.map((o) => [o.place, o]))
    known.value = new Map(rows().flatMap((r) => {
      const o = by.get(String(r[field]))
      return o ? [[r.id, { open: o.open, text: [o.open_text, o.reason, o.until && t('opening.until', { day: dayNear(o.until) })].filter(Boolean).join(' · ') }] as const] : []
    }))
  }, { immediate: true })
  return known
}
