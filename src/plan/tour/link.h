/*
 * link.h - visits that are tied to one another: by two carers, or one after the other.
 *
 * A visit by two carers is two visits, each with its own skills and service, and a link that makes
 * them a `pair`: never the same carer, both are made or neither. Any other link is a dependency:
 * the second is made, by anybody, only when the first is, which may be made without it.
 */
#ifndef PLAN_TOUR_LINK_H
#define PLAN_TOUR_LINK_H

#include "plan/tour/tour.h"

enum { TOUR_LINKS_MAX = 10000 };

/* The second begins at least `min`, at most `max` after the first has begun, or ended. */
struct tour_link {
    int32_t first, second;               /* visits, no shipments; of a visit one pair at most */
    int32_t min, max;                    /* of a pair 0 and 0: at once */
    bool    pair;
    bool    ended;                       /* counted from the first's end: begin, setup (even if she
                                            is there already) and service; never of a pair */
};

/*
 * Refuses (ERR_INVALID) links that no plan could keep whatever its times: in a circle, of a visit
 * with itself, in two pairs, with less at most than at least. *ret_at: which link.
 */
MUST enum err tour_links_check(struct ctx *c, const struct tour_problem *p, int *ret_at);

/* How long after the first's begin the link counts from, when that carer makes it. */
int32_t tour_link_from(const struct tour_problem *p, const struct tour_link *link, int carer);

#endif
