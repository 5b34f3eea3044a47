/*
 * fca.h - access to what has a capacity: the floating catchment area measures.
 *
 * A place j with supply S (beds, seats) shares it among the people P of all homes i within the
 * limit; a home then adds up what the places near it have for each person:
 *
 *   R_j = S_j / sum_i P_i w_ij        A_i = sum_j R_j w_ij
 *
 *   2SFCA     w = 1 within the limit                                    Luo and Wang 2003
 *   E2SFCA    w = 1, 0.68, 0.22 in the thirds of the limit              Luo and Qi 2009
 *   Gaussian  w falls from 1 to 0 at the limit along a bell curve       Dai 2010
 *   balanced  each home's people are shared among its places (its weights sum to one), and each
 *             place's R among its homes, so nobody is counted twice     Paez, Higgins, Vivona 2019
 *
 * Invariants, tested: for the first three sum_i P_i A_i is the supply that anybody reaches; for
 * the balanced one sum_j P-shared_j is the people who reach anything, and sum_i A_i = sum_j R_j.
 * All is linear in the pairs: another capacity, decay or measure is one more pass over them.
 */
#ifndef ROADS_ACCESS_FCA_H
#define ROADS_ACCESS_FCA_H

#include "roads/batch/relation.h"

enum fca_measure { FCA_2SFCA, FCA_E2SFCA, FCA_GAUSSIAN, FCA_BALANCED, FCA_COUNT };

struct fca_info { const char *key, *zh, *en; };
extern const struct fca_info fca_infos[FCA_COUNT];

bool fca_find(struct sv key, enum fca_measure *ret_measure);

struct fca {
    enum fca_measure       measure;
    uint32_t               limit;        /* cost at which the weight ends */
    const struct relation *near;         /* rows are places, `to` are homes */
    const double          *supply;       /* of each place, 0 or more */
    const uint32_t        *people;       /* of each home */
    uint32_t               homes;
};

struct fca_answer {
    double   *demand;                    /* of each place: people, weighted */
    double   *ratio;                     /* of each place: supply for one; 0 without demand */
    double   *access;                    /* of each home */
    uint32_t *places;                    /* of each home: how many are within the limit */
    double    supply, supply_reached;    /* all, and of places with any demand */
    double    people, people_reached;    /* all, and of homes with any place */
};

/* Arrays in the arena. The same input gives the same bits. */
struct fca_answer fca_measure(struct arena *mem, const struct fca *q);

/* The weight of a pair before any balancing. */
double fca_weight(enum fca_measure measure, uint32_t cost, uint32_t limit);

#endif
