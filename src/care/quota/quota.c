/* quota.c - rules, months, uses: fields and constraints. */

#include "care/quota/quota.h"

#include "care/elder/seen.h"
#include "care/quota/page.h"

SQL(quota_used_check);
SQL(quota_orders_check);

const struct choice quota_units[] = {
    { "times", "次", "times" }, { "hours", "小时", "hours" }, { "yuan", "元", "yuan" }, { 0 },
};
const struct choice quota_overs[] = {
    { "own_pay", "超出部分自付", "the rest is her own payment" },
    { "block", "超出不能下单", "nothing beyond it" }, { 0 },
};

const struct choice quota_periods[] = {
    { "month", "每月", "a month" }, { "week", "每周", "a week" }, { 0 },
};
const struct choice quota_payers[] = {
    { "government", "政府购买", "the government" }, { "station", "机构承担", "the organisation" },
    { 0 },
};

#define R struct quota_rule
const struct field quota_rule_fields[] = {
    ROW_FIELDS(R),
    FIELD(R, name, .required = true, .brief = true, .high = 60, .zh = "名称", .en = "Name"),
    LINK(R, division, "division", .brief = true, .zh = "适用地区（空为全部）",
         .en = "Where; all if empty"),
    SET(R, categories, category_choices, .required = true, .brief = true, .zh = "可用于",
        .en = "For"),
    CHOICE(R, grade, ability_grades, .brief = true, .zh = "能力等级（该级及以上）",
           .en = "Grade, or worse"),
    SET(R, groups, elder_flags, .zh = "或对象类别（任一）", .en = "Groups: any of them"),
    WHOM_RESIDENCE_FIELDS(R),
    CHOICE(R, unit, quota_units, .brief = true, .zh = "单位", .en = "Unit"),
    FIELD(R, amount, .low = 1, .high = 100000, .required = true, .brief = true, .zh = "额度",
          .en = "Amount"),
    CHOICE(R, period, quota_periods, .create_only = true, .brief = true, .zh = "周期",
           .en = "Period", .default_sql = "'month'"),
    LINK(R, item, "catalogue_item", .zh = "只用于这一项（空为全部）",
         .en = "Only for this item; all if empty"),
    LINK(R, service_package, "service_package", .read_only = true, .filter = true, .zh = "所属服务包",
         .en = "Of the package"),
    CHOICE(R, payer, quota_payers, .read_only = true, .filter = true, .brief = true, .zh = "谁承担",
           .en = "Who pays", .default_sql = "'government'"),
    FIELD(R, own_price, .read_only = true, .zh = "服务包内自付单价", .en = "Own payment of a unit",
          .default_sql = "0"),
    FIELD(R, carries, .zh = "未用的结转下月一次", .en = "What is left is carried once"),
    CHOICE(R, over, quota_overs, .zh = "超出时", .en = "Beyond it"),
    FIELD(R, valid_from, .required = true, .brief = true, .zh = "生效", .en = "From"),
    FIELD(R, valid_to, .zh = "失效", .en = "Until"),
    FIELD(R, source, .required = true, .high = 200, .zh = "依据", .en = "Source"),
    CHOICE(R, status, parameter_statuses, .filter = true, .brief = true, .zh = "核对",
           .en = "Checked"),
    { 0 },
};

static const struct index rule_indexes[] = {
    { .name = "valid", .columns = "valid_from, id" },
    { .name = "status", .columns = "status, id" },
    { .name = "package", .columns = "service_package, id", .where = "service_package IS NOT NULL" },
    { .name = "item", .columns = "item, id" },
    { .name = "payer", .columns = "payer, id" },
    { .name = "name", .columns = "name, valid_from", .unique = true, .where = "ended_at IS NULL",
      .message = "quota.same_name" },
    { 0 },
};
static const struct sort rule_sorts[] = { { "from", "valid_from", true, "生效", "From" }, { 0 } };

/*
 * A rule for everybody would be asked of every order: it names a grade or a group. Those of a
 * package stand as they were agreed to.
 */
static enum err rule_rules(struct ctx *c, const void *before, void *row)
{
    const R *r = row, *was = before;
    if (was && was->service_package.n)
        return fail(c, ERR_CONFLICT, "quota.of_package", "rule %lld is of a package",
                    (long long)was->id.n);
    if (r->service_package.n)
        return ERR_NONE;
    if (r->grade < GRADE_MILD && r->groups.bits == 0)
        fail_field(c, SV("grade"), "quota.for_whom");
    if (r->categories.bits & UINT64_C(1) << CATEGORY_MEAL)
        fail_field(c, SV("categories"), "quota.no_meals");
    if (day_known(r->valid_to) && r->valid_to.n < r->valid_from.n)
        fail_field(c, SV("valid_to"), "days.backwards");
    return fail_fields(c);
}

const struct entity quota_rule_entity = {
    .name = "quota_rule", .zh = "购买服务额度标准", .en = "Quota rule", .kind = ENTITY_ORDINARY,
    .size = sizeof(R), .fields = quota_rule_fields, .indexes = rule_indexes, .sorts = rule_sorts,
    .title = "name", .reads = MAY_READ_ORDERS, .writes = MAY_SET_RULES, .seen_by_all = true,
    .seen_by_own = "1 = 1", .seen_by_org = "1 = 1", .rules = rule_rules, .menu = "setup",
};
#undef R

#define Q struct quota
const struct field quota_fields[] = {
    ROW_FIELDS(Q),
    LINK(Q, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(Q, quota_rule, "quota_rule", .read_only = true, .filter = true, .brief = true,
         .zh = "额度标准", .en = "Rule"),
    FIELD(Q, month, .read_only = true, .filter = true, .brief = true, .zh = "月份", .en = "Month"),
    FIELD(Q, granted, .read_only = true, .brief = true, .zh = "本月额度（次、分钟或分）",
          .en = "Granted (times, minutes or fen)"),
    FIELD(Q, carried, .read_only = true, .brief = true, .zh = "上月结转", .en = "Carried over"),
    FIELD(Q, used, .read_only = true, .brief = true, .zh = "已用", .en = "Used"),
    { 0 },
};

static const struct index quota_indexes[] = {
    { .name = "month", .columns = "elder, quota_rule, month", .unique = true,
      .where = "ended_at IS NULL", .message = "quota.gone" },
    { .name = "of_rule", .columns = "quota_rule, month, id" },
    { .name = "months", .columns = "month, id" },
    { .name = "left", .check = "used >= 0 AND used <= granted + carried", .message = "quota.gone" },
    { 0 },
};
static const struct sort quota_sorts[] = { { "month", "month", true, "月份", "Month" }, { 0 } };

const struct entity quota_entity = {
    .name = "quota", .zh = "购买服务额度", .en = "Quota", .kind = ENTITY_ORDINARY, .size = sizeof(Q),
    .fields = quota_fields, .indexes = quota_indexes, .sorts = quota_sorts, .title = "month",
    .reads = MAY_READ_ORDERS, .writes = MAY_SET_RULES, .no_create = true, .no_update = true,
    .no_history = true, .seen_by_own = SEEN_BY_FAMILY, .seen_by_org = SEEN_BY_SERVER,
    .elder = "elder", .scope_of = "elder", .menu = "orders",
};
#undef Q

#define U struct quota_use
const struct field quota_use_fields[] = {
    ROW_FIELDS(U),
    LINK(U, quota, "quota", .filter = true, .brief = true, .zh = "额度", .en = "Quota"),
    LINK(U, elder, "elder", .filter = true, .brief = true, .zh = "老年人", .en = "Elder"),
    LINK(U, care_order, "care_order", .filter = true, .brief = true, .zh = "订单", .en = "Order"),
    FIELD(U, units, .low = -10000000, .high = 10000000, .brief = true, .zh = "使用（退回为负）",
          .en = "Taken; given back below 0"),
    { 0 },
};

static const struct index use_indexes[] = {
    { .name = "quota", .columns = "quota, id" },
    { .name = "order", .columns = "care_order, id" },
    { .name = "elder", .columns = "elder, id" },
    { 0 },
};
static const struct sort use_sorts[] = { { "created", "id", true, "先后", "Latest" }, { 0 } };

const struct entity quota_use_entity = {
    .name = "quota_use", .zh = "额度明细", .en = "Use of a quota", .kind = ENTITY_APPEND_ONLY,
    .size = sizeof(U), .fields = quota_use_fields, .indexes = use_indexes, .sorts = use_sorts,
    .reads = MAY_READ_ORDERS, .writes = MAY_SET_RULES, .no_create = true, .no_update = true,
    .no_history = true, .seen_by_own = SEEN_BY_FAMILY,
    .seen_by_org = "care_order IN (SELECT id FROM care_order WHERE org = $)",
    .elder = "elder", .scope_of = "elder", .menu = "orders",
};
#undef U

static const struct message messages[] = {
    { "quota.gone", "额度刚刚被另一个订单用掉，请重新看价格再下单",
      "Another order has just used it: look at the price again" },
    { "quota.over", "本月额度已用完，这项服务不能超出额度下单",
      "This month's quota is used up, and nothing beyond it is served" },
    { "quota.same_name", "同名的额度标准已有这一天生效的", "There is a rule of this name from that day" },
    { "quota.for_whom", "请选择能力等级或对象类别", "Choose a grade or a group" },
    { "quota.of_package", "这是服务包的额度：请在服务包里出新版本",
      "It belongs to a package: make another edition of that" },
    { "quota.no_meals", "助餐按助餐补贴，不走额度", "Meals have their own subsidy, no quota" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "quota_used", "额度已用数等于明细之和", &sql_quota_used_check },
    { "quota_orders", "用额度的订单都有明细，取消的都已退回", &sql_quota_orders_check },
    { 0 },
};

const struct module quota_module = {
    .name = "quota", .messages = messages, .invariants = invariants, .endpoints = quota_endpoints,
    .entities = (const struct entity *const[]){ &quota_rule_entity, &quota_entity,
                                                &quota_use_entity, NULL },
};
