/* lanes.c - rows by four columns at once where the processor can, else one by one. */

#include "plan/pair/lanes.h"

#include <math.h>
#include <stdbool.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2")))
#endif

/* --- one by one --- */

static void note(struct least_two *t, double x, uint32_t j)
{
    if (x < t->first) {
        t->second = t->first;
        t->at_second = t->at_first;
        t->first = x;
        t->at_first = j;
    } else if (x < t->second) {
        t->second = x;
        t->at_second = j;
    }
}

static double relax_plain(const struct relaxing *r, uint32_t from, uint32_t n)
{
    double least = INFINITY;
    for (uint32_t j = from; j < n; j++) {
        double way = r->base + (r->row[j] - r->price[j]);
        if (way < r->key[j]) {
            r->key[j] = way;
            r->from[j] = r->row_at;
        }
        least = r->key[j] < least ? r->key[j] : least;
    }
    return least;
}

/* --- four at once --- */

#if defined(__x86_64__)

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}

AVX2 static struct least_two least_two_avx2(const double *row, const double *price, uint32_t n)
{
    __m256d first = _mm256_set1_pd(INFINITY), second = first;
    uint32_t j = 0;
    for (; j + 4 <= n; j += 4) {
        __m256d x = _mm256_sub_pd(_mm256_loadu_pd(row + j), _mm256_loadu_pd(price + j));
        second = _mm256_min_pd(second, _mm256_max_pd(first, x));
        first = _mm256_min_pd(first, x);
    }
    struct least_two t = { INFINITY, INFINITY, n, n };
    double lane[8];
    _mm256_storeu_pd(lane, first);
    _mm256_storeu_pd(lane + 4, second);
    for (uint32_t k = 0; k < 8; k++)
        note(&t, lane[k], n);
    for (; j < n; j++)
        note(&t, row[j] - price[j], n);
    t.at_first = t.at_second = n;
    for (j = 0; j < n && (t.at_first == n || t.at_second == n); j++) {
        double x = row[j] - price[j];
        if (x > t.second)
            continue;
        if (t.at_first == n && x <= t.first)
            t.at_first = j;
        else if (t.at_second == n && x >= t.second)
            t.at_second = j;
    }
    return t;
}

AVX2 static double relax_avx2(const struct relaxing *r, uint32_t n)
{
    __m256d least = _mm256_set1_pd(INFINITY), base = _mm256_set1_pd(r->base);
    __m256d at = _mm256_castsi256_pd(_mm256_set1_epi64x(r->row_at));
    uint32_t j = 0;
    for (; j + 4 <= n; j += 4) {
        __m256d x = _mm256_sub_pd(_mm256_loadu_pd(r->row + j), _mm256_loadu_pd(r->price + j));
        __m256d way = _mm256_add_pd(base, x), key = _mm256_loadu_pd(r->key + j);
        __m256d less = _mm256_cmp_pd(way, key, _CMP_LT_OQ);
        if (_mm256_movemask_pd(less)) {
            double *from = (double *)(void *)(r->from + j);
            key = _mm256_min_pd(way, key);
            _mm256_storeu_pd(r->key + j, key);
            _mm256_storeu_pd(from, _mm256_blendv_pd(_mm256_loadu_pd(from), at, less));
        }
        least = _mm256_min_pd(least, key);
    }
    double lane[4], rest = relax_plain(r, j, n);
    _mm256_storeu_pd(lane, least);
    for (int k = 0; k < 4; k++)
        rest = lane[k] < rest ? lane[k] : rest;
    return rest;
}

AVX2 static uint32_t first_avx2(const double *key, uint32_t n, double least)
{
    __m256d wanted = _mm256_set1_pd(least);
    uint32_t j = 0;
    for (; j + 4 <= n; j += 4) {
        __m256d equal = _mm256_cmp_pd(_mm256_loadu_pd(key + j), wanted, _CMP_LE_OQ);
        int which = _mm256_movemask_pd(equal);
        if (which)
            return j + (uint32_t)__builtin_ctz((unsigned)which);
    }
    while (j < n && key[j] > least)
        j++;
    return j;
}

#endif

/* --- whichever it is --- */

struct least_two lanes_least_two(const double *row, const double *price, uint32_t n)
{
#if defined(__x86_64__)
    if (has_avx2())
        return least_two_avx2(row, price, n);
#endif
    struct least_two t = { INFINITY, INFINITY, n, n };
    for (uint32_t j = 0; j < n; j++)
        note(&t, row[j] - price[j], j);
    return t;
}

double lanes_relax(const struct relaxing *r, uint32_t n)
{
#if defined(__x86_64__)
    if (has_avx2())
        return relax_avx2(r, n);
#endif
    return relax_plain(r, 0, n);
}

uint32_t lanes_first(const double *key, uint32_t n, double least)
{
#if defined(__x86_64__)
    if (has_avx2())
        return first_avx2(key, n, least);
#endif
    uint32_t j = 0;
    while (j < n && key[j] > least)
        j++;
    return j;
}
