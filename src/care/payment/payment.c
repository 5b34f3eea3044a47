/* payment.c - money taken or given back for an order: the rows, and what a refund may be. */

#include "care/payment/payment.h"

#include "care/counter/close.h"
#include "care/order/placing.h"
#include "care/payment/inside.h"
#include "care/visit/visit.h"

SQL(payment_taken);

const struct choice payment_sources[] = {
    { "meal", "助餐", "meals" }, { "visit", "上门服务", "visits" }, { "errand", "代办", "errands" },
    { "other", "其他", "other" }, { 0 },
};
const struct choice payment_kinds[] = {
    { "taken", "收款", "taken" }, { "refund", "退款", "given back" },
    { "difference", "补收差额", "difference" }, { 0 },
};

#define P struct payment
const struct field payment_fields[] = {
    ROW_FIELDS(P),
    FIELD(P, number, .read_only = true, .filter = true, .brief = true, .high = 20,
          .search_whole = true, .zh = "收据号", .en = "Receipt"),
    LINK(P, care_order, "care_order", .read_only = true, .filter = true, .brief = true,
         .zh = "订单", .en = "Order"),
    LINK(P, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    LINK(P, place, "place", .read_only = true, .filter = true, .brief = true, .zh = "服务点",
         .en = "Place"),
    LINK(P, elder, "elder", .read_only = true, .filter = true, .zh = "老年人", .en = "Elder"),
    LINK(P, carer, "carer", .read_only = true, .filter = true, .brief = true, .zh = "经手护理员",
         .en = "Carer who had it"),
    CHOICE(P, kind, payment_kinds, .read_only = true, .filter = true, .brief = true, .zh = "种类",
           .en = "Kind"),
    CHOICE(P, source, payment_sources, .read_only = true, .filter = true, .zh = "来自",
           .en = "For"),
    CHOICE(P, pay_way, pay_way_choices, .read_only = true, .filter = true, .brief = true,
           .zh = "付款方式", .en = "Paid how"),
    FIELD(P, amount, .read_only = true, .brief = true, .zh = "金额（退款为负）",
          .en = "Amount (below 0: given back)"),
    FIELD(P, day, .read_only = true, .filter = true, .brief = true, .zh = "记账日",
          .en = "Day of the books"),
    FIELD(P, taken_at, .read_only = true, .brief = true, .zh = "收付时间", .en = "When"),
    FIELD(P, late, .read_only = true, .filter = true, .zh = "前日更正",
          .en = "Its own day was closed"),
    LINK(P, taken_by, "account", .read_only = true, .zh = "登记人", .en = "Noted by"),
    FIELD(P, reason, .read_only = true, .high = 300, .zh = "原因", .en = "Reason"),
    { 0 },
};
#undef P

static const struct index indexes[] = {
    { .name = "order", .columns = "care_order, id" },
    { .name = "place_day", .columns = "place, day, id" },
    { .name = "org_day", .columns = "org, day, id" },
    { .name = "number", .columns = "number, id" },
    { .name = "carer", .columns = "carer, day" },
    { .name = "scope_day", .columns = "scope, day, id" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "先后", "Newest" }, { 0 } };

const struct entity payment_entity = {
    .name = "payment", .zh = "收款登记", .en = "Payment", .kind = ENTITY_APPEND_ONLY,
    .size = sizeof(struct payment), .fields = payment_fields, .indexes = indexes, .sorts = sorts,
    .title = "number", .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS, .no_create = true,
    .no_update = true, .elder = "elder", .scope_of = "care_order", .menu = "orders",
    .seen_by_org = "org = $",
    .seen_by_own = "care_order IN (SELECT id FROM care_order WHERE account = $)",
    .files = true,                     /* a transfer's proof */
};

/* --- recording --- */

static enum err source_of(struct ctx *c, const struct care_order *o, struct payment *p)
{
    struct catalogue_item item;
    struct visit v;
    bool found, visited;
    TRY(entity_load(c, &catalogue_item_entity, o->item.n, &item, &found));
    TRY(order_visit_of(c, o, &v, &visited));
    if (visited)
        p->carer = v.carer;
    p->source = !found                           ? SOURCE_OTHER
              : item.category == CATEGORY_MEAL   ? SOURCE_MEAL
              : item.category == CATEGORY_ERRAND ? SOURCE_ERRAND
              : item.at_home                     ? SOURCE_VISIT
                                                 : SOURCE_OTHER;
    return ERR_NONE;
}

enum err payment_record(struct ctx *c, const struct care_order *o, enum payment_kind kind,
                        struct money amount, struct sv reason)
{
    struct payment p;
    record_clear(payment_fields, &p);
    p.care_order = o->id;
    p.org = o->org;
    p.place = o->place;
    p.elder = o->elder;
    p.kind = (int)kind;
    p.pay_way = o->pay_way;
    p.amount = amount;
    p.taken_at = kind == PAYMENT_TAKEN && moment_known(o->paid_at) ? o->paid_at : ctx_happened(c);
    p.taken_by.n = c->who && c->who != &who_house ? c->who->account : 0;
    p.reason = reason;
    TRY(source_of(c, o, &p));
    TRY(close_open_day(c, o->place, day_of(p.taken_at), &p.day));
    p.late = p.day.n != day_of(p.taken_at).n;
    TRY(id_next(c, c->house->ids, &p.id.n));
    p.number = sv_fmt(&c->mem, "S%.*s", SV_ARG(order_number(&c->mem, p.day, p.id.n)));
    return entity_create_by_rule(c, &payment_entity, &p);
}

/* An order that has just been paid. */
static enum err order_paid(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct care_order *was = before, *o = row;
    bool now_paid = o->paid && (!was || !was->paid);
    (void)action;
    return now_paid && o->own_pay.fen ? payment_record(c, o, PAYMENT_TAKEN, o->own_pay, SV(""))
                                      : ERR_NONE;
}

static const struct follower followers[] = { { &care_order_entity, order_paid }, { 0 } };

/* --- what may be given back --- */

/*
 * Owed is the fee of an order that was called off, nothing of one that the organisation declined
 * or did not meet, and her own part of every other. What is in dispute is settled by people: all
 * of it may be given back.
 */
static struct money owed_of(const struct care_order *o)
{
    switch ((enum order_state)o->state) {
    case ORDER_CANCELLED:
        return o->cancel_fee;
    case ORDER_DECLINED:
    case ORDER_NOT_MET:
    case ORDER_DISPUTED:
        return (struct money){ 0 };
    default:
        return o->own_pay;
    }
}

enum err payment_sum_of(struct ctx *c, const struct care_order *o, struct payment_sum *ret_sum)
{
    struct payment_sum s = { .owed = owed_of(o) };
    TRY(db_int(c, &sql_payment_taken, PARAMS(P_INT("care_order", o->id.n)), &s.taken.fen));
    s.refundable.fen = s.taken.fen > s.owed.fen ? s.taken.fen - s.owed.fen : 0;
    *ret_sum = s;
    return ERR_NONE;
}

/* --- the module --- */

SQL(payment_check);

static const struct invariant invariants[] = {
    { "payment_own", "收款登记之和等于订单自付金额", &sql_payment_check }, { 0 },
};

static const struct message messages[] = {
    { "payment.nothing", "按规则没有可退的金额", "By the rule there is nothing to give back" },
    { "payment.too_much", "最多可退 ¥{0}", "At most ¥{0} may be given back" },
    { "payment.not_yours", "只有收款的机构能办理退款", "Only who took the money gives it back" },
    { "invoice.unpaid", "还没有收款，收款后才能开票", "Nothing has been paid for yet" },
    { "invoice.once", "这个订单已有一份开票申请", "An invoice has been asked for already" },
    { "invoice.tax_number", "单位发票要填 18 位税号", "A company's invoice needs its tax number" },
    { "invoice.tax_person", "个人发票不填税号", "A person's invoice has no tax number" },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "invoices_asked", .zh = "待开的发票", .en = "Invoices to send", .entity = "invoice",
      .list = "state=asked", .due = "created_at", .within = "invoice.hours",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "care_order,title,amount" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "invoice.hours", "72", "hour", "申请后几小时内开出发票", "Hours within which one is sent",
      "系统默认值，待核" },
    { 0 },
};

const struct module payment_module = {
    .name = "payment",
    .entities = (const struct entity *const[]){ &payment_entity, &invoice_entity, NULL },
    .endpoints = payment_endpoints, .messages = messages, .invariants = invariants,
    .todos = todos, .parameters = parameters, .followers = followers,
};
