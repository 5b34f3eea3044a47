/* worked_test.c - hours of work are visits and the ways between them. */

#include "care/dispatch/day_world_test.h"

static const struct json_value *row_of(struct team *t, const struct carer *a)
{
    struct { struct day day; } q = { MONDAY };
    const struct json_value *day = team_ask(t, &t->s.manager, GET, "/api/dispatch/day", &q, NULL);
    return team_row(json_member(day, "carers"), "id", a->id.n);
}

static const struct json_value *try_on(struct team *t, const struct care_order *o,
                                       const struct carer *a)
{
    struct sv body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"order\":\"%lld\",\"carer\":"
                            "\"%lld\"}", (long long)o->id.n, (long long)a->id.n);
    return team_ask(t, &t->s.manager, POST, "/api/dispatch/try", NULL, body.at);
}

static int64_t left_open(struct team *t)
{
    const struct json_value *got = team_ask(t, &t->s.manager, POST, "/api/dispatch/replan", NULL,
                                            "{\"day\":\"2026-11-23\"}");
    return team_int(json_member(got, "after"), "unassigned");
}

/* Five hundred metres are ten minutes on foot; without a compound a way is ten minutes as well. */
TEST_DB(hours_of_work_are_visits_and_ways_between)
{
    struct team t = team_world();
    struct care_order nine = team_order(&t, 540, 0), eleven = team_order(&t, 660, 5);
    team_assign(&t, &nine, &t.s.mei);
    team_assign(&t, &eleven, &t.s.mei);
    const struct json_value *mei = row_of(&t, &t.s.mei);
    CHECK_INT(team_int(mei, "day_min"), 120);
    CHECK_INT(team_int(mei, "work_min"), 130);
    CHECK_INT(team_int(mei, "month_min"), 130);
    CHECK_INT(team_int(mei, "month_way_min"), 10);
    CHECK_INT(team_int(mei, "month_done_min"), 0);
    team_parameter(&t, "dispatch.way_percent", "0");
    team_shift(&t, &t.lan, "Su 08:00-10:00");              /* the day is made anew */
    mei = row_of(&t, &t.s.mei);
    CHECK_INT(team_int(mei, "work_min"), 120);
    CHECK_INT(team_int(mei, "month_min"), 120);
    CHECK_INT(team_int(mei, "month_way_min"), 0);
}

TEST_DB(a_way_can_be_what_is_too_long_for_the_hours_of_a_day)
{
    struct team t = team_world();
    struct care_order nine = team_order(&t, 540, 0), eleven = team_order(&t, 660, 5);
    team_parameter(&t, "dispatch.day_hours", "2");
    team_shift(&t, &t.lan, "Su 08:00-10:00");
    CHECK_INT(left_open(&t), 1);
    team_assign(&t, &nine, &t.s.mei);
    const struct json_value *got = try_on(&t, &eleven, &t.s.mei);
    struct sv words = house_message(t.c->house, test_mem(), t.c->lang, "dispatch.hours", SV(""),
                                    SV(""));
    CHECK(!json_member(got, "fits")->yes);
    CHECK(sv_eq(json_member(got, "reasons")->first->text, words));
    team_parameter(&t, "dispatch.way_percent", "0");
    team_shift(&t, &t.lan, "Sa 08:00-10:00");
    CHECK(json_member(try_on(&t, &eleven, &t.s.mei), "fits")->yes);
    CHECK_INT(left_open(&t), 0);
}
