/*
 * plant.h - where to build when a site can serve only so much.
 *
 * Each client's demand is shared out among open sites, in parts if need be; a site's capacity
 * holds. Cost: what open sites cost, and for each client the share of cost[client][site] that it
 * has from each. When every site holds everything, site.h's search answers.
 */
#ifndef PLAN_SITE_PLANT_H
#define PLAN_SITE_PLANT_H

#include "plan/site/site.h"

enum { PLANT_SITES_MAX = 2000, PLANT_CLIENTS_MAX = 20000 };

struct plant {
    uint32_t sites, clients;
    double  *capacity, *fixed;       /* of each site */
    double  *demand;                 /* of each client */
    double  *cost;                   /* client * sites + site: of all its demand */
};

struct plant plant_new(struct arena *mem, uint32_t sites, uint32_t clients);      /* zeroed */

/*
 * As site_solve(). !possible: the capacities together are less than the demand. *ret_share gets
 * each client's share by site, client * sites + site.
 */
void plant_solve(struct arena *mem, const struct plant *p, const struct site_limits *limits,
                 struct site_answer *ret_answer, double **ret_share);

/* --- between the files of this folder --- */

/* transport.c: the cheapest shares with these sites open. */
struct transport;
struct transport *transport_new(struct arena *mem, const struct plant *p);

/* Its cost without what sites cost; INFINITY when they hold too little. Shares stay in t. */
double        transport_solve(struct transport *t, const uint8_t *open);
const double *transport_shares(const struct transport *t);

/* relax.c: the Lagrangian bound. */
struct relax {
    const struct plant *p;
    double   demand;                 /* of all clients */
    double  *rho, *taken;            /* of each site */
    double  *served;                 /* of each client */
    double   spare_price;            /* what a unit of capacity is worth on top */
    struct relax_item { double key; uint32_t client; } *item;
    double  *part;                   /* of each client at the site that is looked at */
};

struct relax *relax_new(struct arena *mem, const struct plant *p);

/* The bound of the prices u with sites decided by state (enum site_state). */
double relax_bound(struct relax *r, const uint8_t *state, const double *u);

#endif
