/* schedule.h - a carer's stops as a search codes them: their times, and what they would miss. */
#ifndef PLAN_TOUR_SCHEDULE_H
#define PLAN_TOUR_SCHEDULE_H

#include "plan/tour/plan.h"

/*
 * What a carer's day would be, ends of windows and of the shift left open: how late she would be
 * for one visit (none: late_at TOUR_NONE), for how many, how long past her shift, how long past
 * the hours she may work, at what cost.
 */
struct tour_trial {
    int32_t late, late_at;
    int     late_n;
    int32_t over;
    int64_t long_by;
    int64_t cost, travel, distance;
    int32_t begin;                       /* of the visit asked for */
};

/*
 * Tries the codes of one carer (visits, STOP_START first, STOP_END last, STOP_BREAK - b between);
 * `asked` is the visit whose begin is wanted. False when a break finds no window, a hand-over
 * comes too long after its pick-up or without it, or her limits (tasks, travel, distance, load)
 * are passed: no patience helps there.
 */
bool tour_try(const struct tour_problem *p, int carer, const int32_t *codes, int n, int32_t asked,
              struct tour_trial *ret_trial);

/* Does nothing have to give? */
bool tour_holds(const struct tour_trial *t);

/*
 * Codes as a search keeps them (each day: the carer, how many codes, the codes; TOUR_NONE ends
 * all), as a plan with its times, loads and costs.
 */
void tour_schedule(struct ctx *c, const struct tour_problem *p, const int32_t *codes,
                   struct tour_plan *ret_plan);

/* The codes of a tour of a plan, in room for steps_n; how many there are. */
int tour_codes(const struct tour *t, int32_t *ret_codes);

#endif
