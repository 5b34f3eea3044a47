/* escorts.ts - to the clinic with her or for her: kept sealed, and as it is once what waits is sent. */
import { computed } from 'vue'
import { counts, deeds, waiting } from './deeds'
import { keepRows } from './rows'

export type EscortState = 'planned' | 'out' | 'clinic' | 'seen' | 'drugs' | 'home' | 'called_off'
export interface Escort {
  escort: { id: string; version: number; state: EscortState; kind: string; org: string; day: string; at_min?: number }
  visit: string; elder?: string; kind_name: string; for_name: string; clinic: string; department: string; bring: string
  proxy: { stands: boolean; act: string; act_name: string; until?: string; words?: string }
}

const kept = keepRows<Escort>('escorts', r => r.escort)
const AFTER: Record<string, EscortState> = { set_out: 'out', arrive: 'clinic', advise: 'seen', fetch: 'drugs', come_home: 'home' }

/* What she signs here is known here, before the house knows. */
function signedHere(e: Escort): boolean {
  return deeds.value.some(d => d.entity === 'proxy' && counts(d) && d.what.elder === e.elder && (d.what.acts as string[]).includes(e.proxy.act))
}

export const escorts = computed(() => kept.value.map(e => {
  const mine = deeds.value.filter(d => d.entity === 'escort' && d.id === e.escort.id && counts(d))
  const last = mine[mine.length - 1]
  return { ...e, escort: { ...e.escort, state: last ? AFTER[last.action] ?? e.escort.state : e.escort.state },
    proxy: { ...e.proxy, stands: e.proxy.stands || signedHere(e) }, waits: mine.some(waiting) }
}))
