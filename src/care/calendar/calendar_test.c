/* calendar_test.c - working days of the announced year. */

#include "care/calendar/calendar.h"
#include "test.h"

TEST(the_announced_year_is_worked_as_announced)
{
    struct calendar k = calendar_known(test_mem());
    int holidays = 0, worked_weekends = 0;
    for (int64_t n = day_civil(2026, 1, 1).n; n <= day_civil(2026, 12, 31).n; n++) {
        holidays += calendar_holiday(&k, (struct day){ n });
        worked_weekends +=
            day_weekday((struct day){ n }) > 5 && calendar_works(&k, (struct day){ n });
    }
    CHECK_INT(holidays, 3 + 9 + 3 + 5 + 3 + 3 + 7);
    CHECK_INT(worked_weekends, 6);
    CHECK(!calendar_works(&k, day_civil(2026, 10, 1)));
    CHECK(calendar_works(&k, day_civil(2026, 10, 10)));          /* a Saturday */
    CHECK(!calendar_works(&k, day_civil(2026, 11, 21)));         /* a plain Saturday */
}

TEST(an_unknown_year_goes_by_the_weekday_and_says_so)
{
    struct calendar k = calendar_known(test_mem());
    CHECK(calendar_knows(&k, day_civil(2026, 7, 1)));
    CHECK(!calendar_knows(&k, day_civil(2027, 10, 1)));
    CHECK(calendar_works(&k, day_civil(2027, 10, 1)));           /* a Friday */
    CHECK(!calendar_works(&k, day_civil(2027, 10, 2)));
}

TEST(working_days_are_counted_over_a_holiday)
{
    struct calendar k = calendar_known(test_mem());
    CHECK_INT(calendar_add(&k, day_civil(2026, 9, 30), 1).n, day_civil(2026, 10, 8).n);
    CHECK_INT(calendar_add(&k, day_civil(2026, 9, 30), 3).n, day_civil(2026, 10, 10).n);
    CHECK_INT(calendar_add(&k, day_civil(2026, 10, 3), 0).n, day_civil(2026, 10, 8).n);
    CHECK_INT(calendar_between(&k, day_civil(2026, 9, 30), day_civil(2026, 10, 10)), 3);
}
