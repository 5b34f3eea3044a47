/*
 * relax.c - the Lagrangian bound with capacities: clients pay u, each site fills its room best.
 *
 * With "each client is served once" relaxed at prices u, a site is a knapsack that may hold parts:
 * it takes clients of largest (u_j - c_ij) a unit of demand until it is full. Sites pay for
 * themselves, or are needed so that all the capacity together holds all the demand.
 */

#include "plan/site/plant/plant.h"

#include <stdlib.h>
#include <string.h>

struct relax *relax_new(struct arena *mem, const struct plant *p)
{
    struct relax *r = NEW(mem, struct relax, 1);
    r->p = p;
    r->rho = NEW(mem, double, p->sites);
    r->taken = NEW(mem, double, p->sites);
    r->served = NEW(mem, double, p->clients);
    r->part = NEW(mem, double, p->clients);
    r->item = NEW(mem, struct relax_item, p->clients + p->sites);
    for (uint32_t j = 0; j < p->clients; j++)
        r->demand += p->demand[j];
    return r;
}

static int key_order(const void *left, const void *right)
{
    const struct relax_item *a = left, *b = right;
    if (a->key != b->key)
        return a->key > b->key ? -1 : 1;
    return (a->client > b->client) - (a->client < b->client);
}

/* What a site earns at most; r->part is what it takes of each client. */
static double fill(struct relax *r, const double *u, uint32_t site)
{
    const struct plant *p = r->p;
    double room = p->capacity[site], wanted = 0, earned = 0;
    uint32_t n = 0;
    memset(r->part, 0, p->clients * sizeof *r->part);
    for (uint32_t j = 0; j < p->clients; j++) {
        double gain = u[j] - p->cost[(size_t)j * p->sites + site];
        if (gain <= 0)
            continue;
        wanted += p->demand[j];
        r->item[n++] = (struct relax_item){ gain / fmax(p->demand[j], 1e-12), j };
    }
    if (wanted > room)
        qsort(r->item, n, sizeof *r->item, key_order);
    for (uint32_t k = 0; k < n; k++) {
        uint32_t j = r->item[k].client;
        double part = p->demand[j] <= room ? 1 : room / p->demand[j];
        r->part[j] = part;
        earned += part * (u[j] - p->cost[(size_t)j * p->sites + site]);
        room -= part * p->demand[j];
    }
    return earned;
}

static void serve(struct relax *r, double share)
{
    for (uint32_t j = 0; j < r->p->clients; j++)
        r->served[j] += share * r->part[j];
}

/*
 * Sites that earn nothing but whose room is needed, cheapest a unit first, the last in part. Their
 * clients are filled in once more.
 */
static double take_spare(struct relax *r, const uint8_t *state, const double *u, double missing)
{
    const struct plant *p = r->p;
    double sum = 0;
    uint32_t n = 0;
    struct relax_item *item = r->item + p->clients;
    for (uint32_t i = 0; i < p->sites; i++)
        if (r->taken[i] <= 0 && state[i] == SITE_FREE && p->capacity[i] > 0)
            item[n++] = (struct relax_item){ -r->rho[i] / p->capacity[i], i };
    qsort(item, n, sizeof *item, key_order);
    for (uint32_t k = 0; k < n && missing > 0; k++) {
        uint32_t i = item[k].client;
        double share = fmin(1, missing / p->capacity[i]);
        r->taken[i] = share;
        r->spare_price = -item[k].key;
        sum += share * r->rho[i];
        missing -= share * p->capacity[i];
        (void)fill(r, u, i);
        serve(r, share);
    }
    return missing > 1e-9 * r->demand ? INFINITY : sum;
}

double relax_bound(struct relax *r, const uint8_t *state, const double *u)
{
    const struct plant *p = r->p;
    double bound = 0, missing = r->demand;
    memset(r->served, 0, p->clients * sizeof *r->served);
    r->spare_price = 0;
    for (uint32_t j = 0; j < p->clients; j++)
        bound += u[j];
    for (uint32_t i = 0; i < p->sites; i++) {
        r->taken[i] = 0;
        if (state[i] == SITE_CLOSED)
            continue;
        r->rho[i] = p->fixed[i] - fill(r, u, i);
        if (r->rho[i] >= 0 && state[i] != SITE_OPEN)
            continue;
        r->taken[i] = 1;
        bound += r->rho[i];
        missing -= p->capacity[i];
        serve(r, 1);
    }
    return missing > 0 ? bound + take_spare(r, state, u, missing) : bound;
}
