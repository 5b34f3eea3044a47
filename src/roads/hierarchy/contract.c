/*
 * contract.c - taking junctions out, the least important first.
 *
 * How important a junction is: how many levels lie below it already, and how much longer and more
 * the arcs would be that replace its own. That changes when a neighbour is taken out, so it is
 * looked at again then, and equal ones go by number: each run makes the same hierarchy.
 */

#include "roads/hierarchy/hierarchy.h"
#include "roads/hierarchy/witness.h"

enum { LOOKED_AT_MOST = 60 };        /* states a witness search looks at: more shortcuts or time */

struct contraction {
    struct arena     *mem;
    struct hierarchy *made;
    struct left       left;
    struct witness   *witness;
    uint32_t         *level, *importance, *place;    /* place: in the queue + 1; 0: taken out */
    uint32_t         *queue, queue_n;
    uint32_t          taken;
    size_t            up_n, up_room, down_n, down_room;
    struct net_arc   *up, *down;
};

/* --- the graph that is left --- */

static void link_add(struct arena *mem, struct links *links, struct link link)
{
    for (uint32_t i = 0; i < links->n; i++)
        if (links->at[i].state == link.state) {
            if (link.cost < links->at[i].cost)
                links->at[i] = link;
            return;
        }
    links->at = GROW(mem, links->at, links->n, &links->room);
    links->at[links->n++] = link;
}

static void link_drop(struct links *links, uint32_t state)
{
    uint32_t at = 0;
    while (at < links->n && links->at[at].state != state)
        at++;
    for (; at + 1 < links->n; at++)
        links->at[at] = links->at[at + 1];
    links->n--;
}

static void connect(struct contraction *c, uint32_t from, uint32_t to, uint32_t cost,
                    uint32_t hops)
{
    link_add(c->mem, &c->left.out[from], (struct link){ to, cost, hops });
    link_add(c->mem, &c->left.in[to], (struct link){ from, cost, hops });
}

static void load(struct contraction *c, const struct net *net)
{
    c->left = (struct left){ .mem = c->mem, .states = net->states,
                             .out = NEW(c->mem, struct links, net->states),
                             .in = NEW(c->mem, struct links, net->states) };
    for (uint32_t s = 0; s < net->states; s++)
        for (uint32_t i = net->out.first[s]; i < net->out.first[s + 1]; i++)
            connect(c, s, net->out.arc[i].state, net->out.arc[i].cost, 1);
}

/* --- what taking out a state would cost, or does --- */

struct change { uint32_t shortcuts, hops; };

/* The ways from one state past another: counts, or puts in, the shortcuts that are needed. */
static void pass_from(struct contraction *c, uint32_t state, const struct link *in, bool real,
                      struct change *ret_change)
{
    const struct links *out = &c->left.out[state];
    uint64_t limit = 0;
    uint32_t others = 0;
    for (uint32_t i = 0; i < out->n; i++) {
        uint64_t cost = (uint64_t)in->cost + out->at[i].cost;
        if (out->at[i].state == in->state)
            continue;
        others++;
        limit = cost > limit ? cost : limit;
    }
    if (others == 0)
        return;
    limit = limit < NET_COST_MAX ? limit : NET_COST_MAX;
    witness_search(c->witness, in->state, state, (uint32_t)limit, LOOKED_AT_MOST);
    for (uint32_t i = 0; i < out->n; i++) {
        const struct link to = out->at[i];
        uint64_t cost = (uint64_t)in->cost + to.cost;
        if (to.state == in->state || cost > NET_COST_MAX ||
            witness_cost(c->witness, to.state) <= cost)
            continue;
        ret_change->shortcuts++;
        ret_change->hops += in->hops + to.hops;
        if (real)
            connect(c, in->state, to.state, (uint32_t)cost, in->hops + to.hops);
    }
}

static struct change take_past(struct contraction *c, uint32_t state, bool real)
{
    struct change made = { 0, 0 };
    const struct links *in = &c->left.in[state];
    for (uint32_t i = 0; i < in->n; i++) {
        const struct link from = in->at[i];
        pass_from(c, state, &from, real, &made);
    }
    return made;
}

static uint32_t importance(struct contraction *c, uint32_t state)
{
    const struct links *sides[2] = { &c->left.in[state], &c->left.out[state] };
    struct change change = take_past(c, state, false);
    uint32_t arcs = 1, hops = 1;
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; i < sides[side]->n; i++) {
            arcs++;
            hops += sides[side]->at[i].hops;
        }
    return 1000 * c->level[state] + 1000 * change.shortcuts / arcs +
           (uint32_t)(1000 * (uint64_t)change.hops / hops);
}

/* --- the queue: a heap that knows where everybody stands --- */

static bool sooner(const struct contraction *c, uint32_t a, uint32_t b)
{
    return c->importance[a] < c->importance[b] ||
           (c->importance[a] == c->importance[b] && a < b);
}

static void stand(struct contraction *c, uint32_t at, uint32_t state)
{
    c->queue[at] = state;
    c->place[state] = at + 1;
}

static void sift(struct contraction *c, uint32_t at, uint32_t state)
{
    for (; at > 0 && sooner(c, state, c->queue[(at - 1) / 2]); at = (at - 1) / 2)
        stand(c, at, c->queue[(at - 1) / 2]);
    for (uint32_t child = at * 2 + 1; child < c->queue_n; child = at * 2 + 1) {
        child += child + 1 < c->queue_n && sooner(c, c->queue[child + 1], c->queue[child]);
        if (!sooner(c, c->queue[child], state))
            break;
        stand(c, at, c->queue[child]);
        at = child;
    }
    stand(c, at, state);
}

static uint32_t take_least(struct contraction *c)
{
    uint32_t least = c->queue[0], last = c->queue[--c->queue_n];
    c->place[least] = 0;
    if (c->queue_n)
        sift(c, 0, last);
    return least;
}

static void queue_all(struct contraction *c)
{
    uint32_t n = c->left.states;
    c->level = NEW(c->mem, uint32_t, n);
    c->importance = NEW(c->mem, uint32_t, n);
    c->place = NEW(c->mem, uint32_t, n);
    c->queue = NEW(c->mem, uint32_t, n);
    for (uint32_t s = 0; s < n; s++) {
        c->importance[s] = importance(c, s);
        sift(c, c->queue_n++, s);
    }
}

/* --- taking out --- */

/* What is left at a state when it goes leads to what stays: up from it, and down to it. */
static void keep_arcs(struct contraction *c, uint32_t state)
{
    const struct links *out = &c->left.out[state], *in = &c->left.in[state];
    for (uint32_t i = 0; i < out->n; i++) {
        c->up = GROW(c->mem, c->up, c->up_n, &c->up_room);
        c->up[c->up_n++] = (struct net_arc){ out->at[i].state, out->at[i].cost };
        link_drop(&c->left.in[out->at[i].state], state);
    }
    for (uint32_t i = 0; i < in->n; i++) {
        c->down = GROW(c->mem, c->down, c->down_n, &c->down_room);
        c->down[c->down_n++] = (struct net_arc){ in->at[i].state, in->at[i].cost };
        link_drop(&c->left.out[in->at[i].state], state);
    }
    c->made->rank[state] = c->taken++;
    c->made->up.first[c->taken] = (uint32_t)c->up_n;
    c->made->down.first[c->taken] = (uint32_t)c->down_n;
}

/* A neighbour on both sides is looked at once: the second time its level says so. */
static void look_again(struct contraction *c, const struct links *links, uint32_t level,
                       uint32_t *again, uint32_t *ret_n)
{
    for (uint32_t i = 0; i < links->n; i++) {
        uint32_t state = links->at[i].state, n = 0;
        while (n < *ret_n && again[n] != state)
            n++;
        if (n < *ret_n)
            continue;
        again[(*ret_n)++] = state;
        if (c->level[state] <= level)
            c->level[state] = level + 1;
    }
}

static void take_out(struct contraction *c, struct arena *once)
{
    uint32_t state = take_least(c), n = 0;
    const struct links *out = &c->left.out[state], *in = &c->left.in[state];
    uint32_t *again = NEW(once, uint32_t, (size_t)out->n + in->n);
    take_past(c, state, true);
    keep_arcs(c, state);
    look_again(c, out, c->level[state], again, &n);
    look_again(c, in, c->level[state], again, &n);
    for (uint32_t i = 0; i < n; i++) {
        c->importance[again[i]] = importance(c, again[i]);
        sift(c, c->place[again[i]] - 1, again[i]);
    }
    arena_reset(once);
}

/* States become ranks. */
static struct net_arc *ranked(const struct hierarchy *h, const struct net_arc *arc, size_t n,
                              uint32_t *ret_cost_max)
{
    struct net_arc *made = block_take((n + 1) * sizeof *made);
    for (size_t i = 0; i < n; i++) {
        made[i] = (struct net_arc){ h->rank[arc[i].state], arc[i].cost };
        *ret_cost_max = arc[i].cost > *ret_cost_max ? arc[i].cost : *ret_cost_max;
    }
    return made;
}

struct hierarchy *hierarchy_make(const struct net *net)
{
    AUTO(arena_free) struct arena mem = { 0 }, once = { 0 };
    struct hierarchy *h = block_take(sizeof *h);
    struct contraction c = { .mem = &mem, .made = h };
    h->net = net;
    h->nodes = net->states;
    h->rank = block_take(((size_t)h->nodes + 1) * sizeof *h->rank);
    h->up.first = block_take(((size_t)h->nodes + 1) * sizeof *h->up.first);
    h->down.first = block_take(((size_t)h->nodes + 1) * sizeof *h->down.first);
    load(&c, net);
    c.witness = witness_new(&mem, &c.left);
    queue_all(&c);
    while (c.queue_n)
        take_out(&c, &once);
    h->up.arc = ranked(h, c.up, c.up_n, &h->up.cost_max);
    h->down.arc = ranked(h, c.down, c.down_n, &h->down.cost_max);
    return h;
}

void hierarchy_free(struct hierarchy *h)
{
    if (!h)
        return;
    void *const blocks[] = { h->rank, h->up.first, h->up.arc, h->down.first, h->down.arc, h };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        block_free(blocks[i]);
}
