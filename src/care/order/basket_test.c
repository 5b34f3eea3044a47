/* basket_test.c - several orders together: one number, one subsidy a day, all or none. */

#include "care/order/basket.h"
#include "care/order/order_world_test.h"

static void put(struct station *s, struct basket *b, const struct offer *o, int start_min)
{
    struct order_new n = station_order(s, o, start_min);
    b->asked[b->n++] = (struct order_new){ .offer = n.offer, .slot = n.slot };
}

static struct basket *basket_of(void)
{
    return NEW(test_mem(), struct basket, 1);
}

static enum err place(struct station *s, const struct who *who, struct basket *b)
{
    struct basket_new n = { .elder = s->wang.id };
    s->c->who = who;
    return basket_place(s->c, &n, b);
}

/* As a request that is refused: what it has written is undone. */
static enum err try_place(struct station *s, struct basket *b)
{
    MUST_GO(s->c, db_savepoint(s->c));
    enum err e = place(s, &s->citizen, b);
    struct fault why = s->c->fault;
    ctx_forgive(s->c);
    MUST_GO(s->c, db_savepoint_undo(s->c));
    s->c->fault = why;
    return e;
}

static int64_t rows_of(struct station *s, const struct entity *e)
{
    struct query q = { .size = 1, .total = true };
    struct page page;
    s->c->who = &who_house;
    MUST_GO(s->c, entity_list(s->c, e, &q, &page));
    return page.total;
}

TEST_DB(a_basket_is_an_order_for_each_under_one_number)
{
    struct station s = station_world();
    struct basket *b = basket_of();
    put(&s, b, &s.bath_offer, 600);
    put(&s, b, &s.lunch_offer, 660);
    MUST_GO(s.c, place(&s, &s.citizen, b));
    CHECK_INT(b->price.fen, 9500);
    CHECK_INT(b->subsidy.fen, 500);
    CHECK_INT(b->own_pay.fen, 9000);
    CHECK_INT(b->number.at[0], 'B');
    for (size_t i = 0; i < 2; i++) {
        struct care_order o;
        MUST_GO(s.c, entity_get(s.c, &care_order_entity, b->of[i].order.id.n, &o));
        CHECK(sv_eq(o.basket, b->number));
        CHECK_INT(o.offer.n, i ? s.lunch_offer.id.n : s.bath_offer.id.n);
        CHECK_INT(o.start_min, i ? 660 : 600);
    }
}

TEST_DB(of_two_meals_on_a_day_the_first_has_the_subsidy)
{
    struct station s = station_world();
    struct basket *asked = basket_of(), *b = basket_of();
    put(&s, asked, &s.lunch_offer, 660);
    put(&s, asked, &s.lunch_offer, 480);
    *b = *asked;
    s.c->who = &s.citizen;
    MUST_GO(s.c, basket_price(s.c, s.wang.id, asked));
    MUST_GO(s.c, place(&s, &s.citizen, b));
    CHECK_INT(asked->own_pay.fen, 2500);                 /* what was said is what is asked */
    CHECK_INT(b->own_pay.fen, 2500);
    CHECK_INT(b->of[0].order.subsidy.fen, 500);
    CHECK_INT(b->of[1].order.subsidy.fen, 0);
    CHECK_INT(b->of[1].price.parts_n, 1);
}

TEST_DB(a_subsidy_had_before_is_not_had_again)
{
    struct station s = station_world();
    struct basket *b = basket_of(), *again = basket_of();
    put(&s, b, &s.lunch_offer, 480);
    MUST_GO(s.c, place(&s, &s.citizen, b));
    put(&s, again, &s.bath_offer, 480);
    put(&s, again, &s.lunch_offer, 540);
    MUST_GO(s.c, place(&s, &s.citizen, again));
    CHECK_INT(again->of[1].order.subsidy.fen, 0);
    CHECK_INT(again->of[1].order.own_pay.fen, again->of[1].order.price.fen);
    CHECK_INT(rows_of(&s, &care_order_entity), 3);
}

TEST_DB(the_last_place_gone_nothing_of_the_basket_stands)
{
    struct station s = station_world();
    struct basket *full = basket_of(), *b = basket_of();
    put(&s, full, &s.bath_offer, 540);
    full->asked[0].quantity = 2;
    MUST_GO(s.c, place(&s, &s.citizen, full));
    put(&s, b, &s.lunch_offer, 480);
    put(&s, b, &s.bath_offer, 540);
    CHECK_INT(try_place(&s, b), ERR_CONFLICT);
    CHECK_TEXT(sv_of(s.c->fault.key), "slot.full");
    CHECK_INT(s.c->fault.fields_n, 1);
    CHECK_TEXT(s.c->fault.fields[0].field, "items.1.slot");
    ctx_forgive(s.c);
    CHECK_INT(rows_of(&s, &care_order_entity), 1);
    CHECK_INT(rows_of(&s, &slot_entity), 1);
}

TEST_DB(every_items_faults_are_told_at_once)
{
    struct station s = station_world();
    struct basket *b = basket_of();
    struct basket_new n = { .for_phone = SV("5") };
    put(&s, b, &s.bath_offer, 545);
    put(&s, b, &s.lunch_offer, 480);
    put(&s, b, &s.bath_offer, 540);
    b->asked[0].slot = SV("x");
    b->asked[2].offer.n = 5;
    s.c->who = &s.stranger;
    CHECK_INT(basket_place(s.c, &n, b), ERR_INVALID);
    CHECK_INT(s.c->fault.fields_n, 4);
    CHECK_TEXT(s.c->fault.fields[0].field, "items.0.slot");
    CHECK_TEXT(s.c->fault.fields[1].field, "for_name");
    CHECK_TEXT(s.c->fault.fields[2].field, "for_phone");
    CHECK_TEXT(s.c->fault.fields[3].field, "items.2.offer");
    ctx_forgive(s.c);
}

TEST_DB(what_overlaps_is_told_before_placing)
{
    struct station s = station_world();
    struct basket *first = basket_of(), *b = basket_of();
    put(&s, first, &s.bath_offer, 600);
    MUST_GO(s.c, place(&s, &s.citizen, first));
    put(&s, b, &s.lunch_offer, 480);
    put(&s, b, &s.bath_offer, 480);
    put(&s, b, &s.lunch_offer, 600);
    MUST_GO(s.c, basket_price(s.c, s.wang.id, b));
    CHECK_INT(b->clashes_n, 2);
    CHECK_INT(b->clashes[0].item, 1);
    CHECK_INT(b->clashes[0].with, 0);
    CHECK_INT(b->clashes[1].item, 2);
    CHECK(sv_eq(b->clashes[1].number, first->of[0].order.number));
}

TEST_DB(a_basket_of_none_and_of_too_many_is_refused)
{
    struct station s = station_world();
    struct basket *b = basket_of();
    const struct json_value *tree;
    MUST_GO(s.c, json_parse(s.c, SV("[]"), &tree));
    CHECK_INT(basket_items(s.c, tree, b), ERR_INVALID);
    CHECK_TEXT(sv_of(s.c->fault.fields[0].key), "basket.none");
    ctx_forgive(s.c);
    MUST_GO(s.c, json_parse(s.c, SV("[1,2,3,4,5,6,7,8,9,10,11]"), &tree));
    CHECK_INT(basket_items(s.c, tree, b), ERR_INVALID);
    CHECK_TEXT(sv_of(s.c->fault.fields[0].key), "basket.many");
    ctx_forgive(s.c);
    MUST_GO(s.c, json_parse(s.c, SV("[{\"offer\":\"7\"},{\"slot\":\"x\"}]"), &tree));
    CHECK_INT(basket_items(s.c, tree, b), ERR_INVALID);
    CHECK_TEXT(s.c->fault.fields[0].field, "items.1.offer");
    ctx_forgive(s.c);
}

TEST_DB(a_stranger_may_not_fill_a_basket_for_an_elder)
{
    struct station s = station_world();
    struct basket *b = basket_of();
    put(&s, b, &s.bath_offer, 540);
    MUST_FAIL(s.c, place(&s, &s.stranger, b), ERR_MISSING, "elder.missing");
}

TEST_DB(whatever_fails_a_basket_is_wholly_there_or_not_at_all)
{
    struct station s = station_world();
    struct basket *b = basket_of(), *asked = basket_of();
    put(&s, asked, &s.bath_offer, 540);
    put(&s, asked, &s.lunch_offer, 660);
    s.c->who = &who_house;
    EVERY_FAULT(step) {
        *b = *asked;
        enum err e = place(&s, &s.citizen, b);
        fault_settle(&step, e);
        int64_t n = e == ERR_NONE ? 2 : 0;
        CHECK_INT(rows_of(&s, &care_order_entity), n);
        CHECK_INT(rows_of(&s, &slot_entity), n);
    }
}
