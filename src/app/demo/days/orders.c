/*
 * orders.c - ninety days of orders and the week ahead.
 *
 * Seven in ten repeat weekly. What is older than DEMO_LIVE_DAYS is stored in bulk in its final
 * state; what is recent goes through the real work-flow (placing, assigning, arriving) with the
 * clock set back, so that its history is true.
 */

#include "app/demo/demo.h"
#include "app/demo/city/services.h"
#include "care/meal/meal.h"
#include "care/meal/sitting.h"
#include "care/order/steps.h"
#include "care/rating/rating.h"
#include "care/proof/proof.h"

#include <string.h>

enum { REGULARS = 40, DAY_MINUTES = MINUTES_A_DAY, PLAN_DAYS = DEMO_DAYS + DEMO_AHEAD_DAYS + 1 };

/* Who comes again and again for what. */
struct regular { size_t elder; size_t offer; int weekday; };

struct plan {
    struct demo    *d;
    struct dice     base;
    struct calendar calendar;
    size_t         *org_offers; size_t org_offers_n;      /* of the organisation at hand */
    struct regular  regulars[REGULARS];
    size_t          org;
    size_t          first_carer, carers;
    uint64_t *busy; /* per carer and day: a bit per quarter of an hour (96: two words) */
    struct slot    *slots; size_t slots_n, slots_room;
    struct care_order *orders; size_t orders_n, orders_room;
    struct order_part *parts; size_t parts_n, parts_room;
    struct visit   *visits; size_t visits_n, visits_room;
    struct rating  *ratings; size_t ratings_n, ratings_room;
    bool             nobody_opened;    /* to one who lives alone: the story of a work item */
};

static const struct catalogue_item *item_of(const struct demo *d, const struct offer *o)
{
    for (size_t i = 0; i < d->items_n; i++)
        if (d->items[i].id.n == o->item.n)
            return &d->items[i];
    return NULL;
}

/* --- carers' time --- */

static uint64_t *busy_at(struct plan *p, size_t carer, int day)
{
    return p->busy + ((carer - p->first_carer) * PLAN_DAYS + (size_t)day) * 2;
}

static bool take_time(uint64_t *busy, int64_t start_min, int64_t end_min, bool take)
{
    for (int64_t q = start_min / 15; q < (end_min + 14) / 15 && q < 96; q++) {
        if (!take && (busy[q / 64] >> (q % 64) & 1))
            return false;
        if (take)
            busy[q / 64] |= UINT64_C(1) << (q % 64);
    }
    return true;
}

/* A carer of the organisation with the skill who is free then; -1 when there is none. */
static int64_t carer_for(struct plan *p, const struct catalogue_item *item, int day,
                         int64_t start_min, int64_t end_min)
{
    struct demo *d = p->d;
    size_t from = p->carers ? (size_t)dice_between(&d->dice, 0, (int64_t)p->carers - 1) : 0;
    if (day == DEMO_DAYS)                /* today the first carers are full: see stories.c */
        from = 0;
    for (size_t i = 0; i < p->carers; i++) {
        size_t carer = p->first_carer + (from + i) % p->carers;
        if (!carer_has(&d->carers[carer], (enum skill)item->skill))
            continue;
        if (!take_time(busy_at(p, carer, day), start_min, end_min, false))
            continue;
        take_time(busy_at(p, carer, day), start_min, end_min, true);
        return (int64_t)carer;
    }
    return -1;
}

/* --- slots --- */

static struct slot *slot_for(struct plan *p, const struct offer *o, struct day day,
                             struct week_slot span)
{
    for (size_t i = p->slots_n; i-- > 0;) {
        struct slot *s = &p->slots[i];
        if (s->day.n != day.n || s->org.n != o->org.n)
            break;
        if (s->offer.n == o->id.n && s->start_min == span.start_min)
            return s;
    }
    p->slots = GROW(&p->d->mem, p->slots, p->slots_n, &p->slots_room);
    struct slot *s = &p->slots[p->slots_n++];
    record_clear(slot_fields, s);
    *s = (struct slot){ .row.scope = o->row.scope,
                        .offer = o->id,
                        .org = o->org,
                        .day = day,
                        .start_min = span.start_min,
                        .end_min = span.end_min,
                        .capacity = o->capacity };
    return s;
}

/* --- one order of the past --- */

/* How it ended, of 100. */
static enum order_state ended(struct demo *d, bool visited)
{
    static const int weights[] = { 52, 34, 6, 3, 3, 2 };
    static const enum order_state states[] = { ORDER_CONFIRMED, ORDER_RATED,    ORDER_CANCELLED,
                                               ORDER_NOT_MET,   ORDER_DECLINED, ORDER_DISPUTED };
    enum order_state state = states[dice_weighted(&d->dice, weights, 6)];
    return state == ORDER_NOT_MET && !visited ? ORDER_CONFIRMED : state;
}

static void order_fill(struct plan *p, struct care_order *o, const struct offer *offer,
                       const struct elder *e)
{
    struct demo *d = p->d;
    static const int channels[] = { 30, 55, 15 };
    o->row.scope = offer->row.scope;
    o->number = sv_fmt(&d->mem, "D%07lld", (long long)p->orders_n);
    o->channel = (int)dice_weighted(&d->dice, channels, 3);
    o->placed_by = d->staff[0].id;
    o->elder = e->id;
    o->org = offer->org;
    o->offer = offer->id;
    o->item = offer->item;
    o->place = offer->place;
    o->quantity = 1;
    o->for_name = e->name;
    o->for_phone = e->phone.len ? e->phone : demo_phone(d);
    o->for_address = e->address;
    o->for_compound = e->compound;
    o->for_lat = e->home_lat;
    o->for_lon = e->home_lon;
    o->told = TOLD_AGREED;
    o->price = o->own_pay = offer->price;
    o->price_note = SV("");
    o->pay_way = (int)dice_between(&d->dice, 0, 3);
}

static enum err part_add(struct plan *p, const struct care_order *o)
{
    p->parts = GROW(&p->d->mem, p->parts, p->parts_n, &p->parts_room);
    struct order_part *part = &p->parts[p->parts_n++];
    record_clear(order_part_fields, part);
    TRY(demo_id(p->d, &part->id.n));
    part->row.scope = o->row.scope;
    part->care_order = o->id;
    part->payer = PAYER_OWN;
    part->amount = o->own_pay;
    part->reason = SV("自己支付");
    return ERR_NONE;
}

static enum err visit_add(struct plan *p, const struct care_order *o, size_t carer)
{
    struct demo *d = p->d;
    p->visits = GROW(&d->mem, p->visits, p->visits_n, &p->visits_room);
    struct visit *v = &p->visits[p->visits_n++];
    record_clear(visit_fields, v);
    TRY(demo_id(d, &v->id.n));
    v->row.scope = o->row.scope;
    v->care_order = o->id;
    v->org = o->org;
    v->elder = o->elder;
    v->carer = d->carers[carer].id;
    v->day = o->day;
    v->start_min = o->start_min;
    v->end_min = o->end_min;
    v->state = o->state == ORDER_NOT_MET     ? VISIT_NOT_MET
               : o->state == ORDER_CANCELLED ? VISIT_CANCELLED
                                             : VISIT_DONE;
    if (v->state == VISIT_CANCELLED)
        return ERR_NONE;
    v->arrived_at = moment_at(o->day, (int)(o->start_min + dice_between(&d->dice, -5, 12)));
    v->done_at =
        (struct moment){ v->arrived_at.ms +
                         (o->end_min - o->start_min + dice_between(&d->dice, -8, 6)) * 60000 };
    v->result = v->state == VISIT_DONE
                    ? (dice_chance(&d->dice, 0.96) ? RESULT_WELL : RESULT_ATTENTION)
                    : RESULT_NONE;
    return ERR_NONE;
}

static enum err rating_add(struct plan *p, const struct care_order *o, int64_t carer)
{
    static const int stars[] = { 1, 2, 5, 24, 68 };
    static const char *const words[] = { "",
                                         "",
                                         "",
                                         "很细心，下次还找她",
                                         "准时，活儿干净",
                                         "老人很满意",
                                         "饭菜软，合口味",
                                         "来得晚了一点" };
    struct demo *d = p->d;
    p->ratings = GROW(&d->mem, p->ratings, p->ratings_n, &p->ratings_room);
    struct rating *r = &p->ratings[p->ratings_n++];
    record_clear(rating_fields, r);
    TRY(demo_id(d, &r->id.n));
    r->row.scope = o->row.scope;
    r->care_order = o->id;
    r->org = o->org;
    r->place = o->place;
    r->carer.n = carer >= 0 ? d->carers[carer].id.n : 0;
    r->stars = 1 + (int64_t)dice_weighted(&d->dice, stars, 5);
    r->words = sv_of(words[r->stars >= 4 ? dice_between(&d->dice, 0, 6) : 7]);
    return ERR_NONE;
}

static enum err past_order(struct plan *p, const struct offer *offer, size_t elder, struct day day,
                           struct week_slot span)
{
    struct demo *d = p->d;
    const struct catalogue_item *item = item_of(d, offer);
    int plan_day = (int)(day.n - d->today.n + DEMO_DAYS);
    int64_t end_min = item->duration_min ? span.start_min + item->duration_min : span.end_min,
            carer = -1;
    struct slot *slot = slot_for(p, offer, day, span);
    if (slot->taken == slot->capacity)
        return ERR_NONE;
    if (item->at_home && (carer = carer_for(p, item, plan_day, span.start_min, end_min)) < 0)
        return ERR_NONE;
    p->orders = GROW(&d->mem, p->orders, p->orders_n, &p->orders_room);
    struct care_order *o = &p->orders[p->orders_n++];
    record_clear(care_order_fields, o);
    order_fill(p, o, offer, &d->elders[elder]);
    if (slot->id.n == 0)
        TRY(demo_id(d, &slot->id.n));
    TRY(demo_id(d, &o->id.n));
    o->slot = slot->id;
    o->day = day;
    if (item->category == CATEGORY_MEAL) {
        o->sitting = (int)sitting_at(span.start_min);
        o->way = item->at_home ? WAY_DELIVERED : WAY_EAT_IN;
        TRY(meal_cut_off(d->c, o->row.scope, o->place, (enum sitting)o->sitting, day, &o->cut_off));
        TRY(meal_operator_of(d->c, o->place, &o->operated_by));
    }
    o->start_min = span.start_min;
    o->end_min = end_min;
    o->row.created_at = moment_at((struct day){ day.n - dice_between(&d->dice, 1, 4) },
                                  (int)dice_between(&d->dice, 480, 1080));
    o->told_at = o->row.created_at;
    o->state = (int)ended(d, carer >= 0);
    o->paid = o->state == ORDER_CONFIRMED || o->state == ORDER_RATED;
    o->paid_at = o->paid ? moment_at(day, (int)end_min) : (struct moment){ 0 };
    if (o->state == ORDER_CANCELLED || o->state == ORDER_DECLINED || o->state == ORDER_DISPUTED)
        o->reason = o->state == ORDER_CANCELLED  ? SV("老人临时不需要")
                    : o->state == ORDER_DECLINED ? SV("当天人手不足")
                                                 : SV("提前走了二十分钟");
    if (o->state != ORDER_CANCELLED && o->state != ORDER_DECLINED)
        slot->taken++;
    TRY(part_add(p, o));
    if (carer >= 0 && o->state != ORDER_DECLINED)
        TRY(visit_add(p, o, (size_t)carer));
    return o->state == ORDER_RATED ? rating_add(p, o, carer) : ERR_NONE;
}

/* --- a day of an organisation --- */

/* Elders that live in the same sub-district, so that the walk is believable. */
static size_t elder_near(struct plan *p)
{
    struct demo *d = p->d;
    int64_t street = d->orgs[p->org].row.scope / 1000;
    for (int tries = 0; tries < 200; tries++) {
        size_t i = (size_t)dice_between(&d->dice, 0, (int64_t)d->elders_n - 1);
        if (d->elders[i].row.scope / 1000 == street && age_on(d->elders[i].birth, d->today) >= 68)
            return i;
    }
    return (size_t)dice_between(&d->dice, 0, (int64_t)d->elders_n - 1);
}

/* Each organisation throws its own dice, so that both passes give it the same regulars. */
static void plan_org(struct plan *p, size_t org)
{
    struct demo *d = p->d;
    d->dice.state = p->base.state + org * 0x9E3779B97F4A7C15u;
    p->org = org;
    p->org_offers_n = 0;
    for (size_t i = 0; i < d->offers_n; i++)
        if (d->offers[i].org.n == d->orgs[org].id.n)
            p->org_offers[p->org_offers_n++] = i;
    p->carers = 0;
    for (size_t i = 0; i < d->carers_n; i++)
        if (d->carers[i].org.n == d->orgs[org].id.n && p->carers++ == 0)
            p->first_carer = i;
    p->busy = NEW(&d->mem, uint64_t, (p->carers + 1) * PLAN_DAYS * 2);
    for (size_t i = 0; p->org_offers_n && i < REGULARS; i++)
        p->regulars[i] = (struct regular){
            elder_near(p), p->org_offers[dice_between(&d->dice, 0, (int64_t)p->org_offers_n - 1)],
            (int)dice_between(&d->dice, 1, 7),
        };
}

typedef enum err order_fn(struct plan *p, const struct offer *offer, size_t elder, struct day day,
                          struct week_slot span);

static enum err order_on(struct plan *p, size_t offer, size_t elder, struct day day, order_fn *make)
{
    struct demo *d = p->d;
    struct week week;
    struct week_slot spans[WEEK_SLOTS_MAX];
    if (!week_parse(d->offers[offer].week, &week))
        return ERR_NONE;
    size_t n = week_day_slots(&week, &p->calendar, day, spans);
    if (n == 0)
        return ERR_NONE;
    return make(p, &d->offers[offer], elder, day, spans[dice_between(&d->dice, 0, (int64_t)n - 1)]);
}

static enum err org_day(struct plan *p, struct day day, order_fn *make)
{
    struct demo *d = p->d;
    int kind = d->orgs[p->org].kind;
    int64_t chance_n = kind == ORG_STATION ? 5 : kind == ORG_PROVIDER ? 3 : 4;
    for (size_t i = 0; i < REGULARS; i++)
        if (p->regulars[i].weekday == day_weekday(day))
            TRY(order_on(p, p->regulars[i].offer, p->regulars[i].elder, day, make));
    for (int64_t i = 0; i < chance_n; i++)
        TRY(order_on(p, p->org_offers[dice_between(&d->dice, 0, (int64_t)p->org_offers_n - 1)],
                     elder_near(p), day, make));
    return ERR_NONE;
}

/* --- recent orders through the real work-flow --- */

struct live {
    struct plan *p;
    const struct offer *offer;
    size_t elder;
    struct slot_key key;
    struct care_order order;
};

static struct who staff_of(const struct plan *p)
{
    const struct demo *d = p->d;
    return (struct who){ .account = d->staff[0].id.n,
                         .role = ROLE_STATION_MANAGER,
                         .org = d->orgs[p->org].id.n };
}

/* The station knows whom it has served before; for anybody else it takes down who she is. */
MUST static enum err known_here(struct ctx *c, struct elder_id id, struct elder_id *ret_known)
{
    struct elder seen;
    enum err e = entity_get(c, &elder_entity, id.n, &seen);
    *ret_known = e == ERR_NONE ? id : (struct elder_id){ 0 };
    if (e != ERR_MISSING)
        return e;
    ctx_forgive(c);
    return ERR_NONE;
}

static enum err live_place(struct ctx *c, void *arg)
{
    struct live *l = arg;
    const struct elder *e = &l->p->d->elders[l->elder];
    struct elder_id known;
    TRY(known_here(c, e->id, &known));
    struct buf key = buf_new(&c->mem, 16);
    slot_key_write(&key, l->key);
    struct order_new n = {
        .offer = l->offer->id, .slot = buf_sv(&key), .quantity = 1, .elder = known,
        .for_name = e->name,
        .for_phone = e->phone.len ? e->phone : SV("10099990000"), .for_address = e->address,
        .for_compound = e->compound, .for_lat = e->home_lat, .for_lon = e->home_lon,
        .channel = CHANNEL_PHONE,
    };
    struct price price;
    return order_place(c, &n, &l->order, &price);
}

static enum err live_accept(struct ctx *c, void *arg)
{
    struct live *l = arg;
    return entity_act(c, &care_order_entity, l->order.id.n, l->order.row.version, SV("accept"),
                      NULL, &l->order);
}

struct live_assign { struct live *l; struct carer_id carer; };

static enum err live_assign(struct ctx *c, void *arg)
{
    struct live_assign *a = arg;
    struct assign_input in = { a->carer };
    struct care_order *o = &a->l->order;
    return entity_act(c, &care_order_entity, o->id.n, o->row.version, SV("assign"), &in, o);
}

static enum err live_attend(struct ctx *c, void *arg)
{
    struct live *l = arg;
    return entity_act(c, &care_order_entity, l->order.id.n, l->order.row.version, SV("attend"),
                      NULL, &l->order);
}

/* --- the visit itself, at the hour it happened --- */

struct live_step { struct visit visit; const char *action; bool worried; };

/* Her phone says a spot beside the home; now and then one a kilometre off. */
static enum err spot_near(struct ctx *c, const struct visit *v, struct arrive_input *ret_spot)
{
    enum { SPREAD = 9, STEP_E7 = 700, FAR_EVERY = 41, FAR_E7 = 120000 };
    struct point home;
    bool found;
    TRY(visit_home(c, v, &home, &found));
    int64_t lucky = v->care_order.n >> 1, far = lucky % FAR_EVERY ? 0 : FAR_E7;
    *ret_spot = (struct arrive_input){ { 0 }, { 0 } };
    if (found)
        *ret_spot = (struct arrive_input){ { home.lat_e7 + lucky % SPREAD * STEP_E7 + far },
                                           { home.lon_e7 + lucky % 5 * STEP_E7 } };
    return ERR_NONE;
}

static enum err live_step(struct ctx *c, void *arg)
{
    static const struct finish_input well = { SV_INIT("一切正常"), RESULT_WELL };
    static const struct finish_input worried = { SV_INIT("说这两天没胃口，走路不稳，想请家里人来看看"),
                                                 RESULT_ATTENTION };
    static const struct not_met_input missed = { .note = SV_INIT("敲门无人应答，电话未接") };
    struct live_step *s = arg;
    struct arrive_input here;
    const void *input = &here;
    TRY(spot_near(c, &s->visit, &here));
    if (strcmp(s->action, "finish") == 0)
        input = s->worried ? &worried : &well;
    if (strcmp(s->action, "not_met") == 0)
        input = &missed;
    return entity_act(c, &visit_entity, s->visit.id.n, s->visit.row.version, sv_of(s->action),
                      input, &s->visit);
}

static enum err live_visit(struct plan *p, struct live *l)
{
    struct demo *d = p->d;
    struct ctx *c = d->c;
    struct live_step s = { .action = "arrive" };
    struct moment start = moment_at(l->order.day, (int)l->order.start_min);
    struct moment end = moment_at(l->order.day, (int)l->order.end_min);
    bool found;
    TRY(order_visit_of(c, &l->order, &s.visit, &found));
    if (!found || start.ms > d->now.ms || dice_chance(&d->dice, 0.02))
        return ERR_NONE; /* to come, or overdue: nobody has signed in */
    c->now = (struct moment){ start.ms + dice_between(&d->dice, -4, 10) * 60000 };
    if (day_of(c->now).n < l->order.day.n)               /* a night's service begins at midnight */
        c->now = start;
    bool alone = d->elders[l->elder].flags.bits >> FLAG_LIVING_ALONE & 1;
    bool story = alone && !p->nobody_opened && l->order.day.n >= d->today.n - 1;
    p->nobody_opened = p->nobody_opened || story;
    if (story || dice_chance(&d->dice, 0.03))
        s.action = "not_met";
    TRY(transaction(c, live_step, &s));
    if (s.visit.state != VISIT_ARRIVED || end.ms > d->now.ms)
        return ERR_NONE;
    s.action = "finish";
    s.worried = dice_chance(&d->dice, 0.04);
    c->now = end;
    return transaction(c, live_step, &s);
}

/* What cannot be (full, too soon, no free carer) is simply not ordered: a demo is no test. */
static enum err as_it_goes(struct ctx *c, enum err e)
{
    if (e != ERR_INVALID && e != ERR_CONFLICT && e != ERR_FORBIDDEN)
        return e;
    ctx_forgive(c);
    return ERR_NONE;
}

static enum err live_order(struct plan *p, const struct offer *offer, size_t elder, struct day day,
                           struct week_slot span)
{
    struct demo *d = p->d;
    struct ctx *c = d->c;
    struct live l = { p, offer, elder, { day, span.start_min }, { .id = { 0 } } };
    struct who who = staff_of(p);
    const struct catalogue_item *item = item_of(d, offer);
    struct moment placed =
        moment_at((struct day){ day.n - 2 }, (int)dice_between(&d->dice, 480, 1080));
    c->who = &who;
    c->now = placed.ms < d->now.ms
                 ? placed
                 : (struct moment){ d->now.ms - dice_between(&d->dice, 1, 600) * 60000 };
    TRY(as_it_goes(c, transaction(c, live_place, &l)));
    bool assigned = day.n <= d->today.n || dice_chance(&d->dice, 0.5);
    bool old = c->now.ms < d->now.ms - 20 * 3600000;      /* nobody leaves an order a day */
    if (l.order.id.n && (assigned || old || dice_chance(&d->dice, 0.6)))
        TRY(as_it_goes(c, transaction(c, live_accept, &l)));
    if (l.order.id.n && !item->at_home && day.n < d->today.n) {
        c->now = moment_at(day, (int)l.order.start_min);
        TRY(as_it_goes(c, transaction(c, live_attend, &l)));
    }
    /* A delivered meal of today or later goes with the run, nobody is sent for it alone. */
    bool brought = item->category == CATEGORY_MEAL && day.n >= d->today.n;
    int64_t carer = l.order.id.n && assigned && item->at_home && !brought
                        ? carer_for(p, item, (int)(day.n - d->today.n + DEMO_DAYS), span.start_min,
                                    l.order.end_min)
                        : -1;
    if (carer >= 0) {
        struct live_assign a = { &l, d->carers[carer].id };
        TRY(as_it_goes(c, transaction(c, live_assign, &a)));
        if (l.order.state == ORDER_ASSIGNED)
            TRY(live_visit(p, &l));
    }
    c->who = &who_house;
    c->now = d->now;
    arena_reset(&c->mem);
    return ERR_NONE;
}

/* --- all of it --- */

static bool takes_orders(const struct demo *d, size_t org)
{
    int kind = d->orgs[org].kind;
    bool serves = kind == ORG_STATION || kind == ORG_PROVIDER || kind == ORG_MEAL_POINT ||
                  kind == ORG_DISTRICT_CENTRE;
    /* The last station of the first quarter has a sign and no service: the ghost of the stories. */
    return serves && org != demo_ghost(d);
}

size_t demo_ghost(const struct demo *d)
{
    size_t ghost = 0, seen = 0;
    for (size_t i = 0; i < d->orgs_n && seen < 6; i++)
        if (d->orgs[i].kind == ORG_STATION) {
            ghost = i;
            seen++;
        }
    return ghost;
}

static enum err store_past(struct plan *p)
{
    struct demo *d = p->d;
    size_t kept = 0;
    for (size_t i = 0; i < p->slots_n; i++)
        if (p->slots[i].id.n)
            p->slots[kept++] = p->slots[i];
    TRY(demo_store(d, &slot_entity, p->slots, kept));
    TRY(demo_store(d, &care_order_entity, p->orders, p->orders_n));
    TRY(demo_store(d, &order_part_entity, p->parts, p->parts_n));
    TRY(demo_store(d, &visit_entity, p->visits, p->visits_n));
    return demo_store(d, &rating_entity, p->ratings, p->ratings_n);
}

enum err demo_orders(struct demo *d)
{
    struct plan p = { .d = d, .base = d->dice, .org_offers = NEW(&d->mem, size_t, d->offers_n) };
    TRY(calendar_load(d->c, &d->mem, &p.calendar));
    for (size_t org = 0; org < d->orgs_n; org++) {
        plan_org(&p, org);
        for (int64_t k = -DEMO_DAYS; takes_orders(d, org) && k < -DEMO_LIVE_DAYS; k++)
            TRY(org_day(&p, (struct day){ d->today.n + k }, past_order));
    }
    TRY(store_past(&p));
    for (size_t org = 0; org < d->orgs_n; org++) {
        plan_org(&p, org);
        for (int64_t k = -DEMO_LIVE_DAYS; takes_orders(d, org) && k <= DEMO_AHEAD_DAYS; k++)
            TRY(org_day(&p, (struct day){ d->today.n + k }, live_order));
    }
    return ERR_NONE;
}
