/* inside.h - between the files of this folder: lines, where ends join them, and cuts. */
#ifndef ROADS_MEND_INSIDE_H
#define ROADS_MEND_INSIDE_H

#include "roads/mend/mend.h"

/* Where a point is nearest to a line: behind point `piece`, so much of the way to the next. */
struct spot { uint32_t piece; double share, m; struct point at; };

/* Where an end joins: a line (an edge of the base, or edges + a mend); -1: nowhere. */
struct join { int64_t line; struct spot spot; int64_t node; };

/* A node that joins put into a line. */
struct cut { int64_t line, node; struct spot spot; };

struct work {
    struct arena       *mem, *scratch;   /* scratch: one line's, reset behind it */
    const struct roads *base;
    struct mend        *mends;
    size_t              n;
    struct join       (*join)[2];    /* of each mend: its two ends */
    int64_t            *first_point; /* of each mend: the node of its first point */
    struct cut         *cut;         /* by line, then along it */
    size_t              cuts;
    int64_t             next_node, next_way;
    struct road_builder *out;
};

/* join.c */
struct spot spot_on(const struct point *line, size_t n, struct point at);
void joins_find(struct work *w);     /* joins, and the fit of those that meet nothing */
void cuts_make(struct work *w);      /* numbers the joins' nodes */

/* The line's cuts in order: *ret_n of them. */
const struct cut *cuts_of(const struct work *w, int64_t line, size_t *ret_n);

/* Whether a closed mend takes away the straight piece from a to b. */
bool mend_closes(const struct mend *m, struct point a, struct point b);

#endif
