/* todo.ts - what waits for the signed-in person, as the server tells it; the badge's number. */
import { get } from '@shared/api'
import { onChange } from '@shared/live'
import { shallowRef, watch } from 'vue'
import type { TodoCounts } from '../answers'
import { signed_in } from '../use/session'

export type { Todo, TodoCounts, TodoKind, TodoRow } from '../answers'

/* A busy city changes rows all the time: the badge asks at most so often. */
const GATHER_MS = 3000
const SLOW_MS = 60_000

export const todo_counts = shallowRef<TodoCounts>()
export const listens = (): string[] => (todo_counts.value?.entities ?? '').split(',').filter(Boolean)
export const capped = (n: number, max: number): string => (n > max ? `${max}+` : String(n))

let started = false
let timer = 0

async function ask(): Promise<void> {
  if (!signed_in.value) return
  try {
    todo_counts.value = await get<TodoCounts>('/api/todo/counts')
  } catch {
    /* The number that stands is better than none; the next change asks again. */
  }
}
export function countsSoon(): void {
  timer ||= window.setTimeout(() => {
    timer = 0
    void ask()
  }, GATHER_MS)
}
/* Once a tab: the number is right within seconds of a change, and every minute in any case. */
export function countsStart(): void {
  void ask()
  if (started) return
  started = true
  onChange((change) => listens().includes(change.entity) && countsSoon())
  window.setInterval(() => document.hidden || void ask(), SLOW_MS)
  watch(signed_in, (is) => (is ? void ask() : (todo_counts.value = undefined)))
}
export const countsNow = ask
