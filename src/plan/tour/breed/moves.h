/*
 * moves.h - changes of a plan: runs of visits change places, days change tails, a run turns round.
 *
 * A change is weighed against the best so far and takes its place when it gains more.
 */
#ifndef PLAN_TOUR_MOVES_H
#define PLAN_TOUR_MOVES_H

#include "plan/tour/breed/descent.h"

/* A run of visits of one lane and what stands around it; n = 0: only the place between the two. */
struct cut { int32_t lane, before, first, last, behind, n; };

enum move_kind { NO_MOVE, SWAP, TAILS, TURN };

/* `gain` is below 0 when the change makes the plan cheaper. */
struct move { enum move_kind kind; int64_t gain; struct cut a, b; };

/* k visits behind u, before v, from v on, up to u; of the first two 0: the place there. */
bool cut_behind(const struct descent *d, int32_t u, int k, struct cut *c);
bool cut_before(const struct descent *d, int32_t v, int k, struct cut *c);
bool cut_from(const struct descent *d, int32_t v, int k, struct cut *c);
bool cut_upto(const struct descent *d, int32_t u, int k, struct cut *c);

/* Two runs of any lanes change places, if none is part of the other. */
void move_swap(const struct descent *d, const struct cut *a, const struct cut *b,
               struct move *best);

/* Two places of different lanes: behind the one goes on what stood behind the other. */
void move_tails(const struct descent *d, const struct cut *a, const struct cut *b,
                struct move *best);

/* What stands behind u up to v, in one lane, goes the other way round. */
void move_turn(const struct descent *d, int32_t u, int32_t v, struct move *best);

/* False: there was none. */
bool move_make(struct descent *d, const struct move *m);

#endif
