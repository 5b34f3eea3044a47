/* gathering_test.c - signing up, waiting one's turn, the door, and what is over. */

#include "care/gathering/grid.h"

#include "care/message/message.h"
#include "care/order/order_world_test.h"
#include "care/standing/pause.h"
#include "store/job.h"

/* A class on four Saturdays from 28 November, or an outing on that day, with so many places. */
static struct gathering held(struct station *s, enum gathering_kind kind, int64_t places)
{
    struct gathering g;
    struct catalogue_item item;
    record_clear(catalogue_item_fields, &item);
    item.row.scope = s->org.row.scope;
    item.name = item.plain_name = kind == GATHERING_CLASS ? SV("文体课程") : SV("外出活动");
    item.category = CATEGORY_COURSE;
    s->c->who = &who_house;
    MUST_GO(s->c, entity_create(s->c, &catalogue_item_entity, &item));
    record_clear(gathering_fields, &g);
    g.title = kind == GATHERING_CLASS ? SV("书法班") : SV("植物园一日游");
    g.kind = (int)kind;
    g.org = s->org.id;
    g.item = item.id;
    g.meets_at = SV("活动室");
    g.first_day = day_civil(2026, 11, 28);
    g.last_day = kind == GATHERING_CLASS ? day_civil(2026, 12, 19) : g.first_day;
    g.start_min = 540;
    g.end_min = 630;
    g.places = places;
    g.price.fen = 10000;
    MUST_GO(s->c, entity_create(s->c, &gathering_entity, &g));
    MUST_GO(s->c, entity_act(s->c, &gathering_entity, g.id.n, g.row.version, SV("submit"), NULL,
                             &g));
    g.submitted_by.n = 999;
    MUST_GO(s->c, entity_act(s->c, &gathering_entity, g.id.n, g.row.version, SV("publish"), NULL,
                             &g));
    return g;
}

static struct elder another(struct station *s, int n)
{
    struct elder e;
    record_clear(elder_fields, &e);
    e.row.scope = s->wang.row.scope;
    e.id.n = s->wang.id.n + n;
    e.name = SV("陈桂芬");
    e.birth = day_civil(1950, 5, n);
    e.phone = sv_fmt(test_mem(), "1001234%04d", n);
    MUST_GO(s->c, entity_bulk(s->c, &elder_entity, &e, 1));
    return e;
}

static struct enrolment signed_up(struct station *s, const struct gathering *g,
                                  struct elder_id elder)
{
    struct enrolment r;
    s->c->who = &s->staff;
    MUST_GO(s->c, gathering_enrol(s->c, g->id,
                                  &(struct enrol_new){ .elder = elder, .wait = true }, &r));
    return r;
}

static struct enrolment now(struct station *s, const struct enrolment *r)
{
    struct enrolment as;
    bool found;
    MUST_GO(s->c, entity_load(s->c, &enrolment_entity, r->id.n, &as, &found));
    return as;
}

static int64_t counted(struct station *s, const char *name)
{
    for (const struct invariant *i = offer_module.invariants; i->name; i++)
        if (sv_is(sv_of(i->name), name)) {
            struct rows r = db_rows(s->c, i->sql, NO_PARAMS);
            int64_t n = 0;
            while (rows_next(&r))
                n++;
            MUST_GO(s->c, rows_end(&r));
            return n;
        }
    return -1;
}

static void leave(struct station *s, struct care_order_id id)
{
    struct care_order o;
    struct reason_input why = { SV("不去了") };
    bool found;
    MUST_GO(s->c, entity_load(s->c, &care_order_entity, id.n, &o, &found));
    s->c->who = &s->manager;
    MUST_GO(s->c, entity_act(s->c, &care_order_entity, id.n, o.row.version, SV("cancel"), &why,
                             &o));
}

static void clock_does(struct station *s, const char *name)
{
    struct job_table table = { .kinds = gathering_module.jobs, .kinds_n = 3 };
    bool ran = false;
    int64_t job;
    s->c->who = &who_house;
    MUST_GO(s->c, db_commit(s->c));
    MUST_GO(s->c, job_add(s->c, name, SV("{}"), &job));
    MUST_GO(s->c, job_step(s->c, &table, &ran));
    CHECK(ran);
    MUST_GO(s->c, db_begin(s->c));
}

TEST_DB(the_place_that_frees_is_held_for_who_waited_first)
{
    struct station s = station_world();
    struct gathering g = held(&s, GATHERING_CLASS, 1);
    struct enrolment first = signed_up(&s, &g, s.wang.id);
    struct elder second = another(&s, 1), third = another(&s, 2), fourth = another(&s, 3);
    struct enrolment two = signed_up(&s, &g, second.id), three = signed_up(&s, &g, third.id);
    struct enrolment none;
    CHECK_INT(first.state, ENROLMENT_IN);
    CHECK_INT(two.state, ENROLMENT_WAITING);
    CHECK_INT(three.state, ENROLMENT_WAITING);
    MUST_FAIL(s.c, gathering_enrol(s.c, g.id, &(struct enrol_new){ .elder = s.wang.id }, &none),
              ERR_CONFLICT, "gathering.twice");
    leave(&s, first.care_order);
    CHECK_INT(now(&s, &first).state, ENROLMENT_LEFT);
    two = now(&s, &two);
    CHECK_INT(two.state, ENROLMENT_INVITED);
    CHECK_INT(two.answer_by.ms, s.c->now.ms + 24 * 3600000);
    CHECK_INT(now(&s, &three).state, ENROLMENT_WAITING);
    s.c->who = &s.staff;
    /* Nobody passes those who wait, for the place is held. */
    MUST_FAIL(s.c, gathering_enrol(s.c, g.id, &(struct enrol_new){ .elder = fourth.id }, &none),
              ERR_CONFLICT, "gathering.full");
    CHECK_INT(counted(&s, "slot_places"), 0);
    s.c->who = &s.manager;
    MUST_GO(s.c, entity_act(s.c, &enrolment_entity, two.id.n, two.row.version, SV("decline"), NULL,
                            &two));
    three = now(&s, &three);
    CHECK_INT(three.state, ENROLMENT_INVITED);
    MUST_GO(s.c, entity_act(s.c, &enrolment_entity, three.id.n, three.row.version, SV("accept"),
                            NULL, &three));
    CHECK_INT(three.state, ENROLMENT_IN);
    CHECK(three.care_order.n != 0);
    CHECK_INT(counted(&s, "slot_places"), 0);
}

TEST_DB(who_does_not_answer_in_time_makes_room_for_the_next)
{
    struct station s = station_world();
    struct gathering g = held(&s, GATHERING_CLASS, 1);
    struct enrolment first = signed_up(&s, &g, s.wang.id);
    struct enrolment two = signed_up(&s, &g, another(&s, 1).id);
    struct enrolment three = signed_up(&s, &g, another(&s, 2).id);
    leave(&s, first.care_order);
    two = now(&s, &two);
    s.c->now.ms = two.answer_by.ms + 1;
    s.c->who = &s.manager;
    MUST_FAIL(s.c, entity_act(s.c, &enrolment_entity, two.id.n, two.row.version, SV("accept"),
                              NULL, &two), ERR_CONFLICT, "gathering.too_late");
    clock_does(&s, "gathering.lapse");
    CHECK_INT(now(&s, &two).state, ENROLMENT_LAPSED);
    CHECK_INT(now(&s, &three).state, ENROLMENT_INVITED);
    CHECK_INT(counted(&s, "slot_places"), 0);
}

TEST_DB(more_places_let_in_who_waits)
{
    struct station s = station_world();
    struct gathering g = held(&s, GATHERING_CLASS, 1);
    struct enrolment first = signed_up(&s, &g, s.wang.id);
    struct enrolment two = signed_up(&s, &g, another(&s, 1).id);
    g.places = 3;
    s.c->who = &who_house;
    MUST_GO(s.c, entity_update(s.c, &gathering_entity, &g, g.row.version, "change"));
    CHECK_INT(now(&s, &two).state, ENROLMENT_INVITED);
    CHECK_INT(now(&s, &first).state, ENROLMENT_IN);
    g.places = 1;
    MUST_FAIL(s.c, entity_update(s.c, &gathering_entity, &g, g.row.version, "change"),
              ERR_INVALID, "fields.invalid");
    g.places = 3;
    g.price.fen = 1;
    MUST_FAIL(s.c, entity_update(s.c, &gathering_entity, &g, g.row.version, "change"),
              ERR_INVALID, "fields.invalid");
}

TEST_DB(an_outing_asks_for_what_it_needs)
{
    struct station s = station_world();
    struct gathering g = held(&s, GATHERING_OUTING, 10);
    struct enrolment r;
    struct enrol_new n = { .elder = s.wang.id };
    g.needs.bits = 7;
    g.age_min = 60;
    s.c->who = &who_house;
    MUST_GO(s.c, entity_update(s.c, &gathering_entity, &g, g.row.version, "change"));
    s.c->who = &s.citizen;
    MUST_FAIL(s.c, gathering_enrol(s.c, g.id, &n, &r), ERR_INVALID, "fields.invalid");
    n.consent = n.insured = true;
    n.emergency_name = SV("王小明");
    n.emergency_phone = SV("10012345679");
    MUST_GO(s.c, gathering_enrol(s.c, g.id, &n, &r));
    CHECK_INT(r.state, ENROLMENT_IN);
    CHECK_INT(r.account.n, s.citizen.account);
    s.c->who = &s.stranger;
    MUST_FAIL(s.c, gathering_enrol(s.c, g.id, &n, &r), ERR_MISSING, "elder.missing");
}

TEST_DB(a_pause_calls_an_outing_off_and_keeps_the_place_in_a_class)
{
    struct station s = station_world();
    struct gathering lesson = held(&s, GATHERING_CLASS, 5), trip = held(&s, GATHERING_OUTING, 5);
    struct enrolment a = signed_up(&s, &lesson, s.wang.id), b = signed_up(&s, &trip, s.wang.id);
    struct pause p;
    s.c->who = &s.citizen;
    MUST_GO(s.c, pause_begin(s.c, &(struct pause_new){ .elder = s.wang.id, .kind = PAUSE_HOSPITAL,
        .from_day = day_civil(2026, 11, 27), .until_day = day_civil(2026, 11, 30) }, &p));
    CHECK_INT(now(&s, &a).state, ENROLMENT_IN);
    CHECK_INT(now(&s, &b).state, ENROLMENT_LEFT);
    struct enrolment none;
    s.c->who = &s.staff;
    MUST_FAIL(s.c, gathering_enrol(s.c, trip.id, &(struct enrol_new){ .elder = s.wang.id }, &none),
              ERR_INVALID, "fields.invalid");
}

TEST_DB(one_signs_in_once_a_day_by_digits_and_other_stations_cannot)
{
    struct station s = station_world();
    struct gathering g = held(&s, GATHERING_CLASS, 5);
    struct enrolment a = signed_up(&s, &g, s.wang.id);
    struct signed_in in;
    struct sign_in five = { .day = DAY_NONE, .code = SV("5678") };
    struct sign_in tick = { .day = DAY_NONE, .enrolment = a.id };
    s.c->now = moment_at(day_civil(2026, 11, 28), 530);
    s.c->who = &s.other_manager;
    MUST_FAIL(s.c, gathering_sign_in(s.c, g.id, &five, &in), ERR_MISSING, "gathering.missing");
    s.c->who = &s.manager;
    MUST_GO(s.c, gathering_sign_in(s.c, g.id, &five, &in));
    CHECK_INT(in.n, 1);
    CHECK_INT(in.made.enrolment.n, a.id.n);
    CHECK_INT(in.made.way, ATTEND_DIGITS);
    CHECK(!in.before);
    MUST_GO(s.c, gathering_sign_in(s.c, g.id, &tick, &in));
    CHECK(in.before);
    five.code = SV("0000");
    MUST_FAIL(s.c, gathering_sign_in(s.c, g.id, &five, &in), ERR_INVALID, "fields.invalid");
    MUST_FAIL(s.c, gathering_sign_in(s.c, g.id, &(struct sign_in){ .enrolment = a.id,
              .day = day_civil(2026, 11, 29) }, &in), ERR_INVALID, "fields.invalid");
}

TEST_DB(who_came_when_stands_by_names_and_dates)
{
    struct station s = station_world();
    struct gathering g = held(&s, GATHERING_CLASS, 5);
    struct enrolment a = signed_up(&s, &g, s.wang.id);
    struct gathering_grid *grid = NEW(test_mem(), struct gathering_grid, 1);
    struct signed_in in;
    struct sign_in tick = { .day = DAY_NONE, .enrolment = a.id };
    s.c->now = moment_at(day_civil(2026, 11, 28), 530);
    s.c->who = &s.manager;
    MUST_GO(s.c, gathering_sign_in(s.c, g.id, &tick, &in));
    MUST_GO(s.c, gathering_grid_read(s.c, &g, grid));
    CHECK_INT(grid->lines_n, 1);
    CHECK_INT(grid->lines[0].times, 1);
    size_t first = 0;
    while (first < grid->days_n && grid->days[first].n != day_civil(2026, 11, 28).n)
        first++;
    CHECK_INT(grid->came[first], 1);
    struct day later = { day_civil(2026, 11, 28).n + 8 };
    CHECK_TEXT(gathering_grid_cell(grid, 0, first, later), "√");
    CHECK_TEXT(gathering_grid_cell(grid, 0, first + 1, later), "—");
    CHECK_TEXT(gathering_grid_cell(grid, 0, first + 1, day_of(s.c->now)), "");
    CHECK_TEXT(gathering_grid_day(test_mem(), grid->days[first]), "11/28");
}

TEST_DB(who_came_once_was_served_and_who_never_came_pays_by_the_rule)
{
    struct station s = station_world();
    struct gathering g = held(&s, GATHERING_CLASS, 5);
    struct enrolment a = signed_up(&s, &g, s.wang.id), b = signed_up(&s, &g, another(&s, 1).id);
    struct signed_in in;
    struct care_order o;
    bool found;
    s.c->now = moment_at(day_civil(2026, 12, 5), 545);
    s.c->who = &s.manager;
    MUST_GO(s.c, gathering_sign_in(s.c, g.id, &(struct sign_in){ .day = day_of(s.c->now),
                                                                 .enrolment = a.id }, &in));
    s.c->now = moment_at(day_civil(2026, 12, 28), 90);
    clock_does(&s, "gathering.settle");
    CHECK_INT(now(&s, &a).state, ENROLMENT_DONE);
    CHECK_INT(now(&s, &b).state, ENROLMENT_ABSENT);
    MUST_GO(s.c, entity_load(s.c, &care_order_entity, a.care_order.n, &o, &found));
    CHECK_INT(o.state, ORDER_SERVED);
    MUST_GO(s.c, entity_load(s.c, &care_order_entity, b.care_order.n, &o, &found));
    CHECK_INT(o.state, ORDER_CANCELLED);
    CHECK_INT(o.cancel_fee.fen, 5000);
}

TEST_DB(withdrawn_it_lets_everybody_go_free_of_charge)
{
    struct station s = station_world();
    struct gathering g = held(&s, GATHERING_CLASS, 1);
    struct enrolment a = signed_up(&s, &g, s.wang.id), b = signed_up(&s, &g, another(&s, 1).id);
    struct care_order o;
    bool found;
    s.c->who = &who_house;
    s.c->reason = SV("老师病了");
    MUST_GO(s.c, entity_act(s.c, &gathering_entity, g.id.n, g.row.version, SV("withdraw"), NULL,
                            &g));
    CHECK_INT(now(&s, &a).state, ENROLMENT_LEFT);
    CHECK_INT(now(&s, &b).state, ENROLMENT_LEFT);
    MUST_GO(s.c, entity_load(s.c, &care_order_entity, a.care_order.n, &o, &found));
    CHECK_INT(o.state, ORDER_CANCELLED);
    CHECK_INT(o.cancel_fee.fen, 0);
    CHECK_INT(counted(&s, "slot_places"), 0);
}

TEST(a_class_meets_every_week_but_where_it_skips)
{
    struct gathering g = { .kind = GATHERING_CLASS, .first_day = day_civil(2026, 11, 28),
                           .last_day = day_civil(2026, 12, 19), .skips = SV("2026-12-05"),
                           .start_min = 540, .end_min = 630 };
    struct day days[GATHERING_DAYS_MAX];
    CHECK_INT(gathering_days(&g, days), 3);
    CHECK(!gathering_meets(&g, day_civil(2026, 12, 5)));
    CHECK(gathering_meets(&g, day_civil(2026, 12, 12)));
    CHECK(!gathering_meets(&g, day_civil(2026, 12, 13)));
    struct sv when = gathering_when(test_mem(), &g, LANG_ZH);
    CHECK(sv_is(when, "每周六 09:00–10:30，11月28日至12月19日，共 3 次"));
    CHECK(!gathering_skips_check(SV("5 December")));
}
