/* slots_test.c - a time is offered when somebody could come, and nothing else changes. */

#include "care/dispatch/day_world_test.h"
#include "care/dispatch/try.h"
#include "care/pair/pair.h"

/* Carers free at 8, 9, 10 and 11 of the bath's Monday. */
static void could(struct team *t, int64_t *ret_n)
{
    struct slots_asked q = { t->s.bath_offer.id, MONDAY };
    const struct json_value *got = team_ask(t, &t->s.manager, GET, "/api/dispatch/slots", &q, NULL);
    int i = 0;
    for (const struct json_value *s = json_member(got, "slots")->first; s; s = s->next, i++) {
        CHECK_INT(team_int(s, "start_min"), 480 + 60 * i);
        ret_n[i] = team_int(s, "carers_n");
        CHECK(json_member(s, "carer_found")->yes == (ret_n[i] > 0));
    }
    CHECK_INT(i, 4);
}

/* The same as whoever orders is asked: places left of each. */
static void left_for(struct team *t, struct elder_id elder, int64_t *ret_n)
{
    const struct endpoint *e = offer_module.endpoints;
    struct { struct day from; int64_t days; struct elder_id elder; } query = { MONDAY, 1, elder };
    struct request q = { .endpoint = e, .query = &query };
    struct answer a = { .body = buf_new(&t->c->mem, 4096) };
    const struct json_value *got;
    q.param[0] = sv_fmt(test_mem(), "%lld", (long long)t->s.bath_offer.id.n);
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    MUST_GO(t->c, e->run(t->c, &q, &a));
    json_end(&a.json, '}');
    MUST_GO(t->c, json_parse(t->c, buf_sv(&a.body), &got));
    int i = 0;
    const struct json_value *slots = json_member(json_member(got, "days")->first, "slots");
    for (const struct json_value *s = slots->first; s; s = s->next, i++) {
        ret_n[i] = team_int(s, "left");
        CHECK(json_member(s, "staff")->yes == (ret_n[i] > 0));
    }
    CHECK_INT(i, 4);
}

static void left(struct team *t, int64_t *ret_n)
{
    left_for(t, (struct elder_id){ 0 }, ret_n);
}

TEST_DB(a_time_is_offered_while_somebody_could_come)
{
    struct team t = team_world();
    int64_t n[4];
    could(&t, n);
    for (int i = 0; i < 4; i++)
        CHECK_INT(n[i], 2);
    struct care_order one = team_order(&t, 540, 0), two = team_order(&t, 540, 0);
    team_assign(&t, &one, &t.s.mei);
    could(&t, n);
    CHECK_INT(n[1], 0);                     /* the other one waits, and will need the other */
    team_assign(&t, &two, &t.lan);
    could(&t, n);
    CHECK_INT(n[0] + n[2] + n[3] > 0 && n[1] == 0, 1);
    left(&t, n);
    CHECK(n[1] == 0 && n[3] == 8);
}

TEST_DB(shifts_and_leave_close_times)
{
    struct team t = team_world();
    int64_t n[4];
    team_shift(&t, &t.s.mei, "Mo-Fr 08:00-10:00");
    team_shift(&t, &t.lan, "Tu 08:00-10:00");
    could(&t, n);
    CHECK(n[0] == 1 && n[1] == 1 && n[2] == 0 && n[3] == 0);
    left(&t, n);
    CHECK(n[0] == 8 && n[2] == 0);
}

TEST_DB(where_there_are_no_carers_places_alone_decide)
{
    struct team t = team_world();
    int64_t n[4];
    struct carer all[] = { t.s.mei, t.s.gang, t.lan };
    for (int i = 0; i < 3; i++)
        MUST_GO(t.c, entity_act_by_rule(t.c, &carer_entity, all[i].id.n, all[i].row.version,
                                        SV("end"), NULL, &all[i]));
    left(&t, n);
    CHECK(n[0] == 8 && n[3] == 8);
}

TEST_DB(a_division_may_go_by_places_alone)
{
    struct team t = team_world();
    int64_t n[4];
    team_shift(&t, &t.s.mei, "Su 08:00-10:00");
    team_shift(&t, &t.lan, "Su 08:00-10:00");
    left(&t, n);
    CHECK_INT(n[0], 0);
    team_parameter(&t, "dispatch.slots_by_staff", "0");
    left(&t, n);
    CHECK_INT(n[0], 8);
}

TEST_DB(another_organisations_offer_is_not_told)
{
    struct team t = team_world();
    struct slots_asked q = { t.s.bath_offer.id, MONDAY };
    CHECK(team_fails(&t, &t.s.other_manager, GET, "/api/dispatch/slots", &q, NULL) ==
          ERR_MISSING);
    ctx_forgive(t.c);
}

static void not_to_wang(struct team *t, struct carer_id carer)
{
    struct carer_pair p;
    record_clear(carer_pair_fields, &p);
    p.elder = t->s.wang.id;
    p.carer = carer;
    p.kind = PAIR_FORBIDDEN;
    MUST_GO(t->c, entity_create_by_rule(t->c, &carer_pair_entity, &p));
}

TEST_DB(whom_she_must_not_have_makes_no_time_possible)
{
    struct team t = team_world();
    const struct who *house = t.c->who;
    int64_t n[4];
    not_to_wang(&t, t.lan.id);
    not_to_wang(&t, t.s.mei.id);
    t.c->who = &t.s.citizen;
    left_for(&t, t.s.wang.id, n);
    CHECK(n[0] == 0 && n[1] == 0 && n[2] == 0 && n[3] == 0);
    left(&t, n);
    CHECK(n[0] > 0 && n[3] > 0);
    t.c->who = &t.s.stranger;                /* is not told who may come to somebody else */
    left_for(&t, t.s.wang.id, n);
    CHECK(n[0] > 0 && n[3] > 0);
    t.c->who = house;
}
