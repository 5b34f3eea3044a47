/* hunt.h - one search: a state, its best, its budget. */
#ifndef PLAN_TOUR_HUNT_H
#define PLAN_TOUR_HUNT_H

#include "plan/tour/breed/breed.h"
#include "plan/tour/plan.h"
#include "plan/tour/search/pool.h"
#include "plan/tour/search/ruin.h"
#include "plan/tour/search/tie.h"

/* Less is better, the first member first. */
struct worth { int64_t priority; int absent, used; int64_t cost; };

bool worth_less(struct worth a, struct worth b);

struct hunt {
    struct state  *s;
    const struct tour_budget *budget;
    struct near    near;
    int64_t       *price, *price_first;  /* of leaving a visit out; as it was at first */
    int32_t       *list, *absent;
    int32_t       *best;                 /* carer, how many codes, codes ...; ends TOUR_NONE */
    int32_t       *best_begin;           /* of tied visits; TOUR_NONE: none. NULL: none is tied */
    int            best_n, best_room;
    struct worth   worth;
    int64_t        score, turns;
    double         begun, heat, told;
    struct breed  *breed;                /* NULL: the hunt goes on to the end */
    double         cooling;              /* share of the budget in which it cools down */
    struct pool   *pool;                 /* NULL: none is kept */
    int32_t       *mixed;                /* codes of a plan of the pool's */
    int64_t        pool_turns;           /* when it was last looked at, in turns */
    double         pool_next;            /* share of the budget at which to look again */
    bool           fewer;                /* still seeking to do with fewer carers */
};

struct hunt *hunt_new(struct arena *mem, const struct tour_problem *p,
                          const struct tour_budget *budget, uint64_t seed);
void hunt_run(struct hunt *h);

#endif
