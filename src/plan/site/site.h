/*
 * site.h - where to build: sites are chosen so that clients are served as cheaply as can be.
 *
 * One model for several questions. Each client is served by the cheapest open site that it has a
 * link to, or from outside at a price of its own; open sites cost money; their prices keep within
 * a budget:
 *
 *   p-median            links of every client to every site, price 1, budget p
 *   maximal covering    links of cost 0 to what covers a client, outside = its weight
 *   set covering        the same, outside = INFINITY, no budget, fixed = what a site costs
 *   plant location      fixed costs, no budget
 *
 * Capacities stand in capacity.h. Every answer has a proved bound: no choice of sites costs less.
 * README.md tells how. All is deterministic but for when a limit of time cuts it short.
 */
#ifndef PLAN_SITE_H
#define PLAN_SITE_H

#include "base/ctx.h"

#include <math.h>

enum { SITES_MAX = 20000, CLIENTS_MAX = 2000000 };
#define LINKS_MAX ((size_t)100000000)
#define SITE_COST_MAX 1e12            /* of one link, site or client */
#define NO_BUDGET INT64_MAX

enum site_state { SITE_FREE, SITE_OPEN, SITE_CLOSED };      /* open: existing or forced */

struct site_link { double cost; uint32_t site; };

/* Client j: link[first[j]] .. link[first[j + 1]], cheapest first. Costs are not negative. */
struct siting {
    uint32_t          sites, clients;
    uint8_t          *state;         /* of each site: enum site_state */
    double           *fixed;         /* what an open site adds to the objective */
    int64_t          *price;         /* what it takes of the budget; 0 for one that stands */
    int64_t           budget;
    double           *outside;       /* INFINITY: the client must be served by a site */
    size_t           *first;
    struct site_link *link;
};

/* Zeroed: all sites free, at price 1, fixed 0; clients without links; outside INFINITY. */
struct siting siting_new(struct arena *mem, uint32_t sites, uint32_t clients, size_t links);

/* Puts each client's links in order; `first` and `link` must be filled in. */
void siting_sort(struct siting *p);

/* Clients whom the same sites cover become one, outside prices added; all links of cost 0. */
void siting_merge(struct arena *mem, struct siting *p);

/* Whether the search's table (sites times how many can be open) is within its 400 MB. */
bool siting_fits(const struct siting *p);

struct site_limits {
    double   cpu_s;                  /* of this thread, from the call on; 0: as long as it takes */
    uint64_t seed;
    bool   (*go_on)(void *arg);      /* NULL or: asked every few steps; false ends the search */
    void    *arg;
};

struct site_answer {
    bool      possible;              /* false: no choice serves all within the budget */
    bool      proved;                /* no choice is better (or, with !possible, none possible) */
    uint8_t  *open;                  /* of each site */
    double    cost, bound;           /* bound <= cost of any choice */
    uint64_t  nodes;                 /* of the search for the proof */
    double    cpu_s;
};

/* The answer's arrays in `mem`. */
void site_solve(struct arena *mem, const struct siting *p, const struct site_limits *limits,
                struct site_answer *ret_answer);

/* (cost - bound) in per cent of the cost; 0 when both are 0. */
double gap_percent(double cost, double bound);

/* CPU seconds of this thread so far. */
double cpu_now(void);

/* --- live: what if this site instead of that? --- */

struct choice;

/* Holds a choice of sites (SITE_OPEN ones added to it) so that changes are cheap. In `mem`. */
struct choice *choice_new(struct arena *mem, const struct siting *p, uint64_t seed);
void   choice_become(struct choice *s, const uint8_t *open);
double choice_cost(const struct choice *s);
bool   choice_is_open(const struct choice *s, uint32_t site);
void   choice_open(struct choice *s, uint32_t site);          /* must be closed, not SITE_CLOSED */
void   choice_close(struct choice *s, uint32_t site);         /* must be open */

/* What the cost becomes with `in` open and `out` closed; nothing is changed. */
double choice_if(const struct choice *s, uint32_t in, uint32_t out);

#endif
