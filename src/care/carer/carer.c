/* carer.c - staff members who go to the homes. */

#include "care/carer/carer.h"

const struct choice gender_choices[] = {
    { "unknown", "未说明", "not said" }, { "male", "男", "male" }, { "female", "女", "female" }, { 0 },
};

const struct choice skill_choices[] = {
    { "none", "无要求", "none" },        { "bath", "助浴", "bathing" },
    { "clean", "助洁", "cleaning" },     { "meal", "助餐", "meals" },
    { "walk", "助行", "walking along" }, { "medical", "助医", "clinic visits" },
    { "hair", "理发", "hairdressing" },  { "repair", "维修", "repairs" },
    { "companion", "精神慰藉", "company" }, { "nurse", "护理", "nursing" }, { 0 },
};

const struct choice carer_states[] = {
    { "working", "在岗", "working" }, { "away", "休假", "away" }, { "left", "离职", "left" }, { 0 },
};

const struct choice contract_kinds[] = {
    { "none", "未登记", "not said" },       { "labour", "劳动合同", "labour contract" },
    { "service", "劳务协议", "service contract" }, { "dispatch", "劳务派遣", "dispatched" }, { 0 },
};

const struct choice travels[] = {
    { "walk", "步行", "on foot" }, { "bicycle", "自行车", "bicycle" },
    { "ebike", "电动车", "e-bike" }, { "bus", "公交", "bus" }, { "car", "汽车", "car" }, { 0 },
};

const struct choice languages[] = {
    { "mandarin", "普通话", "Mandarin" }, { "dialect", "本地话", "the local speech" },
    { "sign", "手语", "sign language" },  { "minority", "少数民族语言", "a minority's language" },
    { "english", "英语", "English" },     { 0 },
};

const struct field carer_fields[] = {
    ROW_FIELDS(struct carer),
    LINK(struct carer, org, "organisation", .required = true, .filter = true, .brief = true,
         .create_only = true, .zh = "所属机构", .en = "Organisation"),
    FIELD(struct carer, name, .required = true, .class = MASKED, .mask = MASK_NAME, .brief = true,
          .search = true, .high = 40, .zh = "姓名", .en = "Name"),
    CHOICE(struct carer, gender, gender_choices, .brief = true, .filter = true, .zh = "性别",
           .en = "Gender"),
    FIELD(struct carer, phone, .class = SEALED, .mask = MASK_PHONE, .high = 20, .search = true,
          .zh = "电话", .en = "Phone"),
    SET(struct carer, skills, skill_choices, .brief = true, .filter = true, .zh = "技能",
        .en = "Skills"),
    FIELD(struct carer, about, .many_lines = true, .high = 500, .zh = "简介", .en = "About"),
    LINK(struct carer, works_at, "place", .zh = "工作地点", .en = "Works at"),
    FIELD(struct carer, away_from, .zh = "休假自", .en = "Away from"),
    FIELD(struct carer, away_to, .zh = "休假至", .en = "Away to"),
    FIELD(struct carer, employed_from, .zh = "入职日期", .en = "Employed from"),
    CHOICE(struct carer, contract, contract_kinds, .default_sql = "'none'", .zh = "用工形式",
           .en = "Contract"),
    FIELD(struct carer, contract_to, .filter = true, .zh = "合同到期", .en = "Contract ends"),
    SET(struct carer, languages, languages, .default_sql = "0", .zh = "语言", .en = "Languages"),
    CHOICE(struct carer, travel, travels, .default_sql = "'walk'", .zh = "出行方式",
           .en = "Travels"),
    CHOICE(struct carer, state, carer_states, .read_only = true, .brief = true, .filter = true,
           .zh = "状态", .en = "State"),
    { 0 },
};

static const struct index carer_indexes[] = {
    { .name = "org", .columns = "org, state, id" },
    { .name = "contract", .columns = "contract_to, scope, id", .where = "contract_to IS NOT NULL" },
    { 0 },
};

static const struct sort carer_sorts[] = {
    { "org", "org", false, "机构", "Organisation" }, { 0 },
};

static enum err carer_away_effect(struct ctx *c, void *row, const void *input)
{
    const struct carer *asked = input;
    struct carer *a = row;
    if (!day_known(asked->away_from))
        fail_field(c, SV("away_from"), "field.required");
    if (day_known(asked->away_to) && asked->away_to.n < asked->away_from.n)
        fail_field(c, SV("away_to"), "carer.away_backwards");
    TRY(fail_fields(c));
    a->away_from = asked->away_from;
    a->away_to = asked->away_to;
    return ERR_NONE;
}

static enum err carer_back_effect(struct ctx *c, void *row, const void *input)
{
    (void)c;
    (void)input;
    struct carer *a = row;
    a->away_from = a->away_to = DAY_NONE;
    return ERR_NONE;
}

static const struct field away_takes[] = {
    FIELD(struct carer, away_from, .required = true, .zh = "休假自", .en = "Away from"),
    FIELD(struct carer, away_to, .zh = "休假至", .en = "Away to"),
    { 0 },
};

static const struct step carer_steps[] = {
    { "working", "leave", "away", RIGHT(MAY_WRITE_STAFF), "登记休假", "Note absence", NULL,
      carer_away_effect, away_takes, sizeof(struct carer), false, false, false },
    { "away", "back", "working", RIGHT(MAY_WRITE_STAFF), "回岗", "Back at work", NULL,
      carer_back_effect, NULL, 0, false, false, false },
    { "working,away", "end", "left", RIGHT(MAY_WRITE_STAFF), "离职", "Has left", NULL, NULL, NULL, 0,
      true, true, false },
    { 0 },
};

const struct entity carer_entity = {
    .name = "carer", .zh = "护理员", .en = "Carer", .kind = ENTITY_ORDINARY,
    .size = sizeof(struct carer), .fields = carer_fields, .indexes = carer_indexes,
    .sorts = carer_sorts, .state = "state", .steps = carer_steps, .title = "name",
    .reads = MAY_READ_STAFF, .writes = MAY_WRITE_STAFF,
    .seen_by_org = "org = $", .seen_by_carer = "id = $",
    .seen_by_own = "id IN (SELECT carer FROM visit WHERE account = $)",
    .scope_of = "org", .menu = "staff", .files = true,
};

bool carer_has(const struct carer *a, enum skill skill)
{
    return skill == SKILL_NONE || (a->skills.bits >> skill & 1);
}

bool carer_away(const struct carer *a, struct day day)
{
    if (a->state == CARER_LEFT)
        return true;
    if (!day_known(a->away_from) || day.n < a->away_from.n)
        return false;
    return !day_known(a->away_to) || day.n <= a->away_to.n;
}

static const struct message carer_messages[] = {
    { "carer.away_backwards", "结束日期早于开始日期，请改晚一些",
      "The end is before the beginning; choose a later day" },
    { 0 },
};

const struct module carer_module = {
    .name = "carer",
    .entities = (const struct entity *const[]){ &carer_entity, NULL },
    .messages = carer_messages,
};
