/* bulk.c - many new rows at once, for imports and the demo city. */

#include "model/inside.h"
#include "model/search/search.h"
#include "store/event.h"

enum { ROWS_AT_ONCE = 2000 };

/* Values of one chunk, row by row. */
struct chunk { const char **columns; int columns_n; struct value *values; size_t n; };

static enum err chunk_add(struct ctx *c, const struct entity *e, const void *row, struct chunk *k)
{
    struct cells cells = { 0 };
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (field_stored(f))
            TRY(cells_of(c, e, f, row, &cells));
    if (!k->columns) {
        k->columns = NEW(&c->mem, const char *, cells.n);
        k->columns_n = (int)cells.n;
        k->values = NEW(&c->mem, struct value, cells.n * ROWS_AT_ONCE);
        for (size_t i = 0; i < cells.n; i++)
            k->columns[i] = cells.at[i].column;
    }
    assert((size_t)k->columns_n == cells.n);
    for (size_t i = 0; i < cells.n; i++)
        k->values[k->n * cells.n + i] = cells.at[i].value;
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
static enum err batch_note(struct ctx *c, const struct entity *e, const void *rows, size_t n)
{
    struct buf b = buf_new(&c->mem, 96);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    json_int(&j, "rows", (int64_t)n);
    json_id(&j, "first", row_id(e, rows));
    json_id(&j, "last", row_id(e, (const char *)rows + (n - 1) * e->size));
    json_end(&j, '}');
    struct note note = { .entity = e->name, .action = "bulk", .after = buf_sv(&b) };
    if (!e->no_history)
        TRY(history_note(c, &note));
    struct event event = { .entity = sv_of(e->name), .action = SV("bulk"), .at = c->now };
    return event_add(c, &event);
}

enum err entity_bulk(struct ctx *c, const struct entity *e, void *rows, size_t n)
{
    TRY(may_write(c, e, false));
    for (size_t i = 0; i < n; i += ROWS_AT_ONCE)
        TRY(chunk_store(c, e, (char *)rows + i * e->size,
                        n - i < ROWS_AT_ONCE ? n - i : ROWS_AT_ONCE));
    TRY(search_bulk(c, e, rows, n));
    return n ? batch_note(c, e, rows, n) : ERR_NONE;
}
