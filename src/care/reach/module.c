/* module.c - the open endpoints for walking times. */

#include "care/reach/reach.h"

#include "care/near/rank.h"
#include "care/place/place.h"
#include "http/describe/gives.h"

static const struct field nearest_item_gives[] = {
    SAYS(CHOICE, "kind", .choices = place_kinds), SAYS(TEXT, "kind_name"), SAYS(INT, "rank"),
    SAYS(ID, "place"), SAYS(TEXT, "name"), SAYS(REAL, "lat"), SAYS(REAL, "lon"),
    SAYS(INT, "seconds", .zh = "秒数，门到门", .en = "Door to door"), { 0 },
};

const struct field nearest_gives[] = {
    SAYS(TEXT, "profile"), SAYS(TEXT, "profile_name"), SAYS(INT, "minutes"),
    SAYS(LIST, "items", .record = nearest_item_gives),
    SAYS(LIST, "none", .zh = "这段时间内一个也没有的类型", .en = "Kinds of which none is within the time"),
    { 0 },
};

const struct field matrix_gives[] = {
    SAYS(TEXT, "profile"), SAYS(TEXT, "profile_name"), SAYS(INT, "minutes"),
    SAYS(JSON, "seconds", .zh = "每个起点一行，每个终点一列；走不到为 null",
         .en = "A row for each from, a column for each to; null: not within the time"),
    { 0 },
};

/* Fifty searches are not for the loop that serves everybody. */
static bool always_slow(const struct request *q)
{
    (void)q;
    return true;
}

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/nearest", .run = nearest_get, .lane = MEMORY, .may = MAY_ANYONE,
      .query = near_asked_fields, .query_size = sizeof(struct near_asked),
      .gives = nearest_gives, .slow = near_slow, .zh = "各类最近的网点（limit 为每类几个，默认 3，最多 20）",
      .en = "The nearest places of each kind; limit: how many of each (3, at most 20)" },
    { .verb = GET, .path = "/api/matrix", .run = matrix_get, .lane = MEMORY, .may = MAY_ANYONE,
      .query = matrix_asked_fields, .query_size = sizeof(struct matrix_asked),
      .gives = matrix_gives, .slow = always_slow, .zh = "起终点时间矩阵（最多 50×50，60 分钟内）",
      .en = "Times from points to points, at most 50 x 50, within 60 minutes" },
    { 0 },
};

static const struct message messages[] = {
    { "matrix.point", "每个点写成“纬度,经度”，用分号隔开", "give points as LAT,LON, with ; between them" },
    { "matrix.many", "最多 50 个点", "at most 50 points" },
    { 0 },
};

const struct module reach_module = {
    .name = "reach", .endpoints = endpoints, .messages = messages,
};
