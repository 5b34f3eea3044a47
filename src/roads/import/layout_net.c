/* layout_net.c - arcs, private zones, islands and the tree of boxes over finished edges. */

#include "roads/import/layout.h"

/* A part of the net shorter than this that hangs on nothing is an island. */
static const uint64_t ISLAND_CM = 100000;

/* --- sets that grow together --- */

static uint32_t root_of(uint32_t *parent, uint32_t at)
{
    while (parent[at] != at) {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    return at;
}

/* The smaller number leads, so that the result does not depend on the order. */
static void unite(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = root_of(parent, a);
    b = root_of(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

static uint32_t *each_alone(struct arena *mem, uint32_t n)
{
    uint32_t *parent = NEW(mem, uint32_t, n);
    for (uint32_t i = 0; i < n; i++)
        parent[i] = i;
    return parent;
}

/* --- private land --- */

void layout_borders(const struct layout *l)
{
    for (uint32_t e = 0; e < l->header->edges; e++) {
        const struct edge *edge = &l->edge[e];
        if (edge->flags & ROAD_PRIVATE)
            continue;
        l->junction_flags[edge->a] |= JUNCTION_BORDER;
        l->junction_flags[edge->b] |= JUNCTION_BORDER;
    }
}

static bool is_inner(const struct layout *l, uint32_t junction)
{
    return !(l->junction_flags[junction] & JUNCTION_BORDER);
}

/* Two compounds that share a gate on the same street stay two: only inner junctions unite. */
void layout_zones(const struct layout *l)
{
    uint32_t *parent = each_alone(l->mem, l->header->junctions);
    for (uint32_t e = 0; e < l->header->edges; e++)
        if (is_inner(l, l->edge[e].a) && is_inner(l, l->edge[e].b))
            unite(parent, l->edge[e].a, l->edge[e].b);
    for (uint32_t e = 0; e < l->header->edges; e++) {
        struct edge *edge = &l->edge[e];
        if (!(edge->flags & ROAD_PRIVATE))
            continue;
        if (is_inner(l, edge->a))
            edge->zone = root_of(parent, edge->a) + 1;
        else if (is_inner(l, edge->b))
            edge->zone = root_of(parent, edge->b) + 1;
        else
            edge->zone = l->header->junctions + 1 + e;
    }
}

/* --- arcs --- */

bool edge_open(const struct edge *e, int from)
{
    if (e->a == e->b)
        return from == 0;
    return !(e->flags & (from == 0 ? ROAD_ONLY_BACKWARD : ROAD_ONLY_FORWARD));
}

static uint32_t arc_ms(const struct layout *l, enum profile profile, const struct edge *e,
                       uint32_t head)
{
    uint8_t at_head = l->junction_flags[head];
    if (at_head & JUNCTION_BLOCKED)
        return NOT_REACHED;
    if (!profiles[profile].steps && (at_head & JUNCTION_NO_WHEELCHAIR))
        return NOT_REACHED;
    int64_t ms = profile_ms(profile, (enum road_kind)e->kind, e->flags, e->length_cm, e->steps);
    return ms == TIME_FORBIDDEN ? NOT_REACHED : (uint32_t)ms;
}

static void fill_arc(const struct layout *l, uint32_t arc, uint32_t e, int from)
{
    const struct edge *edge = &l->edge[e];
    uint32_t head = from == 0 ? edge->b : edge->a;
    bool leaves = (edge->flags & ROAD_PRIVATE) && !is_inner(l, head);
    l->arc_edge[arc] = e * 2 + (uint32_t)from;
    for (int p = 0; p < PROFILE_COUNT; p++)
        l->arc[p][arc] = (struct arc){ leaves ? head | ARC_EXIT : head,
                                       arc_ms(l, (enum profile)p, edge, head) };
}

void layout_arcs(const struct layout *l)
{
    uint32_t junctions = l->header->junctions;
    uint32_t *next = NEW(l->mem, uint32_t, junctions + 1);
    for (uint32_t e = 0; e < l->header->edges; e++) {
        next[l->edge[e].a + 1] += edge_open(&l->edge[e], 0);
        next[l->edge[e].b + 1] += edge_open(&l->edge[e], 1);
    }
    for (uint32_t j = 0; j < junctions; j++)
        next[j + 1] += next[j];
    for (uint32_t j = 0; j <= junctions; j++)
        l->first_arc[j] = next[j];
    for (uint32_t e = 0; e < l->header->edges; e++) {
        if (edge_open(&l->edge[e], 0))
            fill_arc(l, next[l->edge[e].a]++, e, 0);
        if (edge_open(&l->edge[e], 1))
            fill_arc(l, next[l->edge[e].b]++, e, 1);
    }
}

/* --- islands --- */

/* Who does not pass a junction does not join what hangs on it. */
static bool passes(const struct layout *l, enum profile profile, uint32_t junction)
{
    unsigned stop = JUNCTION_BLOCKED | (profiles[profile].steps ? 0 : JUNCTION_NO_WHEELCHAIR);
    return !(l->junction_flags[junction] & stop);
}

static uint32_t mark_islands(const struct layout *l, enum profile profile, enum road_flag flag)
{
    uint32_t junctions = l->header->junctions, islands = 0, largest = 0;
    uint32_t *parent = each_alone(l->mem, junctions);
    uint64_t *cm = NEW(l->mem, uint64_t, junctions);
    for (int round = 0; round < 3; round++)              /* unite, measure, mark */
        for (uint32_t e = 0; e < l->header->edges; e++) {
            struct edge *edge = &l->edge[e];
            if (profile_ms(profile, (enum road_kind)edge->kind, edge->flags, 1, 0) < 0)
                continue;
            bool a = passes(l, profile, edge->a), b = passes(l, profile, edge->b);
            uint32_t root = root_of(parent, a ? edge->a : edge->b);
            if (round == 0 && a && b)
                unite(parent, edge->a, edge->b);
            if (round == 1)
                cm[root] += edge->length_cm;
            if (round == 1 && cm[root] > cm[largest])
                largest = root;
            if (round == 2 && root != largest && cm[root] < ISLAND_CM) {
                edge->flags |= (uint16_t)flag;
                islands++;
            }
        }
    return islands;
}

void layout_islands(const struct layout *l, struct road_counts *counts)
{
    counts->islands = mark_islands(l, PROFILE_STANDARD, ROAD_ISLAND);
    mark_islands(l, PROFILE_WHEELCHAIR, ROAD_ISLAND_WHEEL);
}

/* --- the tree --- */

static struct point_box edge_box(const struct layout *l, uint32_t e)
{
    struct point_box box = box_none();
    box_add(&box, l->at[l->edge[e].a]);
    box_add(&box, l->at[l->edge[e].b]);
    for (uint32_t s = l->edge[e].first_shape; s < l->edge[e + 1].first_shape; s++)
        box_add(&box, l->shape[s]);
    return box;
}

void layout_tree(const struct layout *l)
{
    uint32_t level[TREE_LEVELS_MAX];
    int levels = tree_levels(l->header->edges, level);
    for (uint32_t e = 0; e < l->header->edges; e++)
        l->tree[e] = edge_box(l, e);
    struct point_box *below = l->tree;
    for (int i = 1; i < levels; i++) {
        struct point_box *here = below + level[i - 1];
        for (uint32_t n = 0; n < level[i]; n++)
            here[n] = box_none();
        for (uint32_t n = 0; n < level[i - 1]; n++) {
            box_add(&here[n / TREE_WIDTH], below[n].low);
            box_add(&here[n / TREE_WIDTH], below[n].high);
        }
        below = here;
    }
}
