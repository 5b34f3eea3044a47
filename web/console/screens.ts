/* screens.ts - the hand-made screens, one line each: the menu, the routes and the search follow from it. */
import type { Component } from 'vue'
import type { Key } from './say'

export interface Screen { path: string; page: () => Promise<{ default: Component }>; key: Key; sub: Key; group: string; icon: string; right?: string; area?: true; words: string }

/* In the order of the menu, group by group. `right` is one the role must hold to be offered it; `area`:
 * only who answers for an area or an organisation, for what is shown is counted by them; `words`: what
 * it is also found by. A page that stands in no menu is a line of `routes` in router.ts. */
export const screens: Screen[] = [
  { path: '/todo', page: () => import('./todo/TodoPage.vue'), key: 'todo.title', sub: 'todo.sub', group: 'work', icon: 'todo', words: 'todo db inbox' },
  { path: '/today', page: () => import('./today/TodayPage.vue'), key: 'screen.today', sub: 'screen.today_sub', group: 'work', icon: 'today', right: 'MAY_READ_FIGURES', area: true, words: 'today jryl figures' },
  { path: '/station', page: () => import('./station/StationPage.vue'), key: 'screen.station', sub: 'screen.station_sub', group: 'work', icon: 'station', right: 'MAY_SERVE_ORDERS', words: 'station yzjr' },
  { path: '/dispatch', page: () => import('./dispatch/DispatchPage.vue'), key: 'screen.dispatch', sub: 'screen.dispatch_sub', group: 'work', icon: 'columns', right: 'MAY_SERVE_ORDERS', words: 'dispatch pdt board plan tours' },
  { path: '/recipients', page: () => import('./recipient/RecipientsPage.vue'), key: 'screen.recipients', sub: 'screen.recipients_sub', group: 'work', icon: 'person', right: 'MAY_READ_FIGURES', area: true, words: 'recipients fwdx served' },
  { path: '/escorts', page: () => import('./escort/EscortsPage.vue'), key: 'screen.escorts', sub: 'screen.escorts_sub', group: 'work', icon: 'call', right: 'MAY_READ_FIGURES', area: true, words: 'escorts pzzw clinic out' },
  { path: '/beds', page: () => import('./bed/BedsPage.vue'), key: 'screen.beds', sub: 'screen.beds_sub', group: 'work', icon: 'columns', right: 'MAY_READ_FIGURES', area: true, words: 'beds cwpb norm gap' },
  { path: '/told', page: () => import('./told/ToldPage.vue'), key: 'screen.told', sub: 'screen.told_sub', group: 'work', icon: 'call', right: 'MAY_SERVE_ORDERS', words: 'told mrgz call list' },
  { path: '/call', page: () => import('./call/CallPage.vue'), key: 'screen.call', sub: 'screen.call_sub', group: 'work', icon: 'call', right: 'MAY_PLACE_ORDERS', words: 'call dkxd order' },
  { path: '/atlas', page: () => import('./atlas/AtlasPage.vue'), key: 'screen.atlas', sub: 'screen.atlas_sub', group: 'work', icon: 'map', right: 'MAY_READ_FIGURES', area: true, words: 'atlas yldt coverage planning what if' },
  { path: '/siting', page: () => import('./siting/SitingPage.vue'), key: 'screen.siting', sub: 'screen.siting_sub', group: 'work', icon: 'map', right: 'MAY_READ_FIGURES', area: true, words: 'siting xz xuanzhi where to build sites idle property' },
  { path: '/counter', page: () => import('./counter/CounterPage.vue'), key: 'screen.counter', sub: 'screen.counter_sub', group: 'meals', icon: 'meal', right: 'MAY_SERVE_ORDERS', words: 'counter zcsyt meal card' },
  { path: '/chain', page: () => import('./chain/ChainPage.vue'), key: 'screen.chain', sub: 'screen.chain_sub', group: 'meals', icon: 'copy', right: 'MAY_SERVE_ORDERS', words: 'chain ztjl wechat meal' },
  { path: '/closing', page: () => import('./counter/ClosePage.vue'), key: 'screen.closing', sub: 'screen.closing_sub', group: 'meals', icon: 'yuan', right: 'MAY_READ_ORDERS', words: 'closing rj money cash' },
  { path: '/kitchen', page: () => import('./kitchen/KitchenPage.vue'), key: 'screen.kitchen', sub: 'screen.kitchen_sub', group: 'meals', icon: 'list', right: 'MAY_READ_ORDERS', words: 'kitchen cfbc meals run' },
  { path: '/gatherings', page: () => import('./gathering/GatheringsPage.vue'), key: 'screen.gatherings', sub: 'screen.gatherings_sub', group: 'service', icon: 'activity', right: 'MAY_READ_ORDERS', area: true, words: 'gatherings kcyhd class outing bm' },
  { path: '/packages', page: () => import('./package/PackagesPage.vue'), key: 'screen.packages', sub: 'screen.packages_sub', group: 'service', icon: 'columns', right: 'MAY_READ_ORDERS', area: true, words: 'packages fwb bundle' },
  { path: '/errands', page: () => import('./errand/ErrandsPage.vue'), key: 'screen.errands', sub: 'screen.errands_sub', group: 'service', icon: 'order', right: 'MAY_SERVE_ORDERS', words: 'errands dbbyj money advance' },
  { path: '/month', page: () => import('./month/MonthPage.vue'), key: 'screen.month', sub: 'screen.month_sub', group: 'service', icon: 'check', right: 'MAY_SERVE_ORDERS', words: 'month yj bill hours' },
  { path: '/back', page: () => import('./station/BackPage.vue'), key: 'back.title', sub: 'back.sub', group: 'service', icon: 'paper', right: 'MAY_SERVE_ORDERS', words: 'back bl bulu paper' },
  { path: '/sign', page: () => import('./station/SignPage.vue'), key: 'sign.title', sub: 'sign.sub', group: 'service', icon: 'seal', right: 'MAY_SERVE_ORDERS', words: 'sign xqy agreement' },
  { path: '/doors', page: () => import('./station/DoorsPage.vue'), key: 'doors.title', sub: 'doors.sub', group: 'service', icon: 'key', right: 'MAY_SERVE_ORDERS', words: 'doors mm door code qr' },
  { path: '/welfare', page: () => import('./welfare/WelfarePage.vue'), key: 'screen.welfare', sub: 'screen.welfare_sub', group: 'requests', icon: 'phone', right: 'MAY_READ_REGISTER', area: true, words: 'welfare djwa wayy call' },
  { path: '/lead', page: () => import('./lead/LeadPage.vue'), key: 'screen.lead', sub: 'screen.lead_sub', group: 'requests', icon: 'clock', right: 'MAY_READ_FIGURES', area: true, words: 'lead wsxb signals complaints' },
  { path: '/requests', page: () => import('./request/RequestsPage.vue'), key: 'request.title', sub: 'request.sub', group: 'requests', icon: 'call', right: 'MAY_READ_ORDERS', words: 'requests sqbl complaint 12345' },
  { path: '/messages', page: () => import('./message/MessagesPage.vue'), key: 'message.title', sub: 'message.sub', group: 'requests', icon: 'sound', right: 'MAY_READ_ORDERS', words: 'messages xx dx sms failed' },
  { path: '/survey', page: () => import('./survey/SurveyPage.vue'), key: 'survey.title', sub: 'survey.sub', group: 'requests', icon: 'sound', right: 'MAY_READ_FIGURES', area: true, words: 'survey dhhf call back' },
  { path: '/inspections', page: () => import('./inspection/InspectionsPage.vue'), key: 'screen.inspections', sub: 'screen.inspections_sub', group: 'requests', icon: 'check', right: 'MAY_WRITE_DIRECTORY', words: 'inspections xcjc checklist' },
  { path: '/ghosts', page: () => import('./ghost/GhostPage.vue'), key: 'screen.ghosts', sub: 'screen.ghosts_sub', group: 'requests', icon: 'eye', right: 'MAY_READ_FIGURES', area: true, words: 'ghosts kzhc ccmd spot check' },
  { path: '/address', page: () => import('./address/AddressPage.vue'), key: 'screen.address', sub: 'screen.address_sub', group: 'people', icon: 'pin', right: 'MAY_WRITE_REGISTER', words: 'address zzpp alias' },
  { path: '/households', page: () => import('./household/HouseholdsPage.vue'), key: 'screen.households', sub: 'screen.households_sub', group: 'people', icon: 'home', right: 'MAY_WRITE_REGISTER', words: 'households zhhd hu family' },
  { path: '/birthdays', page: () => import('./elder/BirthdaysPage.vue'), key: 'screen.birthdays', sub: 'screen.birthdays_sub', group: 'people', icon: 'activity', right: 'MAY_READ_REGISTER', area: true, words: 'birthdays jqsr lunar' },
  { path: '/benefits', page: () => import('./benefit/BenefitsPage.vue'), key: 'screen.benefits', sub: 'screen.benefits_sub', group: 'people', icon: 'yuan', right: 'MAY_READ_ORDERS', area: true, words: 'benefits dyjz residence hj cz ld entitled' },
  { path: '/centres', page: () => import('./centre/CentresPage.vue'), key: 'screen.centres', sub: 'screen.centres_sub', group: 'places', icon: 'institution', right: 'MAY_WRITE_DIRECTORY', area: true, words: 'centres zxgn functions' },
  { path: '/map', page: () => import('./map/MapPage.vue'), key: 'screen.map', sub: 'screen.map_sub', group: 'places', icon: 'map', words: 'map dt circle' },
  { path: '/import', page: () => import('./intake/IntakePage.vue'), key: 'screen.import', sub: 'screen.import_sub', group: 'lists', icon: 'import', right: 'MAY_IMPORT', words: 'import drmd excel xlsx list' },
  { path: '/forms', page: () => import('./form/FormsPage.vue'), key: 'forms.title', sub: 'forms.sub', group: 'lists', icon: 'columns', right: 'MAY_EXPORT', words: 'forms tbwlby excel template' },
  { path: '/files', page: () => import('./export/MyFiles.vue'), key: 'take.mine', sub: 'take.mine_sub', group: 'lists', icon: 'save', right: 'MAY_EXPORT', words: 'files wddc export' },
  { path: '/parameters', page: () => import('./parameter/ParametersPage.vue'), key: 'screen.parameters', sub: 'screen.parameters_sub', group: 'setup', icon: 'columns', right: 'MAY_SET_RULES', words: 'parameters zccs policy document' },
  { path: '/calendar', page: () => import('./calendar/CalendarPage.vue'), key: 'screen.calendar', sub: 'screen.calendar_sub', group: 'setup', icon: 'clock', words: 'calendar gzrl holiday deadline' },
  { path: '/gateways', page: () => import('./message/GatewaysPage.vue'), key: 'gateway.title', sub: 'gateway.sub', group: 'system', icon: 'call', right: 'MAY_MANAGE_ACCOUNTS', words: 'gateways tdyjr open311 sms channel' },
]
