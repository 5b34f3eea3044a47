/* descent.c - lanes, and looking at pairs of visits until nothing is cheaper. */

#include "plan/tour/breed/descent.h"

#include "plan/tour/search/chance.h"

struct descent *descent_new(struct arena *mem, const struct level *l, struct state *s)
{
    struct descent *d = NEW(mem, struct descent, 1);
    *d = (struct descent){ .l = l, .s = s };
    d->nodes = NEW(mem, struct node, l->width);
    d->lanes = NEW(mem, struct lane, l->fleet);
    d->tested = NEW(mem, int32_t, l->width);
    d->order = NEW(mem, int32_t, l->n);
    for (int i = 0; i < 2; i++)
        d->room[i] = NEW(mem, int32_t, l->n);
    for (int32_t v = 0; v < l->n; v++)
        d->order[v] = v + 1;
    d->nodes[0].before = d->nodes[0].behind = l->own[0];
    return d;
}

void lane_set(struct descent *d, int32_t lane, const int32_t *visits, int n)
{
    struct lane *t = &d->lanes[lane];
    const struct span *own = d->l->own;
    int32_t prev = 0;
    *t = (struct lane){ .n = n, .when = d->clock, .first = n ? visits[0] : 0 };
    for (int i = 0; i < n; i++) {
        struct node *v = &d->nodes[visits[i]];
        v->lane = lane;
        v->at = i + 1;
        v->prev = prev;
        v->next = i + 1 < n ? visits[i + 1] : 0;
        v->leg = cost_of(d, prev, visits[i]);
        v->leave = cost_of(d, visits[i], v->next);
        t->load = v->sum = t->load + d->l->load[visits[i]];
        v->before = span_join(d->nodes[prev].before, time_of(d, prev, visits[i]), own[visits[i]]);
        prev = visits[i];
    }
    t->last = prev;
    t->warp = span_warp(d->nodes[prev].before, time_of(d, prev, 0), own[0]);
    t->over = lane_over(d, t->load, t->warp);
    for (int32_t i = n - 1, next = 0; i >= 0; next = visits[i--])
        d->nodes[visits[i]].behind = span_join(own[visits[i]], time_of(d, visits[i], next),
                                               d->nodes[next].behind);
}

/* --- inserting --- */

struct gap { int64_t more; int32_t lane, before; };

/* The place behind `u` for v, if it is better than the best so far. */
static void gap_try(const struct descent *d, int32_t v, int32_t lane, int32_t u, struct gap *best)
{
    const struct lane *t = &d->lanes[lane];
    int32_t x = u ? d->nodes[u].next : t->first;
    int64_t more = FINE * (int64_t)(cost_of(d, u, v) + cost_of(d, v, x) - cost_of(d, u, x));
    if (more - t->over >= best->more)
        return;
    struct span s = span_join(d->nodes[u].before, time_of(d, u, v), d->l->own[v]);
    int32_t warp = span_warp(s, time_of(d, v, x), d->nodes[x].behind);
    more += lane_over(d, t->load + d->l->load[v], warp) - t->over;
    if (more < best->more)
        *best = (struct gap){ more, lane, u };
}

static int32_t idle_lane(const struct descent *d)
{
    for (int32_t r = 0; r < d->l->fleet; r++)
        if (d->lanes[r].n == 0)
            return r;
    return TOUR_NONE;
}

/* The lane's visits, with v behind `before`. */
static void lane_insert(struct descent *d, int32_t lane, int32_t before, int32_t v)
{
    int32_t *out = d->room[0];
    int n = 0;
    if (before == 0)
        out[n++] = v;
    for (int32_t u = d->lanes[lane].first; u; u = d->nodes[u].next) {
        out[n++] = u;
        if (u == before)
            out[n++] = v;
    }
    lane_set(d, lane, out, n);
}

void descent_insert(struct descent *d, const int32_t *visits, int n)
{
    for (int i = 0; i < n; i++) {
        struct gap best = { .more = INT64_MAX };
        int32_t v = visits[i], idle = idle_lane(d);
        for (int32_t r = 0; r < d->l->fleet; r++) {
            if (d->lanes[r].n == 0 && r != idle)
                continue;
            for (int32_t u = 0, more = 1; more; more = u != 0) {
                gap_try(d, v, r, u, &best);
                u = u ? d->nodes[u].next : d->lanes[r].first;
            }
        }
        lane_insert(d, best.lane, best.before, v);
    }
}

/* --- descending --- */

static void shuffle(struct descent *d)
{
    for (int32_t i = d->l->n - 1; i > 0; i--) {
        int32_t j = state_below(d->s, i + 1), one = d->order[i];
        d->order[i] = d->order[j];
        d->order[j] = one;
    }
}

/* All pairs of one visit that were not looked at since their days changed. */
static bool look_from(struct descent *d, int32_t u)
{
    const int32_t *near = d->l->near + (size_t)u * (size_t)d->l->near_n;
    int32_t last = d->tested[u];
    bool moved = false;
    d->tested[u] = d->clock;
    for (int i = 0; i < d->l->near_n; i++) {
        int32_t a = d->lanes[d->nodes[u].lane].when, b = d->lanes[d->nodes[near[i]].lane].when;
        if ((a > last || b > last) && moves_edge(d, u, near[i]))
            moved = true;
    }
    int32_t idle = idle_lane(d);
    if (idle != TOUR_NONE && d->lanes[d->nodes[u].lane].when > last && moves_alone(d, u, idle))
        moved = true;
    return moved;
}

void descent_run(struct descent *d)
{
    for (int32_t r = 0; r < d->l->fleet; r++) {
        struct lane *t = &d->lanes[r];
        t->when = t->when < 0 ? -1 : 0;
        t->over = lane_over(d, t->load, t->warp);
    }
    d->clock = 0;
    for (int32_t v = 1; v < d->l->width; v++)
        d->tested[v] = -1;
    shuffle(d);
    for (bool moved = true; moved;) {
        moved = false;
        for (int32_t i = 0; i < d->l->n; i++)
            moved |= look_from(d, d->order[i]);
    }
}
