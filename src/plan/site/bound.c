/*
 * bound.c - the Lagrangian bound: clients pay a price u, sites take whom they serve for less.
 *
 * With the rule "each client is served once" relaxed at a price u_j (at most its outside price),
 *
 *   L(u) = sum u_j + sum over the chosen sites of rho_i,
 *   rho_i = fixed_i + sum over links c_ij < u_j of (c_ij - u_j),
 *
 * where the sites of most negative rho for their price are chosen while the budget lasts, the last
 * one in part if need be. L(u) is below the cost of every choice; its largest value is that of the
 * linear relaxation. Subgradient: one less how often the chosen serve the client; it is
 * mixed with the step before. Whatever L plus a site's reduced cost exceeds is decided.
 */

#include "plan/site/inside.h"

#include <string.h>

static const double mixed = 0.6, step_first = 1.2;
enum { STALL = 15 };

void dual_begin(struct arena *mem, struct dual *d, struct part *part)
{
    *d = (struct dual){ .part = part, .bound = -INFINITY, .step = step_first };
    d->u = part->price_of_client;
    d->best_u = NEW(mem, double, part->clients);
    d->slack = NEW(mem, double, part->clients);
    d->way = NEW(mem, double, part->clients);
    d->rho = NEW(mem, double, part->sites);
    d->taken = NEW(mem, double, part->sites);
    d->share = NEW(mem, double, part->sites);
    d->key = NEW(mem, struct site_key, part->sites);
    memcpy(d->best_u, d->u, part->clients * sizeof *d->u);
}

/* rho of every site; gives the sum of u. */
static double price_sites(struct dual *d)
{
    const struct part *q = d->part;
    double sum = 0, *rho = d->rho;
    memcpy(rho, q->fixed, q->sites * sizeof *rho);
    for (uint32_t j = 0; j < q->clients; j++) {
        double u = d->u[j];
        sum += u;
        const struct site_link *l = q->link + q->first[j], *end = q->link + q->first[j + 1];
        for (; l < end && l->cost < u; l++)
            rho[l->site] += l->cost - u;
    }
    return sum;
}

/* --- which sites the relaxation takes --- */

static double whole_price(const struct part *q, uint32_t i)
{
    return q->budget == NO_BUDGET ? 0 : (double)q->price[i];
}

static void swap_keys(struct site_key *a, struct site_key *b)
{
    struct site_key was = *a;
    *a = *b;
    *b = was;
}

/*
 * Takes the smallest keys while the budget lasts; weighted selection, by halves. d->low is the key
 * of the last that was taken, d->high of the first that was not, or of the one taken in part.
 */
static double take(struct dual *d, uint32_t n)
{
    const struct part *q = d->part;
    struct site_key *k = d->key;
    double left = (double)q->budget, sum = 0;
    uint32_t first = 0, end = n;
    while (first < end) {
        uint32_t at = first, middle = first + (end - first) / 2;
        double pivot = k[middle].key, price = 0;
        swap_keys(&k[middle], &k[end - 1]);
        for (uint32_t i = first; i + 1 < end; i++)
            if (k[i].key < pivot) {
                price += whole_price(q, k[i].site);
                swap_keys(&k[i], &k[at++]);
            }
        swap_keys(&k[at], &k[end - 1]);
        if (price > left) {
            end = at;
            continue;
        }
        for (uint32_t i = first; i < at; i++) {
            d->taken[k[i].site] = 1;
            sum += d->rho[k[i].site];
            d->low = d->low < 0 ? fmax(d->low, k[i].key) : k[i].key;
        }
        left -= price;
        double own = whole_price(q, k[at].site), part = own > left ? left / own : 1;
        if (own <= 0)
            part = 1;
        d->taken[k[at].site] = part;
        sum += part * d->rho[k[at].site];
        left -= part * own;
        first = at + 1;
        d->low = part > 0 ? pivot : d->low;
        if (part < 1) {
            d->high = pivot;
            return sum;
        }
        if (left <= 0)
            break;
    }
    d->high = 0;
    for (uint32_t i = first; i < n; i++)
        d->high = fmin(d->high, k[i].key);
    if (first == n)
        d->low = d->high = 0;
    return sum;
}

static double choose(struct dual *d)
{
    const struct part *q = d->part;
    uint32_t n = 0;
    memset(d->taken, 0, q->sites * sizeof *d->taken);
    d->low = d->high = 0;
    for (uint32_t i = 0; i < q->sites; i++)
        if (d->rho[i] < 0 && q->state[i] != SITE_CLOSED) {
            double price = whole_price(q, i);
            d->key[n++] = (struct site_key){ d->rho[i] / (price > 0 ? price : 1e-9), i };
        }
    if (q->budget != NO_BUDGET)
        return take(d, n);
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        d->taken[d->key[i].site] = 1;
        sum += d->rho[d->key[i].site];
    }
    return sum;
}

/* --- deciding and stepping --- */

/* Sites that would have to be otherwise for L(u) to stay below. */
static void decide(struct dual *d, double bound, double below)
{
    struct part *q = d->part;
    for (uint32_t i = 0; i < q->sites; i++) {
        if (q->state[i] != SITE_FREE)
            continue;
        double price = whole_price(q, i);
        if (d->taken[i] <= 0 && bound + d->rho[i] - d->low * price >= below)
            q->state[i] = SITE_CLOSED;
        else if (d->taken[i] >= 1 && bound - d->rho[i] + d->high * price >= below)
            q->state[i] = SITE_OPEN;
    }
}

/* How much more often than once the chosen serve each client, and how far it is from that. */
static double find_way(struct dual *d)
{
    const struct part *q = d->part;
    double length = 0;
    for (uint32_t j = 0; j < q->clients; j++) {
        double served = 0, u = d->u[j];
        const struct site_link *l = q->link + q->first[j], *end = q->link + q->first[j + 1];
        for (; l < end && l->cost < u; l++)
            served += d->taken[l->site];
        double way = 1 - served;
        if (way > 0 && u >= q->outside[j])
            way = 0;
        d->slack[j] = way;
        d->way[j] = way + mixed * d->way[j];
        length += d->way[j] * d->way[j];
    }
    return length;
}

double dual_step(struct dual *d, double below, double best)
{
    const struct part *q = d->part;
    double bound = q->base + price_sites(d);
    bound += choose(d);
    if (bound > d->bound + 1e-7 * (1 + fabs(d->bound))) {
        d->stalled = 0;
        memcpy(d->best_u, d->u, q->clients * sizeof *d->u);
    } else if (++d->stalled == STALL) {
        d->stalled = 0;
        d->step *= 0.6;
        memcpy(d->u, d->best_u, q->clients * sizeof *d->u);
    }
    d->bound = fmax(d->bound, bound);
    for (uint32_t i = 0; i < q->sites; i++)
        d->share[i] = 0.9 * d->share[i] + 0.1 * d->taken[i];
    if (bound >= below)
        return bound;
    decide(d, bound, below);
    double length = find_way(d);
    if (length <= 0)
        return bound;
    double step = d->step * (fmax(best, below) - bound) / length;
    for (uint32_t j = 0; j < q->clients; j++)
        d->u[j] = fmin(fmax(d->u[j] + step * d->way[j], 0), q->outside[j]);
    return bound;
}
