/* lanes.c - readers, the writer and the hashers. */

#include "http/lane/lanes.h"

#include "base/log.h"
#include "http/health.h"
#include "http/lane/queue.h"
#include "http/lane/replay.h"
#include "http/server.h"
#include "http/lane/touch.h"

#include <assert.h>
#include <time.h>

/* One thread, one connection. */
struct worker {
    struct lanes *lanes;
    pthread_t     thread;
    bool          started;
    struct ctx c; /* for what belongs to no request: begin, commit of a group */
    enum db_use   use;
    struct db    *db;                   /* NULL: to be opened again */
    struct call  *group[GROUP_MAX];
    size_t        group_n;
    int           saved;                /* so many groups more have a savepoint a request */
};

enum {
    WORKERS_MAX = 64,
    WRITERS_POSTGRES = 8,
    SAVED_GROUPS = 50,                  /* after one that had to be filled twice */
};

struct lanes {
    struct server *server;
    struct queue   reads, writes, hashes;
    struct worker  workers[WORKERS_MAX];
    size_t         workers_n;
};

/* --- what every worker does --- */

/* After the database was away the connection is opened again, by the next request that needs it. */
static enum err connect(struct worker *w, struct ctx *c)
{
    if (!w->db)
        TRY(db_open(c, w->lanes->server->house->store, w->use, &w->db));
    c->db = w->db;
    w->c.db = w->db;
    return ERR_NONE;
}

static void doubt(struct worker *w, const struct ctx *c)
{
    if (c->fault.kind != ERR_BUSY || c->fault.retryable ||
        store_engine(w->lanes->server->house->store) == ENGINE_SQLITE)
        return;
    db_close(w->db);
    w->db = NULL;
    w->c.db = NULL;
}

static bool too_late(struct call *call)
{
    if (!call->mhd || now_ns() - call->began_ns < (int64_t)WAIT_MAX_S * 1000000000)
        return false;
    call->c.fault.retry_after_s = 2;
    call_finish(call, fail(&call->c, ERR_BUSY, "busy", "waited %d s in the queue", WAIT_MAX_S));
    call_release(call);
    return true;
}

static void end_call(struct call *call, enum err err)
{
    call->c.db = NULL;
    call_finish(call, err);
    call_release(call);
}

/* --- reading --- */

static enum err read_one(struct worker *w, struct call *call)
{
    ctx_forgive(&call->c);
    bool memory = call_from_memory(call);
    if (!memory)
        TRY(connect(w, &call->c));
    TRY(call_prepare(call));
    if (!memory)
        touch_if_due(call);
    if (call->found.endpoint->lane == HASHES)
        return call->found.endpoint->hash(&call->c, &call->q);
    return call_run(call);
}

static void *reader(void *arg)
{
    struct worker *w = arg;
    for (struct call *call; (call = queue_wait(&w->lanes->reads));) {
        if (too_late(call))
            continue;
        enum err err = read_one(w, call);
        if (!call_from_memory(call))
            doubt(w, &call->c);
        end_call(call, err);
    }
    return NULL;
}

/* What hash() made stays in `kept`, since the writer's run begins with fresh memory. */
static void *hasher(void *arg)
{
    struct worker *w = arg;
    for (struct call *call; (call = queue_wait(&w->lanes->hashes));) {
        if (too_late(call))
            continue;
        enum err err = read_one(w, call);
        doubt(w, &call->c);
        call->c.db = NULL;
        if (err == ERR_NONE) {
            struct arena spare = call->kept;
            call->kept = call->c.mem;
            call->c.mem = spare;
            if (queue_put(&w->lanes->writes, call))
                continue;
            call->c.fault.retry_after_s = 1;
            err = fail(&call->c, ERR_BUSY, "busy", "writer's queue is full");
        }
        end_call(call, err);
    }
    return NULL;
}

/* --- writing --- */

static enum err write_one(struct call *call)
{
    TRY(call_prepare(call));
    TRY(replay_find(call));
    TRY(touch_now(call));
    return replay_run(call);
}

/*
 * One request in a transaction of its own. Who asks, and whether she has asked before, is read
 * ahead of it: read inside, the pages of sessions and keys would make strangers clash.
 */
static enum err write_alone_once(struct worker *w, struct call *call)
{
    ctx_forgive(&call->c);
    TRY(connect(w, &call->c));
    TRY(call_prepare(call));
    TRY(replay_find(call));
    if (call->replayed)
        return ERR_NONE;
    TRY(db_begin(&call->c));
    enum err err = touch_now(call);
    if (err == ERR_NONE)
        err = replay_run(call);
    if (err == ERR_NONE)
        err = db_commit(&call->c);
    if (err != ERR_NONE)
        db_rollback(&call->c);
    return err;
}

/* On PostgreSQL again when it could not be serialised; on SQLite it has had a run in its group. */
static void write_alone(struct worker *w, struct call *call)
{
    bool once = store_engine(w->lanes->server->house->store) == ENGINE_SQLITE;
    struct again again = { 0 };
    enum err err;
    do
        err = write_alone_once(w, call);
    while (err != ERR_NONE && !once && db_again(&call->c, &again));
    doubt(w, &call->c);
    if (err == ERR_NONE)
        bell_ring(w->lanes->server->house->bell);
    end_call(call, err);
}

static void *writer_alone(void *arg)
{
    struct worker *w = arg;
    for (struct call *call; (call = queue_wait(&w->lanes->writes));)
        if (!too_late(call))
            write_alone(w, call);
    return NULL;
}

/* How a group's requests went into the open transaction. */
enum filled {
    FILLED,
    SPOILT,                              /* a refused one had written: all is to be undone */
    GONE,                                /* the engine has thrown the transaction away */
};

/*
 * Without a savepoint, which would copy every page that the request touches: what is refused
 * before it has written, as nearly all is, leaves nothing to undo.
 */
static enum filled write_bare(struct call *call)
{
    struct ctx *c = &call->c;
    int64_t before = db_changes(c->db);
    ctx_forgive(c);
    call->err = write_one(call);
    if (!db_in_transaction(c->db))
        return GONE;
    return call->err == ERR_NONE || db_changes(c->db) == before ? FILLED : SPOILT;
}

/* In its savepoint, so that a refusal undoes only itself. */
static enum filled write_saved(struct call *call)
{
    struct ctx *c = &call->c;
    ctx_forgive(c);
    enum err err = db_savepoint(c);
    if (err == ERR_NONE) {
        err = write_one(call);
        struct ctx undo = { .db = c->db };              /* the cause in c stays the first */
        if (!db_in_transaction(c->db))
            err = fail(c, ERR_BUSY, "store.away", "transaction is gone");
        else if (err == ERR_NONE)
            err = db_savepoint_keep(c);
        else if (db_savepoint_undo(&undo) != ERR_NONE)
            db_rollback(&undo);                         /* the group sees that it is gone */
        arena_free(&undo.mem);
    }
    call->err = err;
    return db_in_transaction(c->db) ? FILLED : GONE;
}

/* What asks to be run again (an order's number drawn twice) is, once, with other ids. */
static enum filled write_in_group(struct call *call, bool saved)
{
    enum filled (*write)(struct call *) = saved ? write_saved : write_bare;
    enum filled how = write(call);
    if (how == FILLED && call->err != ERR_NONE && call->c.fault.retryable)
        how = write(call);
    return how;
}

/* Runs queued requests into the open transaction. */
static enum filled group_fill(struct worker *w, struct call *call, bool saved)
{
    int64_t began = now_ns();
    w->group_n = 0;
    do {
        w->group[w->group_n++] = call;
        call->c.db = w->db;
        enum filled how = write_in_group(call, saved);
        if (how != FILLED)
            return how;
        bool full = w->group_n == GROUP_MAX || now_ns() - began > (int64_t)GROUP_MS * 1000000;
        call = full ? NULL : queue_try(&w->lanes->writes);
    } while (call);
    return FILLED;
}

/* The group once more from its beginning, each request in a savepoint. */
static enum filled group_refill(struct worker *w)
{
    enum filled how = FILLED;
    db_rollback(&w->c);
    if (db_begin(&w->c) != ERR_NONE)
        return GONE;
    for (size_t i = 0; i < w->group_n && how == FILLED; i++)
        how = write_in_group(w->group[i], true);
    return how;
}

/* Nothing leaves before COMMIT; if that fails, each of the group has one more run, alone. */
static void group_run(struct worker *w, struct call *first)
{
    int64_t began = now_ns();
    ctx_next(&w->c, clock_now(w->lanes->server->house->clock));
    if (connect(w, &w->c) != ERR_NONE || db_begin(&w->c) != ERR_NONE) {
        write_alone(w, first);
        return;
    }
    enum filled how = group_fill(w, first, w->saved > 0);
    w->saved -= w->saved > 0;
    if (how == SPOILT) {
        w->saved = SAVED_GROUPS;
        how = group_refill(w);
    }
    int64_t filled = now_ns();
    if (how != FILLED || db_commit(&w->c) != ERR_NONE) {
        log_line(LOG_WARN, "group.again", "a group of %zu requests is run again one by one",
                 w->group_n);
        db_rollback(&w->c);
        for (size_t i = 0; i < w->group_n; i++)
            write_alone(w, w->group[i]);
        return;
    }
    metrics_group(w->lanes->server->metrics, w->group_n, filled - began, now_ns() - filled);
    bell_ring(w->lanes->server->house->bell);
    for (size_t i = 0; i < w->group_n; i++)
        end_call(w->group[i], w->group[i]->err);
}

static void *writer_grouping(void *arg)
{
    struct worker *w = arg;
    for (struct call *call; (call = queue_wait(&w->lanes->writes));)
        if (!too_late(call))
            group_run(w, call);
    return NULL;
}

/* --- starting and ending --- */

static enum err worker_start(struct ctx *c, struct lanes *l, enum db_use use, void *(*run)(void *))
{
    assert(l->workers_n < WORKERS_MAX);
    struct worker *w = &l->workers[l->workers_n++];
    w->lanes = l;
    w->use = use;
    w->c.house = l->server->house;
    struct db *before = c->db;
    enum err err = connect(w, c);
    c->db = before;
    TRY(err);
    if (pthread_create(&w->thread, NULL, run, w) != 0)
        return fail(c, ERR_BROKEN, "broken", "could not start a worker thread");
    w->started = true;
    return ERR_NONE;
}

static enum err start_all(struct ctx *c, struct lanes *l)
{
    int readers = l->server->house->config->readers;
    readers = readers < 1 ? 2 : readers > 32 ? 32 : readers;
    for (int i = 0; i < readers; i++)
        TRY(worker_start(c, l, DB_READS, reader));
    for (int i = 0; i < HASHERS; i++)
        TRY(worker_start(c, l, DB_READS, hasher));
    if (store_engine(l->server->house->store) == ENGINE_SQLITE)
        return worker_start(c, l, DB_WRITES, writer_grouping);
    for (int i = 0; i < WRITERS_POSTGRES; i++)
        TRY(worker_start(c, l, DB_WRITES, writer_alone));
    return ERR_NONE;
}

enum err lanes_start(struct ctx *c, struct server *s, struct lanes **ret_lanes)
{
    struct lanes *l = NEW(&s->mem, struct lanes, 1);
    l->server = s;
    queue_open(&l->reads, QUEUE_MAX);
    queue_open(&l->writes, QUEUE_MAX);
    queue_open(&l->hashes, HASH_QUEUE_MAX);
    *ret_lanes = l;                                      /* also when some did not start */
    return start_all(c, l);
}

/* Hashers feed the writer and readers may note a session's use, so the writer ends last. */
void lanes_stop(struct lanes *l)
{
    queue_close(&l->reads);
    queue_close(&l->hashes);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < l->workers_n; i++) {
            struct worker *w = &l->workers[i];
            if ((w->use == DB_WRITES) != (round == 1))
                continue;
            if (w->started)
                pthread_join(w->thread, NULL);
            db_close(w->db);
            arena_free(&w->c.mem);
        }
        queue_close(&l->writes);
    }
    queue_end(&l->reads);
    queue_end(&l->writes);
    queue_end(&l->hashes);
}

bool lanes_put(struct lanes *l, struct call *call)
{
    switch (call->found.endpoint->lane) {
    case HASHES: return queue_put(&l->hashes, call);
    case WRITES: return queue_put(&l->writes, call);
    default:     return queue_put(&l->reads, call);
    }
}

struct lane_counts lanes_counts(struct lanes *l)
{
    return (struct lane_counts){ queue_length(&l->reads), queue_length(&l->writes),
                                 queue_length(&l->hashes) };
}
