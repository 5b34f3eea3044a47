/* day_test.c - what the board shows of a day: who works, what stands, what is wrong with it. */

#include "care/dispatch/day_world_test.h"

struct asked { struct day day; };

static const struct json_value *day_of_team(struct team *t)
{
    struct asked q = { MONDAY };
    return team_ask(t, &t->s.manager, GET, "/api/dispatch/day", &q, NULL);
}

TEST_DB(a_day_shows_orders_carers_and_why_nobody_goes)
{
    struct team t = team_world();
    struct care_order nine = team_order(&t, 540, 0), ten = team_order(&t, 600, 5);
    team_assign(&t, &nine, &t.s.mei);
    const struct json_value *day = day_of_team(&t), *visits = json_member(day, "visits");
    CHECK_INT(visits->n, 2);
    CHECK_INT(json_member(day, "carers")->n, 3);
    const struct json_value *first = team_row(visits, "order", nine.id.n),
                            *second = team_row(visits, "order", ten.id.n);
    CHECK_INT(team_int(first, "start_min"), 540);
    CHECK_INT(team_int(first, "earliest_min"), 525);
    CHECK_INT(team_int(first, "latest_min"), 570);
    CHECK_TEXT(json_member(first, "fault")->text, "");
    CHECK_TEXT(json_member(second, "carer")->text, "");
    CHECK_INT(json_member(day, "unassigned")->n, 1);
    CHECK(team_row(json_member(day, "unassigned"), "order", ten.id.n));
    CHECK_INT(team_int(json_member(day, "totals"), "unassigned"), 1);
}

TEST_DB(no_exact_home_is_told)
{
    struct team t = team_world();
    struct care_order o = team_order(&t, 540, 0);
    const struct json_value *day = day_of_team(&t);
    const struct json_value *row = team_row(json_member(day, "visits"), "order", o.id.n);
    CHECK(row && !json_member(row, "lat") && !json_member(row, "lon"));
    CHECK(sv_find(row->source, SV("39.9")) < 0);
    CHECK(sv_find(row->source, SV("401")) < 0);
}

TEST_DB(a_way_too_long_and_a_clash_are_told)
{
    struct team t = team_world();
    struct care_order near = team_order(&t, 540, 0), far = team_order(&t, 600, 60);
    team_assign(&t, &near, &t.s.mei);
    team_assign(&t, &far, &t.s.mei);
    const struct json_value *day = day_of_team(&t);
    const struct json_value *row = team_row(json_member(day, "visits"), "order", far.id.n);
    CHECK(team_int(row, "travel_before_min") > 60);
    CHECK(team_int(row, "expected_late_min") > 30);
    CHECK(json_member(row, "fault")->text.len > 0);
    CHECK(!json_member(day, "streets")->yes);
}

TEST_DB(who_has_no_shift_works_when_the_offers_run)
{
    struct team t = team_world();
    team_shift(&t, &t.s.mei, "Mo-Fr 08:00-10:00,14:00-16:00");
    const struct json_value *carers = json_member(day_of_team(&t), "carers");
    const struct json_value *mei = team_row(carers, "id", t.s.mei.id.n),
                            *lan = team_row(carers, "id", t.lan.id.n);
    CHECK(json_member(mei, "shift_known")->yes && !json_member(lan, "shift_known")->yes);
    CHECK_INT(json_member(mei, "shift")->n, 2);
    CHECK_INT(team_int(json_member(mei, "shift")->first->next, "from_min"), 840);
    CHECK_INT(json_member(lan, "shift")->n, 1);
    CHECK_INT(team_int(json_member(lan, "shift")->first, "from_min"), 450);
    CHECK_INT(team_int(json_member(lan, "shift")->first, "to_min"), 750);
}

TEST_DB(the_stamp_changes_with_the_day_and_with_nothing_else)
{
    struct team t = team_world();
    struct care_order o = team_order(&t, 540, 0);
    struct sv first = json_member(day_of_team(&t), "stamp")->text;
    CHECK(sv_eq(first, json_member(day_of_team(&t), "stamp")->text));
    team_assign(&t, &o, &t.s.mei);
    struct sv second = json_member(day_of_team(&t), "stamp")->text;
    CHECK(!sv_eq(first, second));
    team_shift(&t, &t.lan, "Mo 08:00-12:00");
    CHECK(!sv_eq(second, json_member(day_of_team(&t), "stamp")->text));
}

TEST_DB(another_organisation_sees_its_own_day_and_a_citizen_none)
{
    struct team t = team_world();
    struct asked q = { MONDAY };
    struct who nobody = { .account = 5, .role = ROLE_STATION_MANAGER };
    (void)team_order(&t, 540, 0);
    const struct json_value *day = team_ask(&t, &t.s.other_manager, GET, "/api/dispatch/day", &q,
                                            NULL);
    CHECK_INT(json_member(day, "visits")->n, 0);
    CHECK_INT(json_member(day, "carers")->n, 0);
    CHECK(team_fails(&t, &nobody, GET, "/api/dispatch/day", &q, NULL) == ERR_FORBIDDEN);
}
