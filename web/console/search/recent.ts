/* recent.ts - what was opened from the search box in this tab; in memory alone, as it names people. */
import { reactive } from 'vue'
import { session } from '../use/session'

export interface Recent { title: string; sub: string; path: string }

const KEEP_MAX = 8
const kept = reactive<{ account: string; rows: Recent[] }>({ account: '', rows: [] })
const me = (): string => `${session.value?.account ?? ''} ${session.value?.role ?? ''}`

export const recent = (): Recent[] => (kept.account === me() ? kept.rows : [])

export function recentAdd(one: Recent): void {
  const others = recent().filter((r) => r.path !== one.path)
  kept.account = me()
  kept.rows = [{ title: one.title, sub: one.sub, path: one.path }, ...others].slice(0, KEEP_MAX)
}
