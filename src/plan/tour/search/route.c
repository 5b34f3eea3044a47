/* route.c - one carer's route: its times forward and backward, and changing it. */

#include "plan/tour/schedule.h"
#include "plan/tour/search/tie.h"

#include <assert.h>
#include <string.h>

int32_t windows_next(struct tour_windows w, int32_t t)
{
    if (w.n == 0)
        return t;
    for (int i = 0; i < w.n; i++)
        if (t <= w.at[i].close)
            return t > w.at[i].open ? t : w.at[i].open;
    return INT32_MAX;
}

int32_t windows_last(struct tour_windows w, int32_t t)
{
    if (w.n == 0)
        return t;
    for (int i = w.n; i-- > 0;)
        if (t >= w.at[i].open)
            return t < w.at[i].close ? t : w.at[i].close;
    return -1;
}

static const struct tour_carer *carer_of(const struct state *s, int r)
{
    return &s->p->carers[r];
}

static const struct ways *ways_of(const struct state *s, int r)
{
    return &s->ways[carer_of(s, r)->travel];
}

static int32_t place_or_nowhere(const struct state *s, int32_t place)
{
    return place == TOUR_NONE ? s->p->places_n : place;
}

/* What she does at a stop, coming from `from`. */
static int32_t work(const struct state *s, int r, int32_t visit, int32_t from)
{
    int32_t service = s->service[carer_of(s, r)->kind][visit];
    if (s->plain || s->p->visits[visit].place == from)
        return service;
    return service + tour_setup(s->p, r, visit);
}

/* --- forward --- */

static bool forward_break(const struct state *s, int r, const struct stop *before,
                          struct stop *at)
{
    const struct tour_break *b = &carer_of(s, r)->breaks[STOP_BREAK - at->visit];
    int32_t free = before->leave > before->floor ? before->leave : before->floor;
    at->place = before->place;
    at->leg = 0;
    at->begin = windows_next(b->windows, free);
    if (at->begin > TOUR_TIME_MAX)
        return false;
    at->leave = before->leave + b->service;
    at->floor = at->begin + b->service;
    return true;
}

bool stop_next(const struct state *s, int r, const struct stop *before, struct stop *at)
{
    const struct ways *w = ways_of(s, r);
    if (at->visit <= STOP_BREAK)
        return forward_break(s, r, before, at);
    int32_t way = before->place * s->width + at->place;
    int32_t arrive = before->leave + w->time[way];
    if (arrive < before->floor)
        arrive = before->floor;
    at->leg = w->cost[way];
    if (at->visit == STOP_END) {
        at->begin = at->leave = arrive;
        return arrive <= carer_of(s, r)->shift.close;
    }
    at->begin = windows_next(s->p->visits[at->visit].windows, arrive);
    if (at->begin > TOUR_TIME_MAX)
        return false;
    at->leave = at->floor = at->begin + work(s, r, at->visit, before->place);
    return at->leave <= TOUR_TIME_MAX;
}

/* The same for a state that is plain, where a stop's own numbers say all. */
static bool forward_plain(const struct state *s, int r, int from, int sure)
{
    struct route *t = &s->routes[r];
    const struct ways *w = ways_of(s, r);
    const int32_t *service = s->service[carer_of(s, r)->kind];
    for (int i = from; i < t->n - 1; i++) {
        const struct stop *before = &t->stops[i - 1];
        struct stop *at = &t->stops[i];
        int32_t way = before->place * s->width + at->place, old = at->leave, v = at->visit;
        int32_t arrive = before->leave + w->time[way];
        at->leg = w->cost[way];
        at->begin = arrive > s->open[v] ? arrive : s->open[v];
        at->leave = at->begin + service[v];
        if (at->begin > s->close[v])
            return false;
        if (i > sure && at->leave == old)
            return true;
    }
    return stop_next(s, r, &t->stops[t->n - 2], &t->stops[t->n - 1]);
}

/*
 * Earliest moments from stop `from` on. Stops behind `sure` were in this order already, so that
 * nothing changes behind one of them that is left when it was before.
 */
static bool forward(const struct state *s, int r, int from, int sure)
{
    struct route *t = &s->routes[r];
    if (s->plain)
        return forward_plain(s, r, from, sure);
    for (int i = from; i < t->n; i++) {
        struct stop *at = &t->stops[i], old = *at;
        if (!stop_next(s, r, &t->stops[i - 1], at))
            return false;
        if (i > sure && at->leave == old.leave && at->floor == old.floor &&
            at->place == old.place)
            return true;
    }
    return true;
}

/* --- backward --- */

/* The latest she may leave stop i. */
static int32_t leave_latest(const struct state *s, int r, int i)
{
    const struct route *t = &s->routes[r];
    const struct tour_carer *c = carer_of(s, r);
    int32_t rest = 0, most = INT32_MAX;
    int next = i + 1;
    if (t->stops[next].visit <= STOP_BREAK)
        most = t->stops[next].late;
    for (; t->stops[next].visit <= STOP_BREAK; next++)
        rest += c->breaks[STOP_BREAK - t->stops[next].visit].service;
    int32_t way = ways_of(s, r)->time[t->stops[i].place * s->width + t->stops[next].place];
    int32_t latest = t->stops[next].late - way - rest;
    return latest < most ? latest : most;
}

static void backward_stop(const struct state *s, int r, int i)
{
    struct route *t = &s->routes[r];
    struct stop *at = &t->stops[i];
    if (at->visit <= STOP_BREAK) {
        const struct tour_break *b = &carer_of(s, r)->breaks[STOP_BREAK - at->visit];
        at->late = windows_last(b->windows, t->stops[i + 1].late - b->service);
        return;
    }
    int32_t latest = leave_latest(s, r, i) - work(s, r, at->visit, t->stops[i - 1].place);
    at->late = windows_last(s->p->visits[at->visit].windows, latest);
}

static void backward_plain(const struct state *s, int r, int from, int sure)
{
    struct route *t = &s->routes[r];
    const struct ways *w = ways_of(s, r);
    const int32_t *service = s->service[carer_of(s, r)->kind];
    for (int i = from; i > 0; i--) {
        const struct stop *next = &t->stops[i + 1];
        struct stop *at = &t->stops[i];
        int32_t old = at->late, v = at->visit;
        int32_t late = next->late - w->time[at->place * s->width + next->place] - service[v];
        at->late = late < s->close[v] ? late : s->close[v];
        if (i < sure && at->late == old)
            return;
    }
}

/* Latest moments from stop `from` to the first; stops before `sure` were in this order already. */
static void backward(const struct state *s, int r, int from, int sure)
{
    struct route *t = &s->routes[r];
    t->stops[t->n - 1].late = carer_of(s, r)->shift.close;
    if (from > t->n - 2)
        from = t->n - 2;
    if (s->plain) {
        backward_plain(s, r, from, sure);
        return;
    }
    for (int i = from; i > 0; i--) {
        int32_t old = t->stops[i].late;
        backward_stop(s, r, i);
        if (i < sure && t->stops[i].late == old && t->stops[i].visit >= 0)
            return;
    }
}

/* --- sums --- */

static void sum_loads(struct state *s, struct route *t)
{
    int m = s->p->amounts_n;
    for (int a = 0; a < m; a++) {
        int64_t now = t->load[a], most = now;
        for (int i = 0; i < t->n; i++) {
            int32_t v = t->stops[i].visit;
            if (v >= 0)
                now += s->p->visits[v].pickup[a] - s->p->visits[v].delivery[a];
            most = now > most ? now : most;
            t->loads[i * m + a] = (struct loads){ .now = now, .before = most };
        }
        most = 0;
        for (int i = t->n - 1; i >= 0; i--) {
            struct loads *l = &t->loads[i * m + a];
            most = l->now > most ? l->now : most;
            l->after = most;
        }
    }
}

static int64_t task_cost(const struct state *s, int r, const struct stop *at)
{
    const struct tour_carer *c = carer_of(s, r);
    if (c->task_cost == 0 || at->visit < 0)
        return 0;
    int32_t setup = at[-1].place == at->place ? 0 : tour_setup(s->p, r, at->visit);
    return (int64_t)c->task_cost * (s->service[c->kind][at->visit] + setup) / 3600;
}

static void sum_visit(struct state *s, struct route *t, int r, int32_t v)
{
    const struct tour_visit *visit = &s->p->visits[v];
    t->visits++;
    t->wishes += s->p->wish ? s->p->wish[v * s->p->carers_n + r] : 0;
    for (int a = 0; a < s->p->amounts_n && visit->part == TOUR_ALONE; a++) {
        t->load[a] += visit->delivery[a];
        t->pickup[a] += visit->pickup[a];
    }
}

/* What the whole day costs but for wishes; false when something of it would have to give. */
static bool try_whole(const struct state *s, int r, int64_t *ret_cost)
{
    const struct route *t = &s->routes[r];
    struct tour_trial trial;
    int32_t codes[t->n];
    if (t->visits == 0)
        return true;
    for (int i = 0; i < t->n; i++)
        codes[i] = t->stops[i].visit;
    if (!tour_try(s->p, r, codes, t->n, TOUR_NONE, &trial) || !tour_holds(&trial))
        return false;
    *ret_cost = trial.cost;
    return true;
}

/*
 * Cost, travel and load from the stops; the legs of a carer who does not go out cost nothing.
 * False, nothing counted: a day that must be tried whole does not hold.
 */
static bool sum(struct state *s, int r)
{
    struct route *t = &s->routes[r];
    const struct ways *w = ways_of(s, r);
    int64_t cost = carer_of(s, r)->fixed_cost, travel = 0, distance = 0;
    t->visits = 0;
    t->wishes = 0;
    memset(t->load, 0, sizeof t->load);
    memset(t->pickup, 0, sizeof t->pickup);
    for (int i = 1; i < t->n; i++) {
        const struct stop *at = &t->stops[i];
        cost += at->leg;
        if (s->summed && at->visit > STOP_BREAK) {
            int32_t way = at[-1].place * s->width + at->place;
            travel += w->time[way];
            distance += w->distance ? w->distance[way] : 0;
            cost += task_cost(s, r, at);
        }
        if (at->visit >= 0)
            sum_visit(s, t, r, at->visit);
    }
    if (s->strict[r] && !try_whole(s, r, &cost))
        return false;
    if (t->visits == 0)
        t->stops[t->n - 1].leg = 0;
    s->cost -= t->cost;
    t->cost = t->visits ? cost + t->wishes : 0;
    t->travel = t->visits ? travel : 0;
    t->distance = t->visits ? distance : 0;
    s->cost += t->cost;
    if (t->loads)
        sum_loads(s, t);
    t->version = ++s->versions;
    return true;
}

/* --- changes --- */

void route_keep(struct state *s, int r)
{
    struct route *t = &s->routes[r];
    if (t->touched)
        return;
    t->touched = true;
    s->touched[s->touched_n++] = r;
    memcpy(t->saved, t->stops, sizeof *t->stops * (size_t)t->n);
    t->saved_n = t->n;
    t->kept = (struct kept){ .cost = t->cost, .travel = t->travel, .distance = t->distance,
                             .wishes = t->wishes, .version = t->version, .visits = t->visits };
    memcpy(t->kept.load, t->load, sizeof t->load);
    memcpy(t->kept.pickup, t->pickup, sizeof t->pickup);
}

void route_restore(struct state *s, int r)
{
    struct route *t = &s->routes[r];
    struct stop *stops = t->stops;
    t->stops = t->saved;
    t->saved = stops;
    t->n = t->saved_n;
    s->cost += t->kept.cost - t->cost;
    t->cost = t->kept.cost;
    t->travel = t->kept.travel;
    t->distance = t->kept.distance;
    t->wishes = t->kept.wishes;
    t->version = t->kept.version;
    t->visits = t->kept.visits;
    memcpy(t->load, t->kept.load, sizeof t->load);
    memcpy(t->pickup, t->kept.pickup, sizeof t->pickup);
    if (t->loads)
        sum_loads(s, t);
    t->touched = false;
    for (int i = 1; i < t->n - 1; i++) {
        int32_t v = t->stops[i].visit;
        if (v < 0)
            continue;
        s->route_of[v] = r;
        if (is_tied(s, v))
            tie_pin(s, v, t->stops[i].begin);
    }
}

void state_undo(struct state *s)
{
    bool turned = false;
    for (int i = 0; i < s->touched_n; i++) {
        struct route *t = &s->routes[s->touched[i]];
        if (!t->touched)
            continue;
        turned |= (t->visits == 0) != (t->kept.visits == 0);
        route_restore(s, s->touched[i]);
    }
    s->touched_n = 0;
    if (turned)
        state_offer(s);
}

/* Often a turn puts all back where it was; then what was seen of the route still holds. */
static bool as_kept(const struct route *t)
{
    if (t->n != t->saved_n)
        return false;
    for (int i = 1; i < t->n; i++)
        if (t->stops[i].visit != t->saved[i].visit || t->stops[i].begin != t->saved[i].begin)
            return false;
    return true;
}

void state_settle(struct state *s)
{
    for (int i = 0; i < s->touched_n; i++) {
        struct route *t = &s->routes[s->touched[i]];
        if (t->touched && as_kept(t))
            t->version = t->kept.version;
        t->touched = false;
    }
    s->touched_n = 0;
}

void route_insert(struct state *s, int r, int at, int visit, int32_t cost)
{
    struct route *t = &s->routes[r];
    assert(t->n < t->room);
    memmove(&t->stops[at + 1], &t->stops[at], sizeof *t->stops * (size_t)(t->n - at));
    t->n++;
    t->stops[at] = (struct stop){ .visit = visit, .place = s->p->visits[visit].place };
    s->route_of[visit] = r;
    bool fits = forward(s, r, at, at + 1);
    assert(fits);
    backward(s, r, at, at);
    if (s->summed) {
        fits = sum(s, r);
        assert(fits);
    } else {
        for (int a = 0; a < s->p->amounts_n; a++) {
            t->load[a] += s->p->visits[visit].delivery[a];
            t->pickup[a] += s->p->visits[visit].pickup[a];
        }
        t->visits++;
        t->cost += cost;
        s->cost += cost;
        t->version = ++s->versions;
    }
    if (t->visits == 1)
        state_offer(s);
}

void route_insert_pair(struct state *s, int r, int at, int to, int pickup)
{
    struct route *t = &s->routes[r];
    int both[2] = { pickup, s->p->visits[pickup].mate }, before[2] = { at, to + 1 };
    assert(t->n + 1 < t->room && at <= to);
    for (int i = 0; i < 2; i++) {
        struct stop *stop = &t->stops[before[i]];
        memmove(stop + 1, stop, sizeof *stop * (size_t)(t->n++ - before[i]));
        *stop = (struct stop){ .visit = both[i], .place = s->p->visits[both[i]].place };
        s->route_of[both[i]] = r;
    }
    bool fits = forward(s, r, at, to + 2);
    assert(fits);
    backward(s, r, t->n - 2, 0);
    fits = sum(s, r);
    assert(fits);
    if (t->visits == 2)
        state_offer(s);
}

static bool renew(struct state *s, int r, int from)
{
    int visits = s->routes[r].visits, n = s->routes[r].n;
    if (!forward(s, r, from, n))
        return false;
    backward(s, r, n - 2, 0);
    if (!sum(s, r))
        return false;
    if ((visits == 0) != (s->routes[r].visits == 0))
        state_offer(s);
    return true;
}

bool route_shrink(struct state *s, int r)
{
    struct route *t = &s->routes[r];
    int n = 1, first = 0;
    for (int i = 1; i < t->n; i++) {
        int32_t v = t->stops[i].visit;
        if (v >= 0 && s->route_of[v] == TOUR_NONE) {
            first = first ? first : i;
            continue;
        }
        t->stops[n++] = t->stops[i];
    }
    t->n = n;
    return renew(s, r, first ? first : 1);
}

bool route_set(struct state *s, int r, const int32_t *codes, int n)
{
    struct route *t = &s->routes[r];
    const struct tour_carer *c = carer_of(s, r);
    assert(n <= t->room);
    t->n = n;
    for (int i = 0; i < n; i++) {
        int32_t place = codes[i] >= 0             ? s->p->visits[codes[i]].place
                        : codes[i] == STOP_START  ? place_or_nowhere(s, c->start)
                        : codes[i] == STOP_END    ? place_or_nowhere(s, c->end)
                                                  : 0;
        t->stops[i] = (struct stop){ .visit = codes[i], .place = place };
        if (codes[i] >= 0)
            s->route_of[codes[i]] = r;
    }
    t->stops[0].begin = t->stops[0].leave = t->stops[0].floor = c->shift.open;
    return renew(s, r, 1);
}
