/* request_test.c - a request is answered by its day, and who hides stays hidden. */

#include "care/order/order_world_test.h"
#include "care/calendar/calendar.h"
#include "care/parameter/parameter.h"
#include "care/place/place.h"
#include "care/request/inside.h"
#include "care/signal/signal.h"
#include "model/history/history.h"

/* 2026-11-21 is a Saturday: the next working day is Monday 23. */
struct told { struct station s; struct place place; struct request_ticket r; struct who street; };

static void account(struct told *t, int64_t id, const char *phone)
{
    struct account a;
    record_clear(account_fields, &a);
    a.id.n = id;
    a.kind = ACCOUNT_CITIZEN;
    a.row.scope = INT64_C(990101001001);
    a.name = SV("林静");
    a.phone = sv_of(phone);
    MUST_GO(t->s.c, entity_bulk(t->s.c, &account_entity, &a, 1));
}

static void begin(struct told *t)
{
    int64_t added;
    t->s = station_world();
    MUST_GO(t->s.c, calendar_seed(t->s.c, &added));
    account(t, 70, "10088880001");
    account(t, 71, "10088880002");
    record_clear(place_fields, &t->place);
    t->place.row.scope = INT64_C(990101001001);
    t->place.org = t->s.org.id;
    t->place.name = SV("槐安助餐点");
    t->place.state = REVIEW_PUBLISHED;
    t->place.id.n = 900;
    MUST_GO(t->s.c, entity_bulk(t->s.c, &place_entity, &t->place, 1));
    t->street = t->s.staff;
    t->street.role = ROLE_STREET_OFFICER;
    t->street.account = 31;
}

static struct request_new about_place(const struct told *t)
{
    return (struct request_new){ .kind = REQUEST_COMPLAINT, .topic = TOPIC_MEAL,
                                 .matter = SV("我妈妈王秀英说连着三天送来的饭是凉的"),
                                 .place = t->place.id };
}

static void send(struct told *t, const struct who *who, const struct request_new *n)
{
    t->s.c->who = who;
    MUST_GO(t->s.c, request_open(t->s.c, n, &t->r));
}

static enum err step(struct told *t, const struct who *who, const char *action, const void *in)
{
    t->s.c->who = who;
    return entity_act(t->s.c, &request_entity, t->r.id.n, t->r.row.version, sv_of(action), in,
                      &t->r);
}

static void again(struct told *t)
{
    bool found;
    MUST_GO(t->s.c, entity_load(t->s.c, &request_entity, t->r.id.n, &t->r, &found));
}

static void to_station(struct told *t, const char *gist)
{
    struct route_input in = { .handler = t->s.org.id, .gist = sv_of(gist) };
    MUST_GO(t->s.c, step(t, &t->street, "route", &in));
}

static struct request_task task_of(struct told *t)
{
    struct request_task task;
    bool found;
    MUST_GO(t->s.c, task_live(t->s.c, t->r.id, &task, &found));
    CHECK(found);
    return task;
}

TEST_DB(a_request_has_number_clock_and_who_said_it)
{
    struct told t;
    begin(&t);
    struct request_new n = about_place(&t);
    send(&t, &t.s.citizen, &n);
    CHECK_INT(t.r.row.scope, t.place.row.scope);
    CHECK_INT(t.r.org.n, t.s.org.id.n);
    CHECK(sv_eq(t.r.phone, SV("10088880001")));
    CHECK(sv_starts(t.r.number, SV("S1121-")));
    CHECK_INT(t.r.accept_by.n, day_civil(2026, 11, 23).n);
    CHECK_INT(t.r.due.n, day_civil(2026, 12, 4).n);
    CHECK(!t.r.due_unsure);
    CHECK_INT(t.r.state, REQUEST_OPEN);
    MUST_FAIL(t.s.c, step(&t, &t.s.stranger, "withdraw", NULL), ERR_MISSING, "entity.missing");
}

TEST_DB(a_year_without_arrangement_is_counted_by_weekdays_and_says_so)
{
    struct told t;
    begin(&t);
    t.s.c->now = moment_at(day_civil(2027, 12, 27), 540);
    struct request_new n = about_place(&t);
    send(&t, &t.s.citizen, &n);
    CHECK(t.r.due_unsure);
    CHECK_INT(t.r.due.n, day_civil(2028, 1, 10).n);
}

TEST_DB(words_weigh_and_high_risk_has_a_day)
{
    struct told t;
    begin(&t);
    struct request_new n = about_place(&t);
    n.matter = SV("护理员打骂老人，老人身上有伤");
    send(&t, &t.s.citizen, &n);
    CHECK_INT(t.r.risk, RISK_HIGH);
    CHECK(sv_eq(t.r.risk_why, SV("内容中有“打骂”")));
    CHECK_INT(t.r.due.n, day_civil(2026, 11, 23).n);
    n.matter = SV("饭菜变质了");
    send(&t, &t.s.citizen, &n);
    CHECK_INT(t.r.risk, RISK_MIDDLE);
    n.matter = SV("想问几点开门");
    n.danger = true;
    send(&t, &t.s.citizen, &n);
    CHECK_INT(t.r.risk, RISK_HIGH);
}

TEST_DB(it_goes_to_the_station_is_answered_and_rated)
{
    struct told t;
    struct reply_input said = { SV("已更换保温箱，并向老人致歉") };
    begin(&t);
    struct request_new n = about_place(&t);
    send(&t, &t.s.citizen, &n);
    to_station(&t, "");
    struct request_task task = task_of(&t);
    CHECK(sv_eq(task.matter, n.matter));
    t.s.c->who = &t.s.manager;
    MUST_GO(t.s.c, entity_act(t.s.c, &request_task_entity, task.id.n, task.row.version,
                              SV("accept"), NULL, &task));
    MUST_GO(t.s.c, entity_act(t.s.c, &request_task_entity, task.id.n, task.row.version,
                              SV("reply"), &said, &task));
    again(&t);
    CHECK_INT(t.r.state, REQUEST_REPLIED);
    CHECK_INT(t.r.response, TIMELY_YES);
    CHECK_INT(t.r.finish, TIMELY_YES);
    CHECK(sv_eq(t.r.reply, said.reply));
    struct solved_input good = { SATISFIED_YES, SV("") };
    MUST_GO(t.s.c, step(&t, &t.s.citizen, "solved", &good));
    CHECK_INT(t.r.state, REQUEST_CLOSED);
    CHECK_INT(t.r.solved, SOLVED_YES);
}

TEST_DB(what_is_not_solved_begins_again)
{
    struct told t;
    struct reply_input said = { SV("已处理") };
    struct unsolved_input no = { SV("饭还是凉的") };
    begin(&t);
    struct request_new n = about_place(&t);
    send(&t, &t.s.citizen, &n);
    MUST_GO(t.s.c, step(&t, &t.street, "reply", &said));
    struct solved_input good = { SATISFIED_YES, SV("") };
    MUST_FAIL(t.s.c, step(&t, &t.street, "solved", &good), ERR_FORBIDDEN, "request.own_answer");
    t.s.c->now = moment_at(day_civil(2026, 11, 25), 540);
    MUST_GO(t.s.c, step(&t, &t.s.citizen, "not_solved", &no));
    CHECK_INT(t.r.state, REQUEST_OPEN);
    CHECK_INT(t.r.reopened, 1);
    CHECK_INT(t.r.response, TIMELY_WAITING);
    CHECK_INT(t.r.accept_by.n, day_civil(2026, 11, 26).n);
}

TEST_DB(it_is_put_off_once_with_a_reason)
{
    struct told t;
    begin(&t);
    struct request_new n = about_place(&t);
    send(&t, &t.s.citizen, &n);
    to_station(&t, "");
    MUST_FAULT(t.s.c, step(&t, &t.street, "extend", NULL), "step.reason");
    t.s.c->reason = SV("要等检测报告");
    MUST_GO(t.s.c, step(&t, &t.street, "extend", NULL));
    CHECK_INT(t.r.due.n, day_civil(2026, 12, 11).n);
    CHECK_INT(task_of(&t).due.n, t.r.due.n);
    MUST_FAIL(t.s.c, step(&t, &t.street, "extend", NULL), ERR_CONFLICT, "request.extended");
}

/* --- hidden --- */

/* How many rows of the entity this caller finds. */
static size_t finds(struct told *t, const struct who *who, const struct entity *e,
                    const char *query)
{
    struct query q;
    struct page page;
    t->s.c->who = who;
    MUST_GO(t->s.c, query_read(t->s.c, e, sv_of(query), &q));
    MUST_GO(t->s.c, entity_list(t->s.c, e, &q, &page));
    return page.n;
}

TEST_DB(who_hides_is_nowhere_to_be_found_by_the_station)
{
    struct told t;
    begin(&t);
    struct request_new n = about_place(&t);
    n.hidden = true;
    n.elder = t.s.wang.id;
    send(&t, &t.s.citizen, &n);
    struct route_input in = { .handler = t.s.org.id };
    MUST_FAULT(t.s.c, step(&t, &t.street, "route", &in), "request.gist");
    to_station(&t, "送餐到家时饭菜温度不够");
    struct request_task task = task_of(&t);
    CHECK(task.hidden);
    CHECK_INT(task.elder.n, 0);
    CHECK_INT((int64_t)(task.name.len + task.phone.len + task.matter.len), 0);
    CHECK_INT((int64_t)finds(&t, &t.s.manager, &request_entity, ""), 0);
    CHECK_INT((int64_t)finds(&t, &t.s.manager, &request_task_entity, ""), 1);
    CHECK_INT((int64_t)finds(&t, &t.s.manager, &work_item_entity, ""), 0);
    CHECK_INT((int64_t)finds(&t, &t.s.manager, &request_note_entity, ""), 0);
    CHECK_INT((int64_t)finds(&t, &t.s.other_manager, &request_task_entity, ""), 0);
    struct request_ticket r;
    t.s.c->who = &t.s.manager;
    MUST_FAIL(t.s.c, entity_get(t.s.c, &request_entity, t.r.id.n, &r), ERR_MISSING,
              "entity.missing");
    struct buf b = buf_new(test_mem(), 4000);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    MUST_GO(t.s.c, history_json(t.s.c, &j, "items", &request_task_entity, task.id.n));
    entity_json(t.s.c, &j, "task", &request_task_entity, &task, true);
    json_end(&j, '}');
    CHECK(sv_find(buf_sv(&b), SV("林静")) < 0);
    CHECK(sv_find(buf_sv(&b), SV("王秀英")) < 0);
    CHECK(sv_find(buf_sv(&b), SV("10088880001")) < 0);
}

TEST_DB(a_station_neither_routes_nor_says_solved)
{
    struct told t;
    struct reply_input said = { SV("已处理") };
    begin(&t);
    struct request_new n = about_place(&t);
    send(&t, &t.s.citizen, &n);
    MUST_FAIL(t.s.c, step(&t, &t.s.manager, "reply", &said), ERR_MISSING, "entity.missing");
    struct who elsewhere = t.street;
    elsewhere.ranges[0] = (struct scope_range){ 990101002000, 990101002999 };
    MUST_FAIL(t.s.c, step(&t, &elsewhere, "reply", &said), ERR_MISSING, "entity.missing");
}

/* --- what it is tied to --- */

TEST_DB(a_disputed_order_opens_one_and_its_end_ends_the_dispute)
{
    struct told t;
    struct care_order o;
    struct reply_input said = { SV("已按规定减收") };
    struct reason_input why = { SV("提前二十分钟走了") };
    begin(&t);
    struct order_new n = station_order(&t.s, &t.s.lunch_offer, 540);
    MUST_GO(t.s.c, station_place(&t.s, &t.s.citizen, &n, &o));
    t.s.c->who = &t.s.manager;
    t.s.c->now = moment_at(day_civil(2026, 11, 23), 560);
    MUST_GO(t.s.c, entity_act(t.s.c, &care_order_entity, o.id.n, o.row.version, SV("attend"),
                              NULL, &o));
    t.s.c->who = &t.s.citizen;
    MUST_GO(t.s.c, entity_act(t.s.c, &care_order_entity, o.id.n, o.row.version, SV("dispute"),
                              &why, &o));
    struct query q = { .size = 5 };
    struct page page;
    MUST_GO(t.s.c, entity_list(t.s.c, &request_entity, &q, &page));
    CHECK_INT((int64_t)page.n, 1);
    t.r = *(const struct request_ticket *)page.rows;
    CHECK_INT(t.r.care_order.n, o.id.n);
    CHECK(!t.r.hidden);
    MUST_GO(t.s.c, step(&t, &t.street, "reply", &said));
    struct solved_input good = { SATISFIED_PARTLY, SV("") };
    MUST_GO(t.s.c, step(&t, &t.s.citizen, "solved", &good));
    bool found;
    MUST_GO(t.s.c, entity_load(t.s.c, &care_order_entity, o.id.n, &o, &found));
    CHECK_INT(o.state, ORDER_CONFIRMED);
}

TEST_DB(the_second_about_an_elder_and_an_inspection_become_work_items)
{
    struct told t;
    begin(&t);
    struct request_new n = about_place(&t);
    n.elder = t.s.wang.id;
    send(&t, &t.s.citizen, &n);
    CHECK_INT((int64_t)finds(&t, &t.street, &work_item_entity, "kind=repeated"), 0);
    send(&t, &t.s.citizen, &n);
    CHECK_INT((int64_t)finds(&t, &t.street, &work_item_entity, "kind=repeated"), 1);
    send(&t, &t.s.citizen, &n);                       /* the third about the place */
    CHECK_INT((int64_t)finds(&t, &t.street, &work_item_entity, "kind=repeated"), 2);
    t.s.c->reason = SV("连续反映饭菜变质");
    MUST_GO(t.s.c, step(&t, &t.street, "inspect", NULL));
    CHECK_INT((int64_t)finds(&t, &t.street, &work_item_entity, "kind=inspection"), 1);
    CHECK_INT((int64_t)finds(&t, &t.s.manager, &work_item_entity, ""), 0);
    MUST_FAIL(t.s.c, step(&t, &t.street, "inspect", NULL), ERR_CONFLICT, "request.inspect_what");
}

TEST_DB(a_citizen_must_say_where_and_names_only_what_she_sees)
{
    struct told t;
    begin(&t);
    struct request_new n = about_place(&t);
    n.place.n = 0;
    t.s.c->who = &t.s.citizen;
    MUST_FAULT(t.s.c, request_open(t.s.c, &n, &t.r), "request.where");
    n.elder = t.s.wang.id;
    t.s.c->who = &t.s.stranger;
    MUST_FAIL(t.s.c, request_open(t.s.c, &n, &t.r), ERR_MISSING, "entity.missing");
}
