/* draft.ts - a half-filled form survives reload, and leaving it asks first. */
import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue'
import { confirmLeave } from '../parts/ask'

const PREFIX = 'yike.draft.'

export function draftRead<T>(key: string): T | null {
  try {
    const kept = sessionStorage.getItem(PREFIX + key)
    return kept ? (JSON.parse(kept) as T) : null
  } catch {
    return null
  }
}

export function draftForget(key: string): void {
  sessionStorage.removeItem(PREFIX + key)
}

/* Keeps `form` under `key` while it is dirty. */
export function useDraft(key: () => string, form: Ref<unknown>, dirty: Ref<boolean>) {
  watch(
    [form, dirty],
    () => {
      if (dirty.value) sessionStorage.setItem(PREFIX + key(), JSON.stringify(form.value))
      else draftForget(key())
    },
    { deep: true },
  )
  const warn = (e: BeforeUnloadEvent) => {
    if (dirty.value) e.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', warn))
  onBeforeUnmount(() => window.removeEventListener('beforeunload', warn))

  /* True when one may leave: nothing was typed, or the person says so. */
  async function mayLeave(): Promise<boolean> {
    if (!dirty.value) return true
    if (!(await confirmLeave())) return false
    draftForget(key())
    return true
  }
  return { mayLeave }
}
