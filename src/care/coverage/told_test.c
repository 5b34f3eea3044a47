/* told_test.c - what everybody is told of homes, over invented counts. */

#include "care/coverage/told.h"

#include "roads/made_test.h"
#include "test.h"

static void some_counts(int64_t within[ATLAS_STEPS], unsigned *seed)
{
    int64_t homes = 0;
    for (int i = 0; i < ATLAS_STEPS; i++)
        within[i] = homes += made_number(seed, 3) ? made_number(seed, 8) : made_number(seed, 90);
}

/* Whoever asks for all minutes there are learns of no group that is smaller than ten. */
TEST(what_minutes_more_add_is_told_by_the_ten)
{
    unsigned seed = 85;
    for (int round = 0; round < 2000; round++) {
        int64_t within[ATLAS_STEPS], last = 0;
        some_counts(within, &seed);
        for (int step = 0; step < ATLAS_STEPS; step++) {
            int64_t told = told_within(within, step);
            CHECK(told <= within[step]);
            CHECK(within[step] - told < COVERAGE_FEW);
            CHECK(told == last || told - last >= COVERAGE_FEW);
            last = told;
        }
    }
}

TEST(one_home_more_is_not_seen_in_a_share)
{
    int seen = 0;
    for (int64_t homes = COVERAGE_FEW; homes < 300; homes++)
        for (int64_t near = 0; near < homes; near++) {
            int64_t a = told_percent(near, homes), b = told_percent(near + 1, homes);
            CHECK(a >= 0);
            CHECK(b <= 100);
            CHECK(a <= b);
            CHECK(a == b || near % COVERAGE_FEW == COVERAGE_FEW / 2 - 1);
            seen += a != b;
        }
    CHECK(seen > 0);
    CHECK_INT(told_percent(297, 297), 100);
    CHECK_INT(told_percent(4, 297), 0);
    CHECK_INT(told_homes(14), 10);
    CHECK_INT(told_homes(15), 20);
}
