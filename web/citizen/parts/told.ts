/* told.ts - a page of rows with deeds: what was done is said at its top, one form is open, the rows are asked anew. */
import { ref } from 'vue'
import { useTrying } from '@shared/acting'
import { newKey, post } from '@shared/api'
import type { Id } from '@shared/types'

export function useTold(load: { again: () => Promise<void> }) {
  const { failure, busy, attempt } = useTrying()
  const said = ref(''), open = ref<Id>('')

  async function done(words: string) {
    open.value = ''
    said.value = words
    await load.again()
  }
  const act = (path: string, version: number | undefined, words: string, body: object = {}, key = newKey()) => attempt(async () => {
    said.value = ''
    await post(path, body, { version, key })
    await done(words)
  })
  return { said, open, failure, busy, done, act }
}
