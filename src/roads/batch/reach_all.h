/*
 * reach_all.h - how much is within a limit of every point: elders, beds, places.
 *
 *   struct reach_all q = { .net = net, .limit = 900000, .from = homes, .from_n = n,
 *                          .to = places, .to_n = m, .weight = beds };
 *   reach_all(&c->mem, &q, sums);
 *
 * Neighbours share their work: 64 points that lie side by side take one ball of junctions, the
 * union of theirs, and all their times go through it together, sixteen to an instruction. The
 * sums are exact, whatever the processor has: those of one search for each point.
 */
#ifndef ROADS_BATCH_REACH_ALL_H
#define ROADS_BATCH_REACH_ALL_H

#include "roads/batch/lanes.h"
#include "roads/batch/net.h"

struct reach_all {
    const struct net    *net;
    uint32_t             limit;          /* at most the net's; the cost may equal it */
    const struct anchor *from, *to;
    uint32_t             from_n, to_n;
    const uint32_t      *weight;         /* of each `to`, all together below 2^32; NULL: one each */
    bool                 inward;         /* costs are from `to` to `from`: who can come here */
    enum lanes           lanes;          /* LANES_BEST: what the processor has */
};

/* ret_sum[i]: what is within the limit of from[i]. Scratch from the arena. */
void reach_all(struct arena *mem, const struct reach_all *q, uint32_t *ret_sum);

#endif
