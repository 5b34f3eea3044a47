/* steps.c - the elder's money from her hand to the change: who may say what, and what must hold. */

#include "care/errand/errand.h"

#include "care/order/steps.h"
#include "care/parameter/parameter.h"
#include "care/request/request.h"
#include "care/signal/signal.h"
#include "care/visit/visit.h"
#include "model/jobs.h"

SQL(errand_overdue);

enum { CARD_DIGITS = 15, HOUR_MS = 3600000, FEN_MAX = 10000000 };

/* --- what they take --- */

static const struct field wants_takes[] = {
    FIELD(struct errand_wants, wants, .required = true, .high = 1000, .many_lines = true,
          .zh = "清单（一行一样）", .en = "List, a thing a line"),
    { 0 },
};
static const struct field advance_takes[] = {
    FIELD(struct errand_advance, amount, .required = true, .low = 1, .high = FEN_MAX,
          .zh = "收了多少", .en = "Amount"),
    CHOICE(struct errand_advance, giver, errand_givers, .required = true, .zh = "谁给的",
           .en = "Given by"),
    FIELD(struct errand_advance, giver_name, .high = 40, .zh = "给钱人姓名", .en = "Giver's name",
          .hint_zh = "家属给的请写姓名"),
    FIELD(struct errand_advance, counted, .zh = "已当面点清，老人同意",
          .en = "Counted before her eyes, and she agreed"),
    { 0 },
};
static const struct field buy_takes[] = {
    FIELD(struct errand_buy, spent, .required = true, .low = 0, .high = FEN_MAX, .zh = "花了多少",
          .en = "Spent"),
    FIELD(struct errand_buy, bought, .high = 300, .many_lines = true, .zh = "买了什么，缺什么",
          .en = "What was bought, what was not to be had"),
    CHOICE(struct errand_buy, receipt, errand_receipts, .zh = "小票", .en = "Receipt"),
    FIELD(struct errand_buy, no_receipt, .high = 200, .zh = "没有小票的原因",
          .en = "Why there is no receipt"),
    { 0 },
};
static const struct field back_takes_[] = {
    FIELD(struct errand_back, change_back, .required = true, .low = 0, .high = FEN_MAX,
          .zh = "找还多少", .en = "Change handed back"),
    FIELD(struct errand_back, extra, .low = 0, .high = FEN_MAX, .zh = "老人补付多少",
          .en = "Paid on top by her"),
    FIELD(struct errand_back, why, .high = 300, .zh = "差额原因", .en = "Why it differs",
          .hint_zh = "备用金＋补付－花费－找零不等于 0 时必填"),
    { 0 },
};
static const struct field sign_takes[] = {
    FIELD(struct errand_sign, signed_by, .required = true, .high = 40, .zh = "谁当面确认",
          .en = "Who confirmed, face to face"),
    { 0 },
};
static const struct field reason_takes[] = {
    FIELD(struct reason_input, reason, .required = true, .high = 300, .many_lines = true,
          .zh = "哪里不对", .en = "What is wrong"),
    { 0 },
};

/* --- the list --- */

bool errand_tells_secrets(struct sv text)
{
    int digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        char at = text.at[i];
        if (at >= '0' && at <= '9')
            digits++;
        else if (at != ' ' && at != '-')
            digits = 0;
        if (digits > CARD_DIGITS)
            return true;
    }
    return sv_find(text, SV("密码")) >= 0;
}

static enum err write_list(struct ctx *c, void *row, const void *input)
{
    struct errand *e = row;
    const struct errand_wants *in = input;
    if (errand_tells_secrets(in->wants)) {
        fail_field(c, SV("wants"), "errand.secrets");
        return fail_fields(c);
    }
    e->wants = in->wants;
    return ERR_NONE;
}

/* --- money --- */

/* Who holds the money is who is sent. */
MUST static enum err note_carer(struct ctx *c, struct errand *e)
{
    struct care_order o;
    struct visit v;
    bool found;
    TRY(entity_load(c, &care_order_entity, e->care_order.n, &o, &found));
    bool stands = o.state == ORDER_ACCEPTED || o.state == ORDER_ASSIGNED ||
                  o.state == ORDER_UNDER_WAY || o.state == ORDER_SERVED;
    if (!found || !stands)
        return fail(c, ERR_CONFLICT, "errand.no_order", "order %lld of errand %lld does not stand",
                    (long long)e->care_order.n, (long long)e->id.n);
    TRY(order_visit_of(c, &o, &v, &found));
    e->carer = found ? v.carer : (struct carer_id){ c->who ? c->who->carer : 0 };
    return ERR_NONE;
}

static enum err advance(struct ctx *c, void *row, const void *input)
{
    struct errand *e = row;
    const struct errand_advance *in = input;
    struct money most;
    int64_t hours;
    struct moment at = ctx_happened(c);
    TRY(parameter_money(c, "errand.advance_max", e->row.scope, day_of(at), &most));
    TRY(parameter_int(c, "errand.settle_hours", e->row.scope, day_of(at), &hours));
    if (in->amount.fen > most.fen)
        fail_field_args(c, SV("amount"), "errand.too_much",
                        sv_fmt(&c->mem, "%lld", (long long)(most.fen / 100)), SV(""));
    if (in->giver == GIVER_NONE)
        fail_field(c, SV("giver"), "errand.giver");
    if (in->giver == GIVER_FAMILY && sv_trim(in->giver_name).len == 0)
        fail_field(c, SV("giver_name"), "errand.giver_name");
    if (!in->counted)
        fail_field(c, SV("counted"), "errand.counted");
    TRY(fail_fields(c));
    TRY(note_carer(c, e));
    e->advance = in->amount;
    e->giver = in->giver;
    e->giver_name = in->giver_name;
    e->counted = true;
    e->advanced_at = at;
    e->due.ms = at.ms + hours * HOUR_MS;
    return ERR_NONE;
}

static enum err buy(struct ctx *c, void *row, const void *input)
{
    struct errand *e = row;
    const struct errand_buy *in = input;
    if (in->receipt == RECEIPT_NONE && in->spent.fen > 0 && sv_trim(in->no_receipt).len < 2)
        fail_field(c, SV("no_receipt"), "errand.no_receipt");
    if (errand_tells_secrets(in->bought))
        fail_field(c, SV("bought"), "errand.secrets");
    TRY(fail_fields(c));
    TRY(note_carer(c, e));
    e->spent = in->spent;
    e->bought = in->bought;
    e->receipt = in->receipt;
    e->no_receipt = in->receipt == RECEIPT_NONE ? in->no_receipt : SV("");
    e->bought_at = ctx_happened(c);
    return ERR_NONE;
}

static enum err hand_back(struct ctx *c, void *row, const void *input)
{
    struct errand *e = row;
    const struct errand_back *in = input;
    int64_t difference = e->advance.fen + in->extra.fen - e->spent.fen - in->change_back.fen;
    if (difference != 0 && sv_trim(in->why).len < 2) {
        fail_field_args(c, SV("why"), "errand.why",
                        sv_fmt(&c->mem, "%s%lld.%02lld", difference < 0 ? "-" : "",
                               (long long)((difference < 0 ? -difference : difference) / 100),
                               (long long)((difference < 0 ? -difference : difference) % 100)),
                        SV(""));
        return fail_fields(c);
    }
    e->change_back = in->change_back;
    e->extra = in->extra;
    e->why = difference ? in->why : SV("");
    e->returned_at = ctx_happened(c);
    return ERR_NONE;
}

/* --- confirming --- */

static void confirm_as(struct ctx *c, struct errand *e, enum errand_confirm how)
{
    e->confirmed = (int)how;
    e->confirmed_at = ctx_happened(c);
    e->confirmed_by = review_me(c);
}

/* The elder says so to the carer who stands before her; on line she may still object. */
static enum err acknowledge(struct ctx *c, void *row, const void *input)
{
    struct errand *e = row;
    e->signed_by = ((const struct errand_sign *)input)->signed_by;
    confirm_as(c, e, CONFIRM_FACE);
    return ERR_NONE;
}

static enum err confirm(struct ctx *c, void *row, const void *input)
{
    (void)input;
    confirm_as(c, row, who_may(c, MAY_BE_CITIZEN) ? CONFIRM_CITIZEN : CONFIRM_DESK);
    return ERR_NONE;
}

static enum err not_its_own(struct ctx *c, const void *row)
{
    const struct errand *e = row;
    if (c->who && c->who->org && c->who->org == e->org.n)
        return fail(c, ERR_FORBIDDEN, "order.own_confirm",
                    "organisation %lld may not confirm its own errand", (long long)e->org.n);
    return ERR_NONE;
}

static enum err dispute(struct ctx *c, void *row, const void *input)
{
    struct errand *e = row;
    struct care_order o;
    bool found;
    e->reason = ((const struct reason_input *)input)->reason;
    TRY(entity_load(c, &care_order_entity, e->care_order.n, &o, &found));
    if (!found)
        return fail(c, ERR_BROKEN, "house.broken", "errand %lld without its order",
                    (long long)e->id.n);
    o.reason = e->reason;
    return request_of_dispute(c, &o);
}

#define CITIZEN RIGHT(MAY_BE_CITIZEN)
#define DESK    RIGHT(MAY_PLACE_ORDERS)
#define SERVES  RIGHT(MAY_SERVE_ORDERS)
#define CARER   RIGHT(MAY_DO_VISITS)

const struct step errand_steps[] = {
    { .from = "open,advanced", .action = "write", .to = "", .may = CITIZEN | DESK | SERVES,
      .zh = "改清单", .en = "Change the list", .effect = write_list, .takes = wants_takes,
      .takes_size = sizeof(struct errand_wants) },
    { .from = "open", .action = "advance", .to = "advanced", .may = CARER | SERVES,
      .zh = "收备用金", .en = "Take the advance", .effect = advance, .takes = advance_takes,
      .takes_size = sizeof(struct errand_advance) },
    { .from = "open,advanced", .action = "buy", .to = "bought", .may = CARER | SERVES,
      .zh = "办好了", .en = "Bought", .effect = buy, .takes = buy_takes,
      .takes_size = sizeof(struct errand_buy) },
    { .from = "advanced,bought", .action = "hand_back", .to = "returned", .may = CARER | SERVES,
      .zh = "找零交还", .en = "Hand back the change", .effect = hand_back, .takes = back_takes_,
      .takes_size = sizeof(struct errand_back) },
    { .from = "returned", .action = "acknowledge", .to = "confirmed", .may = CARER | SERVES,
      .zh = "老人当面确认", .en = "Confirmed face to face", .effect = acknowledge,
      .takes = sign_takes, .takes_size = sizeof(struct errand_sign) },
    { .from = "returned", .action = "confirm", .to = "confirmed", .may = CITIZEN | DESK,
      .zh = "账目没问题", .en = "The money is right", .guard = not_its_own, .effect = confirm },
    { .from = "advanced,bought,returned,confirmed", .action = "dispute", .to = "disputed",
      .may = CITIZEN | DESK, .zh = "账目有问题", .en = "Something is wrong", .guard = not_its_own,
      .effect = dispute, .takes = reason_takes, .takes_size = sizeof(struct reason_input) },
    { .from = "disputed", .action = "settle", .to = "confirmed", .may = DESK, .zh = "异议已解决",
      .en = "Settled", .guard = not_its_own, .effect = confirm, .reason = true },
    { .from = "open", .action = "drop", .to = "dropped", .zh = "没有用钱",
      .en = "No money was needed", .automatic = true },
    { 0 },
};

/* --- the clock --- */

static enum err tell_overdue(struct ctx *c, const struct due_row *due, const void *with)
{
    struct errand e;
    bool found;
    (void)with;
    TRY(entity_load(c, &errand_entity, due->id, &e, &found));
    if (!found || moment_known(e.overdue_at))
        return ERR_NONE;
    e.overdue_at = c->now;
    TRY(entity_update_by_rule(c, &errand_entity, &e, e.row.version, "overdue"));
    struct work_item w = { .kind = SIGNAL_ADVANCE, .elder = e.elder, .org = e.org,
                           .care_order = e.care_order, .happened_at = e.due,
                           .why = sv_fmt(&c->mem, "代办备用金 %lld.%02lld 元逾期未结清，请与经手人当面对账",
                                         (long long)(e.advance.fen / 100),
                                         (long long)(e.advance.fen % 100)) };
    return signal_raise(c, &w);
}

enum err job_errand_overdue(struct ctx *c, const struct job *j)
{
    return work_by_clock(c, j, &(struct work_by_clock){ .due = &sql_errand_overdue,
                                                        .each = tell_overdue });
}
