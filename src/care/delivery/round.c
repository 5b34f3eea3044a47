/* round.c - what planning looks at: parameters, people, runs, and the orders that go out. */

#include "care/delivery/round.h"
#include "care/parameter/parameter.h"

#include <stdlib.h>

SQL(run_orders);
SQL(round_runs);
SQL(round_people);

/* Some thousand turns a search: sixty doors in some hundredths of a second. */
const struct trip_budget round_budget = { .iterations = 2000, .seed = 1 };

bool run_is_free(const struct meal_run *run)
{
    return run->state == RUN_PLANNED && !run->locked;
}

MUST static enum err ids_of(struct rows *r, int64_t *ids, size_t room, size_t *ret_n)
{
    *ret_n = 0;
    while (*ret_n < room && rows_next(r))
        ids[(*ret_n)++] = rows_int(r, 0);
    return rows_end(r);
}

#define OF_ROUND(in)                                                                 \
    PARAMS(P_INT("place", (in)->place.n), P_INT("day", (in)->day.n),                 \
           P_TEXT("sitting", sv_of(sitting_choices[(in)->sitting].key)))

MUST static enum err people_read(struct ctx *c, struct round *r)
{
    int64_t ids[BRINGERS_MAX];
    struct rows rows = db_rows(c, &sql_round_people, OF_ROUND(&r->asked));
    bool found;
    TRY(ids_of(&rows, ids, BRINGERS_MAX, &r->people_n));
    r->people = NEW(&c->mem, struct meal_bringer, r->people_n);
    for (size_t i = 0; i < r->people_n; i++)
        TRY(entity_load(c, &meal_bringer_entity, ids[i], &r->people[i], &found));
    return ERR_NONE;
}

MUST static enum err runs_read(struct ctx *c, struct round *r)
{
    int64_t ids[DELIVERY_RUNS_MAX];
    struct rows rows = db_rows(c, &sql_round_runs, OF_ROUND(&r->asked));
    bool found;
    TRY(ids_of(&rows, ids, DELIVERY_RUNS_MAX, &r->runs_n));
    r->runs = NEW(&c->mem, struct meal_run, r->runs_n);
    for (size_t i = 0; i < r->runs_n; i++)
        TRY(entity_load(c, &meal_run_entity, ids[i], &r->runs[i], &found));
    return ERR_NONE;
}

MUST static enum err limits_read(struct ctx *c, struct round *r)
{
    const struct { const char *name; int64_t *n; } asked[] = {
        { "delivery.hot_minutes", &r->hot_min },   { "delivery.door_minutes", &r->door_min },
        { "delivery.load_minutes", &r->load_min }, { "delivery.leg_minutes", &r->leg_min },
        { "delivery.slack_minutes", &r->slack_min },
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        TRY(parameter_int(c, asked[i].name, r->place.row.scope, r->asked.day, asked[i].n));
        if (*asked[i].n < 0 || *asked[i].n > 1440)
            return fail(c, ERR_BROKEN, "parameter.form", "%s is out of range", asked[i].name);
    }
    return ERR_NONE;
}

enum err round_open(struct ctx *c, const struct run_asked *in, struct round *ret_round)
{
    struct round r = { .asked = *in };
    if (in->sitting == SITTING_NONE)
        fail_field(c, SV("sitting"), "menu.sitting");
    TRY(fail_fields(c));
    TRY(entity_get(c, &place_entity, in->place.n, &r.place));
    if (!meal_cooks(c, r.place.org))
        return fail(c, ERR_FORBIDDEN, "delivery.not_ours", "place %lld is another's",
                    (long long)in->place.n);
    TRY(limits_read(c, &r));
    TRY(people_read(c, &r));
    TRY(runs_read(c, &r));
    *ret_round = r;
    return ERR_NONE;
}

static int by_door(const void *left, const void *right)
{
    const struct going *a = left, *b = right;
    int way = printing_door_order(&a->door, &b->door);
    return way ? way : a->nth < b->nth ? -1 : a->nth > b->nth;
}

enum err round_goings(struct ctx *c, struct round *r, const int64_t *ids, size_t n, bool as_given)
{
    bool found;
    r->go = NEW(&c->mem, struct going, n);
    r->n = n;
    for (size_t i = 0; i < n; i++) {
        struct going *g = &r->go[i];
        TRY(entity_load(c, &care_order_entity, ids[i], &g->order, &found));
        g->door = (struct printing_door){ .address = g->order.for_address };
        g->at = (struct point){ (int32_t)g->order.for_lat.e7, (int32_t)g->order.for_lon.e7 };
        g->nth = i;
    }
    if (!as_given)
        qsort(r->go, n, sizeof *r->go, by_door);
    return ERR_NONE;
}

enum err round_free(struct ctx *c, struct round *r)
{
    int64_t ids[DELIVERY_DOORS_MAX + 1];
    size_t n;
    struct rows rows = db_rows(c, &sql_run_orders, OF_ROUND(&r->asked));
    TRY(ids_of(&rows, ids, DELIVERY_DOORS_MAX + 1, &n));
    if (n > DELIVERY_DOORS_MAX)
        return fail(c, ERR_TOO_LARGE, "delivery.too_many", "more than %d doors",
                    DELIVERY_DOORS_MAX);
    return round_goings(c, r, ids, n, false);
}
