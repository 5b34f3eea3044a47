/* columns.c - an entity's field table as physical columns and indexes. */

#include "model/inside.h"

#include <string.h>

enum value_type column_type(const struct field *f)
{
    switch (f->kind) {
    case KIND_REAL:
        return VALUE_REAL;
    case KIND_TEXT:
    case KIND_JSON:
    case KIND_CHOICE:
        return VALUE_TEXT;
    default:
        return VALUE_INT;
    }
}

bool field_stored(const struct field *f)
{
    return f->kind != KIND_LIST && f->kind != KIND_RECORD;
}

bool field_sealed(const struct field *f)
{
    return f->class == SEALED || f->class == SECRET;
}

/* Kinds that are never absent: their column is never NULL. */
static bool always_there(const struct field *f)
{
    switch (f->kind) {
    case KIND_BOOL:
    case KIND_INT:
    case KIND_REAL:
    case KIND_ID:
    case KIND_CHOICE:
    case KIND_SET:
    case KIND_MONEY:
    case KIND_DEGREES:
        return true;
    default:
        return false;
    }
}

static const char *default_of(struct arena *mem, const struct field *f)
{
    if (f->default_sql)
        return f->default_sql;
    if (!always_there(f) || f->kind == KIND_ID)
        return NULL;
    return f->kind == KIND_CHOICE ? sv_fmt(mem, "'%s'", f->choices[0].key).at : "0";
}

static size_t columns_of(struct arena *mem, const struct field *f, struct column *out)
{
    if (!field_sealed(f)) {
        out[0] = (struct column){ .name = f->name, .type = column_type(f),
                                  .not_null = always_there(f), .default_sql = default_of(mem, f),
                                  .was = f->was };
        return 1;
    }
    size_t n = 0;
    out[n++] = (struct column){ .name = f->name, .type = VALUE_BLOB, .was = f->was };
    if (f->class == SEALED)
        out[n++] = (struct column){ .name = sv_fmt(mem, "%s_key", f->name).at, .type = VALUE_TEXT };
    if (seal_last4(f))
        out[n++] =
            (struct column){ .name = sv_fmt(mem, "%s_last4", f->name).at, .type = VALUE_TEXT };
    return n;
}

/* "phone, name DESC" with the blind index in the place of a sealed column. */
static const char *index_columns(struct arena *mem, const struct entity *e, const char *columns)
{
    struct buf b = buf_new(mem, 64);
    struct sv rest = sv_of(columns), part;
    while (sv_cut(&rest, ',', &part)) {
        part = sv_trim(part);
        ptrdiff_t space = sv_find_byte(part, ' ');
        struct sv name = space < 0 ? part : sv_head(part, (size_t)space);
        const struct field *f = field_named(e->fields, name);
        assert(!f || f->class != SECRET);
        if (b.len)
            buf_text(&b, ", ");
        buf_put(&b, name);
        if (f && f->class == SEALED)
            buf_text(&b, "_key");
        buf_put(&b, sv_from(part, name.len));
    }
    return buf_cstr(&b);
}

/* Indexes being gathered. */
struct gathered { struct arena *mem; struct index *at; size_t n, room; };

static bool served(const struct gathered *g, struct sv columns)
{
    for (size_t i = 0; i < g->n; i++) {
        const struct index *x = &g->at[i];
        struct sv have = sv_of(x->columns);
        if (!x->columns || x->check || x->where || x->refers)
            continue;
        bool one_row = x->unique && sv_starts(columns, have) && columns.at[have.len] == ',';
        if (sv_starts(have, columns) || one_row)
            return true;
    }
    return false;
}

static void gather(struct gathered *g, struct index x)
{
    g->at = GROW(g->mem, g->at, g->n, &g->room);
    g->at[g->n++] = x;
}

/*
 * An index of our own unless a declared one serves: it begins so, or finds one row by the first
 * columns alone. Scope and end stand in it too, so that rows of
 * others are passed over without being read.
 */
static void gather_own(struct gathered *g, const char *name, const char *columns)
{
    if (!served(g, sv_of(columns)))
        gather(g, (struct index){ .name = name, .columns = columns });
}

/* … of the scope: the same when one that begins with it tells who has ended. */
static bool scope_served(const struct gathered *g)
{
    for (size_t i = 0; i < g->n; i++) {
        const struct index *x = &g->at[i];
        struct sv have = sv_of(x->columns);
        if (x->columns && !x->where && !x->check && !x->refers && sv_starts(have, SV("scope, ")) &&
            sv_find(have, SV(", ended_at")) >= 0)
            return true;
    }
    return false;
}

/* A blind index unique among living rows finds them; who has ended is found by no number. */
static bool key_served(const struct gathered *g, const char *column)
{
    for (size_t i = 0; i < g->n; i++) {
        const struct index *x = &g->at[i];
        if (x->unique && x->where && strcmp(x->where, "ended_at IS NULL") == 0
            && strcmp(x->columns, column) == 0)
            return true;
    }
    return false;
}

static void gather_key(struct gathered *g, const struct field *f)
{
    const char *column = sv_fmt(g->mem, "%s_key", f->name).at;
    if (!key_served(g, column))
        gather_own(g, column, column);
}

static const struct index *entity_indexes(struct arena *mem, const struct entity *e)
{
    struct gathered g = { .mem = mem };
    for (const struct index *x = e->indexes; x && x->name; x++) {
        struct index copy = *x;
        if (x->columns)
            copy.columns = index_columns(mem, e, x->columns);
        gather(&g, copy);
    }
    if (!scope_served(&g))
        gather_own(&g, "scope", "scope, id, ended_at");
    for (const struct sort *s = e->sorts; s && s->name; s++)
        if (strcmp(s->column, "id") != 0)
            gather_own(&g, sv_fmt(mem, "sort_%s", s->name).at,
                       sv_fmt(mem, "%s, id, scope, ended_at", s->column).at);
    for (const struct field *f = e->fields; f->kind != KIND_END; f++) {
        if (f->class == SEALED)
            gather_key(&g, f);
        if (seal_last4(f))
            gather_own(&g, sv_fmt(mem, "%s_last4", f->name).at,
                       sv_fmt(mem, "%s_last4, scope, id", f->name).at);
    }
    gather(&g, (struct index){ 0 });
    return g.at;
}

struct table entity_table(struct arena *mem, const struct entity *e)
{
    struct column *columns = NEW(mem, struct column, 3 * fields_n(e->fields));
    size_t n = 0;
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (field_stored(f))
            n += columns_of(mem, f, columns + n);
    return (struct table){
        .name = e->name, .columns = columns, .columns_n = n,
        .indexes = entity_indexes(mem, e), .append_only = e->kind == ENTITY_APPEND_ONLY,
    };
}
