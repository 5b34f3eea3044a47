/* sites.c - rows with a point: read, checked, stored. */

#include "app/import/sites.h"

#include "app/cmd/command.h"
#include "care/place/place.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH = 500 };

void *site_row(const struct sites *s, size_t i)
{
    return s->rows + i * s->kind->e->size;
}

/* --- one row --- */

static void datum_take(struct import_table *t, struct site *at)
{
    struct sv said = table_cell(t, "datum");
    if (said.len == 0)
        said = t->im->datum;
    if (said.len && !datum_find(said, &at->datum))
        fail_field(t->im->c, SV("datum"), "import.datum");
}

static int64_t member(const struct entity *e, const char *name, const void *row)
{
    return field_int(field_named(e->fields, sv_of(name)), row);
}

static void member_set(const struct entity *e, const char *name, void *row, int64_t n)
{
    const struct field *f = field_named(e->fields, sv_of(name));
    if (f)
        field_set_int(f, row, n);
}

/* place_datums has the keys of the datums in its own order. */
static int place_datum(enum datum datum)
{
    enum datum found;
    for (int i = 0; place_datums[i].key; i++)
        if (datum_find(sv_of(place_datums[i].key), &found) && found == datum)
            return i;
    return 0;
}

static void point_take(struct sites *s, struct site *at, void *row)
{
    const struct entity *e = s->kind->e;
    at->given = (struct point){ (int32_t)member(e, "lat", row), (int32_t)member(e, "lon", row) };
    struct point there = datum_to_wgs84(at->datum, at->given);
    member_set(e, "lat", row, there.lat_e7);
    member_set(e, "lon", row, there.lon_e7);
    member_set(e, "datum", row, place_datum(at->datum));
    if (s->kind->inside)
        return;
    at->area = area_of(&s->table, &s->areas, table_cell(&s->table, "division"), there);
    member_set(e, "division", row, at->area.id);
    member_set(e, "scope", row, at->area.scope);
}

static void site_take(struct sites *s, struct site *at, void *row)
{
    struct import_table *t = &s->table;
    struct ctx *c = s->im->c;
    record_clear(s->kind->e->fields, row);
    table_read(t, row);
    at->key = sv_copy(&c->mem, table_cell(t, "id"));
    at->line = t->csv.line;
    if (at->key.len == 0)
        fail_field(c, SV("id"), "field.required");
    if (at->key.len > IMPORT_KEY_MAX)
        fail_field(c, SV("id"), "import.id_long");
    bool pointless = s->kind->inside && table_cell(t, "lat").len + table_cell(t, "lon").len == 0;
    if (table_cell(t, "lat").len == 0 && !pointless)
        fail_field(c, SV("lat"), "field.required");
    if (table_cell(t, "lon").len == 0 && !pointless)
        fail_field(c, SV("lon"), "field.required");
    datum_take(t, at);
    if (c->fault.fields_n == 0 && !pointless)
        point_take(s, at, row);
    if (s->kind->finish)
        s->kind->finish(t, s, at, row);
    record_check(c, s->kind->e->fields, row, true);
}

/* --- all rows --- */

static int by_key(const void *a, const void *b)
{
    const struct site *x = *(const struct site *const *)a, *y = *(const struct site *const *)b;
    int order = sv_order(x->key, y->key);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static void twice_check(struct sites *s)
{
    const struct site **sorted = NEW(&s->im->c->mem, const struct site *, s->n);
    for (size_t i = 0; i < s->n; i++)
        sorted[i] = &s->at[i];
    if (s->n)
        qsort(sorted, s->n, sizeof *sorted, by_key);
    for (size_t i = 1; i < s->n; i++)
        if (sv_eq(sorted[i - 1]->key, sorted[i]->key))
            table_fault(s->im, sorted[i]->line, SV("id"), "import.id_twice", sorted[i]->key);
}

static enum err rows_read_all(struct sites *s)
{
    struct ctx *c = s->im->c;
    size_t size = s->kind->e->size, room = 0, rows_room = 0;
    struct import_keys keys;
    TRY(keys_load(s->im, s->kind->e->name, &keys));
    while (table_next(&s->table)) {
        s->at = GROW(&c->mem, s->at, s->n, &room);
        s->rows = arena_grow(&c->mem, s->rows, size, s->n, &rows_room);
        struct site *at = &s->at[s->n];
        *at = (struct site){ 0 };
        site_take(s, at, site_row(s, s->n));
        if (!table_row_good(&s->table))
            continue;
        at->row = keys_row(&keys, at->key);
        s->n++;
    }
    twice_check(s);
    return table_end(&s->table);
}

/* --- storing --- */

static enum err fresh_store(struct sites *s, size_t first, size_t n)
{
    struct ctx *c = s->im->c;
    const struct entity *e = s->kind->e;
    struct import_key *keys = NEW(&c->mem, struct import_key, n);
    TRY(entity_bulk(c, e, site_row(s, first), n));
    for (size_t i = 0; i < n; i++)
        keys[i] = (struct import_key){ s->at[first + i].key,
                                       field_int(&e->fields[0], site_row(s, first + i)) };
    s->im->added += (int64_t)n;
    return keys_store(s->im, e->name, keys, n);
}

/* The point as the rules of the entity want it, when it moved at all. */
static void point_renew(const struct sites *s, const struct site *at, const void *row, void *stored)
{
    const struct entity *e = s->kind->e;
    bool same = member(e, "lat", row) == member(e, "lat", stored) &&
                member(e, "lon", row) == member(e, "lon", stored);
    if (same)
        return;
    member_set(e, "lat", stored, s->kind->converts ? at->given.lat_e7 : member(e, "lat", row));
    member_set(e, "lon", stored, s->kind->converts ? at->given.lon_e7 : member(e, "lon", row));
    member_set(e, "datum", stored, place_datum(at->datum));
}

static enum err renew(struct sites *s, size_t i)
{
    struct ctx *c = s->im->c;
    const struct entity *e = s->kind->e;
    const struct site *at = &s->at[i];
    const void *row = site_row(s, i);
    void *stored = arena_take(&c->mem, e->size, alignof(max_align_t));
    bool found;
    TRY(entity_load(c, e, at->row, stored, &found));
    if (!found)
        return fail(c, ERR_CONFLICT, "import.key_gone", "%s %lld of line %lld is gone", e->name,
                    (long long)at->row, (long long)at->line);
    for (size_t k = 0; k < s->table.columns_n; k++) {
        const struct field *f = s->table.columns[k].field;
        if (f && strcmp(f->name, "lat") != 0 && strcmp(f->name, "lon") != 0)
            field_copy(f, stored, row);
    }
    point_renew(s, at, row, stored);
    member_set(e, "division", stored, at->area.id);
    if (s->kind->renew)
        s->kind->renew(at, row, stored);
    int64_t version = member(e, "version", stored);
    TRY(entity_update_by_rule(c, e, stored, version, "import"));
    s->im->changed += member(e, "version", stored) != version;
    return ERR_NONE;
}

/* How many rows from `first` on are alike in being new, at most a batch. */
static size_t run_of(const struct sites *s, size_t first)
{
    size_t n = 1;
    while (n < BATCH && first + n < s->n && !s->at[first].row == !s->at[first + n].row)
        n++;
    return n;
}

static enum err store(struct ctx *c, void *arg)
{
    struct sites *s = arg;
    s->im->added = s->im->changed = 0;
    TRY(areas_city(s->im, &s->areas));
    if (s->kind->before)
        TRY(s->kind->before(s->im, s));
    for (size_t i = 0, n; i < s->n; i += n) {
        n = run_of(s, i);
        if (s->at[i].row == 0)
            TRY(fresh_store(s, i, n));
        for (size_t k = 0; s->at[i].row && k < n; k++)
            TRY(renew(s, i + k));
        if (s->im->progress)
            progress_show(s->im->progress, (int64_t)(i + n), (int64_t)s->n);
        arena_reset(&c->mem);
    }
    return ERR_NONE;
}

enum err sites_import(struct import *im, struct sv text, const struct site_kind *kind,
                      struct sites *s)
{
    struct ctx *c = im->c;
    s->kind = kind;
    s->im = im;
    TRY(areas_load(im, &s->areas));
    TRY(table_open(im, text, kind->e->fields, &kind->names, &s->table));
    TRY(im->faults_n ? table_end(&s->table) : rows_read_all(s));
    struct arena read = c->mem; /* batches reset c->mem */
    c->mem = (struct arena){ 0 };
    enum err e = transaction(c, store, s);
    arena_free(&read);
    return e;
}
