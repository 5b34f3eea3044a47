/* refresh.c - what modules hold in memory, kept up to date. */

#include "http/refresh.h"

#include "base/log.h"

#include <pthread.h>
#include <time.h>

struct refresh {
    const struct house *house;
    pthread_t           thread;
    struct ctx          c;                   /* the thread's */
    int64_t             seq;                 /* events up to here are in what was built */
    int64_t             built_ms;
    bool                due;
    _Atomic bool        stop;
};

static enum err reach_database(struct refresh *r)
{
    return r->c.db ? ERR_NONE : db_open(&r->c, r->house->store, DB_READS, &r->c.db);
}

static enum err build_all(struct refresh *r)
{
    for (const struct module *const *m = r->house->modules; *m; m++)
        if ((*m)->refresh)
            TRY((*m)->refresh(&r->c));
    r->due = false;
    r->built_ms = now_ns() / 1000000;
    return ERR_NONE;
}

/* The place in the events is read first: what happens meanwhile makes it due again. */
static enum err build_first(struct refresh *r)
{
    TRY(reach_database(r));
    TRY(event_last(&r->c, &r->seq));
    return build_all(r);
}

/* Does any module hold rows of this entity? */
static bool held(const struct house *h, struct sv entity)
{
    for (const struct module *const *m = h->modules; *m; m++)
        for (const char *const *e = (*m)->refresh_on; (*m)->refresh && e && *e; e++)
            if (sv_is(entity, *e))
                return true;
    return false;
}

static enum err look(struct refresh *r)
{
    struct list events = { 0 };
    TRY(event_after(&r->c, r->seq, REFRESH_EVENTS_MAX, &events, &r->seq));
    const struct event *one = events.at;
    for (size_t i = 0; i < events.n && !r->due; i++)
        r->due = held(r->house, one[i].entity);
    if (!r->due || now_ns() / 1000000 - r->built_ms < REFRESH_S * 1000)
        return ERR_NONE;
    return build_all(r);
}

static void *run(void *arg)
{
    struct refresh *r = arg;
    uint64_t seen = 0;
    while (!r->stop) {
        ctx_next(&r->c, clock_now(r->house->clock));
        enum err err = reach_database(r);
        if (err == ERR_NONE && (bell_wait(&r->c, r->house->bell, &seen, 500) || r->due))
            err = look(r);
        if (err != ERR_NONE) {
            log_fault(&r->c, "refresh.failed");
            r->due = true;
            db_close(r->c.db);
            r->c.db = NULL;
            const struct timespec wait = { 0, 500000000 };
            nanosleep(&wait, NULL);
        }
    }
    return NULL;
}

static bool any_refresh(const struct house *h)
{
    for (const struct module *const *m = h->modules; *m; m++)
        if ((*m)->refresh)
            return true;
    return false;
}

enum err refresh_start(struct ctx *c, struct server *s, struct refresh **ret_refresh)
{
    if (!any_refresh(s->house))
        return ERR_NONE;
    struct refresh *r = NEW(&s->mem, struct refresh, 1);
    r->house = r->c.house = s->house;
    r->c.now = clock_now(s->house->clock);
    enum err err = build_first(r);
    if (err != ERR_NONE) {
        err = fail(c, err, r->c.fault.key, "first build: %.*s", SV_ARG(r->c.fault.log));
    } else if (pthread_create(&r->thread, NULL, run, r) != 0) {
        err = fail(c, ERR_BROKEN, "broken", "could not start the refreshing thread");
    } else {
        *ret_refresh = r;
        return ERR_NONE;
    }
    db_close(r->c.db);
    arena_free(&r->c.mem);
    return err;
}

void refresh_stop(struct refresh *r)
{
    r->stop = true;
    bell_ring(r->house->bell);
    pthread_join(r->thread, NULL);
    db_close(r->c.db);
    arena_free(&r->c.mem);
}
