/* hand.ts - the visit in hand, by mouse or by keys: where it would stand, and what the server says of that. */
import { post } from '@shared/api'
import { clock } from '@shared/format'
import { useLoad } from '@shared/load'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { warn } from '../parts/ask'
import { failureText } from '../parts/failure'
import { t } from '../say'
import { carerName, changesIn, movable, stepped, what, type Change, type DispatchDay, type Stretch, type Tried, type Visit } from './dispatch'

export interface Held { visit: Visit; carer: string; start_min: number; by: 'keys' | 'mouse' }
type Target = Pick<Held, 'carer' | 'start_min'>

const GATHER_MS = 120
const same = (a: Target, b: Target) => a.carer === b.carer && a.start_min === b.start_min

/* Reads only: what would become of the day if the visit stood there. */
export const tryOut = (day: string, visit: Visit, at: { carer: string; start_min?: number }, signal?: AbortSignal) =>
  post<Tried>('/api/dispatch/try', { day, order: visit.order, seat: visit.seat, ...at }, { signal })

/* "可以，路程多 6 分钟，另有 1 单顺延", or why not. */
export function triedText(x: Tried): string {
  if (!x.fits) return t('dispatch.not_there', { why: x.reasons.join('；') })
  const more = x.travel_more_min > 0 ? t('dispatch.travel_more', { n: x.travel_more_min }) : x.travel_more_min < 0 ? t('dispatch.travel_less', { n: -x.travel_more_min }) : ''
  return [t('dispatch.fits'), x.with_name && t('dispatch.with', { name: x.with_name }), more, x.also.length && t('dispatch.also_n', { n: x.also.length }), ...x.reasons, ...x.notes].filter(Boolean).join('，')
}

export function useHand(day: () => DispatchDay | undefined, span: () => Stretch, drop: (changes: Change[], held: Held) => Promise<boolean>) {
  const held = shallowRef<Held>()
  const said = ref('')
  const answer = useLoad<{ at: Target; tried: Tried } | undefined>(async (signal) => {
    const h = held.value, d = day()
    return h && d ? { at: h, tried: await tryOut(d.day, h.visit, { carer: h.carer, start_min: h.start_min }, signal) } : undefined
  }, false)
  let gather = 0

  /* The newest answer, and only for where it is held now. */
  const tried = computed(() => {
    const a = answer.data.value
    return a && held.value && same(a.at, held.value) ? a.tried : undefined
  })
  const fault = computed(() => (held.value && answer.failure.value ? failureText(answer.failure.value) : ''))
  const where = (h: Target) => `${carerName(day(), h.carer)} ${clock(h.start_min)}`
  watch([tried, fault], () => {
    if (held.value && (tried.value || fault.value)) said.value = `${where(held.value)}：${tried.value ? triedText(tried.value) : fault.value}`
  })

  function take(visit: Visit, by: Held['by']): boolean {
    if (!movable(visit)) {
      said.value = t(visit.locked ? 'dispatch.is_locked' : 'dispatch.is_over', { what: what(visit) })
      warn(said.value)
      return false
    }
    answer.data.value = undefined
    held.value = { visit, carer: visit.carer, start_min: visit.start_min, by }
    said.value = t('dispatch.taken', { what: what(visit), where: where(held.value) })
    return true
  }
  function move(carer: string, start: number): void {
    const h = held.value
    if (!h) return
    const to = { carer, start_min: stepped(h.visit, start, span()) }
    if (same(to, h)) return
    held.value = { ...h, ...to }
    if (h.by === 'keys') said.value = where(to)
    clearTimeout(gather)
    gather = window.setTimeout(() => void answer.again(), GATHER_MS)
  }
  function leave(): void {
    clearTimeout(gather)
    if (held.value) said.value = t('dispatch.put_back')
    held.value = undefined
  }
  function refuse(why: string): boolean {
    warn((said.value = why))
    held.value = undefined
    return false
  }
  /* Put down where it is held: applied if it fits there; else it says why and goes back. */
  async function put(): Promise<boolean> {
    const h = held.value
    if (!h) return false
    if (same(h, h.visit)) {
      leave()
      return false
    }
    clearTimeout(gather)
    if (!tried.value) await answer.again()
    if (held.value !== h) return false
    const found = tried.value, d = day()
    if (!found || !d) return refuse(fault.value || t('dispatch.no_answer'))
    const changes = changesIn(d, found, h.visit, h.carer)
    if (!changes.length) return refuse(`${where(h)}：${triedText(found)}`)
    const landed = await drop(changes, h)
    if (landed) said.value = t('dispatch.moved', { what: what(h.visit), where: where({ ...h, start_min: found.start_min }) })
    held.value = undefined
    return landed
  }
  onScopeDispose(() => clearTimeout(gather))
  return { held, tried, fault, said, take, move, put, leave }
}
export type Hand = ReturnType<typeof useHand>
