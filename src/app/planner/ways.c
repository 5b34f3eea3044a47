/* ways.c - how long the quickest ways are: lengths added up in the order of the search. */

#include "app/planner/ways.h"

struct ways *ways_new(struct arena *mem, const struct roads *r)
{
    struct ways *w = NEW(mem, struct ways, 1);
    w->roads = r;
    w->reach = reach_new(mem, r);
    w->cm = NEW(mem, uint64_t, r->junctions);
    return w;
}

static uint64_t end_cm(const struct roads *r, const struct anchor *at, int end)
{
    return end == 0 ? at->along_cm : r->edge[at->edge].length_cm - at->along_cm;
}

/* A junction the home's own street leads to; a loop's is taken by its quicker end. */
static uint64_t first_cm(const struct ways *w, uint32_t junction)
{
    const struct anchor *from = &w->reach->from;
    const struct edge *e = &w->roads->edge[from->edge];
    uint32_t out[2];
    for (int end = 0; end < 2; end++)
        out[end] = anchor_out_ms(w->roads, w->reach->profile, from, end);
    int end = e->a == e->b ? out[1] < out[0] : junction == e->b;
    return from->access_cm + end_cm(w->roads, from, end);
}

void ways_from(struct ways *w, enum profile profile, const struct anchor *from, uint32_t limit_ms)
{
    const struct roads *r = w->roads;
    struct reach *s = w->reach;
    reach_from(s, profile, from, limit_ms);
    for (uint32_t i = 0; i < s->settled_n; i++) {
        uint32_t junction = s->settled[i], via = s->via[junction];
        if (via == NO_ARC) {
            w->cm[junction] = first_cm(w, junction);
            continue;
        }
        const struct edge *e = &r->edge[r->arc_edge[via] / 2];
        uint32_t tail = r->arc_edge[via] % 2 ? e->b : e->a;
        w->cm[junction] = w->cm[tail] + e->length_cm;
    }
}

uint64_t ways_cm(const struct ways *w, const struct anchor *to)
{
    const struct roads *r = w->roads;
    const struct reach *s = w->reach;
    if (to->edge == NO_EDGE || s->from.edge == NO_EDGE || reach_ms(s, to) == NOT_REACHED)
        return UINT64_MAX;
    const struct edge *e = &r->edge[to->edge];
    uint64_t best_ms = UINT64_MAX, cm = 0;
    for (int end = 0; end < 2; end++) {
        uint32_t junction = end == 0 ? e->a : e->b, label = reach_junction_ms(s, junction);
        uint32_t in = anchor_in_ms(r, s->profile, to, end);
        if (label == NOT_REACHED || in == NOT_REACHED || (uint64_t)label + in >= best_ms)
            continue;
        best_ms = (uint64_t)label + in;
        cm = w->cm[junction] + end_cm(r, to, end);
    }
    if (to->edge == s->from.edge) {
        uint64_t ms = anchor_between_ms(r, s->profile, &s->from, to);
        uint32_t a = s->from.along_cm, b = to->along_cm;
        ms += profile_access_ms(s->profile, s->from.access_cm);
        if (ms < best_ms)
            cm = s->from.access_cm + (uint64_t)(a < b ? b - a : a - b);
    }
    return cm + to->access_cm;
}
