/*
 * breed.h - plans that have children, for problems whose carers are all alike: README.md.
 *
 * One step makes one plan: at first from nothing, then from two of the crowd. What may be late or
 * too heavy costs so much that about every second child holds.
 */
#ifndef PLAN_TOUR_BREED_H
#define PLAN_TOUR_BREED_H

#include "plan/tour/breed/cross.h"

struct breed {
    struct level   *l;
    struct descent *d;
    struct crowd   *crowd;
    struct cross   *cross;
    int64_t  best;                       /* cost of the best that holds; INT64_MAX: none */
    int32_t *best_codes;                 /* as of members */
    int      made_n, timely_n, light_n;  /* since prices were changed */
    int      stalled;                    /* children since the crowd's best became better */
    int64_t  children, reached;
};

/* NULL: the problem asks for more. */
struct breed *breed_new(struct arena *mem, struct state *s);

/* Takes in the plan of a state in which every visit is made. */
void breed_see(struct breed *b, const struct state *s);

void breed_step(struct breed *b);

/* The best so far, as codes of schedule.h. */
void breed_codes(const struct breed *b, int32_t *ret_codes);

#endif
