/* scenario.c - the entity, and its changes as they are written. */

#include "care/scenario/scenario.h"

#include "care/atlas/page/ask.h"
#include "care/scenario/effect.h"

const struct choice scenario_origins[] = {
    { "hand", "手工推演", "by hand" }, { "siting", "选址方案", "proposed sites" }, { 0 },
};

/* In the order of enum fca_measure; the balanced one shares otherwise and is left out. */
const struct choice scenario_measures[] = {
    { "2sfca", "两步移动搜索法", "2SFCA" },
    { "e2sfca", "分段衰减两步移动搜索法", "E2SFCA" },
    { "gaussian", "高斯两步移动搜索法", "Gaussian 2SFCA" }, { 0 },
};

const struct field scenario_fields[] = {
    ROW_FIELDS(struct scenario),
    FIELD(struct scenario, name, .required = true, .high = 60, .brief = true, .search = true,
          .zh = "名称", .en = "Name"),
    LINK(struct scenario, division, "division", .required = true, .filter = true, .brief = true,
         .zh = "区划", .en = "Division", .hint_zh = "该区划的工作人员都能看到",
         .hint_en = "its offices all see it"),
    CHOICE(struct scenario, kind, place_kinds, .required = true, .filter = true, .brief = true,
           .zh = "网点类型", .en = "Kind of place"),
    CHOICE(struct scenario, profile, walk_paces, .zh = "步速", .en = "Pace"),
    FIELD(struct scenario, minutes, .required = true, .low = 1, .high = ATLAS_MINUTES_MAX,
          .zh = "步行分钟", .en = "Minutes on foot"),
    FIELD(struct scenario, metres, .required = true, .low = 100, .high = ATLAS_METRES_MAX,
          .zh = "直线半径（米）", .en = "Radius in metres"),
    CHOICE(struct scenario, measure, scenario_measures, .zh = "可达性算法", .en = "Measure"),
    FIELD(struct scenario, changes, .required = true, .high = SCENARIO_BYTES_MAX, .zh = "变动",
          .en = "Changes"),
    CHOICE(struct scenario, origin, scenario_origins, .filter = true, .create_only = true,
           .zh = "来源", .en = "Origin"),
    FIELD(struct scenario, note, .high = 500, .many_lines = true, .zh = "说明", .en = "Note"),
    LINK(struct scenario, made_by, "account", .read_only = true, .brief = true, .zh = "建立人",
         .en = "Made by"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "kind", .columns = "scope, kind, id" },
    { .name = "division", .columns = "division, id" }, { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "新建先后", "Newest first" }, { 0 } };

/* --- changes --- */

static const struct choice acts[] = {
    { "open", "新开", "open" }, { "close", "关闭", "close" }, { "move", "迁址", "move" },
    { "enlarge", "扩容", "enlarge" }, { 0 },
};

struct change { int act; struct place_id place; struct degrees lat, lon; int64_t supply;
                struct sv name; };
static const struct field change_fields[] = {
    CHOICE(struct change, act, acts, .required = true, .zh = "变动", .en = "What"),
    LINK(struct change, place, "place", .zh = "网点", .en = "Place"),
    FIELD(struct change, lat, .low = -LAT_E7_MAX, .high = LAT_E7_MAX, .zh = "纬度",
          .en = "Latitude"),
    FIELD(struct change, lon, .low = -LON_E7_MAX, .high = LON_E7_MAX, .zh = "经度",
          .en = "Longitude"),
    FIELD(struct change, supply, .high = SCENARIO_SUPPLY_MAX, .zh = "床位或容量",
          .en = "Beds or seats"),
    FIELD(struct change, name, .high = 60, .zh = "名称", .en = "Name"),
    { 0 },
};

static bool sound(const struct change *k)
{
    bool point = k->lat.e7 != 0 || k->lon.e7 != 0;
    switch ((enum atlas_act)k->act) {
    case ATLAS_OPEN:
        return point && k->place.n == 0;
    case ATLAS_MOVE:
        return point && k->place.n != 0;
    case ATLAS_ENLARGE:
        return k->place.n != 0 && k->supply > 0;
    default:
        return k->place.n != 0;
    }
}

/* Faults inside one are said of the whole, which is one field. */
static bool change_read(struct ctx *c, const struct json_value *v, struct atlas_change *ret_change)
{
    struct change k;
    bool given[sizeof change_fields / sizeof *change_fields] = { false };
    record_clear(change_fields, &k);
    if (json_read(c, v, change_fields, true, &k, given) != ERR_NONE || !given[0] || !sound(&k)) {
        ctx_forgive(c);
        return false;
    }
    *ret_change = (struct atlas_change){
        .act = (enum atlas_act)k.act, .place = k.place.n, .supply = (double)k.supply,
        .at = { (int32_t)k.lat.e7, (int32_t)k.lon.e7 } };
    return true;
}

MUST static enum err refuse(struct ctx *c, const char *key)
{
    fail_field(c, SV("changes"), key);
    return fail_fields(c);
}

enum err scenario_changes_read(struct ctx *c, struct sv json,
                               struct scenario_changes *ret_changes)
{
    const struct json_value *tree;
    if (json_parse(c, json, &tree) != ERR_NONE || tree->kind != JSON_ARRAY) {
        ctx_forgive(c);
        return refuse(c, "scenario.changes");
    }
    if (tree->n > SCENARIO_CHANGES_MAX)
        return refuse(c, "scenario.many");
    struct scenario_changes made = { .at = NEW(&c->mem, struct atlas_change, tree->n + 1) };
    for (const struct json_value *v = tree->first; v; v = v->next)
        if (!change_read(c, v, &made.at[made.n++]))
            return refuse(c, "scenario.changes");
    *ret_changes = made;
    return ERR_NONE;
}

/* --- the row --- */

static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct scenario *s = row;
    struct scenario_changes changes;
    if (!before && c->who)
        s->made_by.n = c->who->account;
    return scenario_changes_read(c, s->changes.json, &changes);
}

const struct entity scenario_entity = {
    .name = "scenario", .zh = "推演方案", .en = "Scenario", .kind = ENTITY_ORDINARY,
    .size = sizeof(struct scenario), .fields = scenario_fields, .indexes = indexes,
    .sorts = sorts, .title = "name", .reads = MAY_READ_FIGURES, .writes = MAY_READ_FIGURES,
    .scope_of = "division", .menu = "places", .rules = rules,
};

static const struct message messages[] = {
    { "scenario.changes", "变动写不对：新开要有位置，关闭、迁址、扩容要选网点，迁址要有新位置，扩容要有床位或容量",
      "a change is not whole: open needs a point, close, move and enlarge a place, move the new "
      "point, enlarge how many" },
    { "scenario.many", "一个方案最多 200 处变动", "a scenario has at most 200 changes" },
    { 0 },
};

const struct module scenario_module = {
    .name = "scenario",
    .entities = (const struct entity *const[]){ &scenario_entity, NULL },
    .endpoints = effect_endpoints, .messages = messages,
};
