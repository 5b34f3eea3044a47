/*
 * who.ts - for whom one looks and where that person lives. Stays in this browser; the server is
 * told only the compound or the community, and no address of ours carries it.
 */
import { computed, reactive, ref, watch } from 'vue'
import { walk } from '@shared/format'
import { remember, remembered } from '@shared/store'

export type Who = 'me' | 'mother' | 'father' | 'other'
export const whos: Who[] = ['me', 'mother', 'father', 'other']
export type Pace = 'standard' | 'elder' | 'frail' | 'wheelchair' | 'car'
export const paces: Pace[] = ['elder', 'frail', 'wheelchair', 'standard', 'car']

export interface Where { kind: string; id: string; name: string; path: string; lat: number; lon: number }
export interface ByAddress { found: boolean; item?: Where; score?: number; level?: string; why: string[]; others: Where[] }

export const who = ref<Who>(remembered<Who>('who', 'me'))
export const pace = ref<Pace>(remembered<Pace>('pace', 'elder'))
const homes = reactive(remembered<Partial<Record<Who, Where>>>('homes', {}))

export const where = computed<Where | undefined>(() => homes[who.value])

export function liveIn(place: Where): void {
  const { kind, id, name, path, lat, lon } = place
  homes[who.value] = { kind, id, name, path, lat, lon }
  remember('homes', homes)
}

/* How the server is asked about a home: by compound (its gates count), by division, else by point. */
export function homeQuery(w: Where): Record<string, string | number> {
  if (w.kind === 'compound') return { compound: w.id }
  if (w.kind === 'community' || w.kind === 'street') return { division: w.id }
  return { lat: w.lat, lon: w.lon }
}

/* 步行 6 分钟 · 420 米, as the chosen pace has it. */
export const wayText = (seconds: number, metres: number): string => walk(seconds, metres, pace.value === 'car')

watch(who, w => remember('who', w))
watch(pace, p => remember('pace', p))
