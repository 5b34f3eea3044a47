/* action.ts - takes a work-flow step of a row; one key for all tries of the same step. */
import { newKey, post } from '@shared/api'
import { ref } from 'vue'
import { done, failed } from '../parts/ask'
import type { Row } from '../rows'
import { t } from '../say'

export const actionSend = (entity: string, row: Row, action: string, body: unknown, key = newKey()): Promise<Row> =>
  post<Row>(`/api/${entity}/${row.id}/${action}`, body, { version: row.version, key })

export function useAction(entity: () => string) {
  const busy = ref('')

  /* The changed row, or null when it was refused (already said). */
  async function act(row: Row, action: string, body: unknown): Promise<Row | null> {
    busy.value = action
    try {
      const changed = await actionSend(entity(), row, action, body)
      done(t('action.done'))
      return changed ?? row
    } catch (e) {
      failed(e)
      return null
    } finally {
      busy.value = ''
    }
  }
  return { busy, act }
}
