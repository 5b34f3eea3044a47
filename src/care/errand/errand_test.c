/* errand_test.c - an elder's money is taken, spent and handed back, and every yuan is told. */

#include "care/errand/errand.h"
#include "base/id.h"
#include "care/family/family.h"
#include "care/order/order_world_test.h"
#include "care/request/request.h"
#include "care/signal/signal.h"
#include "model/jobs.h"

enum { YUAN = 100 };

/* Mei goes shopping for wang on Monday; she has arrived. */
struct going {
    struct station s;
    struct ctx *c;
    struct catalogue_item shopping;
    struct offer offer;
    struct care_order order;
    struct visit visit;
    struct errand e;
    struct who mei;
};

static void read_errand(struct going *g)
{
    bool found;
    MUST_GO(g->c, errand_find(g->c, g->order.id, &g->e, &found));
    CHECK(found);
}

static void shop(struct going *g)
{
    struct catalogue_item *k = &g->shopping;
    record_clear(catalogue_item_fields, k);
    k->row.scope = g->s.wang.row.scope;
    k->name = k->plain_name = SV("代购生活用品");
    k->category = CATEGORY_ERRAND;
    k->errand = ERRAND_SHOPPING;
    k->at_home = true;
    k->duration_min = 60;
    MUST_GO(g->c, entity_create(g->c, &catalogue_item_entity, k));
    g->offer = g->s.bath_offer;
    g->offer.item = k->id;
    g->offer.row = (struct row){ .scope = g->s.wang.row.scope };
    g->offer.id.n = id_make(g->c->now.ms, 40, 1);
    MUST_GO(g->c, entity_bulk(g->c, &offer_entity, &g->offer, 1));
}

static struct going going(void)
{
    struct going g = { .s = station_world() };
    struct assign_input mei = { g.s.mei.id };
    bool found;
    g.c = g.s.c;
    shop(&g);
    struct order_new n = station_order(&g.s, &g.offer, 540);
    n.note = SV("鸡蛋一板\n老陈醋一瓶");
    MUST_GO(g.c, station_place(&g.s, &g.s.citizen, &n, &g.order));
    g.c->who = &g.s.manager;
    MUST_GO(g.c, entity_act(g.c, &care_order_entity, g.order.id.n, g.order.row.version,
                            SV("assign"), &mei, &g.order));
    MUST_GO(g.c, order_visit_of(g.c, &g.order, &g.visit, &found));
    g.mei = (struct who){ .account = 40, .role = ROLE_CARER, .org = g.s.org.id.n,
                          .carer = g.s.mei.id.n };
    g.c->now = moment_at(day_civil(2026, 11, 23), 545);
    g.c->who = &who_house;
    read_errand(&g);
    return g;
}

static enum err act(struct going *g, const struct who *who, const char *action, const void *input)
{
    g->c->who = who;
    enum err e = entity_act(g->c, &errand_entity, g->e.id.n, g->e.row.version, sv_of(action),
                            input, &g->e);
    g->c->who = &who_house;
    return e;
}

static struct errand_advance hundred(void)
{
    return (struct errand_advance){ { 100 * YUAN }, GIVER_ELDER, SV(""), true };
}
static struct errand_buy spent(int64_t fen)
{
    return (struct errand_buy){ { fen }, SV("鸡蛋、醋"), RECEIPT_PHOTO, SV("") };
}

static void bought(struct going *g, int64_t fen)
{
    struct errand_advance a = hundred();
    struct errand_buy b = spent(fen);
    MUST_GO(g->c, act(g, &g->mei, "advance", &a));
    MUST_GO(g->c, act(g, &g->mei, "buy", &b));
}

TEST_DB(an_order_of_an_errand_brings_its_list_along_and_others_bring_none)
{
    struct going g = going();
    struct care_order bath;
    struct errand e;
    bool found;
    CHECK_TEXT(g.e.wants, "鸡蛋一板\n老陈醋一瓶");
    CHECK_INT(g.e.kind, ERRAND_SHOPPING);
    CHECK_INT(g.e.state, ERRAND_OPEN);
    struct order_new n = station_order(&g.s, &g.s.bath_offer, 660);
    MUST_GO(g.c, station_place(&g.s, &g.s.citizen, &n, &bath));
    MUST_GO(g.c, errand_find(g.c, bath.id, &e, &found));
    CHECK(!found);
}

TEST_DB(from_her_hand_to_the_change_every_yuan_is_told)
{
    struct going g = going();
    struct errand_back back = { { 3650 }, { 0 }, SV("") };
    struct errand_sign sign = { SV("王秀英") };
    bought(&g, 6350);
    CHECK_INT(g.e.carer.n, g.s.mei.id.n);
    CHECK_INT(g.e.due.ms, moment_at(day_civil(2026, 11, 24), 545).ms);
    CHECK_INT(g.e.difference.fen, 3650);
    MUST_GO(g.c, act(&g, &g.mei, "hand_back", &back));
    CHECK_INT(g.e.difference.fen, 0);
    MUST_GO(g.c, act(&g, &g.mei, "acknowledge", &sign));
    CHECK_INT(g.e.state, ERRAND_CONFIRMED);
    CHECK_INT(g.e.confirmed, CONFIRM_FACE);
}

TEST_DB(an_advance_has_a_ceiling_a_giver_and_is_counted)
{
    struct going g = going();
    struct errand_advance a = hundred();
    a.amount.fen = 30001;
    MUST_FAULT(g.c, act(&g, &g.mei, "advance", &a), "errand.too_much");
    a = hundred();
    a.giver = GIVER_NONE;
    MUST_FAULT(g.c, act(&g, &g.mei, "advance", &a), "errand.giver");
    a.giver = GIVER_FAMILY;
    MUST_FAULT(g.c, act(&g, &g.mei, "advance", &a), "errand.giver_name");
    a = hundred();
    a.counted = false;
    MUST_FAULT(g.c, act(&g, &g.mei, "advance", &a), "errand.counted");
    CHECK_INT(g.e.state, ERRAND_OPEN);
}

TEST_DB(a_difference_is_explained_and_no_receipt_too)
{
    struct going g = going();
    struct errand_buy b = { { 6350 }, SV(""), RECEIPT_NONE, SV("") };
    struct errand_back back = { { 3600 }, { 0 }, SV("") };
    MUST_FAULT(g.c, act(&g, &g.mei, "buy", &b), "errand.no_receipt");
    bought(&g, 6350);
    MUST_FAULT(g.c, act(&g, &g.mei, "hand_back", &back), "errand.why");
    back.why = SV("老人说五毛不用找");
    MUST_GO(g.c, act(&g, &g.mei, "hand_back", &back));
    CHECK_INT(g.e.difference.fen, 50);
}

TEST_DB(what_costs_more_than_was_given_is_paid_on_top)
{
    struct going g = going();
    struct errand_back back = { { 0 }, { 2350 }, SV("") };
    bought(&g, 12350);
    CHECK_INT(g.e.difference.fen, -2350);
    MUST_GO(g.c, act(&g, &g.mei, "hand_back", &back));
    CHECK_INT(g.e.difference.fen, 0);
}

TEST_DB(nothing_bought_the_whole_advance_goes_back)
{
    struct going g = going();
    struct errand_advance a = hundred();
    struct errand_back back = { { 10000 }, { 0 }, SV("") };
    MUST_GO(g.c, act(&g, &g.mei, "advance", &a));
    MUST_GO(g.c, act(&g, &g.mei, "hand_back", &back));
    CHECK_INT(g.e.state, ERRAND_RETURNED);
}

TEST_DB(a_card_or_a_password_is_no_part_of_a_list)
{
    struct going g = going();
    struct errand_wants w = { SV("取钱，卡号 6222 0000 0000 0000 123") };
    MUST_FAULT(g.c, act(&g, &g.s.citizen, "write", &w), "errand.secrets");
    w.wants = SV("密码是生日");
    MUST_FAULT(g.c, act(&g, &g.s.citizen, "write", &w), "errand.secrets");
    w.wants = SV("电费户号 1234567890");
    MUST_GO(g.c, act(&g, &g.s.citizen, "write", &w));
    CHECK(!errand_tells_secrets(SV("醋 2 瓶 12 元，10012345678")));
}

TEST_DB(who_served_does_not_confirm_for_her_and_a_stranger_sees_nothing)
{
    struct going g = going();
    struct errand_back back = { { 3650 }, { 0 }, SV("") };
    struct errand e;
    bought(&g, 6350);
    MUST_GO(g.c, act(&g, &g.mei, "hand_back", &back));
    CHECK(act(&g, &g.s.manager, "confirm", NULL) != ERR_NONE);
    ctx_forgive(g.c);
    g.c->who = &g.s.stranger;
    MUST_FAIL(g.c, entity_get(g.c, &errand_entity, g.e.id.n, &e), ERR_MISSING, "entity.missing");
    g.c->who = &g.s.other_manager;
    MUST_FAIL(g.c, entity_get(g.c, &errand_entity, g.e.id.n, &e), ERR_MISSING, "entity.missing");
    struct who gang = g.mei;
    gang.carer = g.s.gang.id.n;
    g.c->who = &gang;
    MUST_FAIL(g.c, entity_get(g.c, &errand_entity, g.e.id.n, &e), ERR_MISSING, "entity.missing");
    MUST_GO(g.c, act(&g, &g.s.citizen, "confirm", NULL));
    CHECK_INT(g.e.confirmed, CONFIRM_CITIZEN);
}

/* The stranger is bound to wang and may do so much. */
static void bound(struct going *g, uint64_t may, struct bond *b)
{
    record_clear(bond_fields, b);
    b->row.scope = g->s.wang.row.scope;
    b->account.n = g->s.stranger.account;
    b->elder = g->s.wang.id;
    b->relation = RELATION_CHILD;
    b->state = BOND_ACTIVE;
    b->may.bits = may;
    b->id.n = id_make(g->c->now.ms, 41, (int)may);
    MUST_GO(g->c, entity_bulk(g->c, &bond_entity, b, 1));
}

TEST_DB(who_has_no_right_to_her_money_sees_the_order_and_not_the_errand)
{
    struct going g = going();
    struct care_order o;
    struct errand e;
    struct bond b;
    bound(&g, 3, &b);
    g.c->who = &g.s.stranger;
    MUST_GO(g.c, entity_get(g.c, &care_order_entity, g.order.id.n, &o));
    MUST_FAIL(g.c, entity_get(g.c, &errand_entity, g.e.id.n, &e), ERR_MISSING, "entity.missing");
    b.may.bits = 5;
    g.c->who = &who_house;
    MUST_GO(g.c, entity_update_by_rule(g.c, &bond_entity, &b, b.row.version, "may"));
    g.c->who = &g.s.stranger;
    MUST_GO(g.c, entity_get(g.c, &errand_entity, g.e.id.n, &e));
}

static int64_t rows_of(struct ctx *c, const struct entity *e)
{
    struct query q = { .size = 1, .total = true };
    struct page page;
    c->who = &who_house;
    MUST_GO(c, entity_list(c, e, &q, &page));
    return page.total;
}

TEST_DB(something_wrong_opens_one_request)
{
    struct going g = going();
    struct reason_input why = { SV("少找了二十块") };
    bought(&g, 6350);
    MUST_GO(g.c, act(&g, &g.s.citizen, "dispute", &why));
    CHECK_INT(g.e.state, ERRAND_DISPUTED);
    CHECK_INT(rows_of(g.c, &request_entity), 1);
    CHECK(act(&g, &g.s.manager, "settle", NULL) != ERR_NONE);    /* not by who served */
    ctx_forgive(g.c);
}

/* The house's clock runs its job once. */
static void clock_runs(struct going *g)
{
    const struct job_table table = { .kinds = errand_module.jobs, .kinds_n = 1 };
    int64_t id;
    bool ran;
    g->c->who = &who_house;
    MUST_GO(g->c, db_begin(g->c));
    MUST_GO(g->c, job_add(g->c, "errand.overdue", SV("{}"), &id));
    MUST_GO(g->c, db_commit(g->c));
    MUST_GO(g->c, job_step(g->c, &table, &ran));
    CHECK(ran);
}

TEST_DB(an_advance_that_is_not_settled_in_time_is_told_once)
{
    struct going g = going();
    struct errand_advance a = hundred();
    MUST_GO(g.c, act(&g, &g.mei, "advance", &a));
    MUST_GO(g.c, db_commit(g.c));
    clock_runs(&g);
    CHECK_INT(rows_of(g.c, &work_item_entity), 0);
    g.c->now = moment_at(day_civil(2026, 11, 24), 546);
    clock_runs(&g);
    clock_runs(&g);
    CHECK_INT(rows_of(g.c, &work_item_entity), 1);
    read_errand(&g);
    CHECK_INT(g.e.overdue_at.ms, g.c->now.ms);
}

TEST_DB(an_errand_goes_with_its_order_unless_money_was_given)
{
    struct going g = going();
    struct reason_input why = { SV("不用了") };
    struct errand_advance a = hundred();
    g.c->who = &g.s.citizen;
    MUST_GO(g.c, entity_act(g.c, &care_order_entity, g.order.id.n, g.order.row.version,
                            SV("cancel"), &why, &g.order));
    read_errand(&g);
    CHECK_INT(g.e.state, ERRAND_DROPPED);
    CHECK(act(&g, &g.mei, "advance", &a) != ERR_NONE);
    ctx_forgive(g.c);
}

/* Moves the order to Tuesday, by who ordered it. */
static void move_to_tuesday(struct going *g)
{
    struct buf key = buf_new(test_mem(), 16);
    slot_key_write(&key, (struct slot_key){ day_civil(2026, 11, 24), 540 });
    struct change_input to = { buf_sv(&key) };
    struct care_order *o = &g->order;
    g->c->now = moment_at(day_civil(2026, 11, 21), 545);
    g->c->who = &g->s.citizen;
    MUST_GO(g->c, entity_act(g->c, &care_order_entity, o->id.n, o->row.version, SV("change"), &to,
                             o));
    g->c->who = &who_house;
    read_errand(g);
}

TEST_DB(another_day_of_the_order_moves_the_errand)
{
    struct going g = going();
    move_to_tuesday(&g);
    CHECK_INT(g.e.day.n, day_civil(2026, 11, 24).n);
    CHECK_INT(g.e.state, ERRAND_OPEN);
}

TEST_DB(with_her_money_in_hand_the_day_is_the_one_it_was_given_on)
{
    struct going g = going();
    struct errand_advance a = hundred();
    MUST_GO(g.c, act(&g, &g.mei, "advance", &a));
    move_to_tuesday(&g);
    CHECK_INT(g.e.day.n, day_civil(2026, 11, 23).n);
    CHECK_INT(g.e.state, ERRAND_ADVANCED);
}

TEST_DB(what_carers_hold_is_known_by_place_and_day)
{
    struct going g = going();
    struct errand_held held;
    struct place_id place = { 77 };
    struct errand_advance a = hundred();
    struct errand_buy b = spent(6350);
    g.e.place = place;
    MUST_GO(g.c, act(&g, &g.mei, "advance", &a));
    g.e.place = place;
    MUST_GO(g.c, entity_update_by_rule(g.c, &errand_entity, &g.e, g.e.row.version, "place"));
    MUST_GO(g.c, errand_held_at(g.c, place, g.e.day, &held));
    CHECK_INT(held.held.fen, 10000);
    CHECK_INT(held.n, 1);
    MUST_GO(g.c, act(&g, &g.mei, "buy", &b));
    MUST_GO(g.c, errand_held_at(g.c, place, g.e.day, &held));
    CHECK_INT(held.held.fen, 3650);
    MUST_GO(g.c, errand_held_at(g.c, place, (struct day){ g.e.day.n - 1 }, &held));
    CHECK_INT(held.n, 0);
}
