/* answers.d.ts - what the server answers, made by tools/types.mjs. tidy: allow file-length - made */
import type { Day, Id, Moment } from './types'

/* get /api/dispatch/way */
export type DispatchWay = {
  stamp: string
  legs: {
    order: Id
    straight: boolean
    points: {
      lat: number
      lon: number
    }[]
  }[]
  straight_n: number
}

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
  papers_days: number
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
    errand: 'none' | 'shopping' | 'meal' | 'bills' | 'medicine' | 'registration' | 'housekeeping' | 'clinic'
    carers: number
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
      staff?: boolean
      text?: string
    }[]
  }[]
}

/* post /api/order/price */
export type Price = {
  price: number
  own_pay: number
  price_note: string
  carers: number
  parts: {
    payer: 'own' | 'subsidy' | 'coupon' | 'quota' | 'station'
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
    payer: 'own' | 'subsidy' | 'coupon' | 'quota' | 'station'
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
  second_visit?: {
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
    renew_days: number
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
    carers: number
    parts: {
      payer: 'own' | 'subsidy' | 'coupon' | 'quota' | 'station'
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
      payer: 'own' | 'subsidy' | 'coupon' | 'quota' | 'station'
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
    second_visit?: {
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

/* get /api/delivery/day */
export type DeliveryDay = {
  place: Id
  lat: number
  lon: number
  hot_minutes: number
  people: {
    id: Id
    version: number
    carer?: Id
    name: string
    travel: 'walk' | 'bicycle' | 'ebike' | 'bus' | 'car'
    boxes: number
    from_min: number
    until_min: number
    comes: boolean
  }[]
  usual: {
    id: Id
    version: number
    carer?: Id
    name: string
    travel: 'walk' | 'bicycle' | 'ebike' | 'bus' | 'car'
    boxes: number
    from_min: number
    until_min: number
    comes: boolean
  }[]
  runs: {
    run: MealRun
    who: string
    stops: MealStop[]
  }[]
  spots: {
    care_order: Id
    lat: number
    lon: number
  }[]
  left_out: {
    care_order: Id
    number: string
    for_name: string
    door: string
    quantity: number
    why: 'boxes' | 'far' | 'time' | 'crowded' | 'nobody'
    why_text: string
  }[]
}

/* get /api/delivery/repair */
export type DeliveryRepair = {
  help: 'none' | 'earlier' | 'later' | 'one_more'
  by: number
  left_out: number
  text: string
}

/* get /api/carer/day */
export type CarerDay = {
  day: Day
  visits: {
    visit: Visit
    number: string
    item: string
    category: 'meal' | 'bath' | 'clean' | 'walk' | 'medical' | 'urgent' | 'companion' | 'day_care' | 'errand' | 'rehab' | 'repair' | 'course'
    for_name: string
    address: string
    note: string
    lat?: number
    lon?: number
    phone?: string
    password?: string
    to_collect: number
    with?: {
      name: string
      state: 'planned' | 'arrived' | 'done' | 'not_met' | 'cancelled'
      collects: boolean
    }
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

/* get /api/inspection/shown */
export type Shown = {
  items: {
    day: Day
    score: number
    grade: 'none' | 'good' | 'fair' | 'poor'
    grade_name: string
    kind: 'meals' | 'safety' | 'fire'
    title: string
    failing: number
    mended: number
  }[]
}

/* get /api/circle/around */
export type Around = {
  profile: string
  profile_name: string
  speed: number
  minutes: number
  home: {
    name?: string
    lat: number
    lon: number
    snapped: boolean
  }
  as_of: Moment
  words: string
  kinds: {
    kind: 'institution' | 'station' | 'district_centre' | 'day_centre' | 'meal_point' | 'central_kitchen' | 'clinic' | 'pharmacy' | 'provider' | 'property' | 'shop' | 'bank' | 'barber' | 'community_office' | 'other'
    kind_name: string
    text: string
    promised: boolean
    count: number
    open_now: number
    items: {
      place: Id
      name: string
      lat: number
      lon: number
      seconds: number
      metres: number
      minutes_text: string
      open: string
    }[]
  }[]
  missing: {
    kind: 'institution' | 'station' | 'district_centre' | 'day_centre' | 'meal_point' | 'central_kitchen' | 'clinic' | 'pharmacy' | 'provider' | 'property' | 'shop' | 'bank' | 'barber' | 'community_office' | 'other'
    kind_name: string
    text: string
    nearest?: {
      place: Id
      name: string
      lat: number
      lon: number
      seconds: number
      metres: number
      minutes_text: string
      open: string
    }
  }[]
  shut: {
    place: Id
    name: string
    lat: number
    lon: number
    seconds: number
    metres: number
    minutes_text: string
    open: string
  }[]
  promise: {
    kinds: string[]
    source: string
    status: string
    status_name: string
    since?: Day
  }
  more: boolean
}

/* get /api/bed/balance */
export type Beds = {
  as_of: Moment
  definition: string
  norms: {
    kind: 'institution' | 'station' | 'home'
    parameter: string
    value: string
    source: string
    status: string
    status_name: string
  }[]
  total: {
    division?: Id
    name: string
    elders: number
    unsaid: number
    classes: {
      kind: 'institution' | 'station' | 'home'
      kind_name: string
      have?: number
      used?: number
      used_of?: number
      need: number
      uncounted: number
      gap?: number
      share?: number
      rule_share?: number
      norm?: number
      as_of?: Day
      source?: string
      list?: string
    }[]
    have: number
    need: number
    gap: number
    per_1000?: number
    rank?: number
  }
  districts: {
    division?: Id
    name: string
    elders: number
    unsaid: number
    classes: {
      kind: 'institution' | 'station' | 'home'
      kind_name: string
      have?: number
      used?: number
      used_of?: number
      need: number
      uncounted: number
      gap?: number
      share?: number
      rule_share?: number
      norm?: number
      as_of?: Day
      source?: string
      list?: string
    }[]
    have: number
    need: number
    gap: number
    per_1000?: number
    rank?: number
  }[]
  streets: {
    division?: Id
    name: string
    elders: number
    unsaid: number
    classes: {
      kind: 'institution' | 'station' | 'home'
      kind_name: string
      have?: number
      used?: number
      used_of?: number
      need: number
      uncounted: number
      gap?: number
      share?: number
      rule_share?: number
      norm?: number
      as_of?: Day
      source?: string
      list?: string
    }[]
    have: number
    need: number
    gap: number
    per_1000?: number
    rank?: number
  }[]
}

/* get /api/today/rank */
export type Rank = {
  as_of?: Moment
  key?: string
  name?: string
  unit?: string
  definition?: string
  items?: {
    division?: Id
    name?: string
    rank?: number
    value?: number
    text?: string
    whole?: number
    state?: 'good' | 'watch' | 'bad'
    division_title?: string
  }[]
}

/* get /api/todo */
export type Todo = {
  as_of?: Moment
  total?: number
  late?: number
  today?: number
  count_max?: number
  cut?: boolean
  entities?: string
  kinds?: {
    key?: string
    name?: string
    entity?: string
    entity_name?: string
    list?: string
    weight?: 'usual' | 'urgent' | 'low'
    taken?: boolean
    total?: number
    late?: number
    today?: number
  }[]
  items?: {
    kind?: string
    entity?: string
    id?: string
    title?: string
    when?: 'late' | 'today' | 'later' | 'some_day'
    weight?: 'usual' | 'urgent' | 'low'
    due?: Moment
    day_only?: boolean
    owner?: string
    owner_title?: string
    mine?: boolean
    handed_by?: string
    handed_why?: string
    version?: number
    parts?: {
      text?: string
      day?: Day
      at?: Moment
    }[]
    actions?: {
      name?: string
      label?: string
    }[]
  }[]
}

/* get /api/todo/counts */
export type TodoCounts = {
  as_of?: Moment
  total?: number
  late?: number
  today?: number
  count_max?: number
  cut?: boolean
  entities?: string
}

/* get /api/todo/colleagues */
export type Colleagues = {
  items: {
    account: Id
    name: string
    role_name: string
  }[]
}

/* get /api/call */
export type Callers = {
  people: {
    kind: string
    why: string
    elder: Id
    name: string
    age?: number
    gender?: string
    address: string
    compound?: Id
    last_order?: CareOrder
  }[]
}

/* get /api/today */
export type Today = {
  as_of?: Moment
  division?: Id
  division_title?: string
  figures?: {
    key?: string
    name?: string
    definition?: string
    unit?: string
    value?: number
    text?: string
    whole?: number
    compare?: string
    state?: 'good' | 'watch' | 'bad'
    as_of?: Moment
    list?: string
    parts?: {
      key?: string
      name?: string
      value?: number
      list?: string
    }[]
  }[]
}

/* get /api/today/domains */
export type Domains = {
  as_of?: Moment
  definition?: string
  domains?: {
    domain?: 'institution' | 'day_care' | 'home' | 'meal' | 'culture' | 'emergency' | 'medical' | 'rehab'
    name?: string
    offers?: number
    orders?: number
    served?: number
    offers_list?: string
    orders_list?: string
    served_list?: string
  }[]
}

/* get /api/verification/freshness */
export type Freshness = {
  as_of?: Moment
  definition?: string
  divisions?: {
    division?: Id
    name?: string
    places?: number
    overdue?: number
    never?: number
    fresh_percent?: number
    oldest?: Moment
    list?: string
    division_title?: string
  }[]
}

/* post /api/bulk */
export type BulkDone = {
  done: number
  failed: number
  results: {
    id: string
    done: boolean
    version?: number
    key?: string
    message?: string
    fields?: {
      field: string
      key: string
      message: string
    }[]
  }[]
}

/* get /api/station/day */
export type StationDay = {
  day: Day
  org: Id
  orders_waiting: CareOrder[]
  visits: {
    visit: Visit
    order: CareOrder
    late: boolean
  }[]
  carers: {
    id: Id
    name: string
    gender: 'unknown' | 'male' | 'female'
    skills?: string[]
    away: boolean
    visits_n: number
    load_min: number
    not_to: string[]
  }[]
}

/* post /api/station/move */
export type Moves = {
  moves: {
    visit: Id
    start_min: number
    end_min: number
    clash: boolean
    why?: string
    moved: boolean
  }[]
  done: boolean
}

/* get /api/parameter/names */
export type ParameterNames = {
  names: {
    name: string
    title: string
    unit: string
    default_value: string
    default_source: string
    value: string
    versions: number
    unchecked: number
    places: number
    next?: Day
  }[]
}

/* get /api/parameter/versions */
export type ParameterVersions = {
  name: string
  title: string
  unit: string
  default_value: string
  default_source: string
  columns: {
    place: string
    division?: Id
    may_set: boolean
    versions: Parameter[]
    gaps: {
      from: Day
      to: Day
      reason: string
    }[]
  }[]
  whole: boolean
  held: {
    day: Day
    value: string
    version?: Id
    since?: Day
    place?: string
  }[]
}

/* get /api/calendar/year */
export type Year = {
  year: number
  known: boolean
  working_days: number
  days_off: number
  days: {
    id: Id
    day: Day
    kind: string
    kind_name: string
    name: string
    source: string
  }[]
}

/* get /api/calendar/deadline */
export type Deadline = {
  from: Day
  unit: string
  n: number
  until: Day
  until_at: Moment
  rolled_from?: Day
  counted: {
    from: Day
    to: Day
    days: number
    why: string
    why_name: string
    name: string
  }[]
}

/* get /api/elder/birthdays */
export type Birthdays = {
  total: number
  items: {
    elder: Id
    name: string
    home: string
    birth: Day
    by: string
    by_name: string
    next: Day
    in_days: number
    turns: number
    milestone: number
    born_in_leap: boolean
    lunar?: string
  }[]
}

/* get /api/household/checks */
export type HouseholdChecks = {
  items: {
    member: Id
    version: number
    household: Id
    door: string
    kind_name: string
    elder: Id
    name: string
    what: string
    what_name: string
    people: number
    flags: string[]
  }[]
  next?: Id
}

/* get /api/visit/{id}/proofs */
export type Proofs = {
  items: {
    id: Id
    kind: 'door_code' | 'call_back' | 'family' | 'signature' | 'photo' | 'place' | 'time' | 'pin' | 'voice'
    kind_name: string
    strength: number
    result: 'pending' | 'good' | 'doubtful' | 'bad'
    result_name: string
    why: 'pending' | 'code_ok' | 'code_old' | 'code_unhung' | 'code_foreign' | 'code_unknown' | 'signed' | 'signature_seen' | 'photo_new' | 'photo_seen' | 'photo_blank' | 'photo_unreadable' | 'place_near' | 'place_far' | 'place_none' | 'place_no_home' | 'time_possible' | 'time_too_fast' | 'time_short' | 'time_whole' | 'time_late' | 'pin_ok' | 'pin_wrong' | 'voice'
    text: string
    weight: number
    at: Moment
    known_at: Moment
    other?: Id
    has_file: boolean
  }[]
}

/* get /api/address/unmatched */
export type Unmatched = {
  levels: {
    level: string
    name: string
    n: number
  }[]
  items: {
    id: Id
    version: number
    name: string
    division: Id
    division_title: string
    address: string
    level: string
    candidates: {
      level: string
      level_name: string
      score: number
      compound?: Id
      compound_title?: string
      path?: string
      lat?: number
      lon?: number
      home_building?: Id
      home_entrance?: Id
      building: string
      entrance: string
      room: string
      why: string[]
    }[]
    unknown: string
  }[]
  next?: Id
}

/* get /api/atlas */
export type Atlas = {
  as_of: Moment
  definition: string
  kind: string
  kind_name: string
  profile: string
  profile_name: string
  minutes: number
  metres: number
  ruled: boolean
  total: {
    scope: number
    path: string
    division?: Id
    name?: string
    lat?: number
    lon?: number
    elders: number
    known: number
    walk: number
    round: number
    both: number
    permille: number
    round_permille: number
    loose: number
    door: number
    building: number
    compound: number
    community: number
    unknown: number
    places: number
    list?: string
  }
  items: {
    scope: number
    path: string
    division?: Id
    name?: string
    lat?: number
    lon?: number
    elders: number
    known: number
    walk: number
    round: number
    both: number
    permille: number
    round_permille: number
    loose: number
    door: number
    building: number
    compound: number
    community: number
    unknown: number
    places: number
    list?: string
  }[]
}

/* get /api/atlas/past */
export type AtlasPast = {
  definition: string
  day: Day
  noted_on?: Day
  kind: string
  kind_name: string
  total: {
    scope: number
    path: string
    division?: Id
    name?: string
    lat?: number
    lon?: number
    known: number
    walk: number
    permille: number
  }
  items: {
    scope: number
    path: string
    division?: Id
    name?: string
    lat?: number
    lon?: number
    known: number
    walk: number
    permille: number
  }[]
}

/* get /api/atlas/homes */
export type AtlasHomes = {
  kind: string
  kind_name: string
  profile: string
  profile_name: string
  minutes: number
  metres: number
  items: {
    elder: Id
    name: string
    scope: number
    community: string
    minutes?: number
    level: string
    level_name: string
  }[]
  next?: string
}

/* post /api/scenario/try */
export type Effect = {
  as_of: Moment
  definition: string
  kind: string
  kind_name: string
  profile: string
  profile_name: string
  minutes: number
  metres: number
  measure: string
  measure_name: string
  supply: number
  then_supply: number
  total: {
    scope: number
    path: string
    division?: Id
    name?: string
    lat?: number
    lon?: number
    known: number
    walk: number
    then: number
    permille: number
    then_permille: number
    round: number
    then_round: number
    access: number
    then_access: number
  }
  items: {
    scope: number
    path: string
    division?: Id
    name?: string
    lat?: number
    lon?: number
    known: number
    walk: number
    then: number
    permille: number
    then_permille: number
    round: number
    then_round: number
    access: number
    then_access: number
  }[]
}

/* get /api/dispatch/day */
export type DispatchDay = {
  day: Day
  org: Id
  stamp: string
  streets: boolean
  month_mean_min: number
  fair_percent: number
  fair_hours: number
  open_min: number
  close_min: number
  can_undo: boolean
  untold_n: number
  told_at?: Moment
  totals: {
    visits: number
    unassigned: number
    travel_min: number
    wait_min: number
    carers_out: number
    changed_from_usual: number
  }
  carers: {
    id: Id
    name: string
    gender: 'unknown' | 'male' | 'female'
    travel: 'walk' | 'bicycle' | 'ebike' | 'bus' | 'car'
    skills?: string[]
    away: boolean
    away_why?: string
    late_until_min?: number
    shift: {
      from_min: number
      to_min: number
    }[]
    rest?: {
      from_min: number
      to_min: number
    }
    rest_lost: boolean
    shift_known: boolean
    month_min: number
    month_way_min: number
    month_done_min: number
    over_mean: boolean
    month_limit_min: number
    day_min: number
    work_min: number
    travel_min: number
    untold_n: number
    start?: {
      lat: number
      lon: number
    }
  }[]
  visits: {
    order: Id
    key: string
    seat: 'alone' | 'first' | 'second'
    with?: string
    after?: string
    after_key?: string
    order_version: number
    visit?: Id
    visit_version: number
    number: string
    item_name: string
    for_name: string
    where: string
    lat?: number
    lon?: number
    carer: string
    start_min: number
    end_min: number
    promised_min: number
    earliest_min: number
    latest_min: number
    travel_before_min: number
    wait_min: number
    expected_late_min: number
    state: 'draft' | 'placed' | 'accepted' | 'declined' | 'assigned' | 'under_way' | 'served' | 'confirmed' | 'rated' | 'cancelled' | 'not_met' | 'disputed'
    visit_state: string
    pinned: boolean
    locked: boolean
    told: boolean
    usual: boolean
    standing: boolean
    wish: string
    gender_wish: 'none' | 'female' | 'male'
    skill: 'none' | 'bath' | 'clean' | 'meal' | 'walk' | 'medical' | 'hair' | 'repair' | 'companion' | 'nurse'
    fault: string
    actions: string[]
  }[]
  unassigned_later: boolean
  unassigned: {
    order: Id
    why: string
    why_text: string
    repairs: {
      kind: string
      text: string
      changes: {
        order: Id
        order_version: number
        visit_version: number
        carer: string
        second?: string
        start_min: number
      }[]
    }[]
  }[]
}

/* post /api/dispatch/try */
export type DispatchTried = {
  fits: boolean
  reasons: string[]
  notes: string[]
  start_min: number
  end_min: number
  with?: string
  with_name?: string
  travel_more_min: number
  also: {
    order: Id
    start_before: number
    start_min: number
  }[]
  changes: {
    order: Id
    order_version: number
    visit_version: number
    carer: string
    second?: string
    start_min: number
  }[]
}

/* post /api/dispatch/replan */
export type DispatchPlan = {
  stamp: string
  changes: {
    order: Id
    order_version: number
    visit_version: number
    carer: string
    second?: string
    second_before?: string
    start_min: number
    number: string
    for_name: string
    item_name: string
    carer_before: string
    start_before: number
    told: boolean
  }[]
  before: {
    visits: number
    unassigned: number
    travel_min: number
    wait_min: number
    carers_out: number
    changed_from_usual: number
  }
  after: {
    visits: number
    unassigned: number
    travel_min: number
    wait_min: number
    carers_out: number
    changed_from_usual: number
  }
  unassigned: {
    order: Id
    why: string
    why_text: string
    repairs: {
      kind: string
      text: string
      changes: {
        order: Id
        order_version: number
        visit_version: number
        carer: string
        second?: string
        start_min: number
      }[]
    }[]
  }[]
}

/* post /api/dispatch/publish */
export type DispatchTold = {
  told: number
  untold_n: number
}

/* post /api/siting/try */
export type Siting = {
  as_of: Moment
  definition: string
  kind: string
  kind_name: string
  profile: string
  profile_name: string
  minutes: number
  metres: number
  way: string
  goal: string
  equity: number
  total: {
    known: number
    before: number
    after: number
    permille: number
    then_permille: number
  }
  gini: number
  then_gini: number
  norm_permille: number
  short: number
  then_short: number
  cost: number
  gained: number
  most: number
  gap_percent: number
  proved: boolean
  cpu_s: number
  candidates: number
  homes: number
  notes: string[]
  proposals: {
    key: string
    source: string
    source_name: string
    name: string
    lat: number
    lon: number
    id?: Id
    cost: number
    guessed: boolean
    area_m2?: number
    forced: boolean
    gain: number
    near: number
    reason: string
  }[]
  closings: {
    id: Id
    name: string
    lat: number
    lon: number
    loss: number
    reason: string
  }[]
  overlaps: {
    id: Id
    name: string
    lat: number
    lon: number
    near: number
    only: number
    with?: Id
    with_name?: string
    shared: number
    could_merge: boolean
  }[]
  items: {
    scope: number
    path: string
    division?: Id
    name?: string
    lat?: number
    lon?: number
    known: number
    before: number
    after: number
    permille: number
    then_permille: number
  }[]
  changes: unknown
}

/* post /api/siting/candidates */
export type SitingCandidates = {
  items: {
    key: string
    source: string
    source_name: string
    name: string
    lat: number
    lon: number
    id?: Id
    cost: number
    guessed: boolean
    area_m2?: number
  }[]
  stands: {
    id: Id
    name: string
    lat: number
    lon: number
  }[]
}

/* post /api/street_edit/walk */
export type Walk = {
  fit: string
  fit_name: string
  start: {
    joined: boolean
    metres?: number
    street?: string
    lat?: number
    lon?: number
  }
  end: {
    joined: boolean
    metres?: number
    street?: string
    lat?: number
    lon?: number
  }
  without_s?: number
  with_s?: number
}

/* get /api/form */
export type FormKinds = {
  items: {
    entity: string
    label: string
    fields: {
      name: string
      label: string
    }[]
  }[]
}

/* get /api/form_template/{id}/page */
export type FormPage = {
  form: FormTemplate
  pages: string[]
  heads: string[]
  rows: {
    number: number
    cells: string[]
  }[]
  trouble: string
}

/* get /api/form_template/{id}/try */
export type FormTried = {
  total: number
  rows: {
    cells: string[]
  }[]
}

/* get /api/import */
export type ImportKinds = {
  items: {
    entity: string
    label: string
    fields: {
      name: string
      label: string
      label_en: string
      required: boolean
      links: string
      flags: {
        key: string
        label: string
      }[]
    }[]
  }[]
}

/* get /api/import_batch/{id}/page */
export type ImportPage = {
  batch: ImportBatch
  mine: boolean
  returned: boolean
  progress?: {
    state: string
    done: number
    total: number
  }
  pages?: {
    name: string
    hidden: boolean
  }[]
  reading?: {
    sheet: number
    header_row: number
    header_rows: number
    mapping: {
      column?: number
      fixed?: string
      head?: string
      field: string
    }[]
  }
  heads?: string[]
  rows?: {
    number: number
    hidden: boolean
    cells: string[]
  }[]
  preview?: {
    number: number
    verdict: string
    faults: string
    cells: {
      field: string
      said: string
      value: string
      fault?: string
    }[]
  }[]
}

export type Place = {
  id: Id
  version: number
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
  actions?: {
    name: string
    label: string
    takes?: string[]
    reason?: boolean
    danger?: boolean
  }[]
}

export type Organisation = {
  id: Id
  version: number
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
  actions?: {
    name: string
    label: string
    takes?: string[]
    reason?: boolean
    danger?: boolean
  }[]
}

export type CareOrder = {
  id: Id
  version: number
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
  station_pay?: number
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
  operated_by?: 'unknown' | 'institution' | 'catering' | 'canteen' | 'village' | 'kitchen' | 'other'
  diets?: ('diabetic' | 'low_salt' | 'low_fat' | 'soft' | 'halal' | 'vegetarian')[]
  cut_off?: Moment
  late?: boolean
  standing?: Id
  gathering?: Id
  carers?: number
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
  gathering_title?: string
} & {
  actions?: {
    name: string
    label: string
    takes?: string[]
    reason?: boolean
    danger?: boolean
  }[]
}

export type MealRun = {
  id: Id
  version: number
  scope?: string
  created_at?: Moment
  ended_at?: Moment
  place?: Id
  org?: Id
  day?: Day
  sitting?: 'none' | 'breakfast' | 'lunch' | 'supper'
  bringer?: Id
  carer?: Id
  trip?: number
  travel?: 'walk' | 'bicycle' | 'ebike' | 'bus' | 'car'
  boxes?: number
  stops?: number
  portions?: number
  open?: number
  leave_min?: number
  back_min?: number
  travel_min?: number
  over_hot_min?: number
  over_late_min?: number
  over_boxes?: number
  by_streets?: boolean
  locked?: boolean
  left_at?: Moment
  done_at?: Moment
  state?: 'planned' | 'under_way' | 'done' | 'dropped'
  place_title?: string
  org_title?: string
  bringer_title?: string
  carer_title?: string
} & {
  actions?: {
    name: string
    label: string
    takes?: string[]
    reason?: boolean
    danger?: boolean
  }[]
}

export type MealStop = {
  id: Id
  version: number
  scope?: string
  created_at?: Moment
  ended_at?: Moment
  run?: Id
  org?: Id
  care_order?: Id
  elder?: Id
  day?: Day
  seq?: number
  at_min?: number
  off_map?: boolean
  door?: string
  for_name?: string
  quantity?: number
  diets?: ('diabetic' | 'low_salt' | 'low_fat' | 'soft' | 'halal' | 'vegetarian')[]
  state?: 'planned' | 'handed' | 'left' | 'nobody' | 'dropped'
  done_at?: Moment
  done_known_at?: Moment
  clock_off_s?: number
  left_with?: string
  note?: string
  signed_by?: string
  signed_at?: Moment
  papers?: number
  run_title?: string
  org_title?: string
  care_order_title?: string
  elder_title?: string
} & {
  actions?: {
    name: string
    label: string
    takes?: string[]
    reason?: boolean
    danger?: boolean
  }[]
}

export type Visit = {
  id: Id
  version: number
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
  seat?: 'alone' | 'first' | 'second'
  care_order_title?: string
  org_title?: string
  account_title?: string
  elder_title?: string
  carer_title?: string
} & {
  actions?: {
    name: string
    label: string
    takes?: string[]
    reason?: boolean
    danger?: boolean
  }[]
}

export type Parameter = {
  id: Id
  version: number
  scope?: string
  created_at?: Moment
  ended_at?: Moment
  name?: string
  value?: string
  unit?: string
  division?: Id
  valid_from?: Day
  valid_to?: Day
  source?: string
  document_no?: string
  article?: string
  status?: 'unchecked' | 'checked'
  checked_by?: Id
  checked_at?: Moment
  entered_by?: Id
  replaces?: Id
  reason?: string
  gap_reason?: string
  division_title?: string
  checked_by_title?: string
  entered_by_title?: string
  replaces_title?: string
} & {
  actions?: {
    name: string
    label: string
    takes?: string[]
    reason?: boolean
    danger?: boolean
  }[]
}

export type FormTemplate = {
  id: Id
  version: number
  scope?: string
  created_at?: Moment
  ended_at?: Moment
  name?: string
  sender?: string
  entity?: string
  state?: 'ready' | 'retired'
  org?: Id
  file_name?: string
  size?: number
  file_version?: number
  file_hash?: string
  sheet?: number
  header_row?: number
  header_rows?: number
  from_row?: number
  through_row?: number
  columns?: unknown
  fixed?: unknown
  used_at?: Moment
  org_title?: string
} & {
  actions?: {
    name: string
    label: string
    takes?: string[]
    reason?: boolean
    danger?: boolean
  }[]
}

export type ImportBatch = {
  id: Id
  version: number
  scope?: string
  created_at?: Moment
  ended_at?: Moment
  entity?: string
  file_name?: string
  source?: Id
  account?: Id
  org?: Id
  state?: 'uploaded' | 'checking' | 'checked' | 'running' | 'done' | 'stopped' | 'undoing' | 'undone' | 'cancelled' | 'failed'
  size?: number
  file_hash?: string
  sheet?: number
  header_row?: number
  header_rows?: number
  mapping?: unknown
  take_phones?: boolean
  rows_n?: number
  new_n?: number
  changed_n?: number
  same_n?: number
  doubt_n?: number
  wrong_n?: number
  outside_n?: number
  hint_n?: number
  added_n?: number
  updated_n?: number
  undone_n?: number
  kept_n?: number
  trouble?: string
  source_title?: string
  account_title?: string
  org_title?: string
} & {
  actions?: {
    name: string
    label: string
    takes?: string[]
    reason?: boolean
    danger?: boolean
  }[]
}
