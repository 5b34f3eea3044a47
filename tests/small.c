/* small.c - towns, persons and errands for the tests of model. */

#include "small.h"
#include "base/json.h"

#include <string.h>

static const struct field town_fields[] = {
    ROW_FIELDS(struct small_town),
    FIELD(struct small_town, name, .required = true, .search = true, .brief = true, .zh = "名称",
          .en = "Name"),
    FIELD(struct small_town, size, .filter = true, .low = 0, .high = 1000, .zh = "规模",
          .en = "Size"),
    { 0 },
};
static const struct sort town_sorts[] = {
    { "name", "name", false, "名称", "Name" }, { "size", "size", true, "规模", "Size" }, { 0 },
};
const struct entity small_town = {
    .name = "small_town", .zh = "镇", .en = "Town", .size = sizeof(struct small_town),
    .fields = town_fields, .sorts = town_sorts, .title = "name", .reads = MAY_SIGNED_IN,
    .writes = MAY_WRITE_DIRECTORY, .seen_by_all = true,
};

static const struct choice flag_choices[] = {
    { "deaf", "听障", "Deaf" }, { "blind", "视障", "Blind" }, { "lame", "肢障", "Lame" }, { 0 },
};

static const char *digits_only(struct sv value)
{
    int64_t n;
    return sv_int(value, 0, INT64_MAX, &n) ? NULL : "field.form";
}

static const struct field person_fields[] = {
    ROW_FIELDS(struct small_person),
    LINK(struct small_person, town, "small_town", .required = true, .filter = true, .zh = "镇",
         .en = "Town"),
    FIELD(struct small_person, name, .class = MASKED, .mask = MASK_NAME, .required = true,
          .search = true, .brief = true, .zh = "姓名", .en = "Name"),
    FIELD(struct small_person, phone, .class = SEALED, .mask = MASK_PHONE, .filter = true,
          .search = true, .check = digits_only, .zh = "电话", .en = "Phone"),
    FIELD(struct small_person, id_number, .class = SEALED, .mask = MASK_ID, .filter = true,
          .zh = "证件号", .en = "Id number"),
    FIELD(struct small_person, address, .class = MASKED, .mask = MASK_ADDRESS, .zh = "住址",
          .en = "Address"),
    FIELD(struct small_person, illness, .class = SECRET, .zh = "诊断", .en = "Diagnosis"),
    FIELD(struct small_person, birth, .filter = true, .zh = "出生日期", .en = "Born"),
    FIELD(struct small_person, grade, .class = MASKED, .mask = MASK_COARSE, .filter = true,
          .low = 0, .high = 4, .zh = "等级", .en = "Grade"),
    FIELD(struct small_person, lon, .class = MASKED, .mask = MASK_COARSE, .zh = "经度",
          .en = "Longitude"),
    FIELD(struct small_person, home_lon, .class = SECRET, .zh = "家", .en = "Home"),
    FIELD(struct small_person, alone, .filter = true, .zh = "独居", .en = "Alone"),
    SET(struct small_person, flags, flag_choices, .filter = true, .zh = "标记", .en = "Flags"),
    FIELD(struct small_person, pension, .zh = "养老金", .en = "Pension"),
    { 0 },
};
static const struct index person_indexes[] = {
    { .name = "id_number", .columns = "id_number", .unique = true, .where = "ended_at IS NULL",
      .message = "small.id_taken" },
    { .name = "town", .columns = "town, birth" },
    { 0 },
};
static const struct sort person_sorts[] = {
    { "created", "created_at", true, "建立时间", "Created" },
    { "grade", "grade", false, "等级", "Grade" },
    { "birth", "birth", false, "出生日期", "Born" },
    { 0 },
};

static enum err person_rules(struct ctx *c, const void *before, void *row)
{
    (void)before;
    const struct small_person *p = row;
    if (sv_is(p->name, "不可"))
        fail_field(c, SV("name"), "small.name");
    return ERR_NONE;
}

const struct entity small_person = {
    .name = "small_person", .zh = "人", .en = "Person", .size = sizeof(struct small_person),
    .fields = person_fields, .indexes = person_indexes, .sorts = person_sorts, .title = "name",
    .reads = MAY_READ_REGISTER, .writes = MAY_WRITE_REGISTER, .elder = "id", .scope_of = "town",
    .seen_by_own = "id IN (SELECT elder FROM small_errand WHERE account = $)",
    .seen_by_org = "id IN (SELECT elder FROM small_errand WHERE org = $)",
    .rules = person_rules,
};

static const struct choice states[] = {
    { "draft", "草稿", "Draft" }, { "placed", "已下单", "Placed" }, { "accepted", "已接单", "Accepted" },
    { "done", "完成", "Done" }, { "cancelled", "已取消", "Cancelled" }, { 0 },
};
static const struct field errand_fields[] = {
    ROW_FIELDS(struct small_errand),
    LINK(struct small_errand, elder, "small_person", .required = true, .filter = true, .zh = "老人",
         .en = "Elder"),
    LINK(struct small_errand, account, "account", .read_only = true, .filter = true, .zh = "账号",
         .en = "Account"),
    LINK(struct small_errand, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Provider"),
    LINK(struct small_errand, carer, "carer", .read_only = true, .zh = "护理员", .en = "Carer"),
    CHOICE(struct small_errand, state, states, .read_only = true, .filter = true, .zh = "状态",
           .en = "State"),
    FIELD(struct small_errand, what, .required = true, .zh = "事项", .en = "What"),
    FIELD(struct small_errand, minutes, .read_only = true, .zh = "分钟", .en = "Minutes"),
    { 0 },
};
static const struct field result_fields[] = {
    FIELD(struct small_result, minutes, .low = 1, .high = 600, .zh = "分钟", .en = "Minutes"),
    { 0 },
};

static enum err not_on_sunday(struct ctx *c, const void *row)
{
    (void)row;
    if (day_weekday(day_of(c->now)) == 7)
        return fail(c, ERR_CONFLICT, "small.sunday", "no errands on a sunday");
    return ERR_NONE;
}

static enum err note_minutes(struct ctx *c, void *row, const void *input)
{
    (void)c;
    ((struct small_errand *)row)->minutes = ((const struct small_result *)input)->minutes;
    return ERR_NONE;
}

static const struct step errand_steps[] = {
    { "", "place", "placed", RIGHT(MAY_BE_CITIZEN) | RIGHT(MAY_PLACE_ORDERS), "下单", "Place",
      .guard = NULL },
    { "", "draft", "draft", RIGHT(MAY_BE_CITIZEN), "存草稿", "Draft", .guard = NULL },
    { "placed", "accept", "accepted", RIGHT(MAY_SERVE_ORDERS), "接单", "Accept",
      .guard = not_on_sunday },
    { "accepted", "finish", "done", RIGHT(MAY_SERVE_ORDERS), "完成", "Finish",
      .effect = note_minutes, .takes = result_fields, .takes_size = sizeof(struct small_result) },
    { "draft, placed,accepted", "cancel", "cancelled",
      RIGHT(MAY_BE_CITIZEN) | RIGHT(MAY_SERVE_ORDERS), "取消", "Cancel", .reason = true,
      .danger = true },
    { "placed", "expire", "cancelled", 0, "过期", "Expire", .automatic = true },
    { 0 },
};
static const struct sort errand_sorts[] = { { "created", "created_at", true, "时间", "Created" },
                                            { 0 } };
static const struct index errand_indexes[] = {
    { .name = "elder", .columns = "elder" }, { .name = "org", .columns = "org" },
    { .name = "account", .columns = "account" }, { 0 },
};
const struct entity small_errand = {
    .name = "small_errand", .zh = "事务", .en = "Errand", .size = sizeof(struct small_errand),
    .fields = errand_fields, .indexes = errand_indexes, .sorts = errand_sorts, .title = "what",
    .state = "state", .steps = errand_steps, .reads = MAY_READ_ORDERS, .writes = MAY_PLACE_ORDERS,
    .elder = "elder", .open = "draft,placed,accepted", .scope_of = "elder",
    .seen_by_own = "account = $", .seen_by_org = "org = $",
    .seen_by_carer = "carer = $", .files = true,
};

static const struct field fact_fields[] = {
    ROW_FIELDS(struct small_fact),
    FIELD(struct small_fact, text, .zh = "内容", .en = "Text"),
    { 0 },
};
const struct entity small_fact = {
    .name = "small_fact", .zh = "事实", .en = "Fact", .kind = ENTITY_APPEND_ONLY,
    .size = sizeof(struct small_fact), .fields = fact_fields, .reads = MAY_SIGNED_IN,
};

static const struct entity *const entities[] = {
    &small_town, &small_person, &small_errand, &small_fact, NULL,
};
static const struct message messages[] = {
    { "small.id_taken", "证件号已登记", "This id number is registered" },
    { "small.sunday", "周日不办", "Not on a Sunday" },
    { 0 },
};
const struct module small_module = { .name = "small",
                                            .entities = entities,
                                            .messages = messages };
static const struct module *const modules[] = { &small_module, NULL };

static int64_t town_add(struct ctx *c, const char *name, int64_t scope)
{
    struct small_town t = { .row.scope = scope, .name = sv_of(name), .size = 3 };
    MUST_GO(c, entity_create(c, &small_town, &t));
    return t.id.n;
}

struct small small_world(void)
{
    struct small s = { .c = house_world(modules) };
    s.near = town_add(s.c, "云汀镇", 990101001000);
    s.far = town_add(s.c, "安澜镇", 990102001000);
    return s;
}

struct small_person small_someone(const struct small *s, const char *name)
{
    struct small_person p = { .town = { s->near },
                              .name = sv_of(name),
                              .birth = day_civil(1946, 3, 2) };
    return p;
}

int64_t small_add(const struct small *s, const char *name, int64_t town)
{
    struct small_person p = small_someone(s, name);
    p.town.n = town;
    const struct who *was = s->c->who;
    s->c->who = &who_house;
    MUST_GO(s->c, entity_create(s->c, &small_person, &p));
    s->c->who = was;
    return p.id.n;
}

struct sv small_json(struct ctx *c, const struct entity *e, const void *row)
{
    struct buf b = buf_new(&c->mem, 256);
    struct json j = json_new(&b);
    entity_json(c, &j, NULL, e, row, false);
    return buf_sv(&b);
}
