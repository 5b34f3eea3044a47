/* view.ts - which lanes are in view: only they are drawn, however many carers a day has. */
import { computed, nextTick, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import type { Lane } from './dispatch'

export const LANE_PX = 64
const HEAD_PX = 30
const SPARE = 3

export function useView(box: Ref<HTMLElement | undefined>, lanes: () => Lane[]) {
  const top = ref(0)
  const height = ref(800)
  let watching: ResizeObserver | undefined

  const scrolled = () => (top.value = box.value?.scrollTop ?? 0)
  onMounted(() => {
    watching = new ResizeObserver(() => (height.value = box.value?.clientHeight ?? 0))
    if (box.value) watching.observe(box.value)
  })
  onBeforeUnmount(() => watching?.disconnect())

  const shown = computed(() => {
    const first = Math.max(0, Math.floor(top.value / LANE_PX) - SPARE)
    const last = Math.ceil((top.value + height.value) / LANE_PX) + SPARE
    return lanes().slice(first, last).map((lane, i) => ({ lane, n: first + i }))
  })

  /* Scrolls a lane and a stretch of it (pixels of the track) into what is seen beside the names. */
  async function reach(n: number, from_px: number, long_px: number, names_px: number): Promise<void> {
    const b = box.value
    if (!b) return
    const over = n * LANE_PX - b.scrollTop
    const under = (n + 1) * LANE_PX - (b.scrollTop + b.clientHeight - HEAD_PX)
    if (over < 0) b.scrollTop += over
    else if (under > 0) b.scrollTop += under
    const before = from_px - b.scrollLeft
    const after = from_px + long_px - (b.scrollLeft + b.clientWidth - names_px)
    if (before < 0) b.scrollLeft += before
    else if (after > 0) b.scrollLeft += Math.min(after, before)
    scrolled()
    await nextTick()
  }
  return { shown, scrolled, reach }
}
