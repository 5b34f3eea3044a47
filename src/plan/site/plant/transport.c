/*
 * transport.c - the cheapest way to share clients out among open sites: shortest augmenting paths.
 *
 * Clients come one after another. What is left of a client's demand goes to the site with room
 * that is cheapest to reach, where reaching may push others on: from site a to site b at the least
 * extra cost that any client at a would pay at b. Each path is the shortest, so what stands is
 * always the cheapest for the clients who have come (Ford and Fulkerson 1957).
 */

#include "plan/site/plant/plant.h"

#include <string.h>

#define NOBODY UINT32_MAX

struct transport {
    const struct plant *p;
    double   *share;                 /* client * sites + site */
    double   *amount;                /* the same in units of demand */
    double   *room;                  /* of each site */
    double   *push;                  /* a * sites + b: least extra a unit */
    uint32_t *pushed;                /* ... of which client */
    double   *way;
    uint32_t *from;
    uint8_t  *waits;
    uint32_t *queue;
    const uint8_t *open;
};

struct transport *transport_new(struct arena *mem, const struct plant *p)
{
    struct transport *t = NEW(mem, struct transport, 1);
    t->p = p;
    t->share = NEW(mem, double, (size_t)p->clients * p->sites);
    t->amount = NEW(mem, double, (size_t)p->clients * p->sites);
    t->room = NEW(mem, double, p->sites);
    t->push = NEW(mem, double, (size_t)p->sites * p->sites);
    t->pushed = NEW(mem, uint32_t, (size_t)p->sites * p->sites);
    t->way = NEW(mem, double, p->sites);
    t->from = NEW(mem, uint32_t, p->sites);
    t->waits = NEW(mem, uint8_t, p->sites);
    t->queue = NEW(mem, uint32_t, (size_t)p->sites + 1);
    return t;
}

const double *transport_shares(const struct transport *t)
{
    return t->share;
}

static double unit_cost(const struct plant *p, uint32_t j, uint32_t i)
{
    return p->cost[(size_t)j * p->sites + i] / p->demand[j];
}

/* Who is cheapest to push from a site to each other one. */
static void look_at_site(struct transport *t, uint32_t a)
{
    const struct plant *p = t->p;
    double *push = t->push + (size_t)a * p->sites;
    uint32_t *pushed = t->pushed + (size_t)a * p->sites;
    for (uint32_t b = 0; b < p->sites; b++) {
        push[b] = INFINITY;
        pushed[b] = NOBODY;
    }
    for (uint32_t k = 0; k < p->clients; k++) {
        if (t->amount[(size_t)k * p->sites + a] <= 0)
            continue;
        double here = unit_cost(p, k, a);
        for (uint32_t b = 0; b < p->sites; b++)
            if (t->open[b] && b != a && unit_cost(p, k, b) - here < push[b]) {
                push[b] = unit_cost(p, k, b) - here;
                pushed[b] = k;
            }
    }
}

/* Shortest ways to all sites from a client, shortened ones queued; the best with room. */
static uint32_t find_way(struct transport *t, uint32_t j)
{
    const struct plant *p = t->p;
    uint32_t first = 0, n = 0, best = NOBODY;
    for (uint32_t i = 0; i < p->sites; i++) {
        t->way[i] = t->open[i] ? unit_cost(p, j, i) : INFINITY;
        t->from[i] = NOBODY;
        t->waits[i] = t->open[i];
        if (t->open[i])
            t->queue[n++] = i;
    }
    for (uint32_t size = p->sites + 1; n > 0; n--) {
        uint32_t a = t->queue[first];
        first = (first + 1) % size;
        t->waits[a] = 0;
        for (uint32_t b = 0; b < p->sites; b++) {
            double way = t->way[a] + t->push[(size_t)a * p->sites + b];
            if (isinf(way) || way >= t->way[b] - 1e-12 * (1 + fabs(t->way[b])))
                continue;
            t->way[b] = way;
            t->from[b] = a;
            if (!t->waits[b])
                t->queue[(first + n++ - 1) % size] = b;
            t->waits[b] = 1;
        }
    }
    for (uint32_t i = 0; i < p->sites; i++)
        if (t->room[i] > 0 && t->open[i] && (best == NOBODY || t->way[i] < t->way[best]))
            best = i;
    return best;
}

/* As much as can go along the way that ends at `to`; gives how much. */
static double send(struct transport *t, uint32_t j, uint32_t to, double most)
{
    const struct plant *p = t->p;
    double amount = fmin(most, t->room[to]);
    for (uint32_t b = to, a; (a = t->from[b]) != NOBODY; b = a) {
        uint32_t k = t->pushed[(size_t)a * p->sites + b];
        amount = fmin(amount, t->amount[(size_t)k * p->sites + a]);
    }
    uint32_t b = to;
    for (uint32_t a; (a = t->from[b]) != NOBODY; b = a) {
        uint32_t k = t->pushed[(size_t)a * p->sites + b];
        double *left = &t->amount[(size_t)k * p->sites + a];
        *left = *left - amount > 1e-12 * p->demand[k] ? *left - amount : 0;
        t->amount[(size_t)k * p->sites + b] += amount;
    }
    t->amount[(size_t)j * p->sites + b] += amount;
    t->room[to] = t->room[to] - amount > 1e-12 * p->capacity[to] ? t->room[to] - amount : 0;
    for (uint32_t i = to; i != NOBODY; i = t->from[i])
        look_at_site(t, i);
    return amount;
}

/* A client without demand takes no room. */
static void place_free(struct transport *t, uint32_t j)
{
    const struct plant *p = t->p;
    const double *cost = p->cost + (size_t)j * p->sites;
    uint32_t best = NOBODY;
    for (uint32_t i = 0; i < p->sites; i++)
        if (t->open[i] && (best == NOBODY || cost[i] < cost[best]))
            best = i;
    if (best != NOBODY)
        t->share[(size_t)j * p->sites + best] = 1;
}

static double shares_and_cost(struct transport *t)
{
    const struct plant *p = t->p;
    double cost = 0;
    for (uint32_t j = 0; j < p->clients; j++)
        for (uint32_t i = 0; i < p->sites; i++) {
            size_t at = (size_t)j * p->sites + i;
            if (p->demand[j] > 0)
                t->share[at] = t->amount[at] / p->demand[j];
            cost += t->share[at] * p->cost[at];
        }
    return cost;
}

double transport_solve(struct transport *t, const uint8_t *open)
{
    const struct plant *p = t->p;
    bool any = p->clients == 0;
    t->open = open;
    memset(t->share, 0, (size_t)p->clients * p->sites * sizeof *t->share);
    memset(t->amount, 0, (size_t)p->clients * p->sites * sizeof *t->amount);
    for (uint32_t i = 0; i < p->sites; i++) {
        t->room[i] = open[i] ? p->capacity[i] : 0;
        any = any || open[i];
        look_at_site(t, i);
    }
    for (uint32_t j = 0; j < p->clients && any; j++) {
        if (p->demand[j] <= 0) {
            place_free(t, j);
            continue;
        }
        for (double left = p->demand[j]; left > 1e-12 * p->demand[j];) {
            uint32_t to = find_way(t, j);
            if (to == NOBODY)
                return INFINITY;
            left -= send(t, j, to, left);
        }
    }
    return any ? shares_and_cost(t) : INFINITY;
}
