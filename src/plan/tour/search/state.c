/* state.c - making room for a search, sized from the problem. */

#include "plan/tour/search/state.h"

#include "plan/tour/search/tie.h"

#include <string.h>

/* --- ways --- */

static const int32_t *turned(struct arena *mem, const int32_t *m, int32_t width)
{
    bool same = true;
    for (int32_t i = 0; i < width && same; i++)
        for (int32_t j = i + 1; j < width && same; j++)
            same = m[i * width + j] == m[j * width + i];
    if (same)
        return m;
    int32_t *t = NEW(mem, int32_t, (size_t)width * (size_t)width);
    for (int32_t i = 0; i < width; i++)
        for (int32_t j = 0; j < width; j++)
            t[j * width + i] = m[i * width + j];
    return t;
}

static void make_ways(struct state *s)
{
    s->ways = NEW(s->mem, struct ways, s->p->travels_n);
    for (int i = 0; i < s->p->travels_n; i++) {
        const struct tour_travel *t = &s->p->travels[i];
        struct ways *w = &s->ways[i];
        *w = (struct ways){ .time = t->time, .cost = t->cost, .distance = t->distance };
        w->time_to = turned(s->mem, t->time, s->width);
        w->cost_to = t->cost == t->time ? w->time_to : turned(s->mem, t->cost, s->width);
    }
}

/* --- visits and carers --- */

static void make_visits(struct state *s)
{
    int n = s->p->visits_n, kinds = 0;
    for (int k = 0; k < s->p->carers_n; k++)
        kinds = s->p->carers[k].kind >= kinds ? s->p->carers[k].kind + 1 : kinds;
    s->open = NEW(s->mem, int32_t, n);
    s->close = NEW(s->mem, int32_t, n);
    s->service = NEW(s->mem, const int32_t *, kinds);
    for (int i = 0; i < n; i++) {
        struct tour_windows w = s->p->visits[i].windows;
        s->open[i] = w.n ? w.at[0].open : 0;
        s->close[i] = w.n ? w.at[w.n - 1].close : TOUR_TIME_MAX;
    }
    for (int kind = 0; kind < kinds; kind++) {
        int32_t *of = NEW(s->mem, int32_t, n);
        for (int i = 0; i < n; i++) {
            const struct tour_visit *v = &s->p->visits[i];
            of[i] = v->service_of ? v->service_of[kind] : v->service;
        }
        s->service[kind] = of;
    }
}

/* Whether every carer and visit is of the kind that spot.c sees fastest. */
static bool is_plain(const struct tour_problem *p)
{
    for (int i = 0; i < p->visits_n; i++)
        if (p->visits[i].windows.n > 1 || p->visits[i].setup || p->visits[i].setup_of ||
            p->visits[i].part != TOUR_ALONE)
            return false;
    for (int k = 0; k < p->carers_n; k++)
        if (p->carers[k].breaks_n)
            return false;
    return p->links_n == 0;
}

/* Whether sums over a route must be made after each change. */
static bool is_summed(const struct tour_problem *p)
{
    for (int k = 0; k < p->carers_n; k++) {
        const struct tour_carer *c = &p->carers[k];
        if (c->task_cost || c->travel_max < INT64_MAX || c->distance_max < INT64_MAX)
            return true;
    }
    return false;
}

/* Whose days must be tried whole: hours, prices of being late, rides, loads in breaks. */
static void make_strict(struct state *s)
{
    const struct tour_problem *p = s->p;
    bool all = false, shipments = false;
    s->strict = NEW(s->mem, bool, p->carers_n);
    for (int i = 0; i < p->visits_n; i++) {
        all |= p->visits[i].late_cost > 0 || p->visits[i].ride_max > 0;
        shipments |= p->visits[i].part != TOUR_ALONE;
    }
    for (int k = 0; k < p->carers_n; k++) {
        const struct tour_carer *c = &p->carers[k];
        bool limits = c->travel_max < INT64_MAX || c->distance_max < INT64_MAX;
        s->strict[k] = all || c->hours.most || c->hours.price || (shipments && limits);
        for (int b = 0; b < c->breaks_n; b++)
            s->strict[k] |= c->breaks[b].load_max != NULL;
        s->summed |= s->strict[k];
    }
}

static bool is_mixed(const struct tour_problem *p)
{
    bool delivers = false, picks = false;
    for (int i = 0; i < p->visits_n; i++)
        if (p->visits[i].part != TOUR_ALONE)
            return true;
    for (int i = 0; i < p->visits_n; i++)
        for (int a = 0; a < p->amounts_n; a++) {
            delivers |= p->visits[i].delivery[a] > 0;
            picks |= p->visits[i].pickup[a] > 0;
        }
    return delivers && picks;
}

static bool same_skills(const struct tour_carer *a, const struct tour_carer *b)
{
    struct tour_visit as_a = { .skills = a->skills, .levels = a->levels };
    struct tour_visit as_b = { .skills = b->skills, .levels = b->levels };
    return tour_lacks(a, &as_b, 0) < 0 && tour_lacks(b, &as_a, 0) < 0;
}

static bool same_hours(const struct tour_hours *a, const struct tour_hours *b)
{
    return a->most == b->most && a->usual == b->usual && a->price == b->price &&
           a->waits == b->waits && a->way_off == b->way_off && a->first_off == b->first_off;
}

/* Alike: what one can do the other can, at the same cost. */
static bool alike(const struct tour_problem *p, const struct tour_carer *a,
                  const struct tour_carer *b)
{
    for (int i = 0; i < p->amounts_n; i++)
        if (a->capacity[i] != b->capacity[i])
            return false;
    return a->start == b->start && a->end == b->end && a->shift.open == b->shift.open &&
           a->shift.close == b->shift.close && a->travel == b->travel && a->kind == b->kind &&
           a->breaks_n == 0 && b->breaks_n == 0 && a->fixed_cost == b->fixed_cost &&
           a->task_cost == b->task_cost && a->tasks_max == b->tasks_max &&
           a->travel_max == b->travel_max && a->distance_max == b->distance_max &&
           same_hours(&a->hours, &b->hours) && same_skills(a, b);
}

/* … and for everybody: who is wished for by some is not like one who is not. */
static bool wished_alike(const struct tour_problem *p, int a, int b)
{
    for (int v = 0; p->wish && v < p->visits_n; v++)
        if (p->wish[v * p->carers_n + a] != p->wish[v * p->carers_n + b])
            return false;
    return true;
}

static void make_classes(struct state *s)
{
    s->class_of = NEW(s->mem, int32_t, s->p->carers_n);
    for (int k = 0; k < s->p->carers_n; k++) {
        int first = 0;
        while (first < k && (s->class_of[first] != first ||
                             !alike(s->p, &s->p->carers[first], &s->p->carers[k]) ||
                             !wished_alike(s->p, first, k)))
            first++;
        s->class_of[k] = first;
    }
}

/* --- routes --- */

/* More visits than this never fit a carer's shift. */
static int visits_most(const struct state *s, int k)
{
    const struct tour_carer *c = &s->p->carers[k];
    const int32_t *service = s->service[c->kind];
    int64_t span = (int64_t)c->shift.close - c->shift.open, least = INT32_MAX;
    for (int i = 0; i < s->p->visits_n; i++)
        if (service[i] < least)
            least = service[i];
    int64_t most = least > 0 ? span / least + 1 : s->p->visits_n;
    if (most > c->tasks_max)
        most = c->tasks_max;
    return (int)(most < s->p->visits_n ? most : s->p->visits_n);
}

static void make_route(struct state *s, int k)
{
    const struct tour_carer *c = &s->p->carers[k];
    struct route *r = &s->routes[k];
    r->room = visits_most(s, k) + c->breaks_n + 2;
    r->stops = NEW(s->mem, struct stop, r->room);
    r->saved = NEW(s->mem, struct stop, r->room);
    if (s->mixed)
        r->loads = NEW(s->mem, struct loads, (size_t)r->room * (size_t)s->p->amounts_n);
    int32_t *codes = NEW(s->mem, int32_t, c->breaks_n + 2);
    codes[0] = STOP_START;
    for (int b = 0; b < c->breaks_n; b++)
        codes[1 + b] = STOP_BREAK - b;
    codes[c->breaks_n + 1] = STOP_END;
    r->dead = !route_set(s, k, codes, c->breaks_n + 2);
}

static void make_able(struct state *s)
{
    int n = s->p->visits_n, m = s->p->carers_n;
    s->able = NEW(s->mem, uint8_t, (size_t)(n + 1) * (size_t)m);   /* and a row to mark in */
    for (int i = 0; i < n; i++)
        for (int k = 0; k < m; k++)
            s->able[i * m + k] = !s->routes[k].dead && tour_able(s->p, k, i) &&
                                 (s->p->visits[i].part == TOUR_ALONE ||
                                  tour_able(s->p, k, s->p->visits[i].mate));
}

void state_offer(struct state *s)
{
    int m = s->p->carers_n;
    uint8_t *seen = s->able + (size_t)s->p->visits_n * (size_t)m;
    memset(seen, 0, (size_t)m);
    s->offered_n = s->used = 0;
    for (int k = 0; k < m; k++)
        s->used += s->routes[k].visits > 0;
    for (int k = 0; k < m; k++) {
        bool idle = s->routes[k].visits == 0;
        if (s->routes[k].dead || (idle && (seen[s->class_of[k]] || s->used >= s->used_max)))
            continue;
        if (idle)
            seen[s->class_of[k]] = 1;
        s->offered[s->offered_n++] = k;
    }
}

static void make_leads(struct state *s)
{
    s->lead = NEW(s->mem, int32_t, s->p->visits_n);
    s->other = NEW(s->mem, int32_t, s->p->visits_n);
    for (int v = 0; v < s->p->visits_n; v++) {
        const struct tour_visit *visit = &s->p->visits[v];
        s->lead[v] = visit->part == TOUR_HANDOVER ? visit->mate : v;
        s->other[v] = visit->part == TOUR_ALONE ? TOUR_NONE : visit->mate;
    }
    for (int i = 0; i < s->p->links_n; i++) {
        const struct tour_link *l = &s->p->links[i];
        if (!l->pair)
            continue;
        s->lead[l->second] = l->first;
        s->other[l->first] = l->second;
        s->other[l->second] = l->first;
    }
}

void state_empty(struct state *s)
{
    s->absent_n = 0;
    for (int v = 0; v < s->p->visits_n; v++) {
        s->route_of[v] = TOUR_NONE;
        if (leader_of(s, v) == v)
            s->absent[s->absent_n++] = v;
    }
}

struct state *state_new(struct arena *mem, const struct tour_problem *p, uint64_t seed)
{
    int n = p->visits_n, m = p->carers_n;
    struct state *s = NEW(mem, struct state, 1);
    *s = (struct state){ .p = p, .mem = mem, .width = p->places_n + 1, .plain = is_plain(p),
                         .mixed = is_mixed(p), .used_max = m,
                         .random = seed * 0x9E3779B97F4A7C15ull + 0x1234567 };
    if (s->random == 0)
        s->random = 1;
    make_leads(s);
    ties_new(s);
    make_ways(s);
    make_visits(s);
    make_classes(s);
    s->summed = is_summed(p) || s->mixed;
    make_strict(s);
    s->plain = s->plain && !s->summed;
    s->route_of = NEW(mem, int32_t, n);
    s->absent = NEW(mem, int32_t, n);
    s->touched = NEW(mem, int32_t, m);
    s->offered = NEW(mem, int32_t, m);
    s->routes = NEW(mem, struct route, m);
    s->spots = NEW(mem, struct spot, (size_t)n * (size_t)m);
    for (int k = 0; k < m; k++)
        make_route(s, k);
    make_able(s);
    state_empty(s);
    state_offer(s);
    return s;
}
