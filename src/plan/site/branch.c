/*
 * branch.c - the answer and its proof: local search, the bound, and branching where they differ.
 *
 * A part whose bound is not below the best choice known is done with. Else the site that the
 * relaxation is least sure of is opened in one half and closed in the other.
 */

#include "plan/site/inside.h"

#include <string.h>

enum { LEVELS_MAX = 400, STEPS_ROOT = 600, STEPS = 45, QUIET_KICKS = 60,
       ROOT_KICKS = 400 };

struct level { struct arena mem; struct part part; };

struct tree {
    const struct siting *p;
    struct choice *s;
    const struct site_limits *limits;
    double         until, best;
    bool           whole, cut;       /* whole: all costs are whole numbers */
    uint8_t       *best_open, *open;
    uint64_t       nodes;
    struct level  *level;
};

static bool all_whole(const struct siting *p)
{
    size_t links = p->first[p->clients];
    bool whole = true;
    for (uint32_t i = 0; i < p->sites; i++)
        whole &= p->fixed[i] == floor(p->fixed[i]);
    for (uint32_t j = 0; j < p->clients; j++)
        whole &= isinf(p->outside[j]) || p->outside[j] == floor(p->outside[j]);
    for (size_t l = 0; l < links; l++)
        whole &= p->link[l].cost == floor(p->link[l].cost);
    return whole;
}

/*
 * A part whose bound is not below this holds nothing better than the best, nor anything that serves
 * all: whatever does costs less than one client outside.
 */
static double below(const struct tree *t)
{
    double best = fmin(t->best, t->s->outside_max), rounding = 1e-9 * (1 + fabs(best));
    return t->whole ? best - 1 + fmax(rounding, 1e-5) : best - rounding;
}

static bool is_late(struct tree *t)
{
    const struct site_limits *l = t->limits;
    t->cut = t->cut || cpu_now() > t->until || (l->go_on && !l->go_on(l->arg));
    return t->cut;
}

/* --- good choices --- */

/* The cost of the choice that the search holds, without what its running sum has gathered. */
static double exact_cost(const struct choice *s)
{
    double cost = 0;
    for (uint32_t i = 0; i < s->p->sites; i++)
        cost += s->open[i] ? s->p->fixed[i] : 0;
    for (uint32_t j = 0; j < s->p->clients; j++)
        cost += s->near_cost[j];
    return cost;
}

static bool note_best(struct tree *t)
{
    if (t->s->cost >= t->best)
        return false;
    double cost = exact_cost(t->s);
    if (cost >= t->best)
        return false;
    t->best = cost;
    memcpy(t->best_open, t->s->open, t->p->sites);
    return true;
}

static void kick_about(struct tree *t, uint32_t quiet_most)
{
    for (uint32_t quiet = 0; quiet < quiet_most && !is_late(t); quiet++) {
        choice_kick(t->s, 1 + (uint32_t)choice_random(t->s, 3));
        choice_descend(t->s);
        if (note_best(t))
            quiet = 0;
        else if (t->s->cost > t->best * (1 + 1e-12))
            choice_become(t->s, t->best_open);
    }
}

/* What the relaxation takes, made a choice within the budget and better. */
static void try_taken(struct tree *t, const struct part *q, const double *taken)
{
    struct choice *s = t->s;
    memset(t->open, 0, t->p->sites);
    for (uint32_t i = 0; i < q->opens; i++)
        t->open[q->open[i]] = 1;
    for (uint32_t i = 0; i < q->sites; i++)
        t->open[q->site[i]] |= taken[i] >= 1;
    int64_t spent = 0;
    for (uint32_t i = 0; i < t->p->sites; i++)
        spent += t->open[i] && t->p->state[i] == SITE_FREE ? t->p->price[i] : 0;
    if (t->p->budget != NO_BUDGET && spent > t->p->budget)
        return;
    choice_become(s, t->open);
    choice_greedy(s);
    choice_descend(s);
    note_best(t);
}

/* --- branching --- */

/*
 * The free site that the relaxation is least sure of, weighted with what it is worth to its
 * clients; NO_SITE: all are decided.
 */
static uint32_t pick_site(const struct dual *d)
{
    uint32_t best = NO_SITE;
    double most = -1;
    for (uint32_t i = 0; i < d->part->sites; i++) {
        double unsure = fmin(d->share[i], 1 - d->share[i]);
        if (d->part->state[i] == SITE_FREE && unsure > most) {
            most = unsure;
            best = i;
        }
    }
    return best;
}

static double explore(struct tree *t, uint32_t depth);

/* A part without what is decided; of a covering also without what need not be looked at. */
static struct part make_part(struct arena *mem, const struct part *from)
{
    enum { ROUNDS = 8 };
    struct part q = part_less(mem, from);
    for (int n = 0; n < ROUNDS && q.covers && q.budget >= 0 && part_reduce(mem, &q); n++)
        q = part_less(mem, &q);
    return q;
}

static double explore_less(struct tree *t, uint32_t depth)
{
    struct level *to = &t->level[depth + 1];
    arena_reset(&to->mem);
    to->part = make_part(&to->mem, &t->level[depth].part);
    return explore(t, depth + 1);
}

/* Both sides of a site: open, closed. */
static double explore_site(struct tree *t, uint32_t depth, uint32_t site)
{
    struct part *q = &t->level[depth].part;
    q->state[site] = SITE_OPEN;
    double open = explore_less(t, depth);
    q->state[site] = SITE_CLOSED;
    double closed = explore_less(t, depth);
    q->state[site] = SITE_FREE;
    return fmin(open, closed);
}

static double explore(struct tree *t, uint32_t depth)
{
    struct level *v = &t->level[depth];
    struct part *q = &v->part;
    struct dual d;
    t->nodes++;
    if (q->budget < 0)
        return INFINITY;
    if (q->sites == 0) {
        try_taken(t, q, NULL);
        return q->base;
    }
    dual_begin(&v->mem, &d, q);
    uint32_t steps = depth ? STEPS : STEPS_ROOT;
    for (uint32_t n = 0; n < steps && d.bound < below(t); n++) {
        dual_step(&d, below(t), t->best);
        if (depth == 0 && n % 50 == 49)
            try_taken(t, q, d.taken);
        if (n % 8 == 0 && is_late(t))
            break;
    }
    if (d.bound >= below(t) || is_late(t) || depth + 2 >= LEVELS_MAX)
        return d.bound;
    memcpy(q->price_of_client, d.best_u, q->clients * sizeof *d.best_u);
    try_taken(t, q, d.taken);
    if (depth == 0)
        kick_about(t, ROOT_KICKS);
    uint32_t site = pick_site(&d);
    double under = site == NO_SITE ? explore_less(t, depth) : explore_site(t, depth, site);
    return fmax(d.bound, under);
}

/* --- the whole --- */

static double prove(struct tree *t)
{
    struct part whole = part_whole(&t->level[0].mem, t->s);
    struct level root = { .part = whole };
    t->level[0].part = make_part(&t->level[0].mem, &root.part);
    double bound = explore(t, 0);
    return fmin(bound, t->best);
}

void site_solve(struct arena *mem, const struct siting *p, const struct site_limits *limits,
                struct site_answer *ret_answer)
{
    double start = cpu_now();
    struct tree t = { .p = p, .limits = limits, .best = INFINITY, .whole = all_whole(p),
                      .until = limits->cpu_s > 0 ? start + limits->cpu_s : INFINITY };
    t.best_open = NEW(mem, uint8_t, p->sites);
    t.open = NEW(mem, uint8_t, p->sites);
    t.level = NEW(mem, struct level, LEVELS_MAX);
    t.s = choice_new(mem, p, limits->seed);
    note_best(&t);
    choice_greedy(t.s);
    choice_descend(t.s);
    note_best(&t);
    kick_about(&t, QUIET_KICKS);
    choice_become(t.s, t.best_open);
    double bound = prove(&t);
    for (uint32_t k = 0; k < LEVELS_MAX; k++)
        arena_free(&t.level[k].mem);
    bool proved = bound >= below(&t);
    *ret_answer = (struct site_answer){
        .possible = t.best < t.s->outside_max, .proved = proved, .open = t.best_open,
        .cost = t.best, .nodes = t.nodes,
        .bound = proved && t.whole ? t.best : t.whole ? ceil(bound - 1e-5) : bound,
        .cpu_s = cpu_now() - start,
    };
}
