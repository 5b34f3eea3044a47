/* meals.ts - the meals to bring today: kept sealed on the phone, asked for again when there is a network. */
import { computed, shallowRef } from 'vue'
import { get } from '@shared/api'
import { today } from '@shared/format'
import { deeds, knowVersion } from './deeds'
import { sealJson, unsealJson } from '@shared/offline/vault'

export interface Stop {
  stop: { id: string; version: number; run: string; seq: number; door?: string; quantity: number; state: string; left_with?: string }
  sitting_name: string; number: string; for_name: string; address: string; phone: string; note: string; diets_text: string; to_collect: number
}
interface Kept { day: string; since: string; rows: Record<string, Stop> }
interface Pull { day: string; since: string; rows: { id: string; row: Stop }[]; gone: { id: string }[] }

const kept = shallowRef<Kept>()
const ENDS: Record<string, string> = { hand: 'handed', leave: 'left', nobody: 'nobody' }

/* As it will be once what waits here has been sent. */
export const stops = computed(() => Object.values(kept.value?.rows ?? {})
  .map(s => {
    const mine = deeds.value.filter(d => d.entity === 'meal_stop' && d.id === s.stop.id).pop()
    return { ...s, state: mine ? ENDS[mine.action] ?? s.stop.state : s.stop.state, waits: Boolean(mine) }
  })
  .sort((a, b) => a.stop.run.localeCompare(b.stop.run) || a.stop.seq - b.stop.seq))

function know(rows: Record<string, Stop>) {
  for (const s of Object.values(rows)) knowVersion(s.stop.id, s.stop.version)
}

export async function pullMeals(): Promise<void> {
  const had = kept.value ?? await unsealJson<Kept>('meals')
  const same = had && had.day === today() ? had : undefined
  if (same && !kept.value) { kept.value = same; know(same.rows) }
  try {
    const p = await get<Pull>('/api/sync/meals', { since: same?.since })
    const rows = same && same.day === p.day ? { ...same.rows } : {}
    for (const g of p.gone) delete rows[g.id]
    for (const r of p.rows) rows[r.id] = r.row
    know(rows)
    kept.value = { day: p.day, since: p.since, rows }
    await sealJson('meals', kept.value)
  } catch { /* what the phone has is shown; the day's own question says that there is no network */ }
}

export const closeMeals = () => { kept.value = undefined }
