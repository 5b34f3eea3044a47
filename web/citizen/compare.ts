/* compare.ts - the two or three institutions ticked for comparison; the address says nothing else. */
import { computed, ref } from 'vue'

export const MOST = 3
export interface Ticked { id: string; name: string }

export const ticked = ref<Ticked[]>([])
export const isTicked = (id: string): boolean => ticked.value.some(p => p.id === id)
export const full = computed(() => ticked.value.length >= MOST)

export function tick(place: Ticked): void {
  if (isTicked(place.id)) ticked.value = ticked.value.filter(p => p.id !== place.id)
  else if (!full.value) ticked.value = [...ticked.value, { id: place.id, name: place.name }]
}

export const compareHref = computed(() => `/compare?p=${ticked.value.map(p => p.id).join(',')}`)

/* The ids of an address: numbers only, each once, at most three. */
export function idsOf(query: URLSearchParams): string[] {
  const ids = (query.get('p') ?? '').split(',').filter(id => /^\d+$/.test(id))
  return [...new Set(ids)].slice(0, MOST)
}
