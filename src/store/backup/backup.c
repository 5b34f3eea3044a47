/*
 * backup.c - writing and restoring an archive.
 *
 * Rows are read in pages behind the last key seen, so memory stays small on both engines; one
 * snapshot is held for all tables. A page has memory of its own, in a ctx of its own.
 */

#include "store/backup/archive.h"
#include "store/backup.h"
#include "store/schema/ddl.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

SQL(schema_dangling);
SQL(backup_event_base);

enum { PAGE_ROWS = 2000, KEY_COLUMNS_MAX = 6, COLUMNS_MAX = 300 };
static const char magic[] = "yike backup 1";

/* --- both ways --- */

struct backup {
    struct ctx                *c;
    struct ctx                 page;         /* the page's memory and cause */
    const struct schema       *schema;
    struct archive             file;
    const struct backup_watch *watch;
    struct backup_facts        facts;
};

/* A page's failure becomes the call's: the texts move to the memory that stays. */
static enum err page_end(struct backup *b, enum err e)
{
    if (e) {
        b->c->fault = b->page.fault;
        b->c->fault.log = sv_copy(&b->c->mem, b->page.fault.log);
    }
    arena_reset(&b->page.mem);
    return e;
}

static void tell(const struct backup *b, const char *table, int64_t rows)
{
    if (b->watch && b->watch->told)
        b->watch->told(b->watch->state, table, rows);
}

/* The declared tables and store's own that are not among them. The log stays with its database. */
static const struct table *table_at(const struct schema *s, size_t i)
{
    if (i < s->n)
        return &s->tables[i];
    i -= s->n;
    if (i >= store_tables_n)
        return NULL;
    return &store_tables[i];
}

static bool is_archived(const struct schema *s, size_t i)
{
    const struct table *t = table_at(s, i);
    if (strcmp(t->name, "schema_log") == 0)
        return false;
    for (size_t j = 0; i >= s->n && j < s->n; j++)
        if (strcmp(s->tables[j].name, t->name) == 0)
            return false;
    return true;
}

static int key_columns(struct ctx *c, const struct table *t, const char *names[KEY_COLUMNS_MAX])
{
    struct sv key = sv_of(t->key ? t->key : t->columns[0].name), part;
    int n = 0;
    for (; sv_cut(&key, ',', &part); n++) {
        assert(n < KEY_COLUMNS_MAX);
        names[n] = sv_text(&c->mem, sv_trim(part));
    }
    return n;
}

/* --- writing --- */

struct place { struct value key[KEY_COLUMNS_MAX]; struct arena mem; bool begun; int64_t rows; };

static struct build page_of(struct ctx *c, const struct table *t, const struct place *p)
{
    const char *key[KEY_COLUMNS_MAX];
    int n = key_columns(c, t, key);
    struct build b = build_new(c);
    build_sql(&b, "SELECT ");
    for (size_t i = 0; i < t->columns_n; i++) {
        build_piece(&b, i ? ", " : "");
        build_name(&b, t->columns[i].name);
    }
    build_sql(&b, " FROM ");
    build_name(&b, t->name);
    for (int i = 0; p->begun && i < n; i++) {
        build_piece(&b, i ? ", " : " WHERE (");
        build_name(&b, key[i]);
    }
    for (int i = 0; p->begun && i < n; i++) {
        build_piece(&b, i ? ", " : ") > (");
        build_value(&b, p->key[i]);
    }
    build_piece(&b, p->begun ? ") ORDER BY " : " ORDER BY ");
    for (int i = 0; i < n; i++) {
        build_piece(&b, i ? ", " : "");
        build_name(&b, key[i]);
    }
    build_sql(&b, " LIMIT ");
    build_int(&b, PAGE_ROWS);
    return b;
}

static void keep_key(struct ctx *c, const struct table *t, struct rows *r, struct place *p)
{
    const char *key[KEY_COLUMNS_MAX];
    int n = key_columns(c, t, key);
    arena_reset(&p->mem);
    for (int i = 0; i < n; i++) {
        p->key[i] = rows_value(r, rows_column(r, key[i]));
        p->key[i].text = sv_copy(&p->mem, p->key[i].text);
    }
    p->begun = true;
}

/* Each row has a 1 in front; the table ends with a 0. *ret_more: the page was full. */
static enum err write_page(struct backup *b, const struct table *t, struct place *p, bool *ret_more)
{
    struct ctx *c = &b->page;
    struct build text = page_of(c, t, p);
    struct rows r = build_rows(c, &text);
    while (rows_next(&r)) {
        archive_put_int(&b->file, 1);
        for (int i = 0; i < r.columns; i++)
            archive_put(&b->file, rows_value(&r, i));
        if (r.seen == PAGE_ROWS)
            keep_key(c, t, &r, p);
    }
    p->rows += r.seen;
    *ret_more = r.seen == PAGE_ROWS;
    return rows_end(&r);
}

static enum err write_table(struct backup *b, const struct table *t)
{
    archive_put_text(&b->file, sv_of(t->name));
    archive_put_int(&b->file, (int64_t)t->columns_n);
    for (size_t i = 0; i < t->columns_n; i++)
        archive_put_text(&b->file, sv_of(t->columns[i].name));
    struct place p = { .begun = false };
    enum err e = ERR_NONE;
    for (bool more = true; more && !e;) {
        e = page_end(b, write_page(b, t, &p, &more));
        tell(b, t->name, p.rows);
    }
    arena_free(&p.mem);
    archive_put_int(&b->file, 0);
    b->facts.tables++;
    b->facts.rows += p.rows;
    return e;
}

static enum err write_all(struct backup *b)
{
    archive_put_text(&b->file, sv_of(magic));
    archive_put_int(&b->file, b->schema->number);
    archive_put_int(&b->file, b->facts.made_at.ms);
    for (size_t i = 0; table_at(b->schema, i); i++)
        if (is_archived(b->schema, i))
            TRY(write_table(b, table_at(b->schema, i)));
    archive_put_text(&b->file, SV(""));
    archive_put_int(&b->file, b->facts.rows);
    return ERR_NONE;
}

static enum err unwritable(struct ctx *c, const char *path)
{
    return fail(c, ERR_BUSY, "backup.file", "could not write %s: %s", path, strerror(errno));
}

static enum err write_snapshot(struct backup *b)
{
    TRY(schema_check(b->c, b->schema));
    TRY(db_begin_reads(b->c));
    enum err e = write_all(b);
    db_rollback(b->c);
    return e;
}

/* The name of a file is safe when its folder is synced too. */
static bool sync_folder(struct ctx *c, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *folder =
        slash ? sv_text(&c->mem, (struct sv){ path, (size_t)(slash - path) + 1 }) : ".";
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

/* PATH.part, synced, then PATH: nobody ever finds half a backup under its name. */
static enum err write_file(struct backup *b, const char *part, const char *path)
{
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return unwritable(b->c, part);
    b->file.file = gzdopen(dup(fd), "wb1");
    enum err e = write_snapshot(b);
    bool good = gzclose(b->file.file) == Z_OK && !b->file.bad && fsync(fd) == 0;
    close(fd);
    if (!e && (!good || rename(part, path) != 0 || !sync_folder(b->c, path)))
        e = unwritable(b->c, path);
    if (e)
        unlink(part);
    return e;
}

enum err backup_write(struct ctx *c, const struct schema *s, const char *path,
                      const struct backup_watch *watch, struct backup_facts *ret_facts)
{
    struct backup b = { .c = c, .page = { .db = c->db, .now = c->now }, .schema = s, .watch = watch,
                        .facts = { .number = s->number, .made_at = c->now } };
    enum err e = write_file(&b, sv_fmt(&c->mem, "%s.part", path).at, path);
    arena_free(&b.page.mem);
    if (!e && ret_facts)
        *ret_facts = b.facts;
    return e;
}

/* --- restoring --- */

static enum err malformed(struct ctx *c, const char *what)
{
    return fail(c, ERR_MALFORMED, "backup.malformed", "the archive is damaged: %s", what);
}

static const struct table *table_named(const struct schema *s, struct sv name)
{
    for (size_t i = 0; table_at(s, i); i++)
        if (is_archived(s, i) && sv_is(name, table_at(s, i)->name))
            return table_at(s, i);
    return NULL;
}

/* The columns in the archive's order, as declared. */
static enum err read_columns(struct backup *b, const struct table *t,
                             const char *names[COLUMNS_MAX], int *ret_n)
{
    int n = (int)archive_int(&b->file, 1, COLUMNS_MAX);
    for (int i = 0; i < n; i++) {
        struct sv name = archive_text(&b->file, &b->c->mem);
        names[i] = NULL;
        for (size_t j = 0; j < t->columns_n; j++)
            if (sv_is(name, t->columns[j].name))
                names[i] = t->columns[j].name;
        if (!names[i])
            return malformed(b->c, "a column that is not declared");
    }
    *ret_n = n;
    return b->file.bad ? malformed(b->c, "columns") : ERR_NONE;
}

static enum err read_page(struct backup *b, const struct table *t, const char *const *names, int n,
                          int64_t *ret_rows)
{
    struct ctx *c = &b->page;
    struct value *values = NEW(&c->mem, struct value, (size_t)n * PAGE_ROWS);
    size_t rows = 0;
    while (rows < PAGE_ROWS && archive_int(&b->file, 0, 1) == 1) {
        for (int i = 0; i < n; i++)
            values[rows * (size_t)n + (size_t)i] = archive_value(&b->file, &c->mem);
        rows++;
    }
    if (b->file.bad)
        return malformed(c, t->name);
    *ret_rows = (int64_t)rows;
    return db_bulk(c, t->name, names, n, values, rows);
}

static enum err read_table(struct backup *b, const struct table *t)
{
    const char *names[COLUMNS_MAX];
    int n;
    int64_t rows = 0;
    TRY(read_columns(b, t, names, &n));
    for (int64_t page = PAGE_ROWS; page == PAGE_ROWS; rows += page) {
        TRY(page_end(b, read_page(b, t, names, n, &page)));
        tell(b, t->name, rows + page);
    }
    b->facts.tables++;
    b->facts.rows += rows;
    return ERR_NONE;
}

static enum err read_tables(struct backup *b)
{
    for (;;) {
        struct sv name = archive_text(&b->file, &b->c->mem);
        if (b->file.bad)
            return malformed(b->c, "it is cut short");
        if (name.len == 0)
            break;
        const struct table *t = table_named(b->schema, name);
        if (!t)
            return malformed(b->c, "a table that is not declared");
        TRY(read_table(b, t));
    }
    if (archive_int(&b->file, 0, INT64_MAX) != b->facts.rows || b->file.bad ||
        gzgetc(b->file.file) >= 0)
        return malformed(b->c, "its end");
    return ERR_NONE;
}

static enum err read_head(struct backup *b)
{
    struct sv said = archive_text(&b->file, &b->c->mem);
    b->facts.number = archive_int(&b->file, INT64_MIN, INT64_MAX);
    b->facts.made_at.ms = archive_int(&b->file, 0, INT64_MAX);
    if (b->file.bad || !sv_is(said, magic))
        return malformed(b->c, "it is no backup of ours");
    if (b->facts.number != b->schema->number)
        return fail(b->c, ERR_CONFLICT, "backup.other",
                    "the archive is of schema %lld, this program of %lld",
                    (long long)b->facts.number, (long long)b->schema->number);
    return ERR_NONE;
}

static enum err must_be_empty(struct backup *b)
{
    struct ctx *c = b->c;
    struct catalog has;
    TRY(catalog_read(c, &has));
    for (size_t i = 0; table_at(b->schema, i); i++) {
        const struct table *t = table_at(b->schema, i);
        if (!is_archived(b->schema, i) || !catalog_table(&has, t->name))
            continue;
        struct build text = build_new(c);
        build_sql(&text, "SELECT 1 FROM ");
        build_name(&text, t->name);
        build_sql(&text, " LIMIT 1");
        struct rows r = build_rows(c, &text);
        bool any = rows_next(&r);
        TRY(rows_end(&r));
        if (any)
            return fail(c, ERR_CONFLICT, "backup.not_empty", "table %s has rows already", t->name);
    }
    return ERR_NONE;
}

/* PostgreSQL checks links row by row, so they are declared when all rows are there. */
static struct schema without_links(struct ctx *c, const struct schema *s)
{
    struct table *tables = NEW(&c->mem, struct table, s->n);
    for (size_t i = 0; i < s->n; i++) {
        size_t n = 0, kept = 0;
        for (const struct index *x = s->tables[i].indexes; x && x->name; x++)
            n++;
        struct index *indexes = NEW(&c->mem, struct index, n + 1);
        for (size_t j = 0; j < n; j++)
            if (!s->tables[i].indexes[j].refers)
                indexes[kept++] = s->tables[i].indexes[j];
        tables[i] = s->tables[i];
        tables[i].indexes = indexes;
    }
    struct schema bare = { tables, s->n, 0 };
    schema_seal(&bare);
    return bare;
}

static enum err set_numbers(struct backup *b)
{
    struct ctx *c = b->c;
    TRY(db_run(c, &sql_backup_event_base, NO_PARAMS, NULL));
    for (size_t i = 0; table_at(b->schema, i); i++) {
        const struct table *t = table_at(b->schema, i);
        if (!is_archived(b->schema, i) || !t->columns[0].counted)
            continue;
        struct build text = build_new(c);
        build_sql(&text, "SELECT setval(pg_get_serial_sequence('");
        build_name(&text, t->name);
        build_sql(&text, "', '");
        build_name(&text, t->columns[0].name);
        build_sql(&text, "'), (SELECT coalesce(max(");
        build_name(&text, t->columns[0].name);
        build_sql(&text, "), 0) + 1 FROM ");
        build_name(&text, t->name);
        build_sql(&text, "), false)");
        TRY(build_run(c, &text, NULL));
    }
    return ERR_NONE;
}

static enum err fill(struct backup *b)
{
    TRY(read_tables(b));
    if (db_engine(b->c->db) == ENGINE_POSTGRES)
        return set_numbers(b);
    int64_t dangling;
    TRY(db_int(b->c, &sql_schema_dangling, NO_PARAMS, &dangling));
    return dangling ? malformed(b->c, "rows refer to rows that are not there") : ERR_NONE;
}

static enum err fill_whole(struct backup *b)
{
    TRY(db_begin(b->c));
    enum err e = fill(b);
    if (!e)
        return db_commit(b->c);
    db_rollback(b->c);
    return e;
}

static enum err restore_sqlite(struct backup *b, const char *folder)
{
    TRY(schema_migrate(b->c, b->schema, folder));
    TRY(db_script(b->c, SV("PRAGMA foreign_keys = OFF")));
    enum err e = fill_whole(b);
    struct ctx after = { .db = b->c->db };
    enum err on = db_script(&after, SV("PRAGMA foreign_keys = ON"));
    arena_free(&after.mem);
    return e    ? e
           : on ? fail(b->c, on, "store.broken", "could not switch foreign keys on")
                : ERR_NONE;
}

static enum err restore_postgres(struct backup *b, const char *folder)
{
    struct schema bare = without_links(b->c, b->schema);
    TRY(schema_migrate(b->c, &bare, folder));
    TRY(fill_whole(b));
    return schema_migrate(b->c, b->schema, folder);
}

static enum err restore(struct backup *b, const char *folder)
{
    TRY(read_head(b));
    TRY(must_be_empty(b));
    return db_engine(b->c->db) == ENGINE_SQLITE ? restore_sqlite(b, folder)
                                                : restore_postgres(b, folder);
}

enum err backup_read(struct ctx *c, const struct schema *s, const char *folder, const char *path,
                     const struct backup_watch *watch, struct backup_facts *ret_facts)
{
    struct backup b = {
        .c = c, .page = { .db = c->db, .now = c->now }, .schema = s, .watch = watch
    };
    b.file.file = gzopen(path, "rb");
    if (!b.file.file)
        return fail(c, ERR_MISSING, "backup.missing", "could not open %s: %s", path,
                    strerror(errno));
    enum err e = restore(&b, folder);
    gzclose(b.file.file);
    arena_free(&b.page.mem);
    if (!e && ret_facts)
        *ret_facts = b.facts;
    return e;
}
