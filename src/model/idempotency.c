/* idempotency.c - answers kept for requests that are sent again. */

#include "model/idempotency.h"
#include "model/inside.h"

SQL(idempotency_find);
SQL(idempotency_add);
SQL(idempotency_clean);

struct sv idempotency_hash(struct arena *mem, struct sv method, struct sv path, struct sv body)
{
    const struct sv parts[] = { method, path, body };
    uint8_t hash[HASH_SIZE];
    seal_hash(parts, 3, hash);
    struct buf b = buf_new(mem, 2 * HASH_SIZE + 1);
    buf_hex(&b, hash, HASH_SIZE);
    return buf_sv(&b);
}

static bool well_formed(struct sv key)
{
    bool good = key.len >= 8 && key.len <= IDEMPOTENCY_KEY_MAX;
    for (size_t i = 0; good && i < key.len; i++) {
        char x = key.at[i];
        good = (x >= '0' && x <= '9') || (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z')
            || x == '-' || x == '_';
    }
    return good;
}

static int64_t owner(const struct ctx *c)
{
    return c->who ? c->who->account : 0;
}

/* The answer kept under a key, and of which request it was. */
static enum err find(struct ctx *c, struct sv key, bool *ret_found, struct sv *ret_hash,
                     struct kept_answer *ret_kept)
{
    struct rows r = db_rows(c, &sql_idempotency_find,
                            PARAMS(P_INT("account", owner(c)), P_TEXT("key", key)));
    *ret_found = rows_next(&r);
    if (*ret_found) {
        *ret_hash = rows_text(&r, 0);
        *ret_kept = (struct kept_answer){ (int)rows_int(&r, 1), rows_text(&r, 2), rows_text(&r, 3),
                                          rows_text(&r, 4), rows_text(&r, 5) };
    }
    return rows_end(&r);
}

enum err idempotency_of(struct ctx *c, struct sv key, bool *ret_seen,
                        struct kept_answer *ret_answer)
{
    struct sv hash;
    *ret_seen = false;
    return well_formed(key) ? find(c, key, ret_seen, &hash, ret_answer) : ERR_NONE;
}

enum err idempotency_seen(struct ctx *c, struct sv hash, bool *ret_seen,
                          struct kept_answer *ret_answer)
{
    struct kept_answer kept;
    struct sv of = SV("");
    bool found;
    *ret_seen = false;
    if (c->idempotency_key.len == 0)
        return ERR_NONE;
    if (!well_formed(c->idempotency_key))
        return fail(c, ERR_INVALID, "idempotency.key", "a request key of %zu bytes is badly formed",
                    c->idempotency_key.len);
    TRY(find(c, c->idempotency_key, &found, &of, &kept));
    if (found && !sv_eq(of, hash))
        return fail(c, ERR_INVALID, "idempotency.other_body",
                    "a request key came with another body");
    *ret_seen = found;
    if (found)
        *ret_answer = kept;
    return ERR_NONE;
}

enum err idempotency_keep(struct ctx *c, struct sv hash, const struct kept_answer *answer)
{
    if (c->idempotency_key.len == 0)
        return ERR_NONE;
    enum err e = db_run(c, &sql_idempotency_add,
                        PARAMS(P_INT("account", owner(c)), P_TEXT("key", c->idempotency_key),
                               P_TEXT("hash", hash), P_INT("status", answer->status),
                               P_TEXT("type", answer->type), P_TEXT("etag", answer->etag),
                               P_TEXT("location", answer->location), P_TEXT("body", answer->body),
                               P_INT("now", c->now.ms)), NULL);
    if (e == ERR_CONFLICT)
        c->fault.retryable = true;
    return e;
}

enum err idempotency_clean(struct ctx *c)
{
    int64_t before = c->now.ms - (int64_t)IDEMPOTENCY_KEEP_HOURS * 3600000;
    return db_run(c, &sql_idempotency_clean, PARAMS(P_INT("before", before)), NULL);
}
