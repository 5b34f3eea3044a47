/*
 * basket.ts - several services to be ordered in one go. Kept on this device only and without a word
 * about a person: for whom it is stays in the open page.
 */
import { computed, reactive, watch } from 'vue'
import { forget, remember, remembered } from '@shared/store'

export const MOST = 10
export interface Wanted {
  offer: string; name: string; place: string; place_name: string
  quantity: number; gender_wish: 'none' | 'female' | 'male'; slot: string; slot_text: string
}

export const basket = reactive<Wanted[]>(remembered<Wanted[]>('basket', []).slice(0, MOST))
export const full = computed(() => basket.length >= MOST)
export const isIn = (offer: string): boolean => basket.some(w => w.offer === offer)

export function put(of: Pick<Wanted, 'offer' | 'name' | 'place' | 'place_name'>): void {
  if (!full.value) basket.push({ ...of, quantity: 1, gender_wish: 'none', slot: '', slot_text: '' })
}

export const drop = (i: number): void => { basket.splice(i, 1) }
export const empty = (): void => { basket.splice(0) }

watch(basket, b => b.length ? remember('basket', b) : forget('basket'))
