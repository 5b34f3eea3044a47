/* inside.h - between the files of plan/site. */
#ifndef PLAN_SITE_INSIDE_H
#define PLAN_SITE_INSIDE_H

#include "plan/site/site.h"

#define NO_SITE UINT32_MAX

/* --- choice.c: one choice of sites, its cost, and what each change would make of it --- */

struct choice {
    const struct siting *p;
    double    outside_max;           /* stands for INFINITY */
    uint8_t  *open;
    uint32_t *slot, *at;             /* an open site's slot, and back; NO_SITE */
    uint32_t  slots, high;           /* room, and above which none is used */
    uint32_t *near, *next;           /* each client's nearest and second nearest open site */
    double   *near_cost, *next_cost; /* capped by the outside price */
    double   *gain;                  /* of each site: what clients save when it opens */
    double   *loss;                  /* of each slot: what clients lose when it closes */
    double   *extra;                 /* site * slots + slot: what of both is counted twice */
    double   *close;                 /* of each slot, for one look: what closing adds; INFINITY */
    size_t   *column;                /* of each site: clients[column[i]] .. [column[i + 1]] */
    uint32_t *client;
    double   *client_cost;
    double    cost;
    int64_t   spent;
    uint64_t  random;
};

double outside_of(const struct choice *s, uint32_t client);
uint64_t choice_random(struct choice *s, uint64_t below);

/* --- improve.c --- */

/* Opens what gains most for its price until nothing gains or the budget is spent. */
void choice_greedy(struct choice *s);

/* The best swap, opening or closing again and again, until none makes it cheaper. */
void choice_descend(struct choice *s);

/* Some sites elsewhere, at random: a new start not far from here. */
void choice_kick(struct choice *s, uint32_t strength);

/* --- part.c: what of the problem is not decided yet --- */

struct part {
    uint32_t  sites, clients;        /* free sites; clients who have a choice */
    uint32_t *site, *client;         /* their numbers in the whole problem */
    double   *fixed;
    int64_t  *price, budget;         /* what is left of it */
    double    base;                  /* cost of what is decided */
    double    must;                  /* outside prices from here on mean: it must be served */
    bool      covers;                /* all links cost nothing */
    double   *outside;               /* of each client: an open site or outside, cheapest */
    size_t   *first;
    struct site_link *link;          /* .site is the part's number */
    uint32_t *open, opens;           /* decided ones, numbers of the whole problem */
    uint8_t  *state;                 /* of each free site: decided since the part was made */
    double   *price_of_client;       /* the multipliers; see bound.c */
};

struct part part_whole(struct arena *mem, const struct choice *s);

/* `from` without the sites that are decided in from->state. Budget overdrawn: budget < 0. */
struct part part_less(struct arena *mem, const struct part *from);

/*
 * Decides sites of a covering part that are not needed, or must be, and makes clients who need not
 * be looked at free. False: there was nothing. (reduce.c)
 */
bool part_reduce(struct arena *mem, struct part *q);

/* --- bound.c: Lagrangian bound of a part --- */

struct dual {
    struct part *part;
    double      *u, *best_u, *rho, *taken, *share, *slack, *way;
    struct site_key { double key; uint32_t site; } *key;
    double       bound;              /* the best so far, of all that part stands for */
    double       low, high;          /* prices of budget: of the last taken, of the next */
    double       step;
    uint32_t     stalled;
};

void dual_begin(struct arena *mem, struct dual *d, struct part *part);

/*
 * One step: the bound of the multipliers at hand, d->bound raised, sites that cannot be otherwise
 * in a choice cheaper than `below` decided in part->state; then the multipliers of the next.
 * d->taken is the relaxation's choice.
 */
double dual_step(struct dual *d, double below, double best);

#endif
