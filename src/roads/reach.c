/* reach.c - walking times from one point: Dijkstra's search on a heap of (time, junction). */

#include "roads/reach.h"

#include <assert.h>

enum { HEAP_WIDTH = 4 };

struct reach *reach_new(struct arena *mem, const struct roads *r)
{
    struct reach *s = NEW(mem, struct reach, 1);
    s->roads = r;
    s->label = NEW(mem, uint64_t, r->junctions);
    s->settled = NEW(mem, uint32_t, r->junctions);
    s->via = NEW(mem, uint32_t, r->junctions);
    s->heap = NEW(mem, uint64_t, (size_t)r->arcs + 2);   /* each arc is relaxed at most once */
    return s;
}

/* --- the heap: four children fit half a cache line --- */

static void heap_push(struct reach *s, uint64_t key)
{
    size_t at = s->heap_n++;
    while (at > 0) {
        size_t up = (at - 1) / HEAP_WIDTH;
        if (s->heap[up] <= key)
            break;
        s->heap[at] = s->heap[up];
        at = up;
    }
    s->heap[at] = key;
}

static uint64_t heap_pop(struct reach *s)
{
    uint64_t top = s->heap[0], key = s->heap[--s->heap_n];
    size_t n = s->heap_n, at = 0;
    for (;;) {
        size_t child = at * HEAP_WIDTH + 1;
        if (child >= n)
            break;
        size_t end = child + HEAP_WIDTH < n ? child + HEAP_WIDTH : n, least = child;
        for (size_t i = child + 1; i < end; i++)
            if (s->heap[i] < s->heap[least])
                least = i;
        if (s->heap[least] >= key)
            break;
        s->heap[at] = s->heap[least];
        at = least;
    }
    s->heap[at] = key;
    return top;
}

/* --- the search --- */

static uint64_t label_of(const struct reach *s, uint32_t ms)
{
    return (uint64_t)s->stamp << 32 | (uint32_t)~ms;
}

static void offer(struct reach *s, uint32_t junction, uint32_t ms, uint32_t via)
{
    uint64_t label = label_of(s, ms);
    if (s->label[junction] >= label)
        return;
    s->label[junction] = label;
    s->via[junction] = via;
    heap_push(s, (uint64_t)ms << 32 | junction);
}

static void next_stamp(struct reach *s)
{
    if (++s->stamp != 0)
        return;
    for (uint32_t j = 0; j < s->roads->junctions; j++)   /* once in four milliards of searches */
        s->label[j] = 0;
    s->stamp = 1;
}

static void set_out(struct reach *s, const struct anchor *from)
{
    const struct roads *r = s->roads;
    for (int end = 0; end < 2 && from->edge != NO_EDGE; end++) {
        uint64_t ms = anchor_out_ms(r, s->profile, from, end);
        ms += profile_access_ms(s->profile, from->access_cm);
        const struct edge *e = &r->edge[from->edge];
        if (ms <= s->limit_ms)
            offer(s, end == 0 ? e->a : e->b, (uint32_t)ms, NO_ARC);
    }
}

void reach_begin(struct reach *s, enum profile profile, const struct anchor *from,
                 uint32_t limit_ms)
{
    assert(from->edge < (int64_t)s->roads->edges);
    next_stamp(s);
    s->profile = profile;
    s->from = *from;
    s->also_n = 0;
    s->limit_ms = limit_ms < REACH_MS_MAX ? limit_ms : REACH_MS_MAX;
    s->settled_n = 0;
    s->heap_n = 0;
    s->zone = from->edge == NO_EDGE ? 0 : s->roads->edge[from->edge].zone;
    set_out(s, from);
}

void reach_also(struct reach *s, const struct anchor *from)
{
    assert(from->edge < (int64_t)s->roads->edges);
    assert(s->settled_n == 0);
    assert(s->also_n < REACH_STARTS_MAX - 1);
    s->also[s->also_n++] = *from;
    if (s->zone == 0 && from->edge != NO_EDGE)
        s->zone = s->roads->edge[from->edge].zone;
    set_out(s, from);
}

static void relax(struct reach *s, uint32_t junction, uint32_t ms)
{
    const struct roads *r = s->roads;
    const struct arc *arcs = r->arc[s->profile];
    for (uint32_t arc = r->first_arc[junction]; arc < r->first_arc[junction + 1]; arc++) {
        uint64_t there = (uint64_t)ms + arcs[arc].ms;
        uint32_t head = arcs[arc].head;
        if (there > s->limit_ms)
            continue;
        if (head & ARC_EXIT) {
            if (r->edge[r->arc_edge[arc] / 2].zone != s->zone)
                continue;
            head &= ~ARC_EXIT;
        }
        offer(s, head, (uint32_t)there, arc);
    }
}

/* Drops what has meanwhile been reached sooner, so that the top of the heap is true. */
static bool heap_ready(struct reach *s)
{
    while (s->heap_n) {
        uint64_t top = s->heap[0];
        if (s->label[(uint32_t)top] == label_of(s, (uint32_t)(top >> 32)))
            return true;
        heap_pop(s);
    }
    return false;
}

bool reach_settle(struct reach *s, uint32_t *ret_junction, uint32_t *ret_ms)
{
    if (!heap_ready(s))
        return false;
    uint64_t top = heap_pop(s);
    uint32_t junction = (uint32_t)top, ms = (uint32_t)(top >> 32);
    s->settled[s->settled_n++] = junction;
    relax(s, junction, ms);
    *ret_junction = junction;
    *ret_ms = ms;
    return true;
}

uint32_t reach_next_ms(struct reach *s)
{
    return heap_ready(s) ? (uint32_t)(s->heap[0] >> 32) : NOT_REACHED;
}

void reach_finish(struct reach *s)
{
    uint32_t junction, ms;
    while (reach_settle(s, &junction, &ms))
        ;
}

void reach_from(struct reach *s, enum profile profile, const struct anchor *from,
                uint32_t limit_ms)
{
    reach_begin(s, profile, from, limit_ms);
    reach_finish(s);
}

uint32_t reach_junction_ms(const struct reach *s, uint32_t junction)
{
    return s->label[junction] >> 32 == s->stamp ? ~(uint32_t)s->label[junction] : NOT_REACHED;
}

/* --- along one edge --- */

/* The share of the edge's time that way for `cm` of its length from a. */
static uint32_t along_ms(const struct roads *r, enum profile profile, uint32_t edge, uint32_t cm,
                         bool back)
{
    uint32_t length_cm = r->edge[edge].length_cm;
    int64_t whole = edge_ms(r, profile, edge, back);
    if (whole == TIME_FORBIDDEN)
        return NOT_REACHED;
    return length_cm ? (uint32_t)((uint64_t)whole * cm / length_cm) : 0;
}

/*
 * Between the anchor and an end, along the edge's points or back. Who stands at the very end is
 * there, whichever way the street may be used.
 */
static uint32_t end_ms(const struct roads *r, enum profile profile, const struct anchor *at,
                       int end, bool back)
{
    uint32_t end_cm = end == 0 ? 0 : r->edge[at->edge].length_cm;
    if (at->along_cm == end_cm)
        return edge_allows(r, profile, (uint32_t)at->edge) ? 0 : NOT_REACHED;
    uint32_t from_a = along_ms(r, profile, (uint32_t)at->edge, at->along_cm, back);
    if (end == 0 || from_a == NOT_REACHED)
        return from_a;
    return (uint32_t)edge_ms(r, profile, (uint32_t)at->edge, back) - from_a;
}

uint32_t anchor_out_ms(const struct roads *r, enum profile profile, const struct anchor *at,
                       int end)
{
    const struct edge *e = &r->edge[at->edge];
    if (r->junction_flags[end == 0 ? e->a : e->b] & profiles[profile].stops)
        return NOT_REACHED;
    return end_ms(r, profile, at, end, end == 0);
}

uint32_t anchor_in_ms(const struct roads *r, enum profile profile, const struct anchor *at,
                      int end)
{
    return end_ms(r, profile, at, end, end != 0);
}

uint32_t anchor_between_ms(const struct roads *r, enum profile profile, const struct anchor *from,
                           const struct anchor *to)
{
    uint32_t edge = (uint32_t)from->edge;
    bool back = from->along_cm > to->along_cm;
    if (from->along_cm == to->along_cm)
        return edge_allows(r, profile, edge) ? 0 : NOT_REACHED;
    uint32_t a = along_ms(r, profile, edge, from->along_cm, back);
    uint32_t b = along_ms(r, profile, edge, to->along_cm, back);
    if (a == NOT_REACHED)
        return NOT_REACHED;
    return back ? a - b : b - a;
}

uint32_t reach_ms(const struct reach *s, const struct anchor *to)
{
    const struct roads *r = s->roads;
    if (to->edge == NO_EDGE || s->from.edge == NO_EDGE)
        return NOT_REACHED;
    uint64_t best = NOT_REACHED;
    for (int end = 0; end < 2; end++) {
        const struct edge *e = &r->edge[to->edge];
        uint32_t label = reach_junction_ms(s, end == 0 ? e->a : e->b);
        uint64_t ms = (uint64_t)label + anchor_in_ms(r, s->profile, to, end);
        if (ms < best)
            best = ms;
    }
    if (to->edge == s->from.edge) {
        uint64_t ms = anchor_between_ms(r, s->profile, &s->from, to);
        ms += profile_access_ms(s->profile, s->from.access_cm);
        if (ms < best)
            best = ms;
    }
    best += profile_access_ms(s->profile, to->access_cm);
    return best <= s->limit_ms ? (uint32_t)best : NOT_REACHED;
}

/* How far into the edge the time left at one end leads. */
static uint32_t part_from(const struct reach *s, uint32_t edge, int end)
{
    const struct edge *e = &s->roads->edge[edge];
    uint32_t label = reach_junction_ms(s, end == 0 ? e->a : e->b);
    int64_t whole = edge_ms(s->roads, s->profile, edge, end != 0);
    if (label == NOT_REACHED || whole == TIME_FORBIDDEN)
        return 0;
    uint64_t left = s->limit_ms - label;
    if (left >= (uint64_t)whole)
        return e->length_cm;
    return (uint32_t)(left * e->length_cm / (uint64_t)whole);
}

void reach_edge_part(const struct reach *s, uint32_t edge, uint32_t *ret_from_a_cm,
                     uint32_t *ret_from_b_cm)
{
    *ret_from_a_cm = part_from(s, edge, 0);
    *ret_from_b_cm = part_from(s, edge, 1);
}
