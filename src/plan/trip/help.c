/* help.c - why a door is left, and the least that would bring it its meal. */

#include "plan/trip/trip.h"

#include <string.h>

enum { STEP = 600, STEPS = 3, STAY = 1800, MORE_MAX = 2 };

enum trip_why trip_why(const struct trip_problem *p, int door)
{
    const struct trip_door *d = &p->doors[door];
    enum trip_why why = TRIP_WHY_BOXES;
    for (int i = 0; i < p->bearers_n; i++) {
        const struct trip_bearer *b = &p->bearers[i];
        if (b->boxes < d->boxes)
            continue;
        int32_t out = p->ways[b->ways].time[door + 1];
        int32_t home = p->ways[b->ways].time[(door + 1) * (p->doors_n + 1)];
        int32_t at = b->from + out > d->open ? b->from + out : d->open;
        if (out + d->service > p->hot)
            why = why == TRIP_WHY_BOXES ? TRIP_WHY_FAR : why;
        else if (at > d->close || at + d->service + home > b->until)
            why = TRIP_WHY_TIME;
        else
            return TRIP_WHY_CROWDED;
    }
    return why;
}

struct trying {
    struct ctx                *c;
    struct trip_problem        p;        /* with bearers of its own */
    struct trip_bearer        *bearers;
    const struct trip_problem *asked;
    const struct trip_budget  *budget;
    struct trip_repair        *best;
};

/* As it was asked, with so many more like the first bearer. */
static void begin(struct trying *t, int more)
{
    const struct trip_problem *p = t->asked;
    int n = p->bearers_n + more;
    memcpy(t->bearers, p->bearers, sizeof *t->bearers * (size_t)p->bearers_n);
    for (int i = p->bearers_n; i < n; i++)
        t->bearers[i] = p->bearers[0];
    t->p = *p;
    t->p.bearers = t->bearers;
    t->p.bearers_n = n;
    t->p.wish = NULL;
}

MUST static enum err try_it(struct trying *t, enum trip_help help, int32_t by)
{
    struct trip_plan plan;
    TRY(trip_search(t->c, &t->p, t->budget, &plan));
    if (plan.left_n < t->best->left_n)
        *t->best = (struct trip_repair){ help, by, plan.left_n };
    return ERR_NONE;
}

MUST static enum err try_hours(struct trying *t)
{
    for (int i = 1; i <= STEPS && t->best->left_n; i++) {
        begin(t, 0);
        for (int b = 0; b < t->p.bearers_n; b++)
            t->bearers[b].from = t->bearers[b].from > i * STEP ? t->bearers[b].from - i * STEP : 0;
        TRY(try_it(t, TRIP_HELP_EARLIER, i * STEP));
    }
    if (t->best->left_n == 0)
        return ERR_NONE;
    begin(t, 0);
    for (int b = 0; b < t->p.bearers_n; b++)
        if (t->bearers[b].until < TRIP_TIME_MAX - STAY)
            t->bearers[b].until += STAY;
    return try_it(t, TRIP_HELP_LATER, STAY);
}

enum err trip_repair(struct ctx *c, const struct trip_problem *p, const struct trip_plan *plan,
                     const struct trip_budget *budget, struct trip_repair *ret_repair)
{
    struct trip_repair best = { TRIP_HELP_NONE, 0, plan->left_n };
    struct trying t = { .c = c, .asked = p, .budget = budget, .best = &best,
                        .bearers = NEW(&c->mem, struct trip_bearer, p->bearers_n + MORE_MAX) };
    if (best.left_n)
        TRY(try_hours(&t));
    for (int more = 1; more <= MORE_MAX && best.left_n; more++) {
        if (p->bearers_n + more > TRIP_BEARERS_MAX)
            break;
        begin(&t, more);
        TRY(try_it(&t, TRIP_HELP_ONE_MORE, more));
    }
    *ret_repair = best;
    return ERR_NONE;
}
