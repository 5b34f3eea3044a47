/* matrix.c - all costs from n anchors to m: up from each start, down to all goals at once. */

#include "roads/hierarchy/matrix.h"

#include "roads/batch/ball.h"
#include "roads/batch/spots.h"

#include <stdlib.h>

#define NO_ROW UINT32_MAX

struct making {
    const struct matrix_ask *ask;
    const struct net *net;
    const struct hierarchy *h;
    struct arena *mem;
    uint32_t     *row_of;                /* of each node that leads down to a goal */
    uint32_t     *node;                  /* of each row, the highest first */
    struct ball   ball;
    uint32_t     *cost, *stamp, now;     /* of a start's climb */
    uint64_t     *heap;                  /* rank << 32 | cost, negated: lowest rank first */
    size_t        heap_n, heap_room;
    struct spots  to;                    /* for starts that share an edge with a goal */
};

/* --- the goals --- */

static int falling(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x > y ? -1 : x < y;
}

static void keep(struct making *m, uint32_t node)
{
    if (m->row_of[node] != NO_ROW)
        return;
    m->row_of[node] = 0;
    m->node[m->ball.rows++] = node;
}

/* Everything from which one comes down to a goal. */
static void climb_from_goals(struct making *m)
{
    const struct hierarchy *h = m->h;
    m->row_of = NEW(m->mem, uint32_t, h->nodes);
    m->node = NEW(m->mem, uint32_t, h->nodes);
    for (uint32_t i = 0; i < h->nodes; i++)
        m->row_of[i] = NO_ROW;
    for (uint32_t i = 0; i < m->ask->to_n; i++)
        for (int end = 0; end < 2 && m->ask->to[i].edge != NO_EDGE; end++) {
            uint32_t state = m->net->target[m->ask->to[i].edge * 2 + end];
            if (state != NO_STATE)
                keep(m, h->rank[state]);
        }
    for (uint32_t i = 0; i < m->ball.rows; i++)
        for (uint32_t a = h->down.first[m->node[i]]; a < h->down.first[m->node[i] + 1]; a++)
            keep(m, h->down.arc[a].state);
    if (m->ball.rows)
        qsort(m->node, m->ball.rows, sizeof *m->node, falling);
    for (uint32_t row = 0; row < m->ball.rows; row++)
        m->row_of[m->node[row]] = row;
}

static void fill_rows(struct making *m)
{
    const struct hierarchy *h = m->h;
    struct ball *b = &m->ball;
    uint32_t arcs = 0;
    for (uint32_t row = 0; row < b->rows; row++)
        arcs += h->down.first[m->node[row] + 1] - h->down.first[m->node[row]];
    b->limit = NET_COST_MAX - 1;
    b->first = NEW(m->mem, uint32_t, (size_t)b->rows + 1);
    b->arc = NEW(m->mem, struct ball_arc, arcs);
    b->row = arena_room(m->mem, ((size_t)b->rows + 1) * sizeof *b->row, alignof(struct ball_row));
    for (uint32_t row = 0, n = 0; row < b->rows; b->first[++row] = n)
        for (uint32_t a = h->down.first[m->node[row]]; a < h->down.first[m->node[row] + 1]; a++)
            b->arc[n++] = (struct ball_arc){ m->row_of[h->down.arc[a].state],
                                             h->down.arc[a].cost };
}

/* --- a start's climb: nodes in order of rank, so that each is looked at once --- */

static void push(struct making *m, uint32_t node)
{
    m->heap = GROW(m->mem, m->heap, m->heap_n, &m->heap_room);
    size_t at = m->heap_n++;
    for (; at > 0 && m->heap[(at - 1) / 2] > node; at = (at - 1) / 2)
        m->heap[at] = m->heap[(at - 1) / 2];
    m->heap[at] = node;
}

static uint32_t pop(struct making *m)
{
    uint64_t top = m->heap[0], last = m->heap[--m->heap_n];
    size_t at = 0;
    for (size_t child = 1; child < m->heap_n; child = at * 2 + 1) {
        child += child + 1 < m->heap_n && m->heap[child + 1] < m->heap[child];
        if (m->heap[child] >= last)
            break;
        m->heap[at] = m->heap[child];
        at = child;
    }
    m->heap[at] = last;
    return (uint32_t)top;
}

static void offer(struct making *m, uint32_t node, uint64_t cost)
{
    if (cost >= NET_COST_MAX)
        return;
    if (m->stamp[node] != m->now) {
        m->stamp[node] = m->now;
        m->cost[node] = (uint32_t)cost;
        push(m, node);
    } else if (cost < m->cost[node]) {
        m->cost[node] = (uint32_t)cost;
    }
}

static void climb(struct making *m, const struct anchor *from, uint32_t lane)
{
    const struct net_arcs *up = &m->h->up;
    m->now++;
    for (int end = 0; end < 2 && from->edge != NO_EDGE; end++) {
        uint32_t state = m->net->source[from->edge * 2 + end];
        if (state != NO_STATE)
            offer(m, m->h->rank[state], net_out(m->net, from, end));
    }
    while (m->heap_n) {
        uint32_t node = pop(m), cost = m->cost[node];
        if (m->row_of[node] != NO_ROW)
            m->ball.row[m->row_of[node]].cost[lane] = cost;
        for (uint32_t a = up->first[node]; a < up->first[node + 1]; a++)
            offer(m, up->arc[a].state, (uint64_t)cost + up->arc[a].cost);
    }
}

/* --- the table --- */

static void lower(uint32_t *at, uint64_t cost)
{
    if (cost < *at && cost <= NET_COST_MAX)
        *at = (uint32_t)cost;
}

static void read_goal(const struct making *m, uint32_t to, uint32_t from, uint32_t lanes,
                      uint32_t *ret_cost)
{
    const struct anchor *goal = &m->ask->to[to];
    for (int end = 0; end < 2 && goal->edge != NO_EDGE; end++) {
        uint32_t state = m->net->target[goal->edge * 2 + end], in = net_in(m->net, goal, end);
        if (state == NO_STATE || in == NOT_REACHED)
            continue;
        const uint32_t *row = m->ball.row[m->row_of[m->h->rank[state]]].cost;
        for (uint32_t lane = 0; lane < lanes; lane++)
            if (row[lane] < NET_COST_MAX)
                lower(&ret_cost[(size_t)(from + lane) * m->ask->to_n + to],
                      (uint64_t)row[lane] + in);
    }
}

static void along_own_edge(const struct making *m, uint32_t from, uint32_t *row)
{
    const struct anchor *start = &m->ask->from[from];
    const struct spot_group *g = start->edge == NO_EDGE ? NULL : spots_on(&m->to, start->edge);
    for (uint32_t i = g ? g[0].first : 0; g && i < g[1].first; i++) {
        uint32_t to = m->to.spot[i].id;
        lower(&row[to], net_between(m->net, start, &m->ask->to[to]));
    }
}

static void make_lanes(struct making *m, const struct ball_work *work, uint32_t from,
                       uint32_t lanes, uint32_t *ret_cost)
{
    const uint32_t to_n = m->ask->to_n;
    work->clear(&m->ball);
    for (uint32_t lane = 0; lane < lanes; lane++)
        climb(m, &m->ask->from[from + lane], lane);
    work->descend(&m->ball);
    for (size_t i = 0; i < (size_t)lanes * to_n; i++)
        ret_cost[(size_t)from * to_n + i] = NOT_REACHED;
    for (uint32_t to = 0; to < to_n; to++)
        read_goal(m, to, from, lanes, ret_cost);
    for (uint32_t lane = 0; lane < lanes; lane++)
        along_own_edge(m, from + lane, ret_cost + (size_t)(from + lane) * to_n);
}

void matrix_make(struct arena *mem, const struct matrix_ask *q, uint32_t *ret_cost)
{
    const struct hierarchy *h = q->hierarchy;
    struct making m = { .ask = q, .net = h->net, .h = h, .mem = mem };
    m.cost = NEW(mem, uint32_t, h->nodes);
    m.stamp = NEW(mem, uint32_t, h->nodes);
    m.to = spots_make(mem, h->net, q->to, q->to_n, false);
    climb_from_goals(&m);
    fill_rows(&m);
    for (uint32_t from = 0; from < q->from_n; from += BALL_LANES)
        make_lanes(&m, ball_work(q->lanes), from,
                   q->from_n - from < BALL_LANES ? q->from_n - from : BALL_LANES, ret_cost);
}
