/* module.c - what the dispatch board brings to the house. */

#include "care/dispatch/apply.h"
#include "care/dispatch/change.h"
#include "care/dispatch/night.h"
#include "care/dispatch/tell.h"
#include "care/dispatch/try.h"
#include "http/describe/gives.h"

struct day_query { struct day day; };
static const struct field day_query_fields[] = {
    FIELD(struct day_query, day, .zh = "日期", .en = "Day; today when absent"), { 0 },
};

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/dispatch/day", .run = dispatch_day_get, .lane = READS,
      .may = MAY_SERVE_ORDERS, .query = day_query_fields, .query_size = sizeof(struct day_query),
      .gives = day_gives, .zh = "派单台的一天", .en = "A day on the dispatch board" },
    { .verb = POST, .path = "/api/dispatch/try", .run = dispatch_try_post, .lane = READS,
      .may = MAY_SERVE_ORDERS, .takes = try_asked_fields, .takes_size = sizeof(struct try_asked),
      .gives = try_gives, .no_replay = true, .zh = "试着把一单派给某人某时（不写入）",
      .en = "Would this carer at this time do? Nothing is written" },
    { .verb = POST, .path = "/api/dispatch/replan", .run = dispatch_replan_post, .lane = READS,
      .may = MAY_SERVE_ORDERS, .takes = replan_asked_fields,
      .takes_size = sizeof(struct replan_asked), .gives = replan_gives, .no_replay = true,
      .zh = "重新排班的建议（不写入）", .en = "What a better plan would change; nothing is written" },
    { .verb = GET, .path = "/api/dispatch/slots", .run = dispatch_slots_get, .lane = READS,
      .may = MAY_SERVE_ORDERS, .query = slots_asked_fields,
      .query_size = sizeof(struct slots_asked), .gives = slots_gives,
      .zh = "一天里哪些时段排得出人", .en = "At which times of a day somebody could come" },
    { .verb = GET, .path = "/api/dispatch/way", .run = dispatch_way_get, .lane = READS,
      .may = MAY_SERVE_ORDERS, .query = way_asked_fields, .query_size = sizeof(struct way_asked),
      .gives = drawn_gives, .zh = "某位护理员一天的路（沿街道，小区到小区）",
      .en = "A carer's day along the streets, from compound to compound" },
    { .verb = POST, .path = "/api/dispatch/apply", .run = dispatch_apply_post, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .takes = apply_asked_fields,
      .takes_size = sizeof(struct apply_asked), .gives = day_gives, .zh = "执行派单调整（全部或都不）",
      .en = "Put changes into the plan, all or none" },
    { .verb = POST, .path = "/api/dispatch/undo", .run = dispatch_undo_post, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .takes = day_asked_fields, .takes_size = sizeof(struct day_asked),
      .gives = day_gives, .zh = "撤回上一次派单调整", .en = "Take the last changes back" },
    { .verb = POST, .path = "/api/dispatch/lock", .run = dispatch_lock_post, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .takes = lock_asked_fields, .takes_size = sizeof(struct lock_asked),
      .gives = done_gives, .zh = "锁定或解锁一单的人和时间", .en = "Lock a visit's carer and time" },
    { .verb = POST, .path = "/api/dispatch/publish", .run = dispatch_publish_post, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .takes = day_asked_fields, .takes_size = sizeof(struct day_asked),
      .gives = publish_gives, .zh = "把变动通知护理员", .en = "Tell carers what has changed" },
    { 0 },
};

static const struct message messages[] = {
    { "dispatch.moved_on", "这一单刚刚被别人改过，请看最新的安排再操作",
      "this order has just been changed by somebody else; look at the plan as it is now" },
    { "dispatch.no_changes", "没有要调整的内容", "there is nothing to change" },
    { "dispatch.many_changes", "一次最多调整 1000 单", "at most 1000 changes at once" },
    { "dispatch.twice", "这一单在调整里出现了两次", "this order stands twice among the changes" },
    { "dispatch.locked", "这一单已锁定，请先解锁", "this visit is locked: unlock it first" },
    { "dispatch.past_midnight", "结束时间不能晚于当天 24:00", "it must end by midnight of its day" },
    { "dispatch.no_undo", "没有可以撤回的调整", "there is nothing to take back" },
    { "dispatch.begun", "已经开始、做完或时间已过，不能再排", "it has begun, is over, or its time is past" },
    { "dispatch.window", "超出了和老人约定的时间，请先和老人商量",
      "beyond what was agreed with the elder: ask her first" },
    { "dispatch.hours", "超过她的工时上限", "beyond her hours of work" },
    { "dispatch.lock_nobody", "还没有派人，不能锁定", "nobody goes yet: there is nothing to lock" },
    { "dispatch.day_over", "这一天已经过去", "that day is over" },
    { "dispatch.late", "路上来不及，会晚到", "the way takes too long: she will be late" },
    { "dispatch.shift", "不在她的班次里", "outside her shift" },
    { "dispatch.rest", "她就没有时间休息了", "it would leave her no time to rest" },
    { "dispatch.enough", "她本月工时已比全站平均多很多，{0}低于平均也能做",
      "she has much more of the month than the mean; {0} has less and may do it" },
    { "dispatch.why_waiting", "还没有派人，有人有空", "nobody was sent yet; somebody is free" },
    { "dispatch.repair_assign", "派{0}去，{1} 到", "{0} goes, at {1}" },
    { "dispatch.why_skill", "没有会“{0}”的人", "nobody has what it asks: {0}" },
    { "dispatch.why_load", "会做的人这天都不在、工时已到上限，或不能派到这家",
      "those who could are away, have no hours left, or must not come here" },
    { "dispatch.why_shift", "会做的人这个时间都不上班", "nobody who could works at that time" },
    { "dispatch.why_travel", "会做的人路上都来不及", "nobody who could is there in time" },
    { "dispatch.why_crowded", "会做的人那时都有别的工单", "those who could are with others then" },
    { "dispatch.why_hours", "会做的人去了就超过工时上限", "those who could would work too long" },
    { "dispatch.why_second", "会做的人凑不齐两位", "there are no two who could go together" },
    { "dispatch.why_meet", "和它连着的那一单，时间凑不到一起",
      "its time and that of the visit it is tied to cannot both be kept" },
    { "dispatch.why_with", "和它连着的那一单也没有人去", "nobody makes the visit it is tied to either" },
    { "dispatch.why_past", "约定的时间已经过了，请和老人另约", "its time has passed: agree on another" },
    { "dispatch.why_nobody", "机构还没有登记护理员", "the organisation has no carers yet" },
    { "dispatch.repair_teach", "{0}要先学会“{1}”", "{0} would have to learn: {1}" },
    { "dispatch.repair_widen", "改到 {1} 开始，{0}可以去（要问老人）",
      "{0} could begin at {1} (ask the elder)" },
    { "dispatch.repair_overtime", "{0}加班 {1} 分钟可以去", "{0} could by working {1} minutes longer" },
    { "dispatch.repair_hours", "{0}要超过工时上限 {1} 分钟才能去",
      "{0} would have to work {1} minutes beyond the hours allowed" },
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
    { "dispatch.slots_by_staff", "1", "", "可约时段按排得出人开放（1 是，0 只看名额）",
      "Times are offered only where somebody could come (1), or by places alone (0)",
      HOUSE_DEFAULT },
    { "dispatch.plan_days", "14", "day", "夜间排班和按人手开放时段提前几天",
      "How many days ahead the night's plan goes, and times are offered by staff", HOUSE_DEFAULT },
    { "dispatch.unknown_way_min", "10", "minute", "住址没有定位时一段路按多少分钟",
      "Minutes taken for a way to a home without a point", HOUSE_DEFAULT },
    { "dispatch.history_days", "60", "day", "多少天内上过门算熟悉",
      "For how many days a carer counts as known to an elder", HOUSE_DEFAULT },
    { "dispatch.fair_percent", "20", "%", "本月工时超过全站平均百分之几，就先派给低于平均的人（0 不管）",
      "Above the station's mean of the month by this: who is below it goes first (0: not asked)",
      HOUSE_DEFAULT },
    { "dispatch.fair_hours", "8", "hour", "并且至少比平均多几小时",
      "And by at least so many hours above the mean", HOUSE_DEFAULT },
    { "dispatch.way_percent", "100", "%", "两次上门之间的路，按百分之几算工时（0 不算）",
      "Of the way from visit to visit, how much counts as hours of work (0: none)",
      "《中华人民共和国劳动法》第三十六条；路上是否算工时没有明文，待核" },
    { "dispatch.rest_min", "30", "minute", "班次里没有写休息时，中间休息多少分钟（0 不排）",
      "Rest of a shift that names none; 0: none is planned", HOUSE_DEFAULT },
    { "dispatch.rest_from_min", "660", "minute", "休息最早从几点开始（当天第几分钟，660 即 11:00）",
      "When that rest begins at the earliest, minute of the day (660: 11:00)", HOUSE_DEFAULT },
    { "dispatch.rest_to_min", "810", "minute", "休息最晚从几点开始（当天第几分钟，810 即 13:30）",
      "When it begins at the latest, minute of the day (810: 13:30)", HOUSE_DEFAULT },
    { "dispatch.rest_after_hours", "6", "hour", "班次超过几小时才排休息",
      "Shifts longer than this have one", HOUSE_DEFAULT },
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
    .parameters = parameters, .jobs = dispatch_jobs, .schedules = dispatch_schedules,
    .nobody_comes = dispatch_nobody_comes,
};
