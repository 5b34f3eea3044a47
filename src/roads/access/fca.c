/* fca.c - the floating catchment area measures: two passes over the pairs. */

#include "roads/access/fca.h"

#include <math.h>

const struct fca_info fca_infos[FCA_COUNT] = {
    [FCA_2SFCA]    = { "2sfca", "两步移动搜索法", "2SFCA" },
    [FCA_E2SFCA]   = { "e2sfca", "分段衰减两步移动搜索法", "E2SFCA" },
    [FCA_GAUSSIAN] = { "gaussian", "高斯两步移动搜索法", "Gaussian 2SFCA" },
    [FCA_BALANCED] = { "balanced", "平衡移动搜索法", "balanced FCA" },
};

bool fca_find(struct sv key, enum fca_measure *ret_measure)
{
    for (int m = 0; m < FCA_COUNT; m++)
        if (sv_is(key, fca_infos[m].key)) {
            *ret_measure = (enum fca_measure)m;
            return true;
        }
    return false;
}

static double bell(uint32_t cost, uint32_t limit)
{
    double share = limit ? (double)cost / limit : 0, end = exp(-0.5);
    return (exp(-0.5 * share * share) - end) / (1 - end);
}

double fca_weight(enum fca_measure measure, uint32_t cost, uint32_t limit)
{
    static const double third[3] = { 1, 0.68, 0.22 };
    if (cost > limit)
        return 0;
    switch (measure) {
    case FCA_2SFCA:
        return 1;
    case FCA_E2SFCA:
        return third[cost * UINT64_C(3) <= limit ? 0 : cost * UINT64_C(3) <= 2 * (uint64_t)limit
                                                           ? 1 : 2];
    default:
        return bell(cost, limit);
    }
}

/* Balanced: what all weights of each home, and of each place, come to. */
struct balance { double *home, *place; };

static double weight_at(const struct fca *q, size_t pair)
{
    return fca_weight(q->measure, q->near->cost[pair], q->limit);
}

static struct balance balance_of(struct arena *mem, const struct fca *q)
{
    struct balance b = { 0 };
    if (q->measure != FCA_BALANCED)
        return b;
    b.home = NEW(mem, double, q->homes);
    b.place = NEW(mem, double, q->near->rows);
    for (uint32_t j = 0; j < q->near->rows; j++)
        for (size_t i = q->near->first[j]; i < q->near->first[j + 1]; i++) {
            b.home[q->near->to[i]] += weight_at(q, i);
            b.place[j] += weight_at(q, i);
        }
    return b;
}

static double share(double weight, const double *whole, uint32_t of)
{
    if (!whole)
        return weight;
    return whole[of] > 0 ? weight / whole[of] : 0;
}

static void demand_of(const struct fca *q, const struct balance *b, struct fca_answer *a)
{
    for (uint32_t j = 0; j < q->near->rows; j++) {
        for (size_t i = q->near->first[j]; i < q->near->first[j + 1]; i++) {
            uint32_t home = q->near->to[i];
            a->demand[j] += q->people[home] * share(weight_at(q, i), b->home, home);
            a->places[home] += q->near->cost[i] <= q->limit;
        }
        a->supply += q->supply[j];
        if (a->demand[j] > 0) {
            a->ratio[j] = q->supply[j] / a->demand[j];
            a->supply_reached += q->supply[j];
        }
    }
}

struct fca_answer fca_measure(struct arena *mem, const struct fca *q)
{
    uint32_t rows = q->near->rows;
    struct fca_answer a = { .demand = NEW(mem, double, rows), .ratio = NEW(mem, double, rows),
                            .access = NEW(mem, double, q->homes),
                            .places = NEW(mem, uint32_t, q->homes) };
    struct balance b = balance_of(mem, q);
    demand_of(q, &b, &a);
    for (uint32_t j = 0; j < rows; j++)
        for (size_t i = q->near->first[j]; i < q->near->first[j + 1]; i++)
            a.access[q->near->to[i]] += a.ratio[j] * share(weight_at(q, i), b.place, j);
    for (uint32_t home = 0; home < q->homes; home++) {
        a.people += q->people[home];
        a.people_reached += a.places[home] ? q->people[home] : 0;
    }
    return a;
}
