/* hours_test.c - opening hours are read exactly or refused, and answered to the minute. */

#include "care/hours/hours.h"
#include "test.h"

#include <string.h>

static struct hours read_hours(const char *text)
{
    struct hours h = { 0 };
    CHECK(hours_parse(sv_of(text), &h) == NULL);
    return h;
}

static bool open_on(const char *text, int month, int day, int hour, int minute)
{
    struct calendar k = calendar_known(test_mem());
    struct hours h = read_hours(text);
    return hours_at(&h, &k, moment_at(day_civil(2026, month, day), hour * 60 + minute)).open;
}

TEST(a_week_is_answered_to_the_minute)
{
    const char *text = "Mo-Fr 08:00-17:00; Sa 09:00-12:00,13:00-15:00; PH off";
    CHECK(!open_on(text, 11, 20, 7, 59));            /* a Friday */
    CHECK(open_on(text, 11, 20, 8, 0));
    CHECK(open_on(text, 11, 20, 16, 59));
    CHECK(!open_on(text, 11, 20, 17, 0));
    CHECK(open_on(text, 11, 21, 11, 59));
    CHECK(!open_on(text, 11, 21, 12, 30));
    CHECK(open_on(text, 11, 21, 13, 0));
    CHECK(!open_on(text, 11, 22, 10, 0));
}

TEST(holidays_and_worked_weekends_follow_the_calendar)
{
    const char *text = "Mo-Fr 08:00-17:00; PH off";
    CHECK(!open_on(text, 10, 1, 10, 0));             /* a Thursday, National Day */
    CHECK(open_on(text, 10, 10, 10, 0));             /* a Saturday that is worked */
    CHECK(open_on("Mo-Fr 08:00-17:00", 10, 1, 10, 0));       /* no word about holidays */
    CHECK(open_on("Mo-Su,PH 08:00-20:00", 10, 1, 10, 0));
    CHECK(open_on("Mo-Fr 08:00-17:00; PH 10:00-12:00", 10, 1, 11, 0));
    CHECK(!open_on("Mo-Fr 08:00-17:00; PH 10:00-12:00", 10, 1, 12, 0));
}

TEST(a_night_reaches_into_the_next_day)
{
    CHECK(open_on("Fr 20:00-02:00", 11, 21, 1, 59));         /* Saturday night */
    CHECK(!open_on("Fr 20:00-02:00", 11, 21, 2, 0));
    CHECK(!open_on("Fr 20:00-02:00", 11, 20, 1, 0));
    CHECK(open_on("24/7", 2, 17, 3, 0));
    CHECK(open_on("08:00-24:00", 11, 21, 23, 59));
}

TEST(later_rules_replace_earlier_ones)
{
    CHECK(!open_on("Mo-Su 08:00-18:00; We off", 11, 18, 10, 0));
    CHECK(open_on("Mo-Su 08:00-18:00; We off", 11, 19, 10, 0));
    CHECK(open_on("Sa-Mo 09:00-10:00", 11, 22, 9, 30));
    CHECK(!open_on("Sa-Mo 09:00-10:00", 11, 20, 9, 30));
}

static const char *say(const char *text, int day, int hour, int minute)
{
    struct calendar k = calendar_known(test_mem());
    struct hours h = read_hours(text);
    struct moment at = moment_at(day_civil(2026, 11, day), hour * 60 + minute);
    struct hours_state s = hours_at(&h, &k, at);
    struct buf b = buf_new(test_mem(), 64);
    hours_text(&b, &h, &s, at, LANG_ZH);
    return buf_cstr(&b);
}

TEST(it_is_said_in_words)
{
    CHECK_TEXT(sv_of(say("Mo-Fr 08:00-17:00", 20, 10, 0)), "营业中 · 17:00 关门");
    CHECK_TEXT(sv_of(say("Mo-Fr 08:00-17:00", 20, 7, 0)), "已关门 · 08:00 开门");
    CHECK_TEXT(sv_of(say("Mo-Fr 08:00-17:00", 19, 18, 0)), "已关门 · 明天 08:00 开门");
    CHECK_TEXT(sv_of(say("Mo-Fr 08:00-17:00", 20, 18, 0)), "已关门 · 周一 08:00 开门");
    CHECK_TEXT(sv_of(say("24/7", 20, 18, 0)), "全天开放");
    CHECK_TEXT(sv_of(say("00:00-24:00", 20, 18, 0)), "全天开放");
    CHECK_TEXT(sv_of(say("", 20, 18, 0)), "营业时间待核实");
    CHECK_TEXT(sv_of(say("Mo-Su off", 20, 18, 0)), "已关门");
}

TEST(spans_that_touch_are_one_opening)
{
    CHECK_TEXT(sv_of(say("Mo-Fr 08:00-12:00,12:00-17:00", 20, 10, 0)), "营业中 · 17:00 关门");
    CHECK_TEXT(sv_of(say("Fr 08:00-24:00; Sa 00:00-06:00", 20, 10, 0)), "营业中 · 明天 06:00 关门");
}

TEST(soon_to_close_is_said)
{
    struct calendar k = calendar_known(test_mem());
    struct hours h = read_hours("Mo-Fr 08:00-17:00");
    struct moment at = moment_at(day_civil(2026, 11, 20), 16 * 60 + 31);
    struct hours_state s = hours_at(&h, &k, at);
    CHECK(!strcmp(hours_word(&h, &s, at), "closing"));
    at.ms -= 5 * 60000;
    CHECK(!strcmp(hours_word(&h, &s, at), "open"));
}

TEST(a_slot_must_lie_within_the_hours)
{
    struct calendar k = calendar_known(test_mem());
    struct hours h = read_hours("Mo-Fr 08:00-12:00,14:00-17:00");
    struct day friday = day_civil(2026, 11, 20);
    CHECK(hours_cover(&h, &k, friday, 480, 720));
    CHECK(!hours_cover(&h, &k, friday, 660, 780));
    CHECK(!hours_cover(&h, &k, friday, 1020, 1080));
}

TEST(what_is_not_understood_is_refused)
{
    static const char *const bad[] = {
        "8-17",
        "Mo-Fr",
        "Mo-Fr 08:00",
        "Mo-Fr 08:00-",
        "Mo-Fr 25:00-26:00",
        "Mo-Fr 08:60-09:00",
        "Xx 08:00-09:00",
        "Mo- 08:00-09:00",
        "Mo,, 08:00-09:00",
        "Mo-Fr 08:00-17:00 extra",
        ";",
        "Apr-Sep 08:00-17:00",
        "sunrise-sunset",
        "PH-Su 08:00-09:00",
        "Mo-Fr 08:00-17:00;",
        "24:00-25:00",
        "Mo-Fr 8:5-9:00",
        "Mo 01:00-02:00,02:00-03:00,03:00-04:00,04:00-05:00,05:00-06:00,06:00-07:00,07:00-08:00",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct hours h = { 0 };
        const char *fault = hours_parse(sv_of(bad[i]), &h);
        if (strcmp(bad[i], "Mo-Fr 08:00-17:00;") == 0)
            CHECK(fault == NULL);                    /* an ending ';' cuts nothing off */
        else
            CHECK(fault != NULL);
        CHECK(fault == NULL || !h.known);
    }
}

TEST(hours_are_read_out_in_words)
{
    CHECK_TEXT(hours_read_out(test_mem(), SV("Mo-Fr 08:00-17:00; PH off")),
               "周一–周五 08:00–17:00; 节假日 休息");
    CHECK_TEXT(hours_read_out(test_mem(), SV("")), "");
}
