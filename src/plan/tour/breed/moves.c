/* moves.c - what a change of a plan gains, and making it. */

#include "plan/tour/breed/moves.h"

/* --- runs --- */

/* k visits behind u, or the place there. */
bool cut_behind(const struct descent *d, int32_t u, int k, struct cut *c)
{
    *c = (struct cut){ .lane = d->nodes[u].lane, .before = u, .behind = d->nodes[u].next, .n = k };
    if (k && c->behind == 0)
        return false;
    c->first = c->behind;
    for (int i = 0; i < k; i++) {
        c->last = c->behind;
        if (c->last == 0)
            return false;
        c->behind = d->nodes[c->last].next;
    }
    return true;
}

/* k visits before v, or the place there. */
bool cut_before(const struct descent *d, int32_t v, int k, struct cut *c)
{
    *c = (struct cut){ .lane = d->nodes[v].lane, .before = d->nodes[v].prev, .behind = v, .n = k };
    c->last = c->before;
    for (int i = 0; i < k; i++) {
        c->first = c->before;
        if (c->first == 0)
            return false;
        c->before = d->nodes[c->first].prev;
    }
    return true;
}

/* k visits from v on. */
bool cut_from(const struct descent *d, int32_t v, int k, struct cut *c)
{
    *c = (struct cut){ .lane = d->nodes[v].lane, .before = d->nodes[v].prev, .first = v,
                       .last = v, .n = k };
    for (int i = 1; i < k; i++) {
        c->last = d->nodes[c->last].next;
        if (c->last == 0)
            return false;
    }
    c->behind = d->nodes[c->last].next;
    return true;
}

/* k visits up to u. */
bool cut_upto(const struct descent *d, int32_t u, int k, struct cut *c)
{
    *c = (struct cut){ .lane = d->nodes[u].lane, .behind = d->nodes[u].next, .first = u,
                       .last = u, .n = k };
    for (int i = 1; i < k; i++) {
        c->first = d->nodes[c->first].prev;
        if (c->first == 0)
            return false;
    }
    c->before = d->nodes[c->first].prev;
    return true;
}

static inline int32_t cut_load(const struct descent *d, const struct cut *c)
{
    return c->n ? d->nodes[c->last].sum - d->nodes[c->before].sum : 0;
}

/* What the ways around the run cost. */
static inline int32_t cut_cost(const struct descent *d, const struct cut *c)
{
    return c->n ? cost_of(d, c->before, c->first) + cost_of(d, c->last, c->behind)
                : cost_of(d, c->before, c->behind);
}

/* … with the other run in its place. */
static inline int32_t cost_with(const struct descent *d, const struct cut *c,
                                const struct cut *other)
{
    return other->n ? cost_of(d, c->before, other->first) + cost_of(d, other->last, c->behind)
                    : cost_of(d, c->before, c->behind);
}

/* The span with a run behind it; *last: where it ends. */
static inline struct span with_run(const struct descent *d, struct span s, int32_t *last,
                                   const struct cut *c)
{
    int32_t v = c->first;
    for (int i = 0; i < c->n; i++, v = d->nodes[v].next) {
        s = span_join(s, time_of(d, *last, v), d->l->own[v]);
        *last = v;
    }
    return s;
}

static inline int32_t warp_with(const struct descent *d, const struct cut *c,
                                const struct cut *other)
{
    int32_t last = c->before;
    struct span s = with_run(d, d->nodes[c->before].before, &last, other);
    return span_warp(s, time_of(d, last, c->behind), d->nodes[c->behind].behind);
}

/* --- two runs change places --- */

static void swap_between(const struct descent *d, const struct cut *a, const struct cut *b,
                         struct move *best)
{
    const struct lane *x = &d->lanes[a->lane], *y = &d->lanes[b->lane];
    int64_t gain = (int64_t)FINE * (cost_with(d, a, b) + cost_with(d, b, a) - cut_cost(d, a) -
                                    cut_cost(d, b)) - x->over - y->over;
    if (gain >= best->gain)
        return;
    int32_t more = cut_load(d, b) - cut_load(d, a);
    gain += lane_over(d, x->load + more, warp_with(d, a, b));
    if (gain >= best->gain)
        return;
    gain += lane_over(d, y->load - more, warp_with(d, b, a));
    if (gain < best->gain)
        *best = (struct move){ SWAP, gain, *a, *b };
}

/* Both in one lane; `a` comes first. */
static void swap_within(const struct descent *d, const struct cut *a, const struct cut *b,
                        struct move *best)
{
    const struct lane *x = &d->lanes[a->lane];
    bool beside = a->n && b->n && a->behind == b->first;
    int32_t more = cost_with(d, a, b) + cost_with(d, b, a) - cut_cost(d, a) - cut_cost(d, b);
    if (beside)
        more = cost_of(d, a->before, b->first) + cost_of(d, b->last, a->first) +
               cost_of(d, a->last, b->behind) - cost_of(d, a->before, a->first) -
               cost_of(d, a->last, b->first) - cost_of(d, b->last, b->behind);
    int64_t gain = (int64_t)FINE * more - x->over;
    if (gain >= best->gain)
        return;
    int32_t last = a->before;
    struct span s = with_run(d, d->nodes[last].before, &last, b);
    for (int32_t v = a->behind; !beside && v != (b->n ? b->first : b->behind);
         v = d->nodes[v].next) {
        s = span_join(s, time_of(d, last, v), d->l->own[v]);
        last = v;
    }
    s = with_run(d, s, &last, a);
    int32_t warp = span_warp(s, time_of(d, last, b->behind), d->nodes[b->behind].behind);
    gain += lane_over(d, x->load, warp);
    if (gain < best->gain)
        *best = (struct move){ SWAP, gain, *a, *b };
}

void move_swap(const struct descent *d, const struct cut *a, const struct cut *b,
                     struct move *best)
{
    if (a->lane != b->lane) {
        swap_between(d, a, b, best);
        return;
    }
    int32_t at_a = d->nodes[a->before].at, at_b = d->nodes[b->before].at;
    at_a = a->before ? at_a : 0;
    at_b = b->before ? at_b : 0;
    const struct cut *low = at_a <= at_b ? a : b, *high = low == a ? b : a;
    int32_t end = (low == a ? at_a : at_b) + low->n, begin = low == a ? at_b : at_a;
    if (end > begin || (end == begin && !(low->n && high->n)))
        return;                                  /* one within the other, or nothing moves */
    swap_within(d, low, high, best);
}

/* --- tails, turns --- */

/* Behind u of one lane goes on what stands behind y in the other, and the reverse. */
void move_tails(const struct descent *d, const struct cut *a, const struct cut *b,
                      struct move *best)
{
    const struct lane *p = &d->lanes[a->lane], *q = &d->lanes[b->lane];
    int32_t u = a->before, x = a->behind, y = b->before, v = b->behind;
    int64_t gain = (int64_t)FINE * (cost_of(d, u, v) + cost_of(d, y, x) - cost_of(d, u, x) -
                                    cost_of(d, y, v)) - p->over - q->over;
    if (gain >= best->gain)
        return;
    const struct node *nodes = d->nodes;
    int32_t load = nodes[u].sum + q->load - nodes[y].sum;
    gain += lane_over(d, load, span_warp(nodes[u].before, time_of(d, u, v), nodes[v].behind));
    if (gain >= best->gain)
        return;
    gain += lane_over(d, p->load + q->load - load,
                      span_warp(nodes[y].before, time_of(d, y, x), nodes[x].behind));
    if (gain < best->gain)
        *best = (struct move){ TAILS, gain, *a, *b };
}

/* What stands between u and v, v too, the other way round. */
void move_turn(const struct descent *d, int32_t u, int32_t v, struct move *best)
{
    const struct lane *t = &d->lanes[d->nodes[u].lane];
    int32_t x = d->nodes[u].next, z = d->nodes[v].next;
    int32_t more = cost_of(d, u, v) + cost_of(d, x, z) - cost_of(d, u, x) - cost_of(d, v, z);
    for (int32_t w = x; w != v && !d->l->even; w = d->nodes[w].next)
        more += cost_of(d, d->nodes[w].next, w) - cost_of(d, w, d->nodes[w].next);
    int64_t gain = (int64_t)FINE * more - t->over;
    if (gain >= best->gain)
        return;
    struct span s = d->nodes[u].before;
    for (int32_t w = v, last = u; last != x; last = w, w = d->nodes[w].prev)
        s = span_join(s, time_of(d, last, w), d->l->own[w]);
    gain += lane_over(d, t->load, span_warp(s, time_of(d, x, z), d->nodes[z].behind));
    if (gain < best->gain)
        *best = (struct move){ TURN, gain, { .lane = d->nodes[u].lane, .before = u, .first = x,
                                             .last = v, .behind = z }, { 0 } };
}

/* --- making a move --- */

static int spell_run(const struct descent *d, int32_t first, int32_t stop, int32_t *out)
{
    int n = 0;
    for (int32_t v = first; v != stop; v = d->nodes[v].next)
        out[n++] = v;
    return n;
}

/* The lane's visits with each cut's run replaced by the other's. */
static int spell_swap(const struct descent *d, int32_t lane, const struct cut *cuts, int32_t *out)
{
    int32_t prev = 0, v = d->lanes[lane].first;
    bool done[2] = { cuts[0].lane != lane, cuts[1].lane != lane };
    int n = 0;
    while (v || !done[0] || !done[1]) {
        int i = !done[0] && cuts[0].before == prev ? 0 : 1;
        if (done[i] || cuts[i].before != prev) {
            out[n++] = prev = v;
            v = d->nodes[v].next;
            continue;
        }
        const struct cut *other = &cuts[1 - i];
        n += other->n ? spell_run(d, other->first, other->behind, out + n) : 0;
        done[i] = true;
        prev = cuts[i].n ? cuts[i].last : prev;
        v = cuts[i].behind;
    }
    return n;
}

static void make_swap(struct descent *d, const struct move *m)
{
    struct cut cuts[2] = { m->a, m->b };
    int n = spell_swap(d, m->a.lane, cuts, d->room[0]);
    int k = m->a.lane == m->b.lane ? -1 : spell_swap(d, m->b.lane, cuts, d->room[1]);
    lane_set(d, m->a.lane, d->room[0], n);
    if (k >= 0)
        lane_set(d, m->b.lane, d->room[1], k);
}

static void make_tails(struct descent *d, const struct move *m)
{
    int n = spell_run(d, d->lanes[m->a.lane].first, m->a.behind, d->room[0]);
    int k = spell_run(d, d->lanes[m->b.lane].first, m->b.behind, d->room[1]);
    int tail = spell_run(d, m->b.behind, 0, d->room[0] + n);
    k += spell_run(d, m->a.behind, 0, d->room[1] + k);
    lane_set(d, m->a.lane, d->room[0], n + tail);
    lane_set(d, m->b.lane, d->room[1], k);
}

static void make_turn(struct descent *d, const struct move *m)
{
    int n = spell_run(d, d->lanes[m->a.lane].first, m->a.first, d->room[0]);
    for (int32_t v = m->a.last; v != m->a.before; v = d->nodes[v].prev)
        d->room[0][n++] = v;
    n += spell_run(d, m->a.behind, 0, d->room[0] + n);
    lane_set(d, m->a.lane, d->room[0], n);
}

bool move_make(struct descent *d, const struct move *m)
{
    if (m->kind == NO_MOVE)
        return false;
    d->clock++;
    if (m->kind == SWAP)
        make_swap(d, m);
    else if (m->kind == TAILS)
        make_tails(d, m);
    else
        make_turn(d, m);
    return true;
}
