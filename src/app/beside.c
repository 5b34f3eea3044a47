/* beside.c - the worker's other threads. */

#include "app/beside.h"

#include "app/worker.h"
#include "base/log.h"

#include <assert.h>
#include <time.h>

enum { AWAY_MS = 1000, NAP_MS = 50 };

static void nap(const struct beside *b, int wait_ms)
{
    const struct timespec t = { 0, NAP_MS * 1000000L };
    for (; wait_ms > 0 && !atomic_load(&b->stop); wait_ms -= NAP_MS)
        (void)nanosleep(&t, NULL);
}

static enum err step(struct beside *b, bool *ret_busy)
{
    if (!b->c.db)
        TRY(db_open(&b->c, b->house->store, DB_WRITES, &b->c.db));
    return b->step(b, ret_busy);
}

static void *run(void *at)
{
    struct beside *b = at;
    while (!atomic_load(&b->stop)) {
        bool busy = false;
        ctx_next(&b->c, clock_now(b->house->clock));
        b->c.who = &who_house;
        b->c.channel = CHANNEL_JOB;
        if (step(b, &busy) == ERR_NONE) {
            nap(b, busy ? b->pause_ms : WORKER_IDLE_MS);
            continue;
        }
        log_fault(&b->c, b->failed);
        db_close(b->c.db);
        b->c.db = NULL;
        nap(b, AWAY_MS);
    }
    return NULL;
}

void beside_start(struct beside *b)
{
    b->c.house = b->house;
    b->sender.stop = &b->stop;
    int failed = pthread_create(&b->thread, NULL, run, b);
    assert(failed == 0);
}

void beside_stop(struct beside *b)
{
    atomic_store(&b->stop, true);
    (void)pthread_join(b->thread, NULL);
    db_close(b->c.db);
    arena_free(&b->c.mem);
    arena_free(&b->sender.mem);
}

enum err beside_message(struct beside *b, bool *ret_busy)
{
    return sender_step(&b->c, &b->sender, ret_busy);
}

enum err beside_job(struct beside *b, bool *ret_busy)
{
    return job_step(&b->c, b->table, ret_busy);
}
