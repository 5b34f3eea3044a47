/* meals.ts - the meals to bring today: kept sealed on the phone, asked for again when there is a network. */
import { computed } from 'vue'
import { deeds } from './deeds'
import { keepRows } from './rows'

export interface Stop {
  stop: { id: string; version: number; run: string; seq: number; at_min?: number; door?: string; quantity: number; state: string; left_with?: string; signed_by?: string }
  sitting_name: string; trip?: number; leave_min?: number; number: string; for_name: string; address: string; phone: string; note: string; diets_text: string; to_collect: number; sign_asked?: boolean
}

const kept = keepRows<Stop>('meals', r => r.stop)
const ENDS: Record<string, string> = { hand: 'handed', leave: 'left', nobody: 'nobody' }

/* As it will be once what waits here has been sent. */
export const stops = computed(() => kept.value
  .map(s => {
    const mine = deeds.value.filter(d => d.entity === 'meal_stop' && d.id === s.stop.id)
    const end = mine.filter(d => ENDS[d.action]).pop()
    return { ...s, state: end ? ENDS[end.action] ?? s.stop.state : s.stop.state, waits: mine.some(d => d.fate !== 'sent'),
      signed: Boolean(s.stop.signed_by) || mine.some(d => d.action === 'sign') }
  })
  .sort((a, b) => (a.leave_min ?? 0) - (b.leave_min ?? 0) || a.stop.run.localeCompare(b.stop.run) || a.stop.seq - b.stop.seq))

/* The rounds of the day, one after another, each with its doors. */
export const rounds = computed(() => {
  const all: { run: string; trip: number; leave_min: number; stops: typeof stops.value }[] = []
  for (const s of stops.value) {
    const last = all.find(r => r.run === s.stop.run)
    if (last) last.stops.push(s)
    else all.push({ run: s.stop.run, trip: s.trip ?? 1, leave_min: s.leave_min ?? 0, stops: [s] })
  }
  return all
})

/* 675 → "11:15"; "" where nothing was planned. */
export const hourOf = (min?: number): string => min ? `${String(Math.floor(min / 60)).padStart(2, '0')}:${String(min % 60).padStart(2, '0')}` : ''
