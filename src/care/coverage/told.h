/*
 * told.h - what of a count of homes may be told to everybody.
 *
 * A count is told in tens, so that no two answers differ by a home that could be named. Counts for
 * more and more minutes grow only by groups: one that holds fewer than COVERAGE_FEW homes is told
 * with the next, so that nobody learns by asking twice how far single homes lie.
 */
#ifndef CARE_COVERAGE_TOLD_H
#define CARE_COVERAGE_TOLD_H

#include "care/atlas/atlas.h"

enum { COVERAGE_FEW = 10 };

/* To the nearest ten. */
int64_t told_homes(int64_t homes);

/* Of the counts within 5, 10, 15 ... minutes, none less than the one before: the one for `step`. */
int64_t told_within(const int64_t within[ATLAS_STEPS], int step);

/* Of a hundred, by what is told of both. `homes` at least COVERAGE_FEW. */
int64_t told_percent(int64_t near, int64_t homes);

#endif
