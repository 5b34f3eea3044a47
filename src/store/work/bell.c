/* bell.c - waiting until something may have changed. */

#include "store/driver.h"
#include "store/event.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

SQL(bell_version);

enum { POLL_SQLITE_MS = 200, POLL_POSTGRES_MS = 100 };

struct bell {
    pthread_mutex_t lock;
    pthread_cond_t  rung;
    uint64_t        count;
    bool            polling;         /* one waiter asks the database for all */
    int             poll_ms;
};

struct bell *bell_new(struct arena *mem, struct store *s)
{
    struct bell *b = NEW(mem, struct bell, 1);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->rung, &monotonic);
    pthread_condattr_destroy(&monotonic);
    b->poll_ms = store_engine(s) == ENGINE_SQLITE ? POLL_SQLITE_MS : POLL_POSTGRES_MS;
    return b;
}

void bell_ring(struct bell *b)
{
    pthread_mutex_lock(&b->lock);
    b->count++;
    pthread_cond_broadcast(&b->rung);
    pthread_mutex_unlock(&b->lock);
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void wait_until(struct bell *b, int64_t ms)
{
    struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
    pthread_cond_timedwait(&b->rung, &b->lock, &t);
}

/*
 * Has somebody else committed since this connection asked last? The first answer is yes: nobody
 * knows what it has missed. A database that is away has not changed.
 */
static bool has_changed(struct ctx *c)
{
    int64_t version;
    if (db_int(c, &sql_bell_version, NO_PARAMS, &version) != ERR_NONE) {
        ctx_forgive(c);
        return false;
    }
    bool changed = !c->db->asked || version != c->db->version;
    c->db->asked = true;
    c->db->version = version;
    return changed;
}

/* With the lock held on both ends, and let go while the database is asked. */
static void poll_once(struct ctx *c, struct bell *b)
{
    b->polling = true;
    pthread_mutex_unlock(&b->lock);
    bool changed = has_changed(c);
    pthread_mutex_lock(&b->lock);
    b->polling = false;
    if (changed) {
        b->count++;
        pthread_cond_broadcast(&b->rung);
    }
}

bool bell_wait(struct ctx *c, struct bell *b, uint64_t *seen, int timeout_ms)
{
    int64_t end = now_ms() + timeout_ms;
    pthread_mutex_lock(&b->lock);
    for (int64_t now; b->count == *seen && (now = now_ms()) < end;) {
        int64_t poll = now + b->poll_ms;
        if (!b->polling)
            poll_once(c, b);
        if (b->count == *seen)
            wait_until(b, poll < end ? poll : end);
    }
    bool moved = b->count != *seen;
    *seen = b->count;
    pthread_mutex_unlock(&b->lock);
    return moved;
}
