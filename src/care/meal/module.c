/* module.c - what meals bring to the house. */

#include "care/meal/meal.h"

#include "care/figure/figure.h"
#include "care/parameter/parameter.h"
#include "care/todo/todo.h"

SQL(figure_meals_operators);

#define DEFAULTS "系统默认值，待核"

#define MEALS_YESTERDAY                                                                          \
    "day={yesterday}&sitting.in=breakfast,lunch,supper&state.in=placed,accepted,assigned,"       \
    "under_way,served,confirmed,rated,disputed,not_met"
#define OPERATOR(key_, zh_, en_) { key_, zh_, en_, MEALS_YESTERDAY "&operated_by=" key_ }

static const struct indicator indicators[] = {
    { .key = "meals_by_operator", .zh = "各类助餐点的用餐", .en = "Meals by who runs the point",
      .unit_zh = "单", .unit_en = "orders",
      .definition_zh = "约定在昨天的用餐订单（不含取消和拒单），按下单时助餐点登记的经营主体分；"
                       "没有登记为助餐点或未填经营主体的算其他",
      .definition_en = "meal orders due yesterday (without cancelled and declined ones) by who ran "
                       "the point as it was ordered; no registered point, or not said, is other",
      .sql = &sql_figure_meals_operators, .entity = "care_order", .list = MEALS_YESTERDAY,
      .by_day = true,
      .parts = { OPERATOR("institution", "养老服务机构", "care organisations"),
                 OPERATOR("catering", "社会餐饮企业", "restaurants"),
                 OPERATOR("canteen", "单位食堂", "staff canteens"),
                 OPERATOR("village", "村（社区）食堂", "community canteens"),
                 OPERATOR("kitchen", "老年餐集中配送中心", "central kitchens"),
                 { "other", "其他或未填", "other, or not said",
                   MEALS_YESTERDAY "&operated_by.in=unknown,other" } } },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "meal.cut_off_breakfast", "-18:00", "", "早餐订餐截止（-18:00 为前一天）",
      "Breakfast is ordered by (-18:00: the day before)", DEFAULTS },
    { "meal.cut_off_lunch", "09:30", "", "午餐订餐截止", "Lunch is ordered by", DEFAULTS },
    { "meal.cut_off_supper", "15:00", "", "晚餐订餐截止", "Supper is ordered by", DEFAULTS },
    { "meal.late_cancel_percent", "100", "%", "截止后取消收取自付部分的比例",
      "Share of the own payment when cancelled after the cut-off", DEFAULTS },
    { 0 },
};

static const struct message messages[] = {
    { "meal.cut_off", "已过订餐截止时间 {0}，请订下一餐或致电助餐点",
      "The cut-off {0} has passed; order the next meal or ring the meal point" },
    { "meal.cut_off_passed", "已过截止时间，厨房在备餐了，请致电助餐点",
      "The cut-off has passed and the kitchen is cooking; ring the meal point" },
    { "meal.cut_off_form", "截止时间写成 09:30；前一天写 -18:00",
      "Write the cut-off like 09:30, the day before like -18:00" },
    { "meal.way_home", "这是送餐服务，不能选堂食或自取；要到店吃请选助餐点的堂食",
      "This one is delivered; to eat in choose the meal point's own offer" },
    { "meal.way_place", "这家在店里用餐，可堂食或自取；要送餐请选送餐服务",
      "This one is had at the place or taken away; choose a delivery offer to have it brought" },
    { "meal.none", "这不是用餐订单", "This order is no meal" },
    { "menu.sitting", "请选择早餐、午餐或晚餐", "Choose breakfast, lunch or supper" },
    { "menu.monday", "请选择周一", "Choose a Monday" },
    { "menu.same_week", "请选择另一周", "Choose another week" },
    { "menu.empty_week", "那一周没有菜单可以沿用", "That week has no menu to copy" },
    { "elder_diet.once", "这位老人已有饮食要求，请直接修改", "She has a diet; change that one" },
    { "elder_diet.future", "说明日期不能晚于今天", "The day lies in the future" },
    { "meal_point.once", "这个网点已登记为助餐点", "This place is registered as a meal point" },
    { "meal_point.hygiene_source", "填写等级时请同时填写评定日期和来源",
      "Give the day and the source of the grade" },
    { "meal_point.hygiene_future", "评定日期不能晚于今天", "The grade's day lies in the future" },
    { "meal_point.own_kitchen", "自己烹饪时不填配餐中心", "Leave the kitchen empty when it cooks" },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "meal_points_submitted", .zh = "待审核的助餐点登记", .en = "Meal points to review",
      .entity = "meal_point", .list = "state=submitted", .may = RIGHT(MAY_REVIEW_DIRECTORY),
      .not_by = "submitted_by", .shows = "place,operated_by,hygiene,submitted_by" },
    { 0 },
};

static const struct entity *const entities[] = { &meal_point_entity, &dish_entity,
                                                 &elder_diet_entity, NULL };

const struct module meal_module = {
    .name = "meal", .entities = entities, .parameters = parameters, .messages = messages,
    .endpoints = meal_endpoints, .todos = todos, .indicators = indicators,
};
