/* beside.h - one search, or several with seeds of their own beside one another. */
#ifndef PLAN_TOUR_BESIDE_H
#define PLAN_TOUR_BESIDE_H

#include "plan/tour/plan.h"

/* One of the searches: its own memory, and what it found there. */
struct beside {
    struct tour_budget budget;
    struct arena mem;
    const void  *problem;
    void        *found;                  /* for the search to set */
    double       cpu_s;
};

/* CPU seconds of this thread. */
double beside_cpu(void);

/*
 * Calls search() once for each of the budget's threads, each in a thread of its own but the first,
 * and waits for all. Progress is told by the first alone. How many ran; their memory is the
 * caller's to free.
 */
int beside_run(struct ctx *c, const struct tour_budget *budget, const void *problem,
               void (*search)(struct beside *), struct beside **ret_all);

#endif
