/* replay.c - the same key, the same answer. */

#include "http/lane/replay.h"

#include "model/idempotency.h"

/* What is not JSON keeps its first byte, which call_finish() drops again. */
static void answer_again(struct call *call, const struct kept_answer *kept)
{
    struct answer *a = &call->a;
    a->status = kept->status;
    a->type = kept->type.len ? sv_text(&call->c.mem, kept->type) : NULL;
    a->etag = kept->etag;
    a->location = kept->location;
    buf_put(&a->body, kept->body);
    call->replayed = true;
}

static enum err keep(struct call *call, struct sv hash)
{
    const struct answer *a = &call->a;
    if (call->problem || a->file || a->cookie.len)
        return ERR_NONE;
    struct kept_answer made = { .status = a->status ? a->status : 200,
                                .type = sv_of(a->type),
                                .etag = a->etag,
                                .location = a->location,
                                .body = buf_sv(&a->body) };
    return idempotency_keep(&call->c, hash, &made);
}

static bool keyed(const struct call *call)
{
    const struct endpoint *e = call->found.endpoint;
    return call->c.idempotency_key.len > 0 && !e->no_csrf && !e->no_replay;
}

static struct sv hash_of(struct call *call)
{
    return idempotency_hash(&call->c.mem, call->head.method, call->head.uri, call->q.raw);
}

enum err replay_find(struct call *call)
{
    bool seen = false;
    struct kept_answer kept;
    if (!keyed(call))
        return ERR_NONE;
    TRY(idempotency_seen(&call->c, hash_of(call), &seen, &kept));
    if (seen)
        answer_again(call, &kept);
    return ERR_NONE;
}

enum err replay_run(struct call *call)
{
    if (call->replayed)
        return ERR_NONE;
    TRY(call_run(call));
    return keyed(call) ? keep(call, hash_of(call)) : ERR_NONE;
}
