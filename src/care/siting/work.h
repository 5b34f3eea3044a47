/* work.h - between plan.c and order.c: a plan while it is being made. */
#ifndef CARE_SITING_WORK_H
#define CARE_SITING_WORK_H

#include "care/siting/plan.h"

/* Rows are those of `served`: candidates, then the places that stand. */
struct work {
    const struct plan_ask     *q;
    const struct atlas_home   *home;
    const struct atlas_served *s;
    struct arena *mem;
    bool         *stays;                 /* of each home: a place that stays serves it */
    uint32_t     *client;                /* of each home, + 1 */
    double       *weight;                /* of each home's elder */
    double        unit;                  /* what a weight of 1 is */
    struct siting problem;
};

/* May the row be built, or when it stands be closed? */
static inline bool plan_usable(const struct work *w, uint32_t row)
{
    return row < w->s->points ? w->q->mark[row] != MARK_FORBIDDEN
                              : w->q->closable[row - w->s->points];
}

/* How many open rows serve each home, as changes are made one by one. */
struct standing { uint16_t *by; bool *open; };

/*
 * Who is open in the end: the choice `open` (changed) without what adds nobody, and with places
 * whose closing would pay for nothing.
 */
struct standing plan_end_of(struct work *w, uint8_t *open);

/* The way there from what stands now: closings that cost least first, then what gives most. */
void plan_in_order(struct work *w, const struct standing *end, struct site_plan *plan);

#endif
