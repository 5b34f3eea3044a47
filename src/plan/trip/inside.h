/* inside.h - between the files of this folder. */
#ifndef PLAN_TRIP_INSIDE_H
#define PLAN_TRIP_INSIDE_H

#include "plan/trip/trip.h"

/*
 * Better by small moves, doors that are left put in where they fit; needs a plan whose days hold
 * when each trip leaves as soon as the one before allows.
 */
void trip_polish(struct arena *mem, const struct trip_problem *p, struct trip_plan *plan);

#endif
