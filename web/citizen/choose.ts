/*
 * choose.ts - what an institution is chosen by: the filters as they stand in the address, under the
 * names the server knows them by. No home and no person is among them, so a link may be passed on.
 */
import { t, type Key } from './texts'

export interface Choice { value: string; text: () => string }
export interface Filter { name: string; title: Key; choices: Choice[] }

const worded = (key: string, values: string[]): Choice[] =>
  values.map(value => ({ value, text: () => t(`${key}.${value}` as Key) }))
const upTo = [3000, 5000, 8000]
const levels = ['2', '3', '4', '5']

export const filters: Filter[] = [
  { name: 'operation_mode', title: 'choose.mode', choices: worded('mode', ['public', 'entrusted', 'private']) },
  { name: 'level', title: 'choose.level', choices: worded('grade', ['intact', 'mild', 'moderate', 'severe', 'total']) },
  { name: 'price_max', title: 'choose.price', choices: upTo.map(n => ({ value: `${n * 100}`, text: () => t('choose.upto', { yuan: n }) })) },
  { name: 'beds', title: 'choose.beds', choices: [{ value: '1', text: () => t('choose.beds.free') }] },
  { name: 'medical', title: 'choose.medical', choices: worded('medical', ['cooperates', 'inside']) },
  { name: 'rating', title: 'choose.rating', choices: levels.map(n => ({ value: n, text: () => t(n === '5' ? 'choose.rating.top' : 'choose.rating.from', { n }) })) },
  { name: 'rating_scheme', title: 'choose.scheme', choices: [
    { value: 'national', text: () => t('scheme.national') }, { value: 'star', text: () => t('scheme.star') }] },
  { name: 'accessible', title: 'choose.accessible', choices: worded('accessible', ['ramp', 'lift', 'toilet', 'wheelchair', 'parking']) },
]
export const sorts = ['walk', 'price', 'level', 'beds', 'name'] as const

const names = [...filters.map(f => f.name), 'within', 'sort', 'all']

/* The filters of an address, for the server. */
export function chosenOf(query: URLSearchParams): Record<string, string | null> {
  return Object.fromEntries(names.map(name => [name, query.get(name)]))
}

/* What is chosen now, each in words, to be taken away one by one. */
export function chosenWords(query: URLSearchParams): { name: string; text: string }[] {
  return filters.flatMap(f => {
    const value = query.get(f.name)
    if (!value) return []
    const words = value.split(',').map(v => f.choices.find(c => c.value === v)?.text() ?? v)
    return [{ name: f.name, text: words.join('、') }]
  })
}

/* The name of a filter that an empty answer proposes to loosen. */
export function filterTitle(name: string): string {
  const own = filters.find(f => f.name === name)
  return t(own ? own.title : (`choose.${name}` as Key))
}
