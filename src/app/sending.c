/* sending.c - the thread that sends messages. */

#include "app/sending.h"

#include "app/worker.h"
#include "base/log.h"
#include "care/message/channel.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { AWAY_MS = 1000, NAP_MS = 50 };

struct sending {
    struct ctx    c;
    struct sender sender;
    _Atomic bool  stop;
    pthread_t     thread;
};

static void nap(const struct sending *s, int wait_ms)
{
    const struct timespec t = { 0, NAP_MS * 1000000L };
    for (; wait_ms > 0 && !atomic_load(&s->stop); wait_ms -= NAP_MS)
        (void)nanosleep(&t, NULL);
}

static enum err step(struct sending *s, bool *ret_busy)
{
    struct ctx *c = &s->c;
    if (!c->db)
        TRY(db_open(c, c->house->store, DB_WRITES, &c->db));
    return sender_step(c, &s->sender, ret_busy);
}

static void *run(void *at)
{
    struct sending *s = at;
    while (!atomic_load(&s->stop)) {
        bool busy = false;
        ctx_next(&s->c, clock_now(s->c.house->clock));
        s->c.who = &who_house;
        s->c.channel = CHANNEL_JOB;
        if (step(s, &busy) == ERR_NONE) {
            nap(s, busy ? 0 : WORKER_IDLE_MS);
            continue;
        }
        log_fault(&s->c, "sending.failed");
        db_close(s->c.db);
        s->c.db = NULL;
        nap(s, AWAY_MS);
    }
    return NULL;
}

struct sending *sending_start(const struct house *h, struct arena *mem)
{
    struct sending *s = NEW(mem, struct sending, 1);
    s->c.house = h;
    s->sender.file = sv_fmt(mem, "%s/outbox.jsonl", h->config->data_dir).at;
    s->sender.stop = &s->stop;
    int failed = pthread_create(&s->thread, NULL, run, s);
    assert(failed == 0);
    return s;
}

void sending_stop(struct sending *s)
{
    atomic_store(&s->stop, true);
    (void)pthread_join(s->thread, NULL);
    db_close(s->c.db);
    arena_free(&s->c.mem);
    arena_free(&s->sender.mem);
}
