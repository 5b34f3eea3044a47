/* json_read.c - members and cells into records, through their field tables. */

#include "base/json.h"

#include <math.h>

/* One value on its way into a member; `name` is the field's path for faults. */
struct entry {
    struct ctx         *c;
    const struct field *f;
    struct sv           name;
    void               *record;
};

static bool note(const struct entry *e, const char *key)
{
    fail_field(e->c, e->name, key);
    return false;
}

/* People paste ideographic spaces too. */
static struct sv trim_wide(struct sv s)
{
    static const struct sv wide = SV_INIT("\u3000");
    for (size_t before = s.len + 1; s.len < before;) {
        before = s.len;
        s = sv_trim(s);
        if (sv_starts(s, wide))
            s = sv_from(s, wide.len);
        if (sv_ends(s, wide))
            s.len -= wide.len;
    }
    return s;
}

/* --- from text, JSON's or a cell's --- */

static bool note_choice(const struct entry *e)
{
    struct buf b = buf_new(&e->c->mem, 128);
    const struct choice *list = e->f->choices;
    bool zh = e->c->lang == LANG_ZH;
    for (int i = 0; list[i].key && i < 12; i++) {
        const char *label = zh ? list[i].zh : list[i].en;
        buf_text(&b, i == 0 ? "" : zh ? "、" : ", ");
        buf_text(&b, label ? label : list[i].key);
        if (label)
            buf_fmt(&b, " (%s)", list[i].key);
    }
    fail_field_args(e->c, e->name, "field.choice", buf_sv(&b), SV(""));
    return false;
}

static bool take_text(const struct entry *e, struct sv s)
{
    if (!sv_utf8(s))
        return note(e, "field.not_text");
    field_set_text(e->f, e->record, sv_copy(&e->c->mem, trim_wide(s)));
    return true;
}

static bool take_degrees(const struct entry *e, struct sv s)
{
    int64_t e7;
    double degrees;
    if (!sv_fixed(s, 7, INT64_MIN, INT64_MAX, &e7)) {
        if (!sv_real(s, -1000, 1000, &degrees))          /* 1e-7 is a number too */
            return note(e, "field.not_number");
        e7 = llround(degrees * 1e7);
    }
    field_set_int(e->f, e->record, e7);
    return true;
}

static bool take_whole(const struct entry *e, struct sv s)
{
    int64_t n;
    if (!sv_int(s, INT64_MIN, INT64_MAX, &n))
        return note(e, e->f->code                 ? "field.not_code"
                       : e->f->kind == KIND_MONEY ? "field.not_money"
                                                  : "field.not_whole");
    field_set_int(e->f, e->record, n);
    return true;
}

static bool take_real(const struct entry *e, struct sv s)
{
    double n;
    if (!sv_real(s, -1e300, 1e300, &n))
        return note(e, "field.not_number");
    field_set_real(e->f, e->record, n);
    return true;
}

static bool take_id(const struct entry *e, struct sv s)
{
    int64_t n;
    if (!sv_int(s, 1, INT64_MAX, &n))
        return note(e, "field.not_id");
    field_set_int(e->f, e->record, n);
    return true;
}

static bool take_moment(const struct entry *e, struct sv s)
{
    struct moment m;
    if (!sv_moment(s, &m))
        return note(e, "field.not_moment");
    field_set_int(e->f, e->record, m.ms);
    return true;
}

static bool take_day(const struct entry *e, struct sv s)
{
    struct day d;
    if (!sv_day(s, &d))
        return note(e, "field.not_day");
    field_set_int(e->f, e->record, d.n);
    return true;
}

static bool clear(const struct entry *e)
{
    if (e->f->required)
        return note(e, "field.required");
    field_clear(e->f, e->record);
    return true;
}

/* --- from JSON --- */

static void read_members(struct ctx *c, const struct json_value *object, struct sv path,
                         const struct field *fields, bool create, void *record, bool *given);

static bool read_set(const struct entry *e, const struct json_value *v)
{
    uint64_t bits = 0;
    int index;
    if (v->kind != JSON_ARRAY)
        return note(e, "field.not_list");
    for (const struct json_value *of = v->first; of; of = of->next) {
        if (of->kind != JSON_TEXT || !choice_of(e->f->choices, of->text, &index))
            return note_choice(e);
        bits |= (uint64_t)1 << index;
    }
    field_set_int(e->f, e->record, (int64_t)bits);
    return true;
}

static bool read_choice(const struct entry *e, const struct json_value *v)
{
    int index;
    if (v->kind != JSON_TEXT || !choice_of(e->f->choices, v->text, &index))
        return note_choice(e);
    field_set_int(e->f, e->record, index);
    return true;
}

static bool read_record(const struct entry *e, const struct json_value *v, bool create)
{
    if (v->kind != JSON_OBJECT)
        return note(e, "field.not_object");
    void *nested = (char *)e->record + e->f->offset;
    read_members(e->c, v, e->name, e->f->record, create, nested, NULL);
    return true;
}

/* A value that stands in JSON as a string. */
static bool read_string(const struct entry *e, const struct json_value *v, const char *else_key,
                        bool (*taker)(const struct entry *e, struct sv s))
{
    if (v->kind != JSON_TEXT)
        return note(e, else_key);
    struct sv s = trim_wide(v->text);
    return s.len == 0 ? clear(e) : taker(e, s);
}

static bool read_number(const struct entry *e, const struct json_value *v,
                        bool (*taker)(const struct entry *e, struct sv s))
{
    if (v->kind != JSON_NUMBER)
        return note(e, "field.not_number");
    return taker(e, v->text);
}

static bool read_value(const struct entry *e, const struct json_value *v, bool create)
{
    if (v->kind == JSON_NULL)
        return clear(e);
    switch (e->f->kind) {
    case KIND_BOOL:
        if (v->kind != JSON_BOOL)
            return note(e, "field.not_yes_no");
        field_set_int(e->f, e->record, v->yes);
        return true;
    case KIND_INT:
    case KIND_OPT_INT:
    case KIND_MONEY:
        return e->f->code ? read_string(e, v, "field.not_code", take_whole)
                          : read_number(e, v, take_whole);
    case KIND_REAL:
        return read_number(e, v, take_real);
    case KIND_DEGREES:
        return read_number(e, v, take_degrees);
    case KIND_TEXT:
        return read_string(e, v, "field.not_text", take_text);
    case KIND_ID:
    case KIND_LINK:
        return read_string(e, v, "field.not_id", take_id);
    case KIND_MOMENT:
        return read_string(e, v, "field.not_moment", take_moment);
    case KIND_DAY:
        return read_string(e, v, "field.not_day", take_day);
    case KIND_CHOICE:
        return read_choice(e, v);
    case KIND_SET:
        return read_set(e, v);
    case KIND_JSON:
        field_set_text(e->f, e->record, sv_copy(&e->c->mem, v->source));
        return true;
    case KIND_RECORD:
        return read_record(e, v, create);
    default:
        return note(e, "field.read_only");
    }
}

static void read_members(struct ctx *c, const struct json_value *object, struct sv path,
                         const struct field *fields, bool create, void *record, bool *given)
{
    for (const struct json_value *v = object->first; v; v = v->next) {
        struct sv name = v->name;
        if (path.len)
            name = sv_fmt(&c->mem, "%.*s.%.*s", SV_ARG(path), SV_ARG(v->name));
        const struct field *f = field_named(fields, v->name);
        struct entry e = { c, f, name, record };
        if (!f || f->hidden)
            note(&e, "field.unknown");
        else if (f->read_only || f->kind == KIND_LIST)
            note(&e, "field.read_only");
        else if (f->create_only && !create)
            note(&e, "field.create_only");
        else if (read_value(&e, v, create) && f->kind != KIND_RECORD)
            field_check(c, f, name, record);
        if (f && given)
            given[f - fields] = true;
    }
}

enum err json_read(struct ctx *c, const struct json_value *object, const struct field *fields,
                   bool create, void *record, bool *given)
{
    if (!object || object->kind != JSON_OBJECT)
        return fail(c, ERR_MALFORMED, "json.not_object", "the body is no JSON object");
    read_members(c, object, SV(""), fields, create, record, given);
    return fail_fields(c);
}

/* --- from a cell or a query parameter --- */

static bool parse_bool(const struct entry *e, struct sv s)
{
    static const char *const yes[] = { "true", "1", "yes", "是" };
    static const char *const no[] = { "false", "0", "no", "否" };
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        if (sv_is(s, yes[i]) || sv_is(s, no[i])) {
            field_set_int(e->f, e->record, sv_is(s, yes[i]));
            return true;
        }
    }
    return note(e, "field.not_yes_no");
}

static bool parse_choice(const struct entry *e, struct sv s)
{
    int index;
    if (!choice_meant(e->f->choices, s, &index))
        return note_choice(e);
    field_set_int(e->f, e->record, index);
    return true;
}

static bool parse_set(const struct entry *e, struct sv s)
{
    uint64_t bits = 0;
    struct sv part;
    int index;
    while (sv_cut(&s, ',', &part)) {
        if (!choice_meant(e->f->choices, trim_wide(part), &index))
            return note_choice(e);
        bits |= (uint64_t)1 << index;
    }
    field_set_int(e->f, e->record, (int64_t)bits);
    return true;
}

static bool parse_json(const struct entry *e, struct sv s)
{
    const struct json_value *tree;
    struct ctx *c = e->c;
    bool first = c->fault.kind == ERR_NONE;
    if (json_parse(c, s, &tree) != ERR_NONE) {
        if (first)
            c->fault.kind = ERR_NONE;                    /* the cell is at fault, not the call */
        return note(e, "field.not_json");
    }
    field_set_text(e->f, e->record, sv_copy(&c->mem, tree->source));
    return true;
}

bool field_parse(struct ctx *c, const struct field *f, struct sv value, void *record)
{
    static bool (*const takers[])(const struct entry *e, struct sv s) = {
        [KIND_BOOL] = parse_bool, [KIND_INT] = take_whole, [KIND_OPT_INT] = take_whole,
        [KIND_REAL] = take_real, [KIND_TEXT] = take_text, [KIND_ID] = take_id,
        [KIND_LINK] = take_id, [KIND_CHOICE] = parse_choice, [KIND_SET] = parse_set,
        [KIND_MONEY] = take_whole, [KIND_MOMENT] = take_moment, [KIND_DAY] = take_day,
        [KIND_DEGREES] = take_degrees, [KIND_JSON] = parse_json,
        [KIND_LIST] = NULL, [KIND_RECORD] = NULL,
    };
    struct entry e = { c, f, sv_of(f->name), record };
    struct sv s = trim_wide(value);
    if (!takers[f->kind])
        return note(&e, "field.not_object");
    if (s.len == 0)
        return clear(&e);
    return takers[f->kind](&e, s) && field_check(c, f, e.name, record);
}
