/* page.c - what is asked of parameters: their names, and one name's versions side by side. */

#include "care/parameter/parameter.h"
#include "http/describe/gives.h"
#include "http/generic.h"

#include <stdlib.h>
#include <string.h>

SQL(parameter_names);

/* Where the caller stands: the innermost place that all of her area lies in. */
static int64_t area_of(const struct ctx *c)
{
    return c->who->ranges_n ? c->who->ranges[0].low : 0;
}

static void put_label(struct ctx *c, struct json *j, const struct parameter_default *d)
{
    json_text(j, "name", sv_of(d->name));
    json_text(j, "title", sv_of(c->lang == LANG_EN ? d->en : d->zh));
    json_text(j, "unit", sv_of(d->unit));
    json_text(j, "default_value", sv_of(d->value));
    json_text(j, "default_source", sv_of(d->source ? d->source : ""));
}

/* --- all names --- */

struct counted { struct sv name; int64_t versions, unchecked, places, next; };

MUST static enum err count_names(struct ctx *c, struct counted **ret_at, size_t *ret_n)
{
    struct counted *at = NULL;
    size_t n = 0, room = 0;
    struct rows r = db_rows(c, &sql_parameter_names, PARAMS(P_INT("day", day_of(c->now).n)));
    while (rows_next(&r)) {
        at = GROW(&c->mem, at, n, &room);
        at[n++] = (struct counted){ rows_text(&r, 0), rows_int(&r, 1), rows_int(&r, 2),
                                    rows_int(&r, 3), rows_int(&r, 4) };
    }
    *ret_at = at;
    *ret_n = n;
    return rows_end(&r);
}

MUST static enum err put_name(struct ctx *c, struct json *j, const struct parameter_default *d,
                              const struct counted *k)
{
    struct parameter_held held;
    TRY(parameter_held(c, d->name, area_of(c), day_of(c->now), &held));
    json_object(j, NULL);
    put_label(c, j, d);
    json_text(j, "value", held.value);
    json_int(j, "versions", k ? k->versions : 0);
    json_int(j, "unchecked", k ? k->unchecked : 0);
    json_int(j, "places", k ? k->places : 0);
    if (k && k->next)
        json_day(j, "next", (struct day){ k->next });
    json_end(j, '}');
    return ERR_NONE;
}

static enum err names(struct ctx *c, const struct request *q, struct answer *a)
{
    struct counted *at;
    size_t n;
    (void)q;
    TRY(count_names(c, &at, &n));
    json_array(&a->json, "names");
    for (const struct module *const *m = c->house->modules; *m; m++)
        for (const struct parameter_default *d = (*m)->parameters; d && d->name; d++) {
            const struct counted *k = NULL;
            for (size_t i = 0; i < n && !k; i++)
                k = sv_is(at[i].name, d->name) ? &at[i] : NULL;
            TRY(put_name(c, &a->json, d, k));
        }
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- one name --- */

struct asked { struct sv name; struct division_id division; struct day on, against; };

static const struct field asked_fields[] = {
    FIELD(struct asked, name, .required = true, .high = 80, .zh = "参数", .en = "Name"),
    LINK(struct asked, division, "division", .zh = "区划（不填为本人辖区）",
         .en = "Where; your own area when not given"),
    FIELD(struct asked, on, .zh = "日期（不填为今天）", .en = "On this day; today when not given"),
    FIELD(struct asked, against, .zh = "对比日期", .en = "And on this one"),
    { 0 },
};

static int by_place_and_day(const void *a, const void *b)
{
    const struct parameter *x = a, *y = b;
    if (x->row.scope != y->row.scope)
        return x->row.scope < y->row.scope ? -1 : 1;
    if (x->valid_from.n != y->valid_from.n)
        return x->valid_from.n < y->valid_from.n ? -1 : 1;
    return x->id.n < y->id.n ? -1 : 1;
}

MUST static enum err put_place(struct ctx *c, struct json *j, int64_t scope)
{
    struct sv path = c->lang == LANG_EN ? SV("everywhere (what the house began with)")
                                        : SV("全部区划（系统初始值）");
    if (scope)
        TRY(division_path(c, scope, &path));
    json_text(j, "place", path);
    return ERR_NONE;
}

/* Days between two versions that no version holds, and the reason the later one gives. */
static void put_gaps(struct json *j, const struct parameter *p, size_t n)
{
    const struct parameter *last = NULL;
    json_array(j, "gaps");
    for (size_t i = 0; i < n; i++) {
        if (moment_known(p[i].row.ended_at))
            continue;
        if (last && day_known(last->valid_to) && last->valid_to.n + 1 < p[i].valid_from.n) {
            json_object(j, NULL);
            json_day(j, "from", (struct day){ last->valid_to.n + 1 });
            json_day(j, "to", (struct day){ p[i].valid_from.n - 1 });
            json_text(j, "reason", p[i].gap_reason);
            json_end(j, '}');
        }
        last = &p[i];
    }
    json_end(j, ']');
}

MUST static enum err put_column(struct ctx *c, struct json *j, struct parameter *p, size_t n)
{
    bool sets = who_may(c, MAY_SET_RULES);
    struct page page = { .rows = p, .n = n, .total = -1 };
    json_object(j, NULL);
    TRY(put_place(c, j, p->row.scope));
    if (p->division.n)
        json_id(j, "division", p->division.n);
    json_bool(j, "may_set", sets && who_in_scope(c, p->row.scope));
    entity_page_json(c, j, "versions", &parameter_entity, &page, false);
    put_gaps(j, p, n);
    json_end(j, '}');
    return ERR_NONE;
}

MUST static enum err put_columns(struct ctx *c, struct json *j, struct sv name)
{
    struct page all;
    struct query q = {
        .filters = { { field_named(parameter_fields, SV("name")), '=', name } },
        .filters_n = 1, .size = LIST_SIZE_MAX, .ended = true,
    };
    TRY(entity_list(c, &parameter_entity, &q, &all));
    struct parameter *p = all.rows;
    if (all.n)
        qsort(p, all.n, sizeof *p, by_place_and_day);
    json_array(j, "columns");
    for (size_t i = 0, k; i < all.n; i = k) {
        for (k = i; k < all.n && p[k].row.scope == p[i].row.scope; k++)
            ;
        TRY(put_column(c, j, p + i, k - i));
    }
    json_end(j, ']');
    json_bool(j, "whole", all.next.len == 0);
    return ERR_NONE;
}

MUST static enum err put_held(struct ctx *c, struct json *j, const char *name, int64_t scope,
                              struct day day)
{
    struct parameter_held held;
    TRY(parameter_held(c, name, scope, day, &held));
    json_object(j, NULL);
    json_day(j, "day", day);
    json_text(j, "value", held.value);
    if (held.id) {
        json_id(j, "version", held.id);
        json_day(j, "since", held.since);
        TRY(put_place(c, j, held.scope));
    }
    json_end(j, '}');
    return ERR_NONE;
}

static enum err versions(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct asked *in = q->query;
    const struct parameter_default *d = parameter_default_of(c->house, in->name);
    struct division at;
    int64_t scope = area_of(c);
    if (!d) {
        fail_field(c, SV("name"), "parameter.unknown");
        return fail_fields(c);
    }
    if (in->division.n) {
        TRY(entity_get(c, &division_entity, in->division.n, &at));
        scope = at.row.scope;
    }
    put_label(c, &a->json, d);
    TRY(put_columns(c, &a->json, in->name));
    json_array(&a->json, "held");
    TRY(put_held(c, &a->json, d->name, scope, day_known(in->on) ? in->on : day_of(c->now)));
    if (day_known(in->against))
        TRY(put_held(c, &a->json, d->name, scope, in->against));
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- what they give --- */

#define LABEL_SAYS                                                                     \
    SAYS(TEXT, "name"), SAYS(TEXT, "title"), SAYS(TEXT, "unit"),                       \
    SAYS(TEXT, "default_value"), SAYS(TEXT, "default_source")

static const struct field name_gives[] = {
    LABEL_SAYS, SAYS(TEXT, "value"), SAYS(INT, "versions"), SAYS(INT, "unchecked"),
    SAYS(INT, "places"), MAY_SAY(DAY, "next"), { 0 },
};
static const struct field names_gives[] = { SAYS(LIST, "names", .record = name_gives), { 0 } };
static const struct field gap_gives[] = {
    SAYS(DAY, "from"), SAYS(DAY, "to"), SAYS(TEXT, "reason"), { 0 },
};
static const struct field column_gives[] = {
    SAYS(TEXT, "place"), MAY_SAY(ID, "division"), SAYS(BOOL, "may_set"),
    SAYS(LIST, "versions", .links = "parameter"), SAYS(LIST, "gaps", .record = gap_gives), { 0 },
};
static const struct field held_gives[] = {
    SAYS(DAY, "day"), SAYS(TEXT, "value"), MAY_SAY(ID, "version"), MAY_SAY(DAY, "since"),
    MAY_SAY(TEXT, "place"), { 0 },
};
static const struct field versions_gives[] = {
    LABEL_SAYS, SAYS(LIST, "columns", .record = column_gives), SAYS(BOOL, "whole"),
    SAYS(LIST, "held", .record = held_gives), { 0 },
};
static const struct field one_gives[] = { SAYS(RECORD, "parameter", .links = "parameter"), { 0 } };

const struct endpoint parameter_endpoints[] = {
    { .verb = GET, .path = "/api/parameter/names", .run = names, .lane = READS,
      .may = MAY_SIGNED_IN, .gives = names_gives, .zh = "全部政策参数",
      .en = "Every policy parameter" },
    { .verb = GET, .path = "/api/parameter/versions", .run = versions, .lane = READS,
      .may = MAY_SIGNED_IN, .query = asked_fields, .query_size = sizeof(struct asked),
      .gives = versions_gives, .zh = "一个参数的各版本对照",
      .en = "A parameter's versions side by side" },
    { .verb = POST, .path = "/api/parameter/{id}/check", .run = version_check, .lane = WRITES,
      .may = MAY_SET_RULES, .takes = version_check_fields,
      .takes_size = sizeof(struct version_check), .gives = one_gives, .zh = "核对参数版本",
      .en = "Check a version against its document" },
    { .verb = POST, .path = "/api/parameter/{id}/correct", .run = version_correct, .lane = WRITES,
      .may = MAY_SET_RULES, .takes = version_correction_fields,
      .takes_size = sizeof(struct version_correction), .gives = one_gives, .zh = "更正参数版本",
      .en = "Correct a version" },
    { .verb = POST, .path = "/api/parameter/{id}/withdraw", .run = version_withdraw,
      .lane = WRITES, .may = MAY_SET_RULES, .takes = version_withdrawal_fields,
      .takes_size = sizeof(struct version_withdrawal), .gives = one_gives,
      .zh = "撤回未生效的版本", .en = "Withdraw a version that does not hold yet" },
    { 0 },
};
