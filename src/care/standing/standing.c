/* standing.c - the weekly rule and its days: fields, constraints, steps. */

#include "care/standing/begin.h"

#include "care/elder/seen.h"
#include "care/parameter/parameter.h"
#include "care/standing/pause.h"
#include "care/todo/todo.h"

SQL(standing_day_without_order);
SQL(standing_order_strays);

const struct choice standing_states[] = {
    { "asked", "待驿站确认", "to be agreed" }, { "active", "进行中", "active" },
    { "declined", "未接受", "declined" },      { "ended", "已结束", "ended" }, { 0 },
};
const struct choice standing_holidays[] = {
    { "leave_out", "节假日不来", "left out on holidays" },
    { "keep", "节假日照常", "as always on holidays" },
    { "day_before", "提前到节前一天", "the day before instead" },
    { 0 },
};
const struct choice standing_day_states[] = {
    { "made", "已生成订单", "ordered" },  { "skipped", "这次不要", "skipped" },
    { "paused", "暂停中", "paused" },     { "failed", "未能生成", "could not be made" },
    { "dropped", "已放弃", "given up" },  { 0 },
};

#define S struct standing
const struct field standing_fields[] = {
    ROW_FIELDS(S),
    LINK(S, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(S, org, "organisation", .read_only = true, .filter = true, .brief = true, .zh = "机构",
         .en = "Organisation"),
    LINK(S, item, "catalogue_item", .read_only = true, .brief = true, .zh = "服务项目", .en = "Item"),
    LINK(S, offer, "offer", .read_only = true, .filter = true, .zh = "服务供给", .en = "Offer"),
    SET(S, weekdays, weekday_choices, .read_only = true, .brief = true, .zh = "每周哪几天",
        .en = "Weekdays"),
    FIELD(S, start_min, .high = 1439, .read_only = true, .brief = true, .zh = "开始", .en = "Start"),
    FIELD(S, quantity, .low = 1, .high = 20, .read_only = true, .zh = "数量", .en = "Quantity"),
    FIELD(S, from_day, .read_only = true, .brief = true, .zh = "从哪天起", .en = "From"),
    FIELD(S, until_day, .read_only = true, .brief = true, .zh = "到哪天止", .en = "Until"),
    CHOICE(S, holidays, standing_holidays, .read_only = true, .zh = "节假日", .en = "Holidays"),
    FIELD(S, price, .read_only = true, .zh = "约定单价", .en = "Price agreed, a unit"),
    CHOICE(S, gender_wish, gender_wish_choices, .read_only = true, .zh = "护理员性别",
           .en = "Gender wish"),
    LINK(S, carer_wish, "carer", .read_only = true, .filter = true, .zh = "希望的护理员",
         .en = "Carer wished for"),
    CHOICE(S, pay_way, pay_way_choices, .read_only = true, .zh = "付款方式", .en = "Paid how"),
    FIELD(S, password, .class = MASKED, .mask = MASK_ALL, .high = 20, .read_only = true,
          .zh = "上门口令", .en = "Password at the door"),
    FIELD(S, note, .class = SECRET, .high = 500, .read_only = true, .many_lines = true,
          .zh = "备注", .en = "Note"),
    LINK(S, account, "account", .read_only = true, .zh = "申请账号", .en = "Asked by account"),
    LINK(S, placed_by, "account", .read_only = true, .zh = "登记人员", .en = "Written down by"),
    CHOICE(S, channel, channel_choices, .read_only = true, .zh = "渠道", .en = "Channel"),
    LINK(S, replaces, "standing_order", .read_only = true, .zh = "接续", .en = "Continues"),
    LINK(S, plan, "package_plan", .read_only = true, .filter = true, .zh = "所属服务包",
         .en = "Of the package"),
    AFTER_FIELDS(S, .read_only = true),
    FIELD(S, reason, .high = 300, .read_only = true, .zh = "原因", .en = "Reason"),
    CHOICE(S, state, standing_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    { 0 },
};

static const struct index standing_indexes[] = {
    { .name = "elder", .columns = "elder, state, id" },
    { .name = "org", .columns = "org, state, id" },
    { .name = "offer", .columns = "offer, id" },
    { .name = "carer", .columns = "carer_wish, id" },
    { .name = "account", .columns = "account, id" },
    { .name = "plan", .columns = "plan, id", .where = "plan IS NOT NULL" },
    { .name = "work", .columns = "state, id" },
    { .name = "within", .columns = "state, scope, created_at" },
    { .name = "days", .check = "weekdays BETWEEN 1 AND 127", .message = "standing.weekdays" },
    { 0 },
};

static const struct sort standing_sorts[] = {
    { "created", "id", true, "最近登记", "Latest" },
    { 0 },
};

struct declined_input { struct sv reason; };
static const struct field decline_takes[] = {
    FIELD(struct declined_input, reason, .required = true, .high = 300, .many_lines = true,
          .zh = "原因", .en = "Reason"),
    { 0 },
};

static enum err decline(struct ctx *c, void *row, const void *input)
{
    (void)c;
    ((S *)row)->reason = ((const struct declined_input *)input)->reason;
    return ERR_NONE;
}

/* A relative who may not order for her does not change her rule either. */
static enum err may_change(struct ctx *c, const void *row)
{
    const S *s = row;
    return standing_may_order(c, s->elder);
}

#define ALL (RIGHT(MAY_BE_CITIZEN) | RIGHT(MAY_PLACE_ORDERS) | RIGHT(MAY_SERVE_ORDERS))
#define SERVES RIGHT(MAY_SERVE_ORDERS)

static const struct step standing_steps[] = {
    { .from = "asked", .action = "accept", .to = "active", .may = SERVES, .zh = "接受",
      .en = "Agree", .effect = standing_accept_effect },
    { .from = "asked", .action = "decline", .to = "declined", .may = SERVES, .zh = "不接受",
      .en = "Decline", .effect = decline, .takes = decline_takes,
      .takes_size = sizeof(struct declined_input), .danger = true },
    { .from = "active", .action = "skip", .to = "", .may = ALL, .guard = may_change,
      .effect = standing_skip_effect, .takes = skip_takes, .takes_size = sizeof(struct skip_input),
      .zh = "跳过一次", .en = "Skip one day" },
    { .from = "active", .action = "unskip", .to = "", .may = ALL, .guard = may_change,
      .effect = standing_unskip_effect, .takes = skip_takes,
      .takes_size = sizeof(struct skip_input), .zh = "恢复这一次", .en = "Have that day again" },
    { .from = "active", .action = "change", .to = "", .may = ALL, .guard = may_change,
      .effect = standing_change_effect, .takes = standing_change_takes,
      .takes_size = sizeof(struct standing_change_input), .zh = "从某天起更改",
      .en = "Change from a day on" },
    { .from = "active", .action = "agree_price", .to = "", .may = ALL, .guard = may_change,
      .effect = standing_price_effect, .zh = "同意现价", .en = "Agree to the price" },
    { .from = "asked,active", .action = "end", .to = "", .may = ALL, .guard = may_change,
      .effect = standing_end_effect, .takes = standing_end_takes,
      .takes_size = sizeof(struct standing_end_input), .zh = "结束长期服务", .en = "End",
      .danger = true },
    { .from = "active", .action = "prolong", .to = "", .automatic = true,
      .effect = standing_prolong_effect, .zh = "随服务包续期", .en = "Prolonged with its package" },
    { .from = "active", .action = "expire", .to = "ended", .automatic = true, .zh = "到期",
      .en = "Expire" },
    { 0 },
};

const struct entity standing_entity = {
    .name = "standing_order", .zh = "长期服务", .en = "Standing order", .kind = ENTITY_ORDINARY,
    .size = sizeof(S), .fields = standing_fields, .indexes = standing_indexes,
    .sorts = standing_sorts, .state = "state", .steps = standing_steps, .title = "item",
    .reads = MAY_READ_ORDERS, .writes = MAY_PLACE_ORDERS, .no_create = true, .no_update = true,
    .seen_by_own = "account = $ OR elder IN (SELECT id FROM elder WHERE account = $) "
                   "OR elder IN (" BOUND_ELDERS ")",
    .seen_by_org = "org = $", .elder = "elder", .open = "asked,active", .found_by = "elder",
    .scope_of = "org", .menu = "orders",
};
#undef S

#define D struct standing_day
const struct field standing_day_fields[] = {
    ROW_FIELDS(D),
    LINK(D, standing_order, "standing_order", .read_only = true, .filter = true, .zh = "长期服务",
         .en = "Standing order"),
    LINK(D, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(D, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    LINK(D, item, "catalogue_item", .read_only = true, .brief = true, .zh = "服务项目", .en = "Item"),
    FIELD(D, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    FIELD(D, on_day, .read_only = true, .zh = "实际服务日", .en = "Served on"),
    CHOICE(D, state, standing_day_states, .read_only = true, .filter = true, .brief = true,
           .zh = "结果", .en = "What became of it"),
    FIELD(D, why, .read_only = true, .brief = true, .high = 300, .zh = "原因", .en = "Why"),
    LINK(D, care_order, "care_order", .read_only = true, .zh = "订单", .en = "Order"),
    FIELD(D, tries, .read_only = true, .zh = "已试次数", .en = "Tries"),
    { 0 },
};

static const struct index day_indexes[] = {
    { .name = "once", .columns = "standing_order, day", .unique = true,
      .where = "ended_at IS NULL", .message = "standing.day_once" },
    { .name = "elder", .columns = "elder, day, id" },
    { .name = "work", .columns = "state, scope, day, id" },
    { .name = "org", .columns = "org, state, day, id" },
    { .name = "day", .columns = "day, id" },
    { 0 },
};

static const struct sort day_sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

static enum err again(struct ctx *c, void *row, const void *input)
{
    (void)input;
    return standing_day_again(c, row);
}

/* What the rule says of one of its days: see standing_day_mark(). */
static enum err mark(struct ctx *c, void *row, const void *input)
{
    const D *said = input;
    D *d = row;
    (void)c;
    d->on_day = said->on_day;
    d->state = said->state;
    d->why = said->why;
    d->care_order = said->care_order;
    d->tries = said->tries;
    return ERR_NONE;
}

enum err standing_day_mark(struct ctx *c, struct standing_day *d)
{
    D said = *d;
    return entity_act_by_rule(c, &standing_day_entity, d->id.n, d->row.version, SV("mark"), &said,
                              d);
}

static const struct step day_steps[] = {
    { .from = "made,skipped,paused,failed", .action = "mark", .to = "", .automatic = true,
      .effect = mark, .zh = "系统记录", .en = "Noted" },
    { .from = "failed", .action = "again", .to = "", .may = SERVES | RIGHT(MAY_PLACE_ORDERS),
      .effect = again, .zh = "再试一次", .en = "Try again" },
    { .from = "failed", .action = "drop", .to = "dropped",
      .may = SERVES | RIGHT(MAY_PLACE_ORDERS), .reason = true, .zh = "这次不做（已告知老人）",
      .en = "Give up (the elder was told)" },
    { 0 },
};

const struct entity standing_day_entity = {
    .name = "standing_day", .zh = "长期服务日程", .en = "Day of a standing order",
    .kind = ENTITY_ORDINARY, .size = sizeof(D), .fields = standing_day_fields,
    .indexes = day_indexes, .sorts = day_sorts, .state = "state", .steps = day_steps,
    .title = "item", .reads = MAY_READ_ORDERS, .writes = MAY_PLACE_ORDERS, .no_create = true,
    .no_update = true, .seen_by_org = "org = $", .elder = "elder", .scope_of = "org",
    .seen_by_own = "elder IN (SELECT id FROM elder WHERE account = $) OR elder IN (" BOUND_ELDERS
                   ")",
    .menu = "orders",
};
#undef D

static const struct parameter_default parameters[] = {
    { "standing.ahead_days", "14", "day", "长期服务提前几天生成订单",
      "Days ahead that standing orders make their orders", "平台默认值，待核" },
    { 0 },
};

static const struct message messages[] = {
    { "standing.weekdays", "请选择每周哪几天", "Choose the days of the week" },
    { "standing.no_slot", "该服务{0}没有这个时段，请换一个时间或日子",
      "The offer has no such time on {0}; choose another time or day" },
    { "standing.from_past", "起始日期不能早于今天", "The first day lies in the past" },
    { "standing.last_day", "结束日期不能早于昨天", "The last day lies further back than yesterday" },
    { "standing.not_its_day", "这一天不在长期服务的日程里", "This is none of its days" },
    { "standing.day_past", "这一天已经过去", "That day is over" },
    { "standing.not_skipped", "这一天没有跳过", "That day has not been skipped" },
    { "standing.day_once", "这一天已经处理过", "That day has been dealt with" },
    { "standing.elder", "请选择登记在册的老人：长期服务要先登记",
      "Choose an elder of the register: a standing order needs one" },
    { "standing.price_changed", "单价已变化（约定 {0} 元，现价 {1} 元），请征得同意后按“同意现价”",
      "The price has changed from {0} to {1} yuan; ask her, then agree to it" },
    { "standing.beyond_package", "服务包本期的次数已用完，请征得同意后另行下单",
      "The package has nothing left this time: ask her, then order it apart" },
    { "standing.order_gone", "订单已取消", "The order was cancelled" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "standing_day_order", "已生成的长期服务日都有订单", &sql_standing_day_without_order },
    { "standing_order_once", "长期服务生成的订单都记在日程里", &sql_standing_order_strays },
    { 0 },
};

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "standing_asked", .zh = "待确认的长期服务", .en = "Standing orders to agree to",
      .entity = "standing_order", .list = "state=asked", .due = "created_at",
      .within = "figure.waiting_hours", .may = RIGHT(MAY_SERVE_ORDERS),
      .shows = "elder,item,weekdays,start_min" },
    { .key = "standing_failed", .zh = "长期服务未能生成的订单", .en = "Standing orders that failed",
      .entity = "standing_day", .list = "state=failed", .due = "day",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "elder,item,day,why", .weight = TODO_URGENT },
    { 0 },
};

const struct module standing_module = {
    .name = "standing",
    .entities = (const struct entity *const[]){ &standing_entity, &standing_day_entity, NULL },
    .endpoints = standing_endpoints, .jobs = standing_jobs, .schedules = standing_schedules,
    .parameters = parameters, .messages = messages, .invariants = invariants, .todos = todos,
};
