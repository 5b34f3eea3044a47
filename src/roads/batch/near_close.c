/*
 * near_close.c - a place closes: only the rows it stood in are mended.
 *
 * Behind a full row stood others that it did not know. The next nearest at a state stands, by the
 * argument of near_all.c, in the row of the next state on the way to it, or lies on an edge that
 * begins here. So what the neighbours know is offered to each open row, nearest offer first; and
 * what a row takes is offered on.
 */

#include "roads/batch/near_inside.h"

#include <assert.h>

struct near_offer { near_entry entry; uint32_t state; };

struct mending {
    struct near_all   *all;
    struct arena      *mem;
    uint8_t           *open;             /* of each state: its row is to be filled */
    uint32_t          *state;            /* the open ones */
    uint32_t           states;
    struct near_offer *heap;
    size_t             heap_n, room;
};

/* --- offers, nearest first --- */

static bool sooner(const struct near_offer *a, const struct near_offer *b)
{
    return a->entry < b->entry || (a->entry == b->entry && a->state < b->state);
}

static void offer_push(struct mending *m, struct near_offer offer)
{
    m->heap = GROW(m->mem, m->heap, m->heap_n, &m->room);
    size_t at = m->heap_n++;
    for (; at > 0 && sooner(&offer, &m->heap[(at - 1) / 2]); at = (at - 1) / 2)
        m->heap[at] = m->heap[(at - 1) / 2];
    m->heap[at] = offer;
}

static struct near_offer offer_pop(struct mending *m)
{
    struct near_offer top = m->heap[0], last = m->heap[--m->heap_n];
    size_t at = 0;
    for (size_t child = 1; child < m->heap_n; child = at * 2 + 1) {
        child += child + 1 < m->heap_n && sooner(&m->heap[child + 1], &m->heap[child]);
        if (!sooner(&m->heap[child], &last))
            break;
        m->heap[at] = m->heap[child];
        at = child;
    }
    m->heap[at] = last;
    return top;
}

/* --- rows --- */

static near_entry *row_of(const struct mending *m, uint32_t state)
{
    return m->all->best + (size_t)state * m->all->k;
}

/* Offers an entry to a state if its row is open and the entry would enter it. */
static void offer(struct mending *m, uint32_t state, near_entry entry, uint32_t cost)
{
    uint64_t there = (uint64_t)near_cost(entry) + cost;
    near_entry made = there << 32 | near_place(entry);
    if (m->open[state] && there <= m->all->limit && made < row_of(m, state)[m->all->k - 1])
        offer_push(m, (struct near_offer){ made, state });
}

static bool has(const near_entry *row, uint32_t k, uint32_t place)
{
    for (uint32_t i = 0; i < k; i++)
        if (row[i] != NEAR_NONE && near_place(row[i]) == place)
            return true;
    return false;
}

/* Takes the place out of a row that has it; false when no other can stand behind it. */
static bool take_out(struct mending *m, uint32_t state, uint32_t place)
{
    uint32_t k = m->all->k, at = 0;
    near_entry *row = row_of(m, state);
    while (near_place(row[at]) != place)
        at++;
    bool full = row[k - 1] != NEAR_NONE;
    memmove(row + at, row + at + 1, (k - 1 - at) * sizeof *row);
    row[k - 1] = NEAR_NONE;
    m->all->search->cell[state].bound = NOT_REACHED;
    m->all->state_changed[state] = 1;
    return full;
}

/* The search that opened the place finds the rows it stands in. */
static void open_rows(struct mending *m, uint32_t place)
{
    struct near_all *all = m->all;
    struct search *s = all->search;
    search_begin(s, all->limit);
    search_seed_to(s, all->net, &all->place[place]);
    search_run(s);
    m->state = NEW(m->mem, uint32_t, s->touched_n);
    m->open = NEW(m->mem, uint8_t, all->net->states);
    for (uint32_t i = 0; i < s->touched_n; i++) {
        uint32_t state = s->touched[i];
        if (!has(row_of(m, state), all->k, place) || !take_out(m, state, place))
            continue;
        m->open[state] = 1;
        m->state[m->states++] = state;
    }
    search_clear(s);
}

/* What the states behind the open ones know. */
static void offer_rows(struct mending *m)
{
    const struct net_arcs *out = &m->all->net->out;
    for (uint32_t i = 0; i < m->states; i++) {
        uint32_t state = m->state[i];
        for (uint32_t a = out->first[state]; a < out->first[state + 1]; a++) {
            const near_entry *row = row_of(m, out->arc[a].state);
            for (uint32_t n = 0; n < m->all->k && row[n] != NEAR_NONE; n++)
                offer(m, state, row[n], out->arc[a].cost);
        }
    }
}

/* The places on edges that begin at open states. */
static void offer_places(struct mending *m)
{
    const struct near_all *all = m->all;
    for (uint32_t place = 0; place < all->places; place++) {
        const struct anchor *at = &all->place[place];
        for (int end = 0; end < 2 && at->edge != NO_EDGE; end++) {
            uint32_t state = all->net->target[at->edge * 2 + end];
            uint32_t cost = net_in(all->net, at, end);
            if (state != NO_STATE && cost != NOT_REACHED)
                offer(m, state, (near_entry)cost << 32 | place, 0);
        }
    }
}

static void settle(struct mending *m)
{
    const struct net_arcs *in = &m->all->net->in;
    uint32_t k = m->all->k;
    while (m->heap_n) {
        struct near_offer best = offer_pop(m);
        near_entry *row = row_of(m, best.state);
        if (row[k - 1] <= best.entry || has(row, k, near_place(best.entry)))
            continue;
        uint32_t at = k - 1;
        for (; at > 0 && row[at - 1] > best.entry; at--)
            row[at] = row[at - 1];
        row[at] = best.entry;
        m->all->search->cell[best.state].bound = near_cost(row[k - 1]);
        for (uint32_t a = in->first[best.state]; a < in->first[best.state + 1]; a++)
            offer(m, in->arc[a].state, best.entry, in->arc[a].cost);
    }
}

static void leave_edge(struct near_all *all, uint32_t place)
{
    int64_t edge = all->place[place].edge;
    uint32_t *at = &all->on_edge[edge];
    while (*at != place + 1)
        at = &all->next_on_edge[*at - 1];
    *at = all->next_on_edge[place];
    all->edge_changed[edge] = 1;
    all->changed = true;
    all->place[place].edge = NO_EDGE;
}

void near_all_close(struct near_all *all, uint32_t place)
{
    AUTO(arena_free) struct arena mem = { 0 };
    assert(place < all->places);
    struct mending m = { .all = all, .mem = &mem };
    if (all->place[place].edge == NO_EDGE)
        return;
    open_rows(&m, place);
    leave_edge(all, place);
    offer_places(&m);
    offer_rows(&m);
    settle(&m);
}
