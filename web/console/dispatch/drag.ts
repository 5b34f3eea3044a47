/* drag.ts - a visit taken by the mouse: from the board or from the list beside it, to a lane and a minute. */
import { onBeforeUnmount, type Ref } from 'vue'
import type { Lane, Stretch, Visit } from './dispatch'
import type { Hand } from './hand'
import { LANE_PX } from './view'

const BEGINS_PX = 5
const EDGE_PX = 36
const EDGE_STEP_PX = 14

export interface Ground { box: Ref<HTMLElement | undefined>; lanes: () => Lane[]; all: () => Stretch; hour: () => number; names_px: number; head_px: number }

export function useDrag(ground: Ground, hand: Hand) {
  let begun: { x: number; y: number; visit: Visit; grip_min: number } | undefined
  let last: PointerEvent | undefined
  let frame = 0
  let just = false

  function place(): void {
    const b = ground.box.value
    if (!b || !last || !begun) return
    const r = b.getBoundingClientRect()
    const x = last.clientX - r.left - ground.names_px, y = last.clientY - r.top - ground.head_px
    const over = last.clientX >= r.left && last.clientX <= r.right && last.clientY >= r.top && last.clientY <= r.bottom
    const lane = over ? ground.lanes()[Math.floor((Math.max(0, y) + b.scrollTop) / LANE_PX)] : undefined
    if (lane) hand.move(lane.carer.id, ground.all().from_min + ((x + b.scrollLeft) / ground.hour()) * 60 - begun.grip_min)
    else hand.move(begun.visit.carer, begun.visit.start_min)
  }
  /* At an edge the board moves along, as long as the pointer stays there. */
  function tick(): void {
    frame = 0
    const b = ground.box.value
    if (!b || !last || !hand.held.value) return
    const r = b.getBoundingClientRect()
    const by = (at: number, low: number, high: number) => (at < low || at > high ? 0 : at < low + EDGE_PX ? -EDGE_STEP_PX : at > high - EDGE_PX ? EDGE_STEP_PX : 0)
    const right = by(last.clientX, r.left + ground.names_px, r.right), down = by(last.clientY, r.top + ground.head_px, r.bottom)
    if (right || down) {
      b.scrollBy(right, down)
      soon()
    }
    place()
  }
  const soon = () => (frame ||= requestAnimationFrame(tick))

  function moved(e: PointerEvent): void {
    last = e
    if (!begun) return
    if (!hand.held.value) {
      if (Math.hypot(e.clientX - begun.x, e.clientY - begun.y) < BEGINS_PX) return
      just = true
      if (!hand.take(begun.visit, 'mouse')) return end()
      document.getSelection()?.removeAllRanges()
    }
    soon()
  }
  function let_go(): void {
    const had = begun && hand.held.value
    if (had && frame) tick()
    end()
    if (had) void hand.put()
    setTimeout(() => (just = false))
  }
  function keys(e: KeyboardEvent): void {
    if (e.key !== 'Escape') return
    end()
    hand.leave()
  }
  function end(): void {
    begun = undefined
    cancelAnimationFrame(frame)
    frame = 0
    window.removeEventListener('pointermove', moved)
    window.removeEventListener('pointerup', let_go)
    window.removeEventListener('keydown', keys)
  }
  /* Fingers scroll: on a phone a visit is moved by its dialog. */
  function grab(e: PointerEvent, visit: Visit | undefined, from?: HTMLElement | null): void {
    if (!visit || e.button !== 0 || e.pointerType === 'touch' || hand.held.value) return
    const r = from?.getBoundingClientRect()
    begun = { x: e.clientX, y: e.clientY, visit, grip_min: r ? ((e.clientX - r.left) / ground.hour()) * 60 : 0 }
    window.addEventListener('pointermove', moved)
    window.addEventListener('pointerup', let_go)
    window.addEventListener('keydown', keys)
  }
  onBeforeUnmount(end)
  /* A click that ends a drag chooses nothing. */
  return { grab, dragged: () => just }
}
