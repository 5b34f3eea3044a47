/* loop.c - from bytes to calls and back; the only file that drives libmicrohttpd. */

#include "http/wire/loop.h"

#include "base/log.h"
#include "http/answer.h"
#include "http/health.h"
#include "http/lane/lanes.h"
#include "http/wire/listen.h"
#include "http/file/static.h"
#include "http/wire/stream.h"

#include <microhttpd.h>
#include <pthread.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

struct loop {
    struct server     *server;
    struct MHD_Daemon *daemon;
    int                fd, port;
    _Atomic bool       quiet;
    pthread_mutex_t    lock;             /* of the list of connections */
    struct conn       *conns;
};

/* --- connections --- */

static int64_t now_ms(void)
{
    return now_ns() / 1000000;
}

static void conn_open(struct loop *l, struct MHD_Connection *mhd, void **socket_context)
{
    struct conn *conn = block_take(sizeof *conn);
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *peer =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    conn->fd = fd ? fd->connect_fd : -1;
    peer_name(peer ? peer->client_addr : NULL, conn->address, sizeof conn->address, &conn->local);
    conn->quiet_since_ms = now_ms();
    pthread_mutex_lock(&l->lock);
    conn->next = l->conns;
    conn->place = &l->conns;
    if (conn->next)
        conn->next->place = &conn->next;
    l->conns = conn;
    pthread_mutex_unlock(&l->lock);
    *socket_context = conn;
}

static void conn_close(struct loop *l, struct conn *conn)
{
    pthread_mutex_lock(&l->lock);
    *conn->place = conn->next;
    if (conn->next)
        conn->next->place = conn->place;
    pthread_mutex_unlock(&l->lock);
    block_free(conn);
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        conn_open(cls, mhd, socket_context);
    else if (*socket_context)
        conn_close(cls, *socket_context);
}

/* A head that trickles in keeps the library's idle time-out away; it ends here. */
void loop_sweep(struct loop *l)
{
    int64_t before = now_ms() - HEAD_S * 1000;
    pthread_mutex_lock(&l->lock);
    for (struct conn *one = l->conns; one; one = one->next)
        if (!one->busy && one->quiet_since_ms < before)
            (void)shutdown(one->fd, SHUT_RDWR);
    pthread_mutex_unlock(&l->lock);
}

/* --- reading a request --- */

static void *on_line(void *cls, const char *uri, struct MHD_Connection *mhd)
{
    struct loop *l = cls;
    struct call *call = call_take(l->server);
    call->mhd = mhd;
    call->began_ns = now_ns();
    call->line = uri;
    call->head.uri = sv_copy(&call->in, sv_of(uri));
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    call->conn = info ? info->socket_context : NULL;
    if (call->conn) {
        call->conn->busy = true;
        call->conn->requests++;
    }
    return call;
}

/* Percent signs are ours to decode. */
static size_t leave_escapes(void *cls, struct MHD_Connection *mhd, char *text)
{
    (void)cls;
    (void)mhd;
    return strlen(text);
}

struct gather { struct header *at; size_t n; };

static enum MHD_Result gather_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                     size_t name_n, const char *value, size_t value_n)
{
    (void)kind;
    struct gather *g = cls;
    if (g->n <= HEADERS_MAX)
        g->at[g->n++] =
            (struct header){ { name, name_n }, { value ? value : "", value ? value_n : 0 } };
    return MHD_YES;
}

static enum MHD_Result send_answer(struct call *call)
{
    struct loop *l = call->server->loop;
    call->stage = CALL_SENT;
    call->close = call->close || l->quiet ||
                  (call->conn && call->conn->requests >= REQUESTS_PER_CONNECTION);
    bool shared = false;
    struct MHD_Response *r = call->fixed ? static_response(call, &shared) : answer_response(call);
    enum MHD_Result sent = MHD_queue_response(call->mhd, answer_status(call), r);
    if (!shared)
        MHD_destroy_response(r);
    return sent;
}

/* Answers at once, with the body unread: the library closes the connection after it. */
static enum MHD_Result refuse_now(struct call *call, int status, const char *key)
{
    call->close = true;
    call_refuse(call, status, key);
    return send_answer(call);
}

static int64_t body_max(const struct call *call)
{
    return call->found.endpoint && call->found.endpoint->raw ? UPLOAD_MAX : BODY_MAX;
}

static bool has_body(const struct call *call)
{
    return call->head.chunked || call->head.length > 0;
}

/*
 * A connection closed on bytes nobody has read is reset, and the answer in it lost. So what comes
 * with a refused request is read and dropped first, unless it is huge, or its sender waits to be
 * told whether to send it.
 */
static bool is_dropped(const struct call *call)
{
    for (size_t i = 0; i < call->head.headers_n; i++) {
        struct sv name = call->head.headers[i].name;
        if (name.len == 6 && strncasecmp(name.at, "expect", 6) == 0)
            return false;
    }
    return call->head.length <= DROP_MAX;
}

static enum MHD_Result refuse_body(struct call *call)
{
    call->close = true;
    return is_dropped(call) ? MHD_YES : send_answer(call);
}

/* Where the request goes; refusals wait for its end, so that a keep-alive lives on. */
static void find_place(struct call *call)
{
    call->found = endpoint_find(&call->server->endpoints, &call->head);
    if (call->found.endpoint)
        return;
    if (call->found.verbs)
        call_refuse(call, 405, "http.method_here");
    else if (!static_find(call))
        call_refuse(call, 404, "http.path_unknown");
}

static enum MHD_Result begin(struct call *call, const char *method, const char *version)
{
    struct gather g = { NEW(&call->in, struct header, HEADERS_MAX + 1), 0 };
    MHD_get_connection_values_n(call->mhd, MHD_HEADER_KIND, gather_header, &g);
    call->head.method = sv_of(method);
    call->head.version = sv_of(version);
    call->head.headers = g.at;
    call->head.headers_n = g.n;
    call->stage = CALL_READING;

    /* The library ends strings at a NUL; then the version does not stand right behind the path. */
    if (version != call->line + call->head.uri.len + 1)
        return refuse_now(call, 400, "http.path_form");
    struct refusal no = head_read(&call->in, &call->head);
    if (no.status)
        return refuse_now(call, no.status, no.key);
    find_place(call);
    if (!has_body(call))
        return MHD_YES;
    if (call->fixed) {
        call->close = true;
        return send_answer(call);
    }
    if (call->err == ERR_NONE && call->head.length > body_max(call))
        call_refuse(call, 413, "http.body_large");
    else if (call->err == ERR_NONE && call->found.endpoint->may != MAY_ANYONE &&
             call->head.token.len == 0)
        call_refuse(call, 401, "sign_in.needed");
    return call->err == ERR_NONE ? MHD_YES : refuse_body(call);
}

static enum MHD_Result take_body(struct call *call, const char *data, size_t *n)
{
    int64_t limit_s = body_max(call) == UPLOAD_MAX ? UPLOAD_S : BODY_S;
    if (now_ns() - call->began_ns > limit_s * 1000000000)
        return MHD_NO;                                   /* the connection is closed */
    if (call->err != ERR_NONE) {
        call->body_n += *n;                              /* refused already: the rest is dropped */
        *n = 0;
        return call->body_n <= DROP_MAX ? MHD_YES : MHD_NO;
    }
    if (call->body_n + *n > (size_t)body_max(call)) {
        call->close = true;
        call_refuse(call, 413, "http.body_large");
        *n = 0;
        return MHD_YES;
    }
    if (call->body_n + *n > call->body_room) {
        size_t room = call->body_room ? call->body_room : 4096;
        while (room < call->body_n + *n)
            room *= 2;
        call->body = block_resize(call->body, room);
        call->body_room = room;
    }
    memcpy(call->body + call->body_n, data, *n);
    call->body_n += *n;
    *n = 0;
    return MHD_YES;
}

static enum MHD_Result wait_for_lane(struct call *call)
{
    call->stage = CALL_WAITING;
    MHD_suspend_connection(call->mhd);
    if (!lanes_put(call->server->lanes, call)) {
        call->c.fault.retry_after_s = 1;
        call_refuse(call, 503, "busy");
        loop_resume(call);
    }
    return MHD_YES;
}

/* The whole request is there. */
static enum MHD_Result hand_over(struct call *call)
{
    if (call->err != ERR_NONE || call->fixed)
        return send_answer(call);
    const struct endpoint *e = call->found.endpoint;
    if (call_from_memory(call)) {
        enum err err = call_prepare(call);
        if (err == ERR_NONE && e->slow && e->slow(&call->q))
            return wait_for_lane(call);
        if (err == ERR_NONE)
            err = call_run(call);
        call_finish(call, err);
        return send_answer(call);
    }
    return wait_for_lane(call);
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *mhd, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *data_n, void **context)
{
    (void)cls;
    (void)mhd;
    (void)url;
    struct call *call = *context;
    switch (call->stage) {
    case CALL_NEW:
        return begin(call, method, version);
    case CALL_READING:
        return *data_n ? take_body(call, data, data_n) : hand_over(call);
    case CALL_ANSWERED:
        return send_answer(call);
    default:
        return MHD_NO;
    }
}

void loop_resume(struct call *call)
{
    call->stage = CALL_ANSWERED;
    MHD_resume_connection(call->mhd);
}

static void on_end(void *cls, struct MHD_Connection *mhd, void **context,
                   enum MHD_RequestTerminationCode code)
{
    (void)cls;
    (void)mhd;
    struct call *call = *context;
    if (!call)
        return;
    *context = NULL;
    if (call->stage == CALL_SENT)
        metrics_request(call, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    if (call->conn) {
        call->conn->quiet_since_ms = now_ms();
        call->conn->busy = false;
    }
    call_give(call);
}

static void on_log(void *cls, const char *format, va_list list)
{
    (void)cls;
    (void)format;
    (void)list;                                          /* says nothing that a status does not */
}

/* --- starting and ending --- */

static struct MHD_Daemon *daemon_start(struct loop *l, const struct tls *tls)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned threads = cores < 2 ? 0 : cores > 4 ? 4 : (unsigned)cores;
    unsigned flags =
        MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
        (tls ? MHD_USE_TLS | MHD_USE_POLL_INTERNAL_THREAD : MHD_USE_EPOLL_INTERNAL_THREAD);
    struct MHD_OptionItem more[] = {
        { MHD_OPTION_THREAD_POOL_SIZE, threads, NULL },
        { tls ? MHD_OPTION_HTTPS_MEM_KEY : MHD_OPTION_END, 0,
          tls ? (void *)(uintptr_t)tls->key : NULL },
        { MHD_OPTION_HTTPS_MEM_CERT, 0, tls ? (void *)(uintptr_t)tls->cert : NULL },
        { MHD_OPTION_END, 0, NULL },
    };
    return MHD_start_daemon(flags, 0, NULL, NULL, on_request, l,
        MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
        MHD_OPTION_LISTEN_SOCKET, l->fd,
        MHD_OPTION_STRICT_FOR_CLIENT, 0,                 /* head_read() is strict, and says why */
        MHD_OPTION_URI_LOG_CALLBACK, on_line, l,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, on_end, l,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, l,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_ARRAY, more, MHD_OPTION_END);
}

enum err loop_start(struct ctx *c, struct server *s)
{
    struct loop *l = NEW(&s->mem, struct loop, 1);
    const struct config *k = s->house->config;
    struct tls tls = { 0 };
    l->server = s;
    TRY(listen_open(c, k->listen, k->port, &l->fd, &l->port));
    pthread_mutex_init(&l->lock, NULL);
    enum err err = k->tls ? tls_read(c, k->data_dir, k->listen, &tls) : ERR_NONE;
    s->loop = l;                                         /* requests may come before we go on */
    if (err == ERR_NONE) {
        l->daemon = daemon_start(l, k->tls ? &tls : NULL);
        if (!l->daemon)
            err = fail(c, ERR_BROKEN, "broken", "could not start the server's threads");
    }
    if (err != ERR_NONE) {
        s->loop = NULL;
        close(l->fd);
        pthread_mutex_destroy(&l->lock);
    }
    return err;
}

int loop_port(const struct loop *l)
{
    return l->port;
}

void loop_quiet(struct loop *l)
{
    l->quiet = true;
    (void)MHD_quiesce_daemon(l->daemon);
    close(l->fd);                                        /* the next server may listen now */
}

static bool anyone_busy(struct loop *l)
{
    bool busy = false;
    pthread_mutex_lock(&l->lock);
    for (struct conn *one = l->conns; one; one = one->next)
        busy = busy || one->busy;
    pthread_mutex_unlock(&l->lock);
    return busy;
}

/* Answers already made have two seconds to leave. */
void loop_stop(struct loop *l)
{
    for (int i = 0; i < 200 && anyone_busy(l); i++)
        usleep(10000);
    MHD_stop_daemon(l->daemon);
    pthread_mutex_destroy(&l->lock);
}
