/* module.c - the endpoints of what is near, all answered from memory. */

#include "care/near/ask.h"
#include "care/near/gives.h"
#include "care/near/rank.h"
#include "care/near/name/where.h"

#define ASKED .query = near_asked_fields, .query_size = sizeof(struct near_asked)

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/near", .run = near_get, .lane = MEMORY, .may = MAY_ANYONE, ASKED,
      .gives = near_gives, .slow = near_slow, .zh = "附近", .en = "What is near" },
    { .verb = GET, .path = "/api/circle", .run = circle_get, .lane = MEMORY, .may = MAY_ANYONE,
      ASKED, .gives = circle_gives, .slow = near_slow, .media = "application/geo+json",
      .zh = "一刻钟服务圈", .en = "What can be reached at a pace" },
    { .verb = GET, .path = "/api/route", .run = route_get, .lane = MEMORY, .may = MAY_ANYONE,
      ASKED, .gives = route_gives, .slow = near_slow, .zh = "怎么走", .en = "The way to a place" },
    { .verb = GET, .path = "/api/where", .run = where_get, .lane = MEMORY, .may = MAY_ANYONE,
      .query = where_asked_fields, .query_size = sizeof(struct where_asked),
      .gives = where_gives, .zh = "找小区或社区", .en = "Homes by name" },
    { .verb = POST, .path = "/api/where/address", .run = address_post, .lane = READS,
      .may = MAY_ANYONE, .takes = address_asked_fields,
      .takes_size = sizeof(struct address_asked), .gives = address_gives, .no_csrf = true,
      .no_replay = true, .per_minute = 30, .zh = "按地址找小区（不保存地址）",
      .en = "The compound of an address as people write it; not kept" },
    { .verb = GET, .path = "/api/what", .run = what_get, .lane = MEMORY, .may = MAY_ANYONE,
      .query = what_asked_fields, .query_size = sizeof(struct what_asked),
      .gives = what_gives, .zh = "搜索", .en = "Services, places, homes, notices by name" },
    { .verb = GET, .path = "/api/map/places", .run = map_places_get, .lane = MEMORY,
      .may = MAY_ANYONE, .query = map_asked_fields, .query_size = sizeof(struct map_asked),
      .gives = marks_gives, .media = "application/geo+json", .zh = "地图上的网点",
      .en = "Places of a map" },
    { .verb = GET, .path = "/api/tiles/{z}/{x}/{y}", .run = tile_get, .lane = MEMORY,
      .may = MAY_ANYONE, .media = "application/vnd.mapbox-vector-tile", .zh = "矢量瓦片",
      .en = "Vector tiles" },
    { 0 },
};

static const struct message messages[] = {
    { "directory.none", "目录正在准备，请稍后再试", "the directory is being made; try again in a moment" },
    { "near.home", "请先选老人住的小区或社区，或给出经纬度",
      "say where the elder lives: compound, division, or latitude and longitude" },
    { "near.home_unknown", "没有这个小区或社区", "there is no such compound or division" },
    { "near.area_unknown", "没有这个区划，请从列表中选择", "there is no such division; choose from the list" },
    { "near.prices", "最高月费不能低于最低月费", "the highest price lies below the lowest" },
    { "near.place_unknown", "没有这个网点", "there is no such place" },
    { "near.no_way", "一小时内到不了", "there is no way within an hour" },
    { "near.no_roads", "路网还没有导入，请联系系统管理员", "no road file has been imported" },
    { "near.bbox", "范围应为西,南,东,北四个经纬度数", "give west,south,east,north in degrees" },
    { "near.tile", "没有这块瓦片", "there is no such tile" },
    { 0 },
};

#define HOUSE_DEFAULT "系统默认值，待核"

static const struct parameter_default parameters[] = {
    { "near.sink_after_days", "0", "day", "网点超过核实期限多少天后在附近列表中靠后",
      "Days after its due day from which a place not verified sinks in near", HOUSE_DEFAULT },
    { "near.sink_minutes", "10", "minute", "未核实的网点按远多少分钟步行排列（0 为不靠后）",
      "How many minutes farther it counts for the order (0: it does not sink)", HOUSE_DEFAULT },
    { 0 },
};

/* What the directory is made of. */
static const char *const held[] = { "place", "organisation", "offer", "catalogue_item", "compound",
                                    "gate", "division", "notice", "knowledge_item", "calendar_day",
                                    "duty_area", "parameter", NULL };

const struct module near_module = {
    .name = "near", .endpoints = endpoints, .messages = messages, .refresh = directory_refresh,
    .refresh_on = held, .parameters = parameters,
};
