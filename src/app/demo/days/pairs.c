/*
 * pairs.c - who may come to whom: of those served longest ago at the first station one has a carer
 * she prefers, one has one who must not come again, and one has asked for that.
 */

#include "app/demo/demo.h"
#include "app/demo/city/services.h"
#include "care/pair/pair.h"
#include "care/visit/visit.h"

enum { VISITS = 200, PAIRS = 3 };

static const struct { int kind, state, said_by; const char *reason; } kinds[PAIRS] = {
    { PAIR_PREFERRED, PAIR_STANDING, PAIR_SAID_ELDER, "听得懂她的家乡话" },
    { PAIR_FORBIDDEN, PAIR_STANDING, PAIR_SAID_FAMILY, "上门时说话急，老人有些怕" },
    { PAIR_FORBIDDEN, PAIR_ASKED, PAIR_SAID_ELDER, "" },
};

static enum err note(struct ctx *c, void *arg)
{
    return entity_create_by_rule(c, &carer_pair_entity, arg);
}

static bool taken(const struct carer_pair *pairs, size_t n, struct elder_id elder)
{
    for (size_t i = 0; i < n; i++)
        if (pairs[i].elder.n == elder.n)
            return true;
    return false;
}

enum err demo_pairs(struct demo *d)
{
    struct query q;
    struct page page;
    struct carer_pair pairs[PAIRS];
    size_t n = 0;
    TRY(query_read(d->c, &visit_entity,
                   sv_fmt(&d->c->mem, "state=done&org=%lld&size=%d",
                          (long long)d->orgs[demo_first_station(d)].id.n, VISITS), &q));
    TRY(entity_list(d->c, &visit_entity, &q, &page));
    const struct visit *visits = page.rows;
    for (size_t i = page.n; i-- > 0 && n < PAIRS;) {
        if (!visits[i].elder.n || taken(pairs, n, visits[i].elder))
            continue;
        struct carer_pair *p = &pairs[n];
        record_clear(carer_pair_fields, p);
        p->elder = visits[i].elder;
        p->carer = visits[i].carer;
        p->kind = kinds[n].kind;
        p->state = kinds[n].state;
        p->said_by = kinds[n].said_by;
        p->reason = sv_of(kinds[n].reason);
        p->valid_from = d->today;
        TRY(transaction(d->c, note, p));
        n++;
    }
    return ERR_NONE;
}
