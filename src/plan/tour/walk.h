/* walk.h - one carer's stops, walked from a moment of departure; schedule.c has what it is for. */
#ifndef PLAN_TOUR_WALK_H
#define PLAN_TOUR_WALK_H

#include "plan/tour/schedule.h"

struct walk {
    const struct tour_problem *p;
    const struct tour_carer *carer;
    int            carer_at;
    const int32_t *codes;
    int            n;
    struct tour   *tour;                 /* filled in; NULL: only times and sums */
    struct tour_trial *trial;            /* what would give, when nothing must; NULL: all must */
    int32_t        asked;                /* the visit whose begin the trial notes */
    int32_t       *begin, *done, *hold;  /* by code: its times, and not to begin before; NULL
                                            when no ride of the day is limited */
    int32_t        now, place, place_to; /* where she is, and where she is going */
    int32_t        way;                  /* of it still to go */
    int64_t        cost, late_cost;      /* late_cost: of begins after their due, part of cost */
    int64_t        travel, distance, work;       /* work: service and setup */
};

/* Is one of the rides of this day limited? Then the walk needs begin, done and hold. */
bool walk_rides(const struct walk *w);

/*
 * Walks the day from a departure, each stop as early as can be, but a pick-up so late that what is
 * picked up is handed over in time. False when it does not fit; w->now is the end of the day.
 */
bool walk(struct walk *w, int32_t depart);

/* The latest departure that ends the day as early, at no more cost, as the walk just made. */
int32_t walk_departure(struct walk *w);

/* How long she works in a day from such a departure to the end walked. */
int64_t walk_hours(const struct walk *w, int32_t depart);

/* Does she carry all of it, with breaks at the loads they allow? */
bool walk_carries(const struct walk *w);

#endif
