/* places.ts - what the map shows: points of places, the paces of a circle, answers of near. */
import type { Key } from '../say'

export interface Point { lat: number; lon: number; name?: string }
export interface ShownPlace { id: string; name: string; kind: string; lat: number; lon: number; state?: string; open?: string }
export interface NearItem { id: string; name: string; kind: string; kind_name?: string; seconds: number; metres: number; minutes_text?: string; open?: string; open_text?: string; lat: number; lon: number }
export interface Near { total: number; items: NearItem[]; unreached?: number }
export interface Marks { features: unknown[]; kinds: { kind: string; total: number }[]; total: number; cells: boolean; cut: boolean }
export interface Circle { type: string; features: unknown[] }

export const PACES: { key: string; text: Key }[] = [
  { key: 'elder', text: 'pace.elder' },
  { key: 'standard', text: 'pace.standard' },
  { key: 'frail', text: 'pace.frail' },
  { key: 'wheelchair', text: 'pace.wheelchair' },
  { key: 'ebike', text: 'pace.ebike' },
  { key: 'car', text: 'pace.car' },
]

/* On foot, on an e-bike, in a car: what a label calls the way, of its words for the three. */
const BY: Record<string, number> = { ebike: 1, car: 2 }
export const byPace = (profile: string, words: [Key, Key, Key]) => words[BY[profile] ?? 0] as Key
export const TIME: [Key, Key, Key] = ['map.minutes', 'map.minutes_ride', 'map.minutes_drive']

interface Feature { id?: string | number; properties?: Record<string, unknown>; geometry?: { type: string; coordinates: number[] } }

export function placesOf(answer: unknown): ShownPlace[] {
  const features = (answer as { features?: Feature[] } | undefined)?.features ?? []
  return features.flatMap((f) => {
    const [lon, lat] = f.geometry?.coordinates ?? []
    if (lon === undefined || lat === undefined) return []
    const p = f.properties ?? {}
    if (!p.id && !f.id) return []
    return [{ id: String(p.id ?? f.id ?? ''), name: String(p.name ?? ''), kind: String(p.kind ?? ''), state: String(p.state ?? ''), open: String(p.open ?? ''), lat, lon }]
  })
}

/* Closed today, or at this hour: hollow on the map, and in words. */
export const shutKey = (open: string | undefined): Key | undefined => (open === 'closed_today' ? 'map.shut_today' : open === 'closed' ? 'map.shut_now' : undefined)

/* Kinds by colour and shape, so that colour is never alone. */
const LOOKS: Record<string, { fill: string; points: number; angle: number }> = {
  station: { fill: '#b4462a', points: 0, angle: 0 },
  meal_point: { fill: '#8a5a00', points: 3, angle: 0 },
  central_kitchen: { fill: '#8a5a00', points: 3, angle: Math.PI },
  institution: { fill: '#1f6f8b', points: 4, angle: Math.PI / 4 },
  district_centre: { fill: '#1f6f8b', points: 4, angle: 0 },
  day_centre: { fill: '#1f6f8b', points: 6, angle: 0 },
  clinic: { fill: '#2f6b3c', points: 5, angle: 0 },
  pharmacy: { fill: '#2f6b3c', points: 0, angle: 0 },
  provider: { fill: '#6a4a8a', points: 0, angle: 0 },
  proposal: { fill: '#2f6b3c', points: 4, angle: Math.PI / 4 },
  candidate: { fill: '#8a8177', points: 3, angle: 0 },
  candidate_forced: { fill: '#2f6b3c', points: 3, angle: 0 },
  candidate_forbidden: { fill: '#5c1f10', points: 3, angle: Math.PI },
  closing: { fill: '#5c1f10', points: 4, angle: 0 },
}
export const lookOf = (kind: string) => LOOKS[kind] ?? { fill: '#6f655a', points: 0, angle: 0 }
