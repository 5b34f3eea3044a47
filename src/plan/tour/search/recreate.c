/* recreate.c - putting visits back, each where it costs least, with blinks. */

#include "plan/tour/search/ruin.h"
#include "plan/tour/search/tie.h"

#include <stdlib.h>

enum { BLINK = 100 };                    /* one position in so many is not seen */

enum order { BY_CHANCE, BY_LOAD, BY_FAR, BY_NEAR, BY_WIDTH, BY_OPEN, BY_CLOSE, ORDERS };
static const uint8_t weight[ORDERS] = { 4, 4, 2, 1, 2, 2, 2 };

struct key { int64_t at; int32_t v; };

static enum order order_drawn(struct state *s)
{
    int sum = 0, o = 0;
    for (int i = 0; i < ORDERS; i++)
        sum += weight[i];
    int drawn = state_below(s, sum);
    while (drawn >= weight[o])
        drawn -= weight[o++];
    return (enum order)o;
}

static int64_t key_of(struct state *s, enum order by, int v)
{
    const struct tour_visit *visit = &s->p->visits[v];
    int32_t home = s->p->carers[0].start == TOUR_NONE ? s->p->places_n : s->p->carers[0].start;
    int32_t from_home = s->ways[0].cost[home * s->width + visit->place];
    switch (by) {
    case BY_LOAD:
        return -(visit->delivery[0] + visit->pickup[0]);
    case BY_FAR:
        return -from_home;
    case BY_NEAR:
        return from_home;
    case BY_WIDTH:
        return s->close[v] - s->open[v];
    case BY_OPEN:
        return s->open[v];
    case BY_CLOSE:
        return -s->close[v];
    default:
        return (int64_t)(state_random(s) >> 1);
    }
}

static void sort(struct state *s, int32_t *list, int n)
{
    struct key keys[n + 1];              /* never of no length */
    enum order by = order_drawn(s);
    for (int i = 0; i < n; i++)
        keys[i] = (struct key){ .at = key_of(s, by, list[i]), .v = list[i] };
    for (int i = 1; i < n; i++) {
        struct key one = keys[i];
        int at = i;
        for (; at > 0 && keys[at - 1].at > one.at; at--)
            keys[at] = keys[at - 1];
        keys[at] = one;
    }
    for (int i = 0; i < n; i++)
        list[i] = keys[i].v;
}

/* The cheapest route and its spot for a visit, without what a blink missed; COST_MAX: none. */
static int32_t best_spot(struct state *s, int v, int *ret_r, int *ret_at)
{
    int32_t best = COST_MAX;
    const uint8_t *able = s->able + (size_t)v * (size_t)s->p->carers_n;
    for (int i = 0; i < s->offered_n; i++) {
        int r = s->offered[i];
        if (!able[r])
            continue;
        const struct spot *f = spot_of(s, v, r);
        for (int k = 0; k < SPOTS && f->cost[k] < best; k++)
            if (state_below(s, BLINK) != 0) {
                best = f->cost[k];
                *ret_r = r;
                *ret_at = k;
            }
    }
    return best;
}

static void put(struct state *s, int v, int r, int spot, int32_t cost)
{
    const struct spot *f = spot_of(s, v, r);
    route_keep(s, r);
    if (s->p->visits[v].part == TOUR_ALONE)
        route_insert(s, r, f->at[spot], v, cost);
    else
        route_insert_pair(s, r, f->at[0], f->at[1], v);
}

/* Where it costs least; false: nowhere. */
static bool place(struct state *s, int v)
{
    int r, spot;
    if (is_tied(s, v))
        return ties_put(s, v);
    int32_t cost = best_spot(s, v, &r, &spot);
    if (cost == COST_MAX)
        return false;
    put(s, v, r, spot, cost);
    return true;
}

bool recreate(struct state *s, int32_t *list, int n, const int64_t *price, int64_t most)
{
    int64_t lost = 0;
    sort(s, list, n);
    s->absent_n = 0;
    for (int i = 0; i < n; i++) {
        if (s->ties)
            ties_order(s, list, i, n);
        if (!place(s, list[i])) {
            s->absent[s->absent_n++] = list[i];
            lost += price[list[i]];
        }
        if (s->cost + lost > most)
            return false;
    }
    return true;
}
