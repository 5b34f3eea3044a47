/* exchange.c - a code from WeChat becomes her open id: asked by the worker, once. */

#include "care/wechat/wechat.h"

#include "care/message/channel.h"
#include "care/message/choice.h"

enum { OPENID_MAX = 64 };

#define AGAIN "，请重新绑定"

MUST static enum err ask_of(struct ctx *c, const struct message_out *m, struct wechat_ask *ret_ask,
                            bool *ret_found)
{
    int64_t id = 0;
    *ret_found = false;
    if (!sv_int(json_at(c, m->values, SV("ask")), 1, INT64_MAX, &id))
        return ERR_NONE;
    return entity_load(c, &wechat_ask_entity, id, ret_ask, ret_found);
}

/* What it may be asked with; "" in *ret_why when it may. A code is spent by the first who asks. */
MUST static enum err check(struct ctx *c, const struct message_out *m, struct wechat_ask *ret_ask,
                           struct sv *ret_why)
{
    bool found;
    TRY(ask_of(c, m, ret_ask, &found));
    *ret_why = SV("");
    if (!found || ret_ask->state != WECHAT_CODED || ret_ask->until.ms < c->now.ms)
        *ret_why = SV("授权已过期" AGAIN);
    else if (m->tries > 1 && sv_is(m->state, "sending"))
        *ret_why = SV("核对中断" AGAIN);
    return ERR_NONE;
}

static enum carried read_answer(struct ctx *c, const struct message_channel *k,
                                const struct fetch_got *got, struct wechat_answer *ret)
{
    if (got->end == FETCH_NOT_SENT)
        return CARRIED_NO;
    if (got->end == FETCH_UNSURE) {
        ret->why = SV("微信没有回答" AGAIN);
        return CARRIED_UNSURE;
    }
    struct sv openid = json_at(c, got->body, k->openid_path);
    if (got->status == 200 && openid.len && openid.len <= OPENID_MAX) {
        ret->openid = openid;
        return CARRIED_YES;
    }
    struct sv code = sv_runes_head(json_at(c, got->body, SV("errcode")), 20);
    ret->why = sv_fmt(&c->mem, "微信没有认可（%d %.*s）" AGAIN, got->status, SV_ARG(code));
    return CARRIED_NEVER;
}

enum err wechat_code_carry(struct ctx *c, const struct message_out *const *m, size_t n,
                           enum carried *how, void *state)
{
    struct wechat_exchange *x = state;
    struct message_channel k;
    bool found;
    x->answers = NEW(&c->mem, struct wechat_answer, n);
    x->n = n;
    TRY(channel_of(c, WAY_WECHAT, &k, &found));
    found = found && k.openid_url.len;
    for (size_t i = 0; i < n; i++) {
        struct wechat_answer *to = &x->answers[i];
        struct wechat_ask ask;
        struct fetch_ask get;
        struct fetch_got got;
        to->message = m[i]->id;
        TRY(check(c, m[i], &ask, &to->why));
        if (!found)
            to->why = SV("微信通道已停用");
        how[i] = CARRIED_NEVER;
        if (to->why.len)
            continue;
        outcall_openid(c, &k, ask.code, &get);
        fetch_all(c, &get, 1, x->stop, &got);
        how[i] = read_answer(c, &k, &got, to);
    }
    return ERR_NONE;
}

/* Her choice has it from now on; one who has chosen nothing yet gets a row. */
MUST static enum err keep(struct ctx *c, struct account_id account, struct sv openid)
{
    struct message_choice choice;
    TRY(message_choice_of(c, account, (struct elder_id){ 0 }, &choice));
    choice.wechat = openid;
    choice.account = account;
    if (choice.id.n)
        return entity_update_by_rule(c, &message_choice_entity, &choice, choice.row.version,
                                     "bind");
    return entity_create_by_rule(c, &message_choice_entity, &choice);
}

enum err wechat_code_settled(struct ctx *c, const struct message_out *m, enum carried how,
                             bool final, void *state)
{
    const struct wechat_exchange *x = state;
    const struct wechat_answer *got = NULL;
    struct wechat_ask ask;
    bool found;
    for (size_t i = 0; i < x->n && !got; i++)
        got = x->answers[i].message == m->id ? &x->answers[i] : NULL;
    TRY(ask_of(c, m, &ask, &found));
    if (!found || ask.state != WECHAT_CODED || !final)
        return ERR_NONE;
    struct sv why = got && got->why.len ? got->why : SV("连不上微信" AGAIN);
    if (how == CARRIED_YES && got) {
        why = SV("");
        TRY(keep(c, ask.account, got->openid));
    }
    return entity_act_by_rule(c, &wechat_ask_entity, ask.id.n, ask.row.version,
                              how == CARRIED_YES ? SV("bind") : SV("refuse"), &why, &ask);
}
