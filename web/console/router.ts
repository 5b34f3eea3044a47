/* router.ts - the screens and their paths. Hash paths, so that any plain file server will do. */
import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'
import { entityNamed } from './meta'
import { t, type Key } from './say'
import { may, session } from './use/session'
import { tabNone, tabOpen } from './use/tabs'

export interface Screen { path: string; key: Key; sub: Key; right?: string; area?: true; words: string; icon: string }

/* Hand-made screens, first in the menu. `right` is one the role must hold to be offered it; `area`:
 * only who answers for an area or an organisation, for what is shown is counted by them. */
export const screens: Screen[] = [
  { path: '/todo', key: 'todo.title', sub: 'todo.sub', words: 'todo db inbox', icon: 'todo' },
  { path: '/today', key: 'screen.today', sub: 'screen.today_sub', right: 'MAY_READ_FIGURES', area: true, words: 'today jryl figures', icon: 'today' },
  { path: '/station', key: 'screen.station', sub: 'screen.station_sub', right: 'MAY_SERVE_ORDERS', words: 'station yzjr dispatch', icon: 'station' },
  { path: '/counter', key: 'screen.counter', sub: 'screen.counter_sub', right: 'MAY_SERVE_ORDERS', words: 'counter zcsyt meal card', icon: 'station' },
  { path: '/chain', key: 'screen.chain', sub: 'screen.chain_sub', right: 'MAY_SERVE_ORDERS', words: 'chain ztjl wechat meal', icon: 'import' },
  { path: '/gatherings', key: 'screen.gatherings', sub: 'screen.gatherings_sub', right: 'MAY_READ_ORDERS', area: true, words: 'gatherings kcyhd class outing bm', icon: 'today' },
  { path: '/recipients', key: 'screen.recipients', sub: 'screen.recipients_sub', right: 'MAY_READ_FIGURES', area: true, words: 'recipients fwdx served', icon: 'person' },
  { path: '/escorts', key: 'screen.escorts', sub: 'screen.escorts_sub', right: 'MAY_READ_FIGURES', area: true, words: 'escorts pzzw clinic out', icon: 'call' },
  { path: '/packages', key: 'screen.packages', sub: 'screen.packages_sub', right: 'MAY_READ_ORDERS', area: true, words: 'packages fwb bundle', icon: 'columns' },
  { path: '/centres', key: 'screen.centres', sub: 'screen.centres_sub', right: 'MAY_WRITE_DIRECTORY', area: true, words: 'centres zxgn functions', icon: 'columns' },
  { path: '/welfare', key: 'screen.welfare', sub: 'screen.welfare_sub', right: 'MAY_READ_REGISTER', area: true, words: 'welfare djwa wayy call', icon: 'call' },
  { path: '/lead', key: 'screen.lead', sub: 'screen.lead_sub', right: 'MAY_READ_FIGURES', area: true, words: 'lead wsxb signals complaints', icon: 'today' },
  { path: '/beds', key: 'screen.beds', sub: 'screen.beds_sub', right: 'MAY_READ_FIGURES', area: true, words: 'beds cwpb norm gap', icon: 'columns' },
  { path: '/told', key: 'screen.told', sub: 'screen.told_sub', right: 'MAY_SERVE_ORDERS', words: 'told mrgz call list', icon: 'call' },
  { path: '/closing', key: 'screen.closing', sub: 'screen.closing_sub', right: 'MAY_READ_ORDERS', words: 'closing rj money cash', icon: 'save' },
  { path: '/errands', key: 'screen.errands', sub: 'screen.errands_sub', right: 'MAY_SERVE_ORDERS', words: 'errands dbbyj money advance', icon: 'save' },
  { path: '/month', key: 'screen.month', sub: 'screen.month_sub', right: 'MAY_SERVE_ORDERS', words: 'month yj bill hours', icon: 'columns' },
  { path: '/kitchen', key: 'screen.kitchen', sub: 'screen.kitchen_sub', right: 'MAY_READ_ORDERS', words: 'kitchen cfbc meals run', icon: 'station' },
  { path: '/call', key: 'screen.call', sub: 'screen.call_sub', right: 'MAY_PLACE_ORDERS', words: 'call dkxd order', icon: 'call' },
  { path: '/requests', key: 'request.title', sub: 'request.sub', right: 'MAY_READ_ORDERS', words: 'requests sqbl complaint 12345', icon: 'call' },
  { path: '/messages', key: 'message.title', sub: 'message.sub', right: 'MAY_READ_ORDERS', words: 'messages xx dx sms failed', icon: 'call' },
  { path: '/gateways', key: 'gateway.title', sub: 'gateway.sub', right: 'MAY_MANAGE_ACCOUNTS', words: 'gateways tdyjr open311 sms channel', icon: 'call' },
  { path: '/survey', key: 'survey.title', sub: 'survey.sub', right: 'MAY_READ_FIGURES', area: true, words: 'survey dhhf call back', icon: 'call' },
  { path: '/inspections', key: 'screen.inspections', sub: 'screen.inspections_sub', right: 'MAY_WRITE_DIRECTORY', words: 'inspections xcjc checklist', icon: 'columns' },
  { path: '/ghosts', key: 'screen.ghosts', sub: 'screen.ghosts_sub', right: 'MAY_READ_FIGURES', area: true, words: 'ghosts kzhc ccmd spot check', icon: 'station' },
  { path: '/address', key: 'screen.address', sub: 'screen.address_sub', right: 'MAY_WRITE_REGISTER', words: 'address zzpp alias', icon: 'map' },
  { path: '/households', key: 'screen.households', sub: 'screen.households_sub', right: 'MAY_WRITE_REGISTER', words: 'households zhhd hu family', icon: 'person' },
  { path: '/parameters', key: 'screen.parameters', sub: 'screen.parameters_sub', right: 'MAY_SET_RULES', words: 'parameters zccs policy document', icon: 'columns' },
  { path: '/calendar', key: 'screen.calendar', sub: 'screen.calendar_sub', words: 'calendar gzrl holiday deadline', icon: 'today' },
  { path: '/birthdays', key: 'screen.birthdays', sub: 'screen.birthdays_sub', right: 'MAY_READ_REGISTER', area: true, words: 'birthdays jqsr lunar', icon: 'person' },
  { path: '/map', key: 'screen.map', sub: 'screen.map_sub', words: 'map dt circle', icon: 'map' },
  { path: '/atlas', key: 'screen.atlas', sub: 'screen.atlas_sub', right: 'MAY_READ_FIGURES', area: true, words: 'atlas yldt coverage planning what if', icon: 'map' },
  { path: '/import', key: 'screen.import', sub: 'screen.import_sub', right: 'MAY_IMPORT', words: 'import drmd excel xlsx list', icon: 'import' },
  { path: '/forms', key: 'forms.title', sub: 'forms.sub', right: 'MAY_EXPORT', words: 'forms tbwlby excel template', icon: 'columns' },
  { path: '/back', key: 'back.title', sub: 'back.sub', right: 'MAY_SERVE_ORDERS', words: 'back bl bulu paper', icon: 'station' },
  { path: '/sign', key: 'sign.title', sub: 'sign.sub', right: 'MAY_SERVE_ORDERS', words: 'sign xqy agreement', icon: 'person' },
  { path: '/doors', key: 'doors.title', sub: 'doors.sub', right: 'MAY_SERVE_ORDERS', words: 'doors mm door code qr', icon: 'print' },
  { path: '/files', key: 'take.mine', sub: 'take.mine_sub', right: 'MAY_EXPORT', words: 'files wddc export', icon: 'save' },
]

export const screensOffered = (): Screen[] =>
  screens.filter((s) => (!s.right || may(s.right)) && (!s.area || Boolean(session.value?.division || session.value?.org)))

const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./frame/HomePage.vue'), meta: { key: 'screen.home' } },
  { path: '/todo', component: () => import('./todo/TodoPage.vue'), meta: { key: 'todo.title' } },
  { path: '/today', component: () => import('./today/TodayPage.vue'), meta: { key: 'screen.today' } },
  { path: '/station', component: () => import('./station/StationPage.vue'), meta: { key: 'screen.station' } },
  { path: '/counter', component: () => import('./counter/CounterPage.vue'), meta: { key: 'screen.counter' } },
  { path: '/chain', component: () => import('./chain/ChainPage.vue'), meta: { key: 'screen.chain' } },
  { path: '/gatherings', component: () => import('./gathering/GatheringsPage.vue'), meta: { key: 'screen.gatherings' } },
  { path: '/gathering/:id', component: () => import('./gathering/DoorPage.vue'), meta: { key: 'screen.gathering' } },
  { path: '/recipients', component: () => import('./recipient/RecipientsPage.vue'), meta: { key: 'screen.recipients' } },
  { path: '/escorts', component: () => import('./escort/EscortsPage.vue'), meta: { key: 'screen.escorts' } },
  { path: '/packages', component: () => import('./package/PackagesPage.vue'), meta: { key: 'screen.packages' } },
  { path: '/centres', component: () => import('./centre/CentresPage.vue'), meta: { key: 'screen.centres' } },
  { path: '/welfare', component: () => import('./welfare/WelfarePage.vue'), meta: { key: 'screen.welfare' } },
  { path: '/lead', component: () => import('./lead/LeadPage.vue'), meta: { key: 'screen.lead' } },
  { path: '/beds', component: () => import('./bed/BedsPage.vue'), meta: { key: 'screen.beds' } },
  { path: '/told', component: () => import('./told/ToldPage.vue'), meta: { key: 'screen.told' } },
  { path: '/closing', component: () => import('./counter/ClosePage.vue'), meta: { key: 'screen.closing' } },
  { path: '/errands', component: () => import('./errand/ErrandsPage.vue'), meta: { key: 'screen.errands' } },
  { path: '/month', component: () => import('./month/MonthPage.vue'), meta: { key: 'screen.month' } },
  { path: '/kitchen', component: () => import('./kitchen/KitchenPage.vue'), meta: { key: 'screen.kitchen' } },
  { path: '/call', component: () => import('./call/CallPage.vue'), meta: { key: 'screen.call' } },
  { path: '/requests', component: () => import('./request/RequestsPage.vue'), meta: { key: 'request.title' } },
  { path: '/messages', component: () => import('./message/MessagesPage.vue'), meta: { key: 'message.title' } },
  { path: '/gateways', component: () => import('./message/GatewaysPage.vue'), meta: { key: 'gateway.title' } },
  { path: '/survey', component: () => import('./survey/SurveyPage.vue'), meta: { key: 'survey.title' } },
  { path: '/inspections', component: () => import('./inspection/InspectionsPage.vue'), meta: { key: 'screen.inspections' } },
  { path: '/inspection/:id', component: () => import('./inspection/InspectionPage.vue'), meta: { key: 'screen.inspections' } },
  { path: '/ghosts', component: () => import('./ghost/GhostPage.vue'), meta: { key: 'screen.ghosts' } },
  { path: '/address', component: () => import('./address/AddressPage.vue'), meta: { key: 'screen.address' } },
  { path: '/map', component: () => import('./map/MapPage.vue'), meta: { key: 'screen.map' } },
  { path: '/atlas', component: () => import('./atlas/AtlasPage.vue'), meta: { key: 'screen.atlas' } },
  { path: '/import', component: () => import('./intake/IntakePage.vue'), meta: { key: 'screen.import' } },
  { path: '/import/:id', component: () => import('./intake/BatchPage.vue'), meta: { key: 'screen.import' } },
  { path: '/forms', component: () => import('./form/FormsPage.vue'), meta: { key: 'forms.title' } },
  { path: '/forms/:id', component: () => import('./form/FormPage.vue'), meta: { key: 'forms.title' } },
  { path: '/back', component: () => import('./station/BackPage.vue'), meta: { key: 'back.title' } },
  { path: '/sign', component: () => import('./station/SignPage.vue'), meta: { key: 'sign.title' } },
  { path: '/doors', component: () => import('./station/DoorsPage.vue'), meta: { key: 'doors.title' } },
  { path: '/files', component: () => import('./export/MyFiles.vue'), meta: { key: 'take.mine' } },
  { path: '/households', component: () => import('./household/HouseholdsPage.vue'), meta: { key: 'screen.households' } },
  { path: '/household/:id', component: () => import('./household/HouseholdPage.vue'), meta: { key: 'screen.households' } },
  { path: '/parameters', component: () => import('./parameter/ParametersPage.vue'), meta: { key: 'screen.parameters' } },
  { path: '/calendar', component: () => import('./calendar/CalendarPage.vue'), meta: { key: 'screen.calendar' } },
  { path: '/birthdays', component: () => import('./elder/BirthdaysPage.vue'), meta: { key: 'screen.birthdays' } },
  { path: '/elder/:id', component: () => import('./elder/ElderPage.vue'), meta: { key: 'screen.elder' } },
  { path: '/organisation/:id', component: () => import('./organisation/OrganisationPage.vue'), meta: { key: 'screen.organisation' } },
  { path: '/list/:entity', component: () => import('./entity/EntityPage.vue'), meta: { key: 'screen.list' } },
  { path: '/:rest(.*)*', component: () => import('./frame/LostPage.vue'), meta: { key: 'screen.lost' } },
]

export const router = createRouter({ history: createWebHashHistory('/console/'), routes })

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
