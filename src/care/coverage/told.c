/* told.c - counts in tens, growing by groups. */

#include "care/coverage/told.h"

#include <assert.h>

int64_t told_homes(int64_t homes)
{
    return (homes + COVERAGE_FEW / 2) / COVERAGE_FEW * COVERAGE_FEW;
}

int64_t told_within(const int64_t within[ATLAS_STEPS], int step)
{
    int64_t told = 0;
    assert(step < ATLAS_STEPS);
    for (int i = 0; i <= step; i++)
        if (within[i] - told >= COVERAGE_FEW)
            told = within[i];
    return told;
}

int64_t told_percent(int64_t near, int64_t homes)
{
    int64_t of = told_homes(homes);
    assert(of > 0);
    return (told_homes(near) * 100 + of / 2) / of;
}
