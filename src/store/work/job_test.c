/* job_test.c - jobs, schedules and node numbers: once, again, and by whom. */

#include "base/id.h"
#include "base/json.h"
#include "store/job.h"
#include "test.h"
#include "world.h"

#include <pthread.h>
#include <unistd.h>

static struct ctx *house(void)
{
    static struct schema s;
    schema_seal(&s);
    return world_of(&s);
}

static enum err do_well(struct ctx *c, const struct job *j)
{
    TRY(job_progress(c, j, 3, 10));
    return job_result(c, j, SV("{\"rows\":3}"));
}

static enum err do_badly(struct ctx *c, const struct job *j)
{
    return fail(c, ERR_BUSY, "test.busy", "job %lld fails on purpose", (long long)j->id);
}

static enum err do_wrong(struct ctx *c, const struct job *j)
{
    return fail(c, ERR_INVALID, "test.wrong", "job %lld is wrong", (long long)j->id);
}

static enum err leave_open(struct ctx *c, const struct job *j)
{
    int64_t id;
    (void)j;
    TRY(db_begin(c));
    return job_add(c, "well", SV("{}"), &id);        /* never committed */
}

/* Works for two minutes, and says so in time. */
static enum err do_long(struct ctx *c, const struct job *j)
{
    for (int64_t i = 1; i <= 3; i++) {
        c->now.ms += 40000;
        TRY(job_progress(c, j, i, 3));
    }
    return ERR_NONE;
}

/* Works for longer than its process may have its number without a word. */
static enum err do_silent(struct ctx *c, const struct job *j)
{
    c->now.ms += (NODE_LEASE_S + 1) * 1000;
    return job_progress(c, j, 1, 1);
}

static const struct job_kind kinds[] = {
    { .name = "well", .run = do_well, .lease_s = 30 },
    { .name = "badly", .run = do_badly, .tries_max = 3 },
    { .name = "wrong", .run = do_wrong },
    { .name = "open", .run = leave_open },
    { .name = "long", .run = do_long },
    { .name = "silent", .run = do_silent },
};
static const struct job_table table = { .kinds = kinds, .kinds_n = 6 };

static int64_t add(struct ctx *c, const char *kind)
{
    int64_t id = 0;
    CHECK_INT(job_add(c, kind, SV("{\"a\":1}"), &id), ERR_NONE);
    CHECK(id > 0);
    return id;
}

static struct job get(struct ctx *c, int64_t id)
{
    struct job j;
    bool found;
    CHECK_INT(job_get(c, id, &j, &found), ERR_NONE);
    CHECK(found);
    return j;
}

static bool step(struct ctx *c, const struct job_table *t)
{
    bool ran;
    if (job_step(c, t, &ran) != ERR_NONE)
        test_fail(__FILE__, __LINE__, "%s %.*s", c->fault.key, SV_ARG(c->fault.log));
    return ran;
}

TEST_DB(a_job_runs_once_and_keeps_its_result)
{
    struct ctx *c = house();
    int64_t id = add(c, "well");
    CHECK(step(c, &table));
    CHECK(!step(c, &table));
    struct job j = get(c, id);
    CHECK_TEXT(j.state, "done");
    CHECK_TEXT(j.result, "{\"rows\":3}");
    CHECK_TEXT(j.input, "{\"a\":1}");
    CHECK_INT(j.done, 3);
    CHECK_INT(j.total, 10);
    CHECK_INT(j.tries, 1);
    CHECK(moment_known(j.ended_at));
}

TEST_DB(jobs_run_in_the_order_they_came)
{
    struct ctx *c = house();
    int64_t one = add(c, "well"), two = add(c, "well");
    CHECK(step(c, &table));
    CHECK_TEXT(get(c, one).state, "done");
    CHECK_TEXT(get(c, two).state, "waiting");
}

TEST_DB(what_somebody_asked_for_does_not_wait_behind_the_clock)
{
    struct ctx *c = house();
    struct job_table asked = table, of_the_house = table;
    asked.of = JOBS_ASKED;
    of_the_house.of = JOBS_OF_THE_HOUSE;
    int64_t nightly = add(c, "well"), wanted = 0;
    CHECK_INT(job_add_for(c, "well", SV("{}"), 7, 0, &wanted), ERR_NONE);
    CHECK(step(c, &asked));
    CHECK_TEXT(get(c, wanted).state, "done");
    CHECK_TEXT(get(c, nightly).state, "waiting");
    CHECK(!step(c, &asked));
    CHECK_INT(job_add_for(c, "well", SV("{}"), 7, 0, &wanted), ERR_NONE);
    CHECK(step(c, &of_the_house));
    CHECK_TEXT(get(c, nightly).state, "done");
    CHECK(!step(c, &of_the_house));
    CHECK_TEXT(get(c, wanted).state, "waiting");
}

TEST_DB(a_failing_job_is_tried_again_later_and_then_given_up)
{
    struct ctx *c = house();
    int64_t id = add(c, "badly");
    static const int64_t waits_s[] = { 5, 20 };
    for (int i = 0; i < 2; i++) {
        CHECK(step(c, &table));
        struct job j = get(c, id);
        CHECK_TEXT(j.state, "waiting");
        CHECK_TEXT(j.error, "test.busy");
        int64_t late_ms = j.not_before.ms - c->now.ms - waits_s[i] * 1000;
        CHECK(late_ms >= 0 && late_ms < 1000);       /* the job took a moment */
        CHECK(!step(c, &table));
        c->now = j.not_before;
    }
    CHECK(step(c, &table));
    CHECK_TEXT(get(c, id).state, "failed");
    CHECK_INT(get(c, id).tries, 3);
    c->now.ms += MS_A_DAY;
    CHECK(!step(c, &table));
}

TEST_DB(a_job_that_can_never_work_fails_at_once)
{
    struct ctx *c = house();
    int64_t id = add(c, "wrong"), unknown = add(c, "nobody knows");
    CHECK(step(c, &table));
    CHECK_TEXT(get(c, id).state, "failed");
    CHECK_TEXT(get(c, id).error, "test.wrong");
    CHECK(step(c, &table));
    CHECK_TEXT(get(c, unknown).error, "job.unknown");
}

TEST_DB(what_a_job_leaves_open_is_rolled_back)
{
    struct ctx *c = house();
    int64_t id = add(c, "open");
    CHECK(step(c, &table));
    CHECK_TEXT(get(c, id).state, "done");
    CHECK(!step(c, &table));
}

/* --- leases --- */

static enum err stop_here(struct ctx *c, const struct job *j)
{
    (void)j;
    db_fault(c->db, 1, FAULT_ERROR);                 /* the end is not written: as if we had died */
    return ERR_NONE;
}

static const struct job_kind dying[] = {
    { .name = "well", .run = stop_here, .tries_max = 2, .lease_s = 30 }
};
static const struct job_table dying_table = { .kinds = dying, .kinds_n = 1 };

TEST_DB(a_job_of_a_dead_worker_is_taken_over_when_its_lease_ends)
{
    struct ctx *c = house(), *other = world_open(DB_WRITES);
    int64_t id = add(c, "well");
    bool ran;
    CHECK_INT(job_step(c, &dying_table, &ran), ERR_BROKEN);
    ctx_forgive(c);
    struct job j = get(c, id);
    CHECK_TEXT(j.state, "running");
    CHECK(!step(other, &table));
    other->now.ms = j.lease_until.ms + 1;
    CHECK(step(other, &table));
    CHECK_TEXT(get(c, id).state, "done");
    CHECK_INT(get(c, id).tries, 2);
    CHECK_INT(job_progress(c, &j, 4, 10),
              ERR_CONFLICT); /* the first one comes back from the dead */
    CHECK_TEXT(sv_of(c->fault.key), "job.lost");
}

TEST_DB(a_job_that_kills_its_workers_is_given_up)
{
    struct ctx *c = house();
    int64_t id = add(c, "well");
    bool ran;
    for (int i = 0; i < 2; i++) {
        CHECK_INT(job_step(c, &dying_table, &ran), ERR_BROKEN);
        ctx_forgive(c);
        c->now.ms += 31000;
    }
    CHECK(!step(c, &dying_table));
    CHECK_TEXT(get(c, id).state, "failed");
    CHECK_TEXT(get(c, id).error, "job.died");
}

/* --- cancelling --- */

static enum err cancel_me(struct ctx *c, const struct job *j)
{
    TRY(job_cancel(c, j->id));
    TRY(job_progress(c, j, 1, 2));
    return fail(c, ERR_BROKEN, "test.not_stopped", "progress did not stop the job");
}

TEST_DB(a_waiting_job_is_cancelled_at_once_a_running_one_at_its_next_progress)
{
    struct ctx *c = house();
    int64_t waiting = add(c, "well");
    CHECK_INT(job_cancel(c, waiting), ERR_NONE);
    CHECK_TEXT(get(c, waiting).state, "cancelled");
    const struct job_kind kind = { .name = "cancel", .run = cancel_me };
    int64_t running = add(c, "cancel");
    CHECK(step(c, &(struct job_table){ .kinds = &kind, .kinds_n = 1 }));
    CHECK_TEXT(get(c, running).state, "cancelled");
    CHECK_INT(job_cancel(c, running), ERR_NONE);
    CHECK_INT(job_cancel(c, 987654), ERR_MISSING);
}

/* --- many workers --- */

struct worker { struct ctx *c; const struct job_table *table; int ran; enum err e; };

static void *work(void *at)
{
    struct worker *w = at;
    bool ran = true;
    while (ran && !w->e) {
        w->e = job_step(w->c, w->table, &ran);
        w->ran += ran;
    }
    return NULL;
}

static int work_together(struct worker *w, int n)
{
    pthread_t threads[4];
    int ran = 0;
    for (int i = 0; i < n; i++)
        pthread_create(&threads[i], NULL, work, &w[i]);
    for (int i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < n; i++) {
        if (w[i].e && !w[i].c->fault.retryable)
            test_fail(__FILE__, __LINE__, "%s %.*s", w[i].c->fault.key, SV_ARG(w[i].c->fault.log));
        ran += w[i].ran;
    }
    return ran;
}

TEST_DB(four_workers_run_each_of_forty_jobs_once)
{
    enum { JOBS = 40, WORKERS = 4 };
    struct ctx *c = house();
    int64_t ids[JOBS];
    for (int i = 0; i < JOBS; i++)
        ids[i] = add(c, "well");
    struct worker w[WORKERS] = { 0 };
    for (int i = 0; i < WORKERS; i++)
        w[i] = (struct worker){ .c = world_open(DB_WRITES), .table = &table };
    int ran = work_together(w, WORKERS);
    while (step(c, &table)) /* what a worker left that gave up on clashes */
        ran++;
    CHECK_INT(ran, JOBS);
    for (int i = 0; i < JOBS; i++)
        CHECK_INT(get(c, ids[i]).tries, 1);
}

static const struct schedule schedules[] = {
    { .name = "nightly", .job = "well", .every_s = 86400, .at_min = 120 },
    { .name = "often", .job = "well", .every_s = 60 },
};
static const struct job_table scheduled = { .kinds = kinds, .kinds_n = 4, .schedules = schedules,
                                            .schedules_n = 2 };

TEST_DB(a_schedule_runs_once_a_period_whoever_puts_it_in)
{
    struct ctx *c = house(), *other = world_open(DB_WRITES);
    for (int day = 0; day < 3; day++) {
        int ran = 0;
        for (int i = 0; i < 4; i++)
            ran += step(i % 2 ? c : other, &scheduled);
        CHECK_INT(ran, 2);                           /* one nightly, one of the minute */
        c->now.ms += MS_A_DAY;
        other->now.ms += MS_A_DAY;
    }
}

TEST_DB(two_workers_at_once_put_a_schedule_in_once)
{
    struct ctx *c = house();
    for (int round = 0; round < 10; round++) {
        struct worker w[2] = { { .c = world_open(DB_WRITES), .table = &scheduled },
                               { .c = world_open(DB_WRITES), .table = &scheduled } };
        c->now.ms = w[0].c->now.ms = w[1].c->now.ms = c->now.ms + MS_A_DAY;
        int ran = work_together(w, 2);
        while (step(c, &scheduled))
            ran++;
        CHECK_INT(ran, 2);
    }
}

TEST_DB(after_a_pause_one_job_catches_up_the_whole_time)
{
    struct ctx *c = house();
    const struct job_table nightly = {
        .kinds = kinds, .kinds_n = 4, .schedules = schedules, .schedules_n = 1
    };
    CHECK(step(c, &nightly));
    c->now = moment_at((struct day){ day_of(c->now).n + 5 }, 119); /* five days on, not yet 02:00 */
    CHECK(step(c, &nightly));
    CHECK(!step(c, &nightly));
    CHECK_TEXT(get(c, 2).input, "{\"since\":\"2026-11-21T02:00:00.000+08:00\","
                                "\"until\":\"2026-11-25T02:00:00.000+08:00\"}");
    c->now.ms += 60000;
    CHECK(step(c, &nightly));
}

TEST_DB(a_schedule_waits_for_its_last_job)
{
    struct ctx *c = house();
    const struct schedule slow = { .name = "slow", .job = "badly", .every_s = 1 };
    const struct job_table one = {
        .kinds = kinds, .kinds_n = 4, .schedules = &slow, .schedules_n = 1
    };
    CHECK(step(c, &one));
    c->now.ms += 3000;                               /* the job waits for its second try */
    CHECK(!step(c, &one));
}

/* --- node numbers --- */

TEST_DB(node_numbers_are_leased_apart_and_renewed_in_time)
{
    struct ctx *c = house(), *other = world_open(DB_WRITES);
    int64_t one, two;
    CHECK_INT(node_lease(c, &one), ERR_NONE);
    CHECK_INT(node_lease(other, &two), ERR_NONE);
    CHECK(one != two);
    CHECK(one >= 1 && two <= ID_NODE_MAX);
    c->now.ms += 50000;
    CHECK_INT(node_renew(c, one), ERR_NONE);
    c->now.ms += 50000;
    CHECK_INT(node_renew(c, one), ERR_NONE);
    c->now.ms += 61000;
    CHECK_INT(node_renew(c, one), ERR_CONFLICT);
    CHECK_TEXT(sv_of(c->fault.key), "node.lost");
}

TEST_DB(a_long_job_keeps_the_number_of_its_process)
{
    struct ctx *c = house();
    struct job_table mine = table;
    CHECK_INT(node_lease(c, &mine.node), ERR_NONE);
    int64_t id = add(c, "long");
    CHECK(step(c, &mine));
    CHECK_TEXT(get(c, id).state, "done");
    CHECK_INT(node_renew(c, mine.node), ERR_NONE);
}

TEST_DB(a_job_that_lost_its_number_is_done_by_another)
{
    struct ctx *c = house();
    struct job_table mine = table;
    CHECK_INT(node_lease(c, &mine.node), ERR_NONE);
    int64_t id = add(c, "silent");
    CHECK(step(c, &mine));
    CHECK_TEXT(get(c, id).state, "waiting");
    CHECK_TEXT(get(c, id).error, "node.lost");
}

TEST_DB(when_all_node_numbers_are_used_the_longest_rested_is_given)
{
    struct ctx *c = house();
    int64_t n = 0;
    for (int64_t i = 1; i <= ID_NODE_MAX; i++) {
        CHECK_INT(node_lease(c, &n), ERR_NONE);
        CHECK_INT(n, i);
        c->now.ms++;
    }
    CHECK_INT(node_lease(c, &n), ERR_BUSY);
    ctx_forgive(c);
    c->now.ms += (NODE_LEASE_S + NODE_REST_S) * 1000;
    CHECK_INT(node_lease(c, &n), ERR_NONE);
    CHECK_INT(n, 1);
}

TEST_DB(a_failed_lease_leaves_no_half_job)
{
    struct ctx *c = house();
    EVERY_FAULT(fault) {
        int64_t id = 0;
        enum err e = job_add(c, "well", SV("{}"), &id);
        fault_settle(&fault, e);
        struct job j;
        bool found = false;
        CHECK_INT(job_get(c, id, &j, &found), ERR_NONE);
        CHECK(found == !e);
    }
}
