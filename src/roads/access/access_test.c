/* access_test.c - catchment areas and shares: their invariants, and plain sums beside them. */

#include "roads/access/fca.h"
#include "roads/access/share.h"
#include "roads/made_test.h"

#include <math.h>

enum { PLACES = 12, HOMES = 40, LIMIT = 600000 };

struct town {
    struct roads  *roads;                /* whom the net points to */
    struct net    *net;
    struct anchor  place[PLACES], home[HOMES];
    double         supply[PLACES];
    uint32_t       people[HOMES];
    struct relation near;
};

static struct town town_new(unsigned seed)
{
    struct town t = { .roads = NEW(test_mem(), struct roads, 1) };
    *t.roads = made_random(seed, 150);
    t.net = net_make(t.roads, (struct pace){ .profile = PROFILE_ELDER }, LIMIT);
    for (int i = 0; i < PLACES; i++) {
        t.place[i] = made_anchor(t.roads, PROFILE_ELDER, &seed);
        t.supply[i] = made_number(&seed, 90);
    }
    for (int i = 0; i < HOMES; i++) {
        t.home[i] = made_anchor(t.roads, PROFILE_ELDER, &seed);
        t.people[i] = made_number(&seed, 30);
    }
    t.near = relation_make(test_mem(), &(struct relation_ask){
        .net = t.net, .limit = LIMIT, .from = t.place, .from_n = PLACES, .to = t.home,
        .to_n = HOMES, .inward = true });
    return t;
}

static void town_end(struct town *t)
{
    net_free(t->net);
    made_end(t->roads);
}

static struct fca_answer measured(const struct town *t, enum fca_measure measure)
{
    return fca_measure(test_mem(), &(struct fca){ .measure = measure, .limit = LIMIT,
                       .near = &t->near, .supply = t->supply, .people = t->people,
                       .homes = HOMES });
}

static bool alike(double a, double b)
{
    return fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b) + 1);
}

TEST(elders_times_access_is_the_supply_that_is_reached)
{
    for (unsigned i = 0; i < 20; i++) {
        struct town t = town_new(test_seed() + i);
        for (int m = FCA_2SFCA; m <= FCA_GAUSSIAN; m++) {
            struct fca_answer a = measured(&t, (enum fca_measure)m);
            double given = 0;
            for (int home = 0; home < HOMES; home++)
                given += t.people[home] * a.access[home];
            CHECK(alike(given, a.supply_reached));
            CHECK(a.supply_reached <= a.supply);
        }
        town_end(&t);
    }
}

/* Nobody is counted twice: each person asks once, each place's level is given once. */
TEST(balanced_areas_count_each_person_once)
{
    for (unsigned i = 0; i < 20; i++) {
        struct town t = town_new(test_seed() + i);
        struct fca_answer a = measured(&t, FCA_BALANCED);
        double demand = 0, level = 0, access = 0, people = 0;
        for (uint32_t place = 0; place < PLACES; place++) {
            bool weighs = false;
            for (size_t k = t.near.first[place]; k < t.near.first[place + 1]; k++)
                weighs |= t.near.cost[k] < LIMIT;
            demand += a.demand[place];
            level += weighs ? a.ratio[place] : 0;
        }
        for (uint32_t home = 0; home < HOMES; home++) {
            access += a.access[home];
            people += a.places[home] ? t.people[home] : 0;
        }
        CHECK(alike(demand, people) && alike(people, a.people_reached));
        CHECK(alike(access, level));
        town_end(&t);
    }
}

TEST(one_place_that_all_reach_is_shared_evenly)
{
    size_t first[] = { 0, 2 };
    uint32_t to[] = { 0, 1 }, cost[] = { 10, 590 }, people[] = { 30, 10 };
    const double supply[] = { 20 };
    struct relation near = { 1, first, to, cost };
    struct fca_answer a = fca_measure(test_mem(), &(struct fca){ .measure = FCA_2SFCA,
        .limit = 600, .near = &near, .supply = supply, .people = people, .homes = 2 });
    CHECK(a.access[0] == 0.5 && a.access[1] == 0.5);
    CHECK_INT(a.places[1], 1);
}

TEST(weights_fall_as_their_authors_wrote_them)
{
    CHECK(fca_weight(FCA_2SFCA, 900, 900) == 1 && fca_weight(FCA_2SFCA, 901, 900) == 0);
    CHECK(fca_weight(FCA_E2SFCA, 300, 900) == 1 && fca_weight(FCA_E2SFCA, 301, 900) == 0.68);
    CHECK(fca_weight(FCA_E2SFCA, 601, 900) == 0.22);
    CHECK(fca_weight(FCA_GAUSSIAN, 0, 900) == 1 && fca_weight(FCA_GAUSSIAN, 900, 900) == 0);
    CHECK(fabs(fca_weight(FCA_GAUSSIAN, 450, 900) - 0.7013) < 0.0005);
}

TEST(shares_are_those_of_a_count_home_by_home)
{
    struct town t = town_new(test_seed());
    struct near_all *kind[2];
    uint32_t area[HOMES];
    struct share_sum one[3] = { 0 }, whole = { 0 }, *sum[1] = { one };
    uint64_t people[3][2] = { 0 };
    for (int k = 0; k < 2; k++) {
        kind[k] = near_all_new(t.net, 1, LIMIT);
        near_all_open_many(kind[k], t.place + k * 3, 3);
    }
    for (uint32_t home = 0; home < HOMES; home++) {
        bool near[2] = { false };
        area[home] = home % 3;
        for (uint32_t place = 0; place < 6; place++)
            for (size_t i = t.near.first[place]; i < t.near.first[place + 1]; i++)
                near[place / 3] |= t.near.to[i] == home;
        for (int k = 0; k < 2; k++)
            people[home % 3][k] += near[k] ? t.people[home] : 0;
    }
    /* The relation runs from homes to places, as the tables do: these streets have one-ways. */
    struct relation out = relation_make(test_mem(), &(struct relation_ask){
        .net = t.net, .limit = LIMIT, .from = t.home, .from_n = HOMES, .to = t.place,
        .to_n = PLACES });
    CHECK_INT((int64_t)out.first[HOMES], (int64_t)t.near.first[PLACES]);
    share_add(&(struct share_ask){ .net = t.net, .kinds = 2,
              .kind = (const struct near_all *const *)kind,
              .n = HOMES, .at = t.home, .people = t.people, .area = { area }, .levels = 1 },
              sum, &whole);
    for (int a = 0; a < 3; a++)
        for (int k = 0; k < 2; k++)
            CHECK_INT((int64_t)one[a].near[k], (int64_t)people[a][k]);
    CHECK_INT((int64_t)whole.homes, HOMES);
    near_all_free(kind[0]);
    near_all_free(kind[1]);
    town_end(&t);
}
