/* tell.c - what happened to an order: one row with the change; who hears of it, afterwards. */

#include "care/message/inside.h"

#include "base/json.h"
#include "base/log.h"
#include "care/carer/carer.h"
#include "care/family/family.h"
#include "care/visit/visit.h"

#include <string.h>

SQL(message_family);

/* --- with the change --- */

static enum err tell(struct ctx *c, enum message_kind kind, struct care_order_id o,
                     struct visit_id v, int64_t turn)
{
    struct buf values = buf_new(&c->mem, 96);
    struct json j = json_new(&values);
    if (clock_now(c->house->clock).ms - c->now.ms >= (int64_t)TELL_NEWS_MIN * 60000)
        return ERR_NONE;
    json_object(&j, NULL);
    json_id(&j, "order", o.n);
    if (v.n)
        json_id(&j, "visit", v.n);
    if (c->who)
        json_id(&j, "by", c->who->account);
    json_moment(&j, "at", ctx_happened(c));
    json_end(&j, '}');
    return outbox_add(c, &(struct message_out){
        .way = SV("tell"), .address = SV("order"), .template = sv_of(message_kinds[kind].key),
        .values = buf_sv(&values),
        .once = sv_fmt(&c->mem, "%s/%lld/%lld", message_kinds[kind].key, (long long)o.n,
                       (long long)turn) });
}

enum err message_tell(struct ctx *c, enum message_kind kind, const struct care_order *o,
                      int64_t turn)
{
    return tell(c, kind, o->id, (struct visit_id){ 0 }, turn);
}

/*
 * Two at the door are one coming: told when the first arrives or finds nobody, and when the last
 * is done.
 */
static enum err told_already(struct ctx *c, const struct visit *v, enum message_kind kind,
                             bool *ret_told)
{
    struct visit mate;
    bool found;
    *ret_told = false;
    if (v->seat == SEAT_ALONE || kind == TELL_CARER)
        return ERR_NONE;
    TRY(visit_mate(c, v, &mate, &found));
    if (kind == TELL_DONE)
        *ret_told = found && mate.state != VISIT_DONE;
    else
        *ret_told = found && mate.state != VISIT_PLANNED;
    return ERR_NONE;
}

static enum err visit_told(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct visit *v = row;
    (void)before;
    static const struct { const char *action; enum message_kind kind; } told[] = {
        { "arrive", TELL_ARRIVED }, { "finish", TELL_DONE },    { "back", TELL_DONE },
        { "not_met", TELL_NOT_MET }, { "reassign", TELL_CARER },
    };
    for (size_t i = 0; action && i < sizeof told / sizeof told[0]; i++) {
        bool already;
        if (strcmp(action, told[i].action) != 0)
            continue;
        TRY(told_already(c, v, told[i].kind, &already));
        int64_t turn = v->seat == SEAT_SECOND ? -v->row.version : v->row.version;
        return already ? ERR_NONE : tell(c, told[i].kind, v->care_order, v->id,
                                         told[i].kind == TELL_CARER ? turn : v->id.n);
    }
    return ERR_NONE;
}

static enum err order_told(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct care_order *o = row;
    struct sv did = sv_of(action ? action : "");
    (void)before;
    if (sv_is(did, "refuse") || sv_is(did, "cancel") || sv_is(did, "decline"))
        return message_tell(c, TELL_CANCELLED, o, 0);
    return sv_is(did, "change") ? message_tell(c, TELL_CHANGED, o, o->row.version) : ERR_NONE;
}

const struct follower message_followers[] = {
    { &visit_entity, visit_told }, { &care_order_entity, order_told }, { 0 },
};

/* --- afterwards --- */

/* What one telling is about. */
struct telling {
    enum message_kind     kind;
    struct care_order     o;
    struct catalogue_item item;
    struct elder          elder;
    struct visit          visit;
    int64_t               by;            /* whose doing it was: she knows already */
    struct moment         at;
    struct sv             once;
};

static struct sv clock_text(struct ctx *c, int64_t minute)
{
    return sv_fmt(&c->mem, "%02d:%02d", (int)(minute / 60 % 24), (int)(minute % 60));
}

static struct sv day_text(struct ctx *c, struct day d)
{
    struct civil at = civil_of_day(d);
    return sv_fmt(&c->mem, "%d月%d日", at.month, at.day);
}

/* A family name and what she is called by: 李师傅. */
MUST static enum err carer_text(struct ctx *c, const struct visit *v, struct sv *ret_text)
{
    struct carer a;
    bool found = false;
    if (v->carer.n)
        TRY(entity_load(c, &carer_entity, v->carer.n, &a, &found));
    struct sv masked = found ? mask_text(&c->mem, MASK_NAME, a.name) : SV("");
    ptrdiff_t star = sv_find_byte(masked, '*');
    *ret_text = sv_fmt(&c->mem, "%.*s师傅", (int)(star < 0 ? 0 : star), masked.at);
    return ERR_NONE;
}

MUST static enum err fill_values(struct ctx *c, const struct telling *t, struct message_new *n)
{
    bool happened = t->kind == TELL_ARRIVED || t->kind == TELL_DONE || t->kind == TELL_NOT_MET;
    struct visit mate;
    struct sv carer;
    bool two;
    TRY(carer_text(c, &t->visit, &carer));
    TRY(visit_mate(c, &t->visit, &mate, &two));
    if (two && t->kind != TELL_CARER) {
        struct sv other;
        TRY(carer_text(c, &mate, &other));
        carer = sv_fmt(&c->mem, "%.*s、%.*s", SV_ARG(carer), SV_ARG(other));
    }
    const struct message_value values[] = {
        { "item", sv_runes_head(t->item.plain_name.len ? t->item.plain_name : t->item.name, 12) },
        { "day", day_text(c, t->o.day) },
        { "time", clock_text(c, happened ? minute_of(t->at) : t->o.start_min) },
        { "number", t->o.number },
        { "carer", carer },
    };
    memcpy(n->values, values, sizeof values);
    return ERR_NONE;
}

MUST static enum err send_to(struct ctx *c, const struct telling *t, struct account_id account,
                             struct sv phone, bool elder)
{
    struct message_new n = {
        .kind = t->kind, .account = account, .elder = t->o.elder, .to_elder = elder,
        .phone = phone, .order = &t->o, .scope = t->o.row.scope, .link = t->kind != TELL_PLACED,
        .happened_at = t->at,
        .once = account.n ? sv_fmt(&c->mem, "%.*s/%lld", SV_ARG(t->once), (long long)account.n)
                          : sv_fmt(&c->mem, "%.*s/elder", SV_ARG(t->once)),
    };
    if (t->kind == TELL_TOMORROW)                         /* tomorrow it would say another day */
        n.until = moment_at(t->o.day, 0);
    TRY(fill_values(c, t, &n));
    return message_send(c, &n);
}

MUST static enum err send_to_account(struct ctx *c, const struct telling *t, int64_t account)
{
    struct account a;
    bool found;
    TRY(entity_load(c, &account_entity, account, &a, &found));
    if (!found || a.kind != ACCOUNT_CITIZEN || a.state == ACCOUNT_ENDED)
        return ERR_NONE;
    return send_to(c, t, a.id, a.phone, false);
}

/* Who ordered, and family bound by consent that may see her records: each once. */
MUST static enum err send_family(struct ctx *c, const struct telling *t)
{
    int64_t all[16] = { t->o.account.n };
    size_t n = 1;
    struct rows r = db_rows(c, &sql_message_family,
                            PARAMS(P_INT("elder", t->o.elder.n),
                                   P_INT("today", day_of(c->now).n)));
    while (rows_next(&r) && n < sizeof all / sizeof all[0])
        all[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        bool seen = all[i] == 0 || all[i] == t->by;
        for (size_t k = 0; k < i; k++)
            seen = seen || all[k] == all[i];
        if (!seen)
            TRY(send_to_account(c, t, all[i]));
    }
    return ERR_NONE;
}

/* Of tomorrow's visit she hears herself too, by whatever telephone she has. */
MUST static enum err send_elder(struct ctx *c, const struct telling *t)
{
    struct sv phone = t->o.for_phone.len ? t->o.for_phone : t->elder.phone;
    bool hers = t->elder.account.n && t->elder.account.n == t->o.account.n;
    if (hers && t->kind != TELL_PLACED)
        return ERR_NONE;
    return send_to(c, t, (struct account_id){ 0 }, phone, true);
}

MUST static enum err read_telling(struct ctx *c, const struct message_out *m, struct telling *t,
                                  bool *ret_found)
{
    const struct json_value *v, *at;
    int64_t order = 0, visit = 0;
    bool found;
    *t = (struct telling){ .once = m->once };
    while (t->kind < TELL_KINDS && !sv_is(m->template, message_kinds[t->kind].key))
        t->kind++;
    TRY(json_parse(c, m->values, &v));
    (void)json_id_of(json_member(v, "order"), &order);
    (void)json_id_of(json_member(v, "visit"), &visit);
    (void)json_id_of(json_member(v, "by"), &t->by);
    at = json_member(v, "at");
    if (!at || !sv_moment(at->text, &t->at))
        t->at = c->now;
    TRY(entity_load(c, &care_order_entity, order, &t->o, ret_found));
    if (!*ret_found || t->kind == TELL_KINDS)
        return ERR_NONE;
    TRY(entity_load(c, &catalogue_item_entity, t->o.item.n, &t->item, &found));
    if (t->o.elder.n)
        TRY(entity_load(c, &elder_entity, t->o.elder.n, &t->elder, &found));
    if (visit)
        return entity_load(c, &visit_entity, visit, &t->visit, &found);
    return order_visit_of(c, &t->o, &t->visit, &found);
}

static enum err tell_one(struct ctx *c, void *what)
{
    struct telling t;
    bool found;
    TRY(read_telling(c, what, &t, &found));
    if (!found || t.kind == TELL_KINDS)
        return ERR_NONE;
    if (t.kind == TELL_PLACED || t.kind == TELL_TOMORROW)
        TRY(send_elder(c, &t));
    return t.kind == TELL_PLACED ? ERR_NONE : send_family(c, &t);
}

/* A telling that was told before (we died in between) makes nothing new: every row has its once. */
enum err tell_carry(struct ctx *c, const struct message_out *const *m, size_t n, enum carried *how,
                    void *state)
{
    enum err last = ERR_NONE;
    (void)state;
    for (size_t i = 0; i < n; i++) {
        enum err e = transaction(c, tell_one, (void *)(uintptr_t)m[i]);
        how[i] = e ? CARRIED_NO : CARRIED_YES;
        if (e) {
            last = e;
            log_fault(c, "message.tell");
            ctx_forgive(c);
        }
    }
    return last ? fail(c, last, "broken", "some tellings are tried again") : ERR_NONE;
}
