/* quick_test.c - the SQLite driver at its simplest. */

#include "store/build.h"
#include "test.h"
#include "world.h"

static void run(struct ctx *c, const char *text)
{
    struct build b = build_new(c);
    build_piece(&b, text);
    CHECK_INT(build_run(c, &b, NULL), ERR_NONE);
}

static int64_t count(struct ctx *c)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT count(*) FROM pet");
    struct rows r = build_rows(c, &b);
    CHECK(rows_next(&r));
    int64_t n = rows_int(&r, 0);
    CHECK_INT(rows_end(&r), ERR_NONE);
    return n;
}

TEST_DB(a_row_is_there_after_commit_and_gone_after_rollback)
{
    struct ctx *c = world();
    run(c, "CREATE TABLE pet (id INTEGER PRIMARY KEY)");
    CHECK_INT(db_begin(c), ERR_NONE);
    run(c, "INSERT INTO pet VALUES (1)");
    db_rollback(c);
    CHECK_INT(count(c), 0);
    EVERY_FAULT(step) {
        struct build b = build_new(c);
        build_sql(&b, "INSERT INTO pet VALUES (2)");
        enum err e = build_run(c, &b, NULL);
        fault_settle(&step, e);
        CHECK_INT(count(c), e ? 0 : 1);
    }
    CHECK_INT(db_begin(c), ERR_NONE);
    run(c, "INSERT INTO pet VALUES (1)");
    CHECK_INT(db_commit(c), ERR_NONE);
    CHECK_INT(count(world_open(DB_READS)), 1);
}
