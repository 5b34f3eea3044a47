/* circle_test.c - circles hold what is reached and leave out what is not; the nearest in order. */

#include "roads/circle.h"
#include "roads/near.h"

#include "base/json.h"
#include "roads/made_test.h"

#include <stdlib.h>

/* --- circles --- */

static double piece_m2(struct plane_point p, struct plane_point a, struct plane_point b)
{
    double x = b.x - a.x, y = b.y - a.y, length2 = x * x + y * y;
    double t = length2 > 0 ? ((p.x - a.x) * x + (p.y - a.y) * y) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    double ex = a.x + t * x - p.x, ey = a.y + t * y - p.y;
    return ex * ex + ey * ey;
}

/* Metres from a point to the nearest reached street, or to the leg that leads there. */
static double streets_m(const struct circle *c, struct point at)
{
    struct plane_point p = plane_of(&c->plane, at), home = { 0, 0 };
    double best = piece_m2(p, home, plane_of(&c->plane, c->from.at));
    for (uint32_t s = 0; s < c->streets; s++)
        for (uint32_t i = 1; i < c->street[s].points; i++) {
            const struct plane_point *piece = c->at + c->street[s].first + i;
            double m2 = piece_m2(p, piece[-1], piece[0]);
            best = m2 < best ? m2 : best;
        }
    return __builtin_sqrt(best);
}

static int64_t side(struct point a, struct point b, struct point p)
{
    int64_t x = (int64_t)b.lon_e7 - a.lon_e7, y = (int64_t)b.lat_e7 - a.lat_e7;
    int64_t s = x * ((int64_t)p.lat_e7 - a.lat_e7) - y * ((int64_t)p.lon_e7 - a.lon_e7);
    return (s > 0) - (s < 0);
}

/* No two sides of all rings cross: what RFC 7946 asks of a polygon. */
static void check_simple(const struct shape *s)
{
    struct point (*sides)[2] = (void *)NEW(test_mem(), struct point, s->points * 2);
    uint32_t first = 0;
    for (uint32_t ring = 0; ring < s->rings; ring++) {
        for (uint32_t i = first; i < s->ring_end[ring]; i++) {
            sides[i][0] = s->point[i];
            sides[i][1] = s->point[i + 1 < s->ring_end[ring] ? i + 1 : first];
        }
        first = s->ring_end[ring];
    }
    for (uint32_t i = 0; i < s->points; i++)
        for (uint32_t k = i + 1; k < s->points; k++)
            CHECK(!(side(sides[i][0], sides[i][1], sides[k][0]) *
                            side(sides[i][0], sides[i][1], sides[k][1]) < 0 &&
                    side(sides[k][0], sides[k][1], sides[i][0]) *
                            side(sides[k][0], sides[k][1], sides[i][1]) < 0));
}

static double ring_area(const struct shape *s, uint32_t ring)
{
    uint32_t first = ring ? s->ring_end[ring - 1] : 0, end = s->ring_end[ring];
    double area = 0;
    for (uint32_t i = first, before = end - 1; i < end; before = i++)
        area += (double)s->point[before].lon_e7 * s->point[i].lat_e7 -
                (double)s->point[i].lon_e7 * s->point[before].lat_e7;
    return area;
}

static void check_circle(const struct roads *r, const struct reach *s, const struct circle *c)
{
    CHECK(c->area.rings >= 1);
    for (uint32_t ring = 0; ring < c->area.rings; ring++)
        CHECK((ring_area(&c->area, ring) > 0) == (ring == 0));
    CHECK(shape_holds(&c->area, s->from.home));
    CHECK(shape_holds(&c->area, s->from.at));
    for (uint32_t i = 0; i < s->settled_n; i++)
        CHECK(shape_holds(&c->area, r->at[s->settled[i]]));
    for (uint32_t i = 0; i < c->points; i++)
        CHECK(shape_holds(&c->area, plane_back(&c->plane, c->at[i])));
    for (uint32_t j = 0; j < r->junctions; j++)          /* a hectare's gap is at most 57 m deep */
        if (reach_junction_ms(s, j) == NOT_REACHED && streets_m(c, r->at[j]) > 30 + 57 + 30)
            CHECK(!shape_holds(&c->area, r->at[j]));
}

static void check_circles(const struct roads *r, int times, unsigned seed)
{
    struct reach *s = reach_new(test_mem(), r);
    for (int i = 0; i < times; i++) {
        enum profile p = (enum profile)(i % PROFILE_COUNT);
        struct anchor from = made_anchor(r, p, &seed);
        if (from.edge == NO_EDGE)
            continue;
        reach_from(s, p, &from, i % 3 ? 900000 : 300000);
        struct circle c = circle_of(test_mem(), s);
        if (profile_access_ms(p, from.access_cm) > s->limit_ms) {
            CHECK_INT(c.area.rings, 0);
            continue;
        }
        check_circle(r, s, &c);
        if (i < 4)
            check_simple(&c.area);
    }
}

TEST(a_circle_holds_all_that_is_reached_and_nothing_far_from_it)
{
    for (unsigned i = 0; i < 10; i++) {
        struct roads r = made_random(test_seed() + i, 200);
        check_circles(&r, 12, test_seed() + i);
        made_end(&r);
    }
}

TEST(circles_in_monaco_hold_what_is_reached)
{
    struct roads r = made_import("roads/monaco.osm.gz");
    check_circles(&r, 16, test_seed());
    made_end(&r);
}

static struct roads cross(void)
{
    struct road_builder b = { 0 };
    static const double at[][2] = { { 0, 0 }, { 2000, 0 }, { -2000, 0 }, { 0, 2000 },
                                    { 0, -2000 } };
    for (int i = 0; i < 5; i++)
        road_builder_node(&b, i + 1, made_point(at[i][0], at[i][1]), 0);
    for (int i = 1; i < 5; i++) {
        struct road_way way = { .id = i, .kind = ROAD_RESIDENTIAL };
        road_builder_way(&b, &way, (int64_t[]){ 1, i + 1 }, 2);
    }
    return made_open(&b);
}

TEST(a_circle_goes_as_far_as_the_pace_leads)
{
    struct roads r = cross();
    struct reach *s = reach_new(test_mem(), &r);
    struct anchor from;
    CHECK(roads_snap(&r, PROFILE_ELDER, made_point(0, 0), 300, &from));
    reach_from(s, PROFILE_ELDER, &from, 900000);
    struct circle c = circle_of(test_mem(), s);
    CHECK(c.streets_m > 4 * 719 && c.streets_m < 4 * 721);
    CHECK(shape_holds(&c.area, made_point(719, 0)));
    CHECK(shape_holds(&c.area, made_point(0, -719)));
    CHECK(!shape_holds(&c.area, made_point(720 + 45, 0)));
    CHECK(!shape_holds(&c.area, made_point(300, 300)));
    double strip = 4 * 720 * 60;                         /* four arms, 30 m to either side */
    CHECK(c.area_m2 > strip * 0.9 && c.area_m2 < strip * 1.15);
    CHECK(shape_area_m2(&c.area) > c.area_m2 * 0.99 && shape_area_m2(&c.area) < c.area_m2 * 1.01);
    made_end(&r);
}

TEST(a_circle_reads_back_from_its_geojson)
{
    struct roads r = cross();
    struct reach *s = reach_new(test_mem(), &r);
    struct ctx *c = made_ctx();
    struct anchor from;
    roads_snap(&r, PROFILE_FRAIL, made_point(50, 30), 300, &from);
    reach_from(s, PROFILE_FRAIL, &from, 600000);
    struct circle circle = circle_of(test_mem(), s);
    struct buf b = buf_new(test_mem(), 64), lines = buf_new(test_mem(), 64);
    struct shape back;
    const struct json_value *tree;
    circle_geojson(&b, &circle);
    circle_streets_geojson(&lines, &circle);
    CHECK(shape_read(c, buf_sv(&b), &back) == ERR_NONE);
    CHECK_INT(back.points, circle.area.points + circle.area.rings);      /* each ring closed */
    CHECK(shape_holds(&back, made_point(50, 30)));
    CHECK(json_parse(c, buf_sv(&b), &tree) == ERR_NONE);
    CHECK(json_parse(c, buf_sv(&lines), &tree) == ERR_NONE);
    CHECK(sv_find(buf_sv(&b), SV("\"profile\":\"frail\"")) > 0);
    made_end(&r);
}

/* --- the nearest --- */

static int pair_order(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void check_near(const struct near_index *index, struct near *q, struct reach *s,
                       enum profile p, uint32_t want, unsigned *seed)
{
    struct anchor from = made_anchor(index->roads, p, seed);
    reach_from(s, p, &from, 700000);
    uint64_t *all = NEW(test_mem(), uint64_t, index->places);
    size_t n = 0, given = 0;
    for (uint32_t place = 0; place < index->places; place++) {
        uint32_t ms = reach_ms(s, near_anchor(index, p, place));
        if (ms != NOT_REACHED && (index->tags[place] & want))
            all[n++] = (uint64_t)ms << 32 | place;
    }
    qsort(all, n, sizeof *all, pair_order);
    uint32_t place, ms;
    near_begin(q, p, &from, 700000, want);
    for (; near_next(q, &place, &ms); given++) {
        CHECK(given < n);
        CHECK_INT(place, (uint32_t)all[given]);
        CHECK_INT(ms, all[given] >> 32);
    }
    CHECK_INT(given, n);
}

static void check_nearest(struct roads *r, uint32_t n, int times, unsigned seed)
{
    struct near_place *places = NEW(test_mem(), struct near_place, n);
    for (uint32_t i = 0; i < n; i++) {
        places[i].at = r->at[made_number(&seed, r->junctions)];
        places[i].at.lat_e7 += (int32_t)made_number(&seed, 6000) - 3000;
        places[i].tags = 1u << made_number(&seed, 4);
    }
    struct near_index *index = near_index_build(r, places, n, 100);
    near_index_wheels(index, 100);
    struct near *q = near_new(test_mem(), index);
    struct reach *s = reach_new(test_mem(), r);
    for (int i = 0; i < times; i++)
        check_near(index, q, s, (enum profile)(i % PROFILE_COUNT), i % 4 < 2 ? 15 : 2, &seed);
    near_index_free(index);
    made_end(r);
}

TEST(the_nearest_places_are_all_there_and_in_order)
{
    for (unsigned i = 0; i < 10; i++) {
        struct roads r = made_random(test_seed() + i, 150);
        check_nearest(&r, 300, 16, test_seed() + i);
    }
    struct roads monaco = made_import("roads/monaco.osm.gz");
    check_nearest(&monaco, 2000, 20, test_seed());
}
