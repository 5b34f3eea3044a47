/* layout.c - what was decided about a form's columns and cells, from its JSON. */

#include "care/form/inside.h"

#include "base/json.h"

static struct sv text_of(const struct json_value *v, const char *name)
{
    const struct json_value *m = json_member(v, name);
    return m && m->kind == JSON_TEXT ? m->text : SV("");
}

static bool column_read(const struct form_layout *l, const struct json_value *v,
                        struct form_column *ret)
{
    int64_t column;
    struct sv field = text_of(v, "field");
    *ret = (struct form_column){ .head = text_of(v, "head"), .text = text_of(v, "text") };
    if (!json_whole(json_member(v, "column"), 0, SHEET_COLUMNS_MAX - 1, &column))
        return false;
    ret->column = (size_t)column;
    ret->field = field.len ? field_named(l->e->fields, field) : NULL;
    return field.len ? ret->field && form_field_fits(ret->field)
                     : ret->text.len > 0 && ret->text.len <= 300;
}

static enum err columns_read(struct ctx *c, const struct form_template *t, struct form_layout *l)
{
    const struct json_value *tree;
    TRY(json_parse(c, t->columns.json.len ? t->columns.json : SV("[]"), &tree));
    const struct json_value *v = tree->kind == JSON_ARRAY ? tree->first : NULL;
    for (size_t i = 0; v; v = v->next, i++) {
        struct form_column k;
        bool good = column_read(l, v, &k) && l->columns_n < SHEET_COLUMNS_MAX;
        for (size_t n = 0; good && n < l->columns_n; n++)
            good = l->columns[n].column != k.column;
        if (good)
            l->columns[l->columns_n++] = k;
        else
            fail_field_args(c, SV("columns"), "form.columns",
                            sv_fmt(&c->mem, "%zu", i + 1), SV(""));
    }
    return fail_fields(c);
}

static enum err cells_read(struct ctx *c, const struct form_template *t, struct form_layout *l)
{
    const struct json_value *tree;
    TRY(json_parse(c, t->fixed.json.len ? t->fixed.json : SV("[]"), &tree));
    const struct json_value *v = tree->kind == JSON_ARRAY ? tree->first : NULL;
    for (; v; v = v->next) {
        int64_t row, column;
        struct sv text = text_of(v, "text");
        bool good = json_whole(json_member(v, "row"), 1, 1048576, &row)
            && json_whole(json_member(v, "column"), 0, SHEET_COLUMNS_MAX - 1, &column)
            && text.len > 0 && text.len <= 300;
        if (!good) {
            fail_field(c, SV("fixed"), "form.fixed");
        } else if (l->cells_n == FILL_FIXED_MAX) {
            fail_field_args(c, SV("fixed"), "form.fixed_many",
                            sv_fmt(&c->mem, "%d", FILL_FIXED_MAX), SV(""));
            break;
        } else {
            l->fixed[l->cells_n] = (struct fill_fixed){ row, (size_t)column };
            l->cells[l->cells_n] = (struct form_cell){ l->fixed[l->cells_n], text };
            l->cells_n++;
        }
    }
    return fail_fields(c);
}

enum err layout_read(struct ctx *c, const struct form_template *t,
                     struct form_layout **ret_layout)
{
    struct form_layout *l = NEW(&c->mem, struct form_layout, 1);
    l->e = house_entity(c->house, t->entity);
    if (!l->e)
        return fail(c, ERR_INVALID, "export.entity", "a form's entity is gone");
    TRY(columns_read(c, t, l));
    TRY(cells_read(c, t, l));
    *ret_layout = l;
    return ERR_NONE;
}

struct sv layout_names(struct ctx *c, const struct form_layout *l)
{
    struct buf b = buf_new(&c->mem, 256);
    for (size_t i = 0; i < l->columns_n; i++)
        if (l->columns[i].field)
            buf_fmt(&b, "%s%s", b.len ? "," : "", l->columns[i].field->name);
    return buf_sv(&b);
}

struct fill_form layout_form(const struct form_template *t, const struct form_layout *l)
{
    return (struct fill_form){ .page = (size_t)t->sheet - 1, .from = t->from_row,
                               .through = t->through_row, .fixed = l->fixed,
                               .fixed_n = l->cells_n };
}
