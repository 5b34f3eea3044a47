/* look.h - what spot.c and pair.c share: one visit, or one shipment, seen in one route. */
#ifndef PLAN_TOUR_LOOK_H
#define PLAN_TOUR_LOOK_H

#include "plan/tour/search/state.h"

/* What stays the same for all positions of one visit in one route. */
struct look {
    const struct state *s;
    const struct route *t;
    const struct tour_carer *carer;
    const struct tour_visit *visit;
    const int32_t *time, *time_to, *cost, *cost_to;      /* from the visit's place, and to it */
    int32_t v, r, service, open, close;
    int64_t once;                                        /* cost that no position changes */
};

struct look look_new(const struct state *s, int visit, int r);

/* May she leave the visit at that time, with stop `at` next? *ret_behind: the next place. */
bool look_goes_on(const struct look *l, int at, int32_t leave, int *ret_behind);

/* Has she room and time for one more, wherever it comes? */
bool look_takes(const struct look *l);

/* The latest she may leave the visit with stop `at` next. */
int32_t look_latest(const struct look *l, int at);

/* The visit before a stop: when it would begin, when she would leave it. */
struct fit { int32_t begin, leave; int64_t cost; };

/* False: it does not fit there. */
bool look_fit(const struct look *l, int at, struct fit *ret_fit);

/*
 * What the whole day costs more with the visit before stop `at` (and `mate` before stop `to`;
 * TOUR_NONE: none). COST_MAX: something of it would have to give.
 */
int64_t look_whole(const struct look *l, int at, int32_t mate, int to);

/* The best positions of a shipment whose pick-up is looked at. */
void look_pair(const struct look *l, struct spot *f);

#endif
