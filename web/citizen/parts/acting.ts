/* acting.ts - a small form with one button: its fault, what the server said, and one key for all tries. */
import { ref, type Ref } from 'vue'
import { Failure, newKey } from '@shared/api'

interface Acting { fault: Ref<string>; failure: Ref<Failure | undefined>; busy: Ref<boolean>; go: () => Promise<void> }

/* `missing` names what is still wanted, "" nothing; `send` gets the key. */
export function useActing(missing: () => string, send: (key: string) => Promise<unknown>, done: () => void): Acting {
  const fault = ref(''), failure = ref<Failure>(), busy = ref(false), key = newKey()

  async function go() {
    fault.value = missing()
    if (fault.value) return
    busy.value = true
    failure.value = undefined
    try {
      await send(key)
      done()
    } catch (e) { failure.value = e instanceof Failure ? e : new Failure('broken', 0) } finally { busy.value = false }
  }
  return { fault, failure, busy, go }
}
