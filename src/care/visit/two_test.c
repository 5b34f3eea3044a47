/* two_test.c - two carers at one door: sent together, each her own visit, one order. */

#include "care/visit/two_world_test.h"

#include "care/doubt/doubt.h"
#include "care/rating/rating.h"

static struct care_order ordered(struct two *t, int start_min)
{
    struct care_order o;
    struct order_new n = station_order(&t->s, &t->lift_offer, start_min);
    MUST_GO(t->c, station_place(&t->s, &t->s.citizen, &n, &o));
    return o;
}

static enum err act(struct two *t, const struct who *who, struct care_order *o,
                    const char *action, const void *input)
{
    t->c->who = who;
    MUST_GO(t->c, entity_get(t->c, &care_order_entity, o->id.n, o));
    return entity_act(t->c, &care_order_entity, o->id.n, o->row.version, sv_of(action), input, o);
}

static int visits_of(struct two *t, const struct care_order *o, struct visit *ret_visits)
{
    int n;
    t->c->who = &who_house;
    MUST_GO(t->c, order_visits_of(t->c, o, ret_visits, &n));
    return n;
}

static enum err step(struct two *t, const struct care_order *o, int nth, const char *action,
                     const void *input)
{
    struct visit v[VISITS_OF_ORDER];
    CHECK(visits_of(t, o, v) > nth);
    t->c->who = &t->s.manager;
    return entity_act(t->c, &visit_entity, v[nth].id.n, v[nth].row.version, sv_of(action), input,
                      &v[nth]);
}

static int state_of(struct two *t, struct care_order *o)
{
    t->c->who = &who_house;
    MUST_GO(t->c, entity_get(t->c, &care_order_entity, o->id.n, o));
    return o->state;
}

static struct care_order sent(struct two *t, int start_min)
{
    struct care_order o = ordered(t, start_min);
    struct assign_two_input both = { t->s.mei.id, t->lan.id };
    MUST_GO(t->c, act(t, &t->s.manager, &o, "assign_two", &both));
    return o;
}

static const struct arrive_input here;
static const struct finish_input well = { SV_INIT("洗好了"), RESULT_WELL };
static const struct not_met_input nobody = { .note = SV_INIT("敲门无人") };

static void on_the_day(struct two *t)
{
    t->c->now = moment_at(day_civil(2026, 11, 23), 545);
}

TEST_DB(two_are_sent_together_or_nobody)
{
    struct two t = two_world();
    struct care_order o = ordered(&t, 540);
    struct assign_input mei = { t.s.mei.id };
    struct assign_two_input same = { t.s.mei.id, t.s.mei.id }, gang = { t.s.mei.id, t.s.gang.id },
                            both = { t.s.mei.id, t.lan.id };
    struct visit v[VISITS_OF_ORDER];
    CHECK_INT(o.carers, 2);
    MUST_FAIL(t.c, act(&t, &t.s.manager, &o, "assign", &mei), ERR_CONFLICT, "order.two");
    CHECK_INT(act(&t, &t.s.manager, &o, "assign_two", &same), ERR_INVALID);
    CHECK_TEXT(sv_of(t.c->fault.fields[0].key), "carer.same");
    ctx_forgive(t.c);
    CHECK_INT(act(&t, &t.s.manager, &o, "assign_two", &gang), ERR_INVALID);
    CHECK_TEXT(t.c->fault.fields[0].field, "second");          /* he cannot, and it says who */
    CHECK_TEXT(sv_of(t.c->fault.fields[0].key), "carer.skill");
    ctx_forgive(t.c);
    MUST_GO(t.c, act(&t, &t.s.manager, &o, "assign_two", &both));
    CHECK_INT(o.state, ORDER_ASSIGNED);
    CHECK_INT(visits_of(&t, &o, v), 2);
    CHECK_INT(v[0].carer.n, t.s.mei.id.n);
    CHECK_INT(v[1].carer.n, t.lan.id.n);
    CHECK_INT(v[0].seat, SEAT_FIRST);
    CHECK_INT(v[1].seat, SEAT_SECOND);
    CHECK_INT(v[0].start_min, v[1].start_min);
    struct care_order one;
    struct order_new n = station_order(&t.s, &t.s.bath_offer, 540);
    MUST_GO(t.c, station_place(&t.s, &t.s.citizen, &n, &one));
    MUST_FAIL(t.c, act(&t, &t.s.manager, &one, "assign_two", &both), ERR_CONFLICT, "order.one");
    struct assign_input lan = { t.lan.id };          /* both are taken at that time */
    MUST_FAIL(t.c, act(&t, &t.s.manager, &one, "assign", &lan), ERR_CONFLICT, "visit.clash");
}

TEST_DB(sent_again_who_goes_already_keeps_her_visit)
{
    struct two t = two_world();
    struct care_order o = sent(&t, 540);
    struct visit was[VISITS_OF_ORDER], v[VISITS_OF_ORDER];
    struct assign_two_input turned = { t.lan.id, t.fang.id }, lan = { t.lan.id, t.s.mei.id };
    visits_of(&t, &o, was);
    MUST_GO(t.c, act(&t, &t.s.manager, &o, "assign_two", &turned));
    visits_of(&t, &o, v);
    CHECK_INT(v[1].carer.n, t.lan.id.n);
    CHECK_INT(v[1].id.n, was[1].id.n);
    CHECK_INT(v[0].carer.n, t.fang.id.n);
    struct reassign_input to_lan = { t.lan.id };
    CHECK_INT(step(&t, &o, 0, "reassign", &to_lan), ERR_INVALID);
    CHECK_TEXT(sv_of(t.c->fault.fields[0].key), "carer.same");
    ctx_forgive(t.c);
    MUST_GO(t.c, act(&t, &t.s.manager, &o, "assign_two", &lan));
    visits_of(&t, &o, v);
    CHECK_INT(v[0].carer.n, t.s.mei.id.n);
    CHECK_INT(v[1].carer.n, t.lan.id.n);
}

TEST_DB(served_when_both_are_done)
{
    struct two t = two_world();
    struct care_order o = sent(&t, 540);
    on_the_day(&t);
    MUST_GO(t.c, step(&t, &o, 0, "arrive", &here));
    CHECK_INT(state_of(&t, &o), ORDER_UNDER_WAY);
    MUST_GO(t.c, step(&t, &o, 1, "arrive", &here));
    MUST_GO(t.c, step(&t, &o, 1, "finish", &well));
    CHECK_INT(state_of(&t, &o), ORDER_UNDER_WAY);          /* one is still at it */
    MUST_GO(t.c, step(&t, &o, 0, "finish", &well));
    CHECK_INT(state_of(&t, &o), ORDER_SERVED);
    struct rate_input five = { 5, SV_INIT("两位都好") };
    MUST_GO(t.c, act(&t, &t.s.citizen, &o, "rate", &five));
    struct page page;
    t.c->who = &who_house;
    MUST_GO(t.c, entity_list(t.c, &rating_entity, &(struct query){ .size = 5 }, &page));
    const struct rating *r = page.rows;
    CHECK_INT(page.n, 1);                                    /* one word, of both */
    CHECK_INT(r->carer.n, t.s.mei.id.n);
    CHECK_INT(r->second.n, t.lan.id.n);
}

TEST_DB(done_without_having_arrived_is_under_way_until_the_other_is)
{
    struct two t = two_world();
    struct care_order o = sent(&t, 540);
    on_the_day(&t);
    MUST_GO(t.c, step(&t, &o, 1, "finish", &well));
    CHECK_INT(state_of(&t, &o), ORDER_UNDER_WAY);
    MUST_GO(t.c, step(&t, &o, 0, "finish", &well));
    CHECK_INT(state_of(&t, &o), ORDER_SERVED);
}

TEST_DB(either_says_that_nobody_opened)
{
    struct two t = two_world();
    struct care_order o = sent(&t, 540), in = sent(&t, 600);
    on_the_day(&t);
    MUST_GO(t.c, step(&t, &o, 1, "not_met", &nobody));
    CHECK_INT(state_of(&t, &o), ORDER_NOT_MET);
    MUST_FAIL(t.c, step(&t, &o, 0, "arrive", &here), ERR_CONFLICT, "visit.other_not_met");
    MUST_GO(t.c, step(&t, &o, 0, "not_met", &nobody));      /* she was there too */
    CHECK_INT(state_of(&t, &o), ORDER_NOT_MET);

    MUST_GO(t.c, step(&t, &in, 0, "arrive", &here));
    MUST_FAIL(t.c, step(&t, &in, 1, "not_met", &nobody), ERR_CONFLICT, "visit.other_there");
}

TEST_DB(who_did_not_come_is_taken_out_and_the_other_bears_the_whole)
{
    struct two t = two_world();
    struct care_order o = sent(&t, 540);
    struct visit v[VISITS_OF_ORDER];
    on_the_day(&t);
    t.c->reason = SV("车坏了");
    MUST_FAIL(t.c, step(&t, &o, 0, "alone", NULL), ERR_CONFLICT, "visit.nobody_else");
    MUST_GO(t.c, step(&t, &o, 1, "arrive", &here));
    MUST_GO(t.c, step(&t, &o, 1, "finish", &well));
    MUST_GO(t.c, step(&t, &o, 0, "alone", NULL));
    CHECK_INT(state_of(&t, &o), ORDER_SERVED);
    CHECK_INT(visits_of(&t, &o, v), 1);
    CHECK_INT(v[0].carer.n, t.lan.id.n);
    CHECK_INT(v[0].seat, SEAT_ALONE);
    CHECK_INT(visit_share((enum visit_seat)v[0].seat, 999), 999);
}

TEST_DB(cancelled_moved_or_taken_off_together)
{
    struct two t = two_world();
    struct care_order o = sent(&t, 540), other = sent(&t, 600);
    struct visit v[VISITS_OF_ORDER];
    struct reason_input why = { SV_INIT("住院了") };
    struct change_input taken = { SV_INIT("2026-11-23.600") },
                        later = { SV_INIT("2026-11-24.600") };
    MUST_GO(t.c, act(&t, &t.s.citizen, &o, "change", &later));
    CHECK_INT(o.state, ORDER_ASSIGNED);
    CHECK_INT(visits_of(&t, &o, v), 2);
    CHECK_INT(v[0].day.n, o.day.n);
    CHECK_INT(v[1].day.n, o.day.n);
    MUST_GO(t.c, act(&t, &t.s.citizen, &o, "change", &taken));    /* neither is free then */
    CHECK_INT(o.state, ORDER_ACCEPTED);
    CHECK_INT(visits_of(&t, &o, v), 0);
    MUST_GO(t.c, act(&t, &t.s.citizen, &other, "cancel", &why));
    CHECK_INT(visits_of(&t, &other, v), 0);
}

TEST_DB(halves_of_a_sum_make_the_whole)
{
    struct two t = two_world();
    struct care_order o = sent(&t, 540);
    int64_t price = 0, minutes = 0, n;
    struct visit v[VISITS_OF_ORDER];
    CHECK_INT(o.price.fen, 15001);
    CHECK_INT(visits_of(&t, &o, v), 2);
    for (int i = 0; i < 2; i++) {
        price += visit_share((enum visit_seat)v[i].seat, o.price.fen);
        minutes += v[i].end_min - v[i].start_min;
    }
    CHECK_INT(price, o.price.fen);
    CHECK_INT(minutes, 120);                                 /* each of them was there */
    t.c->who = &who_house;
    MUST_GO(t.c, doubt_run(t.c, t.s.org.id, day_civil(2026, 11, 1), day_civil(2026, 11, 30), &n));
}

TEST_DB(only_a_home_is_gone_to_by_two)
{
    struct two t = two_world();
    struct catalogue_item k = t.lift;
    k.name = SV("两人送餐");
    k.id.n = 0;
    k.category = CATEGORY_MEAL;
    t.c->who = &who_house;
    CHECK_INT(entity_create(t.c, &catalogue_item_entity, &k), ERR_INVALID);
    CHECK_TEXT(t.c->fault.fields[0].field, "carers");
    ctx_forgive(t.c);
    k.category = CATEGORY_BATH;
    k.at_home = false;
    CHECK_INT(entity_create(t.c, &catalogue_item_entity, &k), ERR_INVALID);
    ctx_forgive(t.c);
    k.at_home = true;
    k.carers = 0;
    MUST_GO(t.c, entity_create(t.c, &catalogue_item_entity, &k));
    CHECK_INT(k.carers, 1);
}

TEST_DB(a_price_of_each_carer_is_the_price_of_all)
{
    struct two t = two_world();
    struct offer o = t.lift_offer;
    struct care_order made;
    o.id.n = 0;
    o.carer_price.fen = 8000;
    o.price.fen = 0;
    t.c->who = &who_house;
    MUST_GO(t.c, entity_create(t.c, &offer_entity, &o));
    CHECK_INT(o.price.fen, 16000);
    o.id.n = 0;
    o.item = t.s.bath.id;
    MUST_GO(t.c, entity_create(t.c, &offer_entity, &o));
    CHECK_INT(o.price.fen, 8000);
    t.lift_offer.carer_price.fen = 7500;
    t.lift_offer.price.fen = 15000;
    MUST_GO(t.c, entity_update_by_rule(t.c, &offer_entity, &t.lift_offer,
                                       t.lift_offer.row.version, "change"));
    made = ordered(&t, 540);
    CHECK_INT(made.price.fen, 15000);
    CHECK_TEXT(made.price_note,
               "单价 ¥150（两位护理员，每位 ¥75） × 1；两位护理员一起上门");
}
