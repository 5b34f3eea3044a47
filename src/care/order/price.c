/* price.c - what an order costs, who pays which part, and what cancelling costs. */

#include "care/order/placing.h"
#include "care/parameter/parameter.h"
#include "care/quota/quota.h"

SQL(order_subsidy_used);

/* Parts are kept even when they are the whole, so that every price says who pays it. */
static void part_add(struct price *p, enum payer payer, int64_t fen, struct sv reason)
{
    if (fen > 0 || p->parts_n == 0)
        p->parts[p->parts_n++] =
            (struct order_part){ .payer = (int)payer, .amount = { fen }, .reason = reason };
}

enum err order_subsidy_whom(struct ctx *c, int64_t scope, struct day day, struct whom *ret_whom)
{
    struct sv groups, kinds;
    int64_t months;
    TRY(parameter_text(c, "subsidy.meal_groups", scope, day, &groups));
    TRY(parameter_text(c, "subsidy.meal_residences", scope, day, &kinds));
    TRY(parameter_int(c, "subsidy.meal_residence_months", scope, day, &months));
    struct set of = whom_keys(elder_flags, groups);
    *ret_whom = (struct whom){ .nobody = of.bits == 0, .groups = of,
                               .residences = whom_keys(residence_kinds, kinds),
                               .months = months < 0 ? 0 : months > WHOM_MONTHS_MAX
                                                              ? WHOM_MONTHS_MAX : months };
    return ERR_NONE;
}

/* Says in the note why what her grade or group would give her is not hers yet. */
static struct sv withheld(struct ctx *c, const char *what, const struct whom *w,
                          const struct whom_said *said)
{
    if (said->why != WHOM_RESIDENCE && said->why != WHOM_WAITS)
        return SV("");
    return sv_fmt(&c->mem, "；%s：%.*s", what, SV_ARG(whom_reason(&c->mem, w, said, LANG_ZH)));
}

/*
 * The meal subsidy: once a day over all points (the index care_order_meal_once sees to that), only
 * for a meal, only when the meal costs more than the subsidy, only for whom the rule is.
 */
MUST static enum err meal_subsidy(struct ctx *c, const struct offer *o,
                                  const struct elder *elder, struct day day, struct price *p)
{
    struct money amount;
    struct whom w;
    struct whom_said said;
    if (!elder)
        return ERR_NONE;
    TRY(order_subsidy_whom(c, o->row.scope, day, &w));
    TRY(parameter_money(c, "subsidy.meal_a_day", o->row.scope, day, &amount));
    if (p->total.fen <= amount.fen)
        return ERR_NONE;
    TRY(whom_judge(c, &w, elder, day, &said));
    if (said.why == WHOM_HERS)
        p->subsidy = amount;
    p->withheld = withheld(c, "助餐补贴", &w, &said);
    return ERR_NONE;
}

static struct buf unit_times(struct ctx *c, const struct offer *o, int64_t quantity)
{
    struct buf note = buf_new(&c->mem, 64);
    buf_text(&note, "单价 ¥");
    buf_fixed(&note, o->price.fen, 2);
    if (o->carer_price.fen && o->carer_price.fen < o->price.fen) {
        buf_text(&note, "（两位护理员，每位 ¥");
        buf_fixed(&note, o->carer_price.fen, 2);
        buf_text(&note, "）");
    }
    buf_text(&note, " × ");
    buf_int(&note, quantity);
    return note;
}

/* What is bought for her; the share is kept, and taken when the order is stored. */
static enum err quota_pays(struct ctx *c, const struct quota_asked *asked, struct price *p)
{
    struct quota_share *share = NEW(&c->mem, struct quota_share, 1);
    if (!asked->elder)
        return ERR_NONE;
    TRY(quota_share_of(c, asked, share));
    if (share->state.rule.id.n)
        p->share = share;
    else if (share->withheld.len)
        p->withheld = sv_fmt(&c->mem, "%.*s；%.*s", SV_ARG(p->withheld), SV_ARG(share->withheld));
    return ERR_NONE;
}

int64_t order_price_package(const struct price *p)
{
    return p->share && p->share->state.rule.service_package.n ? p->share->units : 0;
}

/* The package that covers units of it, by its name; "" when none does. */
static struct sv package_name(const struct price *p)
{
    return order_price_package(p) ? p->share->state.rule.name : SV("");
}

static struct sv package_says(struct ctx *c, const struct price *p, const char *what,
                              const char *otherwise)
{
    struct sv name = package_name(p);
    return name.len ? sv_fmt(&c->mem, "服务包“%.*s”：%s", SV_ARG(name), what) : sv_of(otherwise);
}

/* Who pays which part of total, once subsidy and share stand: own payment is what is left. */
static void divide(struct ctx *c, struct price *p)
{
    bool station = p->share && p->share->state.rule.payer == QUOTA_BY_STATION;
    int64_t fen = p->share ? p->share->fen : 0;
    p->quota.fen = station ? 0 : fen;
    p->station_pay.fen = station ? fen : 0;
    p->own_pay.fen = p->total.fen - p->subsidy.fen - fen;
    p->parts_n = 0;
    part_add(p, PAYER_OWN, p->own_pay.fen, package_says(c, p, "自付部分", "自己支付"));
    part_add(p, PAYER_SUBSIDY, p->subsidy.fen, SV("养老助餐补贴，每人每天一次，以审核为准"));
    part_add(p, PAYER_QUOTA, p->quota.fen,
             package_says(c, p, "政府购买，以结算为准", "政府购买服务额度，以结算为准"));
    part_add(p, PAYER_STATION, p->station_pay.fen, package_says(c, p, "机构承担", "机构承担"));
}

static void note_cut(struct buf *note, const char *what, int64_t fen)
{
    buf_fmt(note, "，%s ¥", what);
    buf_fixed(note, fen, 2);
}

enum err order_price(struct ctx *c, const struct offer *o, const struct catalogue_item *item,
                     int64_t quantity, const struct elder *elder, struct day day,
                     struct price *ret_price)
{
    struct price p = { .total = { o->price.fen * quantity } };
    if (item->category == CATEGORY_MEAL)
        TRY(meal_subsidy(c, o, elder, day, &p));
    TRY(quota_pays(c, &(struct quota_asked){ elder, item, quantity, o->price.fen, day, o->org,
                                             p.subsidy.fen }, &p));
    divide(c, &p);
    struct buf note = unit_times(c, o, quantity);
    if (p.subsidy.fen)
        note_cut(&note, "已减补贴", p.subsidy.fen);
    if (package_name(&p).len)
        note_cut(&note, "服务包承担", p.quota.fen + p.station_pay.fen);
    else if (p.share)
        note_cut(&note, "额度抵扣", p.quota.fen);
    if (item_two(item))
        buf_text(&note, "；两位护理员一起上门");
    if (item->category == CATEGORY_MEAL && !elder)
        buf_text(&note, "；绑定老人或到站核验后，符合条件的可减补贴");
    buf_put(&note, p.withheld);
    p.note = buf_sv(&note);
    *ret_price = p;
    return ERR_NONE;
}

/* A package pays what the subsidy does not. */
void price_without_subsidy(struct ctx *c, const struct offer *o, int64_t quantity,
                           struct price *p)
{
    struct buf note = unit_times(c, o, quantity);
    buf_text(&note, "；补贴每人每天一次，已用于同一天的另一餐");
    struct quota_share *share = NEW(&c->mem, struct quota_share, 1);
    p->subsidy = (struct money){ 0 };
    if (p->share) {
        *share = *p->share;
        share->fen = quota_package_fen(share, o->price.fen, 0);
        p->share = share;
        note_cut(&note, "服务包承担", share->fen);
    }
    divide(c, p);
    p->note = buf_sv(&note);
    p->subsidy_had = true;
}

enum err order_price_on(struct ctx *c, const struct offer *o, const struct catalogue_item *item,
                        int64_t quantity, const struct elder *elder, struct day day,
                        struct price *ret_price)
{
    int64_t used;
    TRY(order_price(c, o, item, quantity, elder, day, ret_price));
    if (!elder || ret_price->subsidy.fen == 0)
        return ERR_NONE;
    TRY(db_int(c, &sql_order_subsidy_used,
               PARAMS(P_INT("elder", elder->id.n), P_INT("day", day.n)), &used));
    if (used)
        price_without_subsidy(c, o, quantity, ret_price);
    return ERR_NONE;
}

/* Free until the cut-off; then the kitchen has bought and cooks. */
static enum err meal_cancel_fee(struct ctx *c, const struct care_order *o, struct money *ret_fee)
{
    int64_t percent;
    if (c->now.ms <= o->cut_off.ms)
        return ERR_NONE;
    TRY(parameter_int(c, "meal.late_cancel_percent", o->row.scope, o->day, &percent));
    *ret_fee = (struct money){ o->own_pay.fen * percent / 100 };
    return ERR_NONE;
}

enum err order_cancel_fee(struct ctx *c, const struct care_order *o, struct money *ret_fee)
{
    int64_t free_hours, percent;
    *ret_fee = (struct money){ 0 };
    if (o->sitting)
        return meal_cancel_fee(c, o, ret_fee);
    if (o->state == ORDER_PLACED)
        return ERR_NONE;
    bool ours = o->gathering.n != 0;
    TRY(parameter_int(c, ours ? "gathering.cancel_free_hours" : "order.cancel_free_hours",
                      o->row.scope, o->day, &free_hours));
    TRY(parameter_int(c, ours ? "gathering.cancel_fee_percent" : "order.cancel_fee_percent",
                      o->row.scope, o->day, &percent));
    int64_t left_ms = moment_at(o->day, (int)o->start_min).ms - c->now.ms;
    bool late = left_ms < free_hours * 3600000;
    *ret_fee = (struct money){ late ? o->own_pay.fen * percent / 100 : 0 };
    return ERR_NONE;
}

enum err meal_cancel_rule(struct ctx *c, int64_t scope, struct day day, struct sv *ret_text)
{
    int64_t percent;
    TRY(parameter_int(c, "meal.late_cancel_percent", scope, day, &percent));
    *ret_text = sv_fmt(&c->mem, "截止前可随时修改、取消，不收费；截止后厨房已备餐，取消收自付部分的 "
                                "%lld%%。", (long long)percent);
    return ERR_NONE;
}

enum err order_cancel_rule(struct ctx *c, int64_t scope, struct day day, struct sv *ret_text)
{
    int64_t free_hours, percent;
    TRY(parameter_int(c, "order.cancel_free_hours", scope, day, &free_hours));
    TRY(parameter_int(c, "order.cancel_fee_percent", scope, day, &percent));
    struct buf b = buf_new(&c->mem, 128);
    buf_text(&b, "接单前可随时取消；接单后，开始前 ");
    buf_int(&b, free_hours);
    buf_text(&b, " 小时以上取消不收费，再晚取消收自付部分的 ");
    buf_int(&b, percent);
    buf_text(&b, "%。老人自己谢绝不收费。");
    *ret_text = buf_sv(&b);
    return ERR_NONE;
}
