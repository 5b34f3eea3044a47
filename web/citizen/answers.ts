/*
 * answers.ts - the citizen's names for what the server answers. The shapes are made from the
 * server's own document (tools/types.mjs): a field that it drops breaks the faces that read it.
 */
import type * as Made from '@shared/answers'
import type { Action, Id, Moment, Sure, Worded } from '@shared/types'

export type { BasketPlaced, BasketPrice, ByAddress, Catalogue, Found, MenuDays, My, RouteWords, Shown, Tables } from '@shared/answers'

export type Open = 'open' | 'closing' | 'closed' | 'closed_today' | 'unknown'
export type NearItem = Worded<Made.Near['items'][number], 'open', Open>
export type NearOffer = NearItem['offers'][number]
type Serves = NonNullable<Made.Near['serves']>
export type Near = Omit<Sure<Made.Near, 'profile' | 'profile_name' | 'speed' | 'minutes' | 'home'>, 'items' | 'serves'>
  & { items: NearItem[]; serves?: Omit<Serves, 'place'> & { place: NearItem } }

export type CatalogueItem = Made.Catalogue['categories'][number]['items'][number]
export type Offer = Made.PlacePage['offers'][number]
export type Paper = Made.PlacePage['papers'][number]
export type PlacePage = Omit<Worded<Made.PlacePage, 'open', Open>, 'place' | 'org'> & {
  place: Sure<Made.Place, 'id' | 'name' | 'kind' | 'lat' | 'lon'>
  org?: Sure<Made.Organisation, 'id' | 'name'>
}

type Days = NonNullable<Made.Slots['days']>[number]
export type Slot = Sure<NonNullable<Days['slots']>[number], 'id' | 'start_min' | 'end_min' | 'left' | 'text'>
export type SlotDay = Omit<Sure<Days, 'day'>, 'slots'> & { slots: Slot[] }

export type Price = Made.Price
export type CareOrder = Omit<Sure<Made.CareOrder, 'id' | 'version' | 'number' | 'state' | 'day' | 'start_min' | 'end_min' | 'quantity' | 'price' | 'own_pay'>, 'actions'>
  & { actions?: Action[] }
export type OrderPage = Omit<Made.OrderPage, 'order'> & { order: CareOrder }

export type MyElder = Made.My['elders'][number]
export type MyAsked = Made.My['asked'][number]

/* A file as every entity's files answer (@shared/files). */
export interface FileOf { id: Id; type: string; size: number; href: string; small?: string; created_at: Moment }
export interface Look { elder: Id; at: Moment; role: string; role_name?: string; org?: Id; what: string; reason?: string }
