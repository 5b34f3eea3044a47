/* near_inside.h - between near_all.c and near_close.c. */
#ifndef ROADS_BATCH_NEAR_INSIDE_H
#define ROADS_BATCH_NEAR_INSIDE_H

#include "roads/batch/near_all.h"
#include "roads/batch/search.h"

#include <string.h>

struct near_all {
    struct arena      mem;
    const struct net *net;
    uint32_t          k, limit;
    near_entry       *best;              /* k of each state, nearest first */
    struct anchor    *place;             /* NO_EDGE: closed, or never joined */
    uint32_t          places, room;
    uint32_t         *on_edge;           /* of each edge its last place + 1 ... */
    uint32_t         *next_on_edge;      /* ... and of each place the one before on its edge */
    uint8_t          *state_changed, *edge_changed;
    bool              changed;           /* something is in them */
    struct search    *search;            /* its bounds are those of `best` */
};

#endif
