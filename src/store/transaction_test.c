/* transaction_test.c - whole or not at all: undoing, faults, two at once, on both engines. */

#include "store/build.h"
#include "store/pets.h"
#include "test.h"
#include "world.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* --- transactions --- */

TEST_DB(an_undone_savepoint_leaves_the_rest)
{
    struct ctx *c = pets();
    CHECK_INT(db_begin(c), ERR_NONE);
    for (int64_t i = 1; i <= 3; i++) {
        CHECK_INT(db_savepoint(c), ERR_NONE);
        pet_must_add(c, i, "x");
        struct pet bad = a_pet(1, "x");
        if (i == 2) {
            CHECK_INT(pet_add(c, &bad), ERR_CONFLICT);
            ctx_forgive(c);
            CHECK_INT(db_savepoint_undo(c), ERR_NONE);
        } else {
            CHECK_INT(db_savepoint_keep(c), ERR_NONE);
        }
    }
    CHECK_INT(db_commit(c), ERR_NONE);
    CHECK(!db_in_transaction(c->db));
    CHECK_INT(pets_n(world_open(DB_READS)), 2);
}

TEST_DB(nothing_is_seen_before_the_commit)
{
    struct ctx *c = pets(), *reader = world_open(DB_READS);
    CHECK_INT(db_begin(c), ERR_NONE);
    pet_must_add(c, 1, "x");
    CHECK_INT(pets_n(reader), 0);
    CHECK_INT(db_commit(c), ERR_NONE);
    CHECK_INT(pets_n(reader), 1);
    CHECK_INT(db_begin(c), ERR_NONE);
    pet_must_add(c, 2, "x");
    db_rollback(c);
    CHECK_INT(pets_n(c), 1);
}

TEST_DB(a_snapshot_stands_still)
{
    struct ctx *c = pets(), *reader = world_open(DB_READS);
    CHECK_INT(db_begin_reads(reader), ERR_NONE);
    CHECK_INT(pets_n(reader), 0);
    pet_must_add(c, 1, "x");
    CHECK_INT(pets_n(reader), 0);
    db_rollback(reader);
    CHECK_INT(pets_n(reader), 1);
}

TEST_DB(a_reading_connection_refuses_to_write)
{
    struct ctx *c = pets(), *reader = world_open(DB_READS);
    struct pet p = a_pet(1, "x");
    CHECK_INT(pet_add(reader, &p), ERR_BROKEN);
    ctx_forgive(reader);
    CHECK_INT(db_begin(reader), ERR_BROKEN);
    CHECK_INT(pets_n(c), 0);
}

TEST_DB(ten_thousand_rows_go_in_at_once)
{
    enum { ROWS = 10000 };
    struct ctx *c = pets();
    struct value *v = NEW(test_mem(), struct value, ROWS * 3);
    for (int i = 0; i < ROWS; i++) {
        v[i * 3] = V_INT(i + 1);
        v[i * 3 + 1] = i % 2 ? V_NULL : V_TEXT(SV("tab\t back\\slash \\N 行\n'\""));
        v[i * 3 + 2] = V_BLOB(((struct sv){ "\0\x01\xff", 3 }));
    }
    static const char *const columns[] = { "id", "name", "chip" };
    CHECK_INT(db_begin(c), ERR_NONE);
    CHECK_INT(db_bulk(c, "pet", columns, 3, v, ROWS), ERR_NONE);
    CHECK_INT(db_commit(c), ERR_NONE);
    CHECK_INT(pets_n(c), ROWS);
    CHECK_TEXT(pet_named(c, 1).name, "tab\t back\\slash \\N 行\n'\"");
    CHECK_INT(pet_named(c, 2).name.len, 0);
    CHECK_INT(db_begin(c), ERR_NONE);
    CHECK_INT(db_bulk(c, "pet", columns, 3, v, 1), ERR_CONFLICT);
    db_rollback(c);
    ctx_forgive(c);
    CHECK_INT(pets_n(c), ROWS);
}

/* More than any engine writes or keeps in one piece. */
TEST_DB(a_savepoint_that_changed_megabytes_is_kept_or_undone)
{
    enum { ROWS = 3000, LONG = 1000 };
    struct ctx *c = pets();
    struct value *v = NEW(test_mem(), struct value, ROWS * 2);
    char *text = NEW(test_mem(), char, LONG);
    memset(text, 'x', LONG);
    for (int i = 0; i < ROWS; i++) {
        v[i * 2] = V_INT(i + 1);
        v[i * 2 + 1] = V_TEXT(((struct sv){ text, LONG }));
    }
    static const char *const columns[] = { "id", "name" };
    CHECK_INT(db_begin(c), ERR_NONE);
    CHECK_INT(db_bulk(c, "pet", columns, 2, v, ROWS), ERR_NONE);
    for (int keep = 0; keep <= 1; keep++) {
        struct build b = build_new(c);
        build_sql(&b, "UPDATE pet SET weight_g = 7 WHERE id > 0");
        CHECK_INT(db_savepoint(c), ERR_NONE);
        CHECK_INT(build_run(c, &b, NULL), ERR_NONE);
        CHECK_INT(keep ? db_savepoint_keep(c) : db_savepoint_undo(c), ERR_NONE);
        CHECK_INT(pet_named(c, ROWS).weight_g, keep ? 7 : 0);
    }
    CHECK_INT(db_commit(c), ERR_NONE);
}

/* --- faults --- */

static enum err add_two(struct ctx *c)
{
    struct pet first = a_pet(1, "first"), second = a_pet(2, "second");
    TRY(pet_add(c, &first));
    TRY(pet_add(c, &second));
    return ERR_NONE;
}

TEST_DB(whatever_fails_two_rows_are_both_there_or_neither)
{
    struct ctx *c = pets();
    EVERY_FAULT(step) {
        enum err e = add_two(c);
        fault_settle(&step, e);
        CHECK_INT(pets_n(c), e ? 0 : 2);
    }
    CHECK_INT(pets_n(c), 0);
}

TEST_DB(a_fault_is_of_its_kind)
{
    static const struct { enum fault_how how; enum err kind; bool rerun, within; } cases[] = {
        { FAULT_ERROR, ERR_BROKEN, false, true },
        { FAULT_SERIAL, ERR_BUSY, true, false },
    };
    struct ctx *c = pets();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK_INT(db_begin(c), ERR_NONE);
        db_fault(c->db, 1, cases[i].how);
        struct pet p = a_pet(1, "x");
        CHECK_INT(pet_add(c, &p), cases[i].kind);
        CHECK(c->fault.retryable == cases[i].rerun);
        CHECK(db_fault_hit(c->db));
        CHECK(db_in_transaction(c->db) == cases[i].within);
        ctx_forgive(c);
        db_rollback(c);
        CHECK_INT(pets_n(c), 0);
    }
}

TEST_DB(a_lost_transaction_lets_nothing_through)
{
    struct ctx *c = pets();
    CHECK_INT(db_begin(c), ERR_NONE);
    pet_must_add(c, 1, "x");
    db_fault(c->db, 1, FAULT_SERIAL);
    struct pet p = a_pet(2, "x");
    CHECK_INT(pet_add(c, &p), ERR_BUSY);
    ctx_forgive(c);
    CHECK_INT(pet_add(c, &p), ERR_BUSY);
    CHECK(c->fault.retryable);
    ctx_forgive(c);
    CHECK_INT(db_savepoint_undo(c), ERR_BUSY);
    ctx_forgive(c);
    CHECK_INT(db_begin(c), ERR_NONE);                /* rolls back and goes on */
    pet_must_add(c, 3, "x");
    CHECK_INT(db_commit(c), ERR_NONE);
    CHECK_INT(pets_n(c), 1);
}

TEST_DB(a_failed_commit_leaves_nothing)
{
    struct ctx *c = pets();
    for (enum fault_how how = FAULT_ERROR; how <= FAULT_SERIAL; how++) {
        CHECK_INT(db_begin(c), ERR_NONE);
        pet_must_add(c, 1, "x");
        db_fault(c->db, 1, how);
        CHECK(db_commit(c) != ERR_NONE);
        CHECK(!db_in_transaction(c->db));
        ctx_forgive(c);
        CHECK_INT(pets_n(c), 0);
    }
}

/* A disk that is really full: a database that may not grow. */
TEST(a_full_disk_is_busy_and_undone)
{
    struct ctx *c = pets();
    struct build b = build_new(c);
    build_sql(&b, "PRAGMA max_page_count = 40");
    CHECK_INT(build_run(c, &b, NULL), ERR_NONE);
    CHECK_INT(db_begin(c), ERR_NONE);
    char long_name[4000];
    for (size_t i = 0; i < sizeof long_name; i++)
        long_name[i] = 'x';
    enum err e = ERR_NONE;
    for (int64_t i = 1; i < 100 && !e; i++) {
        struct pet p = a_pet(i, "");
        p.name = (struct sv){ long_name, sizeof long_name };
        e = pet_add(c, &p);
    }
    CHECK_INT(e, ERR_BUSY);
    CHECK_TEXT(sv_of(c->fault.key), "store.away");
    db_rollback(c);
    ctx_forgive(c);
    CHECK_INT(pets_n(c), 0);
    CHECK_INT(db_begin(c), ERR_NONE);
    pet_must_add(c, 1, "x");
    CHECK_INT(db_commit(c), ERR_NONE);
}

/* --- two at once --- */

/* Each reads how many there are and adds one if there is none: only one may win. */
static enum err add_if_none(struct ctx *c, int64_t id)
{
    int64_t n;
    TRY(db_begin(c));
    TRY(db_int(c, &sql_pet_count, PARAMS(P_NULL("kind")), &n));
    struct pet p = a_pet(id, "only");
    if (n == 0)
        TRY(pet_add(c, &p));
    return db_commit(c);
}

struct racer { struct ctx *c; int64_t id; pthread_barrier_t *start; int reruns; enum err e; };

static void *race(void *at)
{
    struct racer *r = at;
    pthread_barrier_wait(r->start);
    for (r->reruns = 0; (r->e = add_if_none(r->c, r->id)) && r->c->fault.retryable; r->reruns++) {
        db_rollback(r->c);
        ctx_forgive(r->c);
    }
    return NULL;
}

TEST_DB(check_then_write_lets_one_of_two_in)
{
    enum { ROUNDS = 20 };
    struct ctx *c = pets();
    struct racer r[2] = { { .c = world_open(DB_WRITES), .id = 1 },
                          { .c = world_open(DB_WRITES), .id = 2 } };
    struct build b = build_new(c);
    build_sql(&b, "DELETE FROM pet");
    for (int i = 0; i < ROUNDS; i++) {
        pthread_barrier_t start;
        pthread_barrier_init(&start, NULL, 2);
        pthread_t threads[2];
        for (int j = 0; j < 2; j++) {
            r[j].start = &start;
            pthread_create(&threads[j], NULL, race, &r[j]);
        }
        for (int j = 0; j < 2; j++)
            pthread_join(threads[j], NULL);
        pthread_barrier_destroy(&start);
        CHECK_INT(r[0].e, ERR_NONE);
        CHECK_INT(r[1].e, ERR_NONE);
        CHECK_INT(pets_n(c), 1);
        CHECK_INT(build_run(c, &b, NULL), ERR_NONE);
    }
}

TEST_DB(the_later_of_two_that_clash_is_to_run_again)
{
    if (!world_is_postgres())
        return;                                      /* SQLite has one writer at a time */
    struct ctx *c = pets(), *other = world_open(DB_WRITES);
    int64_t n;
    CHECK_INT(db_begin(c), ERR_NONE);
    CHECK_INT(db_begin(other), ERR_NONE);
    CHECK_INT(db_int(c, &sql_pet_count, PARAMS(P_NULL("kind")), &n), ERR_NONE);
    CHECK_INT(db_int(other, &sql_pet_count, PARAMS(P_NULL("kind")), &n), ERR_NONE);
    pet_must_add(c, 1, "x");
    pet_must_add(other, 2, "x");
    CHECK_INT(db_commit(c), ERR_NONE);
    CHECK_INT(db_commit(other), ERR_BUSY);
    CHECK(other->fault.retryable);
    CHECK(!db_in_transaction(other->db));
    ctx_forgive(other);
    CHECK_INT(pets_n(other), 1);
}

enum { MANY = 24, ROUNDS_EACH = 8 };

struct one_of_many { struct ctx *c; int64_t first; pthread_barrier_t *start; enum err e; };

/* Reads what all others write, so that of any two at once one must run again. */
static enum err count_and_add(struct ctx *c, int64_t id)
{
    int64_t n;
    struct pet p = a_pet(id, "one of many");
    TRY(db_begin(c));
    TRY(db_int(c, &sql_pet_count, PARAMS(P_NULL("kind")), &n));
    usleep(500);
    TRY(pet_add(c, &p));
    return db_commit(c);
}

static enum err add_at_last(struct ctx *c, int64_t id)
{
    struct again again = { 0 };
    enum err e;
    do {
        e = count_and_add(c, id);
        db_rollback(c);
    } while (e && db_again(c, &again));
    return e;
}

static void *add_many(void *at)
{
    struct one_of_many *m = at;
    pthread_barrier_wait(m->start);
    for (int64_t i = 0; i < ROUNDS_EACH && !m->e; i++)
        m->e = add_at_last(m->c, m->first + i);
    return NULL;
}

TEST_DB(of_many_that_clash_with_one_another_none_is_given_up)
{
    struct ctx *c = pets();
    struct one_of_many many[MANY];
    pthread_t threads[MANY];
    pthread_barrier_t start;
    pthread_barrier_init(&start, NULL, MANY);
    for (int i = 0; i < MANY; i++)
        many[i] = (struct one_of_many){ world_open(DB_WRITES), 1 + i * ROUNDS_EACH, &start, 0 };
    for (int i = 0; i < MANY; i++)
        pthread_create(&threads[i], NULL, add_many, &many[i]);
    for (int i = 0; i < MANY; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&start);
    for (int i = 0; i < MANY; i++)
        CHECK_INT(many[i].e, ERR_NONE);
    CHECK_INT(pets_n(c), MANY * ROUNDS_EACH);
}

/* --- whoever writes holds the lock --- */

struct writer { struct ctx *c; _Atomic bool done; enum err e; };

static void *write_one(void *at)
{
    struct writer *w = at;
    struct pet p = a_pet(1, "x");
    w->e = pet_add(w->c, &p);
    w->done = true;
    return NULL;
}

TEST(a_writer_waits_for_the_lock_of_another_process)
{
    struct writer w = { .c = pets() };
    int fd = open(sv_fmt(test_mem(), "%s/write.lock", world_url()).at, O_RDWR | O_CLOEXEC);
    CHECK_INT(flock(fd, LOCK_EX), 0);
    pthread_t thread;
    pthread_create(&thread, NULL, write_one, &w);
    usleep(50000);
    bool early = w.done;
    close(fd);
    pthread_join(thread, NULL);
    CHECK(!early);
    CHECK_INT(w.e, ERR_NONE);
    CHECK_INT(pets_n(w.c), 1);
}

/* --- the database goes away --- */

static int64_t ask(struct ctx *c, struct build *b)
{
    struct rows r = build_rows(c, b);
    int64_t n = rows_next(&r) ? rows_int(&r, 0) : -1;
    CHECK_INT(rows_end(&r), ERR_NONE);
    return n;
}

/* Ends the server's side of c's connection, and waits until it is gone. */
static void cut_off(struct ctx *c, struct ctx *other)
{
    struct build who = build_new(c);
    build_sql(&who, "SELECT pg_backend_pid()");
    int64_t pid = ask(c, &who);
    struct build end = build_new(other), left = build_new(other);
    build_sql(&end, "SELECT pg_terminate_backend(");
    build_int(&end, pid);
    build_sql(&end, ")");
    build_sql(&left, "SELECT count(*) FROM pg_stat_activity WHERE pid = ");
    build_int(&left, pid);
    CHECK_INT(ask(other, &end), 1);
    for (int i = 0; ask(other, &left) > 0; i++) {
        CHECK(i < 1000);
        usleep(2000);
    }
}

TEST_DB(a_dead_connection_is_made_anew_between_transactions)
{
    if (!world_is_postgres())
        return;                                      /* SQLite has no other side */
    struct ctx *c = pets(), *other = world_open(DB_WRITES);
    pet_must_add(c, 1, "x");
    cut_off(c, other);
    int64_t n = 0;
    for (int i = 0; i < 100 && n == 0; i++) { /* its last words may take a moment to arrive */
        enum err e = db_int(c, &sql_pet_count, PARAMS(P_NULL("kind")), &n);
        CHECK(e == ERR_NONE || e == ERR_BUSY);
        ctx_forgive(c);
        usleep(e ? 10000 : 0);
    }
    CHECK_INT(n, 1);
    cut_off(c, other);
    CHECK_INT(db_begin(c), ERR_NONE);
    pet_must_add(c, 2, "x");
    CHECK_INT(db_commit(c), ERR_NONE);
    CHECK_INT(pets_n(other), 2);
}

TEST_DB(a_connection_that_dies_in_a_transaction_loses_it_whole)
{
    if (!world_is_postgres())
        return;                                      /* SQLite has no other side */
    struct ctx *c = pets(), *other = world_open(DB_WRITES);
    CHECK_INT(db_begin(c), ERR_NONE);
    pet_must_add(c, 1, "x");
    cut_off(c, other);
    struct pet p = a_pet(2, "x");
    CHECK_INT(pet_add(c, &p), ERR_BUSY);
    CHECK_TEXT(sv_of(c->fault.key), "store.away");
    CHECK(c->fault.retry_after_s > 0);
    CHECK(!db_in_transaction(c->db));
    ctx_forgive(c);
    CHECK_INT(pet_add(c, &p), ERR_BUSY); /* not half a transaction on a new connection */
    ctx_forgive(c);
    db_rollback(c);
    CHECK_INT(pets_n(c), 0);
}

TEST_DB(a_statement_that_takes_too_long_is_busy_and_goes_alone)
{
    if (!world_is_postgres())
        return;                                      /* SQLite has no server to stop it */
    struct ctx *c = pets();
    struct build soon = build_new(c), slow = build_new(c);
    build_sql(&soon, "SET statement_timeout = '50ms'");
    build_sql(&slow, "SELECT pg_sleep(5)");
    CHECK_INT(build_run(c, &soon, NULL), ERR_NONE);
    CHECK_INT(build_run(c, &slow, NULL), ERR_BUSY);
    CHECK_TEXT(sv_of(c->fault.key), "store.away");
    CHECK(!c->fault.retryable);
    ctx_forgive(c);
    CHECK_INT(pets_n(c), 0);
}

TEST(a_store_that_is_not_there_says_so)
{
    struct ctx *c = pets();
    static const char *const urls[] = { "/nowhere/at/all",
                                        "postgresql:///yike?host=/nowhere/at/all" };
    for (size_t i = 0; i < 2; i++) {
        struct store *s;
        CHECK_INT(store_open(c, test_mem(), urls[i], &s), ERR_BUSY);
        CHECK_TEXT(sv_of(c->fault.key), "store.away");
        ctx_forgive(c);
    }
}
