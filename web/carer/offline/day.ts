/* day.ts - the day's visits: from the phone at once, from the server when it answers. */
import { computed, ref, shallowRef } from 'vue'
import { failureOf, type Failure } from '@shared/api'
import { today } from '@shared/format'
import { askRows, knowVersion, send, signInWanted } from './deeds'
import { sealJson, unsealJson } from '@shared/offline/vault'
import type { CarerDay } from '../visits'

type Row = CarerDay['visits'][number]
interface Kept { day: string; since: string; at: string; rows: Record<string, Row> }
interface Pull { day: string; as_of: string; since: string; rows: { id: string; version: number; row: Row }[]; gone: { id: string }[] }

const kept = shallowRef<Kept>()
export const failure = shallowRef<Failure>()
export const loading = ref(false)
export const carerDay = computed<CarerDay | undefined>(() => kept.value && { day: kept.value.day, visits: Object.values(kept.value.rows) })
export const lastSync = computed(() => kept.value?.at ?? '')

function take(p: Pull, before: Record<string, Row>): Kept {
  const rows = { ...before }
  for (const g of p.gone) delete rows[g.id]
  for (const r of p.rows) rows[r.id] = r.row
  for (const r of Object.values(rows)) knowVersion(r.visit.id, r.visit.version)
  return { day: p.day, since: p.since, at: new Date().toISOString(), rows }
}

/* What the phone has of today; yesterday's is thrown away. */
export async function openDay(): Promise<void> {
  const had = await unsealJson<Kept>('day')
  kept.value = had && had.day === today() ? had : undefined
  for (const r of Object.values(kept.value?.rows ?? {})) knowVersion(r.visit.id, r.visit.version)
  failure.value = undefined
  await pull()
}

export async function pull(): Promise<void> {
  loading.value = true
  const same = kept.value?.day === today() ? kept.value : undefined
  try {
    await askRows<Pull>('visits', same?.since, (p) => { kept.value = take(p, same && p.day === same.day ? same.rows : {}) })
    failure.value = undefined
    signInWanted.value = false
    await sealJson('day', kept.value)
    void send()
  } catch (e) {
    failure.value = failureOf(e)
    if (failure.value.kind === 'sign_in') signInWanted.value = true
  } finally { loading.value = false }
}

export const closeDay = () => { kept.value = undefined }
