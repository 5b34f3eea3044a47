/* spot.c - where a visit fits a route and what it costs there. */

#include "plan/tour/schedule.h"
#include "plan/tour/search/look.h"

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

/* The two best of all positions, kept in registers. */
struct two { int32_t best, second; int best_at, second_at; };

static inline void two_keep(struct two *t, int32_t more, int at)
{
    bool first = more < t->best;
    t->second = first ? t->best : more;
    t->second_at = first ? t->best_at : at;
    t->best = first ? more : t->best;
    t->best_at = first ? at : t->best_at;
}

/* Where ways cost what they last and are as long back: one number for each stop. */
static inline struct two look_even(const struct look *l)
{
    const int32_t *way = l->time;
    int32_t open = l->open, close = l->close, service = l->service;
    struct two two = { COST_MAX, COST_MAX, 0, 0 };
    int at = first_behind(l);
    const struct stop *a = &l->t->stops[at - 1], *end = &l->t->stops[l->t->n];
    int32_t from = way[a->place];
    for (const struct stop *b = a + 1; b < end && a->leave <= close; a = b++, at++) {
        int32_t to = way[b->place], more = from + to - b->leg, begin = a->leave + from;
        from = to;
        if (more >= two.second)
            continue;
        begin = begin > open ? begin : open;
        if (begin <= close && begin + service + to <= b->late)
            two_keep(&two, more, at);
    }
    return two;
}

static inline struct two look_odd(const struct look *l)
{
    const int32_t *time = l->time, *time_to = l->time_to, *cost = l->cost, *cost_to = l->cost_to;
    int32_t open = l->open, close = l->close, service = l->service;
    struct two two = { COST_MAX, COST_MAX, 0, 0 };
    int at = first_behind(l);
    const struct stop *a = &l->t->stops[at - 1], *end = &l->t->stops[l->t->n];
    for (const struct stop *b = a + 1; b < end && a->leave <= close; a = b++, at++) {
        int32_t more = cost_to[a->place] + cost[b->place] - b->leg;
        if (more >= two.second)
            continue;
        int32_t begin = a->leave + time_to[a->place];
        begin = begin > open ? begin : open;
        if (begin <= close && begin + service + time[b->place] <= b->late)
            two_keep(&two, more, at);
    }
    return two;
}

static void look_plain(const struct look *l, struct spot *f)
{
    bool even = l->time == l->time_to && l->time == l->cost && l->time == l->cost_to;
    struct two two = even ? look_even(l) : look_odd(l);
    if (two.best < COST_MAX)
        keep(f, l->once + two.best, two.best_at);
    if (two.second < COST_MAX)
        keep(f, l->once + two.second, two.second_at);
}

/* --- with breaks, several windows, setups, limits, mixed loads --- */

/* The setup that the stop behind needs once somebody else comes before it. */
static int32_t setup_behind(const struct look *l, int behind)
{
    const struct stop *b = &l->t->stops[behind];
    if (b->visit < 0 || b[-1].place != b->place || b->place == l->visit->place)
        return 0;
    return tour_setup(l->s->p, l->r, b->visit);
}

bool look_goes_on(const struct look *l, int at, int32_t leave, int *ret_behind)
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

int32_t look_latest(const struct look *l, int at)
{
    const struct stop *b = &l->t->stops[at];
    int32_t rest = 0, most = b->visit <= STOP_BREAK ? b->late : INT32_MAX;
    for (; b->visit <= STOP_BREAK; b++, at++)
        rest += l->carer->breaks[STOP_BREAK - b->visit].service;
    int32_t latest = b->late - rest - l->time[b->place] - setup_behind(l, at);
    return latest < most ? latest : most;
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

int64_t look_whole(const struct look *l, int at, int32_t mate, int to)
{
    struct tour_trial trial;
    int32_t codes[l->t->n + 2];
    int n = 0;
    for (int i = 0; i < l->t->n; i++) {
        if (i == at)
            codes[n++] = l->v;
        if (i == to && mate != TOUR_NONE)
            codes[n++] = mate;
        codes[n++] = l->t->stops[i].visit;
    }
    if (!tour_try(l->s->p, l->r, codes, n, TOUR_NONE, &trial) || !tour_holds(&trial))
        return COST_MAX;
    const int32_t *wish = l->s->p->wish;
    int64_t more = trial.cost - (l->t->visits ? l->t->cost - l->t->wishes : 0);
    for (int i = 0; i < 2 && wish; i++)
        more += i == 0 || mate != TOUR_NONE
                    ? wish[(i ? mate : l->v) * l->s->p->carers_n + l->r] : 0;
    return more < COST_MAX ? more : COST_MAX - 1;
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

static inline bool fit_at(const struct look *l, int at, struct fit *f)
{
    const struct stop *a = &l->t->stops[at - 1];
    int behind = at;
    int32_t arrive = a->leave + l->time_to[a->place];
    arrive = arrive > a->floor ? arrive : a->floor;
    f->begin = windows_next(l->visit->windows, arrive);
    if (f->begin > l->close)
        return false;
    int32_t setup = a->place == l->visit->place ? 0 : tour_setup(l->s->p, l->r, l->v);
    f->leave = f->begin + setup + l->service;
    if (!look_goes_on(l, at, f->leave, &behind) || !carries(l, at - 1) ||
        !within_limits(l, at - 1, behind))
        return false;
    int64_t task = (int64_t)l->carer->task_cost * (l->service + setup) / 3600;
    const struct stop *b = &l->t->stops[behind];
    f->cost = l->once + task + l->cost_to[a->place] + l->cost[b->place] - b->leg;
    return true;
}

bool look_fit(const struct look *l, int at, struct fit *ret_fit)
{
    return fit_at(l, at, ret_fit);
}

static void look_at(const struct look *l, int at, struct spot *f)
{
    struct fit fit;
    if (!fit_at(l, at, &fit))
        return;
    if (l->s->strict[l->r] && fit.cost < f->cost[SPOTS - 1])
        fit.cost = look_whole(l, at, TOUR_NONE, 0);
    keep(f, fit.cost, at);
}

bool look_takes(const struct look *l)
{
    if (l->t->visits >= l->carer->tasks_max || l->t->n == l->t->room)
        return false;
    for (int a = 0; a < l->s->p->amounts_n; a++)
        if (l->t->load[a] + l->visit->delivery[a] > l->carer->capacity[a] ||
            l->t->pickup[a] + l->visit->pickup[a] > l->carer->capacity[a])
            return false;
    return true;
}

struct look look_new(const struct state *s, int visit, int r)
{
    const struct tour_carer *c = &s->p->carers[r];
    const struct ways *w = &s->ways[c->travel];
    const struct tour_visit *v = &s->p->visits[visit];
    int32_t row = v->place * s->width;
    struct look l = { .s = s, .t = &s->routes[r], .carer = c, .visit = v, .v = visit, .r = r,
                      .time = w->time + row, .time_to = w->time_to + row,
                      .cost = w->cost + row, .cost_to = w->cost_to + row,
                      .service = s->service[c->kind][visit], .open = s->open[visit],
                      .close = s->close[visit],
                      .once = s->routes[r].visits ? 0 : c->fixed_cost };
    if (s->p->wish)
        l.once += s->p->wish[visit * s->p->carers_n + r];
    return l;
}

static void look(struct state *s, int visit, int r, struct spot *f)
{
    struct look l = look_new(s, visit, r);
    for (int i = 0; i < SPOTS; i++)
        f->cost[i] = COST_MAX;
    if (l.visit->part == TOUR_PICKUP) {
        look_pair(&l, f);
        return;
    }
    if (!look_takes(&l))
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
