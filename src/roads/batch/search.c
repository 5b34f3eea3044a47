/* search.c - a search on a net within a limit, for thousands of them in a row. */

#include "roads/batch/search.h"

#include <assert.h>
#include <string.h>

struct search *search_new(struct arena *mem, const struct net *net, bool inward)
{
    struct search *s = NEW(mem, struct search, 1);
    const uint32_t states = net->states;
    s->mem = mem;
    s->arcs = inward ? &net->in : &net->out;
    s->blind = net->blind;
    s->cell = arena_room(mem, ((size_t)states + 1) * sizeof *s->cell, 64);
    memset(s->cell, 0xFF, ((size_t)states + 1) * sizeof *s->cell);           /* NOT_REACHED */
    s->touched = arena_room(mem, ((size_t)states + 1) * sizeof *s->touched, 64);
    s->ring = arena_room(mem, SEARCH_BUCKETS * sizeof *s->ring, 64);
    return s;
}

void search_begin(struct search *s, uint32_t limit)
{
    assert(s->touched_n == 0);
    s->limit = limit < NET_COST_MAX ? limit : NET_COST_MAX;
    s->seeds = 0;
}

void search_seed(struct search *s, uint32_t state, uint32_t cost)
{
    if (state == NO_STATE || cost > s->limit)
        return;
    assert(s->seeds < SEARCH_SEEDS_MAX);
    s->seed[s->seeds++] = (struct net_arc){ state, cost };
}

void search_seed_from(struct search *s, const struct net *net, const struct anchor *from)
{
    for (int end = 0; end < 2 && from->edge != NO_EDGE; end++)
        search_seed(s, net->source[from->edge * 2 + end], net_out(net, from, end));
}

void search_seed_to(struct search *s, const struct net *net, const struct anchor *to)
{
    for (int end = 0; end < 2 && to->edge != NO_EDGE; end++)
        search_seed(s, net->target[to->edge * 2 + end], net_in(net, to, end));
}

void search_clear(struct search *s)
{
    for (uint32_t i = 0; i < s->touched_n; i++)
        s->cell[s->touched[i]].label = NOT_REACHED;
    s->touched_n = 0;
}

/* --- the ring --- */

/* Makes room in a bucket that is full; of the one that is looked through the rest is kept. */
static void spill(struct search *s, uint32_t bucket)
{
    struct search_spill *to = &s->spill[bucket];
    uint32_t first = bucket == s->running ? s->next : 0;
    for (uint32_t i = first; i < s->count[bucket]; i++) {
        to->entry = GROW(s->mem, to->entry, to->n, &to->room);
        to->entry[to->n++] = s->ring[bucket][i];
    }
    s->count[bucket] = 0;
    s->next = bucket == s->running ? 0 : s->next;
}

/* Fills an empty bucket again; false when nothing was spilt. */
static bool draw(struct search *s, uint32_t bucket)
{
    struct search_spill *from = &s->spill[bucket];
    while (from->n && s->count[bucket] < SEARCH_ROOM / 2)
        s->ring[bucket][s->count[bucket]++] = from->entry[--from->n];
    return s->count[bucket];
}

static void offer(struct search *s, uint32_t state, uint32_t label)
{
    struct search_cell *cell = &s->cell[state];
    uint32_t at = (label >> s->shift) % SEARCH_BUCKETS;
    if (cell->label <= label || label > s->limit)
        return;
    if (cell->label == NOT_REACHED)
        s->touched[s->touched_n++] = state;
    cell->label = label;
    if (s->blind && s->blind[state])
        return;
    s->ring[at][s->count[at]++] = (struct search_entry){ state, label };
    if (s->count[at] == SEARCH_ROOM)
        spill(s, at);
}

/* The fifth arc of a state, and what follows. */
static void offer_more(struct search *s, struct search_entry from)
{
    const struct net_arcs *arcs = s->arcs;
    for (uint32_t i = arcs->first[from.state] + NET_FOUR; i < arcs->first[from.state + 1]; i++)
        offer(s, arcs->arc[i].state, from.label + arcs->arc[i].cost);
}

/*
 * Buckets are a quarter of a street wide, so that few labels fall within one; wider where the ring
 * would not have a place of its own for every label that can wait at once.
 */
static void set_width(struct search *s)
{
    uint32_t span = s->arcs->cost_max;
    for (uint32_t i = 0; i < s->seeds; i++)
        span = s->seed[i].cost > span ? s->seed[i].cost : span;
    span = span < s->limit ? span : s->limit;
    s->shift = 0;
    while (span >> s->shift >= SEARCH_BUCKETS - 1 || s->arcs->cost_mean >> s->shift >= 8)
        s->shift++;
}

/*
 * What can be reached over the first four arcs, without a guess: label, list and queue are written
 * whether the way is better or not, and only when it is do their ends move on.
 */
static inline void offer_four(struct search *s, struct search_entry from)
{
    const struct net_four *const all = s->arcs->four, *const four = &all[from.state];
    struct search_cell *const cell = s->cell;
    uint32_t *touched = s->touched + s->touched_n;
    const uint32_t limit = s->limit;
    const int shift = s->shift;
    for (int i = 0; i < NET_FOUR; i++) {
        uint32_t goal = four->goal[i], state = goal & NET_GOAL_STATE;
        uint32_t label = from.label + four->cost[i], old = cell[state].label;
        uint32_t better = (uint32_t)(label < old) & (uint32_t)(label <= limit);
        uint32_t at = (label >> shift) % SEARCH_BUCKETS, behind = s->count[at];
        __builtin_prefetch(&all[state]);
        cell[state].label = old ^ ((old ^ label) & (0 - better));
        *touched = state;
        touched += better & (uint32_t)(old == NOT_REACHED);
        s->ring[at][behind] = (struct search_entry){ state, label };
        behind += better & ~(goal >> 31);
        s->count[at] = behind;
        if (__builtin_expect(behind == SEARCH_ROOM, 0))
            spill(s, at);
    }
    s->touched_n = (uint32_t)(touched - s->touched);
}

static void run_bucket(struct search *s, uint32_t bucket)
{
    s->running = bucket;
    do {
        for (s->next = 0; s->next < s->count[bucket];) {
            const struct search_entry from = s->ring[bucket][s->next++];
            const struct search_cell here = s->cell[from.state];
            if (here.label != from.label || from.label > here.bound)
                continue;
            offer_four(s, from);
            if (__builtin_expect(s->arcs->four[from.state].goal[0] & NET_GOAL_MORE, 0))
                offer_more(s, from);
        }
        s->count[bucket] = 0;
    } while (draw(s, bucket));
}

void search_run(struct search *s)
{
    set_width(s);
    s->running = SEARCH_BUCKETS;
    for (uint32_t i = 0; i < s->seeds; i++)
        offer(s, s->seed[i].state, s->seed[i].cost);
    for (uint32_t at = 0, empty = 0; empty < SEARCH_BUCKETS; at = (at + 1) % SEARCH_BUCKETS) {
        empty = s->count[at] || s->spill[at].n ? 0 : empty + 1;
        if (empty == 0)
            run_bucket(s, at);
    }
}
