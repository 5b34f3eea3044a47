/* module.c - what bringing meals brings to the house. */

#include "care/delivery/delivery.h"
#include "care/parameter/parameter.h"

SQL(stop_order_check);

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/delivery/day", .run = delivery_day_get, .lane = READS,
      .may = MAY_SERVE_ORDERS, .query = run_asked_fields, .query_size = sizeof(struct run_asked),
      .gives = delivery_day_gives, .zh = "一餐的送餐安排：谁来送、各趟、排不进的和补救",
      .en = "A sitting's rounds: who is at hand, runs and stops, what is left out and would help" },
    { .verb = GET, .path = "/api/delivery/repair", .run = delivery_repair_get, .lane = READS,
      .may = MAY_SERVE_ORDERS, .query = run_asked_fields, .query_size = sizeof(struct run_asked),
      .gives = repair_gives, .zh = "怎样才能都送到：早出发、晚回来或加人",
      .en = "The least that would bring what is left out: earlier, later, one more" },
    { .verb = POST, .path = "/api/delivery/run", .run = delivery_run_post, .lane = HASHES,
      .hash = delivery_run_find,
      .may = MAY_SERVE_ORDERS, .takes = run_asked_fields, .takes_size = sizeof(struct run_asked),
      .gives = run_gives, .zh = "排送餐路线（未出发、未锁定的重新排）",
      .en = "Plan the runs of a place, day and sitting; what has left or is locked stays" },
    { .verb = POST, .path = "/api/delivery/move", .run = delivery_move_post, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .takes = move_asked_fields, .takes_size = sizeof(struct move_asked),
      .gives = move_gives, .zh = "把一户换到另一趟",
      .en = "Put an order into another run, where it costs least or at a position" },
    { .verb = GET, .path = "/api/my/orders/{id}/brought", .run = my_brought_get, .lane = READS,
      .may = MAY_BE_CITIZEN, .gives = brought_gives, .zh = "这一单的饭怎么送到的、谁签收",
      .en = "How the meal of one's own order came, and who signed" },
    { 0 },
};

#define DEFAULTS "平台默认值，待核"

static const struct parameter_default parameters[] = {
    { "delivery.hot_minutes", "60", "minute", "送餐取餐到最后一户交到手里不超过",
      "From pick-up to the last door of a round at most",
      "热链配送“2 小时内食用”的常用限值减去烧熟、分装和用餐时间，转载，待核" },
    { "delivery.door_minutes", "3", "minute", "送餐每户在门口的时间", "Time at a door", DEFAULTS },
    { "delivery.load_minutes", "5", "minute", "两趟之间在厨房装箱的时间",
      "In the kitchen between two rounds", DEFAULTS },
    { "delivery.leg_minutes", "4", "minute", "不在路网上的住址，按到另一栋楼算的时间",
      "To another building where no street is known", DEFAULTS },
    { "delivery.slack_minutes", "30", "minute", "送到可比预订时段晚至多",
      "A meal may come after the ordered time by at most", DEFAULTS },
    { "delivery.sign", "0", "", "送餐到门口：0 可以签收但不问，1 请老人签收（可跳过）",
      "At the door: 0 a signature may be taken, 1 it is asked for and may be left out", DEFAULTS },
    { 0 },
};

static const struct message messages[] = {
    { "delivery.nothing", "这一餐没有要送的订单（或都在锁定、已出发的路线里）",
      "No meals to bring for this sitting, or all are in runs that are locked or have left" },
    { "delivery.not_ours", "只能排本机构的送餐路线", "Only your own place's runs" },
    { "delivery.not_yet", "还没到送餐那一天", "This is of a later day" },
    { "delivery.moved_on", "排的时候订单、人手或路线有了变化，请再排一次",
      "Orders, people or runs changed while it was planned; plan again" },
    { "delivery.twice", "这份饭已在另一条路线里", "This meal is in another run" },
    { "delivery.too_many", "一餐最多排 300 户，请分开机构或餐次", "At most 300 doors a sitting" },
    { "delivery.locked", "这一趟已锁定，请先解锁", "The run is locked; unlock it first" },
    { "delivery.open", "这一趟没有锁定", "The run is not locked" },
    { "delivery.left", "这一趟已经出发，不能再改", "The run has left; it stays as it is" },
    { "delivery.signed", "这一份已经签收过了", "This meal has been signed for" },
    { "delivery.full", "一趟最多 60 户，请换一趟", "A run has at most 60 stops; take another" },
    { "delivery.other_round", "只能换到同一网点、同一天、同一餐的路线里",
      "Only into a run of the same place, day and sitting" },
    { "delivery.no_name", "请选择护理员，或写志愿者的姓名", "Choose a carer, or write a volunteer's name" },
    { "delivery.bringer_twice", "这个人已在这一餐的送餐名单里", "She is on this sitting's list already" },
    { "delivery.backwards", "最晚返回早于最早出发，请改晚一些",
      "Back before she could leave; choose a later time" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "meal_stop_order", "送到的饭订单也已完成", &sql_stop_order_check }, { 0 },
};

static const struct follower followers[] = { { &care_order_entity, stop_of_order_gone }, { 0 } };

static const struct entity *const entities[] = { &meal_bringer_entity, &meal_run_entity,
                                                 &meal_stop_entity, NULL };

const struct module delivery_module = {
    .name = "delivery", .entities = entities, .endpoints = endpoints, .parameters = parameters,
    .messages = messages, .invariants = invariants, .sync_forms = delivery_forms,
    .followers = followers,
};
