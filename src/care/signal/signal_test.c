/* signal_test.c - what happens to an elder opens one work item, and only a result closes it. */

#include "care/order/order_world_test.h"
#include "care/signal/signal.h"
#include "care/signal/welfare.h"

struct happened { struct station s; struct care_order order; struct visit visit; };

static void begin(struct happened *h)
{
    h->s = station_world();
}

/* A bath on Monday that Mei is sent to; it is now that Monday, a little later. */
static void sent(struct happened *h, int start_min)
{
    struct order_new n = station_order(&h->s, &h->s.bath_offer, start_min);
    struct assign_input mei = { h->s.mei.id };
    bool found;
    h->s.c->now = moment_at(day_civil(2026, 11, 21), 540);
    MUST_GO(h->s.c, station_place(&h->s, &h->s.citizen, &n, &h->order));
    h->s.c->who = &h->s.manager;
    MUST_GO(h->s.c, entity_act(h->s.c, &care_order_entity, h->order.id.n, h->order.row.version,
                               SV("assign"), &mei, &h->order));
    MUST_GO(h->s.c, order_visit_of(h->s.c, &h->order, &h->visit, &found));
    CHECK(found);
    h->s.c->now = moment_at(day_civil(2026, 11, 23), start_min + 10);
}

static void step(struct happened *h, const char *action, const void *input)
{
    MUST_GO(h->s.c, entity_act(h->s.c, &visit_entity, h->visit.id.n, h->visit.row.version,
                               sv_of(action), input, &h->visit));
}

/* The items of wang that are open or taken; the newest in *ret_item. */
static int64_t items(struct happened *h, struct work_item *ret_item)
{
    struct query q = { .size = 1, .total = true };
    struct page page;
    const struct who *before = h->s.c->who;
    h->s.c->who = &who_house;
    MUST_GO(h->s.c, entity_list(h->s.c, &work_item_entity, &q, &page));
    if (page.n)
        *ret_item = *(const struct work_item *)page.rows;
    h->s.c->who = before;
    return page.total;
}

static const struct not_met_input nobody = { .note = SV_INIT("敲门无人，电话未接") };

TEST_DB(nobody_opens_to_one_who_lives_alone_and_somebody_must_ring)
{
    struct happened h;
    begin(&h);
    sent(&h, 540);
    struct work_item w;
    step(&h, "not_met", &nobody);
    CHECK_INT(items(&h, &w), 1);
    CHECK_INT(w.kind, SIGNAL_NOT_MET_ALONE);
    CHECK_INT(w.weight, SIGNAL_URGENT);
    CHECK_INT(w.elder.n, h.s.wang.id.n);
    CHECK_INT(w.org.n, h.s.org.id.n);
    CHECK_INT(w.row.scope, h.s.wang.row.scope);
    CHECK_INT(w.due.ms, h.visit.done_at.ms + 30 * 60000);
}

TEST_DB(the_second_time_is_counted_on_the_open_item)
{
    struct happened h;
    begin(&h);
    sent(&h, 540);
    struct work_item w;
    step(&h, "not_met", &nobody);
    sent(&h, 600);
    step(&h, "not_met", &nobody);
    CHECK_INT(items(&h, &w), 1);
    CHECK_INT(w.signals, 2);
}

TEST_DB(who_does_not_live_alone_is_asked_after_the_second_time)
{
    struct happened h;
    struct work_item w;
    begin(&h);
    h.s.wang.id.n++;
    h.s.wang.flags.bits = 0;
    MUST_GO(h.s.c, entity_bulk(h.s.c, &elder_entity, &h.s.wang, 1));
    sent(&h, 540);
    step(&h, "not_met", &nobody);
    CHECK_INT(items(&h, &w), 0);
    sent(&h, 600);
    step(&h, "not_met", &nobody);
    CHECK_INT(items(&h, &w), 1);
    CHECK_INT(w.kind, SIGNAL_NOT_MET);
}

TEST_DB(a_carer_who_is_worried_is_heard_and_all_well_is_not)
{
    static const struct finish_input well = { SV_INIT("好"), RESULT_WELL };
    static const struct finish_input worried = { SV_INIT("没吃早饭"), RESULT_ATTENTION };
    struct happened h;
    begin(&h);
    sent(&h, 540);
    struct work_item w;
    step(&h, "finish", &well);
    CHECK_INT(items(&h, &w), 0);
    sent(&h, 600);
    step(&h, "finish", &worried);
    CHECK_INT(items(&h, &w), 1);
    CHECK_INT(w.kind, SIGNAL_ATTENTION);
}

TEST_DB(the_third_refusal_in_a_month_asks_why)
{
    struct happened h;
    struct work_item w;
    begin(&h);
    for (int i = 0; i < 3; i++) {
        struct order_new n = station_order(&h.s, &h.s.lunch_offer, 540 + 60 * i);
        struct care_order o;
        MUST_GO(h.s.c, station_place(&h.s, &h.s.citizen, &n, &o));
        CHECK_INT(items(&h, &w), 0);
        MUST_GO(h.s.c, entity_act(h.s.c, &care_order_entity, o.id.n, o.row.version, SV("refuse"),
                                  NULL, &o));
    }
    CHECK_INT(items(&h, &w), 1);
    CHECK_INT(w.kind, SIGNAL_REFUSED);
}

struct done { int outcome; struct sv found; };

MUST static enum err act(struct happened *h, const struct who *who, struct work_item *w,
                         const char *action, const void *input)
{
    h->s.c->who = who;
    h->s.c->reason = SV("测试");
    return entity_act(h->s.c, &work_item_entity, w->id.n, w->row.version, sv_of(action), input, w);
}

TEST_DB(only_a_result_closes_an_item_and_others_stations_do_not_see_it)
{
    static const struct done nothing = { OUTCOME_NONE, SV_INIT("去看了") };
    static const struct done safe = { OUTCOME_SAFE, SV_INIT("去女儿家了，电话已接通") };
    struct happened h;
    begin(&h);
    sent(&h, 540);
    struct work_item w;
    step(&h, "not_met", &nobody);
    CHECK_INT(items(&h, &w), 1);
    MUST_FAIL(h.s.c, act(&h, &h.s.other_manager, &w, "take", NULL), ERR_MISSING, "entity.missing");
    MUST_GO(h.s.c, act(&h, &h.s.manager, &w, "take", NULL));
    CHECK_INT(w.owner.n, h.s.manager.account);
    MUST_GO(h.s.c, act(&h, &h.s.manager, &w, "no_answer", NULL));
    CHECK_INT(w.tries, 1);
    MUST_FAIL(h.s.c, act(&h, &h.s.manager, &w, "done", &nothing), ERR_INVALID, "fields.invalid");
    MUST_GO(h.s.c, act(&h, &h.s.manager, &w, "done", &safe));
    CHECK_INT(w.state, SIGNAL_DONE);
    CHECK_INT(w.done_at.ms, h.s.c->now.ms);
    MUST_GO(h.s.c, act(&h, &h.s.manager, &w, "again", NULL));
    CHECK_INT(w.state, SIGNAL_OPEN);
    CHECK_INT(w.outcome, OUTCOME_NONE);
}

MUST static enum err noted(struct happened *h, const struct work_item *w, enum welfare_what what,
                           enum welfare_result result, const char *words)
{
    struct welfare_step s;
    const struct welfare_note n = { (int)what, (int)result, sv_of(words) };
    return welfare_note(h->s.c, w->id, &n, &s);
}

static int next_of(struct happened *h, const struct work_item *w)
{
    int what;
    MUST_GO(h->s.c, welfare_next(h->s.c, w, 0, &what));
    return what;
}

TEST_DB(a_welfare_call_goes_step_by_step_until_somebody_knows)
{
    struct happened h;
    struct work_item w;
    begin(&h);
    sent(&h, 540);
    step(&h, "not_met", &nobody);
    CHECK_INT(items(&h, &w), 1);
    h.s.c->who = &h.s.other_manager;
    MUST_FAIL(h.s.c, noted(&h, &w, WELFARE_ELDER, WELFARE_NO_ANSWER, ""), ERR_MISSING,
              "entity.missing");
    h.s.c->who = &h.s.manager;
    for (int i = 0; i < 3; i++) {
        CHECK_INT(next_of(&h, &w), WELFARE_ELDER);
        MUST_GO(h.s.c, noted(&h, &w, WELFARE_ELDER, WELFARE_NO_ANSWER, ""));
    }
    CHECK_INT(next_of(&h, &w), WELFARE_FAMILY);
    int silent_next;
    MUST_GO(h.s.c, welfare_next(h.s.c, &w, 1U << WELFARE_FAMILY, &silent_next));
    CHECK_INT(silent_next, WELFARE_NEIGHBOUR);           /* the family has no number */
    CHECK_INT(items(&h, &w), 1);
    CHECK_INT(w.state, SIGNAL_TAKEN);
    CHECK_INT(w.owner.n, h.s.manager.account);
    CHECK_INT(w.tries, 3);
    CHECK_INT(w.due.ms, h.s.c->now.ms + 600000);
    MUST_GO(h.s.c, noted(&h, &w, WELFARE_GO, WELFARE_UNSURE, "灯亮着，敲门没人应"));
    CHECK_INT(next_of(&h, &w), WELFARE_FAMILY);
    MUST_FAIL(h.s.c, noted(&h, &w, WELFARE_FAMILY, WELFARE_SAFE, ""), ERR_INVALID,
              "fields.invalid");
    MUST_GO(h.s.c, noted(&h, &w, WELFARE_FAMILY, WELFARE_SAFE, "女儿说在她家，已通话"));
    CHECK_INT(items(&h, &w), 1);
    CHECK_INT(w.state, SIGNAL_DONE);
    CHECK_INT(w.outcome, OUTCOME_SAFE);
    MUST_FAIL(h.s.c, noted(&h, &w, WELFARE_ELDER, WELFARE_NO_ANSWER, ""), ERR_CONFLICT,
              "welfare.closed");
}
