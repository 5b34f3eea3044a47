/* spot.c - where a visit fits a route and what it costs there. */

#include "plan/tour/search/state.h"

/* What stays the same for all positions of one visit in one route. */
struct look {
    const struct state *s;
    const struct route *t;
    const struct tour_carer *carer;
    const struct tour_visit *visit;
    const int32_t *time, *time_to, *cost, *cost_to;      /* from the visit's place, and to it */
    int32_t v, service, open, close;
    int64_t once;                                        /* cost that no position changes */
};

static void keep(struct spot *f, int64_t cost, int at)
{
    if (cost >= f->cost[SPOTS - 1])
        return;
    int i = SPOTS - 1;
    for (; i > 0 && cost < f->cost[i - 1]; i--) {
        f->cost[i] = f->cost[i - 1];
        f->at[i] = f->at[i - 1];
    }
    f->cost[i] = (int32_t)cost;
    f->at[i] = (int16_t)at;
}

/* The first stop that can still come after the visit. */
static int first_behind(const struct look *l)
{
    int at = 1;
    int32_t done = l->open + l->service;
    while (at < l->t->n - 1 && l->t->stops[at].late < done)
        at++;
    return at;
}

static void look_plain(const struct look *l, struct spot *f)
{
    const struct stop *stops = l->t->stops;
    const int32_t *time = l->time, *time_to = l->time_to, *cost = l->cost, *cost_to = l->cost_to;
    int32_t open = l->open, close = l->close, service = l->service, n = l->t->n;
    int32_t best = COST_MAX, second = COST_MAX;
    int best_at = 0, second_at = 0;
    for (int at = first_behind(l); at < n; at++) {
        const struct stop *a = &stops[at - 1], *b = &stops[at];
        if (a->leave > close)
            break;
        int32_t begin = a->leave + time_to[a->place];
        begin = begin > open ? begin : open;
        if (begin > close || begin + service + time[b->place] > b->late)
            continue;
        int32_t more = cost_to[a->place] + cost[b->place] - b->leg;
        if (more >= second)
            continue;
        bool first = more < best;
        second = first ? best : more;
        second_at = first ? best_at : at;
        best = first ? more : best;
        best_at = first ? at : best_at;
    }
    if (best < COST_MAX)
        keep(f, l->once + best, best_at);
    if (second < COST_MAX)
        keep(f, l->once + second, second_at);
}

/* --- with breaks, several windows, setups, limits, mixed loads --- */

/* The setup that the stop behind needs once somebody else comes before it. */
static int32_t setup_behind(const struct look *l, int behind)
{
    const struct stop *b = &l->t->stops[behind];
    if (b->visit < 0 || b[-1].place != b->place || b->place == l->visit->place)
        return 0;
    return tour_setup(l->s->p, (int)(l->carer - l->s->p->carers), b->visit);
}

/* May she leave the new visit at that time, with stop `at` next? *ret_behind: the next place. */
static bool goes_on(const struct look *l, int at, int32_t leave, int *ret_behind)
{
    const struct stop *b = &l->t->stops[at];
    int32_t rest = 0;
    if (b->visit <= STOP_BREAK && leave > b->late)
        return false;
    for (; b->visit <= STOP_BREAK; b++, at++)
        rest += l->carer->breaks[STOP_BREAK - b->visit].service;
    *ret_behind = at;
    return leave + rest + l->time[b->place] + setup_behind(l, at) <= b->late;
}

static bool within_limits(const struct look *l, int before, int behind)
{
    const struct stop *a = &l->t->stops[before], *b = &l->t->stops[behind];
    const struct ways *w = &l->s->ways[l->carer->travel];
    int32_t width = l->s->width, place = l->visit->place;
    bool idle = l->t->visits == 0;
    if (l->carer->travel_max < INT64_MAX) {
        int32_t old = idle ? 0 : w->time[a->place * width + b->place];
        if (l->t->travel + l->time_to[a->place] + l->time[b->place] - old > l->carer->travel_max)
            return false;
    }
    if (l->carer->distance_max < INT64_MAX && w->distance) {
        int64_t more = (int64_t)w->distance[a->place * width + place] +
                       w->distance[place * width + b->place] -
                       (idle ? 0 : w->distance[a->place * width + b->place]);
        if (l->t->distance + more > l->carer->distance_max)
            return false;
    }
    return true;
}

static bool carries(const struct look *l, int before)
{
    int m = l->s->p->amounts_n;
    for (int a = 0; l->t->loads && a < m; a++) {
        const struct loads *at = &l->t->loads[before * m + a];
        if (at->before + l->visit->delivery[a] > l->carer->capacity[a] ||
            at->after + l->visit->pickup[a] > l->carer->capacity[a])
            return false;
    }
    return true;
}

static void look_at(const struct look *l, int at, struct spot *f)
{
    const struct stop *a = &l->t->stops[at - 1];
    int carer = (int)(l->carer - l->s->p->carers), behind = at;
    int32_t arrive = a->leave + l->time_to[a->place];
    arrive = arrive > a->floor ? arrive : a->floor;
    int32_t begin = windows_next(l->visit->windows, arrive);
    if (begin > l->close)
        return;
    int32_t setup = a->place == l->visit->place ? 0 : tour_setup(l->s->p, carer, l->v);
    if (!goes_on(l, at, begin + setup + l->service, &behind) || !carries(l, at - 1) ||
        !within_limits(l, at - 1, behind))
        return;
    int64_t task = (int64_t)l->carer->task_cost * (l->service + setup) / 3600;
    const struct stop *b = &l->t->stops[behind];
    keep(f, l->once + task + l->cost_to[a->place] + l->cost[b->place] - b->leg, at);
}

static bool route_takes(const struct look *l)
{
    if (l->t->visits >= l->carer->tasks_max || l->t->n == l->t->room)
        return false;
    for (int a = 0; a < l->s->p->amounts_n; a++)
        if (l->t->load[a] + l->visit->delivery[a] > l->carer->capacity[a] ||
            l->t->pickup[a] + l->visit->pickup[a] > l->carer->capacity[a])
            return false;
    return true;
}

static void look(struct state *s, int visit, int r, struct spot *f)
{
    const struct tour_carer *c = &s->p->carers[r];
    const struct ways *w = &s->ways[c->travel];
    const struct tour_visit *v = &s->p->visits[visit];
    int32_t row = v->place * s->width;
    struct look l = { .s = s, .t = &s->routes[r], .carer = c, .visit = v, .v = visit,
                      .time = w->time + row, .time_to = w->time_to + row,
                      .cost = w->cost + row, .cost_to = w->cost_to + row,
                      .service = s->service[c->kind][visit], .open = s->open[visit],
                      .close = s->close[visit],
                      .once = s->routes[r].visits ? 0 : c->fixed_cost };
    if (s->p->wish)
        l.once += s->p->wish[visit * s->p->carers_n + r];
    for (int i = 0; i < SPOTS; i++)
        f->cost[i] = COST_MAX;
    if (!route_takes(&l))
        return;
    if (s->plain) {
        look_plain(&l, f);
        return;
    }
    for (int at = 1; at < l.t->n && l.t->stops[at - 1].leave <= l.close; at++)
        look_at(&l, at, f);
}

const struct spot *spot_of(struct state *s, int visit, int r)
{
    struct spot *f = &s->spots[visit * s->p->carers_n + r];
    if (f->version != s->routes[r].version) {
        look(s, visit, r, f);
        f->version = s->routes[r].version;
    }
    return f;
}
