/* steps.ts - one question a screen: which step is shown, its heading read first, and what sending came to. */
import { nextTick, ref, type Ref } from 'vue'
import { failureOf, type Failure } from '@shared/api'

interface Steps {
  title: Ref<HTMLElement | undefined>; failure: Ref<Failure | undefined>; sending: Ref<boolean>
  show: (step: number) => Promise<void>
  sends: (work: () => Promise<void>, refused: (f: Failure) => Promise<void>) => Promise<void>
}

export function useSteps(draft: { step: number }, steps: readonly string[]): Steps {
  const title = ref<HTMLElement>(), failure = ref<Failure>(), sending = ref(false)

  async function show(step: number) {
    draft.step = Math.max(0, Math.min(step, steps.length - 1))
    failure.value = undefined
    await nextTick()
    window.scrollTo(0, 0)
    title.value?.focus()
  }

  /* `refused` may go to the step that can mend it. */
  async function sends(work: () => Promise<void>, refused: (f: Failure) => Promise<void>) {
    sending.value = true
    failure.value = undefined
    try { await work() } catch (e) {
      const f = failureOf(e)
      await refused(f)
      failure.value = f
    } finally { sending.value = false }
  }
  return { title, failure, sending, show, sends }
}
