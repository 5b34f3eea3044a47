/* rows.c - rows into records, and fields to and from stored values. */

#include "base/record.h"
#include "store/driver.h"

#include <assert.h>
#include <string.h>

struct value field_value(const struct field *f, const void *record)
{
    if (field_absent(f, record))
        return V_NULL;
    switch (f->kind) {
    case KIND_TEXT:
    case KIND_JSON:
        return V_TEXT(field_text(f, record));
    case KIND_CHOICE:
        return V_TEXT(sv_of(f->choices[field_int(f, record)].key));
    case KIND_REAL:
        return V_REAL(field_real(f, record));
    default:
        assert(f->kind != KIND_LIST);
        assert(f->kind != KIND_RECORD);
        return V_INT(field_int(f, record));
    }
}

static bool take_text(struct arena *mem, const struct field *f, void *record, struct value v)
{
    if (v.type != VALUE_TEXT)
        return false;
    field_set_text(f, record, sv_copy(mem, v.text));
    return true;
}

static bool take_choice(const struct field *f, void *record, struct value v)
{
    int index;
    if (v.type != VALUE_TEXT || !choice_of(f->choices, v.text, &index))
        return false;
    field_set_int(f, record, index);
    return true;
}

static bool take_real(const struct field *f, void *record, struct value v)
{
    if (v.type != VALUE_REAL && v.type != VALUE_INT)
        return false;
    field_set_real(f, record, v.type == VALUE_INT ? (double)v.n : v.real);
    return true;
}

bool field_take(struct arena *mem, const struct field *f, void *record, struct value v)
{
    if (v.type == VALUE_NULL) {
        field_clear(f, record);
        return true;
    }
    switch (f->kind) {
    case KIND_TEXT:
    case KIND_JSON:
        return take_text(mem, f, record, v);
    case KIND_CHOICE:
        return take_choice(f, record, v);
    case KIND_REAL:
        return take_real(f, record, v);
    case KIND_LIST:
    case KIND_RECORD:
    case KIND_END:
        return false;
    default:
        if (v.type != VALUE_INT)
            return false;
        field_set_int(f, record, v.n);
        return true;
    }
}

/* --- rows --- */

bool rows_next(struct rows *r)
{
    if (r->err || !r->cursor)
        return false;
    if (r->c->db->driver->next(r)) {
        r->seen++;
        return true;
    }
    if (!r->err)
        r->c->db->driver->end(r);
    r->cursor = NULL;
    return false;
}

enum err rows_end(struct rows *r)
{
    if (r->cursor)
        r->c->db->driver->end(r);
    r->cursor = NULL;
    return r->err;
}

const char *rows_name(struct rows *r, int column)
{
    return r->c->db->driver->name(r, column);
}

int rows_column(struct rows *r, const char *name)
{
    for (int i = 0; r->cursor && i < r->columns; i++)
        if (strcmp(rows_name(r, i), name) == 0)
            return i;
    return -1;
}

struct value rows_value(struct rows *r, int column)
{
    assert(r->cursor);
    assert(column >= 0);
    assert(column < r->columns);
    return r->c->db->driver->value(r, column);
}

int64_t rows_int(struct rows *r, int column)
{
    struct value v = rows_value(r, column);
    return v.type == VALUE_INT ? v.n : v.type == VALUE_REAL ? (int64_t)v.real : 0;
}

struct sv rows_text(struct rows *r, int column)
{
    struct value v = rows_value(r, column);
    bool text = v.type == VALUE_TEXT || v.type == VALUE_BLOB;
    return text ? sv_copy(&r->c->mem, v.text) : SV("");
}

/* SEALED and SECRET columns are left out: only model can read them. */
static void map_columns(struct rows *r, const struct field *fields)
{
    r->map = NEW(&r->c->mem, const struct field *, r->columns);
    for (int i = 0; i < r->columns; i++) {
        const struct field *f = field_named(fields, sv_of(rows_name(r, i)));
        bool plain = f && (f->class == OPEN || f->class == MASKED);
        r->map[i] = plain && f->kind != KIND_LIST && f->kind != KIND_RECORD ? f : NULL;
    }
    r->map_of = fields;
}

void rows_read(struct rows *r, const struct field *fields, void *record)
{
    if (r->err)
        return;
    if (r->map_of != fields)
        map_columns(r, fields);
    for (int i = 0; i < r->columns && !r->err; i++) {
        const struct field *f = r->map[i];
        if (f && !field_take(&r->c->mem, f, record, rows_value(r, i)))
            r->err =
                fail(r->c, ERR_BROKEN, "store.broken", "column %s does not fit its field", f->name);
    }
}
