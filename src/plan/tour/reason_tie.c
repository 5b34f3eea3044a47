/* reason_tie.c - why a visit that is tied to others is not made. */

#include "plan/tour/reason_tie.h"

#include <string.h>

const struct tour_link *tie_of(const struct tour_problem *p, int32_t v)
{
    for (int i = 0; i < p->links_n; i++)
        if (p->links[i].first == v || p->links[i].second == v)
            return &p->links[i];
    return NULL;
}

/* --- the plan's times --- */

struct made { int32_t begin, carer; };   /* begin TOUR_NONE: it is not */

static struct made made_at(const struct tour_plan *plan, int32_t v)
{
    for (int i = 0; i < plan->tours_n; i++)
        for (int s = 0; s < plan->tours[i].steps_n; s++) {
            const struct tour_step *step = &plan->tours[i].steps[s];
            if (step->kind == TOUR_VISIT && step->index == v)
                return (struct made){ step->arrive + step->wait, plan->tours[i].carer };
        }
    return (struct made){ TOUR_NONE, TOUR_NONE };
}

static const struct tour_window always = { 0, TOUR_TIME_MAX };

static struct tour_windows windows_of(const struct tour_problem *p, int32_t v)
{
    struct tour_windows w = p->visits[v].windows;
    return w.n ? w : (struct tour_windows){ &always, 1 };
}

/* What of the windows lies in a span; none: as they were, as another reason is found first. */
static struct tour_windows cut(struct ctx *c, struct tour_windows w, int64_t open, int64_t close)
{
    struct tour_window *at = NEW(&c->mem, struct tour_window, w.n);
    int n = 0;
    for (int i = 0; i < w.n; i++) {
        if (w.at[i].close < open || w.at[i].open > close)
            continue;
        at[n] = w.at[i];
        at[n].open = at[n].open < open ? (int32_t)open : at[n].open;
        at[n].close = at[n].close > close ? (int32_t)close : at[n].close;
        n++;
    }
    return n ? (struct tour_windows){ at, n } : w;
}

const struct tour_problem *tie_pinned(struct ctx *c, const struct tour_problem *p,
                                      const struct tour_plan *plan)
{
    struct tour_problem *own = NEW(&c->mem, struct tour_problem, 1);
    *own = *p;
    own->visits = NEW(&c->mem, struct tour_visit, p->visits_n);
    memcpy(own->visits, p->visits, sizeof *p->visits * (size_t)p->visits_n);
    for (int i = 0; i < p->links_n; i++) {
        const struct tour_link *l = &p->links[i];
        struct made first = made_at(plan, l->first), second = made_at(plan, l->second);
        struct tour_visit *v = own->visits;
        if (first.begin != TOUR_NONE)
            v[l->first].windows = cut(c, windows_of(p, l->first), first.begin, first.begin);
        if (second.begin != TOUR_NONE) {
            v[l->second].windows = cut(c, windows_of(p, l->second), second.begin, second.begin);
        } else if (first.begin != TOUR_NONE) {
            int64_t from = (int64_t)first.begin + tour_link_from(p, l, first.carer);
            v[l->second].windows = cut(c, windows_of(own, l->second), from + l->min, from + l->max);
        }
    }
    return own;
}

/* --- one link --- */

/* Are there two, one for each half? */
static bool two_able(const struct tour_problem *p, const struct tour_link *l)
{
    int firsts = 0, seconds = 0, same = 0;
    for (int k = 0; k < p->carers_n; k++) {
        bool a = tour_able(p, k, l->first), b = tour_able(p, k, l->second);
        firsts += a;
        seconds += b;
        same += a && b;
    }
    return firsts && seconds && !(firsts == 1 && seconds == 1 && same == 1);
}

/* Do windows of both leave begins that keep the link, whoever makes the first? */
static bool can_meet(const struct tour_problem *p, const struct tour_link *l)
{
    struct tour_windows a = windows_of(p, l->first), b = windows_of(p, l->second);
    for (int k = 0; k < p->carers_n; k++) {
        int64_t from = tour_link_from(p, l, k);
        for (int i = 0; i < a.n && tour_able(p, k, l->first); i++)
            for (int j = 0; j < b.n; j++)
                if (b.at[j].close >= a.at[i].open + from + l->min &&
                    b.at[j].open <= a.at[i].close + from + l->max)
                    return true;
    }
    return false;
}

/* Could anybody make it, others aside, by skill and load? */
static bool anybody(const struct tour_problem *p, int32_t v)
{
    for (int k = 0; k < p->carers_n; k++)
        if (tour_able(p, k, v))
            return true;
    return false;
}

static bool explain(struct tour_reason *r, enum tour_why why, int32_t other)
{
    r->why = why;
    r->other = other;
    return true;
}

/* Of a pair, the visit at hand can be made alone. */
static bool explain_pair(const struct tour_problem *p, const struct tour_link *l, int32_t v,
                         struct tour_reason *r)
{
    int32_t other = l->first == v ? l->second : l->first;
    if (!anybody(p, other))
        return explain(r, TOUR_WHY_WITH, other);
    if (!two_able(p, l))
        return explain(r, TOUR_WHY_SECOND, other);
    return !can_meet(p, l) && explain(r, TOUR_WHY_MEET, other);
}

bool tie_explains(const struct tour_problem *p, const struct tour_plan *plan, int32_t v,
                  struct tour_reason *r)
{
    bool pair = false;
    for (int i = 0; i < p->links_n; i++) {
        const struct tour_link *l = &p->links[i];
        if (l->pair && (l->first == v || l->second == v)) {
            pair = true;
            r->other = l->first == v ? l->second : l->first;
            if (explain_pair(p, l, v, r))
                return true;
        }
        if (l->pair || l->second != v)
            continue;
        if (anybody(p, l->first) && !can_meet(p, l))
            return explain(r, TOUR_WHY_MEET, l->first);
        if (made_at(plan, l->first).begin == TOUR_NONE)
            return explain(r, TOUR_WHY_WITH, l->first);
    }
    return pair;                         /* two that others crowd out: no repair is for one alone */
}
