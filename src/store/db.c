/* db.c - one interface over both engines: opening, parameters, running, transactions. */

#include "base/record.h"
#include "store/driver.h"

#include <assert.h>
#include <string.h>

/* --- the store --- */

enum err store_open(struct ctx *c, struct arena *mem, const char *url, struct store **ret_store)
{
    struct sv text = sv_of(url);
    bool postgres = sv_starts(text, SV("postgresql://")) || sv_starts(text, SV("postgres://"));
    struct store *s = NEW(mem, struct store, 1);
    s->driver = postgres ? &postgres_driver : &sqlite_driver;
    s->url = sv_text(mem, text);
    if (!postgres) {
        s->file = sv_fmt(mem, "%s/yike.db", url).at;
        s->lock = sv_fmt(mem, "%s/write.lock", url).at;
    }
    turn_open(s);
    TRY(s->driver->start(c, s));
    *ret_store = s;
    return ERR_NONE;
}

void store_close(struct store *s)
{
    if (s)
        turn_close(s);                   /* the rest lies in the caller's arena */
}

enum engine store_engine(const struct store *s)
{
    return s->driver->engine;
}

void store_constraints(struct store *s, const struct schema *schema)
{
    s->schema = schema;
}

enum err store_away(struct ctx *c, const char *what, const char *why)
{
    bool first = c->fault.kind == ERR_NONE;
    enum err e = fail(c, ERR_BUSY, "store.away", "could not run %s: %s", what, why);
    if (first)
        c->fault.retry_after_s = 2;
    return e;
}

enum err store_rerun(struct ctx *c, const char *what, const char *why)
{
    bool first = c->fault.kind == ERR_NONE;
    enum err e = store_away(c, what, why);
    if (first)
        c->fault.retryable = true;
    return e;
}

/* --- connections --- */

enum err db_open(struct ctx *c, struct store *s, enum db_use use, struct db **ret_db)
{
    return s->driver->open(c, s, use, ret_db);
}

void db_close(struct db *db)
{
    if (!db)
        return;
    turn_end(db);
    db->driver->close(db);
}

enum engine db_engine(const struct db *db)
{
    return db->driver->engine;
}

/* --- faults, and what a lost transaction refuses --- */

void db_fault(struct db *db, int64_t k, enum fault_how how)
{
    db->fault_at = k;
    db->fault_how = how;
    db->fault_hit = false;
}

bool db_fault_hit(const struct db *db)
{
    return db->fault_hit;
}

/* Asked before every call that leaves the process. */
static enum err may_go(struct ctx *c, struct db *db)
{
    if (db->lost)
        return store_rerun(c, "statement", "its transaction is gone");
    if (db->fault_at == 0 || --db->fault_at > 0)
        return ERR_NONE;
    db->fault_hit = true;
    return db->driver->fault(c, db, db->fault_how);
}

/* --- parameters --- */

static enum err look_up(struct ctx *c, const struct params *p, const char *name, struct value *ret)
{
    for (size_t i = 0; i < p->n; i++) {
        if (strcmp(p->list[i].name, name) == 0) {
            *ret = p->list[i].value;
            return ERR_NONE;
        }
    }
    const struct field *f = p->fields ? field_named(p->fields, sv_of(name)) : NULL;
    if (!f)
        return fail(c, ERR_BROKEN, "store.broken", "parameter :%s is not bound", name);
    if (f->class == SEALED || f->class == SECRET)
        return fail(c, ERR_BROKEN, "store.broken", "parameter :%s is sealed and bound in plain",
                    name);
    *ret = field_value(f, p->record);
    return ERR_NONE;
}

static enum err bind(struct ctx *c, const struct sql *sql, struct params p, struct statement *ret)
{
    struct value *values = NEW(&c->mem, struct value, sql->params_n);
    for (int i = 0; i < sql->params_n; i++) {
        if (look_up(c, &p, sql->params[i], &values[i]) != ERR_NONE)
            return fail(c, ERR_BROKEN, "store.broken", "could not bind %s", sql->name);
    }
    const char *text = db_engine(c->db) == ENGINE_SQLITE ? sql->sqlite : sql->pg;
    if (!text)
        return fail(c, ERR_BROKEN, "store.broken", "%s has no text for this engine", sql->name);
    *ret = (struct statement){
        .sql = sql, .name = sql->name, .text = sv_of(text), .values = values, .n = sql->params_n,
    };
    return ERR_NONE;
}

/* --- running --- */

enum err db_run_of(struct ctx *c, const struct statement *s, int64_t *ret_changed)
{
    TRY(may_go(c, c->db));
    return c->db->driver->run(c, c->db, s, ret_changed);
}

struct rows db_rows_of(struct ctx *c, const struct statement *s)
{
    struct rows r = { .c = c };
    r.err = may_go(c, c->db);
    if (!r.err)
        r.err = c->db->driver->rows(c, c->db, s, &r);
    return r;
}

enum err db_prepare(struct ctx *c, const struct sql *sql)
{
    const char *text = db_engine(c->db) == ENGINE_SQLITE ? sql->sqlite : sql->pg;
    struct value *nothing = NEW(&c->mem, struct value, sql->params_n);
    if (!text)
        return ERR_NONE;
    return c->db->driver->prepare(c, c->db, &(struct statement){
        .sql = sql, .name = sql->name, .text = sv_of(text), .values = nothing, .n = sql->params_n,
    });
}

enum err db_run(struct ctx *c, const struct sql *sql, struct params p, int64_t *ret_changed)
{
    struct statement s;
    TRY(bind(c, sql, p, &s));
    return db_run_of(c, &s, ret_changed);
}

struct rows db_rows(struct ctx *c, const struct sql *sql, struct params p)
{
    struct statement s;
    enum err e = bind(c, sql, p, &s);
    return e ? (struct rows){ .c = c, .err = e } : db_rows_of(c, &s);
}

enum err db_bulk(struct ctx *c, const char *table, const char *const *columns, int columns_n,
                 const struct value *values, size_t rows)
{
    assert(c->db->begun);
    TRY(may_go(c, c->db));
    if (rows == 0)
        return ERR_NONE;
    return c->db->driver->bulk(c, c->db, &(struct bulk){ table, columns, columns_n, values, rows });
}

enum err db_script(struct ctx *c, struct sv text)
{
    TRY(may_go(c, c->db));
    return c->db->driver->script(c, c->db, text);
}

enum err db_find(struct ctx *c, const struct sql *sql, struct params p, const struct field *fields,
                 void *record, bool *ret_found)
{
    struct rows r = db_rows(c, sql, p);
    bool found = rows_next(&r);
    if (found) {
        record_clear(fields, record);
        rows_read(&r, fields, record);
    }
    TRY(rows_end(&r));
    *ret_found = found;
    return ERR_NONE;
}

enum err db_int(struct ctx *c, const struct sql *sql, struct params p, int64_t *ret_n)
{
    struct rows r = db_rows(c, sql, p);
    int64_t n = rows_next(&r) ? rows_int(&r, 0) : 0;
    TRY(rows_end(&r));
    *ret_n = n;
    return ERR_NONE;
}

/* --- transactions --- */

static enum err begin(struct ctx *c, bool reads)
{
    struct db *db = c->db;
    if (db->lost)
        db_rollback(c);
    assert(!db->begun);
    if (!reads)
        turn_take(db);
    enum err e = db->driver->begin(c, db, reads);
    db->begun = !e;
    db->events = 0;
    if (e)
        turn_end(db);
    return e;
}

enum err db_begin(struct ctx *c)
{
    if (c->db->use != DB_WRITES)
        return fail(c, ERR_BROKEN, "store.broken", "a reading connection cannot begin to write");
    return begin(c, false);
}

enum err db_begin_reads(struct ctx *c)
{
    return begin(c, true);
}

enum err db_commit(struct ctx *c)
{
    struct db *db = c->db;
    assert(db->begun);
    enum err e = may_go(c, db);
    if (!e)
        e = db->driver->commit(c, db);
    if (e)
        db->driver->rollback(db);
    db->begun = db->lost = false;
    turn_end(db);
    return e;
}

void db_rollback(struct ctx *c)
{
    struct db *db = c->db;
    if (db->begun)
        db->driver->rollback(db);
    db->begun = db->lost = false;
    turn_end(db);
}

bool db_in_transaction(const struct db *db)
{
    return db->begun && !db->lost;
}

enum err db_savepoint(struct ctx *c)
{
    TRY(may_go(c, c->db));
    return c->db->driver->savepoint(c, c->db, SAVEPOINT_SET);
}

enum err db_savepoint_keep(struct ctx *c)
{
    TRY(may_go(c, c->db));
    return c->db->driver->savepoint(c, c->db, SAVEPOINT_KEEP);
}

/* No injected fault: it is how a failed request ends. */
enum err db_savepoint_undo(struct ctx *c)
{
    if (c->db->lost)
        return store_rerun(c, "savepoint", "its transaction is gone");
    return c->db->driver->savepoint(c, c->db, SAVEPOINT_UNDO);
}

int64_t db_changes(const struct db *db)
{
    assert(db->driver->changes);
    return db->driver->changes(db);
}

static enum err write_once(struct ctx *c, enum err (*write)(struct ctx *c, void *what), void *what)
{
    TRY(db_begin(c));
    enum err e = write(c, what);
    if (!e)
        return db_commit(c);
    db_rollback(c);
    return e;
}

enum err store_write(struct ctx *c, enum err (*write)(struct ctx *c, void *what), void *what)
{
    if (db_in_transaction(c->db))
        return write(c, what);
    struct again again = { 0 };
    enum err e;
    do
        e = write_once(c, write, what);
    while (e && db_again(c, &again));
    return e;
}
