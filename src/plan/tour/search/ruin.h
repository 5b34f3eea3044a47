/* ruin.h - taking strings of neighbouring visits out of the plan, and putting them back. */
#ifndef PLAN_TOUR_RUIN_H
#define PLAN_TOUR_RUIN_H

#include "plan/tour/search/chance.h"

/* The nearest visits of each, itself first. */
struct near { const int32_t *at; int n; };

struct near near_make(struct state *s);

/* Removes strings of visits around a random one; appends them to out. Returns how many. */
int ruin(struct state *s, struct near near, int32_t *out);

/*
 * Puts the visits in, each where it costs least, in an order that is drawn, now and then missing
 * the best place. What fits nowhere becomes absent. Stops early, all undone by the caller, when
 * cost and `price` of the absent exceed `most`: false.
 */
bool recreate(struct state *s, int32_t *list, int n, const int64_t *price, int64_t most);

#endif
