/*
 * ball.c - the sums of reach_all, written once and compiled for each width of the processor.
 *
 * The loops over lanes are plain C of fixed length; the compiler makes sixteen-, eight- or
 * four-wide instructions of them as the function they are inlined into allows.
 */

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")                   /* what GCC needs to make vectors of loops */
#endif

#include "roads/batch/ball.h"

#include <stddef.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

INLINE void clear(struct ball *b)
{
    const uint32_t beyond = b->limit + 1, rows = b->rows;
    struct ball_row *restrict row = b->row;
    for (uint32_t i = 0; i <= rows; i++)
        for (int lane = 0; lane < BALL_LANES; lane++)
            row[i].cost[lane] = beyond;
    for (int lane = 0; lane < BALL_LANES; lane++)
        b->sum.cost[lane] = 0;
}

/* Lowers `to` to what comes from `from`; whether any lane fell. */
typedef bool lower_row(uint32_t *restrict to, const uint32_t *restrict from, uint32_t cost);

INLINE bool lower_plain(uint32_t *restrict to, const uint32_t *restrict from, uint32_t cost)
{
    uint32_t fell = 0;
    for (int lane = 0; lane < BALL_LANES; lane++) {
        uint32_t there = from[lane] + cost, was = to[lane];
        uint32_t least = there < was ? there : was;
        fell |= least ^ was;
        to[lane] = least;
    }
    return fell != 0;
}

INLINE void spread(struct ball *b, lower_row *lower)
{
    const uint32_t words = b->rows / 64 + 1;
    uint64_t *restrict waiting = b->waiting;
    for (bool again = true; again;) {
        again = false;
        for (uint32_t w = 0; w < words; w++)
            while (waiting[w]) {
                uint32_t row = w * 64 + (uint32_t)__builtin_ctzll(waiting[w]);
                waiting[w] &= waiting[w] - 1;
                const struct ball_arc *end = b->arc + b->first[row + 1];
                for (const struct ball_arc *arc = b->arc + b->first[row]; arc < end; arc++) {
                    uint32_t to = arc->row;
                    if (!lower(b->row[to].cost, b->row[row].cost, arc->cost))
                        continue;
                    waiting[to / 64] |= UINT64_C(1) << to % 64;
                    again |= to / 64 < w;
                }
            }
    }
}

/* Each row falls to what comes to it from rows before it: one pass, where that is their order. */
INLINE void descend(struct ball *b, lower_row *lower)
{
    for (uint32_t row = 0; row < b->rows; row++)
        for (uint32_t i = b->first[row]; i < b->first[row + 1]; i++)
            lower(b->row[row].cost, b->row[b->arc[i].row].cost, b->arc[i].cost);
}

/* Whether no lane is farther from what is farthest than the limit, one end or the other. */
INLINE bool all_within(const uint32_t *a, const uint32_t *b, const struct ball_group *g,
                       uint32_t limit)
{
    uint32_t beyond = 0;
    for (int lane = 0; lane < BALL_LANES; lane++) {
        uint32_t by_a = a[lane] + g->far_a, by_b = b[lane] + g->far_b;
        beyond |= (by_a < by_b ? by_a : by_b) > limit;
    }
    return beyond == 0;
}

INLINE void count(struct ball *ball)
{
    uint32_t limit = ball->limit, everywhere = 0;
    for (uint32_t i = 0; i < ball->groups; i++) {
        const struct ball_group *g = &ball->group[i];
        const uint32_t *restrict a = ball->row[g->a].cost, *restrict b = ball->row[g->b].cost;
        uint32_t *restrict sum = ball->sum.cost;
        if (all_within(a, b, g, limit)) {
            everywhere += g->weight;
            continue;
        }
        for (uint32_t n = 0; n < g->spots; n++) {
            const struct ball_spot s = g->spot[n];
            for (int lane = 0; lane < BALL_LANES; lane++) {
                uint32_t by_a = a[lane] + s.from_a, by_b = b[lane] + s.from_b;
                sum[lane] += (by_a < by_b ? by_a : by_b) <= limit ? s.weight : 0;
            }
        }
    }
    for (int lane = 0; lane < BALL_LANES; lane++)
        ball->sum.cost[lane] += everywhere;
}

static void clear_plain(struct ball *b) { clear(b); }
static void spread_plain(struct ball *b) { spread(b, lower_plain); }
static void descend_plain(struct ball *b) { descend(b, lower_plain); }
static void count_plain(struct ball *b) { count(b); }

#if defined(__x86_64__)
/* GCC makes a long chain of the question whether any lane fell; the processor has one for it. */
__attribute__((target("avx2"), always_inline)) static inline bool
lower_avx2(uint32_t *restrict to, const uint32_t *restrict from, uint32_t cost)
{
    __m256i add = _mm256_set1_epi32((int)cost), fell = _mm256_setzero_si256();
    for (int lane = 0; lane < BALL_LANES; lane += 8) {
        __m256i was = _mm256_load_si256((const __m256i *)(to + lane));
        __m256i there = _mm256_load_si256((const __m256i *)(from + lane));
        __m256i least = _mm256_min_epu32(_mm256_add_epi32(there, add), was);
        fell = _mm256_or_si256(fell, _mm256_xor_si256(least, was));
        _mm256_store_si256((__m256i *)(to + lane), least);
    }
    return !_mm256_testz_si256(fell, fell);
}

__attribute__((target("avx512f"), always_inline)) static inline bool
lower_avx512(uint32_t *restrict to, const uint32_t *restrict from, uint32_t cost)
{
    __m512i add = _mm512_set1_epi32((int)cost), least[BALL_LANES / 16];
    unsigned fell = 0;
    for (int i = 0; i < BALL_LANES / 16; i++) {
        __m512i there = _mm512_add_epi32(_mm512_load_si512(from + i * 16), add);
        __m512i was = _mm512_load_si512(to + i * 16);
        fell |= _mm512_cmplt_epu32_mask(there, was);
        least[i] = _mm512_min_epu32(there, was);
    }
    if (fell == 0)
        return false;
    for (int i = 0; i < BALL_LANES / 16; i++)
        _mm512_store_si512(to + i * 16, least[i]);
    return true;
}

#define AVX2 __attribute__((target("avx2")))
#if defined(__clang__)
#define AVX512 __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq"), min_vector_width(512)))
#else
#define AVX512 __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,prefer-vector-width=512")))
#endif

AVX2 static void clear_avx2(struct ball *b) { clear(b); }
AVX2 static void spread_avx2(struct ball *b) { spread(b, lower_avx2); }
AVX2 static void descend_avx2(struct ball *b) { descend(b, lower_avx2); }
AVX2 static void count_avx2(struct ball *b) { count(b); }
AVX512 static void clear_avx512(struct ball *b) { clear(b); }
AVX512 static void spread_avx512(struct ball *b) { spread(b, lower_avx512); }
AVX512 static void descend_avx512(struct ball *b) { descend(b, lower_avx512); }
AVX512 static void count_avx512(struct ball *b) { count(b); }
#endif

static const struct ball_work works[LANES_COUNT] = {
    [LANES_PLAIN] = { clear_plain, spread_plain, descend_plain, count_plain },
#if defined(__x86_64__)
    [LANES_AVX2] = { clear_avx2, spread_avx2, descend_avx2, count_avx2 },
    [LANES_AVX512] = { clear_avx512, spread_avx512, descend_avx512, count_avx512 },
#endif
};

const struct ball_work *ball_work(enum lanes lanes)
{
    return &works[lanes == LANES_BEST || !lanes_has(lanes) ? lanes_best() : lanes];
}
