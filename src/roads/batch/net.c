/* net.c - the streets made ready for questions that are asked of a whole city at once. */

#include "roads/batch/inside.h"

#include <assert.h>
#include <math.h>

uint32_t net_access(const struct net *net, uint32_t cm)
{
    if (net->pace.by == PACE_LENGTH)
        return cm;
    if (net->pace.by == PACE_SPEED)
        return (uint32_t)((uint64_t)cm * 1000 / net->pace.cm_s);
    return profile_access_ms(net->pace.profile, cm);
}

/* --- making --- */

static uint32_t edge_cost(const struct net *net, uint32_t edge, bool back)
{
    int64_t ms = edge_ms(net->roads, net->pace.profile, edge, back);
    if (ms != TIME_FORBIDDEN && net->pace.by != PACE_PROFILE)
        ms = net_access(net, net->roads->edge[edge].length_cm);
    return ms == TIME_FORBIDDEN || ms > NET_COST_MAX ? NOT_REACHED : (uint32_t)ms;
}

void net_line_add(struct net_making *m, uint32_t from, uint32_t to, uint32_t cost)
{
    if (from == to)
        return;
    m->line = GROW(m->mem, m->line, m->lines, &m->lines_room);
    m->line[m->lines++] = (struct net_line){ from, to, cost };
}

/* Four of each state side by side; states are known to stay below NET_GOAL_STATE. */
static void lay_fours(struct net_arcs *made, uint32_t states)
{
    made->four = block_take(((size_t)states + 1) * sizeof *made->four);
    for (uint32_t s = 0; s < states; s++) {
        struct net_four *four = &made->four[s];
        uint32_t first = made->first[s], n = made->first[s + 1] - first;
        for (uint32_t i = 0; i < NET_FOUR; i++) {
            four->goal[i] = i < n ? made->arc[first + i].state : s;
            four->cost[i] = i < n ? made->arc[first + i].cost : 0;
        }
        four->goal[0] |= n > NET_FOUR ? NET_GOAL_MORE : 0;
    }
}

/* A counting sort by the state the arcs are grouped by; within it the lines keep their order. */
static struct net_arcs group(const struct net_making *m, bool out)
{
    uint32_t states = m->net->states;
    struct net_arcs made = { .first = block_take(((size_t)states + 2) * sizeof *made.first),
                             .arc = block_take((m->lines + 1) * sizeof *made.arc) };
    uint32_t *next = made.first + 1;                     /* slides into place while it is used */
    uint64_t sum = 0;
    for (size_t i = 0; i < m->lines; i++)
        next[(out ? m->line[i].from : m->line[i].to) + 1]++;
    for (uint32_t s = 0; s < states; s++)
        next[s + 1] += next[s];
    for (size_t i = 0; i < m->lines; i++) {
        const struct net_line *l = &m->line[i];
        made.arc[next[out ? l->from : l->to]++] = (struct net_arc){ out ? l->to : l->from,
                                                                    l->cost };
        made.cost_max = l->cost > made.cost_max ? l->cost : made.cost_max;
        sum += l->cost;
    }
    made.cost_mean = m->lines ? (uint32_t)(sum / m->lines) : 0;
    lay_fours(&made, states);
    return made;
}

void net_arcs_make(struct net_making *m)
{
    assert(m->net->states <= NET_GOAL_STATE);
    m->net->arcs = (uint32_t)m->lines;
    m->net->out = group(m, true);
    m->net->in = group(m, false);
}

void net_arcs_free(struct net *net)
{
    block_free(net->out.first);
    block_free(net->out.arc);
    block_free(net->out.four);
    block_free(net->in.first);
    block_free(net->in.arc);
    block_free(net->in.four);
}

static void mark_blind(struct net_arcs *arcs, const uint8_t *blind, uint32_t states)
{
    for (uint32_t s = 0; s < states; s++)
        for (uint32_t i = 0; i < NET_FOUR; i++) {
            uint32_t *goal = &arcs->four[s].goal[i];
            *goal |= blind[*goal & NET_GOAL_STATE] ? NET_GOAL_BLIND : 0;
        }
}

/*
 * A search that comes to the blind end of a street need not look on from there: who lies on that
 * street is sought from both its ends. (A second street to oneself would make it no blind end.)
 */
static void find_blind(struct net_making *m)
{
    const struct roads *r = m->roads;
    struct net *net = m->net;
    uint8_t *streets = NEW(m->mem, uint8_t, r->junctions);
    net->blind = block_take((size_t)net->states + 1);
    for (uint32_t e = 0; e < r->edges; e++)
        for (int end = 0; end < 2 && net_allows(net, e); end++) {
            uint32_t junction = end == 0 ? r->edge[e].a : r->edge[e].b;
            streets[junction] = (uint8_t)(streets[junction] < 2 ? streets[junction] + 1 : 2);
        }
    for (uint32_t j = 0; j < r->junctions; j++) {
        uint32_t s = net->junction_state[j], out = net->out.first[s], in = net->in.first[s];
        net->blind[s] = streets[j] == 1 && net->out.first[s + 1] == out + 1 &&
                        net->in.first[s + 1] == in + 1 &&
                        net->out.arc[out].state == net->in.arc[in].state;
    }
    mark_blind(&net->out, net->blind, net->states);
    mark_blind(&net->in, net->blind, net->states);
}

struct net *net_make(const struct roads *r, struct pace pace, uint32_t limit)
{
    assert(pace.by != PACE_SPEED || pace.cm_s > 0);
    AUTO(arena_free) struct arena mem = { 0 };
    struct net *net = block_take(sizeof *net);
    net->roads = r;
    net->pace = pace;
    net->limit = limit < NET_COST_MAX ? limit : NET_COST_MAX;
    net->cost = block_take(((size_t)r->edges + 1) * 2 * sizeof *net->cost);
    for (uint32_t e = 0; e < r->edges; e++)
        for (uint32_t back = 0; back < 2; back++)
            net->cost[e * 2 + back] = edge_cost(net, e, back);
    struct net_making m = { .mem = &mem, .roads = r, .net = net };
    m.lines_room = (size_t)r->arcs + 1;
    m.line = arena_room(&mem, m.lines_room * sizeof *m.line, alignof(struct net_line));
    zones_find(&m);
    zones_number(&m);
    zones_lines(&m);
    if (m.gate_n)
        zones_around(&m);
    zones_changes(&m);
    net_arcs_make(&m);
    find_blind(&m);
    return net;
}

void net_free(struct net *net)
{
    if (!net)
        return;
    net_arcs_free(net);
    block_free(net->blind);
    block_free(net->cost);
    block_free(net->source);
    block_free(net->target);
    block_free(net->junction_state);
    block_free(net);
}

/* --- anchors --- */

/* The share of the edge's cost one way from a; as reach.c has it, rounded down. */
static uint32_t along(const struct net *net, const struct anchor *at, bool back)
{
    uint32_t length_cm = net->roads->edge[at->edge].length_cm;
    uint64_t whole = net->cost[at->edge * 2 + back];
    return length_cm ? (uint32_t)(whole * at->along_cm / length_cm) : 0;
}

/* Who stands at the very end is there, whichever way the street may be used. */
static uint32_t to_end(const struct net *net, const struct anchor *at, int end, bool back)
{
    uint32_t whole = net->cost[at->edge * 2 + back], on_edge = 0;
    if (at->along_cm != (end == 0 ? 0 : net->roads->edge[at->edge].length_cm)) {
        if (whole == NOT_REACHED)
            return NOT_REACHED;
        uint32_t from_a = along(net, at, back);
        on_edge = end == 0 ? from_a : whole - from_a;
    }
    uint64_t cost = (uint64_t)on_edge + net_access(net, at->access_cm);
    return cost <= NET_COST_MAX ? (uint32_t)cost : NOT_REACHED;
}

bool net_out_both(const struct net *net, const struct anchor *at, uint32_t ret_cost[2])
{
    const uint32_t *cost = net->cost + at->edge * 2;
    if (cost[0] != cost[1]) {
        ret_cost[0] = to_end(net, at, 0, true);
        ret_cost[1] = to_end(net, at, 1, false);
        return ret_cost[0] != NOT_REACHED || ret_cost[1] != NOT_REACHED;
    }
    if (cost[0] == NOT_REACHED)
        return false;
    uint32_t from_a = along(net, at, false);
    uint32_t access = at->access_cm ? net_access(net, at->access_cm) : 0;
    ret_cost[0] = from_a + access;
    ret_cost[1] = cost[0] - from_a + access;
    return access <= NET_COST_MAX;
}

/* The end of its edge at which an anchor stands if it may go on from there freely; -1: none. */
static int stands_at(const struct net *net, const struct anchor *from)
{
    const struct edge *e = &net->roads->edge[from->edge];
    int end = from->along_cm == 0 ? 0 : from->along_cm == e->length_cm ? 1 : -1;
    const uint32_t *cost = net->cost + from->edge * 2;
    if (end < 0 || e->flags & ROAD_PRIVATE || cost[0] == NOT_REACHED || cost[1] == NOT_REACHED ||
        net->source[from->edge * 2 + end] == NO_STATE)
        return -1;
    return end;
}

struct net_spot net_spot(const struct net *net, const struct anchor *from)
{
    struct net_spot spot = { { NO_STATE, NO_STATE }, { NOT_REACHED, NOT_REACHED }, NOT_REACHED };
    if (from->edge == NO_EDGE || !net_out_both(net, from, spot.cost))
        return spot;
    int end = stands_at(net, from);
    spot.state[0] = net->source[from->edge * 2 + (end > 0)];
    spot.cost[0] = spot.cost[end > 0];
    if (end < 0) {
        spot.state[1] = net->source[from->edge * 2 + 1];
        spot.edge = (uint32_t)from->edge;
    }
    return spot;
}

struct net_spot *net_spots(struct arena *mem, const struct net *net, const struct anchor *from,
                           uint32_t n)
{
    struct net_spot *spot = arena_room(mem, (size_t)n * sizeof *spot, alignof(struct net_spot));
    for (uint32_t i = 0; i < n; i++)
        spot[i] = net_spot(net, &from[i]);
    return spot;
}

uint32_t net_out(const struct net *net, const struct anchor *at, int end)
{
    bool open = net->source[at->edge * 2 + end] != NO_STATE;
    return open ? to_end(net, at, end, end == 0) : NOT_REACHED;
}

uint32_t net_in(const struct net *net, const struct anchor *at, int end)
{
    bool open = net->target[at->edge * 2 + end] != NO_STATE;
    return open ? to_end(net, at, end, end != 0) : NOT_REACHED;
}

uint32_t net_between(const struct net *net, const struct anchor *from, const struct anchor *to)
{
    bool back = from->along_cm > to->along_cm, same = from->along_cm == to->along_cm;
    if (!net_allows(net, (uint32_t)from->edge) ||
        (!same && net->cost[from->edge * 2 + back] == NOT_REACHED))
        return NOT_REACHED;
    uint32_t a = same ? 0 : along(net, from, back), b = same ? 0 : along(net, to, back);
    uint64_t cost = (back ? a - b : b - a) + (uint64_t)net_access(net, from->access_cm) +
                    net_access(net, to->access_cm);
    return cost <= NET_COST_MAX ? (uint32_t)cost : NOT_REACHED;
}

/* --- every point --- */

/* Which edge stands for each junction: one that is open both ways if there is one, a public one. */
static uint32_t *junction_edges(struct arena *mem, const struct net *net)
{
    const struct roads *r = net->roads;
    uint32_t *edge = NEW(mem, uint32_t, r->junctions);
    uint8_t *merit = NEW(mem, uint8_t, r->junctions);
    for (uint32_t e = 0; e < r->edges; e++) {
        unsigned flags = r->edge[e].flags;
        uint8_t good = !net_allows(net, e) ? 0 : flags & ROAD_PRIVATE ? 1 : 3;
        if (good && net->cost[e * 2] != NOT_REACHED && net->cost[e * 2 + 1] != NOT_REACHED)
            good++;
        for (int end = 0; end < 2; end++) {
            uint32_t junction = end == 0 ? r->edge[e].a : r->edge[e].b;
            if (good <= merit[junction])
                continue;
            merit[junction] = good;
            edge[junction] = e;
        }
    }
    for (uint32_t j = 0; j < r->junctions; j++)
        if (merit[j] == 0)
            edge[j] = NOT_REACHED;
    return edge;
}

/* The metric of the edge's beginning is good along it; shares are taken of the whole. */
static uint32_t put_shape(const struct roads *r, uint32_t e, struct anchor *out)
{
    const struct edge *edge = &r->edge[e];
    struct plane plane = plane_at(r->at[edge->a]);
    struct plane_point before = { 0, 0 };
    uint32_t n = edge[1].first_shape - edge->first_shape;
    double whole = 0;
    for (uint32_t i = 0; i <= n; i++) {
        struct point at = i < n ? r->shape[edge->first_shape + i] : r->at[edge->b];
        struct plane_point here = plane_of(&plane, at);
        whole += hypot(here.x - before.x, here.y - before.y);
        before = here;
        if (i < n)
            out[i] = (struct anchor){ .edge = e, .along_cm = (uint32_t)llround(whole * 100),
                                      .home = at, .at = at };
    }
    double scale = whole > 0 ? edge->length_cm / (whole * 100) : 0;
    for (uint32_t i = 0; i < n; i++) {
        double cm = round(out[i].along_cm * scale);
        out[i].along_cm = cm < edge->length_cm ? (uint32_t)cm : edge->length_cm;
    }
    return n;
}

static void put_junction(const struct roads *r, uint32_t junction, uint32_t e, struct anchor *out)
{
    *out = (struct anchor){ .edge = e, .home = r->at[junction], .at = r->at[junction],
                            .along_cm = r->edge[e].a == junction ? 0 : r->edge[e].length_cm };
}

struct anchor *net_points(struct arena *mem, const struct net *net, bool shape, uint32_t *ret_n)
{
    const struct roads *r = net->roads;
    uint32_t *edge = junction_edges(mem, net), n = 0;
    size_t room = (size_t)r->junctions + (shape ? r->shapes : 0) + 1;
    struct anchor *out = arena_room(mem, room * sizeof *out, alignof(struct anchor));
    for (uint32_t e = 0; e < r->edges; e++) {
        if (!net_allows(net, e))
            continue;
        if (edge[r->edge[e].a] == e)
            put_junction(r, r->edge[e].a, e, &out[n++]);
        if (shape)
            n += put_shape(r, e, out + n);
        if (r->edge[e].b != r->edge[e].a && edge[r->edge[e].b] == e)
            put_junction(r, r->edge[e].b, e, &out[n++]);
    }
    *ret_n = n;
    return out;
}
