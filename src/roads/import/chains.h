/*
 * chains.h - from ways that share nodes to chains between junctions.
 *
 * A node is a junction when other than two street ends meet in it, when it is a barrier, or when
 * the street changes its name, kind or flags there. Everything else becomes shape.
 */
#ifndef ROADS_IMPORT_CHAINS_H
#define ROADS_IMPORT_CHAINS_H

#include "roads/import/builder.h"

#define NO_NODE UINT32_MAX

struct piece { uint32_t way, first_ref, refs; };         /* of one way, contiguous */
struct chain { uint32_t first_part, parts; };

struct chains {
    const struct road_builder *from;
    uint32_t     *ref_node;              /* index of the node of each reference, or NO_NODE */
    uint8_t      *node_flags;
    struct piece *piece;  size_t pieces;
    struct chain *chain;  size_t chains;
    uint32_t     *part;                  /* piece * 2, + 1 when it runs against its way */
    size_t        longest;               /* references of the longest chain */
    uint64_t      missing;
};

/* Sorts the builder's nodes and ways by id, drops doubles, and finds the chains. */
void chains_make(struct arena *mem, struct road_builder *b, struct chains *ret_chains);

/* The nodes of a chain in order, neighbours distinct; out has room for the longest. */
size_t chain_nodes(const struct chains *c, const struct chain *chain, uint32_t *out);

/* The way that lends a chain its attributes, and whether the chain runs against it. */
const struct road_way_row *chain_way(const struct chains *c, const struct chain *chain,
                                     bool *ret_reversed);

/* Sorts keys upwards, stable; `other` is room for as many. */
void sort_keys(uint64_t *keys, uint64_t *other, size_t n);

/* By the high half alone: equal ones stay as they came. */
void sort_keys_high(uint64_t *keys, uint64_t *other, size_t n);

#endif
