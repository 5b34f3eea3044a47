/* migrate.c - running the steps of a migration under a lock, each with its row in schema_log. */

#include "store/schema/ddl.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

SQL(schema_log_add);
SQL(schema_log_has);
SQL(schema_dangling);

enum { FILES_MAX = 9999, FILE_SIZE_MAX = 4 * 1024 * 1024 };

static enum err note(struct ctx *c, struct sv step, int64_t number)
{
    struct moment at = moment_real(); /* the log tells of the machine, not of the house */
    return db_run(c, &sql_schema_log_add,
                  PARAMS(P_INT("at", at.ms), P_TEXT("step", step), P_INT("number", number)), NULL);
}

/* --- one step --- */

static enum err no_link_dangles(struct ctx *c)
{
    int64_t n = 0;
    TRY(db_int(c, &sql_schema_dangling, NO_PARAMS, &n));
    if (n > 0)
        return fail(c, ERR_CONFLICT, "schema.dangling",
                    "%lld rows refer to rows that are not there", (long long)n);
    return ERR_NONE;
}

static enum err step_inside(struct ctx *c, struct sv text, struct sv log)
{
    TRY(db_script(c, text));
    if (db_engine(c->db) == ENGINE_SQLITE && sv_find(text, SV("_made_anew")) >= 0)
        TRY(no_link_dangles(c));
    return note(c, log, 0);
}

/* A whole transaction; rolled back when the work inside failed. */
static enum err step_run(struct ctx *c, struct sv text, struct sv log)
{
    TRY(db_begin(c));
    enum err e = step_inside(c, text, log);
    if (e)
        db_rollback(c);
    else
        e = db_commit(c);
    return e;
}

static enum err steps_one_by_one(struct ctx *c, const struct steps *s)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->at[i].alone) {
            TRY(db_script(c, s->at[i].text));
            TRY(note(c, s->at[i].text, 0));
        } else {
            TRY(step_run(c, s->at[i].text, s->at[i].text));
        }
    }
    return ERR_NONE;
}

/* An empty database is filled in one transaction: it is there whole or not at all. */
static enum err steps_at_once(struct ctx *c, const struct steps *s)
{
    struct buf all = buf_new(&c->mem, 16384);
    for (size_t i = 0; i < s->n; i++) {
        buf_put(&all, s->at[i].text);
        buf_text(&all, ";\n");
    }
    TRY(db_begin(c));
    enum err e = step_inside(c, buf_sv(&all), SV("all tables"));
    if (e)
        db_rollback(c);
    else
        e = db_commit(c);
    return e;
}

/* --- numbered files --- */

static bool is_number_name(const char *name)
{
    return strspn(name, "0123456789") == 4 && name[4] == '-' && sv_ends(sv_of(name), SV(".sql"));
}

/* False for the other engine's file. */
static bool is_ours(enum engine e, const char *name)
{
    struct sv text = sv_of(name);
    bool pg = sv_ends(text, SV(".pg.sql")), sqlite = sv_ends(text, SV(".sqlite.sql"));
    return e == ENGINE_SQLITE ? !pg : !sqlite;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum err files_list(struct ctx *c, const char *folder, const char ***ret_names,
                           size_t *ret_n)
{
    DIR *d = opendir(folder);
    if (!d)
        return fail(c, ERR_MISSING, "schema.folder", "could not open %s: %s", folder,
                    strerror(errno));
    const char **names = NULL;
    size_t n = 0, room = 0;
    for (const struct dirent *at; n < FILES_MAX && (at = readdir(d));) {
        if (!is_number_name(at->d_name) || !is_ours(db_engine(c->db), at->d_name))
            continue;
        names = GROW(&c->mem, names, n, &room);
        names[n++] = sv_text(&c->mem, sv_of(at->d_name));
    }
    closedir(d);
    if (n > 1)
        qsort(names, n, sizeof *names, by_name);
    *ret_names = names;
    *ret_n = n;
    return ERR_NONE;
}

static enum err file_text(struct ctx *c, const char *path, struct sv *ret)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0 || st.st_size > FILE_SIZE_MAX) {
        if (fd >= 0)
            close(fd);
        return fail(c, ERR_MISSING, "schema.folder", "could not read %s (at most %d bytes)", path,
                    FILE_SIZE_MAX);
    }
    char *text = NEW(&c->mem, char, st.st_size + 1);
    ssize_t len = read(fd, text, (size_t)st.st_size);
    close(fd);
    if (len != st.st_size)
        return fail(c, ERR_BUSY, "store.away", "could not read %s whole", path);
    *ret = (struct sv){ text, (size_t)len };
    return ERR_NONE;
}

static enum err file_run(struct ctx *c, const char *folder, const char *name, bool only_note)
{
    struct sv log = sv_fmt(&c->mem, "file %s", name), text = SV("");
    int64_t done = 0;
    TRY(db_int(c, &sql_schema_log_has, PARAMS(P_TEXT("step", log)), &done));
    if (done)
        return ERR_NONE;
    if (only_note)
        return note(c, log, 0);
    TRY(file_text(c, sv_fmt(&c->mem, "%s/%s", folder, name).at, &text));
    return step_run(c, text, log);
}

static enum err files_run(struct ctx *c, const char *folder, bool only_note)
{
    const char **names;
    size_t n;
    if (!folder)
        return ERR_NONE;
    TRY(files_list(c, folder, &names, &n));
    for (size_t i = 0; i < n; i++)
        TRY(file_run(c, folder, names[i], only_note));
    return ERR_NONE;
}

/* --- the whole --- */

static enum err migrate(struct ctx *c, const struct schema *s, const char *folder)
{
    struct catalog has;
    struct steps steps = { 0 };
    TRY(catalog_read(c, &has));
    bool fresh = !catalog_table(&has, "schema_log");
    if (!fresh)
        TRY(files_run(c, folder, false));
    TRY(schema_steps(c, s, &steps));
    if (steps.n > 0)
        TRY(fresh && has.columns_n == 0 ? steps_at_once(c, &steps) : steps_one_by_one(c, &steps));
    if (fresh)
        TRY(files_run(c, folder, true));
    enum err e = schema_check(c, s);
    if (e != ERR_CONFLICT)
        return e;
    ctx_forgive(c);
    return note(c, SV("schema"), s->number);
}

/* SQLite: a table made anew is dropped in between, which foreign keys would forbid. */
static enum err prepare(struct ctx *c, bool begin)
{
    if (db_engine(c->db) == ENGINE_SQLITE)
        return db_script(c,
                         begin ? SV("PRAGMA foreign_keys = OFF") : SV("PRAGMA foreign_keys = ON"));
    return db_script(c,
                     begin ? SV("SET statement_timeout = 0") : SV("SET statement_timeout = '30s'"));
}

enum err schema_migrate(struct ctx *c, const struct schema *s, const char *folder)
{
    struct db *db = c->db;
    int lock;
    assert(!db->begun);
    assert(s->number);
    TRY(db->driver->lock(c, db, &lock));
    enum err e = prepare(c, true);
    if (!e)
        e = migrate(c, s, folder);
    struct fault cause = c->fault;
    ctx_forgive(c);
    enum err after = prepare(c, false);
    if (e)
        c->fault = cause;
    db->driver->forget(db);
    db->driver->unlock(db, lock);
    return e ? e : after;
}
