/*
 * checker_test.h - is a plan what it says it is? Looks at the problem and the plan alone and
 * shares no code with the search.
 */
#ifndef PLAN_TOUR_CHECKER_TEST_H
#define PLAN_TOUR_CHECKER_TEST_H

#include "plan/tour/plan.h"

/* NULL when all holds, else what does not. */
const char *plan_fault(const struct tour_problem *p, const struct tour_plan *plan);

/* The best of all plans of a tiny problem, by trying each: priority lost, absent, then cost. */
struct tiny_best { int64_t priority, absent, cost; };
struct tiny_best tiny_best(const struct tour_problem *p);

#endif
