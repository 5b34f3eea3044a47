/* module.c - what the atlas brings to the house. */

#include "care/atlas/page/take.h"

#include "care/export/export.h"

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/atlas", .run = atlas_get, .lane = READS,
      .may = MAY_READ_FIGURES, .query = atlas_asked_fields,
      .query_size = sizeof(struct atlas_asked), .gives = atlas_gives,
      .zh = "养老地图：各区划按步行和按半径的覆盖", .en = "Coverage on foot and by radius, by division" },
    { .verb = GET, .path = "/api/atlas/past", .run = atlas_past_get, .lane = READS,
      .may = MAY_READ_FIGURES, .query = atlas_past_fields,
      .query_size = sizeof(struct atlas_past_asked), .gives = atlas_past_gives,
      .zh = "养老地图：某一天的覆盖", .en = "Coverage on foot as it was on a day, by division" },
    { .verb = GET, .path = "/api/atlas/homes", .run = atlas_homes_get, .lane = READS,
      .may = MAY_READ_REGISTER, .query = atlas_homes_fields,
      .query_size = sizeof(struct atlas_homes_asked), .gives = atlas_homes_gives,
      .zh = "养老地图：走不到的是哪些老人", .en = "By name, whom a rule leaves out" },
    { .verb = GET, .path = "/api/atlas/tiles/{z}/{x}/{y}", .run = atlas_tile_get, .lane = READS,
      .may = MAY_READ_FIGURES, .query = atlas_asked_fields,
      .query_size = sizeof(struct atlas_asked),
      .media = "application/vnd.mapbox-vector-tile", .zh = "养老地图覆盖的矢量瓦片",
      .en = "Coverage as vector tiles" },
    { .verb = POST, .path = "/api/atlas/export", .run = atlas_take_post, .lane = WRITES,
      .may = MAY_EXPORT, .takes = atlas_take_fields, .takes_size = sizeof(struct atlas_take),
      .gives = export_batch_fields, .zh = "导出养老地图（Excel 或 A3 PDF）",
      .en = "Take the planning map out, as a workbook or on A3" },
    { 0 },
};

static const struct message messages[] = {
    { "atlas.office", "走不到的名单由街道、区里看，机构看自己的服务对象",
      "an office reads who is left out; an organisation reads whom it serves" },
    { "atlas.after", "请把上一页给出的 next 原样带上", "give `next` of the page before as it was" },
    { "atlas.past_day", "请选今天或以前的日期", "choose today or a day before it" },
    { "atlas.no_place", "网点 {0} 今天不开放，或不是这一类网点，请从地图上的网点中选",
      "place {0} is not open today or of another kind; choose one that the map shows" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "coverage.radius_m", "1500", "m", "社区生活圈服务半径（米，直线）",
      "Service radius of a community's circle (metres, straight)",
      "1.5公里社区生活圈，待核" },
    { 0 },
};

static const struct job_kind jobs[] = {
    { .name = "export.atlas", .run = atlas_take_job, .lease_s = 300 }, { 0 },
};

const struct module atlas_module = {
    .name = "atlas", .endpoints = endpoints, .jobs = jobs, .messages = messages,
    .parameters = parameters,
};
