/* index.c - the entries of rows: written, changed and moved with them. */

#include "model/inside.h"
#include "model/search/inside.h"
#include "model/search/readings.h"

#include <stdlib.h>
#include <string.h>

SQL(search_mark);
SQL(search_mark_set);
SQL(search_empty);
SQL(search_first_form_drop);

enum { COLUMNS = 6, ROWS_AT_ONCE = 40, BULK_ROWS = 4000,
       REFILL_ROWS = 2000 };
static const char *const columns[COLUMNS] = { "entity", "bucket", "rank", "key", "scope",
                                              "row_id" };

bool search_keyed(const struct field *f)
{
    return f->search && f->kind == KIND_TEXT && !field_sealed(f);
}

bool search_named(const struct field *f)
{
    return f->mask == MASK_NAME && f->class == MASKED;
}

bool search_has(const struct entity *e)
{
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (search_keyed(f))
            return true;
    return false;
}

bool search_has_whole(const struct entity *e)
{
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (f->search_whole)
            return true;
    return false;
}

bool search_of_persons(const struct entity *e)
{
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (search_keyed(f) && search_named(f))
            return true;
    return false;
}

void search_entries(struct arena *mem, const struct entity *e, const void *row,
                    struct entries *ret_entries)
{
    ret_entries->n = 0;
    if (e->found_by && row_link(e, row, e->found_by))
        return;
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (search_keyed(f) && !field_absent(f, row))
            search_field(mem, f, field_text(f, row), ret_entries);
}

void search_field(struct arena *mem, const struct field *f, struct sv text,
                  struct entries *entries)
{
    struct sv one;
    for (bool named = search_named(f); sv_cut(&text, ',', &one);)
        entries_add(mem, one, named, entries);
}

/* --- one row --- */

/* Where the entries of one row lie. */
struct place { const struct entity *e; int64_t scope, id; };

static struct place place_of(const struct entity *e, const void *row)
{
    return (struct place){ e, entity_row(e, row)->scope, row_id(e, row) };
}

static void values_of(const struct place *at, const struct entry *x, struct value v[COLUMNS])
{
    v[0] = V_TEXT(sv_of(at->e->name));
    v[1] = V_INT(search_bucket(at->scope));
    v[2] = V_INT(x->rank);
    v[3] = V_TEXT(x->key);
    v[4] = V_INT(at->scope);
    v[5] = V_INT(at->id);
}

static enum err add(struct ctx *c, const struct place *at, const struct entry *list, size_t n)
{
    if (n == 0)
        return ERR_NONE;
    struct build b = build_new(c);
    build_sql(&b, "INSERT INTO search_entry (entity, bucket, rank, key, scope, row_id) VALUES ");
    for (size_t i = 0; i < n; i++) {
        struct value v[COLUMNS];
        values_of(at, &list[i], v);
        for (int k = 0; k < COLUMNS; k++) {
            build_piece(&b, k ? ", " : i ? ", (" : "(");
            build_value(&b, v[k]);
        }
        build_sql(&b, ")");
    }
    return build_run(c, &b, NULL);
}

static enum err end(struct ctx *c, const struct place *at, const struct entry *list, size_t n,
                    enum search_rank rank)
{
    struct build b = build_new(c);
    const char *comma = "";
    build_sql(&b, "DELETE FROM search_entry WHERE entity = ");
    build_value(&b, V_TEXT(sv_of(at->e->name)));
    build_sql(&b, " AND bucket = ");
    build_value(&b, V_INT(search_bucket(at->scope)));
    build_sql(&b, " AND rank = ");
    build_int(&b, rank);
    build_sql(&b, " AND scope = ");
    build_value(&b, V_INT(at->scope));
    build_sql(&b, " AND row_id = ");
    build_value(&b, V_INT(at->id));
    build_sql(&b, " AND key IN (");
    for (size_t i = 0; i < n; i++)
        if (list[i].rank == rank) {
            build_piece(&b, comma);
            build_value(&b, V_TEXT(list[i].key));
            comma = ", ";
        }
    build_sql(&b, ")");
    return comma[0] ? build_run(c, &b, NULL) : ERR_NONE;
}

static enum err add_all(struct ctx *c, const struct place *at, const struct entries *list)
{
    for (size_t i = 0; i < list->n; i += ROWS_AT_ONCE)
        TRY(add(c, at, list->at + i, list->n - i < ROWS_AT_ONCE ? list->n - i : ROWS_AT_ONCE));
    return ERR_NONE;
}

static enum err end_all(struct ctx *c, const struct place *at, const struct entries *list)
{
    for (int rank = 0; rank < RANKS; rank++)
        TRY(end(c, at, list->at, list->n, (enum search_rank)rank));
    return ERR_NONE;
}

/* Takes out of `list` what `other` has too. */
static void without(struct entries *list, const struct entries *other)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        bool both = false;
        for (size_t k = 0; k < other->n && !both; k++)
            both = list->at[i].rank == other->at[k].rank
                && sv_eq(list->at[i].key, other->at[k].key);
        if (!both)
            list->at[kept++] = list->at[i];
    }
    list->n = kept;
}

enum err search_change(struct ctx *c, const struct entity *e, const void *before, const void *row)
{
    bool same = before && entity_row(e, before)->scope == entity_row(e, row)->scope;
    bool as_it_was = same;
    for (const struct field *f = e->fields; f->kind != KIND_END && as_it_was; f++)
        as_it_was = !(search_keyed(f) || (e->found_by && strcmp(f->name, e->found_by) == 0))
                 || field_same(f, before, row);
    if (as_it_was || !search_has(e))
        return ERR_NONE;

    struct entries *is = NEW(&c->mem, struct entries, 1), *was = NEW(&c->mem, struct entries, 1);
    struct place at = place_of(e, row);
    search_entries(&c->mem, e, row, is);
    if (!before)
        return add_all(c, &at, is);
    struct place from = place_of(e, before);
    search_entries(&c->mem, e, before, was);
    if (same) {
        struct entries *old = NEW(&c->mem, struct entries, 1);
        *old = *was;
        without(was, is);
        without(is, old);
    }
    TRY(end_all(c, &from, was));
    return add_all(c, &at, is);
}

enum err search_move(struct ctx *c, const struct entity *e, int64_t id, int64_t scope)
{
    if (!search_has(e))
        return ERR_NONE;
    bool found;
    void *before = arena_take(&c->mem, e->size, alignof(max_align_t));
    void *row = arena_take(&c->mem, e->size, alignof(max_align_t));
    TRY(entity_load(c, e, id, before, &found));
    if (!found)
        return ERR_NONE;
    memcpy(row, before, e->size);
    row_of(e, row)->scope = scope;
    return search_change(c, e, before, row);
}

/* --- many rows --- */

struct one { struct entry entry; struct place at; };
struct many { struct one *at; size_t n, room; };

/* In the order of the key: its pages are then met once. */
static int key_order(const void *a, const void *b)
{
    const struct one *x = a, *y = b;
    int64_t one = search_bucket(x->at.scope), other = search_bucket(y->at.scope);
    if (one != other)
        return one < other ? -1 : 1;
    if (x->entry.rank != y->entry.rank)
        return x->entry.rank < y->entry.rank ? -1 : 1;
    int order = sv_order(x->entry.key, y->entry.key);
    if (order)
        return order;
    if (x->at.scope != y->at.scope)
        return x->at.scope < y->at.scope ? -1 : 1;
    return x->at.id < y->at.id ? -1 : x->at.id > y->at.id;
}

static enum err many_store(struct ctx *c, const struct many *m)
{
    struct value *values = NEW(&c->mem, struct value, COLUMNS * BULK_ROWS);
    for (size_t i = 0; i < m->n;) {
        size_t n = 0;
        for (; n < BULK_ROWS && i < m->n; i++, n++)
            values_of(&m->at[i].at, &m->at[i].entry, values + COLUMNS * n);
        TRY(db_bulk(c, "search_entry", columns, COLUMNS, values, n));
    }
    return ERR_NONE;
}

enum err search_bulk(struct ctx *c, const struct entity *e, const void *rows, size_t n)
{
    if (!search_has(e))
        return ERR_NONE;
    struct many many = { .n = 0 };
    struct entries *list = NEW(&c->mem, struct entries, 1);
    for (size_t i = 0; i < n; i++) {
        const void *row = (const char *)rows + i * e->size;
        search_entries(&c->mem, e, row, list);
        for (size_t x = 0; x < list->n; x++) {
            many.at = GROW(&c->mem, many.at, many.n, &many.room);
            many.at[many.n++] = (struct one){ list->at[x], place_of(e, row) };
        }
    }
    if (many.n)
        qsort(many.at, many.n, sizeof *many.at, key_order);
    return many_store(c, &many);
}

/* --- all of them anew --- */

/* What the entries there were made by: their form and the readings. */
static struct sv mark(struct ctx *c)
{
    enum { FORM = 1 };
    return sv_fmt(&c->mem, "%d %s", FORM, readings_sum);
}

struct refill { const struct entity *e; int64_t from, n, *rows; };

static enum err refill_some(struct ctx *c, void *arg)
{
    struct refill *r = arg;
    struct build b = build_new(c);
    build_sql(&b, "SELECT ");
    build_columns(&b, r->e, false);
    build_sql(&b, " FROM ");
    build_name(&b, r->e->name);
    build_sql(&b, " WHERE id > ");
    build_value(&b, V_INT(r->from));
    build_sql(&b, " ORDER BY id LIMIT ");
    build_int(&b, REFILL_ROWS);
    char *rows = arena_take(&c->mem, r->e->size * REFILL_ROWS, alignof(max_align_t));
    struct rows list = build_rows(c, &b);
    enum err taken = ERR_NONE;
    for (r->n = 0; taken == ERR_NONE && rows_next(&list); r->n++)
        taken = row_take(c, &list, r->e, rows + r->e->size * (size_t)r->n);
    TRY(rows_end(&list));
    TRY(taken);
    if (r->n == 0)
        return ERR_NONE;
    r->from = row_id(r->e, rows + r->e->size * (size_t)(r->n - 1));
    *r->rows += r->n;
    return search_bulk(c, r->e, rows, (size_t)r->n);
}

static enum err refill_entity(struct ctx *c, const struct entity *e, int64_t *rows)
{
    struct refill r = { .e = e, .n = 1, .rows = rows };
    while (r.n > 0 && search_has(e)) {
        TRY(transaction(c, refill_some, &r));
        arena_reset(&c->mem);
    }
    return ERR_NONE;
}

static enum err refill_begin(struct ctx *c, void *none)
{
    (void)none;
    TRY(db_run(c, &sql_search_empty, NO_PARAMS, NULL));
    return db_run(c, &sql_search_first_form_drop, NO_PARAMS, NULL);
}

static enum err refill_end(struct ctx *c, void *none)
{
    (void)none;
    return db_run(c, &sql_search_mark_set, PARAMS(P_TEXT("key", mark(c))), NULL);
}

enum err search_refill(struct ctx *c, bool always, int64_t *ret_rows)
{
    int64_t there;
    *ret_rows = 0;
    TRY(db_int(c, &sql_search_mark, PARAMS(P_TEXT("key", mark(c))), &there));
    if (there && !always)
        return ERR_NONE;
    TRY(transaction(c, refill_begin, NULL));
    for (size_t m = 0; c->house->modules && c->house->modules[m]; m++) {
        const struct entity *const *list = c->house->modules[m]->entities;
        for (size_t i = 0; list && list[i]; i++)
            TRY(refill_entity(c, list[i], ret_rows));
    }
    return transaction(c, refill_end, NULL);
}
