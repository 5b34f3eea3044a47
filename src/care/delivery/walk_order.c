/*
 * walk_order.c - in which order to walk: nearest neighbour, then 2-opt until nothing gets shorter.
 *
 * Invariant: ret_order is always a permutation that begins with 0. Cost: n² for the first tour, n²
 * for each pass of 2-opt; with 61 points some ten passes.
 */

#include "care/delivery/delivery.h"

enum { PASSES_MAX = 60 };

static uint64_t leg(const uint32_t *ms, size_t n, size_t a, size_t b)
{
    return ms[a * n + b];
}

static void nearest_next(const uint32_t *ms, size_t n, size_t *order)
{
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = 1; i < n; i++) {
        size_t best = i;
        for (size_t k = i + 1; k < n; k++)
            if (leg(ms, n, order[i - 1], order[k]) < leg(ms, n, order[i - 1], order[best]))
                best = k;
        size_t taken = order[best];
        for (size_t k = best; k > i; k--)
            order[k] = order[k - 1];
        order[i] = taken;
    }
}

static uint64_t round_of(const uint32_t *ms, size_t n, const size_t *order)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += leg(ms, n, order[i], order[(i + 1) % n]);
    return sum;
}

static void turn(size_t *order, size_t from, size_t to)
{
    for (; from < to; from++, to--) {
        size_t kept = order[from];
        order[from] = order[to];
        order[to] = kept;
    }
}

/* Turns a stretch round where the whole is shorter for it, one-way streets and all. */
static bool shorten(const uint32_t *ms, size_t n, size_t *order)
{
    bool any = false;
    uint64_t best = round_of(ms, n, order);
    for (size_t from = 1; from + 1 < n; from++)
        for (size_t to = from + 1; to < n; to++) {
            turn(order, from, to);
            uint64_t now = round_of(ms, n, order);
            if (now < best) {
                best = now;
                any = true;
            } else {
                turn(order, from, to);
            }
        }
    return any;
}

uint64_t walk_order(const uint32_t *ms, size_t n, size_t *ret_order)
{
    nearest_next(ms, n, ret_order);
    for (int pass = 0; pass < PASSES_MAX && shorten(ms, n, ret_order); pass++)
        continue;
    return round_of(ms, n, ret_order);
}
