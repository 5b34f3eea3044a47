/*
 * plan.c - all delivered meals of a place, day and sitting dealt out to rounds: found, then written
 * down over the runs that may be planned again.
 *
 * A run that is locked, under way or done stays as it is, and who makes it is busy meanwhile. It is
 * found on a reader's snapshot, then written by the writer if nothing it was found on has changed:
 * other people's writes do not wait for the search.
 */

#include "care/delivery/round.h"
#include "http/describe/gives.h"

#include <stdlib.h>

SQL(order_stop);

const struct field run_asked_fields[] = {
    LINK(struct run_asked, place, "place", .required = true, .zh = "网点", .en = "Place"),
    FIELD(struct run_asked, day, .required = true, .zh = "日期", .en = "Day"),
    CHOICE(struct run_asked, sitting, sitting_choices, .required = true, .zh = "餐次",
           .en = "Sitting"),
    { 0 },
};

/* --- found --- */

MUST static enum err find(struct ctx *c, struct round *r, struct trip_plan *ret_plan)
{
    *ret_plan = (struct trip_plan){ .left = NEW(&c->mem, int32_t, r->n), .left_n = (int)r->n };
    for (size_t i = 0; i < r->n; i++)
        ret_plan->left[i] = (int32_t)i;
    TRY(round_bearers(c, r));
    if (r->trips.bearers_n == 0)
        return ERR_NONE;
    TRY(round_ways(c, r));
    TRY(round_wishes(c, r));
    return trip_search(c, &r->trips, &round_budget, ret_plan);
}

/* --- written down --- */

struct writing {
    struct ctx         *c;
    struct round       *r;
    const struct trip_plan *plan;
    bool               *taken;             /* of each run: it has a trip of this plan */
    int64_t            *ids;               /* of the runs that have one */
    struct runs_made    made;
};

/* What is left out leaves the run it stood in, before any run is counted. */
MUST static enum err leave_out(struct writing *w)
{
    for (int i = 0; i < w->plan->left_n; i++) {
        struct meal_stop s;
        bool found;
        record_clear(meal_stop_fields, &s);
        TRY(db_find(w->c, &sql_order_stop,
                    PARAMS(P_INT("care_order", w->r->go[w->plan->left[i]].order.id.n)),
                    meal_stop_fields, &s, &found));
        if (found)
            TRY(entity_act_by_rule(w->c, &meal_stop_entity, s.id.n, s.row.version, SV("drop"),
                                   NULL, &s));
    }
    return ERR_NONE;
}

static int64_t person_id(const struct writing *w, const struct trip *t)
{
    int person = w->r->spans[t->bearer].person;
    return person < 0 ? 0 : w->r->people[person].id.n;
}

/* How many of her runs leave before: her first, second … */
static int64_t trip_number(const struct writing *w, const struct trip *t)
{
    int64_t n = 1, who = person_id(w, t);
    for (int i = 0; i < w->plan->trips_n; i++) {
        const struct trip *o = &w->plan->trips[i];
        n += o != t && person_id(w, o) == who && o->leave < t->leave;
    }
    for (size_t i = 0; i < w->r->runs_n; i++) {
        const struct meal_run *run = &w->r->runs[i];
        n += !run_is_free(run) && run->bringer.n == who && run->leave_min * 60 < t->leave;
    }
    return n;
}

/* The same trip of the same person first, then any that is free. */
static struct meal_run *run_for(struct writing *w, const struct trip *t, int64_t trip)
{
    struct meal_run *any = NULL;
    for (size_t i = 0; i < w->r->runs_n; i++) {
        struct meal_run *run = &w->r->runs[i];
        if (w->taken[i] || !run_is_free(run))
            continue;
        if (run->bringer.n == person_id(w, t) && run->trip == trip)
            return run;
        any = any ? any : run;
    }
    return any;
}

void run_takes_times(struct meal_run *run, const struct trip *t, const struct trip_over *over,
                     const struct round *r)
{
    int32_t doors = 0;
    run->leave_min = t->leave / 60;
    run->back_min = (t->back + 59) / 60;
    run->over_hot_min = (over->hot + 59) / 60;
    run->over_late_min = (over->late + 59) / 60;
    run->over_boxes = over->boxes;
    run->by_streets = r->streets;
    for (int i = 0; i < t->stops_n; i++)
        doors += r->trips.doors[t->stops[i].door].service;
    run->travel_min = (t->back - t->leave - doors + 59) / 60;
}

static void run_fill(struct writing *w, struct meal_run *run, const struct trip *t)
{
    int person = w->r->spans[t->bearer].person;
    const struct meal_bringer *b = person < 0 ? NULL : &w->r->people[person];
    struct trip timed = *t;
    struct trip_over over;
    trip_time(&w->r->trips, &timed, t->leave, &over);
    if (!run->id.n) {
        run->row.scope = w->r->place.row.scope;
        run->place = w->r->asked.place;
        run->org = w->r->place.org;
        run->day = w->r->asked.day;
        run->sitting = w->r->asked.sitting;
    }
    if (b || run->bringer.n)
        run->carer.n = b ? b->carer.n : 0;
    run->bringer.n = b ? b->id.n : 0;
    run->travel = b ? b->travel : TRAVEL_WALK;
    run->boxes = b ? b->boxes : 0;
    run_takes_times(run, t, &over, w->r);
}

MUST static enum err stop_store(struct writing *w, const struct meal_run *run,
                                const struct trip_stop *at, int64_t seq)
{
    const struct going *g = &w->r->go[at->door];
    struct meal_stop s;
    bool found;
    record_clear(meal_stop_fields, &s);
    TRY(db_find(w->c, &sql_order_stop, PARAMS(P_INT("care_order", g->order.id.n)),
                meal_stop_fields, &s, &found));
    if (found)
        TRY(entity_load(w->c, &meal_stop_entity, s.id.n, &s, &found));
    s.run = run->id;
    s.seq = seq;
    s.at_min = at->at / 60;
    s.off_map = g->off_map;
    s.quantity = g->order.quantity;
    s.diets = g->order.diets;
    if (found)
        return entity_update_by_rule(w->c, &meal_stop_entity, &s, s.row.version, "plan");
    s.row.scope = run->row.scope;
    s.org = run->org;
    s.care_order = g->order.id;
    s.elder = g->order.elder;
    s.day = run->day;
    s.door = door_short(&w->c->mem, g->order.for_address);
    s.for_name = g->order.for_name;
    return entity_create_under(w->c, &meal_stop_entity, &s);
}

MUST static enum err run_store(struct writing *w, const struct trip *t)
{
    struct meal_run fresh, *run;
    bool found = true;
    int64_t trip = trip_number(w, t);
    record_clear(meal_run_fields, &fresh);
    run = run_for(w, t, trip);
    if (run) {
        w->taken[run - w->r->runs] = true;
        TRY(entity_load(w->c, &meal_run_entity, run->id.n, run, &found));
    } else {
        run = &fresh;
    }
    run->trip = trip;
    run_fill(w, run, t);
    if (!run->id.n)
        TRY(entity_create_by_rule(w->c, &meal_run_entity, run));
    else
        TRY(entity_update_by_rule(w->c, &meal_run_entity, run, run->row.version, "plan"));
    for (int i = 0; i < t->stops_n; i++)
        TRY(stop_store(w, run, &t->stops[i], i + 1));
    w->ids[w->made.runs++] = run->id.n;
    return ERR_NONE;
}

/* Runs that no trip took are nobody's any more. */
MUST static enum err runs_end(struct writing *w)
{
    for (size_t i = 0; i < w->r->runs_n; i++) {
        struct meal_run *run = &w->r->runs[i];
        bool found;
        if (!run_is_free(run) || w->taken[i])
            continue;
        TRY(entity_load(w->c, &meal_run_entity, run->id.n, run, &found));
        if (run->state == RUN_PLANNED)
            TRY(entity_act_by_rule(w->c, &meal_run_entity, run->id.n, run->row.version,
                                   SV("drop"), NULL, run));
    }
    return ERR_NONE;
}

static int by_leaving(const void *left, const void *right)
{
    const struct trip *a = left, *b = right;
    return a->leave != b->leave ? (a->leave > b->leave) - (a->leave < b->leave)
                                : (a->bearer > b->bearer) - (a->bearer < b->bearer);
}

/* --- asked --- */

/*
 * What a plan was found on: orders, runs and people with their versions. The search takes a second
 * for two hundred doors, so it is made by a reader; what has moved meanwhile is seen by this.
 */
static struct sv stamp_of(struct ctx *c, const struct round *r)
{
    struct buf b = buf_new(&c->mem, 32 * (r->n + r->runs_n + r->people_n) + 64);
    for (size_t i = 0; i < r->n; i++)
        buf_fmt(&b, "o%llx.%llx", (unsigned long long)r->go[i].order.id.n,
                (unsigned long long)r->go[i].order.row.version);
    for (size_t i = 0; i < r->runs_n; i++)
        buf_fmt(&b, "r%llx.%llx", (unsigned long long)r->runs[i].id.n,
                (unsigned long long)r->runs[i].row.version);
    for (size_t i = 0; i < r->people_n; i++)
        buf_fmt(&b, "p%llx.%llx", (unsigned long long)r->people[i].id.n,
                (unsigned long long)r->people[i].row.version);
    return buf_sv(&b);
}

struct runs_found { struct round r; struct trip_plan plan; struct sv stamp; };

MUST static enum err round_now(struct ctx *c, const struct run_asked *in, struct round *r)
{
    TRY(round_open(c, in, r));
    TRY(round_free(c, r));
    if (r->n == 0)
        return fail(c, ERR_CONFLICT, "delivery.nothing", "no meals to bring");
    return ERR_NONE;
}

enum err run_find(struct ctx *c, const struct run_asked *in, struct runs_found **ret_found)
{
    struct runs_found *f = NEW(&c->mem, struct runs_found, 1);
    TRY(round_now(c, in, &f->r));
    f->stamp = stamp_of(c, &f->r);
    TRY(find(c, &f->r, &f->plan));
    qsort(f->plan.trips, (size_t)f->plan.trips_n, sizeof *f->plan.trips, by_leaving);
    *ret_found = f;
    return ERR_NONE;
}

/* The same doors, runs and people, at the same versions? Then what was found may be written. */
MUST static enum err still_so(struct ctx *c, const struct run_asked *in,
                              const struct runs_found *f)
{
    struct round now;
    TRY(round_now(c, in, &now));
    if (!sv_eq(stamp_of(c, &now), f->stamp))
        return fail(c, ERR_CONFLICT, "delivery.moved_on", "the round has moved on");
    return ERR_NONE;
}

enum err run_write(struct ctx *c, const struct run_asked *in, const struct runs_found *f,
                   struct runs_made *ret_made)
{
    struct round r = f->r;
    struct writing w = { .c = c, .r = &r, .plan = &f->plan };
    bool found;
    TRY(still_so(c, in, f));
    r.runs = NEW(&c->mem, struct meal_run, r.runs_n);        /* a second try begins as the first */
    for (size_t i = 0; i < r.runs_n; i++)
        r.runs[i] = f->r.runs[i];
    w.taken = NEW(&c->mem, bool, r.runs_n);
    w.ids = NEW(&c->mem, int64_t, f->plan.trips_n);
    TRY(leave_out(&w));
    for (int i = 0; i < f->plan.trips_n; i++)
        TRY(run_store(&w, &f->plan.trips[i]));
    TRY(runs_end(&w));
    for (int64_t i = 0; i < w.made.runs; i++)
        TRY(run_count(c, (struct meal_run_id){ w.ids[i] }));
    if (w.made.runs)
        TRY(entity_load(c, &meal_run_entity, w.ids[0], &w.made.first, &found));
    w.made.left_out = f->plan.left_n;
    *ret_made = w.made;
    return ERR_NONE;
}

enum err run_make(struct ctx *c, const struct run_asked *in, struct runs_made *ret_made)
{
    struct runs_found *f;
    TRY(run_find(c, in, &f));
    return run_write(c, in, f, ret_made);
}

enum err delivery_run_find(struct ctx *c, struct request *q)
{
    struct runs_found *f;
    TRY(run_find(c, q->body, &f));
    q->hashed = f;
    return ERR_NONE;
}

enum err delivery_run_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct runs_made made;
    TRY(run_write(c, q->body, q->hashed, &made));
    a->status = 201;
    if (made.first.id.n)
        entity_json(c, &a->json, "run", &meal_run_entity, &made.first, false);
    json_int(&a->json, "runs", made.runs);
    json_int(&a->json, "left_out", made.left_out);
    return ERR_NONE;
}

const struct field run_gives[] = {
    MAY_SAY(RECORD, "run", .links = "meal_run", .zh = "第一趟", .en = "The first to leave"),
    SAYS(INT, "runs", .zh = "趟数", .en = "Runs"),
    SAYS(INT, "left_out", .zh = "排不进的份数", .en = "Orders that are in no run"), { 0 },
};
