/*
 * pool.h - days that were seen in good plans, put together anew.
 *
 * A column is one carer's day, or that of any carer alike: whom she visits, in the cheapest order
 * seen. A plan made of columns in which each visit is made once may be better than all the plans
 * they came from. README.md says how it is sought.
 */
#ifndef PLAN_TOUR_POOL_H
#define PLAN_TOUR_POOL_H

#include "plan/tour/search/state.h"

struct column {
    uint64_t key;                        /* of the set of visits and the class */
    int64_t  cost;
    double   over;                       /* cost less the prices of its visits, and the fee */
    int32_t  first, class;               /* of its codes, start and end left out */
    int16_t  n, visits;
};

struct pool {
    struct column *columns;
    int32_t  *codes, *slots;             /* slots: 1 + column, by key */
    uint64_t *salt;                      /* of each visit: a set's key is their sum */
    int32_t  *class_of, *room;           /* of each carer; how many carers a class has */
    double   *price, *fee, *slope;       /* of a visit, of a class; by how much these are wrong */
    int       n, codes_n, visits_n, classes_n, words;
    bool      priced;                    /* prices of an earlier look are there to begin with */
    uint64_t *bits;                      /* of columns worth branching on: whom they visit */
    int32_t  *count, *chosen, *best;
    double    base;                      /* all prices less all fees */
    int64_t   most;                      /* what a plan must cost less than */
    int       chosen_n, best_n, nodes;
};

/* NULL when the problem is too large for it to be worth while. */
struct pool *pool_new(struct arena *mem, const struct state *s);

/* Takes in the day as the route has it now, if it is new or cheaper than it was. */
void pool_take(struct pool *p, const struct state *s, int r);

bool pool_full(const struct pool *p);
void pool_clear(struct pool *p);

/*
 * A plan cheaper than `most` that makes every visit, as codes (schedule.h) in room for a whole
 * plan. False: none was found within so much looking.
 */
bool pool_solve(struct pool *p, int64_t most, int32_t *ret_codes);

/* price.c: prices under which no plan of columns costs less than the number given. */
double pool_bound(struct pool *p);

#endif
