/* plan.h - what a search gives: carers' days with every time, load and cost. */
#ifndef PLAN_TOUR_PLAN_H
#define PLAN_TOUR_PLAN_H

#include "plan/tour/tour.h"

enum tour_step_kind { TOUR_START, TOUR_VISIT, TOUR_BREAK, TOUR_END };

struct tour_step {
    enum tour_step_kind kind;
    int32_t             index;           /* of the visit, or of her break */
    int32_t             arrive;          /* then waits, then setup, then service */
    int32_t             wait, setup, service;
    int64_t             travel, distance;   /* since the start of the tour */
    int64_t             load[TOUR_AMOUNTS_MAX];
};

/* One carer's day; only those who go out. */
struct tour {
    int32_t           carer;
    struct tour_step *steps;
    int               steps_n;
    int64_t           cost, travel, distance, service, setup, wait, priority;
    int64_t           work, overtime;    /* as her hours are counted */
};

struct tour_plan {
    struct tour *tours;
    int32_t     *absent;                 /* visits that nobody makes */
    int          tours_n, absent_n;
    int64_t      cost;
    int64_t      iterations;
    double       cpu_s;
};

/* How long to look, and how. */
struct tour_budget {
    int64_t  iterations;                 /* 0: by time */
    double   cpu_s;                      /* of the searching thread; 0: by iterations */
    uint64_t seed;
    int      threads;                    /* searches beside one another; 0: one */
    const struct tour_plan *from;        /* begin with this plan, little changed; may be NULL */
    const volatile bool *cancel;         /* set by another thread: it ends soon; may be NULL */
    void   (*progress)(void *arg, double share, int64_t cost, int absent);   /* may be NULL */
    void    *arg;
};

/*
 * The best plan found within the budget, in c->mem. The same for the same problem, seed, threads
 * and iterations. Needs a problem that tour_check() let pass.
 */
void tour_search(struct ctx *c, const struct tour_problem *p, const struct tour_budget *budget,
                 struct tour_plan *ret_plan);

#endif
