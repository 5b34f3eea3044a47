/* fair_test.c - who has much more of the month than the others goes last, and it is told. */

#include "care/dispatch/day_world_test.h"

/* Ten visits of two hours of another week, made. */
static void has_worked(struct team *t, const struct carer *a, struct elder_id elder)
{
    struct visit v[10];
    for (int i = 0; i < 10; i++) {
        record_clear(visit_fields, &v[i]);
        v[i].org = t->s.org.id;
        v[i].carer = a->id;
        v[i].elder = elder;
        v[i].day = day_civil(2026, 11, 3 + i);
        v[i].start_min = 540;
        v[i].end_min = 660;
        v[i].state = VISIT_DONE;
        v[i].row.scope = a->row.scope;
        v[i].care_order.n = 1000 + i;
    }
    MUST_GO(t->c, entity_bulk(t->c, &visit_entity, v, 10));
}

static const struct json_value *day_of_team(struct team *t)
{
    struct { struct day day; } q = { MONDAY };
    return team_ask(t, &t->s.manager, GET, "/api/dispatch/day", &q, NULL);
}

static bool planned_for(struct team *t, const struct carer *a)
{
    const struct json_value *got = team_ask(t, &t->s.manager, POST, "/api/dispatch/replan", NULL,
                                            "{\"day\":\"2026-11-23\"}");
    const struct json_value *changes = json_member(got, "changes");
    CHECK_INT(changes->n, 1);
    return team_row(changes, "carer", a->id.n) != NULL;
}

static struct care_order of_wang(struct team *t, struct carer_id wish)
{
    struct care_order o = team_order(t, 540, 0);
    o.elder = t->s.wang.id;
    o.carer_wish = wish;
    MUST_GO(t->c, entity_update_by_rule(t->c, &care_order_entity, &o, o.row.version, "x"));
    return o;
}

TEST_DB(who_is_over_the_mean_goes_only_where_nobody_below_it_may)
{
    struct team t = team_world();
    struct care_order o = of_wang(&t, (struct carer_id){ 0 });
    has_worked(&t, &t.lan, t.s.wang.id);               /* whom the elder knows, too */
    const struct json_value *day = day_of_team(&t), *carers = json_member(day, "carers");
    CHECK(json_member(team_row(carers, "id", t.lan.id.n), "over_mean")->yes);
    CHECK(!json_member(team_row(carers, "id", t.s.mei.id.n), "over_mean")->yes);
    CHECK_INT(team_int(day, "month_mean_min"), 400);    /* three of them */
    CHECK(planned_for(&t, &t.s.mei));
    struct sv body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"order\":\"%lld\",\"carer\":"
                            "\"%lld\"}", (long long)o.id.n, (long long)t.lan.id.n);
    const struct json_value *got = team_ask(&t, &t.s.manager, POST, "/api/dispatch/try", NULL,
                                            body.at);
    CHECK(json_member(got, "fits")->yes);
    CHECK_INT(json_member(got, "notes")->n, 1);
    team_shift(&t, &t.s.mei, "Su 08:00-10:00");        /* nobody else may: she goes */
    CHECK(planned_for(&t, &t.lan));
}

TEST_DB(a_division_may_leave_the_month_alone)
{
    struct team t = team_world();
    (void)of_wang(&t, (struct carer_id){ 0 });
    has_worked(&t, &t.lan, t.s.wang.id);
    team_parameter(&t, "dispatch.fair_percent", "0");
    CHECK(planned_for(&t, &t.lan));
}

TEST_DB(whom_the_elder_wishes_for_is_not_asked_about_her_month)
{
    struct team t = team_world();
    has_worked(&t, &t.lan, t.s.wang.id);
    (void)of_wang(&t, t.lan.id);
    CHECK(planned_for(&t, &t.lan));
}
