/* phone.c - a telephone that several people share: a key for what it keeps, and her session. */

#include "care/sync/inside.h"
#include "model/seal/seal.h"

SQL(session_is_bearer);

const struct field sync_phone_fields[] = {
    FIELD(struct sync_phone, phone, .required = true, .low = 16, .high = 64, .zh = "手机标识",
          .en = "What the phone calls itself: random, made once"),
    { 0 },
};
const struct field sync_phone_gives[] = {
    FIELD(struct sync_phone_given, key, .high = 64, .en = "Seals what this phone keeps for her"),
    FIELD(struct sync_phone_given, token, .high = 64, .en = "Bearer token, ends like any session"),
    { 0 },
};

/* A token must not beget tokens: hers ends at the latest with the longest session. */
static enum err refuse_bearer(struct ctx *c)
{
    int64_t bearer = 0;
    TRY(db_int(c, &sql_session_is_bearer, PARAMS(P_INT("id", c->who->session)), &bearer));
    return bearer ? fail(c, ERR_FORBIDDEN, "sync.sign_in", "a phone's token asked for another")
                  : ERR_NONE;
}

/* The key is the same each time for her on this phone: what waits there opens again. */
enum err sync_phone_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct sync_phone *in = q->body;
    struct sync_phone_given out;
    TRY(refuse_bearer(c));
    struct sv whose = sv_fmt(&c->mem, "%lld:%.*s", (long long)c->who->account, SV_ARG(in->phone));
    out.key = seal_index(c, "sync", "phone", "key", whose);
    TRY(session_open(c, &(struct session_new){ .account = c->who->account, .role = c->who->role,
                                               .bearer = true, .agent = q->agent }, &out.token));
    return answer_record(c, a, sync_phone_gives, &out);
}
