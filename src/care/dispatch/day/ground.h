/* ground.h - the places of a day and how long the ways between them take. */
#ifndef CARE_DISPATCH_GROUND_H
#define CARE_DISPATCH_GROUND_H

#include "care/carer/way.h"

enum { NOBODY = -1 };                    /* no carer, no place, no visit */

/* Places of a day and the seconds between them. */
struct ground {
    struct point *at;
    bool         *known;
    int           n;
    size_t        room, room_known;
    bool          streets;               /* every known point joins a street */
    bool          made[WAY_KINDS];
    int32_t      *seconds[WAY_KINDS];    /* from * n + to */
    int32_t       unknown_s;             /* a way from or to a home without a point */
};

/* Seconds, and whole minutes rounded up. */
int32_t ground_seconds(const struct ground *g, enum way_kind kind, int from, int to);
int ground_minutes(const struct ground *g, enum way_kind kind, int from, int to);

/* The number of a point, the same for the same one; unknown ones each have their own. */
int ground_place(struct ground *g, struct arena *mem, struct point at, bool known);

/*
 * Fills in the ways of the kinds that are wanted: by the streets in service, where there are none
 * or a point lies off them in a straight line times BEELINE_PERCENT; copied where `like` (may be
 * NULL) has all the points.
 */
MUST enum err ground_measure(struct ctx *c, struct arena *mem, const bool wanted[WAY_KINDS],
                             const struct ground *like, struct ground *g);

#endif
