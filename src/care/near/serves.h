/* serves.h - which station serves a home. */
#ifndef CARE_NEAR_SERVES_H
#define CARE_NEAR_SERVES_H

#include "care/near/ask.h"

/*
 * The station that serves a home: that whose duty area holds it, of the smallest area that has one
 * and there the nearest; without a duty area the nearest on foot within an hour. False: none.
 */
struct near_serving {
    const struct listed_division *area;        /* NULL: by walking */
    struct near_hit hit;
};
bool near_serving(struct arena *mem, struct directory *d, const struct near_home *home,
                  const struct near_want *want, struct near_serving *ret_serving);

#endif
