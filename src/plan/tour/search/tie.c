/* tie.c - visits that are tied to others: put in, pinned and taken out together. */

#include "plan/tour/search/tie.h"

#include "plan/tour/search/chance.h"
#include "plan/tour/search/look.h"

#include <string.h>

/* The link of visit v at place i of its list. */
static const struct tour_link *link_at(const struct state *s, int32_t i)
{
    return &s->p->links[s->ties->at[i]];
}

/* --- pins --- */

static void windows_set(struct state *s, int32_t v, struct tour_windows w)
{
    memcpy(s->ties->own[v], w.at, sizeof *w.at * (size_t)w.n);
    s->ties->visits[v].windows = (struct tour_windows){ s->ties->own[v], w.n };
}

void tie_pin(struct state *s, int32_t v, int32_t begin)
{
    const struct tour_window only = { begin, begin };
    windows_set(s, v, (struct tour_windows){ &only, 1 });
}

bool tie_may(const struct state *s, int32_t v, int32_t begin)
{
    return begin >= 0 && windows_next(s->ties->given[v], begin) == begin;
}

void ties_pin_all(struct state *s, const int32_t *begin)
{
    for (int v = 0; v < s->p->visits_n; v++)
        if (is_tied(s, v) && begin[v] != TOUR_NONE)
            tie_pin(s, v, begin[v]);
}

/* Does the link hold between begins? */
static bool link_holds(const struct state *s, const struct tour_link *l)
{
    int64_t from = (int64_t)tie_begin(s, l->first) +
                   tour_link_from(s->p, l, s->route_of[l->first]);
    int64_t gap = tie_begin(s, l->second) - from;
    return gap >= l->min && gap <= l->max;
}

/* --- out --- */

static void free_unit(struct state *s, int32_t lead)
{
    int32_t both[2] = { lead, s->other[lead] };
    for (int i = 0; i < 2; i++)
        if (both[i] != TOUR_NONE && s->route_of[both[i]] != TOUR_NONE) {
            route_keep(s, s->route_of[both[i]]);
            s->route_of[both[i]] = TOUR_NONE;
        }
}

/* Frees what depends on a visit; appends it to out. */
static int free_waiting(struct state *s, int32_t v, int32_t *out)
{
    int n = 0;
    for (int32_t i = s->ties->first[v]; v != TOUR_NONE && i < s->ties->first[v + 1]; i++) {
        const struct tour_link *l = link_at(s, i);
        if (l->pair || l->first != v || s->route_of[l->second] == TOUR_NONE)
            continue;
        out[n] = leader_of(s, l->second);
        free_unit(s, out[n++]);
    }
    return n;
}

int ties_free(struct state *s, int32_t v, int32_t *out)
{
    int n = 1;
    out[0] = leader_of(s, v);
    free_unit(s, out[0]);
    for (int i = 0; i < n; i++) {
        n += free_waiting(s, out[i], out + n);
        if (s->other[out[i]] != TOUR_NONE)
            n += free_waiting(s, s->other[out[i]], out + n);
    }
    return n;
}

bool ties_shrink(struct state *s, int *ret_r)
{
    for (int i = 0; i < s->touched_n; i++) {
        struct route *t = &s->routes[s->touched[i]];
        bool freed = false;
        for (int at = 1; at < t->n - 1 && t->touched; at++)
            freed |= t->stops[at].visit >= 0 && s->route_of[t->stops[at].visit] == TOUR_NONE;
        *ret_r = s->touched[i];
        if (freed && !route_shrink(s, s->touched[i]))
            return false;
    }
    return true;
}

static int free_tied(struct state *s, int r, int32_t *out)
{
    int n = 0;
    for (int at = 1; at < s->routes[r].n - 1; at++) {
        int32_t v = s->routes[r].stops[at].visit;
        if (v >= 0 && is_tied(s, v) && s->route_of[v] != TOUR_NONE)
            n += ties_free(s, v, out + n);
    }
    return n;
}

int ties_loosen(struct state *s, int32_t *out)
{
    int n = 0, routes = s->touched_n;
    if (state_below(s, 2))
        return 0;
    for (int i = 0; i < routes; i++)
        n += free_tied(s, s->touched[i], out + n);
    return n;
}

static bool link_broken(const struct state *s, const struct tour_link *l)
{
    int32_t a = s->route_of[l->first], b = s->route_of[l->second];
    if (b == TOUR_NONE)
        return l->pair && a != TOUR_NONE;
    return a == TOUR_NONE || (l->pair && a == b) || !link_holds(s, l);
}

void ties_mend(struct state *s)
{
    int bad;
    for (bool broken = true; broken;) {
        broken = false;
        for (int i = 0; i < s->p->links_n; i++)
            if (link_broken(s, &s->p->links[i])) {
                ties_free(s, s->p->links[i].second, s->ties->freed);
                broken = true;
            }
        while (!ties_shrink(s, &bad))            /* ways that are longer without a stop between */
            for (int at = 1; at < s->routes[bad].n - 1; at++)
                if (s->routes[bad].stops[at].visit >= 0)
                    ties_free(s, s->routes[bad].stops[at].visit, s->ties->freed);
    }
    state_settle(s);
}

/* --- in --- */

/* Where one visit could go: its begin, and how much later that could be. */
struct option { int32_t r, at, begin, late; int64_t cost; };

enum { SHORT_LIST = 48, BLINK = 8, LATER = 2 };

/* Sorts one in, cheapest first; the list keeps at most so many. */
static int option_keep(struct option *list, int n, int most, struct option one)
{
    if (n == most && one.cost >= list[n - 1].cost)
        return n;
    int at = n < most ? n++ : n - 1;
    for (; at > 0 && list[at - 1].cost > one.cost; at--)
        list[at] = list[at - 1];
    list[at] = one;
    return n;
}

static struct look look_tied(const struct state *s, int32_t v, int r)
{
    struct look l = look_new(s, v, r);
    l.open = l.visit->windows.at[0].open;
    l.close = l.visit->windows.at[l.visit->windows.n - 1].close;
    return l;
}

static int route_options(struct state *s, int32_t v, int r, struct option *list, int n, int most)
{
    struct look l = look_tied(s, v, r);
    struct fit fit;
    if (!look_takes(&l))
        return n;
    for (int at = 1; at < l.t->n && l.t->stops[at - 1].leave <= l.close; at++)
        if (look_fit(&l, at, &fit) && state_below(s, BLINK))
            n = option_keep(list, n, most, (struct option){
                .r = r, .at = at, .begin = fit.begin, .late = look_latest(&l, at) - fit.leave,
                .cost = fit.cost });
    return n;
}

/* All the places of a visit; of carers who are idle and alike two are seen. */
static int options_of(struct state *s, int32_t v, struct option *list, int most)
{
    int m = s->p->carers_n, n = 0;
    const uint8_t *able = s->able + (size_t)v * (size_t)m;
    uint8_t *seen = s->able + (size_t)s->p->visits_n * (size_t)m;
    memset(seen, 0, (size_t)m);
    for (int r = 0; r < m; r++) {
        if (!able[r] || s->routes[r].dead ||
            (s->routes[r].visits == 0 && seen[s->class_of[r]]++ > 1))
            continue;
        n = route_options(s, v, r, list, n, most);
    }
    return n;
}

/* A choice for a leader: one place, or two. */
struct choice { struct option one[2]; int32_t begin[2]; int64_t cost; };

/* The first begins at which two places keep the link of a pair; false: there are none. */
static bool meet(const struct state *s, const struct tour_link *l, struct choice *c)
{
    const struct tour_windows a = s->ties->visits[l->first].windows,
                              b = s->ties->visits[l->second].windows;
    int32_t first = c->one[0].begin, second = c->one[1].begin;
    for (bool moved = true; moved;) {
        moved = false;
        if (second < first + l->min) {
            second = windows_next(b, first + l->min);
            moved = true;
        }
        if (second > c->one[1].begin + c->one[1].late)
            return false;
        if (first < second - l->max) {
            first = windows_next(a, second - l->max);
            moved = true;
        }
        if (first > c->one[0].begin + c->one[0].late)
            return false;
    }
    c->begin[0] = first;
    c->begin[1] = second;
    return true;
}

/* What a place really costs, where whole days must be tried; with the pins set. */
static int64_t whole_cost(const struct state *s, int32_t v, const struct option *o)
{
    struct look l = look_tied(s, v, o->r);
    return s->strict[o->r] ? look_whole(&l, o->at, TOUR_NONE, 0) : o->cost;
}

/* Now and then some time later, as long as all of it still fits. */
static void put_off(struct state *s, const int32_t *visits, int n, struct choice *c)
{
    int32_t most = TOUR_TIME_MAX;
    if (state_below(s, LATER))
        return;
    for (int i = 0; i < n; i++) {
        int32_t left = c->one[i].begin + c->one[i].late - c->begin[i];
        most = left < most ? left : most;
    }
    int32_t by = state_below(s, (most >> state_below(s, 6)) + 1);
    for (int i = 0; i < n; i++)
        if (windows_next(s->ties->visits[visits[i]].windows, c->begin[i] + by) != c->begin[i] + by)
            return;
    for (int i = 0; i < n; i++)
        c->begin[i] += by;
}

/* Takes the choice when it is cheaper than the best so far. */
static void choose(struct state *s, const int32_t *visits, int n, struct choice c,
                   struct choice *best)
{
    struct tour_windows before[2];
    struct tour_window room[2][TOUR_WINDOWS_MAX + 1];
    bool strict = false;
    put_off(s, visits, n, &c);
    for (int i = 0; i < n; i++)
        strict |= s->strict[c.one[i].r];
    if (strict) {
        c.cost = 0;
        for (int i = 0; i < n; i++) {
            before[i] = s->ties->visits[visits[i]].windows;
            memcpy(room[i], before[i].at, sizeof *room[i] * (size_t)before[i].n);
            tie_pin(s, visits[i], c.begin[i]);
        }
        for (int i = 0; i < n; i++)
            c.cost += whole_cost(s, visits[i], &c.one[i]);
        for (int i = 0; i < n; i++)
            windows_set(s, visits[i], (struct tour_windows){ room[i], before[i].n });
    }
    if (c.cost < best->cost)
        *best = c;
}

static void choose_pair(struct state *s, const struct tour_link *l, int most, struct choice *best)
{
    struct option **list = s->ties->options;
    int32_t visits[2] = { l->first, l->second };
    int n[2];
    for (int i = 0; i < 2; i++)
        n[i] = options_of(s, visits[i], list[i], most);
    for (int i = 0; i < n[0] && n[1]; i++) {
        if (list[0][i].cost + list[1][0].cost >= best->cost)
            break;
        for (int j = 0; j < n[1] && list[0][i].cost + list[1][j].cost < best->cost; j++) {
            struct choice c = { .one = { list[0][i], list[1][j] },
                                .cost = list[0][i].cost + list[1][j].cost };
            if (c.one[0].r != c.one[1].r && meet(s, l, &c))
                choose(s, visits, 2, c, best);
        }
    }
}

static void choose_one(struct state *s, int32_t v, struct choice *best)
{
    struct option *list = s->ties->options[0];
    int n = options_of(s, v, list, SHORT_LIST);
    for (int i = 0; i < n && list[i].cost < best->cost; i++)
        choose(s, &v, 1, (struct choice){ .one = { list[i] }, .begin = { list[i].begin },
                                          .cost = list[i].cost }, best);
}

/* Leaves of windows what lies in a span; false: nothing. */
static bool windows_clip(struct tour_window *w, int *n, int64_t open, int64_t close)
{
    int kept = 0;
    for (int i = 0; i < *n; i++) {
        if (w[i].close < open || w[i].open > close)
            continue;
        w[kept] = w[i];
        w[kept].open = w[kept].open < open ? (int32_t)open : w[kept].open;
        w[kept].close = w[kept].close > close ? (int32_t)close : w[kept].close;
        kept++;
    }
    *n = kept;
    return kept > 0;
}

/* The visit's windows less what those that it waits for leave; false: nothing, or one is absent. */
static bool windows_open(struct state *s, int32_t v, struct tour_windows from)
{
    int n = from.n;
    memcpy(s->ties->own[v], from.at, sizeof *from.at * (size_t)n);
    for (int32_t i = s->ties->first[v]; i < s->ties->first[v + 1]; i++) {
        const struct tour_link *l = link_at(s, i);
        if (l->pair || l->second != v)
            continue;
        if (s->route_of[l->first] == TOUR_NONE)
            return false;
        int64_t since = (int64_t)tie_begin(s, l->first) +
                        tour_link_from(s->p, l, s->route_of[l->first]);
        if (!windows_clip(s->ties->own[v], &n, since + l->min, since + l->max))
            return false;
    }
    s->ties->visits[v].windows = (struct tour_windows){ s->ties->own[v], n };
    return true;
}

static const struct tour_link *pair_of(const struct state *s, int32_t v)
{
    for (int32_t i = s->ties->first[v]; i < s->ties->first[v + 1]; i++)
        if (link_at(s, i)->pair)
            return link_at(s, i);
    return NULL;
}

/* Within the windows that all links leave when `wanted`, else within all that are given. */
static bool put_within(struct state *s, int32_t v, bool wanted)
{
    const struct tour_windows *from = wanted ? s->ties->wanted : s->ties->given;
    const struct tour_link *pair = pair_of(s, v);
    int32_t visits[2] = { v, pair ? pair->second : v };
    struct choice best = { .cost = COST_MAX };
    int n = pair ? 2 : 1;
    for (int i = 0; i < n; i++)
        if (!windows_open(s, visits[i], from[visits[i]]))
            return false;
    if (pair) {
        choose_pair(s, pair, SHORT_LIST, &best);
        if (best.cost == COST_MAX)
            choose_pair(s, pair, INT32_MAX, &best);
    } else {
        choose_one(s, v, &best);
    }
    if (best.cost == COST_MAX)
        return false;
    for (int i = 0; i < n; i++) {
        tie_pin(s, visits[i], best.begin[i]);
        route_keep(s, best.one[i].r);
        route_insert(s, best.one[i].r, best.one[i].at, visits[i], (int32_t)best.one[i].cost);
    }
    return true;
}

static bool same_windows(struct tour_windows a, struct tour_windows b)
{
    return a.n == b.n && memcmp(a.at, b.at, sizeof *a.at * (size_t)a.n) == 0;
}

bool ties_put(struct state *s, int32_t v)
{
    bool wanted = state_below(s, 4) > 0;
    return put_within(s, v, wanted) ||
           (!same_windows(s->ties->wanted[v], s->ties->given[v]) && put_within(s, v, !wanted));
}

/* Does a leader, or its twin, wait for a visit of the other leader? */
static bool waits_for(const struct state *s, int32_t lead, int32_t other)
{
    int32_t both[2] = { lead, s->other[lead] };
    for (int k = 0; k < 2 && both[k] != TOUR_NONE; k++)
        for (int32_t i = s->ties->first[both[k]]; i < s->ties->first[both[k] + 1]; i++)
            if (!link_at(s, i)->pair && link_at(s, i)->second == both[k] &&
                leader_of(s, link_at(s, i)->first) == other)
                return true;
    return false;
}

void ties_order(const struct state *s, int32_t *list, int i, int n)
{
    for (int j = i + 1; j < n && is_tied(s, list[i]); j++)
        if (waits_for(s, list[i], list[j])) {
            int32_t v = list[i];
            list[i] = list[j];
            list[j] = v;
            j = i;
        }
}

/* --- making room --- */

static void copy_windows(struct state *s, int32_t v)
{
    static const struct tour_window always = { 0, TOUR_TIME_MAX };
    struct tour_windows w = s->p->visits[v].windows;
    if (w.n == 0)
        w = (struct tour_windows){ &always, 1 };
    s->ties->given[v] = w;
    s->ties->own[v] = NEW(s->mem, struct tour_window, w.n);
    windows_set(s, v, w);
}

/* How long after the first's begin a link may count from: the least and the most. */
static void link_span(const struct state *s, const struct tour_link *l, int64_t *least,
                      int64_t *most)
{
    *least = INT32_MAX;
    *most = 0;
    for (int k = 0; k < s->p->carers_n; k++) {
        int64_t from = tour_link_from(s->p, l, k);
        *least = from < *least ? from : *least;
        *most = from > *most ? from : *most;
    }
}

/* Spans of begins that links leave one another, round after round. */
static void narrow(struct state *s)
{
    int n = s->p->visits_n;
    int64_t *open = NEW(s->mem, int64_t, 2 * n), *close = open + n;
    for (int v = 0; v < n; v++) {
        struct tour_windows w = s->ties->given[v];
        open[v] = w.n ? w.at[0].open : 0;
        close[v] = w.n ? w.at[w.n - 1].close : TOUR_TIME_MAX;
    }
    for (int round = 0; round < 16; round++)
        for (int i = 0; i < s->p->links_n; i++) {
            const struct tour_link *l = &s->p->links[i];
            int64_t least, most, *o = open, *c = close;
            link_span(s, l, &least, &most);
            int a = l->first, b = l->second;
            o[b] = o[b] > o[a] + least + l->min ? o[b] : o[a] + least + l->min;
            c[b] = c[b] < c[a] + most + l->max ? c[b] : c[a] + most + l->max;
            o[a] = o[a] > o[b] - most - l->max ? o[a] : o[b] - most - l->max;
            c[a] = c[a] < c[b] - least - l->min ? c[a] : c[b] - least - l->min;
        }
    for (int v = 0; v < n; v++) {
        struct tour_windows w = s->ties->given[v];
        if (w.n == 0)
            continue;                    /* not tied */
        struct tour_window *at = NEW(s->mem, struct tour_window, w.n);
        memcpy(at, w.at, sizeof *at * (size_t)w.n);
        s->ties->wanted[v] = windows_clip(at, &w.n, open[v], close[v])
                                 ? (struct tour_windows){ at, w.n } : s->ties->given[v];
    }
}

static void list_links(struct state *s)
{
    struct ties *t = s->ties;
    int n = s->p->visits_n;
    t->first = NEW(s->mem, int32_t, n + 2);
    t->at = NEW(s->mem, int32_t, 2 * s->p->links_n);
    for (int i = 0; i < s->p->links_n; i++) {
        t->first[s->p->links[i].first + 2]++;
        t->first[s->p->links[i].second + 2]++;
    }
    for (int v = 2; v <= n; v++)
        t->first[v] += t->first[v - 1];
    for (int i = 0; i < s->p->links_n; i++) {
        t->at[t->first[s->p->links[i].first + 1]++] = i;
        t->at[t->first[s->p->links[i].second + 1]++] = i;
    }
}

void ties_new(struct state *s)
{
    int n = s->p->visits_n, room = n;
    if (s->p->links_n == 0)
        return;
    struct ties *t = s->ties = NEW(s->mem, struct ties, 1);
    struct tour_problem *own = NEW(s->mem, struct tour_problem, 1);
    *own = *s->p;
    own->visits = t->visits = NEW(s->mem, struct tour_visit, n);
    memcpy(t->visits, s->p->visits, sizeof *t->visits * (size_t)n);
    s->p = own;
    for (int k = 0; k < own->carers_n; k++)
        room += 1 + own->carers[k].breaks_n;
    for (int i = 0; i < 2; i++)
        t->options[i] = NEW(s->mem, struct option, room);
    t->given = NEW(s->mem, struct tour_windows, n);
    t->wanted = NEW(s->mem, struct tour_windows, n);
    t->own = NEW(s->mem, struct tour_window *, n);
    t->freed = NEW(s->mem, int32_t, n + 1);
    list_links(s);
    for (int v = 0; v < n; v++)
        if (is_tied(s, v))
            copy_windows(s, v);
    narrow(s);
}
