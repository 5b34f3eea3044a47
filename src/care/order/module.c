/* module.c - what the order brings to the house: endpoints, nightly confirmation, parameters,
 * checks. */

#include "care/order/page.h"
#include "care/parameter/parameter.h"
#include "care/todo/todo.h"
#include "model/jobs.h"

SQL(orders_to_confirm);
SQL(order_parts_check);
SQL(order_visit_check);
SQL(order_two_check);

/* Silence is consent: what was served some days ago and not disputed counts as confirmed. */
static enum err confirm_one(struct ctx *c, const struct due_row *due, const void *with)
{
    struct care_order o;
    (void)with;
    return entity_act_by_rule(c, &care_order_entity, due->id, due->version, SV("confirm"), NULL,
                              &o);
}

static enum err confirm_silent(struct ctx *c, const struct job *j)
{
    int64_t days;
    TRY(parameter_int(c, "order.confirm_days", 0, day_of(c->now), &days));
    return work_by_clock(c, j, &(struct work_by_clock){
        .due = &sql_orders_to_confirm, .until = { day_of(c->now).n - days }, .each = confirm_one });
}

static const struct job_kind order_jobs[] = { { "order.confirm", confirm_silent, 0, 0 }, { 0 } };
static const struct schedule order_schedules[] = {
    { "order.confirm", "order.confirm", 3600, 0 },
    { 0 },
};

static const struct parameter_default order_parameters[] = {
    { "order.cancel_free_hours", "12", "hour", "开始前多少小时以上取消不收费",
      "Hours before the start with free cancelling", "平台默认值，待核" },
    { "order.cancel_fee_percent", "20", "%", "逾时取消收取自付部分的比例",
      "Share of the own payment for late cancelling", "平台默认值，待核" },
    { "order.confirm_days", "3", "day", "服务完成后几天无异议视为确认",
      "Days without dispute after which an order counts as confirmed", "平台默认值，待核" },
    { "subsidy.meal_a_day", "5", "yuan", "助餐补贴，每人每天", "Meal subsidy a person and day",
      "《关于提升北京市养老助餐服务管理水平的实施意见》（2022-03），转载，待核" },
    { "subsidy.meal_groups", "destitute,minimum_income,near_minimum,special_family,veteran", "",
      "享受助餐补贴的对象", "Groups entitled to the meal subsidy",
      "基本养老服务对象的工作口径，待核" },
    { "subsidy.meal_residences", "registered,resident,floating", "",
      "享受助餐补贴的居住情况（户籍 registered、常住 resident、流动 floating）",
      "Residence kinds entitled to the meal subsidy", "平台默认值：不区分，待核" },
    { "subsidy.meal_residence_months", "0", "month", "常住、流动须住满几个月才享受助餐补贴",
      "Months of residing before who is not registered has the meal subsidy",
      "平台默认值：不要求，待核" },
    { 0 },
};

static const struct message order_messages[] = {
    { "order.missing", "没有这个订单", "There is no such order" },
    { "order.number_taken", "订单号重复，请再试一次", "The number is taken; try again" },
    { "order.money", "付款各部分之和与总价不符", "The parts do not add up to the price" },
    { "order.paid", "这个订单已登记收款", "This order is paid already" },
    { "order.moved_on", "订单状态已变化，请刷新后再操作", "The order has moved on; look again" },
    { "order.outside_area", "这个地址超出了该机构的上门范围，请换一家更近的机构",
      "This address lies outside the area served; choose a nearer organisation" },
    { "order.at_home", "这是上门服务，请派护理员", "This is served at home: assign a carer" },
    { "order.own_confirm", "服务机构不能替老人确认，请由老人、家属或社区确认",
      "Who served may not confirm for the elder" },
    { "order.refuse_instead", "老人不同意时请用“老人谢绝”",
      "Use “The elder refuses” when she does not agree" },
    { "basket.none", "篮子是空的，请先选择服务", "The basket is empty; choose a service first" },
    { "basket.many", "一次最多 {0} 项，请分几次下单", "At most {0} at once; order in several goes" },
    { "basket.clash", "与第 {0} 项“{1}”时间重叠", "Overlaps with item {0}, {1}" },
    { "basket.clash_order", "与已有订单 {0} 时间重叠", "Overlaps with order {0}" },
    { "subsidy.once_a_day", "这位老人当天已享受过助餐补贴，每天只能一次",
      "The meal subsidy has been used for this day" },
    { "order.two", "这一单要两位护理员一起上门，请同时派两位",
      "Two carers go together for this order: send both at once" },
    { "order.one", "这一单只要一位护理员", "One carer goes for this order" },
    { "carer.same", "请选两位不同的护理员", "Choose two different carers" },
    { "carer.not_here", "请选择本机构在岗的护理员", "Choose a carer of this organisation" },
    { "carer.away", "这位护理员当天休假", "This carer is away on that day" },
    { "carer.skill", "这位护理员没有该项技能", "This carer has not learnt this" },
    { "carer.gender_female", "老人希望女护理员", "The elder asked for a woman" },
    { "carer.gender_male", "老人希望男护理员", "The elder asked for a man" },
    { 0 },
};

static const struct invariant order_invariants[] = {
    { "order_parts", "订单总价等于各付款部分之和", &sql_order_parts_check },
    { "order_visit", "已派单的订单都有工单", &sql_order_visit_check },
    { "order_two", "两人上门的订单派了两位", &sql_order_two_check },
    { 0 },
};

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "orders_waiting", .zh = "待接单", .en = "Orders to accept", .entity = "care_order",
      .list = "state=placed", .due = "created_at", .within = "figure.waiting_hours",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "number,item,day,start_min,for_name",
      .weight = TODO_URGENT },
    { .key = "orders_unassigned", .zh = "待派单", .en = "Orders without a carer",
      .entity = "care_order", .list = "state=accepted&sitting=none&gathering.none=1", .due = "day",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "number,item,day,start_min,for_name",
      .weight = TODO_URGENT },
    { .key = "orders_disputed", .zh = "有异议的订单", .en = "Disputed orders",
      .entity = "care_order", .list = "state=disputed", .may = RIGHT(MAY_PLACE_ORDERS),
      .not_org = true, .shows = "number,item,org,day,for_name,reason" },
    { 0 },
};

const struct module order_module = {
    .name = "order",
    .entities = (const struct entity *const[]){ &care_order_entity, &order_part_entity, NULL },
    .endpoints = order_endpoints,
    .jobs = order_jobs,
    .schedules = order_schedules,
    .messages = order_messages,
    .parameters = order_parameters,
    .invariants = order_invariants,
    .todos = todos,
};
