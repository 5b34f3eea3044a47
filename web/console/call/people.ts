/* people.ts - whom a number belongs to, and what a caller orders. */
import { get } from '@shared/api'
import type { Caller, SlotDay } from '../answers'
import type { Row } from '../rows'

export type { Price, Slot, SlotDay } from '../answers'

/* A caller as the server found her, or an elder chosen by name. */
export type Person = Pick<Caller, 'name'> & Partial<Pick<Caller, 'elder' | 'age' | 'address' | 'why'>> & { kind: 'elder' | 'contact' | 'account'; last_order?: Row }

/* What an order is made of before it is placed. */
export interface Wanted {
  offer: string
  offer_title: string
  slot: string
  slot_text?: string /* of one that was put aside */
  quantity: number
  gender_wish: string
  carer_wish: string
  carer_wish_title: string
  pay_way: string
  password: string
  note: string
  same_min: number /* start of the last order's slot: the new one begins there if it can */
}

export const wantedNew = (): Wanted => ({
  offer: '', offer_title: '', slot: '', quantity: 1, gender_wish: 'none', carer_wish: '', carer_wish_title: '',
  pay_way: '', password: '', note: '', same_min: -1,
})

const text = (v: unknown) => (v === undefined || v === null ? '' : String(v))

/* "The same girl as last time, the usual." */
export function wantedAgain(last: Row): Wanted {
  return {
    ...wantedNew(),
    offer: text(last.offer),
    offer_title: text(last.offer_title) || text(last.item_title),
    quantity: Number(last.quantity ?? 1) || 1,
    gender_wish: text(last.gender_wish) || 'none',
    carer_wish: text(last.carer) || text(last.carer_wish),
    carer_wish_title: text(last.carer_title) || text(last.carer_wish_title),
    pay_way: text(last.pay_way),
    same_min: Number(last.start_min ?? -1),
  }
}

/* What was placed: one order, or a basket of them; `open` leads to it in the list. */
export interface Placed { number: string; n: number; open: string }

/* The same carer and the next time at which she is free; what the house cannot say is chosen by hand. */
export async function wantedUsual(last: Row): Promise<Wanted> {
  const usual = wantedAgain(last)
  try {
    const a = await get<{ offer: string; carer?: string; carer_title?: string; slot?: string }>('/api/call/again', { order: last.id })
    return { ...usual, carer_wish: a.carer ?? usual.carer_wish, carer_wish_title: a.carer_title ?? usual.carer_wish_title, slot: a.slot ?? '' }
  } catch {
    return usual
  }
}

/* Who it is for when the number is nobody's. */
export interface Stranger { for_name: string; for_phone: string; for_address: string; for_compound: string; for_relation: string }

/* The next free slot at the usual hour, else the first free one. */
export function slotFor(days: SlotDay[], same_min: number): string {
  const free = days.flatMap((d) => d.slots.filter((s) => s.left > 0))
  return (free.find((s) => s.start_min === same_min) ?? free[0])?.id ?? ''
}
