/* call.c - one request: made ready, run, finished. */

#include "http/call.h"

#include "http/answer.h"
#include "http/server.h"

#include <string.h>
#include <strings.h>
#include <time.h>

int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static enum channel channel_of(const struct head *h)
{
    for (int i = 0; i <= CHANNEL_PAPER; i++)             /* devices and jobs do not come this way */
        if (sv_is(h->channel, channel_names[i]))
            return (enum channel)i;
    return h->bearer ? CHANNEL_API : CHANNEL_WEB;
}

static enum err circumstances(struct call *call)
{
    struct ctx *c = &call->c;
    const struct head *h = &call->head;
    c->lang = h->lang;
    c->channel = channel_of(h);
    c->house = call->server->house;
    c->request_id = call->q.remote.len ? h->request_id : SV("");
    c->idempotency_key = h->idempotency_key.len ? h->idempotency_key : SV("");
    if (!percent_decode(&call->in, h->reason, false, &c->reason) ||
        !percent_decode(&call->in, h->purpose, false, &c->purpose) ||
        sv_runes(c->reason) > 500 || sv_runes(c->purpose) > 100)
        return fail(c, ERR_MALFORMED, "http.reason_form", "reason or purpose cannot be read");
    return ERR_NONE;
}

static void fill_request(struct call *call)
{
    const struct head *h = &call->head;
    const void *hashed = call->q.hashed;
    call->q = (struct request){
        .endpoint = call->found.endpoint, .path = h->path, .query_string = h->query,
        .raw = { call->body ? call->body : "", call->body_n }, .content_type = h->content_type,
        .if_match = if_match_version(h->if_match), .if_none_match = h->if_none_match,
        .agent = h->agent, .token = h->token, .forwarded_proto = h->forwarded_proto,
        .remote = call->conn ? call_address(call) : SV(""), .hashed = hashed,
    };
    memcpy(call->q.param, call->found.param, sizeof call->q.param);
}

static bool same_secret(struct sv a, struct sv b)
{
    unsigned char differ = a.len != b.len;
    for (size_t i = 0; i < a.len && i < b.len; i++)
        differ |= (unsigned char)(a.at[i] ^ b.at[i]);
    return differ == 0;
}

/* A browser sends cookies by itself: what changes something must also prove it is our page. */
static enum err refuse_foreign_page(struct call *call)
{
    struct ctx *c = &call->c;
    const struct endpoint *e = call->found.endpoint;
    const struct head *h = &call->head;
    if (e->verb == GET || h->bearer)
        return ERR_NONE;
    if (!same_origin(h, sv_of(call->server->house->config->public_url)))
        return fail(c, ERR_FORBIDDEN, "http.origin", "a write from another origin");
    if (e->no_csrf || !c->who)
        return ERR_NONE;
    if (c->who->csrf.len == 0 || !same_secret(c->who->csrf, h->csrf))
        return fail(c, ERR_FORBIDDEN, "http.csrf", "x-yike-csrf absent or not the session's");
    return ERR_NONE;
}

static bool is_json(struct sv type)
{
    struct sv media = SV("");
    sv_cut(&type, ';', &media);
    media = sv_trim(media);
    return (media.len == 16 && strncasecmp(media.at, "application/json", 16) == 0) ||
           sv_ends(media, SV("+json"));
}

static enum err read_query(struct call *call)
{
    const struct endpoint *e = call->found.endpoint;
    if (!e->query)
        return ERR_NONE;
    void *record = arena_take(&call->c.mem, e->query_size, alignof(max_align_t));
    call->q.query = record;
    return query_record(&call->c, call->head.query, e->query, record);
}

static enum err read_body(struct call *call)
{
    struct ctx *c = &call->c;
    const struct endpoint *e = call->found.endpoint;
    if (e->raw || e->verb == GET)
        return ERR_NONE;
    struct sv text = call->q.raw;
    if (text.len && !is_json(call->head.content_type)) {
        call->status = 415;
        return fail(c, ERR_MALFORMED, "http.json_wanted", "body is not application/json");
    }
    if (text.len == 0 && e->takes)
        text = SV("{}");
    if (text.len == 0)
        return ERR_NONE;
    const struct json_value *tree;
    TRY(json_parse(c, text, &tree));
    call->q.json = tree;
    if (!e->takes)
        return ERR_NONE;
    void *record = arena_take(&c->mem, e->takes_size, alignof(max_align_t));
    bool *given = NEW(&c->mem, bool, fields_n(e->takes));
    record_clear(e->takes, record);
    if (json_read(c, tree, e->takes, !e->partial, record, given) == ERR_MALFORMED)
        return ERR_MALFORMED;
    if (!e->partial)
        record_check(c, e->takes, record, true);         /* what is missing, beside what is wrong */
    call->q.body = record;
    call->q.given = given;
    return fail_fields(c);
}

enum err call_prepare(struct call *call)
{
    struct ctx *c = &call->c;
    const struct endpoint *e = call->found.endpoint;
    ctx_next(c, clock_now(call->server->house->clock));
    call->status = 0;
    call->problem = call->replayed = false;
    call->a = (struct answer){ .body = buf_new(&c->mem, 2048) };
    fill_request(call);
    TRY(circumstances(call));
    if (c->db && call->head.token.len)
        TRY(who_from_token(c, call->head.token, &c->who));
    TRY(who_need(c, e->may));
    TRY(refuse_foreign_page(call));
    TRY(call_limit(call));
    TRY(read_query(call));
    return read_body(call);
}

enum err call_run(struct call *call)
{
    struct answer *a = &call->a;
    a->json = json_new(&a->body);
    bool many = call->found.endpoint->gives_many;
    if (many)
        json_array(&a->json, NULL);
    else
        json_object(&a->json, NULL);
    TRY(call->found.endpoint->run(&call->c, &call->q, a));
    if (!a->type && !a->file && !call->stream && a->json.depth > 0)
        json_end(&a->json, many ? ']' : '}');
    return ERR_NONE;
}
