/*
 * draft.ts - an order being made: kept in this browser at every keystroke, so that a reload or a lost
 * network loses nothing. Its key goes with the order, so that a repeated confirm orders once.
 */
import { reactive, watch } from 'vue'
import { newKey } from '@shared/api'
import { forget, remember, remembered } from '@shared/store'
import type { CareOrder } from '../answers'
import { t, type Key } from '../texts'
import { where, who } from '../who'

export interface Draft {
  key: string; offer: string; place: string; step: number
  quantity: number; gender_wish: 'none' | 'female' | 'male'
  slot: string; day: string; slot_text: string
  elder: string; elder_name: string
  for_name: string; for_phone: string; for_address: string; for_relation: string
  for_compound: string; for_lat?: number; for_lon?: number
  way: string; diets: string[]
  pay_way: string; pay_name: string; own_pay: number; password: string; note: string
}

export const STEPS = ['what', 'when', 'who', 'pay', 'check'] as const
const relations = { me: 'self', mother: 'child', father: 'child', other: 'other' } as const

export function freshDraft(offer: string, place: string): Draft {
  const home = where.value
  return {
    key: newKey(), offer, place, step: 0, quantity: 1, gender_wish: 'none', slot: '', day: '', slot_text: '',
    elder: '', elder_name: '', for_name: '', for_phone: '', for_address: home?.kind === 'compound' ? home.name : '',
    for_relation: relations[who.value], for_compound: home?.kind === 'compound' ? home.id : '',
    for_lat: home?.lat, for_lon: home?.lon, way: '', diets: [], pay_way: '', pay_name: '', own_pay: 0, password: '', note: '',
  }
}

/* The draft for this offer: the kept one, or a new one. */
export function useDraft(offer: string, place: string): Draft {
  const kept = remembered<Draft | null>('draft', null)
  const draft = reactive(kept?.offer === offer ? kept : freshDraft(offer, place))
  watch(draft, d => remember('draft', d))
  return draft
}

/* What the server masked is asked again. */
const whole = (text: string | undefined) => text && !text.includes('*') ? text : ''

/* Everything of an order but its time: "the same again". */
export function draftAgain(o: CareOrder): void {
  remember('draft', { ...freshDraft(o.offer ?? '', o.place ?? ''), quantity: o.quantity, for_name: whole(o.for_name),
    for_phone: whole(o.for_phone), for_address: whole(o.for_address), 
    gender_wish: o.gender_wish ?? 'none', way: o.way && o.way !== 'none' ? o.way : '', diets: o.diets ?? [], pay_way: o.pay_way ?? '', note: o.note ?? '' })
}

export const dropDraft = () => forget('draft')

/* What the server is told. Empty answers are left out. */
export function orderBody(d: Draft): Record<string, unknown> {
  const named = d.elder ? { elder: d.elder } : {
    for_name: d.for_name.trim(), for_phone: d.for_phone.replace(/\s/g, ''), for_address: d.for_address.trim(),
    for_relation: d.for_relation && t(`relation.${d.for_relation}` as Key), for_compound: d.for_compound, for_lat: d.for_lat, for_lon: d.for_lon,
  }
  const all = { offer: d.offer, slot: d.slot, quantity: d.quantity, ...named, gender_wish: d.gender_wish,
    way: d.way, ...(d.diets.length ? { diets: d.diets } : {}), pay_way: d.pay_way, password: d.password.trim(), note: d.note.trim() }
  return Object.fromEntries(Object.entries(all).filter(([, v]) => v !== '' && v !== undefined))
}
