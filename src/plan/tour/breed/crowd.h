/*
 * crowd.h - plans that children are made of: those that hold, and those that come late or carry
 * too much. Both herds grow to a limit; then those that are worst by cost and by how little they
 * differ from others have to go.
 */
#ifndef PLAN_TOUR_CROWD_H
#define PLAN_TOUR_CROWD_H

#include "plan/tour/breed/descent.h"

enum { HERD_MIN = 25, HERD_MAX = 65, ELITE = 4, CLOSE = 5 };

struct member {
    int32_t *codes;                      /* visits of each day, 0 behind each; 0 behind all */
    int32_t *succ, *pred;                /* of each visit */
    int64_t  cost, warp, excess;
    int      days, slot;
    double   worth;                      /* less is better */
};

struct herd {
    struct member *at[HERD_MAX + 1];
    int   n;
    bool  stale;                         /* worth is not known of all */
};

struct crowd {
    const struct level *l;
    struct herd    fit, unfit;
    struct member *spare[2 * HERD_MAX + 4], *made;
    int            spare_n;
    float         *apart;                /* slots x slots: the share of ways that differ */
};

struct crowd *crowd_new(struct arena *mem, const struct level *l);

/* Forgets all but the plan that is made. */
void crowd_clear(struct crowd *c);

/* What the descent has now, as crowd->made. Does it hold? */
bool crowd_make(struct crowd *c, const struct descent *d);

/* Takes in what is made, unless the same is there. */
void crowd_add(struct crowd *c, const struct descent *d);

/* One of two drawn, the better one. */
struct member *crowd_draw(struct crowd *c, struct descent *d);

float crowd_apart(const struct crowd *c, const struct member *a, const struct member *b);

#endif
