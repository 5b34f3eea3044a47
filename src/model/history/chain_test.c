/* chain_test.c - seals over history: whatever is changed, removed or put in is told. */

#include "base/id.h"
#include "model/history/history.h"
#include "small.h"
#include "store/build.h"

#include <string.h>

static struct sv findings(struct ctx *c)
{
    struct buf b = buf_new(test_mem(), 64);
    MUST_GO(c, history_check(c, &b));
    return buf_sv(&b);
}

static int64_t sealed(struct ctx *c)
{
    int64_t n;
    MUST_GO(c, history_seal(c, &n));
    return n;
}

/* A history row as another machine would have written it, with an id of its own. */
static int64_t late_row(struct ctx *c, int64_t ms)
{
    struct moment now = c->now;
    struct clock *clock = c->house->clock;
    struct id_source *ids = c->house->ids;
    uint64_t last = ids->last;
    c->now.ms = ms;
    clock->fixed_ms = ms;
    ids->last = 0;
    struct small_fact f = { .text = SV("late") };
    MUST_GO(c, entity_create(c, &small_fact, &f));
    c->now = now;
    clock->fixed_ms = now.ms;
    ids->last = last;
    return f.id.n;
}

TEST_DB(each_row_is_sealed_once_and_the_chain_holds)
{
    struct small s = small_world();
    int64_t first = sealed(s.c);
    CHECK(first >= 2);
    CHECK_INT(sealed(s.c), 0);
    for (int i = 0; i < 5; i++) {
        small_add(&s, "王小明", s.near);
        CHECK_INT(sealed(s.c), 1);
    }
    CHECK_TEXT(findings(s.c), "");
}

TEST_DB(what_commits_late_is_sealed_late)
{
    struct small s = small_world();
    small_add(&s, "王小明", s.near);
    CHECK(sealed(s.c) > 0);
    late_row(s.c, s.c->now.ms - 5000);               /* an id below the newest sealed */
    CHECK_INT(sealed(s.c), 1);
    late_row(s.c, s.c->now.ms - 60000);
    s.c->now.ms += 1000;
    CHECK_INT(sealed(s.c), 0);                       /* the short look does not reach it */
    s.c->now.ms += 59000;
    CHECK_INT(sealed(s.c), 1);                       /* that of the full minute does */
    CHECK_TEXT(findings(s.c), "");
    late_row(s.c, s.c->now.ms - 3 * 3600000);
    s.c->now.ms += 60000;
    CHECK_INT(sealed(s.c), 0);
    CHECK(sv_find(findings(s.c), SV("1 rows of history are not sealed")) >= 0);
}

TEST_DB(history_that_no_sealer_has_seen_is_found)
{
    struct small s = small_world();
    small_add(&s, "王小明", s.near);
    CHECK_TEXT(findings(s.c), "");                   /* a sealer may still come */
    s.c->now.ms += 11 * 60000;
    CHECK(sv_find(findings(s.c), SV("the job worker has not run")) >= 0);
}

/* The table's trigger is in the way of whoever changes history through the database; here the
 * row is put in already wrong: its hash is of other words. */
TEST_DB(a_changed_row_is_found)
{
    struct small s = small_world();
    CHECK(sealed(s.c) > 0);
    struct build b = build_new(s.c);
    build_sql(&b,
              "INSERT INTO history (id, version, scope, created_at, entity, row_id, row_version,"
              " action, hash) SELECT id + 1, 1, 0, created_at, 'x', 1, 1, 'forged', hash"
              " FROM history ORDER BY id DESC LIMIT 1");
    MUST_GO(s.c, build_run(s.c, &b, NULL));
    CHECK_INT(sealed(s.c), 1);
    CHECK(sv_find(findings(s.c), SV("was changed")) >= 0);
    CHECK(sv_find(findings(s.c), SV("does not hold over its rows")) >= 0);
}

TEST_DB(history_refuses_update_and_delete)
{
    struct small s = small_world();
    static const char *const tries[] = { "UPDATE history SET action = 'x'", "DELETE FROM history",
                                         "DELETE FROM history_seal" };
    CHECK(sealed(s.c) > 0);
    for (size_t i = 0; i < 3; i++) {
        MUST_GO(s.c, db_begin(s.c));
        struct build b = build_new(s.c);
        build_piece(&b, tries[i]);
        CHECK(build_run(s.c, &b, NULL) != ERR_NONE);
        ctx_forgive(s.c);
        db_rollback(s.c);
    }
    CHECK_TEXT(findings(s.c), "");
}

TEST_DB(a_failed_seal_leaves_the_chain_whole)
{
    struct small s = small_world();
    small_add(&s, "王小明", s.near);
    EVERY_FAULT(step) {
        int64_t n = 0;
        enum err e = history_seal(s.c, &n);
        fault_settle(&step, e);
        CHECK_TEXT(findings(s.c), "");
        CHECK(e ? sealed(s.c) > 0 : sealed(s.c) == 0);
    }
}
