/* atlas.ts - the rule a planner asks by, classes of shares, changes on paper. */
import type * as Made from '@shared/answers'
import type { Area } from '../map/areas'
import type { Key } from '../say'

export type Atlas = Made.Atlas
export type AtlasRow = Atlas['items'][number]
export type Past = Made.AtlasPast

/* What stands beside today's shares: another pace, or another day. */
export interface Beside { title: string; said?: string; total: { permille: number; known: number }; items: { scope: number; permille: number; known: number }[] }
export const besidePace = (a: Atlas): Beside => ({ title: a.profile_name, total: a.total, items: a.items })
export const besideDay = (p: Past): Beside => ({ title: p.day, said: p.definition, total: p.total, items: p.items })
export type Effect = Made.Effect
export type EffectRow = Effect['items'][number]
export type Level = 'community' | 'street' | 'district'
export interface Rule { kind: string; profile: string; minutes: number; metres: number; level: Level }

export const MINUTES = [5, 10, 15, 20, 30, 45, 60]
export const RADII = [500, 1000, 1500, 2000, 3000]
export const LEVELS: { key: Level; text: Key }[] = [{ key: 'community', text: 'atlas.level_community' }, { key: 'street', text: 'atlas.level_street' }, { key: 'district', text: 'atlas.level_district' }]
export const MEASURES: { key: string; text: Key }[] = [{ key: '2sfca', text: 'atlas.m_2sfca' }, { key: 'e2sfca', text: 'atlas.m_e2sfca' }, { key: 'gaussian', text: 'atlas.m_gaussian' }]

/* --- shares in classes: in tenths of a per cent, from the least --- */
export interface ShareClass { from: number; fill: string; hatch: boolean; text: Key }
export const CLASSES: ShareClass[] = [
  { from: 900, fill: 'rgba(63, 125, 92, 0.60)', hatch: false, text: 'atlas.class_good' },
  { from: 700, fill: 'rgba(176, 205, 154, 0.65)', hatch: false, text: 'atlas.class_fair' },
  { from: 500, fill: 'rgba(240, 190, 110, 0.70)', hatch: false, text: 'atlas.class_watch' },
  { from: 0, fill: 'rgba(214, 110, 80, 0.70)', hatch: true, text: 'atlas.class_bad' },
]
export const NOBODY: ShareClass = { from: -1, fill: 'rgba(190, 182, 170, 0.55)', hatch: false, text: 'atlas.class_none' }
export const GAINS = { more: 'rgba(63, 125, 92, 0.60)', less: 'rgba(214, 110, 80, 0.70)', same: 'rgba(225, 218, 206, 0.45)' }

export const classOf = (permille: number, known: number): ShareClass =>
  (known ? CLASSES.find((c) => permille >= c.from) : undefined) ?? NOBODY
export const percent = (permille: number, known = 1): string => (known ? `${(permille / 10).toFixed(1)}%` : '—')
export const signed = (n: number): string => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0')

interface Placed { scope: number; division?: string; name?: string; lat?: number; lon?: number }
const placed = (row: Placed, chosen: number) => ({ id: row.division ?? '', scope: row.scope, name: row.name ?? '', lat: row.lat ?? 0, lon: row.lon ?? 0, chosen: row.scope === chosen })

export function areasOf(rows: AtlasRow[], chosen: number): Area[] {
  return rows.filter((r) => r.lat).map((r) => {
    const c = classOf(r.permille, r.known)
    return { ...placed(r, chosen), text: percent(r.permille, r.known), fill: c.fill, hatch: c.hatch }
  })
}
export function gainsOf(rows: EffectRow[], chosen: number): Area[] {
  return rows.filter((r) => r.lat).map((r) => {
    const gain = r.then - r.walk
    return { ...placed(r, chosen), text: signed(gain), fill: gain > 0 ? GAINS.more : gain < 0 ? GAINS.less : GAINS.same, hatch: gain < 0 }
  })
}

/* --- what if --- */
export type Act = 'open' | 'close' | 'move' | 'enlarge'
export interface Change { act: Act; place?: string; place_name?: string; lat?: number; lon?: number; supply?: number; name?: string }
export const ACTS: { key: Act; text: Key }[] = [{ key: 'open', text: 'atlas.act_open' }, { key: 'close', text: 'atlas.act_close' }, { key: 'move', text: 'atlas.act_move' }, { key: 'enlarge', text: 'atlas.act_enlarge' }]

/* As the server takes it: nothing that was not said, no name that only the screen needs. */
export function changeSent(c: Change): Record<string, unknown> {
  const out: Record<string, unknown> = { act: c.act }
  if (c.act !== 'open') out.place = c.place
  if (c.act === 'open' || c.act === 'move') Object.assign(out, { lat: c.lat, lon: c.lon })
  if (c.supply && c.act !== 'close') out.supply = c.supply
  if (c.name) out.name = c.name
  return out
}
export function changesRead(json: unknown): Change[] {
  return Array.isArray(json) ? (json as Change[]) : []
}
export function pointRead(text: string): { lat: number; lon: number } | undefined {
  const m = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,，]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text)
  return m ? { lat: Number(m[1]), lon: Number(m[2]) } : undefined
}
