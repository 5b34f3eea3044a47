/* changes.ts - a page asks anew soon after rows it shows have changed, and when it is shown again. */
import { onChange } from '@shared/live'
import { onActivated, onBeforeUnmount, onDeactivated } from 'vue'

const GATHER_MS = 400
const SLOW_MS = 60_000

/* `changed` is called once for a burst of changes; every minute even if no event came. */
export function useChanges(entities: string[] | (() => string[]), changed: () => void): void {
  const named = typeof entities === 'function' ? entities : () => entities
  let timer = 0
  let shown = true
  let missed = false

  function soon(): void {
    if (!shown) missed = true
    else timer ||= window.setTimeout(() => {
      timer = 0
      changed()
    }, GATHER_MS)
  }
  const stop = onChange((change) => named().includes(change.entity) && soon())
  const slow = window.setInterval(() => shown && !document.hidden && changed(), SLOW_MS)

  onActivated(() => {
    shown = true
    if (missed) changed()
    missed = false
  })
  onDeactivated(() => (shown = false))
  onBeforeUnmount(() => {
    stop()
    clearInterval(slow)
    clearTimeout(timer)
  })
}
