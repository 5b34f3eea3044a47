/*
 * gates.c - compounds whose gates are on the map and whose streets say nothing.
 *
 * Taken away the gates that are for residents, the net falls into parts. Of the parts that meet at
 * such a gate the longest is the town, and the others lie behind it: private land, like streets
 * that say so themselves. Where one comes round the gate by an open way there is only one part, and
 * the gate changes nothing.
 */

#include "roads/import/layout.h"

struct gates {
    const struct layout *l;
    const uint8_t       *given;
    uint32_t            *part;           /* sets of junctions */
    uint64_t            *cm;             /* of each part, by its leader */
    uint64_t            *longest;        /* of each gate, of the parts that meet there */
    uint8_t             *behind;         /* of each part's leader */
};

static bool is_gate(const struct gates *g, uint32_t junction)
{
    return g->given[junction] & JUNCTION_PRIVATE;
}

/* The part that an edge belongs to; false: private land already, or between two gates. */
static bool part_of(const struct gates *g, uint32_t e, uint32_t *ret_part)
{
    const struct edge *edge = &g->l->edge[e];
    if ((edge->flags & ROAD_PRIVATE) || (is_gate(g, edge->a) && is_gate(g, edge->b)))
        return false;
    *ret_part = set_of(g->part, is_gate(g, edge->a) ? edge->b : edge->a);
    return true;
}

/* The gate at which an edge ends, if it is one of a part. */
static uint32_t gate_of(const struct gates *g, const struct edge *edge)
{
    return is_gate(g, edge->a) ? edge->a : is_gate(g, edge->b) ? edge->b : NO_NODE;
}

static void find_parts(struct gates *g)
{
    const struct layout *l = g->l;
    uint32_t part;
    for (uint32_t e = 0; e < l->header->edges; e++)
        if (part_of(g, e, &part) && gate_of(g, &l->edge[e]) == NO_NODE)
            sets_unite(g->part, l->edge[e].a, l->edge[e].b);
    for (uint32_t e = 0; e < l->header->edges; e++)
        if (part_of(g, e, &part))
            g->cm[part] += l->edge[e].length_cm;
}

static void find_behind(struct gates *g)
{
    const struct layout *l = g->l;
    uint32_t part, gate;
    for (uint32_t e = 0; e < l->header->edges; e++)
        if (part_of(g, e, &part) && (gate = gate_of(g, &l->edge[e])) != NO_NODE &&
            g->longest[gate] < g->cm[part])
            g->longest[gate] = g->cm[part];
    for (uint32_t e = 0; e < l->header->edges; e++)
        if (part_of(g, e, &part) && (gate = gate_of(g, &l->edge[e])) != NO_NODE &&
            g->cm[part] < g->longest[gate])
            g->behind[part] = 1;
}

static void mark(const struct gates *g)
{
    const struct layout *l = g->l;
    uint32_t part;
    for (uint32_t e = 0; e < l->header->edges; e++) {
        struct edge *edge = &l->edge[e];
        bool between = is_gate(g, edge->a) && is_gate(g, edge->b);
        if (between || (part_of(g, e, &part) && g->behind[part]))
            edge->flags |= ROAD_PRIVATE;
    }
}

void layout_gates(const struct layout *l, const uint8_t *given_flags)
{
    uint32_t junctions = l->header->junctions, any = 0;
    for (uint32_t j = 0; j < junctions; j++)
        any += (given_flags[j] & JUNCTION_PRIVATE) != 0;
    if (!any)
        return;
    struct gates g = { l, given_flags, sets_new(l->mem, junctions),
                       NEW(l->mem, uint64_t, junctions), NEW(l->mem, uint64_t, junctions),
                       NEW(l->mem, uint8_t, junctions) };
    find_parts(&g);
    find_behind(&g);
    mark(&g);
}
