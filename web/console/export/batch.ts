/* batch.ts - a file that the house makes for us: asked for, waited for, fetched. */
import { get, post } from '@shared/api'
import { onScopeDispose, ref } from 'vue'
import type { Row } from '../rows'

export interface Batch extends Row { number: string; state: string; format: string; title: string; rows_n?: number; done?: number; size?: number; href?: string; fault_text?: string; expires_at?: string; total?: number; created_at?: string; reason?: string }

const ASK_MS = 700

/* `batch` is the last one asked for; `wait` follows it until it is made or cannot be. */
export function useBatch() {
  const batch = ref<Batch>()
  const total = ref(0)
  let timer = 0

  async function look(id: string): Promise<void> {
    const fresh = await get<Batch>(`/api/export/${id}`)
    if (batch.value?.id !== id) return
    batch.value = fresh
    if (fresh.state === 'waiting') timer = window.setTimeout(() => void look(id).catch(() => wait(fresh)), ASK_MS)
  }
  function wait(b: Batch): void {
    batch.value = b
    total.value = b.total ?? total.value
    timer = window.setTimeout(() => void look(b.id).catch(() => wait(b)), ASK_MS)
  }
  async function cancel(): Promise<void> {
    if (batch.value) batch.value = await post<Batch>(`/api/export/${batch.value.id}/cancel`)
  }
  function forget(): void {
    clearTimeout(timer)
    batch.value = undefined
  }
  onScopeDispose(() => clearTimeout(timer))
  return { batch, total, wait, cancel, forget }
}
