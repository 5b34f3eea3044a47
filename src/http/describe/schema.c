/* schema.c - JSON schemas from field tables. */

#include "http/describe/schema.h"

#include "http/generic.h"

void schema_text(struct json *j, const char *name, const char *value)
{
    json_text(j, name, sv_of(value));
}

void schema_type(struct json *j, const char *type, const char *format)
{
    schema_text(j, "type", type);
    if (format)
        schema_text(j, "format", format);
}

static void put_enum(struct json *j, const struct choice *choices)
{
    schema_text(j, "type", "string");
    json_array(j, "enum");
    for (const struct choice *one = choices; one->key; one++)
        schema_text(j, NULL, one->key);
    json_end(j, ']');
}

void schema_ref(struct json *j, const char *name, const char *to, const char *suffix)
{
    json_object(j, name);
    json_text(j, "$ref", sv_fmt(j->out->mem, "#/components/schemas/%s%s", to, suffix));
    json_end(j, '}');
}

/* Rows of an entity by reference, records in place, else texts. */
static void put_items(struct json *j, const struct field *f, enum side side)
{
    if (f->links) {
        schema_ref(j, "items", f->links, "");
    } else if (f->record) {
        schema_record(j, "items", f->record, side);
    } else {
        json_object(j, "items");
        schema_text(j, "type", "string");
        json_end(j, '}');
    }
}

static void put_list(struct json *j, const struct field *f, enum side side)
{
    schema_text(j, "type", "array");
    if (f->kind == KIND_LIST) {
        put_items(j, f, side);
        return;
    }
    json_bool(j, "uniqueItems", true);
    json_object(j, "items");
    put_enum(j, f->choices);
    json_end(j, '}');
}

/* JSON whose taker reads its elements by a table, one by one. */
static void put_elements(struct json *j, const struct field *f, enum side side)
{
    if (!f->record)
        return;
    schema_text(j, "type", "array");
    schema_record(j, "items", f->record, side);
}

static void put_range(struct json *j, const struct field *f, enum side side)
{
    bool text = f->kind == KIND_TEXT;
    if ((f->low == 0 && f->high == 0) || (text && side == GIVEN))
        return;                               /* a masked text may be longer or shorter */
    if (f->low || !text)
        json_int(j, text ? "minLength" : "minimum", f->low);
    json_int(j, text ? "maxLength" : "maximum", f->high);
}

void schema_kind(struct json *j, const struct field *f, enum side side)
{
    switch (f->kind) {
    case KIND_BOOL:    schema_type(j, "boolean", NULL); break;
    case KIND_INT:     if (f->code) { schema_type(j, "string", NULL); break; }
                       /* fall through */
    case KIND_OPT_INT: schema_type(j, "integer", "int64"); put_range(j, f, side); break;
    case KIND_MONEY:   schema_type(j, "integer", "int64"); put_range(j, f, side); break;
    case KIND_REAL:
    case KIND_DEGREES: schema_type(j, "number", NULL); break;
    case KIND_ID:
    case KIND_LINK:
        schema_type(j, "string", NULL);
        schema_text(j, "pattern", "^[0-9]{1,19}$");
        break;
    case KIND_CHOICE:  put_enum(j, f->choices); break;
    case KIND_MOMENT:  schema_type(j, "string", "date-time"); break;
    case KIND_DAY:     schema_type(j, "string", "date"); break;
    case KIND_SET:
    case KIND_LIST:    put_list(j, f, side); break;
    case KIND_TEXT:    schema_type(j, "string", NULL); put_range(j, f, side); break;
    case KIND_JSON:    put_elements(j, f, side); break;
    case KIND_RECORD:
    case KIND_END:     break;
    }
}

struct sv schema_labels(struct arena *mem, const char *zh, const char *en, const char *name)
{
    return sv_fmt(mem, "%s · %s", zh ? zh : name, en ? en : name);
}

static void put_field(struct json *j, const struct field *f, enum side side)
{
    if (f->kind == KIND_RECORD && f->links) {
        schema_ref(j, f->name, f->links, "");
        return;
    }
    if (f->kind == KIND_RECORD) {
        schema_record(j, f->name, f->record, side);
        return;
    }
    json_object(j, f->name);
    schema_kind(j, f, side);
    if (f->zh || f->en || side != GIVEN)
        json_text(j, "description", schema_labels(j->out->mem, f->zh, f->en, f->name));
    json_end(j, '}');
}

static bool stands(const struct field *f, enum side side)
{
    return !f->hidden && (side == GIVEN || (!f->read_only && !(side == CHANGED && f->create_only)));
}

static void put_titles(struct json *j, const struct field *fields)
{
    for (const struct field *f = fields; f->kind != KIND_END; f++) {
        struct sv title = sv_fmt(j->out->mem, "%s_title", f->name);
        if (f->kind != KIND_LINK || f->hidden || field_named(fields, title))
            continue;
        json_object(j, title.at);
        schema_type(j, "string", NULL);
        json_end(j, '}');
    }
}

static void put_required(struct json *j, const struct field *fields, enum side side)
{
    bool any = false;
    for (const struct field *f = fields; f->kind != KIND_END; f++)
        any = any || (f->required && stands(f, side));
    if (!any)
        return;
    json_array(j, "required");
    for (const struct field *f = fields; f->kind != KIND_END; f++)
        if (f->required && stands(f, side))
            schema_text(j, NULL, f->name);
    json_end(j, ']');
}

void schema_record(struct json *j, const char *name, const struct field *fields, enum side side)
{
    json_object(j, name);
    schema_text(j, "type", "object");
    json_object(j, "properties");
    for (const struct field *f = fields; f->kind != KIND_END; f++)
        if (stands(f, side))
            put_field(j, f, side);
    if (side == GIVEN)
        put_titles(j, fields);
    json_end(j, '}');
    /* A stored row shows what one may see of it; it begins with its id. */
    if (side == TAKEN || (side == GIVEN && !fields[0].read_only))
        put_required(j, fields, side);
    if (side != GIVEN)
        json_bool(j, "additionalProperties", false);
    json_end(j, '}');
}

static const struct entity *entity_of_fields(const struct house *h, const struct field *fields)
{
    for (const struct module *const *m = h->modules; *m; m++)
        for (const struct entity *const *e = (*m)->entities; e && *e; e++)
            if ((*e)->fields == fields)
                return *e;
    return NULL;
}

/* Entities by reference, other records in place. */
void schema_put(struct json *j, const struct house *h, const char *name,
                       const struct field *fields, enum side side)
{
    static const char *const suffix[] = { "", "_new", "_change" };
    const struct entity *e = fields ? entity_of_fields(h, fields) : NULL;
    if (e) {
        schema_ref(j, name, e->name, suffix[side]);
    } else if (fields) {
        schema_record(j, name, fields, side);
    } else {
        json_object(j, name);
        schema_text(j, "type", "object");
        json_end(j, '}');
    }
}
