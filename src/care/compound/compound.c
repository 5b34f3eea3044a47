/* compound.c - residential compounds and their gates. */

#include "care/compound/compound.h"

#include "care/compound/building.h"

const struct field compound_fields[] = {
    ROW_FIELDS(struct compound),
    FIELD(struct compound, name, .required = true, .high = 60, .filter = true, .brief = true,
          .search = true, .zh = "小区名称", .en = "Name"),
    FIELD(struct compound, aliases, .search = true, .zh = "别名", .en = "Other names",
          .hint_zh = "多个用逗号隔开", .hint_en = "parted by commas"),
    LINK(struct compound, division, "division", .filter = true, .brief = true, .zh = "所在社区",
         .en = "Division"),
    FIELD(struct compound, address, .zh = "地址", .en = "Address"),
    FIELD(struct compound, lat, .required = true, .low = -900000000, .high = 900000000,
          .zh = "纬度", .en = "Latitude"),
    FIELD(struct compound, lon, .required = true, .low = -1800000000, .high = 1800000000,
          .zh = "经度", .en = "Longitude"),
    FIELD(struct compound, households, .high = 100000, .brief = true, .zh = "户数",
          .en = "Households"),
    { 0 },
};

static const struct index compound_indexes[] = {
    { .name = "name", .columns = "name, id" },
    { .name = "division", .columns = "division, id" },
    { 0 },
};

static const struct sort compound_sorts[] = { { "name", "name", false, "名称", "Name" }, { 0 } };

static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct compound *p = row;
    (void)before;
    return division_by_point(c, p->lat, p->lon, &p->division, &p->row.scope);
}

const struct entity compound_entity = {
    .name = "compound", .zh = "小区", .en = "Compound", .size = sizeof(struct compound),
    .fields = compound_fields, .indexes = compound_indexes, .sorts = compound_sorts,
    .title = "name", .seen_by_all = true, .reads = MAY_SIGNED_IN, .writes = MAY_SET_RULES,
    .scope_of = "division", .rules = rules, .menu = "setup",
};

const struct choice gate_states[] = {
    { "open", "通行", "in use" }, { "ended", "已停用", "ended" }, { 0 },
};

const struct field gate_fields[] = {
    ROW_FIELDS(struct gate),
    LINK(struct gate, compound, "compound", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "小区", .en = "Compound"),
    FIELD(struct gate, name, .high = 40, .brief = true, .zh = "大门", .en = "Gate"),
    FIELD(struct gate, lat, .required = true, .low = -900000000, .high = 900000000, .zh = "纬度",
          .en = "Latitude"),
    FIELD(struct gate, lon, .required = true, .low = -1800000000, .high = 1800000000,
          .zh = "经度", .en = "Longitude"),
    FIELD(struct gate, night_closed, .brief = true, .zh = "夜间关闭", .en = "Closed at night"),
    FIELD(struct gate, open_min, .high = 1439, .zh = "开门（分钟）", .en = "Opens (minute)"),
    FIELD(struct gate, close_min, .high = 1440, .zh = "关门（分钟）", .en = "Closes (minute)"),
    CHOICE(struct gate, state, gate_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    { 0 },
};

static const struct index gate_indexes[] = {
    { .name = "compound", .columns = "compound, id" },
    { 0 },
};

static const struct sort gate_sorts[] = { { "compound", "compound", false, "小区", "Compound" },
                                          { 0 } };

static enum err gate_rules(struct ctx *c, const void *before, void *row)
{
    const struct gate *g = row;
    (void)before;
    if (g->night_closed && g->close_min <= g->open_min)
        fail_field(c, SV("close_min"), "gate.minutes");
    return fail_fields(c);
}

/* Who visits the homes knows the gates: of the own communities, without a rule-maker. */
static const struct step gate_steps[] = {
    { .from = "open", .action = "end", .to = "ended", .may = RIGHT(MAY_WRITE_REGISTER),
      .zh = "停用", .en = "End", .reason = true, .danger = true },
    { .from = "ended", .action = "reopen", .to = "open", .may = RIGHT(MAY_WRITE_REGISTER),
      .zh = "恢复通行", .en = "Open again" },
    { 0 },
};

const struct entity gate_entity = {
    .name = "gate", .zh = "小区大门", .en = "Gate", .size = sizeof(struct gate),
    .fields = gate_fields, .indexes = gate_indexes, .sorts = gate_sorts, .title = "name",
    .state = "state", .steps = gate_steps,
    .seen_by_all = true, .reads = MAY_SIGNED_IN, .writes = MAY_WRITE_REGISTER,
    .scope_of = "compound", .rules = gate_rules, .menu = "setup",
};

bool gate_open(const struct gate *g, int minute)
{
    return !g->night_closed || (minute >= g->open_min && minute < g->close_min);
}

static const struct message messages[] = {
    { "gate.minutes", "关门时间要晚于开门时间", "the gate must close after it opens" },
    { "building.twice", "这个小区已有同名的楼栋", "the compound has a building of that name" },
    { "entrance.twice", "这栋楼已有同名的单元", "the building has an entrance of that name" },
    { "address_alias.twice", "这个小区已记过这个别名", "the compound is known by that name already" },
    { "address_alias.short", "别名至少要有两个汉字，不含门牌数字",
      "a name has at least two characters beside numbers" },
    { "alias.building_elsewhere", "这栋楼不在所选的小区里", "the building is not in that compound" },
    { 0 },
};

static const struct entity *const entities[] = {
    &compound_entity, &gate_entity, &building_entity, &entrance_entity, &address_alias_entity, NULL,
};

const struct module compound_module = {
    .name = "compound", .entities = entities, .messages = messages,
};
