/* mend_test.c - mends over made-up streets: a river, stairs, closings, loose ends. */

#include "roads/mend/mend.h"

#include "roads/made_test.h"
#include "roads/reach.h"
#include "roads/route.h"

#include <stdlib.h>

/*
 * Two banks 100 m apart that meet by a road bridge 700 m to the east only:
 *
 *     north bank   y = 100, x = -100 .. 700
 *     south bank   y = 0,   x = -100 .. 700
 *     bridge       x = 700
 */
static struct roads banks(void)
{
    struct road_builder b = { 0 };
    struct road_way way = { .id = 1, .name = SV_INIT("北岸路"), .kind = ROAD_RESIDENTIAL };
    for (int i = 0; i < 9; i++) {
        road_builder_node(&b, 1 + i, made_point(-100 + 100 * i, 100), 0);
        road_builder_node(&b, 101 + i, made_point(-100 + 100 * i, 0), 0);
    }
    road_builder_way(&b, &way, (int64_t[]){ 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 9);
    way = (struct road_way){ .id = 2, .name = SV_INIT("南岸路"), .kind = ROAD_RESIDENTIAL };
    road_builder_way(&b, &way, (int64_t[]){ 101, 102, 103, 104, 105, 106, 107, 108, 109 }, 9);
    way = (struct road_way){ .id = 3, .name = SV_INIT("大桥"), .kind = ROAD_PRIMARY };
    road_builder_way(&b, &way, (int64_t[]){ 9, 109 }, 2);
    return made_open(&b);
}

static struct mend line_of(const struct point *points, size_t n, enum road_kind kind)
{
    return (struct mend){ .way = { .name = SV_INIT("补"), .kind = kind, .flags = 0 },
                          .point = points, .points = n };
}

static struct roads mended(const struct roads *base, struct mend *m, size_t n)
{
    AUTO(road_builder_free) struct road_builder b = { 0 };
    struct roads r = { 0 };
    mends_apply(test_mem(), base, NULL, m, n, &b);
    CHECK(road_builder_open(made_ctx(), &b, &r) == ERR_NONE);
    return r;
}

static int64_t walk_s(const struct roads *r, enum profile profile, struct point a, struct point b)
{
    struct anchor from, to;
    if (!roads_snap(r, profile, a, 60, &from) || !roads_snap(r, profile, b, 60, &to))
        return -1;
    struct reach *s = reach_new(test_mem(), r);
    reach_from(s, profile, &from, REACH_MS_MAX);
    uint32_t ms = reach_ms(s, &to);
    return ms == NOT_REACHED ? -1 : ((int64_t)ms + 500) / 1000;
}

static int64_t across_s(const struct roads *r, enum profile profile)
{
    return walk_s(r, profile, made_point(0, 150), made_point(0, -50));
}

TEST(two_homes_on_both_banks_are_near_once_there_is_a_footbridge)
{
    struct roads base = banks();
    struct point line[] = { made_point(0, 90), made_point(0, 50), made_point(0, 10) };
    struct mend m = line_of(line, 3, ROAD_FOOTWAY);
    CHECK_INT(across_s(&base, PROFILE_ELDER), 2000);     /* 50 + 700 + 100 + 700 + 50 at 0.8 */
    struct roads r = mended(&base, &m, 1);
    CHECK_INT(m.fit, MEND_FITS);
    CHECK_INT(across_s(&r, PROFILE_ELDER), 250);         /* 200 m: the legs to the street count */
    CHECK_INT(across_s(&r, PROFILE_WHEELCHAIR), 200);
    CHECK_INT(r.total_m, base.total_m + 100);
    roads_close(&r);
    made_end(&base);
}

TEST(a_bridge_with_steps_is_none_for_a_wheelchair_and_takes_its_steps)
{
    struct roads base = banks();
    struct point line[] = { made_point(0, 100), made_point(0, 0) };
    struct mend m = line_of(line, 2, ROAD_FOOTWAY);
    m.way.flags = ROAD_BRIDGE;
    m.way.steps = 80;                                    /* 40 up and 40 down, 12 m each */
    struct roads r = mended(&base, &m, 1);
    CHECK_INT(m.fit, MEND_FITS);
    CHECK_INT(across_s(&r, PROFILE_WHEELCHAIR), 1600);
    CHECK_INT(across_s(&r, PROFILE_ELDER), 125 + 95 + 80);   /* two legs, the deck, 80 s of steps */
    roads_close(&r);
    made_end(&base);
}

TEST(ends_in_mid_street_cut_it_and_leave_its_length)
{
    struct roads base = banks();
    struct point line[] = { made_point(133, 100), made_point(155, 0) };
    struct mend m = line_of(line, 2, ROAD_PATH);
    struct roads r = mended(&base, &m, 1);
    CHECK_INT(m.fit, MEND_FITS);
    CHECK_INT(r.junctions, base.junctions + 2);
    CHECK_INT(r.edges, base.edges + 3);
    CHECK_INT(walk_s(&r, PROFILE_STANDARD, made_point(133, 110), made_point(155, -10)),
              (20 * 1000 + 102 * 1000 + 600) / 1200);
    roads_close(&r);
    made_end(&base);
}

TEST(an_end_far_from_every_street_is_named)
{
    struct roads base = banks();
    struct point line[] = { made_point(0, 70), made_point(0, 10) };
    struct point back[] = { line[1], line[0] };
    struct mend m[] = { line_of(line, 2, ROAD_PATH), line_of(back, 2, ROAD_PATH) };
    struct mend one = m[0];
    struct roads r = mended(&base, &one, 1);
    CHECK_INT(one.fit, MEND_START_FAR);
    CHECK_INT(r.total_m, base.total_m);
    roads_close(&r);
    one = m[1];
    r = mended(&base, &one, 1);
    CHECK_INT(one.fit, MEND_END_FAR);
    roads_close(&r);
    made_end(&base);
}

TEST(mends_may_meet_each_other_but_not_only_each_other)
{
    struct roads base = banks();
    struct point up[] = { made_point(0, 100), made_point(0, 70) };
    struct point deck[] = { made_point(0, 70), made_point(0, 35) };
    struct point down[] = { made_point(0, 35), made_point(0, 0) };
    struct mend all[] = { line_of(up, 2, ROAD_STEPS), line_of(deck, 2, ROAD_FOOTWAY),
                          line_of(down, 2, ROAD_STEPS) };
    struct roads r = mended(&base, all, 3);
    for (int i = 0; i < 3; i++)
        CHECK_INT(all[i].fit, MEND_FITS);
    CHECK(across_s(&r, PROFILE_ELDER) < 400);
    CHECK_INT(across_s(&r, PROFILE_WHEELCHAIR), 1600);
    roads_close(&r);
    r = mended(&base, all, 2);                           /* without the third both are loose */
    CHECK_INT(all[1].fit, MEND_END_FAR);
    CHECK_INT(all[0].fit, MEND_END_FAR);
    CHECK_INT(r.total_m, base.total_m);
    roads_close(&r);
    struct point ring[2][2] = { { made_point(300, 2000), made_point(300, 2100) },
                                { made_point(300, 2100), made_point(300, 2000) } };
    struct mend lone[] = { line_of(ring[0], 2, ROAD_PATH), line_of(ring[1], 2, ROAD_PATH) };
    r = mended(&base, lone, 2);
    CHECK_INT(lone[0].fit, MEND_ADRIFT);
    CHECK_INT(lone[1].fit, MEND_ADRIFT);
    roads_close(&r);
    made_end(&base);
}

TEST(a_closed_line_takes_away_what_runs_along_it_and_nothing_else)
{
    struct roads base = banks();
    struct point line[] = { made_point(220, 101), made_point(260, 99) };
    struct point water[] = { made_point(0, 90), made_point(0, 10) };
    struct mend m = { .closed = true, .point = line, .points = 2 };
    struct roads r = mended(&base, &m, 1);
    CHECK_INT(m.fit, MEND_FITS);
    CHECK_INT(base.total_m - r.total_m, 40);
    CHECK_INT(walk_s(&r, PROFILE_STANDARD, made_point(0, 105), made_point(500, 105)), -1);
    CHECK(walk_s(&r, PROFILE_STANDARD, made_point(300, 105), made_point(500, 105)) > 0);
    roads_close(&r);
    m.point = water;                                     /* both ends meet streets, none along it */
    r = mended(&base, &m, 1);
    CHECK_INT(m.fit, MEND_NO_STREET);
    CHECK_INT(r.total_m, base.total_m);
    roads_close(&r);
    made_end(&base);
}

TEST(without_mends_every_way_is_as_long_as_before)
{
    for (unsigned seed = 1; seed <= 12; seed++) {
        unsigned dice = seed;
        struct roads base = made_random(seed, 150), r = mended(&base, NULL, 0);
        for (int i = 0; i < 40; i++) {
            enum profile profile = (enum profile)made_number(&dice, PROFILE_COUNT);
            struct anchor a = made_anchor(&base, profile, &dice);
            struct anchor b = made_anchor(&base, profile, &dice);
            int64_t was = walk_s(&base, profile, a.home, b.home);
            CHECK(llabs(was - walk_s(&r, profile, a.home, b.home)) <= 1);
        }
        roads_close(&r);
        made_end(&base);
    }
}

/* A point whose nearest street is open to all. */
static struct point public_point(const struct roads *r, unsigned *seed)
{
    struct anchor any;
    struct point at;
    do
        at = made_anchor(r, PROFILE_ELDER, seed).home;
    while (!roads_snap_any(r, at, MEND_JOIN_M, &any) ||
           r->edge[any.edge].flags & (ROAD_PRIVATE | ROAD_ISLAND | ROAD_NO_WHEELCHAIR));
    return at;
}

TEST(a_footbridge_over_a_real_city_shortens_ways_and_lengthens_none)
{
    unsigned seed = 7;
    struct roads base = made_import("roads/porto_portugal.osm.pbf");
    struct point line[] = { public_point(&base, &seed), public_point(&base, &seed) };
    struct point_box box = box_around(line[0], 2500);
    struct mend m = line_of(line, 2, ROAD_FOOTWAY);
    AUTO(road_builder_free) struct road_builder b = { 0 };
    struct roads whole = mended(&base, &m, 1), part = { 0 };
    CHECK_INT(m.fit, MEND_FITS);
    int64_t straight_s = (int64_t)(point_distance_m(line[0], line[1]) / 0.8);
    int64_t now = walk_s(&whole, PROFILE_ELDER, line[0], line[1]);
    CHECK(now <= straight_s + 80 && now < walk_s(&base, PROFILE_ELDER, line[0], line[1]));
    for (int i = 0; i < 30; i++) {
        struct anchor now_at, at = made_anchor(&base, PROFILE_ELDER, &seed);
        struct point from = at.home;
        if (!roads_snap(&whole, PROFILE_ELDER, from, 500, &now_at) ||
            point_distance_m(at.at, now_at.at) > 1)
            continue;                                    /* its door is the new bridge itself */
        int64_t was = walk_s(&base, PROFILE_ELDER, from, line[0]);
        CHECK(was < 0 || walk_s(&whole, PROFILE_ELDER, from, line[0]) <= was + 1);
    }
    mends_apply(test_mem(), &base, &box, &m, 1, &b);
    CHECK(road_builder_open(made_ctx(), &b, &part) == ERR_NONE);
    CHECK(part.edges < base.edges / 2);
    roads_close(&part);
    roads_close(&whole);
    made_end(&base);
}
