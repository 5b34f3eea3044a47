/* point.c - points of the earth, and metres between them. */

#include "geo/degrees.h"
#include "geo/point.h"

#include <math.h>

static const double EARTH_M = 6371008.8;                  /* mean radius */
static const double RADIAN = 3.14159265358979323846 / 180;

bool point_valid(int64_t lat_e7, int64_t lon_e7)
{
    return lat_e7 >= -LAT_E7_MAX && lat_e7 <= LAT_E7_MAX && lon_e7 >= -LON_E7_MAX &&
           lon_e7 <= LON_E7_MAX;
}

/* The series in multiples of the latitude; the multiples come from one cosine. */
struct metric metric_at(int32_t lat_e7)
{
    double c = cos(lat_e7 * 1e-7 * RADIAN);
    double c2 = 2 * c * c - 1, c4 = 2 * c2 * c2 - 1;
    double c3 = (4 * c * c - 3) * c, c5 = 2 * c2 * c3 - c;
    return (struct metric){
        .lat_m = (111132.954 - 559.822 * c2 + 1.175 * c4) * 1e-7,
        .lon_m = (111412.84 * c - 93.5 * c3 + 0.118 * c5) * 1e-7,
    };
}

static double sphere_distance_m(struct point a, struct point b)
{
    double lat_a = a.lat_e7 * 1e-7 * RADIAN, lat_b = b.lat_e7 * 1e-7 * RADIAN;
    double north = sin((lat_b - lat_a) / 2);
    double east = sin((double)lon_between(a.lon_e7, b.lon_e7) * 1e-7 * RADIAN / 2);
    double h = north * north + cos(lat_a) * cos(lat_b) * east * east;
    return 2 * EARTH_M * asin(sqrt(h < 1 ? h : 1));
}

double point_distance_m(struct point a, struct point b)
{
    int64_t north = (int64_t)b.lat_e7 - a.lat_e7, east = lon_between(a.lon_e7, b.lon_e7);
    if (north > 5000000 || north < -5000000 || east > 5000000 || east < -5000000)
        return sphere_distance_m(a, b);
    struct metric m = metric_at((int32_t)(a.lat_e7 + north / 2));
    double y = (double)north * m.lat_m, x = (double)east * m.lon_m;
    return sqrt(x * x + y * y);
}

double point_bearing(struct point a, struct point b)
{
    struct plane p = plane_at(a);
    struct plane_point to = plane_of(&p, b);
    double degrees = atan2(to.x, to.y) / RADIAN;
    return degrees < 0 ? degrees + 360 : degrees;
}

struct plane plane_at(struct point origin)
{
    return (struct plane){ origin, metric_at(origin.lat_e7) };
}

static int32_t clamp_e7(double n, int32_t max)
{
    if (!(n > -max))
        return -max;
    return n < max ? (int32_t)(n < 0 ? n - 0.5 : n + 0.5) : max;
}

struct point plane_back(const struct plane *p, struct plane_point at)
{
    double lon_m = p->metric.lon_m > 1e-9 ? p->metric.lon_m : 1e-9;       /* at the poles */
    double lon = p->origin.lon_e7 + at.x / lon_m;
    if (lon > LON_E7_MAX && lon < 3.0 * LON_E7_MAX)
        lon -= (double)LON_ALL_E7;
    else if (lon < -LON_E7_MAX && lon > -3.0 * LON_E7_MAX)
        lon += (double)LON_ALL_E7;
    return (struct point){
        .lat_e7 = clamp_e7(p->origin.lat_e7 + at.y / p->metric.lat_m, LAT_E7_MAX),
        .lon_e7 = clamp_e7(lon, LON_E7_MAX),
    };
}

struct point_box box_none(void)
{
    return (struct point_box){ { LAT_E7_MAX, LON_E7_MAX }, { -LAT_E7_MAX, -LON_E7_MAX } };
}

void box_add(struct point_box *b, struct point at)
{
    if (at.lat_e7 < b->low.lat_e7)
        b->low.lat_e7 = at.lat_e7;
    if (at.lon_e7 < b->low.lon_e7)
        b->low.lon_e7 = at.lon_e7;
    if (at.lat_e7 > b->high.lat_e7)
        b->high.lat_e7 = at.lat_e7;
    if (at.lon_e7 > b->high.lon_e7)
        b->high.lon_e7 = at.lon_e7;
}

bool box_holds(const struct point_box *b, struct point at)
{
    return at.lat_e7 >= b->low.lat_e7 && at.lat_e7 <= b->high.lat_e7 &&
           at.lon_e7 >= b->low.lon_e7 && at.lon_e7 <= b->high.lon_e7;
}

bool box_meets(const struct point_box *a, const struct point_box *b)
{
    return a->low.lat_e7 <= b->high.lat_e7 && b->low.lat_e7 <= a->high.lat_e7 &&
           a->low.lon_e7 <= b->high.lon_e7 && b->low.lon_e7 <= a->high.lon_e7;
}

bool box_of_text(struct sv text, struct point_box *ret_box)
{
    int64_t at[4];
    struct sv part;
    int n = 0;
    while (n < 4 && sv_cut(&text, ',', &part) &&
           sv_fixed(sv_trim(part), 7, -LON_E7_MAX, LON_E7_MAX, &at[n]))
        n++;
    if (n < 4 || text.len || !point_valid(at[1], at[0]) || !point_valid(at[3], at[2]) ||
        at[2] < at[0] || at[3] < at[1])
        return false;
    *ret_box = (struct point_box){ { (int32_t)at[1], (int32_t)at[0] },
                                   { (int32_t)at[3], (int32_t)at[2] } };
    return true;
}

struct point box_middle(const struct point_box *b)
{
    return (struct point){ (int32_t)(((int64_t)b->low.lat_e7 + b->high.lat_e7) / 2),
                           (int32_t)(((int64_t)b->low.lon_e7 + b->high.lon_e7) / 2) };
}

struct point_box box_around(struct point at, double m)
{
    struct metric scale = metric_at(at.lat_e7);
    double north = m * 1.01 / scale.lat_m + 1;
    double east = m * 1.01 / (scale.lon_m > 1e-9 ? scale.lon_m : 1e-9) + 1;
    return (struct point_box){
        .low = { clamp_e7(at.lat_e7 - north, LAT_E7_MAX), clamp_e7(at.lon_e7 - east, LON_E7_MAX) },
        .high = { clamp_e7(at.lat_e7 + north, LAT_E7_MAX), clamp_e7(at.lon_e7 + east, LON_E7_MAX) },
    };
}

/* 0..65535 across the box. */
static uint32_t share(int32_t low, int32_t high, int32_t at)
{
    if (at <= low || high <= low)
        return 0;
    if (at >= high)
        return 65535;
    return (uint32_t)(((int64_t)at - low) * 65535 / ((int64_t)high - low));
}

uint32_t point_hilbert(const struct point_box *b, struct point at)
{
    uint32_t x = share(b->low.lon_e7, b->high.lon_e7, at.lon_e7);
    uint32_t y = share(b->low.lat_e7, b->high.lat_e7, at.lat_e7);
    uint32_t key = 0;
    for (uint32_t side = 32768; side; side /= 2) {
        uint32_t right = (x & side) != 0, top = (y & side) != 0;
        key = key << 2 | ((3 * right) ^ top);
        if (top)
            continue;
        if (right) {                                      /* turn the quarter */
            x = 65535 - x;
            y = 65535 - y;
        }
        uint32_t swap = x;
        x = y;
        y = swap;
    }
    return key;
}

bool sv_point(struct sv s, struct point *ret_point)
{
    struct sv lat_text;
    int64_t lat, lon;
    if (!sv_cut(&s, ',', &lat_text))
        return false;
    if (!sv_degrees_e7(lat_text, LAT_E7_MAX, &lat) || !sv_degrees_e7(s, LON_E7_MAX, &lon))
        return false;
    *ret_point = (struct point){ (int32_t)lat, (int32_t)lon };
    return true;
}
