/* package_test.c - a package is made, signed up for, ordered from, renewed and ended. */

#include "care/package/plan.h"

#include "base/id.h"
#include "base/json.h"
#include "care/agreement/agreement.h"
#include "care/order/order_world_test.h"
#include "care/standing/begin.h"
#include "care/standing/pause.h"
#include "model/jobs.h"
#include "store/build.h"

/* 2026-11-21 is a Saturday, 09:00; the offers have Mo-Sa 08:00-12:00, hourly. */
#define MONDAY day_civil(2026, 11, 23)

struct made {
    struct station s;
    struct ctx *c;
    struct service_package of;
    struct package_item bath;
};

static void sign(struct station *s)
{
    struct agreement a;
    record_clear(agreement_fields, &a);
    a.row.scope = s->wang.row.scope;
    a.id.n = id_make(s->c->now.ms, 12, 1);
    a.elder = s->wang.id;
    a.org = s->org.id;
    a.valid_from = day_civil(2026, 1, 1);
    a.valid_to = day_civil(2027, 12, 31);
    a.state = AGREEMENT_ACTIVE;
    MUST_GO(s->c, entity_bulk(s->c, &agreement_entity, &a, 1));
}

static struct service_package row(const struct station *s, int payer)
{
    struct service_package p;
    record_clear(service_package_fields, &p);
    p.row.scope = s->wang.row.scope / 1000 * 1000;
    p.org = payer == PACKAGE_GOVERNMENT ? (struct organisation_id){ 0 } : s->org.id;
    p.name = SV("洗澡包");
    p.kinds.bits = UINT64_C(1) << PACKAGE_CARE;
    p.groups.bits = UINT64_C(1) << FLAG_MINIMUM_INCOME;
    p.payer = payer;
    p.months = 3;
    p.valid_from = day_civil(2026, 1, 1);
    p.source = SV("试行办法，待核");
    return p;
}

static void act(struct made *m, const struct who *who, const struct entity *e, int64_t id,
                const char *action, const void *input, void *ret)
{
    bool found;
    MUST_GO(m->c, entity_load(m->c, e, id, ret, &found));
    int64_t version = ((const struct row *)((const char *)ret + sizeof(int64_t)))->version;
    m->c->who = who;
    MUST_GO(m->c, entity_act(m->c, e, id, version, sv_of(action), input, ret));
    m->c->who = &who_house;
}

static struct package_item item(struct made *m, struct catalogue_item_id of, int64_t times,
                                int period, int64_t own_fen)
{
    struct package_item i;
    record_clear(package_item_fields, &i);
    i.service_package = m->of.id;
    i.item = of;
    i.times = times;
    i.period = period;
    i.own_price.fen = own_fen;
    MUST_GO(m->c, entity_create(m->c, &package_item_entity, &i));
    return i;
}

static const struct who director = { .account = 50, .role = ROLE_DIRECTOR, .ranges_n = 1,
                                     .ranges = { { 990101000000, 990101999999 } } };

static void publish(struct made *m)
{
    struct service_package p;
    act(m, &who_house, &service_package_entity, m->of.id.n, "submit", NULL, &p);
    act(m, &director, &service_package_entity, m->of.id.n, "publish", NULL, &m->of);
}

/* One bath a week, of which she pays 20 yuan. */
static struct made made(int payer)
{
    struct made m = { .s = station_world() };
    station_rule(&m.s, "standing.ahead_days", "7");
    m.c = m.s.c;
    sign(&m.s);
    m.of = row(&m.s, payer);
    MUST_GO(m.c, entity_create(m.c, &service_package_entity, &m.of));
    m.bath = item(&m, m.s.bath.id, 1, QUOTA_WEEK, 2000);
    publish(&m);
    return m;
}

static struct plan_new mondays(const struct made *m)
{
    struct sv lines = sv_fmt(test_mem(), "[{\"package_item\":\"%lld\",\"weekdays\":[\"mon\"],"
                             "\"start_min\":540}]", (long long)m->bath.id.n);
    return (struct plan_new){ .service_package = m->of.id, .elder = m->s.wang.id,
                              .org = m->s.org.id, .from_day = MONDAY, .lines = { lines } };
}

static enum err begin(struct made *m, const struct who *who, struct package_plan *ret)
{
    struct plan_new n = mondays(m);
    m->c->who = who;
    enum err e = plan_begin(m->c, &n, ret);
    m->c->who = &who_house;
    return e;
}

/* The order of the plan on a day. */
static struct care_order order_on(struct made *m, struct day day)
{
    struct build b = build_new(m->c);
    struct care_order o;
    bool found;
    build_sql(&b, "SELECT COALESCE(MAX(id), 0) FROM care_order WHERE state = 'accepted'"
                  " AND day = ");
    build_value(&b, V_INT(day.n));
    struct rows r = build_rows(m->c, &b);
    int64_t id = rows_next(&r) ? rows_int(&r, 0) : 0;
    MUST_GO(m->c, rows_end(&r));
    MUST_GO(m->c, entity_load(m->c, &care_order_entity, id, &o, &found));
    if (!found)
        record_clear(care_order_fields, &o);
    return o;
}

static int64_t rules_living(struct made *m)
{
    struct build b = build_new(m->c);
    build_sql(&b, "SELECT COUNT(*) FROM standing_order WHERE state = 'active'"
                  " AND plan IS NOT NULL");
    struct rows r = build_rows(m->c, &b);
    int64_t n = rows_next(&r) ? rows_int(&r, 0) : -1;
    MUST_GO(m->c, rows_end(&r));
    return n;
}

static struct standing the_rule(struct made *m)
{
    struct build b = build_new(m->c);
    struct standing s;
    bool found;
    build_sql(&b, "SELECT MAX(id) FROM standing_order WHERE plan IS NOT NULL");
    struct rows r = build_rows(m->c, &b);
    int64_t id = rows_next(&r) ? rows_int(&r, 0) : 0;
    MUST_GO(m->c, rows_end(&r));
    MUST_GO(m->c, entity_load(m->c, &standing_entity, id, &s, &found));
    CHECK(found);
    return s;
}

/* --- money --- */

TEST_DB(a_package_of_the_government_makes_its_orders_and_pays_what_she_does_not)
{
    struct made m = made(PACKAGE_GOVERNMENT);
    struct package_plan p;
    MUST_GO(m.c, begin(&m, &m.s.manager, &p));
    CHECK_INT(p.state, PLAN_ACTIVE);
    CHECK_INT(p.until_day.n, day_civil(2027, 2, 22).n);
    struct care_order o = order_on(&m, MONDAY);
    CHECK_INT(o.price.fen, 8000);
    CHECK_INT(o.own_pay.fen, 2000);
    CHECK_INT(o.quota.fen, 6000);
    CHECK_INT(o.station_pay.fen, 0);
    CHECK(sv_find(o.price_note, SV("服务包承担")) >= 0);
}

TEST_DB(a_package_of_the_station_is_paid_by_it_and_by_nobody_else)
{
    struct made m = made(PACKAGE_STATION);
    struct package_plan p;
    MUST_GO(m.c, begin(&m, &m.s.manager, &p));
    struct care_order o = order_on(&m, MONDAY);
    CHECK_INT(o.own_pay.fen, 2000);
    CHECK_INT(o.quota.fen, 0);
    CHECK_INT(o.station_pay.fen, 6000);
}

TEST_DB(what_a_package_has_no_more_of_is_her_own_payment)
{
    struct made m = made(PACKAGE_GOVERNMENT);
    struct package_plan p;
    struct care_order o;
    MUST_GO(m.c, begin(&m, &m.s.manager, &p));
    struct order_new more = station_order(&m.s, &m.s.bath_offer, 600);
    MUST_GO(m.c, station_place(&m.s, &m.s.citizen, &more, &o));
    CHECK_INT(o.own_pay.fen, 8000);
    CHECK_INT(o.quota.fen, 0);
}

TEST_DB(a_rule_of_a_package_orders_nothing_beyond_it)
{
    struct made m = made(PACKAGE_GOVERNMENT);
    struct package_plan p;
    struct care_order o;
    struct standing_day d;
    bool found;
    struct order_new first = station_order(&m.s, &m.s.bath_offer, 600);
    struct plan_new n = mondays(&m);
    m.c->who = &m.s.citizen;
    MUST_GO(m.c, plan_begin(m.c, &n, &p));             /* asked: covers nothing yet */
    MUST_GO(m.c, station_place(&m.s, &m.s.citizen, &first, &o));
    CHECK_INT(o.quota.fen, 0);
    act(&m, &m.s.manager, &package_plan_entity, p.id.n, "accept",
        &(struct plan_accept){ CONSENT_PHONE }, &p);
    struct standing s = the_rule(&m);
    MUST_GO(m.c, standing_day_of(m.c, s.id, MONDAY, &d, &found));
    CHECK_INT(d.state, DAY_MADE);
    struct order_new second = station_order(&m.s, &m.s.bath_offer, 660);
    MUST_GO(m.c, station_place(&m.s, &m.s.citizen, &second, &o));
    CHECK_INT(o.own_pay.fen, 8000);                    /* the rule has this week's */
}

TEST_DB(called_off_it_is_hers_again)
{
    struct made m = made(PACKAGE_STATION);
    struct package_plan p;
    struct quota_state states[QUOTA_RULES_MAX];
    size_t n;
    MUST_GO(m.c, begin(&m, &m.s.manager, &p));
    MUST_GO(m.c, quota_of(m.c, &m.s.wang, MONDAY, states, &n));
    CHECK_INT(n, 1);
    CHECK_INT(quota_left(&states[0].quota), 0);
    struct standing s = the_rule(&m);
    act(&m, &m.s.manager, &standing_entity, s.id.n, "skip", &(struct skip_input){ MONDAY }, &s);
    MUST_GO(m.c, quota_of(m.c, &m.s.wang, MONDAY, states, &n));
    CHECK_INT(quota_left(&states[0].quota), 1);
    CHECK_TEXT(quota_words(test_mem(), &states[0], LANG_ZH), "本周还剩 1 次（本周 1，已用 0）");
}

TEST_DB(at_another_organisation_it_pays_nothing)
{
    struct made m = made(PACKAGE_GOVERNMENT);
    struct quota_share share;
    struct package_plan p;
    MUST_GO(m.c, begin(&m, &m.s.manager, &p));
    struct quota_asked asked = { &m.s.wang, &m.s.bath, 1, 8000, { MONDAY.n + 7 },
                                 m.s.other_org.id, 0 };
    MUST_GO(m.c, quota_share_of(m.c, &asked, &share));
    CHECK_INT(share.units, 0);
    asked.org = m.s.org.id;
    MUST_GO(m.c, quota_share_of(m.c, &asked, &share));
    CHECK_INT(share.fen, 6000);
}

/* --- signing up --- */

TEST_DB(what_family_asks_for_waits_for_the_station_that_hears_her)
{
    struct made m = made(PACKAGE_GOVERNMENT);
    struct package_plan p;
    MUST_FAIL(m.c, begin(&m, &m.s.stranger, &p), ERR_MISSING, "elder.missing");
    MUST_GO(m.c, begin(&m, &m.s.citizen, &p));
    CHECK_INT(p.state, PLAN_ASKED);
    CHECK_INT(rules_living(&m), 0);
    m.c->who = &m.s.other_manager;
    MUST_FAIL(m.c, entity_get(m.c, &package_plan_entity, p.id.n, &p), ERR_MISSING,
              "entity.missing");
    act(&m, &m.s.manager, &package_plan_entity, p.id.n, "accept",
        &(struct plan_accept){ CONSENT_VISIT }, &p);
    CHECK_INT(p.consent_way, CONSENT_VISIT);
    CHECK_INT(p.heard_by.n, 20);
    CHECK_INT(rules_living(&m), 1);
    CHECK_INT(order_on(&m, MONDAY).account.n, 70);
}

TEST_DB(it_is_for_whom_it_says_once_at_a_time_and_on_days_that_there_are)
{
    struct made m = made(PACKAGE_GOVERNMENT);
    struct package_plan p;
    struct plan_new n = mondays(&m);
    n.lines.json = SV("[]");
    m.c->who = &m.s.manager;
    MUST_FAULT(m.c, plan_begin(m.c, &n, &p), "package.days");
    n = mondays(&m);
    n.org = m.s.other_org.id;                          /* it offers no baths */
    MUST_FAULT(m.c, plan_begin(m.c, &n, &p), "package.not_offered");
    MUST_GO(m.c, begin(&m, &m.s.manager, &p));
    MUST_FAULT(m.c, begin(&m, &m.s.manager, &p), "package.twice");
    struct elder other = m.s.wang;
    other.flags.bits = 0;
    struct whom w = package_whom(&m.of);
    CHECK(whom_but_residence(&w, &other, MONDAY) == WHOM_GROUP);
    CHECK_TEXT(whom_words(test_mem(), &w, LANG_ZH), "低保");
}

TEST_DB(what_comes_a_month_is_ordered_when_she_likes)
{
    struct made m = { .s = station_world() };
    struct package_plan p;
    struct care_order o;
    m.c = m.s.c;
    sign(&m.s);
    m.of = row(&m.s, PACKAGE_OWN);
    MUST_GO(m.c, entity_create(m.c, &service_package_entity, &m.of));
    m.bath = item(&m, m.s.bath.id, 2, QUOTA_MONTH, 7000);
    publish(&m);
    MUST_GO(m.c, begin(&m, &m.s.manager, &p));
    CHECK_INT(rules_living(&m), 0);
    struct order_new n = station_order(&m.s, &m.s.bath_offer, 600);
    n.quantity = 2;
    MUST_GO(m.c, station_place(&m.s, &m.s.citizen, &n, &o));
    CHECK_INT(o.own_pay.fen, 14000);
    CHECK_INT(o.station_pay.fen, 2000);
}

/* --- its life --- */

TEST_DB(near_its_end_it_is_renewed_with_its_rules)
{
    struct made m = made(PACKAGE_GOVERNMENT);
    struct package_plan p;
    MUST_GO(m.c, begin(&m, &m.s.manager, &p));
    m.c->who = &m.s.citizen;
    MUST_FAIL(m.c, entity_act(m.c, &package_plan_entity, p.id.n, p.row.version, SV("renew"), NULL,
                              &p), ERR_CONFLICT, "package.renew_early");
    m.c->now = moment_at(day_civil(2027, 2, 15), 600);
    act(&m, &m.s.citizen, &package_plan_entity, p.id.n, "renew", NULL, &p);
    CHECK_INT(p.until_day.n, day_civil(2027, 5, 22).n);
    CHECK_INT(the_rule(&m).until_day.n, p.until_day.n);
}

TEST_DB(another_edition_is_signed_up_for_anew)
{
    struct made m = made(PACKAGE_GOVERNMENT);
    struct package_plan p;
    struct build b = build_new(m.c);
    MUST_GO(m.c, begin(&m, &m.s.manager, &p));
    act(&m, &who_house, &service_package_entity, m.of.id.n, "edition", NULL, &m.of);
    build_sql(&b, "SELECT MAX(id) FROM service_package");
    struct rows r = build_rows(m.c, &b);
    struct service_package_id former = m.of.id;
    m.of.id.n = rows_next(&r) ? rows_int(&r, 0) : 0;
    MUST_GO(m.c, rows_end(&r));
    CHECK(m.of.id.n != former.n);
    publish(&m);
    CHECK_INT(m.of.replaces.n, former.n);
    m.c->now = moment_at(day_civil(2027, 2, 15), 600);
    m.c->who = &m.s.citizen;
    MUST_FAIL(m.c, entity_act(m.c, &package_plan_entity, p.id.n, p.row.version, SV("renew"), NULL,
                              &p), ERR_CONFLICT, "package.new_edition");
}

TEST_DB(ended_early_with_notice_its_rules_end_too)
{
    struct made m = made(PACKAGE_GOVERNMENT);
    struct package_plan p;
    MUST_GO(m.c, begin(&m, &m.s.manager, &p));
    struct standing_end_input in = { day_civil(2026, 11, 22), SV("不需要了") };
    m.c->who = &m.s.citizen;
    MUST_FAULT(m.c, entity_act(m.c, &package_plan_entity, p.id.n, p.row.version, SV("end"), &in,
                              &p), "package.end_notice");
    in.last_day = day_civil(2026, 11, 24);
    act(&m, &m.s.citizen, &package_plan_entity, p.id.n, "end", &in, &p);
    CHECK_INT(p.until_day.n, in.last_day.n);
    CHECK_INT(the_rule(&m).until_day.n, in.last_day.n);
    CHECK_INT(order_on(&m, MONDAY).own_pay.fen, 2000);
}

static enum err job_asked(struct ctx *c, void *arg)
{
    return job_add(c, "package.expire", SV("{}"), arg);
}

static void night(struct made *m)
{
    struct job_table table = { .kinds = package_jobs, .kinds_n = 1 };
    bool ran = false;
    int64_t job;
    MUST_GO(m->c, transaction(m->c, job_asked, &job));
    MUST_GO(m->c, job_step(m->c, &table, &ran));
    CHECK(ran);
}

TEST_DB(past_its_term_it_ends_by_the_clock)
{
    struct made m = made(PACKAGE_GOVERNMENT);
    struct package_plan p;
    bool found;
    MUST_GO(m.c, begin(&m, &m.s.manager, &p));
    MUST_GO(m.c, db_commit(m.c));
    night(&m);
    MUST_GO(m.c, entity_load(m.c, &package_plan_entity, p.id.n, &p, &found));
    CHECK_INT(p.state, PLAN_ACTIVE);
    m.c->now = moment_at((struct day){ p.until_day.n + 1 }, 360);
    night(&m);
    MUST_GO(m.c, entity_load(m.c, &package_plan_entity, p.id.n, &p, &found));
    CHECK_INT(p.state, PLAN_ENDED);
}

TEST_DB(while_she_is_away_nothing_of_it_comes)
{
    struct made m = made(PACKAGE_GOVERNMENT);
    struct package_plan p;
    struct pause pause;
    struct pause_new away = { m.s.wang.id, PAUSE_HOSPITAL, MONDAY, { MONDAY.n + 6 }, SV("") };
    MUST_GO(m.c, begin(&m, &m.s.manager, &p));
    CHECK(order_on(&m, MONDAY).id.n != 0);
    m.c->who = &m.s.manager;
    MUST_GO(m.c, pause_begin(m.c, &away, &pause));
    m.c->who = &who_house;
    CHECK_INT(order_on(&m, MONDAY).id.n, 0);
}

/* --- who makes it --- */

TEST_DB(a_station_makes_its_own_and_spends_only_its_own)
{
    struct station s = station_world();
    struct service_package p = row(&s, PACKAGE_STATION);
    p.payer = PACKAGE_GOVERNMENT;
    s.c->who = &s.manager;
    MUST_FAULT(s.c, entity_create(s.c, &service_package_entity, &p), "package.not_government");
    p.payer = PACKAGE_STATION;
    p.org = s.other_org.id;
    MUST_FAULT(s.c, entity_create(s.c, &service_package_entity, &p), "link.missing");
    p.org.n = 0;                                       /* hers by itself */
    MUST_GO(s.c, entity_create(s.c, &service_package_entity, &p));
    CHECK_INT(p.org.n, s.org.id.n);
    s.c->who = &s.other_manager;
    MUST_FAIL(s.c, entity_get(s.c, &service_package_entity, p.id.n, &p), ERR_MISSING,
              "entity.missing");
    s.c->who = &s.citizen;
    MUST_FAIL(s.c, entity_get(s.c, &service_package_entity, p.id.n, &p), ERR_MISSING,
              "entity.missing");
    s.c->who = &s.staff;                               /* a community worker makes no rules */
    struct service_package g = row(&s, PACKAGE_GOVERNMENT);
    MUST_FAULT(s.c, entity_create(s.c, &service_package_entity, &g), "package.whose");
}

TEST_DB(a_station_touches_nothing_of_the_governments)
{
    struct made m = made(PACKAGE_GOVERNMENT);
    struct service_package p = m.of;
    m.c->who = &m.s.manager;
    MUST_FAIL(m.c, entity_act(m.c, &service_package_entity, p.id.n, p.row.version, SV("edition"),
                              NULL, &p), ERR_FORBIDDEN, "package.own_org");
    m.c->reason = SV("不做了");
    MUST_FAIL(m.c, entity_act(m.c, &service_package_entity, p.id.n, p.row.version, SV("withdraw"),
                              NULL, &p), ERR_FORBIDDEN, "package.own_org");
    p = m.of;
    p.about = SV("改成我们的");
    MUST_FAULT(m.c, entity_update(m.c, &service_package_entity, &p, p.row.version, "change"),
               "package.own_org");
}

TEST_DB(what_is_published_stands)
{
    struct made m = made(PACKAGE_STATION);
    struct quota_rule r;
    bool found;
    m.of.months = 6;
    m.c->who = &m.s.manager;
    MUST_FAULT(m.c, entity_update(m.c, &service_package_entity, &m.of, m.of.row.version, "change"),
              "package.fixed");
    struct package_item i;
    m.c->who = &who_house;
    MUST_GO(m.c, entity_load(m.c, &package_item_entity, m.bath.id.n, &i, &found));
    i.times = 3;
    m.c->who = &m.s.manager;
    MUST_FAULT(m.c, entity_update(m.c, &package_item_entity, &i, i.row.version, "change"),
              "package.fixed");
    m.c->who = &who_house;
    MUST_GO(m.c, entity_load(m.c, &quota_rule_entity, i.quota_rule.n, &r, &found));
    CHECK_INT(r.payer, QUOTA_BY_STATION);
    r.amount = 9;
    MUST_FAIL(m.c, entity_update(m.c, &quota_rule_entity, &r, r.row.version, "change"),
              ERR_CONFLICT, "quota.of_package");
}
