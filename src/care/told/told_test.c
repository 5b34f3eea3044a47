/* told_test.c - the call list: who stands on it, and what her answer does to the order. */

#include "care/order/order_world_test.h"
#include "care/order/steps.h"
#include "care/told/told.h"

/* A bath on Monday that the stranger ordered for somebody; she has not been told. */
static struct told_call one_call(struct station *s, struct care_order *o)
{
    struct order_new n = station_order(s, &s->bath_offer, 540);
    struct page page;
    n.elder.n = 0;
    n.for_name = SV("陈桂芬");
    n.for_phone = SV("10012349999");
    n.for_address = SV("槐安里1号楼101");
    n.for_relation = SV("女儿");
    MUST_GO(s->c, station_place(s, &s->stranger, &n, o));
    s->c->who = &s->manager;
    MUST_GO(s->c, told_make(s->c, o->day, s->org.id));
    MUST_GO(s->c, told_make(s->c, o->day, s->org.id));
    MUST_GO(s->c, entity_list(s->c, &told_call_entity, &(struct query){ .size = 5 }, &page));
    CHECK_INT(page.n, 1);
    return ((const struct told_call *)page.rows)[0];
}

static enum err answer(struct station *s, struct told_call *t, const char *action,
                       const void *input)
{
    return entity_act(s->c, &told_call_entity, t->id.n, t->row.version, sv_of(action), input, t);
}

static struct care_order order_now(struct station *s, const struct told_call *t)
{
    struct care_order o;
    bool found;
    MUST_GO(s->c, entity_load(s->c, &care_order_entity, t->care_order.n, &o, &found));
    return o;
}

TEST_DB(who_agrees_on_the_telephone_has_been_told)
{
    struct station s = station_world();
    struct care_order o;
    struct told_call t = one_call(&s, &o);
    struct sv say;
    MUST_GO(s.c, told_sentence(s.c, &o, &say));
    CHECK(sv_find(say, SV("女儿帮您约的")) > 0);
    MUST_GO(s.c, answer(&s, &t, "agree", &(struct { struct sv note; }){ SV("") }));
    CHECK_INT(t.state, CALL_AGREED);
    CHECK_INT(order_now(&s, &t).told, TOLD_AGREED);
}

TEST_DB(who_does_not_want_it_refuses_the_order)
{
    struct station s = station_world();
    struct care_order o;
    struct told_call t = one_call(&s, &o);
    MUST_GO(s.c, answer(&s, &t, "refuse", &(struct { struct sv note; }){ SV("已经好了") }));
    o = order_now(&s, &t);
    CHECK_INT(o.state, ORDER_CANCELLED);
    CHECK_INT(o.told, TOLD_REFUSED);
    CHECK_INT(o.cancel_fee.fen, 0);
}

TEST_DB(another_time_moves_the_order_and_tells_it)
{
    struct station s = station_world();
    struct care_order o;
    struct told_call t = one_call(&s, &o);
    MUST_GO(s.c, answer(&s, &t, "change", &(struct change_input){ SV("2026-11-23.600") }));
    o = order_now(&s, &t);
    CHECK_INT(o.start_min, 600);
    CHECK_INT(o.told, TOLD_AGREED);
}

TEST_DB(three_calls_that_nobody_answers_are_not_reached)
{
    struct station s = station_world();
    struct care_order o;
    struct told_call t = one_call(&s, &o), seen;
    for (int i = 0; i < 3; i++) {
        CHECK_INT(t.state, CALL_OPEN);
        MUST_GO(s.c, answer(&s, &t, "no_answer", NULL));
    }
    CHECK_INT(t.state, CALL_UNREACHED);
    CHECK_INT(order_now(&s, &t).told, TOLD_NO);
    s.c->who = &s.other_manager;
    CHECK_INT(entity_get(s.c, &told_call_entity, t.id.n, &seen), ERR_MISSING);
    ctx_forgive(s.c);
}

static const struct json_value *again(struct station *s, const struct care_order *o)
{
    struct told_again in = { o->id };
    struct request q = { .query = &in };
    struct answer a = { .body = buf_new(test_mem(), 512) };
    const struct json_value *tree;
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    s->c->who = &s->manager;
    MUST_GO(s->c, told_again_get(s->c, &q, &a));
    json_end(&a.json, '}');
    MUST_GO(s->c, json_parse(s->c, buf_sv(&a.body), &tree));
    return tree;
}

/* Her next free hour: at nine she is with the very order that is asked about. */
TEST_DB(the_usual_again_is_the_same_carer_when_she_is_free)
{
    struct station s = station_world();
    struct order_new n = station_order(&s, &s.bath_offer, 540);
    struct assign_input mei = { s.mei.id };
    struct care_order o;
    MUST_GO(s.c, station_place(&s, &s.citizen, &n, &o));
    s.c->who = &s.manager;
    MUST_GO(s.c, entity_act(s.c, &care_order_entity, o.id.n, 1, SV("accept"), NULL, &o));
    MUST_GO(s.c, entity_act(s.c, &care_order_entity, o.id.n, 2, SV("assign"), &mei, &o));
    s.c->now = moment_at(day_civil(2026, 11, 22), 600);
    const struct json_value *tree = again(&s, &o);
    CHECK_TEXT(json_member(tree, "slot")->text, "2026-11-23.480");
    CHECK_TEXT(json_member(tree, "carer_title")->text, "李梅");
    s.c->now = moment_at(day_civil(2026, 11, 23), 600);
    CHECK_TEXT(json_member(again(&s, &o), "slot")->text, "2026-11-23.660");
}
