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
    const struct relation_goals *goals;  /* instead of `to` and to_n, when they are kept */
};

/* Goals in the order of the streets, kept from one question to the next: 48 bytes each. */
struct relation_goals *relation_goals_new(const struct net *net, const struct anchor *to,
                                          uint32_t n, bool inward);
void relation_goals_free(struct relation_goals *goals);      /* accepts NULL */

/* In the arena: 8 bytes for each pair. */
struct relation relation_make(struct arena *mem, const struct relation_ask *q);

/*
 * A row at a time, to be summed and forgotten: for a city all of them are more than should be
 * kept. to[0] .. to[n - 1] in an order of the search's own, the same each time; cost[] is by number
 * of `to`. Good until the next row.
 */
struct relation_rows;
struct relation_row { const uint32_t *to, *cost; uint32_t n; };
struct relation_rows *relation_rows_new(struct arena *mem, const struct relation_ask *q);
struct relation_row relation_row(struct relation_rows *rows, const struct anchor *from);

/*
 * The same as a full table of bytes that the caller owns, from_n * to_n: NOT_REACHED beyond the
 * limit. (For unbounded tables see hierarchy/matrix.h.)
 */
void relation_table(struct arena *mem, const struct relation_ask *q, uint32_t *ret_cost);

#endif
