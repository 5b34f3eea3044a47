/*
 * reach_all.c - how much is within a limit of every point.
 *
 * BALL_LANES neighbours at a time: one search from all of them finds the union of their balls;
 * their costs over it fall together along its arcs (Bellman 1958, with a list of what has fallen,
 * in the order the search met them); then every edge with something on it is looked at once.
 */

#include "roads/batch/reach_all.h"

#include "roads/batch/ball.h"
#include "roads/batch/search.h"
#include "roads/batch/spots.h"

#include <assert.h>

struct making {
    const struct reach_all *ask;
    struct search    *search;
    struct spots      to;
    struct ball_spot *spot;              /* as to.spot, with weights */
    uint32_t         *group_on;          /* of each edge, its group + 1; 0: nothing */
    struct ball_group *group;            /* of each of to.group, without the rows */
    uint32_t         *row_of;            /* of each state in the ball */
    struct net_arc    end[BALL_POINTS][2];   /* of the ball's points */
    struct ball       ball;
    const struct ball_work *work;
    struct arena      rows_mem;          /* of ball.row, which grows with the balls */
    size_t            rows_room;
};

/* --- once --- */

/* A closed way costs as much as no limit allows. */
static uint32_t open_or_far(uint32_t cost)
{
    return cost == NOT_REACHED ? NET_COST_MAX : cost;
}

static void weigh(struct arena *mem, struct making *m)
{
    const struct reach_all *q = m->ask;
    const struct spots *to = &m->to;
    m->spot = NEW(mem, struct ball_spot, to->n);
    m->group = NEW(mem, struct ball_group, to->groups);
    m->group_on = NEW(mem, uint32_t, q->net->roads->edges);
    for (uint32_t g = 0; g < to->groups; g++) {
        struct ball_group *made = &m->group[g];
        made->spot = &m->spot[to->group[g].first];
        m->group_on[to->group[g].edge] = g + 1;
        for (uint32_t i = to->group[g].first; i < to->group[g + 1].first; i++) {
            const struct spot *s = &to->spot[i];
            uint32_t weight = q->weight ? q->weight[s->id] : 1;
            uint32_t a = open_or_far(s->from_a), b = open_or_far(s->from_b);
            m->spot[i] = (struct ball_spot){ a, b, weight };
            made->spots++;
            made->weight += weight;
            made->far_a = a > made->far_a ? a : made->far_a;
            made->far_b = b > made->far_b ? b : made->far_b;
        }
    }
}

static struct making making_new(struct arena *mem, const struct reach_all *q)
{
    const struct net *net = q->net;
    struct making m = { .ask = q, .search = search_new(mem, net, q->inward) };
    m.to = spots_make(mem, net, q->to, q->to_n, q->inward);
    weigh(mem, &m);
    m.row_of = NEW(mem, uint32_t, net->states);
    m.work = ball_work(q->lanes);
    m.ball = (struct ball){
        .limit = q->limit,
        .first = NEW(mem, uint32_t, (size_t)net->states + 1),
        .arc = NEW(mem, struct ball_arc, net->arcs),
        .waiting = NEW(mem, uint64_t, net->states / 64 + 1),
        .group = NEW(mem, struct ball_group, m.to.groups),
    };
    return m;
}

/* --- a ball --- */

/* Where the points of a ball join the net, once for the search and the lanes. */
static void find_ends(struct making *m, const uint32_t *point, uint32_t n)
{
    const struct net *net = m->ask->net;
    const uint32_t *state = m->ask->inward ? net->target : net->source;
    for (uint32_t i = 0; i < n; i++) {
        const struct anchor *at = &m->ask->from[point[i]];
        for (int end = 0; end < 2; end++)
            m->end[i][end] = (struct net_arc){
                state[at->edge * 2 + end],
                m->ask->inward ? net_in(net, at, end) : net_out(net, at, end) };
    }
}

static const struct net_arcs *arcs_of(const struct making *m)
{
    return m->ask->inward ? &m->ask->net->in : &m->ask->net->out;
}

static bool in_ball(const struct making *m, uint32_t state)
{
    return state != NO_STATE && search_label(m->search, state) != NOT_REACHED;
}

static void find_ball(struct making *m, uint32_t n)
{
    search_begin(m->search, m->ask->limit);
    for (uint32_t i = 0; i < n; i++)
        for (int end = 0; end < 2; end++)
            search_seed(m->search, m->end[i][end].state, m->end[i][end].cost);
    search_run(m->search);
    m->ball.rows = m->search->touched_n;
    for (uint32_t row = 0; row < m->ball.rows; row++)
        m->row_of[m->search->touched[row]] = row;
}

/* The edges with something on them that begin at a state; what lies between two counts once. */
static void fill_groups(struct making *m, uint32_t state)
{
    struct ball *b = &m->ball;
    for (uint32_t i = m->to.first[state]; i < m->to.first[state + 1]; i++) {
        uint32_t number = m->to.at[i] / 2;
        const struct spot_group *g = &m->to.group[number];
        bool has_a = in_ball(m, g->a);
        if (m->to.at[i] % 2 == 1 && has_a)
            continue;                                    /* it was met at its other end */
        struct ball_group *made = &b->group[b->groups++];
        *made = m->group[number];
        made->a = has_a ? m->row_of[g->a] : b->rows;
        made->b = in_ball(m, g->b) ? m->row_of[g->b] : b->rows;
    }
}

static void fill_ball(struct making *m)
{
    const struct net_arcs *arcs = arcs_of(m);
    struct ball *b = &m->ball;
    struct ball_arc *arc = b->arc;
    b->groups = 0;
    for (uint32_t row = 0; row < b->rows; row++) {
        uint32_t state = m->search->touched[row], label = search_label(m->search, state);
        uint32_t first, end;
        search_arcs(m->search, state, &first, &end);
        for (uint32_t i = first; i < end; i++)
            if (label + arcs->arc[i].cost <= b->limit)
                *arc++ = (struct ball_arc){ m->row_of[arcs->arc[i].state], arcs->arc[i].cost };
        b->first[row + 1] = (uint32_t)(arc - b->arc);
        fill_groups(m, state);
    }
}

static void make_room(struct making *m)
{
    struct ball *b = &m->ball;
    if (b->rows < m->rows_room)
        return;
    m->rows_room = b->rows * 2 + 64;
    arena_reset(&m->rows_mem);
    b->row = arena_room(&m->rows_mem, m->rows_room * sizeof *b->row, alignof(struct ball_row));
}

static void set_out(struct making *m, const struct net_arc (*lane)[2], uint32_t lanes)
{
    struct ball *b = &m->ball;
    m->work->clear(b);
    for (uint32_t i = 0; i < lanes; i++)
        for (int end = 0; end < 2; end++) {
            const struct net_arc at = lane[i][end];
            if (at.state == NO_STATE || at.cost > b->limit)
                continue;
            uint32_t row = m->row_of[at.state], *cost = &b->row[row].cost[i];
            *cost = at.cost < *cost ? at.cost : *cost;
            b->waiting[row / 64] |= UINT64_C(1) << row % 64;
        }
}

/* --- on one's own edge --- */

static uint32_t between(const struct making *m, const struct anchor *from, const struct anchor *to)
{
    const struct net *net = m->ask->net;
    return m->ask->inward ? net_between(net, to, from) : net_between(net, from, to);
}

/* What is within the limit along the edge but not round by its ends, which is counted already. */
static uint32_t own_edge(const struct making *m, const struct anchor *from, uint32_t lane)
{
    uint32_t on = m->group_on[from->edge], sum = 0;
    if (on == 0)
        return 0;
    const struct spot_group *g = &m->to.group[on - 1];
    const struct ball *b = &m->ball;
    uint32_t a = b->row[in_ball(m, g->a) ? m->row_of[g->a] : b->rows].cost[lane];
    uint32_t z = b->row[in_ball(m, g->b) ? m->row_of[g->b] : b->rows].cost[lane];
    for (uint32_t i = g[0].first; i < g[1].first; i++) {
        const struct ball_spot *s = &m->spot[i];
        if (a + s->from_a > b->limit && z + s->from_b > b->limit &&
            between(m, from, &m->ask->to[m->to.spot[i].id]) <= b->limit)
            sum += s->weight;
    }
    return sum;
}

/* Those from `first` on, as many as there are lanes. */
static void sum_lanes(struct making *m, const uint32_t *point, uint32_t first, uint32_t lanes,
                      uint32_t *ret_sum)
{
    set_out(m, m->end + first, lanes);
    m->work->spread(&m->ball);
    m->work->count(&m->ball);
    for (uint32_t i = 0; i < lanes; i++)
        ret_sum[point[first + i]] = m->ball.sum.cost[i] +
                                    own_edge(m, &m->ask->from[point[first + i]], i);
}

/* One ball serves several times as many points as there are lanes. */
static void sum_ball(struct making *m, const uint32_t *point, uint32_t n, uint32_t *ret_sum)
{
    find_ends(m, point, n);
    find_ball(m, n);
    fill_ball(m);
    make_room(m);
    for (uint32_t i = 0; i < n; i += BALL_LANES)
        sum_lanes(m, point, i, n - i < BALL_LANES ? n - i : BALL_LANES, ret_sum);
    search_clear(m->search);
}

void reach_all(struct arena *mem, const struct reach_all *q, uint32_t *ret_sum)
{
    assert(q->limit <= q->net->limit);
    assert(q->limit < NET_COST_MAX);
    struct making m = making_new(mem, q);
    uint32_t *order = spots_order(mem, q->net->roads, q->from, q->from_n), n = q->from_n;
    for (; n > 0 && q->from[order[n - 1]].edge == NO_EDGE; n--)
        ret_sum[order[n - 1]] = 0;
    for (uint32_t i = 0; i < n; i += BALL_POINTS)
        sum_ball(&m, order + i, n - i < BALL_POINTS ? n - i : BALL_POINTS, ret_sum);
    arena_free(&m.rows_mem);
}
