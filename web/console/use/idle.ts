/* idle.ts - says when the session is about to end for want of use, and when it has. */
import { onBeforeUnmount, onMounted, ref } from 'vue'

/* When any tab of this browser was last used: work in one keeps the others signed in. */
const LAST = 'yike.last_use'
const WARN_S = 60
const TOUCHES = ['keydown', 'pointerdown', 'wheel'] as const

/* `left_s` counts down the last minute (-1 before); `ended` is called once when it is over. */
export function useIdle(idle_min: () => number, ended: () => void) {
  const left_s = ref(-1)
  let last = Date.now()
  let timer = 0

  function used(): void {
    last = Date.now()
    localStorage.setItem(LAST, String(last))
  }
  function touch(): void {
    if (left_s.value < 0 && Date.now() - last > 1000) used()
  }
  function stay(): void {
    used()
    left_s.value = -1
  }
  function tick(): void {
    const limit_s = idle_min() * 60
    if (limit_s <= 0) return
    last = Math.max(last, Number(localStorage.getItem(LAST) ?? 0))
    const left = Math.ceil(limit_s - (Date.now() - last) / 1000)
    left_s.value = left <= WARN_S ? Math.max(left, 0) : -1
    if (left <= 0) {
      clearInterval(timer)
      ended()
    }
  }

  onMounted(() => {
    timer = window.setInterval(tick, 1000)
    for (const name of TOUCHES) window.addEventListener(name, touch, { passive: true })
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    for (const name of TOUCHES) window.removeEventListener(name, touch)
  })
  return { left_s, stay }
}
