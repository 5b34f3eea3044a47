/*
 * matrix.h - all costs from n anchors to m, however far: a table.
 *
 * From the goals the hierarchy is climbed once, and what was met is kept in order of rank (RPHAST:
 * Delling, Goldberg and Werneck 2011). Then BALL_LANES starts at a time climb on their own, and
 * their costs descend together, each kept junction once.
 */
#ifndef ROADS_HIERARCHY_MATRIX_H
#define ROADS_HIERARCHY_MATRIX_H

#include "roads/batch/lanes.h"
#include "roads/hierarchy/hierarchy.h"

struct matrix_ask {
    const struct hierarchy *hierarchy;
    const struct anchor    *from, *to;
    uint32_t                from_n, to_n;
    enum lanes              lanes;       /* LANES_BEST: what the processor has */
};

/*
 * ret_cost[from * to_n + to]: door to door, both access legs included; NOT_REACHED: there is no way
 * (or only one of more than NET_COST_MAX). Scratch from the arena.
 */
void matrix_make(struct arena *mem, const struct matrix_ask *q, uint32_t *ret_cost);

#endif
