/* people.c - who carries what, from when to when, and whom an elder is used to. */

#include "care/delivery/round.h"

SQL(delivery_usual);

enum { USUAL_DAYS = 45, USUAL_MAX = 4000, USUAL_WORTH_S = 120 };

/* --- spans in which somebody can go out --- */

struct free_time { int32_t from, until; };

static void span_add(struct round *r, struct trip_bearer *bearers, int person, struct free_time t)
{
    const struct meal_bringer *b = &r->people[person];
    if (t.until - t.from < 60 || r->trips.bearers_n == TRIP_BEARERS_MAX)
        return;
    r->spans[r->trips.bearers_n].person = person;
    bearers[r->trips.bearers_n++] = (struct trip_bearer){ round_way(b->travel), (int32_t)b->boxes,
                                                          t.from, t.until };
}

/* The next of her runs that stays as it is, at or after a moment; NULL: none. */
static const struct meal_run *next_kept(const struct round *r, int person, int32_t after)
{
    const struct meal_run *next = NULL;
    for (size_t i = 0; i < r->runs_n; i++) {
        const struct meal_run *run = &r->runs[i];
        if (run_is_free(run) || run->bringer.n != r->people[person].id.n ||
            run->back_min * 60 <= after)
            continue;
        if (!next || run->leave_min < next->leave_min)
            next = run;
    }
    return next;
}

static void spans_of(struct round *r, struct trip_bearer *bearers, int person, int32_t now)
{
    const struct meal_bringer *b = &r->people[person];
    int32_t load = (int32_t)r->load_min * 60;
    int32_t from = (int32_t)b->from_min * 60, until = NIGHT_S;
    const struct meal_run *kept;
    from = from > now ? from : now;
    if (b->until_min)
        until = (int32_t)b->until_min * 60;
    while ((kept = next_kept(r, person, from))) {
        int32_t leave = (int32_t)kept->leave_min * 60 - load;
        span_add(r, bearers, person, (struct free_time){ from, leave });
        from = (int32_t)kept->back_min * 60 + load;
    }
    span_add(r, bearers, person, (struct free_time){ from, until });
}

/* Nobody is named: somebody on foot with all the time there is. */
static void anybody(struct round *r, struct trip_bearer *bearers)
{
    r->spans[0].person = -1;
    bearers[0] = (struct trip_bearer){ round_way(TRAVEL_WALK), BEARER_BOXES, 0, TRIP_TIME_MAX };
    r->trips.bearers_n = 1;
}

static int32_t open_of(const struct going *g)
{
    return (int32_t)g->order.start_min * 60;
}

static void doors_make(struct ctx *c, struct round *r, bool named)
{
    struct trip_door *doors = NEW(&c->mem, struct trip_door, r->n);
    for (size_t i = 0; i < r->n; i++) {
        int32_t close = (int32_t)(r->go[i].order.end_min + r->slack_min) * 60;
        doors[i] = (struct trip_door){ open_of(&r->go[i]), named ? close : TRIP_TIME_MAX,
                                       (int32_t)r->door_min * 60,
                                       (int32_t)r->go[i].order.quantity };
    }
    r->trips.doors = doors;
    r->trips.doors_n = (int)r->n;
    r->trips.hot = named ? (int32_t)r->hot_min * 60 : TRIP_TIME_MAX;
    r->trips.load = (int32_t)r->load_min * 60;
}

enum err round_bearers(struct ctx *c, struct round *r)
{
    struct trip_bearer *bearers = NEW(&c->mem, struct trip_bearer, TRIP_BEARERS_MAX);
    bool today = r->asked.day.n == day_of(c->now).n;
    r->spans = NEW(&c->mem, struct span, TRIP_BEARERS_MAX);
    r->trips.bearers = bearers;
    r->trips.bearers_n = 0;
    for (size_t i = 0; i < r->people_n; i++)
        spans_of(r, bearers, (int)i, today ? minute_of(c->now) * 60 : 0);
    if (r->people_n == 0)
        anybody(r, bearers);
    doors_make(c, r, r->people_n > 0);
    return ERR_NONE;
}

/* --- whom she is used to --- */

/* Everybody else goes two minutes out of the way for it, no more. */
enum err round_wishes(struct ctx *c, struct round *r)
{
    struct day since = { r->asked.day.n - USUAL_DAYS };
    int32_t *wish = NEW(&c->mem, int32_t, r->n * (size_t)r->trips.bearers_n);
    bool any = false;
    struct rows rows = db_rows(c, &sql_delivery_usual,
                               PARAMS(P_INT("place", r->asked.place.n), P_INT("since", since.n),
                                      P_INT("before", r->asked.day.n)));
    for (int n = 0; n < USUAL_MAX && rows_next(&rows); n++) {
        int64_t elder = rows_int(&rows, 0), carer = rows_int(&rows, 1);
        for (size_t i = 0; i < r->n; i++) {
            if (r->go[i].order.elder.n != elder)
                continue;
            for (int b = 0; b < r->trips.bearers_n; b++) {
                int person = r->spans[b].person;
                bool hers = person >= 0 && r->people[person].carer.n == carer;
                wish[(int)i * r->trips.bearers_n + b] = hers ? 0 : USUAL_WORTH_S;
            }
            any = true;
        }
    }
    r->trips.wish = any ? wish : NULL;
    return rows_end(&rows);
}
