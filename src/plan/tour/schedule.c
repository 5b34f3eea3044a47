/* schedule.c - codes of a search as carers' days, with every time and load. */

#include "plan/tour/schedule.h"

#include "plan/tour/search/state.h"
#include "plan/tour/walk.h"

#include <assert.h>

/* --- trials --- */

static int64_t overtime(const struct tour_hours *h, int64_t work)
{
    return h->price && work > h->usual ? work - h->usual : 0;
}

static int64_t overtime_cost(const struct tour_hours *h, int64_t work)
{
    return overtime(h, work) * h->price / 3600;
}

/* What she works, when she works the day that was walked; only then does it matter. */
static void try_hours(struct walk *w, struct tour_trial *t)
{
    const struct tour_hours *h = &w->carer->hours;
    if (h->most == 0 && h->price == 0)
        return;
    int32_t depart = w->carer->shift.open;
    if (h->waits && t->late_n == 0 && t->over == 0) {
        struct tour_trial kept = *t;
        depart = walk_departure(w);
        *t = kept;
    } else if (h->waits) {
        return;                          /* what gives changes when she would leave */
    }
    int64_t work = walk_hours(w, depart);
    t->cost += overtime_cost(h, work);
    t->long_by = h->most && work > h->most ? work - h->most : 0;
}

static bool try_walk(struct walk *w, struct tour_trial *t)
{
    const struct tour_carer *k = w->carer;
    if (!walk(w, k->shift.open))
        return false;
    t->over = w->now > k->shift.close ? w->now - k->shift.close : 0;
    t->cost = w->cost;
    t->travel = w->travel;
    t->distance = w->distance;
    if (t->travel > k->travel_max || t->distance > k->distance_max)
        return false;
    try_hours(w, t);
    return true;
}

bool tour_try(const struct tour_problem *p, int carer, const int32_t *codes, int n, int32_t asked,
              struct tour_trial *ret_trial)
{
    const struct tour_carer *k = &p->carers[carer];
    struct tour_trial t = { .late_at = TOUR_NONE };
    struct walk w = { .p = p, .carer = k, .carer_at = carer, .codes = codes, .n = n,
                      .trial = &t, .asked = asked };
    int tasks = n - 2 - k->breaks_n;
    if (tasks > k->tasks_max || !walk_carries(&w))
        return false;
    int32_t times[walk_rides(&w) ? 3 * n : 1];
    if (walk_rides(&w)) {
        w.begin = times;
        w.done = times + n;
        w.hold = times + 2 * n;
    }
    bool can = try_walk(&w, &t);
    if (can)
        *ret_trial = t;
    return can;
}

bool tour_holds(const struct tour_trial *t)
{
    return t->late_n == 0 && t->over == 0 && t->long_by == 0;
}

/* --- plans --- */

static void schedule_one(struct ctx *c, struct walk *w, struct tour *tour)
{
    const struct tour_hours *h = &w->carer->hours;
    *tour = (struct tour){ .carer = w->carer_at, .steps = NEW(&c->mem, struct tour_step, w->n) };
    if (walk_rides(w)) {
        w->begin = NEW(&c->mem, int32_t, 3 * w->n);
        w->done = w->begin + w->n;
        w->hold = w->done + w->n;
    }
    bool fits = walk(w, w->carer->shift.open);
    assert(fits);
    int32_t depart = walk_departure(w);
    w->tour = tour;
    fits = walk(w, depart);
    assert(fits);
    tour->work = walk_hours(w, depart);
    tour->overtime = overtime(h, tour->work);
    tour->cost = w->cost + overtime_cost(h, tour->work);
    tour->travel = w->travel;
    tour->distance = w->distance;
}

void tour_schedule(struct ctx *c, const struct tour_problem *p, const int32_t *codes,
                   struct tour_plan *ret_plan)
{
    struct tour_plan plan = { .tours = NEW(&c->mem, struct tour, p->carers_n),
                              .absent = NEW(&c->mem, int32_t, p->visits_n) };
    bool *there = NEW(&c->mem, bool, p->visits_n);
    while (*codes != TOUR_NONE) {
        struct walk w = { .p = p, .carer = &p->carers[codes[0]], .carer_at = codes[0],
                          .n = codes[1], .codes = codes + 2 };
        schedule_one(c, &w, &plan.tours[plan.tours_n]);
        plan.cost += plan.tours[plan.tours_n++].cost;
        for (int i = 0; i < w.n; i++)
            if (w.codes[i] >= 0)
                there[w.codes[i]] = true;
        codes += 2 + w.n;
    }
    for (int i = 0; i < p->visits_n; i++)
        if (!there[i])
            plan.absent[plan.absent_n++] = i;
    *ret_plan = plan;
}

int tour_codes(const struct tour *t, int32_t *ret_codes)
{
    for (int i = 0; i < t->steps_n; i++) {
        const struct tour_step *s = &t->steps[i];
        ret_codes[i] = s->kind == TOUR_VISIT   ? s->index
                       : s->kind == TOUR_BREAK ? STOP_BREAK - s->index
                       : s->kind == TOUR_START ? STOP_START
                                               : STOP_END;
    }
    return t->steps_n;
}
