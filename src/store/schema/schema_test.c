/* schema_test.c - migrations: what they add, what they refuse, what they leave alone. */

#include "store/build.h"
#include "store/schema.h"
#include "test.h"
#include "world.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define COLUMNS(...) .columns = (const struct column[]){ __VA_ARGS__ }, \
    .columns_n = sizeof((const struct column[]){ __VA_ARGS__ }) / sizeof(struct column)
#define ID_COLUMN   { .name = "id", .type = VALUE_INT, .not_null = true }
#define NAME_COLUMN { .name = "name", .type = VALUE_TEXT }

static struct schema schema_of(const struct table *tables, size_t n)
{
    struct schema s = { tables, n, 0 };
    schema_seal(&s);
    return s;
}

static const struct table first[] = {
    { .name = "room", COLUMNS(ID_COLUMN, NAME_COLUMN) },
    { .name = "bed", COLUMNS(ID_COLUMN, NAME_COLUMN, { .name = "room", .type = VALUE_INT }) },
};

static void run(struct ctx *c, const char *text)
{
    struct build b = build_new(c);
    build_piece(&b, text);
    if (build_run(c, &b, NULL) != ERR_NONE)
        test_fail(__FILE__, __LINE__, "%s: %.*s", text, SV_ARG(c->fault.log));
}

static enum err try_run(struct ctx *c, const char *text)
{
    struct build b = build_new(c);
    build_piece(&b, text);
    return build_run(c, &b, NULL);
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

static void migrate(struct ctx *c, const struct schema *s)
{
    if (schema_migrate(c, s, NULL) != ERR_NONE)
        test_fail(__FILE__, __LINE__, "%s %.*s", c->fault.key, SV_ARG(c->fault.log));
}

static struct sv plan(struct ctx *c, const struct schema *s)
{
    struct buf b = buf_new(&c->mem, 256);
    CHECK_INT(schema_plan(c, s, &b), ERR_NONE);
    return buf_sv(&b);
}

/* A world with the first schema and two rows in each table. */
static struct ctx *furnished(void)
{
    struct schema s = schema_of(first, 2);
    struct ctx *c = world_of(&s);
    run(c, "INSERT INTO room (id, name) VALUES (1, 'east'), (2, 'west')");
    run(c, "INSERT INTO bed (id, name, room) VALUES (1, 'a', 1), (2, 'b', 2)");
    return c;
}

TEST_DB(an_empty_database_becomes_the_schema_and_then_nothing_is_left_to_do)
{
    struct ctx *c = world();
    struct schema s = schema_of(first, 2);
    CHECK_INT(schema_check(c, &s), ERR_CONFLICT);
    CHECK_TEXT(sv_of(c->fault.key), "schema.other");
    ctx_forgive(c);
    migrate(c, &s);
    CHECK_INT(schema_check(c, &s), ERR_NONE);
    CHECK_INT(plan(c, &s).len, 0);
    int64_t steps = number(c, "SELECT count(*) FROM schema_log");
    migrate(c, &s);
    CHECK_INT(number(c, "SELECT count(*) FROM schema_log"), steps);
}

TEST(the_number_of_a_schema_is_of_what_it_holds)
{
    struct table turned[] = { first[1], first[0] };
    CHECK_INT(schema_of(turned, 2).number, schema_of(first, 2).number);
    turned[0].append_only = true;
    CHECK(schema_of(turned, 2).number != schema_of(first, 2).number);
}

TEST_DB(a_migration_adds_columns_and_indexes_and_keeps_the_rows)
{
    struct ctx *c = furnished();
    static const struct index indexes[] = {
        { .name = "name", .columns = "name, id DESC" },
        { .name = "floor",
          .columns = "floor",
          .unique = true,
          .where = "floor > 0",
          .message = "room.floor" },
        { .name = "low", .check = "floor >= -3" },
        { 0 },
    };
    const struct table later[] = {
        { .name = "room",
          .indexes = indexes,
          COLUMNS(ID_COLUMN, NAME_COLUMN,
                  { .name = "floor", .type = VALUE_INT, .not_null = true, .default_sql = "0" }) },
        first[1],
        { .name = "note",
          COLUMNS({ .name = "id", .type = VALUE_INT, .not_null = true, .counted = true },
                  NAME_COLUMN) },
    };
    struct schema s = schema_of(later, 3);
    CHECK(sv_find(plan(c, &s), SV("ADD COLUMN floor")) >= 0);
    migrate(c, &s);
    CHECK_INT(plan(c, &s).len, 0);
    CHECK_INT(number(c, "SELECT count(*) FROM room WHERE floor = 0"), 2);
    run(c, "INSERT INTO note (name) VALUES ('x'), ('y')");
    CHECK_INT(number(c, "SELECT max(id) - min(id) FROM note"), 1);
    run(c, "UPDATE room SET floor = 1 WHERE id = 1");
    CHECK_INT(try_run(c, "UPDATE room SET floor = 1 WHERE id = 2"), ERR_CONFLICT);
    ctx_forgive(c);
    CHECK_INT(try_run(c, "UPDATE room SET floor = -4 WHERE id = 2"), ERR_CONFLICT);
}

TEST_DB(a_link_or_check_that_comes_later_holds_for_old_tables)
{
    struct ctx *c = furnished();
    static const struct index indexes[] = {
        { .name = "room", .columns = "room", .refers = "room", .message = "bed.room" },
        { .name = "named", .check = "name <> ''", .message = "bed.named" },
        { .name = "twin", .columns = "twin", .refers = "bed", .message = "bed.twin" },
        { .name = "name", .columns = "name" },
        { 0 },
    };
    const struct table later[] = {
        first[0],
        { .name = "bed", .indexes = indexes, .append_only = false,
          COLUMNS(ID_COLUMN, NAME_COLUMN, { .name = "room", .type = VALUE_INT },
                  { .name = "twin", .type = VALUE_INT }) },
    };
    struct schema s = schema_of(later, 2);
    migrate(c, &s);
    store_constraints(world_store(), &s);
    CHECK_INT(plan(c, &s).len, 0);
    CHECK_INT(number(c, "SELECT count(*) FROM bed WHERE room = id"), 2);
    static const struct { const char *text, *key; } cases[] = {
        { "INSERT INTO bed (id, name, room) VALUES (3, 'c', 99)", "bed.room" },
        { "UPDATE bed SET twin = 77 WHERE id = 1", "bed.twin" },
        { "UPDATE bed SET name = '' WHERE id = 1", "bed.named" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK_INT(try_run(c, cases[i].text), ERR_CONFLICT);
        CHECK_TEXT(sv_of(c->fault.key), cases[i].key);
        ctx_forgive(c);
    }
    run(c, "UPDATE bed SET twin = 1 WHERE id = 2");
}

TEST_DB(a_check_that_the_rows_break_is_not_taken)
{
    struct ctx *c = furnished();
    static const struct index indexes[] = {
        { .name = "room", .columns = "room", .refers = "room" }, { 0 },
    };
    const struct table later[] = {
        first[0],
        { .name = "bed", .indexes = indexes,
          COLUMNS(ID_COLUMN, NAME_COLUMN, { .name = "room", .type = VALUE_INT }) },
    };
    struct schema s = schema_of(later, 2), old = schema_of(first, 2);
    run(c, "UPDATE bed SET room = 99 WHERE id = 2");
    CHECK_INT(schema_migrate(c, &s, NULL), ERR_CONFLICT);
    ctx_forgive(c);
    CHECK_INT(schema_check(c, &old), ERR_NONE);
    CHECK_INT(number(c, "SELECT count(*) FROM bed"), 2);
}

TEST_DB(a_dropped_index_or_check_goes)
{
    struct ctx *c = world();
    static const struct index indexes[] = {
        { .name = "name", .columns = "name", .unique = true },
        { .name = "short", .check = "id < 9" },
        { 0 },
    };
    const struct table strict[] = {
        { .name = "room", .indexes = indexes, COLUMNS(ID_COLUMN, NAME_COLUMN) }
    };
    struct schema s = schema_of(strict, 1);
    migrate(c, &s);
    run(c, "INSERT INTO room (id, name) VALUES (1, 'x')");
    struct schema loose = schema_of(first, 1);
    migrate(c, &loose);
    CHECK_INT(plan(c, &loose).len, 0);
    run(c, "INSERT INTO room (id, name) VALUES (10, 'x')");
}

TEST_DB(a_renamed_column_keeps_its_values)
{
    struct ctx *c = furnished();
    static const struct index indexes[] = { { .name = "title", .columns = "title" }, { 0 } };
    const struct table later[] = {
        { .name = "room", .indexes = indexes,
          COLUMNS(ID_COLUMN, { .name = "title", .type = VALUE_TEXT, .was = "name" }) },
        first[1],
    };
    struct schema s = schema_of(later, 2);
    migrate(c, &s);
    CHECK_INT(number(c, "SELECT count(*) FROM room WHERE title IN ('east', 'west')"), 2);
    CHECK_INT(plan(c, &s).len, 0);
}

TEST_DB(what_could_lose_data_is_refused_by_name)
{
    struct ctx *c = furnished();
    const struct table cases[] = {
        { .name = "room", COLUMNS(ID_COLUMN) },
        { .name = "room", COLUMNS(ID_COLUMN, { .name = "name", .type = VALUE_INT }) },
        { .name = "room",
          COLUMNS(ID_COLUMN, { .name = "name", .type = VALUE_TEXT, .not_null = true }) },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct schema s = schema_of(&cases[i], 1);
        CHECK_INT(schema_migrate(c, &s, NULL), ERR_CONFLICT);
        CHECK_TEXT(sv_of(c->fault.key), "schema.loss");
        CHECK_TEXT(c->fault.arg0, "room");
        CHECK_TEXT(c->fault.arg1, "name");
        ctx_forgive(c);
    }
    const struct table needs[] = {
        { .name = "room", COLUMNS(ID_COLUMN, NAME_COLUMN,
                                  { .name = "floor", .type = VALUE_INT, .not_null = true }) },
    };
    struct schema s = schema_of(needs, 1);
    CHECK_INT(schema_migrate(c, &s, NULL), ERR_CONFLICT);
    CHECK_TEXT(c->fault.arg1, "floor");
    ctx_forgive(c);
    CHECK_INT(number(c, "SELECT count(*) FROM room WHERE name IS NOT NULL"), 2);
}

TEST_DB(an_append_only_table_refuses_change_and_removal)
{
    struct ctx *c = world();
    const struct table tables[] = {
        { .name = "fact", .append_only = true, COLUMNS(ID_COLUMN, NAME_COLUMN) },
    };
    struct schema s = schema_of(tables, 1);
    migrate(c, &s);
    run(c, "INSERT INTO fact (id, name) VALUES (1, 'x')");
    CHECK_INT(try_run(c, "UPDATE fact SET name = 'y'"), ERR_BROKEN);
    ctx_forgive(c);
    CHECK_INT(try_run(c, "DELETE FROM fact"), ERR_BROKEN);
    ctx_forgive(c);
    CHECK_INT(number(c, "SELECT count(*) FROM fact WHERE name = 'x'"), 1);
}

static void file_write(const char *folder, const char *name, const char *text)
{
    int fd =
        open(sv_fmt(test_mem(), "%s/%s", folder, name).at, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
    CHECK_INT(write(fd, text, strlen(text)), (int64_t)strlen(text));
    close(fd);
}

TEST_DB(a_numbered_file_does_what_is_refused_once_and_in_order)
{
    struct ctx *c = furnished();
    const char *folder = world_folder();
    file_write(folder, "0002-drop.sql", "ALTER TABLE room DROP COLUMN name;");
    file_write(folder, "0001-keep.sqlite.sql",
               "INSERT INTO bed (id, name) SELECT id + 10, name FROM room;");
    file_write(folder, "0001-keep.pg.sql",
               "INSERT INTO bed (id, name) SELECT id + 10, name FROM room;");
    file_write(folder, "README", "not one of them");
    const struct table later[] = { { .name = "room", COLUMNS(ID_COLUMN) }, first[1] };
    struct schema s = schema_of(later, 2);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(schema_migrate(c, &s, folder), ERR_NONE);
        CHECK_INT(number(c, "SELECT count(*) FROM bed WHERE name IN ('east', 'west')"), 2);
    }
}

TEST_DB(a_numbered_file_that_fails_leaves_nothing_and_runs_again)
{
    struct ctx *c = furnished();
    const char *folder = world_folder();
    file_write(folder, "0001-half.sql", "DELETE FROM bed; DELETE FROM nowhere;");
    struct schema s = schema_of(first, 2);
    CHECK_INT(schema_migrate(c, &s, folder), ERR_BROKEN);
    ctx_forgive(c);
    CHECK_INT(number(c, "SELECT count(*) FROM bed"), 2);
    unlink(sv_fmt(test_mem(), "%s/0001-half.sql", folder).at);
    file_write(folder, "0001-half.sql", "DELETE FROM bed;");
    CHECK_INT(schema_migrate(c, &s, folder), ERR_NONE);
    CHECK_INT(number(c, "SELECT count(*) FROM bed"), 0);
}

TEST_DB(a_fresh_database_only_notes_the_numbered_files)
{
    struct ctx *c = world();
    const char *folder = world_folder();
    file_write(folder, "0001-old.sql", "DROP TABLE long_gone;");
    struct schema s = schema_of(first, 2);
    for (int i = 0; i < 2; i++)
        CHECK_INT(schema_migrate(c, &s, folder), ERR_NONE);
    CHECK_INT(number(c, "SELECT count(*) FROM schema_log WHERE step = 'file 0001-old.sql'"), 1);
}

/* A migration that dies anywhere is finished by the next one. */
TEST_DB(a_migration_cut_short_is_finished_later)
{
    struct ctx *c = world();
    struct schema s = schema_of(first, 2);
    enum err e = ERR_BROKEN;
    for (int64_t k = 1; e; k++) {
        db_fault(c->db, k, FAULT_ERROR);
        e = schema_migrate(c, &s, NULL);
        bool hit = db_fault_hit(c->db);
        db_fault(c->db, 0, FAULT_ERROR);
        ctx_forgive(c);
        CHECK(hit || !e);
        if (hit)
            e = ERR_BROKEN;
    }
    CHECK_INT(schema_check(c, &s), ERR_NONE);
    CHECK_INT(plan(c, &s).len, 0);
}

TEST_DB(statistics_are_taken_of_every_table)
{
    struct ctx *c = furnished();
    struct schema s = schema_of(first, 2);
    CHECK_INT(schema_statistics(c, &s), ERR_NONE);
    bool sqlite = db_engine(c->db) == ENGINE_SQLITE;
    CHECK_INT(number(c, sqlite ? "SELECT count(DISTINCT tbl) FROM sqlite_stat1"
                                 " WHERE tbl IN ('room', 'bed')"
                               : "SELECT count(*) FROM pg_class WHERE relname IN ('room', 'bed')"
                                 " AND relnamespace = current_schema()::regnamespace"
                                 " AND reltuples = 2"), 2);
    CHECK_INT(schema_check(c, &s), ERR_NONE);
    CHECK_INT(plan(c, &s).len, 0);
}
