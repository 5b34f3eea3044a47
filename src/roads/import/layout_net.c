/* layout_net.c - arcs, private zones, islands and the tree of boxes over finished edges. */

#include "roads/import/layout.h"

/* A part of the net shorter than this that hangs on nothing is an island. */
static const uint64_t ISLAND_CM = 100000;

/* --- sets that grow together --- */

uint32_t set_of(uint32_t *parent, uint32_t at)
{
    while (parent[at] != at) {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    return at;
}

/* The smaller number leads, so that the result does not depend on the order. */
void sets_unite(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = set_of(parent, a);
    b = set_of(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

uint32_t *sets_new(struct arena *mem, uint32_t n)
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
    uint32_t *parent = sets_new(l->mem, l->header->junctions);
    for (uint32_t e = 0; e < l->header->edges; e++)
        if (is_inner(l, l->edge[e].a) && is_inner(l, l->edge[e].b))
            sets_unite(parent, l->edge[e].a, l->edge[e].b);
    for (uint32_t e = 0; e < l->header->edges; e++) {
        struct edge *edge = &l->edge[e];
        if (!(edge->flags & ROAD_PRIVATE))
            continue;
        if (is_inner(l, edge->a))
            edge->zone = set_of(parent, edge->a) + 1;
        else if (is_inner(l, edge->b))
            edge->zone = set_of(parent, edge->b) + 1;
        else
            edge->zone = l->header->junctions + 1 + e;
    }
}

/* --- arcs --- */

bool edge_open(unsigned flags, unsigned wheels, int from)
{
    for (int p = 0; p < PROFILE_COUNT; p++)
        if (!profile_closed((enum profile)p, flags, wheels, from != 0))
            return true;
    return false;
}

static bool arc_there(const struct layout *l, uint32_t e, int from)
{
    const struct edge *edge = &l->edge[e];
    return edge_open(edge->flags, l->wheels[e], from) && (edge->a != edge->b || from == 0);
}

/* The finished parts as a reader sees them, as far as times need it. */
static struct roads readable(const struct layout *l)
{
    return (struct roads){ .edges = l->header->edges, .edge = l->edge, .wheels = l->wheels };
}

static uint32_t arc_ms(const struct layout *l, enum profile profile, uint32_t e, bool back,
                       uint32_t head)
{
    const struct roads r = readable(l);
    if (l->junction_flags[head] & profiles[profile].stops)
        return NOT_REACHED;
    int64_t ms = edge_ms(&r, profile, e, back);
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
                                       arc_ms(l, (enum profile)p, e, from != 0, head) };
}

void layout_arcs(const struct layout *l)
{
    uint32_t junctions = l->header->junctions;
    uint32_t *next = NEW(l->mem, uint32_t, junctions + 1);
    for (uint32_t e = 0; e < l->header->edges; e++) {
        next[l->edge[e].a + 1] += arc_there(l, e, 0);
        next[l->edge[e].b + 1] += arc_there(l, e, 1);
    }
    for (uint32_t j = 0; j < junctions; j++)
        next[j + 1] += next[j];
    for (uint32_t j = 0; j <= junctions; j++)
        l->first_arc[j] = next[j];
    for (uint32_t e = 0; e < l->header->edges; e++) {
        if (arc_there(l, e, 0))
            fill_arc(l, next[l->edge[e].a]++, e, 0);
        if (arc_there(l, e, 1))
            fill_arc(l, next[l->edge[e].b]++, e, 1);
    }
}

/* --- islands --- */

/* Parts of one profile's net while they grow together, and their lengths. */
struct islands { const struct layout *l; enum profile profile; uint32_t *parent; uint64_t *cm; };

/* Who does not pass a junction does not join what hangs on it. */
static uint32_t island_root(const struct islands *s, const struct edge *edge, bool *ret_through)
{
    unsigned stops = profiles[s->profile].stops;
    bool a = !(s->l->junction_flags[edge->a] & stops), b = !(s->l->junction_flags[edge->b] & stops);
    *ret_through = a && b;
    return set_of(s->parent, a ? edge->a : edge->b);
}

static void mark_edge(const struct layout *l, enum profile profile, uint32_t e)
{
    if (profiles[profile].vehicle == ON_FOOT)
        l->edge[e].flags |= profiles[profile].steps ? ROAD_ISLAND : ROAD_ISLAND_WHEEL;
    else
        l->wheels[e] |= profiles[profile].vehicle == BY_CAR ? WHEELS_ISLAND_CAR
                                                            : WHEELS_ISLAND_CYCLE;
}

static uint32_t mark_islands(const struct layout *l, enum profile profile)
{
    const struct roads r = readable(l);
    uint32_t junctions = l->header->junctions, islands = 0, largest = 0;
    struct islands s = { l, profile, sets_new(l->mem, junctions),
                         NEW(l->mem, uint64_t, junctions) };
    for (int round = 0; round < 3; round++)              /* unite, measure, mark */
        for (uint32_t e = 0; e < l->header->edges; e++) {
            const struct edge *edge = &l->edge[e];
            bool through;
            if (!edge_allows(&r, profile, e))
                continue;
            uint32_t root = island_root(&s, edge, &through);
            if (round == 0 && through)
                sets_unite(s.parent, edge->a, edge->b);
            if (round == 1)
                s.cm[root] += edge->length_cm;
            if (round == 1 && s.cm[root] > s.cm[largest])
                largest = root;
            if (round == 2 && root != largest && s.cm[root] < ISLAND_CM) {
                mark_edge(l, profile, e);
                islands++;
            }
        }
    return islands;
}

void layout_islands(const struct layout *l, struct road_counts *counts)
{
    counts->islands = mark_islands(l, PROFILE_STANDARD);
    mark_islands(l, PROFILE_WHEELCHAIR);
    mark_islands(l, PROFILE_EBIKE);
    mark_islands(l, PROFILE_CAR);
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
