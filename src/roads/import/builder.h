/*
 * builder.h - makes a road file from streets: what the importers feed, and programs that invent
 * a city.
 *
 *   struct road_builder b = { 0 };
 *   road_builder_node(&b, 1, (struct point){ 411500000, -86100000 }, 0);
 *   road_builder_node(&b, 2, ..., 0);
 *   road_builder_way(&b, &(struct road_way){ .id = 1, .name = SV("和平街"),
 *                    .kind = ROAD_RESIDENTIAL }, (int64_t[]){ 1, 2 }, 2);
 *   TRY(road_builder_write(c, &b, "city.roads", NULL));
 *   road_builder_free(&b);
 *
 * Streets meet where they share a node id; crossing without a shared node (a bridge) does not
 * join them. Order does not matter, and the same input gives the same bytes. What is given twice
 * under one id (neighbouring extracts overlap) counts once. Nodes that no way names are dropped;
 * a way is cut where it names a node that is missing.
 */
#ifndef ROADS_IMPORT_BUILDER_H
#define ROADS_IMPORT_BUILDER_H

#include "roads/import/heights.h"
#include "roads/roads.h"

/* A street as a mapper draws it. */
struct road_way {
    int64_t        id;
    struct sv      name;             /* "" when it has none; copied */
    enum road_kind kind;
    unsigned       flags;            /* enum road_flag, without those that the builder sets */
    unsigned       steps;            /* of a stair; 0: one for each 30 cm if kind is ROAD_STEPS */
    unsigned       wheels;           /* enum wheels_flag, without those that the builder sets */
    unsigned       wait;             /* per cent of the waiting at lights, along the whole way */
    uint32_t       length_cm;        /* 0: as its points say */
    uint8_t        slope[2];         /* 0: as the heights say, else as struct edge has it */
};

struct road_node { int64_t id; struct point at; };
struct road_node_flag { int64_t id; unsigned flags; };
struct road_way_row {
    int64_t  id;
    uint32_t first_ref, refs, name;
    uint32_t length_cm;
    uint16_t flags, steps, wheels;
    uint8_t  kind, wait, slope[2];
};

/* Zeroed is ready. The limits (0: none but memory) stop hostile files from filling the memory. */
struct road_builder {
    uint64_t nodes_max, refs_max;
    bool     full;                   /* a limit was met: road_builder_write will fail */
    bool     whole;                  /* no way may name a node that is missing */
    uint64_t arcs;                   /* rows of tables of arcs, for the counts */
    struct heights *heights;         /* NULL: flat; borrowed, see heights.h */

    struct road_node      *node;     size_t nodes, nodes_room;
    struct road_node_flag *flag;     size_t flags, flags_room;
    struct road_way_row   *way;      size_t ways, ways_room;
    int64_t               *ref;      size_t refs, refs_room;
    uint32_t              *name_at;  size_t names, names_room;      /* name 0 is "" */
    char                  *name_text; size_t name_bytes, name_bytes_room;
    uint32_t              *name_slot; size_t name_slots;            /* hash table of names + 1 */
};

/* What came of it, for the person who imports. */
struct road_counts {
    uint64_t nodes, ways;            /* given */
    uint64_t missing;                /* node references without a node */
    uint64_t arcs;                   /* rows of a graph's table of arcs */
    uint64_t foot_nodes, foot_arcs;  /* on foot, before chains are collapsed */
    uint32_t junctions, edges, islands;
    uint64_t total_m, steps_edges, private_edges, bytes;   /* total_m: of what one may walk */
};

/* A node; flags are enum junction_flag without JUNCTION_BORDER, or 0. */
void road_builder_node(struct road_builder *b, int64_t id, struct point at, unsigned flags);

/* A way along n nodes; fewer than two are ignored. */
void road_builder_way(struct road_builder *b, const struct road_way *way, const int64_t *nodes,
                      size_t n);

/*
 * Writes the file beside `path` and renames it, so that readers see the old or the new one whole.
 * Fails ERR_INVALID when there is no street at all, ERR_TOO_LARGE at a limit, ERR_BROKEN when
 * it cannot be written; `path` is then untouched. ret_counts may be NULL.
 */
MUST enum err road_builder_write(struct ctx *c, struct road_builder *b, const char *path,
                                 struct road_counts *ret_counts);

/* The same streets without a file, to be asked and closed (roads_close); no ERR_BROKEN. */
MUST enum err road_builder_open(struct ctx *c, struct road_builder *b, struct roads *ret_roads);

/* Accepts a zeroed builder; it is zeroed again. */
void road_builder_free(struct road_builder *b);

#endif
