/* plant.c - location with capacities: bound, branching, exact shares. */

#include "plan/site/plant/plant.h"

#include <string.h>

enum { STEPS_ROOT = 400, STEPS = 40, STALL = 12 };

struct tree {
    const struct plant *p;
    struct relax     *relax;
    struct transport *transport;
    double            until, best;
    bool              cut;
    uint8_t          *state, *open, *best_open;
    double           *share;         /* of each site: how often it was taken lately */
    double           *u, *best_u, *way;      /* u: a row for each level */
    uint64_t          nodes;
};

struct plant plant_new(struct arena *mem, uint32_t sites, uint32_t clients)
{
    struct plant p = { .sites = sites, .clients = clients };
    p.capacity = NEW(mem, double, sites);
    p.fixed = NEW(mem, double, sites);
    p.demand = NEW(mem, double, clients);
    p.cost = NEW(mem, double, (size_t)sites * clients);
    return p;
}

/* --- when every site holds everything --- */

static bool all_hold_all(const struct plant *p)
{
    double demand = 0;
    bool all = true;
    for (uint32_t j = 0; j < p->clients; j++)
        demand += p->demand[j];
    for (uint32_t i = 0; i < p->sites; i++)
        all = all && p->capacity[i] >= demand;
    return all;
}

static void solve_plain(struct arena *mem, const struct plant *p,
                        const struct site_limits *limits, struct site_answer *ret_answer,
                        double *share)
{
    size_t links = (size_t)p->sites * p->clients;
    struct siting s = siting_new(mem, p->sites, p->clients, links);
    memcpy(s.fixed, p->fixed, p->sites * sizeof *s.fixed);
    for (size_t l = 0; l < links; l++)
        s.link[l] = (struct site_link){ p->cost[l], (uint32_t)(l % p->sites) };
    for (uint32_t j = 0; j <= p->clients; j++)
        s.first[j] = (size_t)j * p->sites;
    siting_sort(&s);
    site_solve(mem, &s, limits, ret_answer);
    for (uint32_t j = 0; j < p->clients && ret_answer->possible; j++) {
        size_t l = s.first[j];
        while (!ret_answer->open[s.link[l].site])
            l++;
        share[(size_t)j * p->sites + s.link[l].site] = 1;
    }
}

/* --- choices --- */

static double below(const struct tree *t)
{
    return t->best < INFINITY ? t->best - 1e-9 * (1 + t->best) : INFINITY;
}

static bool is_late(struct tree *t)
{
    t->cut = t->cut || cpu_now() > t->until;
    return t->cut;
}

/* The exact cost of t->open, its shares left in t->transport. */
static double try_open(struct tree *t)
{
    double cost = transport_solve(t->transport, t->open);
    for (uint32_t i = 0; i < t->p->sites; i++)
        cost += t->open[i] ? t->p->fixed[i] : 0;
    if (cost < below(t)) {                       /* not for rounding's sake */
        t->best = cost;
        memcpy(t->best_open, t->open, t->p->sites);
    }
    return cost;
}

/* Sites that nobody uses need not stand open. */
static void try_fewer(struct tree *t)
{
    const struct plant *p = t->p;
    const double *share = transport_shares(t->transport);
    bool fewer = false;
    for (uint32_t i = 0; i < p->sites; i++) {
        bool used = false;
        for (uint32_t j = 0; j < p->clients && !used; j++)
            used = share[(size_t)j * p->sites + i] > 0;
        fewer = fewer || (t->open[i] && !used);
        t->open[i] = used;
    }
    if (fewer)
        try_open(t);
}

/* What the relaxation takes, with sites taken in part as whole ones. */
static void try_taken(struct tree *t)
{
    for (uint32_t i = 0; i < t->p->sites; i++)
        t->open[i] = t->state[i] == SITE_OPEN || t->relax->taken[i] > 0;
    if (try_open(t) < INFINITY)
        try_fewer(t);
}

/* One more site open or closed, or one for another, while that is cheaper. */
static void improve(struct tree *t)
{
    const struct plant *p = t->p;
    uint8_t *at = t->open;
    for (bool better = true; better && !is_late(t);) {
        double before = t->best;
        for (uint32_t i = 0; i < p->sites && !is_late(t); i++) {
            memcpy(at, t->best_open, p->sites);
            at[i] = !at[i];
            try_open(t);
            for (uint32_t k = 0; k < i && !is_late(t) && p->sites <= 60; k++) {
                memcpy(at, t->best_open, p->sites);
                if (at[i] == at[k])
                    continue;
                at[i] = !at[i];
                at[k] = !at[k];
                try_open(t);
            }
        }
        better = t->best < before;
    }
}

/* --- the bound of a node --- */

static void decide(struct tree *t, double bound)
{
    const struct plant *p = t->p;
    const struct relax *r = t->relax;
    for (uint32_t i = 0; i < p->sites; i++) {
        if (t->state[i] != SITE_FREE)
            continue;
        double reduced = r->rho[i] - r->spare_price * p->capacity[i];
        if (reduced > 0 && r->taken[i] <= 0 && bound + reduced >= below(t))
            t->state[i] = SITE_CLOSED;
        else if (reduced < 0 && r->taken[i] >= 1 && bound - reduced >= below(t))
            t->state[i] = SITE_OPEN;
    }
}

static void step_prices(struct tree *t, double *u, double step, double bound)
{
    const struct plant *p = t->p;
    double length = 0, aim = t->best < INFINITY ? t->best : bound + 0.05 * fabs(bound) + 1;
    for (uint32_t j = 0; j < p->clients; j++) {
        t->way[j] = 1 - t->relax->served[j] + 0.5 * t->way[j];
        length += t->way[j] * t->way[j];
    }
    for (uint32_t j = 0; j < p->clients && length > 0; j++)
        u[j] = fmax(u[j] + step * (aim - bound) / length * t->way[j], 0);
}

/* Raises the bound in so many steps; u becomes the best prices. */
static double raise_bound(struct tree *t, double *u, uint32_t steps)
{
    const struct plant *p = t->p;
    double most = -INFINITY, step = 1.2;
    uint32_t stalled = 0;
    memset(t->way, 0, p->clients * sizeof *t->way);
    for (uint32_t n = 0; n < steps && most < below(t); n++) {
        double bound = relax_bound(t->relax, t->state, u);
        for (uint32_t i = 0; i < p->sites; i++)
            t->share[i] = 0.9 * t->share[i] + 0.1 * t->relax->taken[i];
        if (bound > most) {
            stalled = bound > most + 1e-7 * fabs(bound) ? 0 : stalled + 1;
            most = bound;
            memcpy(t->best_u, u, p->clients * sizeof *u);
        } else if (++stalled >= STALL) {
            stalled = 0;
            step *= 0.6;
            memcpy(u, t->best_u, p->clients * sizeof *u);
        }
        if (isinf(bound) || is_late(t))
            break;
        decide(t, bound);
        if (steps == STEPS_ROOT && n % 40 == 39)
            try_taken(t);
        step_prices(t, u, step, bound);
    }
    memcpy(u, t->best_u, p->clients * sizeof *u);
    return most;
}

/* --- branching --- */

static uint32_t pick_site(const struct tree *t)
{
    uint32_t best = UINT32_MAX;
    double most = -1;
    for (uint32_t i = 0; i < t->p->sites; i++) {
        double unsure = fmin(t->share[i], 1 - t->share[i]);
        if (t->state[i] == SITE_FREE && unsure > most) {
            most = unsure;
            best = i;
        }
    }
    return best;
}

static double leaf(struct tree *t)
{
    for (uint32_t i = 0; i < t->p->sites; i++)
        t->open[i] = t->state[i] == SITE_OPEN;
    return try_open(t);
}

static double explore(struct tree *t, uint32_t depth)
{
    const struct plant *p = t->p;
    double *u = t->u + (size_t)depth * p->clients;
    struct arena own = { 0 };
    uint8_t *was = NEW(&own, uint8_t, p->sites);
    memcpy(was, t->state, p->sites);
    t->nodes++;
    double bound = raise_bound(t, u, depth ? STEPS : STEPS_ROOT);
    if (bound < below(t) && !is_late(t)) {
        uint32_t site = pick_site(t);
        double under = INFINITY;
        if (site == UINT32_MAX) {
            under = leaf(t);
        } else {
            if (t->nodes % 4 == 1)
                try_taken(t);
            uint8_t first = t->share[site] > 0.5 ? SITE_OPEN : SITE_CLOSED;
            for (int half = 0; half < 2; half++) {
                memcpy(u + p->clients, u, p->clients * sizeof *u);
                t->state[site] = half ? SITE_OPEN + SITE_CLOSED - first : first;
                under = fmin(under, explore(t, depth + 1));
            }
        }
        bound = fmax(bound, under);
    }
    memcpy(t->state, was, p->sites);
    arena_free(&own);
    return bound;
}

/* --- the whole --- */

static void begin(struct arena *mem, struct tree *t)
{
    const struct plant *p = t->p;
    t->relax = relax_new(mem, p);
    t->transport = transport_new(mem, p);
    t->state = NEW(mem, uint8_t, p->sites);
    t->open = NEW(mem, uint8_t, p->sites);
    t->best_open = NEW(mem, uint8_t, p->sites);
    t->share = NEW(mem, double, p->sites);
    t->u = NEW(mem, double, ((size_t)p->sites + 2) * p->clients);
    t->best_u = NEW(mem, double, p->clients);
    t->way = NEW(mem, double, p->clients);
    for (uint32_t j = 0; j < p->clients; j++) {
        double least = INFINITY;
        for (uint32_t i = 0; i < p->sites; i++)
            if (p->capacity[i] > 0)
                least = fmin(least, p->cost[(size_t)j * p->sites + i]
                                    + p->fixed[i] * p->demand[j] / p->capacity[i]);
        t->u[j] = isinf(least) ? 0 : least;
    }
    memset(t->open, 1, p->sites);
    if (try_open(t) < INFINITY)
        try_fewer(t);
}

void plant_solve(struct arena *mem, const struct plant *p, const struct site_limits *limits,
                 struct site_answer *ret_answer, double **ret_share)
{
    double start = cpu_now();
    struct tree t = { .p = p, .best = INFINITY,
                      .until = limits->cpu_s > 0 ? start + limits->cpu_s : INFINITY };
    *ret_share = NEW(mem, double, (size_t)p->clients * p->sites);
    if (all_hold_all(p)) {
        solve_plain(mem, p, limits, ret_answer, *ret_share);
        return;
    }
    begin(mem, &t);
    if (t.best < INFINITY)
        improve(&t);
    double bound = t.best < INFINITY ? explore(&t, 0) : INFINITY;
    bound = fmin(bound, t.best);                     /* it is of all that is better than that */
    *ret_answer = (struct site_answer){
        .possible = t.best < INFINITY, .proved = bound >= below(&t), .open = t.best_open,
        .cost = t.best, .bound = bound, .nodes = t.nodes, .cpu_s = cpu_now() - start,
    };
    if (ret_answer->possible) {
        (void)transport_solve(t.transport, t.best_open);
        memcpy(*ret_share, transport_shares(t.transport),
               (size_t)p->clients * p->sites * sizeof **ret_share);
    }
}
