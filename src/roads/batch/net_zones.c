/*
 * net_zones.c - private land as plain states.
 *
 * reach.h: an arc that leaves a compound is open only to whom set out inside of it. Of a compound
 * with one gate nothing is to be kept: who comes in and out again by one gate has gained nothing.
 * With several gates its junctions stand twice: entered (no way out) and at home. Who is at home
 * and leaves by a gate has a state of the gate: "at the gate, from this compound". From there the
 * street is a change to the public state for nothing, and going back in is free to him. What that
 * loses are ways out by one gate, round outside, in by another, and out by a third; so between
 * the gates' states there are arcs as long as the way round outside where that is shorter than
 * inside. Between two gates the way round is public: a compound on it could not be left again.
 */

#include "roads/batch/inside.h"
#include "roads/batch/search.h"

#include <stdlib.h>

/* --- zones and their gates --- */

/* Of an edge that leads in or out of a compound: the junction that is public; NOT_REACHED: none. */
static uint32_t gate_of(const struct roads *r, const struct edge *e)
{
    bool a = is_inner(r, e->a), b = is_inner(r, e->b);
    if (!(e->flags & ROAD_PRIVATE) || a == b)
        return NOT_REACHED;
    return a ? e->b : e->a;
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static size_t unique(uint64_t *key, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || key[kept - 1] != key[i])
            key[kept++] = key[i];
    return kept;
}

void zones_find(struct net_making *m)
{
    const struct roads *r = m->roads;
    m->zone = NEW(m->mem, uint32_t, r->junctions);
    m->gates = NEW(m->mem, uint32_t, (size_t)r->junctions + 1);
    size_t room = 0, n = 0;
    for (uint32_t i = 0; i < r->edges; i++) {
        const struct edge *e = &r->edge[i];
        if (e->zone == 0 || e->zone > r->junctions)
            continue;
        if (is_inner(r, e->a))
            m->zone[e->a] = e->zone;
        if (is_inner(r, e->b))
            m->zone[e->b] = e->zone;
        uint32_t gate = gate_of(r, e);
        if (gate == NOT_REACHED)
            continue;
        m->gate = GROW(m->mem, m->gate, n, &room);
        m->gate[n++] = (uint64_t)gate << 32 | e->zone;
    }
    if (n)
        qsort(m->gate, n, sizeof *m->gate, by_number);
    n = unique(m->gate, n);
    for (size_t i = 0; i < n; i++)
        m->gates[(uint32_t)m->gate[i]]++;
    for (size_t i = 0; i < n; i++)
        if (m->gates[(uint32_t)m->gate[i]] > 1)
            m->gate[m->gate_n++] = m->gate[i];
}

/* --- states --- */

/* An inner junction "at home" stands behind the entered one. */
static uint32_t home_state(const struct net_making *m, uint32_t junction)
{
    return m->net->junction_state[junction] + (m->gates[m->zone[junction]] > 1);
}

/* A gate's states for its compounds stand behind the public one, in the order of `gate`. */
static uint32_t gate_state(const struct net_making *m, uint32_t junction, uint32_t zone)
{
    uint64_t key = (uint64_t)junction << 32 | zone;
    size_t low = 0, high = m->gate_n, first = 0;
    if (m->gates[zone] < 2)
        return m->net->junction_state[junction];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (m->gate[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    for (first = low; first > 0 && m->gate[first - 1] >> 32 == junction;)
        first--;
    return m->net->junction_state[junction] + 1 + (uint32_t)(low - first);
}

/* Where one is at an end of a private edge who set out from it. */
static uint32_t own_state(const struct net_making *m, const struct edge *e, uint32_t junction)
{
    if (e->zone == 0 || e->zone > m->roads->junctions)
        return m->net->junction_state[junction];
    return is_inner(m->roads, junction) ? home_state(m, junction)
                                        : gate_state(m, junction, e->zone);
}

static bool stops(const struct net *net, uint32_t junction)
{
    return net->roads->junction_flags[junction] & profiles[net->pace.profile].stops;
}

static void number_edge(const struct net_making *m, uint32_t i)
{
    struct net *net = m->net;
    const struct edge *e = &m->roads->edge[i];
    for (int end = 0; end < 2; end++) {
        uint32_t junction = end == 0 ? e->a : e->b;
        bool closed = !net_allows(net, i);
        net->source[i * 2 + (uint32_t)end] =
            closed || stops(net, junction) ? NO_STATE : own_state(m, e, junction);
        net->target[i * 2 + (uint32_t)end] =
            closed ? NO_STATE : net->junction_state[junction];
    }
}

void zones_number(struct net_making *m)
{
    const struct roads *r = m->roads;
    struct net *net = m->net;
    size_t gate = 0;
    net->junction_state = block_take(((size_t)r->junctions + 1) * sizeof *net->junction_state);
    for (uint32_t j = 0; j < r->junctions; j++) {
        net->junction_state[j] = net->states++;
        net->states += m->zone[j] && m->gates[m->zone[j]] > 1;
        for (; gate < m->gate_n && m->gate[gate] >> 32 == j; gate++)
            net->states++;
    }
    net->junction_state[r->junctions] = net->states;
    net->source = block_take(((size_t)r->edges + 1) * 2 * sizeof *net->source);
    net->target = block_take(((size_t)r->edges + 1) * 2 * sizeof *net->target);
    for (uint32_t e = 0; e < r->edges; e++)
        number_edge(m, e);
}

/* --- arcs --- */

static void private_line(struct net_making *m, const struct edge *e, uint32_t tail, uint32_t head,
                         uint32_t cost)
{
    uint32_t from = own_state(m, e, tail), to = own_state(m, e, head);
    if (e->zone > m->roads->junctions)
        return;                                          /* between two gates: nobody's way */
    net_line_add(m, from, to, cost);
    uint32_t entered = m->net->junction_state[tail];
    if (entered != from && is_inner(m->roads, head))
        net_line_add(m, entered, m->net->junction_state[head], cost);
}

void zones_lines(struct net_making *m)
{
    const struct roads *r = m->roads;
    const struct net *net = m->net;
    const struct arc *arcs = r->arc[net->pace.profile];
    for (uint32_t tail = 0; tail < r->junctions; tail++)
        for (uint32_t i = r->first_arc[tail]; i < r->first_arc[tail + 1]; i++) {
            const struct edge *e = &r->edge[r->arc_edge[i] / 2];
            uint32_t cost = net->cost[r->arc_edge[i]], head = arcs[i].head & ~ARC_EXIT;
            if (arcs[i].ms == NOT_REACHED || cost == NOT_REACHED)
                continue;
            if (e->zone)
                private_line(m, e, tail, head, cost);
            else
                net_line_add(m, net->junction_state[tail], net->junction_state[head], cost);
        }
}

void zones_changes(struct net_making *m)
{
    const struct net *net = m->net;
    for (uint32_t j = 0; j < m->roads->junctions; j++)
        for (uint32_t s = net->junction_state[j] + 1; s < net->junction_state[j + 1]; s++)
            net_line_add(m, s, net->junction_state[j], 0);
}

/* --- round outside --- */

struct around { struct net_making *m; struct search *search; const uint64_t *gate; size_t n; };

static uint32_t gate_at(const struct around *w, size_t i)
{
    return (uint32_t)w->gate[i];                         /* by zone: the junction is below */
}

static uint32_t state_at(const struct around *w, size_t i, bool own)
{
    uint32_t zone = (uint32_t)(w->gate[0] >> 32), junction = gate_at(w, i);
    return own ? gate_state(w->m, junction, zone) : w->m->net->junction_state[junction];
}

/* From one gate to all: inside, between the gates' own states, or by the public ones. */
static void gate_costs(const struct around *w, size_t from, bool own, uint32_t limit, uint32_t *out)
{
    search_begin(w->search, limit);
    search_seed(w->search, state_at(w, from, own), 0);
    search_run(w->search);
    for (size_t i = 0; i < w->n; i++)
        out[i] = search_label(w->search, state_at(w, i, own));
    search_clear(w->search);
}

/* Whether a search that ended at `limit` has told all that can matter. */
static bool all_told(const struct around *w, uint32_t limit, const uint32_t *inside,
                     const uint32_t *outside)
{
    for (size_t k = 0; k < w->n; k++)
        if (outside[k] == NOT_REACHED && inside[k] > limit)
            return false;
    return true;
}

/* Gates are mostly near each other: so far, then four times as far, until enough is told. */
static void costs_outside(const struct around *w, size_t from, uint32_t most,
                          const uint32_t *inside, uint32_t *outside)
{
    enum { NEAR = 120000 };
    uint64_t limit = NEAR;
    for (bool told = false; !told; limit *= 4) {
        uint32_t here = limit < most ? (uint32_t)limit : most;
        gate_costs(w, from, false, here, outside);
        told = here == most || all_told(w, here, inside, outside);
    }
}

static void around_zone(const struct around *w)
{
    uint32_t limit = w->m->net->limit;
    uint32_t *inside = NEW(w->m->mem, uint32_t, w->n), *outside = NEW(w->m->mem, uint32_t, w->n);
    for (size_t i = 0; i < w->n; i++) {
        uint32_t far = 0;
        gate_costs(w, i, true, limit, inside);
        for (size_t k = 0; k < w->n; k++)
            far = inside[k] > far ? inside[k] : far;
        costs_outside(w, i, far < limit ? far : limit, inside, outside);
        for (size_t k = 0; k < w->n; k++)
            if (k != i && outside[k] < inside[k])
                net_line_add(w->m, state_at(w, i, true), state_at(w, k, true), outside[k]);
    }
}

/* Searches on what there is so far: in it nobody changes from "at home" to "entered". */
void zones_around(struct net_making *m)
{
    uint64_t *by_zone = NEW(m->mem, uint64_t, m->gate_n);
    for (size_t i = 0; i < m->gate_n; i++)
        by_zone[i] = m->gate[i] << 32 | m->gate[i] >> 32;
    qsort(by_zone, m->gate_n, sizeof *by_zone, by_number);
    net_arcs_make(m);
    struct around w = { .m = m, .search = search_new(m->mem, m->net, false) };
    for (size_t from = 0, to; from < m->gate_n; from = to) {
        for (to = from + 1; to < m->gate_n && by_zone[to] >> 32 == by_zone[from] >> 32;)
            to++;
        w.gate = by_zone + from;
        w.n = to - from;
        around_zone(&w);
    }
    net_arcs_free(m->net);
}
