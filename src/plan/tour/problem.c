/* problem.c - what a problem may be, and what follows from it. */

#include "plan/tour/link.h"

static enum err wrong(struct ctx *c, struct sv path, const char *what)
{
    return fail(c, ERR_INVALID, "plan.invalid", "%.*s: %s", SV_ARG(path), what);
}

struct tour_travel tour_travel_new(struct arena *mem, int places_n, bool distance)
{
    size_t cells = (size_t)(places_n + 1) * (size_t)(places_n + 1);
    struct tour_travel t = { .time = NEW(mem, int32_t, cells) };
    t.cost = t.time;
    t.distance = distance ? NEW(mem, int32_t, cells) : NULL;
    return t;
}

int32_t tour_service(const struct tour_problem *p, int carer, int visit)
{
    const struct tour_visit *v = &p->visits[visit];
    return v->service_of ? v->service_of[p->carers[carer].kind] : v->service;
}

int32_t tour_setup(const struct tour_problem *p, int carer, int visit)
{
    const struct tour_visit *v = &p->visits[visit];
    return v->setup_of ? v->setup_of[p->carers[carer].kind] : v->setup;
}

int tour_lacks(const struct tour_carer *k, const struct tour_visit *v, int from)
{
    const struct tour_skills has = k->skills, wanted = v->skills;
    int at = 0;
    for (int i = from; i < wanted.n; i++) {
        while (at < has.n && has.at[at] < wanted.at[i])
            at++;
        if (at == has.n || has.at[at] != wanted.at[i] ||
            (v->levels ? v->levels[i] : 1) > (k->levels ? k->levels[at] : 1))
            return i;
    }
    return -1;
}

bool tour_able(const struct tour_problem *p, int carer, int visit)
{
    const struct tour_visit *v = &p->visits[visit];
    const struct tour_carer *k = &p->carers[carer];
    if (p->wish && p->wish[visit * p->carers_n + carer] >= TOUR_NEVER)
        return false;
    for (int a = 0; a < p->amounts_n; a++)
        if (v->delivery[a] > k->capacity[a] || v->pickup[a] > k->capacity[a])
            return false;
    return k->tasks_max > 0 && tour_lacks(k, v, 0) < 0;
}

/* --- checks --- */

static enum err check_windows(struct ctx *c, struct sv owner, struct tour_windows w)
{
    if (w.n < 0 || w.n > TOUR_WINDOWS_MAX)
        return wrong(c, owner, "at most 64 windows");
    for (int i = 0; i < w.n; i++) {
        struct sv path = sv_fmt(&c->mem, "%.*s.time_windows[%d]", SV_ARG(owner), i);
        if (w.at[i].open < 0 || w.at[i].close > TOUR_TIME_MAX)
            return wrong(c, path, "must lie in 0 to 1,000,000,000");
        if (w.at[i].close < w.at[i].open)
            return wrong(c, path, "ends before it begins");
        if (i > 0 && w.at[i].open <= w.at[i - 1].close)
            return wrong(c, path, "begins before the one before it ends; windows stand in order");
    }
    return ERR_NONE;
}

static enum err check_part(struct ctx *c, const struct tour_problem *p, int i, struct sv path)
{
    const struct tour_visit *v = &p->visits[i];
    if (v->due < 0 || v->due > TOUR_TIME_MAX || v->late_cost < 0 || v->late_cost > TOUR_LEG_MAX)
        return wrong(c, path, "due must lie in 0 to 1,000,000,000, its price in 0 to 100,000,000");
    if (v->part == TOUR_ALONE)
        return ERR_NONE;
    if (v->mate < 0 || v->mate >= p->visits_n || p->visits[v->mate].mate != i ||
        p->visits[v->mate].part != (v->part == TOUR_PICKUP ? TOUR_HANDOVER : TOUR_PICKUP))
        return wrong(c, path, "a shipment is one pickup and one delivery");
    if (v->ride_max < 0 || v->ride_max > TOUR_TIME_MAX)
        return wrong(c, path, "max_ride_time must lie in 0 to 1,000,000,000");
    return ERR_NONE;
}

static enum err check_visit(struct ctx *c, const struct tour_problem *p, int i)
{
    const struct tour_visit *v = &p->visits[i];
    struct sv path = sv_fmt(&c->mem, "jobs[%d]", i);
    if (v->place < 0 || v->place >= p->places_n)
        return wrong(c, path, "location_index: there is no such row of the matrix");
    if (v->service < 0 || v->service > TOUR_TIME_MAX || v->setup < 0 || v->setup > TOUR_TIME_MAX)
        return wrong(c, path, "service and setup must lie in 0 to 1,000,000,000");
    TRY(check_part(c, p, i, path));
    return check_windows(c, path, v->windows);
}

static enum err check_carer(struct ctx *c, const struct tour_problem *p, int i)
{
    const struct tour_carer *k = &p->carers[i];
    struct sv path = sv_fmt(&c->mem, "vehicles[%d]", i);
    if (k->start < TOUR_NONE || k->start >= p->places_n)
        return wrong(c, path, "start_index: there is no such row of the matrix");
    if (k->end < TOUR_NONE || k->end >= p->places_n)
        return wrong(c, path, "end_index: there is no such row of the matrix");
    if (k->travel < 0 || k->travel >= p->travels_n)
        return wrong(c, path, "profile: there is no such matrix");
    if (k->shift.open < 0 || k->shift.close > TOUR_TIME_MAX)
        return wrong(c, path, "time_window must lie in 0 to 1,000,000,000");
    if (k->shift.close < k->shift.open)
        return wrong(c, path, "time_window ends before it begins");
    if (k->hours.most < 0 || k->hours.usual < 0 || k->hours.price < 0)
        return wrong(c, path, "hours must not be below 0");
    if (k->hours.way_off < 0 || k->hours.way_off > 100)
        return wrong(c, path, "of ways 0 to 100 percent may be no work");
    for (int b = 0; b < k->breaks_n; b++) {
        struct sv one = sv_fmt(&c->mem, "%.*s.breaks[%d]", SV_ARG(path), b);
        TRY(check_windows(c, one, k->breaks[b].windows));
        if (k->breaks[b].service < 0 || k->breaks[b].service > TOUR_TIME_MAX)
            return wrong(c, one, "service must lie in 0 to 1,000,000,000");
    }
    return ERR_NONE;
}

static enum err check_travel(struct ctx *c, const struct tour_problem *p, int i)
{
    const struct tour_travel *t = &p->travels[i];
    size_t cells = (size_t)(p->places_n + 1) * (size_t)(p->places_n + 1);
    for (size_t at = 0; at < cells; at++)
        if (t->time[at] < 0 || t->time[at] > TOUR_LEG_MAX || t->cost[at] < 0 ||
            t->cost[at] > TOUR_LEG_MAX)
            return wrong(c, sv_fmt(&c->mem, "matrices[%d]", i),
                         "times and costs must lie in 0 to 100,000,000");
    return ERR_NONE;
}

enum err tour_check(struct ctx *c, const struct tour_problem *p)
{
    if (p->visits_n < 0 || p->visits_n > TOUR_VISITS_MAX)
        return wrong(c, SV("jobs"), "at most 10,000 in one plan");
    if (p->carers_n < 1 || p->carers_n > TOUR_CARERS_MAX)
        return wrong(c, SV("vehicles"), "1 to 2,000 in one plan");
    if (p->places_n < 1 || p->places_n > TOUR_PLACES_MAX)
        return wrong(c, SV("matrices"), "1 to 4,000 places");
    if ((int64_t)p->visits_n * p->carers_n > TOUR_PAIRS_MAX)
        return wrong(c, SV("jobs"), "jobs times vehicles, at most 4,000,000 in one plan");
    for (int i = 0; i < p->visits_n; i++)
        TRY(check_visit(c, p, i));
    for (int i = 0; i < p->carers_n; i++)
        TRY(check_carer(c, p, i));
    for (int i = 0; i < p->travels_n; i++)
        TRY(check_travel(c, p, i));
    int at;
    return p->links_n ? tour_links_check(c, p, &at) : ERR_NONE;
}
