/*
 * near.c - the nearest of many places, in order of the time it takes to get there.
 *
 * Two heaps run side by side: the search's junctions, and the places that settled junctions have
 * shown. A place is given when it is nearer than anything the search could still show.
 */

#include "roads/near.h"

#include <assert.h>

enum { HEAP_WIDTH = 4 };

/* --- the index --- */

static uint32_t row_ms(const struct roads *r, enum profile p, const struct anchor *at, int end)
{
    if (at->edge == NO_EDGE)
        return NOT_REACHED;
    uint64_t ms = (uint64_t)anchor_in_ms(r, p, at, end) + profile_access_ms(p, at->access_cm);
    return ms < NOT_REACHED ? (uint32_t)ms : NOT_REACHED;
}

static bool on_wheels(enum profile profile)
{
    return !profiles[profile].steps;
}

static uint32_t end_junction(const struct roads *r, const struct anchor *at, int end)
{
    return end == 0 ? r->edge[at->edge].a : r->edge[at->edge].b;
}

static bool same_edge(const struct anchor *a, const struct anchor *b)
{
    return a->edge == b->edge && a->edge != NO_EDGE;
}

/* Walkers and wheelchairs mostly join by the same street; then one row serves both. */
static int joins_of(const struct near_index *x, enum vehicle v, uint32_t place,
                    const struct anchor *ret_by[2])
{
    ret_by[0] = v == ON_FOOT ? &x->walk[place] : &x->ride[v][place];
    ret_by[1] = &x->wheel[place];
    bool shared = same_edge(ret_by[0], ret_by[1]) && ret_by[0]->along_cm == ret_by[1]->along_cm;
    return v != ON_FOOT || shared ? 1 : 2;
}

static void add_rows(struct near_index *x, enum vehicle v, uint32_t place, uint32_t *next,
                     bool count_only)
{
    const struct anchor *by[2];
    int joins = joins_of(x, v, place, by);
    for (int wheel = 0; wheel < joins; wheel++)
        for (int end = 0; end < 2 && by[wheel]->edge != NO_EDGE; end++) {
            uint32_t at = next[end_junction(x->roads, by[wheel], end)]++;
            for (int p = 0; p < PROFILE_COUNT && !count_only; p++)
                if (profiles[p].vehicle == v)
                    x->row[p][at] = (struct near_row){
                        place, x->tags[place],
                        joins == 1 || on_wheels((enum profile)p) == wheel
                            ? row_ms(x->roads, (enum profile)p, by[wheel], end) : NOT_REACHED };
        }
}

static void fill_rows(struct near_index *x, enum vehicle v)
{
    uint32_t junctions = x->roads->junctions;
    uint32_t *next = block_take(((size_t)junctions + 1) * sizeof *next);
    x->first[v] = block_take(((size_t)junctions + 1) * sizeof *x->first[v]);
    for (uint32_t place = 0; place < x->places; place++)
        add_rows(x, v, place, next, true);
    uint32_t rows = 0;
    for (uint32_t j = 0; j <= junctions; j++) {
        uint32_t here = j < junctions ? next[j] : 0;
        x->first[v][j] = next[j] = rows;
        rows += here;
    }
    for (int p = 0; p < PROFILE_COUNT; p++)
        if (profiles[p].vehicle == v)
            x->row[p] = block_take((size_t)rows * sizeof *x->row[p]);
    for (uint32_t place = 0; place < x->places; place++)
        add_rows(x, v, place, next, false);
    block_free(next);
}

/* Where a wheelchair may go, a walker may: so the walker's nearest street is its nearest too. */
static bool wheels_join_too(const struct roads *r, const struct anchor *walk)
{
    return walk->edge != NO_EDGE && !(r->edge[walk->edge].flags & ROAD_ISLAND_WHEEL) &&
           edge_allows(r, PROFILE_WHEELCHAIR, (uint32_t)walk->edge);
}

static void join_wheels(const struct roads *r, struct point at, double max_m,
                        const struct anchor *walk, struct anchor *ret_wheel)
{
    if (wheels_join_too(r, walk))
        *ret_wheel = *walk;
    else
        roads_snap(r, PROFILE_WHEELCHAIR, at, max_m, ret_wheel);
}

bool near_join(const struct roads *r, struct point at, double max_m, struct anchor *ret_walk,
               struct anchor *ret_wheel)
{
    bool joins = roads_snap(r, PROFILE_STANDARD, at, max_m, ret_walk);
    join_wheels(r, at, max_m, ret_walk, ret_wheel);
    return joins;
}

void near_join_run(const struct roads *r, const struct point *at, uint32_t n, double max_m,
                   struct anchor *ret_walk, struct anchor *ret_wheel)
{
    roads_snap_run(r, PROFILE_STANDARD, at, n, max_m, ret_walk);
    for (uint32_t i = 0; i < n; i++)
        join_wheels(r, at[i], max_m, &ret_walk[i], &ret_wheel[i]);
}

struct near_index *near_index_build(const struct roads *r, const struct near_place *places,
                                    uint32_t n, double max_m)
{
    struct near_index *x = block_take(sizeof *x);
    x->roads = r;
    x->places = n;
    x->walk = block_take(n * sizeof *x->walk);
    x->wheel = block_take(n * sizeof *x->wheel);
    x->tags = block_take(n * sizeof *x->tags);
    for (uint32_t place = 0; place < n; place++) {
        x->tags[place] = places[place].tags;
        if (!near_join(r, places[place].at, max_m, &x->walk[place], &x->wheel[place]))
            x->unplaced++;
    }
    fill_rows(x, ON_FOOT);
    return x;
}

void near_index_wheels(struct near_index *x, double max_m)
{
    for (int p = PROFILE_FEET; p < PROFILE_COUNT; p++) {
        enum vehicle v = profiles[p].vehicle;
        x->ride[v] = block_take(x->places * sizeof *x->ride[v]);
        for (uint32_t place = 0; place < x->places; place++)
            roads_snap(x->roads, (enum profile)p, x->walk[place].home, max_m, &x->ride[v][place]);
        fill_rows(x, v);
    }
}

void near_index_free(struct near_index *index)
{
    if (!index)
        return;
    void *const blocks[] = { index->walk, index->wheel, index->tags, index };
    for (int p = 0; p < PROFILE_COUNT; p++)
        block_free(index->row[p]);
    for (int v = 0; v < VEHICLES; v++) {
        block_free(index->ride[v]);
        block_free(index->first[v]);
    }
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        block_free(blocks[i]);
}

const struct anchor *near_anchor(const struct near_index *index, enum profile profile,
                                 uint32_t place)
{
    enum vehicle v = profiles[profile].vehicle;
    if (v != ON_FOOT)
        return &index->ride[v][place];
    return on_wheels(profile) ? &index->wheel[place] : &index->walk[place];
}

/* --- the search --- */

struct near *near_new(struct arena *mem, const struct near_index *index)
{
    struct near *q = NEW(mem, struct near, 1);
    q->index = index;
    q->reach = reach_new(mem, index->roads);
    q->heap = NEW(mem, uint64_t, (size_t)index->places * 5 + 1);     /* two ends twice, own edge */
    q->seen = NEW(mem, uint32_t, index->places);
    return q;
}

static void heap_push(struct near *q, uint64_t key)
{
    size_t at = q->heap_n++;
    while (at > 0 && q->heap[(at - 1) / HEAP_WIDTH] > key) {
        q->heap[at] = q->heap[(at - 1) / HEAP_WIDTH];
        at = (at - 1) / HEAP_WIDTH;
    }
    q->heap[at] = key;
}

static uint64_t heap_pop(struct near *q)
{
    uint64_t top = q->heap[0], key = q->heap[--q->heap_n];
    size_t n = q->heap_n, at = 0;
    for (;;) {
        size_t child = at * HEAP_WIDTH + 1, least = child;
        for (size_t i = child + 1; i < child + HEAP_WIDTH && i < n; i++)
            if (q->heap[i] < q->heap[least])
                least = i;
        if (child >= n || q->heap[least] >= key)
            break;
        q->heap[at] = q->heap[least];
        at = least;
    }
    q->heap[at] = key;
    return top;
}

static void show(struct near *q, uint32_t place, uint64_t ms)
{
    if (ms <= q->reach->limit_ms && q->seen[place] != q->stamp)
        heap_push(q, ms << 32 | place);
}

/* Places on the edge the search sets out from need not pass a junction. */
static void show_own_edge(struct near *q, enum profile profile, const struct anchor *from)
{
    const struct near_index *x = q->index;
    uint32_t a = x->roads->edge[from->edge].a;
    for (uint32_t i = q->first[a]; i < q->first[a + 1]; i++) {
        const struct near_row *row = &q->row[i];
        const struct anchor *to = near_anchor(x, profile, row->place);
        if (!(row->tags & q->want) || !same_edge(to, from))
            continue;
        uint64_t ms = anchor_between_ms(x->roads, profile, from, to);
        if (ms != NOT_REACHED)
            show(q, row->place, ms + profile_access_ms(profile, from->access_cm) +
                                    profile_access_ms(profile, to->access_cm));
    }
}

void near_begin(struct near *q, enum profile profile, const struct anchor *from, uint32_t limit_ms,
                uint32_t want)
{
    q->first = q->index->first[profiles[profile].vehicle];
    q->row = q->index->row[profile];
    assert(q->first);                    /* on wheels after near_index_wheels() alone */
    if (++q->stamp == 0) {
        for (uint32_t place = 0; place < q->index->places; place++)
            q->seen[place] = 0;
        q->stamp = 1;
    }
    q->want = want;
    q->heap_n = 0;
    reach_begin(q->reach, profile, from, limit_ms);
    if (from->edge != NO_EDGE)
        show_own_edge(q, profile, from);
}

/* Neighbours are settled soon: their rows may come while this one's are looked at. */
static void fetch_ahead(const struct near *q, uint32_t junction)
{
    const struct roads *r = q->index->roads;
    const struct arc *arcs = r->arc[q->reach->profile];
    for (uint32_t arc = r->first_arc[junction]; arc < r->first_arc[junction + 1]; arc++)
        __builtin_prefetch(&q->row[q->first[arcs[arc].head & ~ARC_EXIT]]);
}

static void show_junction(struct near *q, uint32_t junction, uint32_t ms)
{
    const struct near_row *row = q->row;
    for (uint32_t i = q->first[junction]; i < q->first[junction + 1]; i++)
        if (row[i].tags & q->want)
            show(q, row[i].place, (uint64_t)ms + row[i].ms);
}

bool near_next(struct near *q, uint32_t *ret_place, uint32_t *ret_ms)
{
    for (;;) {
        uint32_t junction, ms, next = reach_next_ms(q->reach);
        if (q->heap_n && q->heap[0] >> 32 < next) {
            uint64_t top = heap_pop(q);
            uint32_t place = (uint32_t)top;
            if (q->seen[place] == q->stamp)
                continue;
            q->seen[place] = q->stamp;
            *ret_place = place;
            *ret_ms = (uint32_t)(top >> 32);
            return true;
        }
        if (!reach_settle(q->reach, &junction, &ms))
            return false;
        fetch_ahead(q, junction);
        show_junction(q, junction, ms);
    }
}
