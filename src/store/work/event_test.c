/* event_test.c - events in their order, and the bell. */

#include "store/build.h"
#include "store/event.h"
#include "test.h"
#include "world.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

static struct ctx *house(void)
{
    static struct schema s;
    schema_seal(&s);
    return world_of(&s);
}

static enum err add(struct ctx *c, int64_t row)
{
    struct event e = {
        .entity = SV_INIT("visit"), .row_id = row, .action = SV_INIT("create"), .scope = 990001
    };
    return event_add(c, &e);
}

static void must_add(struct ctx *c, int64_t row)
{
    CHECK_INT(add(c, row), ERR_NONE);
}

/*
 * On PostgreSQL an event is told once no older transaction runs, in whichever database of the
 * cluster: another suite's may. `want` of them come within a minute.
 */
static void told(struct ctx *reader, int64_t after, size_t want, struct list *ret_seen,
                 int64_t *ret_at)
{
    static const struct timespec moment = { .tv_nsec = 20000000 };
    for (int i = 0; i < 3000; i++) {
        CHECK_INT(event_after(reader, after, (int64_t)want, ret_seen, ret_at), ERR_NONE);
        if (ret_seen->n == want)
            return;
        nanosleep(&moment, NULL);
    }
    CHECK_INT((int64_t)ret_seen->n, (int64_t)want);
}

TEST_DB(events_come_in_the_order_they_were_written)
{
    struct ctx *c = house(), *reader = world_open(DB_READS);
    CHECK_INT(db_begin(c), ERR_NONE);
    for (int64_t i = 1; i <= 3; i++)
        must_add(c, i);
    struct list seen;
    int64_t at = 0, last = 0;
    CHECK_INT(event_after(reader, 0, 10, &seen, &at), ERR_NONE);
    CHECK_INT(seen.n, 0);
    CHECK_INT(at, 0);
    CHECK_INT(db_commit(c), ERR_NONE);
    must_add(c, 4);
    told(reader, 0, 3, &seen, &at);
    const struct event *e = seen.at;
    for (int i = 0; i < 3; i++)
        CHECK_INT(e[i].row_id, i + 1);
    CHECK_TEXT(e[0].entity, "visit");
    CHECK_INT(e[0].scope, 990001);
    CHECK_INT(e[0].at.ms, c->now.ms);
    told(reader, at, 1, &seen, &at);
    CHECK_INT(event_last(reader, &last), ERR_NONE);
    CHECK_INT(at, last);
    CHECK_INT(event_after(reader, at, 10, &seen, &at), ERR_NONE);
    CHECK_INT(seen.n, 0);
    CHECK_INT(at, last);
}

TEST_DB(an_undone_request_leaves_no_event)
{
    struct ctx *c = house();
    CHECK_INT(db_begin(c), ERR_NONE);
    must_add(c, 1);
    CHECK_INT(db_savepoint(c), ERR_NONE);
    must_add(c, 2);
    CHECK_INT(db_savepoint_undo(c), ERR_NONE);
    must_add(c, 3);
    CHECK_INT(db_commit(c), ERR_NONE);
    struct list seen;
    int64_t at;
    told(c, 0, 2, &seen, &at);
    CHECK_INT(((const struct event *)seen.at)[1].row_id, 3);
}

/* The later transaction commits first: its event may not be given before the earlier one's. */
TEST_DB(no_event_appears_behind_one_that_was_seen)
{
    if (!world_is_postgres())
        return;                                      /* SQLite has one writer at a time */
    struct ctx *early = house(), *late = world_open(DB_WRITES), *reader = world_open(DB_READS);
    struct list seen;
    int64_t at = 0;
    CHECK_INT(db_begin(late), ERR_NONE);
    CHECK_INT(db_begin(early), ERR_NONE);
    must_add(early, 1);
    must_add(late, 2);
    CHECK_INT(db_commit(late), ERR_NONE);
    CHECK_INT(event_after(reader, 0, 10, &seen, &at), ERR_NONE);
    CHECK_INT(seen.n, 0);
    must_add(early, 3);
    CHECK_INT(db_commit(early), ERR_NONE);
    told(reader, 0, 3, &seen, &at);
}

enum { WRITERS = 4, EACH = 50 };
struct writer { struct ctx *c; int64_t first; int written; };

static void *write_events(void *at)
{
    struct writer *w = at;
    while (w->written < EACH) {
        enum err e = db_begin(w->c);
        for (int i = 0; i < 2 && !e; i++)
            e = add(w->c, w->first + w->written + i);
        if (!e && w->written % 3 == 0)
            usleep(300);                             /* some hold their place longer */
        e = e ? e : db_commit(w->c);
        if (e)
            db_rollback(w->c);
        else
            w->written += 2;
        ctx_forgive(w->c);
    }
    return NULL;
}

TEST_DB(a_reader_misses_nothing_that_many_writers_write)
{
    house();
    struct ctx *reader = world_open(DB_READS);
    struct writer w[WRITERS];
    pthread_t threads[WRITERS];
    bool got[WRITERS * EACH] = { false };
    for (int i = 0; i < WRITERS; i++) {
        w[i] = (struct writer){ world_open(DB_WRITES), i * EACH, 0 };
        pthread_create(&threads[i], NULL, write_events, &w[i]);
    }
    int64_t at = 0, before = 0;
    int count = 0;
    for (int rounds = 0; count < WRITERS * EACH && rounds < 20000; rounds++) {
        struct list seen;
        CHECK_INT(event_after(reader, at, 7, &seen, &at), ERR_NONE);
        for (size_t i = 0; i < seen.n; i++) {
            const struct event *e = (const struct event *)seen.at + i;
            CHECK(e->seq > before);
            CHECK(!got[e->row_id]);
            before = e->seq;
            got[e->row_id] = true;
            count++;
        }
        if (seen.n == 0)
            usleep(500);
    }
    for (int i = 0; i < WRITERS; i++)
        pthread_join(threads[i], NULL);
    CHECK_INT(count, WRITERS * EACH);
}

/* --- the bell --- */

TEST_DB(a_quiet_bell_waits_and_a_rung_one_does_not)
{
    struct ctx *c = house();
    struct bell *b = bell_new(test_mem(), world_store());
    uint64_t seen = 0;
    bell_wait(c, b, &seen, 1);                       /* the first may always wake */
    CHECK(!bell_wait(c, b, &seen, 300));
    bell_ring(b);
    CHECK(bell_wait(c, b, &seen, 300));
    CHECK(!bell_wait(c, b, &seen, 1));
}

static void *ring_soon(void *at)
{
    usleep(20000);
    bell_ring(at);
    return NULL;
}

TEST_DB(a_ring_wakes_who_waits)
{
    struct ctx *c = house();
    struct bell *b = bell_new(test_mem(), world_store());
    uint64_t seen = 0;
    bell_wait(c, b, &seen, 1);
    pthread_t thread;
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    pthread_create(&thread, NULL, ring_soon, b);
    bool moved = bell_wait(c, b, &seen, 5000);
    clock_gettime(CLOCK_MONOTONIC, &to);
    pthread_join(thread, NULL);
    CHECK(moved);
    CHECK(to.tv_sec - from.tv_sec < 3);
}

TEST_DB(a_commit_of_another_process_wakes_too)
{
    struct ctx *c = house(), *reader = world_open(DB_READS);
    struct bell *b = bell_new(test_mem(), world_store());
    uint64_t seen = 0;
    bell_wait(reader, b, &seen, 1);
    must_add(c, 1);                                  /* and nobody rings */
    CHECK(bell_wait(reader, b, &seen, 3000));
}

/* As after pg_dump into a younger server: an event that this server's numbers have not reached. */
static int64_t newest(struct ctx *c)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT max(seq) FROM event");
    struct rows r = build_rows(c, &b);
    int64_t seq = rows_next(&r) ? rows_int(&r, 0) : -1;
    CHECK_INT(rows_end(&r), ERR_NONE);
    return seq;
}

static int64_t trimmed(struct ctx *c, int64_t before_ms)
{
    int64_t n = -1;
    CHECK_INT(db_begin(c), ERR_NONE);
    CHECK_INT(event_trim(c, (struct moment){ before_ms }, &n), ERR_NONE);
    CHECK_INT(db_commit(c), ERR_NONE);
    return n;
}

TEST_DB(old_events_are_taken_away_and_their_places_never_given_again)
{
    struct ctx *c = house();
    struct event e = { .entity = SV("visit"), .action = SV("create") };
    int64_t last, first;
    for (int64_t i = 1; i <= 6; i++) {
        e.row_id = i;
        e.at = (struct moment){ i * 1000 };
        CHECK_INT(event_add(c, &e), ERR_NONE);
    }
    last = newest(c);
    CHECK_INT(trimmed(c, 4000), 3);
    CHECK_INT(trimmed(c, 4000), 0);
    CHECK_INT(trimmed(c, 90000), 2);                 /* the last one stays, however old */
    CHECK_INT(event_first(c, &first), ERR_NONE);
    CHECK_INT(first, last);
    CHECK_INT(event_add(c, &e), ERR_NONE);
    CHECK(newest(c) > last);
}

TEST_DB(events_of_another_server_stay_behind_those_to_come)
{
    if (!world_is_postgres())
        test_skip("SQLite counts on behind what is there");
    struct ctx *c = house();
    int64_t changed, far = INT64_C(1) << 60;
    struct event e = { .entity = SV_INIT("visit"), .row_id = 7, .action = SV_INIT("create") };
    struct build b = build_new(c);
    build_sql(&b,
              "INSERT INTO event (seq, entity, row_id, action, scope, org, account, at) VALUES (");
    build_value(&b, V_INT(far));
    build_sql(&b, ", 'visit', 6, 'create', 0, 0, 0, 1)");
    CHECK_INT(build_run(c, &b, &changed), ERR_NONE);
    CHECK_INT(db_begin(c), ERR_NONE);
    CHECK_INT(event_lift(c), ERR_NONE);
    CHECK_INT(event_add(c, &e), ERR_NONE);
    CHECK_INT(db_commit(c), ERR_NONE);
    struct list seen = { 0 };
    int64_t seq;
    for (int tries = 0; tries < 500 && !seen.n; tries++) {
        CHECK_INT(event_after(c, far, 10, &seen, &seq), ERR_NONE);
        usleep(10000);
    }
    CHECK_INT(seen.n, 1);
}
