/*
 * near_all.c - the k nearest of some places for every point of a city.
 *
 * Why a search may be given up where k others are nearer: let k places stand before p at junction
 * u, by (cost, number). For any v whose quickest way to p leads over u, each of the k is at most
 * as far from v as over u, so it stands before p at v too; equal costs keep the order of numbers.
 */

#include "roads/batch/near_inside.h"

#include <assert.h>
#include <stdlib.h>

struct near_all *near_all_new(const struct net *net, uint32_t k, uint32_t limit)
{
    assert(k > 0);
    assert(k <= NEAR_K_MAX);
    assert(limit <= net->limit);
    struct near_all *all = block_take(sizeof *all);
    all->net = net;
    all->k = k;
    all->limit = limit;
    all->search = search_new(&all->mem, net, true);
    size_t entries = (size_t)net->states * k;
    all->best = arena_room(&all->mem, entries * sizeof *all->best, 64);
    memset(all->best, 0xFF, entries * sizeof *all->best);        /* NEAR_NONE */
    all->on_edge = NEW(&all->mem, uint32_t, net->roads->edges);
    all->state_changed = NEW(&all->mem, uint8_t, net->states);
    all->edge_changed = NEW(&all->mem, uint8_t, net->roads->edges);
    return all;
}

void near_all_free(struct near_all *all)
{
    if (!all)
        return;
    block_free(all->place);
    block_free(all->next_on_edge);
    arena_free(&all->mem);
    block_free(all);
}

/* --- places on their edges --- */

static uint32_t add_place(struct near_all *all, const struct anchor *at)
{
    if (all->places == all->room) {
        all->room = all->room ? all->room * 2 : 64;
        all->place = block_resize(all->place, all->room * sizeof *all->place);
        all->next_on_edge = block_resize(all->next_on_edge, all->room * sizeof(uint32_t));
    }
    uint32_t place = all->places++;
    all->changed = true;
    all->place[place] = *at;
    all->next_on_edge[place] = 0;
    if (at->edge != NO_EDGE) {
        all->next_on_edge[place] = all->on_edge[at->edge];
        all->on_edge[at->edge] = place + 1;
        all->edge_changed[at->edge] = 1;
    }
    return place;
}

/* --- one place's search --- */

/* Puts an entry where it belongs in a row, unless the row is full of nearer ones. */
static inline void put(near_entry *row, uint32_t k, near_entry entry)
{
    enum { SHORT = 8 };                      /* so few are moved quicker than the place is found */
    uint32_t at = k - 1;
    for (; k <= SHORT && at > 0; at--) {
        near_entry least = row[at] < entry ? row[at] : entry;
        row[at] = row[at - 1] > least ? row[at - 1] : least;
    }
    if (k <= SHORT) {
        row[0] = row[0] < entry ? row[0] : entry;
        return;
    }
    for (; at > 0 && row[at - 1] > entry; at--)
        row[at] = row[at - 1];
    row[at] = row[at] > entry ? entry : row[at];
}

static void search_place(struct near_all *all, uint32_t place)
{
    struct search *s = all->search;
    search_begin(s, all->limit);
    search_seed_to(s, all->net, &all->place[place]);
    search_run(s);
}

/* While one row is written, those that follow are on their way here. */
enum { AHEAD = 24 };

static void open_place(struct near_all *all, uint32_t place)
{
    struct search *s = all->search;
    uint32_t k = all->k;
    search_place(all, place);
    for (uint32_t i = 0; i < s->touched_n; i++) {
        uint32_t state = s->touched[i], soon = s->touched[i + AHEAD < s->touched_n ? i + AHEAD : i];
        __builtin_prefetch(all->best + (size_t)soon * k, 1);
        __builtin_prefetch(all->best + (size_t)soon * k + k - 1, 1);
        near_entry *row = all->best + (size_t)state * k;
        near_entry entry = (near_entry)s->cell[state].label << 32 | place;
        all->state_changed[state] |= entry < row[k - 1];
        put(row, k, entry);
        s->cell[state] = (struct search_cell){ NOT_REACHED, near_cost(row[k - 1]) };
    }
    s->touched_n = 0;                                    /* the labels are forgotten already */
}

uint32_t near_all_open(struct near_all *all, const struct anchor *at)
{
    uint32_t place = add_place(all, at);
    open_place(all, place);
    return place;
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* In the order of the streets, so that one search's junctions are still at hand for the next. */
void near_all_open_many(struct near_all *all, const struct anchor *at, uint32_t n)
{
    AUTO(arena_free) struct arena mem = { 0 };
    uint64_t *order = NEW(&mem, uint64_t, n);
    for (uint32_t i = 0; i < n; i++) {
        uint64_t edge = at[i].edge == NO_EDGE ? 0 : (uint64_t)at[i].edge;
        order[i] = edge << 32 | add_place(all, &at[i]);
    }
    if (n)
        qsort(order, n, sizeof *order, by_number);
    for (uint32_t i = 0; i < n; i++)
        open_place(all, (uint32_t)order[i]);
}

/* --- asking --- */

/* Puts an entry where it belongs unless its place is there already by a nearer way. */
static void put_once(near_entry *row, uint32_t k, near_entry entry)
{
    uint32_t same = 0;
    while (same < k && near_place(row[same]) != near_place(entry))
        same++;
    if (same < k && row[same] <= entry)
        return;
    put(row, same < k ? same + 1 : k, entry);
}

/* The row behind one end of an edge, and what it costs to get there. */
struct behind { const near_entry *row; near_entry to_end; uint32_t left, at; };

static struct behind behind_end(const struct near_all *all, uint32_t state, uint32_t to_end)
{
    bool closed = state == NO_STATE || to_end > all->limit;
    return (struct behind){ closed ? NULL : all->best + (size_t)state * all->k,
                            (near_entry)to_end << 32, closed ? 0 : all->k, 0 };
}

static inline near_entry next_behind(const struct behind *b)
{
    if (b->left == b->at)
        return NEAR_NONE;
    near_entry entry = b->row[b->at];
    return entry == NEAR_NONE ? NEAR_NONE : entry + b->to_end;
}

/* Both rows in order; of a place that stands in both, the nearer way comes first and counts. */
static void merge(struct behind a, struct behind b, uint32_t k, uint32_t limit, near_entry *ret)
{
    uint32_t n = 0;
    while (n < k) {
        near_entry x = next_behind(&a), y = next_behind(&b), least = x < y ? x : y;
        if (near_cost(least) > limit)
            break;
        a.at += x <= y;
        b.at += x > y;
        uint32_t same = 0;
        while (same < n && near_place(ret[same]) != near_place(least))
            same++;
        ret[n] = least;
        n += same == n;
    }
    for (uint32_t i = n; i < k; i++)
        ret[i] = NEAR_NONE;
}

static void ask_own_edge(const struct near_all *all, const struct anchor *from, near_entry *ret)
{
    for (uint32_t p = all->on_edge[from->edge]; p; p = all->next_on_edge[p - 1]) {
        uint32_t cost = net_between(all->net, from, &all->place[p - 1]);
        if (cost <= all->limit)
            put_once(ret, all->k, (near_entry)cost << 32 | (p - 1));
    }
}

/* At a junction its row is the answer: ways round by the edge's other end stand in it already. */
static void ask_row(const struct near_all *all, const struct net_spot *from, near_entry *ret)
{
    const near_entry *row = all->best + (size_t)from->state[0] * all->k;
    near_entry to_junction = (near_entry)from->cost[0] << 32;
    near_entry most = ((near_entry)(all->limit - from->cost[0]) << 32) | UINT32_MAX;
    for (uint32_t i = 0; i < all->k; i++) {
        near_entry entry = row[i];
        ret[i] = entry <= most ? entry + to_junction : NEAR_NONE;
    }
}

static inline void ask(const struct near_all *all, const struct net_spot *spot,
                       const struct anchor *from, near_entry *ret)
{
    bool own = spot->edge != NOT_REACHED && all->on_edge[spot->edge];
    if (spot->state[1] == NO_STATE && spot->state[0] != NO_STATE && !own &&
        spot->cost[0] <= all->limit) {
        ask_row(all, spot, ret);
        return;
    }
    merge(behind_end(all, spot->state[0], spot->cost[0]),
          behind_end(all, spot->state[1], spot->cost[1]), all->k, all->limit, ret);
    if (own)
        ask_own_edge(all, from, ret);
}

uint32_t near_all_ask(const struct near_all *all, const struct anchor *from, near_entry *ret)
{
    struct net_spot spot = net_spot(all->net, from);
    uint32_t n = 0;
    ask(all, &spot, from, ret);
    while (n < all->k && ret[n] != NEAR_NONE)
        n++;
    return n;
}

void near_all_ask_many(const struct near_all *all, const struct anchor *from, uint32_t n,
                       near_entry *ret)
{
    for (uint32_t i = 0; i < n; i++) {
        struct net_spot spot = net_spot(all->net, &from[i]);
        ask(all, &spot, &from[i], ret + (size_t)i * all->k);
    }
}

void near_all_ask_spots(const struct near_all *all, const struct net_spot *spot,
                        const struct anchor *from, uint32_t n, near_entry *ret)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct net_spot *soon = &spot[i + AHEAD < n ? i + AHEAD : i];
        for (int end = 0; end < 2; end++)
            if (soon->state[end] != NO_STATE)
                __builtin_prefetch(all->best + (size_t)soon->state[end] * all->k);
        ask(all, &spot[i], &from[i], ret + (size_t)i * all->k);
    }
}

uint32_t *near_all_changed(struct near_all *all, struct arena *mem, uint32_t *ret_n)
{
    const struct net *net = all->net;
    *ret_n = 0;
    if (!all->changed)
        return NULL;
    uint32_t *out = NEW(mem, uint32_t, net->roads->edges), n = 0;
    for (uint32_t e = 0; e < net->roads->edges; e++) {
        uint32_t a = net->source[e * 2], b = net->source[e * 2 + 1];
        if (all->edge_changed[e] || (a != NO_STATE && all->state_changed[a]) ||
            (b != NO_STATE && all->state_changed[b]))
            out[n++] = e;
    }
    memset(all->state_changed, 0, net->states);
    memset(all->edge_changed, 0, net->roads->edges);
    all->changed = false;
    *ret_n = n;
    return out;
}
