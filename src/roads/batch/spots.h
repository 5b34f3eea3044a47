/*
 * spots.h - many anchors sorted by where they lie, so that a search finds those it passes.
 */
#ifndef ROADS_BATCH_SPOTS_H
#define ROADS_BATCH_SPOTS_H

#include "roads/batch/net.h"

/* An anchor seen from the two ends of its edge; NOT_REACHED: closed that way. */
struct spot { uint32_t from_a, from_b, id; };

/* The spots of one edge: spot[first] .. spot[next group's first]. */
struct spot_group { uint32_t edge, a, b, first; };   /* a, b: states; NO_STATE: closed */

struct spots {
    const struct net    *net;
    const struct anchor *anchor;
    struct spot         *spot;
    struct spot_group   *group;          /* groups + 1, by edge */
    uint32_t             groups, n;      /* n: without anchors of NO_EDGE */
    uint32_t            *first, *at;     /* of each state, its groups: group * 2 + end */
};

/*
 * `setting_out`: costs are from the anchors to the ends and states those of who sets out; else
 * from the ends to the anchors. In the arena; net and anchors must outlive it.
 */
struct spots spots_make(struct arena *mem, const struct net *net, const struct anchor *anchor,
                        uint32_t n, bool setting_out);

/* Anchors' numbers by edge, along it, and number; those of NO_EDGE come last. */
uint32_t *spots_order(struct arena *mem, const struct roads *r, const struct anchor *anchor,
                      uint32_t n);

/* The group of an edge; NULL when nothing lies on it. */
const struct spot_group *spots_on(const struct spots *s, int64_t edge);

#endif
