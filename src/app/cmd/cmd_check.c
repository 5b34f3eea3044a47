/*
 * cmd_check.c - yike check: every invariant there is, a line each.
 *
 * Each check reads one snapshot of its own, so it may run while the house serves. A check that
 * cannot be made is a finding too: nothing unknown passes as good.
 */

#include "app/cmd/command.h"
#include "app/roads_file.h"
#include "app/work.h"
#include "http/file/file.h"
#include "model/history/history.h"
#include "model/row/list.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

SQL(check_files);

enum { SHOWN_MAX = 5, READ_BYTES = 64 * 1024 };

struct check {
    const char *name, *zh;
    enum err (*run)(struct start *s, struct buf *found, int64_t *n);
};

/* --- what is looked at --- */

static enum err rows_none(struct ctx *c, const struct sql *sql, struct buf *found, int64_t *n)
{
    struct rows r = db_rows(c, sql, NO_PARAMS);
    while (rows_next(&r))
        if ((*n)++ < SHOWN_MAX)
            buf_fmt(found, "    %s %lld\n", rows_name(&r, 0), (long long)rows_int(&r, 0));
    return rows_end(&r);
}

static enum err check_schema(struct start *s, struct buf *found, int64_t *n)
{
    struct schema schema = house_schema(&s->house, &s->mem);
    struct buf steps = buf_new(&s->mem, 1024);
    TRY(schema_plan(&s->ctx, &schema, &steps));
    struct sv left = buf_sv(&steps), line;
    while (sv_cut(&left, '\n', &line))
        if ((*n)++ < SHOWN_MAX)
            buf_fmt(found, "    %.*s\n", SV_ARG(line));
    return *n ? ERR_NONE : schema_check(&s->ctx, &schema);
}

static enum err check_history(struct start *s, struct buf *found, int64_t *n)
{
    struct buf lines = buf_new(&s->mem, 1024);
    TRY(history_check(&s->ctx, &lines));
    struct sv left = buf_sv(&lines), line;
    while (sv_cut(&left, '\n', &line))
        if ((*n)++ < SHOWN_MAX)
            buf_fmt(found, "    %.*s\n", SV_ARG(line));
    return ERR_NONE;
}

static bool entity_sealed(const struct entity *e)
{
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (f->class == SEALED || f->class == SECRET)
            return true;
    return false;
}

/* The first rows of every entity with encrypted fields open with the keys at hand. */
static enum err check_keys(struct start *s, struct buf *found, int64_t *n)
{
    struct ctx *c = &s->ctx;
    for (const struct module *const *m = s->house.modules; *m; m++) {
        for (const struct entity *const *e = (*m)->entities; e && *e; e++) {
            struct query q = { .size = SHOWN_MAX, .ended = true };
            struct page page;
            if (!entity_sealed(*e) || entity_list(c, *e, &q, &page) == ERR_NONE)
                continue;
            ++*n;
            buf_fmt(found, "    %s: %.*s\n", (*e)->name, SV_ARG(c->fault.log));
            ctx_forgive(c);
        }
    }
    return ERR_NONE;
}

static enum err check_roads(struct start *s, struct buf *found, int64_t *n)
{
    struct roads *roads;
    if (roads_file_open(&s->ctx, s->config.data_dir, &roads) != ERR_NONE) {
        ++*n;
        buf_fmt(found, "    %.*s\n", SV_ARG(s->ctx.fault.log));
        ctx_forgive(&s->ctx);
        return ERR_NONE;
    }
    roads_file_end(roads);
    return ERR_NONE;
}

/* NULL when the bytes under a hash are what they were, else what is wrong. */
static const char *file_fault(const char *path, struct sv hash, int64_t size)
{
    static unsigned char bytes[READ_BYTES];
    unsigned char digest[crypto_hash_sha256_BYTES], want[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    int64_t total = 0;
    FILE *in = fopen(path, "re");
    if (!in)
        return strerror(errno);
    crypto_hash_sha256_init(&state);
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, in)) > 0; total += (int64_t)got)
        crypto_hash_sha256_update(&state, bytes, got);
    bool read = ferror(in) == 0;
    fclose(in);
    crypto_hash_sha256_final(&state, digest);
    if (!read)
        return "cannot be read to its end";
    if (total != size)
        return "has another size than its row says";
    return sv_unhex(hash, want, sizeof want) && memcmp(want, digest, sizeof want) == 0
               ? NULL
               : "does not hold what its hash says";
}

static enum err check_files(struct start *s, struct buf *found, int64_t *n)
{
    struct arena mem = { 0 };
    struct rows r = db_rows(&s->ctx, &sql_check_files, NO_PARAMS);
    while (rows_next(&r)) {
        struct sv hash = sv_copy(&mem, rows_value(&r, 0).text);
        struct sv path = file_path(&mem, &s->config, hash);
        const char *fault = file_fault(path.at, hash, rows_int(&r, 1));
        if (fault && (*n)++ < SHOWN_MAX)
            buf_fmt(found, "    %.*s %s\n", SV_ARG(path), fault);
        arena_reset(&mem);
    }
    arena_free(&mem);
    return rows_end(&r);
}

static const struct check checks[] = {
    { "schema", "表结构与程序一致", check_schema },
    { "history_seals", "操作记录的封印未被改动", check_history },
    { "keys", "加密字段能用现有密钥打开", check_keys },
    { "files", "附件内容与散列一致", check_files },
    { "road_file", "路网文件完整", check_roads },
    { 0 },
};

/* --- one line each --- */

static void line_print(FILE *out, const char *name, const char *zh, int64_t n, struct sv found)
{
    fprintf(out, "%-24s %6lld  %s\n%.*s", name, (long long)n, zh, SV_ARG(found));
    if (n > SHOWN_MAX)
        fprintf(out, "    … and %lld more\n", (long long)(n - SHOWN_MAX));
    fflush(out);
}

static void told(struct start *s, const char *name, const char *zh, struct check_run *t, enum err e,
                 struct buf *found, int64_t n)
{
    db_rollback(&s->ctx); /* whatever a failed check left open */
    if (e != ERR_NONE) {
        n++;
        buf_fmt(found, "    could not be checked: %s, %.*s\n",
                s->ctx.fault.key ? s->ctx.fault.key : "", SV_ARG(s->ctx.fault.log));
        ctx_forgive(&s->ctx);
    }
    line_print(t->out, name, zh, n, buf_sv(found));
    t->checks++;
    t->findings += n;
}

static void check_one(struct start *s, const struct check *k, struct check_run *t)
{
    struct buf found = buf_new(&s->mem, 256);
    int64_t n = 0;
    enum err e = k->run(s, &found, &n);
    told(s, k->name, k->zh, t, e, &found, n);
    arena_reset(&s->ctx.mem);
}

static enum err invariant_rows(struct ctx *c, const struct invariant *i, struct buf *found,
                               int64_t *n)
{
    TRY(db_begin_reads(c));
    enum err e = rows_none(c, i->sql, found, n);
    db_rollback(c);
    return e;
}

static void invariants_check(struct start *s, const struct module *m, struct check_run *t)
{
    for (const struct invariant *i = m->invariants; i && i->name; i++) {
        struct buf found = buf_new(&s->mem, 256);
        int64_t n = 0;
        enum err e = invariant_rows(&s->ctx, i, &found, &n);
        told(s, i->name, i->zh, t, e, &found, n);
        arena_reset(&s->ctx.mem);
    }
}

enum err check_work(struct start *s, void *check_run)
{
    struct check_run *t = check_run;
    for (const struct check *k = checks; k->name; k++)
        check_one(s, k, t);
    for (const struct module *const *m = s->house.modules; *m; m++)
        invariants_check(s, *m, t);
    fprintf(t->out, "\n%lld checks, %lld findings\n", (long long)t->checks, (long long)t->findings);
    return ERR_NONE;
}

int check_command(int argc, char **argv)
{
    struct config config = config_default();
    struct check_run run = { .out = stdout };
    bool help;
    const struct command *k = command_named("check");
    const struct option_row rows[] = {
        { "data", &config.data_dir, NULL },
        { "db", &config.database, NULL },
        { 0 },
    };
    if (!options_read(k, argc, argv, rows, NULL, 0, &help))
        return EXIT_USAGE;
    if (help)
        return EXIT_DONE;
    int code = command_run(k, &config, START_ANY, check_work, &run);
    return code == EXIT_DONE && run.findings ? EXIT_FAILED : code;
}
