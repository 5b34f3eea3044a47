/* answers.ts - the shapes of the citizen's answers, until they are made from the server's document. */
import type { Action, Day, Fen, Id, Moment } from '@shared/types'

export interface NearOffer { id: Id; name: string; price: Fen; unit: string }
export type Open = 'open' | 'closing' | 'closed' | 'closed_today' | 'unknown'

export interface NearItem {
  id: Id; name: string; kind: string; kind_name: string; org?: Id; org_name?: string
  seconds?: number; metres?: number; minutes_text?: string; straight_m?: number
  open: Open; open_text: string; phone?: string; address?: string
  price_from?: Fen; price_text?: string; verified_at?: Moment; verified_days?: number; overdue?: boolean; sunk?: boolean
  rating_level?: number; rating_text?: string; beds_free?: number
  operation_mode?: string; medical?: string; levels?: string[]; lat: number; lon: number
  offers: NearOffer[]
}

export interface Near {
  profile: string; profile_name: string; speed: number; minutes: number
  home: { name?: string; lat: number; lon: number; snapped: boolean }
  as_of: Moment; total: number; more?: boolean; items: NearItem[]; unreached: number
  within?: { id: Id; name: string; path: string; up?: Id }
  areas?: { id: Id; name: string; total: number }[]
  serves?: { by: 'duty_area' | 'walk'; area?: string; place: NearItem }
  loosen?: { filter: string; total: number }[]
}

export interface CatalogueItem { id: Id; name: string; plain_name: string; unit: string; duration_min: number; price_from?: Fen; door: string }
export interface Catalogue { categories: { key: string; name: string; items: CatalogueItem[] }[] }

export interface Offer {
  id: Id; name: string; plain_name?: string; price: Fen; unit?: string; unit_name?: string; unit_note?: string; item?: Id
  duration_min?: number; gender_matters?: boolean; at_home?: boolean; lead_min?: number; description?: string
}
export interface Paper { id?: Id; kind: string; kind_name?: string; number?: string; issued_by?: string; valid_to?: Day }

export interface PlacePage {
  place: {
    id: Id; name: string; kind: string; address?: string; phone?: string; duty_phone?: string
    hours?: string; closed_reason?: string; capacity?: number
    beds_total?: number; beds_free?: number; beds_at?: Moment; beds_by?: string
    levels?: string[]; price_low?: Fen; price_high?: Fen; medical?: string; founded?: string; operated?: string
    nonprofit?: boolean; rating_scheme?: string; rating_level?: number; rating_until?: Day; accessible?: string[]
    verified_at?: Moment; verified_by?: string; verify_until?: Day; lat: number; lon: number
  }
  kind_name: string; open: Open; open_text: string; rating_text?: string
  org?: { id: Id; name: string; uscc?: string; phone?: string; duty_phone?: string; description?: string }
  papers: Paper[]
  fees: { id: Id; name: string; unit: string; unit_name?: string; price: Fen; note?: string }[]
  offers: Offer[]
  rating: { n: number; mean?: number; latest: { stars: number; words?: string; day: Day; reply?: string }[] }
  carers?: { id: Id; name: string; gender: string; skills: string[] }[]
  notices?: { id: Id; title: string; show_from?: Day }[]
}

export interface Slot { id: Id; start_min: number; end_min: number; left: number; text: string }
export interface SlotDay { day: Day; weekday?: string; name?: string; slots: Slot[] }

export interface Price {
  price: Fen; own_pay: Fen; price_note?: string
  parts: { payer: string; payer_name: string; amount: Fen; reason?: string }[]
  cancel_rule_text: string
  pay_ways: { key: string; name: string; text?: string }[]
}

export interface CareOrder {
  id: Id; version: number; number: string; state: string; state_name?: string
  item_title?: string; offer?: Id; offer_title?: string; place?: Id; place_title?: string; org?: Id; org_title?: string
  day: Day; start_min: number; end_min: number; quantity: number
  for_name?: string; for_phone?: string; for_address?: string; for_relation?: string; told?: string
  price: Fen; own_pay: Fen; pay_way?: string; paid?: boolean; password?: string; note?: string
  gender_wish?: string; cancel_fee?: Fen; reason?: string; created_at?: Moment; actions?: Action[]
}

export interface OrderPage {
  order: CareOrder
  parts: Price['parts']
  visit?: { id: Id; state: string; photos_n: number; photos?: FileOf[]; carer?: { id: Id; name: string; gender?: string; about?: string; photo?: string; papers?: Paper[]; visits_here?: number } }
  timeline: { at: Moment; text: string; by?: string }[]
  cancel_fee_now?: Fen
}

export interface FileOf { id: Id; type: string; size: number; href: string; small?: string; created_at: Moment }

export interface MyElder {
  id: Id; name: string; relation: string; relation_name: string; bond?: Id; version?: number; may: string[]
  compound?: Id; compound_name?: string; lat?: number; lon?: number; address?: string
}
export interface MyAsked { bond: Id; version: number; relation_name: string; state: string; asked_at: Moment; papers: FileOf[] }
export interface My { me: { account: Id; name?: string; phone?: string; elder?: Id }; elders: MyElder[]; asked: MyAsked[] }
export interface Look { elder: Id; at: Moment; role: string; role_name?: string; org?: Id; what: string; reason?: string }

export interface RouteWords { seconds: number; metres: number; profile: string; steps: { text: string; metres: number; seconds: number }[] }
export interface Found { groups: { kind: 'service' | 'place' | 'compound' | 'notice'; items: { id: Id; title: string; sub?: string; href: string }[] }[] }
