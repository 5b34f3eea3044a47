/* list.ts - one list of an entity: filters, sort, pages by key, total. */
import { get } from '@shared/api'
import { useLoad } from '@shared/load'
import { computed, reactive, ref } from 'vue'
import type { Row } from '../rows'

export type Filters = Record<string, string>
export interface ListState { filters: Filters; q: string; sort: string; size: number }
export interface RowPage { items: Row[]; next?: string; total?: number }

export const SIZES = [20, 50, 100, 200]

export function useList(entity: () => string, start: Partial<ListState> = {}) {
  const state = reactive<ListState>({ filters: {}, q: '', sort: '', size: 20, ...start })
  const behind = ref<string[]>([]) /* the `after` of each page passed, so that "previous" works */
  const after = ref('')
  const total = ref(-1)

  const page = useLoad<RowPage>(async (signal) => {
    const { filters, q, sort, size } = state
    const first = !after.value
    const query = { ...filters, q, sort, size, after: after.value, total: first ? 1 : undefined }
    const got = await get<RowPage>(`/api/${entity()}`, query, signal)
    if (first) total.value = got.total ?? -1
    return got
  }, false)

  function search(): Promise<void> {
    behind.value = []
    after.value = ''
    return page.again()
  }
  function next(): Promise<void> {
    const key = page.data.value?.next
    if (!key) return Promise.resolve()
    behind.value.push(after.value)
    after.value = key
    return page.again()
  }
  function previous(): Promise<void> {
    after.value = behind.value.pop() ?? ''
    return page.again()
  }

  return {
    state,
    total,
    ...page,
    rows: computed(() => page.data.value?.items ?? []),
    number: computed(() => behind.value.length + 1),
    has_next: computed(() => Boolean(page.data.value?.next)),
    has_previous: computed(() => behind.value.length > 0),
    filtered: computed(() => Boolean(state.q) || Object.values(state.filters).some(Boolean)),
    search,
    next,
    previous,
  }
}
