/* centre.c - what a district centre must have, what is known of it, and the figure. */

#include "care/centre/centre.h"

#include "care/figure/figure.h"
#include "care/hours/hours.h"
#include "care/parameter/parameter.h"
#include "care/todo/todo.h"

SQL(centre_function_of);
SQL(figure_centres);

const struct choice function_opens[] = {
    { "unknown", "未核实", "not known" }, { "open", "已开放", "open" },
    { "not_open", "未开放", "not open" }, { 0 },
};

#define R struct required_function
const struct field required_function_fields[] = {
    ROW_FIELDS(R),
    LINK(R, division, "division", .required = true, .filter = true, .create_only = true,
         .zh = "适用区", .en = "District"),
    CHOICE(R, place_kind, place_kinds, .required = true, .filter = true, .brief = true,
           .zh = "网点类型", .en = "Kind of place"),
    FIELD(R, seq, .low = 0, .high = 999, .zh = "序号", .en = "Order"),
    FIELD(R, name, .required = true, .high = 40, .brief = true, .search = true, .zh = "功能",
          .en = "Function"),
    FIELD(R, words, .high = 200, .brief = true, .zh = "看什么", .en = "What one looks at"),
    FIELD(R, checked, .brief = true, .zh = "已与文件核对", .en = "Compared with the document"),
    FIELD(R, valid_from, .required = true, .zh = "自", .en = "From"),
    FIELD(R, valid_to, .zh = "至", .en = "Until"),
    FIELD(R, source, .required = true, .high = 200, .zh = "依据", .en = "Source"),
    FIELD(R, document_no, .high = 60, .zh = "文号", .en = "Document number"),
    { 0 },
};
static const struct index required_indexes[] = {
    { .name = "kind", .columns = "place_kind, scope, seq, id" },
    { .name = "division", .columns = "division, id" }, { 0 },
};
static const struct sort required_sorts[] = { { "seq", "seq", false, "序号", "Order" }, { 0 } };

static enum err required_rules(struct ctx *c, const void *before, void *row)
{
    const R *r = row;
    (void)before;
    if (day_known(r->valid_to) && r->valid_to.n < r->valid_from.n)
        fail_field(c, SV("valid_to"), "days.backwards");
    return fail_fields(c);
}

const struct entity required_function_entity = {
    .name = "required_function", .zh = "中心应有功能", .en = "Function a centre must have",
    .size = sizeof(R), .fields = required_function_fields, .indexes = required_indexes,
    .sorts = required_sorts, .title = "name", .reads = MAY_READ_DIRECTORY,
    .writes = MAY_SET_RULES, .seen_by_all = true, .scope_of = "division", .menu = "catalogue",
    .rules = required_rules,
};
#undef R

#define F struct centre_function
const struct field centre_function_fields[] = {
    ROW_FIELDS(F),
    LINK(F, place, "place", .read_only = true, .filter = true, .brief = true, .zh = "中心",
         .en = "Centre"),
    LINK(F, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    LINK(F, required, "required_function", .read_only = true, .filter = true, .brief = true,
         .zh = "功能", .en = "Function"),
    CHOICE(F, is_open, function_opens, .read_only = true, .filter = true, .brief = true,
           .zh = "核实结果", .en = "As it was seen"),
    FIELD(F, hours, .read_only = true, .high = HOURS_LENGTH_MAX, .zh = "开放时间", .en = "Hours"),
    FIELD(F, verify_until, .read_only = true, .filter = true, .brief = true, .zh = "下次核实",
          .en = "Due again"),
    FIELD(F, verified_at, .read_only = true, .brief = true, .zh = "核实时间", .en = "Seen at"),
    FIELD(F, shown, .read_only = true, .filter = true, .brief = true, .default_sql = "1",
          .zh = "有照片为证", .en = "Shown by a photograph"),
    LINK(F, verified_by, "account", .read_only = true, .zh = "核实人", .en = "Seen by"),
    CHOICE(F, said, function_opens, .read_only = true, .zh = "中心自报", .en = "The centre says"),
    FIELD(F, said_at, .read_only = true, .zh = "自报时间", .en = "Said at"),
    FIELD(F, note, .read_only = true, .high = 300, .many_lines = true, .zh = "情况", .en = "Note"),
    { 0 },
};
static const struct index indexes[] = {
    { .name = "once", .columns = "place, required", .unique = true, .where = "ended_at IS NULL",
      .message = "centre.once" },
    { .name = "open", .columns = "is_open, shown, verify_until, scope, id" },
    { .name = "shown", .columns = "shown, id" },
    { .name = "due", .columns = "verify_until, scope, id" },
    { .name = "org", .columns = "org, id" },
    { .name = "required", .columns = "required, id" },
    { 0 },
};
static const struct sort sorts[] = { { "due", "verify_until", false, "期限", "Due" }, { 0 } };

/* An office's picture shows what it saw; a centre's own picture is kept and shows nothing. */
static enum err filed(struct ctx *c, const void *row, struct sv hash, struct sv type)
{
    F f;
    bool found;
    (void)hash;
    TRY(entity_load(c, &centre_function_entity, ((const F *)row)->id.n, &f, &found));
    if (!found || c->who->org || f.shown || !sv_starts(type, SV("image/")))
        return ERR_NONE;
    f.shown = true;
    return entity_update_by_rule(c, &centre_function_entity, &f, f.row.version, "shown");
}

const struct entity centre_function_entity = {
    .name = "centre_function", .zh = "中心功能核实", .en = "Function of a centre",
    .size = sizeof(F), .fields = centre_function_fields, .indexes = indexes, .sorts = sorts,
    .title = "place", .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY,
    .no_create = true, .no_update = true, .seen_by_all = true, .seen_by_org = "org = $",
    .scope_of = "place", .menu = "places", .files = true, .filed = filed,
};

/* --- noting --- */

MUST static enum err row_of(struct ctx *c, const struct place *p, struct required_function_id id,
                            F *f)
{
    int64_t there = 0;
    bool found;
    TRY(db_int(c, &sql_centre_function_of,
               PARAMS(P_INT("place", p->id.n), P_INT("required", id.n)), &there));
    record_clear(centre_function_fields, f);
    if (there)
        return entity_load(c, &centre_function_entity, there, f, &found);
    f->place = p->id;
    f->org = p->org;
    f->required = id;
    return ERR_NONE;
}

MUST static enum err seen(struct ctx *c, const struct function_note *n, F *f)
{
    int64_t days, photo;
    TRY(parameter_int(c, "centre.verify_days", f->row.scope, day_of(c->now), &days));
    TRY(parameter_int(c, "centre.photo", f->row.scope, day_of(c->now), &photo));
    f->shown = photo == 0;
    f->is_open = n->is_open;
    f->verified_at = c->now;
    f->verified_by = review_me(c);
    f->verify_until.n = day_of(c->now).n + days;
    return ERR_NONE;
}

MUST static enum err check(struct ctx *c, const struct function_note *n, struct place *p)
{
    struct required_function r;
    bool found, required_found;
    TRY(entity_load(c, &place_entity, n->place.n, p, &found));
    TRY(entity_load(c, &required_function_entity, n->required.n, &r, &required_found));
    bool hers = found && (c->who->org ? p->org.n == c->who->org : who_in_scope(c, p->row.scope));
    if (!hers)
        return fail(c, ERR_MISSING, "centre.missing", "no centre %lld here",
                    (long long)n->place.n);
    if (!required_found || r.place_kind != p->kind)
        fail_field(c, SV("required"), "centre.function");
    if (n->is_open == FUNCTION_UNKNOWN)
        fail_field(c, SV("is_open"), "centre.open_or_not");
    const char *fault = n->hours.len ? hours_check(n->hours) : NULL;
    if (fault)
        fail_field(c, SV("hours"), fault);
    if (n->is_open == FUNCTION_OPEN && !n->hours.len)
        fail_field(c, SV("hours"), "centre.hours");
    return fail_fields(c);
}

enum err centre_note(struct ctx *c, const struct function_note *n, F *f)
{
    struct place p;
    TRY(check(c, n, &p));
    TRY(row_of(c, &p, n->required, f));
    f->row.scope = p.row.scope;
    if (c->who->org) {
        f->said = n->is_open;
        f->said_at = c->now;
    } else {
        TRY(seen(c, n, f));
    }
    /* What was seen is not talked away: the centre's own hours count until somebody was there. */
    if (!c->who->org || f->is_open == FUNCTION_UNKNOWN) {
        f->hours = n->hours;
        f->note = n->note;
    }
    return f->id.n ? entity_update_by_rule(c, &centre_function_entity, f, f->row.version,
                                           c->who->org ? "said" : "seen")
                   : entity_create_by_rule(c, &centre_function_entity, f);
}
#undef F

/* --- what it brings to the house --- */

static const struct indicator indicators[] = {
    { .key = "centre_functions", .zh = "区域中心功能开放率", .en = "Functions of centres open",
      .unit_zh = "%", .unit_en = "%", .share = true,
      .definition_zh = "已发布的区域养老服务中心应有的功能中，有人到场核实为开放、有照片且未到期的比例；"
                       "中心自报、没有照片、从未核实和核实到期的都不算开放。应有功能清单见“中心应有功能”",
      .definition_en = "of the functions that published district centres must have, those that "
                       "somebody saw open, with a photograph, and that are not due again; what a "
                       "centre says of itself, what nothing shows, what was never seen and what is "
                       "overdue does not count",
      .sql = &sql_figure_centres, .entity = "centre_function",
      .list = "is_open=open&shown=1&verify_until.from={today}",
      .parts = { { "not_open", "未开放", "not open",
                   "is_open=not_open&verify_until.from={today}" },
                 { "overdue", "核实到期", "due again", "verify_until.to={yesterday}" },
                 { "unshown", "缺照片", "no photograph",
                   "is_open=open&shown=0&verify_until.from={today}" } },
      .watch = "centre.open.watch", .bad = "centre.open.bad" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "centre.verify_days", "180", "day", "中心功能核实多少天后要再核实",
      "Days after which a function of a centre must be seen again", "平台默认值，待核" },
    { "centre.photo", "1", "", "中心功能核实为开放要有照片（1 要，0 不要）",
      "A function seen open needs a photograph (1 yes, 0 no)", "平台默认值，待核" },
    { "centre.open.watch", "90", "%", "区域中心功能开放率低于多少提醒",
      "Functions of centres open: watched at or below", "平台默认值，待核" },
    { "centre.open.bad", "70", "%", "区域中心功能开放率低于多少告警",
      "Functions of centres open: bad at or below", "平台默认值，待核" },
    { 0 },
};

static const struct message messages[] = {
    { "centre.missing", "没有这个中心，或不在您的辖区", "There is no such centre in your area" },
    { "centre.function", "请选择这类网点应有的功能", "Choose a function that such a place must have" },
    { "centre.open_or_not", "请说明开放还是未开放", "Say whether it is open" },
    { "centre.hours", "开放的功能请写开放时间，如 Mo-Fr 08:00-17:00",
      "Give the hours of what is open, such as Mo-Fr 08:00-17:00" },
    { "centre.once", "这项功能已有记录", "There is a row for this function" },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "centre_functions_due", .zh = "中心功能到期待核实", .en = "Functions of centres to see",
      .entity = "centre_function", .list = "verify_until.to={today}", .due = "verify_until",
      .may = RIGHT(MAY_WRITE_DIRECTORY), .not_org = true,
      .shows = "place,required,is_open,verified_at", .weight = TODO_LOW },
    { .key = "centre_functions_unshown", .zh = "中心功能核实缺照片",
      .en = "Functions seen open without a photograph", .entity = "centre_function",
      .list = "is_open=open&shown=0", .may = RIGHT(MAY_WRITE_DIRECTORY),
      .not_org = true, .shows = "place,required,verified_at", .weight = TODO_LOW },
    { 0 },
};

const struct module centre_module = {
    .name = "centre",
    .entities = (const struct entity *const[]){ &required_function_entity,
                                                &centre_function_entity, NULL },
    .endpoints = centre_endpoints, .indicators = indicators, .parameters = parameters,
    .messages = messages, .todos = todos,
};
