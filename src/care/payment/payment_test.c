/* payment_test.c - what an order brings in, what may be given back, and invoices. */

#include "care/order/order_world_test.h"
#include "care/payment/payment.h"

static struct care_order paid_order(struct station *s)
{
    struct order_new n = station_order(s, &s->bath_offer, 540);
    struct care_order o;
    MUST_GO(s->c, station_place(s, &s->citizen, &n, &o));
    s->c->who = &s->manager;
    MUST_GO(s->c, entity_act(s->c, &care_order_entity, o.id.n, 1, SV("accept"), NULL, &o));
    MUST_GO(s->c, entity_act(s->c, &care_order_entity, o.id.n, 2, SV("pay"), NULL, &o));
    return o;
}

static struct payment_sum sum_of(struct station *s, const struct care_order *o)
{
    struct payment_sum sum;
    MUST_GO(s->c, payment_sum_of(s->c, o, &sum));
    return sum;
}

TEST_DB(noting_a_payment_makes_its_row_with_a_number)
{
    struct station s = station_world();
    struct care_order o = paid_order(&s);
    struct page page;
    CHECK_INT(sum_of(&s, &o).taken.fen, 8000);
    CHECK_INT(sum_of(&s, &o).refundable.fen, 0);
    MUST_GO(s.c, entity_list(s.c, &payment_entity, &(struct query){ .size = 5 }, &page));
    CHECK_INT(page.n, 1);
    const struct payment *p = page.rows;
    CHECK_INT(p->source, SOURCE_VISIT);
    CHECK_INT(p->number.len, 12);
    s.c->who = &s.other_manager;
    MUST_GO(s.c, entity_list(s.c, &payment_entity, &(struct query){ .size = 5 }, &page));
    CHECK_INT(page.n, 0);
}

/* Late, a fifth of her own part is kept by the rule that she was shown; the rest goes back. */
TEST_DB(a_cancelled_order_gives_back_what_the_rule_leaves)
{
    struct station s = station_world();
    struct care_order o = paid_order(&s);
    struct reason_input why = { SV("临时有事") };
    s.c->now = moment_at(day_civil(2026, 11, 23), 500);
    s.c->who = &s.citizen;
    MUST_GO(s.c, entity_act(s.c, &care_order_entity, o.id.n, o.row.version, SV("cancel"), &why,
                            &o));
    struct payment_sum sum = sum_of(&s, &o);
    CHECK_INT(sum.owed.fen, 1600);
    CHECK_INT(sum.refundable.fen, 6400);
    s.c->who = &s.manager;
    MUST_GO(s.c, payment_record(s.c, &o, PAYMENT_REFUND, (struct money){ -6400 }, SV("按规则")));
    CHECK_INT(sum_of(&s, &o).refundable.fen, 0);
    CHECK_INT(sum_of(&s, &o).taken.fen, 1600);
}

static struct invoice asking(const struct care_order *o, const char *tax_number)
{
    struct invoice i;
    record_clear(invoice_fields, &i);
    i.care_order = o->id;
    i.title_kind = TITLE_COMPANY;
    i.title = SV("云汀市某公司");
    i.tax_number = sv_of(tax_number);
    return i;
}

TEST_DB(an_invoice_is_asked_once_with_a_tax_number_that_can_be)
{
    struct station s = station_world();
    struct care_order o = paid_order(&s);
    struct invoice none = asking(&o, ""), wrong = asking(&o, "911101010000000000"),
                   good = asking(&o, "91350100M000100Y43"), again = good;
    s.c->who = &s.citizen;
    MUST_FAULT(s.c, entity_create(s.c, &invoice_entity, &none), "invoice.tax_number");
    MUST_FAULT(s.c, entity_create(s.c, &invoice_entity, &wrong), "uscc.check");
    MUST_GO(s.c, entity_create(s.c, &invoice_entity, &good));
    CHECK_INT(good.amount.fen, 8000);
    CHECK_INT(good.state, INVOICE_ASKED);
    MUST_GO(s.c, db_savepoint(s.c));
    MUST_FAIL(s.c, entity_create(s.c, &invoice_entity, &again), ERR_CONFLICT, "invoice.once");
    MUST_GO(s.c, db_savepoint_undo(s.c));
}

TEST_DB(what_is_not_paid_is_not_invoiced)
{
    struct station s = station_world();
    struct order_new n = station_order(&s, &s.bath_offer, 540);
    struct care_order o;
    MUST_GO(s.c, station_place(&s, &s.citizen, &n, &o));
    struct invoice i = asking(&o, "91350100M000100Y43");
    s.c->who = &s.citizen;
    MUST_FAIL(s.c, entity_create(s.c, &invoice_entity, &i), ERR_CONFLICT, "invoice.unpaid");
}
