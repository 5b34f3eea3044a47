/* relation.c - who is within a limit of whom. */

#include "roads/batch/relation.h"

#include "roads/batch/search.h"
#include "roads/batch/spots.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct relation_goals { struct arena mem; struct anchor *to; uint32_t n; struct spots spots; };

struct relation_goals *relation_goals_new(const struct net *net, const struct anchor *to,
                                          uint32_t n, bool inward)
{
    struct relation_goals *g = block_take(sizeof *g);
    g->n = n;
    g->to = NEW(&g->mem, struct anchor, n);
    if (n)
        memcpy(g->to, to, n * sizeof *to);
    g->spots = spots_make(&g->mem, net, g->to, n, inward);
    return g;
}

void relation_goals_free(struct relation_goals *g)
{
    if (g)
        arena_free(&g->mem);
    block_free(g);
}

/* While one row is made: the best cost of each `to` seen, and which were. */
struct relation_rows {
    struct relation_ask ask;
    struct search *search;
    struct spots   to;
    uint32_t      *cost, *seen, seen_n;
};

static struct relation_rows making_new(struct arena *mem, const struct relation_ask *q)
{
    assert(q->limit <= q->net->limit);
    struct relation_rows m = { .ask = *q, .search = search_new(mem, q->net, q->inward) };
    if (q->goals) {
        m.ask.to = q->goals->to;
        m.ask.to_n = q->goals->n;
        m.to = q->goals->spots;
    } else {
        m.to = spots_make(mem, q->net, q->to, q->to_n, q->inward);
    }
    m.cost = arena_room(mem, (size_t)m.ask.to_n * sizeof *m.cost, alignof(uint32_t));
    m.seen = NEW(mem, uint32_t, m.ask.to_n);
    memset(m.cost, 0xFF, (size_t)m.ask.to_n * sizeof *m.cost);       /* NOT_REACHED */
    return m;
}

static void see(struct relation_rows *m, uint32_t to, uint64_t cost)
{
    if (cost > m->ask.limit || cost >= m->cost[to])
        return;
    if (m->cost[to] == NOT_REACHED)
        m->seen[m->seen_n++] = to;
    m->cost[to] = (uint32_t)cost;
}

static void see_group(struct relation_rows *m, const struct spot_group *g, uint32_t a, uint32_t b)
{
    for (uint32_t i = g[0].first; i < g[1].first; i++) {
        const struct spot *spot = &m->to.spot[i];
        uint64_t by_a = (uint64_t)a + spot->from_a, by_b = (uint64_t)b + spot->from_b;
        see(m, spot->id, by_a < by_b ? by_a : by_b);
    }
}

static uint32_t label_at(const struct relation_rows *m, uint32_t state)
{
    return state == NO_STATE ? NOT_REACHED : search_label(m->search, state);
}

static void see_own_edge(struct relation_rows *m, const struct anchor *from)
{
    const struct spot_group *g = spots_on(&m->to, from->edge);
    for (uint32_t i = g ? g[0].first : 0; g && i < g[1].first; i++) {
        const struct anchor *to = &m->ask.to[m->to.spot[i].id];
        const struct net *net = m->ask.net;
        see(m, m->to.spot[i].id,
            m->ask.inward ? net_between(net, to, from) : net_between(net, from, to));
    }
}

static void make_row(struct relation_rows *m, const struct anchor *from)
{
    const struct relation_ask *q = &m->ask;
    struct search *s = m->search;
    m->seen_n = 0;
    if (from->edge == NO_EDGE)
        return;
    search_begin(s, q->limit);
    if (q->inward)
        search_seed_to(s, q->net, from);
    else
        search_seed_from(s, q->net, from);
    search_run(s);
    for (uint32_t i = 0; i < s->touched_n; i++) {
        uint32_t state = s->touched[i];
        for (uint32_t at = m->to.first[state]; at < m->to.first[state + 1]; at++) {
            const struct spot_group *g = &m->to.group[m->to.at[at] / 2];
            see_group(m, g, label_at(m, g->a), label_at(m, g->b));
        }
    }
    see_own_edge(m, from);
    search_clear(s);
}

struct relation_rows *relation_rows_new(struct arena *mem, const struct relation_ask *q)
{
    struct relation_rows *m = NEW(mem, struct relation_rows, 1);
    *m = making_new(mem, q);
    return m;
}

struct relation_row relation_row(struct relation_rows *m, const struct anchor *from)
{
    for (uint32_t i = 0; i < m->seen_n; i++)
        m->cost[m->seen[i]] = NOT_REACHED;
    make_row(m, from);
    return (struct relation_row){ m->seen, m->cost, m->seen_n };
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

struct relation relation_make(struct arena *mem, const struct relation_ask *q)
{
    AUTO(arena_free) struct arena scratch = { 0 };
    struct relation_rows m = making_new(&scratch, q);
    struct relation made = { .rows = q->from_n, .first = NEW(mem, size_t, (size_t)q->from_n + 1) };
    size_t n = 0, to_room = 0, cost_room = 0;
    for (uint32_t row = 0; row < q->from_n; row++) {
        make_row(&m, &q->from[row]);
        if (m.seen_n)
            qsort(m.seen, m.seen_n, sizeof *m.seen, by_number);
        for (uint32_t i = 0; i < m.seen_n; i++, n++) {
            made.to = GROW(mem, made.to, n, &to_room);
            made.cost = GROW(mem, made.cost, n, &cost_room);
            made.to[n] = m.seen[i];
            made.cost[n] = m.cost[m.seen[i]];
            m.cost[m.seen[i]] = NOT_REACHED;
        }
        made.first[row + 1] = n;
    }
    return made;
}

void relation_table(struct arena *mem, const struct relation_ask *q, uint32_t *ret_cost)
{
    struct relation_rows m = making_new(mem, q);
    for (uint32_t row = 0; row < q->from_n; row++) {
        uint32_t *out = ret_cost + (size_t)row * m.ask.to_n;
        for (uint32_t i = 0; i < m.ask.to_n; i++)
            out[i] = NOT_REACHED;
        make_row(&m, &q->from[row]);
        for (uint32_t i = 0; i < m.seen_n; i++) {
            out[m.seen[i]] = m.cost[m.seen[i]];
            m.cost[m.seen[i]] = NOT_REACHED;
        }
    }
}
