/* reach_all.c - how much is within a limit of every point. */

#include "roads/batch/reach_all.h"

#include "roads/batch/relation.h"

#include <assert.h>

void reach_all(struct arena *mem, const struct reach_all *q, uint32_t *ret_sum)
{
    for (uint32_t i = 0; i < q->from_n; i++) {
        AUTO(arena_free) struct arena scratch = { 0 };
        struct relation_ask ask = { .net = q->net, .limit = q->limit, .from = &q->from[i],
                                    .from_n = 1, .to = q->to, .to_n = q->to_n,
                                    .inward = q->inward };
        struct relation row = relation_make(&scratch, &ask);
        ret_sum[i] = 0;
        for (size_t n = 0; n < row.first[1]; n++)
            ret_sum[i] += q->weight ? q->weight[row.to[n]] : 1;
    }
    (void)mem;
}
