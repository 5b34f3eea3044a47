/* bulk.c - many rows made or ended at once, for imports and the demo city. */

#include "model/inside.h"
#include "model/row/many.h"
#include "model/search/search.h"
#include "store/event.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_AT_ONCE = 2000, IDS_AT_ONCE = 250 };

/* Values of one chunk, row by row. */
struct chunk { const char **columns; int columns_n; struct value *values; size_t n;
               struct cells cells; };

static enum err chunk_add(struct ctx *c, const struct entity *e, const void *row, struct chunk *k)
{
    struct cells *cells = &k->cells;
    cells->n = 0;
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (field_stored(f))
            TRY(cells_of(c, e, f, row, cells));
    if (!k->columns) {
        k->columns = NEW(&c->mem, const char *, cells->n);
        k->columns_n = (int)cells->n;
        k->values = NEW(&c->mem, struct value, cells->n * ROWS_AT_ONCE);
        for (size_t i = 0; i < cells->n; i++)
            k->columns[i] = cells->at[i].column;
    }
    assert((size_t)k->columns_n == cells->n);
    for (size_t i = 0; i < cells->n; i++)
        k->values[k->n * cells->n + i] = cells->at[i].value;
    k->n++;
    return ERR_NONE;
}

/* What a new row must have, where the caller has not given it. */
static enum err row_fill(struct ctx *c, const struct entity *e, void *row)
{
    if (row_id(e, row) == 0) {
        int64_t id;
        TRY(id_next(c, c->house->ids, &id));
        field_set_int(&e->fields[0], row, id);
    }
    struct row *r = row_of(e, row);
    r->version = r->version ? r->version : 1;
    r->created_at = moment_known(r->created_at) ? r->created_at : c->now;
    return ERR_NONE;
}

static enum err chunk_store(struct ctx *c, const struct entity *e, void *rows, size_t n)
{
    struct chunk k = { 0 };
    for (size_t i = 0; i < n; i++) {
        void *row = (char *)rows + i * e->size;
        TRY(row_fill(c, e, row));
        TRY(chunk_add(c, e, row, &k));
    }
    return db_bulk(c, e->name, k.columns, k.columns_n, k.values, k.n);
}

/* One line of history and one event for all of them. */
struct bulk_span { size_t n; int64_t first, last; };

static enum err bulk_note(struct ctx *c, const struct entity *e, const char *action,
                          const struct bulk_span *of)
{
    struct buf b = buf_new(&c->mem, 96);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    json_int(&j, "rows", (int64_t)of->n);
    json_id(&j, "first", of->first);
    json_id(&j, "last", of->last);
    json_end(&j, '}');
    struct note note = { .entity = e->name, .action = action, .after = buf_sv(&b) };
    if (!e->no_history)
        TRY(history_note(c, &note));
    struct event event = { .entity = sv_of(e->name), .action = sv_of(action), .at = c->now };
    return event_add(c, &event);
}

enum err entity_bulk(struct ctx *c, const struct entity *e, void *rows, size_t n)
{
    TRY(may_write(c, e, false));
    for (size_t i = 0; i < n; i += ROWS_AT_ONCE)
        TRY(chunk_store(c, e, (char *)rows + i * e->size,
                        n - i < ROWS_AT_ONCE ? n - i : ROWS_AT_ONCE));
    TRY(search_bulk(c, e, rows, n));
    if (n == 0)
        return ERR_NONE;
    struct bulk_span of = { n, row_id(e, rows), row_id(e, (char *)rows + (n - 1) * e->size) };
    return bulk_note(c, e, "bulk", &of);
}

/* --- many ids --- */

static int id_order(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* "column IN (?1, …)" of some of the ids; how many it took. */
static size_t build_ids(struct build *b, const char *column, const int64_t *ids, size_t n)
{
    size_t some = n < IDS_AT_ONCE ? n : IDS_AT_ONCE;
    build_name(b, column);
    for (size_t i = 0; i < some; i++) {
        build_piece(b, i ? ", " : " IN (");
        build_value(b, V_INT(ids[i]));
    }
    build_sql(b, ")");
    return some;
}

/* Takes what a statement says of ids (id, number) into `values`, by their places. */
static enum err values_take(struct ctx *c, struct build *b, const int64_t *ids, size_t n,
                            int64_t *values)
{
    struct rows r = build_rows(c, b);
    while (rows_next(&r)) {
        int64_t id = rows_int(&r, 0);
        const int64_t *at = bsearch(&id, ids, n, sizeof id, id_order);
        if (at)
            values[at - ids] = rows_int(&r, 1);
    }
    return rows_end(&r);
}

enum err entity_versions(struct ctx *c, const struct entity *e, const int64_t *ids, size_t n,
                         int64_t *ret_versions)
{
    memset(ret_versions, 0, n * sizeof *ret_versions);
    for (size_t i = 0, some; i < n; i += some) {
        struct build b = build_new(c);
        build_sql(&b, "SELECT id, version FROM ");
        build_name(&b, e->name);
        build_sql(&b, " WHERE ended_at IS NULL AND ");
        some = build_ids(&b, "id", ids + i, n - i);
        TRY(values_take(c, &b, ids, n, ret_versions));
    }
    return ERR_NONE;
}

enum err entity_named_by(struct ctx *c, const struct entity *by, const struct field *link,
                         const int64_t *ids, size_t n, bool *named)
{
    int64_t *counts = NEW(&c->mem, int64_t, n);
    for (size_t i = 0, some; i < n; i += some) {
        struct build b = build_new(c);
        build_sql(&b, "SELECT ");
        build_name(&b, link->name);
        build_sql(&b, ", count(*) FROM ");
        build_name(&b, by->name);
        build_sql(&b, " WHERE ended_at IS NULL AND ");
        some = build_ids(&b, link->name, ids + i, n - i);
        build_sql(&b, " GROUP BY ");
        build_name(&b, link->name);
        TRY(values_take(c, &b, ids, n, counts));
    }
    for (size_t i = 0; i < n; i++)
        named[i] = named[i] || counts[i];
    return ERR_NONE;
}

bool entity_goes_at_once(const struct ctx *c, const struct entity *e)
{
    for (const struct module *const *m = c->house->modules; *m; m++)
        for (const struct follower *f = (*m)->followers; f && f->of; f++)
            if (f->of == e)
                return false;
    return !e->follow || e->follows_values;
}

static enum err end_some(struct ctx *c, const struct entity *e, const int64_t *ids, size_t n,
                         size_t *ret_some)
{
    struct build b = build_new(c);
    int64_t changed;
    build_sql(&b, "UPDATE ");
    build_name(&b, e->name);
    build_sql(&b, " SET version = version + 1, ended_at = ");
    build_value(&b, V_INT(c->now.ms));
    build_sql(&b, " WHERE ended_at IS NULL AND ");
    *ret_some = build_ids(&b, "id", ids, n);
    TRY(build_run(c, &b, &changed));
    return changed == (int64_t)*ret_some ? ERR_NONE
         : fail(c, ERR_CONFLICT, "version.stale", "some of %zu rows of %s had ended", *ret_some,
                e->name);
}

enum err entity_bulk_end(struct ctx *c, const struct entity *e, const int64_t *ids, size_t n)
{
    assert(entity_goes_at_once(c, e));
    for (size_t i = 0, some; i < n; i += some)
        TRY(end_some(c, e, ids + i, n - i, &some));
    return n ? bulk_note(c, e, "bulk_end", &(struct bulk_span){ n, ids[0], ids[n - 1] })
             : ERR_NONE;
}
