/*
 * share.h - how many people have each kind of place within a limit, added up by area.
 *
 * A home's areas (its community, street, district ...) are numbers below `areas`; one pass over
 * the homes asks each kind's table (batch/near_all.h, k = 1) once. Sums of parts can be added.
 */
#ifndef ROADS_ACCESS_SHARE_H
#define ROADS_ACCESS_SHARE_H

#include "roads/batch/near_all.h"

enum { SHARE_KINDS_MAX = 32, SHARE_LEVELS_MAX = 4 };

struct share_sum {
    uint64_t homes, people, loose;       /* loose: people whom no street is near to */
    uint64_t homes_near[SHARE_KINDS_MAX], near[SHARE_KINDS_MAX];     /* homes, people */
};

struct share_ask {
    const struct net    *net;            /* of the tables */
    const struct near_all *const *kind;  /* of each kind, a table of its places */
    uint32_t             kinds, n;
    const struct anchor *at;             /* of each home; quickest by edge and along it */
    const uint32_t      *home;           /* the home's row in people and area; NULL: in order */
    const uint32_t      *people;
    const uint32_t      *area[SHARE_LEVELS_MAX];     /* of each home; UINT32_MAX: none */
    uint32_t             levels;
};

/* Adds the homes to sum[level][area] and to the whole. */
void share_add(const struct share_ask *q, struct share_sum *const *sum, struct share_sum *whole);

/* Adds one sum to another. */
void share_join(struct share_sum *to, const struct share_sum *from);

#endif
