/* degrees.h - reading degrees, however they are written. */
#ifndef GEO_DEGREES_H
#define GEO_DEGREES_H

#include "base/text.h"

/*
 * Degrees as other programs write them ("41.15", "+8.61", ".5", "1e-05", blanks around) in 1e-7 of
 * them, rounded; false beyond -most .. most.
 */
bool sv_degrees_e7(struct sv s, int64_t most, int64_t *ret_e7);

#endif
