/* page.c - the money of one order, and giving some back. */

#include "care/payment/inside.h"

#include "http/describe/gives.h"

/* --- what stands with an order --- */

static enum err list_of(struct ctx *c, struct json *j, const char *name, const struct entity *e,
                        int64_t order)
{
    struct query q = { .size = 50, .to_answer = true };
    struct page page;
    q.filters[q.filters_n++] = (struct filter){ field_named(e->fields, SV("care_order")), '=',
                                                sv_fmt(&c->mem, "%lld", (long long)order) };
    TRY(entity_list(c, e, &q, &page));
    entity_page_json(c, j, name, e, &page, false);
    return ERR_NONE;
}

static enum err write_money(struct ctx *c, struct json *j, const struct care_order *o)
{
    struct payment_sum s;
    TRY(payment_sum_of(c, o, &s));
    json_int(j, "own_pay", o->own_pay.fen);
    json_int(j, "taken", s.taken.fen);
    json_int(j, "owed", s.owed.fen);
    json_int(j, "refundable", s.refundable.fen);
    TRY(list_of(c, j, "payments", &payment_entity, o->id.n));
    return list_of(c, j, "invoices", &invoice_entity, o->id.n);
}

static enum err money_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    struct care_order o;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &care_order_entity, id, &o));
    return write_money(c, &a->json, &o);
}

/* --- giving back --- */

struct refund_new { struct money amount; struct sv reason; };
static const struct field refund_fields[] = {
    FIELD(struct refund_new, amount, .low = 0, .high = 10000000, .zh = "退款金额",
          .en = "How much; all that may be when absent"),
    FIELD(struct refund_new, reason, .required = true, .low = 2, .high = 300, .zh = "原因",
          .en = "Reason"),
    { 0 },
};

static enum err refund_check(struct ctx *c, const struct care_order *o, struct money *amount)
{
    struct payment_sum s;
    TRY(payment_sum_of(c, o, &s));
    if (s.refundable.fen == 0)
        return fail(c, ERR_CONFLICT, "payment.nothing", "nothing to give back for order %lld",
                    (long long)o->id.n);
    if (amount->fen == 0)
        *amount = s.refundable;
    if (amount->fen > s.refundable.fen) {
        struct sv most = sv_fmt(&c->mem, "%lld.%02lld", (long long)(s.refundable.fen / 100),
                                (long long)(s.refundable.fen % 100));
        fail_field_args(c, SV("amount"), "payment.too_much", most, SV(""));
    }
    return fail_fields(c);
}

static enum err refund_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct refund_new *in = q->body;
    struct money amount = in->amount;
    struct care_order o;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &care_order_entity, id, &o));
    if (roles[c->who->role].sees != SEES_ORG || c->who->org != o.org.n)
        return fail(c, ERR_FORBIDDEN, "payment.not_yours", "order %lld is another's",
                    (long long)id);
    TRY(refund_check(c, &o, &amount));
    TRY(payment_record(c, &o, PAYMENT_REFUND, (struct money){ -amount.fen }, in->reason));
    a->status = 201;
    return write_money(c, &a->json, &o);
}

static const struct field money_gives[] = {
    SAYS(INT, "own_pay"), SAYS(INT, "taken"), SAYS(INT, "owed"), SAYS(INT, "refundable"),
    SAYS(LIST, "payments", .links = "payment"), SAYS(LIST, "invoices", .links = "invoice"), { 0 },
};

const struct endpoint payment_endpoints[] = {
    { .verb = GET, .path = "/api/care_order/{id}/money", .run = money_get, .lane = READS,
      .may = MAY_SIGNED_IN, .gives = money_gives, .zh = "订单的收款、应退与发票",
      .en = "What was taken for an order, may be given back, and its invoices" },
    { .verb = POST, .path = "/api/care_order/{id}/refund", .run = refund_post, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .takes = refund_fields, .takes_size = sizeof(struct refund_new),
      .gives = money_gives, .zh = "按规则退款", .en = "Give money back, as the rule allows" },
    { 0 },
};
