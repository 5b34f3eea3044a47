/* module.c - what the counter brings to the house. */

#include "care/counter/inside.h"

SQL(close_check);
SQL(counter_order_check);

static const struct parameter_default parameters[] = {
    { "counter.list_days", "60", "day", "收银台离线名单：最近多少天来吃过的老人",
      "The counter's list: who ate here within so many days", "系统默认值，待核" },
    { 0 },
};

static const struct message messages[] = {
    { "card.taken", "卡号重复，请再试一次", "The number is taken; try again" },
    { "card.one", "这位老人已有一张在用的助餐卡，请先挂失", "She has a card; report it lost first" },
    { "card.lost", "这张卡已挂失，请打印新卡", "The card was reported lost: print the new one" },
    { "card.nobody", "没有这张卡，或已挂失", "No such card, or it was reported lost" },
    { "counter.offer", "请选择本机构在售的堂食餐次", "Choose a meal that this organisation sells" },
    { "counter.used", "这位老人当天的补贴刚在别处使用，请按全价重新确认",
      "Her subsidy of the day has just been used elsewhere: confirm the full price" },
    { "counter.price", "价格已变化，请重新确认", "The price has changed: look again" },
    { "counter.had", "这个订单已经取过餐了", "This order has been served already" },
    { "counter.undo_day", "只能撤销当天的登记，以后的差错请走退款",
      "Only today's can be undone; later, give the money back" },
    { "close.once", "这个服务点当天已有日结", "There is a closing of that day already" },
    { "close.later", "还没有到这一天", "The day is not there yet" },
    { "close.why", "实收与应收不一致，请写明原因", "Say why what was counted differs" },
    { "close.own", "点款和复核须是两个人", "Who counts does not check: another person must" },
    { "close.not_yours", "请选择本机构的服务点", "Choose a place of this organisation" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "day_close_sum", "已点款的日结与收款登记一致", &sql_close_check },
    { "counter_order", "取餐登记都有订单", &sql_counter_order_check }, { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "days_open", .zh = "未日结", .en = "Days to count", .entity = "day_close",
      .list = "state=open", .due = "day", .may = RIGHT(MAY_SERVE_ORDERS),
      .shows = "place,day,cash,payments" },
    { .key = "days_to_check", .zh = "日结待复核", .en = "Closings to check",
      .entity = "day_close", .list = "state=counted", .due = "day",
      .may = RIGHT(MAY_SERVE_ORDERS), .not_by = "counted_by",
      .shows = "place,day,difference,why" },
    { .key = "counter_clashes", .zh = "断网取餐的冲突", .en = "Clashes of meals off line",
      .entity = "counter_meal", .list = "state=clash", .due = "day",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "elder,place,day,clash,own_pay" },
    { 0 },
};

static const struct job_kind jobs[] = {
    { .name = "counter.close", .run = job_close_open }, { 0 },
};
static const struct schedule schedules[] = {
    { .name = "counter.close", .job = "counter.close", .every_s = 3600 }, { 0 },
};

const struct module counter_module = {
    .name = "counter",
    .entities = (const struct entity *const[]){ &counter_meal_entity, &diner_card_entity,
                                                &day_close_entity, NULL },
    .endpoints = counter_endpoints, .sync_forms = counter_forms, .jobs = jobs,
    .schedules = schedules, .messages = messages, .parameters = parameters,
    .invariants = invariants, .todos = todos,
};
