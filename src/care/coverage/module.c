/* module.c - the figures of what lies within a quarter of an hour, by kind of place. */

#include "care/coverage/coverage.h"
#include "care/coverage/past.h"
#include "care/figure/figure.h"
#include "care/parameter/parameter.h"

SQL(coverage_homes);
SQL(coverage_at);

#define LIVING "died_on.none=1&reach="
#define KNOWN LIVING "known&match_level="
#define HOUSE_DEFAULT "系统默认值，待核"

#define SAID_ZH \
    "在册未去世、家的位置已知的老年人中，沿路网步行（参数 coverage.minutes 分钟、coverage.pace 步速）" \
    "能到已发布且今天未停业的该类网点的比例；三百米内没有路的按不能到计，位置未知的另列，" \
    "只到社区的按社区中心计。由后台任务计算，网点、住址、路网变动后半小时内更新"
#define SAID_EN \
    "of the living in the register whose home is known, those who can walk along the streets " \
    "(parameters coverage.minutes and coverage.pace) to a published place of the kind that is " \
    "not closed today; homes farther than 300 m from any street count as not, unknown ones " \
    "stand apart, those known by community alone count at its middle. Worked out in the " \
    "background, within half an hour of a change of places, homes or streets"

#define COVERS(name, name_zh, name_en, place_kind) \
    { .key = "coverage_" #name, .zh = name_zh, .en = name_en, .unit_zh = "%", .unit_en = "%", \
      .definition_zh = SAID_ZH, .definition_en = SAID_EN, .sql = &sql_coverage_homes, \
      .bit = INT64_C(1) << (place_kind), .as_of = &sql_coverage_at, .entity = "elder", \
      .list = LIVING "known&near_kinds=" #name, .share = true, \
      .watch = "coverage.watch", .bad = "coverage.bad", \
      .parts = { { "outside", "走不到", "out of reach", LIVING "known&far_kinds=" #name }, \
                 { "door", "门户", "door", KNOWN "door" }, \
                 { "building", "楼栋", "building", KNOWN "building" }, \
                 { "compound", "小区", "compound", KNOWN "compound" }, \
                 { "community", "只到社区", "community only", KNOWN "community" }, \
                 { "unknown", "位置未知", "home not known", LIVING "unknown" } } }

static const struct indicator indicators[] = {
    COVERS(station, "驿站一刻钟覆盖率", "Station within a quarter of an hour", PLACE_STATION),
    COVERS(meal_point, "助餐点一刻钟覆盖率", "Meal point within a quarter of an hour",
           PLACE_MEAL_POINT),
    COVERS(clinic, "社区卫生一刻钟覆盖率", "Clinic within a quarter of an hour", PLACE_CLINIC),
    COVERS(pharmacy, "药店一刻钟覆盖率", "Pharmacy within a quarter of an hour", PLACE_PHARMACY),
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "coverage.minutes", "15", "minute", "一刻钟覆盖：步行分钟数（最多60）",
      "Coverage: minutes on foot (at most 60)", HOUSE_DEFAULT },
    { "coverage.pace", "elder", "",
      "一刻钟覆盖：步速（standard 普通、elder 老年人、frail 体弱、wheelchair 轮椅、"
      "ebike 护理员骑电动车、car 汽车）",
      "Coverage: pace (standard, elder, frail, wheelchair, ebike, car)", HOUSE_DEFAULT },
    { "coverage.watch", "90", "%", "一刻钟覆盖率：关注", "Coverage: watch", HOUSE_DEFAULT },
    { "coverage.bad", "70", "%", "一刻钟覆盖率：告急", "Coverage: bad", HOUSE_DEFAULT },
    { 0 },
};

static const struct message messages[] = {
    { "coverage.pace",
      "参数 coverage.pace 的取值“{0}”不是步速：请填 standard、elder、frail、wheelchair、ebike 或 car",
      "parameter coverage.pace: “{0}” is no pace; give standard, elder, frail, wheelchair, ebike "
      "or car" },
    { "coverage.kind", "没有这类网点：请填 station、meal_point、clinic 等（见 /api/openapi.json）",
      "there is no such kind of place: give station, meal_point, clinic or another of "
      "/api/openapi.json" },
    { "coverage.one_kind", "换了分钟数或步速时，请用 kind 指明一类网点",
      "with minutes or a pace of your own name one kind of place in `kind`" },
    { "coverage.counting", "正在统计，请稍后再试", "it is being counted; please try again in a moment" },
    { "coverage.in_fives", "分钟数请取 5 的倍数，从 5 到 60",
      "give minutes in fives, from 5 to 60" },
    { 0 },
};

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/coverage", .run = coverage_get, .lane = READS, .may = MAY_ANYONE,
      .query = coverage_asked_fields, .query_size = sizeof(struct coverage_asked),
      .gives = coverage_gives, .per_minute = 60, .zh = "各区划的一刻钟覆盖率（公开）",
      .en = "Who lives within a quarter of an hour of what, by division; open" },
    { 0 },
};

const struct module coverage_module = {
    .name = "coverage",
    .entities = (const struct entity *const[]){ &coverage_past_entity, NULL },
    .endpoints = endpoints, .indicators = indicators,
    .parameters = parameters, .messages = messages,
};
