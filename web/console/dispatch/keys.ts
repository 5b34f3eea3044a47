/* keys.ts - the board by keyboard alone: from visit to visit, one taken, moved by steps, put down. */
import { nextTick } from 'vue'
import { STEP_MIN, type Lane, type Visit } from './dispatch'
import type { Hand } from './hand'

const LEAP_MIN = 30
const ARROWS: Record<string, [lane: number, step: number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

export interface Moves {
  lanes: () => Lane[]
  focus: (key: string) => Promise<void>       /* the visit's block, wherever it now stands */
  show: (carer: string, start: number) => Promise<void>
  board: () => HTMLElement | undefined
  act: (key: string, visit: Visit) => boolean   /* M, L: true if it meant something */
}

export function useKeys(of: Moves, hand: Hand) {
  const laneOf = (carer: string) => of.lanes().findIndex((l) => l.carer.id === carer)

  /* The nearest in time in the next lane that has any. */
  function beside(visit: Visit, lane: number, step: number): Visit | undefined {
    const n = laneOf(visit.carer)
    const here = of.lanes()[n]?.blocks ?? []
    if (step) return here[here.findIndex((b) => b.visit.key === visit.key) + step]?.visit
    for (let i = n + lane; i >= 0 && i < of.lanes().length; i += lane) {
      const near = of.lanes()[i]?.blocks.map((b) => b.visit).sort((a, b) => Math.abs(a.start_min - visit.start_min) - Math.abs(b.start_min - visit.start_min))[0]
      if (near) return near
    }
    return undefined
  }
  async function begin(visit: Visit): Promise<void> {
    if (!hand.take(visit, 'keys')) return
    of.board()?.focus()                         /* her lane may leave the view, and with it the block */
    if (laneOf(visit.carer) < 0) hand.move(of.lanes()[0]?.carer.id ?? '', visit.start_min)
    const h = hand.held.value
    if (h) await of.show(h.carer, h.start_min)
  }
  async function back(key: string): Promise<void> {
    await nextTick()
    await of.focus(key)
  }
  async function holding(e: KeyboardEvent): Promise<void> {
    const h = hand.held.value
    if (!h) return
    const arrow = ARROWS[e.key]
    if (arrow) {
      const lane = of.lanes()[Math.max(0, Math.min(of.lanes().length - 1, laneOf(h.carer) + arrow[0]))]
      hand.move(lane?.carer.id ?? h.carer, h.start_min + arrow[1] * (e.shiftKey ? LEAP_MIN : STEP_MIN))
      await of.show(hand.held.value?.carer ?? h.carer, hand.held.value?.start_min ?? h.start_min)
    } else if (e.key === 'Enter') {
      await hand.put()
      await back(h.visit.key)
    } else if (e.key === 'Escape') {
      hand.leave()
      await back(h.visit.key)
    }
  }
  function pressed(e: KeyboardEvent, visit: Visit | undefined): void {
    if (e.ctrlKey || e.metaKey || e.altKey) return
    if (hand.held.value) {
      if (!ARROWS[e.key] && e.key !== 'Enter' && e.key !== 'Escape') return
      e.preventDefault()
      e.stopPropagation()
      return void holding(e)
    }
    if (!visit) return
    const arrow = ARROWS[e.key]
    if (arrow) {
      const to = beside(visit, ...arrow)
      if (to) void of.focus(to.key)
    } else if (e.key === 'Enter') void begin(visit)
    else if (!of.act(e.key.toLowerCase(), visit)) return
    e.preventDefault()
  }
  return { pressed, begin }
}
