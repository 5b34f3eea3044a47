/* two.ts - two rows of a list ticked to be compared, and what both say of each division. */
import { ref, type Ref } from 'vue'

/* The ids ticked, the last two of them. */
export function useTwo(): { two: Ref<string[]>; toggle: (id: string) => void } {
  const two = ref<string[]>([])
  const toggle = (id: string) => { two.value = two.value.includes(id) ? two.value.filter((one) => one !== id) : [...two.value, id].slice(-2) }
  return { two, toggle }
}

interface Division { scope: number; name?: string }
export interface Beside<R> { scope: number; name: string; at: [R | undefined, R | undefined] }

/* The rows of both by division, where either has something to say. */
export function besideRows<R extends Division>(pair: readonly { items: readonly R[] }[], says: (r: R | undefined) => unknown): Beside<R>[] {
  const all = new Map<number, Beside<R>>()
  for (const [i, one] of pair.entries()) for (const r of one.items) {
    const row = all.get(r.scope) ?? { scope: r.scope, name: r.name ?? '', at: [undefined, undefined] }
    row.at[i] = r
    all.set(r.scope, row)
  }
  return [...all.values()].filter((row) => says(row.at[0]) || says(row.at[1]))
}
