/* meals.ts - the meals to bring today: kept sealed on the phone, asked for again when there is a network. */
import { computed } from 'vue'
import { deeds } from './deeds'
import { keepRows } from './rows'

export interface Stop {
  stop: { id: string; version: number; run: string; seq: number; door?: string; quantity: number; state: string; left_with?: string }
  sitting_name: string; number: string; for_name: string; address: string; phone: string; note: string; diets_text: string; to_collect: number
}

const kept = keepRows<Stop>('meals', r => r.stop)
const ENDS: Record<string, string> = { hand: 'handed', leave: 'left', nobody: 'nobody' }

/* As it will be once what waits here has been sent. */
export const stops = computed(() => kept.value
  .map(s => {
    const mine = deeds.value.filter(d => d.entity === 'meal_stop' && d.id === s.stop.id).pop()
    return { ...s, state: mine ? ENDS[mine.action] ?? s.stop.state : s.stop.state, waits: Boolean(mine && mine.fate !== 'sent') }
  })
  .sort((a, b) => a.stop.run.localeCompare(b.stop.run) || a.stop.seq - b.stop.seq))
