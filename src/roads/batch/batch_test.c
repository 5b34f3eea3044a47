/* batch_test.c - whole-city answers against one search for each point, on random nets. */

#include "roads/batch/near_all.h"
#include "roads/batch/reach_all.h"
#include "roads/batch/relation.h"
#include "roads/made_test.h"
#include "roads/reach.h"

#include <math.h>
#include <string.h>

enum { HOMES = 150, PLACES = 25, LIMIT = 700000 };

struct town {
    struct roads   roads;
    struct net    *net;
    struct anchor  home[HOMES], place[PLACES];
    uint32_t       weight[HOMES + PLACES];
    struct reach  *reach;
};

/* A third of the places lie on streets where homes lie, some are nowhere at all. */
static struct town *town_new(unsigned seed, enum profile profile)
{
    struct town *t = NEW(test_mem(), struct town, 1);
    t->roads = made_random(seed, 20 + (int)made_number(&seed, 300));
    for (int i = 0; i < HOMES; i++)
        t->home[i] = made_anchor(&t->roads, profile, &seed);
    for (int i = 0; i < PLACES; i++) {
        t->place[i] = i % 3 ? made_anchor(&t->roads, profile, &seed) : t->home[i];
        t->place[i].access_cm = made_number(&seed, 3000);
    }
    for (int i = 0; i < HOMES + PLACES; i++)
        t->weight[i] = made_number(&seed, 60);
    t->place[PLACES - 1].edge = NO_EDGE;
    t->net = net_make(&t->roads, (struct pace){ .profile = profile }, LIMIT);
    t->reach = reach_new(test_mem(), &t->roads);
    return t;
}

static void town_end(struct town *t)
{
    net_free(t->net);
    made_end(&t->roads);
}

/* Every k nearest by as many searches as there are homes. */
static void sorted_near(struct town *t, const struct anchor *home, const bool *open, uint32_t n,
                        uint32_t limit, near_entry *out)
{
    reach_from(t->reach, t->net->pace.profile, home, limit);
    for (uint32_t i = 0; i < n; i++)
        out[i] = NEAR_NONE;
    for (uint32_t i = 0, found = 0; i < n; i++) {
        uint32_t ms = open[i] ? reach_ms(t->reach, &t->place[i]) : NOT_REACHED;
        if (ms == NOT_REACHED)
            continue;
        uint32_t at = found++;
        for (; at > 0 && out[at - 1] > ((near_entry)ms << 32 | i); at--)
            out[at] = out[at - 1];
        out[at] = (near_entry)ms << 32 | i;
    }
}

static void check_near(struct town *t, const struct near_all *all, const bool *open, uint32_t n,
                       uint32_t k, uint32_t limit)
{
    near_entry want[PLACES], got[NEAR_K_MAX];
    for (int i = 0; i < HOMES; i++) {
        sorted_near(t, &t->home[i], open, n, limit, want);
        near_all_ask(all, &t->home[i], got);
        for (uint32_t at = 0; at < k; at++)
            CHECK_INT(got[at], at < n ? want[at] : NEAR_NONE);
    }
}

TEST(the_nearest_of_all_points_are_those_of_one_search_each)
{
    for (unsigned seed = 1; seed <= 60; seed++) {
        struct town *t = town_new(seed, seed % 4 ? PROFILE_ELDER : PROFILE_WHEELCHAIR);
        const uint32_t k = 1 + seed % 7, limit = seed % 3 ? LIMIT : LIMIT / 4;
        bool open[PLACES];
        memset(open, 1, sizeof open);
        struct near_all *all = near_all_new(t->net, k, limit);
        near_all_open_many(all, t->place, PLACES);
        check_near(t, all, open, PLACES, k, limit);
        near_all_free(all);
        town_end(t);
    }
}

TEST(what_opens_and_closes_leaves_what_a_fresh_start_gives)
{
    for (unsigned seed = 1; seed <= 25; seed++) {
        struct town *t = town_new(seed, PROFILE_ELDER);
        unsigned dice = seed;
        uint32_t k = 1 + seed % 5, n = 0;
        bool open[PLACES] = { false };
        struct near_all *all = near_all_new(t->net, k, LIMIT);
        for (int step = 0; step < 60; step++) {
            uint32_t place = made_number(&dice, PLACES);
            if (n < PLACES && made_number(&dice, 2)) {
                CHECK_INT(near_all_open(all, &t->place[n]), n);
                open[n++] = true;
            } else if (place < n) {
                near_all_close(all, place);
                open[place] = false;
            }
            if (step % 6 == 5)
                check_near(t, all, open, n, k, LIMIT);
        }
        near_all_free(all);
        town_end(t);
    }
}

TEST(an_edge_that_is_not_said_to_change_keeps_its_answers)
{
    for (unsigned seed = 1; seed <= 20; seed++) {
        struct town *t = town_new(seed, PROFILE_ELDER);
        near_entry before[HOMES][3], after[3];
        uint32_t n;
        struct near_all *all = near_all_new(t->net, 3, LIMIT);
        near_all_open_many(all, t->place, PLACES - 5);
        near_all_changed(all, test_mem(), &n);
        for (int i = 0; i < HOMES; i++)
            near_all_ask(all, &t->home[i], before[i]);
        if (seed % 2)
            near_all_close(all, seed % (PLACES - 5));
        else
            near_all_open(all, &t->place[PLACES - 4]);
        uint32_t *edge = near_all_changed(all, test_mem(), &n);
        for (int i = 0; i < HOMES; i++) {
            bool said = false;
            for (uint32_t e = 0; e < n; e++)
                said = said || t->home[i].edge == (int64_t)edge[e];
            near_all_ask(all, &t->home[i], after);
            CHECK(said || memcmp(before[i], after, sizeof after) == 0);
        }
        near_all_free(all);
        town_end(t);
    }
}

static void check_relation(struct town *t, bool inward)
{
    struct relation_ask q = { .net = t->net, .limit = LIMIT, .from = t->home, .from_n = HOMES,
                              .to = t->place, .to_n = PLACES, .inward = inward };
    struct relation r = relation_make(test_mem(), &q);
    uint32_t *table = NEW(test_mem(), uint32_t, HOMES * PLACES);
    relation_table(test_mem(), &q, table);
    for (int i = 0; i < HOMES; i++) {
        size_t at = r.first[i];
        for (uint32_t p = 0; p < PLACES; p++) {
            const struct anchor *from = inward ? &t->place[p] : &t->home[i];
            reach_from(t->reach, t->net->pace.profile, from, LIMIT);
            uint32_t ms = reach_ms(t->reach, inward ? &t->home[i] : &t->place[p]);
            CHECK_INT(table[i * PLACES + (int)p], ms);
            bool kept = at < r.first[i + 1] && r.to[at] == p;
            CHECK(kept == (ms != NOT_REACHED));
            if (kept)
                CHECK_INT(r.cost[at++], ms);
        }
        CHECK_INT(at, r.first[i + 1]);
    }
}

TEST(a_relation_has_every_pair_within_the_limit_both_ways)
{
    for (unsigned seed = 1; seed <= 16; seed++) {
        struct town *t = town_new(seed, seed % 4 ? PROFILE_FRAIL : PROFILE_WHEELCHAIR);
        check_relation(t, seed % 2);
        town_end(t);
    }
}

static uint32_t sum_by_search(struct town *t, int home, const struct anchor *to, uint32_t n,
                              bool inward, uint32_t limit)
{
    uint32_t sum = 0;
    if (!inward)
        reach_from(t->reach, t->net->pace.profile, &t->home[home], limit);
    for (uint32_t i = 0; i < n; i++) {
        if (inward)
            reach_from(t->reach, t->net->pace.profile, &to[i], limit);
        if (reach_ms(t->reach, inward ? &t->home[home] : &to[i]) != NOT_REACHED)
            sum += t->weight[i];
    }
    return sum;
}

TEST(what_is_within_reach_is_summed_the_same_by_all_lanes)
{
    for (unsigned seed = 1; seed <= (unsigned)test_rounds(10, 24); seed++) {
        struct town *t = town_new(seed, seed % 4 ? PROFILE_ELDER : PROFILE_WHEELCHAIR);
        bool inward = seed % 3 == 0, both = seed % 2;
        uint32_t got[HOMES], limit = seed % 5 ? LIMIT : LIMIT / 3;
        struct reach_all q = { .net = t->net, .limit = limit, .from = t->home, .from_n = HOMES,
                               .to = both ? t->home : t->place, .to_n = both ? HOMES : PLACES,
                               .weight = t->weight, .inward = inward };
        for (int lanes = 0; lanes < LANES_COUNT; lanes++) {
            if (!lanes_has(q.lanes = (enum lanes)lanes))
                continue;
            reach_all(test_mem(), &q, got);
            for (int i = 0; i < HOMES; i++)
                CHECK_INT(got[i], sum_by_search(t, i, q.to, q.to_n, inward, limit));
        }
        town_end(t);
    }
}

/*
 * A square where hundreds of short streets begin, each of which goes on as a long one: more wait
 * in one bucket of the queue than it has room for, also in the one that is looked through.
 */
static struct roads made_star(int rays, double inner_m, double outer_m)
{
    struct road_builder b = { 0 };
    int64_t way = 1;
    road_builder_node(&b, 1, made_point(0, 0), 0);
    for (int i = 0; i < rays; i++) {
        double turn = 2 * M_PI * i / rays, x = cos(turn), y = sin(turn);
        int64_t near = 2 + i, far = 2 + rays + i, next = 2 + rays + (i + 1) % rays;
        road_builder_node(&b, near, made_point(x * inner_m, y * inner_m), 0);
        road_builder_node(&b, far, made_point(x * outer_m, y * outer_m), 0);
        const int64_t line[][2] = { { 1, near }, { near, far }, { far, next } };
        for (int k = 0; k < 3; k++)                      /* another kind keeps them apart */
            road_builder_way(&b, &(struct road_way){ .id = way++, .name = SV(""),
                                 .kind = k ? ROAD_FOOTWAY : ROAD_RESIDENTIAL }, line[k], 2);
    }
    return made_open(&b);
}

TEST(a_square_of_a_thousand_streets_is_answered_as_one_search_would)
{
    enum { RAYS = 1000 };
    for (int round = 0; round < 3; round++) {
        struct roads r = made_star(RAYS, round == 0 ? 4 : 60, 250);
        struct net *net = net_make(&r, (struct pace){ .profile = PROFILE_ELDER }, LIMIT);
        struct reach *s = reach_new(test_mem(), &r);
        struct anchor from, to[RAYS];
        uint32_t cost[RAYS];
        CHECK(roads_snap(&r, PROFILE_ELDER, made_point(round * 20, 1), 100, &from));
        for (int i = 0; i < RAYS; i++) {
            double turn = 2 * M_PI * i / RAYS;
            CHECK(roads_snap(&r, PROFILE_ELDER, made_point(260 * cos(turn), 260 * sin(turn)), 100,
                             &to[i]));
        }
        relation_table(test_mem(), &(struct relation_ask){ .net = net, .limit = LIMIT, .to = to,
                           .from = &from, .from_n = 1, .to_n = RAYS }, cost);
        reach_from(s, PROFILE_ELDER, &from, LIMIT);
        for (int i = 0; i < RAYS; i++) {
            CHECK_INT(cost[i], reach_ms(s, &to[i]));
            CHECK(cost[i] != NOT_REACHED);
        }
        net_free(net);
        made_end(&r);
    }
}

/* On a real map: places and askers at points of the streets' shape, nearest and sums. */
static void check_map(const char *file, uint32_t places, uint32_t asked)
{
    struct roads r = made_import(file);
    struct net *net = net_make(&r, (struct pace){ .profile = PROFILE_ELDER }, LIMIT);
    struct reach *s = reach_new(test_mem(), &r);
    uint32_t n, k = 3;
    unsigned seed = 5;
    struct anchor *point = net_points(test_mem(), net, true, &n);
    struct anchor *place = NEW(test_mem(), struct anchor, places);
    struct anchor *from = NEW(test_mem(), struct anchor, asked);
    uint32_t *sum = NEW(test_mem(), uint32_t, asked);
    for (uint32_t i = 0; i < places; i++)
        place[i] = point[made_number(&seed, n)];
    for (uint32_t i = 0; i < asked; i++)
        from[i] = point[made_number(&seed, n)];
    struct near_all *all = near_all_new(net, k, LIMIT);
    near_all_open_many(all, place, places);
    struct net_spot *spot = net_spots(test_mem(), net, from, asked);
    near_entry *near = NEW(test_mem(), near_entry, asked * k), row[NEAR_K_MAX];
    near_all_ask_spots(all, spot, from, asked, near);
    reach_all(test_mem(), &(struct reach_all){ .net = net, .limit = LIMIT, .from = from,
                                               .from_n = asked, .to = place, .to_n = places }, sum);
    for (uint32_t i = 0; i < asked; i++) {
        uint32_t within = 0;
        memset(row, 0xFF, sizeof row);
        reach_from(s, PROFILE_ELDER, &from[i], LIMIT);
        for (uint32_t p = 0; p < places; p++) {
            near_entry entry = (near_entry)reach_ms(s, &place[p]) << 32 | p;
            within += near_cost(entry) != NOT_REACHED;
            for (uint32_t at = 0; at < k && near_cost(entry) != NOT_REACHED; at++)
                if (entry < row[at]) {
                    near_entry pushed = row[at];
                    row[at] = entry;
                    entry = pushed;
                }
        }
        CHECK_INT(sum[i], within);
        for (uint32_t at = 0; at < k; at++)
            CHECK_INT(near[i * k + at], row[at]);
    }
    near_all_free(all);
    net_free(net);
    made_end(&r);
}

TEST(every_point_of_monaco_is_answered_as_one_search_would)
{
    check_map("roads/monaco.osm.gz", 60, 400);
}

TEST(every_point_of_porto_is_answered_as_one_search_would)
{
    check_map("roads/porto_portugal.osm.pbf", 800, 150);
}
