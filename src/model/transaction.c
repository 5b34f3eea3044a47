/* transaction.c - a call as a transaction, run again when the engine asks for it. */

#include "model/house.h"

#include <time.h>

enum { TRIES_MAX = 5, PAUSE_MS = 4 };

/* A little longer each time, and not the same for two that clash. */
static void pause_before(struct ctx *c, int attempt)
{
    int64_t own = (int64_t)((uintptr_t)c >> 6) & 3;
    struct timespec t = { .tv_nsec = (long)((attempt * PAUSE_MS + own) * 1000000) };
    nanosleep(&t, NULL);
}

static enum err run_once(struct ctx *c, enum err (*fn)(struct ctx *c, void *arg), void *arg)
{
    TRY(db_begin(c));
    enum err e = fn(c, arg);
    if (e == ERR_NONE)
        e = db_commit(c);
    if (e != ERR_NONE)
        db_rollback(c);
    return e;
}

enum err transaction(struct ctx *c, enum err (*fn)(struct ctx *c, void *arg), void *arg)
{
    enum err e = run_once(c, fn, arg);
    for (int attempt = 1; attempt < TRIES_MAX && e != ERR_NONE && c->fault.retryable; attempt++) {
        ctx_forgive(c);
        pause_before(c, attempt);
        e = run_once(c, fn, arg);
    }
    if (e == ERR_NONE && c->house && c->house->bell)
        bell_ring(c->house->bell);
    return e;
}
