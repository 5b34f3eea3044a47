/*
 * live.h - a day that is under way: which times can be offered, a visit more or less, a carer who
 * is ill or late; and what changes for whom.
 *
 * A session owns a copy of the problem and the plan, in the arena it was made in. Not for two
 * threads at once. What cannot be made is absent until something makes room; a change that moves
 * others is only made by tour_live_replan().
 */
#ifndef PLAN_TOUR_LIVE_H
#define PLAN_TOUR_LIVE_H

#include "plan/tour/plan.h"

struct tour_live;

/* What one window could be offered with: nobody (carer TOUR_NONE), or the cheapest of all. */
struct tour_offer {
    int32_t carer, begin;
    int64_t cost;                        /* more than now */
};

/* What is another than before for one visit; TOUR_NONE: nobody, no time. */
struct tour_change {
    int32_t visit, carer_before, carer, begin_before, begin;
};

/* A session over a plan of the problem, with room for so many visits more. */
struct tour_live *tour_live_new(struct arena *mem, const struct tour_problem *p,
                                const struct tour_plan *plan, int room);

/*
 * Who could make the visit in each of n windows (its own windows are not looked at) with every
 * other visit staying with its carer, in its order and within its windows.
 */
void tour_live_offers(struct tour_live *l, const struct tour_visit *visit,
                      const struct tour_window *windows, int n, struct tour_offer *ret_offers);

/*
 * One visit more, where it costs least; absent (ret_offer->carer TOUR_NONE) when it fits nowhere.
 * ERR_TOO_LARGE when there is no more room. Its place must be in the problem. (No shipments: those
 * of the problem stay whole, and what is picked up is handed over by whom it was picked up.)
 */
MUST enum err tour_live_add(struct ctx *c, struct tour_live *l, const struct tour_visit *visit,
                            int32_t *ret_visit, struct tour_offer *ret_offer);

/* The visit is not wanted any more: it is neither made nor absent. */
void tour_live_cancel(struct tour_live *l, int32_t visit);

/* She does not work (any more): her visits are put to others where they fit, the rest is absent. */
void tour_live_ill(struct tour_live *l, int32_t carer);

/*
 * The first `done` stops of her day (visits and breaks) are over or under way, and she can go on
 * from there at `free`. What she then cannot make in time is put to others, or is absent.
 */
void tour_live_at(struct tour_live *l, int32_t carer, int done, int32_t free);

/*
 * Looks for a better plan within the budget. Moving a visit to another carer counts as `stay` in
 * cost, so that little changes for little.
 */
void tour_live_replan(struct ctx *c, struct tour_live *l, const struct tour_budget *budget,
                      int32_t stay);

/* The plan as it is now (visits that are over are no more in it), in c->mem. */
void tour_live_plan(struct ctx *c, const struct tour_live *l, struct tour_plan *ret_plan);

/* What has changed since the last call (or the start), for whom; in c->mem. Returns how many. */
int tour_live_changes(struct ctx *c, struct tour_live *l, struct tour_change **ret_changes);

/* The problem as the session knows it: visits by their index in plans and changes. */
const struct tour_problem *tour_live_problem(const struct tour_live *l);

#endif
