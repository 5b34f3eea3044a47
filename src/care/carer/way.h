/* way.h - what a carer goes by, as the streets know it, and a way in a straight line. */
#ifndef CARE_CARER_WAY_H
#define CARE_CARER_WAY_H

#include "care/carer/carer.h"
#include "geo/point.h"
#include "roads/roads.h"

/* On foot, by e-bike (bicycle and bus too), by car. */
enum way_kind { WAY_FOOT, WAY_WHEELS, WAY_CAR, WAY_KINDS };
enum way_kind way_of(enum travel travel);
enum profile way_profile(enum way_kind kind);

/* In a straight line times BEELINE_PERCENT; two hours at most. */
enum { BEELINE_PERCENT = 140, WAY_MAX_S = 7200 };
int32_t way_straight_s(enum way_kind kind, struct point from, struct point to);

#endif
