/* deadline_test.c - deadlines over holidays and worked weekends, and what is refused. */

#include "care/calendar/deadline.h"
#include "test.h"

static struct office_hours office(void)
{
    struct office_hours o;
    CHECK(office_hours_of(SV("08:30-12:00,13:30-17:30"), &o));
    return o;
}

static struct deadline count(enum deadline_unit unit, struct day from, int from_min, int64_t n)
{
    struct calendar k = calendar_known(test_mem());
    struct office_hours o = office();
    struct deadline d = { .until = DAY_NONE };
    int year = 0;
    CHECK(deadline_count(&k, &o, (struct deadline_asked){ from, from_min, unit, n }, &d, &year));
    return d;
}

static int unknown(enum deadline_unit unit, struct day from, int64_t n)
{
    struct calendar k = calendar_known(test_mem());
    struct office_hours o = office();
    struct deadline d;
    int year = 0;
    CHECK(!deadline_count(&k, &o, (struct deadline_asked){ from, 600, unit, n }, &d, &year));
    return year;
}

TEST(working_days_pass_over_a_holiday_and_count_a_worked_saturday)
{
    struct day eve = day_civil(2026, 9, 30);
    CHECK_INT(count(DEADLINE_WORKING_DAY, eve, 600, 1).until.n, day_civil(2026, 10, 8).n);
    CHECK_INT(count(DEADLINE_WORKING_DAY, eve, 600, 3).until.n, day_civil(2026, 10, 10).n);
    CHECK_INT(count(DEADLINE_WORKING_DAY, eve, 600, 4).until.n, day_civil(2026, 10, 12).n);
    CHECK_INT(count(DEADLINE_WORKING_DAY, day_civil(2026, 10, 3), 600, 0).until.n,
              day_civil(2026, 10, 8).n);
    CHECK_INT(count(DEADLINE_WORKING_DAY, eve, 600, 1).until_min, 17 * 60 + 30);
}

TEST(calendar_days_end_on_a_worked_day)
{
    struct deadline d = count(DEADLINE_DAY, day_civil(2026, 9, 20), 600, 15);
    CHECK_INT(d.until.n, day_civil(2026, 10, 8).n);
    CHECK_INT(d.rolled_from.n, day_civil(2026, 10, 5).n);
    CHECK(!day_known(count(DEADLINE_DAY, day_civil(2026, 11, 2), 600, 10).rolled_from));
}

TEST(working_hours_run_within_office_hours_only)
{
    struct day friday = day_civil(2026, 11, 20);
    struct deadline d = count(DEADLINE_WORKING_HOUR, friday, 11 * 60, 2);
    CHECK_INT(d.until.n, friday.n);
    CHECK_INT(d.until_min, 14 * 60 + 30);                        /* lunch is not counted */
    d = count(DEADLINE_WORKING_HOUR, friday, 17 * 60, 2);
    CHECK_INT(d.until.n, day_civil(2026, 11, 23).n);             /* over the weekend */
    CHECK_INT(d.until_min, 10 * 60);
    d = count(DEADLINE_WORKING_HOUR, day_civil(2026, 11, 21), 20 * 60, 1);
    CHECK_INT(d.until.n, day_civil(2026, 11, 23).n);
    CHECK_INT(d.until_min, 9 * 60 + 30);
    d = count(DEADLINE_WORKING_HOUR, friday, 10 * 60, 6);        /* to the last minute */
    CHECK_INT(d.until.n, friday.n);
    CHECK_INT(d.until_min, 17 * 60 + 30);
}

TEST(a_year_that_is_not_loaded_is_named)
{
    CHECK_INT(unknown(DEADLINE_WORKING_DAY, day_civil(2026, 12, 30), 5), 2027);
    CHECK_INT(unknown(DEADLINE_WORKING_DAY, day_civil(2025, 12, 30), 1), 2025);
    CHECK_INT(unknown(DEADLINE_WORKING_DAY, day_civil(2025, 12, 30), 0), 2025);
    CHECK_INT(unknown(DEADLINE_DAY, day_civil(2026, 12, 1), 40), 2027);
    CHECK_INT(unknown(DEADLINE_WORKING_HOUR, day_civil(2026, 12, 31), 20), 2027);
}

TEST(office_hours_are_spans_in_order)
{
    struct office_hours o;
    CHECK(office_hours_of(SV("09:00-17:00"), &o));
    CHECK_INT(o.n, 1);
    CHECK(!office_hours_of(SV(""), &o));
    CHECK(!office_hours_of(SV("17:00-09:00"), &o));
    CHECK(!office_hours_of(SV("13:00-17:00,08:00-12:00"), &o));
    CHECK(!office_hours_of(SV("08:00"), &o));
    CHECK(!office_hours_of(SV("8-12"), &o));
}
