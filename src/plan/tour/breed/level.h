/*
 * level.h - a problem whose carers are all alike, as breeding sees it: visits are 1 to n, 0 is
 * where every day begins and ends.
 */
#ifndef PLAN_TOUR_LEVEL_H
#define PLAN_TOUR_LEVEL_H

#include "plan/tour/breed/span.h"
#include "plan/tour/search/state.h"

struct level {
    int            n, fleet;             /* visits; days there may be */
    int32_t        width;                /* of the ways: n + 1 */
    const int32_t *time, *cost;          /* from one to another; going out at all is in the cost */
    struct span   *own;                  /* each alone; of 0 the shift */
    int32_t       *load, capacity;
    int32_t       *near, near_n;         /* who may well come behind a visit, the best first */
    int64_t        leg_cost, leg_time;   /* means */
    bool           even;                 /* as dear back as there */
};

/*
 * NULL when the problem asks more than windows, one load and alike carers who start and end
 * somewhere, or is too small or too large to be bred.
 */
struct level *level_new(struct arena *mem, const struct state *s);

#endif
