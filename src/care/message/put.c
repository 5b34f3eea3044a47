/* put.c - one message to one person: whether, when, by which way; its row and its transport. */

#include "care/message/inside.h"

#include "base/json.h"
#include "care/parameter/parameter.h"

#include <assert.h>
#include <string.h>

SQL(message_once);
SQL(message_today_account);
SQL(message_today_elder);

/* What one sending is decided by. */
struct deciding {
    const struct message_new  *n;
    const struct message_form *form;
    struct message_choice      choice;
    struct message_row         m;
};

MUST static enum err setting(struct ctx *c, const struct deciding *d, const char *name,
                             int64_t *ret_n)
{
    return parameter_int(c, name, d->m.row.scope, day_of(c->now), ret_n);
}


/* --- by which way --- */

int way_to(struct sv phone)
{
    bool mobile = phone.len == 11 && phone.at[0] == '1';
    return mobile ? WAY_SMS : phone.len ? WAY_VOICE : WAY_CALL;
}

MUST static enum err choose_way(struct ctx *c, struct deciding *d)
{
    static const int ways[] = { [CHOICE_SMS] = WAY_SMS, [CHOICE_VOICE] = WAY_VOICE,
                                [CHOICE_WECHAT] = WAY_WECHAT, [CHOICE_CALL] = WAY_CALL };
    struct message_channel k;
    bool wechat = false;
    struct message_row *m = &d->m;
    m->address = phone_normal(&c->mem, d->n->phone);
    if (d->choice.wechat.len && d->form->wechat)
        TRY(channel_of(c, WAY_WECHAT, &k, &wechat));
    if (d->n->by)
        m->way = d->n->by - 1;
    else if (m->kind == TELL_CODE)
        m->way = WAY_SMS;
    else if (d->choice.way != CHOICE_AUTO)
        m->way = ways[d->choice.way];
    else
        m->way = wechat ? WAY_WECHAT : way_to(m->address);
    if (m->way == WAY_WECHAT && !wechat)
        m->way = way_to(m->address);
    if (m->way == WAY_WECHAT)
        m->address = d->choice.wechat;
    if (m->address.len == 0)
        m->way = WAY_CALL;
    return ERR_NONE;
}

/* --- when --- */

static struct moment after_quiet(struct moment now, int64_t from, int64_t to)
{
    int64_t at = minute_of(now);
    bool over_night = from > to;
    bool quiet = over_night ? at >= from || at < to : at >= from && at < to;
    if (!quiet || from == to)
        return now;
    struct day day = day_of(now);
    if (over_night && at >= from)
        day.n++;
    return moment_at(day, (int)to);
}

static void drop(struct deciding *d, struct sv reason)
{
    d->m.state = MESSAGE_DROPPED;
    d->m.why = reason;
}

/* A reminder waits for her hour of today, unless that has gone. */
MUST static enum err choose_hour(struct ctx *c, struct deciding *d)
{
    int64_t minute;
    if (!d->form->reminder)
        return ERR_NONE;
    TRY(setting(c, d, "message.remind_minute", &minute));
    if (d->choice.remind_min.known)
        minute = d->choice.remind_min.n;
    struct moment at = moment_at(day_of(c->now), (int)minute);
    if (at.ms <= c->now.ms)
        return ERR_NONE;
    d->m.not_before = at;
    d->m.why = SV("到提醒时间发送");
    return ERR_NONE;
}

MUST static enum err choose_time(struct ctx *c, struct deciding *d)
{
    int64_t from, to;
    struct message_row *m = &d->m;
    m->not_before = c->now;
    if (m->urgent)
        return ERR_NONE;
    TRY(setting(c, d, "message.quiet_from", &from));
    TRY(setting(c, d, "message.quiet_to", &to));
    if (d->choice.quiet_from.known) {
        from = d->choice.quiet_from.n;
        to = d->choice.quiet_to.n;
    }
    TRY(choose_hour(c, d));
    struct moment wanted = m->not_before;
    m->not_before = after_quiet(wanted, from, to);
    if (m->not_before.ms != wanted.ms)
        m->why = SV("免打扰时段，稍后发送");
    if (moment_known(m->until) && m->not_before.ms >= m->until.ms)
        drop(d, SV("到能发送时已过时"));
    return ERR_NONE;
}

/* The next evening's digest, today's unless it has gone. */
MUST static enum err gather(struct ctx *c, struct deciding *d, struct sv reason)
{
    int64_t minute;
    struct message_row *m = &d->m;
    TRY(setting(c, d, "message.digest_minute", &minute));
    struct moment at = moment_at(day_of(c->now), (int)minute);
    m->not_before = at.ms > c->now.ms ? at : (struct moment){ at.ms + MS_A_DAY };
    m->state = MESSAGE_GATHERED;
    m->why = reason;
    return ERR_NONE;
}

/* --- whether --- */

MUST static enum err today_count(struct ctx *c, const struct deciding *d, int64_t *ret_n)
{
    int64_t since = moment_at(day_of(c->now), 0).ms;
    *ret_n = 0;
    if (d->n->account.n)
        return db_int(c, &sql_message_today_account,
                      PARAMS(P_INT("account", d->n->account.n), P_INT("since", since)), ret_n);
    if (d->n->to_elder && d->n->elder.n)
        return db_int(c, &sql_message_today_elder,
                      PARAMS(P_INT("elder", d->n->elder.n), P_INT("since", since)), ret_n);
    return ERR_NONE;
}

MUST static enum err choose_whether(struct ctx *c, struct deciding *d)
{
    int64_t stale, limit, n;
    bool digests = d->form->optional && d->n->account.n && d->m.kind != TELL_DIGEST &&
                   !d->form->reminder;
    if (d->form->optional && d->choice.off.bits >> d->m.kind & 1) {
        drop(d, SV("本人不想收这类消息"));
        return ERR_NONE;
    }
    TRY(setting(c, d, "message.stale_minutes", &stale));
    if (!d->m.urgent && d->form->optional &&
        c->now.ms - d->m.happened_at.ms > stale * 60000) {
        drop(d, SV("事情已过去太久"));
        return ERR_NONE;
    }
    if (d->m.urgent)
        return ERR_NONE;
    if (digests && d->choice.digest)
        return gather(c, d, SV("晚上汇总"));
    TRY(setting(c, d, "message.daily_limit", &limit));
    TRY(today_count(c, d, &n));
    if (n < limit || d->m.kind == TELL_DIGEST)
        return ERR_NONE;
    if (digests)
        return gather(c, d, SV("今天已发得够多，晚上汇总"));
    if (d->form->optional)
        drop(d, SV("今天已发得够多"));
    return ERR_NONE;
}

/* --- what --- */

static struct sv slots_json(struct ctx *c, const struct message_value *values, size_t n)
{
    struct buf b = buf_new(&c->mem, 128);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    for (size_t i = 0; i < n && values[i].name; i++)
        json_text(&j, values[i].name, values[i].value);
    json_end(&j, '}');
    return buf_sv(&b);
}

enum err message_text(struct ctx *c, struct message_row *m, const struct message_value *values,
                      size_t n)
{
    struct message_value shown[SLOTS_MAX + 1] = { 0 };
    struct template_held t;
    struct sv whole;
    TRY(template_held(c, (enum message_kind)m->kind, (enum message_way)m->way, &t));
    m->template = t.id;
    TRY(template_signed(c, (enum message_way)m->way, m->row.scope, t.text, &whole));
    struct text_fit fit = text_fit(text_fill(&c->mem, whole, values, n));
    m->parts = m->way == WAY_SMS ? fit.parts : m->way == WAY_VOICE ? fit.seconds : 0;
    values_shown(&message_forms[m->kind], values, n, shown);
    m->text = text_fill(&c->mem, whole, shown, n);
    m->slots = slots_json(c, values, n);
    return ERR_NONE;
}

MUST static enum err write_text(struct ctx *c, struct deciding *d)
{
    struct message_value values[SLOTS_MAX + 1] = { 0 };
    struct message_row *m = &d->m;
    size_t n = 0;
    for (; n < SLOTS_MAX && d->n->values[n].name; n++)
        values[n] = d->n->values[n];
    if (d->n->link && m->state == MESSAGE_WAITING) {
        values[n].name = "link";
        TRY(link_make(c, m, &values[n++].value));
    }
    return message_text(c, m, values, n);
}

enum err message_values(struct ctx *c, const struct message_row *m,
                        struct message_value *ret_values, size_t *ret_n)
{
    const struct json_value *all;
    size_t n = 0;
    TRY(json_parse(c, m->slots.len ? m->slots : SV("{}"), &all));
    for (const struct json_value *v = all->first; v && n < SLOTS_MAX + 1; v = v->next, n++)
        ret_values[n] = (struct message_value){ sv_text(&c->mem, v->name), v->text };
    *ret_n = n;
    return ERR_NONE;
}

enum err message_whole(struct ctx *c, const struct message_row *m, struct sv *ret_text,
                       struct sv *ret_values)
{
    struct message_value values[SLOTS_MAX + 1] = { 0 };
    struct template_held t;
    struct message_template kept;
    struct sv whole;
    size_t n;
    bool found = false;
    TRY(message_values(c, m, values, &n));
    TRY(template_held(c, (enum message_kind)m->kind, (enum message_way)m->way, &t));
    if (m->template.n)
        TRY(entity_load(c, &message_template_entity, m->template.n, &kept, &found));
    TRY(template_signed(c, (enum message_way)m->way, m->row.scope, found ? kept.text : t.text,
                        &whole));
    *ret_text = text_fill(&c->mem, whole, values, n);
    *ret_values = m->slots;
    return ERR_NONE;
}

/* --- the row and its transport --- */

enum err message_post(struct ctx *c, const struct message_row *m)
{
    struct sv id = sv_fmt(&c->mem, "{\"message\":\"%lld\"}", (long long)m->id.n);
    if (m->way == WAY_CALL)
        return ERR_NONE;
    /* Due since long ago: whoever waits at the sign-in goes before all that is to be told. */
    bool first = m->kind == TELL_CODE && m->again == 0;
    return outbox_add(c, &(struct message_out){
        .way = sv_of(message_ways[m->way].key), .address = SV("message"),
        .template = sv_of(message_kinds[m->kind].key), .values = id,
        .once = sv_fmt(&c->mem, "message/%lld/%lld", (long long)m->id.n, (long long)m->again),
        .not_before = first ? (struct moment){ 1 } : m->not_before });
}

static void begin(const struct ctx *c, const struct message_new *n, struct deciding *d)
{
    struct message_row *m = &d->m;
    d->n = n;
    d->form = &message_forms[n->kind];
    record_clear(message_fields, m);
    m->kind = (int)n->kind;
    m->account = n->account;
    m->elder = n->elder;
    m->once = n->once;
    m->urgent = d->form->urgent;
    m->until = n->until;
    m->happened_at = moment_known(n->happened_at) ? n->happened_at : ctx_happened(c);
    m->row.scope = n->scope;
    if (n->order) {
        m->org = n->order->org;
        m->care_order = n->order->id;
    }
}

enum err message_send(struct ctx *c, const struct message_new *n)
{
    struct deciding d;
    int64_t known;
    assert(n->once.len > 0);
    TRY(db_int(c, &sql_message_once, PARAMS(P_TEXT("once", n->once)), &known));
    if (known)
        return ERR_NONE;
    begin(c, n, &d);
    struct elder_id her = n->to_elder ? n->elder : (struct elder_id){ 0 };
    TRY(message_choice_of(c, n->account, her, &d.choice));
    TRY(choose_way(c, &d));
    TRY(choose_whether(c, &d));
    if (d.m.state == MESSAGE_WAITING)
        TRY(choose_time(c, &d));
    TRY(id_next(c, c->house->ids, &d.m.id.n));
    TRY(write_text(c, &d));
    TRY(entity_create_by_rule(c, &message_entity, &d.m));
    return d.m.state == MESSAGE_WAITING ? message_post(c, &d.m) : ERR_NONE;
}
