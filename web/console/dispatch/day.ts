/* day.ts - the day on the board: asked for, watched for what others change, changed by ours. */
import { get, post, type Failure } from '@shared/api'
import { useLoad } from '@shared/load'
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { done, failed } from '../parts/ask'
import { t } from '../say'
import { useChanges } from '../use/changes'
import type { Change, DispatchDay, Told } from './dispatch'

const LOOK_MS = 8_000
type Write = 'apply' | 'undo' | 'lock' | 'publish'

export function useDay(day: Ref<string>) {
  const { data, failure, loading, again } = useLoad<DispatchDay>((signal) => get('/api/dispatch/day', { day: day.value }, signal))
  /* Another plan of the same day, kept until she asks to see it: nothing jumps under the hand. */
  const newer = shallowRef<DispatchDay>()
  const busy = ref<Write>()
  let writes = 0

  watch(day, () => {
    newer.value = undefined
    data.value = undefined
    void again()
  })

  async function look(): Promise<void> {
    const before = writes
    if (!data.value || loading.value || busy.value) return
    const now = await get<DispatchDay>('/api/dispatch/day', { day: day.value }).catch(() => undefined)
    if (now && before === writes && now.day === data.value?.day) newer.value = now.stamp === data.value.stamp ? undefined : now
  }
  /* A busy house changes every second; asking now and then is enough. */
  let looked = 0
  let waiting = 0
  function soon(): void {
    waiting ||= window.setTimeout(() => {
      waiting = 0
      looked = Date.now()
      void look()
    }, Math.max(0, looked + LOOK_MS - Date.now()))
  }
  useChanges(['care_order', 'visit', 'carer'], soon)
  onScopeDispose(() => clearTimeout(waiting))

  /* A write answers without reasons: what was said of who still has nobody stays until they come. */
  function show(fresh: DispatchDay): void {
    const before = data.value?.unassigned ?? []
    const open = new Set(fresh.visits.filter((v) => !v.carer).map((v) => v.order))
    data.value = fresh.unassigned_later ? { ...fresh, unassigned: before.filter((u) => open.has(u.order)) } : fresh
    newer.value = undefined
    if (fresh.unassigned_later) void again()
  }
  const takeNewer = () => newer.value && show(newer.value)
  async function renew(): Promise<void> {
    newer.value = undefined
    await again()
  }

  /* True when it was done; what the server refuses is said, and the plan stays as it is on screen. */
  async function write<T>(name: Write, body: object, then: (answer: T) => void | Promise<void>): Promise<boolean> {
    if (busy.value) return false
    busy.value = name
    writes++
    try {
      await then(await post<T>(`/api/dispatch/${name}`, body))
      return true
    } catch (e) {
      failed(e)
      if ((e as Failure).kind === 'conflict') soon()
      return false
    } finally {
      writes++
      busy.value = undefined
    }
  }
  const apply = (changes: Change[], why: string) => write<DispatchDay>('apply', { day: day.value, changes, why }, show)
  const undo = () => write<DispatchDay>('undo', { day: day.value }, (fresh) => { show(fresh); done(t('dispatch.undone')) })
  const lock = (order: string, locked: boolean) => write<unknown>('lock', { order, locked }, renew)
  const publish = () => write<Told>('publish', { day: day.value }, async ({ told }) => { done(t('dispatch.published', { n: told })); await renew() })

  return { data, failure, loading, again, newer, takeNewer, busy, apply, undo, lock, publish }
}
