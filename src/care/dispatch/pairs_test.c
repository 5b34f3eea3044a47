/* pairs_test.c - who must not come is planned nowhere, who is preferred is planned first. */

#include "care/dispatch/day_world_test.h"
#include "care/dispatch/night.h"
#include "care/pair/pair.h"

static void pair(struct team *t, const struct carer *a, int kind)
{
    struct carer_pair p;
    record_clear(carer_pair_fields, &p);
    p.elder = t->s.wang.id;
    p.carer = a->id;
    p.kind = kind;
    MUST_GO(t->c, entity_create_by_rule(t->c, &carer_pair_entity, &p));
}

/* Wang's bath; it goes on as her own orders do. */
static struct care_order wangs(struct team *t, int start_min)
{
    struct order_new n = station_order(&t->s, &t->s.bath_offer, start_min);
    struct care_order o;
    MUST_GO(t->c, station_place(&t->s, &t->s.citizen, &n, &o));
    MUST_GO(t->c, entity_act_by_rule(t->c, &care_order_entity, o.id.n, o.row.version,
                                     SV("accept"), NULL, &o));
    return o;
}

static const struct json_value *try_it(struct team *t, const struct care_order *o,
                                       const struct carer *a)
{
    return team_ask(t, &t->s.manager, POST, "/api/dispatch/try", NULL,
                    sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"order\":\"%lld\","
                           "\"carer\":\"%lld\"}", (long long)o->id.n, (long long)a->id.n).at);
}

static const struct json_value *improve(struct team *t)
{
    return team_ask(t, &t->s.manager, POST, "/api/dispatch/replan", NULL,
                    "{\"day\":\"2026-11-23\",\"why\":\"improve\"}");
}

static const struct json_value *day(struct team *t)
{
    struct { struct day day; } q = { MONDAY };
    return team_ask(t, &t->s.manager, GET, "/api/dispatch/day", &q, NULL);
}

TEST_DB(a_drop_on_whom_she_must_not_have_is_refused_with_the_reason)
{
    struct team t = team_world();
    struct care_order o = wangs(&t, 540);
    pair(&t, &t.s.mei, PAIR_FORBIDDEN);
    const struct json_value *no = try_it(&t, &o, &t.s.mei), *yes = try_it(&t, &o, &t.lan);
    CHECK(!json_member(no, "fits")->yes);
    CHECK_TEXT(json_member(no, "reasons")->first->text, "已登记不再派她到这位老人家（人员搭配）");
    CHECK_INT((int)json_member(no, "changes")->n, 0);
    CHECK(json_member(yes, "fits")->yes);
    struct sv body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"changes\":[{\"order\":\"%lld\","
                            "\"order_version\":%lld,\"carer\":\"%lld\"}]}", (long long)o.id.n,
                            (long long)o.row.version, (long long)t.s.mei.id.n);
    CHECK_INT(team_fails(&t, &t.s.manager, POST, "/api/dispatch/apply", NULL, body.at),
              ERR_INVALID);
    CHECK_TEXT(sv_of(t.c->fault.fields[0].key), "pair.forbidden");
    CHECK_TEXT(t.c->fault.fields[0].field, "changes.0.carer");
    ctx_forgive(t.c);
}

TEST_DB(what_stands_with_her_is_a_fault_that_a_replan_mends)
{
    struct team t = team_world();
    struct care_order o = wangs(&t, 540);
    team_assign(&t, &o, &t.s.mei);
    CHECK_INT(json_member(improve(&t), "changes")->n, 0);
    pair(&t, &t.s.mei, PAIR_FORBIDDEN);
    const struct json_value *v = team_row(json_member(day(&t), "visits"), "order", o.id.n);
    CHECK_TEXT(json_member(v, "fault")->text, "已登记不再派她到这位老人家（人员搭配）");
    const struct json_value *moved = team_row(json_member(improve(&t), "changes"), "order", o.id.n);
    CHECK(moved && team_int(moved, "start_min") == 540);
    CHECK_TEXT(json_member(moved, "carer")->text,
               sv_fmt(test_mem(), "%lld", (long long)t.lan.id.n).at);
}

TEST_DB(the_planner_rather_sends_nobody)
{
    struct team t = team_world();
    struct care_order o = wangs(&t, 540);
    pair(&t, &t.s.mei, PAIR_FORBIDDEN);
    pair(&t, &t.lan, PAIR_FORBIDDEN);
    o.standing.n = 7;
    MUST_GO(t.c, entity_update_by_rule(t.c, &care_order_entity, &o, o.row.version, "x"));
    CHECK_INT(json_member(improve(&t), "changes")->n, 0);
    const struct json_value *open = json_member(day(&t), "unassigned");
    CHECK_INT(open->n, 1);
    CHECK_TEXT(json_member(open->first, "why")->text, "load");
    MUST_GO(t.c, db_commit(t.c));
    int n = 0;
    MUST_GO(t.c, night_day(t.c, t.s.org.id, MONDAY, &n));
    CHECK_INT(n, 0);
    MUST_GO(t.c, db_begin(t.c));
}

TEST_DB(whom_she_prefers_goes_when_she_can)
{
    struct team t = team_world();
    struct care_order hers = wangs(&t, 540);
    struct carer *both[] = { &t.s.mei, &t.lan };
    hers.standing.n = 7;
    MUST_GO(t.c, entity_update_by_rule(t.c, &care_order_entity, &hers, hers.row.version, "x"));
    pair(&t, both[1], PAIR_PREFERRED);
    MUST_GO(t.c, db_commit(t.c));
    int n = 0;
    MUST_GO(t.c, night_day(t.c, t.s.org.id, MONDAY, &n));
    CHECK_INT(n, 1);
    CHECK_INT(team_visit(&t, &hers).carer.n, t.lan.id.n);
    MUST_GO(t.c, db_begin(t.c));
}
