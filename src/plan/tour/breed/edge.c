/* edge.c - the changes that put one visit straight behind another, most of them seen as too dear
 * from the ways alone. */

#include "plan/tour/breed/moves.h"

enum { RUN_MAX = 3, BESIDE = 2 * RUN_MAX };

/* How long the runs are that change places. */
static const struct { int8_t run, other; } runs[] = {
    { 1, 0 }, { 2, 0 }, { 3, 0 }, { 1, 1 }, { 2, 1 }, { 1, 2 }, { 2, 2 },
};

enum { RUNS = sizeof runs / sizeof *runs };

/*
 * One pair, u and v behind it, seen from either end: `run` goes on from the one that moves, away
 * from the new edge, `other` from the one that it comes beside, the other way. 0: where the day
 * ends. `ahead`: v and what follows it moves behind u; else u and what precedes it before v.
 */
struct pair {
    const struct descent *d;
    int32_t u, v;
    int32_t run[RUN_MAX + 1], other[RUN_MAX + 1];
    int     run_n, other_n;
    int64_t over;                        /* price of both lanes as they are */
    int32_t edge;                        /* what the new edge costs more than the two it breaks */
    bool    ahead, one_lane;
};

static int follow(const struct descent *d, int32_t v, bool ahead, int32_t *out)
{
    int n = 0;
    for (; v && n < RUN_MAX; v = ahead ? d->nodes[v].next : d->nodes[v].prev)
        out[n++] = v;
    out[n] = n == RUN_MAX ? v : 0;
    return n;
}

static inline int32_t way(const struct pair *p, int32_t from, int32_t to)
{
    return p->ahead ? cost_of(p->d, from, to) : cost_of(p->d, to, from);
}

/* What the way costs that leaves a visit in the direction in which we look. */
static inline int32_t leaving(const struct pair *p, int32_t v)
{
    return p->ahead ? p->d->nodes[v].leave : p->d->nodes[v].leg;
}

/* What is late before or behind the runs stays so. */
static inline int32_t stays_late(const struct pair *p, int k, int l)
{
    const struct node *nodes = p->d->nodes;
    int32_t y = p->ahead ? nodes[p->v].prev : nodes[p->u].next, end = p->run[k];
    int32_t last = p->other[l], near = p->ahead ? p->u : p->v;
    return p->ahead ? nodes[near].before.warp + nodes[last].behind.warp +
                          nodes[y].before.warp + nodes[end].behind.warp
                    : nodes[near].behind.warp + nodes[last].before.warp +
                          nodes[y].behind.warp + nodes[end].before.warp;
}

/* The change can gain no more than this. */
static inline int64_t gain_most(const struct pair *p, int k, int l)
{
    int32_t w = p->run[k - 1], end = p->run[k], x = p->other[0];
    int32_t y = p->ahead ? p->d->nodes[p->v].prev : p->d->nodes[p->u].next;
    int32_t more = p->edge - leaving(p, w);
    if (l == 0)
        more += way(p, w, x) + way(p, y, end);
    else
        more += way(p, w, p->other[l]) + way(p, y, x) + way(p, p->other[l - 1], end) -
                leaving(p, p->other[l - 1]);
    return (int64_t)FINE * more - p->over;
}

static void pair_try(const struct pair *p, int k, int l, struct move *best)
{
    const struct descent *d = p->d;
    struct cut a, b;
    if (p->ahead ? cut_from(d, p->v, k, &a) && cut_behind(d, p->u, l, &b)
                 : cut_upto(d, p->u, k, &a) && cut_before(d, p->v, l, &b))
        move_swap(d, &a, &b, best);
}

static void pair_runs(struct pair *p, bool ahead, struct move *best)
{
    const struct descent *d = p->d;
    int32_t far = d->nodes[p->u].at - d->nodes[p->v].at;
    bool beside = p->one_lane && far <= BESIDE && far >= -BESIDE;
    p->ahead = ahead;
    p->run_n = follow(d, ahead ? p->v : p->u, ahead, p->run);
    p->other_n = follow(d, ahead ? d->nodes[p->u].next : d->nodes[p->v].prev, ahead, p->other);
    for (int i = 0; i < RUNS; i++) {
        int k = runs[i].run, l = runs[i].other;
        if (k > p->run_n || l > p->other_n)
            continue;
        if (!beside) {
            int64_t most = gain_most(p, k, l);
            if (most >= best->gain || (!p->one_lane && p->over &&
                most + d->late_price * stays_late(p, k, l) >= best->gain))
                continue;
        }
        pair_try(p, k, l, best);
    }
}

bool moves_edge(struct descent *d, int32_t u, int32_t v)
{
    struct move best = { .kind = NO_MOVE };
    struct cut a, b;
    const struct node *x = &d->nodes[u], *y = &d->nodes[v];
    if (x->next == v)
        return false;
    struct pair p = { .d = d, .u = u, .v = v, .one_lane = x->lane == y->lane };
    p.edge = cost_of(d, u, v) - x->leave - y->leg;
    p.over = d->lanes[x->lane].over + (p.one_lane ? 0 : d->lanes[y->lane].over);
    if (!p.one_lane && cut_behind(d, u, 0, &a) && cut_before(d, v, 0, &b))
        move_tails(d, &a, &b, &best);
    else if (p.one_lane && x->at < y->at)
        move_turn(d, u, v, &best);
    pair_runs(&p, true, &best);
    pair_runs(&p, false, &best);
    return move_make(d, &best);
}

bool moves_alone(struct descent *d, int32_t v, int32_t idle)
{
    struct move best = { .kind = NO_MOVE };
    struct cut a, none = { .lane = idle };
    if (d->nodes[v].prev) {
        cut_before(d, v, 0, &a);
        move_tails(d, &a, &none, &best);
    }
    for (int k = 1; k <= RUN_MAX; k++)
        if (cut_from(d, v, k, &a))
            move_swap(d, &a, &none, &best);
    return move_make(d, &best);
}
