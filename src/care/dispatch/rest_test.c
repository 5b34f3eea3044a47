/* rest_test.c - parts of a shift, and the rest of who has none in hers. */

#include "care/dispatch/day_world_test.h"

static const struct json_value *row_of(struct team *t, const struct carer *a)
{
    struct { struct day day; } q = { MONDAY };
    const struct json_value *day = team_ask(t, &t->s.manager, GET, "/api/dispatch/day", &q, NULL);
    return team_row(json_member(day, "carers"), "id", a->id.n);
}

static void lock(struct team *t, const struct care_order *o)
{
    (void)team_ask(t, &t->s.manager, POST, "/api/dispatch/lock", NULL,
                   sv_fmt(test_mem(), "{\"order\":\"%lld\",\"locked\":true}",
                          (long long)o->id.n).at);
}

TEST_DB(a_long_shift_has_a_rest_and_one_of_two_parts_has_its_own)
{
    struct team t = team_world();
    team_shift(&t, &t.s.mei, "Mo-Fr 08:00-17:00");
    team_shift(&t, &t.lan, "Mo-Fr 08:00-12:00,13:00-17:00");
    const struct json_value *rest = json_member(row_of(&t, &t.s.mei), "rest");
    CHECK(rest);
    CHECK_INT(team_int(rest, "from_min"), 660);
    CHECK_INT(team_int(rest, "to_min"), 690);
    CHECK(!json_member(row_of(&t, &t.lan), "rest"));
    CHECK(!json_member(row_of(&t, &t.lan), "rest_lost")->yes);
    CHECK_INT(json_member(row_of(&t, &t.lan), "shift")->n, 2);
    CHECK(!json_member(row_of(&t, &t.s.gang), "rest"));    /* five hours of the offers' */
    team_parameter(&t, "dispatch.rest_min", "0");
    team_shift(&t, &t.s.gang, "Mo-Fr 08:00-17:00");        /* the day is made anew */
    CHECK(!json_member(row_of(&t, &t.s.mei), "rest"));
}

TEST_DB(who_would_have_no_rest_is_told_and_a_full_day_stands)
{
    struct team t = team_world();
    struct care_order eight = team_order(&t, 480, 0), nine = team_order(&t, 540, 0);
    team_parameter(&t, "dispatch.rest_from_min", "480");
    team_parameter(&t, "dispatch.rest_to_min", "510");
    team_shift(&t, &t.s.mei, "Mo-Fr 08:00-16:30");
    team_shift(&t, &t.lan, "Mo-Fr 08:00-16:30");
    struct sv body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"order\":\"%lld\",\"carer\":"
                            "\"%lld\",\"start_min\":480}", (long long)eight.id.n,
                            (long long)t.lan.id.n);
    const struct json_value *got = team_ask(&t, &t.s.manager, POST, "/api/dispatch/try", NULL,
                                            body.at);
    CHECK(!json_member(got, "fits")->yes);
    struct sv words = house_message(t.c->house, test_mem(), t.c->lang, "dispatch.rest", SV(""),
                                    SV(""));
    CHECK(sv_eq(json_member(got, "reasons")->first->text, words));
    team_assign(&t, &eight, &t.s.mei);
    CHECK_INT(team_int(json_member(row_of(&t, &t.s.mei), "rest"), "from_min"), 480);
    lock(&t, &eight);
    CHECK(json_member(row_of(&t, &t.s.mei), "rest_lost")->yes);
    team_assign(&t, &nine, &t.s.mei);
    CHECK(json_member(row_of(&t, &t.s.mei), "rest_lost")->yes);
    CHECK(!json_member(row_of(&t, &t.lan), "rest_lost")->yes);
}

/* What the optimiser plans leaves the rest free, moved to where it is least in the way. */
TEST_DB(a_plan_leaves_room_for_the_rest)
{
    struct team t = team_world();
    for (int i = 0; i < 4; i++)
        (void)team_order(&t, 480 + 60 * i, 0);
    team_parameter(&t, "dispatch.rest_from_min", "540");
    team_parameter(&t, "dispatch.rest_to_min", "630");
    team_shift(&t, &t.s.mei, "Mo-Fr 08:00-16:30");
    team_shift(&t, &t.lan, "Su 08:00-09:00");
    const struct json_value *got = team_ask(&t, &t.s.manager, POST, "/api/dispatch/replan", NULL,
                                            "{\"day\":\"2026-11-23\"}");
    CHECK_INT(team_int(json_member(got, "after"), "unassigned"), 0);
    int ends = 0, room = 0;
    for (const struct json_value *one = json_member(got, "changes")->first; one; one = one->next) {
        int begin = (int)team_int(one, "start_min");
        int from = ends > 540 ? ends : 540;
        room = from <= 630 && begin - from > room ? begin - from : room;
        ends = begin + 60;
    }
    CHECK(room >= 30 || ends <= 630);
}
