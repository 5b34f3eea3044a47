/* day_test.c - dates as people write them, and those that are never guessed. */

#include "care/intake/inside.h"
#include "test.h"

static enum day_form form_of(const char *text, bool number, bool from_1904, struct day *ret_day)
{
    *ret_day = DAY_NONE;
    return day_read(test_mem(), sv_of(text), number, from_1904, ret_day);
}

TEST(a_day_is_read_however_a_list_writes_it)
{
    static const char *const same[] = {
        "1945-12-23", "1945/12/23", "1945.12.23", "1945年12月23日", "19451223",
        "1945-12-23 00:00:00", "1945 12 23", "1945年12月23号", "一九四五年十二月二十三日",
        "一九四五年十二月廿三日", "1945年十二月23日",
    };
    struct day d;
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        if (form_of(same[i], false, false, &d) != DAY_GOOD)
            test_fail(__FILE__, __LINE__, "%s is no day", same[i]);
        CHECK_INT(d.n, day_civil(1945, 12, 23).n);
    }
    CHECK_INT(form_of("二〇〇〇年一月三十日", false, false, &d), DAY_GOOD);
    CHECK_INT(d.n, day_civil(2000, 1, 30).n);
    CHECK_INT(form_of("一九四〇年元月十日", false, false, &d), DAY_GOOD);
    CHECK_INT(d.n, day_civil(1940, 1, 10).n);
    CHECK_INT(form_of("16794", true, false, &d), DAY_GOOD);      /* a workbook's number */
    CHECK_INT(d.n, day_civil(1945, 12, 23).n);
    CHECK_INT(form_of("15332", true, true, &d), DAY_GOOD);
    CHECK_INT(d.n, day_civil(1945, 12, 23).n);
}

TEST(what_may_mean_two_days_is_a_fault_that_says_which)
{
    static const struct { const char *text; enum day_form form; } said[] = {
        { "45-12-23", DAY_SHORT_YEAR }, { "451223", DAY_SHORT_YEAR }, { "1945", DAY_YEAR },
        { "一九四五", DAY_YEAR },       { "1945年12月", DAY_MONTH },   { "3/5/1941", DAY_BAD },
        { "1955-13-01", DAY_BAD },      { "不详", DAY_BAD },           { "", DAY_BAD },
        { "农历1940年12月8日", DAY_LUNAR }, { "一九四〇年腊月初八", DAY_LUNAR },
        { "1940年闰六月十五", DAY_LUNAR },
    };
    struct day d;
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        if (form_of(said[i].text, false, false, &d) != said[i].form)
            test_fail(__FILE__, __LINE__, "%s is read as %d", said[i].text,
                      (int)form_of(said[i].text, false, false, &d));
    CHECK_INT(form_of("1945.1", true, false, &d), DAY_YEAR);     /* or 1945.10? */
}
