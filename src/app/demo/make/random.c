/* random.c - the demo city's dice. */

#include "app/demo/make/random.h"

#include <assert.h>

uint64_t dice_next(struct dice *d)
{
    uint64_t z = d->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

int64_t dice_between(struct dice *d, int64_t low, int64_t high)
{
    assert(low <= high);
    return low + (int64_t)(dice_next(d) % (uint64_t)(high - low + 1));
}

double dice_part(struct dice *d)
{
    return (double)(dice_next(d) >> 11) * 0x1p-53;
}

bool dice_chance(struct dice *d, double chance)
{
    return dice_part(d) < chance;
}

size_t dice_weighted(struct dice *d, const int *weights, size_t n)
{
    int64_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += weights[i];
    int64_t at = dice_between(d, 0, total - 1);
    for (size_t i = 0; i < n; i++) {
        if (at < weights[i])
            return i;
        at -= weights[i];
    }
    return n - 1;
}
