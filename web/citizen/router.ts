/*
 * router.ts - addresses to pages, small enough for the first load. Plain <a href> everywhere: one
 * listener turns clicks on our own addresses into moves. A page may ask before it is left.
 */
import { defineAsyncComponent, shallowRef, type Component } from 'vue'
import Home from './pages/Home.vue'
import Waiting from './parts/Waiting.vue'
import Broken from './parts/Broken.vue'

export interface Here { path: string; page: Component; params: string[]; query: URLSearchParams }

const late = (loader: () => Promise<unknown>): Component => defineAsyncComponent({
  loader: loader as () => Promise<Component>, loadingComponent: Waiting, errorComponent: Broken, delay: 120,
})

const pages: [RegExp, Component][] = [
  [/^\/$/, Home],
  [/^\/find\/institution$/, late(() => import('./pages/Institutions.vue'))],
  [/^\/find\/(home|meal|all)$/, late(() => import('./pages/Find.vue'))],
  [/^\/fifteen$/, late(() => import('./fifteen/Fifteen.vue'))],
  [/^\/near$/, late(() => import('./pages/Find.vue'))],
  [/^\/compare$/, late(() => import('./pages/Compare.vue'))],
  [/^\/notice\/(\d+)$/, late(() => import('./pages/Notice.vue'))],
  [/^\/place\/(\d+)$/, late(() => import('./pages/Place.vue'))],
  [/^\/search$/, late(() => import('./pages/Search.vue'))],
  [/^\/sos$/, late(() => import('./pages/Sos.vue'))],
  [/^\/order\/new$/, late(() => import('./pages/OrderNew.vue'))],
  [/^\/order\/(\d+)$/, late(() => import('./pages/Order.vue'))],
  [/^\/basket$/, late(() => import('./pages/Basket.vue'))],
  [/^\/orders$/, late(() => import('./pages/Orders.vue'))],
  [/^\/activities$/, late(() => import('./pages/Activities.vue'))],
  [/^\/activity\/(\d+)$/, late(() => import('./pages/Activity.vue'))],
  [/^\/me\/activities$/, late(() => import('./pages/MyActivities.vue'))],
  [/^\/menu$/, late(() => import('./pages/Menu.vue'))],
  [/^\/packages$/, late(() => import('./pages/Packages.vue'))],
  [/^\/package\/(\d+)$/, late(() => import('./pages/PackageNew.vue'))],
  [/^\/standing$/, late(() => import('./pages/Standing.vue'))],
  [/^\/standing\/new$/, late(() => import('./pages/StandingNew.vue'))],
  [/^\/answers$/, late(() => import('./pages/Answers.vue'))],
  [/^\/ask$/, late(() => import('./pages/Ask.vue'))],
  [/^\/asked$/, late(() => import('./pages/AskedList.vue'))],
  [/^\/asked\/(\d+)$/, late(() => import('./pages/Asked.vue'))],
  [/^\/me$/, late(() => import('./pages/Me.vue'))],
  [/^\/me\/family$/, late(() => import('./pages/Family.vue'))],
  [/^\/me\/cards$/, late(() => import('./pages/Cards.vue'))],
  [/^\/me\/papers$/, late(() => import('./pages/Papers.vue'))],
  [/^\/me\/messages$/, late(() => import('./pages/Messages.vue'))],
  [/^\/told\/([\w-]{8,40})$/, late(() => import('./pages/Told.vue'))],
  [/^\/me\/access$/, late(() => import('./pages/Access.vue'))],
  [/^\/sign-in$/, late(() => import('./pages/SignIn.vue'))],
]
const lost = late(() => import('./pages/Lost.vue'))

function look(): Here {
  for (const [rule, page] of pages) {
    const found = rule.exec(location.pathname)
    if (found) return { path: location.pathname, page, params: found.slice(1), query: new URLSearchParams(location.search) }
  }
  return { path: location.pathname, page: lost, params: [], query: new URLSearchParams() }
}

export const here = shallowRef<Here>(look())

type Guard = (to: string) => Promise<boolean>
let guard: Guard | null = null
let shown = location.pathname + location.search

/* The page asks before it is left; null lets go. */
export function guardLeaving(ask: Guard | null): void { guard = ask }

async function arrive(top: boolean) {
  const moved = here.value.path !== location.pathname
  shown = location.pathname + location.search
  here.value = look()
  if (top && moved) window.scrollTo(0, 0)
}

/* Goes to one of our addresses; `replace` leaves no trace in the history. */
export async function go(to: string, replace = false): Promise<void> {
  if (guard && !replace && !(await guard(to))) return
  if (replace) history.replaceState(null, '', to)
  else history.pushState(null, '', to)
  await arrive(!replace)
}

async function onBack() {
  if (guard) {
    const wanted = location.pathname + location.search
    history.pushState(null, '', shown)
    if (!(await guard(wanted))) return
    guard = null
    history.back()
    return
  }
  await arrive(false)
}

function onClick(e: MouseEvent) {
  if (e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
  const link = (e.target as Element | null)?.closest?.('a[href]')
  const href = link?.getAttribute('href') ?? ''
  if (!href.startsWith('/') || href.startsWith('/api/') || link?.getAttribute('target')) return
  e.preventDefault()
  void go(href)
}

export function startRouter(): void {
  window.addEventListener('popstate', () => void onBack())
  document.addEventListener('click', onClick)
}
