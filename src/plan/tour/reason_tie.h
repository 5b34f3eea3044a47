/* reason_tie.h - what of a reason is about the visits that one is tied to (link.h). */
#ifndef PLAN_TOUR_REASON_TIE_H
#define PLAN_TOUR_REASON_TIE_H

#include "plan/tour/link.h"
#include "plan/tour/reason.h"

/* A link of the visit; NULL: it is tied to none. */
const struct tour_link *tie_of(const struct tour_problem *p, int32_t v);

/*
 * The problem with each tied visit of the plan at the time it has there, and those that are absent
 * within what is left of their windows by what they wait for; in c->mem. So a repair found in it
 * breaks no link.
 */
const struct tour_problem *tie_pinned(struct ctx *c, const struct tour_problem *p,
                                      const struct tour_plan *plan);

/*
 * Why a visit that could be made alone is not, as far as its links say so; true: nothing more is
 * to be said.
 */
bool tie_explains(const struct tour_problem *p, const struct tour_plan *plan, int32_t v,
                  struct tour_reason *r);

#endif
