/*
 * channel.h - a way out: the file of this house, or a provider's gateway described as data, so that
 * a city's own gateway needs no code.
 *
 * Of a gateway the row says: where (url), what is sent (headers, body: texts with slots), with
 * which credentials (login; secret: sealed, never shown, never in the log), how a request is
 * signed, what the answer of success looks like, and whether a repeated id is dropped there. Slots:
 *
 *     {to} {text} {params} (JSON of the slots) {code} (the provider's template id) {once} (our id)
 *     {login} {secret} {time} (seconds) {token} {sign}
 *
 * In a JSON body every value is escaped for a string, {params} stands as it is; in a form and in an
 * address it is percent-encoded; a header may hold no line break. `sign` is made of sign_of, whose
 * slots are the same. Of a gateway that wants a token first (WeChat) token_url is asked, and what
 * stands at token_path kept for token_s seconds. For people to bind their WeChat (care/wechat) its
 * row also says where they authorise (authorise_url: {login} {back} {state}) and where the code is
 * exchanged (openid_url: {login} {secret} {code}; openid_path). Receipts come to POST
 * /api/message/receipt/{id}?token=… or ?sign=… (hex HMAC-SHA256 of the body), by receipt_key.
 */
#ifndef CARE_MESSAGE_CHANNEL_H
#define CARE_MESSAGE_CHANNEL_H

#include "care/message/message.h"
#include "http/out/fetch.h"

enum channel_adapter { ADAPTER_FILE, ADAPTER_HTTP };
enum channel_form { FORM_JSON, FORM_FORM };
enum channel_sign { SIGN_NONE, SIGN_MD5, SIGN_HMAC };
enum channel_repeats { REPEATS_NOT_KNOWN, REPEATS_DROPPED };
enum channel_state { CHANNEL_OFF, CHANNEL_ACTIVE };

struct message_channel {
    struct message_channel_id id;
    struct row row;
    struct sv  name;
    int        way, adapter, state;
    struct sv  url, headers, body;         /* headers: a line each */
    int        form;
    struct sv  login, secret;
    int        sign;
    struct sv  sign_of;
    struct sv  ok_path, ok_value;          /* "code" and "0,OK"; no path: any status 2xx */
    struct sv  id_path, why_path;
    struct sv  never_values;               /* of why_path: what will never be taken */
    int        repeats;
    struct sv  token_url, token_path;
    int64_t    token_s;
    struct sv  authorise_url, openid_url, openid_path;     /* of WeChat: care/wechat */
    int64_t    timeout_ms, rate_s, tries_max;
    struct sv  receipt_key, receipt_id_path, receipt_ok_path, receipt_ok_value;
    struct account_id changed_by;
};
extern const struct field  message_channel_fields[];
extern const struct entity message_channel_entity;

/* The gateway in use for a way; *ret_found false: the file. */
MUST enum err channel_of(struct ctx *c, enum message_way way, struct message_channel *ret_channel,
                         bool *ret_found);

/* --- outcall.c: a row and a message become a request, an answer becomes an outcome --- */

struct outcall {
    struct sv to, text, params, code, once, token;
    struct sv back, state;                 /* of an authorise address */
};
void outcall_ask(struct ctx *c, const struct message_channel *k, const struct outcall *o,
                 struct fetch_ask *ret_ask);
/* The same for the token of a gateway that wants one. */
void outcall_token(struct ctx *c, const struct message_channel *k, struct fetch_ask *ret_ask);
/* Where a browser is sent to authorise; and what her code is exchanged by. */
struct sv outcall_authorise(struct ctx *c, const struct message_channel *k, struct sv back,
                            struct sv state);
void outcall_openid(struct ctx *c, const struct message_channel *k, struct sv code,
                    struct fetch_ask *ret_ask);

struct outcome { enum carried how; struct sv ref, why; };
struct outcome outcall_read(struct ctx *c, const struct message_channel *k,
                            const struct fetch_got *got);
/* What stands at "data.0.id" in a JSON text; "" where there is nothing. */
struct sv json_at(struct ctx *c, struct sv text, struct sv path);
/* Among "0,OK". */
bool value_among(struct sv list, struct sv value);
/* Hex of the HMAC-SHA256. */
struct sv hmac_hex(struct arena *mem, struct sv key, struct sv text);

/* --- sender.c: the carriers of the worker --- */

/* What the sender keeps between turns: the gateways' tokens and what they may take now. */
struct sender_way {
    struct moment token_until;
    int64_t       channel, paced, allowance_ms;    /* whose token; whose pace, and what is left */
    struct sv     token;
};
struct sender {
    const char          *file;             /* of the file adapter */
    const _Atomic bool  *stop;
    struct arena         mem;              /* of the tokens */
    struct sender_way    way[WAY_CALL];
    int64_t              stepped_ms;       /* of the clock, for the rate */
};
/* Tells what waits to be told and sends what is due; *ret_busy: there may be more. */
MUST enum err sender_step(struct ctx *c, struct sender *s, bool *ret_busy);
/* Finds out who hears of what was told (the carrier of the way "tell"). */
enum err tell_carry(struct ctx *c, const struct message_out *const *m, size_t n, enum carried *how,
                    void *state);

#endif
