/* base_test.c - text, days and moments. */

#include "base/when.h"
#include "test.h"

TEST(cutting_keeps_empty_parts_and_ends)
{
    struct sv s = SV("a,,b"), part;
    CHECK(sv_cut(&s, ',', &part));
    CHECK_TEXT(part, "a");
    CHECK(sv_cut(&s, ',', &part));
    CHECK_TEXT(part, "");
    CHECK(sv_cut(&s, ',', &part));
    CHECK_TEXT(part, "b");
    CHECK(!sv_cut(&s, ',', &part));
}

TEST(a_number_outside_its_range_is_refused)
{
    int64_t n = 7;
    CHECK(!sv_int(SV("1440"), 0, 1439, &n));
    CHECK(!sv_int(SV("12x"), 0, 1439, &n));
    CHECK(!sv_int(SV(""), 0, 1439, &n));
    CHECK(!sv_int(SV("99999999999999999999"), INT64_MIN, INT64_MAX, &n));
    CHECK_INT(n, 7);
    CHECK(sv_int(SV("-9223372036854775808"), INT64_MIN, INT64_MAX, &n));
    CHECK(n == INT64_MIN);
}

TEST(a_fixed_number_is_exact)
{
    int64_t n;
    CHECK(sv_fixed(SV("41.15794"), 7, -1800000000, 1800000000, &n));
    CHECK_INT(n, 411579400);
    CHECK(sv_fixed(SV("-8.6"), 7, -1800000000, 1800000000, &n));
    CHECK_INT(n, -86000000);
    struct buf b = buf_new(test_mem(), 8);
    buf_fixed(&b, -86000000, 7);
    CHECK_TEXT(buf_sv(&b), "-8.6");
}

TEST(bad_utf8_is_seen)
{
    CHECK(sv_utf8(SV("一刻钟𠮷·")));
    CHECK(!sv_utf8(SV("\xC0\x80")));
    CHECK(!sv_utf8(SV("\xED\xA0\x80")));
    CHECK(!sv_utf8(SV("\xE4\xB8")));
    CHECK_INT(sv_runes(SV("一刻钟𠮷")), 4);
}

TEST(every_day_of_eight_hundred_years_comes_back)
{
    for (int64_t n = -150000; n < 150000; n++) {
        struct civil v = civil_of_day((struct day){ n });
        CHECK_INT(day_civil(v.year, v.month, v.day).n, n);
    }
    CHECK(!day_exists(2023, 2, 29));
    CHECK(day_exists(2024, 2, 29));
    CHECK_INT(day_weekday(day_civil(2026, 11, 21)), 6);
}

TEST(a_moment_is_written_in_local_time_and_read_back)
{
    struct moment m = moment_at(day_civil(2026, 11, 21), 14 * 60 + 30), back = { 0 };
    struct buf b = buf_new(test_mem(), 8);
    buf_moment(&b, m);
    CHECK_TEXT(buf_sv(&b), "2026-11-21T14:30:00.000+08:00");
    CHECK(sv_moment(buf_sv(&b), &back));
    CHECK_INT(back.ms, m.ms);
    CHECK(sv_moment(SV("2026-11-21T06:30:00Z"), &back));
    CHECK_INT(back.ms, m.ms);
    CHECK(!sv_moment(SV("2026-11-21T06:30:00"), &back));
    CHECK_INT(age_on(day_civil(1946, 11, 22), day_civil(2026, 11, 21)), 79);
}

TEST(a_clock_stands_where_it_is_told_or_runs_ahead)
{
    struct clock k = { 0 };
    struct moment at = moment_at(day_civil(2027, 2, 28), 5 * 60 + 30);
    CHECK(clock_set(&k, SV("2027-02-28T05:30:00+08:00")));
    CHECK_INT(clock_now(&k).ms, at.ms);
    static const char *const neither[] = { "", "+", "-", "3600", "+-5", "--5", "+1h", "2027-02-28",
                                           "2027-02-28T05:30:00", "+99999999999999",
                                           "1970-01-01T00:00:00Z" };
    for (size_t i = 0; i < sizeof neither / sizeof *neither; i++)
        CHECK(!clock_set(&k, sv_of(neither[i])));
    CHECK_INT(clock_now(&k).ms, at.ms);
    static const struct { const char *said; int64_t s; } runs[] = { { "+86400", 86400 },
                                                                    { "-3600", -3600 } };
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        CHECK(clock_set(&k, sv_of(runs[i].said)));
        int64_t before = moment_real().ms, told = clock_now(&k).ms, after = moment_real().ms;
        CHECK(told >= before + runs[i].s * 1000 && told <= after + runs[i].s * 1000);
    }
}

TEST(what_one_arena_holds_lives_on_in_another)
{
    struct arena a = { 0 }, b = { 0 };
    char *first = arena_take(&a, 3000, 1), *second;
    for (int i = 0; i < 40; i++)
        second = arena_take(&b, 3000, 1);
    first[0] = 'a', second[0] = 'b';
    arena_join(&a, &b);
    CHECK(!b.chunks && b.used == 0);
    CHECK_INT((int64_t)a.used, 41 * 3000);
    char *third = arena_take(&a, 3000, 1);
    CHECK(third != second && first[0] == 'a' && second[0] == 'b' && third[0] == 0);
    arena_join(&a, &b);                              /* of an empty one: nothing */
    CHECK_INT((int64_t)a.used, 42 * 3000);
    arena_free(&a);
}
