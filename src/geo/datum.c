/*
 * datum.c - the coordinate systems that Chinese maps use, to and from WGS-84.
 *
 * The shift is the published approximation: a sum of sines over the offsets from 105 E, 35 N,
 * in metres, scaled by the radii of the Krasovsky 1940 ellipsoid.
 */

#include "geo/datum.h"

#include <math.h>

static const double PI = 3.14159265358979323846;
static const double AXIS_M = 6378245.0, ECCENTRICITY2 = 0.00669342162296594323;
static const double BD_PI = 3.14159265358979323846 * 3000.0 / 180.0;

const char *const datum_names[DATUM_COUNT] = { "WGS-84", "CGCS2000", "GCJ-02", "BD-09" };

struct degrees { double lat, lon; };

/* The next letter or digit of a name in lower case, '\0' at the end. */
static char next_letter(struct sv *s)
{
    while (s->len) {
        char c = s->at[0];
        *s = sv_from(*s, 1);
        if (c >= 'A' && c <= 'Z')
            return (char)(c + 'a' - 'A');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            return c;
        if (c != '-' && c != '_' && c != ' ')
            return '?';
    }
    return '\0';
}

static bool same_name(struct sv a, struct sv b)
{
    char got, want;
    do {
        got = next_letter(&a);
        want = next_letter(&b);
    } while (got == want && got != '\0');
    return got == want;
}

bool datum_find(struct sv name, enum datum *ret_datum)
{
    for (int d = 0; d < DATUM_COUNT; d++)
        if (same_name(name, sv_of(datum_names[d]))) {
            *ret_datum = (enum datum)d;
            return true;
        }
    return false;
}

bool datum_in_china(struct point at)
{
    return at.lon_e7 >= 720040000 && at.lon_e7 <= 1378347000 && at.lat_e7 >= 8293000 &&
           at.lat_e7 <= 558271000;
}

/* What all three series of sines share. */
static double short_waves(double x)
{
    return (20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2 / 3;
}

static double long_waves(double v, double twelfth, double thirtieth)
{
    return (20 * sin(v * PI) + 40 * sin(v / 3 * PI)) * 2 / 3 +
           (twelfth * sin(v / 12 * PI) + thirtieth * sin(v / 30 * PI)) * 2 / 3;
}

static double shift_north_m(double x, double y)
{
    return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(fabs(x)) +
           short_waves(x) + long_waves(y, 160, 320);
}

static double shift_east_m(double x, double y)
{
    return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(fabs(x)) + short_waves(x) +
           long_waves(x, 150, 300);
}

static struct degrees gcj_of(struct degrees at)
{
    double x = at.lon - 105, y = at.lat - 35;
    double lat = at.lat / 180 * PI, s = sin(lat);
    double w2 = 1 - ECCENTRICITY2 * s * s, w = sqrt(w2);
    double meridian_m = AXIS_M * (1 - ECCENTRICITY2) / (w2 * w);
    double parallel_m = AXIS_M / w * cos(lat);
    return (struct degrees){
        .lat = at.lat + shift_north_m(x, y) * 180 / (meridian_m * PI),
        .lon = at.lon + shift_east_m(x, y) * 180 / (parallel_m * PI),
    };
}

static struct degrees bd_of_gcj(struct degrees at)
{
    double z = hypot(at.lon, at.lat) + 0.00002 * sin(at.lat * BD_PI);
    double theta = atan2(at.lat, at.lon) + 0.000003 * cos(at.lon * BD_PI);
    return (struct degrees){ .lat = z * sin(theta) + 0.006, .lon = z * cos(theta) + 0.0065 };
}

static struct degrees bd_of(struct degrees at)
{
    return bd_of_gcj(gcj_of(at));
}

/* The shift hardly changes over its own length, so a fixed point is found in a few rounds. */
static struct degrees inverse(struct degrees (*forward)(struct degrees), struct degrees want)
{
    struct degrees at = want;
    for (int round = 0; round < 20; round++) {
        struct degrees got = forward(at);
        double lat = want.lat - got.lat, lon = want.lon - got.lon;
        at.lat += lat;
        at.lon += lon;
        if (fabs(lat) < 1e-10 && fabs(lon) < 1e-10)
            break;
    }
    return at;
}

static struct degrees degrees_of(struct point at)
{
    return (struct degrees){ at.lat_e7 * 1e-7, at.lon_e7 * 1e-7 };
}

static struct point point_of(struct degrees at)
{
    return (struct point){ (int32_t)lround(at.lat * 1e7), (int32_t)lround(at.lon * 1e7) };
}

struct point datum_from_wgs84(enum datum datum, struct point at)
{
    if (datum == DATUM_WGS84 || datum == DATUM_CGCS2000 || !datum_in_china(at))
        return at;
    struct degrees from = degrees_of(at);
    return point_of(datum == DATUM_GCJ02 ? gcj_of(from) : bd_of(from));
}

/*
 * Whether a shifted point lies in China is asked of the WGS-84 point it came from; outside, the
 * shifted point is the point itself.
 */
struct point datum_to_wgs84(enum datum datum, struct point at)
{
    if (datum == DATUM_WGS84 || datum == DATUM_CGCS2000)
        return at;
    if (at.lat_e7 < 0 || at.lon_e7 < 700000000 || at.lon_e7 > 1400000000)
        return at;
    struct degrees shifted = degrees_of(at);
    struct point back = point_of(inverse(datum == DATUM_GCJ02 ? gcj_of : bd_of, shifted));
    return datum_in_china(back) ? back : at;
}
