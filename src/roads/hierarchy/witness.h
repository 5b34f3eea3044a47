/*
 * witness.h - between the files of this folder: the graph that is left, and whether a way past a
 * junction has another as good.
 */
#ifndef ROADS_HIERARCHY_WITNESS_H
#define ROADS_HIERARCHY_WITNESS_H

#include "roads/batch/net.h"

/* An arc to another state that is left; hops: of how many arcs of the net it is made. */
struct link { uint32_t state, cost, hops; };
struct links { struct link *at; uint32_t n; size_t room; };

struct left {
    struct arena *mem;
    uint32_t      states;
    struct links *out, *in;          /* of each state */
};

struct witness {
    const struct left *left;
    uint32_t  *cost, *stamp, now;    /* cost is that of this search where stamp is now */
    uint32_t  *goal;                 /* stamp: how far this search still has to look for it */
    uint64_t  *heap;                 /* cost << 32 | state */
    size_t     heap_n, heap_room;
};

struct witness *witness_new(struct arena *mem, const struct left *left);

/*
 * Costs from one state without passing another, to all that are out of it: until all are known,
 * nothing is within `limit`, or `most` states have been looked at.
 */
void witness_search(struct witness *w, uint32_t from, uint32_t without, uint32_t limit,
                    uint32_t most);

/* At least the cost to a state; NOT_REACHED: not found. */
static inline uint32_t witness_cost(const struct witness *w, uint32_t state)
{
    return w->stamp[state] == w->now ? w->cost[state] : NOT_REACHED;
}

#endif
