/* read.c - the orders of a day and who makes them. */

#include "care/dispatch/day/after.h"
#include "care/dispatch/day/two.h"

#include "care/dispatch/dispatch.h"
#include "care/parameter/parameter.h"

#include <stdlib.h>

SQL(dispatch_orders);
SQL(dispatch_visits);
SQL(dispatch_history);
SQL(dispatch_stamp);

/* --- orders and their visits --- */

/* Of an order what is not in its own row. */
struct beside { int64_t id; struct sv where; struct degrees lat, lon; struct after after; };

/* What a citizen calls it. */
MUST static enum err item_read(struct ctx *c, struct catalogue_item_id id,
                               struct catalogue_item *ret_item, struct sv *ret_name)
{
    bool found = false;
    record_clear(catalogue_item_fields, ret_item);
    if (id.n)
        TRY(entity_load(c, &catalogue_item_entity, id.n, ret_item, &found));
    *ret_name = ret_item->plain_name.len ? ret_item->plain_name : ret_item->name;
    return ERR_NONE;
}

MUST static enum err order_read(struct ctx *c, struct the_day *d, const struct beside *at)
{
    struct care_order o;
    struct catalogue_item item, before;
    struct sv name, before_name;
    bool found;
    TRY(entity_load(c, &care_order_entity, at->id, &o, &found));
    if (!found)
        return ERR_NONE;
    TRY(item_read(c, o.item, &item, &name));
    TRY(item_read(c, at->after.item, &before, &before_name));
    bool home = o.for_lat.e7 || o.for_lon.e7;
    struct degrees lat = home ? o.for_lat : at->lat, lon = home ? o.for_lon : at->lon;
    if (d->visits_n + (order_two(&o) ? VISITS_OF_ORDER : 1) > DAY_VISITS_MAX)
        return ERR_NONE;
    d->visits[d->visits_n++] = (struct day_visit){
        .seat = order_two(&o) ? SEAT_FIRST : SEAT_ALONE, .mate = NOBODY, .item = o.item,
        .after = at->after, .after_name = sv_copy(&d->mem, before_name), .first = NOBODY,
        .order = o.id, .order_version = o.row.version, .number = sv_copy(&d->mem, o.number),
        .item_name = sv_copy(&d->mem, name),
        .for_name = sv_copy(&d->mem, mask_text(&c->mem, MASK_NAME, o.for_name)),
        .where = sv_copy(&d->mem, at->where.len ? at->where
                                               : mask_text(&c->mem, MASK_ADDRESS, o.for_address)),
        .elder = o.elder, .state = o.state, .skill = item.skill,
        .gender_wish = o.gender_wish, .carer_wish = o.carer_wish, .carer = NOBODY,
        .minutes = (int)(o.end_min - o.start_min), .start_min = (int)o.start_min,
        .promised_min = (int)o.start_min, .standing = o.standing.n != 0,
        .at = { (int32_t)lat.e7, (int32_t)lon.e7 }, .at_known = lat.e7 || lon.e7,
        .lat = at->lat, .lon = at->lon, .arrived_min = -1, .done_min = -1,
        .over = o.state >= ORDER_SERVED,
    };
    if (order_two(&o)) {
        d->visits[d->visits_n] = d->visits[d->visits_n - 1];
        d->visits[d->visits_n++].seat = SEAT_SECOND;
    }
    return ERR_NONE;
}

MUST static enum err orders_read(struct ctx *c, struct the_day *d)
{
    struct beside *rows = NEW(&c->mem, struct beside, DAY_VISITS_MAX);
    size_t n = 0;
    struct rows r = db_rows(c, &sql_dispatch_orders,
                            PARAMS(P_INT("org", d->org.n), P_INT("day", d->day.n)));
    while (n < DAY_VISITS_MAX && rows_next(&r))
        rows[n++] = (struct beside){ rows_int(&r, 0), rows_text(&r, 1), { rows_int(&r, 2) },
                                     { rows_int(&r, 3) },
                                     { { rows_int(&r, 4) }, rows_int(&r, 5), rows_int(&r, 6) } };
    TRY(rows_end(&r));
    d->visits = NEW(&d->mem, struct day_visit, VISITS_OF_ORDER * n + 1);
    for (size_t i = 0; i < n; i++)
        TRY(order_read(c, d, &rows[i]));
    return ERR_NONE;
}

int day_order_at(const struct the_day *d, struct care_order_id id)
{
    for (int i = 0; i < d->visits_n; i++)
        if (d->visits[i].order.n == id.n)
            return i;
    return NOBODY;
}

int day_seat_at(const struct the_day *d, struct care_order_id id, enum visit_seat seat)
{
    for (int i = 0; i < d->visits_n; i++)
        if (d->visits[i].order.n == id.n && d->visits[i].seat == (int)seat)
            return i;
    return NOBODY;
}

/* Of an order of two that one made alone, the other's place is not asked for. */
static void forget_second(struct the_day *d, struct care_order_id id)
{
    int first = day_seat_at(d, id, SEAT_FIRST), second = day_seat_at(d, id, SEAT_SECOND);
    if (first == NOBODY || second == NOBODY)
        return;
    d->visits[first].seat = SEAT_ALONE;
    for (int i = second; i + 1 < d->visits_n; i++)
        d->visits[i] = d->visits[i + 1];
    d->visits_n--;
}

static int64_t minute_on(const struct the_day *d, struct moment at)
{
    return moment_known(at) ? (at.ms - moment_at(d->day, 0).ms) / 60000 : -1;
}

static void visit_note(struct the_day *d, const struct visit *row)
{
    if (row->seat == SEAT_ALONE)
        forget_second(d, row->care_order);
    for (int half = 0; half < d->visits_n; half++)
        if (d->visits[half].order.n == row->care_order.n)
            d->visits[half].visits_version += visits_version(row, 1);
    int i = day_seat_at(d, row->care_order, (enum visit_seat)row->seat);
    if (i == NOBODY)
        return;
    struct day_visit *v = &d->visits[i];
    v->visit = row->id;
    v->visit_state = row->state;
    v->carer = day_carer_at(d, row->carer);
    v->start_min = (int)row->start_min;
    v->minutes = (int)(row->end_min - row->start_min);
    v->arrived_min = minute_on(d, row->arrived_at);
    v->done_min = minute_on(d, row->done_at);
    v->over = v->over || row->state == VISIT_DONE || row->state == VISIT_NOT_MET;
}

MUST static enum err visit_rows_read(struct ctx *c, struct the_day *d)
{
    struct rows r = db_rows(c, &sql_dispatch_visits,
                            PARAMS(P_INT("org", d->org.n), P_INT("day", d->day.n)));
    while (rows_next(&r)) {
        struct visit row;
        record_clear(visit_fields, &row);
        rows_read(&r, visit_fields, &row);
        visit_note(d, &row);
    }
    return rows_end(&r);
}

/* --- who knows whom --- */

static int by_elder(const void *a, const void *b)
{
    const struct day_known *x = a, *y = b;
    int64_t diff = x->elder.n != y->elder.n ? x->elder.n - y->elder.n : x->carer.n - y->carer.n;
    return (diff > 0) - (diff < 0);
}

MUST static enum err history_read(struct ctx *c, struct the_day *d)
{
    int64_t days;
    size_t room = 0;
    TRY(parameter_int(c, "dispatch.history_days", d->scope, d->day, &days));
    struct rows r = db_rows(c, &sql_dispatch_history,
                            PARAMS(P_INT("org", d->org.n), P_INT("day", d->day.n),
                                   P_INT("since", d->day.n - days)));
    while (rows_next(&r)) {
        d->known = GROW(&d->mem, d->known, d->known_n, &room);
        double n = (double)rows_int(&r, 2), age = (double)rows_int(&r, 3);
        d->known[d->known_n++] = (struct day_known){
            { rows_int(&r, 0) }, { rows_int(&r, 1) }, n - age / (double)(days + 1) };
    }
    TRY(rows_end(&r));
    if (d->known_n)
        qsort(d->known, d->known_n, sizeof *d->known, by_elder);
    return ERR_NONE;
}

double day_weight(const struct the_day *d, struct elder_id elder, struct carer_id carer)
{
    struct day_known key = { elder, carer, 0 };
    const struct day_known *k = d->known_n && elder.n
        ? bsearch(&key, d->known, d->known_n, sizeof key, by_elder) : NULL;
    return k ? k->weight : 0;
}

static int by_start(const void *a, const void *b)
{
    const struct day_visit *x = a, *y = b;
    if (x->start_min != y->start_min)
        return x->start_min - y->start_min;
    if (x->order.n != y->order.n)
        return x->order.n > y->order.n ? 1 : -1;
    return x->seat - y->seat;
}

/* --- all --- */

static void places(struct the_day *d, bool wanted[WAY_KINDS])
{
    for (int i = 0; i < d->visits_n; i++)
        d->visits[i].place = ground_place(&d->ground, &d->mem, d->visits[i].at,
                                          d->visits[i].at_known);
    for (int i = 0; i < d->carers_n; i++)
        wanted[d->carers[i].way] = true;
}

/* Where the organisation is, for times that are asked about without a home: its first carer's. */
static void centre(struct the_day *d)
{
    d->centre = NOBODY;
    for (int i = 0; i < d->carers_n && d->centre == NOBODY; i++)
        d->centre = d->carers[i].place;
    for (int i = 0; i < d->visits_n && d->centre == NOBODY; i++)
        d->centre = d->visits[i].place;
}

enum err visits_read(struct ctx *c, struct the_day *d)
{
    TRY(orders_read(c, d));
    TRY(visit_rows_read(c, d));
    TRY(notes_read(c, d));
    if (d->visits_n)
        qsort(d->visits, (size_t)d->visits_n, sizeof *d->visits, by_start);
    day_windows(d);
    day_mates(d);
    day_firsts(d);
    return ERR_NONE;
}

MUST static enum err head_read(struct ctx *c, struct the_day *d)
{
    struct organisation org;
    int64_t early, late, unknown, percent;
    bool found;
    TRY(entity_load(c, &organisation_entity, d->org.n, &org, &found));
    if (!found)
        return fail(c, ERR_MISSING, "organisation.missing", "no organisation %lld",
                    (long long)d->org.n);
    d->scope = org.row.scope;
    TRY(parameter_int(c, "dispatch.early_min", d->scope, d->day, &early));
    TRY(parameter_int(c, "dispatch.late_min", d->scope, d->day, &late));
    TRY(parameter_int(c, "dispatch.unknown_way_min", d->scope, d->day, &unknown));
    TRY(parameter_int(c, "dispatch.way_percent", d->scope, d->day, &percent));
    struct day today = day_of(c->now);
    d->way_percent = (int)percent;
    d->early_min = (int)early;
    d->late_min = (int)late;
    d->ground.unknown_s = (int32_t)(unknown * 60);
    d->now_min = d->day.n > today.n ? 0 : d->day.n < today.n ? MINUTES_A_DAY : minute_of(c->now);
    return ERR_NONE;
}

enum err day_stamp(struct ctx *c, struct organisation_id org, struct day day,
                   struct sv *ret_stamp)
{
    struct buf b = buf_new(&c->mem, 96);
    struct rows r = db_rows(c, &sql_dispatch_stamp,
                            PARAMS(P_INT("org", org.n), P_INT("day", day.n)));
    if (rows_next(&r))
        for (int i = 0; i < r.columns; i++)
            buf_fmt(&b, i ? ".%llx" : "%llx", (unsigned long long)rows_int(&r, i));
    TRY(rows_end(&r));
    *ret_stamp = buf_sv(&b);
    return ERR_NONE;
}

enum err day_make(struct ctx *c, struct organisation_id org, struct day day,
                  const struct ground *like, struct the_day *d)
{
    bool wanted[WAY_KINDS] = { false };
    struct sv stamp;
    d->org = org;
    d->day = day;
    TRY(day_stamp(c, org, day, &stamp));
    d->stamp = sv_copy(&d->mem, stamp);
    TRY(head_read(c, d));
    TRY(staff_read(c, d));
    TRY(fair_read(c, d));
    TRY(visits_read(c, d));
    TRY(history_read(c, d));
    TRY(day_pairs_read(c, d));
    places(d, wanted);
    centre(d);
    TRY(ground_measure(c, &d->mem, wanted, like, &d->ground));
    day_stand(c, d);
    day_fill(c, d);
    return ERR_NONE;
}
