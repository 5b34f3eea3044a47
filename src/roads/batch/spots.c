/* spots.c - many anchors sorted by where they lie, so that a search finds those it passes. */

#include "roads/batch/spots.h"

#include <stdlib.h>

static bool before(const struct anchor *a, const struct anchor *b)
{
    if (a->edge != b->edge)
        return (uint64_t)a->edge < (uint64_t)b->edge;    /* NO_EDGE is the greatest of all */
    return a->along_cm < b->along_cm;
}

/* Few anchors lie on one edge: they are sorted by insertion, those at one point by number. */
static void sort_part(const struct anchor *anchor, uint32_t *order, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        uint32_t id = order[i], at = i;
        for (; at > 0 && before(&anchor[id], &anchor[order[at - 1]]); at--)
            order[at] = order[at - 1];
        order[at] = id;
    }
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* The same for an edge that bears more than insertion is good for. */
static void sort_many(struct arena *mem, const struct anchor *anchor, uint32_t *order, uint32_t n)
{
    uint64_t *key = NEW(mem, uint64_t, n);
    for (uint32_t i = 0; i < n; i++)
        key[i] = (uint64_t)anchor[order[i]].along_cm << 32 | order[i];
    qsort(key, n, sizeof *key, by_number);
    for (uint32_t i = 0; i < n; i++)
        order[i] = (uint32_t)key[i];
}

uint32_t *spots_order(struct arena *mem, const struct roads *r, const struct anchor *anchor,
                      uint32_t n)
{
    enum { MANY = 64 };
    uint32_t *order = NEW(mem, uint32_t, n);
    uint32_t *next = NEW(mem, uint32_t, (size_t)r->edges + 2);
    for (uint32_t i = 0; i < n; i++)
        next[(anchor[i].edge == NO_EDGE ? r->edges : (uint32_t)anchor[i].edge) + 1]++;
    for (uint32_t e = 0; e <= r->edges; e++)
        next[e + 1] += next[e];
    for (uint32_t i = 0; i < n; i++)
        order[next[anchor[i].edge == NO_EDGE ? r->edges : (uint32_t)anchor[i].edge]++] = i;
    for (uint32_t e = 0, from = 0; e < r->edges; from = next[e++]) {
        uint32_t here = next[e] - from;
        if (here > MANY)
            sort_many(mem, anchor, order + from, here);
        else if (here > 1)
            sort_part(anchor, order + from, here);
    }
    return order;
}

static void put_group(struct spots *s, uint32_t edge, uint32_t first, bool setting_out)
{
    const uint32_t *state = setting_out ? s->net->source : s->net->target;
    s->group[s->groups++] = (struct spot_group){ edge, state[edge * 2], state[edge * 2 + 1],
                                                 first };
}

/* The groups that hang on each state. A loop hangs twice on its one junction, and is seen once. */
static void hang(struct arena *mem, struct spots *s)
{
    uint32_t states = s->net->states;
    s->first = NEW(mem, uint32_t, (size_t)states + 2);
    s->at = NEW(mem, uint32_t, (size_t)s->groups * 2 + 1);
    for (int round = 0; round < 2; round++) {
        for (uint32_t g = 0; g < s->groups; g++)
            for (uint32_t end = 0; end < 2; end++) {
                uint32_t state = end == 0 ? s->group[g].a : s->group[g].b;
                if (state == NO_STATE || (end == 1 && state == s->group[g].a))
                    continue;
                if (round == 0)
                    s->first[state + 2]++;
                else
                    s->at[s->first[state + 1]++] = g * 2 + end;
            }
        for (uint32_t i = 0; round == 0 && i < states; i++)
            s->first[i + 2] += s->first[i + 1];
    }
}

struct spots spots_make(struct arena *mem, const struct net *net, const struct anchor *anchor,
                        uint32_t n, bool setting_out)
{
    struct spots s = { .net = net, .anchor = anchor };
    uint32_t *order = spots_order(mem, net->roads, anchor, n), edge = NOT_REACHED, edges = 0;
    s.spot = NEW(mem, struct spot, n);
    for (uint32_t i = 0; i < n; i++) {
        const struct anchor *at = &anchor[order[i]];
        if (at->edge == NO_EDGE)
            break;
        edges += i == 0 || at->edge != anchor[order[i - 1]].edge;
    }
    s.group = NEW(mem, struct spot_group, (size_t)edges + 1);
    for (uint32_t i = 0; i < n && anchor[order[i]].edge != NO_EDGE; i++) {
        const struct anchor *at = &anchor[order[i]];
        if (at->edge != edge)
            put_group(&s, edge = (uint32_t)at->edge, i, setting_out);
        s.spot[s.n++] = (struct spot){ setting_out ? net_out(net, at, 0) : net_in(net, at, 0),
                                       setting_out ? net_out(net, at, 1) : net_in(net, at, 1),
                                       order[i] };
    }
    s.group[s.groups].first = s.n;
    hang(mem, &s);
    return s;
}

const struct spot_group *spots_on(const struct spots *s, int64_t edge)
{
    uint32_t low = 0, high = s->groups;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (s->group[middle].edge < (uint64_t)edge)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->groups && s->group[low].edge == (uint64_t)edge ? &s->group[low] : NULL;
}
