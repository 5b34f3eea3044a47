/*
 * stats.h - shares out of samples, with how sure they are.
 *
 * One stratum: the score interval of Wilson (1927), which holds its level for small samples and for
 * shares near 0 and 1, with n replaced by n (N - 1) / (N - n) for a sample without replacement out
 * of N people (finite population correction). All strata: the stratified estimate, weights N_h / N,
 * variance sum of W_h^2 (1 - n_h / N_h) p_h q_h / (n_h - 1) (Cochran, Sampling Techniques, 1977,
 * ch. 5), and again Wilson's interval, at the effective size p q / variance (Korn and Graubard
 * 1998). Strata in which nobody answered say nothing and are told apart.
 */
#ifndef CARE_SURVEY_STATS_H
#define CARE_SURVEY_STATS_H

#include <stddef.h>
#include <stdint.h>

struct share { double p, low, high; };             /* 0..1; of no answers 0, 0, 1 */
struct stratum { int64_t population, answered, good; };

/* 95 per cent. population 0: so large that it does not matter. */
struct share share_of(int64_t population, int64_t answered, int64_t good);

/* *ret_covered: the part of the population whose strata answered. */
struct share share_of_strata(const struct stratum *strata, size_t n, double *ret_covered);

/* A number that belongs to (seed, id) for ever: the lowest of a stratum are drawn. */
uint64_t draw_number(int64_t seed, int64_t id);

#endif
