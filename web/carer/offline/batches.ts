/* batches.ts - the meals a van brings from the kitchen to the points: kept sealed, and as it is once what waits is sent. */
import { computed } from 'vue'
import { counts, deeds, waiting, type Deed } from './deeds'
import { keepRows } from './rows'

interface Side { name: string; address: string; phone: string }
interface Own { id: string; version: number; state: 'planned' | 'sent' | 'received'; planned: number; sent?: number; sent_temp?: number; sent_at?: string; received?: number; received_temp?: number; van_trip: number; seq: number; leave_min: number; at_min: number }
export interface Batch { batch: Own; kitchen: Side; point: Side; van: string; sitting_name: string; least_temp: number; minutes_max: number }

const kept = keepRows<Batch>('batches', r => r.batch)

function done(b: Own, d: Deed): Own {
  const w = d.what as { portions: number; temp: number }
  return d.action === 'send' ? { ...b, state: 'sent', sent: w.portions, sent_temp: w.temp, sent_at: d.at }
    : { ...b, state: 'received', received: w.portions, received_temp: w.temp }
}

export const batches = computed(() => kept.value
  .map(r => {
    const mine = deeds.value.filter(d => d.entity === 'meal_batch' && d.id === r.batch.id && counts(d))
    return { ...r, batch: mine.reduce(done, r.batch), waits: mine.some(waiting) }
  })
  .sort((a, b) => a.batch.leave_min - b.batch.leave_min || a.batch.van_trip - b.batch.van_trip || a.batch.seq - b.batch.seq))
