/* chance.h - what a search draws: the same for the same seed, wherever it runs. */
#ifndef PLAN_TOUR_CHANCE_H
#define PLAN_TOUR_CHANCE_H

#include "plan/tour/search/state.h"

static inline uint64_t state_random(struct state *s)
{
    s->random ^= s->random << 13;
    s->random ^= s->random >> 7;
    s->random ^= s->random << 17;
    return s->random * 0x2545F4914F6CDD1Dull;
}

/* In [0, n), in [0, 1). */
static inline int32_t state_below(struct state *s, int32_t n)
{
    return (int32_t)(((state_random(s) >> 32) * (uint64_t)n) >> 32);
}

static inline double state_share(struct state *s)
{
    return (double)(state_random(s) >> 11) * 0x1p-53;
}

#endif
