/* rows.ts - work of one kind for today: kept sealed on the phone, asked for again when there is a network. */
import { computed, shallowRef, type ComputedRef } from 'vue'
import { today } from '@shared/format'
import { sealJson, unsealJson } from '@shared/offline/vault'
import { askRows, knowVersion } from './deeds'

interface Kept<R> { day: string; since: string; rows: Record<string, R> }
interface Pull<R> { day: string; since: string; rows: { id: string; row: R }[]; gone: { id: string }[] }
interface Kind { pull: () => Promise<void>; close: () => void }

const kinds: Kind[] = []

/* `name` is the form of the same name and what it is sealed under; `own` the row whose version is sent back. */
export function keepRows<R>(name: string, own: (r: R) => { id: string; version: number }): ComputedRef<R[]> {
  const kept = shallowRef<Kept<R>>()

  function take(k: Kept<R>) {
    for (const r of Object.values(k.rows)) knowVersion(own(r).id, own(r).version)
    kept.value = k
  }

  async function pull() {
    const had = kept.value ?? await unsealJson<Kept<R>>(name)
    const same = had && had.day === today() ? had : undefined
    if (same && !kept.value) take(same)
    try {
      await askRows<Pull<R>>(name, same?.since, (p) => {
        const rows = same && same.day === p.day ? { ...same.rows } : {}
        for (const g of p.gone) delete rows[g.id]
        for (const r of p.rows) rows[r.id] = r.row
        take({ day: p.day, since: p.since, rows })
      })
      await sealJson(name, kept.value)
    } catch { /* what the phone has is shown; the day's own question says that there is no network */ }
  }

  kinds.push({ pull, close: () => { kept.value = undefined } })
  return computed(() => Object.values(kept.value?.rows ?? {}))
}

export const pullRows = () => { for (const k of kinds) void k.pull() }
export const closeRows = () => { for (const k of kinds) k.close() }
