/* answers.d.ts - what the server answers, made by tools/types.mjs. tidy: allow file-length - made */
import type { Day, Id, Moment } from './types'

/* get /api/near */
export type Near = {
  profile?: string
  profile_name?: string
  speed?: number
  minutes?: number
  home?: {
    name?: string
    lat: number
    lon: number
    snapped: boolean
  }
  as_of: Moment
  total: number
  more?: boolean
  items: {
    id: Id
    name: string
    kind: 'institution' | 'station' | 'district_centre' | 'day_centre' | 'meal_point' | 'central_kitchen' | 'clinic' | 'pharmacy' | 'provider' | 'property' | 'shop' | 'bank' | 'barber' | 'community_office' | 'other'
    kind_name: string
    org?: Id
    org_name?: string
    lat: number
    lon: number
    phone?: string
    address?: string
    price_from?: number
    price_text?: string
    verified_at?: Moment
    verified_days?: number
    overdue?: boolean
    sunk?: boolean
    rating_level?: number
    rating_text?: string
    beds_free?: number
    operation_mode?: 'unknown' | 'public' | 'entrusted' | 'private'
    medical?: string
    levels?: string[]
    offers: {
      id: Id
      name: string
      price: number
      unit: 'time' | 'hour' | 'meal' | 'day' | 'month'
    }[]
    seconds?: number
    metres?: number
    minutes_text?: string
    straight_m?: number
    open: string
    open_text: string
  }[]
  unreached?: number
  serves?: {
    by: string
    area?: string
    place: {
      id: Id
      name: string
      kind: 'institution' | 'station' | 'district_centre' | 'day_centre' | 'meal_point' | 'central_kitchen' | 'clinic' | 'pharmacy' | 'provider' | 'property' | 'shop' | 'bank' | 'barber' | 'community_office' | 'other'
      kind_name: string
      org?: Id
      org_name?: string
      lat: number
      lon: number
      phone?: string
      address?: string
      price_from?: number
      price_text?: string
      verified_at?: Moment
      verified_days?: number
      overdue?: boolean
      sunk?: boolean
      rating_level?: number
      rating_text?: string
      beds_free?: number
      operation_mode?: 'unknown' | 'public' | 'entrusted' | 'private'
      medical?: string
      levels?: string[]
      offers: {
        id: Id
        name: string
        price: number
        unit: 'time' | 'hour' | 'meal' | 'day' | 'month'
      }[]
      seconds?: number
      metres?: number
      minutes_text?: string
      straight_m?: number
      open: string
      open_text: string
    }
  }
  within?: {
    id: Id
    name: string
    path: string
    up?: Id
  }
  areas?: {
    id: Id
    name: string
    total: number
  }[]
  loosen?: {
    filter: string
    total: number
  }[]
}

/* get /api/where */
export type Where = {
  items: {
    kind: string
    id: Id
    name: string
    path: string
    lat: number
    lon: number
    has_gates: boolean
  }[]
}

/* post /api/where/address */
export type ByAddress = {
  found: boolean
  item?: {
    kind: string
    id: Id
    name: string
    path: string
    lat: number
    lon: number
    has_gates: boolean
  }
  score?: number
  level?: 'none' | 'community' | 'compound' | 'building' | 'door'
  building?: string
  why: string[]
  others: {
    kind: string
    id: Id
    name: string
    path: string
    lat: number
    lon: number
    has_gates: boolean
  }[]
}

/* get /api/what */
export type Found = {
  groups: {
    kind: string
    items: {
      id: Id
      title: string
      sub: string
      href: string
      category?: 'meal' | 'bath' | 'clean' | 'walk' | 'medical' | 'urgent' | 'companion' | 'day_care' | 'errand' | 'rehab' | 'repair' | 'course'
      place?: {
        id: Id
        name: string
        kind: 'institution' | 'station' | 'district_centre' | 'day_centre' | 'meal_point' | 'central_kitchen' | 'clinic' | 'pharmacy' | 'provider' | 'property' | 'shop' | 'bank' | 'barber' | 'community_office' | 'other'
        kind_name: string
        org?: Id
        org_name?: string
        lat: number
        lon: number
        phone?: string
        address?: string
        price_from?: number
        price_text?: string
        verified_at?: Moment
        verified_days?: number
        overdue?: boolean
        sunk?: boolean
        rating_level?: number
        rating_text?: string
        beds_free?: number
        operation_mode?: 'unknown' | 'public' | 'entrusted' | 'private'
        medical?: string
        levels?: string[]
        offers: {
          id: Id
          name: string
          price: number
          unit: 'time' | 'hour' | 'meal' | 'day' | 'month'
        }[]
        seconds?: number
        metres?: number
        minutes_text?: string
        straight_m?: number
        open: string
        open_text: string
      }
    }[]
  }[]
  used?: {
    words: string
    way: 'sound' | 'part'
  }
}

/* get /api/route */
export type RouteWords = {
  seconds: number
  metres: number
  profile: string
  profile_name: string
  steps: {
    turn: string
    text: string
    metres: number
    seconds: number
  }[]
  geometry: unknown
}

/* get /api/place/{id}/page */
export type PlacePage = {
  place: Place
  kind_name: string
  open: string
  open_text: string
  rating_text?: string
  org?: Organisation
  papers: {
    kind: string
    kind_name: string
    number?: string
    issued_by?: string
    valid_to?: Day
  }[]
  photos: {
    id: Id
    alt: string
    href: string
  }[]
  fees: {
    id: Id
    name: string
    unit: string
    unit_name: string
    price: number
    note?: string
  }[]
  offers: {
    id: Id
    name: string
    price: number
    unit_note?: string
    lead_min: number
    description?: string
    item: Id
    plain_name: string
    unit: 'time' | 'hour' | 'meal' | 'day' | 'month'
    unit_name: string
    duration_min: number
    category: 'meal' | 'bath' | 'clean' | 'walk' | 'medical' | 'urgent' | 'companion' | 'day_care' | 'errand' | 'rehab' | 'repair' | 'course'
    category_name: string
    at_home: boolean
    gender_matters: boolean
  }[]
  rating: {
    n: number
    mean?: number
    latest: {
      stars: number
      words?: string
      reply?: string
      day: Day
    }[]
  }
  carers: {
    id: Id
    name: string
    gender: string
    skills: string[]
  }[]
  notices: {
    id: Id
    title: string
    show_from?: Day
  }[]
}

/* get /api/catalogue */
export type Catalogue = {
  categories: {
    key: 'meal' | 'bath' | 'clean' | 'walk' | 'medical' | 'urgent' | 'companion' | 'day_care' | 'errand' | 'rehab' | 'repair' | 'course'
    name: string
    items: {
      id: Id
      name: string
      plain_name: string
      unit: 'time' | 'hour' | 'meal' | 'day' | 'month'
      duration_min: number
      price_from?: number
      door: 'home' | 'meal' | 'institution' | 'other'
    }[]
  }[]
}

/* get /api/offer/{id}/slots */
export type Slots = {
  days?: {
    day?: Day
    weekday?: number
    name?: string
    slots?: {
      id?: string
      start_min?: number
      end_min?: number
      left?: number
      text?: string
    }[]
  }[]
}

/* post /api/order/price */
export type Price = {
  price: number
  own_pay: number
  price_note: string
  parts: {
    payer: 'own' | 'subsidy' | 'coupon' | 'quota'
    payer_name: string
    amount: number
    reason: string
  }[]
  cancel_rule_text: string
  cut_off?: Moment
  cut_off_text?: string
  warnings?: string[]
  pay_ways: {
    key: 'cash' | 'station_qr' | 'transfer' | 'monthly'
    name: string
  }[]
}

/* get /api/my/orders/{id} */
export type OrderPage = {
  order: CareOrder
  parts: {
    payer: 'own' | 'subsidy' | 'coupon' | 'quota'
    payer_name: string
    amount: number
    reason: string
  }[]
  visit?: {
    id: Id
    state: 'planned' | 'arrived' | 'done' | 'not_met' | 'cancelled'
    day: Day
    start_min: number
    end_min: number
    arrived_at?: Moment
    done_at?: Moment
    photos_n: number
    photos?: {
      id: Id
      size: number
      type: string
      name?: string
      note?: string
      created_at: Moment
      href: string
      small?: string
    }[]
    carer?: {
      id: Id
      name: string
      gender: 'unknown' | 'male' | 'female'
      about: string
      visits_here: number
      photo?: string
      papers: {
        kind: string
        number: string
        valid_to?: Day
      }[]
    }
  }
  timeline: {
    at: Moment
    text: string
    by: string
  }[]
  cancel_fee_now: number
}

/* get /api/my */
export type My = {
  me: {
    account: Id
    name?: string
    phone?: string
    elder?: Id
  }
  elders: {
    id: Id
    name: string
    relation: string
    relation_name: string
    bond?: Id
    version?: number
    may: ('order' | 'records' | 'money' | 'alarms')[]
    compound?: Id
    compound_name?: string
    lat?: number
    lon?: number
    address: string
  }[]
  asked: {
    bond: Id
    version: number
    relation: 'child' | 'spouse' | 'sibling' | 'grandchild' | 'neighbour' | 'other'
    relation_name: string
    state: 'asked' | 'active' | 'refused' | 'ended'
    asked_at: Moment
    papers: {
      id: Id
      size: number
      type: string
      name?: string
      note?: string
      created_at: Moment
      href: string
      small?: string
    }[]
  }[]
}

/* post /api/order/basket/price */
export type BasketPrice = {
  price: number
  own_pay: number
  subsidy: number
  items: {
    offer: Id
    name: string
    at_home: boolean
    gender_matters: boolean
    price: number
    own_pay: number
    price_note: string
    parts: {
      payer: 'own' | 'subsidy' | 'coupon' | 'quota'
      payer_name: string
      amount: number
      reason: string
    }[]
    cancel_rule_text: string
  }[]
  clashes: {
    item: number
    with?: number
    number?: string
    text: string
  }[]
  pay_ways: {
    key: 'cash' | 'station_qr' | 'transfer' | 'monthly'
    name: string
  }[]
}

/* post /api/order/basket */
export type BasketPlaced = {
  basket: string
  price: number
  own_pay: number
  subsidy: number
  orders: {
    order: CareOrder
    parts: {
      payer: 'own' | 'subsidy' | 'coupon' | 'quota'
      payer_name: string
      amount: number
      reason: string
    }[]
    visit?: {
      id: Id
      state: 'planned' | 'arrived' | 'done' | 'not_met' | 'cancelled'
      day: Day
      start_min: number
      end_min: number
      arrived_at?: Moment
      done_at?: Moment
      photos_n: number
      photos?: {
        id: Id
        size: number
        type: string
        name?: string
        note?: string
        created_at: Moment
        href: string
        small?: string
      }[]
      carer?: {
        id: Id
        name: string
        gender: 'unknown' | 'male' | 'female'
        about: string
        visits_here: number
        photo?: string
        papers: {
          kind: string
          number: string
          valid_to?: Day
        }[]
      }
    }
    timeline: {
      at: Moment
      text: string
      by: string
    }[]
    cancel_fee_now: number
  }[]
}

/* get /api/carer/day */
export type CarerDay = {
  day: Day
  visits: {
    visit: Visit
    number: string
    item: string
    for_name: string
    address: string
    note: string
    lat?: number
    lon?: number
    phone?: string
    password?: string
    to_collect: number
    codes?: {
      kind: string
      salt: string
      hash: string
    }[]
  }[]
}

/* get /api/meal/tables */
export type Tables = {
  day: Day
  sitting: 'none' | 'breakfast' | 'lunch' | 'supper'
  sitting_name: string
  items: {
    place: Id
    name: string
    phone?: string
    closed: boolean
    closed_reason?: string
    cut_off: Moment
    cut_off_text: string
    past: boolean
    delivered: boolean
    offers: {
      id: Id
      name: string
      way: 'none' | 'eat_in' | 'take_away' | 'delivered'
      way_name: string
      price: number
      own_pay: number
      why: string
      area_m?: number
    }[]
    dishes: {
      kind: 'set' | 'meat' | 'vegetable' | 'staple' | 'soup' | 'side'
      kind_name: string
      name: string
      suits: string[]
      suits_text: string
      price: number
    }[]
    register?: {
      operated_by: 'unknown' | 'institution' | 'catering' | 'canteen' | 'village' | 'kitchen' | 'other'
      operated_by_name: string
      open_kitchen: 'unknown' | 'closed' | 'window' | 'video'
      open_kitchen_name: string
      hygiene: 'none' | 'a' | 'b' | 'c'
      hygiene_name: string
      hygiene_on?: Day
      hygiene_source?: string
      delivers: boolean
      seats: number
      kitchen_name?: string
    }
    warnings: string[]
  }[]
}

/* get /api/meal/menu */
export type MenuDays = {
  days: {
    day: Day
    sittings: {
      sitting: 'none' | 'breakfast' | 'lunch' | 'supper'
      sitting_name: string
      cut_off: Moment
      cut_off_text: string
      dishes: {
        kind: 'set' | 'meat' | 'vegetable' | 'staple' | 'soup' | 'side'
        kind_name: string
        name: string
        suits: string[]
        suits_text: string
        price: number
      }[]
    }[]
  }[]
}

export type Place = {
  id?: Id
  version?: number
  scope?: string
  created_at?: Moment
  ended_at?: Moment
  org?: Id
  name?: string
  kind?: 'institution' | 'station' | 'district_centre' | 'day_centre' | 'meal_point' | 'central_kitchen' | 'clinic' | 'pharmacy' | 'provider' | 'property' | 'shop' | 'bank' | 'barber' | 'community_office' | 'other'
  division?: Id
  lat?: number
  lon?: number
  datum?: 'wgs84' | 'gcj02' | 'bd09' | 'cgcs2000'
  address?: string
  phone?: string
  duty_phone?: string
  hours?: string
  closed_on?: Day
  closed_until?: Day
  closed_reason?: string
  capacity?: number
  beds_total?: number
  beds_free?: number
  beds_at?: Moment
  beds_by?: Id
  levels?: ('unknown' | 'intact' | 'mild' | 'moderate' | 'severe' | 'total')[]
  price_low?: number
  price_high?: number
  medical?: 'none' | 'cooperates' | 'inside'
  founded?: 'unknown' | 'public' | 'private' | 'public_built'
  operated?: 'unknown' | 'public' | 'entrusted' | 'private'
  nonprofit?: boolean
  rating_scheme?: 'none' | 'national' | 'star'
  rating_level?: number
  rating_until?: Day
  accessible?: ('ramp' | 'lift' | 'toilet' | 'wheelchair' | 'parking')[]
  state?: 'draft' | 'submitted' | 'published' | 'withdrawn'
  submitted_by?: Id
  verified_at?: Moment
  verified_by?: Id
  verify_until?: Day
  org_title?: string
  division_title?: string
  beds_by_title?: string
  submitted_by_title?: string
  verified_by_title?: string
} & {
  actions?: Record<string, unknown>[]
}

export type Organisation = {
  id?: Id
  version?: number
  scope?: string
  created_at?: Moment
  ended_at?: Moment
  name?: string
  kind?: 'institution' | 'station' | 'district_centre' | 'day_centre' | 'meal_point' | 'central_kitchen' | 'clinic' | 'pharmacy' | 'provider' | 'property' | 'shop' | 'bank' | 'barber' | 'assessor' | 'government' | 'community_office' | 'other'
  uscc?: string
  parent?: Id
  division?: Id
  legal_person?: string
  phone?: string
  duty_phone?: string
  address?: string
  description?: string
  state?: 'draft' | 'submitted' | 'published' | 'withdrawn'
  submitted_by?: Id
  verified_at?: Moment
  verified_by?: Id
  verify_until?: Day
  parent_title?: string
  division_title?: string
  submitted_by_title?: string
  verified_by_title?: string
} & {
  actions?: Record<string, unknown>[]
}

export type CareOrder = {
  id?: Id
  version?: number
  scope?: string
  created_at?: Moment
  ended_at?: Moment
  number?: string
  basket?: string
  account?: Id
  placed_by?: Id
  channel?: 'web' | 'phone' | 'counter' | 'paper' | 'device' | 'api' | 'job'
  elder?: Id
  org?: Id
  offer?: Id
  item?: Id
  place?: Id
  slot?: Id
  day?: Day
  start_min?: number
  end_min?: number
  quantity?: number
  for_name?: string
  for_phone?: string
  for_address?: string
  for_compound?: Id
  for_lat?: number
  for_lon?: number
  for_relation?: string
  told?: 'no' | 'yes' | 'agreed' | 'refused'
  told_at?: Moment
  price?: number
  own_pay?: number
  subsidy?: number
  coupon?: number
  quota?: number
  price_note?: string
  pay_way?: 'cash' | 'station_qr' | 'transfer' | 'monthly'
  paid?: boolean
  paid_at?: Moment
  gender_wish?: 'none' | 'female' | 'male'
  carer_wish?: Id
  password?: string
  note?: string
  cancel_fee?: number
  reason?: string
  sitting?: 'none' | 'breakfast' | 'lunch' | 'supper'
  way?: 'none' | 'eat_in' | 'take_away' | 'delivered'
  diets?: ('diabetic' | 'low_salt' | 'low_fat' | 'soft' | 'halal' | 'vegetarian')[]
  cut_off?: Moment
  late?: boolean
  standing?: Id
  state?: 'draft' | 'placed' | 'accepted' | 'declined' | 'assigned' | 'under_way' | 'served' | 'confirmed' | 'rated' | 'cancelled' | 'not_met' | 'disputed'
  account_title?: string
  placed_by_title?: string
  elder_title?: string
  org_title?: string
  offer_title?: string
  item_title?: string
  place_title?: string
  slot_title?: string
  for_compound_title?: string
  carer_wish_title?: string
  standing_title?: string
} & {
  actions?: Record<string, unknown>[]
}

export type Visit = {
  id?: Id
  version?: number
  scope?: string
  created_at?: Moment
  ended_at?: Moment
  care_order?: Id
  org?: Id
  account?: Id
  elder?: Id
  carer?: Id
  day?: Day
  start_min?: number
  end_min?: number
  state?: 'planned' | 'arrived' | 'done' | 'not_met' | 'cancelled'
  arrived_at?: Moment
  done_at?: Moment
  arrived_known_at?: Moment
  done_known_at?: Moment
  clock_off_s?: number
  entered_late?: boolean
  arrived_lat?: number
  arrived_lon?: number
  note?: string
  result?: 'none' | 'well' | 'needs_attention'
  backdated?: boolean
  signed_by?: string
  care_order_title?: string
  org_title?: string
  account_title?: string
  elder_title?: string
  carer_title?: string
} & {
  actions?: Record<string, unknown>[]
}
