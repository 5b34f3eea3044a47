/* reach_test.c - walking times against a naive search, on random nets and on real cities. */

#include "roads/reach.h"

#include "roads/made_test.h"

/* --- the naive search: every edge again and again until nothing gets better --- */

struct naive { const struct roads *r; enum profile profile; uint64_t *ms; uint8_t *border; };

static bool stops(const struct naive *n, uint32_t junction)
{
    uint8_t flags = n->r->junction_flags[junction];
    return (flags & JUNCTION_BLOCKED) ||
           (n->profile == PROFILE_CAR && (flags & JUNCTION_NO_CAR)) ||
           (n->profile == PROFILE_WHEELCHAIR && (flags & JUNCTION_NO_WHEELCHAIR));
}

static bool improve(const struct naive *n, uint32_t edge, bool back, uint32_t zone)
{
    const struct edge *e = &n->r->edge[edge];
    uint32_t tail = back ? e->b : e->a, head = back ? e->a : e->b;
    int64_t ms = edge_ms(n->r, n->profile, edge, back);
    if (ms < 0 || stops(n, head) || n->ms[tail] == UINT64_MAX)
        return false;
    if ((e->flags & ROAD_PRIVATE) && n->border[head] && e->zone != zone)
        return false;
    if (n->ms[tail] + (uint64_t)ms >= n->ms[head])
        return false;
    n->ms[head] = n->ms[tail] + (uint64_t)ms;
    return true;
}

static struct naive naive_from(const struct roads *r, enum profile profile,
                               const struct anchor *from)
{
    struct naive n = { r, profile, NEW(test_mem(), uint64_t, r->junctions),
                       NEW(test_mem(), uint8_t, r->junctions) };
    for (uint32_t j = 0; j < r->junctions; j++)
        n.ms[j] = UINT64_MAX;
    for (uint32_t e = 0; e < r->edges; e++)
        if (!(r->edge[e].flags & ROAD_PRIVATE))
            n.border[r->edge[e].a] = n.border[r->edge[e].b] = 1;
    const struct edge *e = &r->edge[from->edge];
    uint64_t access = profile_access_ms(profile, from->access_cm);
    for (int end = 0; end < 2; end++) {
        uint32_t ms = anchor_out_ms(r, profile, from, end), j = end ? e->b : e->a;
        if (ms != NOT_REACHED && access + ms < n.ms[j])
            n.ms[j] = access + ms;
    }
    bool better = true;
    while (better) {
        better = false;
        for (uint32_t i = 0; i < r->edges; i++) {
            better |= improve(&n, i, false, e->zone);
            better |= improve(&n, i, true, e->zone);
        }
    }
    return n;
}

static void compare(const struct roads *r, struct reach *s, enum profile profile, unsigned *seed,
                    uint32_t limit_ms)
{
    struct anchor from = made_anchor(r, profile, seed);
    if (from.edge == NO_EDGE)
        return;
    struct naive n = naive_from(r, profile, &from);
    reach_from(s, profile, &from, limit_ms);
    uint32_t reached = 0, before = 0;
    for (uint32_t j = 0; j < r->junctions; j++) {
        uint32_t want = n.ms[j] <= limit_ms ? (uint32_t)n.ms[j] : NOT_REACHED;
        CHECK_INT(reach_junction_ms(s, j), want);
        reached += want != NOT_REACHED;
    }
    CHECK_INT(s->settled_n, reached);
    for (uint32_t i = 0; i < s->settled_n; i++) {
        CHECK(reach_junction_ms(s, s->settled[i]) >= before);
        before = reach_junction_ms(s, s->settled[i]);
    }
}

TEST(times_on_random_nets_are_those_of_a_naive_search)
{
    for (unsigned i = 0; i < 30; i++) {
        unsigned seed = test_seed() + i;
        struct roads r = made_random(seed, 30 + (int)i * 4);
        struct reach *s = reach_new(test_mem(), &r);
        for (int k = 0; k < 12; k++)
            compare(&r, s, (enum profile)(k % PROFILE_COUNT), &seed, k % 3 ? 600000 : 120000);
        made_end(&r);
    }
}

static void compare_city(const char *file, int searches)
{
    struct roads r = made_import(file);
    struct reach *s = reach_new(test_mem(), &r);
    unsigned seed = test_seed();
    for (int k = 0; k < searches; k++)
        compare(&r, s, (enum profile)(k % PROFILE_COUNT), &seed, 900000);
    made_end(&r);
}

TEST(times_in_monaco_are_those_of_a_naive_search)
{
    compare_city("roads/monaco.osm.gz", 40);
}

TEST(times_in_porto_are_those_of_a_naive_search)
{
    compare_city("roads/porto_portugal.osm.pbf", test_rounds(1, 4));
}

/* --- by hand --- */

static void street(struct road_builder *b, int64_t id, enum road_kind kind, unsigned flags,
                   int64_t from, int64_t to)
{
    struct road_way way = { .id = id, .kind = kind, .flags = flags };
    road_builder_way(b, &way, (int64_t[]){ from, to }, 2);
}

static uint32_t seconds(const struct roads *r, enum profile p, struct point from, struct point to)
{
    struct reach *s = reach_new(test_mem(), r);
    struct anchor a, b;
    roads_snap(r, p, from, 300, &a);
    roads_snap(r, p, to, 300, &b);
    reach_from(s, p, &a, 3600000);
    uint32_t ms = reach_ms(s, &b);
    return ms == NOT_REACHED ? NOT_REACHED : (ms + 500) / 1000;
}

/* Only gates on open streets: a single search from private land may leave through it. */
TEST(from_several_gates_a_junction_is_as_near_as_from_the_best)
{
    unsigned seed = test_seed();
    for (int round = 0; round < 30; round++) {
        struct roads r = made_random(seed + (unsigned)round, 40);
        struct anchor gate[3];
        struct reach *one = reach_new(test_mem(), &r), *all = reach_new(test_mem(), &r);
        uint32_t *best = NEW(test_mem(), uint32_t, r.junctions), differ = 0;
        bool open = true;
        for (int i = 0; i < 3; i++) {
            gate[i] = made_anchor(&r, PROFILE_ELDER, &seed);
            open = open && gate[i].edge != NO_EDGE && r.edge[gate[i].edge].zone == 0;
            reach_from(one, PROFILE_ELDER, &gate[i], 600000);
            for (uint32_t j = 0; j < r.junctions; j++) {
                uint32_t ms = reach_junction_ms(one, j);
                best[j] = i == 0 || ms < best[j] ? ms : best[j];
            }
        }
        reach_begin(all, PROFILE_ELDER, &gate[0], 600000);
        reach_also(all, &gate[1]);
        reach_also(all, &gate[2]);
        reach_finish(all);
        for (uint32_t j = 0; j < r.junctions && open; j++)
            differ += reach_junction_ms(all, j) != best[j];
        CHECK_INT(differ, 0);
        made_end(&r);
    }
}

TEST(a_home_joins_the_street_by_its_access_leg)
{
    struct road_builder b = { 0 };
    road_builder_node(&b, 1, made_point(0, 0), 0);
    road_builder_node(&b, 2, made_point(1000, 0), 0);
    street(&b, 1, ROAD_RESIDENTIAL, 0, 1, 2);
    struct roads r = made_open(&b);
    /* 80 m to the street, 400 m along it, 40 m off it, at 0.8 m/s */
    CHECK_INT(seconds(&r, PROFILE_ELDER, made_point(100, 80), made_point(500, -40)), 650);
    CHECK_INT(seconds(&r, PROFILE_STANDARD, made_point(100, 80), made_point(500, -40)), 433);
    struct anchor far;
    CHECK(!roads_snap(&r, PROFILE_ELDER, made_point(500, 301), 300, &far));
    CHECK_INT(far.edge, NO_EDGE);
    struct reach *s = reach_new(test_mem(), &r);
    reach_from(s, PROFILE_ELDER, &far, 900000);
    CHECK_INT(reach_ms(s, &far), NOT_REACHED);
    made_end(&r);
}

TEST(a_wheelchair_never_takes_the_steps)
{
    struct road_builder b = { 0 };
    for (int i = 0; i < 4; i++)
        road_builder_node(&b, i + 1, made_point(i % 2 * 100, i / 2 * 300), 0);
    street(&b, 1, ROAD_STEPS, 0, 1, 2);                  /* 100 m of steps ... */
    street(&b, 2, ROAD_RESIDENTIAL, 0, 1, 3);            /* ... or 700 m round */
    street(&b, 3, ROAD_RESIDENTIAL, 0, 3, 4);
    street(&b, 4, ROAD_RESIDENTIAL, 0, 4, 2);
    struct roads r = made_open(&b);
    struct point from = made_point(0, 50), to = made_point(100, 50);
    CHECK_INT(seconds(&r, PROFILE_WHEELCHAIR, from, to), 600);
    CHECK_INT(seconds(&r, PROFILE_ELDER, from, to), 125 + 333);
    struct anchor a;
    CHECK(roads_snap(&r, PROFILE_WHEELCHAIR, made_point(50, 1), 300, &a));
    CHECK(r.edge[a.edge].kind != ROAD_STEPS);
    made_end(&r);
}

TEST(private_land_is_a_goal_and_a_start_but_no_way_through)
{
    struct road_builder b = { 0 };
    static const double at[][2] = { { 0, 0 }, { 200, 0 }, { 100, 0 }, { 0, 400 }, { 200, 400 } };
    for (int i = 0; i < 5; i++)
        road_builder_node(&b, i + 1, made_point(at[i][0], at[i][1]), 0);
    street(&b, 1, ROAD_SERVICE, ROAD_PRIVATE, 1, 3);     /* a compound between two streets */
    street(&b, 2, ROAD_SERVICE, ROAD_PRIVATE, 3, 2);
    street(&b, 3, ROAD_RESIDENTIAL, 0, 1, 4);
    street(&b, 4, ROAD_RESIDENTIAL, 0, 4, 5);
    street(&b, 5, ROAD_RESIDENTIAL, 0, 5, 2);
    struct roads r = made_open(&b);
    struct point west = made_point(0, 80), east = made_point(200, 80), in = made_point(100, 0);
    CHECK_INT(seconds(&r, PROFILE_ELDER, west, east), 1050);         /* 840 m round it */
    CHECK_INT(seconds(&r, PROFILE_ELDER, west, in), 225);            /* into it */
    CHECK_INT(seconds(&r, PROFILE_ELDER, in, east), 225);            /* out of it, both ways */
    CHECK_INT(seconds(&r, PROFILE_ELDER, in, west), 225);
    made_end(&r);
}

TEST(a_blocked_barrier_stops_all_and_a_kerb_stops_wheelchairs)
{
    struct road_builder b = { 0 };
    for (int i = 0; i < 5; i++)
        road_builder_node(&b, i + 1, made_point(i * 600, 0),
                          i == 1 ? JUNCTION_NO_WHEELCHAIR : i == 3 ? JUNCTION_BLOCKED : 0);
    struct road_way way = { .id = 1, .kind = ROAD_FOOTWAY };
    road_builder_way(&b, &way, (int64_t[]){ 1, 2, 3, 4, 5 }, 5);
    struct roads r = made_open(&b);
    CHECK_INT(seconds(&r, PROFILE_ELDER, made_point(120, 0), made_point(1560, 0)), 1800);
    CHECK_INT(seconds(&r, PROFILE_WHEELCHAIR, made_point(120, 0), made_point(1560, 0)),
              NOT_REACHED);
    CHECK_INT(seconds(&r, PROFILE_ELDER, made_point(1560, 0), made_point(2200, 0)), NOT_REACHED);
    made_end(&r);
}

TEST(an_escalator_leads_one_way)
{
    struct road_builder b = { 0 };
    road_builder_node(&b, 1, made_point(0, 0), 0);
    road_builder_node(&b, 2, made_point(80, 0), 0);
    street(&b, 1, ROAD_FOOTWAY, ROAD_ONLY_FORWARD, 1, 2);
    struct roads r = made_open(&b);
    CHECK_INT(seconds(&r, PROFILE_ELDER, made_point(0, 0), made_point(80, 0)), 100);
    CHECK_INT(seconds(&r, PROFILE_ELDER, made_point(80, 0), made_point(0, 0)), NOT_REACHED);
    made_end(&r);
}

/* --- snapping --- */

static double brute_m(const struct roads *r, enum profile p, struct point home)
{
    struct plane plane = plane_at(home);
    double best = 1e9;
    for (uint32_t e = 0; e < r->edges; e++) {
        size_t n;
        if (!edge_allows(r, p, e) || edge_island(r, p, e))
            continue;
        struct point *points = edge_points(test_mem(), r, e, &n);
        for (size_t i = 0; i + 1 < n; i++) {
            struct plane_point a = plane_of(&plane, points[i]), c = plane_of(&plane, points[i + 1]);
            for (int k = 0; k <= 200; k++) {
                double x = a.x + (c.x - a.x) * k / 200, y = a.y + (c.y - a.y) * k / 200;
                if (x * x + y * y < best * best)
                    best = __builtin_sqrt(x * x + y * y);
            }
        }
    }
    return best;
}

TEST(snapping_finds_the_nearest_point_of_all_edges)
{
    unsigned seed = test_seed();
    struct roads r = made_random(seed, 300);
    for (int i = 0; i < 20; i++) {
        enum profile p = i % 2 ? PROFILE_ELDER : PROFILE_WHEELCHAIR;
        struct point home = made_point(made_number(&seed, 1200), made_number(&seed, 1200));
        struct anchor a;
        double want = brute_m(&r, p, home);
        CHECK(roads_snap(&r, p, home, 2000, &a) == (want < 2000));
        double got = a.access_cm / 100.0;
        CHECK(got < want + 0.02 && got > want - 0.4);    /* brute force walks in small steps */
        CHECK(point_distance_m(a.at, home) < got + 0.05);
        CHECK(a.along_cm <= r.edge[a.edge].length_cm);
    }
    made_end(&r);
}

/* Homes that lie together, homes near no street, with a guess and without: no matter. */
TEST(homes_that_lie_together_join_the_streets_as_each_by_itself)
{
    unsigned seed = test_seed();
    struct roads monaco = made_import("roads/monaco.osm.gz");
    for (int group = 0; group < 60; group++) {
        struct roads random = made_random(seed + (unsigned)group, 400);
        const struct roads *r = group % 3 ? &monaco : &random;
        struct point home[20], middle = r->at[made_number(&seed, r->junctions)];
        struct point_box box = box_none();
        struct snap_around around;
        int32_t wide = (int32_t)(1000 << made_number(&seed, 6));
        for (int i = 0; i < 20; i++) {
            home[i].lat_e7 = middle.lat_e7 + (int32_t)made_number(&seed, (unsigned)wide);
            home[i].lon_e7 = middle.lon_e7 + (int32_t)made_number(&seed, (unsigned)wide);
            box_add(&box, home[i]);
        }
        roads_around(r, &box, &around);
        enum profile p = (enum profile)(group % PROFILE_COUNT);
        int64_t hint = NO_EDGE;
        for (int i = 0; i < 20; i++) {
            struct anchor alone, together;
            bool is = roads_snap(r, p, home[i], 300, &alone);
            CHECK(roads_snap_around(r, p, home[i], 300, hint, &around, &together) == is);
            CHECK_INT(together.edge, alone.edge);
            CHECK_INT(together.along_cm, alone.along_cm);
            CHECK_INT(together.access_cm, alone.access_cm);
            hint = i % 2 ? together.edge : NO_EDGE;
        }
        made_end(&random);
    }
    made_end(&monaco);
}

/* The same streets at 180 degrees as anywhere: homes on both sides join what is nearest. */
TEST(streets_over_the_antimeridian_are_joined_from_both_sides)
{
    struct point_box homes = { { 0, LON_E7_MAX - 9000 }, { 2000, LON_E7_MAX } };
    struct snap_around around;
    struct road_builder b = { 0 };
    int64_t nodes[40];
    for (int i = 0; i < 40; i++) {               /* 1.1 m at a time: some are edges of their own */
        int64_t lon = LON_E7_MAX - 200000 + i * 10000;
        nodes[i] = i + 1;
        road_builder_node(&b, i + 1, (struct point){ 0, (int32_t)(lon > LON_E7_MAX
                          ? lon - LON_ALL_E7 : lon) }, i % 3 ? 0 : JUNCTION_NO_CAR);
    }
    road_builder_way(&b, &(struct road_way){ .id = 1, .kind = ROAD_FOOTWAY }, nodes, 40);
    struct roads r = made_open(&b);
    roads_around(&r, &homes, &around);
    for (int i = 0; i < 38; i++) {
        int64_t lon = LON_E7_MAX - 200000 + i * 10000 + 4000;
        struct point home = { 900, (int32_t)(lon > LON_E7_MAX ? lon - LON_ALL_E7 : lon) };
        struct anchor alone, together;
        CHECK(roads_snap(&r, PROFILE_ELDER, home, 300, &alone));
        CHECK_INT(alone.access_cm, 1000 - 5);    /* 900 units of latitude on the equator */
        CHECK_INT(alone.at.lon_e7, home.lon_e7);
        CHECK(roads_snap_around(&r, PROFILE_ELDER, home, 300, NO_EDGE, &around, &together));
        CHECK_INT(together.edge, alone.edge);
    }
    made_end(&r);
}
