/*
 * rank.h - every place looked at: what is near in another order, or all of a division.
 *
 * near_find() stops at the nearest; this one counts. Also how many there are in each division below
 * (at most NEAR_AREAS_MAX), and how many there were if one filter alone were left out.
 */
#ifndef CARE_NEAR_RANK_H
#define CARE_NEAR_RANK_H

#include "care/near/ask.h"

enum { NEAR_AREAS_MAX = 100 };
struct near_area { int64_t scope; uint32_t n; };
struct near_ranked {
    struct near_hits hits;
    struct near_area *area;            /* in order of code */
    size_t           areas;
    uint32_t         loosen[NEAR_FILTERS];
};
struct near_ranked near_rank(struct arena *mem, struct directory *d, const struct near_home *home,
                             const struct near_want *want);

/* Must it look at every place, or may it have to? Then it is not for the loop (endpoint.slow). */
bool near_slow(const struct request *q);

#endif
