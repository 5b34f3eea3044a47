/*
 * point.h - points of the earth, and metres between them.
 *
 * A point is WGS-84 in units of 1e-7 degree (about 1 cm). Metres come from the WGS-84 ellipsoid's
 * series at the middle latitude, exact to 0.1 % within 50 km; farther points use the sphere.
 */
#ifndef GEO_POINT_H
#define GEO_POINT_H

#include "base/text.h"

enum { LAT_E7_MAX = 900000000, LON_E7_MAX = 1800000000 };
#define LON_ALL_E7 INT64_C(3600000000)

struct point { int32_t lat_e7, lon_e7; };

/* What a box of the earth spans; `low` is south-west. It never crosses the 180th meridian. */
struct point_box { struct point low, high; };

/* Metres per 1e-7 degree at one latitude. */
struct metric { double lat_m, lon_m; };

/* A local plane in metres, x east, y north of `origin`; good within 50 km of it. */
struct plane { struct point origin; struct metric metric; };
struct plane_point { double x, y; };

bool point_valid(int64_t lat_e7, int64_t lon_e7);

/* A point of zeros, off Africa, stands for one that nobody told. */
static inline bool point_told(struct point at)
{
    return at.lat_e7 != 0 || at.lon_e7 != 0;
}

struct metric metric_at(int32_t lat_e7);
double point_distance_m(struct point a, struct point b);

/* The compass direction from a to b in degrees, 0 north, 90 east; 0 when they are the same. */
double point_bearing(struct point a, struct point b);

struct plane plane_at(struct point origin);

/* East minus west the short way round. */
static inline int64_t lon_between(int32_t from, int32_t to)
{
    int64_t d = (int64_t)to - from;
    return d > LON_ALL_E7 / 2 ? d - LON_ALL_E7 : d < -LON_ALL_E7 / 2 ? d + LON_ALL_E7 : d;
}

/* Here, as a search for the nearest street asks it some hundred times. */
static inline struct plane_point plane_of(const struct plane *p, struct point at)
{
    return (struct plane_point){
        .x = (double)lon_between(p->origin.lon_e7, at.lon_e7) * p->metric.lon_m,
        .y = (double)((int64_t)at.lat_e7 - p->origin.lat_e7) * p->metric.lat_m,
    };
}

struct point plane_back(const struct plane *p, struct plane_point at);

/* A box that holds nothing yet, and one widened so that it holds `at`. */
struct point_box box_none(void);
void box_add(struct point_box *b, struct point at);
bool box_holds(const struct point_box *b, struct point at);
bool box_meets(const struct point_box *a, const struct point_box *b);

/* "west,south,east,north" in degrees; false when it is none. */
bool box_of_text(struct sv text, struct point_box *ret_box);
struct point box_middle(const struct point_box *b);

/* A box that reaches at least `m` metres from `at` in all directions, cut at the poles. */
struct point_box box_around(struct point at, double m);

/*
 * The place of a point on a space-filling curve over the box: points near each other mostly have
 * near numbers. 32 bits; points outside the box are moved to its border.
 */
uint32_t point_hilbert(const struct point_box *b, struct point at);

/* "41.15,-8.61" (latitude first, as people read it) within the earth's range. */
bool sv_point(struct sv s, struct point *ret_point);

#endif
