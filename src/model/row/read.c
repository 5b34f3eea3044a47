/* read.c - one row, as the caller may see it. */

#include "model/inside.h"

int64_t row_id(const struct entity *e, const void *row)
{
    return field_int(&e->fields[0], row);
}

struct row *row_of(const struct entity *e, void *row)
{
    return (struct row *)(void *)((char *)row + e->fields[1].offset);
}

const struct row *entity_row(const struct entity *e, const void *row)
{
    return (const struct row *)(const void *)((const char *)row + e->fields[1].offset);
}

int64_t row_link(const struct entity *e, const void *row, const char *field)
{
    const struct field *f = field_named(e->fields, sv_of(field));
    return f && (f->kind == KIND_LINK || f->kind == KIND_ID) ? field_int(f, row) : 0;
}

int64_t row_elder(const struct entity *e, const void *row)
{
    return e->elder ? row_link(e, row, e->elder) : 0;
}

static enum err read_under(struct ctx *c, const struct entity *e, const struct view *v, int64_t id,
                           void *ret_row, bool *ret_found)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT ");
    build_columns(&b, e, false);
    build_sql(&b, " FROM ");
    build_name(&b, e->name);
    build_sql(&b, " WHERE id = ");
    build_value(&b, V_INT(id));
    build_view(c, &b, e, v, false);
    struct rows r = build_rows(c, &b);
    bool found = rows_next(&r);
    enum err taken = found ? row_take(c, &r, e, ret_row) : ERR_NONE;
    TRY(rows_end(&r));
    TRY(taken);
    *ret_found = found;
    return ERR_NONE;
}

enum err entity_load(struct ctx *c, const struct entity *e, int64_t id, void *ret_row,
                     bool *ret_found)
{
    return read_under(c, e, &(struct view){ .all = true }, id, ret_row, ret_found);
}

enum err entity_get(struct ctx *c, const struct entity *e, int64_t id, void *ret_row)
{
    struct view v;
    bool found;
    TRY(view_of(c, e, VIEW_READ, &v));
    TRY(read_under(c, e, &v, id, ret_row, &found));
    if (!found)
        return fail(c, ERR_MISSING, "entity.missing", "no %s %lld for this caller", e->name,
                    (long long)id);
    return ERR_NONE;
}
