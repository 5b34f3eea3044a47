/* elder.c - the register of older people: table and rules. */

#include "care/elder/elder.h"

#include "care/elder/birthday.h"
#include "care/elder/home.h"
#include "care/elder/page.h"
#include "care/elder/seen.h"
#include "care/fact/fact.h"
#include "care/household/household.h"
#include "care/parameter/parameter.h"
#include "care/place/place.h"
#include "care/todo/todo.h"

SQL(elder_scope_differs);

const struct choice elder_documents[] = {
    { "citizen", "居民身份证", "citizen's identity card" },
    { "resident_permit", "港澳台居民居住证", "residence permit of Hong Kong, Macau, Taiwan" },
    { "foreign_permanent", "外国人永久居留身份证", "foreign permanent resident card" },
    { "passport", "护照", "passport" },
    { 0 },
};

const struct choice residence_kinds[] = {
    { "registered", "户籍", "registered" }, { "resident", "常住", "resident" },
    { "floating", "流动", "floating" }, { 0 },
};

const struct choice elder_flags[] = {
    { "living_alone", "独居", "living alone" },
    { "empty_nest", "空巢", "empty nest" },
    { "left_behind", "留守", "left behind" },
    { "disabled", "重残", "severely disabled" },
    { "destitute", "特困人员", "destitute" },
    { "minimum_income", "低保", "minimum income" },
    { "near_minimum", "低保边缘家庭", "near minimum income" },
    { "special_family", "计划生育特殊家庭", "special family" },
    { "veteran", "优抚", "veteran" },
    { 0 },
};

const struct choice ability_grades[] = {
    { "unknown", "未评估", "not assessed" }, { "intact", "能力完好", "intact" },
    { "mild", "轻度失能", "mild" },           { "moderate", "中度失能", "moderate" },
    { "severe", "重度失能", "severe" },       { "total", "完全失能", "total" },
    { 0 },
};

static const struct choice genders[] = {
    { "unknown", "未说明", "not said" }, { "male", "男", "male" }, { "female", "女", "female" }, { 0 },
};

const struct choice reach_choices[] = {
    { "unknown", "未计算", "not known" }, { "known", "已计算", "known" }, { 0 },
};

const struct field elder_fields[] = {
    ROW_FIELDS(struct elder),
    FIELD(struct elder, name, .required = true, .class = MASKED, .mask = MASK_NAME, .high = 40,
          .filter = true, .brief = true, .search = true, .zh = "姓名", .en = "Name"),
    CHOICE(struct elder, document, elder_documents, .zh = "证件类型", .en = "Document"),
    FIELD(struct elder, id_number, .class = SEALED, .mask = MASK_ID, .high = 30, .filter = true,
          .search = true,
          .zh = "证件号码", .en = "Document number"),
    CHOICE(struct elder, gender, genders, .filter = true, .brief = true, .zh = "性别",
           .en = "Gender"),
    FIELD(struct elder, birth, .brief = true, .filter = true, .zh = "出生日期", .en = "Birthday"),
    CHOICE(struct elder, birthday_by, birthday_ways, .default_sql = "'solar'", .zh = "生日过法",
           .en = "Birthday kept by", .hint_zh = "年龄始终按证件上的日期算",
           .hint_en = "her age always follows the document's date"),
    FIELD(struct elder, phone, .class = SEALED, .mask = MASK_PHONE, .high = 30, .filter = true,
          .search = true, .check = phone_check, .zh = "电话", .en = "Phone"),
    CHOICE(struct elder, residence, residence_kinds, .filter = true, .brief = true,
           .zh = "居住情况", .en = "Residence"),
    SET(struct elder, flags, elder_flags, .class = MASKED, .mask = MASK_COARSE, .filter = true,
        .zh = "特殊困难标识", .en = "Flags"),
    CHOICE(struct elder, grade, ability_grades, .class = MASKED, .mask = MASK_COARSE,
           .filter = true, .zh = "能力等级", .en = "Ability grade"),
    FIELD(struct elder, grade_on, .zh = "评估日期", .en = "Graded on"),
    FIELD(struct elder, grade_source, .high = 100, .zh = "评估依据", .en = "Grade's source"),
    LINK(struct elder, division, "division", .filter = true, .brief = true, .zh = "所在社区",
         .en = "Division", .hint_zh = "选了小区可不填", .hint_en = "follows from the compound"),
    LINK(struct elder, compound, "compound", .filter = true, .zh = "小区", .en = "Compound"),
    FIELD(struct elder, building, .high = 20, .zh = "楼", .en = "Building"),
    FIELD(struct elder, entrance, .high = 20, .zh = "单元", .en = "Entrance"),
    FIELD(struct elder, room, .class = MASKED, .mask = MASK_ALL, .high = 20, .zh = "门牌",
          .en = "Room"),
    FIELD(struct elder, address, .class = MASKED, .mask = MASK_ADDRESS, .brief = true,
          .zh = "住址", .en = "Address"),
    FIELD(struct elder, home_lat, .class = SECRET, .mask = MASK_ALL, .low = -900000000,
          .high = 900000000, .zh = "家的纬度", .en = "Home latitude"),
    FIELD(struct elder, home_lon, .class = SECRET, .mask = MASK_ALL, .low = -1800000000,
          .high = 1800000000, .zh = "家的经度", .en = "Home longitude"),
    FIELD(struct elder, junction, .class = MASKED, .mask = MASK_ALL, .read_only = true,
          .zh = "路口", .en = "Junction"),
    FIELD(struct elder, cell, .class = MASKED, .mask = MASK_ALL, .read_only = true, .zh = "网格",
          .en = "Cell"),
    LINK(struct elder, home_building, "building", .filter = true, .zh = "所在楼栋",
         .en = "Building it is", .hint_zh = "按住址匹配，也可手工选定",
         .hint_en = "found by the address, or chosen"),
    LINK(struct elder, home_entrance, "entrance", .zh = "所在单元", .en = "Entrance it is"),
    CHOICE(struct elder, match_level, address_levels, .read_only = true, .filter = true,
           .default_sql = "'none'", .zh = "住址匹配到", .en = "Address matched to"),
    CHOICE(struct elder, match_by, match_ways, .read_only = true, .filter = true,
           .default_sql = "'again'", .zh = "匹配方式", .en = "Matched by"),
    FIELD(struct elder, match_score, .read_only = true, .high = 100, .default_sql = "0",
          .zh = "匹配得分", .en = "Match score"),
    SET(struct elder, match_why, address_whys, .read_only = true, .default_sql = "0",
        .zh = "匹配依据", .en = "Why"),
    CHOICE(struct elder, reach, reach_choices, .read_only = true, .filter = true,
           .default_sql = "'unknown'", .zh = "步行可达", .en = "Reach on foot"),
    SET(struct elder, near_kinds, place_kinds, .read_only = true, .filter = true,
        .default_sql = "0", .zh = "走得到的网点", .en = "Kinds within reach"),
    SET(struct elder, far_kinds, place_kinds, .read_only = true, .filter = true,
        .default_sql = "0", .zh = "走不到的网点", .en = "Kinds out of reach"),
    LINK(struct elder, account, "account", .read_only = true, .zh = "本人账号", .en = "Account"),
    FIELD(struct elder, moved_on, .read_only = true, .filter = true, .zh = "迁入日期",
          .en = "Moved here on"),
    FIELD(struct elder, died_on, .filter = true, .zh = "死亡日期", .en = "Died on"),
    FIELD(struct elder, household_no, .class = MASKED, .mask = MASK_ALL, .high = 40, .zh = "户号",
          .en = "Household booklet number"),
    FIELD(struct elder, household_head, .class = MASKED, .mask = MASK_NAME, .high = 40,
          .zh = "户主", .en = "Head of the household"),
    FIELD(struct elder, household_role, .high = 20, .zh = "与户主关系", .en = "To the head"),
    FIELD(struct elder, note, .class = SECRET, .mask = MASK_ALL, .many_lines = true, .high = 2000,
          .zh = "备注", .en = "Note"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "id_number", .columns = "id_number", .unique = true,
      .where = "ended_at IS NULL", .message = "elder.id_taken" },
    { .name = "phone", .columns = "phone, id" },
    { .name = "division", .columns = "division, id" },
    { .name = "compound", .columns = "compound, building, id" },
    { .name = "birth", .columns = "scope, birth, id" },
    { .name = "grade", .columns = "scope, grade, id" },
    { .name = "living", .columns = "scope, residence, died_on, ended_at",
      .where = "ended_at IS NULL AND died_on IS NULL" },
    { .name = "account", .columns = "account, id", .where = "account IS NOT NULL" },
    { .name = "moved", .columns = "moved_on, scope, id", .where = "moved_on IS NOT NULL" },
    { .name = "match", .columns = "scope, match_level, id",
      .where = "ended_at IS NULL AND died_on IS NULL" },
    { .name = "reach",
      .columns = "scope, reach, match_level, near_kinds, far_kinds, id, died_on, ended_at",
      .where = "ended_at IS NULL AND died_on IS NULL" },
    { .name = "cell", .columns = "cell, scope, match_level, died_on, ended_at",
      .where = "ended_at IS NULL AND died_on IS NULL" },
    { .name = "matched", .columns = "match_level, id", .where = "ended_at IS NULL" },
    { .name = "home_building", .columns = "home_building, id",
      .where = "home_building IS NOT NULL" },
    { .name = "household_no", .columns = "household_no, id",
      .where = "household_no IS NOT NULL" },
    { 0 },
};

static const struct sort sorts[] = {
    { "created", "id", true, "登记先后", "Registered" },
    { "birth", "birth", false, "出生日期", "Birthday" },
    { "name", "name", false, "姓名", "Name" },
    { 0 },
};

/* --- rules --- */

MUST static enum err check_document(struct ctx *c, struct elder *e)
{
    struct id_facts facts = { DAY_NONE, 0 };
    if (e->id_number.len == 0)
        return ERR_NONE;
    e->id_number = document_normal(&c->mem, e->id_number);
    const char *fault = document_check((enum elder_document)e->document, e->id_number,
                                       day_of(c->now), &facts);
    if (fault)
        fail_field(c, SV("id_number"), fault);
    if (day_known(facts.birth) && day_known(e->birth) && facts.birth.n != e->birth.n)
        fail_field(c, SV("birth"), "elder.birth_differs");
    if (facts.gender && e->gender && facts.gender != e->gender)
        fail_field(c, SV("gender"), "elder.gender_differs");
    if (!day_known(e->birth))
        e->birth = facts.birth;
    if (!e->gender)
        e->gender = facts.gender;
    return ERR_NONE;
}

MUST static enum err check_age(struct ctx *c, const struct elder *e)
{
    int64_t from;
    struct day today = day_of(c->now);
    if (!day_known(e->birth)) {
        if (e->note.len == 0)
            fail_field(c, SV("birth"), "elder.birth_missing");
        return ERR_NONE;
    }
    if (e->birth.n > today.n)
        fail_field(c, SV("birth"), "elder.birth_future");
    if (!birthday_fits(e->birth, (enum birthday_by)e->birthday_by))
        fail_field(c, SV("birthday_by"), "elder.birthday_not_lunar");
    TRY(parameter_int(c, "elder.age_from", e->row.scope, today, &from));
    if (age_on(e->birth, today) < from && e->note.len == 0)
        fail_field(c, SV("note"), "elder.young");
    if (day_known(e->died_on) && (e->died_on.n < e->birth.n || e->died_on.n > today.n))
        fail_field(c, SV("died_on"), "elder.died_when");
    return ERR_NONE;
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    const struct elder *was = before;
    struct elder *e = row;
    TRY(check_document(c, e));
    TRY(home_find(c, was, e));
    TRY(check_age(c, e));
    if (e->phone.len)
        e->phone = phone_normal(&c->mem, e->phone);
    if (e->grade != GRADE_UNKNOWN && (!day_known(e->grade_on) || e->grade_source.len == 0))
        fail_field(c, SV("grade"), "elder.grade_source");
    TRY(fail_fields(c));
    return ERR_NONE;
}

/* A change of what is dated keeps what held before; who moves or dies leaves her household. */
static enum err follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    TRY(household_follow(c, before, row, action));
    return fact_follow(c, before, row, action);
}

const struct entity elder_entity = {
    .name = "elder",
    .zh = "老年人",
    .en = "Elder",
    .size = sizeof(struct elder),
    .fields = elder_fields,
    .indexes = indexes,
    .sorts = sorts,
    .title = "name",
    .reads = MAY_READ_REGISTER,
    .writes = MAY_WRITE_REGISTER,
    .seen_by_own = "account = $ OR id IN (" BOUND_ELDERS ")",
    .seen_by_org = "id IN (SELECT elder FROM care_order WHERE org = $) OR id IN (SELECT elder"
                   " FROM agreement WHERE org = $ AND state IN ('draft', 'active', 'expired'))",
    .seen_by_carer = "id IN (SELECT elder FROM visit WHERE carer = $)",
    .elder = "id",
    .scope_of = "division",
    .rules = rules,
    .follow = follow,
    .follows_values = true,
    .menu = "people",
    .files = true,
};

/* --- whom to call --- */

const struct choice relation_kinds[] = {
    { "child", "子女", "child" },           { "spouse", "配偶", "spouse" },
    { "sibling", "兄弟姐妹", "sibling" },   { "grandchild", "孙辈", "grandchild" },
    { "neighbour", "邻居", "neighbour" },   { "other", "其他", "other" },
    { 0 },
};

const struct field contact_fields[] = {
    ROW_FIELDS(struct contact),
    LINK(struct contact, elder, "elder", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "老年人", .en = "Elder"),
    FIELD(struct contact, name, .required = true, .class = MASKED, .mask = MASK_NAME, .high = 40,
          .brief = true, .search = true, .zh = "姓名", .en = "Name"),
    CHOICE(struct contact, relation, relation_kinds, .brief = true, .zh = "关系", .en = "Relation"),
    FIELD(struct contact, phone, .required = true, .class = SEALED, .mask = MASK_PHONE,
          .high = 30, .filter = true, .brief = true, .search = true, .check = phone_check,
          .zh = "电话", .en = "Phone"),
    FIELD(struct contact, main, .brief = true, .zh = "主要联系人", .en = "Primary contact"),
    FIELD(struct contact, emergency, .brief = true, .zh = "紧急联系人", .en = "Emergency contact"),
    FIELD(struct contact, note, .zh = "备注", .en = "Note"),
    { 0 },
};

static const struct index contact_indexes[] = {
    { .name = "elder", .columns = "elder, id" },
    { .name = "phone", .columns = "phone, id" },
    { 0 },
};

static const struct sort contact_sorts[] = { { "elder", "elder", false, "老年人", "Elder" }, { 0 } };

static enum err contact_rules(struct ctx *c, const void *before, void *row)
{
    struct contact *p = row;
    (void)before;
    p->phone = phone_normal(&c->mem, p->phone);
    return ERR_NONE;
}

const struct entity contact_entity = {
    .name = "contact", .zh = "联系人", .en = "Contact", .size = sizeof(struct contact),
    .fields = contact_fields, .indexes = contact_indexes, .sorts = contact_sorts, .title = "name",
    .reads = MAY_READ_REGISTER, .writes = MAY_WRITE_REGISTER,
    .seen_by_own = SEEN_BY_FAMILY,
    .seen_by_org = SEEN_BY_SERVER,
    .elder = "elder", .scope_of = "elder", .rules = contact_rules, .menu = "people",
};

static const struct message messages[] = {
    { "id_number.length", "证件号码应为 18 位", "the number has 18 characters" },
    { "id_number.digits", "证件号码前 17 位应为数字", "the first 17 characters are digits" },
    { "id_number.date", "证件号码第 7 至 14 位不是有效的出生日期",
      "characters 7 to 14 are no birthday that can be" },
    { "id_number.check", "证件号码的校验位不对，请核对每一位",
      "the last character does not fit; compare each one" },
    { "id_number.region", "港澳台居民居住证号码以 810000、820000 或 830000 开头",
      "this permit begins with 810000, 820000 or 830000" },
    { "id_number.foreign", "外国人永久居留身份证为 15 位旧号或以 9 开头的 18 位新号",
      "this card has an old number of 15 or a new one of 18 beginning with 9" },
    { "id_number.passport", "护照号码为 5 至 20 位字母和数字",
      "a passport number has 5 to 20 letters and digits" },
    { "phone.form", "电话号码应为 5 至 15 位数字", "a telephone number has 5 to 15 digits" },
    { "elder.needs_one", "请填写老人的证件号码或电话", "give her document number or telephone" },
    { "elder.id_taken", "这个证件号码已登记", "this document number is registered already" },
    { "elder.birth_differs", "出生日期与证件号码不一致", "the birthday differs from the document's" },
    { "elder.gender_differs", "性别与证件号码不一致", "the gender differs from the document's" },
    { "elder.birthday_not_lunar",
      "证件上的月日不可能是农历日期（农历没有三十一，有的月没有三十），请选另一种过法",
      "the document's day cannot be a lunar one: choose another way" },
    { "elder.birthdays_many", "范围太大（超过 20 万人），请选一个区或街道",
      "more than 200,000 people: choose a district or a street" },
    { "elder.birth_missing", "请填写出生日期；确实不知道时在备注说明",
      "give the birthday, or say in the note why it is not known" },
    { "elder.birth_future", "出生日期不能晚于今天", "the birthday lies in the future" },
    { "elder.young", "不满 60 周岁，请在备注说明登记原因",
      "under 60: say in the note why this person is registered" },
    { "elder.died_when", "死亡日期应在出生之后、今天或以前", "the date of death cannot be" },
    { "elder.division", "请选择小区或所在社区", "choose the compound or the division" },
    { "elder.move_future", "迁移日期不能晚于今天", "the day of the move lies in the future" },
    { "elder.building_elsewhere", "这栋楼不在所选的小区里", "the building is not in that compound" },
    { "elder.entrance_elsewhere", "这个单元不在所选的楼里", "the entrance is not in that building" },
    { "elder.grade_future", "评估日期不能晚于今天", "the day of the grade lies in the future" },
    { "elder.grade_source", "填写能力等级时请同时填写评估日期和依据",
      "give the day and the source of the ability grade" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "elder.age_from", "60", "year", "登记为老年人的年龄", "age from which one is registered",
      "《中华人民共和国老年人权益保障法》第二条" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "elder_scope", "老年人的辖区与所在社区一致", &sql_elder_scope_differs }, { 0 },
};

static const struct entity *const entities[] = { &elder_entity, &contact_entity, NULL };

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "addresses_open", .zh = "没有对上的住址", .en = "Addresses that lead to no home",
      .entity = "elder", .list = "match_level=none&died_on.none=1",
      .may = RIGHT(MAY_WRITE_REGISTER), .not_org = true,
      .shows = "name,division,address", .weight = TODO_LOW },
    { 0 },
};

const struct module elder_module = {
    .name = "elder", .entities = entities, .endpoints = elder_endpoints, .messages = messages,
    .parameters = parameters, .invariants = invariants, .todos = todos,
};
