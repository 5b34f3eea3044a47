/* hierarchy_test.c - tables without limit against one search for each row, on random nets. */

#include "roads/batch/relation.h"
#include "roads/hierarchy/matrix.h"
#include "roads/made_test.h"

#include <string.h>

enum { STARTS = 90, GOALS = 40 };

struct town {
    struct roads      roads;
    struct net       *net;
    struct hierarchy *hierarchy;
    struct anchor     from[STARTS], to[GOALS];
};

static void town_make(struct town *t, unsigned seed)
{
    enum profile profile = seed % 4 ? PROFILE_ELDER : PROFILE_WHEELCHAIR;
    t->roads = made_random(seed, 20 + (int)made_number(&seed, 400));
    for (int i = 0; i < STARTS; i++)
        t->from[i] = made_anchor(&t->roads, profile, &seed);
    for (int i = 0; i < GOALS; i++)
        t->to[i] = i % 3 ? made_anchor(&t->roads, profile, &seed) : t->from[i];
    t->to[GOALS - 1].edge = NO_EDGE;
    t->from[STARTS - 1].edge = NO_EDGE;
    t->net = net_make(&t->roads, (struct pace){ .profile = profile }, NET_COST_MAX);
    t->hierarchy = hierarchy_make(t->net);
}

static void town_end(struct town *t)
{
    hierarchy_free(t->hierarchy);
    net_free(t->net);
    made_end(&t->roads);
}

TEST(a_table_without_limit_is_that_of_searches_without_end)
{
    for (unsigned seed = 1; seed <= 40; seed++) {
        struct town t;
        town_make(&t, seed);
        uint32_t *want = NEW(test_mem(), uint32_t, STARTS * GOALS);
        uint32_t *got = NEW(test_mem(), uint32_t, STARTS * GOALS);
        struct relation_ask ask = { .net = t.net, .limit = NET_COST_MAX, .from = t.from,
                                    .from_n = STARTS, .to = t.to, .to_n = GOALS };
        relation_table(test_mem(), &ask, want);
        for (int lanes = 0; lanes < LANES_COUNT; lanes++) {
            struct matrix_ask q = { .hierarchy = t.hierarchy, .from = t.from, .to = t.to,
                                    .from_n = STARTS, .to_n = GOALS, .lanes = (enum lanes)lanes };
            if (!lanes_has(q.lanes))
                continue;
            matrix_make(test_mem(), &q, got);
            for (int i = 0; i < STARTS * GOALS; i++)
                CHECK_INT(got[i], want[i]);
        }
        town_end(&t);
    }
}

TEST(the_same_net_makes_the_same_hierarchy)
{
    struct town a, b;
    town_make(&a, 7);
    b.net = net_make(&a.roads, a.net->pace, NET_COST_MAX);
    b.hierarchy = hierarchy_make(b.net);
    const struct hierarchy *h = a.hierarchy, *k = b.hierarchy;
    CHECK_INT(h->nodes, k->nodes);
    CHECK(memcmp(h->rank, k->rank, h->nodes * sizeof *h->rank) == 0);
    CHECK_INT(h->up.first[h->nodes], k->up.first[h->nodes]);
    CHECK(memcmp(h->up.arc, k->up.arc, h->up.first[h->nodes] * sizeof *h->up.arc) == 0);
    CHECK(memcmp(h->down.arc, k->down.arc, h->down.first[h->nodes] * sizeof *h->down.arc) == 0);
    hierarchy_free(b.hierarchy);
    net_free(b.net);
    town_end(&a);
}
