/* catalogue.c - what may be ordered. */

#include "care/catalogue/catalogue.h"

#include "http/describe/gives.h"
#include "http/http.h"

SQL(catalogue_all);

const struct choice domain_choices[] = {
    { "institution", "集中养老", "institutional care" }, { "day_care", "日间照料", "day care" },
    { "home", "居家照护", "care at home" },              { "meal", "养老助餐", "meals" },
    { "culture", "文体娱乐", "culture and sport" },      { "emergency", "紧急援助", "emergency" },
    { "medical", "医疗卫生", "medical care" },           { "rehab", "康复护理", "rehabilitation" }, { 0 },
};

const struct choice category_choices[] = {
    { "meal", "助餐", "meals" },           { "bath", "助浴", "bathing" },
    { "clean", "助洁", "cleaning" },       { "walk", "助行", "walking along" },
    { "medical", "助医", "clinic visits" }, { "urgent", "助急", "urgent help" },
    { "companion", "精神慰藉", "company" }, { "day_care", "日托", "day care" },
    { "errand", "代办", "errands" },       { "rehab", "康复", "rehabilitation" },
    { "repair", "维修", "repairs" },       { "course", "文体学习", "classes" }, { 0 },
};

const struct choice unit_choices[] = {
    { "time", "次", "time" }, { "hour", "小时", "hour" }, { "meal", "份", "meal" },
    { "day", "天", "day" },   { "month", "月", "month" }, { 0 },
};

const struct choice door_choices[] = {
    { "home", "上门服务", "Help at home" }, { "meal", "吃饭", "Meals" },
    { "institution", "养老机构", "Institutions" }, { "other", "其他", "Other" }, { 0 },
};

const struct choice errand_kinds[] = {
    { "none", "不是代办", "no errand" },
    { "shopping", "代购生活用品", "shopping" },
    { "meal", "代取餐", "fetching a meal" },
    { "bills", "代缴费", "paying bills" },
    { "medicine", "代取药", "fetching medicine" },
    { "registration", "代挂号", "registering at a clinic" },
    { "housekeeping", "家政预约", "arranging household help" },
    { "clinic", "陪同就医", "going along to the clinic" },
    { 0 },
};

enum { CARERS_TOGETHER_MAX = 2 };

const struct field catalogue_item_fields[] = {
    ROW_FIELDS(struct catalogue_item),
    CHOICE(struct catalogue_item, domain, domain_choices, .brief = true, .filter = true,
           .zh = "领域", .en = "Domain"),
    CHOICE(struct catalogue_item, category, category_choices, .brief = true, .filter = true,
           .zh = "类别", .en = "Category"),
    FIELD(struct catalogue_item, name, .required = true, .brief = true, .search = true, .high = 60,
          .zh = "服务项目", .en = "Item"),
    FIELD(struct catalogue_item, plain_name, .required = true, .brief = true, .search = true,
          .high = 40, .zh = "通俗叫法", .en = "Plain name", .hint_zh = "老人家怎么说，如“上门洗澡”",
          .hint_en = "as people say it"),
    CHOICE(struct catalogue_item, unit, unit_choices, .brief = true, .zh = "单位", .en = "Unit"),
    FIELD(struct catalogue_item, duration_min, .low = 0, .high = 1440, .brief = true,
          .zh = "时长（分钟）", .en = "Minutes"),
    CHOICE(struct catalogue_item, skill, skill_choices, .zh = "所需技能", .en = "Skill"),
    FIELD(struct catalogue_item, gender_matters, .zh = "可指定护理员性别",
          .en = "Gender may be asked for"),
    FIELD(struct catalogue_item, at_home, .brief = true, .zh = "上门", .en = "At home"),
    FIELD(struct catalogue_item, description, .many_lines = true, .high = 1000, .zh = "说明",
          .en = "Description"),
    CHOICE(struct catalogue_item, door, door_choices, .filter = true, .zh = "市民端入口",
           .en = "Citizen's door"),
    CHOICE(struct catalogue_item, errand, errand_kinds, .filter = true, .zh = "代办种类",
           .en = "Kind of errand", .default_sql = "'none'"),
    FIELD(struct catalogue_item, carers, .low = 0, .high = CARERS_TOGETHER_MAX, .filter = true,
          .default_sql = "1", .zh = "几位护理员一起上门", .en = "Carers who come together",
          .hint_zh = "不填为 1；要两个人抬、扶的填 2",
          .hint_en = "1 when empty; 2 where one cannot lift or hold her"),
    { 0 },
};

static const struct index catalogue_item_indexes[] = {
    { .name = "name", .columns = "name", .unique = true, .where = "ended_at IS NULL",
      .message = "catalogue.same_name" },
    { .name = "category", .columns = "category, id" },
    { .name = "errand", .columns = "errand, id" },
    { 0 },
};

static const struct sort catalogue_item_sorts[] = {
    { "category", "category", false, "类别", "Category" },
    { "name", "name", false, "名称", "Name" },
    { 0 },
};

bool item_two(const struct catalogue_item *item)
{
    return item->carers == CARERS_TOGETHER_MAX;
}

/* Two come where somebody is lifted or held: to a home, not with a meal or for an errand. */
static enum err item_rules(struct ctx *c, const void *before, void *row)
{
    struct catalogue_item *k = row;
    (void)before;
    if (k->carers == 0)
        k->carers = 1;
    if (item_two(k) && (!k->at_home || k->category == CATEGORY_MEAL || k->errand != ERRAND_NONE))
        fail_field(c, SV("carers"), "catalogue.two_where");
    return fail_fields(c);
}

const struct entity catalogue_item_entity = {
    .name = "catalogue_item", .zh = "服务项目", .en = "Catalogue item", .kind = ENTITY_ORDINARY,
    .size = sizeof(struct catalogue_item), .fields = catalogue_item_fields,
    .indexes = catalogue_item_indexes, .sorts = catalogue_item_sorts, .title = "name",
    .reads = MAY_ANYONE, .writes = MAY_SET_RULES, .seen_by_all = true,
    .seen_by_own = "1 = 1", .seen_by_org = "1 = 1", .seen_by_carer = "1 = 1", .menu = "catalogue",
    .rules = item_rules,
};

static const struct message catalogue_messages[] = {
    { "catalogue.two_where", "两位护理员一起去的只能是上门服务，且不是送餐、代办",
      "Two carers go together to a home only, not with a meal or for an errand" },
    { "catalogue.after_which", "写了间隔，请选排在哪一项之后", "A gap is given: choose what it comes after" },
    { "catalogue.gap_backwards", "“几分钟内”不能小于“至少隔几分钟”",
      "At most must not be less than at least" },
    { "catalogue.after", "「{0}」做完之后", "after: {0}" },
    { "catalogue.after_within", "「{0}」做完后 {1} 分钟内", "within {1} minutes of the end of: {0}" },
    { "catalogue.after_least", "「{0}」做完至少 {1} 分钟以后", "at least {1} minutes after the end of: {0}" },
    { "catalogue.same_name", "已有同名的服务项目，请换一个名称", "There is an item of this name; choose another" },
    { 0 },
};

/* --- the catalogue as a citizen browses it: by category, with the lowest price there is --- */

static void json_item(struct json *j, struct rows *r)
{
    json_object(j, NULL);
    json_id(j, "id", rows_int(r, 1));
    json_text(j, "name", rows_text(r, 2));
    json_text(j, "plain_name", rows_text(r, 3));
    json_text(j, "unit", rows_text(r, 4));
    json_int(j, "duration_min", rows_int(r, 5));
    if (rows_value(r, 6).type != VALUE_NULL)
        json_int(j, "price_from", rows_int(r, 6));
    json_text(j, "door", rows_text(r, 7));
    json_end(j, '}');
}

static enum err catalogue_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct json *j = &a->json;
    int open = -1, category;
    (void)q;
    json_array(j, "categories");
    struct rows r = db_rows(c, &sql_catalogue_all, NO_PARAMS);
    while (rows_next(&r)) {
        if (!choice_of(category_choices, rows_text(&r, 0), &category))
            continue;
        if (category != open) {
            const struct choice *k = &category_choices[category];
            for (int i = 0; open >= 0 && i < 2; i++)
                json_end(j, i ? '}' : ']');
            json_object(j, NULL);
            json_text(j, "key", sv_of(k->key));
            json_text(j, "name", sv_of(c->lang == LANG_EN ? k->en : k->zh));
            json_array(j, "items");
            open = category;
        }
        json_item(j, &r);
    }
    for (int i = 0; open >= 0 && i < 2; i++)
        json_end(j, i ? '}' : ']');
    json_end(j, ']');
    return rows_end(&r);
}

static const struct field item_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(TEXT, "plain_name"),
    SAYS(CHOICE, "unit", .choices = unit_choices), SAYS(INT, "duration_min"),
    MAY_SAY(MONEY, "price_from"), SAYS(CHOICE, "door", .choices = door_choices), { 0 },
};
static const struct field category_gives[] = {
    SAYS(CHOICE, "key", .choices = category_choices), SAYS(TEXT, "name"),
    SAYS(LIST, "items", .record = item_gives), { 0 },
};
static const struct field catalogue_gives[] = {
    SAYS(LIST, "categories", .record = category_gives), { 0 },
};

static const struct endpoint catalogue_endpoints[] = {
    { .verb = GET, .path = "/api/catalogue", .run = catalogue_get, .lane = READS, .may = MAY_ANYONE,
      .gives = catalogue_gives, .zh = "服务目录",
      .en = "The catalogue by category with the lowest price" },
    { 0 },
};

const struct module catalogue_module = {
    .name = "catalogue",
    .endpoints = catalogue_endpoints,
    .entities = (const struct entity *const[]){ &catalogue_item_entity, NULL },
    .messages = catalogue_messages,
};
