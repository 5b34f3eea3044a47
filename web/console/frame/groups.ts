/* groups.ts - the menu by subject: in each group its hand-made screens, then the lists. */
import { meta, type Entity } from '../meta'
import { groupText, GROUPS, screensOffered } from '../router'
import { screens, type Screen } from '../screens'

export const groupOfScreen = (path: string): string => screens.find((s) => s.path === path)?.group ?? 'work'

export interface MenuGroup { key: string; title: string; screens: Screen[]; lists: Entity[] }

/* What this role is offered, in the order of GROUPS; groups of the server that we do not know stand last. */
export function menuGroups(): MenuGroup[] {
  const made = screensOffered()
  const lists = [...(meta.value?.entities.values() ?? [])].filter((e) => e.menu)
  const keys = [...new Set([...GROUPS, ...lists.map((e) => e.menu)])]
  return keys.map((key) => ({
    key, title: groupText(key),
    screens: made.filter((s) => s.group === key),
    lists: lists.filter((e) => e.menu === key),
  })).filter((g) => g.screens.length + g.lists.length > 0)
}
