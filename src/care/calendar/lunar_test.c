/* lunar_test.c - the lunar table against days that are known, and both ways through it. */

#include "care/calendar/lunar.h"
#include "test.h"

struct known { int year, month, day; };

/* Spring Festivals as they were kept, and as announced. */
static const struct known festivals[] = {
    { 1900, 1, 31 }, { 1912, 2, 18 }, { 1930, 1, 30 }, { 1940, 2, 8 },  { 1949, 1, 29 },
    { 1954, 2, 3 },  { 1960, 1, 28 }, { 1966, 1, 21 }, { 1976, 1, 31 }, { 1985, 2, 20 },
    { 1988, 2, 17 }, { 1999, 2, 16 }, { 2000, 2, 5 },  { 2008, 2, 7 },  { 2015, 2, 19 },
    { 2020, 1, 25 }, { 2023, 1, 22 }, { 2024, 2, 10 }, { 2025, 1, 29 }, { 2026, 2, 17 },
    { 2027, 2, 6 },  { 2028, 1, 26 }, { 2033, 1, 31 }, { 2034, 2, 19 }, { 2050, 1, 23 },
};

/* Years and their leap months. */
static const struct known leaps[] = {
    { 1900, 8, 0 },  { 1917, 2, 0 },  { 1922, 5, 0 },  { 1930, 6, 0 },  { 1933, 5, 0 },
    { 1936, 3, 0 },  { 1938, 7, 0 },  { 1941, 6, 0 },  { 1944, 4, 0 },  { 1947, 2, 0 },
    { 1949, 7, 0 },  { 1952, 5, 0 },  { 1984, 10, 0 }, { 2004, 2, 0 },  { 2006, 7, 0 },
    { 2014, 9, 0 },  { 2017, 6, 0 },  { 2020, 4, 0 },  { 2023, 2, 0 },  { 2025, 6, 0 },
    { 2026, 0, 0 },  { 2028, 5, 0 },  { 2033, 11, 0 }, { 2034, 0, 0 },
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

TEST(spring_festivals_are_where_they_were)
{
    for (size_t i = 0; i < COUNT(festivals); i++) {
        const struct known *k = &festivals[i];
        struct lunar l;
        CHECK(lunar_of(day_civil(k->year, k->month, k->day), &l));
        CHECK_INT(l.year, k->year);
        CHECK_INT(l.month * 100 + l.day, 101);
        CHECK(!l.leap);
    }
}

TEST(leap_months_are_those_of_the_calendars)
{
    for (size_t i = 0; i < COUNT(leaps); i++)
        CHECK_INT(lunar_leap_month(leaps[i].year), leaps[i].month);
    CHECK_INT(lunar_month_days(2026, 6, true), 0);
    CHECK_INT(lunar_month_days(2025, 6, true), 29);
}

TEST(each_day_of_two_centuries_comes_back)
{
    struct lunar last = { 1899, 12, 30, false };
    for (int64_t n = day_civil(1900, 1, 31).n; n <= day_civil(2101, 1, 28).n; n++) {
        struct lunar l;
        struct day back;
        CHECK(lunar_of((struct day){ n }, &l));
        CHECK(lunar_day(l, &back));
        CHECK_INT(back.n, n);
        CHECK(l.day == last.day + 1 || (l.day == 1 && last.day >= 29));
        last = l;
    }
    struct lunar l;
    CHECK(!lunar_of(day_civil(1900, 1, 30), &l));
    CHECK(!lunar_of(day_civil(2101, 1, 29), &l));
    CHECK(!lunar_of(DAY_NONE, &l));
}

TEST(festivals_within_the_year_fall_on_their_days)
{
    struct day d;
    CHECK(lunar_day((struct lunar){ 2026, 5, 5, false }, &d));
    CHECK_INT(d.n, day_civil(2026, 6, 19).n);                    /* 端午 */
    CHECK(lunar_day((struct lunar){ 2026, 8, 15, false }, &d));
    CHECK_INT(d.n, day_civil(2026, 9, 25).n);                    /* 中秋 */
    CHECK(lunar_day((struct lunar){ 2025, 8, 15, false }, &d));
    CHECK_INT(d.n, day_civil(2025, 10, 6).n);
    CHECK(lunar_day((struct lunar){ 2023, 2, 1, true }, &d));
    CHECK_INT(d.n, day_civil(2023, 3, 22).n);                    /* 闰二月初一 */
    CHECK(!lunar_day((struct lunar){ 2026, 2, 1, true }, &d));
    CHECK(!lunar_day((struct lunar){ 2101, 1, 1, false }, &d));
}

static void says(struct lunar l, const char *text)
{
    CHECK(sv_is(lunar_month_day_text(test_mem(), LANG_ZH, l), text));
}

TEST(a_lunar_day_is_said_as_people_say_it)
{
    says((struct lunar){ 2026, 1, 1, false }, "正月初一");
    says((struct lunar){ 2026, 8, 10, false }, "八月初十");
    says((struct lunar){ 2026, 12, 20, false }, "腊月二十");
    says((struct lunar){ 2026, 11, 29, false }, "冬月廿九");
    says((struct lunar){ 2025, 6, 30, true }, "闰六月三十");
    says((struct lunar){ 2026, 8, 15, false }, "八月十五");
    CHECK(sv_is(lunar_text(test_mem(), LANG_ZH, (struct lunar){ 2026, 1, 1, false }),
                "丙午年（马）正月初一"));
}
