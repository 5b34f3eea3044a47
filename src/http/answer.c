/* answer.c - from a finished call to bytes. */

#include "http/answer.h"

#include "base/log.h"
#include "http/server.h"
#include "http/wire/stream.h"

#include <fcntl.h>
#include <microhttpd.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* --- compression --- */

struct gzip {
    struct gzip *next;
    z_stream     z;
};

struct gzips {
    struct arena   *mem;
    pthread_mutex_t lock;
    struct gzip    *idle;
};

struct gzips *gzips_new(struct arena *mem)
{
    struct gzips *g = NEW(mem, struct gzips, 1);
    g->mem = mem;
    pthread_mutex_init(&g->lock, NULL);
    return g;
}

void gzips_free(struct gzips *g)
{
    for (struct gzip *one = g->idle; one; one = one->next)
        deflateEnd(&one->z);
    pthread_mutex_destroy(&g->lock);
}

static struct gzip *gzip_take(struct gzips *g)
{
    pthread_mutex_lock(&g->lock);
    struct gzip *one = g->idle;
    bool made = !one;
    if (one)
        g->idle = one->next;
    else
        one = NEW(g->mem, struct gzip, 1);
    pthread_mutex_unlock(&g->lock);
    if (made)
        (void)deflateInit2(&one->z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    return one;
}

static void gzip_give(struct gzips *g, struct gzip *one)
{
    pthread_mutex_lock(&g->lock);
    one->next = g->idle;
    g->idle = one;
    pthread_mutex_unlock(&g->lock);
}

struct sv gzip_text(struct gzips *g, struct arena *mem, struct sv text)
{
    struct gzip *one = gzip_take(g);
    char *out = arena_take(mem, text.len, 1);
    deflateReset(&one->z);
    one->z.next_in = (Bytef *)(uintptr_t)text.at;
    one->z.avail_in = (uInt)text.len;
    one->z.next_out = (Bytef *)out;
    one->z.avail_out = (uInt)text.len;
    int end = deflate(&one->z, Z_FINISH);
    size_t n = text.len - one->z.avail_out;
    gzip_give(g, one);
    return end == Z_STREAM_END ? (struct sv){ out, n } : SV("");
}

/* --- ETags --- */

/* Eight bytes a step, mixed by multiplication: collisions need not be hard, only rare. */
struct sv etag_of(struct arena *mem, struct sv text)
{
    uint64_t h = 0x9E3779B97F4A7C15u ^ text.len, word;
    struct sv rest = text;
    while (rest.len) {
        size_t n = rest.len < sizeof word ? rest.len : sizeof word;
        word = 0;
        memcpy(&word, rest.at, n);
        h = (h ^ word) * 0xD6E8FEB86659FD93u;
        h ^= h >> 32;
        rest = sv_from(rest, n);
    }
    struct buf b = buf_new(mem, 17);
    buf_hex(&b, (const uint8_t *)&h, sizeof h);
    return buf_sv(&b);
}

/* --- problems --- */

void problem_write(struct call *call, enum err err)
{
    struct ctx *c = &call->c;
    const struct fault *f = &c->fault;
    const char *key = f->key ? f->key : err_name(err);
    const struct endpoint *e = call->found.endpoint;
    call->a.body = buf_new(&c->mem, 512);
    if (e && e->refuses) {
        call->a.status = call->status ? call->status : err_status(err);
        e->refuses(c, call->head.path, &call->a);
        call->status = call->a.status;
        return;
    }
    struct json j = json_new(&call->a.body);
    json_object(&j, NULL);
    json_text(&j, "type", sv_fmt(&c->mem, "/problems/%s", err_name(err)));
    json_text(&j, "title", sv_of(err_text(err)));
    json_int(&j, "status", call->status ? call->status : err_status(err));
    json_text(&j, "key", sv_of(key));
    json_text(&j, "detail", house_message(call->server->house, &c->mem, c->lang, key,
                                          f->arg0, f->arg1));
    fault_fields(call->server->house, &call->c, f, &j);
    if (f->current.len)
        json_raw(&j, "current", f->current);
    if (c->request_id.len)
        json_text(&j, "request_id", c->request_id);
    json_end(&j, '}');
}

enum err answer_refuse(struct ctx *c, struct answer *a, enum err kind)
{
    struct call *call = (struct call *)(void *)((char *)a - offsetof(struct call, a));
    (void)c;
    problem_write(call, kind);
    a->status = err_status(kind);
    a->json.depth = 0;
    a->type = NULL;
    call->problem = true;
    return ERR_NONE;
}

enum err answer_record(struct ctx *c, struct answer *a, const struct field *fields,
                       const void *record)
{
    (void)c;
    json_fields(&a->json, fields, record);
    return ERR_NONE;
}

/* --- finishing --- */

static bool compressible(const struct call *call)
{
    size_t least = call->found.endpoint && call->found.endpoint->lane == MEMORY
                 ? GZIP_MIN_MEMORY : GZIP_MIN;
    return call->head.takes_gzip && call->out.len >= least && !call->no_gzip;
}

/* "3-4f2a…" where the function gave a version, "4f2a…" else. */
static void note_etag(struct call *call)
{
    struct answer *a = &call->a;
    bool memory = call->found.endpoint->lane == MEMORY;
    if (call->head.verb != GET || answer_status(call) != 200 || (memory && a->etag.len == 0))
        return;
    if (!memory) {
        struct sv hash = etag_of(&call->c.mem, call->out);
        a->etag = a->etag.len ? sv_fmt(&call->c.mem, "%.*s-%.*s", SV_ARG(a->etag), SV_ARG(hash))
                              : hash;
    }
    call->not_modified =
        call->head.if_none_match.len && etag_listed(call->head.if_none_match, a->etag);
}

void call_finish(struct call *call, enum err err)
{
    struct answer *a = &call->a;
    call->err = err;
    if (err != ERR_NONE) {
        if (err == ERR_BROKEN || err == ERR_BUSY)
            log_fault(&call->c, "request.failed");
        problem_write(call, err);
        call->problem = true;
        call->out = buf_sv(&a->body);
        return;
    }
    if (call->stream || a->file)
        return;
    call->out = buf_sv(&a->body);
    if (a->type && call->out.len)
        call->out = sv_from(call->out, 1);                /* the brace that nobody wanted */
    if (call->problem)
        return;
    note_etag(call);
    if (call->not_modified || !compressible(call))
        return;
    struct sv small = gzip_text(call->server->gzips, &call->c.mem, call->out);
    if (small.len) {
        call->out = small;
        call->gzipped = true;
    }
}

void call_refuse(struct call *call, int status, const char *key)
{
    struct ctx *c = &call->c;
    enum err kind = status == 404 ? ERR_MISSING : status == 413 ? ERR_TOO_LARGE :
                    status == 429 ? ERR_TOO_MANY : status == 401 ? ERR_SIGN_IN :
                    status == 503 ? ERR_BUSY : ERR_MALFORMED;
    call->status = status;
    c->house = call->server->house;
    c->lang = call->head.lang;
    call_finish(call, fail(c, kind, key, "refused before it was run"));
}

/* --- responses --- */

static void header(struct MHD_Response *r, const char *name, const char *value)
{
    (void)MHD_add_response_header(r, name, value);
}

void headers_safe(struct MHD_Response *r, bool page)
{
    header(r, "X-Content-Type-Options", "nosniff");
    header(r, "Referrer-Policy", "same-origin");
    header(r, "Content-Security-Policy", page
        ? "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
          "form-action 'self'; frame-ancestors 'none'"
        : "default-src 'none'; frame-ancestors 'none'");
    if (page)
        header(r, "Permissions-Policy", "camera=(self), geolocation=(self), microphone=(self)");
}

/*
 * What people sent us is shown in a document of no origin, that may run nothing. A PDF is not
 * sandboxed: browsers then refuse to show it, and their reader has no origin of ours anyway.
 */
static void headers_shown(struct MHD_Response *r, bool picture)
{
    header(r, "X-Content-Type-Options", "nosniff");
    header(r, "Referrer-Policy", "no-referrer");
    header(r, "Cross-Origin-Resource-Policy", "same-origin");
    header(r, "Content-Security-Policy", picture
        ? "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; "
          "frame-ancestors 'self'"
        : "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
          "frame-ancestors 'self'");
}

static struct MHD_Response *file_response(struct call *call)
{
    struct stat s;
    int fd = open(call->a.file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd >= 0 && fstat(fd, &s) == 0 && S_ISREG(s.st_mode))
        return MHD_create_response_from_fd64((uint64_t)s.st_size, fd);
    if (fd >= 0)
        close(fd);
    call->a.file = NULL;
    call->a.disposition = SV("");
    call->a.type = NULL;
    call->status = 0;
    call_finish(call, fail(&call->c, ERR_MISSING, "missing", "file of an answer is gone"));
    return NULL;
}

static const char *type_of(const struct call *call)
{
    const struct endpoint *e = call->found.endpoint;
    if (call->problem && !(e && e->refuses))
        return "application/problem+json; charset=utf-8";
    return call->a.type ? call->a.type : "application/json; charset=utf-8";
}

static void cache_headers(struct call *call, struct MHD_Response *r)
{
    struct answer *a = &call->a;
    if (a->etag.len && !call->problem)
        header(r, "ETag", sv_fmt(&call->c.mem, "\"%.*s\"", SV_ARG(a->etag)).at);
    if (a->max_age_s > 0 && !call->problem)
        header(r, "Cache-Control", sv_fmt(&call->c.mem, "public, max-age=%d", a->max_age_s).at);
    else if (call->c.who && a->kept && a->etag.len && !call->problem)
        header(r, "Cache-Control", "private, no-cache");
    else
        header(r, "Cache-Control", a->etag.len && !call->c.who ? "no-cache" : "no-store");
}

static void special_headers(struct call *call, struct MHD_Response *r)
{
    struct answer *a = &call->a;
    struct arena *mem = &call->c.mem;
    if (a->location.len)
        header(r, "Location", sv_text(mem, a->location));
    if (a->cookie.len)
        header(r, "Set-Cookie", sv_text(mem, a->cookie));
    if (a->disposition.len)
        header(r, "Content-Disposition", sv_text(mem, a->disposition));
    if (call->replayed)
        header(r, "Idempotency-Replayed", "true");
    if (call->gzipped)
        header(r, "Content-Encoding", "gzip");
    if (call->gzipped || call->out.len >= GZIP_MIN)
        header(r, "Vary", "Accept-Encoding");
    if (call->status == 405)
        header(r, "Allow", sv_text(mem, verbs_text(mem, call->found.verbs)));
    if (call->err == ERR_SIGN_IN)
        header(r, "WWW-Authenticate", "Bearer");
    if (call->err == ERR_BUSY || call->err == ERR_TOO_MANY) {
        int wait = call->c.fault.retry_after_s;
        header(r, "Retry-After", sv_fmt(mem, "%d", wait > 0 ? wait : 1).at);
    }
    if (call->c.request_id.len)
        header(r, "X-Request-Id", sv_text(mem, call->c.request_id));
    if (call->close)
        header(r, "Connection", "close");
}

unsigned answer_status(const struct call *call)
{
    if (call->not_modified)
        return 304;
    if (call->err != ERR_NONE)
        return (unsigned)(call->status ? call->status : err_status(call->err));
    return (unsigned)(call->a.status ? call->a.status : 200);
}

struct MHD_Response *answer_response(struct call *call)
{
    struct MHD_Response *r = NULL;
    if (call->stream)
        return stream_response(call->stream);
    if (call->a.file)
        r = file_response(call);
    if (!r)
        r = MHD_create_response_from_buffer(call->not_modified ? 0 : call->out.len,
                                            (void *)(uintptr_t)call->out.at,
                                            MHD_RESPMEM_PERSISTENT);
    if (!call->not_modified && answer_status(call) != 204)
        header(r, "Content-Type", type_of(call));
    cache_headers(call, r);
    if (call->a.shown && !call->problem)
        headers_shown(r, strncmp(type_of(call), "image/", 6) == 0);
    else
        headers_safe(r, false);
    special_headers(call, r);
    return r;
}
