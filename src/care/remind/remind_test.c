/* remind_test.c - who is reminded of what, at which hour, and what lapses before it is said. */

#include "care/message/message_world_test.h"

#include "care/agreement/agreement.h"
#include "care/package/package.h"
#include "care/meal/meal.h"
#include "care/remind/inside.h"
#include "care/standing/pause.h"

#include <string.h>

/* --- tomorrow's visit --- */

TEST_DB(a_reminder_waits_for_the_hour_she_chose)
{
    struct told t = told_world();
    told_choose(&t, 70, (struct message_choice){ .remind_min = { true, 1140 } });
    t.c->now = moment_at((struct day){ t.order.day.n - 1 }, 540);
    told_job(&t, message_tomorrow_job);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_TOMORROW, MESSAGE_WAITING), 2);
    t.c->now = moment_at(day_of(t.c->now), 1025);            /* 17:05: the house's own hour */
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_TOMORROW, MESSAGE_SENT), 1);
    t.c->now = moment_at(day_of(t.c->now), 1145);
    told_job(&t, message_tomorrow_job);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_TOMORROW, MESSAGE_SENT), 2);
}

TEST_DB(what_was_called_off_meanwhile_is_not_announced)
{
    struct told t = told_world();
    struct reason_input why = { SV_INIT("不需要了") };
    t.c->now = moment_at((struct day){ t.order.day.n - 1 }, 540);
    told_job(&t, message_tomorrow_job);
    told_send(&t);
    t.c->who = &t.s.citizen;
    MUST_GO(t.c, entity_act(t.c, &care_order_entity, t.order.id.n, t.order.row.version,
                            SV("cancel"), &why, &t.order));
    t.c->now = moment_at(day_of(t.c->now), 1025);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_TOMORROW, MESSAGE_SENT), 0);
    CHECK_INT(told_count(&t, TELL_TOMORROW, MESSAGE_DROPPED), 2);
}

TEST_DB(tomorrow_is_never_said_on_the_day_itself)
{
    struct told t = told_world();
    told_choose(&t, 70, (struct message_choice){ .remind_min = { true, 1400 } });
    t.c->now = moment_at((struct day){ t.order.day.n - 1 }, 540);
    told_job(&t, message_tomorrow_job);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_TOMORROW, MESSAGE_DROPPED), 1);      /* 23:20 is quiet till 7 */
    t.c->now = moment_at(t.order.day, 430);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_TOMORROW, MESSAGE_SENT), 0);
}

/* --- a meal that closes soon --- */

static struct place meal_place(struct told *t)
{
    struct place p = station_place_row(&t->s, &t->s.org, PLACE_MEAL_POINT, "槐安助餐点", 0);
    struct meal_point k;
    record_clear(meal_point_fields, &k);
    k.place = p.id;
    k.org = t->s.org.id;
    k.row.scope = p.row.scope;
    k.state = REVIEW_PUBLISHED;
    MUST_GO(t->c, id_next(t->c, t->c->house->ids, &k.id.n));
    MUST_GO(t->c, entity_bulk(t->c, &meal_point_entity, &k, 1));
    return p;
}

/* Lunch there on so many days before `day`, and on it too if she has ordered. */
static void had_lunch(struct told *t, const struct place *p, struct day day, int times)
{
    for (int i = 1; i <= times; i++) {
        struct care_order o = t->order;
        o.place = p->id;
        o.day.n = day.n - i;
        o.sitting = SITTING_LUNCH;
        o.state = ORDER_CONFIRMED;
        MUST_GO(t->c, id_next(t->c, t->c->house->ids, &o.id.n));
        o.number = sv_fmt(test_mem(), "T%lld", (long long)o.id.n);
        MUST_GO(t->c, entity_bulk(t->c, &care_order_entity, &o, 1));
    }
}

TEST_DB(a_regular_who_has_not_ordered_hears_before_the_cut_off_once)
{
    struct told t = told_world();
    struct day day = t.order.day;
    MUST_GO(t.c, db_begin(t.c));
    struct place p = meal_place(&t);
    had_lunch(&t, &p, day, 5);
    MUST_GO(t.c, db_commit(t.c));
    t.c->now = moment_at(day, 480);                           /* 8:00, closes at 9:30 */
    told_job(&t, remind_meals);
    CHECK_INT(told_count(&t, TELL_MEAL, MESSAGE_WAITING), 0);
    t.c->now = moment_at(day, 515);
    told_job(&t, remind_meals);
    told_job(&t, remind_meals);
    told_send(&t);
    int64_t sent = told_count(&t, TELL_MEAL, MESSAGE_SENT);
    CHECK(sent >= 1);
    CHECK(sv_find(told_last(&t, TELL_MEAL).text, SV("槐安助餐点的午餐今天09:30截止")) >= 0);
    t.c->now = moment_at(day, 575);
    told_job(&t, remind_meals);
    CHECK_INT(told_count(&t, TELL_MEAL, MESSAGE_SENT), sent);
}

TEST_DB(who_seldom_comes_has_ordered_or_is_paused_is_not_reminded)
{
    struct told t = told_world();
    struct day day = t.order.day;
    MUST_GO(t.c, db_begin(t.c));
    struct place p = meal_place(&t);
    had_lunch(&t, &p, day, 4);
    MUST_GO(t.c, db_commit(t.c));
    t.c->now = moment_at(day, 515);
    told_job(&t, remind_meals);
    CHECK_INT(told_count(&t, TELL_MEAL, MESSAGE_WAITING), 0);
    MUST_GO(t.c, db_begin(t.c));
    had_lunch(&t, &p, (struct day){ day.n - 4 }, 1);
    had_lunch(&t, &p, (struct day){ day.n + 1 }, 1);          /* that is today's */
    MUST_GO(t.c, db_commit(t.c));
    told_job(&t, remind_meals);
    CHECK_INT(told_count(&t, TELL_MEAL, MESSAGE_WAITING), 0);
}

/* --- what ends --- */

TEST_DB(an_agreement_and_a_bond_that_end_are_told_thirty_and_seven_days_before)
{
    struct told t = told_world();
    struct agreement a;
    struct day today = day_of(t.c->now);
    MUST_GO(t.c, db_begin(t.c));
    record_clear(agreement_fields, &a);
    a.elder = t.s.wang.id;
    a.org = t.s.org.id;
    a.row.scope = t.s.wang.row.scope;
    a.state = AGREEMENT_ACTIVE;
    a.valid_from = today;
    a.valid_to.n = today.n + 30;
    MUST_GO(t.c, id_next(t.c, t.c->house->ids, &a.id.n));
    MUST_GO(t.c, entity_bulk(t.c, &agreement_entity, &a, 1));
    t.bond.valid_until.n = today.n + 30;
    MUST_GO(t.c, entity_update_by_rule(t.c, &bond_entity, &t.bond, t.bond.row.version, "change"));
    MUST_GO(t.c, db_commit(t.c));
    told_job(&t, remind_renewals);
    told_job(&t, remind_renewals);
    int64_t told = told_count(&t, TELL_AGREEMENT_ENDS, MESSAGE_WAITING);
    CHECK(told >= 1);
    CHECK_INT(told_count(&t, TELL_BOND_ENDS, MESSAGE_WAITING), 1);
    t.c->now.ms += MS_A_DAY;
    told_job(&t, remind_renewals);
    CHECK_INT(told_count(&t, TELL_AGREEMENT_ENDS, MESSAGE_WAITING), told);
    t.c->now.ms += 22 * MS_A_DAY;
    told_job(&t, remind_renewals);
    CHECK_INT(told_count(&t, TELL_AGREEMENT_ENDS, MESSAGE_WAITING), 2 * told);
}

TEST_DB(a_package_that_ends_is_told_to_those_it_concerns)
{
    struct told t = told_world();
    struct service_package of;
    struct package_plan p;
    MUST_GO(t.c, db_begin(t.c));
    record_clear(service_package_fields, &of);
    of.row.scope = t.s.wang.row.scope;
    of.name = SV("居家照护包");
    of.months = 3;
    of.valid_from = of.valid_to = day_of(t.c->now);
    of.source = SV("测试");
    MUST_GO(t.c, id_next(t.c, t.c->house->ids, &of.id.n));
    MUST_GO(t.c, entity_bulk(t.c, &service_package_entity, &of, 1));
    record_clear(package_plan_fields, &p);
    p.row.scope = t.s.wang.row.scope;
    p.elder = t.s.wang.id;
    p.org = t.s.org.id;
    p.service_package = of.id;
    p.from_day = day_of(t.c->now);
    p.until_day.n = p.from_day.n + 30;
    p.state = PLAN_ACTIVE;
    MUST_GO(t.c, id_next(t.c, t.c->house->ids, &p.id.n));
    MUST_GO(t.c, entity_bulk(t.c, &package_plan_entity, &p, 1));
    MUST_GO(t.c, db_commit(t.c));
    told_job(&t, remind_renewals);
    int64_t told = told_count(&t, TELL_PACKAGE_ENDS, MESSAGE_WAITING);
    CHECK(told >= 1);
    told_job(&t, remind_renewals);
    CHECK_INT(told_count(&t, TELL_PACKAGE_ENDS, MESSAGE_WAITING), told);
}

static enum err (*job_named(const struct module *m, const char *name))(struct ctx *,
                                                                       const struct job *)
{
    for (const struct job_kind *k = m->jobs; k->name; k++)
        if (strcmp(k->name, name) == 0)
            return k->run;
    return NULL;
}

TEST_DB(a_pause_that_ends_really_reaches_her_family)
{
    struct told t = told_world();
    struct pause p;
    MUST_GO(t.c, db_begin(t.c));
    record_clear(pause_fields, &p);
    p.elder = t.s.wang.id;
    p.row.scope = t.s.wang.row.scope;
    p.from_day.n = day_of(t.c->now).n - 3;
    p.until_day = p.ask_on = day_of(t.c->now);
    p.state = PAUSE_ACTIVE;
    MUST_GO(t.c, id_next(t.c, t.c->house->ids, &p.id.n));
    MUST_GO(t.c, entity_bulk(t.c, &pause_entity, &p, 1));
    MUST_GO(t.c, db_commit(t.c));
    told_job(&t, job_named(&pause_module, "pause.ask"));
    told_job(&t, job_named(&pause_module, "pause.ask"));
    told_send(&t);
    struct message_row m = told_last(&t, TELL_PAUSE_ENDS);
    CHECK_INT(m.state, MESSAGE_SENT);
    CHECK(sv_find(told_file(&t), SV("暂停的服务11月23日到期")) >= 0);
    CHECK_INT(told_count(&t, TELL_PAUSE_ENDS, MESSAGE_SENT), 2);
}
