/* escorts.ts - to the clinic with her or for her: kept sealed, and as it is once what waits is sent. */
import { computed, shallowRef } from 'vue'
import { get } from '@shared/api'
import { today } from '@shared/format'
import { deeds, knowVersion, type Deed } from './deeds'
import { sealJson, unsealJson } from '@shared/offline/vault'

export type EscortState = 'planned' | 'out' | 'clinic' | 'seen' | 'drugs' | 'home' | 'called_off'
export interface Escort {
  escort: { id: string; version: number; state: EscortState; kind: string; org: string; day: string; at_min?: number }
  visit: string; elder?: string; kind_name: string; for_name: string; clinic: string; department: string; bring: string
  proxy: { stands: boolean; act: string; act_name: string; until?: string; words?: string }
}
interface Kept { day: string; since: string; rows: Record<string, Escort> }
interface Pull { day: string; since: string; rows: { id: string; row: Escort }[]; gone: { id: string }[] }

const kept = shallowRef<Kept>()
const AFTER: Record<string, EscortState> = { set_out: 'out', arrive: 'clinic', advise: 'seen', fetch: 'drugs', come_home: 'home' }
const waiting = (d: Deed) => d.fate === 'waits' || d.fate === 'file'

/* What she signs here is known here, before the house knows. */
function signedHere(e: Escort): boolean {
  return deeds.value.some(d => d.entity === 'proxy' && waiting(d) && d.what.elder === e.elder && (d.what.acts as string[]).includes(e.proxy.act))
}

export const escorts = computed(() => Object.values(kept.value?.rows ?? {}).map(e => {
  const mine = deeds.value.filter(d => d.entity === 'escort' && d.id === e.escort.id && waiting(d))
  const last = mine[mine.length - 1]
  return { ...e, escort: { ...e.escort, state: last ? AFTER[last.action] ?? e.escort.state : e.escort.state },
    proxy: { ...e.proxy, stands: e.proxy.stands || signedHere(e) }, waits: mine.length > 0 }
}))

function know(rows: Record<string, Escort>) {
  for (const e of Object.values(rows)) knowVersion(e.escort.id, e.escort.version)
}

export async function pullEscorts(): Promise<void> {
  const had = kept.value ?? await unsealJson<Kept>('escorts')
  const same = had && had.day === today() ? had : undefined
  if (same && !kept.value) { kept.value = same; know(same.rows) }
  try {
    const p = await get<Pull>('/api/sync/escorts', { since: same?.since })
    const rows = same && same.day === p.day ? { ...same.rows } : {}
    for (const g of p.gone) delete rows[g.id]
    for (const r of p.rows) rows[r.id] = r.row
    know(rows)
    kept.value = { day: p.day, since: p.since, rows }
    await sealJson('escorts', kept.value)
  } catch { /* what the phone has is shown; the day's own question says that there is no network */ }
}

export const closeEscorts = () => { kept.value = undefined }
