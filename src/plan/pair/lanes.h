/* lanes.h - the two loops over a row that pairing spends its time in, several columns at once. */
#ifndef PLAN_PAIR_LANES_H
#define PLAN_PAIR_LANES_H

#include <stddef.h>
#include <stdint.h>

struct least_two { double first, second; uint32_t at_first, at_second; };

/* The two least of row[j] - price[j]; at_second is `n` when n is 1. */
struct least_two lanes_least_two(const double *row, const double *price, uint32_t n);

/*
 * key[j] = min(key[j], base + row[j] - price[j]), with from[j] = row_at where that was less;
 * gives the least key. A column of price -INFINITY and key INFINITY stays as it is.
 */
struct relaxing { const double *row, *price; double base, *key; int64_t *from, row_at; };
double lanes_relax(const struct relaxing *r, uint32_t n);

/* The first column whose key is `least`; n when there is none. */
uint32_t lanes_first(const double *key, uint32_t n, double least);

#endif
