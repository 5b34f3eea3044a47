/*
 * reach.h - walking times for other programs: the nearest of each kind, and many times at once.
 *
 * Open to everybody: they tell of published places and of points that the caller names, and keep
 * nothing. Bounded, so that one question stays a fraction of a second; who needs a whole city has
 * `yike roads` (docs/ROADS.md).
 */
#ifndef CARE_REACH_H
#define CARE_REACH_H

#include "care/near/ask.h"

enum { NEAREST_K_MAX = 20, NEAREST_K_DEFAULT = 3, MATRIX_SIDE_MAX = 50, MATRIX_MINUTES_MAX = 60 };

/* ?from=LAT,LON;LAT,LON…&to=… of /api/matrix. */
struct matrix_asked { struct sv from, to; int profile; struct opt_int minutes; };
extern const struct field matrix_asked_fields[];
extern const struct field nearest_gives[], matrix_gives[];

endpoint_fn nearest_get, matrix_get;

extern const struct module reach_module;

#endif
