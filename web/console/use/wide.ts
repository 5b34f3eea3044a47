/* wide.ts - whether the window is wider than so many pixels, as it is turned and drawn. */
import { onBeforeUnmount, ref, type Ref } from 'vue'

export function useWide(px: number): Ref<boolean> {
  const asked = window.matchMedia(`(min-width: ${px}px)`)
  const wide = ref(asked.matches)
  const changed = () => (wide.value = asked.matches)
  asked.addEventListener('change', changed)
  onBeforeUnmount(() => asked.removeEventListener('change', changed))
  return wide
}
