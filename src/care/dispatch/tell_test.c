/* tell_test.c - who is told what of a day, and once. */

#include "care/dispatch/day_world_test.h"
#include "care/message/message.h"

#define PUBLISH "/api/dispatch/publish"
static const char *const monday = "{\"day\":\"2026-11-23\"}";

static const struct json_value *day_of_team(struct team *t)
{
    struct { struct day day; } q = { MONDAY };
    return team_ask(t, &t->s.manager, GET, "/api/dispatch/day", &q, NULL);
}

static int64_t publish(struct team *t)
{
    t->c->now.ms += 1000;
    return team_int(team_ask(t, &t->s.manager, POST, PUBLISH, NULL, monday), "told");
}

static size_t plans_sent(struct team *t)
{
    struct query q;
    struct page page;
    MUST_GO(t->c, query_read(t->c, &message_entity, SV("kind=day.planned&size=50"), &q));
    MUST_GO(t->c, entity_list(t->c, &message_entity, &q, &page));
    for (size_t i = 0; i < page.n; i++) {
        const struct message_row *m = &((const struct message_row *)page.rows)[i];
        CHECK(sv_find(m->text, SV("张淑兰")) < 0 && sv_find(m->text, SV("401")) < 0);
    }
    return page.n;
}

TEST_DB(each_carer_with_changes_is_told_once)
{
    struct team t = team_world();
    struct care_order one = team_order(&t, 540, 0), two = team_order(&t, 600, 0);
    team_assign(&t, &one, &t.s.mei);
    CHECK_INT(team_int(day_of_team(&t), "untold_n"), 1);
    CHECK_INT(publish(&t), 1);
    CHECK_INT(team_int(day_of_team(&t), "untold_n"), 0);
    const struct json_value *row = team_row(json_member(day_of_team(&t), "visits"), "order",
                                            one.id.n);
    CHECK(json_member(row, "told")->yes && json_member(day_of_team(&t), "told_at"));
    CHECK_INT(publish(&t), 0);
    team_assign(&t, &two, &t.lan);
    CHECK_INT(publish(&t), 1);
    CHECK_INT(plans_sent(&t), 2);
}

TEST_DB(who_loses_a_visit_hears_of_it_too)
{
    struct team t = team_world();
    struct care_order one = team_order(&t, 540, 0), two = team_order(&t, 600, 0);
    team_assign(&t, &one, &t.s.mei);
    team_assign(&t, &two, &t.s.mei);
    CHECK_INT(publish(&t), 1);
    struct reassign_input lan = { t.lan.id };
    struct visit v = team_visit(&t, &one);
    MUST_GO(t.c, entity_act_by_rule(t.c, &visit_entity, v.id.n, v.row.version, SV("reassign"),
                                    &lan, &v));
    MUST_GO(t.c, entity_act_by_rule(t.c, &care_order_entity, two.id.n, two.row.version,
                                    SV("unassign"), NULL, &two));
    CHECK_INT(team_int(day_of_team(&t), "untold_n"), 2);
    CHECK_INT(publish(&t), 2);
    CHECK_INT(team_int(day_of_team(&t), "untold_n"), 0);
    CHECK_INT(publish(&t), 0);
}

TEST_DB(only_what_has_a_carer_is_locked_and_by_its_own_organisation)
{
    struct team t = team_world();
    struct care_order one = team_order(&t, 540, 0);
    const char *body = sv_fmt(test_mem(), "{\"order\":\"%lld\",\"locked\":true}",
                              (long long)one.id.n).at;
    MUST_FAIL(t.c, team_fails(&t, &t.s.manager, POST, "/api/dispatch/lock", NULL, body),
              ERR_CONFLICT, "dispatch.lock_nobody");
    team_assign(&t, &one, &t.s.mei);
    CHECK(team_fails(&t, &t.s.other_manager, POST, "/api/dispatch/lock", NULL, body) ==
          ERR_MISSING);
    ctx_forgive(t.c);
    CHECK(team_fails(&t, &t.s.manager, POST, "/api/dispatch/lock", NULL, "{}") == ERR_INVALID);
    ctx_forgive(t.c);
    (void)team_ask(&t, &t.s.manager, POST, "/api/dispatch/lock", NULL, body);
    const struct json_value *row = team_row(json_member(day_of_team(&t), "visits"), "order",
                                            one.id.n);
    CHECK(json_member(row, "locked")->yes);
    CHECK_INT(team_int(row, "earliest_min"), 540);
    CHECK_INT(team_int(row, "latest_min"), 540);
}

TEST_DB(a_day_that_is_over_is_told_to_nobody)
{
    struct team t = team_world();
    CHECK(team_fails(&t, &t.s.manager, POST, PUBLISH, NULL, "{\"day\":\"2026-11-20\"}") ==
          ERR_INVALID);
    CHECK_TEXT(t.c->fault.fields[0].field, "day");
    ctx_forgive(t.c);
    CHECK(team_fails(&t, &t.s.manager, POST, PUBLISH, NULL, "{}") == ERR_INVALID);
    ctx_forgive(t.c);
}
