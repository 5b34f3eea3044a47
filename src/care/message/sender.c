/* sender.c - what is due goes to the file or to the gateway in use, at the pace it takes. */

#include "care/message/inside.h"

#include "base/log.h"
#include "care/wechat/wechat.h"

#include <string.h>

#define TOO_LATE "发送前已过时或已变动"
enum { BATCH_MAX = 64, WAYS = WAY_CALL };

/*
 * WeChat's answers after which there is no use in asking again: not an open id of ours (40003), she
 * does not follow the account (43004), or wants nothing from it (43101). Another refusal is asked
 * once more, not five times over minutes: her number is tried then.
 */
#define WECHAT_NEVER "40003,43004,43101"
enum { WECHAT_TRIES = 2, CODES_MAX = 8 };

/* One way in one step. */
struct leaving {
    struct sender         *s;
    int                    way;
    bool                   gateway;           /* else the file */
    struct message_channel k;
    struct outcome        *outcomes;          /* of the messages as they were given */
    const struct message_out *const *given;
    size_t                 n;
};

static int64_t message_of(struct ctx *c, const struct message_out *m)
{
    const struct json_value *v;
    int64_t id = 0;
    if (json_parse(c, m->values, &v) == ERR_NONE)
        (void)json_id_of(json_member(v, "message"), &id);
    ctx_forgive(c);
    return id;
}

/* Whole texts and addresses; what has been stopped meanwhile is left out. */
struct going { struct message_row m; struct outcall o; bool goes, late; };

/* What it says is over: its time, or of a reminder the order as it was. */
MUST static enum err check_late(struct ctx *c, struct going *g)
{
    struct care_order o;
    bool found;
    g->late = moment_known(g->m.until) && c->now.ms >= g->m.until.ms;
    if (g->late || g->m.kind != TELL_TOMORROW || !g->m.care_order.n)
        return ERR_NONE;
    TRY(entity_load(c, &care_order_entity, g->m.care_order.n, &o, &found));
    bool stands = found && (o.state == ORDER_PLACED || o.state == ORDER_ACCEPTED ||
                            o.state == ORDER_ASSIGNED);
    g->late = !stands || moment_at(o.day, 0).ms != g->m.until.ms;
    return ERR_NONE;
}

MUST static enum err load_one(struct ctx *c, const struct leaving *l, const struct message_out *m,
                              struct going *g)
{
    struct template_held held;
    bool found;
    TRY(entity_load(c, &message_entity, message_of(c, m), &g->m, &found));
    if (!found || g->m.state != MESSAGE_WAITING)
        return ERR_NONE;
    TRY(check_late(c, g));
    if (g->late)
        return ERR_NONE;
    TRY(message_whole(c, &g->m, &g->o.text, &g->o.params));
    TRY(template_held(c, (enum message_kind)g->m.kind, (enum message_way)g->m.way, &held));
    g->o.to = g->m.address;
    g->o.code = held.provider_code;
    g->o.once = m->once;
    g->o.token = l->s->way[l->way].token;
    g->goes = true;
    return ERR_NONE;
}

/* --- the file --- */

static struct sv file_values(struct ctx *c, const struct going *g)
{
    struct buf b = buf_new(&c->mem, 256);
    struct sv open = sv_head(g->o.params, g->o.params.len ? g->o.params.len - 1 : 0);
    struct buf text = buf_new(&c->mem, 256);
    struct json j = json_new(&text);
    json_object(&j, NULL);
    json_text(&j, "text", g->o.text);
    json_end(&j, '}');
    buf_put(&b, open);
    if (open.len > 1)
        buf_byte(&b, ',');
    buf_put(&b, sv_from(buf_sv(&text), 1));
    return buf_sv(&b);
}

static enum err to_file(struct ctx *c, struct leaving *l, const struct going *all, size_t n)
{
    struct message_out *whole = NEW(&c->mem, struct message_out, n);
    const struct message_out **list = NEW(&c->mem, const struct message_out *, n);
    enum carried *how = NEW(&c->mem, enum carried, n);
    size_t *at = NEW(&c->mem, size_t, n), going = 0;
    for (size_t i = 0; i < n; i++) {
        if (!all[i].goes)
            continue;
        whole[going] = *l->given[i];
        whole[going].address = all[i].o.to;
        whole[going].values = file_values(c, &all[i]);
        list[going] = &whole[going];
        at[going++] = i;
    }
    if (!going)
        return ERR_NONE;
    enum err e = carrier_file(c, list, going, how, (void *)(uintptr_t)l->s->file);
    for (size_t i = 0; i < going; i++)
        l->outcomes[at[i]].how = how[i];
    return e;
}

/* --- a gateway --- */

/* The token of a gateway that wants one: kept as long as it holds, and asked anew with the row. */
MUST static enum err have_token(struct ctx *c, struct leaving *l)
{
    struct sender_way *w = &l->s->way[l->way];
    struct fetch_ask ask;
    struct fetch_got got;
    if (l->k.token_url.len == 0 ||
        (w->channel == l->k.id.n && w->token_until.ms > c->now.ms && w->token.len))
        return ERR_NONE;
    outcall_token(c, &l->k, &ask);
    fetch_all(c, &ask, 1, l->s->stop, &got);
    struct sv token = json_at(c, got.body, l->k.token_path);
    if (got.end != FETCH_ANSWERED || token.len == 0)
        return fail(c, ERR_BUSY, "channel.token", "channel %lld gave no token: HTTP %d",
                    (long long)l->k.id.n, got.status);
    w->token = sv_copy(&l->s->mem, token);
    w->channel = l->k.id.n;
    w->token_until.ms = c->now.ms + l->k.token_s * 1000;
    return ERR_NONE;
}

/* Died in the try before, without a word: a gateway that would send it twice is not asked again. */
static bool may_be_there(const struct leaving *l, const struct message_out *m)
{
    return m->tries > 1 && sv_is(m->state, "sending") && l->k.repeats != REPEATS_DROPPED;
}

static int64_t tries_of(struct ctx *c, const struct leaving *l, const struct fetch_got *got)
{
    if (l->way != WAY_WECHAT)
        return l->k.tries_max;
    if (value_among(SV(WECHAT_NEVER), json_at(c, got->body, SV("errcode"))))
        return 1;
    return l->k.tries_max < WECHAT_TRIES ? l->k.tries_max : WECHAT_TRIES;
}

static enum err to_gateway(struct ctx *c, struct leaving *l, const struct going *all, size_t n)
{
    struct fetch_ask *asks = NEW(&c->mem, struct fetch_ask, n);
    struct fetch_got *got = NEW(&c->mem, struct fetch_got, n);
    size_t *at = NEW(&c->mem, size_t, n), going = 0;
    for (size_t i = 0; i < n; i++) {
        if (!all[i].goes)
            continue;
        if (may_be_there(l, l->given[i])) {
            l->outcomes[i] = (struct outcome){ CARRIED_UNSURE, SV(""), SV("发送途中中断") };
            continue;
        }
        outcall_ask(c, &l->k, &all[i].o, &asks[going]);
        at[going++] = i;
    }
    fetch_all(c, asks, going, l->s->stop, got);
    for (size_t i = 0; i < going; i++) {
        struct outcome *o = &l->outcomes[at[i]];
        *o = outcall_read(c, &l->k, &got[i]);
        if (o->how == CARRIED_NO && l->given[at[i]]->tries >= tries_of(c, l, &got[i]))
            o->how = CARRIED_NEVER;
    }
    return ERR_NONE;
}

/* --- as the transport's carrier --- */

static enum err carry(struct ctx *c, const struct message_out *const *m, size_t n,
                      enum carried *how, void *state)
{
    struct leaving *l = state;
    struct going *all = NEW(&c->mem, struct going, n);
    l->given = m;
    l->n = n;
    l->outcomes = NEW(&c->mem, struct outcome, n);
    if (l->gateway)
        TRY(have_token(c, l));
    for (size_t i = 0; i < n; i++) {
        TRY(load_one(c, l, m[i], &all[i]));
        if (!all[i].goes)
            l->outcomes[i] = (struct outcome){ CARRIED_NEVER, SV(""),
                                               all[i].late ? SV(TOO_LATE) : SV("") };
    }
    enum err e = l->gateway ? to_gateway(c, l, all, n) : to_file(c, l, all, n);
    for (size_t i = 0; i < n; i++)
        how[i] = l->outcomes[i].how;
    return e;
}

static const struct outcome *outcome_of(const struct leaving *l, const struct message_out *m)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->given[i]->id == m->id)
            return &l->outcomes[i];
    return NULL;
}

/* What became of it stands in the row, in the transaction that notes it in the transport. */
static enum err settled(struct ctx *c, const struct message_out *m, enum carried how, bool final,
                        void *state)
{
    const struct leaving *l = state;
    const struct outcome *o = outcome_of(l, m);
    struct message_row row;
    bool found;
    TRY(entity_load(c, &message_entity, message_of(c, m), &row, &found));
    if (!found || row.state != MESSAGE_WAITING)
        return ERR_NONE;
    const struct carried_input in = {
        .why = how == CARRIED_YES || !o ? SV("") : sv_runes_head(o->why, 200),
        .ref = o ? o->ref : SV(""), .sent = how == CARRIED_YES,
        .channel = l->gateway ? l->k.id : (struct message_channel_id){ 0 },
    };
    const char *action = o && sv_is(o->why, TOO_LATE) ? "lapse" : how == CARRIED_YES ? "carry"
                       : !final ? "try" : how == CARRIED_UNSURE ? "doubt"
                       : row.way == WAY_WECHAT ? "turn" : "fail";
    return entity_act_by_rule(c, &message_entity, row.id.n, row.row.version, sv_of(action), &in,
                              &row);
}

/* --- a turn --- */

/* How many may leave now; what is not used gathers for a second at most, which a new one has. */
static int64_t room_now(struct sender *s, int way, const struct message_channel *k,
                        int64_t passed_ms)
{
    int64_t *have = &s->way[way].allowance_ms;
    *have += s->way[way].paced == k->id.n ? passed_ms : 1000;
    s->way[way].paced = k->id.n;
    if (*have > 1000)
        *have = 1000;
    int64_t room = *have * k->rate_s / 1000;
    return room < BATCH_MAX ? room : BATCH_MAX;
}

MUST static enum err lay_out(struct ctx *c, struct sender *s, int64_t passed_ms,
                             struct leaving *all, struct wechat_exchange *x,
                             struct carrier *carriers, size_t *ret_n)
{
    size_t n = 0;
    *x = (struct wechat_exchange){ .stop = s->stop };
    carriers[n++] = (struct carrier){ .way = "tell", .send = tell_carry, .room = BATCH_MAX };
    carriers[n++] = (struct carrier){ .way = WECHAT_CODE_WAY, .send = wechat_code_carry,
                                      .state = x, .room = CODES_MAX,
                                      .settled = wechat_code_settled };
    for (int way = 0; way < WAYS; way++) {
        struct leaving *l = &all[way];
        int64_t room = OUTBOX_STEP_MAX;
        *l = (struct leaving){ .s = s, .way = way };
        TRY(channel_of(c, (enum message_way)way, &l->k, &l->gateway));
        if (l->gateway)
            room = room_now(s, way, &l->k, passed_ms);
        if (room > 0)
            carriers[n++] = (struct carrier){ .way = message_ways[way].key, .send = carry,
                                              .state = l, .room = room, .settled = settled };
    }
    *ret_n = n;
    return ERR_NONE;
}

enum err sender_step(struct ctx *c, struct sender *s, bool *ret_busy)
{
    struct leaving all[WAYS];
    struct wechat_exchange exchange;
    struct carrier carriers[WAYS + 2];
    int64_t passed_ms = s->stepped_ms ? c->now.ms - s->stepped_ms : 1000, sent = 0;
    size_t n;
    s->stepped_ms = c->now.ms;
    TRY(lay_out(c, s, passed_ms > 0 ? passed_ms : 0, all, &exchange, carriers, &n));
    TRY(outbox_step(c, carriers, n, &sent));
    for (int way = 0; way < WAYS; way++)
        if (all[way].gateway && all[way].n)
            s->way[way].allowance_ms -= (int64_t)all[way].n * 1000 / all[way].k.rate_s;
    *ret_busy = sent > 0;
    return ERR_NONE;
}
