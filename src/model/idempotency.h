/*
 * idempotency.h - a repeated request gets the answer of the first.
 *
 * The row is written in the request's own transaction, so answer and effect are kept or lost
 * together. Keys belong to an account (0: not signed in) and are kept 72 hours.
 */
#ifndef MODEL_IDEMPOTENCY_H
#define MODEL_IDEMPOTENCY_H

#include "base/ctx.h"

enum { IDEMPOTENCY_KEEP_HOURS = 72, IDEMPOTENCY_KEY_MAX = 100 };

/* What makes a request the same: SHA-256 of method, path and body. */
struct sv idempotency_hash(struct arena *mem, struct sv method, struct sv path, struct sv body);

/* An answer as it was sent. */
struct kept_answer { int status; struct sv type, etag, location, body; };

/*
 * Looks c->idempotency_key up: *ret_seen with the kept answer when it was answered before.
 * ERR_INVALID "idempotency.other_body" when the key stood for another request,
 * "idempotency.key" when it is badly formed. Without a key nothing was seen.
 */
MUST enum err idempotency_seen(struct ctx *c, struct sv hash, bool *ret_seen,
                               struct kept_answer *ret_answer);

/* What a key was answered with, whatever the request: for what waits on another's outcome. */
MUST enum err idempotency_of(struct ctx *c, struct sv key, bool *ret_seen,
                             struct kept_answer *ret_answer);

/* Keeps the answer under c->idempotency_key; nothing without a key. ERR_CONFLICT when another
 * request with the key was faster (run again: it is then seen; fault.retryable is set). */
MUST enum err idempotency_keep(struct ctx *c, struct sv hash, const struct kept_answer *answer);

/* Forgets what is older than 72 hours. */
MUST enum err idempotency_clean(struct ctx *c);

#endif
