/* load.ts - the four states of anything that is asked for: loading, failed, empty (the page knows), here. */
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { failureOf, type Failure } from './api'

export interface Load<T> {
  data: ShallowRef<T | undefined>
  failure: ShallowRef<Failure | undefined>
  loading: Ref<boolean>
  again: () => Promise<void>
}

/* Asks at once; `again` asks anew, keeping what is shown. A late answer to an older question is dropped. */
export function useLoad<T>(question: (signal: AbortSignal) => Promise<T>, now = true): Load<T> {
  const data = shallowRef<T>()
  const failure = shallowRef<Failure>()
  const loading = ref(false)
  let turn = 0
  let stop: AbortController | undefined

  async function again() {
    const mine = ++turn
    stop?.abort()
    stop = new AbortController()
    loading.value = true
    failure.value = undefined
    try {
      const answer = await question(stop.signal)
      if (mine === turn) data.value = answer
    } catch (e) {
      if (mine === turn) failure.value = failureOf(e)
    } finally {
      if (mine === turn) loading.value = false
    }
  }

  onScopeDispose(() => { turn++; stop?.abort() })
  if (now) void again()
  return { data, failure, loading, again }
}
