/* tabs.ts - the pages kept open: each is a route path with its own title. */
import { reactive, ref } from 'vue'
import type { RouteLocationNormalized } from 'vue-router'

export interface Tab { path: string; full: string; title: string; key: string }

const KEEP = 'yike.tabs'
export const TABS_MAX = 12

let made = 0
const keyFor = (path: string) => `${path}#${++made}`

function restore(): Tab[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEEP) ?? '[]') as Tab[]
    return kept.map((tab) => ({ ...tab, key: keyFor(tab.path) }))
  } catch {
    return []
  }
}

export const tabs = reactive<Tab[]>(restore())
export const current = ref('')

function keep(): void {
  sessionStorage.setItem(KEEP, JSON.stringify(tabs))
}

/* Notes that a page was opened; the oldest other one makes room. */
export function tabOpen(to: RouteLocationNormalized, title: string): void {
  current.value = to.path
  const found = tabs.find((tab) => tab.path === to.path)
  if (found) found.full = to.fullPath
  else tabs.push({ path: to.path, full: to.fullPath, title, key: keyFor(to.path) })
  if (tabs.length > TABS_MAX) tabs.splice(tabs[0]?.path === to.path ? 1 : 0, 1)
  keep()
}

/* The first page has no tab. */
export function tabNone(): void {
  current.value = ''
}

/* A page names its tab once it knows what it shows. */
export function tabTitle(path: string, title: string): void {
  const found = tabs.find((tab) => tab.path === path)
  if (!found || !title) return
  found.title = title
  keep()
}

/* Closes a tab and says where to go when it was the one on screen. */
export function tabClose(path: string): string | null {
  const at = tabs.findIndex((tab) => tab.path === path)
  if (at < 0) return null
  tabs.splice(at, 1)
  keep()
  if (current.value !== path) return null
  return (tabs[at] ?? tabs[at - 1])?.full ?? '/'
}

export function tabsForget(): void {
  tabs.splice(0)
  sessionStorage.removeItem(KEEP)
}
