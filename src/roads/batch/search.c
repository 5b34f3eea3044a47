/* search.c - a search on a net within a limit, for thousands of them in a row. */

#include "roads/batch/search.h"

#include <assert.h>

struct search *search_new(struct arena *mem, const struct net *net, bool inward)
{
    struct search *s = NEW(mem, struct search, 1);
    const struct net_arcs *arcs = inward ? &net->in : &net->out;
    const uint32_t states = net->states;
    s->mem = mem;
    s->arcs = arcs;
    s->cell = arena_room(mem, ((size_t)states + 1) * sizeof *s->cell, 64);
    s->touched = NEW(mem, uint32_t, states);
    for (uint32_t i = 0; i < states; i++)
        s->cell[i] = (struct search_cell){
            NOT_REACHED, NOT_REACHED, arcs->first[i],
            net->blind && net->blind[i] ? arcs->first[i] : arcs->first[i + 1] };
    return s;
}

void search_begin(struct search *s, uint32_t limit)
{
    assert(s->touched_n == 0);
    s->limit = limit < NET_COST_MAX ? limit : NET_COST_MAX;
    s->seeds = 0;
    s->entries = 0;
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

static inline void push(struct search *s, uint32_t state, uint32_t label)
{
    if (__builtin_expect(s->entries == s->room, 0))
        s->entry = GROW(s->mem, s->entry, s->entries, &s->room);
    uint32_t at = (label >> s->shift) % SEARCH_BUCKETS;
    s->entry[s->entries] = (struct search_entry){ state, label, s->bucket[at] };
    s->bucket[at] = (uint32_t)++s->entries;
    s->full[at / 64] |= UINT64_C(1) << at % 64;
}

static inline void offer(struct search *s, uint32_t state, uint32_t label)
{
    struct search_cell *cell = &s->cell[state];
    if (cell->label <= label)
        return;
    if (cell->label == NOT_REACHED)
        s->touched[s->touched_n++] = state;
    cell->label = label;
    if (cell->first_arc == cell->end_arc)
        return;
    __builtin_prefetch(&s->arcs->arc[cell->first_arc]);
    push(s, state, label);
}

/* The first bucket from `at` on, round the ring, that has an entry; SEARCH_BUCKETS: none. */
static inline uint32_t next_full(const struct search *s, uint32_t at)
{
    enum { WORDS = SEARCH_BUCKETS / 64 };
    uint32_t word = at / 64;
    uint64_t bits = s->full[word] & ~UINT64_C(0) << at % 64;
    for (uint32_t tried = 0; bits == 0; bits = s->full[word]) {
        if (tried++ == WORDS)
            return SEARCH_BUCKETS;
        word = (word + 1) % WORDS;
    }
    return word * 64 + (uint32_t)__builtin_ctzll(bits);
}

/* Buckets as narrow as lets every label that can wait at once have its own place on the ring. */
static void set_width(struct search *s, uint32_t arc_cost_max)
{
    uint32_t span = arc_cost_max;
    for (uint32_t i = 0; i < s->seeds; i++)
        span = s->seed[i].cost > span ? s->seed[i].cost : span;
    span = span < s->limit ? span : s->limit;
    s->shift = 0;
    while (span >> s->shift >= SEARCH_BUCKETS - 1)
        s->shift++;
}

void search_run(struct search *s)
{
    const struct net_arc *arc = s->arcs->arc;
    uint32_t limit = s->limit;
    set_width(s, s->arcs->cost_max);
    for (uint32_t i = 0; i < s->seeds; i++)
        offer(s, s->seed[i].state, s->seed[i].cost);
    for (uint32_t at = next_full(s, 0); at != SEARCH_BUCKETS; at = next_full(s, at)) {
        const struct search_entry entry = s->entry[s->bucket[at] - 1];
        s->bucket[at] = entry.next;
        if (entry.next == 0)
            s->full[at / 64] &= ~(UINT64_C(1) << at % 64);
        const struct search_cell cell = s->cell[entry.state];
        if (cell.label != entry.label || entry.label > cell.bound)
            continue;
        for (uint32_t i = cell.first_arc; i < cell.end_arc; i++) {
            uint32_t there = entry.label + arc[i].cost;
            if (there <= limit)
                offer(s, arc[i].state, there);
        }
    }
}
