/* order_test.c - placing, paying, changing and ending an order. */

#include "care/order/order_world_test.h"
#include "care/order/placing.h"
#include "store/build.h"
#include "store/job.h"

static struct care_order placed(struct station *s, const struct offer *o, int start_min)
{
    struct care_order made;
    struct order_new n = station_order(s, o, start_min);
    MUST_GO(s->c, station_place(s, &s->citizen, &n, &made));
    return made;
}

static enum err act(struct station *s, const struct who *who, struct care_order *o,
                    const char *action, const void *input)
{
    s->c->who = who;
    return entity_act(s->c, &care_order_entity, o->id.n, o->row.version, sv_of(action), input, o);
}

static int64_t places_taken(struct station *s, const struct care_order *o)
{
    struct slot slot;
    bool found;
    MUST_GO(s->c, entity_load(s->c, &slot_entity, o->slot.n, &slot, &found));
    return found ? slot.taken : -1;
}

TEST_DB(an_order_takes_a_place_and_says_who_pays)
{
    struct station s = station_world();
    struct care_order o = placed(&s, &s.bath_offer, 540);
    CHECK_INT(o.state, ORDER_PLACED);
    CHECK_INT(o.price.fen, 8000);
    CHECK_INT(o.own_pay.fen, 8000);
    CHECK_INT(o.end_min, 600);
    CHECK_INT(o.told, TOLD_AGREED);                  /* she ordered herself */
    CHECK_TEXT(o.for_name, "王秀英");
    CHECK_INT(o.number.len, 11);
    CHECK_INT(places_taken(&s, &o), 1);
}

static int64_t messages(struct ctx *c)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT count(*) FROM outbox WHERE template = 'order.placed'");
    struct rows r = build_rows(c, &b);
    int64_t n = rows_next(&r) ? rows_int(&r, 0) : -1;
    MUST_GO(c, rows_end(&r));
    return n;
}

TEST_DB(an_order_recorded_of_times_gone_by_is_told_to_nobody)
{
    struct station s = station_world();
    s.c->now.ms -= MS_A_DAY;
    placed(&s, &s.bath_offer, 540);
    CHECK_INT(messages(s.c), 0);
    s.c->now.ms += MS_A_DAY;
    placed(&s, &s.bath_offer, 540);
    CHECK_INT(messages(s.c), 1);
}

TEST_DB(the_last_place_is_given_once)
{
    struct station s = station_world();
    struct care_order o;
    struct order_new n = station_order(&s, &s.bath_offer, 540);
    placed(&s, &s.bath_offer, 540);
    placed(&s, &s.bath_offer, 540);
    MUST_FAIL(s.c, station_place(&s, &s.citizen, &n, &o), ERR_CONFLICT, "slot.full");
}

TEST_DB(a_time_that_is_not_offered_is_refused)
{
    struct station s = station_world();
    struct care_order o;
    static const char *const bad[] = { "2026-11-23.545", "2026-11-22.540", "2026-11-21.540", "x",
                                       "" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct order_new n = station_order(&s, &s.bath_offer, 540);
        n.slot = sv_of(bad[i]);
        CHECK_INT(station_place(&s, &s.citizen, &n, &o), ERR_INVALID);
        CHECK_TEXT(s.c->fault.fields[0].field, "slot");
        ctx_forgive(s.c);
    }
}

TEST_DB(ordering_without_binding_needs_name_phone_and_address)
{
    struct station s = station_world();
    struct care_order o;
    struct order_new n = station_order(&s, &s.bath_offer, 540);
    n.elder.n = 0;
    CHECK_INT(station_place(&s, &s.stranger, &n, &o), ERR_INVALID);
    CHECK_INT(s.c->fault.fields_n, 3);
    ctx_forgive(s.c);
    n.for_name = SV("李奶奶");
    n.for_phone = SV("100 8888 0001");
    n.for_address = SV("槐安里1号楼");
    MUST_GO(s.c, station_place(&s, &s.stranger, &n, &o));
    CHECK_INT(o.told, TOLD_NO);                      /* somebody must ring her */
    CHECK_INT(o.elder.n, 0);
}

TEST_DB(a_stranger_may_not_order_for_an_elder_nor_see_her_order)
{
    struct station s = station_world();
    struct care_order o;
    struct order_new n = station_order(&s, &s.bath_offer, 540);
    MUST_FAIL(s.c, station_place(&s, &s.stranger, &n, &o), ERR_MISSING, "elder.missing");
    struct care_order hers = placed(&s, &s.bath_offer, 540);
    s.c->who = &s.stranger;
    MUST_FAIL(s.c, entity_get(s.c, &care_order_entity, hers.id.n, &o), ERR_MISSING,
              "entity.missing");
    s.c->who = &s.other_manager;
    MUST_FAIL(s.c, entity_get(s.c, &care_order_entity, hers.id.n, &o), ERR_MISSING,
              "entity.missing");
    s.c->who = &s.manager;
    MUST_GO(s.c, entity_get(s.c, &care_order_entity, hers.id.n, &o));
}

TEST_DB(a_meal_subsidy_is_had_once_a_day)
{
    struct station s = station_world();
    struct care_order first = placed(&s, &s.lunch_offer, 480), second;
    CHECK_INT(first.subsidy.fen, 500);
    CHECK_INT(first.own_pay.fen, 1000);
    struct order_new n = station_order(&s, &s.lunch_offer, 540);
    MUST_GO(s.c, station_place(&s, &s.citizen, &n, &second));
    CHECK_INT(second.subsidy.fen, 0);                    /* in full, and it says why */
    CHECK_INT(second.own_pay.fen, 1500);
    CHECK(sv_find(second.price_note, SV("已用于同一天的另一餐")) >= 0);
    second.subsidy.fen = 500;                            /* the table holds it too */
    second.own_pay.fen = 1000;
    s.c->who = &who_house;
    MUST_FAIL(s.c, entity_update_by_rule(s.c, &care_order_entity, &second, second.row.version,
                                         "test"), ERR_CONFLICT, "subsidy.once_a_day");
}

TEST_DB(a_carer_must_be_free_able_and_as_wished)
{
    struct station s = station_world();
    struct care_order a = placed(&s, &s.bath_offer, 540), b = placed(&s, &s.bath_offer, 540);
    struct assign_input gang = { s.gang.id }, mei = { s.mei.id }, nobody = { { 0 } };
    CHECK_INT(act(&s, &s.manager, &a, "assign", &nobody), ERR_INVALID);
    ctx_forgive(s.c);
    CHECK_INT(act(&s, &s.manager, &a, "assign", &gang), ERR_INVALID);
    CHECK_TEXT(sv_of(s.c->fault.fields[0].key), "carer.skill");
    ctx_forgive(s.c);
    MUST_GO(s.c, act(&s, &s.manager, &a, "assign", &mei));
    CHECK_INT(a.state, ORDER_ASSIGNED);
    MUST_FAIL(s.c, act(&s, &s.manager, &b, "assign", &mei), ERR_CONFLICT, "visit.clash");
}

TEST_DB(cancelling_gives_the_place_back_and_calls_the_visit_off)
{
    struct station s = station_world();
    struct care_order o = placed(&s, &s.bath_offer, 540);
    struct assign_input mei = { s.mei.id };
    struct reason_input why = { SV_INIT("住院了") };
    struct visit v;
    bool found;
    MUST_GO(s.c, act(&s, &s.manager, &o, "assign", &mei));
    MUST_GO(s.c, act(&s, &s.citizen, &o, "cancel", &why));
    CHECK_INT(o.state, ORDER_CANCELLED);
    CHECK_INT(o.cancel_fee.fen, 0);                  /* two days before */
    CHECK_INT(places_taken(&s, &o), 0);
    s.c->who = &who_house;
    MUST_GO(s.c, order_visit_of(s.c, &o, &v, &found));
    CHECK(!found);
}

TEST_DB(late_cancelling_costs_its_share)
{
    struct station s = station_world();
    struct care_order o = placed(&s, &s.bath_offer, 540);
    struct reason_input why = { SV_INIT("不去了") };
    MUST_GO(s.c, act(&s, &s.manager, &o, "accept", NULL));
    s.c->now = moment_at(day_civil(2026, 11, 23), 300);
    MUST_GO(s.c, act(&s, &s.citizen, &o, "cancel", &why));
    CHECK_INT(o.cancel_fee.fen, 1600);
}

TEST_DB(another_time_moves_place_and_visit)
{
    struct station s = station_world();
    struct care_order o = placed(&s, &s.bath_offer, 540);
    struct assign_input mei = { s.mei.id };
    struct change_input later = { SV_INIT("2026-11-24.600") };
    struct visit v;
    bool found;
    MUST_GO(s.c, act(&s, &s.manager, &o, "assign", &mei));
    struct care_order before = o;
    MUST_GO(s.c, act(&s, &s.citizen, &o, "change", &later));
    CHECK_INT(o.start_min, 600);
    CHECK_INT(o.end_min, 660);
    CHECK_INT(places_taken(&s, &before), 0);
    CHECK_INT(places_taken(&s, &o), 1);
    s.c->who = &who_house;
    MUST_GO(s.c, order_visit_of(s.c, &o, &v, &found));
    CHECK(found);
    CHECK_INT(v.start_min, 600);
    CHECK_INT(v.day.n, o.day.n);
}

TEST_DB(the_elders_refusal_costs_nothing)
{
    struct station s = station_world();
    struct care_order o = placed(&s, &s.bath_offer, 540);
    MUST_GO(s.c, act(&s, &s.manager, &o, "accept", NULL));
    s.c->now = moment_at(day_civil(2026, 11, 23), 300);
    MUST_GO(s.c, act(&s, &s.citizen, &o, "refuse", NULL));
    CHECK_INT(o.state, ORDER_CANCELLED);
    CHECK_INT(o.told, TOLD_REFUSED);
    CHECK_INT(o.cancel_fee.fen, 0);
}

static struct visit visit_of(struct station *s, const struct care_order *o)
{
    struct visit v;
    bool found;
    const struct who *before = s->c->who;
    s->c->who = &who_house;
    MUST_GO(s->c, order_visit_of(s->c, o, &v, &found));
    CHECK(found);
    s->c->who = before;
    return v;
}

TEST_DB(the_main_job_from_order_to_rating)
{
    struct station s = station_world();
    struct care_order o = placed(&s, &s.bath_offer, 540);
    struct assign_input mei = { s.mei.id };
    struct arrive_input here = { { 302000000 }, { 1256000000 } };
    struct finish_input well = { SV_INIT("洗好了"), RESULT_WELL };
    struct rate_input five = { 5, SV_INIT("很细心") };
    struct who carer = {
        .account = 40, .role = ROLE_CARER, .org = s.org.id.n, .carer = s.mei.id.n
    };
    MUST_GO(s.c, act(&s, &s.manager, &o, "accept", NULL));
    MUST_GO(s.c, act(&s, &s.manager, &o, "assign", &mei));

    struct visit v = visit_of(&s, &o);
    s.c->who = &carer;
    MUST_FAIL(s.c, entity_act(s.c, &visit_entity, v.id.n, v.row.version, SV("arrive"), &here, &v),
              ERR_CONFLICT, "visit.not_yet");
    s.c->now = moment_at(day_civil(2026, 11, 23), 541);
    MUST_GO(s.c, entity_act(s.c, &visit_entity, v.id.n, v.row.version, SV("arrive"), &here, &v));
    MUST_GO(s.c, entity_act(s.c, &visit_entity, v.id.n, v.row.version, SV("finish"), &well, &v));
    CHECK(!v.backdated);

    s.c->who = &s.citizen;
    MUST_GO(s.c, entity_get(s.c, &care_order_entity, o.id.n, &o));
    CHECK_INT(o.state, ORDER_SERVED);
    MUST_FAIL(s.c, act(&s, &s.manager, &o, "confirm", NULL), ERR_FORBIDDEN,
              "order.own_confirm");
    MUST_GO(s.c, act(&s, &s.citizen, &o, "confirm", NULL));
    MUST_GO(s.c, act(&s, &s.citizen, &o, "rate", &five));
    CHECK_INT(o.state, ORDER_RATED);
}

TEST_DB(nobody_met_is_a_result_of_its_own)
{
    struct station s = station_world();
    struct care_order o = placed(&s, &s.bath_offer, 540);
    struct assign_input mei = { s.mei.id };
    struct not_met_input in = { .note = SV_INIT("敲门无人，电话未接") };
    MUST_GO(s.c, act(&s, &s.manager, &o, "assign", &mei));
    struct visit v = visit_of(&s, &o);
    s.c->now = moment_at(day_civil(2026, 11, 24), 600);
    MUST_GO(s.c, entity_act(s.c, &visit_entity, v.id.n, v.row.version, SV("not_met"), &in, &v));
    CHECK(v.backdated);                              /* entered a day later */
    MUST_GO(s.c, entity_get(s.c, &care_order_entity, o.id.n, &o));
    CHECK_INT(o.state, ORDER_NOT_MET);
}

TEST_DB(whatever_fails_an_order_is_wholly_there_or_not_at_all)
{
    struct station s = station_world();
    struct order_new n = station_order(&s, &s.bath_offer, 540);
    s.c->who = &who_house;
    EVERY_FAULT(step) {
        struct care_order o = { .id = { 0 } };
        struct query q = { .size = 1, .total = true };
        struct page page;
        enum err e = station_place(&s, &s.citizen, &n, &o);
        fault_settle(&step, e);
        MUST_GO(s.c, entity_list(s.c, &care_order_entity, &q, &page));
        CHECK_INT(page.total, e == ERR_NONE ? 1 : 0);
        MUST_GO(s.c, entity_list(s.c, &order_part_entity, &q, &page));
        CHECK_INT(page.total, e == ERR_NONE ? 1 : 0);
        MUST_GO(s.c, entity_list(s.c, &slot_entity, &q, &page));
        CHECK_INT(page.total, e == ERR_NONE ? 1 : 0);
    }
}

/* An order that has the number the next one would draw: ids count on from each other. */
static void take_next_number(struct station *s, struct care_order *like)
{
    enum { AHEAD = 40 };
    int64_t id;
    MUST_GO(s->c, id_next(s->c, s->c->house->ids, &id));
    int64_t wanted = id + AHEAD, before = wanted - 2;    /* the time's slot takes an id as well */
    like->id.n = 0;
    like->number = order_number(test_mem(), like->day, wanted);
    s->c->who = &who_house;
    MUST_GO(s->c, entity_create_by_rule(s->c, &care_order_entity, like));
    while (id < before)
        MUST_GO(s->c, id_next(s->c, s->c->house->ids, &id));
    CHECK_INT(id, before);
}

TEST_DB(a_number_drawn_twice_asks_for_another_run)
{
    struct station s = station_world();
    struct care_order first = placed(&s, &s.bath_offer, 540), again;
    struct order_new n = station_order(&s, &s.bath_offer, 540);
    take_next_number(&s, &first);
    MUST_GO(s.c, db_savepoint(s.c));
    enum err e = station_place(&s, &s.citizen, &n, &again);
    CHECK_INT(e, ERR_CONFLICT);
    CHECK_TEXT(sv_of(s.c->fault.key), "order.number_taken");
    CHECK(s.c->fault.retryable);
    ctx_forgive(s.c);
    MUST_GO(s.c, db_savepoint_undo(s.c));
    MUST_GO(s.c, station_place(&s, &s.citizen, &n, &again));
    CHECK(!sv_eq(again.number, first.number));
    CHECK_INT(places_taken(&s, &again), 2);
}

TEST_DB(more_than_a_time_holds_is_refused)
{
    struct station s = station_world();
    struct care_order o;
    struct order_new n = station_order(&s, &s.bath_offer, 540);
    n.quantity = 3;                                      /* of two, the time's first order */
    MUST_FAIL(s.c, station_place(&s, &s.citizen, &n, &o), ERR_CONFLICT, "slot.full");
    placed(&s, &s.bath_offer, 540);
    n.quantity = 2;
    MUST_FAIL(s.c, station_place(&s, &s.citizen, &n, &o), ERR_CONFLICT, "slot.full");
}

static void clock_confirms(struct station *s)
{
    struct job_table table = { .kinds = order_module.jobs, .kinds_n = 1 };
    bool ran = false;
    int64_t job;
    s->c->who = &who_house;
    MUST_GO(s->c, db_commit(s->c));
    MUST_GO(s->c, job_add(s->c, "order.confirm", SV("{}"), &job));
    MUST_GO(s->c, job_step(s->c, &table, &ran));
    CHECK(ran);
    MUST_GO(s->c, db_begin(s->c));
}

TEST_DB(silence_for_some_days_confirms_and_a_dispute_does_not)
{
    struct station s = station_world();
    struct care_order quiet = placed(&s, &s.lunch_offer, 600);
    struct order_new n = station_order(&s, &s.lunch_offer, 660);
    struct reason_input cold = { SV_INIT("饭是凉的") };
    struct care_order loud;
    n.elder.n = 0, n.for_name = SV("周试算"), n.for_phone = SV("10000000001");
    MUST_GO(s.c, station_place(&s, &s.citizen, &n, &loud));
    s.c->now = moment_at(quiet.day, 700);
    MUST_GO(s.c, act(&s, &s.manager, &quiet, "attend", NULL));
    MUST_GO(s.c, act(&s, &s.manager, &loud, "attend", NULL));
    MUST_GO(s.c, act(&s, &s.citizen, &loud, "dispute", &cold));
    s.c->now.ms += 2 * (int64_t)MS_A_DAY;
    clock_confirms(&s);
    MUST_GO(s.c, entity_get(s.c, &care_order_entity, quiet.id.n, &quiet));
    CHECK_INT(quiet.state, ORDER_SERVED);                /* the third day is still hers */
    s.c->now.ms += MS_A_DAY;
    clock_confirms(&s);
    MUST_GO(s.c, entity_get(s.c, &care_order_entity, quiet.id.n, &quiet));
    MUST_GO(s.c, entity_get(s.c, &care_order_entity, loud.id.n, &loud));
    CHECK_INT(quiet.state, ORDER_CONFIRMED);
    CHECK_INT(loud.state, ORDER_DISPUTED);
}
