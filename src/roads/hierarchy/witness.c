/* witness.c - whether a way past a junction has another as good. */

#include "roads/hierarchy/witness.h"

struct witness *witness_new(struct arena *mem, const struct left *left)
{
    struct witness *w = NEW(mem, struct witness, 1);
    w->left = left;
    w->cost = NEW(mem, uint32_t, left->states);
    w->stamp = NEW(mem, uint32_t, left->states);
    w->goal = NEW(mem, uint32_t, left->states);
    return w;
}

static void push(struct witness *w, uint64_t key)
{
    w->heap = GROW(w->left->mem, w->heap, w->heap_n, &w->heap_room);
    size_t at = w->heap_n++;
    for (; at > 0 && w->heap[(at - 1) / 2] > key; at = (at - 1) / 2)
        w->heap[at] = w->heap[(at - 1) / 2];
    w->heap[at] = key;
}

static uint64_t pop(struct witness *w)
{
    uint64_t top = w->heap[0], last = w->heap[--w->heap_n];
    size_t at = 0;
    for (size_t child = 1; child < w->heap_n; child = at * 2 + 1) {
        child += child + 1 < w->heap_n && w->heap[child + 1] < w->heap[child];
        if (w->heap[child] >= last)
            break;
        w->heap[at] = w->heap[child];
        at = child;
    }
    w->heap[at] = last;
    return top;
}

static void offer(struct witness *w, uint32_t state, uint32_t cost)
{
    if (witness_cost(w, state) <= cost)
        return;
    w->cost[state] = cost;
    w->stamp[state] = w->now;
    push(w, (uint64_t)cost << 32 | state);
}

static uint32_t set_goals(struct witness *w, uint32_t from, uint32_t without)
{
    const struct links *out = &w->left->out[without];
    uint32_t goals = 0;
    for (uint32_t i = 0; i < out->n; i++) {
        goals += out->at[i].state != from;
        w->goal[out->at[i].state] = w->now;
    }
    return goals;
}

void witness_search(struct witness *w, uint32_t from, uint32_t without, uint32_t limit,
                    uint32_t most)
{
    w->now++;
    w->heap_n = 0;
    uint32_t goals = set_goals(w, from, without);
    offer(w, from, 0);
    for (uint32_t settled = 0; w->heap_n && goals && settled < most;) {
        uint64_t top = pop(w);
        uint32_t state = (uint32_t)top, cost = (uint32_t)(top >> 32);
        if (w->cost[state] != cost)
            continue;
        settled++;
        goals -= state != from && w->goal[state] == w->now;
        const struct links *out = &w->left->out[state];
        for (uint32_t i = 0; i < out->n; i++)
            if (out->at[i].state != without && cost + out->at[i].cost <= limit)
                offer(w, out->at[i].state, cost + out->at[i].cost);
    }
}
