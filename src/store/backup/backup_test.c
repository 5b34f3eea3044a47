/* backup_test.c - a backup is whole, of one moment, and comes back on either engine. */

#include "store/backup.h"
#include "store/build.h"
#include "store/event.h"
#include "store/job.h"
#include "test.h"
#include "world.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROWS = 4500 };                            /* more than two pages */

static const struct column node_columns[] = {
    { .name = "id", .type = VALUE_INT, .not_null = true },
    { .name = "parent", .type = VALUE_INT },
    { .name = "name", .type = VALUE_TEXT },
    { .name = "size", .type = VALUE_REAL },
    { .name = "seal", .type = VALUE_BLOB },
};
static const struct index node_indexes[] = {
    { .name = "parent", .columns = "parent", .refers = "twig", .message = "twig.parent" },
    { 0 },
};
static const struct column pair_columns[] = {
    { .name = "left_name", .type = VALUE_TEXT, .not_null = true },
    { .name = "right_n", .type = VALUE_INT, .not_null = true },
};
static const struct table tables[] = {
    { .name = "twig", .columns = node_columns, .columns_n = 5, .indexes = node_indexes },
    { .name = "pair", .columns = pair_columns, .columns_n = 2, .key = "left_name, right_n",
      .append_only = true },
};
static struct schema schema = { tables, 2, 0 };

static void run(struct ctx *c, const char *text)
{
    struct build b = build_new(c);
    build_piece(&b, text);
    if (build_run(c, &b, NULL) != ERR_NONE)
        test_fail(__FILE__, __LINE__, "%s: %.*s", text, SV_ARG(c->fault.log));
}

static int64_t number(struct ctx *c, const char *text)
{
    struct build b = build_new(c);
    build_piece(&b, text);
    struct rows r = build_rows(c, &b);
    int64_t n = rows_next(&r) ? rows_int(&r, 0) : -1;
    if (rows_end(&r) != ERR_NONE)
        test_fail(__FILE__, __LINE__, "%s: %.*s", text, SV_ARG(c->fault.log));
    return n;
}

static void fill_twigs(struct ctx *c)
{
    static const char *const columns[] = { "id", "parent", "name", "size", "seal" };
    struct value *v = NEW(test_mem(), struct value, ROWS * 5);
    for (int i = 0; i < ROWS; i++) {             /* the root is the last: links point forward */
        v[i * 5] = V_INT(i + 1);
        v[i * 5 + 1] = i == ROWS - 1 ? V_NULL : V_INT(ROWS);
        v[i * 5 + 2] = i % 3 ? V_TEXT(sv_fmt(test_mem(), "枝%d", i)) : V_NULL;
        v[i * 5 + 3] = V_REAL(i / 7.0);
        v[i * 5 + 4] = V_BLOB(((struct sv){ "\0\x80\xff", 3 }));
    }
    struct value root[5];
    for (int i = 0; i < 5; i++)
        root[i] = v[(ROWS - 1) * 5 + i];
    CHECK_INT(db_begin(c), ERR_NONE);
    CHECK_INT(db_bulk(c, "twig", columns, 5, root, 1), ERR_NONE);
    CHECK_INT(db_bulk(c, "twig", columns, 5, v, ROWS - 1), ERR_NONE);
    CHECK_INT(db_commit(c), ERR_NONE);
}

static struct ctx *grown(void)
{
    schema_seal(&schema);
    struct ctx *c = world_of(&schema);
    fill_twigs(c);
    run(c, "INSERT INTO pair (left_name, right_n) VALUES ('a', 1), ('a', 2), ('b', 1), ('', 0)");
    int64_t job;
    CHECK_INT(job_add(c, "nightly", SV("{}"), &job), ERR_NONE);
    struct event e = { .entity = SV_INIT("twig"), .row_id = 1, .action = SV_INIT("create") };
    CHECK_INT(event_add(c, &e), ERR_NONE);
    /* Of a server that has seen many more transactions than the one it is restored into. */
    run(c, "INSERT INTO event (seq, entity, action) VALUES (4611686018427387, 'twig', 'create')");
    return c;
}

static const char *archive(struct ctx *c, struct backup_facts *facts)
{
    const char *path = sv_fmt(test_mem(), "%s/all.backup", world_folder()).at;
    if (backup_write(c, &schema, path, NULL, facts) != ERR_NONE)
        test_fail(__FILE__, __LINE__, "%s %.*s", c->fault.key, SV_ARG(c->fault.log));
    return path;
}

static void same_there(struct ctx *from, struct ctx *to)
{
    static const char *const questions[] = {
        "SELECT count(*) FROM twig",
        "SELECT count(*) FROM pair",
        "SELECT count(*) FROM twig WHERE name IS NULL",
        "SELECT sum(length(name)) FROM twig",
        "SELECT sum(length(seal)) FROM twig",
        "SELECT count(*) FROM twig WHERE size * 7 > id - 1.5 AND size * 7 < id - 0.5",
        "SELECT sum(parent) FROM twig",
        "SELECT count(*) FROM job WHERE state = 'waiting'",
        "SELECT max(seq) FROM event",
    };
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
        CHECK_INT(number(to, questions[i]), number(from, questions[i]));
}

TEST_DB(a_backup_comes_back_on_either_engine_and_life_goes_on)
{
    struct ctx *c = grown();
    struct backup_facts out, in;
    const char *path = archive(c, &out);
    CHECK_INT(out.rows, ROWS + 7);
    for (int postgres = 0; postgres < 2; postgres++) {
        struct ctx *to = world_beside(postgres);
        if (backup_read(to, &schema, NULL, path, NULL, &in) != ERR_NONE)
            test_fail(__FILE__, __LINE__, "%s %.*s", to->fault.key, SV_ARG(to->fault.log));
        CHECK_INT(in.rows, out.rows);
        CHECK_INT(in.number, schema.number);
        same_there(c, to);
        CHECK_INT(schema_check(to, &schema), ERR_NONE);
        struct buf left = buf_new(test_mem(), 64);
        CHECK_INT(schema_plan(to, &schema, &left), ERR_NONE);
        CHECK_INT(left.len, 0);
        int64_t job, last, seq;
        CHECK_INT(job_add(to, "nightly", SV("{}"), &job), ERR_NONE);
        CHECK(job > 1);
        CHECK_INT(event_last(to, &last), ERR_NONE);
        CHECK_INT(last, number(to, "SELECT max(seq) FROM event"));
        struct event e = { .entity = SV_INIT("twig"), .row_id = 2, .action = SV_INIT("create") };
        CHECK_INT(event_add(to, &e), ERR_NONE);
        struct list seen;
        /* New events stand behind the restored ones; others on the server may delay the sight. */
        for (int tries = 0; tries < 500; tries++) {
            CHECK_INT(event_after(to, last, 10, &seen, &seq), ERR_NONE);
            if (seen.n)
                break;
            usleep(10000);
        }
        CHECK_INT(seen.n, 1);
        struct build b = build_new(to);
        build_sql(&b, "INSERT INTO twig (id, parent) VALUES (9999, 8888)");
        CHECK_INT(build_run(to, &b, NULL), ERR_CONFLICT);
        ctx_forgive(to);
    }
}

struct meddler { struct ctx *c; int64_t added; };

static void meddle(void *state, const char *table, int64_t rows)
{
    struct meddler *m = state;
    (void)table, (void)rows;
    struct build b = build_new(m->c);
    build_sql(&b, "INSERT INTO twig (id) VALUES (");
    build_value(&b, V_INT(100000 + m->added++));
    build_sql(&b, ")");
    CHECK_INT(build_run(m->c, &b, NULL), ERR_NONE);
}

TEST_DB(a_backup_is_of_one_moment_while_others_write)
{
    struct ctx *c = grown(), *reader = world_open(DB_READS);
    struct meddler m = { c, 0 };
    struct backup_watch watch = { meddle, &m };
    struct backup_facts facts;
    const char *path = sv_fmt(test_mem(), "%s/all.backup", world_folder()).at;
    CHECK_INT(backup_write(reader, &schema, path, &watch, &facts), ERR_NONE);
    CHECK(m.added > 5);
    CHECK_INT(facts.rows, ROWS + 7);
    CHECK_INT(number(c, "SELECT count(*) FROM twig"), ROWS + m.added);
    CHECK(access(sv_fmt(test_mem(), "%s.part", path).at, F_OK) != 0);
}

TEST_DB(a_restore_needs_an_empty_database)
{
    struct ctx *c = grown();
    const char *path = archive(c, NULL);
    CHECK_INT(backup_read(c, &schema, NULL, path, NULL, NULL), ERR_CONFLICT);
    CHECK_TEXT(sv_of(c->fault.key), "backup.not_empty");
}

static void restores_nothing(struct ctx *to, const struct schema *s, const char *path,
                             enum err want, const char *key)
{
    CHECK_INT(backup_read(to, s, NULL, path, NULL, NULL), want);
    CHECK_TEXT(sv_of(to->fault.key), key);
    ctx_forgive(to);
}

TEST_DB(a_damaged_or_foreign_archive_restores_nothing)
{
    struct ctx *c = grown(), *to = world_beside(world_is_postgres());
    const char *path = archive(c, NULL);
    struct schema other = { tables, 1, 0 };
    schema_seal(&other);
    restores_nothing(to, &other, path, ERR_CONFLICT, "backup.other");
    restores_nothing(to, &schema, "/nowhere/at/all", ERR_MISSING, "backup.missing");
    struct stat st;
    CHECK_INT(stat(path, &st), 0);
    const char *cut = sv_fmt(test_mem(), "%s.cut", path).at;
    for (off_t keep = 0; keep < st.st_size; keep += st.st_size / 7 + 1) {
        char *bytes = NEW(test_mem(), char, st.st_size);
        int in = open(path, O_RDONLY | O_CLOEXEC),
            out = open(cut, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        CHECK_INT(read(in, bytes, (size_t)st.st_size), st.st_size);
        CHECK_INT(write(out, bytes, (size_t)keep), keep);
        close(in);
        close(out);
        restores_nothing(to, &schema, cut, ERR_MALFORMED, "backup.malformed");
    }
    CHECK_INT(backup_read(to, &schema, NULL, path, NULL, NULL), ERR_NONE);
    same_there(c, to);
}

TEST_DB(a_backup_that_cannot_be_written_leaves_no_file)
{
    struct ctx *c = grown();
    CHECK_INT(backup_write(c, &schema, "/nowhere/at/all", NULL, NULL), ERR_BUSY);
    ctx_forgive(c);
    const char *path = sv_fmt(test_mem(), "%s/all.backup", world_folder()).at;
    db_fault(c->db, 9, FAULT_ERROR);
    CHECK_INT(backup_write(c, &schema, path, NULL, NULL), ERR_BROKEN);
    CHECK(db_fault_hit(c->db));
    CHECK(access(path, F_OK) != 0);
    CHECK(access(sv_fmt(test_mem(), "%s.part", path).at, F_OK) != 0);
}
