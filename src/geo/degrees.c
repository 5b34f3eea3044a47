/* degrees.c - reading degrees, however they are written. */

#include "geo/degrees.h"

#include <math.h>

bool sv_degrees_e7(struct sv s, int64_t most, int64_t *ret_e7)
{
    double degrees, bound = (double)most * 1e-7;
    if (sv_fixed(s, 7, -most, most, ret_e7))
        return true;
    if (!sv_real(sv_trim(s), -bound, bound, &degrees))
        return false;
    *ret_e7 = llround(degrees * 1e7);
    return true;
}
