/* acting.ts - one thing at a time: busy while it is done, what the server said against it, one key for all tries. */
import { ref, type Ref } from 'vue'
import { failureOf, newKey, type Failure } from './api'

interface Trying { failure: Ref<Failure | undefined>; busy: Ref<boolean>; attempt: (deed: () => Promise<unknown>) => Promise<boolean> }
interface Acting extends Omit<Trying, 'attempt'> { fault: Ref<string>; go: () => Promise<void> }

/* `attempt` is true when the deed was done. */
export function useTrying(): Trying {
  const failure = ref<Failure>(), busy = ref(false)

  async function attempt(deed: () => Promise<unknown>) {
    busy.value = true
    failure.value = undefined
    try {
      await deed()
      return true
    } catch (e) {
      failure.value = failureOf(e)
      return false
    } finally { busy.value = false }
  }
  return { failure, busy, attempt }
}

/* A form with one button: `missing` names what is still wanted, "" nothing; `send` gets the key, a new one when it was done. */
export function useActing(missing: () => string, send: (key: string) => Promise<unknown>, done: () => unknown): Acting {
  const { failure, busy, attempt } = useTrying(), fault = ref('')
  let key = newKey()

  async function go() {
    fault.value = missing()
    if (fault.value || !await attempt(() => send(key))) return
    key = newKey()
    await done()
  }
  return { fault, failure, busy, go }
}
