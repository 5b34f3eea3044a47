/* module.c - the endpoints of the circle, and the parameter that says what belongs in it. */

#include "care/circle/circle.h"

#include "care/place/place.h"
#include "http/describe/gives.h"

static const struct field home_gives[] = {
    MAY_SAY(TEXT, "name"), SAYS(REAL, "lat"), SAYS(REAL, "lon"), SAYS(BOOL, "snapped"), { 0 },
};

static const struct field place_gives[] = {
    SAYS(ID, "place"), SAYS(TEXT, "name"), SAYS(REAL, "lat"), SAYS(REAL, "lon"),
    SAYS(INT, "seconds", .zh = "秒数，门到门", .en = "Door to door"),
    SAYS(INT, "metres"), SAYS(TEXT, "minutes_text"), SAYS(TEXT, "open"), { 0 },
};

static const struct field kind_gives[] = {
    SAYS(CHOICE, "kind", .choices = place_kinds), SAYS(TEXT, "kind_name"),
    SAYS(TEXT, "text", .zh = "一句话", .en = "In words"),
    SAYS(BOOL, "promised", .zh = "本市承诺一刻钟内要有的", .en = "One the city promises"),
    SAYS(INT, "count"), SAYS(INT, "open_now"),
    SAYS(LIST, "items", .record = place_gives, .zh = "最近的几个（limit，默认 3，最多 20）",
         .en = "The nearest; limit: how many of each (3, at most 20)"), { 0 },
};

static const struct field missing_gives[] = {
    SAYS(CHOICE, "kind", .choices = place_kinds), SAYS(TEXT, "kind_name"), SAYS(TEXT, "text"),
    MAY_SAY(RECORD, "nearest", .record = place_gives, .zh = "一小时内最近的",
            .en = "The nearest within an hour"), { 0 },
};

static const struct field promise_gives[] = {
    SAYS(LIST, "kinds"), SAYS(TEXT, "source"), SAYS(TEXT, "status"), SAYS(TEXT, "status_name"),
    MAY_SAY(DAY, "since"), { 0 },
};

const struct field around_gives[] = {
    SAYS(TEXT, "profile"), SAYS(TEXT, "profile_name"),
    SAYS(REAL, "speed", .zh = "步速（米/秒）", .en = "Pace, m/s"), SAYS(INT, "minutes"),
    SAYS(RECORD, "home", .record = home_gives), SAYS(MOMENT, "as_of"),
    SAYS(TEXT, "words", .zh = "承诺的各类型，一段话", .en = "The promised kinds, in words"),
    SAYS(LIST, "kinds", .record = kind_gives),
    SAYS(LIST, "missing", .record = missing_gives, .zh = "承诺了而走不到的类型",
         .en = "Promised kinds that are not within the time"),
    SAYS(LIST, "shut", .record = place_gives, .zh = "在圈内但今天停业的，上面都不计",
         .en = "Inside but closed today: not counted above"),
    SAYS(RECORD, "promise", .record = promise_gives, .zh = "承诺哪些类型，依据是什么",
         .en = "Which kinds are promised, and by what"),
    SAYS(BOOL, "more", .zh = "太多，没有全部数到", .en = "There are more than were counted"),
    { 0 },
};

#define ASKED .query = near_asked_fields, .query_size = sizeof(struct near_asked)

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/circle/around", .run = around_get, .lane = READS,
      .may = MAY_ANYONE, ASKED, .gives = around_gives, .zh = "一刻钟服务圈里有什么、缺什么",
      .en = "What is inside the circle, by kind, and what is missing" },
    { .verb = GET, .path = "/api/circle/people", .run = people_get, .lane = READS,
      .may = MAY_READ_FIGURES, ASKED, .gives = people_gives, .per_minute = 60,
      .zh = "一刻钟服务圈里住着多少辖区内的老年人",
      .en = "How many elders of one's own area live inside the circle" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "circle.promised", "station,meal_point,clinic,pharmacy,day_centre", "",
      "一刻钟服务圈：承诺步行可达的网点类型（逗号分开）",
      "Circle: kinds of place promised within it, comma between",
      "系统默认值，待核" },
    { 0 },
};

static const struct parameter_words words[] = { { "circle.promised", place_kinds }, { 0 } };

const struct module circle_module = {
    .name = "circle", .endpoints = endpoints, .parameters = parameters,
    .parameter_words = words,
};
