/* ghost_test.c - a sign and no service is found by facts, and its manager reads it first. */

#include "care/ghost/ghost.h"
#include "care/inspection/inspection.h"
#include "care/order/order_world_test.h"
#include "care/place/place.h"
#include "care/request/request.h"
#include "care/survey/survey.h"
#include "care/verify/verify.h"

/* The other station of the world: it has nothing but a place. */
struct ghosts { struct station s; struct place place; struct who street, boss; };

static const struct day TODAY = { 20778 };                 /* 2026-11-21 */

static void begin(struct ghosts *g)
{
    struct organisation *o;
    g->s = station_world();
    o = &g->s.other_org;
    o->id.n++;
    o->row.created_at = moment_at((struct day){ TODAY.n - 100 }, 540);
    MUST_GO(g->s.c, entity_bulk(g->s.c, &organisation_entity, o, 1));
    record_clear(place_fields, &g->place);
    g->place.row.scope = o->row.scope;
    g->place.org = o->id;
    g->place.name = SV("空站");
    g->place.state = REVIEW_PUBLISHED;
    g->place.closed_on.n = TODAY.n - 20;
    g->place.closed_until.n = TODAY.n + 20;
    g->place.verify_until.n = TODAY.n - 60;
    g->place.id.n = 900;
    MUST_GO(g->s.c, entity_bulk(g->s.c, &place_entity, &g->place, 1));
    g->street = g->s.staff;
    g->street.role = ROLE_STREET_OFFICER;
    g->boss = g->s.other_manager;
    g->boss.org = o->id.n;
}

/* A day's night, measured by the house. */
static void night(struct ghosts *g, int64_t days)
{
    g->s.c->now = moment_at((struct day){ TODAY.n + days }, 120);
    g->s.c->who = &who_house;
    MUST_GO(g->s.c, ghost_measure_one(g->s.c, g->s.other_org.id));
}

static struct page page_of(struct ghosts *g, const struct who *who, const struct entity *e)
{
    struct query q = { .size = 10 };
    struct page page;
    g->s.c->who = who;
    MUST_GO(g->s.c, entity_list(g->s.c, e, &q, &page));
    return page;
}

static struct ghost_score score_of(struct ghosts *g)
{
    struct page page = page_of(g, &g->boss, &ghost_score_entity);
    CHECK_INT((int64_t)page.n, 1);
    return *(const struct ghost_score *)page.rows;
}

TEST_DB(a_station_without_service_is_found_with_reasons)
{
    struct ghosts g;
    begin(&g);
    night(&g, 0);
    struct ghost_score s = score_of(&g);
    CHECK_INT(s.score, 80);                    /* 30 + 25 + 15 + 10 */
    CHECK_INT(s.reasons_n, 4);
    CHECK(sv_find(s.reasons, SV("没有一笔订单")) >= 0);
    CHECK_INT(s.state, GHOST_TOLD);
    CHECK_INT(s.listed_from.n, TODAY.n + 7);
}

/* Its place was inspected so many days ago, and the grade is published. */
static void inspected(struct ghosts *g, int64_t id, int64_t ago, int grade)
{
    struct inspection i;
    record_clear(inspection_fields, &i);
    i.id.n = id;
    i.row.scope = g->place.row.scope;
    i.place = g->place.id;
    i.org = g->place.org;
    i.day.n = TODAY.n - ago;
    i.grade = grade;
    i.state = INSPECTION_PUBLISHED;
    g->s.c->who = &who_house;
    MUST_GO(g->s.c, entity_bulk(g->s.c, &inspection_entity, &i, 1));
}

TEST_DB(a_poor_inspection_counts_until_a_better_one_or_time)
{
    struct ghosts g;
    begin(&g);
    inspected(&g, 9001, 200, GRADED_POOR);               /* too long ago */
    night(&g, 0);
    CHECK_INT(score_of(&g).reasons_n, 4);
    inspected(&g, 9002, 30, GRADED_POOR);
    night(&g, 1);
    struct ghost_score s = score_of(&g);
    CHECK_INT(s.reasons_n, 5);
    CHECK_INT(s.score, 90);
    CHECK(sv_find(s.reasons, SV("最近一次巡查公布为“差”")) >= 0);
    inspected(&g, 9003, 5, GRADED_FAIR);                 /* looked at again */
    night(&g, 2);
    CHECK_INT(score_of(&g).reasons_n, 4);
}

/* People of the other station who were called back: so many of each end. */
static void called_back(struct ghosts *g, int unreached, int never_came, int satisfied)
{
    static int64_t id = 4000;
    struct survey_round round;
    g->s.c->who = &who_house;
    record_clear(survey_round_fields, &round);
    round.id.n = id++;
    round.row.scope = g->s.other_org.row.scope;
    MUST_GO(g->s.c, entity_bulk(g->s.c, &survey_round_entity, &round, 1));
    for (int i = 0; i < unreached + never_came + satisfied; i++) {
        struct survey_call k;
        record_clear(survey_call_fields, &k);
        k.id.n = id++;
        k.row.scope = g->s.other_org.row.scope;
        k.round = round.id;
        k.org = g->s.other_org.id;
        k.elder.n = k.id.n;
        k.tried_at = moment_at((struct day){ TODAY.n - 20 }, 600);
        k.state = i < unreached ? ASK_UNREACHED : ASK_ANSWERED;
        k.came = i < unreached ? ANSWER_NONE : i < unreached + never_came ? ANSWER_NO : ANSWER_YES;
        MUST_GO(g->s.c, entity_bulk(g->s.c, &survey_call_entity, &k, 1));
    }
}

TEST_DB(whom_it_says_to_have_served_is_asked_whether_somebody_came)
{
    struct ghosts g;
    begin(&g);
    called_back(&g, 3, 1, 0);
    night(&g, 0);
    CHECK_INT(score_of(&g).reasons_n, 4);                /* four calls are no survey */
    called_back(&g, 0, 1, 1);
    night(&g, 1);
    struct ghost_score s = score_of(&g);
    CHECK_INT(s.score, 100);                             /* 80 + 15 + 20, cut */
    CHECK_INT(s.reasons_n, 6);
    CHECK(sv_find(s.reasons, SV("有 3 人打了三次都没接通（共回访 6 人）")) >= 0);
    CHECK(sv_find(s.reasons, SV("有 2 人说服务没有来过（共 3 人接听）")) >= 0);
    called_back(&g, 0, 0, 1);                            /* 3 of 7: less than half */
    night(&g, 2);
    CHECK_INT(score_of(&g).reasons_n, 5);
    night(&g, 80);                                       /* what was said long ago is over */
    CHECK(sv_find(score_of(&g).reasons, SV("电话回访")) < 0);
}

TEST_DB(her_manager_reads_it_first_and_her_answer_stands_on_the_list)
{
    struct ghosts g;
    struct { struct sv answer; } in = { SV("装修，本月底恢复") };
    begin(&g);
    night(&g, 0);
    struct query q = { .size = 10 };
    struct page page;
    g.s.c->who = &g.street;
    MUST_FAIL(g.s.c, entity_list(g.s.c, &ghost_score_entity, &q, &page), ERR_FORBIDDEN,
              "who.forbidden");
    CHECK_INT((int64_t)page_of(&g, &g.street, &spot_check_entity).n, 0);
    CHECK_INT((int64_t)page_of(&g, &g.s.manager, &ghost_score_entity).n, 0);
    struct ghost_score s = score_of(&g);
    g.s.c->who = &g.boss;
    MUST_GO(g.s.c, entity_act(g.s.c, &ghost_score_entity, s.id.n, s.row.version, SV("answer"),
                              &in, &s));
    night(&g, 6);
    CHECK_INT((int64_t)page_of(&g, &g.street, &spot_check_entity).n, 0);
    night(&g, 7);
    night(&g, 8);
    page = page_of(&g, &g.street, &spot_check_entity);
    CHECK_INT((int64_t)page.n, 1);
    const struct spot_check *c = page.rows;
    CHECK(sv_eq(c->answer, in.answer));
    CHECK_INT(c->due.n, TODAY.n + 7 + 14);
    in.answer = SV("已恢复，附照片");                  /* who says more is heard at once */
    s = score_of(&g);
    g.s.c->who = &g.boss;
    MUST_GO(g.s.c, entity_act(g.s.c, &ghost_score_entity, s.id.n, s.row.version, SV("answer"),
                              &in, &s));
    page = page_of(&g, &g.street, &spot_check_entity);
    CHECK(sv_eq(((const struct spot_check *)page.rows)->answer, in.answer));
    CHECK_INT(score_of(&g).state, GHOST_LISTED);
    struct who elsewhere = g.street;
    elsewhere.ranges[0] = (struct scope_range){ 990101002000, 990101002999 };
    CHECK_INT((int64_t)page_of(&g, &elsewhere, &spot_check_entity).n, 0);
}

TEST_DB(what_serves_again_is_quiet_and_a_new_station_has_no_score)
{
    struct ghosts g;
    begin(&g);
    night(&g, 0);
    g.s.c->who = &who_house;
    struct care_order o;
    record_clear(care_order_fields, &o);
    for (int i = 0; i < 2; i++) {
        o.id.n = 700 + i;
        o.row.scope = g.s.other_org.row.scope;
        o.number = sv_fmt(test_mem(), "T%d", i);
        o.org = g.s.other_org.id;
        o.day.n = TODAY.n - i;
        o.state = ORDER_SERVED;
        MUST_GO(g.s.c, entity_bulk(g.s.c, &care_order_entity, &o, 1));
    }
    night(&g, 1);
    struct ghost_score s = score_of(&g);
    CHECK_INT(s.score, 25);
    CHECK_INT(s.state, GHOST_QUIET);
    CHECK(!day_known(s.since));
    g.s.c->who = &who_house;
    MUST_GO(g.s.c, ghost_measure_one(g.s.c, g.s.org.id));     /* made today */
    CHECK_INT((int64_t)page_of(&g, &g.s.manager, &ghost_score_entity).n, 0);
}
