/* geo_test.c - distances, the space-filling curve, and the coordinate systems of Chinese maps. */

#include "geo/datum.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>

TEST(distances_are_those_of_the_ellipsoid)
{
    /* one minute of latitude at 45 degrees is 1852 m, a degree of longitude there 78,847 m */
    struct point a = { 450000000, 1160000000 };
    CHECK(fabs(point_distance_m(a, (struct point){ 450166667, 1160000000 }) - 1852.2) < 0.5);
    CHECK(fabs(point_distance_m(a, (struct point){ 450000000, 1160100000 }) - 788.47) < 0.1);
    CHECK(point_distance_m(a, a) < 1e-9);
    struct point beijing = { 399042000, 1164074000 }, shanghai = { 312304000, 1214737000 };
    double km = point_distance_m(beijing, shanghai) / 1000;
    CHECK(km > 1060 && km < 1075);
    CHECK(point_distance_m((struct point){ 0, 1799999000 }, (struct point){ 0, -1799999000 }) < 30);
}

TEST(a_plane_leads_there_and_back)
{
    struct plane p = plane_at((struct point){ 399042000, 1164074000 });
    for (int x = -5000; x <= 5000; x += 1250)
        for (int y = -5000; y <= 5000; y += 1250) {
            struct point there = plane_back(&p, (struct plane_point){ x, y });
            struct plane_point back = plane_of(&p, there);
            CHECK(fabs(back.x - x) < 0.02 && fabs(back.y - y) < 0.02);
        }
}

TEST(the_curve_visits_every_cell_once_and_by_neighbours)
{
    struct point_box box = { { 0, 0 }, { 65535, 65535 } };
    uint32_t before = UINT32_MAX;
    static uint32_t key[16][16];
    for (int y = 0; y < 16; y++)
        for (int x = 0; x < 16; x++)
            key[y][x] = point_hilbert(&box, (struct point){ y * 4096, x * 4096 }) >> 24;
    for (uint32_t want = 0; want < 256; want++)
        for (int y = 0; y < 16; y++)
            for (int x = 0; x < 16; x++) {
                if (key[y][x] != want)
                    continue;
                if (before != UINT32_MAX) {
                    int far = abs((int)(before / 16) - y) + abs((int)(before % 16) - x);
                    CHECK_INT(far, 1);
                }
                before = (uint32_t)(y * 16 + x);
            }
    CHECK(before != UINT32_MAX);
}

TEST(every_datum_over_china_comes_back_within_a_centimetre)
{
    for (int lat = 18; lat <= 53; lat++)
        for (int lon = 74; lon <= 135; lon++) {
            struct point at = { lat * 10000000 + 1234567, lon * 10000000 + 7654321 };
            for (int d = 0; d < DATUM_COUNT; d++) {
                struct point shifted = datum_from_wgs84((enum datum)d, at);
                struct point back = datum_to_wgs84((enum datum)d, shifted);
                CHECK(abs(back.lat_e7 - at.lat_e7) <= 1 && abs(back.lon_e7 - at.lon_e7) <= 1);
                double m = point_distance_m(at, shifted);
                if (d == DATUM_WGS84 || d == DATUM_CGCS2000)
                    CHECK(m < 1e-9);
                else
                    CHECK(m > 20 && m < 2500);
            }
        }
}

TEST(the_shift_in_beijing_is_the_published_one)
{
    /* Tiananmen: the shift there is about 550 m, the Baidu point a further kilometre */
    struct point at = { 399075000, 1163913100 };
    struct point gcj = datum_from_wgs84(DATUM_GCJ02, at), bd = datum_from_wgs84(DATUM_BD09, at);
    CHECK(abs(gcj.lat_e7 - 399089044) < 200);
    CHECK(abs(gcj.lon_e7 - 1163975474) < 200);
    CHECK(abs(bd.lat_e7 - 399152499) < 2000);
    CHECK(abs(bd.lon_e7 - 1164038816) < 2000);
}

TEST(outside_china_all_datums_are_the_same)
{
    static const struct point outside[] = { { 411500000, -86100000 }, { 357000000, 1397000000 },
                                            { -338000000, 1512000000 }, { 0, 0 } };
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        for (int d = 0; d < DATUM_COUNT; d++) {
            struct point there = datum_from_wgs84((enum datum)d, outside[i]);
            struct point back = datum_to_wgs84((enum datum)d, outside[i]);
            CHECK_INT(there.lat_e7, outside[i].lat_e7);
            CHECK_INT(there.lon_e7, outside[i].lon_e7);
            CHECK_INT(back.lat_e7, outside[i].lat_e7);
            CHECK_INT(back.lon_e7, outside[i].lon_e7);
        }
}

TEST(a_datum_is_found_by_any_of_its_spellings)
{
    enum datum d;
    CHECK(datum_find(SV("gcj02"), &d) && d == DATUM_GCJ02);
    CHECK(datum_find(SV("GCJ-02"), &d) && d == DATUM_GCJ02);
    CHECK(datum_find(SV("bd_09"), &d) && d == DATUM_BD09);
    CHECK(datum_find(SV("wgs84"), &d) && d == DATUM_WGS84);
    CHECK(datum_find(SV("cgcs2000"), &d) && d == DATUM_CGCS2000);
    CHECK(!datum_find(SV("gcj"), &d));
    CHECK(!datum_find(SV("gcj022"), &d));
    CHECK(!datum_find(SV(""), &d));
}

TEST(a_point_is_read_as_people_write_it)
{
    struct point at;
    CHECK(sv_point(SV("41.15, -8.61"), &at));
    CHECK_INT(at.lat_e7, 411500000);
    CHECK_INT(at.lon_e7, -86100000);
    CHECK(!sv_point(SV("91,0"), &at));
    CHECK(!sv_point(SV("41.15"), &at));
    CHECK(!sv_point(SV("41.15,-8.61,7"), &at));
}
