/* module.c - what the dispatch board brings to the house. */

#include "care/dispatch/change.h"

struct day_query { struct day day; };
static const struct field day_query_fields[] = {
    FIELD(struct day_query, day, .zh = "日期", .en = "Day; today when absent"), { 0 },
};

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/dispatch/day", .run = dispatch_day_get, .lane = READS,
      .may = MAY_SERVE_ORDERS, .query = day_query_fields, .query_size = sizeof(struct day_query),
      .gives = day_gives, .zh = "派单台的一天", .en = "A day on the dispatch board" },
    { 0 },
};

static const struct message messages[] = {
    { "dispatch.moved_on", "这一单刚刚被别人改过，请看最新的安排再操作",
      "this order has just been changed by somebody else; look at the plan as it is now" },
    { "dispatch.late", "路上来不及，会晚到", "the way takes too long: she will be late" },
    { "dispatch.shift", "不在她的班次里", "outside her shift" },
    { "dispatch.why_skill", "没有会“{0}”的人", "nobody has what it asks: {0}" },
    { "dispatch.why_load", "会做的人这天都不在，或工时已到上限",
      "those who could are away, or have no hours left" },
    { "dispatch.why_shift", "会做的人这个时间都不上班", "nobody who could works at that time" },
    { "dispatch.why_travel", "会做的人路上都来不及", "nobody who could is there in time" },
    { "dispatch.why_crowded", "会做的人那时都有别的工单", "those who could are with others then" },
    { "dispatch.why_past", "约定的时间已经过了，请和老人另约", "its time has passed: agree on another" },
    { "dispatch.why_nobody", "机构还没有登记护理员", "the organisation has no carers yet" },
    { "dispatch.repair_teach", "{0}要先学会“{1}”", "{0} would have to learn: {1}" },
    { "dispatch.repair_widen", "改到 {1} 开始，{0}可以去（要问老人）",
      "{0} could begin at {1} (ask the elder)" },
    { "dispatch.repair_overtime", "{0}加班 {1} 分钟可以去", "{0} could by working {1} minutes longer" },
    { "dispatch.repair_postpone", "把{0}推到 {1}（要问老人）", "{0} begins at {1} (ask the elder)" },
    { "dispatch.repair_swap", "{0}去这一家，{1}改为待派", "{0} goes here, {1} is left open" },
    { "dispatch.repair_hire", "那个时间还要一位会做的人", "one more carer would be needed then" },
    { 0 },
};

#define HOUSE_DEFAULT "系统默认值，待核"

static const struct parameter_default parameters[] = {
    { "dispatch.early_min", "15", "minute", "上门最多比约定早多少分钟",
      "How much before the time promised a visit may begin", HOUSE_DEFAULT },
    { "dispatch.late_min", "30", "minute", "上门最多比约定晚多少分钟",
      "How much after the time promised a visit may begin", HOUSE_DEFAULT },
    { "dispatch.unknown_way_min", "10", "minute", "住址没有定位时一段路按多少分钟",
      "Minutes taken for a way to a home without a point", HOUSE_DEFAULT },
    { "dispatch.history_days", "60", "day", "多少天内上过门算熟悉",
      "For how many days a carer counts as known to an elder", HOUSE_DEFAULT },
    { "dispatch.day_hours", "8", "hour", "每天工时上限", "Hours of work a day at most",
      "《中华人民共和国劳动法》第三十六条，待核" },
    { "dispatch.week_hours", "44", "hour", "每周工时上限", "Hours of work a week at most",
      "《中华人民共和国劳动法》第三十六条，待核" },
    { "dispatch.overtime_hours", "36", "hour", "每月加班上限", "Hours of overtime a month at most",
      "《中华人民共和国劳动法》第四十一条，待核" },
    { 0 },
};

static const struct entity *const entities[] = {
    &dispatch_note_entity, &dispatch_run_entity, NULL,
};

const struct module dispatch_module = {
    .name = "dispatch", .entities = entities, .endpoints = endpoints, .messages = messages,
    .parameters = parameters,
};
