/* cells.c - a row as physical values: what is sealed on the way in, opened on the way out. */

#include "model/inside.h"

#include <stdio.h>
#include <string.h>

struct sv value_text(struct arena *mem, struct value v)
{
    switch (v.type) {
    case VALUE_INT:
        return sv_fmt(mem, "%lld", (long long)v.n);
    case VALUE_REAL:
        return sv_fmt(mem, "%.17g", v.real);
    default:
        return v.text;
    }
}

bool value_read(enum value_type type, struct sv text, struct value *ret_value)
{
    *ret_value = V_TEXT(text);
    ret_value->type = type;
    if (type == VALUE_INT)
        return sv_int(text, INT64_MIN, INT64_MAX, &ret_value->n);
    if (type == VALUE_REAL)
        return sv_real(text, -1e308, 1e308, &ret_value->real);
    return true;
}

static void put(struct ctx *c, struct cells *cells, const char *column, struct value v)
{
    cells->at = GROW(&c->mem, cells->at, cells->n, &cells->room);
    cells->at[cells->n++] = (struct cell){ column, v };
}

static struct sv last4_of(struct sv normal)
{
    return normal.len > 4 ? sv_from(normal, normal.len - 4) : normal;
}

/* "phone_key": the column of a blind index. */
static const char *index_column(struct arena *mem, const struct field *f, const char *use)
{
    struct buf b = buf_new(mem, 64);
    buf_text(&b, f->name);
    buf_byte(&b, '_');
    buf_text(&b, use);
    return buf_cstr(&b);
}

/* The blind indexes of a SEALED field; of an absent value NULL. */
static void put_blind(struct ctx *c, const struct entity *e, const struct field *f, struct sv plain,
                      struct cells *cells)
{
    struct sv normal = seal_normal(&c->mem, f->mask, plain);
    bool none = plain.len == 0;
    put(c, cells, index_column(&c->mem, f, "key"),
        none ? V_NULL : V_TEXT(seal_index(c, e->name, f->name, "key", normal)));
    if (seal_last4(f))
        put(c, cells, index_column(&c->mem, f, "last4"),
            none ? V_NULL : V_TEXT(seal_index(c, e->name, f->name, "last4", last4_of(normal))));
}

enum err cells_of(struct ctx *c, const struct entity *e, const struct field *f, const void *row,
                  struct cells *cells)
{
    struct value v = field_value(f, row);
    if (!field_sealed(f)) {
        put(c, cells, f->name, v);
        return ERR_NONE;
    }
    struct sv plain = v.type == VALUE_NULL ? SV("") : value_text(&c->mem, v), sealed = SV("");
    struct seal_place at = { e->name, f->name, row_id(e, row) };
    if (v.type != VALUE_NULL)
        TRY(seal_value(c, &at, plain, &sealed));
    put(c, cells, f->name, v.type == VALUE_NULL ? V_NULL : V_BLOB(sealed));
    if (f->class == SEALED)
        put_blind(c, e, f, plain, cells);
    return ERR_NONE;
}

/* Guards name a row's actions and may look at anything of it. */
static bool has_guard(const struct entity *e)
{
    for (const struct step *s = e->steps; s && s->action; s++)
        if (s->guard)
            return true;
    return false;
}

void build_columns(struct build *b, const struct entity *e, bool to_answer)
{
    const char *comma = "";
    bool all = !to_answer || has_guard(e);
    for (const struct field *f = e->fields; f->kind != KIND_END; f++) {
        if (!field_stored(f))
            continue;
        build_piece(b, comma);
        if (!all && field_sealed(f) && (f->hidden || f->class == SECRET))
            build_sql(b, "NULL");
        else
            build_name(b, f->name);
        comma = ", ";
    }
}

static enum err take_sealed(struct ctx *c, const struct entity *e, const struct field *f,
                            struct value stored, void *row)
{
    if (stored.type == VALUE_NULL)
        return ERR_NONE;
    struct sv plain;
    struct seal_place at = { e->name, f->name, row_id(e, row) };
    TRY(seal_open(c, &at, stored.text, &plain));
    struct value v;
    if (!value_read(column_type(f), plain, &v) || !field_take(&c->mem, f, row, v))
        return fail(c, ERR_BROKEN, "model.value", "%s.%s of %lld does not fit its kind", e->name,
                    f->name, (long long)at.row);
    return ERR_NONE;
}

enum err row_take(struct ctx *c, struct rows *r, const struct entity *e, void *ret_row)
{
    record_clear(e->fields, ret_row);
    int column = 0;
    for (const struct field *f = e->fields; f->kind != KIND_END; f++) {
        if (!field_stored(f))
            continue;
        struct value v = rows_value(r, column++);
        if (field_sealed(f))
            TRY(take_sealed(c, e, f, v, ret_row));
        else if (v.type != VALUE_NULL && !field_take(&c->mem, f, ret_row, v))
            return fail(c, ERR_BROKEN, "model.value", "%s.%s holds what its kind does not know",
                        e->name, f->name);
    }
    return ERR_NONE;
}

static void build_index(struct ctx *c, struct build *b, const struct entity *e,
                        const struct field *f, const char *use, struct sv normal)
{
    build_name(b, index_column(&c->mem, f, use));
    build_sql(b, " = ");
    build_value(b, V_TEXT(seal_index(c, e->name, f->name, use, normal)));
}

void build_blind(struct ctx *c, struct build *b, const struct entity *e, const struct field *f,
                 struct sv value)
{
    assert(f->class == SEALED);
    struct sv normal = seal_normal(&c->mem, f->mask, value);
    build_index(c, b, e, f, seal_last4(f) && normal.len == 4 ? "last4" : "key", normal);
}

void build_blind_key(struct ctx *c, struct build *b, const struct entity *e,
                     const struct field *f, struct sv value)
{
    assert(f->class == SEALED);
    build_index(c, b, e, f, "key", seal_normal(&c->mem, f->mask, value));
}
