/* route_test.c - routes: as long as the search says, joined up, and said in words. */

#include "roads/route.h"

#include "base/json.h"
#include "roads/made_test.h"

#include <stdlib.h>

static void check_route(const struct roads *r, const struct route *t, uint32_t want_ms)
{
    uint64_t ms = 0, cm = 0;
    double m = 0;
    CHECK_INT(t->ms, want_ms);
    for (uint32_t i = 0; i < t->steps; i++) {
        ms += t->step[i].ms;
        cm += t->step[i].length_cm;
        CHECK(t->step[i].first_point < t->points);
        CHECK(i == 0 || t->step[i].first_point >= t->step[i - 1].first_point);
        CHECK(t->profile != PROFILE_WHEELCHAIR || t->step[i].kind != ROAD_STEPS ||
              t->step[i].turn == TURN_ARRIVE);
        CHECK(sv_utf8(route_step_text(test_mem(), t, i, i % 2 ? LANG_EN : LANG_ZH)));
    }
    CHECK_INT(ms, t->ms);
    CHECK_INT(cm, t->length_cm);
    for (uint32_t i = 1; i < t->points; i++)
        m += point_distance_m(t->point[i - 1], t->point[i]);
    CHECK(m > t->length_cm * 0.00995 - 1 && m < t->length_cm * 0.01005 + 1);
    CHECK_INT(t->point[0].lat_e7, t->from.home.lat_e7);
    CHECK_INT(t->point[t->points - 1].lon_e7, t->to.home.lon_e7);
    CHECK_INT(t->step[t->steps - 1].turn, TURN_ARRIVE);
    (void)r;
}

static void check_routes(struct roads *r, int times, unsigned seed)
{
    struct reach *s = reach_new(test_mem(), r), *other = reach_new(test_mem(), r);
    int found = 0;
    for (int i = 0; i < times; i++) {
        enum profile p = (enum profile)(i % PROFILE_COUNT);
        struct anchor from = made_anchor(r, p, &seed), to = made_anchor(r, p, &seed);
        struct route t;
        if (i % 7 == 0)
            to = from;
        reach_from(other, p, &from, 1800000);
        uint32_t ms = reach_ms(other, &to);
        CHECK_INT(route_find(test_mem(), s, p, &from, &to, 1800000, &t), ms != NOT_REACHED);
        if (ms == NOT_REACHED)
            continue;
        check_route(r, &t, ms);
        found++;
    }
    CHECK(found > 0);
    made_end(r);
}

TEST(a_route_is_as_long_as_the_search_says)
{
    for (unsigned i = 0; i < 12; i++) {
        struct roads r = made_random(test_seed() + i, 120);
        check_routes(&r, 40, test_seed() + i);
    }
    struct roads monaco = made_import("roads/monaco.osm.gz");
    check_routes(&monaco, 60, test_seed());
}

static struct roads town(void)
{
    struct road_builder b = { 0 };
    static const double at[][2] = { { 0, 0 }, { 400, 0 }, { 400, 300 }, { 440, 300 },
                                    { 800, 300 } };
    static const struct { enum road_kind kind; struct sv name; unsigned steps, flags; } ways[] = {
        { ROAD_RESIDENTIAL, SV_INIT("和平街"), 0, 0 },
        { ROAD_RESIDENTIAL, SV_INIT("安康路"), 0, 0 },
        { ROAD_STEPS, SV_INIT(""), 24, ROAD_BRIDGE },
        { ROAD_FOOTWAY, SV_INIT(""), 0, 0 },
    };
    for (int i = 0; i < 5; i++)
        road_builder_node(&b, i + 1, made_point(at[i][0], at[i][1]), 0);
    for (int i = 0; i < 4; i++) {
        struct road_way way = { .id = i, .kind = ways[i].kind, .name = ways[i].name,
                                .steps = ways[i].steps, .flags = ways[i].flags };
        road_builder_way(&b, &way, (int64_t[]){ i + 1, i + 2 }, 2);
    }
    return made_open(&b);
}

TEST(directions_are_said_in_plain_words)
{
    struct roads r = town();
    struct reach *s = reach_new(test_mem(), &r);
    struct anchor from, to;
    struct route t;
    roads_snap(&r, PROFILE_ELDER, made_point(100, -10), 300, &from);
    roads_snap(&r, PROFILE_ELDER, made_point(700, 320), 300, &to);
    CHECK(route_find(test_mem(), s, PROFILE_ELDER, &from, &to, 3600000, &t));
    CHECK_INT(t.steps, 5);
    CHECK_INT(t.stairs, 24);
    CHECK_TEXT(route_step_text(test_mem(), &t, 0, LANG_ZH), "出发，向东沿和平街走 310 米");
    CHECK_TEXT(route_step_text(test_mem(), &t, 1, LANG_ZH), "左转，沿安康路走 300 米");
    CHECK_TEXT(route_step_text(test_mem(), &t, 2, LANG_ZH), "右转，走过街天桥 24 级");
    CHECK_TEXT(route_step_text(test_mem(), &t, 3, LANG_ZH), "直行，沿步行道走 260 米");
    CHECK_TEXT(route_step_text(test_mem(), &t, 4, LANG_ZH), "到达，目的地在左侧 20 米");
    CHECK_TEXT(route_step_text(test_mem(), &t, 0, LANG_EN), "Set out east along 和平街 for 310 m");
    struct ctx *c = made_ctx();
    struct buf b = buf_new(test_mem(), 64);
    const struct json_value *tree;
    route_geojson(&b, &t, LANG_ZH);
    CHECK(json_parse(c, buf_sv(&b), &tree) == ERR_NONE);
    made_end(&r);
}

TEST(there_is_no_route_where_there_is_no_way)
{
    struct roads r = town();
    struct reach *s = reach_new(test_mem(), &r);
    struct anchor from, to, none;
    struct route t;
    roads_snap(&r, PROFILE_WHEELCHAIR, made_point(100, 0), 300, &from);
    roads_snap(&r, PROFILE_WHEELCHAIR, made_point(800, 310), 300, &to);
    roads_snap(&r, PROFILE_WHEELCHAIR, made_point(9000, 9000), 300, &none);
    CHECK(!route_find(test_mem(), s, PROFILE_WHEELCHAIR, &from, &to, 3600000, &t));
    CHECK(!route_find(test_mem(), s, PROFILE_ELDER, &from, &none, 3600000, &t));
    CHECK(!route_find(test_mem(), s, PROFILE_ELDER, &from, &to, 60000, &t));
    made_end(&r);
}
