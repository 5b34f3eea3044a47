/*
 * hierarchy.h - a net made ready for ways across the whole city, without any limit.
 *
 * Junctions are taken out one after another, the least important first, and what ways lose by it
 * is put back as a shortcut (contraction hierarchies: Geisberger, Sanders, Schultes and Delling
 * 2008). A quickest way then climbs from its start and descends to its goal. Within a quarter of
 * an hour's walk this gains nothing: see batch/ for that.
 */
#ifndef ROADS_HIERARCHY_H
#define ROADS_HIERARCHY_H

#include "roads/batch/net.h"

/* Nodes are a net's states by rank, the first taken out first. Immutable once made. */
struct hierarchy {
    const struct net *net;           /* must outlive it; its limit is that of the ways */
    uint32_t        nodes;
    uint32_t       *rank;            /* of each state */
    struct net_arcs up;              /* from each node to those above it */
    struct net_arcs down;            /* of each node, arcs that come down to it, by tail */
};

/*
 * Takes about a second for a hundred thousand junctions of real streets, and more than twice as
 * long for twice as many. The same net gives the same hierarchy. In blocks of its own.
 */
struct hierarchy *hierarchy_make(const struct net *net);
void hierarchy_free(struct hierarchy *h);            /* accepts NULL */

#endif
