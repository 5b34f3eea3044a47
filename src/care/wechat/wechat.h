/*
 * wechat.h - 绑定微信: which WeChat an account's messages go to, proven by WeChat's own web
 * authorisation of the city's official account (snsapi_base: nothing is asked of her). Citizens,
 * staff and carers alike, each for her own account; WeChat sends her back to her own face.
 *
 *     asked → coded → bound, or refused         (a row of wechat_ask for each attempt)
 *
 * POST /api/my/wechat makes a mark (`state`, random; kept as a hash with account and session) and
 * answers the authorise address of the gateway in use with appid ({login}), {back} and {state}.
 * WeChat sends her browser back with the mark and a code. POST /api/my/wechat/code takes both: only
 * in the session that asked, once, for `message.wechat_minutes`; otherwise an attacker's code could
 * be slipped to her, and her messages would go to his WeChat. The code is exchanged for her open id
 * by the worker, as everything that leaves the house (store/outbox.h, way "wechat_code"): it holds
 * once, so an exchange that had no answer is not repeated. The open id is kept sealed in her choice
 * (care/message/choice.h); no answer shows it.
 */
#ifndef CARE_WECHAT_H
#define CARE_WECHAT_H

#include "model/house.h"
#include "model/who/account.h"
#include "store/outbox.h"

#include <stdatomic.h>

enum wechat_state { WECHAT_ASKED, WECHAT_CODED, WECHAT_BOUND, WECHAT_REFUSED };

struct wechat_ask_id { int64_t n; };
struct wechat_ask {
    struct wechat_ask_id id;
    struct row        row;
    struct account_id account;
    int               state;
    struct sv         mark;            /* hidden: hash of `state`, account and session */
    struct sv         code;            /* SECRET, hidden; "" once it is used */
    struct moment     until;
    struct sv         why;             /* why it was refused */
};
extern const struct field  wechat_ask_fields[];
extern const struct entity wechat_ask_entity;
extern const struct module wechat_module;

/* --- exchange.c: the worker's side --- */

struct wechat_answer { int64_t message; struct sv openid, why; };
struct wechat_exchange {
    const _Atomic bool   *stop;
    struct wechat_answer *answers;     /* of this step's messages */
    size_t                n;
};
#define WECHAT_CODE_WAY "wechat_code"
/* The carrier of that way; `state` is a struct wechat_exchange. */
enum err wechat_code_carry(struct ctx *c, const struct message_out *const *m, size_t n,
                           enum carried *how, void *state);
enum err wechat_code_settled(struct ctx *c, const struct message_out *m, enum carried how,
                             bool final, void *state);

#endif
