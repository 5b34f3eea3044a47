/*
 * relation.h - who is within a limit of whom: a matrix of which only what is near is kept.
 *
 * One search for each row. Coverage, catchment areas and siting are sums over it.
 */
#ifndef ROADS_BATCH_RELATION_H
#define ROADS_BATCH_RELATION_H

#include "roads/batch/net.h"

/* Row i: to[first[i]] .. to[first[i + 1]], numbers of `to` upwards, with their costs. */
struct relation { uint32_t rows; size_t *first; uint32_t *to, *cost; };

struct relation_ask {
    const struct net    *net;
    uint32_t             limit;          /* at most the net's */
    const struct anchor *from, *to;
    uint32_t             from_n, to_n;
    bool                 inward;         /* costs are from `to` to `from`: rows are places */
};

/* In the arena: 8 bytes for each pair. */
struct relation relation_make(struct arena *mem, const struct relation_ask *q);

/*
 * The same as a full table of bytes that the caller owns, from_n * to_n: NOT_REACHED beyond the
 * limit. (For unbounded tables see hierarchy/matrix.h.)
 */
void relation_table(struct arena *mem, const struct relation_ask *q, uint32_t *ret_cost);

#endif
