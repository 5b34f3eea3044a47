/* errand.c - the errand: fields, constraints, how it begins and goes with its order. */

#include "care/errand/errand.h"

#include "care/elder/seen.h"
#include "care/order/steps.h"

SQL(errand_of_order);
SQL(errand_held);

const struct choice errand_states[] = {
    { "open", "待收备用金", "no money given yet" },
    { "advanced", "备用金已收", "advance taken" },
    { "bought", "已办，待找零", "bought, change to hand back" },
    { "returned", "已找零，待确认", "change handed back" },
    { "confirmed", "已确认", "confirmed" },
    { "disputed", "有异议", "disputed" },
    { "dropped", "没有用钱", "no money was needed" },
    { 0 },
};
const struct choice errand_givers[] = {
    { "none", "未收", "nobody" }, { "elder", "老人本人", "the elder" }, { "family", "家属", "her family" },
    { 0 },
};
const struct choice errand_receipts[] = {
    { "none", "没有小票", "no receipt" }, { "photo", "有小票照片", "a photo of it" }, { 0 },
};
const struct choice errand_confirms[] = {
    { "none", "未确认", "not yet" },          { "face", "老人当面确认", "face to face" },
    { "citizen", "本人或家属网上确认", "on line" }, { "desk", "社区代为核实", "by an office" }, { 0 },
};

#define E struct errand
const struct field errand_fields[] = {
    ROW_FIELDS(E),
    LINK(E, care_order, "care_order", .read_only = true, .filter = true, .brief = true,
         .zh = "订单", .en = "Order"),
    LINK(E, org, "organisation", .read_only = true, .filter = true, .brief = true, .zh = "机构",
         .en = "Organisation"),
    LINK(E, place, "place", .read_only = true, .filter = true, .zh = "服务点", .en = "Place"),
    LINK(E, account, "account", .read_only = true, .zh = "下单账号", .en = "Placed by account"),
    LINK(E, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(E, carer, "carer", .read_only = true, .filter = true, .brief = true, .zh = "经手人",
         .en = "Carer"),
    CHOICE(E, kind, errand_kinds, .read_only = true, .filter = true, .brief = true,
           .zh = "代办种类", .en = "Kind of errand"),
    FIELD(E, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    FIELD(E, wants, .class = SECRET, .high = 1000, .read_only = true, .many_lines = true,
          .zh = "清单", .en = "List"),
    FIELD(E, advance, .read_only = true, .brief = true, .zh = "备用金", .en = "Advance"),
    CHOICE(E, giver, errand_givers, .read_only = true, .zh = "谁给的", .en = "Given by"),
    FIELD(E, giver_name, .class = MASKED, .mask = MASK_NAME, .high = 40, .read_only = true,
          .zh = "给钱人", .en = "Giver's name"),
    FIELD(E, counted, .read_only = true, .zh = "当面点清", .en = "Counted before her eyes"),
    FIELD(E, advanced_at, .read_only = true, .zh = "收备用金时间", .en = "Advance taken at"),
    FIELD(E, due, .read_only = true, .filter = true, .brief = true, .zh = "最迟结清",
          .en = "Settled by"),
    FIELD(E, spent, .read_only = true, .brief = true, .zh = "花了", .en = "Spent"),
    FIELD(E, bought, .high = 300, .read_only = true, .many_lines = true, .zh = "买了什么",
          .en = "What was bought"),
    CHOICE(E, receipt, errand_receipts, .read_only = true, .zh = "小票", .en = "Receipt"),
    FIELD(E, no_receipt, .high = 200, .read_only = true, .zh = "没有小票的原因",
          .en = "Why there is no receipt"),
    FIELD(E, receipts, .read_only = true, .zh = "照片张数", .en = "Photos"),
    FIELD(E, bought_at, .read_only = true, .zh = "办好时间", .en = "Bought at"),
    FIELD(E, change_back, .read_only = true, .brief = true, .zh = "找零", .en = "Change"),
    FIELD(E, extra, .read_only = true, .zh = "老人补付", .en = "Paid on top"),
    FIELD(E, difference, .read_only = true, .brief = true, .zh = "差额", .en = "Difference"),
    FIELD(E, why, .high = 300, .read_only = true, .zh = "差额原因", .en = "Why it differs"),
    FIELD(E, returned_at, .read_only = true, .zh = "找零时间", .en = "Change handed back at"),
    CHOICE(E, confirmed, errand_confirms, .read_only = true, .filter = true, .zh = "怎样确认",
           .en = "Confirmed how"),
    FIELD(E, signed_by, .class = MASKED, .mask = MASK_NAME, .high = 40, .read_only = true,
          .zh = "确认人", .en = "Confirmed by whom"),
    LINK(E, confirmed_by, "account", .read_only = true, .zh = "确认账号",
         .en = "Confirmed by account"),
    FIELD(E, confirmed_at, .read_only = true, .zh = "确认时间", .en = "Confirmed at"),
    FIELD(E, overdue_at, .read_only = true, .zh = "逾期提醒时间", .en = "Told as overdue at"),
    FIELD(E, reason, .class = SECRET, .high = 300, .read_only = true, .zh = "异议",
          .en = "What is wrong"),
    CHOICE(E, state, errand_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "order", .columns = "care_order", .unique = true, .where = "ended_at IS NULL",
      .message = "errand.once" },
    { .name = "org_state", .columns = "org, state, day, id" },
    { .name = "place_state", .columns = "place, state, day" },
    { .name = "state_due", .columns = "state, due, scope, id" },
    { .name = "elder", .columns = "elder, id" },
    { .name = "carer", .columns = "carer, state, id" },
    { .name = "account", .columns = "account, id" },
    { .name = "scope_day", .columns = "scope, day, id" },
    { .name = "kind", .columns = "kind, id" },
    { .name = "confirmed", .columns = "confirmed, id" },
    { .name = "money", .check = "difference = advance + extra - spent - change_back",
      .message = "errand.money" },
    { 0 },
};
static const struct sort sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

static enum err rules(struct ctx *c, const void *before, void *row)
{
    E *e = row;
    (void)c;
    (void)before;
    e->difference.fen = e->advance.fen + e->extra.fen - e->spent.fen - e->change_back.fen;
    return ERR_NONE;
}

/* A photo has come: of the receipt, of the bill. */
static enum err filed(struct ctx *c, const void *row, struct sv hash, struct sv type)
{
    E e;
    bool found;
    (void)hash;
    (void)type;
    TRY(entity_load(c, &errand_entity, ((const E *)row)->id.n, &e, &found));
    e.receipts++;
    return entity_update_by_rule(c, &errand_entity, &e, e.row.version, "filed");
}

const struct entity errand_entity = {
    .name = "errand", .zh = "代办", .en = "Errand", .kind = ENTITY_ORDINARY, .size = sizeof(E),
    .fields = errand_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = errand_steps, .reads = MAY_READ_ORDERS, .writes = MAY_DO_VISITS, .no_create = true,
    .no_update = true, .seen_by_org = "org = $",
    .seen_by_carer = "care_order IN (SELECT care_order FROM visit WHERE carer = $ "
                     "AND state <> 'cancelled')",
    .seen_by_own = "account = $ OR " SEEN_BY_MONEY, .elder = "elder",
    .open = "open,advanced,bought,returned", .scope_of = "care_order", .rules = rules,
    .files = true, .filed = filed, .menu = "orders",
};
#undef E

/* --- with its order --- */

enum err errand_of_order(struct ctx *c, const struct care_order *o,
                         const struct catalogue_item *item)
{
    struct errand e;
    if (item->errand == ERRAND_NONE)
        return ERR_NONE;
    record_clear(errand_fields, &e);
    e.row.scope = o->row.scope;
    e.care_order = o->id;
    e.org = o->org;
    e.place = o->place;
    e.account = o->account;
    e.elder = o->elder;
    e.kind = item->errand;
    e.day = o->day;
    e.wants = o->note;
    return entity_create_under(c, &errand_entity, &e);
}

enum err errand_find(struct ctx *c, struct care_order_id id, struct errand *ret_errand,
                     bool *ret_found)
{
    int64_t errand = 0;
    record_clear(errand_fields, ret_errand);
    *ret_found = false;
    TRY(db_int(c, &sql_errand_of_order, PARAMS(P_INT("care_order", id.n)), &errand));
    return errand ? entity_load(c, &errand_entity, errand, ret_errand, ret_found) : ERR_NONE;
}

/* With her money in hand the day stays that on which it was given: it is closed by that. */
static enum err order_moved(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct care_order *o = row;
    struct errand e;
    bool found;
    (void)action;
    bool over = o->state == ORDER_CANCELLED || o->state == ORDER_DECLINED ||
                o->state == ORDER_NOT_MET || o->state == ORDER_CONFIRMED;
    if (!before)                               /* a new order has none yet */
        return ERR_NONE;
    TRY(errand_find(c, o->id, &e, &found));
    if (!found || e.state != ERRAND_OPEN)
        return ERR_NONE;
    if (over)
        return entity_act_by_rule(c, &errand_entity, e.id.n, e.row.version, SV("drop"), NULL, &e);
    if (e.day.n == o->day.n)
        return ERR_NONE;
    e.day = o->day;
    return entity_update_by_rule(c, &errand_entity, &e, e.row.version, "change");
}

const struct follower errand_followers[] = { { &care_order_entity, order_moved }, { 0 } };

enum err errand_held_at(struct ctx *c, struct place_id place, struct day day,
                        struct errand_held *ret_held)
{
    *ret_held = (struct errand_held){ 0 };
    struct rows r = db_rows(c, &sql_errand_held, PARAMS(P_INT("place", place.n),
                                                        P_INT("day", day.n)));
    if (rows_next(&r))
        *ret_held = (struct errand_held){ { rows_int(&r, 0) }, rows_int(&r, 1) };
    return rows_end(&r);
}
