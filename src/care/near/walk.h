/* walk.h - how far it is to walk between two points, on the streets in service. */
#ifndef CARE_NEAR_WALK_H
#define CARE_NEAR_WALK_H

#include "base/json.h"
#include "geo/point.h"
#include "model/house.h"
#include "roads/profile.h"

enum { WAY_POINTS_MAX = 401 };

/* The paces one may ask for, on foot and on wheels; row 0 is meant when nothing is said. */
extern const struct choice walk_paces[];
enum profile walk_pace(int row);

/* `known` is false when the house has no streets, or one of the points is not near any. */
struct walk { bool known, within; };

/* Can b be walked to from a within so many metres (at most 20,000), access legs included? */
MUST enum err walk_within(struct ctx *c, struct point a, struct point b, int64_t metres,
                          struct walk *ret_walk);

/*
 * Times from each of n points to each, on foot or on wheels: ms[from * n + to], room for n * n,
 * which is NOT_REACHED (roads/roads.h) where a point is unknown (0, 0) or near no street, or the
 * way is longer than limit_m. `streets` comes out false when the house has none; then ms says
 * nothing. A search for each point that is another's not already: a millisecond for two kilometres.
 */
struct ways_asked {
    enum profile        profile;
    const struct point *points;
    size_t              n;                 /* at most WAY_POINTS_MAX */
    int64_t             limit_m;
    uint32_t           *ms;
    bool                streets;
};
MUST enum err way_times(struct ctx *c, struct ways_asked *q);

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
