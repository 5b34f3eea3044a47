/* read.c - what endpoint functions ask of their request. */

#include "http/http.h"

enum err request_id(struct ctx *c, const struct request *q, int param, int64_t *ret_id)
{
    if (!sv_int(q->param[param], 1, INT64_MAX, ret_id))
        return fail(c, ERR_MISSING, "missing", "no id in the path");
    return ERR_NONE;
}

enum err request_version(struct ctx *c, const struct request *q, int64_t *ret_version)
{
    if (sv_int(q->if_match, 1, INT64_MAX, ret_version))
        return ERR_NONE;
    fail_field(c, SV("If-Match"), "if_match.required");
    return fail(c, ERR_INVALID, "if_match.required", "a change without the version it is of");
}

struct sv session_cookie(struct ctx *c, struct sv token)
{
    const struct config *k = c->house->config;
    bool secure = k->tls || sv_starts(sv_of(k->public_url), SV("https://"));
    return sv_fmt(&c->mem, "yike=%.*s; Path=/; HttpOnly; SameSite=Lax%s%s", SV_ARG(token),
                  secure ? "; Secure" : "", token.len ? "" : "; Max-Age=0");
}
