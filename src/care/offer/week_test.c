/* week_test.c - weekly patterns. */

#include "care/offer/week.h"
#include "test.h"

TEST(a_week_gives_its_slots_in_order_of_time)
{
    struct week w;
    struct week_slot slots[WEEK_SLOTS_MAX];
    CHECK(week_parse(SV("Mo-Fr 14:00-16:00/60; Mo,We 08:00-09:00; Sa 09:00-10:30/30; PH off"), &w));
    CHECK_INT(week_slots(&w, 1, false, slots), 3);
    CHECK_INT(slots[0].start_min, 480);
    CHECK_INT(slots[0].end_min, 540);
    CHECK_INT(slots[2].start_min, 900);
    CHECK_INT(week_slots(&w, 2, false, slots), 2);
    CHECK_INT(week_slots(&w, 6, false, slots), 3);
    CHECK_INT(week_slots(&w, 7, false, slots), 0);
    CHECK_INT(week_slots(&w, 1, true, slots), 0);
}

TEST(a_span_over_the_week_end_wraps)
{
    struct week w;
    struct week_slot slots[WEEK_SLOTS_MAX];
    CHECK(week_parse(SV("Fr-Mo 09:00-10:00"), &w));
    CHECK_INT(week_slots(&w, 7, false, slots), 1);
    CHECK_INT(week_slots(&w, 3, false, slots), 0);
}

TEST(a_bad_week_is_refused)
{
    static const char *const bad[] = {
        "Mo",
        "Mo 8:00-9:00",
        "Mo 09:00-08:00",
        "Xx 08:00-09:00",
        "Mo 08:00-09:00/5",
        "Mo 08:00-25:00",
        "Mo 08:00-09:00/61",
        "-Fr 08:00-09:00",
        "Mo 08:60-09:00",
    };
    struct week w;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!week_parse(sv_of(bad[i]), &w));
    CHECK(week_parse(SV(""), &w));
    CHECK_INT(w.spans_n, 0);
}
