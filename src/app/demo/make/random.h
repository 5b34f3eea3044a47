/* random.h - the demo city's dice: the same seed throws the same city on every machine. */
#ifndef APP_DEMO_MAKE_RANDOM_H
#define APP_DEMO_MAKE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* splitmix64 (Steele, Lea, Flood 2014). */
struct dice { uint64_t state; };

uint64_t dice_next(struct dice *d);
int64_t  dice_between(struct dice *d, int64_t low, int64_t high);     /* both included */
double   dice_part(struct dice *d);                                   /* 0 .. 1, 1 excluded */
bool     dice_chance(struct dice *d, double chance);
/* An index of weights[n], each as likely as its share. */
size_t   dice_weighted(struct dice *d, const int *weights, size_t n);

#endif
