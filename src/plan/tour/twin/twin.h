/*
 * twin.h - days on which some visits need two carers, at the same moment or one after the other,
 * and ends of windows are soft: to be late costs.
 *
 * Times and ways are whole units. What is least: ways, the sum of all lateness (of each carer of a
 * visit) and the greatest lateness, added; carers begin and end at the office, place 0.
 */
#ifndef PLAN_TWIN_H
#define PLAN_TWIN_H

#include "plan/tour/plan.h"

enum { TWIN_VISITS_MAX = 2000, TWIN_CARERS_MAX = 200, TWIN_SERVICES_MAX = 64 };

/* One visit to one elder; her place is her index + 1. */
struct twin_visit {
    struct sv id;
    int32_t   open, close;               /* not before, and late after */
    int       carers_n;                  /* 1 or 2, different ones */
    int       service[2];                /* what each must be able to do */
    int32_t   takes[2];
    int32_t   gap_min, gap_max;          /* of the second start behind the first; 0, 0: together */
};

struct twin_problem {
    struct twin_visit *visits;
    struct sv         *services;         /* names */
    struct sv         *carers;
    uint64_t          *able;             /* of each carer: bit s, service s */
    int32_t           *ways;             /* (visits + 1) x (visits + 1) */
    int                visits_n, services_n, carers_n;
    int64_t            scale;            /* units of time and way in one of the file's */
};

struct twin_plan {
    int32_t *order;                      /* visits as they are made */
    int16_t (*carer)[2];                 /* of each visit; -1: no second */
    int32_t (*start)[2];
    int64_t  cost, way, late, late_most; /* cost: of the three others the sum */
    int64_t  iterations;
    double   cpu_s;
    int      used;                       /* carers who go out */
};

/* Every service has an able carer, two for a visit that needs two; ERR_INVALID names the visit. */
MUST enum err twin_check(struct ctx *c, const struct twin_problem *p);

/* The best plan found; the same for the same problem, seed, threads and iterations. In c->mem. */
void twin_search(struct ctx *c, const struct twin_problem *p, const struct tour_budget *budget,
                 struct twin_plan *ret_plan);

/* --- hhcrsp.c --- */

/* Instances of home health care routing as JSON; faults are named by their path. */
MUST enum err hhcrsp_read(struct ctx *c, struct sv text, struct twin_problem *ret_problem);

/* {"routes": [{"caregiver_id", "locations": [{"patient", "service", "arrival_time"}]}]} */
void hhcrsp_write(const struct twin_problem *p, const struct twin_plan *plan, struct buf *out);

#endif
