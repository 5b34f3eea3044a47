/* run.c - a round of delivered meals: whose, in which order. */

#include "care/delivery/delivery.h"
#include "care/near/walk.h"
#include "care/printing/printing.h"

#include <stdlib.h>

SQL(run_orders);
SQL(run_planned);
SQL(run_stop_of);
SQL(run_counts);

enum { LEG_LIMIT_M = 4000 };

const struct field run_asked_fields[] = {
    LINK(struct run_asked, place, "place", .required = true, .zh = "网点", .en = "Place"),
    FIELD(struct run_asked, day, .required = true, .zh = "日期", .en = "Day"),
    CHOICE(struct run_asked, sitting, sitting_choices, .required = true, .zh = "餐次",
           .en = "Sitting"),
    { 0 },
};

struct sv door_short(struct arena *mem, struct sv address)
{
    static const char *const houses[] = { "号楼", "栋", "楼", "单元", "门" };
    struct buf b = buf_new(mem, 16);
    int64_t number = -1;
    for (size_t at = 0; at < address.len && b.len < 12;) {
        size_t end = at;
        while (end < address.len && address.at[end] >= '0' && address.at[end] <= '9')
            end++;
        if (end > at) {
            if (!sv_int(sv_head(sv_from(address, at), end - at), 0, 99999, &number))
                number = -1;
            at = end;
            continue;
        }
        if (address.at[at] == ' ') {
            at++;
            continue;
        }
        for (size_t i = 0; number >= 0 && i < sizeof houses / sizeof *houses; i++)
            if (sv_starts(sv_from(address, at), sv_of(houses[i]))) {
                buf_text(&b, b.len ? "-" : "");
                buf_int(&b, number);
                break;
            }
        number = -1;
        at++;
    }
    return buf_sv(&b);
}

/* --- the orders of a run, and where they go --- */

struct going {
    struct care_order order;
    struct printing_door door;
    size_t at;                             /* as it was read, for equal doors */
};

MUST static enum err orders_read(struct ctx *c, const struct run_asked *in, struct meal_run_id run,
                                 struct going *ret, size_t *ret_n)
{
    int64_t ids[RUN_STOPS_MAX + 1];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_run_orders,
                            PARAMS(P_INT("place", in->place.n), P_INT("day", in->day.n),
                                   P_TEXT("sitting", sv_of(sitting_choices[in->sitting].key)),
                                   P_INT("run", run.n)));
    while (n <= RUN_STOPS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    n = n > RUN_STOPS_MAX ? RUN_STOPS_MAX : n;
    for (size_t i = 0; i < n; i++) {
        bool found;
        TRY(entity_load(c, &care_order_entity, ids[i], &ret[i].order, &found));
        ret[i].door = (struct printing_door){ .address = ret[i].order.for_address };
        ret[i].at = i;
    }
    *ret_n = n;
    return ERR_NONE;
}

static int by_door(const void *left, const void *right)
{
    const struct going *a = left, *b = right;
    int way = printing_door_order(&a->door, &b->door);
    return way ? way : a->at < b->at ? -1 : a->at > b->at;
}

static struct point home_of(const struct care_order *o)
{
    return (struct point){ (int32_t)o->for_lat.e7, (int32_t)o->for_lon.e7 };
}

/*
 * By the streets where the house knows them and all homes: else by buildings, which is how one
 * walks without a map. *ret_ms: the round's time; 0 by buildings.
 */
MUST static enum err put_in_order(struct ctx *c, const struct place *place, struct going *go,
                                  size_t n, uint64_t *ret_ms)
{
    struct point points[RUN_STOPS_MAX + 1] = { { (int32_t)place->lat.e7, (int32_t)place->lon.e7 } };
    size_t order[RUN_STOPS_MAX + 1];
    bool known = n > 0;
    *ret_ms = 0;
    qsort(go, n, sizeof *go, by_door);
    for (size_t i = 0; i < n; i++) {
        points[i + 1] = home_of(&go[i].order);
        known = known && go[i].order.for_lat.e7;
    }
    if (!known)
        return ERR_NONE;
    uint32_t *ms = NEW(&c->mem, uint32_t, (n + 1) * (n + 1));
    TRY(walk_times(c, points, n + 1, LEG_LIMIT_M, ms, &known));
    if (!known)
        return ERR_NONE;
    struct going *sorted = NEW(&c->mem, struct going, n);
    *ret_ms = walk_order(ms, n + 1, order);
    for (size_t i = 0; i < n; i++)
        sorted[i] = go[order[i + 1] - 1];
    for (size_t i = 0; i < n; i++)
        go[i] = sorted[i];
    return ERR_NONE;
}

/* --- stored --- */

MUST static enum err stop_store(struct ctx *c, const struct meal_run *run, const struct going *g,
                                int64_t seq)
{
    struct meal_stop s;
    bool found;
    record_clear(meal_stop_fields, &s);
    TRY(db_find(c, &sql_run_stop_of,
                PARAMS(P_INT("run", run->id.n), P_INT("care_order", g->order.id.n)),
                meal_stop_fields, &s, &found));
    if (found)
        TRY(entity_load(c, &meal_stop_entity, s.id.n, &s, &found));
    s.seq = seq;
    s.quantity = g->order.quantity;
    s.diets = g->order.diets;
    if (found)
        return entity_update_by_rule(c, &meal_stop_entity, &s, s.row.version, "plan");
    s.row.scope = run->row.scope;
    s.run = run->id;
    s.org = run->org;
    s.care_order = g->order.id;
    s.elder = g->order.elder;
    s.day = run->day;
    s.door = door_short(&c->mem, g->order.for_address);
    s.for_name = g->order.for_name;
    return entity_create_under(c, &meal_stop_entity, &s);
}

MUST static enum err counts_read(struct ctx *c, struct meal_run *run)
{
    struct rows r = db_rows(c, &sql_run_counts, PARAMS(P_INT("run", run->id.n)));
    if (rows_next(&r)) {
        run->stops = rows_int(&r, 0);
        run->portions = rows_int(&r, 1);
        run->open = rows_int(&r, 2);
    }
    return rows_end(&r);
}

enum err run_count(struct ctx *c, struct meal_run_id id)
{
    struct meal_run run;
    bool found;
    TRY(entity_load(c, &meal_run_entity, id.n, &run, &found));
    if (!found)
        return fail(c, ERR_BROKEN, "house.broken", "a stop without its run %lld", (long long)id.n);
    TRY(counts_read(c, &run));
    TRY(entity_update_by_rule(c, &meal_run_entity, &run, run.row.version, "count"));
    if (run.state == RUN_PLANNED && run.open < run.stops && run.stops)
        TRY(entity_act_by_rule(c, &meal_run_entity, run.id.n, run.row.version, SV("leave"), NULL,
                               &run));
    if (run.state == RUN_UNDER_WAY && run.open == 0)
        TRY(entity_act_by_rule(c, &meal_run_entity, run.id.n, run.row.version, SV("finish"), NULL,
                               &run));
    return ERR_NONE;
}

/* The run that has not left, or a new one. */
MUST static enum err run_of(struct ctx *c, const struct run_asked *in, const struct place *place,
                            struct meal_run *run)
{
    bool found;
    record_clear(meal_run_fields, run);
    TRY(db_find(c, &sql_run_planned,
                PARAMS(P_INT("place", in->place.n), P_INT("day", in->day.n),
                       P_TEXT("sitting", sv_of(sitting_choices[in->sitting].key))),
                meal_run_fields, run, &found));
    if (found)
        return ERR_NONE;
    run->row.scope = place->row.scope;
    run->place = in->place;
    run->org = place->org;
    run->day = in->day;
    run->sitting = in->sitting;
    return ERR_NONE;
}

MUST static enum err cooked_here(struct ctx *c, const struct run_asked *in,
                                 struct place *ret_place)
{
    if (in->sitting == SITTING_NONE)
        fail_field(c, SV("sitting"), "menu.sitting");
    TRY(fail_fields(c));
    TRY(entity_get(c, &place_entity, in->place.n, ret_place));
    if (!meal_cooks(c, ret_place->org))
        return fail(c, ERR_FORBIDDEN, "delivery.not_ours", "place %lld is another's",
                    (long long)in->place.n);
    return ERR_NONE;
}

enum err run_make(struct ctx *c, const struct run_asked *in, struct meal_run *ret_run)
{
    struct going *go = NEW(&c->mem, struct going, RUN_STOPS_MAX);
    struct meal_run run;
    struct place place;
    uint64_t ms;
    size_t n;
    TRY(cooked_here(c, in, &place));
    TRY(run_of(c, in, &place, &run));
    TRY(orders_read(c, in, run.id, go, &n));
    if (n == 0)
        return fail(c, ERR_CONFLICT, "delivery.nothing", "no meals to bring");
    TRY(put_in_order(c, &place, go, n, &ms));
    run.by_streets = ms > 0;
    run.walk_min = (int64_t)((ms + 59999) / 60000);
    if (run.id.n == 0)
        TRY(entity_create_by_rule(c, &meal_run_entity, &run));
    for (size_t i = 0; i < n; i++)
        TRY(stop_store(c, &run, &go[i], (int64_t)i + 1));
    TRY(counts_read(c, &run));
    TRY(entity_update_by_rule(c, &meal_run_entity, &run, run.row.version, "plan"));
    *ret_run = run;
    return ERR_NONE;
}
