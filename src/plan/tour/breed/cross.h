/*
 * cross.h - a child of two plans: days of the one, and days of the other where they make much the
 * same visits (selective route exchange: Nagata, Bräysy and Dullaert, Computers & Operations
 * Research 37, 2010).
 */
#ifndef PLAN_TOUR_CROSS_H
#define PLAN_TOUR_CROSS_H

#include "plan/tour/breed/crowd.h"

struct cross {
    const struct level *l;
    int32_t *day[2];                     /* of each parent: the day of each visit */
    int32_t *begin[2];                   /* where each day begins in its codes */
    bool    *gives[2];                   /* days of the first that go, of the second that come */
    bool    *stays, *comes;              /* visits on other days of the first; on days that come */
    int32_t *count, *visits;
};

struct cross *cross_new(struct arena *mem, const struct level *l);

/* The child, as the descent's lanes; lanes that are like the first parent's have `when` -1. */
void cross_make(struct cross *x, struct descent *d, const struct member *a,
                const struct member *b);

/* The plan itself. */
void cross_load(struct descent *d, const struct member *m);

#endif
