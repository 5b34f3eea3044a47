/* walk.h - how far it is to walk between two points, on the streets in service. */
#ifndef CARE_NEAR_WALK_H
#define CARE_NEAR_WALK_H

#include "base/json.h"
#include "geo/point.h"
#include "model/house.h"
#include "roads/profile.h"

enum { WALK_POINTS_MAX = 64 };

/* The paces one may ask for on foot; row 0 is meant when nothing is said. */
extern const struct choice walk_paces[];
enum profile walk_pace(int row);

/* `known` is false when the house has no streets, or one of the points is not near any. */
struct walk { bool known, within; };

/* Can b be walked to from a within so many metres (at most 20,000), access legs included? */
MUST enum err walk_within(struct ctx *c, struct point a, struct point b, int64_t metres,
                          struct walk *ret_walk);

/*
 * Walking times from each of n points (at most 64) to each: ms[from * n + to]. *ret_known is false
 * when the house has no streets, a point is near none, or two lie more than limit_m apart.
 */
MUST enum err walk_times(struct ctx *c, const struct point *points, size_t n, int64_t limit_m,
                         uint32_t *ret_ms, bool *ret_known);

/*
 * Walking metres from one point to each of n others: -1 where nobody knows, or farther than
 * limit_m. One search, however many.
 */
MUST enum err walk_metres(struct ctx *c, struct point from, const struct point *to, size_t n,
                          int64_t limit_m, int64_t *ret_metres);

/* Whole minutes at the pace of an old person, at least 1. */
int64_t walk_minutes(int64_t metres);

/*
 * The way between two points at an adult's pace, as members of the open object (map.c). ERR_BUSY
 * "near.no_roads" or "directory.none", ERR_MISSING "near.no_way" beyond an hour.
 */
MUST enum err route_between(struct ctx *c, struct point from, struct point to, struct json *j);

#endif
