/* hits.ts - the lines of the search box: screens at once, rows from the server, what else one can do. */
import { entityNamed, meta } from '../meta'
import { rowRoute, screensOffered } from '../router'
import { textOf, type Row } from '../rows'
import { t } from '../say'
import { may } from '../use/session'
import { detailOf, hasNumber, titleOf, type Group } from './find'
import { recent } from './recent'

export interface Hit { key: string; title: string; sub: string; path?: string; elder?: string; act?: 'number' | 'learn' }
export interface Hits { key: string; label: string; more: boolean; hits: Hit[] }

const PEOPLE = ['elder', 'contact', 'carer']

/* A contact leads to whom she is a contact of. */
export function hitOf(entity: string, row: Row): Hit {
  const elder = entity === 'elder' ? row.id : textOf(row, 'elder')
  const to_elder = entity === 'contact' && elder !== ''
  return {
    key: `${entity} ${row.id}`, title: titleOf(entity, row), sub: detailOf(entity, row), elder,
    path: to_elder ? rowRoute('elder', elder) : rowRoute(entity, row.id),
  }
}

export const groupHits = (g: Group): Hits => ({
  key: g.entity, label: entityNamed(g.entity)?.label ?? g.label, more: g.more,
  hits: g.items.map((row) => hitOf(g.entity, row)),
})

/* Screens and lists whose name, or whose initials, hold the words. */
export function screenHits(words: string): Hit[] {
  const w = words.trim().toLowerCase()
  const made = screensOffered().map((s) => ({ key: s.path, title: t(s.key), sub: t('search.screen'), path: s.path, words: s.words }))
  const lists = [...(meta.value?.entities.values() ?? [])].filter((e) => e.menu)
    .map((e) => ({ key: e.name, title: e.label, sub: t('search.list'), path: `/list/${e.name}`, words: e.name }))
  return [...made, ...lists].filter((s) => !w || s.title.toLowerCase().includes(w) || s.words.includes(w)).slice(0, w ? 6 : 9)
    .map(({ key, title, sub, path }) => ({ key, title, sub, path }))
}

export const recentHits = (): Hit[] => recent().map((r) => ({ ...r, key: `recent ${r.path}` }))

/* Looking up a number, or saying whom an unknown word means. */
export function actHits(words: string, found: Hits[], asked: string): Hit[] {
  const acts: Hit[] = []
  if (hasNumber(words) && asked !== words && may('MAY_READ_REGISTER'))
    acts.push({ key: 'number', act: 'number', title: t('search.by_number', { number: words.trim() }), sub: t('search.by_number_sub') })
  const nobody = !found.some((g) => PEOPLE.includes(g.key) && g.hits.length)
  if (nobody && words.trim().length > 1 && !hasNumber(words) && entityNamed('nickname')?.may_create)
    acts.push({ key: 'learn', act: 'learn', title: t('search.learn', { word: words.trim() }), sub: t('search.learn_sub') })
  return acts
}
