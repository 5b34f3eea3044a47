/* invoice.c - 发票: asked for on an order, sent by who took the money. */

#include "care/payment/payment.h"

static const struct choice title_kinds[] = {
    { "person", "个人", "a person" }, { "company", "单位", "a company" }, { 0 },
};
static const struct choice states[] = {
    { "asked", "待开票", "asked for" }, { "sent", "已开具", "sent" },
    { "refused", "不能开", "refused" }, { 0 },
};

#define I struct invoice
const struct field invoice_fields[] = {
    ROW_FIELDS(I),
    LINK(I, care_order, "care_order", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "订单", .en = "Order"),
    LINK(I, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    LINK(I, account, "account", .read_only = true, .zh = "申请人", .en = "Asked by"),
    CHOICE(I, title_kind, title_kinds, .brief = true, .zh = "抬头类型", .en = "For whom"),
    FIELD(I, title, .required = true, .high = 80, .brief = true, .zh = "发票抬头", .en = "Title"),
    FIELD(I, tax_number, .high = 18, .check = uscc_check, .zh = "税号",
          .en = "Tax number", .hint_zh = "单位必填，18 位统一社会信用代码"),
    FIELD(I, amount, .read_only = true, .brief = true, .zh = "金额", .en = "Amount"),
    FIELD(I, send_to, .class = SEALED, .mask = MASK_ALL, .high = 80, .zh = "发到（邮箱或手机）",
          .en = "Send to (e-mail or telephone)"),
    CHOICE(I, state, states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    FIELD(I, number, .read_only = true, .brief = true, .high = 40, .search_whole = true,
          .zh = "发票号码", .en = "Number"),
    FIELD(I, reason, .read_only = true, .high = 300, .zh = "原因", .en = "Reason"),
    FIELD(I, sent_at, .read_only = true, .brief = true, .zh = "开具时间", .en = "Sent at"),
    { 0 },
};
#undef I

static const struct index indexes[] = {
    { .name = "order", .columns = "care_order", .unique = true,
      .where = "state <> 'refused' AND ended_at IS NULL", .message = "invoice.once" },
    { .name = "org_state", .columns = "org, state, id" },
    { .name = "number", .columns = "number, id", .where = "number IS NOT NULL" },
    { .name = "waiting", .columns = "state, scope, created_at" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "先后", "Newest" }, { 0 } };

struct sent_input { struct sv number; };
static const struct field sent_takes[] = {
    FIELD(struct sent_input, number, .required = true, .low = 6, .high = 40, .zh = "发票号码",
          .en = "Number"),
    { 0 },
};

static enum err send(struct ctx *c, void *row, const void *input)
{
    struct invoice *i = row;
    i->number = ((const struct sent_input *)input)->number;
    i->sent_at = c->now;
    return ERR_NONE;
}

static enum err refuse(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((struct invoice *)row)->reason = c->reason;
    return ERR_NONE;
}

static const struct step steps[] = {
    { .from = "", .action = "create", .to = "asked",
      .may = RIGHT(MAY_BE_CITIZEN) | RIGHT(MAY_SERVE_ORDERS) | RIGHT(MAY_PLACE_ORDERS),
      .zh = "申请开票", .en = "Ask for an invoice" },
    { .from = "asked", .action = "send", .to = "sent", .may = RIGHT(MAY_SERVE_ORDERS),
      .effect = send, .takes = sent_takes, .takes_size = sizeof(struct sent_input),
      .zh = "已开具", .en = "Sent" },
    { .from = "asked", .action = "refuse", .to = "refused", .may = RIGHT(MAY_SERVE_ORDERS),
      .effect = refuse, .reason = true, .zh = "不能开", .en = "Cannot be given" },
    { 0 },
};

/* What she paid herself; subsidies are invoiced to nobody. */
static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct invoice *i = row;
    struct care_order o;
    struct payment_sum sum;
    if (i->title_kind == TITLE_COMPANY && i->tax_number.len == 0)
        fail_field(c, SV("tax_number"), "invoice.tax_number");
    if (i->title_kind == TITLE_PERSON && i->tax_number.len)
        fail_field(c, SV("tax_number"), "invoice.tax_person");
    TRY(fail_fields(c));
    if (before)
        return ERR_NONE;
    TRY(entity_get(c, &care_order_entity, i->care_order.n, &o));       /* one that she sees */
    TRY(payment_sum_of(c, &o, &sum));
    if (sum.taken.fen <= 0)
        return fail(c, ERR_CONFLICT, "invoice.unpaid", "order %lld is not paid",
                    (long long)o.id.n);
    i->org = o.org;
    i->amount = sum.taken;
    i->account.n = c->who && roles[c->who->role].sees == SEES_OWN ? c->who->account : 0;
    return ERR_NONE;
}

const struct entity invoice_entity = {
    .name = "invoice", .zh = "开票申请", .en = "Invoice", .size = sizeof(struct invoice),
    .fields = invoice_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "title", .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS,
    .creates = MAY_SIGNED_IN,          /* by whom: the step says */
    .seen_by_org = "org = $", .seen_by_own = "account = $", .scope_of = "care_order",
    .rules = rules, .menu = "orders", .no_update = true,
};
