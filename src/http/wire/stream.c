/* stream.c - server-sent events. */

#include "http/wire/stream.h"

#include "base/log.h"
#include "http/answer.h"
#include "http/wire/loop.h"
#include "http/server.h"

#include <microhttpd.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

enum { TOKEN_MAX = 129, DUE_MAX = 256 };

struct stream {
    struct stream         *next, **place;
    struct hub            *hub;
    struct MHD_Connection *mhd;
    struct who             who;
    char token[TOKEN_MAX]; /* asked again at each pulse: is she still signed in? */
    int64_t                number;           /* of the hub, never used twice */
    int64_t                seen;             /* events up to here it has got by itself */
    char                   text[STREAM_BUFFER_MAX];
    size_t                 at, n;            /* sent up to at, filled up to n */
    bool                   suspended, overrun, linked;
    int64_t                told_ms;          /* when something was last sent */
};

struct hub {
    struct server  *server;
    pthread_t       thread;
    pthread_mutex_t lock;
    struct stream  *streams;
    size_t          n;
    int64_t         numbers;
    _Atomic bool    stop;
    int64_t         seq;                     /* events up to here are told */
};

/* A stream whose caller is to be asked for again. */
struct due { int64_t number; char token[TOKEN_MAX]; bool ended; };

/* --- what one caller may know of --- */

static bool concerns(const struct who *w, const struct event *e)
{
    if (e->account && e->account == w->account)
        return true;
    switch (roles[w->role].sees) {
    case SEES_SCOPE: return scope_held(w->ranges, w->ranges_n, e->scope);
    case SEES_ORG:
    case SEES_CARER: return w->org && e->org == w->org;
    case SEES_OWN:   return false;
    }
    return false;
}

/* An entity the caller may not read is not named to her either. */
static bool may_read(const struct hub *h, const struct who *w, const struct event *e)
{
    const struct entity *entity = house_entity(h->server->house, e->entity);
    return entity && (w->role == ROLE_CITIZEN || role_may(w->role, entity->reads));
}

/* --- filling; under the hub's lock --- */

static void stream_put(struct stream *s, struct sv text)
{
    if (s->at == s->n)
        s->at = s->n = 0;
    if (s->n + text.len > sizeof s->text) {
        s->overrun = true; /* the client does not read: it asks again by its last id */
        return;
    }
    memcpy(s->text + s->n, text.at, text.len);
    s->n += text.len;
}

static void stream_wake(struct stream *s)
{
    if (!s->suspended)
        return;
    s->suspended = false;
    MHD_resume_connection(s->mhd);
}

static void write_event(struct arena *mem, struct stream *s, const struct event *e)
{
    struct buf b = buf_new(mem, 256);
    buf_text(&b, "id: ");
    buf_int(&b, e->seq);
    buf_text(&b, "\nevent: change\ndata: ");
    struct json j = json_new(&b);
    json_object(&j, NULL);
    json_text(&j, "entity", e->entity);
    json_id(&j, "id", e->row_id);
    json_text(&j, "action", e->action);
    json_moment(&j, "at", e->at);
    json_end(&j, '}');
    buf_text(&b, "\n\n");
    stream_put(s, buf_sv(&b));
}

static void tell(struct hub *h, struct arena *mem, const struct event *events, size_t n,
                 int64_t seq)
{
    pthread_mutex_lock(&h->lock);
    for (struct stream *s = h->streams; s; s = s->next)
        for (size_t i = 0; i < n; i++)
            if (events[i].seq > s->seen && concerns(&s->who, &events[i]) &&
                may_read(h, &s->who, &events[i])) {
                write_event(mem, s, &events[i]);
                s->told_ms = now_ns() / 1000000;
                stream_wake(s);
            }
    h->seq = seq;
    pthread_mutex_unlock(&h->lock);
}

/* Those that have heard nothing for a while get a comment; *list is who to ask for again. */
static size_t pulse(struct hub *h, struct due *list)
{
    int64_t now = now_ns() / 1000000;
    size_t n = 0;
    pthread_mutex_lock(&h->lock);
    for (struct stream *s = h->streams; s && n < DUE_MAX; s = s->next)
        if (now - s->told_ms >= (STREAM_PULSE_S - 1) * 1000) {
            stream_put(s, SV(": still here\n\n"));
            s->told_ms = now;
            stream_wake(s);
            list[n].number = s->number;
            memcpy(list[n++].token, s->token, TOKEN_MAX);
        }
    pthread_mutex_unlock(&h->lock);
    return n;
}

/* The database is asked outside the lock, which the loop's threads take too. */
static enum err ask_again(struct hub *h, struct ctx *c, struct due *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct who *who = NULL;
        TRY(who_from_token(c, sv_of(list[i].token), &who));
        list[i].ended = !who;
    }
    pthread_mutex_lock(&h->lock);
    for (struct stream *s = h->streams; s; s = s->next)
        for (size_t i = 0; i < n; i++)
            if (list[i].ended && list[i].number == s->number) {
                s->overrun = true;
                stream_wake(s);
            }
    pthread_mutex_unlock(&h->lock);
    return ERR_NONE;
}

/* --- the thread --- */

static enum err tell_new(struct hub *h, struct ctx *c)
{
    struct list events = { 0 };
    int64_t seq = h->seq;
    TRY(event_after(c, h->seq, STREAM_EVENTS_MAX, &events, &seq));
    tell(h, &c->mem, events.at, events.n, seq);
    return ERR_NONE;
}

static enum err reach_database(struct hub *h, struct ctx *c)
{
    if (c->db)
        return ERR_NONE;
    TRY(db_open(c, h->server->house->store, DB_READS, &c->db));
    return ERR_NONE;
}

static void *hub_run(void *arg)
{
    struct hub *h = arg;
    struct ctx c = { .house = h->server->house };
    uint64_t seen = 0;
    while (!h->stop) {
        ctx_next(&c, clock_now(c.house->clock));
        struct due *due = NEW(&c.mem, struct due, DUE_MAX);
        size_t due_n = pulse(h, due);
        enum err err = reach_database(h, &c);
        if (err == ERR_NONE)
            err = ask_again(h, &c, due, due_n);
        if (err == ERR_NONE && bell_wait(&c, c.house->bell, &seen, 1000))
            err = tell_new(h, &c);
        if (err != ERR_NONE) {
            log_fault(&c, "events.away");
            db_close(c.db);
            c.db = NULL;
            struct timespec wait = { 0, 500000000 };
            nanosleep(&wait, NULL);
        }
        if (h->server->loop)
            loop_sweep(h->server->loop);
    }
    db_close(c.db);
    arena_free(&c.mem);
    return NULL;
}

enum err hub_start(struct ctx *c, struct server *s, struct hub **ret_hub)
{
    struct hub *h = NEW(&s->mem, struct hub, 1);
    h->server = s;
    struct db *before = c->db;
    enum err err = db_open(c, s->house->store, DB_READS, &c->db);
    if (err == ERR_NONE) {
        err = event_last(c, &h->seq);
        db_close(c->db);
    }
    c->db = before;
    TRY(err);
    pthread_mutex_init(&h->lock, NULL);
    if (pthread_create(&h->thread, NULL, hub_run, h) != 0)
        return fail(c, ERR_BROKEN, "broken", "could not start the events thread");
    *ret_hub = h;
    return ERR_NONE;
}

void hub_stop(struct hub *h)
{
    h->stop = true;
    bell_ring(h->server->house->bell);
    pthread_join(h->thread, NULL);
    pthread_mutex_lock(&h->lock);
    for (struct stream *s = h->streams; s; s = s->next)
        stream_wake(s);
    pthread_mutex_unlock(&h->lock);
}

size_t hub_streams(struct hub *h)
{
    pthread_mutex_lock(&h->lock);
    size_t n = h->n;
    pthread_mutex_unlock(&h->lock);
    return n;
}

/* --- one stream --- */

static ssize_t on_read(void *cls, uint64_t pos, char *out, size_t max)
{
    (void)pos;
    struct stream *s = cls;
    ssize_t sent = 0;
    pthread_mutex_lock(&s->hub->lock);
    size_t n = s->n - s->at < max ? s->n - s->at : max;
    if (n) {
        memcpy(out, s->text + s->at, n);
        s->at += n;
        sent = (ssize_t)n;
    } else if (s->hub->stop || s->overrun) {
        sent = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        s->suspended = true;
        MHD_suspend_connection(s->mhd);
    }
    pthread_mutex_unlock(&s->hub->lock);
    return sent;
}

struct MHD_Response *stream_response(struct stream *s)
{
    struct MHD_Response *r =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, on_read, s, NULL);
    (void)MHD_add_response_header(r, "Content-Type", "text/event-stream; charset=utf-8");
    (void)MHD_add_response_header(r, "Cache-Control", "no-store");
    (void)MHD_add_response_header(r, "X-Accel-Buffering", "no");
    headers_safe(r, false);
    return r;
}

void stream_end(struct stream *s)
{
    struct hub *h = s->hub;
    pthread_mutex_lock(&h->lock);
    if (s->linked) {
        *s->place = s->next;
        if (s->next)
            s->next->place = s->place;
        h->n--;
    }
    pthread_mutex_unlock(&h->lock);
    block_free(s);
}

enum linking { LINKED, LINK_BEHIND, LINK_MANY };

/* Only when it has all that the hub has told: the rest comes from the hub. */
static enum linking link_stream(struct hub *h, struct stream *s, int most)
{
    int open = 0;
    enum linking how = LINKED;
    pthread_mutex_lock(&h->lock);
    for (struct stream *one = h->streams; one; one = one->next)
        open += one->who.account == s->who.account;
    if (open >= most)
        how = LINK_MANY;
    else if (s->seen && s->seen < h->seq)
        how = LINK_BEHIND;
    if (how == LINKED) {
        s->linked = true;
        s->number = ++h->numbers;
        s->next = h->streams;
        s->place = &h->streams;
        if (s->next)
            s->next->place = &s->next;
        h->streams = s;
        h->n++;
    }
    pthread_mutex_unlock(&h->lock);
    return how;
}

/* What happened behind s->seen; more than fits, or is kept, is told as "begin anew". */
static enum err catch_up(struct ctx *c, struct stream *s)
{
    int64_t end = s->seen, first;
    struct list events = { 0 };
    TRY(event_first(c, &first));
    TRY(event_after(c, s->seen, STREAM_EVENTS_MAX, &events, &end));
    const struct event *one = events.at;
    if (events.n == STREAM_EVENTS_MAX || s->seen < first) {
        stream_put(s, SV("event: reset\ndata: {}\n\n"));
        s->seen = 0;
        return ERR_NONE;
    }
    for (size_t i = 0; i < events.n; i++)
        if (concerns(&s->who, &one[i]) && may_read(s->hub, &s->who, &one[i]))
            write_event(&c->mem, s, &one[i]);
    s->seen = end;
    return ERR_NONE;
}

static enum err join(struct ctx *c, struct stream *s, struct sv last_id)
{
    int most = c->house->config->streams_max;
    if (!sv_int(last_id, 1, INT64_MAX, &s->seen))
        s->seen = 0;
    stream_put(s, SV("retry: 2000\n\n"));
    for (enum linking how = LINK_BEHIND; how != LINKED;) {
        if (s->seen)
            TRY(catch_up(c, s));
        how = link_stream(s->hub, s, most > 0 ? most : STREAMS_PER_ACCOUNT);
        if (how == LINK_MANY) {
            c->fault.retry_after_s = STREAM_PULSE_S;
            return fail(c, ERR_TOO_MANY, "events.many", "account %lld has all its streams open",
                        (long long)s->who.account);
        }
    }
    return ERR_NONE;
}

enum err events_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct call *call = call_of(q);
    struct stream *s = block_take(sizeof *s);
    s->hub = call->server->hub;
    s->mhd = call->mhd;
    s->who = *c->who;
    s->who.name = s->who.letter = s->who.csrf = SV("");      /* they live in the call's memory */
    s->told_ms = now_ns() / 1000000;
    memcpy(s->token, q->token.at, q->token.len < TOKEN_MAX ? q->token.len : TOKEN_MAX - 1);
    enum err err = join(c, s, call->head.last_event_id);
    if (err != ERR_NONE) {
        stream_end(s);
        return err;
    }
    call->stream = s;
    a->type = "text/event-stream; charset=utf-8";
    return ERR_NONE;
}
