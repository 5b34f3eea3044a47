/*
 * descent.h - local search: a plan that may come late or carry too much, at a price, changed as
 * long as a change makes it cheaper.
 *
 * Every change puts one visit straight behind another that is likely there (level.near): runs of
 * up to three visits change places or move, two days change tails, a run turns round, a run or a
 * tail becomes a day of its own. Whatever lies before and behind in a day is one span, so that a
 * change between two days is weighed in constant time. Pairs of visits whose days have not changed
 * since they were looked at are not looked at again.
 */
#ifndef PLAN_TOUR_DESCENT_H
#define PLAN_TOUR_DESCENT_H

#include "plan/tour/breed/level.h"

enum { FINE = 64 };                      /* prices are in such parts of a unit of cost */

/* A visit in its lane; of 0, where lanes begin and end, only the spans and the sum are true. */
struct node {
    int32_t     lane, at, prev, next;
    int32_t     sum;                     /* load up to it */
    int32_t     leg, leave;              /* cost of the way to it, and from it */
    int32_t     spare;                   /* one node, one line of the cache */
    struct span before, behind;          /* up to it, and from it on */
};

/* One carer's day. */
struct lane {
    int32_t first, last, n;
    int32_t load, warp;
    int32_t when;                        /* last changed; -1: as it was in a plan descended to */
    int64_t over;                        /* price of its warp and of what is too much */
};

struct descent {
    const struct level *l;
    struct state *s;                     /* for chance */
    struct node  *nodes;
    struct lane  *lanes;
    int64_t       late_price, load_price;
    int32_t       clock, *tested, *order;
    int32_t      *room[2];               /* lanes as they will be */
};

struct descent *descent_new(struct arena *mem, const struct level *l, struct state *s);

/* The lane is these visits, changed just now. */
void lane_set(struct descent *d, int32_t lane, const int32_t *visits, int n);

/* Puts visits that stand in no lane where they cost least, one after the other. */
void descent_insert(struct descent *d, const int32_t *visits, int n);

/* Down to where no change is cheaper. Lanes with `when` -1 are thought to be there already. */
void descent_run(struct descent *d);

/* --- edge.c --- */

/* The best of the changes that put v behind u is made, if one is cheaper. */
bool moves_edge(struct descent *d, int32_t u, int32_t v);

/* So for v, up to three behind it, or all behind it: a day of their own. */
bool moves_alone(struct descent *d, int32_t v, int32_t idle);

/* --- both --- */

static inline int64_t lane_over(const struct descent *d, int32_t load, int32_t warp)
{
    int32_t more = load - d->l->capacity;
    return d->late_price * warp + (more > 0 ? d->load_price * more : 0);
}

static inline int32_t cost_of(const struct descent *d, int32_t from, int32_t to)
{
    return d->l->cost[from * d->l->width + to];
}

static inline int32_t time_of(const struct descent *d, int32_t from, int32_t to)
{
    return d->l->time[from * d->l->width + to];
}

#endif
