/*
 * lanes.h - many times side by side: the same sums on sixteen, eight or one at once.
 *
 * All of them give the same bits; which a processor has is found when it runs.
 */
#ifndef ROADS_BATCH_LANES_H
#define ROADS_BATCH_LANES_H

#include <stdbool.h>
#include <stdint.h>

enum lanes { LANES_BEST, LANES_PLAIN, LANES_AVX2, LANES_AVX512, LANES_COUNT };
extern const char *const lanes_names[LANES_COUNT];

bool lanes_has(enum lanes lanes);            /* on this processor */
enum lanes lanes_best(void);

#endif
