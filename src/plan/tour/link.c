/* link.c - what links may be. */

#include "plan/tour/link.h"

int32_t tour_link_from(const struct tour_problem *p, const struct tour_link *link, int carer)
{
    return link->ended ? tour_setup(p, carer, link->first) + tour_service(p, carer, link->first)
                       : 0;
}

static enum err wrong(struct ctx *c, int i, const char *what)
{
    return fail(c, ERR_INVALID, "plan.invalid", "links[%d]: %s", i, what);
}

static enum err check_one(struct ctx *c, const struct tour_problem *p, int i)
{
    const struct tour_link *l = &p->links[i];
    if (l->first < 0 || l->first >= p->visits_n || l->second < 0 || l->second >= p->visits_n)
        return wrong(c, i, "there is no such visit");
    if (p->visits[l->first].part != TOUR_ALONE || p->visits[l->second].part != TOUR_ALONE)
        return wrong(c, i, "a shipment cannot be tied to a visit");
    if (l->first == l->second)
        return wrong(c, i, "ties a visit to itself");
    if (l->min < 0 || l->max > TOUR_TIME_MAX || l->max < l->min || (l->pair && l->ended))
        return wrong(c, i, "at most is less than at least");
    return ERR_NONE;
}

/* Of a pair the first stands for both. */
static enum err find_pairs(struct ctx *c, const struct tour_problem *p, int32_t *lead, int *ret_at)
{
    for (int v = 0; v < p->visits_n; v++)
        lead[v] = TOUR_NONE;
    for (int i = 0; i < p->links_n; i++) {
        const struct tour_link *l = &p->links[i];
        *ret_at = i;
        if (!l->pair)
            continue;
        if (lead[l->first] != TOUR_NONE || lead[l->second] != TOUR_NONE)
            return wrong(c, i, "a visit can be half of one pair only");
        lead[l->first] = lead[l->second] = l->first;
    }
    for (int v = 0; v < p->visits_n; v++)
        lead[v] = lead[v] == TOUR_NONE ? v : lead[v];
    return ERR_NONE;
}

/* Takes away, again and again, links whose first waits for nothing; what is left is a circle. */
static enum err find_circle(struct ctx *c, const struct tour_problem *p, const int32_t *lead,
                            int *ret_at)
{
    int32_t *waits = NEW(&c->mem, int32_t, p->visits_n);
    bool *gone = NEW(&c->mem, bool, p->links_n);
    for (int i = 0; i < p->links_n; i++)
        waits[lead[p->links[i].second]] += !p->links[i].pair;
    for (bool found = true; found;) {
        found = false;
        for (int i = 0; i < p->links_n; i++) {
            const struct tour_link *l = &p->links[i];
            if (gone[i] || l->pair || waits[lead[l->first]])
                continue;
            gone[i] = found = true;
            waits[lead[l->second]]--;
        }
    }
    for (int i = 0; i < p->links_n; i++) {
        *ret_at = i;
        if (!gone[i] && !p->links[i].pair)
            return wrong(c, i, "waits for itself in a circle");
    }
    return ERR_NONE;
}

enum err tour_links_check(struct ctx *c, const struct tour_problem *p, int *ret_at)
{
    int32_t *lead = NEW(&c->mem, int32_t, p->visits_n);
    *ret_at = 0;
    if (p->links_n > TOUR_LINKS_MAX)
        return wrong(c, TOUR_LINKS_MAX, "at most 10,000 in one plan");
    for (int i = 0; i < p->links_n; i++) {
        *ret_at = i;
        TRY(check_one(c, p, i));
    }
    TRY(find_pairs(c, p, lead, ret_at));
    return find_circle(c, p, lead, ret_at);
}
