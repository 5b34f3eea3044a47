/* stats.c - shares out of samples. */

#include "care/survey/stats.h"

#include <math.h>

static const double Z95 = 1.959963984540054;

static struct share wilson(double p, double n)
{
    double z2 = Z95 * Z95, k = 1 + z2 / n;
    double middle = (p + z2 / (2 * n)) / k;
    double half = Z95 / k * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    return (struct share){ p, fmax(0, middle - half), fmin(1, middle + half) };
}

struct share share_of(int64_t population, int64_t answered, int64_t good)
{
    if (answered <= 0)
        return (struct share){ 0, 0, 1 };
    double p = (double)good / (double)answered, n = (double)answered;
    if (population > 0 && answered >= population)
        return (struct share){ p, p, p };
    if (population > 0)
        n *= (double)(population - 1) / (double)(population - answered);
    return wilson(p, n);
}

struct share share_of_strata(const struct stratum *strata, size_t n, double *ret_covered)
{
    double all = 0, reached = 0, p = 0, variance = 0, answers = 0;
    for (size_t i = 0; i < n; i++) {
        all += (double)strata[i].population;
        reached += strata[i].answered > 0 ? (double)strata[i].population : 0;
    }
    *ret_covered = all > 0 ? reached / all : 0;
    if (reached <= 0)
        return (struct share){ 0, 0, 1 };
    for (size_t i = 0; i < n; i++) {
        const struct stratum *s = &strata[i];
        if (s->answered <= 0)
            continue;
        double w = (double)s->population / reached, a = (double)s->answered;
        double q = (double)s->good / a, rest = fmax(0, 1 - a / (double)s->population);
        p += w * q;
        variance += w * w * rest * q * (1 - q) / fmax(1, a - 1);
        answers += a;
    }
    if (answers >= reached)
        return (struct share){ p, p, p };
    return wilson(p, variance > 0 ? p * (1 - p) / variance : answers);
}

/* splitmix64 (Steele, Lea, Flood 2014) of both. */
uint64_t draw_number(int64_t seed, int64_t id)
{
    uint64_t z = (uint64_t)id * 0x9E3779B97F4A7C15u + (uint64_t)seed * 0xD1B54A32D192ED03u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}
