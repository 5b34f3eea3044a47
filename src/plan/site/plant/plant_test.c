/* plant_test.c - location with capacities: against every choice, and published optima. */

#include "plan/site/read/read.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

enum { SITES = 5, CLIENTS = 5 };

static uint32_t dice(unsigned *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

/* --- the checker: units of demand handed out one by one, every way --- */

static double hand_out(const struct plant *p, const uint8_t *open, double *room, uint32_t j,
                       double left)
{
    if (j == p->clients)
        return 0;
    if (left <= 0 && p->demand[j] > 0)
        return hand_out(p, open, room, j + 1, j + 1 < p->clients ? p->demand[j + 1] : 0);
    double best = INFINITY, unit = p->demand[j] > 0 ? p->demand[j] : 1;
    for (uint32_t i = 0; i < p->sites; i++) {
        double takes = p->demand[j] > 0 ? 1 : 0;
        if (!open[i] || room[i] < takes)
            continue;
        room[i] -= takes;
        double rest = left > takes && takes > 0
            ? hand_out(p, open, room, j, left - takes)
            : hand_out(p, open, room, j + 1, j + 1 < p->clients ? p->demand[j + 1] : 0);
        best = fmin(best, rest + p->cost[j * p->sites + i] / unit);
        room[i] += takes;
    }
    return best;
}

static double best_of_all(const struct plant *p)
{
    double best = INFINITY;
    for (uint32_t set = 1; set < 1u << p->sites; set++) {
        uint8_t open[SITES];
        double room[SITES], cost = 0;
        for (uint32_t i = 0; i < p->sites; i++) {
            open[i] = set >> i & 1;
            room[i] = p->capacity[i];
            cost += open[i] ? p->fixed[i] : 0;
        }
        best = fmin(best, cost + hand_out(p, open, room, 0, p->demand[0]));
    }
    return best;
}

static void check_shares(const struct plant *p, const struct site_answer *a, const double *share)
{
    double cost = 0, used[64] = { 0 };
    for (uint32_t j = 0; j < p->clients; j++) {
        double sum = 0;
        for (uint32_t i = 0; i < p->sites; i++) {
            double part = share[j * p->sites + i];
            CHECK(part >= 0 && (part <= 0 || a->open[i]));
            sum += part;
            used[i] += part * p->demand[j];
            cost += part * p->cost[j * p->sites + i];
        }
        CHECK(fabs(sum - 1) < 1e-9);
    }
    for (uint32_t i = 0; i < p->sites; i++) {
        CHECK(used[i] <= p->capacity[i] + 1e-6);
        cost += a->open[i] ? p->fixed[i] : 0;
    }
    CHECK(fabs(cost - a->cost) <= 1e-6 * (1 + cost));
}

TEST(plants_are_the_best_of_all_choices)
{
    unsigned seed = test_seed();
    for (int round = 0; round < 150; round++) {
        struct plant p = plant_new(test_mem(), 1 + dice(&seed, SITES), 1 + dice(&seed, CLIENTS));
        for (uint32_t i = 0; i < p.sites; i++) {
            p.capacity[i] = dice(&seed, 8);
            p.fixed[i] = dice(&seed, 30);
        }
        for (uint32_t j = 0; j < p.clients; j++)
            p.demand[j] = dice(&seed, 4);
        for (uint32_t k = 0; k < p.sites * p.clients; k++)
            p.cost[k] = dice(&seed, 40);
        struct site_answer a;
        double *share, best = best_of_all(&p);
        plant_solve(test_mem(), &p, &(struct site_limits){ .seed = 1 }, &a, &share);
        CHECK(a.proved);
        CHECK(a.possible == (best < INFINITY));
        if (!a.possible)
            continue;
        CHECK(fabs(a.cost - best) < 1e-6 * (1 + best));
        CHECK(a.bound <= a.cost && a.bound >= a.cost - 1e-6 * (1 + a.cost));
        check_shares(&p, &a, share);
    }
}

TEST(published_plants_are_found_and_proved)
{
    static const struct { const char *file; double capacity, optimum; } known[] = {
        { "cap/cap71.txt", 0, 932615.750 },      { "cap/cap72.txt", 0, 977799.400 },
        { "cap/cap73.txt", 0, 1010641.450 },     { "cap/cap74.txt", 0, 1034976.975 },
        { "cap/cap101.txt", 0, 796648.437 },     { "cap/cap104.txt", 0, 928941.750 },
        { "cap/cap71.txt", 5000, 1040444.375 },      /* the same with little room is cap41 */
        { "cap/cap72.txt", 5000, 1098000.450 },      /* ... cap42 */
        { "cap/cap74.txt", 15000, 1045650.250 },     /* ... cap64 */
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        FILE *f = fopen(test_data(known[k].file), "r");
        char *text = NEW(test_mem(), char, 1000000);
        size_t n = fread(text, 1, 1000000, f);
        fclose(f);
        struct ctx c = { .mem = { 0 } };
        struct plant p;
        struct site_answer a;
        double *share;
        CHECK(cap_read(&c, "cap", (struct sv){ text, n }, 0, &p) == ERR_NONE);
        for (uint32_t i = 0; i < p.sites && known[k].capacity > 0; i++)
            p.capacity[i] = known[k].capacity;
        plant_solve(&c.mem, &p, &(struct site_limits){ .seed = 1 }, &a, &share);
        CHECK(a.proved);
        CHECK(fabs(a.cost - known[k].optimum) < 0.001);
        check_shares(&p, &a, share);
        arena_free(&c.mem);
    }
}

static void check_refused(struct sv text, const char *said)
{
    struct ctx c = { 0 };
    struct plant p;
    CHECK_INT(cap_read(&c, "x.txt", text, 0, &p), ERR_INVALID);
    CHECK(sv_find(c.fault.log, sv_of(said)) >= 0);
    arena_free(&c.mem);
}

TEST(bad_plants_are_refused_with_the_field)
{
    check_refused(SV("1 1\n5 1\n-3\n4\n"), "line 3, field 1: the customer's demand: it must be");
    check_refused(SV("1 1\n5 nan\n3\n4\n"), "line 2, field 2: the site's fixed cost");
    check_refused(SV("1 1\n5 1\n3\n"), "the cost of serving: the file ends before it");
    check_refused(SV("1 1\n5 1\n3 4 5\n"), "line 3, field 3: the end: more stands here");
    check_refused(SV("1000000000 1\n5 1\n3 4\n"), "line 1, field 1: the number of sites");
    check_refused(SV("1 1\ncapacity 1\n3 4\n"), "the site's capacity: the file leaves it open");
}
