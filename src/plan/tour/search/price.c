/* price.c - what each visit is worth to a plan of columns: the volume algorithm. */

#include "plan/tour/search/pool.h"

#include <math.h>
#include <string.h>

/* So many numbers are looked at a bound; the shares of a new slope in the mean, of a step. */
enum { LOOKS = 12000000, ROUNDS_MIN = 150, ROUNDS_MAX = 600, PATIENCE = 15 };
#define FRESH 0.08
#define STEP_FIRST 0.5
#define STEP_LONGER 1.1
#define STEP_SHORTER 0.66
#define AIM 1.002                        /* a little above the best plan known */

/* Each visit's least share of a column: under such prices no column costs less than nothing. */
static void first_prices(struct pool *p)
{
    for (int v = 0; v < p->visits_n; v++)
        p->price[v] = (double)p->most;
    for (int k = 0; k < p->classes_n; k++)
        p->fee[k] = 0;
    for (int j = 0; j < p->n; j++) {
        const struct column *c = &p->columns[j];
        double share = (double)c->cost / c->visits;
        for (int i = 0; i < c->n; i++) {
            int32_t v = p->codes[c->first + i];
            if (v >= 0 && share < p->price[v])
                p->price[v] = share;
        }
    }
    p->priced = true;
}

/* The bound that the prices give, what columns cost over them, and the slope. */
static double weigh(struct pool *p)
{
    double bound = 0, *fee_slope = p->slope + p->visits_n;
    for (int v = 0; v < p->visits_n; v++) {
        bound += p->price[v];
        p->slope[v] = 1;
    }
    for (int k = 0; k < p->classes_n; k++) {
        bound -= p->fee[k] * p->room[k];
        fee_slope[k] = p->room[k];
    }
    for (int j = 0; j < p->n; j++) {
        struct column *c = &p->columns[j];
        const int32_t *codes = p->codes + c->first;
        c->over = (double)c->cost + p->fee[c->class];
        for (int i = 0; i < c->n; i++)
            c->over -= codes[i] >= 0 ? p->price[codes[i]] : 0;
        if (c->over >= 0)
            continue;
        bound += c->over;
        fee_slope[c->class]--;
        for (int i = 0; i < c->n; i++)
            if (codes[i] >= 0)
                p->slope[codes[i]]--;
    }
    return bound;
}

/* A step from the best prices along the mean slope. */
static void step(struct pool *p, const double *price, const double *fee, const double *mean,
                 double length, double best)
{
    int n = p->visits_n, m = p->classes_n;
    double square = 1e-9;
    for (int i = 0; i < n + m; i++)
        if (i < n || fee[i - n] > 0 || mean[i] < 0)
            square += mean[i] * mean[i];
    double by = length * (AIM * (double)p->most - best) / square;
    for (int v = 0; v < n; v++)
        p->price[v] = price[v] + by * mean[v];
    for (int k = 0; k < m; k++)
        p->fee[k] = fmax(0, fee[k] - by * mean[n + k]);
}

static bool still_up(const struct pool *p, const double *mean)
{
    double along = 0;
    for (int v = 0; v < p->visits_n; v++)
        along += p->slope[v] * mean[v];
    return along > 0;
}

double pool_bound(struct pool *p)
{
    int n = p->visits_n, m = p->classes_n, stalled = 0, rounds = LOOKS / (p->codes_n + 1);
    double length = STEP_FIRST, price[n], fee[m], mean[n + m], bound;
    if (!p->priced)
        first_prices(p);
    double best = weigh(p);
    rounds = rounds < ROUNDS_MIN ? ROUNDS_MIN : rounds < ROUNDS_MAX ? rounds : ROUNDS_MAX;
    memcpy(mean, p->slope, sizeof mean);
    memcpy(price, p->price, sizeof price);
    memcpy(fee, p->fee, sizeof fee);
    for (int round = 0; round < rounds; round++) {
        step(p, price, fee, mean, length, best);
        bound = weigh(p);
        bool up = still_up(p, mean);
        for (int i = 0; i < n + m; i++)
            mean[i] += FRESH * (p->slope[i] - mean[i]);
        if (bound > best) {
            best = bound;
            stalled = 0;
            length *= up && length < 2 ? STEP_LONGER : 1;
            memcpy(price, p->price, sizeof price);
            memcpy(fee, p->fee, sizeof fee);
        } else if (++stalled == PATIENCE) {
            stalled = 0;
            length *= STEP_SHORTER;
        }
    }
    memcpy(p->price, price, sizeof price);
    memcpy(p->fee, fee, sizeof fee);
    return weigh(p);
}
