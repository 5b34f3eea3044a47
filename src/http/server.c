/* server.c - the server process: built, run, ended. */

#include "http/server.h"

#include "base/log.h"
#include "http/answer.h"
#include "http/health.h"
#include "http/lane/lanes.h"
#include "http/wire/limits.h"
#include "http/wire/loop.h"
#include "http/describe/openapi.h"
#include "http/refresh.h"
#include "http/file/static.h"
#include "http/wire/stream.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

enum { BODY_KEPT_MAX = 64 * 1024, POOL_MAX = 1024, RENEW_S = 20 };

/* Calls that wait to be used again; beyond POOL_MAX they are freed. */
struct pool {
    pthread_mutex_t lock;
    struct call    *idle;
    size_t          n;
};

struct call *call_take(struct server *s)
{
    struct pool *p = s->pool;
    pthread_mutex_lock(&p->lock);
    struct call *call = p->idle;
    if (call) {
        p->idle = call->next;
        p->n--;
    }
    pthread_mutex_unlock(&p->lock);
    if (!call)
        call = block_take(sizeof *call);
    call->server = s;
    call->next = NULL;
    return call;
}

static void call_free(struct call *call)
{
    arena_free(&call->c.mem);
    arena_free(&call->in);
    arena_free(&call->kept);
    block_free(call->body);
    block_free(call);
}

/* Everything forgotten but its memory. */
static void call_clear(struct call *call)
{
    arena_reset(&call->c.mem);
    arena_reset(&call->in);
    arena_reset(&call->kept);
    struct arena mem = call->c.mem, in = call->in, kept = call->kept;
    char *body = call->body;
    size_t room = call->body_room;
    if (room > BODY_KEPT_MAX) {
        block_free(body);
        body = NULL;
        room = 0;
    }
    memset(call, 0, sizeof *call);
    call->c.mem = mem;
    call->in = in;
    call->kept = kept;
    call->body = body;
    call->body_room = room;
}

void call_give(struct call *call)
{
    struct server *s = call->server;
    struct pool *p = s->pool;
    if (call->stream)
        stream_end(call->stream);
    call_clear(call);
    pthread_mutex_lock(&p->lock);
    bool kept = p->n < POOL_MAX;
    if (kept) {
        call->next = p->idle;
        p->idle = call;
        p->n++;
    }
    pthread_mutex_unlock(&p->lock);
    if (!kept)
        call_free(call);
}

void call_release(struct call *call)
{
    if (call->mhd)
        loop_resume(call);
    else
        call_give(call);
}

struct sv call_address(const struct call *call)
{
    struct sv named = call->conn->local ? forwarded_last(call->head.forwarded_for) : SV("");
    return named.len ? named : sv_of(call->conn->address);
}

/* --- starting and ending --- */

static void pool_free(struct pool *p)
{
    while (p->idle) {
        struct call *call = p->idle;
        p->idle = call->next;
        call_free(call);
    }
    pthread_mutex_destroy(&p->lock);
}

static struct server *server_new(const struct house *h)
{
    struct server *s = block_take(sizeof *s);
    s->house = h;
    s->pool = NEW(&s->mem, struct pool, 1);
    pthread_mutex_init(&s->pool->lock, NULL);
    s->touched = NEW(&s->mem, struct touched, TOUCHED_MAX);
    s->gzips = gzips_new(&s->mem);
    s->schema = house_schema(h, &s->mem);
    s->endpoints = endpoints_build(&s->mem, h);
    s->openapi = document_new(&s->mem, h, s->gzips);
    s->limits = limits_new(&s->mem);
    s->metrics = metrics_new(&s->mem, s->endpoints.n);
    s->statics = statics_load(&s->mem, h->config->web_dir);
    return s;
}

static void server_free(struct server *s)
{
    statics_free(s->statics);
    gzips_free(s->gzips);
    limits_free(s->limits);
    pool_free(s->pool);
    arena_free(&s->mem);
    block_free(s);
}

static enum err start_parts(struct ctx *c, struct server *s)
{
    TRY(refresh_start(c, s, &s->refresh));
    TRY(lanes_start(c, s, &s->lanes));
    TRY(hub_start(c, s, &s->hub));
    return loop_start(c, s);
}

/* In the order in which they need each other; accepts parts that never began. */
static void stop_parts(struct server *s)
{
    if (s->loop)
        loop_quiet(s->loop);
    if (s->lanes)
        lanes_stop(s->lanes);
    if (s->hub)
        hub_stop(s->hub);
    if (s->refresh)
        refresh_stop(s->refresh);
    if (s->loop)
        loop_stop(s->loop);
}

enum err server_start(struct ctx *c, const struct house *h, struct server **ret_server)
{
    struct server *s = server_new(h);
    enum err err = start_parts(c, s);
    if (err != ERR_NONE) {
        stop_parts(s);
        server_free(s);
        return err;
    }
    *ret_server = s;
    return ERR_NONE;
}

int server_port(const struct server *s)
{
    return loop_port(s->loop);
}

void server_stop(struct server *s)
{
    stop_parts(s);
    server_free(s);
}

/* --- the process --- */

static enum err run_renew(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)a;
    enum err err = node_renew(c, c->house->ids->node);
    if (err == ERR_CONFLICT)
        call_of(q)->server->lost = true;
    return err;
}

static const struct endpoint renew_endpoint = {
    .verb = POST, .path = "", .run = run_renew, .lane = WRITES, .may = MAY_ANYONE,
};

void server_renew(struct server *s)
{
    struct call *own = call_take(s);
    own->found.endpoint = &renew_endpoint;
    if (!lanes_put(s->lanes, own))
        call_give(own);
}

/* The signal that ended it; 0: the node number is lost. */
static int serve_until_told(struct server *s, const sigset_t *stop)
{
    const struct timespec wait = { RENEW_S, 0 };
    while (!s->lost) {
        int got = sigtimedwait(stop, NULL, &wait);
        if (got > 0)
            return got;
        server_renew(s);
    }
    return 0;
}

static void ctx_end(struct ctx *c)
{
    arena_free(&c->mem);
}

enum err http_serve(const struct house *h)
{
    AUTO(ctx_end) struct ctx c = { .house = h, .now = clock_now(h->clock) };
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);             /* before any thread, which inherit it */
    signal(SIGPIPE, SIG_IGN);

    struct server *s;
    enum err err = server_start(&c, h, &s);
    if (err != ERR_NONE) {
        log_fault(&c, "serve.failed");
        return err;
    }
    log_line(LOG_INFO, "serve.ready", "listening on %s port %d",
             h->config->listen ? h->config->listen : "127.0.0.1", server_port(s));
    int got = serve_until_told(s, &stop);
    server_stop(s);
    if (got == 0)
        return fail(&c, ERR_CONFLICT, "node.lost", "node number is lost");
    log_line(LOG_INFO, "serve.ended", "stopped by signal %d", got);
    return ERR_NONE;
}
