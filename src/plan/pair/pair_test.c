/* pair_test.c - who goes with whom: against every pairing, and by the answer's own proof. */

#include "plan/pair/pair.h"
#include "test.h"

#include <math.h>

static uint32_t dice(unsigned *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

static struct pairing made(unsigned *seed, uint32_t rows, uint32_t columns, uint32_t values,
                           uint32_t forbidden_percent)
{
    double *cost = NEW(test_mem(), double, rows * columns);
    for (uint32_t k = 0; k < rows * columns; k++)
        cost[k] = dice(seed, 100) < forbidden_percent ? INFINITY
                                                      : (double)dice(seed, values) - 3;
    return (struct pairing){ rows, columns, forbidden_percent > 0, cost };
}

/* Most pairs, then least cost, by trying them all: pairs * 1e6 - cost at most. */
static double best_of_all(const struct pairing *p, uint32_t row, uint32_t used)
{
    if (row == p->rows)
        return 0;
    double best = best_of_all(p, row + 1, used);
    for (uint32_t j = 0; j < p->columns; j++) {
        double cost = p->cost[row * p->columns + j];
        if (!(used >> j & 1) && cost < INFINITY)
            best = fmax(best, 1e6 - cost + best_of_all(p, row + 1, used | 1u << j));
    }
    return best;
}

/* The pairs are pairs, and the prices prove them. */
static void check_proof(const struct pairing *p, const struct pair_answer *a)
{
    double cost = 0, prices = 0, scale = 1 + fabs(a->forbidden) * p->forbids;
    uint32_t pairs = 0, most = p->rows < p->columns ? p->rows : p->columns;
    uint8_t *taken = NEW(test_mem(), uint8_t, p->columns);
    for (uint32_t i = 0; i < p->rows; i++) {
        uint32_t j = a->column[i];
        prices += a->row_price[i];
        if (j == NO_PAIR)
            continue;
        CHECK(j < p->columns && !taken[j]++);
        CHECK(p->cost[(size_t)i * p->columns + j] < INFINITY);
        cost += p->cost[(size_t)i * p->columns + j];
        pairs++;
    }
    for (uint32_t j = 0; j < p->columns; j++)
        prices += a->column_price[j];
    for (size_t k = 0; k < (size_t)p->rows * p->columns; k++) {
        double paid = p->cost[k] < INFINITY ? p->cost[k] : a->forbidden;
        CHECK(a->row_price[k / p->columns] + a->column_price[k % p->columns]
              <= paid + 1e-9 * scale);
    }
    CHECK_INT(pairs, a->pairs);
    CHECK(fabs(cost - a->cost) < 1e-9 * (1 + fabs(cost)));
    CHECK(fabs(prices - (double)(most - pairs) * a->forbidden * p->forbids - cost)
          < 1e-7 * scale);
    CHECK(fabs(a->bound - cost) < 1e-7 * scale);
    const double *spare = p->rows > p->columns ? a->row_price : a->column_price;
    for (uint32_t k = 0; k < (p->rows > p->columns ? p->rows : p->columns); k++)
        CHECK(p->rows == p->columns || spare[k] <= 0);
}

TEST(pairs_are_the_best_of_all)
{
    unsigned seed = test_seed();
    for (int round = 0; round < 600; round++) {
        struct pairing p = made(&seed, 1 + dice(&seed, 6), 1 + dice(&seed, 6),
                                round % 2 ? 4 : 60, round % 3 ? dice(&seed, 90) : 0);
        struct pair_answer a;
        pair_solve(test_mem(), &p, &a);
        check_proof(&p, &a);
        CHECK(fabs(1e6 * a.pairs - a.cost - best_of_all(&p, 0, 0)) < 1e-6);
    }
}

TEST(many_pairs_prove_themselves)
{
    unsigned seed = test_seed();
    static const struct { uint32_t rows, columns, values, forbidden; } sizes[] = {
        { 120, 120, 1000000, 0 }, { 120, 120, 5, 0 },   { 121, 121, 1, 0 },
        { 60, 150, 1000, 0 },     { 150, 61, 7, 0 },    { 100, 100, 50, 97 },
        { 80, 103, 30, 60 },      { 103, 80, 30, 99 },  { 30, 30, 10, 100 },
    };
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        struct pairing p = made(&seed, sizes[k].rows, sizes[k].columns, sizes[k].values,
                                sizes[k].forbidden);
        struct pair_answer a;
        pair_solve(test_mem(), &p, &a);
        check_proof(&p, &a);
    }
}

static void check_read(struct sv text, const char *said)
{
    struct ctx c = { 0 };
    struct pairing p;
    CHECK_INT(pair_read(&c, "x.txt", text, &p), ERR_INVALID);
    CHECK(sv_find(c.fault.log, sv_of(said)) >= 0);
    arena_free(&c.mem);
}

TEST(bad_pairs_are_refused_with_the_field)
{
    check_read(SV("2 2\n1 2\n3 nan\n"), "line 3, field 2: the cost: it must be a number");
    check_read(SV("2 2\n1 2\n3\n"), "the cost: the file ends before it");
    check_read(SV("2 2\n1 2\n3 4\n5"), "line 4, field 1: the end: more stands here");
    check_read(SV("2 1000000000\n1 2\n"), "line 1, field 2: the number of columns");
    check_read(SV("2 2\n1 2\n3 1e300\n"), "line 3, field 2: the cost");
}
