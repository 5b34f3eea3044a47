/* module.c - what kitchens bring to the house. */

#include "care/kitchen/van.h"
#include "care/parameter/parameter.h"
#include "care/todo/todo.h"

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/kitchen/day", .run = kitchen_day_get, .lane = READS,
      .may = MAY_READ_ORDERS, .query = kitchen_asked_fields,
      .query_size = sizeof(struct kitchen_asked), .gives = kitchen_day_gives,
      .zh = "厨房备餐", .en = "What a kitchen cooks on a day: now, at the cut-off, late changes" },
    { .verb = POST, .path = "/api/kitchen/plan", .run = kitchen_plan_post, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .takes = plan_asked_fields,
      .takes_size = sizeof(struct plan_asked), .gives = plan_made_fields,
      .zh = "配餐中心排当天各点批次", .en = "Plan a central kitchen's batches for a day" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "meal.hot_min", "60", "℃", "热食交接中心温度不低于", "Hot food is handed over at no less than",
      "餐饮服务食品安全操作规范的常用限值，转载，待核" },
    { "meal.batch_minutes", "120", "minute", "发出到签收不超过", "From sending to receiving at most",
      "餐饮服务食品安全操作规范的常用限值，转载，待核" },
    { "kitchen.unload_minutes", "8", "minute", "配餐车在每个点卸餐、交接的时间",
      "Unloading and handing over at a point", "平台默认值，待核" },
    { "kitchen.leg_minutes", "15", "minute", "不在路网上的点，两点之间按多少分钟算",
      "Between two points where no street is known", "平台默认值，待核" },
    { 0 },
};

static const struct message messages[] = {
    { "kitchen.fixed", "这一餐的份数已定", "These portions are fixed already" },
    { "kitchen.batch_twice", "这一餐的批次已排", "This batch is planned already" },
    { "kitchen.not_sender", "只有配餐中心的人能发出", "Only the kitchen's own people send" },
    { "kitchen.not_receiver", "只有助餐点的人能签收", "Only the meal point's own people receive" },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "batches_to_receive", .zh = "待签收的配餐", .en = "Batches to receive",
      .entity = "meal_batch", .list = "state=sent", .due = "day", .may = RIGHT(MAY_SERVE_ORDERS),
      .shows = "place,day,sitting,sent" },
    { 0 },
};

static const struct job_kind jobs[] = { { "kitchen.fix", kitchen_fix, 0, 0 }, { 0 } };
static const struct schedule schedules[] = { { "kitchen.fix", "kitchen.fix", 120, 0 }, { 0 } };

static const struct entity *const entities[] = { &kitchen_count_entity, &meal_van_entity,
                                                 &meal_batch_entity, NULL };

const struct module kitchen_module = {
    .name = "kitchen", .entities = entities, .endpoints = endpoints, .parameters = parameters,
    .messages = messages, .todos = todos, .jobs = jobs, .schedules = schedules,
    .sync_forms = kitchen_forms,
};
