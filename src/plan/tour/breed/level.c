/* level.c - which problems can be bred, and their numbers close together. */

#include "plan/tour/breed/level.h"

enum { VISITS_MIN = 5, VISITS_MAX = 1000, NEAR_MOST = 12, SUM_MAX = 500000000 };
#define WAIT_WEIGHT 0.2

/* Alike carers, one load, sums that 32 bits hold. */
static bool is_level(const struct state *s)
{
    const struct tour_problem *p = s->p;
    if (!s->plain || s->ties || p->wish || p->fewest || p->amounts_n > 1 ||
        p->visits_n < VISITS_MIN || p->visits_n > VISITS_MAX)
        return false;
    for (int k = 0; k < p->carers_n; k++)
        if (s->class_of[k] != 0 || s->routes[k].dead || p->carers[k].tasks_max < p->visits_n)
            return false;
    const struct tour_carer *c = &p->carers[0];
    int64_t sum = c->shift.close;
    for (int v = 0; v < p->visits_n; v++) {
        int64_t most = 0;
        if (!s->able[v * p->carers_n])
            return false;
        for (int32_t to = 0; to < p->places_n; to++) {
            int32_t at = p->visits[v].place * s->width + to;
            most = s->ways[c->travel].time[at] > most ? s->ways[c->travel].time[at] : most;
        }
        sum += most + s->service[c->kind][v];
    }
    return c->start != TOUR_NONE && c->end != TOUR_NONE && sum < SUM_MAX &&
           c->capacity[0] < SUM_MAX;
}

static int32_t place_of(const struct state *s, int32_t v, bool from)
{
    const struct tour_carer *c = &s->p->carers[0];
    return v ? s->p->visits[v - 1].place : from ? c->start : c->end;
}

static void make_ways(struct arena *mem, const struct state *s, struct level *l)
{
    const struct tour_carer *c = &s->p->carers[0];
    const struct ways *w = &s->ways[c->travel];
    bool same = w->time == w->cost && c->fixed_cost == 0;
    size_t cells = (size_t)l->width * (size_t)l->width;
    int32_t *time = NEW(mem, int32_t, cells), *cost = same ? time : NEW(mem, int32_t, cells);
    for (int32_t i = 0; i < l->width; i++)
        for (int32_t j = 0; j < l->width; j++) {
            int32_t at = place_of(s, i, true) * s->width + place_of(s, j, false);
            bool out = i || j;                   /* who stays at home goes nowhere */
            time[i * l->width + j] = out ? w->time[at] : 0;
            cost[i * l->width + j] = (out ? w->cost[at] : 0) + (!i && j ? c->fixed_cost : 0);
            l->leg_time += time[i * l->width + j];
            l->leg_cost += w->cost[at];
        }
    l->leg_time = l->leg_time / (int64_t)cells + 1;
    l->leg_cost = l->leg_cost / (int64_t)cells + 1;
    l->time = time;
    l->cost = cost;
    l->even = true;
    for (int32_t i = 1; i < l->width; i++)
        for (int32_t j = 1; j < i; j++)
            l->even &= cost[i * l->width + j] == cost[j * l->width + i];
}

static void make_visits(struct arena *mem, const struct state *s, struct level *l)
{
    const struct tour_carer *c = &s->p->carers[0];
    l->own = NEW(mem, struct span, l->width);
    l->load = NEW(mem, int32_t, l->width);
    l->own[0] = (struct span){ .early = c->shift.open, .late = c->shift.close };
    l->capacity = s->p->amounts_n ? (int32_t)c->capacity[0] : 0;
    for (int32_t v = 1; v < l->width; v++) {
        const struct tour_visit *visit = &s->p->visits[v - 1];
        int32_t close = s->close[v - 1] < c->shift.close ? s->close[v - 1] : c->shift.close;
        l->own[v] = (struct span){ .lasts = s->service[c->kind][v - 1],
                                   .early = s->open[v - 1], .late = close };
        if (s->p->amounts_n)             /* of either kind, never of both: not `mixed` */
            l->load[v] = (int32_t)(visit->delivery[0] + visit->pickup[0]);
    }
}

/* What it costs to come from one to the other, waiting and lateness that cannot be helped too. */
static double apart(const struct level *l, int32_t from, int32_t to)
{
    const struct span *a = &l->own[from], *b = &l->own[to];
    double way = a->lasts + l->time[from * l->width + to];
    double wait = b->early - way - a->late, warp = a->early + way - b->late;
    double price = (double)l->leg_cost / (double)l->leg_time;
    return l->cost[from * l->width + to] +
           price * (WAIT_WEIGHT * (wait > 0 ? wait : 0) + (warp > 0 ? warp : 0));
}

static void make_near(struct arena *mem, struct level *l)
{
    double far[NEAR_MOST];
    l->near_n = l->n - 1 < NEAR_MOST ? l->n - 1 : NEAR_MOST;
    l->near = NEW(mem, int32_t, (size_t)l->width * (size_t)l->near_n);
    for (int32_t u = 1; u < l->width; u++) {
        int32_t *at = l->near + (size_t)u * (size_t)l->near_n;
        int kept = 0;
        for (int32_t v = 1; v < l->width; v++) {
            double way = apart(l, u, v);
            if (v == u || (kept == l->near_n && way >= far[kept - 1]))
                continue;
            int k = kept < l->near_n ? kept++ : kept - 1;
            for (; k > 0 && far[k - 1] > way; k--) {
                far[k] = far[k - 1];
                at[k] = at[k - 1];
            }
            far[k] = way;
            at[k] = v;
        }
    }
}

struct level *level_new(struct arena *mem, const struct state *s)
{
    if (!is_level(s))
        return NULL;
    struct level *l = NEW(mem, struct level, 1);
    l->n = s->p->visits_n;
    l->width = l->n + 1;
    l->fleet = s->p->carers_n < l->n ? s->p->carers_n : l->n;
    make_ways(mem, s, l);
    make_visits(mem, s, l);
    make_near(mem, l);
    return l;
}
