/* router.ts - the screens and their paths. Hash paths, so that any plain file server will do. */
import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'
import { entityNamed } from './meta'
import { t, type Key } from './say'
import { screens, type Screen } from './screens'
import { may, session } from './use/session'
import { tabNone, tabOpen } from './use/tabs'

export const screensOffered = (): Screen[] =>
  screens.filter((s) => (!s.right || may(s.right)) && (!s.area || Boolean(session.value?.division || session.value?.org)))

/* Pages that stand in no menu. */
const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./frame/HomePage.vue'), meta: { key: 'screen.home' } },
  { path: '/gathering/:id', component: () => import('./gathering/DoorPage.vue'), meta: { key: 'screen.gathering' } },
  { path: '/inspection/:id', component: () => import('./inspection/InspectionPage.vue'), meta: { key: 'screen.inspections' } },
  { path: '/account', component: () => import('./account/AccountPage.vue'), meta: { key: 'screen.account' } },
  { path: '/import/:id', component: () => import('./intake/BatchPage.vue'), meta: { key: 'screen.import' } },
  { path: '/forms/:id', component: () => import('./form/FormPage.vue'), meta: { key: 'forms.title' } },
  { path: '/household/:id', component: () => import('./household/HouseholdPage.vue'), meta: { key: 'screen.households' } },
  { path: '/elder/:id', component: () => import('./elder/ElderPage.vue'), meta: { key: 'screen.elder' } },
  { path: '/organisation/:id', component: () => import('./organisation/OrganisationPage.vue'), meta: { key: 'screen.organisation' } },
  { path: '/list/:entity', component: () => import('./entity/EntityPage.vue'), meta: { key: 'screen.list' } },
  { path: '/:rest(.*)*', component: () => import('./frame/LostPage.vue'), meta: { key: 'screen.lost' } },
]

const made = screens.map(({ path, page, key }) => ({ path, component: page, meta: { key } }))
export const router = createRouter({ history: createWebHashHistory('/console/'), routes: [...made, ...routes] })

export function titleOf(path: string, key: Key): string {
  const entity = /^\/list\/([^/]+)$/.exec(path)?.[1]
  const found = entity ? entityNamed(entity) : undefined
  return found ? found.label : t(key)
}

/* Screens and lists are named in the language of the moment; a row keeps the name it was given. */
export function tabText(tab: { path: string; title: string }): string {
  const screen = screens.find((s) => s.path === tab.path)
  if (screen) return t(screen.key)
  return tab.path.startsWith('/list/') ? titleOf(tab.path, 'screen.list') : tab.title
}

router.afterEach((to) => {
  if (to.path === '/') tabNone()
  else tabOpen(to, titleOf(to.path, to.meta.key as Key))
})

/* A server list ("/api/care_order?state=placed") as the screen that shows it. */
export function listRoute(list: string): string {
  const [path = '', query = ''] = list.replace(/^\/api\//, '').split('?')
  return `/list/${path}${query ? `?${query}` : ''}`
}

/* Entities whose single row has a page of its own; the others open in the drawer of their list. */
const PAGES = ['elder', 'organisation', 'household']
export const hasPage = (entity: string): boolean => PAGES.includes(entity)
export const rowRoute = (entity: string, id: string): string =>
  hasPage(entity) ? `/${entity}/${id}` : `/list/${entity}?open=${id}`

/* The menu's groups, in the order of a day's work: ours, and those of the server's lists. */
const GROUP_KEYS: Record<string, Key> = {
  work: 'group.work', meals: 'group.meals', service: 'group.service', requests: 'group.requests', orders: 'group.orders', people: 'group.people', places: 'group.places', lists: 'group.lists', catalogue: 'group.catalogue',
  staff: 'group.staff', setup: 'group.setup', system: 'group.system', audit: 'group.audit',
}
export const GROUPS = Object.keys(GROUP_KEYS)
export const groupText = (key: string): string => {
  const named = GROUP_KEYS[key]
  return named ? t(named) : key
}
