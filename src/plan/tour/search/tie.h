/*
 * tie.h - visits that are tied to others (link.h) in a search's state.
 *
 * Invariant: a tied visit that somebody makes begins at one moment, its pin, and so do all that it
 * is tied to; the pins keep the links. So routes stay independent of one another: whether a visit
 * fits is still seen in its route alone, and no plan waits in a circle. Pins are set when a visit
 * is put in; who is taken out takes along the other of a pair and whatever depends on it.
 */
#ifndef PLAN_TOUR_TIE_H
#define PLAN_TOUR_TIE_H

#include "plan/tour/link.h"
#include "plan/tour/search/state.h"

struct ties {
    struct tour_visit   *visits;         /* the state's own, whose windows pins narrow */
    struct tour_windows *given, *wanted; /* of a tied visit: as they are; as the links leave them */
    struct tour_window **own;            /* room for its windows as they are now */
    int32_t *first, *at;                 /* links of v: at[first[v]] on */
    struct option *options[2];           /* where each half could go, the cheapest first */
    int32_t *freed;                      /* room for leaders */
};

/* Gives the state a problem of its own to pin visits in; before anything else is made. */
void ties_new(struct state *s);

static inline bool is_tied(const struct state *s, int32_t v)
{
    return s->ties && s->ties->first[v + 1] > s->ties->first[v];
}

/* From now on the visit begins at that moment, or, as it is not made, when its windows say. */
void tie_pin(struct state *s, int32_t v, int32_t begin);

/* When it begins. */
static inline int32_t tie_begin(const struct state *s, int32_t v)
{
    return s->ties->own[v][0].open;
}

/* Is that a moment at which it may begin, links aside? */
bool tie_may(const struct state *s, int32_t v, int32_t begin);

/* Pins of a whole plan, by visit; those that are not made are left. */
void ties_pin_all(struct state *s, const int32_t *begin);

/*
 * Frees a visit, its twin and all that depend on them, and keeps their routes, which
 * ties_shrink() takes them out of. Appends the leaders; how many.
 */
int ties_free(struct state *s, int32_t v, int32_t *out);

/* The routes that were changed without those freed; false: one does not fit, *ret_r. */
bool ties_shrink(struct state *s, int *ret_r);

/* Now and then: whoever is tied in routes that were changed is freed too, to find a better time. */
int ties_loosen(struct state *s, int32_t *out);

/* Puts a leader's visits where they cost least; false: nowhere, or what it waits for is absent. */
bool ties_put(struct state *s, int32_t v);

/* Brings to place i of the list one that waits for none behind it. */
void ties_order(const struct state *s, int32_t *list, int i, int n);

/* After a plan was loaded: takes out what breaks a link. */
void ties_mend(struct state *s);

#endif
