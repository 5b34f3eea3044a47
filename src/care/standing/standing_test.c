/* standing_test.c - a rule makes its orders once, skips, changes, ends; a pause stops all. */

#include "care/agreement/agreement.h"
#include "care/calendar/calendar.h"
#include "care/carer/staff.h"
#include "care/order/order_world_test.h"
#include "care/signal/signal.h"
#include "care/standing/pause.h"
#include "care/standing/begin.h"
#include "care/standing/standing.h"
#include "store/build.h"

/* 2026-11-21 is a Saturday; the offers of the station have Mo-Sa 08:00-12:00, hourly. */
#define MONDAY day_civil(2026, 11, 23)

/* The station has an agreement with her, and so sees her. */
static struct station signed_by_her(void)
{
    struct station s = station_world();
    struct agreement a;
    record_clear(agreement_fields, &a);
    a.row.scope = s.wang.row.scope;
    a.id.n = id_make(s.c->now.ms, 12, 1);
    a.elder = s.wang.id;
    a.org = s.org.id;
    a.valid_from = day_civil(2026, 1, 1);
    a.valid_to = day_civil(2026, 12, 31);
    a.state = AGREEMENT_ACTIVE;
    MUST_GO(s.c, entity_bulk(s.c, &agreement_entity, &a, 1));
    return s;
}

/* A week ahead is what these tests count. */
static struct station signed_up(void)
{
    struct station s = signed_by_her();
    station_rule(&s, "standing.ahead_days", "7");
    return s;
}

static struct standing_new weekly(const struct station *s, const struct offer *o, uint64_t days)
{
    return (struct standing_new){ .offer = o->id, .elder = s->wang.id, .weekdays = { days },
                                  .start_min = 540, .quantity = 1, .from_day = MONDAY,
                                  .until_day = DAY_NONE };
}

enum { MON = 1, TUE = 2, WED = 4, THU = 8, FRI = 16, SAT = 32, SUN = 64 };

static enum err begin(struct station *s, const struct who *who, const struct standing_new *n,
                      struct standing *ret)
{
    s->c->who = who;
    enum err e = standing_begin(s->c, n, ret);
    s->c->who = &who_house;
    return e;
}

static enum err act(struct station *s, const struct who *who, const struct entity *e, int64_t id,
                    const char *action, const void *input, void *row)
{
    bool found;
    MUST_GO(s->c, entity_load(s->c, e, id, row, &found));
    int64_t version = ((const struct row *)((const char *)row + sizeof(int64_t)))->version;
    s->c->who = who;
    enum err err = entity_act(s->c, e, id, version, sv_of(action), input, row);
    s->c->who = &who_house;
    return err;
}

/* Orders of the rule (0: of any) in a state. */
static int64_t orders(struct station *s, int64_t rule, const char *state)
{
    struct build b = build_new(s->c);
    build_sql(&b, "SELECT count(*) FROM care_order WHERE ended_at IS NULL AND state = ");
    build_value(&b, V_TEXT(sv_of(state)));
    if (rule) {
        build_sql(&b, " AND standing = ");
        build_value(&b, V_INT(rule));
    }
    struct rows r = build_rows(s->c, &b);
    int64_t n = rows_next(&r) ? rows_int(&r, 0) : -1;
    MUST_GO(s->c, rows_end(&r));
    return n;
}

static struct standing_day day_row(struct station *s, const struct standing *rule, struct day day)
{
    struct standing_day d;
    bool found;
    MUST_GO(s->c, standing_day_of(s->c, rule->id, day, &d, &found));
    if (!found)
        d.state = -1;
    return d;
}

TEST_DB(a_rule_makes_two_weeks_of_orders_where_nobody_says_otherwise)
{
    struct station s = signed_by_her();
    struct standing_new n = weekly(&s, &s.bath_offer, MON | THU);
    struct standing made;
    MUST_GO(s.c, begin(&s, &s.manager, &n, &made));
    CHECK_INT(orders(&s, made.id.n, "accepted"), 4);
}

TEST_DB(a_rule_of_the_station_makes_the_week_ahead_once)
{
    struct station s = signed_up();
    struct standing rule;
    struct standing_new n = weekly(&s, &s.lunch_offer, MON | WED | FRI);
    MUST_GO(s.c, begin(&s, &s.manager, &n, &rule));
    CHECK_INT(rule.state, STANDING_ACTIVE);
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 3);
    MUST_GO(s.c, standing_make(s.c, &rule));
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 3);
    s.c->now = moment_at(day_civil(2026, 11, 23), 1200);     /* Monday evening */
    MUST_GO(s.c, standing_make(s.c, &rule));
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 4);         /* and the next Monday */
    CHECK_TEXT(standing_words(test_mem(), &rule, LANG_ZH), "每周一、三、五 09:00");
}

TEST_DB(the_pair_of_rule_and_day_is_unique)
{
    struct station s = signed_up();
    struct standing rule;
    struct standing_new n = weekly(&s, &s.lunch_offer, MON);
    MUST_GO(s.c, begin(&s, &s.manager, &n, &rule));
    struct standing_day d = day_row(&s, &rule, MONDAY), twin = d;
    CHECK_INT(d.state, DAY_MADE);
    twin.id.n = 0;
    twin.row = (struct row){ .scope = d.row.scope };
    MUST_FAIL(s.c, entity_create_by_rule(s.c, &standing_day_entity, &twin), ERR_CONFLICT,
              "standing.day_once");
}

TEST_DB(what_a_citizen_asks_for_waits_for_the_station)
{
    struct station s = signed_up();
    struct standing rule;
    struct standing_new n = weekly(&s, &s.lunch_offer, MON);
    MUST_GO(s.c, begin(&s, &s.citizen, &n, &rule));
    CHECK_INT(rule.state, STANDING_ASKED);
    CHECK_INT(orders(&s, 0, "accepted"), 0);
    CHECK_INT(act(&s, &s.other_manager, &standing_entity, rule.id.n, "accept", NULL, &rule),
              ERR_MISSING);
    ctx_forgive(s.c);
    MUST_GO(s.c, act(&s, &s.manager, &standing_entity, rule.id.n, "accept", NULL, &rule));
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 1);
    struct care_order o;
    s.c->who = &s.citizen;
    MUST_GO(s.c, entity_get(s.c, &care_order_entity, day_row(&s, &rule, MONDAY).care_order.n, &o));
    CHECK_INT(o.account.n, 70);
    CHECK_INT(o.told, TOLD_AGREED);
}

TEST_DB(a_stranger_begins_no_rule_for_her_and_changes_none)
{
    struct station s = signed_up();
    struct standing rule;
    struct standing_new n = weekly(&s, &s.lunch_offer, MON);
    CHECK_INT(begin(&s, &s.stranger, &n, &rule), ERR_MISSING);
    ctx_forgive(s.c);
    MUST_GO(s.c, begin(&s, &s.citizen, &n, &rule));
    struct standing_end_input end = { MONDAY, SV("不要了") };
    CHECK_INT(act(&s, &s.stranger, &standing_entity, rule.id.n, "end", &end, &rule), ERR_MISSING);
    ctx_forgive(s.c);
}

TEST_DB(a_time_the_week_does_not_have_is_named_by_its_day)
{
    struct station s = signed_up();
    struct standing rule;
    struct standing_new n = weekly(&s, &s.lunch_offer, MON | SUN);
    CHECK_INT(begin(&s, &s.manager, &n, &rule), ERR_INVALID);
    CHECK_TEXT(s.c->fault.fields[0].field, "start_min");
    CHECK_TEXT(s.c->fault.fields[0].arg0, "周日");
    ctx_forgive(s.c);
    n.weekdays.bits = 0;
    CHECK_INT(begin(&s, &s.manager, &n, &rule), ERR_INVALID);
    CHECK_TEXT(s.c->fault.fields[0].field, "weekdays");
    ctx_forgive(s.c);
}

TEST_DB(a_full_slot_fails_that_day_alone_and_is_tried_again)
{
    struct station s = signed_up();
    struct standing rule;
    struct care_order other[2];
    for (int i = 0; i < 2; i++) {
        struct order_new n = station_order(&s, &s.bath_offer, 540);
        MUST_GO(s.c, station_place(&s, &s.citizen, &n, &other[i]));
    }
    struct standing_new n = weekly(&s, &s.bath_offer, MON | TUE);
    MUST_GO(s.c, begin(&s, &s.manager, &n, &rule));
    struct standing_day monday = day_row(&s, &rule, MONDAY);
    CHECK_INT(monday.state, DAY_FAILED);
    CHECK_TEXT(monday.why, "这个时段已约满，请换一个时间");
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 1);
    struct reason_input gone = { SV("不要了") };
    MUST_GO(s.c, act(&s, &s.citizen, &care_order_entity, other[0].id.n, "cancel", &gone,
                     &other[0]));
    MUST_GO(s.c, act(&s, &s.manager, &standing_day_entity, monday.id.n, "again", NULL, &monday));
    CHECK_INT(monday.state, DAY_MADE);
    CHECK_INT(monday.tries, 2);
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 2);
}

TEST_DB(another_price_is_asked_about_first)
{
    struct station s = signed_up();
    struct standing rule;
    struct standing_new n = weekly(&s, &s.bath_offer, MON);
    MUST_GO(s.c, begin(&s, &s.citizen, &n, &rule));
    s.bath_offer.price.fen = 9000;
    bool found;
    struct offer o;
    MUST_GO(s.c, entity_load(s.c, &offer_entity, s.bath_offer.id.n, &o, &found));
    o.price.fen = 9000;
    s.c->who = &who_house;
    MUST_GO(s.c, entity_update_by_rule(s.c, &offer_entity, &o, o.row.version, "price"));
    MUST_GO(s.c, act(&s, &s.manager, &standing_entity, rule.id.n, "accept", NULL, &rule));
    CHECK_INT(day_row(&s, &rule, MONDAY).state, DAY_FAILED);
    CHECK_TEXT(day_row(&s, &rule, MONDAY).why,
               "单价已变化（约定 80 元，现价 90 元），请征得同意后按“同意现价”");
    MUST_GO(s.c, act(&s, &s.citizen, &standing_entity, rule.id.n, "agree_price", NULL, &rule));
    CHECK_INT(day_row(&s, &rule, MONDAY).state, DAY_MADE);
}

TEST_DB(a_second_meal_of_a_day_is_asked_about_not_ordered_in_full)
{
    struct station s = signed_up();
    struct standing rule;
    struct care_order lunch;
    struct order_new at = station_order(&s, &s.lunch_offer, 480);
    MUST_GO(s.c, station_place(&s, &s.citizen, &at, &lunch));
    CHECK_INT(lunch.subsidy.fen, 500);
    struct standing_new n = weekly(&s, &s.lunch_offer, MON | TUE);
    MUST_GO(s.c, begin(&s, &s.manager, &n, &rule));
    CHECK_INT(day_row(&s, &rule, MONDAY).state, DAY_FAILED);
    CHECK_TEXT(day_row(&s, &rule, MONDAY).why, "这位老人当天已享受过助餐补贴，每天只能一次");
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 1);
}

TEST_DB(who_is_wished_for_is_sent_and_when_away_nobody_is)
{
    struct station s = signed_up();
    struct standing rule;
    struct standing_new n = weekly(&s, &s.bath_offer, MON | TUE);
    n.carer_wish = s.mei.id;
    bool found;
    MUST_GO(s.c, entity_load(s.c, &carer_entity, s.mei.id.n, &s.mei, &found));
    s.mei.away_from = s.mei.away_to = MONDAY;
    MUST_GO(s.c, entity_update_by_rule(s.c, &carer_entity, &s.mei, s.mei.row.version, "away"));
    MUST_GO(s.c, begin(&s, &s.manager, &n, &rule));
    CHECK_INT(orders(&s, rule.id.n, "assigned"), 1);
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 1);
    CHECK_INT(day_row(&s, &rule, MONDAY).state, DAY_MADE);
    CHECK_TEXT(day_row(&s, &rule, MONDAY).why, "这位护理员当天休假");
}

TEST_DB(one_day_is_skipped_and_had_again)
{
    struct station s = signed_up();
    struct standing rule;
    struct standing_new n = weekly(&s, &s.lunch_offer, MON | WED);
    struct skip_input monday = { MONDAY }, tuesday = { { MONDAY.n + 1 } };
    MUST_GO(s.c, begin(&s, &s.manager, &n, &rule));
    MUST_GO(s.c, act(&s, &s.citizen, &standing_entity, rule.id.n, "skip", &monday, &rule));
    CHECK_INT(orders(&s, rule.id.n, "cancelled"), 1);
    MUST_GO(s.c, standing_make(s.c, &rule));
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 1);
    CHECK_INT(act(&s, &s.citizen, &standing_entity, rule.id.n, "skip", &tuesday, &rule),
              ERR_INVALID);
    ctx_forgive(s.c);
    MUST_GO(s.c, act(&s, &s.citizen, &standing_entity, rule.id.n, "unskip", &monday, &rule));
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 2);
}

TEST_DB(a_change_from_a_day_on_is_another_rule)
{
    struct station s = signed_up();
    struct standing rule, next;
    struct standing_new n = weekly(&s, &s.lunch_offer, MON | WED | FRI);
    MUST_GO(s.c, begin(&s, &s.manager, &n, &rule));
    struct standing_change_input in = { { MONDAY.n + 2 }, { THU }, 600, 2, WISH_NONE, { 0 } };
    MUST_GO(s.c, act(&s, &s.manager, &standing_entity, rule.id.n, "change", &in, &rule));
    CHECK_INT(rule.until_day.n, MONDAY.n + 1);
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 1);         /* Monday's stands */
    CHECK_INT(orders(&s, rule.id.n, "cancelled"), 2);
    struct query q = { .size = 5 };
    struct page page;
    MUST_GO(s.c, entity_list(s.c, &standing_entity, &q, &page));
    next = ((const struct standing *)page.rows)[0];
    CHECK_INT(next.replaces.n, rule.id.n);
    CHECK_INT(orders(&s, next.id.n, "accepted"), 1);
    CHECK_INT(day_row(&s, &next, (struct day){ MONDAY.n + 3 }).state, DAY_MADE);
}

TEST_DB(a_rule_ends_with_its_orders_behind_the_last_day)
{
    struct station s = signed_up();
    struct standing rule;
    struct standing_new n = weekly(&s, &s.lunch_offer, MON | WED | FRI);
    MUST_GO(s.c, begin(&s, &s.manager, &n, &rule));
    struct standing_end_input end = { { MONDAY.n + 1 }, SV("搬去女儿家") };
    MUST_GO(s.c, act(&s, &s.citizen, &standing_entity, rule.id.n, "end", &end, &rule));
    CHECK_INT(rule.state, STANDING_ACTIVE);
    CHECK_INT(orders(&s, rule.id.n, "cancelled"), 2);
    s.c->now = moment_at((struct day){ MONDAY.n + 2 }, 480);
    MUST_GO(s.c, standing_make(s.c, &rule));
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 1);
}

TEST(holidays_are_left_out_kept_or_served_the_day_before)
{
    struct calendar_mark marks[] = { { (int32_t)MONDAY.n + 2, DAY_HOLIDAY } };
    struct calendar k = { marks, 1 };
    struct standing rule = { .weekdays = { MON | WED }, .from_day = MONDAY, .until_day = DAY_NONE };
    struct day wednesday = { MONDAY.n + 2 };
    CHECK(!day_known(standing_served_on(&rule, &k, wednesday)));
    rule.holidays = HOLIDAY_KEEP;
    CHECK_INT(standing_served_on(&rule, &k, wednesday).n, wednesday.n);
    rule.holidays = HOLIDAY_DAY_BEFORE;
    CHECK_INT(standing_served_on(&rule, &k, wednesday).n, wednesday.n - 1);
    rule.weekdays.bits |= TUE;                       /* served on Tuesday anyway */
    CHECK(!day_known(standing_served_on(&rule, &k, wednesday)));
}

TEST_DB(a_pause_stops_all_and_what_it_stopped_comes_back)
{
    struct station s = signed_up();
    struct standing rule;
    struct care_order own;
    struct pause p;
    bool paused;
    struct standing_new n = weekly(&s, &s.lunch_offer, MON | WED | FRI);
    struct order_new bath = station_order(&s, &s.bath_offer, 600);
    MUST_GO(s.c, begin(&s, &s.manager, &n, &rule));
    MUST_GO(s.c, station_place(&s, &s.citizen, &bath, &own));
    struct pause_new in = { s.wang.id, PAUSE_HOSPITAL, MONDAY, { MONDAY.n + 3 }, SV("") };
    s.c->who = &s.citizen;
    MUST_GO(s.c, pause_begin(s.c, &in, &p));
    s.c->who = &who_house;
    CHECK_INT(p.called_off, 3);                      /* two lunches and the bath */
    CHECK_INT(orders(&s, 0, "cancelled"), 3);
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 1); /* Friday's */
    MUST_GO(s.c, elder_paused(s.c, s.wang.id, (struct day){ MONDAY.n + 3 }, &paused));
    CHECK(paused);
    MUST_GO(s.c, elder_paused(s.c, s.wang.id, (struct day){ MONDAY.n + 4 }, &paused));
    CHECK(!paused);
    MUST_GO(s.c, standing_make(s.c, &rule));
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 1);
    s.c->now = moment_at(MONDAY, 700);
    struct { struct day day; } again = { { MONDAY.n + 2 } };
    MUST_GO(s.c, act(&s, &s.citizen, &pause_entity, p.id.n, "resume", &again, &p));
    CHECK_INT(p.state, PAUSE_ENDED);
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 3); /* Wednesday, Friday, Monday in a week */
}

TEST_DB(a_longer_pause_calls_off_more_and_one_at_a_time)
{
    struct station s = signed_up();
    struct standing rule;
    struct pause p, second;
    struct standing_new n = weekly(&s, &s.lunch_offer, MON | WED | FRI);
    MUST_GO(s.c, begin(&s, &s.manager, &n, &rule));
    struct pause_new in = { s.wang.id, PAUSE_AWAY, MONDAY, MONDAY, SV("") };
    s.c->who = &s.manager;
    MUST_GO(s.c, pause_begin(s.c, &in, &p));
    CHECK_INT(p.called_off, 1);
    MUST_GO(s.c, db_savepoint(s.c));
    MUST_FAIL(s.c, pause_begin(s.c, &in, &second), ERR_CONFLICT, "pause.twice");
    MUST_GO(s.c, db_savepoint_undo(s.c));
    struct { struct day until_day; } open = { DAY_NONE };
    MUST_GO(s.c, act(&s, &s.manager, &pause_entity, p.id.n, "extend", &open, &p));
    CHECK_INT(p.called_off, 3);
    CHECK(!day_known(p.until_day));
    CHECK_INT(p.ask_on.n, day_of(s.c->now).n + 7);
}

TEST_DB(a_pause_withdrawn_was_never_there)
{
    struct station s = signed_up();
    struct standing rule;
    struct pause p;
    bool paused;
    struct standing_new n = weekly(&s, &s.lunch_offer, MON | WED | FRI);
    MUST_GO(s.c, begin(&s, &s.manager, &n, &rule));
    struct pause_new in = { s.wang.id, PAUSE_AWAY, MONDAY, DAY_NONE, SV("") };
    s.c->who = &s.manager;
    MUST_GO(s.c, pause_begin(s.c, &in, &p));
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 0);
    s.c->reason = SV("登记错了人");
    MUST_GO(s.c, act(&s, &s.manager, &pause_entity, p.id.n, "withdraw", NULL, &p));
    MUST_GO(s.c, elder_paused(s.c, s.wang.id, MONDAY, &paused));
    CHECK(!paused);
    CHECK_INT(orders(&s, rule.id.n, "accepted"), 3);
}

TEST_DB(a_stranger_pauses_nobody)
{
    struct station s = station_world();
    struct pause p;
    struct pause_new in = { s.wang.id, PAUSE_AWAY, MONDAY, DAY_NONE, SV("") };
    s.c->who = &s.stranger;
    MUST_FAIL(s.c, pause_begin(s.c, &in, &p), ERR_MISSING, "elder.missing");
    s.c->who = &s.other_manager;
    MUST_FAIL(s.c, pause_begin(s.c, &in, &p), ERR_MISSING, "entity.missing");
}

static int64_t work_items(struct station *s)
{
    struct query q = { .size = 1, .total = true };
    struct page page;
    s->c->who = &who_house;
    MUST_GO(s->c, entity_list(s->c, &work_item_entity, &q, &page));
    return page.total;
}

TEST_DB(nobody_opens_at_one_who_is_in_hospital_and_no_alarm_is_raised)
{
    static const struct not_met_input nobody = { .note = SV_INIT("敲门无人") };
    struct station s = station_world();
    struct care_order o;
    struct visit v;
    struct pause p;
    bool found;
    struct order_new n = station_order(&s, &s.bath_offer, 540);
    struct assign_input mei = { s.mei.id };
    MUST_GO(s.c, station_place(&s, &s.citizen, &n, &o));
    MUST_GO(s.c, act(&s, &s.manager, &care_order_entity, o.id.n, "assign", &mei, &o));
    MUST_GO(s.c, order_visit_of(s.c, &o, &v, &found));
    s.c->now = moment_at(MONDAY, 550);       /* she was taken away this morning, we hear it late */
    struct pause_new in = { s.wang.id, PAUSE_HOSPITAL, MONDAY, DAY_NONE, SV("") };
    s.c->who = &s.citizen;
    MUST_GO(s.c, pause_begin(s.c, &in, &p));
    CHECK_INT(p.called_off, 0);              /* its time has come: it is not called off any more */
    MUST_GO(s.c, act(&s, &s.manager, &visit_entity, v.id.n, "not_met", &nobody, &v));
    CHECK_INT(work_items(&s), 0);
}
