/* touch.c - noting that a session is used. */

#include "http/lane/touch.h"

#include "http/lane/lanes.h"
#include "http/server.h"

static enum err run_touch(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)a;
    return session_touch(c, call_of(q)->session);
}

static const struct endpoint touch_endpoint = {
    .verb = POST, .path = "", .run = run_touch, .lane = WRITES, .may = MAY_ANYONE,
};

/* One place a session, by its hash; two that share one are only written more often. */
static bool due(struct call *call)
{
    const struct who *who = call->c.who;
    if (!who || !call->server->touched)
        return false;
    struct touched *t = &call->server->touched[(uint64_t)who->session % TOUCHED_MAX];
    int64_t now = call->c.now.ms;
    if (t->session == who->session && now - t->at_ms < 60000 && now >= t->at_ms)
        return false;
    t->session = who->session;
    t->at_ms = now;
    return true;
}

void touch_if_due(struct call *call)
{
    if (!due(call))
        return;
    struct call *own = call_take(call->server);
    own->found.endpoint = &touch_endpoint;
    own->session = call->c.who->session;
    if (!lanes_put(call->server->lanes, own))
        call_give(own);
}

enum err touch_now(struct call *call)
{
    call->touches = call->touches || (call->mhd && due(call));
    if (!call->touches)
        return ERR_NONE;
    return session_touch(&call->c, call->c.who->session);
}
