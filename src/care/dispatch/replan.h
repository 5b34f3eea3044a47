/* replan.h - a better plan of a day: searched for, told as changes, written nowhere. */
#ifndef CARE_DISPATCH_REPLAN_H
#define CARE_DISPATCH_REPLAN_H

#include "care/dispatch/change.h"
#include "care/dispatch/day/problem.h"

/* What the search came to; in c->mem. */
struct replanned {
    struct day_problem q;                /* as it was searched */
    struct tour_plan   plan;
    int               *carer_of, *start_of;      /* of each visit of the day */
    struct changes    *changes;
};

/*
 * Looks for a better plan. When somebody would lose the carer she has only because that carer will
 * be late, or past her shift, what stands is allowed to stand. `stay_s`: what it costs, in seconds
 * of travel, to give a visit to another carer.
 */
MUST enum err replan_day(struct ctx *c, const struct the_day *d, const struct problem_ask *ask,
                         int32_t stay_s, struct replanned *ret_replanned);

#endif
