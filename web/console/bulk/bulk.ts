/* bulk.ts - rows ticked in a list, and one step for all of them, some rows a request. */
import { Failure, get, newKey, post } from '@shared/api'
import { computed, reactive, ref } from 'vue'
import type { BulkDone, BulkResult } from '../answers'
import { failureText } from '../parts/failure'
import type { Row } from '../rows'
import type { RowPage } from '../use/list'

export const TICKS_MAX = 500 /* of one list at once; the dialog says so */
export const TAKEN_MAX = 150 /* rows that one export can name one by one */
const BATCH = 50 /* the server's own limit a request */
const PAGE = 200

export type { BulkResult } from '../answers'

export function useTicks() {
  const ticked = reactive(new Map<string, Row>())
  const gathering = ref(false)
  const rows = computed(() => [...ticked.values()])
  /* What every ticked row offers the caller now. */
  const actions = computed(() => {
    const [first, ...rest] = rows.value
    return (first?.actions ?? []).filter((a) => rest.every((r) => r.actions?.some((b) => b.name === a.name)))
  })

  function tick(row: Row, on: boolean): void {
    if (!on) ticked.delete(row.id)
    else if (ticked.size < TICKS_MAX) ticked.set(row.id, row)
  }
  /* All rows of the list's conditions, page by page, as far as the limit. */
  async function tickAll(entity: string, query: Record<string, string>): Promise<void> {
    gathering.value = true
    try {
      let after: string | undefined = ''
      while (after !== undefined && ticked.size < TICKS_MAX) {
        const page: RowPage = await get<RowPage>(`/api/${entity}`, { ...query, size: PAGE, after })
        page.items.forEach((row) => tick(row, true))
        after = page.next || undefined
      }
    } finally {
      gathering.value = false
    }
  }
  /* Rows shown anew bring their new versions and steps along. */
  function refresh(shown: Row[]): void {
    for (const row of shown) if (ticked.has(row.id)) ticked.set(row.id, row)
  }
  return { ticked, rows, actions, gathering, tick, tickAll, refresh, clear: () => ticked.clear() }
}

/* One run: batch after batch, each under a key of its own, so that a repeat does nothing twice. */
export function useBulk() {
  const results = ref<BulkResult[]>([])
  const busy = ref(false)
  const total = ref(0)
  const fault = ref('')
  const faults = ref<Record<string, string>>({})
  let stopped = false

  async function run(entity: string, action: string, rows: Row[], fields: Record<string, unknown>, reason: string): Promise<boolean> {
    results.value = []
    faults.value = {}
    fault.value = ''
    total.value = rows.length
    busy.value = true
    stopped = false
    try {
      for (let i = 0; i < rows.length && !stopped; i += BATCH) {
        const part = rows.slice(i, i + BATCH).map((r) => ({ id: r.id, version: r.version }))
        const body = { entity, action, rows: part, fields, ...(reason && { reason }) }
        const answer = await post<BulkDone>('/api/bulk', body, { key: newKey() })
        results.value.push(...answer.results)
      }
      return true
    } catch (e) {
      faults.value = Object.fromEntries((e instanceof Failure ? e.fields : []).map((f) => [f.field, f.message]))
      fault.value = failureText(e)
      return false
    } finally {
      busy.value = false
    }
  }
  const failed = computed(() => results.value.filter((r) => !r.done))
  return { results, failed, busy, total, fault, faults, run, stop: () => (stopped = true) }
}
