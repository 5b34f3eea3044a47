/* inside.h - between the files of this folder: making a net. */
#ifndef ROADS_BATCH_INSIDE_H
#define ROADS_BATCH_INSIDE_H

#include "roads/batch/net.h"

struct net_line { uint32_t from, to, cost; };

/* While a net is made. */
struct net_making {
    struct arena    *mem;
    const struct roads *roads;
    struct net      *net;
    uint32_t        *zone;           /* of each junction, the compound it is inside of; 0: public */
    uint32_t        *gates;          /* of each zone, how many junctions lead out of it */
    uint64_t        *gate;           /* junction << 32 | zone, sorted: of zones with several */
    size_t           gate_n;
    struct net_line *line;           /* the arcs to be */
    size_t           lines, lines_room;
};

static inline bool is_inner(const struct roads *r, uint32_t junction)
{
    return !(r->junction_flags[junction] & JUNCTION_BORDER);
}

void net_line_add(struct net_making *m, uint32_t from, uint32_t to, uint32_t cost);

/* The lines as arcs, both ways, in blocks. */
void net_arcs_make(struct net_making *m);
void net_arcs_free(struct net *net);

/* net_zones.c: states and lines. */
void zones_find(struct net_making *m);       /* zone, gates, gate */
void zones_number(struct net_making *m);     /* junction_state, states, source, target */
void zones_lines(struct net_making *m);      /* the streets, without what changes the state */
void zones_changes(struct net_making *m);    /* ... and from "at home" to "entered" */
void zones_around(struct net_making *m);     /* ways from gate to gate outside their compound */

#endif
