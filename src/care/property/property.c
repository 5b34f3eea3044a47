/* property.c - idle properties: table, rules and steps. */

#include "care/property/property.h"

#include "care/place/place.h"
#include "geo/datum.h"

const struct choice property_kinds[] = {
    { "community", "社区用房", "community rooms" },
    { "office", "物业或单位办公用房", "offices" },
    { "state", "国有资产", "public assets" },
    { "school", "闲置校舍", "a former school" },
    { "shop", "底商商铺", "a shop" },
    { "other", "其他", "other" },
    { 0 },
};
const struct choice property_states[] = {
    { "idle", "闲置", "idle" }, { "agreed", "已有意向", "agreed on" },
    { "used", "已用于养老", "in use" }, { "withdrawn", "不再提供", "withdrawn" }, { 0 },
};

#define P struct property
const struct field property_fields[] = {
    ROW_FIELDS(P),
    FIELD(P, name, .required = true, .high = 60, .brief = true, .search = true, .zh = "房产名称",
          .en = "Name"),
    CHOICE(P, kind, property_kinds, .filter = true, .brief = true, .zh = "房产类型", .en = "Kind"),
    LINK(P, division, "division", .filter = true, .brief = true, .zh = "所在社区",
         .en = "Division", .hint_zh = "不填则按位置归到社区",
         .hint_en = "found by the point when left empty"),
    FIELD(P, address, .required = true, .high = 100, .brief = true, .zh = "地址", .en = "Address"),
    FIELD(P, lat, .required = true, .low = -LAT_E7_MAX, .high = LAT_E7_MAX, .zh = "纬度",
          .en = "Latitude"),
    FIELD(P, lon, .required = true, .low = -LON_E7_MAX, .high = LON_E7_MAX, .zh = "经度",
          .en = "Longitude"),
    CHOICE(P, datum, place_datums, .zh = "坐标系", .en = "Datum"),
    FIELD(P, area_m2, .high = PROPERTY_AREA_MAX, .brief = true, .zh = "建筑面积（平方米）",
          .en = "Floor area (m2)", .hint_zh = "0 为不知道", .hint_en = "0: not known"),
    FIELD(P, floors, .high = 40, .zh = "楼层", .en = "Floors"),
    FIELD(P, rent, .low = 0, .zh = "年租金", .en = "Rent a year"),
    FIELD(P, cost, .low = 0, .brief = true, .zh = "改造费用估算", .en = "Cost to make it fit"),
    FIELD(P, owner, .high = 60, .zh = "产权单位", .en = "Owner"),
    FIELD(P, source, .required = true, .low = 2, .high = 100, .zh = "来源", .en = "Source",
          .hint_zh = "谁报的、哪张表", .hint_en = "who reported it, which list"),
    FIELD(P, as_of, .zh = "核实日期", .en = "As of"),
    FIELD(P, note, .high = 300, .many_lines = true, .zh = "备注", .en = "Note"),
    CHOICE(P, state, property_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "division", .columns = "division, id" },
    { .name = "within", .columns = "scope, state, id" },
    { .name = "kind", .columns = "kind, id" },
    { .name = "state", .columns = "state, id" },
    { 0 },
};

static const struct sort sorts[] = { { "created", "id", true, "录入先后", "Newest first" }, { 0 } };

#define DIRECTORY RIGHT(MAY_WRITE_DIRECTORY)
static const struct step steps[] = {
    { .from = "idle", .action = "agree", .to = "agreed", .may = DIRECTORY, .reason = true,
      .zh = "登记意向", .en = "Agreed on" },
    { .from = "idle,agreed", .action = "use", .to = "used", .may = DIRECTORY,
      .zh = "已用于养老", .en = "In use" },
    { .from = "agreed,used,withdrawn", .action = "free", .to = "idle", .may = DIRECTORY,
      .reason = true, .zh = "恢复闲置", .en = "Idle again" },
    { .from = "idle,agreed", .action = "withdraw", .to = "withdrawn", .may = DIRECTORY,
      .reason = true, .danger = true, .zh = "不再提供", .en = "Withdraw" },
    { 0 },
};

/* Coordinates count as given when they differ from what was stored. */
static void convert_given(struct ctx *c, const P *was, P *p)
{
    enum datum datum = DATUM_WGS84;
    if (was && was->lat.e7 == p->lat.e7 && was->lon.e7 == p->lon.e7) {
        if (was->datum != p->datum)
            fail_field(c, SV("datum"), "place.datum_alone");
        return;
    }
    (void)datum_find(sv_of(place_datums[p->datum].key), &datum);
    struct point at = datum_to_wgs84(datum, (struct point){ (int32_t)p->lat.e7,
                                                            (int32_t)p->lon.e7 });
    p->lat.e7 = at.lat_e7;
    p->lon.e7 = at.lon_e7;
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    P *p = row;
    if (c->who && roles[c->who->role].sees == SEES_ORG)
        return fail(c, ERR_FORBIDDEN, "property.office", "an organisation keeps no properties");
    convert_given(c, before, p);
    if (day_known(p->as_of) && p->as_of.n > day_of(c->now).n)
        fail_field(c, SV("as_of"), "property.future");
    TRY(fail_fields(c));
    return division_by_point(c, p->lat, p->lon, &p->division, &p->row.scope);
}

const struct entity property_entity = {
    .name = "property", .zh = "闲置房产", .en = "Idle property", .size = sizeof(P),
    .fields = property_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "name", .reads = MAY_READ_FIGURES, .writes = MAY_WRITE_DIRECTORY,
    .scope_of = "division", .rules = rules, .menu = "places",
};
#undef P

static const struct message messages[] = {
    { "property.office", "闲置房产由街道、区里和社区登记，机构账号不能改",
      "idle properties are kept by offices, not by organisations" },
    { "property.future", "核实日期不能晚于今天", "the day lies in the future" },
    { 0 },
};

const struct module property_module = {
    .name = "property",
    .entities = (const struct entity *const[]){ &property_entity, NULL }, .messages = messages,
};
