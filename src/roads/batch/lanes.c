/* lanes.c - which instructions the processor has. */

#include "roads/batch/lanes.h"

const char *const lanes_names[LANES_COUNT] = { "best", "plain", "avx2", "avx512" };

bool lanes_has(enum lanes lanes)
{
#if defined(__x86_64__)
    if (lanes == LANES_AVX512)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
    if (lanes == LANES_AVX2)
        return __builtin_cpu_supports("avx2");
#endif
    return lanes == LANES_BEST || lanes == LANES_PLAIN;
}

enum lanes lanes_best(void)
{
    return lanes_has(LANES_AVX512) ? LANES_AVX512 : lanes_has(LANES_AVX2) ? LANES_AVX2
                                                                          : LANES_PLAIN;
}
