/*
 * welfare.c - somebody who lives alone did not open this morning: she was rung twice, and the next
 * step waits.
 */

#include "app/demo/demo.h"
#include "care/signal/welfare.h"

enum { AGO_MIN = 25, CALLS = 2, MINUTE_MS = 60000 };

static const struct organisation *first_station(const struct demo *d)
{
    for (size_t i = 0; i < d->orgs_n; i++)
        if (d->orgs[i].kind == ORG_STATION)
            return &d->orgs[i];
    return NULL;
}

static const struct elder *alone(const struct demo *d, int64_t scope)
{
    for (size_t i = 0; i < d->elders_n; i++) {
        const struct elder *e = &d->elders[i];
        if (e->row.scope == scope && e->phone.len && !day_known(e->died_on) &&
            (e->flags.bits >> FLAG_LIVING_ALONE & 1))
            return e;
    }
    return NULL;
}

static enum err not_met(struct ctx *c, void *arg)
{
    struct demo *d = arg;
    const struct organisation *station = first_station(d);
    const struct elder *e = station ? alone(d, station->row.scope) : NULL;
    if (!e)
        return ERR_NONE;
    struct work_item w = {
        .kind = SIGNAL_NOT_MET_ALONE, .elder = e->id, .org = station->id,
        .happened_at = { d->now.ms - AGO_MIN * MINUTE_MS },
        .why = SV("独居老人上门未遇，请立即电话问安，联系不上请上门查看") };
    TRY(signal_raise(c, &w));
    for (int i = 0; i < CALLS; i++) {
        struct welfare_step s;
        record_clear(welfare_step_fields, &s);
        s.row.scope = w.row.scope;
        s.work_item = w.id;
        s.elder = e->id;
        s.org = station->id;
        s.what = WELFARE_ELDER;
        s.result = WELFARE_NO_ANSWER;
        s.at.ms = w.happened_at.ms + (i + 1) * 8 * MINUTE_MS;
        s.noted_by = d->staff[0].id;
        TRY(entity_create_by_rule(c, &welfare_step_entity, &s));
    }
    return ERR_NONE;
}

enum err demo_welfare(struct demo *d)
{
    return transaction(d->c, not_met, d);
}
