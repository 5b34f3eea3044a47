/* meal.c - one meal over the counter: found or placed, served, paid; and what clashed. */

#include "care/counter/inside.h"

#include "care/meal/sitting.h"

const struct choice meal_states[] = {
    { "served", "已取餐", "served" }, { "clash", "待处理", "to be decided" },
    { "settled", "已处理", "decided" }, { "undone", "已撤销", "undone" }, { 0 },
};
const struct choice meal_clashes[] = {
    { "none", "无", "none" }, { "once_a_day", "当天补贴已在别处使用", "subsidy had elsewhere" },
    { "price", "收款与应收不符", "another price" }, { 0 },
};
const struct choice meal_outcomes[] = {
    { "open", "未定", "open" }, { "collected", "已补收", "collected" },
    { "borne", "站点承担", "borne by the station" }, { 0 },
};

#define M struct counter_meal
const struct field counter_meal_fields[] = {
    ROW_FIELDS(M),
    LINK(M, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    LINK(M, place, "place", .read_only = true, .filter = true, .brief = true, .zh = "助餐点",
         .en = "Meal point"),
    LINK(M, offer, "offer", .required = true, .create_only = true, .zh = "餐次", .en = "Meal"),
    LINK(M, elder, "elder", .create_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder; a guest when absent"),
    FIELD(M, card, .create_only = true, .high = 40, .zh = "卡号", .en = "Card shown"),
    LINK(M, care_order, "care_order", .read_only = true, .filter = true, .brief = true,
         .zh = "订单", .en = "Order"),
    FIELD(M, ahead, .read_only = true, .zh = "提前预订", .en = "Ordered ahead"),
    FIELD(M, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    FIELD(M, at, .read_only = true, .brief = true, .zh = "取餐时间", .en = "When"),
    FIELD(M, quantity, .low = 0, .high = 10, .create_only = true, .zh = "份数",
          .en = "How many; 1 when absent"),
    CHOICE(M, pay_way, pay_way_choices, .create_only = true, .filter = true, .brief = true,
           .zh = "付款方式", .en = "Paid how"),
    FIELD(M, paid, .read_only = true, .zh = "已收款", .en = "Paid"),
    FIELD(M, said, .low = 0, .high = 10000000, .create_only = true, .zh = "平板所收（分）",
          .en = "Fen that the tablet said"),
    FIELD(M, own_pay, .read_only = true, .brief = true, .zh = "自付", .en = "Own payment"),
    FIELD(M, subsidy, .read_only = true, .zh = "补贴", .en = "Subsidy"),
    FIELD(M, offline, .read_only = true, .filter = true, .zh = "断网登记", .en = "Told later"),
    CHOICE(M, state, meal_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    CHOICE(M, clash, meal_clashes, .read_only = true, .filter = true, .brief = true,
           .zh = "冲突", .en = "Clash"),
    CHOICE(M, outcome, meal_outcomes, .read_only = true, .zh = "处理结果", .en = "Outcome"),
    LINK(M, other, "care_order", .read_only = true, .zh = "已享受补贴的订单",
         .en = "The meal that had the subsidy"),
    FIELD(M, reason, .read_only = true, .high = 300, .zh = "说明", .en = "Why"),
    LINK(M, served_by, "account", .read_only = true, .zh = "登记人", .en = "Served by"),
    LINK(M, decided_by, "account", .read_only = true, .zh = "处理人", .en = "Decided by"),
    FIELD(M, decided_at, .read_only = true, .zh = "处理时间", .en = "Decided at"),
    { 0 },
};
#undef M

static const struct index indexes[] = {
    { .name = "order", .columns = "care_order", .unique = true,
      .where = "state <> 'undone' AND ended_at IS NULL", .message = "counter.had" },
    { .name = "org_day", .columns = "org, day, id" },
    { .name = "place_day", .columns = "place, day, id" },
    { .name = "elder", .columns = "elder, day" },
    { .name = "waiting", .columns = "state, scope, day" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "先后", "Newest" }, { 0 } };

/* --- making --- */

static struct account_id me(const struct ctx *c)
{
    return (struct account_id){ c->who && c->who != &who_house ? c->who->account : 0 };
}

/* Whom the row is about: the card's owner, whoever sees her; else whom it names. */
static enum err elder_of(struct ctx *c, struct counter_meal *m, struct elder *ret_elder)
{
    bool found;
    if (m->card.len) {
        TRY(diner_card_elder(c, m->card, &m->elder));
        if (!m->elder.n)
            fail_field(c, SV("card"), "card.nobody");
        TRY(fail_fields(c));
    }
    if (!m->elder.n)
        return ERR_NONE;
    TRY(entity_load(c, &elder_entity, m->elder.n, ret_elder, &found));
    return found ? ERR_NONE : fail(c, ERR_MISSING, "elder.missing", "no such elder");
}

static bool paid_here(const struct counter_meal *m)
{
    return m->pay_way == PAY_CASH || m->pay_way == PAY_STATION_QR;
}

/* The order of one who ate without having ordered. */
static enum err place_here(struct ctx *c, struct counter_meal *m, const struct offer *offer,
                           const struct elder *e, const struct price *price)
{
    struct care_order o;
    int64_t minute = minute_of(m->at);
    record_clear(care_order_fields, &o);
    o.row.scope = offer->row.scope;
    o.placed_by = me(c);
    o.channel = CHANNEL_COUNTER;
    o.elder = m->elder;
    o.org = offer->org;
    o.offer = offer->id;
    o.item = offer->item;
    o.place = offer->place;
    o.day = m->day;
    o.start_min = minute;
    o.end_min = minute + 1;
    o.quantity = m->quantity;
    o.for_name = m->elder.n ? e->name : SV("散客");
    o.for_phone = m->elder.n ? e->phone : SV("");
    o.told = TOLD_AGREED;
    o.told_at = m->at;
    o.pay_way = m->pay_way;
    o.paid = paid_here(m);
    o.paid_at = o.paid ? m->at : (struct moment){ 0 };
    o.state = ORDER_ACCEPTED;
    o.sitting = (int)sitting_at(minute);
    o.way = WAY_EAT_IN;
    TRY(meal_cut_off(c, o.row.scope, o.place, (enum sitting)o.sitting, o.day, &o.cut_off));
    enum err err = order_keep(c, price, &o);
    /* Had a moment ago, elsewhere: run again, the price is then another. */
    if (err == ERR_CONFLICT && c->fault.key && sv_is(sv_of(c->fault.key), "subsidy.once_a_day"))
        c->fault.retryable = true;
    TRY(err);
    m->care_order = o.id;
    return entity_act_by_rule(c, &care_order_entity, o.id.n, o.row.version, SV("attend"), NULL,
                              &o);
}

/* What she ordered before is served as it was priced; paid here unless it is paid already. */
static enum err serve_ahead(struct ctx *c, struct counter_meal *m, struct care_order *o)
{
    m->ahead = true;
    m->care_order = o->id;
    m->quantity = o->quantity;
    TRY(entity_act_by_rule(c, &care_order_entity, o->id.n, o->row.version, SV("attend"), NULL, o));
    if (o->paid || !paid_here(m))
        return ERR_NONE;
    o->pay_way = m->pay_way;
    o->paid = true;
    o->paid_at = m->at;
    return entity_update_by_rule(c, &care_order_entity, o, o->row.version, "pay");
}

/*
 * The tablet took another sum than the house asks. On line she still stands there: ask again. Off
 * line she has eaten: it is kept, and somebody decides.
 */
static enum err clash_of(struct ctx *c, struct counter_meal *m, const struct diner_price *p)
{
    if (!m->said.known || m->said.n == m->own_pay.fen)
        return ERR_NONE;
    if (!m->offline)
        return fail(c, ERR_CONFLICT, p->used.len ? "counter.used" : "counter.price",
                    "the tablet said another price");
    m->state = MEAL_CLASH;
    m->clash = p->used.len ? CLASH_ONCE_A_DAY : CLASH_PRICE;
    m->other = p->used_order;
    return ERR_NONE;
}

static enum err price_due(struct ctx *c, struct counter_meal *m, const struct offer *offer,
                          const struct elder *e, struct care_order *ahead,
                          struct diner_price *ret_price)
{
    TRY(diner_price_of(c, offer, m->quantity, m->elder.n ? e : NULL, m->day, ahead->id,
                       ret_price));
    m->own_pay = ahead->id.n ? ahead->own_pay : ret_price->price.own_pay;
    m->subsidy = ahead->id.n ? ahead->subsidy : ret_price->price.subsidy;
    if (ahead->id.n && ahead->paid)
        m->own_pay.fen = 0;
    return clash_of(c, m, ret_price);
}

static enum err serve(struct ctx *c, struct counter_meal *m)
{
    struct offer offer;
    struct elder e = { .id = { 0 } };
    struct care_order ahead = { .id = { 0 } };
    struct diner_price p;
    TRY(counter_offer(c, m->offer, &offer));
    TRY(elder_of(c, m, &e));
    m->org = offer.org;
    m->place = offer.place;
    m->row.scope = offer.row.scope;
    m->at = ctx_happened(c);
    m->day = day_of(m->at);
    m->quantity = m->quantity ? m->quantity : 1;
    m->offline = c->now.ms - m->at.ms > COUNTER_LATE_MS;
    m->served_by = me(c);
    m->state = MEAL_SERVED;
    if (m->elder.n)
        TRY(diner_ahead(c, m->org, m->elder, m->day, &ahead));
    TRY(price_due(c, m, &offer, &e, &ahead, &p));
    m->paid = paid_here(m);
    return ahead.id.n ? serve_ahead(c, m, &ahead) : place_here(c, m, &offer, &e, &p.price);
}

/* The books hold what was in the drawer: less than the price that is now known to be right. */
static enum err difference(struct ctx *c, const struct counter_meal *m, int64_t fen,
                           struct sv reason)
{
    struct care_order o;
    bool found;
    if (!m->paid || fen == 0)
        return ERR_NONE;
    TRY(entity_load(c, &care_order_entity, m->care_order.n, &o, &found));
    return found ? payment_record(c, &o, PAYMENT_DIFFERENCE, (struct money){ fen }, reason)
                 : ERR_NONE;
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct counter_meal *m = row;
    if (before)
        return ERR_NONE;
    TRY(serve(c, m));
    return m->state == MEAL_CLASH
        ? difference(c, m, m->said.n - m->own_pay.fen, SV("断网时按当时的价格收取"))
        : ERR_NONE;
}

/* --- deciding --- */

static enum err decided(struct ctx *c, struct counter_meal *m, enum meal_outcome outcome)
{
    m->outcome = (int)outcome;
    m->decided_by = me(c);
    m->decided_at = c->now;
    return ERR_NONE;
}

static enum err collect(struct ctx *c, void *row, const void *input)
{
    const struct counter_meal *m = row;
    (void)input;
    TRY(difference(c, m, m->own_pay.fen - m->said.n, SV("补收差额")));
    return decided(c, row, MEAL_COLLECTED);
}

static enum err bear(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((struct counter_meal *)row)->reason = c->reason;
    return decided(c, row, MEAL_BORNE);
}

static enum err undo_guard(struct ctx *c, const void *row)
{
    const struct counter_meal *m = row;
    return m->day.n == day_of(c->now).n || m->state == MEAL_CLASH ? ERR_NONE
         : fail(c, ERR_CONFLICT, "counter.undo_day", "meal %lld is of another day",
                (long long)m->id.n);
}

/* The wrong person, or twice: the order is called off, the money given back. */
static enum err undo(struct ctx *c, void *row, const void *input)
{
    struct counter_meal *m = row;
    struct care_order o;
    struct payment_sum sum;
    bool found;
    (void)input;
    m->reason = c->reason;
    TRY(decided(c, m, MEAL_OPEN));
    TRY(entity_load(c, &care_order_entity, m->care_order.n, &o, &found));
    if (!found)
        return ERR_NONE;
    TRY(payment_sum_of(c, &o, &sum));
    TRY(entity_act_by_rule(c, &care_order_entity, o.id.n, o.row.version, SV("undo"), NULL, &o));
    return sum.taken.fen ? payment_record(c, &o, PAYMENT_REFUND, (struct money){ -sum.taken.fen },
                                          c->reason)
                         : ERR_NONE;
}

#define STATION RIGHT(MAY_SERVE_ORDERS)

static const struct step steps[] = {
    { .from = "clash", .action = "collect", .to = "settled", .may = STATION, .effect = collect,
      .zh = "已补收差额", .en = "The difference was collected" },
    { .from = "clash", .action = "bear", .to = "settled", .may = STATION, .effect = bear,
      .reason = true, .zh = "站点承担", .en = "The station bears it" },
    { .from = "served,clash", .action = "undo", .to = "undone", .may = STATION, .effect = undo,
      .guard = undo_guard, .reason = true, .danger = true, .zh = "撤销", .en = "Undo" },
    { 0 },
};

const struct entity counter_meal_entity = {
    .name = "counter_meal", .zh = "取餐登记", .en = "Meal at the counter",
    .size = sizeof(struct counter_meal), .fields = counter_meal_fields, .indexes = indexes,
    .sorts = sorts, .state = "state", .steps = steps, .title = "day", .reads = MAY_READ_ORDERS,
    .writes = MAY_SERVE_ORDERS, .no_update = true, .seen_by_org = "org = $", .elder = "elder",
    .scope_of = "offer", .rules = rules, .menu = "orders",
};
