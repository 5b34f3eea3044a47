/* follow.c - what an order, an inspection and the signals hear of a request. */

#include "care/parameter/parameter.h"
#include "care/request/inside.h"
#include "care/signal/signal.h"

SQL(requests_of_elder);
SQL(requests_of_place);
SQL(requests_of_org);

#define R struct request_ticket

/* An order's dispute ends with the request that it opened. */
MUST static enum err settle_order(struct ctx *c, const R *r)
{
    struct care_order o;
    bool found = false;
    if (r->care_order.n)
        TRY(entity_load(c, &care_order_entity, r->care_order.n, &o, &found));
    if (!found || o.state != ORDER_DISPUTED)
        return ERR_NONE;
    return entity_act_by_rule(c, &care_order_entity, o.id.n, o.row.version, SV("settle"), NULL,
                              &o);
}

/* --- signals: the same matter again --- */

MUST static enum err raise_elder(struct ctx *c, const R *r, int64_t days)
{
    int64_t times, n;
    TRY(parameter_int(c, "request.repeat_elder", r->row.scope, day_of(c->now), &times));
    TRY(db_int(c, &sql_requests_of_elder,
               PARAMS(P_INT("elder", r->elder.n), P_INT("since", c->now.ms - days * MS_A_DAY)),
               &n));
    if (n < times)
        return ERR_NONE;
    struct work_item w = { .kind = SIGNAL_REPEATED, .elder = r->elder, .request = { r->id.n },
                           .why = sv_fmt(&c->mem, "%lld 天内有 %lld 件诉求涉及这位老人，请上门了解",
                                         (long long)days, (long long)n) };
    return signal_raise(c, &w);
}

MUST static enum err raise_place(struct ctx *c, const R *r, int64_t days)
{
    int64_t times, n;
    TRY(parameter_int(c, "request.repeat_place", r->row.scope, day_of(c->now), &times));
    TRY(db_int(c, &sql_requests_of_place,
               PARAMS(P_INT("place", r->place.n), P_INT("since", c->now.ms - days * MS_A_DAY)),
               &n));
    if (n < times)
        return ERR_NONE;
    struct work_item w = { .kind = SIGNAL_REPEATED, .place = r->place, .request = { r->id.n },
                           .why = sv_fmt(&c->mem, "%lld 天内有 %lld 件诉求反映同一网点，请实地查看",
                                         (long long)days, (long long)n) };
    return signal_raise(c, &w);
}

/* Over all its places; the provider does not see the item. */
MUST static enum err raise_org(struct ctx *c, const R *r, int64_t days)
{
    int64_t times, n;
    TRY(parameter_int(c, "request.repeat_org", r->row.scope, day_of(c->now), &times));
    TRY(db_int(c, &sql_requests_of_org,
               PARAMS(P_INT("org", r->org.n), P_INT("since", c->now.ms - days * MS_A_DAY)), &n));
    if (n < times)
        return ERR_NONE;
    struct work_item w = { .kind = SIGNAL_REPEATED, .about_org = r->org, .request = { r->id.n },
                           .why = sv_fmt(&c->mem, "%lld 天内有 %lld 件投诉反映同一家机构，请约谈或检查",
                                         (long long)days, (long long)n) };
    return signal_raise(c, &w);
}

MUST static enum err raise_repeated(struct ctx *c, const R *r)
{
    int64_t days;
    TRY(parameter_int(c, "request.repeat_days", r->row.scope, day_of(c->now), &days));
    if (r->elder.n)
        TRY(raise_elder(c, r, days));
    if (r->org.n && r->kind == REQUEST_COMPLAINT)
        TRY(raise_org(c, r, days));
    return r->place.n ? raise_place(c, r, days) : ERR_NONE;
}

/* Asked of the street: the item names neither the complainant nor her words. */
MUST static enum err ask_inspection(struct ctx *c, const R *r)
{
    struct work_item w = { .kind = SIGNAL_INSPECTION, .place = r->place, .request = { r->id.n },
                           .why = sv_fmt(&c->mem, "投诉工单 %.*s 请检查：%.*s", SV_ARG(r->number),
                                         SV_ARG(c->reason.len ? c->reason
                                                : sv_of(request_topics[r->topic].zh))) };
    if (!w.place.n)
        w.about_org = r->org;
    return signal_raise(c, &w);
}

static bool ends(struct sv action)
{
    return sv_is(action, "solved") || sv_is(action, "close") || sv_is(action, "withdraw");
}

enum err request_follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const R *r = row;
    struct sv did = sv_of(action ? action : "");
    if (!before)
        return raise_repeated(c, r);
    if (sv_is(did, "inspect"))
        return ask_inspection(c, r);
    return ends(did) ? settle_order(c, r) : ERR_NONE;
}
#undef R
