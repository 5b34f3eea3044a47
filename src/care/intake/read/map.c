/* map.c - which column is which field, as JSON and back. */

#include "care/intake/inside.h"

bool field_imports(const struct field *f)
{
    return !f->read_only && !f->hidden && f->kind != KIND_ID && f->kind != KIND_LIST
           && f->kind != KIND_RECORD && f->kind != KIND_JSON && f->kind != KIND_MOMENT;
}

/* "flags.living_alone" is one flag of a set. */
static bool target_find(const struct entity *e, struct sv name, struct import_column *k)
{
    struct sv rest = name, base;
    if (!sv_cut(&rest, '.', &base))
        return false;
    k->flag = -1;
    k->field = field_named(e->fields, base);
    if (!k->field || !field_imports(k->field))
        return false;
    return rest.len == 0
           || (k->field->kind == KIND_SET && choice_of(k->field->choices, rest, &k->flag));
}

static bool column_read(const struct entity *e, const struct json_value *v, struct import_column *k)
{
    const struct json_value *column = json_member(v, "column"), *fixed = json_member(v, "fixed");
    const struct json_value *field = json_member(v, "field"), *head = json_member(v, "head");
    *k = (struct import_column){ .column = -1, .head = head ? head->text : SV("") };
    if (!field || field->kind != JSON_TEXT || !target_find(e, field->text, k))
        return false;
    if (fixed && fixed->kind == JSON_TEXT && !column) {
        k->fixed = fixed->text;
        return k->fixed.len > 0;
    }
    return json_whole(column, 0, SHEET_COLUMNS_MAX - 1, &k->column);
}

static bool twice(const struct import_map *m, const struct import_column *k)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->at[i].field == k->field && m->at[i].flag == k->flag)
            return true;
    return false;
}

enum err map_read(struct ctx *c, const struct entity *e, struct sv json,
                  struct import_map *ret_map)
{
    const struct json_value *tree;
    TRY(json_parse(c, json, &tree));
    struct import_map m = { NEW(&c->mem, struct import_column, tree->n + 1), 0 };
    const struct json_value *v = tree->kind == JSON_ARRAY ? tree->first : NULL;
    for (; v; v = v->next) {
        struct import_column *k = &m.at[m.n];
        if (!column_read(e, v, k))
            fail_field(c, SV("mapping"), "intake.mapping");
        else if (twice(&m, k))
            fail_field_args(c, SV("mapping"), "intake.mapped_twice", sv_of(k->field->zh), SV(""));
        else
            m.n++;
    }
    if (m.n == 0)
        fail_field(c, SV("mapping"), "intake.mapping_empty");
    TRY(fail_fields(c));
    *ret_map = m;
    return ERR_NONE;
}

struct sv map_json(struct arena *mem, const struct import_map *m)
{
    struct buf b = buf_new(mem, 256);
    struct json j = json_new(&b);
    json_array(&j, NULL);
    for (size_t i = 0; i < m->n; i++) {
        const struct import_column *k = &m->at[i];
        const struct choice *flag = k->flag >= 0 ? &k->field->choices[k->flag] : NULL;
        json_object(&j, NULL);
        if (k->column >= 0)
            json_int(&j, "column", k->column);
        else
            json_text(&j, "fixed", k->fixed);
        if (k->head.len)
            json_text(&j, "head", k->head);
        json_text(&j, "field", flag ? sv_fmt(mem, "%s.%s", k->field->name, flag->key)
                                    : sv_of(k->field->name));
        json_end(&j, '}');
    }
    json_end(&j, ']');
    return buf_sv(&b);
}

const struct import_column *map_column(const struct import_map *m, struct sv field)
{
    for (size_t i = 0; i < m->n; i++)
        if (sv_is(field, m->at[i].field->name) && m->at[i].column >= 0)
            return &m->at[i];
    return NULL;
}
