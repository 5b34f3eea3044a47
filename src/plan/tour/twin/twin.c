/* twin.c - simulated annealing over one order of all visits, which is decoded left to right. */

#include "plan/tour/twin/twin.h"

#include "plan/tour/beside.h"

#include <math.h>
#include <string.h>

/* Of the mean way: what is worse by so much is at first, and at last, often let pass. */
#define HOT 2.0
#define COLD 0.02

enum { SPAN = 8, NEAR = 24, MOVES_A_LOOK = 256 };

/* Sums up to some place in the order, and where each carer is then. */
struct mark { int64_t way, late, most; };

struct twins {
    const struct twin_problem *p;
    int32_t  *order, *at;                /* at: where a visit stands in it */
    int16_t (*carer)[2];
    struct twin_visit *visits;
    int32_t  *free, *place;              /* of each carer, while decoding */
    struct mark *marks;                  /* before order[SPAN * i] */
    int32_t  *marked;                    /* free and place of each carer there */
    int32_t  *near;                      /* visits x NEAR */
    int32_t  *order_kept, *order_best;
    int16_t (*carer_kept)[2], (*carer_best)[2];
    int32_t (*start)[2];                 /* NULL while searching */
    int       width, near_n;
    uint64_t  random;
    int64_t   cost, best, moves;
};

static uint64_t drawn(struct twins *t)
{
    t->random ^= t->random << 13;
    t->random ^= t->random >> 7;
    t->random ^= t->random << 17;
    return t->random * 0x2545F4914F6CDD1Dull;
}

static int32_t below(struct twins *t, int32_t n)
{
    return (int32_t)(((drawn(t) >> 32) * (uint64_t)n) >> 32);
}

static bool able(const struct twins *t, int carer, int v, int which)
{
    return t->p->able[carer] >> t->visits[v].service[which] & 1;
}

/* --- decoding --- */

static int32_t max(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Sends a carer to a visit; when she is there. */
static int32_t go(struct twins *t, int carer, int v, struct mark *sum)
{
    int32_t way = t->p->ways[t->place[carer] * t->width + v + 1];
    sum->way += way;
    t->place[carer] = v + 1;
    return t->free[carer] + way;
}

static void late(struct mark *sum, int32_t start, int32_t close)
{
    int32_t by = start - close;
    if (by <= 0)
        return;
    sum->late += by;
    sum->most = by > sum->most ? by : sum->most;
}

static void make(struct twins *t, int v, struct mark *sum)
{
    const struct twin_visit *visit = &t->visits[v];
    int a = t->carer[v][0], b = t->carer[v][1];
    int32_t first = max(go(t, a, v, sum), visit->open), second = 0;
    if (b >= 0) {
        second = max(max(go(t, b, v, sum), visit->open), first + visit->gap_min);
        first = max(first, second - visit->gap_max);
        t->free[b] = second + visit->takes[1];
        late(sum, second, visit->close);
    }
    t->free[a] = first + visit->takes[0];
    late(sum, first, visit->close);
    if (t->start) {
        t->start[v][0] = first;
        t->start[v][1] = second;
    }
}

static void mark(struct twins *t, int span, const struct mark *sum)
{
    size_t n = (size_t)t->p->carers_n;
    int32_t *at = t->marked + 2 * n * (size_t)span;
    t->marks[span] = *sum;
    memcpy(at, t->free, n * sizeof *at);
    memcpy(at + n, t->place, n * sizeof *at);
}

static struct mark resume(struct twins *t, int span)
{
    size_t n = (size_t)t->p->carers_n;
    const int32_t *at = t->marked + 2 * n * (size_t)span;
    memcpy(t->free, at, n * sizeof *at);
    memcpy(t->place, at + n, n * sizeof *at);
    return t->marks[span];
}

/*
 * What the order costs, when nothing before `from` has changed since the marks were set; above
 * `most` the sum so far. Sets marks anew when `keep`.
 */
static int64_t decode(struct twins *t, int from, int64_t most, bool keep)
{
    int n = t->p->visits_n;
    struct mark sum = resume(t, from / SPAN);
    for (int i = from / SPAN * SPAN; i < n; i++) {
        if (keep && i % SPAN == 0)
            mark(t, i / SPAN, &sum);
        make(t, t->order[i], &sum);
        if (sum.way + sum.late + sum.most > most)
            return sum.way + sum.late + sum.most;
    }
    for (int k = 0; k < t->p->carers_n; k++)
        sum.way += t->p->ways[t->place[k] * t->width];
    t->marks[n / SPAN + 1] = sum;                /* of the whole */
    return sum.way + sum.late + sum.most;
}

/* --- moves: each says from where the order has changed, or the end when nothing can be done --- */

static int shift(struct twins *t, int from, int to)
{
    int32_t v = t->order[from];
    int step = from < to ? 1 : -1;
    for (int i = from; i != to; i += step) {
        t->order[i] = t->order[i + step];
        t->at[t->order[i]] = i;
    }
    t->order[to] = v;
    t->at[v] = to;
    return from < to ? from : to;
}

/* Any carer who is able and not the other one. */
static int some_carer(struct twins *t, int v, int which)
{
    for (int try = 0; try < 2 * t->p->carers_n; try++) {
        int k = below(t, t->p->carers_n);
        if (able(t, k, v, which) && k != t->carer[v][1 - which])
            return k;
    }
    return t->carer[v][which];
}

/* Beside a neighbour, by one of the neighbour's carers. */
static int move_beside(struct twins *t)
{
    int n = t->p->visits_n, v = below(t, n);
    int other = below(t, 8) ? t->near[v * t->near_n + below(t, t->near_n)] : below(t, n);
    int which = t->visits[v].carers_n == 2 ? below(t, 2) : 0;
    int k = t->carer[other][t->visits[other].carers_n == 2 ? below(t, 2) : 0];
    if (other == v || !able(t, k, v, which) || k == t->carer[v][1 - which])
        return n;
    int to = t->at[other] + below(t, 2), from = t->at[v];
    to -= to > from;
    t->carer[v][which] = (int16_t)k;
    return shift(t, from, to);
}

static int move_carer(struct twins *t)
{
    int v = below(t, t->p->visits_n), which = below(t, t->visits[v].carers_n);
    int k = some_carer(t, v, which);
    if (k == t->carer[v][which])
        return t->p->visits_n;
    t->carer[v][which] = (int16_t)k;
    return t->at[v];
}

static int move_along(struct twins *t)
{
    int n = t->p->visits_n, from = below(t, n), to = from + below(t, 21) - 10;
    to = to < 0 ? 0 : to > n - 1 ? n - 1 : to;
    return from == to ? n : shift(t, from, to);
}

/* Two visits change places, and carers where both are able. */
static int move_swap(struct twins *t)
{
    int n = t->p->visits_n, v = below(t, n), w = t->near[v * t->near_n + below(t, t->near_n)];
    int i = below(t, t->visits[v].carers_n), j = below(t, t->visits[w].carers_n);
    int16_t a = t->carer[v][i], b = t->carer[w][j];
    if (v == w || a == b || !able(t, b, v, i) || !able(t, a, w, j) ||
        b == t->carer[v][1 - i] || a == t->carer[w][1 - j])
        return n;
    t->carer[v][i] = b;
    t->carer[w][j] = a;
    int x = t->at[v], y = t->at[w];
    t->order[x] = w;
    t->order[y] = v;
    t->at[v] = y;
    t->at[w] = x;
    return x < y ? x : y;
}

/* From some moment on two carers change their days. */
static int move_tails(struct twins *t)
{
    int n = t->p->visits_n, from = below(t, n), v = t->order[from];
    int a = t->carer[v][0], b = below(t, t->p->carers_n);
    if (a == b)
        return n;
    for (int i = from; i < n; i++)
        for (int w = 0; w < t->visits[t->order[i]].carers_n; w++) {
            int k = t->carer[t->order[i]][w];
            if ((k == a && !able(t, b, t->order[i], w)) ||
                (k == b && !able(t, a, t->order[i], w)))
                return n;
        }
    for (int i = from; i < n; i++)
        for (int w = 0; w < t->visits[t->order[i]].carers_n; w++) {
            int16_t *k = &t->carer[t->order[i]][w];
            *k = (int16_t)(*k == a ? b : *k == b ? a : *k);
        }
    return from;
}

static int move(struct twins *t)
{
    int dice = below(t, 100);
    if (dice < 60)
        return move_beside(t);
    if (dice < 72)
        return move_swap(t);
    if (dice < 80)
        return move_carer(t);
    return dice < 96 ? move_along(t) : move_tails(t);
}

/* --- the search --- */

static void copy(struct twins *t, int32_t *order, int16_t (*carer)[2], bool back)
{
    size_t n = (size_t)t->p->visits_n;
    memcpy(back ? t->order : order, back ? order : t->order, n * sizeof *order);
    memcpy(back ? t->carer : carer, back ? carer : t->carer, n * sizeof *carer);
    for (size_t i = 0; i < n && back; i++)
        t->at[t->order[i]] = (int32_t)i;
}

static void turn(struct twins *t, double heat)
{
    double draw = -heat * log(1 - (double)(drawn(t) >> 11) * 0x1p-53);
    int64_t most = t->cost + (int64_t)draw;
    int from = move(t);
    if (from == t->p->visits_n)
        return;
    if (decode(t, from, most, false) > most) {
        copy(t, t->order_kept, t->carer_kept, true);
        return;
    }
    t->cost = decode(t, from, INT64_MAX, true);
    copy(t, t->order_kept, t->carer_kept, false);
    if (t->cost < t->best) {
        t->best = t->cost;
        copy(t, t->order_best, t->carer_best, false);
    }
}

/* In the order of their windows, each by whoever is able and drawn. */
static void first_order(struct twins *t)
{
    int n = t->p->visits_n;
    memset(t->carer, -1, (size_t)n * sizeof *t->carer);
    for (int i = 0; i < n; i++) {
        int at = i;
        for (; at > 0 && t->visits[t->order[at - 1]].close > t->visits[i].close; at--)
            t->order[at] = t->order[at - 1];
        t->order[at] = i;
    }
    for (int i = 0; i < n; i++) {
        t->at[t->order[i]] = i;
        for (int w = 0; w < t->visits[i].carers_n; w++)
            while (t->carer[i][w] < 0)
                t->carer[i][w] = (int16_t)some_carer(t, i, w);
    }
}

static void near_make(struct twins *t)
{
    int n = t->p->visits_n;
    for (int v = 0; v < n; v++) {
        int32_t *near = t->near + v * t->near_n;
        for (int i = 0, kept = 0; i < n; i++) {
            int32_t way = t->p->ways[(v + 1) * t->width + i + 1];
            int at = kept < t->near_n ? kept : t->near_n;
            while (at > 0 && t->p->ways[(v + 1) * t->width + near[at - 1] + 1] > way)
                at--;
            if (at == t->near_n)
                continue;
            int last = kept < t->near_n ? kept : t->near_n - 1;
            memmove(near + at + 1, near + at, sizeof *near * (size_t)(last - at));
            near[at] = i;
            kept += kept < t->near_n;
        }
    }
}

static struct twins *twins_new(struct arena *mem, const struct twin_problem *p, uint64_t seed)
{
    struct twins *t = NEW(mem, struct twins, 1);
    int n = p->visits_n, spans = n / SPAN + 2;
    *t = (struct twins){ .p = p, .visits = p->visits, .width = n + 1,
                         .near_n = n < NEAR ? n : NEAR,
                         .random = (seed + 1) * 0x9E3779B97F4A7C15ull | 1 };
    int32_t **lists[] = { &t->order, &t->at, &t->order_kept, &t->order_best };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        *lists[i] = NEW(mem, int32_t, n);
    t->carer = (int16_t (*)[2])NEW(mem, int16_t, 2 * n);
    t->carer_kept = (int16_t (*)[2])NEW(mem, int16_t, 2 * n);
    t->carer_best = (int16_t (*)[2])NEW(mem, int16_t, 2 * n);
    t->free = NEW(mem, int32_t, p->carers_n);
    t->place = NEW(mem, int32_t, p->carers_n);
    t->marks = NEW(mem, struct mark, spans);
    t->marked = NEW(mem, int32_t, 2 * p->carers_n * spans);
    t->near = NEW(mem, int32_t, n * t->near_n);
    near_make(t);
    first_order(t);
    return t;
}

static double share(const struct twins *t, const struct tour_budget *b, double begun)
{
    double most = b->iterations > 0 ? (double)t->moves / (double)b->iterations : 0;
    double part = b->cpu_s > 0 ? (beside_cpu() - begun) / b->cpu_s : 0;
    if (b->cancel && *b->cancel)
        return 1;
    return part > most ? part : most;
}

static void plan_make(struct ctx *c, struct twins *t, struct twin_plan *plan)
{
    int n = t->p->visits_n;
    plan->start = (int32_t (*)[2])NEW(&c->mem, int32_t, 2 * n);
    plan->order = NEW(&c->mem, int32_t, n);
    plan->carer = (int16_t (*)[2])NEW(&c->mem, int16_t, 2 * n);
    copy(t, t->order_best, t->carer_best, true);
    copy(t, plan->order, plan->carer, false);
    t->start = plan->start;
    plan->cost = decode(t, 0, INT64_MAX, false);
    const struct mark *sum = &t->marks[n / SPAN + 1];
    plan->way = sum->way;
    plan->late = sum->late;
    plan->late_most = sum->most;
    for (int k = 0; k < t->p->carers_n; k++)
        plan->used += t->place[k] != 0;
}

/* --- one search, or several beside one another of which the best counts --- */

static void search(struct beside *one)
{
    const struct twin_problem *p = one->problem;
    const struct tour_budget *budget = &one->budget;
    double begun = beside_cpu(), gone, leg = 1;
    struct twins *t = twins_new(&one->mem, p, budget->seed);
    one->found = t;
    t->best = t->cost = decode(t, 0, INT64_MAX, true);
    copy(t, t->order_kept, t->carer_kept, false);
    copy(t, t->order_best, t->carer_best, false);
    for (int i = 0; i < t->width * t->width; i++)
        leg += (double)p->ways[i] / (t->width * t->width);
    double hot = leg * HOT, cold = leg * COLD;
    while (t->best > 0 && (gone = share(t, budget, begun)) < 1) {
        double heat = hot * pow(cold / hot, gone);
        int64_t left = budget->iterations - t->moves;
        int moves = budget->iterations && left < MOVES_A_LOOK ? (int)left : MOVES_A_LOOK;
        for (int i = 0; i < moves; i++)
            turn(t, heat);
        t->moves += moves;
    }
}

void twin_search(struct ctx *c, const struct twin_problem *p, const struct tour_budget *budget,
                 struct twin_plan *ret_plan)
{
    struct twin_plan plan = { 0 };
    struct beside *all;
    int n = beside_run(c, budget, p, search, &all);
    struct twins *best = all[0].found;
    for (int i = 1; i < n; i++) {
        struct twins *t = all[i].found;
        best = t->best < best->best ? t : best;
    }
    plan_make(c, best, &plan);
    for (int i = 0; i < n; i++) {
        const struct twins *t = all[i].found;
        plan.iterations += t->moves;
        plan.cpu_s += all[i].cpu_s;
        arena_free(&all[i].mem);
    }
    *ret_plan = plan;
}
