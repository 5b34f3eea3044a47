/*
 * sqlite.c - the SQLite driver.
 *
 * One file in WAL mode, synchronous=FULL: an acknowledged write survives power loss. Whoever
 * writes holds flock on write.lock meanwhile, so SQLITE_BUSY never happens among our own
 * processes; it is reported as a defect of the surroundings (a copy tool, an open shell).
 */

#include "store/driver.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { BUSY_MS = 5000 };

/* Every request asks for these, so they are compiled once. */
enum control { BEGIN_WRITES, COMMIT, SET, KEEP, CONTROLS };
static const char *const controls[CONTROLS] = { "BEGIN IMMEDIATE", "COMMIT", "SAVEPOINT one",
                                                "RELEASE one" };

struct sqlite {
    struct db    db;
    sqlite3     *file;
    int          lock;               /* DIR/write.lock; -1 on a reading connection */
    bool         locked;
    struct cache cache;
    sqlite3_stmt *control[CONTROLS];
};

/* An open statement; from the cache, or one of its own when the cached one is in use. */
struct sqlite_cursor { sqlite3_stmt *st; struct cached *at; bool locked; };

static struct sqlite *own(struct db *db)
{
    return (struct sqlite *)db;
}

static int run_control(struct sqlite *q, enum control what)
{
    sqlite3_stmt **st = &q->control[what];
    int rc = *st ? SQLITE_OK
                 : sqlite3_prepare_v3(q->file, controls[what], -1, SQLITE_PREPARE_PERSISTENT, st,
                                      NULL);
    if (rc != SQLITE_OK)
        return rc;
    rc = sqlite3_step(*st);
    sqlite3_reset(*st);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* --- failing --- */

/* Which row a statement touched first. */
struct touched { char table[64]; sqlite3_int64 row; bool any; };

static void note_touched(void *into, int what, const char *base, const char *table,
                         sqlite3_int64 row)
{
    (void)what, (void)base;
    struct touched *t = into;
    if (t->any || strlen(table) >= sizeof t->table)
        return;
    memcpy(t->table, table, strlen(table) + 1);
    t->row = row;
    t->any = true;
}

static bool dangles(struct ctx *c, struct sqlite *q, const char *table, const struct index *x,
                    int64_t row)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT 1 FROM ");
    build_name(&b, table);
    build_sql(&b, " AS a WHERE rowid = ");
    build_int(&b, row);
    build_sql(&b, " AND ");
    build_name(&b, x->columns);
    build_sql(&b, " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ");
    build_name(&b, x->refers);
    build_sql(&b, " AS b WHERE b.id = a.");
    build_name(&b, x->columns);
    build_sql(&b, ")");
    sqlite3_stmt *st = NULL;
    bool yes = sqlite3_prepare_v2(q->file, buf_cstr(&b.text), -1, &st, NULL) == SQLITE_OK &&
               sqlite3_step(st) == SQLITE_ROW;
    sqlite3_finalize(st);
    return yes;
}

static const char *link_of_row(struct ctx *c, struct sqlite *q, const struct touched *t)
{
    const struct schema *s = q->db.store->schema;
    for (size_t i = 0; i < s->n; i++) {
        if (strcmp(s->tables[i].name, t->table) != 0)
            continue;
        for (const struct index *x = s->tables[i].indexes; x && x->name; x++)
            if (x->refers && x->message && dangles(c, q, t->table, x, t->row))
                return x->message;
    }
    return "store.conflict";
}

/*
 * SQLite does not say which foreign key is broken. So the statement runs once more with the
 * keys deferred, we look which link of the row dangles, and undo it.
 */
static const char *link_message(struct ctx *c, struct sqlite *q, sqlite3_stmt *st)
{
    if (!q->db.store->schema || !st)
        return "store.conflict";
    if (sqlite3_exec(q->file, "SAVEPOINT why; PRAGMA defer_foreign_keys = ON", 0, 0, 0) !=
        SQLITE_OK)
        return "store.conflict";
    struct touched t = { .any = false };
    sqlite3_update_hook(q->file, note_touched, &t);
    sqlite3_reset(st);
    while (sqlite3_step(st) == SQLITE_ROW)
        ;
    sqlite3_reset(st);
    sqlite3_update_hook(q->file, NULL, NULL);
    const char *message = t.any ? link_of_row(c, q, &t) : "store.conflict";
    sqlite3_exec(q->file, "ROLLBACK TO why; RELEASE why; PRAGMA defer_foreign_keys = OFF", 0, 0, 0);
    return message;
}

static enum err refuse_constraint(struct ctx *c, struct sqlite *q, sqlite3_stmt *st, int rc,
                                  const char *name)
{
    struct sv said = sv_copy(&c->mem, sv_of(sqlite3_errmsg(q->file)));
    ptrdiff_t colon = sv_find(said, SV(": "));
    struct sv what = colon < 0 ? said : sv_from(said, (size_t)colon + 2);
    const char *key;
    switch (rc) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        key = unique_message(q->db.store, what);
        break;
    case SQLITE_CONSTRAINT_CHECK:
        key = constraint_message(q->db.store, what);
        break;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        key = link_message(c, q, st);
        break;
    default: /* not null, a trigger, a type: our mistake */
        return fail(c, ERR_BROKEN, "store.broken", "could not run %s: %.*s", name, SV_ARG(said));
    }
    return fail(c, ERR_CONFLICT, key, "could not run %s: %.*s", name, SV_ARG(said));
}

static bool is_away(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_FULL: case SQLITE_IOERR: case SQLITE_NOMEM: case SQLITE_CANTOPEN: case SQLITE_BUSY:
    case SQLITE_LOCKED: case SQLITE_PROTOCOL: case SQLITE_INTERRUPT:
        return true;
    default:
        return false;
    }
}

static enum err refuse(struct ctx *c, struct sqlite *q, sqlite3_stmt *st, int rc, const char *name)
{
    bool gone = q->db.begun && sqlite3_get_autocommit(q->file);
    if (gone) {
        q->db.lost = true;
        return store_rerun(c, name, sqlite3_errmsg(q->file));
    }
    if ((rc & 0xff) == SQLITE_CONSTRAINT)
        return refuse_constraint(c, q, st, rc, name);
    if (is_away(rc))
        return store_away(c, name, sqlite3_errmsg(q->file));
    return fail(c, ERR_BROKEN, "store.broken", "could not run %s: %s", name,
                sqlite3_errmsg(q->file));
}

/* --- the write lock --- */

static enum err lock_write(struct ctx *c, struct sqlite *q)
{
    assert(q->lock >= 0);
    while (flock(q->lock, LOCK_EX) != 0)
        if (errno != EINTR)
            return store_away(c, "write.lock", strerror(errno));
    q->locked = true;
    return ERR_NONE;
}

static void unlock_write(struct sqlite *q)
{
    if (q->locked)
        flock(q->lock, LOCK_UN);
    q->locked = false;
}

/* --- connections --- */

/*
 * Nobody asks what the engine allocates, so it need not count. Refused when the engine works
 * already: then it stays as it is.
 */
static void configure(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum err sqlite_start(struct ctx *c, struct store *s)
{
    configure();
    int fd = open(s->file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return store_away(c, "open", strerror(errno));
    close(fd);
    fd = open(s->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return store_away(c, "open", strerror(errno));
    flock(fd, LOCK_EX);                                  /* only one changes the journal mode */
    sqlite3 *file = NULL;
    int rc = sqlite3_open_v2(s->file, &file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    sqlite3_busy_timeout(file, BUSY_MS);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(file, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    enum err e = rc == SQLITE_OK ? ERR_NONE : store_away(c, "open", sqlite3_errstr(rc));
    sqlite3_close(file);
    close(fd);
    return e;
}

static void sqlite_forget(struct db *db)
{
    struct sqlite *q = own(db);
    for (int i = 0; i < CACHE_SETS * CACHE_WAYS; i++) {
        struct cached *at = &q->cache.sets[i / CACHE_WAYS][i % CACHE_WAYS];
        block_free(at->text);
        *at = (struct cached){ 0 };
    }
    for (sqlite3_stmt *st; (st = sqlite3_next_stmt(q->file, NULL));)
        sqlite3_finalize(st);
    memset(q->control, 0, sizeof q->control);
}

static void sqlite_close(struct db *db)
{
    struct sqlite *q = own(db);
    sqlite_forget(db);
    sqlite3_close(q->file);                              /* rolls an open transaction back */
    unlock_write(q);
    if (q->lock >= 0)
        close(q->lock);
    block_free(q);
}

static const char settings[] =
    "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -4096; PRAGMA journal_size_limit = 67108864; PRAGMA trusted_schema = OFF;";

/*
 * Who writes keeps the inner pages of every index at hand. A checkpoint writes each page once
 * however often it changed, and syncs twice: so a log of 16 MiB rather than 4. What a savepoint
 * may have to bring back stays in memory (temp_store), never in a file: the engine writes at most
 * 128 KiB at once, so that larger pieces (SQLITE_CONFIG_STMTJRNL_SPILL) end in "disk is full".
 */
static const char writer_settings[] =
    "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;";

/*
 * Else a statement with LIKE and a bound pattern is compiled anew each time it is bound, to look at
 * the pattern: a search of names is forty such conditions, and compiling was most of its cost.
 */
static void keep_plans(sqlite3 *file)
{
    (void)sqlite3_db_config(file, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
}

static enum err sqlite_open(struct ctx *c, struct store *s, enum db_use use, struct db **ret_db)
{
    struct sqlite *q = block_take(sizeof *q);
    q->db = (struct db){ .driver = &sqlite_driver, .store = s, .use = use };
    q->lock = -1;
    int rc = sqlite3_open_v2(s->file, &q->file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_extended_result_codes(q->file, 1);
        keep_plans(q->file);
        sqlite3_busy_timeout(q->file, BUSY_MS);
        rc = sqlite3_exec(q->file, settings, NULL, NULL, NULL);
    }
    if (rc == SQLITE_OK && use == DB_READS)
        rc = sqlite3_exec(q->file, "PRAGMA query_only = ON", NULL, NULL, NULL);
    if (rc == SQLITE_OK && use == DB_WRITES)
        rc = sqlite3_exec(q->file, writer_settings, NULL, NULL, NULL);
    if (rc == SQLITE_OK && use == DB_WRITES)
        q->lock = open(s->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (rc != SQLITE_OK || (use == DB_WRITES && q->lock < 0)) {
        sqlite_close(&q->db);
        return store_away(c, "open", rc != SQLITE_OK ? sqlite3_errstr(rc) : strerror(errno));
    }
    *ret_db = &q->db;
    return ERR_NONE;
}

/* --- statements --- */

static int prepare(struct sqlite *q, const struct statement *s, struct sqlite_cursor *ret)
{
    struct cached *set = cache_set(&q->cache, s);
    for (int i = 0; i < CACHE_WAYS; i++) {
        if (!set[i].busy && cache_is(&set[i], s)) {
            set[i].used = ++q->cache.clock;
            *ret = (struct sqlite_cursor){ set[i].handle, &set[i], false };
            return SQLITE_OK;
        }
    }
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v3(q->file, s->text.at, (int)s->text.len + 1,
                                SQLITE_PREPARE_PERSISTENT, &st, NULL);
    if (rc != SQLITE_OK)
        return rc;
    struct cached *room = cache_room(set);
    if (room) {
        sqlite3_finalize(room->handle);
        cache_put(&q->cache, room, s, st);
    }
    *ret = (struct sqlite_cursor){ st, room, false };
    return SQLITE_OK;
}

static int bind_value(sqlite3_stmt *st, int at, struct value v)
{
    const char *text = v.text.at ? v.text.at : "";
    switch (v.type) {
    case VALUE_NULL: return sqlite3_bind_null(st, at);
    case VALUE_INT:  return sqlite3_bind_int64(st, at, v.n);
    case VALUE_REAL: return sqlite3_bind_double(st, at, v.real);
    case VALUE_TEXT:
        return sqlite3_bind_text64(st, at, text, v.text.len, SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BLOB: return sqlite3_bind_blob64(st, at, text, v.text.len, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static void finish(struct sqlite *q, struct sqlite_cursor *k)
{
    if (!k->st)
        return;
    if (k->at) {
        sqlite3_reset(k->st);
        sqlite3_clear_bindings(k->st);
        k->at->busy = false;
    } else {
        sqlite3_finalize(k->st);
    }
    if (k->locked)
        unlock_write(q);
    *k = (struct sqlite_cursor){ 0 };
}

/* Ready to step: prepared, bound, and the write lock taken when it writes on its own. */
static enum err ready(struct ctx *c, struct sqlite *q, const struct statement *s,
                      struct sqlite_cursor *k)
{
    int rc = prepare(q, s, k);
    if (rc != SQLITE_OK)
        return refuse(c, q, NULL, rc, s->name);
    if (k->at)
        k->at->busy = true;
    for (int i = 0; i < s->n && rc == SQLITE_OK; i++)
        rc = bind_value(k->st, i + 1, s->values[i]);
    enum err e = rc == SQLITE_OK ? ERR_NONE : refuse(c, q, NULL, rc, s->name);
    if (!e && !q->db.begun && q->lock >= 0 && !sqlite3_stmt_readonly(k->st)) {
        e = lock_write(c, q);
        k->locked = !e;
    }
    if (e)
        finish(q, k);
    return e;
}

static enum err sqlite_prepare(struct ctx *c, struct db *db, const struct statement *s)
{
    struct sqlite_cursor k = { 0 };
    int rc = prepare(own(db), s, &k);
    finish(own(db), &k);
    return rc == SQLITE_OK ? ERR_NONE : refuse(c, own(db), NULL, rc, s->name);
}

static enum err sqlite_run(struct ctx *c, struct db *db, const struct statement *s,
                           int64_t *ret_changed)
{
    struct sqlite *q = own(db);
    struct sqlite_cursor k = { 0 };
    TRY(ready(c, q, s, &k));
    sqlite3_int64 before = sqlite3_total_changes64(q->file);
    int rc;
    while ((rc = sqlite3_step(k.st)) == SQLITE_ROW)
        ;
    enum err e = rc == SQLITE_DONE ? ERR_NONE : refuse(c, q, k.st, rc, s->name);
    if (!e && ret_changed)
        *ret_changed = sqlite3_total_changes64(q->file) == before ? 0 : sqlite3_changes64(q->file);
    finish(q, &k);
    return e;
}

static enum err sqlite_rows(struct ctx *c, struct db *db, const struct statement *s, struct rows *r)
{
    struct sqlite_cursor *k = NEW(&c->mem, struct sqlite_cursor, 1);
    TRY(ready(c, own(db), s, k));
    r->cursor = k;
    r->columns = sqlite3_column_count(k->st);
    return ERR_NONE;
}

static bool sqlite_next(struct rows *r)
{
    struct sqlite_cursor *k = r->cursor;
    struct sqlite *q = own(r->c->db);
    int rc = sqlite3_step(k->st);
    if (rc == SQLITE_ROW)
        return true;
    if (rc != SQLITE_DONE)
        r->err = refuse(r->c, q, k->st, rc, "rows");
    finish(q, k);
    return false;
}

static const char *sqlite_name(struct rows *r, int column)
{
    const struct sqlite_cursor *k = r->cursor;
    return k->st ? sqlite3_column_name(k->st, column) : "";
}

static struct value sqlite_value(struct rows *r, int column)
{
    const struct sqlite_cursor *k = r->cursor;
    const char *at;
    switch (sqlite3_column_type(k->st, column)) {
    case SQLITE_INTEGER: return V_INT(sqlite3_column_int64(k->st, column));
    case SQLITE_FLOAT:   return V_REAL(sqlite3_column_double(k->st, column));
    case SQLITE_TEXT:
        at = (const char *)sqlite3_column_text(k->st, column);
        return V_TEXT(((struct sv){ at, (size_t)sqlite3_column_bytes(k->st, column) }));
    case SQLITE_BLOB:
        at = sqlite3_column_blob(k->st, column);
        return V_BLOB(((struct sv){ at, (size_t)sqlite3_column_bytes(k->st, column) }));
    default:
        return V_NULL;
    }
}

static void sqlite_end(struct rows *r)
{
    finish(own(r->c->db), r->cursor);
}

/* --- many rows --- */

static enum err sqlite_bulk(struct ctx *c, struct db *db, const struct bulk *b)
{
    struct sqlite *q = own(db);
    struct build text = build_new(c);
    build_insert(&text, b->table, b->columns, b->columns_n);
    struct statement s = { .name = b->table, .text = { buf_cstr(&text.text), text.text.len } };
    struct sqlite_cursor k = { 0 };
    TRY(ready(c, q, &s, &k));
    int rc = SQLITE_DONE;
    for (size_t i = 0; i < b->rows && rc == SQLITE_DONE; i++) {
        const struct value *row = b->values + i * (size_t)b->columns_n;
        for (int j = 0; j < b->columns_n; j++)
            bind_value(k.st, j + 1, row[j]);
        rc = sqlite3_step(k.st);
        if (rc == SQLITE_DONE)
            sqlite3_reset(k.st);
    }
    enum err e = rc == SQLITE_DONE ? ERR_NONE : refuse(c, q, k.st, rc, b->table);
    finish(q, &k);
    return e;
}

static enum err sqlite_script(struct ctx *c, struct db *db, struct sv text)
{
    struct sqlite *q = own(db);
    bool alone = !db->begun && q->lock >= 0;
    if (alone)
        TRY(lock_write(c, q));
    int rc = sqlite3_exec(q->file, sv_text(&c->mem, text), NULL, NULL, NULL);
    enum err e = rc == SQLITE_OK ? ERR_NONE : refuse(c, q, NULL, rc, "script");
    if (alone)
        unlock_write(q);
    return e;
}

/* --- transactions --- */

static enum err sqlite_begin(struct ctx *c, struct db *db, bool reads)
{
    struct sqlite *q = own(db);
    if (!reads)
        TRY(lock_write(c, q));
    int rc = reads ? sqlite3_exec(q->file, "BEGIN", NULL, NULL, NULL)
                   : run_control(q, BEGIN_WRITES);
    if (rc == SQLITE_OK)
        return ERR_NONE;
    enum err e = refuse(c, q, NULL, rc, "begin");
    unlock_write(q);
    return e;
}

static void reset_all(struct sqlite *q)
{
    for (sqlite3_stmt *st = NULL; (st = sqlite3_next_stmt(q->file, st));)
        if (sqlite3_stmt_busy(st))
            sqlite3_reset(st);
}

static void sqlite_rollback(struct db *db)
{
    struct sqlite *q = own(db);
    reset_all(q);
    if (!sqlite3_get_autocommit(q->file))
        sqlite3_exec(q->file, "ROLLBACK", NULL, NULL, NULL);
    unlock_write(q);
}

static enum err sqlite_commit(struct ctx *c, struct db *db)
{
    struct sqlite *q = own(db);
    int rc = run_control(q, COMMIT);
    if (rc == SQLITE_OK) {
        unlock_write(q);
        return ERR_NONE;
    }
    struct sv said = sv_copy(&c->mem, sv_of(sqlite3_errmsg(q->file)));
    sqlite_rollback(db);
    return store_rerun(c, "commit", said.at);
}

static enum err sqlite_savepoint(struct ctx *c, struct db *db, enum savepoint what)
{
    struct sqlite *q = own(db);
    int rc = what == SAVEPOINT_UNDO
                 ? sqlite3_exec(q->file, "ROLLBACK TO one; RELEASE one", NULL, NULL, NULL)
                 : run_control(q, what == SAVEPOINT_SET ? SET : KEEP);
    return rc == SQLITE_OK ? ERR_NONE : refuse(c, q, NULL, rc, "savepoint");
}

static int64_t sqlite_changes(const struct db *db)
{
    return sqlite3_total_changes64(((const struct sqlite *)db)->file);
}

/* FULL and IOERR take the whole transaction with them, as SQLite does when they are real. */
static enum err sqlite_fault(struct ctx *c, struct db *db, enum fault_how how)
{
    if (how == FAULT_ERROR)
        return fail(c, ERR_BROKEN, "store.broken", "could not run: injected fault");
    if (how == FAULT_AWAY)
        return store_away(c, "statement", "injected fault");
    if (!db->begun)
        return store_away(c, "statement", "injected fault");
    reset_all(own(db));
    sqlite3_exec(own(db)->file, "ROLLBACK", NULL, NULL, NULL);
    db->lost = true;
    return store_rerun(c, "statement", "injected fault");
}

/* --- migration --- */

static enum err sqlite_lock(struct ctx *c, struct db *db, int *ret_lock)
{
    struct sv path = sv_fmt(&c->mem, "%s/migrate.lock", db->store->url);
    int fd = open(path.at, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || flock(fd, LOCK_EX) != 0)
        return store_away(c, "migrate.lock", strerror(errno));
    *ret_lock = fd;
    return ERR_NONE;
}

static void sqlite_unlock(struct db *db, int lock)
{
    (void)db;
    close(lock);
}

const struct driver sqlite_driver = {
    .engine = ENGINE_SQLITE,
    .start = sqlite_start, .open = sqlite_open, .close = sqlite_close,
    .run = sqlite_run, .rows = sqlite_rows, .next = sqlite_next, .name = sqlite_name,
    .value = sqlite_value, .end = sqlite_end, .bulk = sqlite_bulk, .script = sqlite_script,
    .begin = sqlite_begin, .commit = sqlite_commit, .rollback = sqlite_rollback,
    .savepoint = sqlite_savepoint, .changes = sqlite_changes, .fault = sqlite_fault,
    .lock = sqlite_lock, .unlock = sqlite_unlock, .forget = sqlite_forget,
    .prepare = sqlite_prepare,
};
