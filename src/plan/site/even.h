/* even.h - how evenly a service is spread over divisions. */
#ifndef PLAN_SITE_EVEN_H
#define PLAN_SITE_EVEN_H

#include <stdint.h>

/* One division: which share of its elders is served. */
struct shared { double share, elders; };

/*
 * The Gini coefficient of the shares, each weighted by its elders: 0 when all have the same,
 * towards 1 when a few have everything; 0 of nobody. Puts `s` in order of share.
 */
double gini_of(struct shared *s, uint32_t n);

#endif
