/* way.c - what a carer goes by, and how long a way takes as the crow flies. */

#include "care/carer/way.h"

/* Feet at an adult's pace. In a city a bus is, with walking and waiting, about an e-bike. */
static const enum profile profile_of[WAY_KINDS] = {
    [WAY_FOOT] = PROFILE_STANDARD, [WAY_WHEELS] = PROFILE_EBIKE, [WAY_CAR] = PROFILE_CAR,
};

enum profile way_profile(enum way_kind kind)
{
    return profile_of[kind];
}

enum way_kind way_of(enum travel travel)
{
    return travel == TRAVEL_WALK ? WAY_FOOT : travel == TRAVEL_CAR ? WAY_CAR : WAY_WHEELS;
}

int32_t way_straight_s(enum way_kind kind, struct point from, struct point to)
{
    double cm = point_distance_m(from, to) * BEELINE_PERCENT;
    double s = cm / profiles[profile_of[kind]].speed_cm_s;
    return s < WAY_MAX_S ? (int32_t)s : WAY_MAX_S;
}
