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
    FIELD(struct parameter, source, .required = true, .high = 300, .zh = "依据", .en = "Source"),
    CHOICE(struct parameter, status, parameter_statuses, .brief = true, .filter = true,
           .zh = "核对", .en = "Status"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "name", .columns = "name, scope, valid_from, id" },
    { .name = "division", .columns = "division, id" },
    { .name = "status", .columns = "status, id" },
    { .name = "once", .columns = "name, scope, valid_from", .unique = true,
      .where = "ended_at IS NULL", .message = "parameter.taken" },
    { 0 },
};

static const struct sort sorts[] = { { "name", "name", false, "参数", "Name" }, { 0 } };

static enum err rules(struct ctx *c, const void *before, void *row)
{
    const struct parameter *p = row;
    if (!before && !parameter_default_of(c->house, p->name))
        fail_field(c, SV("name"), "parameter.unknown");
    if (day_known(p->valid_to) && day_known(p->valid_from) && p->valid_to.n < p->valid_from.n)
        fail_field(c, SV("valid_to"), "days.backwards");
    return fail_fields(c);
}

const struct entity parameter_entity = {
    .name = "parameter", .zh = "政策参数", .en = "Policy parameter",
    .size = sizeof(struct parameter), .fields = parameter_fields, .indexes = indexes,
    .sorts = sorts, .title = "name", .seen_by_all = true, .scope_of = "division",
    .reads = MAY_SIGNED_IN, .writes = MAY_SET_RULES, .rules = rules, .menu = "setup",
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

enum err parameter_text(struct ctx *c, const char *name, int64_t scope, struct day day,
                        struct sv *ret_value)
{
    int64_t up[DIVISION_CHAIN_MAX] = { 0 };
    division_chain(scope, up);
    struct params p = PARAMS(P_TEXT("name", sv_of(name)), P_INT("day", day.n),
                             P_INT("a", up[0]), P_INT("b", up[1]), P_INT("c", up[2]),
                             P_INT("d", up[3]), P_INT("e", up[4]));
    struct rows rows = db_rows(c, &sql_parameter_value, p);
    struct sv value = SV("");
    bool found = rows_next(&rows);
    if (found)
        value = rows_text(&rows, 0);
    TRY(rows_end(&rows));
    const struct parameter_default *d = found ? NULL : parameter_default_of(c->house, sv_of(name));
    if (!found && !d)
        return fail(c, ERR_BROKEN, "parameter.unknown", "no module declares parameter %s", name);
    *ret_value = found ? value : sv_of(d->value);
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
    { "parameter.taken", "这个参数在该区划、该日期已有一条", "this parameter has a row for that division and day" },
    { 0 },
};

static const struct entity *const entities[] = { &parameter_entity, NULL };

const struct module parameter_module = {
    .name = "parameter", .entities = entities, .messages = messages,
};
