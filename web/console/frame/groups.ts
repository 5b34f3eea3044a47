/* groups.ts - the menu by subject: where each hand-made screen stands, before the lists of the same group. */
import { meta, type Entity } from '../meta'
import { groupText, GROUPS, screensOffered, type Screen } from '../router'
import type { Key } from '../say'

/* Screens that stand nowhere here are daily work, with the drawing of their own line. */
const PLACES: Record<string, { group: string; icon?: string }> = {
  '/counter': { group: 'meals', icon: 'meal' }, '/chain': { group: 'meals', icon: 'copy' },
  '/kitchen': { group: 'meals', icon: 'list' }, '/closing': { group: 'meals', icon: 'yuan' },
  '/gatherings': { group: 'service', icon: 'activity' }, '/errands': { group: 'service', icon: 'order' },
  '/packages': { group: 'service', icon: 'columns' }, '/sign': { group: 'service', icon: 'seal' },
  '/doors': { group: 'service', icon: 'key' }, '/back': { group: 'service', icon: 'paper' },
  '/month': { group: 'service', icon: 'check' },
  '/requests': { group: 'requests' }, '/survey': { group: 'requests', icon: 'sound' },
  '/inspections': { group: 'requests', icon: 'check' }, '/welfare': { group: 'requests', icon: 'phone' }, '/lead': { group: 'requests', icon: 'clock' }, '/ghosts': { group: 'requests', icon: 'eye' },
  '/households': { group: 'people', icon: 'home' }, '/birthdays': { group: 'people', icon: 'activity' },
  '/address': { group: 'people', icon: 'pin' }, '/map': { group: 'places' }, '/centres': { group: 'places', icon: 'institution' }, '/gateways': { group: 'system' }, '/messages': { group: 'requests', icon: 'sound' },
  '/import': { group: 'lists' }, '/forms': { group: 'lists' }, '/files': { group: 'lists' },
  '/parameters': { group: 'setup' }, '/calendar': { group: 'setup', icon: 'clock' },
}

export const groupOfScreen = (path: string): string => PLACES[path]?.group ?? 'work'

export interface MenuScreen { path: string; key: Key; sub: Key; icon: string }
export interface MenuGroup { key: string; title: string; screens: MenuScreen[]; lists: Entity[] }

const shown = (s: Screen): MenuScreen => ({ path: s.path, key: s.key, sub: s.sub, icon: PLACES[s.path]?.icon ?? s.icon })

/* What this role is offered, in the order of GROUPS; groups of the server that we do not know stand last. */
export function menuGroups(): MenuGroup[] {
  const made = screensOffered()
  const lists = [...(meta.value?.entities.values() ?? [])].filter((e) => e.menu)
  const keys = [...new Set([...GROUPS, ...lists.map((e) => e.menu)])]
  return keys.map((key) => ({
    key, title: groupText(key),
    screens: made.filter((s) => groupOfScreen(s.path) === key).map(shown),
    lists: lists.filter((e) => e.menu === key),
  })).filter((g) => g.screens.length + g.lists.length > 0)
}
