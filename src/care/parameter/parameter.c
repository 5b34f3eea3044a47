/* parameter.c - policy parameters: dated, placed, with source. */

#include "care/parameter/parameter.h"

SQL(parameter_value);
SQL(parameter_has);

const struct choice parameter_statuses[] = {
    { "unchecked", "待核", "unchecked" }, { "checked", "已核", "checked" }, { 0 },
};

const struct field parameter_fields[] = {
    ROW_FIELDS(struct parameter),
    FIELD(struct parameter, name, .required = true, .create_only = true, .filter = true,
          .brief = true, .high = 80, .zh = "参数", .en = "Name"),
    FIELD(struct parameter, value, .required = true, .brief = true, .zh = "取值", .en = "Value"),
    FIELD(struct parameter, unit, .brief = true, .high = 20, .zh = "单位", .en = "Unit"),
    LINK(struct parameter, division, "division", .create_only = true, .filter = true,
         .brief = true, .zh = "适用区划", .en = "Division"),
    FIELD(struct parameter, valid_from, .required = true, .brief = true, .zh = "生效日期",
          .en = "Valid from"),
    FIELD(struct parameter, valid_to, .zh = "失效日期", .en = "Valid to"),
    FIELD(struct parameter, source, .required = true, .high = 300, .zh = "依据", .en = "Source",
          .hint_zh = "文件名称", .hint_en = "title of the document"),
    FIELD(struct parameter, document_no, .high = 80, .zh = "文号", .en = "Document number",
          .hint_zh = "如 民发〔2021〕51号；没有文号写“无文号”",
          .hint_en = "as printed; when it has none, say so"),
    FIELD(struct parameter, article, .high = 80, .zh = "条款", .en = "Article",
          .hint_zh = "如 第三条第二款", .hint_en = "article and paragraph"),
    CHOICE(struct parameter, status, parameter_statuses, .read_only = true, .brief = true,
           .filter = true, .zh = "核对", .en = "Status"),
    LINK(struct parameter, checked_by, "account", .read_only = true, .zh = "核对人",
         .en = "Checked by"),
    FIELD(struct parameter, checked_at, .read_only = true, .zh = "核对时间", .en = "Checked at"),
    LINK(struct parameter, entered_by, "account", .read_only = true, .zh = "录入人",
         .en = "Entered by"),
    LINK(struct parameter, replaces, "parameter", .read_only = true, .zh = "更正的版本",
         .en = "Corrects"),
    FIELD(struct parameter, reason, .high = 200, .zh = "原因", .en = "Reason",
          .hint_zh = "生效日期早于今天时必填", .hint_en = "needed when it begins in the past"),
    FIELD(struct parameter, gap_reason, .high = 200, .zh = "空档说明", .en = "Why there is a gap",
          .hint_zh = "与前一版本之间有空档时必填", .hint_en = "when days before it have no version"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "name", .columns = "name, scope, valid_from, id" },
    { .name = "division", .columns = "division, id" },
    { .name = "status", .columns = "status, id" },
    { .name = "replaces", .columns = "replaces, id", .where = "replaces IS NOT NULL" },
    { .name = "once", .columns = "name, scope, valid_from", .unique = true,
      .where = "ended_at IS NULL", .message = "parameter.taken" },
    { 0 },
};

static const struct sort sorts[] = { { "name", "name", false, "参数", "Name" }, { 0 } };

static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct parameter *p = row;
    if (!before && !parameter_default_of(c->house, p->name))
        fail_field(c, SV("name"), "parameter.unknown");
    if (day_known(p->valid_to) && day_known(p->valid_from) && p->valid_to.n < p->valid_from.n)
        fail_field(c, SV("valid_to"), "days.backwards");
    TRY(fail_fields(c));
    if (!before && c->who)
        p->entered_by.n = c->who->account;
    return version_rules(c, before, p);
}

const struct entity parameter_entity = {
    .name = "parameter", .zh = "政策参数", .en = "Policy parameter",
    .size = sizeof(struct parameter), .fields = parameter_fields, .indexes = indexes,
    .sorts = sorts, .title = "name", .seen_by_all = true, .scope_of = "division",
    .reads = MAY_SIGNED_IN, .writes = MAY_SET_RULES, .rules = rules,
    .follow = version_follow, .menu = "setup",
};

/* --- asking --- */

const struct parameter_default *parameter_default_of(const struct house *h, struct sv name)
{
    for (const struct module *const *m = h ? h->modules : NULL; m && *m; m++)
        for (const struct parameter_default *p = (*m)->parameters; p && p->name; p++)
            if (sv_is(name, p->name))
                return p;
    return NULL;
}

enum err parameter_held(struct ctx *c, const char *name, int64_t scope, struct day day,
                        struct parameter_held *ret_held)
{
    int64_t up[DIVISION_CHAIN_MAX] = { 0 };
    if (scope == 0)
        TRY(division_of_house(c, &scope));
    division_chain(scope, up);
    struct params p = PARAMS(P_TEXT("name", sv_of(name)), P_INT("day", day.n),
                             P_INT("a", up[0]), P_INT("b", up[1]), P_INT("c", up[2]),
                             P_INT("d", up[3]), P_INT("e", up[4]));
    struct rows rows = db_rows(c, &sql_parameter_value, p);
    struct parameter_held held = { .since = DAY_NONE };
    bool found = rows_next(&rows);
    if (found)
        held = (struct parameter_held){ rows_text(&rows, 0), rows_int(&rows, 1),
                                        rows_int(&rows, 2), { rows_int(&rows, 3) } };
    TRY(rows_end(&rows));
    const struct parameter_default *d = found ? NULL : parameter_default_of(c->house, sv_of(name));
    if (!found && !d)
        return fail(c, ERR_BROKEN, "parameter.unknown", "no module declares parameter %s", name);
    if (!found)
        held.value = sv_of(d->value);
    *ret_held = held;
    return ERR_NONE;
}

enum err parameter_text(struct ctx *c, const char *name, int64_t scope, struct day day,
                        struct sv *ret_value)
{
    struct parameter_held held;
    TRY(parameter_held(c, name, scope, day, &held));
    *ret_value = held.value;
    return ERR_NONE;
}

enum err parameter_int(struct ctx *c, const char *name, int64_t scope, struct day day,
                       int64_t *ret_n)
{
    struct sv value;
    TRY(parameter_text(c, name, scope, day, &value));
    if (!sv_int(value, -(INT64_C(1) << 53), INT64_C(1) << 53, ret_n))
        return fail(c, ERR_BROKEN, "parameter.form", "parameter %s is no integer", name);
    return ERR_NONE;
}

enum err parameter_money(struct ctx *c, const char *name, int64_t scope, struct day day,
                         struct money *ret_money)
{
    struct sv value;
    TRY(parameter_text(c, name, scope, day, &value));
    if (!sv_fixed(value, 2, -(INT64_C(1) << 50), INT64_C(1) << 50, &ret_money->fen))
        return fail(c, ERR_BROKEN, "parameter.form", "parameter %s is no sum of money", name);
    return ERR_NONE;
}

MUST static enum err seed_one(struct ctx *c, const struct parameter_default *d, int64_t *added)
{
    int64_t there = 0;
    TRY(db_int(c, &sql_parameter_has, PARAMS(P_TEXT("name", sv_of(d->name))), &there));
    if (there)
        return ERR_NONE;
    struct parameter row = {
        .name = sv_of(d->name), .value = sv_of(d->value), .unit = sv_of(d->unit),
        .valid_from = day_civil(2024, 1, 1), .valid_to = DAY_NONE,
        .source = d->source ? sv_of(d->source) : SV("系统默认值，待核"),
        .status = PARAMETER_UNCHECKED,
    };
    ++*added;
    return entity_create(c, &parameter_entity, &row);
}

enum err parameter_seed(struct ctx *c, int64_t *ret_added)
{
    *ret_added = 0;
    for (const struct module *const *m = c->house->modules; *m; m++)
        for (const struct parameter_default *p = (*m)->parameters; p && p->name; p++)
            TRY(seed_one(c, p, ret_added));
    return ERR_NONE;
}

static const struct message messages[] = {
    { "parameter.unknown", "没有这个参数，请从列表里选", "there is no such parameter; take one of the list" },
    { "parameter.form", "参数的取值格式不对，请联系系统管理员", "a policy parameter has a value of the wrong form" },
    { "parameter.taken", "该区划从这一天起已有一个版本；改它请用“更正”，或换一个生效日期",
      "a version begins on that day already; correct that one, or choose another day" },
    { "parameter.no_division", "请选择适用区划：没有区划的版本是系统初始值，不能由本人设置",
      "choose the division it holds in: what holds everywhere is what the house began with" },
    { "parameter.not_number", "取值须是数字，如 {0}", "the value must be a number, like {0}" },
    { "parameter.overlap_after", "与 {0} 起的版本重叠：请把失效日期填到 {0} 之前",
      "it overlaps the version from {0}: let it end before {0}" },
    { "parameter.overlap_before", "与 {0} 至 {1} 的版本重叠：生效日期须晚于 {1}",
      "it overlaps the version of {0} to {1}: let it begin after {1}" },
    { "parameter.gap", "{0} 至 {1} 没有任何版本：请说明为什么有空档，或提前生效日期",
      "no version holds from {0} to {1}: say why, or let it begin earlier" },
    { "parameter.gap_after", "{0} 至 {1} 将没有任何版本：请推迟失效日期，或先在后一版本写明空档原因",
      "no version would hold from {0} to {1}: end it later, or let the next one say why" },
    { "parameter.past", "已经生效的内容不能修改，请用“更正”生成新版本并写明原因",
      "what holds already is not edited: correct it, with a reason" },
    { "parameter.past_end", "失效日期不能早于今天；过去的时间请用“更正”",
      "it cannot end before today; correct it to change the past" },
    { "parameter.past_reason", "生效日期在过去，会改变已经适用的取值：请写明原因",
      "it begins in the past and changes what has applied: say why" },
    { "parameter.checked_already", "这个版本已经核对过", "this version is checked already" },
    { "parameter.no_document", "请填文号；没有文号的写“无文号”",
      "give the document's number; when it has none, say so" },
    { "parameter.held_already", "这个版本已经生效，不能撤回；请用“更正”或填失效日期",
      "this version holds already: correct it, or give it an end" },
    { 0 },
};

static const struct entity *const entities[] = { &parameter_entity, NULL };

const struct module parameter_module = {
    .name = "parameter", .entities = entities, .messages = messages,
    .endpoints = parameter_endpoints,
};
