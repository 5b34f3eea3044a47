/* building.c - buildings, entrances, and the names learnt for them: tables and rules. */

#include "care/compound/building.h"

#include "base/json.h"
#include "care/address/address.h"
#include "care/place/place.h"
#include "care/review/review.h"
#include "geo/datum.h"

/* The job that matches homes again; the register of elders has it. */
#define JOB_REMATCH "elder.rematch"

#define POINT_FIELDS(T)                                                                        \
    FIELD(T, lat, .low = -900000000, .high = 900000000, .zh = "纬度", .en = "Latitude"),        \
    FIELD(T, lon, .low = -1800000000, .high = 1800000000, .zh = "经度", .en = "Longitude"),     \
    CHOICE(T, datum, place_datums, .zh = "坐标系", .en = "Datum",                               \
           .hint_zh = "填写时所用的坐标系，存入时换算为 WGS-84",                                    \
           .hint_en = "of the coordinates given; they are kept in WGS-84")

const struct field building_fields[] = {
    ROW_FIELDS(struct building),
    LINK(struct building, compound, "compound", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "小区", .en = "Compound"),
    FIELD(struct building, name, .required = true, .high = 20, .filter = true, .brief = true,
          .zh = "楼号", .en = "Building", .hint_zh = "如 12号楼、A座、5组",
          .hint_en = "such as 12号楼, A座, 5组"),
    FIELD(struct building, aliases, .high = 200, .zh = "别名", .en = "Other names",
          .hint_zh = "多个用逗号隔开", .hint_en = "parted by commas"),
    POINT_FIELDS(struct building),
    FIELD(struct building, storeys, .high = 200, .brief = true, .zh = "层数", .en = "Storeys"),
    FIELD(struct building, lift, .brief = true, .zh = "有电梯", .en = "Lift"),
    { 0 },
};

const struct field entrance_fields[] = {
    ROW_FIELDS(struct entrance),
    LINK(struct entrance, building, "building", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "楼栋", .en = "Building"),
    FIELD(struct entrance, name, .required = true, .high = 20, .brief = true, .zh = "单元",
          .en = "Entrance", .hint_zh = "如 3单元", .hint_en = "such as 3单元"),
    POINT_FIELDS(struct entrance),
    { 0 },
};

/* Coordinates count as given when they differ from what was stored. */
static void convert(struct ctx *c, const struct degrees *was, int was_datum, struct degrees *at,
                    int datum_given)
{
    enum datum datum = DATUM_WGS84;
    bool known = at[0].e7 || at[1].e7;
    bool moved = !was || was[0].e7 != at[0].e7 || was[1].e7 != at[1].e7;
    if (!moved && was_datum != datum_given)
        fail_field(c, SV("datum"), "place.datum_alone");
    if (!moved || !known)
        return;
    (void)datum_find(sv_of(place_datums[datum_given].key), &datum);
    struct point there =
        datum_to_wgs84(datum, (struct point){ (int32_t)at[0].e7, (int32_t)at[1].e7 });
    at[0].e7 = there.lat_e7;
    at[1].e7 = there.lon_e7;
}

static enum err building_rules(struct ctx *c, const void *before, void *row)
{
    const struct building *was = before;
    struct building *b = row;
    struct degrees at[2] = { b->lat, b->lon };
    const struct degrees old[2] = { was ? was->lat : at[0], was ? was->lon : at[1] };
    convert(c, was ? old : NULL, was ? was->datum : 0, at, b->datum);
    b->lat = at[0];
    b->lon = at[1];
    return fail_fields(c);
}

static enum err entrance_rules(struct ctx *c, const void *before, void *row)
{
    const struct entrance *was = before;
    struct entrance *e = row;
    struct degrees at[2] = { e->lat, e->lon };
    const struct degrees old[2] = { was ? was->lat : at[0], was ? was->lon : at[1] };
    convert(c, was ? old : NULL, was ? was->datum : 0, at, e->datum);
    e->lat = at[0];
    e->lon = at[1];
    return fail_fields(c);
}

static const struct index building_indexes[] = {
    { .name = "name", .columns = "compound, name", .unique = true, .where = "ended_at IS NULL",
      .message = "building.twice" },
    { 0 },
};
static const struct index entrance_indexes[] = {
    { .name = "name", .columns = "building, name", .unique = true, .where = "ended_at IS NULL",
      .message = "entrance.twice" },
    { 0 },
};
static const struct sort building_sorts[] = {
    { "compound", "compound", false, "小区", "Compound" }, { 0 }
};
static const struct sort entrance_sorts[] = {
    { "building", "building", false, "楼栋", "Building" }, { 0 }
};

const struct entity building_entity = {
    .name = "building", .zh = "楼栋", .en = "Building", .size = sizeof(struct building),
    .fields = building_fields, .indexes = building_indexes, .sorts = building_sorts,
    .title = "name", .seen_by_all = true, .reads = MAY_SIGNED_IN, .writes = MAY_WRITE_REGISTER,
    .scope_of = "compound", .rules = building_rules, .menu = "setup",
};

const struct entity entrance_entity = {
    .name = "entrance", .zh = "单元", .en = "Entrance", .size = sizeof(struct entrance),
    .fields = entrance_fields, .indexes = entrance_indexes, .sorts = entrance_sorts,
    .title = "name", .seen_by_all = true, .reads = MAY_SIGNED_IN, .writes = MAY_WRITE_REGISTER,
    .scope_of = "building", .rules = entrance_rules, .menu = "setup",
};

/* --- learnt names --- */

static const struct choice alias_states[] = {
    { "active", "使用中", "in use" }, { "withdrawn", "已撤回", "withdrawn" }, { 0 }
};

const struct field address_alias_fields[] = {
    ROW_FIELDS(struct address_alias),
    FIELD(struct address_alias, text, .required = true, .create_only = true, .low = 2, .high = 40,
          .filter = true, .brief = true, .zh = "别名", .en = "Name people use"),
    FIELD(struct address_alias, form, .read_only = true, .hidden = true, .zh = "比对形式",
          .en = "Form it is compared by"),
    LINK(struct address_alias, compound, "compound", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "指的小区", .en = "Compound"),
    LINK(struct address_alias, building, "building", .create_only = true, .brief = true,
         .zh = "指的楼栋", .en = "Building", .hint_zh = "不填表示整个小区",
         .hint_en = "none: the whole compound"),
    LINK(struct address_alias, learnt_by, "account", .read_only = true, .brief = true,
         .zh = "登记人", .en = "Learnt by"),
    CHOICE(struct address_alias, state, alias_states, .read_only = true, .filter = true,
           .brief = true, .zh = "状态", .en = "State"),
    { 0 },
};

static const struct index alias_indexes[] = {
    { .name = "form", .columns = "compound, form", .unique = true,
      .where = "ended_at IS NULL AND state = 'active'", .message = "address_alias.twice" },
    { .name = "state", .columns = "state, id" },
    { 0 },
};
static const struct sort alias_sorts[] = { { "learnt", "id", true, "登记先后", "Learnt" }, { 0 } };

static const struct step alias_steps[] = {
    { .from = "", .action = "create", .to = "active", .may = RIGHT(MAY_WRITE_REGISTER),
      .zh = "记为别名", .en = "Remember" },
    { .from = "active", .action = "withdraw", .to = "withdrawn", .may = RIGHT(MAY_WRITE_REGISTER),
      .reason = true, .danger = true, .zh = "撤回", .en = "Withdraw" },
    { 0 },
};

/* At least two characters beside numbers: 3号 names nothing. */
static bool says_something(struct sv form)
{
    uint32_t rune;
    int words = 0;
    while (sv_rune(&form, &rune))
        words += rune >= 0x3400;
    return words >= 2;
}

static enum err alias_rules(struct ctx *c, const void *before, void *row)
{
    struct address_alias *a = row;
    struct building in;
    bool found = true;
    a->form = address_form(&c->mem, a->text);
    if (!before)
        a->learnt_by = review_me(c);
    if (!says_something(a->form))
        fail_field(c, SV("text"), "address_alias.short");
    if (a->building.n)
        TRY(entity_load(c, &building_entity, a->building.n, &in, &found));
    if (a->building.n && (!found || in.compound.n != a->compound.n))
        fail_field(c, SV("building"), "alias.building_elsewhere");
    return fail_fields(c);
}

/* Homes that were written so are matched again, now or without it. */
static enum err alias_follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct address_alias *a = row;
    struct buf b = buf_new(&c->mem, 128);
    struct json j = json_new(&b);
    int64_t job;
    (void)before;
    (void)action;
    json_object(&j, NULL);
    json_text(&j, "form", a->form);
    json_id(&j, "compound", a->compound.n);
    json_end(&j, '}');
    return job_add_for(c, JOB_REMATCH, buf_sv(&b), a->learnt_by.n, a->row.scope, &job);
}

const struct entity address_alias_entity = {
    .name = "address_alias", .zh = "地址别名", .en = "Learnt address name",
    .size = sizeof(struct address_alias), .fields = address_alias_fields,
    .indexes = alias_indexes, .sorts = alias_sorts, .state = "state", .steps = alias_steps,
    .title = "text", .reads = MAY_READ_REGISTER, .writes = MAY_WRITE_REGISTER, .no_update = true,
    .scope_of = "compound", .rules = alias_rules, .follow = alias_follow, .menu = "setup",
};
