/*
 * layout.h - from chains to the image of a road file: junctions in Hilbert order, edges grouped
 * by their first junction, arcs for each profile, private zones, islands and the tree of boxes.
 */
#ifndef ROADS_IMPORT_LAYOUT_H
#define ROADS_IMPORT_LAYOUT_H

#include "roads/file.h"
#include "roads/import/chains.h"

/* The parts of an image while it is filled; the pointers of struct roads, writable. */
struct layout {
    struct arena        *mem;
    const struct chains *chains;
    struct road_header  *header;         /* the image starts here */
    struct point        *at;
    uint8_t             *junction_flags;
    uint32_t            *first_arc;
    struct arc          *arc[PROFILE_COUNT];
    uint32_t            *arc_edge;
    struct edge         *edge;
    uint16_t            *wheels;
    struct point        *shape;
    uint32_t            *name_at;
    char                *name_text;
    struct point_box    *tree;
};

/*
 * Makes the image in one block (block_free ends it). NULL when there is not one edge. The
 * header names every size; counts are filled in.
 */
struct road_header *layout_make(struct arena *mem, const struct chains *chains,
                                struct road_counts *counts);

/*
 * gates.c: what only gates for residents join to a larger part of the net becomes private land,
 * given the flags that the builder was given of each junction.
 */
void layout_gates(const struct layout *l, const uint8_t *given_flags);

/* layout_net.c: what needs the finished edges. */

/* Sets of junctions that grow together; the smallest number leads. */
uint32_t *sets_new(struct arena *mem, uint32_t n);
uint32_t set_of(uint32_t *sets, uint32_t at);
void sets_unite(uint32_t *sets, uint32_t a, uint32_t b);

void layout_borders(const struct layout *l);
void layout_zones(const struct layout *l);
void layout_arcs(const struct layout *l);
void layout_islands(const struct layout *l, struct road_counts *counts);
void layout_tree(const struct layout *l);

/* layout_edge.c: what an edge is like beyond its ends and its line. */

/* The chain's own, in the order of its edge: whether it runs against the way that lends them. */
void layout_edge_use(const struct layout *l, uint32_t e, const struct road_way_row *way,
                     bool against, double way_cm);

/* Lifts, lights and slopes, once all edges stand. */
void layout_edge_ends(const struct layout *l, const uint8_t *given_flags);
void layout_edge_slopes(const struct layout *l, struct heights *heights);

/*
 * Whether anybody may use a street from its end: 0 from a, 1 from b. A loop has one arc, from a.
 */
bool edge_open(unsigned flags, unsigned wheels, int from);

#endif
