/* site_test.c - where to build: against every choice there is, and published optima. */

#include "plan/site/read/read.h"
#include "plan/site/site.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t dice(unsigned *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

/* --- the checker: what a choice costs, from the links alone --- */

static bool affords(const struct siting *p, const uint8_t *open)
{
    int64_t spent = 0;
    for (uint32_t i = 0; i < p->sites; i++) {
        if ((p->state[i] == SITE_OPEN && !open[i]) || (p->state[i] == SITE_CLOSED && open[i]))
            return false;
        if (open[i] && p->state[i] == SITE_FREE)
            spent += p->price[i];
    }
    return p->budget == NO_BUDGET || spent <= p->budget;
}

static double cost_of(const struct siting *p, const uint8_t *open)
{
    double cost = 0;
    for (uint32_t i = 0; i < p->sites; i++)
        cost += open[i] ? p->fixed[i] : 0;
    for (uint32_t j = 0; j < p->clients; j++) {
        double least = p->outside[j];
        for (size_t l = p->first[j]; l < p->first[j + 1]; l++)
            if (open[p->link[l].site] && p->link[l].cost < least)
                least = p->link[l].cost;
        cost += least;
    }
    return cost;
}

static double best_of_all(const struct siting *p)
{
    double best = INFINITY;
    uint8_t open[16];
    for (uint32_t set = 0; set < 1u << p->sites; set++) {
        for (uint32_t i = 0; i < p->sites; i++)
            open[i] = set >> i & 1;
        if (affords(p, open))
            best = fmin(best, cost_of(p, open));
    }
    return best;
}

/* --- problems at random: every kind that the model knows --- */

struct kind { bool fixed, prices, outside, states, fractions, sparse; };

static struct siting made(unsigned *seed, struct kind k, uint32_t sites, uint32_t clients)
{
    struct siting p = siting_new(test_mem(), sites, clients, (size_t)sites * clients);
    size_t links = 0;
    double unit = k.fractions ? 0.37 : 1;
    for (uint32_t i = 0; i < sites; i++) {
        p.fixed[i] = k.fixed ? dice(seed, 40) * unit : 0;
        p.price[i] = k.prices ? dice(seed, 6) : 1;
        p.state[i] = k.states && dice(seed, 5) == 0 ? (uint8_t)(1 + dice(seed, 2)) : SITE_FREE;
    }
    for (uint32_t j = 0; j < clients; j++) {
        for (uint32_t i = 0; i < sites; i++)
            if (!k.sparse || dice(seed, 3) == 0)
                p.link[links++] = (struct site_link){ dice(seed, k.sparse ? 2 : 60) * unit, i };
        p.first[j + 1] = links;
        p.outside[j] = k.outside ? dice(seed, 50) * unit : INFINITY;
    }
    p.budget = k.fixed && !k.prices ? NO_BUDGET : 1 + dice(seed, k.prices ? 12 : 4);
    siting_sort(&p);
    return p;
}

static void check_against_all(const struct siting *p)
{
    struct site_answer a;
    double best = best_of_all(p);
    site_solve(test_mem(), p, &(struct site_limits){ .seed = 7 }, &a);
    CHECK(a.proved);
    CHECK(a.possible == (best < INFINITY));
    if (!a.possible)
        return;
    CHECK(affords(p, a.open));
    CHECK(fabs(cost_of(p, a.open) - a.cost) <= 1e-9 * (1 + a.cost));
    CHECK(fabs(a.cost - best) <= 1e-6);
    CHECK(a.bound <= a.cost && a.bound >= a.cost - 1e-6 * (1 + a.cost));
}

TEST(sites_are_the_best_of_all_choices)
{
    unsigned seed = test_seed();
    for (unsigned round = 0; round < 64 * 6; round++) {
        struct kind k = { round & 1, round & 2, round & 4, round & 8, round & 16, round & 32 };
        struct siting p = made(&seed, k, 1 + dice(&seed, 10), 1 + dice(&seed, 14));
        check_against_all(&p);
    }
}

/* Where links cost nothing, sites and clients are left out that others stand for. */
TEST(coverings_are_the_best_of_all_choices)
{
    unsigned seed = test_seed();
    for (unsigned round = 0; round < 400; round++) {
        struct kind k = { round & 1, round & 2, round & 4, round & 8, round & 16, true };
        struct siting p = made(&seed, k, 2 + dice(&seed, 9), 1 + dice(&seed, 30));
        for (size_t l = 0; l < p.first[p.clients]; l++)
            p.link[l].cost = 0;
        siting_sort(&p);
        if (round & 32)
            siting_merge(test_mem(), &p);
        check_against_all(&p);
    }
}

TEST(sites_for_nobody_and_budgets_for_nothing)
{
    unsigned seed = 3;
    struct kind plain = { 0 };
    struct siting nobody = made(&seed, plain, 4, 0);
    check_against_all(&nobody);
    struct siting nothing = made(&seed, plain, 4, 5);
    nothing.budget = 0;
    check_against_all(&nothing);
    nothing.state[2] = SITE_OPEN;
    check_against_all(&nothing);
}

/* A bound holds however soon the search is cut short. */
TEST(bounds_hold_when_there_is_no_time)
{
    unsigned seed = test_seed();
    for (int round = 0; round < test_rounds(5, 20); round++) {
        struct siting p = made(&seed, (struct kind){ 0 }, 60, 60);
        struct site_answer cut, whole;
        site_solve(test_mem(), &p, &(struct site_limits){ .cpu_s = 1e-6, .seed = 1 }, &cut);
        site_solve(test_mem(), &p, &(struct site_limits){ .seed = 1 }, &whole);
        CHECK(whole.proved);
        CHECK(affords(&p, cut.open) && cost_of(&p, cut.open) == cut.cost);
        CHECK(cut.bound <= whole.cost && whole.cost <= cut.cost);
    }
}

TEST(what_if_tells_what_a_swap_costs)
{
    unsigned seed = test_seed();
    struct siting p = made(&seed, (struct kind){ .fixed = true, .outside = true }, 14, 40);
    uint8_t open[14] = { 1, 0, 1, 0, 0, 1 };
    struct choice *s = choice_new(test_mem(), &p, 1);
    choice_become(s, open);
    for (int round = 0; round < 300; round++) {
        uint32_t in = dice(&seed, 14), out = dice(&seed, 14);
        if (choice_is_open(s, in) || !choice_is_open(s, out))
            continue;
        double told = choice_if(s, in, out);
        open[in] = 1;
        open[out] = 0;
        CHECK(fabs(told - cost_of(&p, open)) < 1e-9);
        choice_close(s, out);
        choice_open(s, in);
        CHECK(fabs(choice_cost(s) - cost_of(&p, open)) < 1e-9);
    }
}

/* --- published problems --- */

static struct sv text_of(const char *path)
{
    FILE *f = fopen(path, "r");
    char *text = NEW(test_mem(), char, 4000000);
    size_t n = f ? fread(text, 1, 3999999, f) : 0;
    if (f)
        fclose(f);
    return (struct sv){ text, n };
}

/* The same once more: a table of ways by Floyd and Warshall, a sum of least entries. */
static double plain_median(const char *path, const uint8_t *open)
{
    int n, edges, p;
    FILE *f = fopen(path, "r");
    CHECK(f && fscanf(f, "%d %d %d", &n, &edges, &p) == 3);
    double *way = NEW(test_mem(), double, n * n), sum = 0;
    for (int i = 0; i < n * n; i++)
        way[i] = i % (n + 1) == 0 ? 0 : INFINITY;
    for (int k = 0, i, j, cost; k < edges && fscanf(f, "%d %d %d", &i, &j, &cost) == 3; k++)
        way[(i - 1) * n + j - 1] = way[(j - 1) * n + i - 1] = cost;
    fclose(f);
    for (int k = 0; k < n; k++)
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                way[i * n + j] = fmin(way[i * n + j], way[i * n + k] + way[k * n + j]);
    for (int j = 0; j < n; j++) {
        double least = INFINITY;
        for (int i = 0; i < n; i++)
            least = open[i] ? fmin(least, way[i * n + j]) : least;
        p -= open[j];
        sum += least;
    }
    CHECK(p >= 0);
    return sum;
}

TEST(published_medians_are_found_and_proved)
{
    static const struct { const char *file; int optimum; } known[] = {
        { "pmed/pmed1.txt", 5819 }, { "pmed/pmed2.txt", 4093 },  { "pmed/pmed3.txt", 4250 },
        { "pmed/pmed4.txt", 3034 }, { "pmed/pmed5.txt", 1355 },  { "pmed/pmed6.txt", 7824 },
        { "pmed/pmed7.txt", 5631 }, { "pmed/pmed10.txt", 1255 },
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        const char *path = test_data(known[k].file);
        struct ctx c = { .mem = { 0 } };
        struct siting p;
        struct site_answer a;
        CHECK(pmed_read(&c, path, text_of(path), 0, &p) == ERR_NONE);
        site_solve(&c.mem, &p, &(struct site_limits){ .seed = 1 }, &a);
        CHECK(a.proved);
        CHECK_INT(a.cost, known[k].optimum);
        CHECK_INT(plain_median(path, a.open), known[k].optimum);
        arena_free(&c.mem);
    }
}

/* Another solver says 175 too. */
TEST(the_fewest_sites_that_cover_all_are_found_and_proved)
{
    const char *path = test_data("mclp/mclp_5000_500_1.txt");
    struct ctx c = { .mem = { 0 } };
    struct siting p;
    struct site_answer a;
    uint32_t lost;
    CHECK(mclp_read(&c, path, text_of(path), 0, &p, &lost) == ERR_NONE);
    site_solve(&c.mem, &p, &(struct site_limits){ .seed = 1 }, &a);
    CHECK(a.proved && a.possible);
    CHECK_INT(a.cost, 175);
    CHECK_INT(cost_of(&p, a.open), 175);
    CHECK_INT(lost, 224);
    arena_free(&c.mem);
}

TEST(a_published_covering_is_found_and_proved)
{
    const char *path = test_data("mclp/mclp_5000_500_1.txt");
    struct ctx c = { .mem = { 0 } };
    struct siting p;
    struct site_answer a;
    uint32_t lost;
    double whole = 0;
    CHECK(mclp_read(&c, path, text_of(path), 20, &p, &lost) == ERR_NONE);
    for (uint32_t j = 0; j < p.clients; j++)
        whole += p.outside[j];
    site_solve(&c.mem, &p, &(struct site_limits){ .seed = 1 }, &a);
    CHECK(a.proved);
    CHECK_INT(whole - a.cost, 56303);
    CHECK_INT(whole - cost_of(&p, a.open), 56303);
    arena_free(&c.mem);
}

/* --- what is wrong is refused, and named --- */

static void check_refused(struct sv text, bool mclp, const char *said)
{
    struct ctx c = { 0 };
    struct siting p;
    uint32_t lost;
    enum err e = mclp ? mclp_read(&c, "x.txt", text, 1, &p, &lost)
                      : pmed_read(&c, "x.txt", text, 0, &p);
    CHECK_INT(e, ERR_INVALID);
    if (sv_find(c.fault.log, sv_of(said)) < 0)
        test_fail(__FILE__, __LINE__, "\"%.*s\" does not say \"%s\"", SV_ARG(c.fault.log), said);
    arena_free(&c.mem);
}

TEST(bad_graphs_are_refused_with_the_field)
{
    check_refused(SV(""), false, "line 1, field 0: the number of nodes: the file ends before it");
    check_refused(SV("3 1 1\n1 2 -4\n"), false, "line 2, field 3: the edge's cost: it must be a");
    check_refused(SV("3 1 1\n1 2 nan\n"), false, "not `nan`");
    check_refused(SV("3 1 1\n1 2 inf\n"), false, "not `inf`");
    check_refused(SV("3 1 1\n1 4 2\n"), false, "line 2, field 2: the edge's second node");
    check_refused(SV("3 1 4\n1 2 2\n"), false, "line 1, field 3: the number of sites");
    check_refused(SV("3 1 0\n1 2 2\n"), false, "line 1, field 3: the number of sites");
    check_refused(SV("1000000000 1 1\n1 2 2\n"), false, "line 1, field 1: the number of nodes");
    check_refused(SV("3 4000000 1\n1 2 2\n"), false, "too short for so many");
    check_refused(SV("3 2 1\n1 2 2\n1 3 "), false, "the edge's cost: the file ends before it");
    check_refused(SV("3 1 1\n1 2 2\n1 3 2\n"), false, "line 3, field 1: the end: more stands");
    check_refused(SV("3 1 1\n1 2 \xFF\n"), false, "bytes that are no text");
}

TEST(bad_coverings_are_refused_with_the_field)
{
    check_refused(SV("1 1 5\n0 0 -1\n0 0\n"), true, "line 2, field 3: the weight: it must be");
    check_refused(SV("1 1 -5\n0 0 1\n0 0\n"), true, "line 1, field 3: the radius");
    check_refused(SV("1 1 5\n0 nan 1\n0 0\n"), true, "line 2, field 2: y: it must be");
    check_refused(SV("1 1 5\n0 0 1\n0\n"), true, "a site's y: the file ends before it");
    check_refused(SV("1000000000 1 5\n0 0 1\n"), true, "line 1, field 1: the number of demand");
}
