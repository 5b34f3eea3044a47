/* even.c - the Gini coefficient of shares. */

#include "plan/site/even.h"

#include <stdlib.h>

static int shared_order(const void *left, const void *right)
{
    const struct shared *a = left, *b = right;
    return (a->share > b->share) - (a->share < b->share);
}

double gini_of(struct shared *s, uint32_t n)
{
    double elders = 0, sum = 0, apart = 0;
    if (n)
        qsort(s, n, sizeof *s, shared_order);
    for (uint32_t k = 0; k < n; k++) {
        apart += s[k].elders * (s[k].share * elders - sum);
        elders += s[k].elders;
        sum += s[k].elders * s[k].share;
    }
    return sum > 0 ? apart / (elders * sum) : 0;
}
