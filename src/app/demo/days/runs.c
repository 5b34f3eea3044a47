/*
 * runs.c - the first station brings lunch today and tomorrow in rounds, one on foot and one on an
 * e-bike, and the central kitchen hands over: one door that nobody opened, one batch that came
 * cold.
 */

#include "app/demo/demo.h"
#include "app/demo/city/services.h"
#include "app/roads_file.h"
#include "care/delivery/delivery.h"
#include "care/kitchen/van.h"
#include "care/near/directory.h"

#include <stdlib.h>

SQL(kitchen_points);

enum { BATCHES_MAX = 200 };
enum { BROUGHT = 12, NOBODY_AT = 4, BOXES = 9, LEAVE_MIN = 645 };

static const struct organisation *first_of(const struct demo *d, int kind)
{
    for (size_t i = 0; i < d->orgs_n; i++)
        if (d->orgs[i].kind == kind)
            return &d->orgs[i];
    return NULL;
}

static const struct offer *offer_of(const struct demo *d, const struct organisation *org, int item)
{
    for (size_t i = 0; i < d->offers_n; i++)
        if (d->offers[i].org.n == org->id.n && d->offers[i].item.n == d->items[item].id.n)
            return &d->offers[i];
    return NULL;
}

static struct carer_id carer_of(const struct demo *d, const struct organisation *org)
{
    for (size_t i = 0; i < d->carers_n; i++)
        if (d->carers[i].org.n == org->id.n)
            return d->carers[i].id;
    return (struct carer_id){ 0 };
}

/* --- lunches to bring --- */

struct lunch { const struct offer *offer; const struct elder *elder; struct day day; };

static enum err lunch_place(struct ctx *c, void *arg)
{
    const struct lunch *l = arg;
    const struct elder *e = l->elder;
    struct buf key = buf_new(&c->mem, 16);
    struct care_order o;
    struct price price;
    slot_key_write(&key, (struct slot_key){ l->day, 660 });
    struct order_new n = {
        .offer = l->offer->id, .slot = buf_sv(&key), .quantity = 1 + (e->id.n >> 3) % 4 / 3,
        .for_name = e->name, .for_phone = e->phone.len ? e->phone : SV("10099990000"),
        .for_address = e->address, .for_compound = e->compound, .for_lat = e->home_lat,
        .for_lon = e->home_lon, .channel = CHANNEL_PHONE,
        .diets = { (e->id.n >> 4) % 3 == 0 ? 1 << DIET_SOFT : 0 },
    };
    return order_place(c, &n, &o, &price);
}

/* Homes in the station's own street, so that the round is one that a person walks. */
static enum err lunches_place(struct demo *d, const struct offer *offer, struct day day)
{
    struct ctx *c = d->c;
    int64_t street = offer->row.scope / 1000;
    size_t placed = 0, step = 37 + (size_t)(day.n % 11);
    for (size_t i = (size_t)(day.n % 97); i < d->elders_n && placed < BROUGHT; i += step) {
        const struct elder *e = &d->elders[i];
        if (e->row.scope / 1000 != street || e->home_lat.e7 == 0)
            continue;
        enum err err = transaction(c, lunch_place, &(struct lunch){ offer, e, day });
        if (err != ERR_NONE && err != ERR_INVALID && err != ERR_CONFLICT)
            return err;
        placed += err == ERR_NONE;
        ctx_forgive(c);
    }
    return ERR_NONE;
}

/* --- the runs: a carer on foot, a volunteer on an e-bike --- */

struct making { struct run_asked asked; struct carer_id carer; struct runs_made made; };

MUST static enum err bringer_add(struct ctx *c, const struct making *m, bool carer)
{
    struct meal_bringer b;
    record_clear(meal_bringer_fields, &b);
    b.place = m->asked.place;
    b.day = m->asked.day;
    b.sitting = m->asked.sitting;
    b.carer.n = carer ? m->carer.n : 0;
    b.name = carer ? SV("") : SV("周玉兰");
    b.travel = carer ? TRAVEL_WALK : TRAVEL_EBIKE;
    b.boxes = BOXES;
    b.from_min = LEAVE_MIN;
    return entity_create(c, &meal_bringer_entity, &b);
}

static enum err runs_plan(struct ctx *c, void *arg)
{
    struct making *m = arg;
    TRY(bringer_add(c, m, true));
    TRY(bringer_add(c, m, false));
    return run_make(c, &m->asked, &m->made);
}

struct at_door { int64_t id; bool open; };

static enum err door_done(struct ctx *c, void *arg)
{
    static const struct { struct sv note; } tried = { SV_INIT("敲门三次，电话响了没人接") };
    const struct at_door *at = arg;
    struct meal_stop s;
    TRY(entity_get(c, &meal_stop_entity, at->id, &s));
    return entity_act(c, &meal_stop_entity, s.id.n, s.row.version,
                      sv_of(at->open ? "hand" : "nobody"), at->open ? NULL : &tried, &s);
}

static int by_time(const void *left, const void *right)
{
    const struct meal_stop *a = left, *b = right;
    return a->at_min != b->at_min ? (a->at_min > b->at_min) - (a->at_min < b->at_min)
                                  : (a->id.n > b->id.n) - (a->id.n < b->id.n);
}

/* What the plan says has been brought by now; the last door is left for who looks on. */
static enum err doors_done(struct demo *d, struct day day)
{
    struct ctx *c = d->c;
    struct query q;
    struct page page;
    struct buf text = buf_new(&c->mem, 16);
    buf_day(&text, day);
    struct sv when = buf_sv(&text);
    TRY(query_read(c, &meal_stop_entity,
                   sv_fmt(&c->mem, "day=%.*s&size=60", SV_ARG(when)), &q));
    TRY(entity_list(c, &meal_stop_entity, &q, &page));
    struct meal_stop *stops = page.rows;
    qsort(stops, page.n, sizeof *stops, by_time);
    for (size_t i = 0; i + 1 < page.n; i++) {
        struct moment at = moment_at(day, (int)stops[i].at_min + 2);
        if (at.ms > d->now.ms)
            break;
        c->now = at;
        struct at_door door = { stops[i].id.n, i != NOBODY_AT };
        TRY(transaction(c, door_done, &door));
    }
    c->now = d->now;
    return ERR_NONE;
}

static enum err bring(struct demo *d, const struct organisation *station, struct day day)
{
    struct ctx *c = d->c;
    struct who who = { .account = d->staff[0].id.n, .role = ROLE_STATION_MANAGER,
                       .org = station->id.n };
    const struct offer *offer = offer_of(d, station, ITEM_DELIVERY);
    if (!offer)
        return ERR_NONE;
    c->who = &who;
    c->now = moment_at((struct day){ day.n - 1 }, 980);
    if (c->now.ms > d->now.ms)
        c->now.ms = d->now.ms;
    TRY(lunches_place(d, offer, day));
    struct making m = { .asked = { offer->place, day, SITTING_LUNCH },
                        .carer = carer_of(d, station) };
    enum err e = transaction(c, runs_plan, &m);
    c->now = d->now;
    if (e == ERR_NONE)
        e = doors_done(d, day);
    c->who = &who_house;
    c->now = d->now;
    if (e == ERR_CONFLICT)
        ctx_forgive(c);
    return e == ERR_CONFLICT ? ERR_NONE : e;
}

/* --- from the central kitchen --- */

static const struct place *kitchen_of(const struct demo *d)
{
    for (size_t i = 0; i < d->places_n; i++)
        if (d->places[i].kind == PLACE_CENTRAL_KITCHEN)
            return &d->places[i];
    return NULL;
}

/* What the n-th point's batch has come to by now: the second's food came at 57.5 degrees. */
static void batch_carry(const struct demo *d, struct meal_batch *b, int nth)
{
    b->sent = b->received = b->planned;
    b->sent_at = moment_at(b->day, 615 + 4 * nth);
    b->received_at = moment_at(b->day, 648 + 6 * nth);
    b->sent_temp = (struct opt_int){ true, 712 - 4 * nth };
    b->received_temp = (struct opt_int){ true, nth == 1 ? 575 : 651 - 3 * nth };
    b->faults.bits = nth == 1 ? 1 << FAULT_COLD_RECEIVED : 0;
    b->state = MEAL_RECEIVED;
    if (b->received_at.ms > d->now.ms) {
        b->received = 0, b->faults.bits = 0, b->received_temp.known = false;
        b->received_at.ms = 0;
        b->state = b->sent_at.ms > d->now.ms ? MEAL_PLANNED : MEAL_SENT;
    }
    if (b->state == MEAL_PLANNED)
        b->sent = 0, b->sent_at.ms = 0, b->sent_temp.known = false;
}

/* What was ordered at each of the kitchen's points for one day's lunch. */
MUST static enum err batches_of_day(struct demo *d, const struct place *kitchen, struct day day,
                                    struct meal_batch *all, size_t *n)
{
    int nth = 0;
    size_t first = *n;
    struct rows r = db_rows(d->c, &sql_kitchen_points,
                            PARAMS(P_INT("kitchen", kitchen->id.n), P_INT("day", day.n)));
    while (*n < BATCHES_MAX && rows_next(&r)) {
        if (!sv_is(rows_text(&r, 2), sitting_choices[SITTING_LUNCH].key))
            continue;
        struct meal_batch *b = &all[(*n)++];
        record_clear(meal_batch_fields, b);
        b->row.scope = rows_int(&r, 4);
        b->kitchen = kitchen->id;
        b->kitchen_org = kitchen->org;
        b->place.n = rows_int(&r, 0);
        b->org.n = rows_int(&r, 1);
        b->day = day;
        b->sitting = SITTING_LUNCH;
        b->planned = rows_int(&r, 3);
        batch_carry(d, b, nth++);
    }
    TRY(rows_end(&r));
    for (size_t i = first; i < *n; i++)
        TRY(demo_id(d, &all[i].id.n));
    return ERR_NONE;
}

/* Yesterday's, today's and tomorrow's lunch. */
MUST static enum err batches_make(struct demo *d, const struct place *kitchen)
{
    struct meal_batch *all = NEW(&d->mem, struct meal_batch, BATCHES_MAX);
    size_t n = 0;
    for (int64_t ago = 1; ago >= -1; ago--)
        TRY(batches_of_day(d, kitchen, (struct day){ d->today.n - ago }, all, &n));
    return demo_store(d, &meal_batch_entity, all, n);
}

/* Two vans of the first central kitchen, and their trips of what has not left. */
static enum err vans_make(struct ctx *c, void *arg)
{
    static const struct { const char *name, *driver; int64_t boxes, lunch, supper; } vans[] = {
        { "一号车", "", 60, 600, 945 }, { "二号车", "吴师傅", 40, 615, 0 },
    };
    struct demo *d = arg;
    const struct place *kitchen = kitchen_of(d);
    int64_t left;
    for (size_t i = 0; kitchen && i < sizeof vans / sizeof *vans; i++) {
        struct meal_van v;
        record_clear(meal_van_fields, &v);
        v.kitchen = kitchen->id;
        v.name = sv_of(vans[i].name);
        v.driver = i ? sv_of(vans[i].driver) : d->driver.name;
        if (i == 0 && d->driver.org.n == kitchen->org.n)
            v.driver_carer = d->driver.id;
        v.boxes = vans[i].boxes;
        v.leave_lunch = vans[i].lunch;
        v.leave_supper = vans[i].supper;
        TRY(entity_create(c, &meal_van_entity, &v));
    }
    for (int64_t in = 0; kitchen && in < 2; in++)
        TRY(vans_plan(c, kitchen, (struct day){ d->today.n + in }, &left));
    return ERR_NONE;
}

enum err demo_runs(struct demo *d)
{
    const struct organisation *station = first_of(d, ORG_STATION);
    const struct place *kitchen = kitchen_of(d);
    TRY(roads_file_refresh(d->c));
    TRY(directory_refresh(d->c));          /* walking times */
    if (station) {
        TRY(bring(d, station, d->today));
        TRY(bring(d, station, (struct day){ d->today.n + 1 }));
    }
    if (kitchen)
        TRY(batches_make(d, kitchen));
    return transaction(d->c, vans_make, d);
}
