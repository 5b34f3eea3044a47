/* layout.c - from chains to the image of a road file: order, edges and shapes. */

#include "roads/import/layout.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* A chain on its way to become an edge. */
struct sketch { uint32_t a, b, length_cm, inner; };

struct plan {
    struct arena        *mem;
    const struct chains *chains;
    struct sketch       *sketch;         /* of each chain; a and b are nodes, later junctions */
    uint32_t            *order;          /* chains in the order of their edges */
    uint32_t            *nodes;          /* room for one chain's nodes */
    uint32_t            *junction_node;  /* node of each junction */
    uint32_t             junctions, arcs, shapes;
    uint64_t             total_cm;
    struct point_box     box;
};

static struct point node_at(const struct plan *p, uint32_t node)
{
    return p->chains->from->node[node].at;
}

/* Centimetres of a way by its points; those that it lies with on missing nodes do not count. */
static double way_length_cm(const struct plan *p, const struct road_way_row *way)
{
    double m = 0;
    for (uint32_t i = way->first_ref + 1; i < way->first_ref + way->refs; i++) {
        uint32_t u = p->chains->ref_node[i - 1], v = p->chains->ref_node[i];
        if (u != NO_NODE && v != NO_NODE)
            m += point_distance_m(node_at(p, u), node_at(p, v));
    }
    return m * 100;
}

/* A piece of a way that was given a length has its share of it. */
static double piece_cm(const struct plan *p, const struct piece *piece)
{
    const struct road_way_row *way = &p->chains->from->way[piece->way];
    double m = 0;
    for (uint32_t i = piece->first_ref + 1; i < piece->first_ref + piece->refs; i++)
        m += point_distance_m(node_at(p, p->chains->ref_node[i - 1]),
                              node_at(p, p->chains->ref_node[i]));
    if (!way->length_cm)
        return m * 100;
    double whole_cm = way_length_cm(p, way);
    return whole_cm > 0 ? way->length_cm * (m * 100 / whole_cm)
                        : (double)way->length_cm * (piece->refs - 1) / (way->refs - 1);
}

static double given_cm(const struct plan *p, const struct chain *chain)
{
    double cm = 0;
    for (uint32_t i = 0; i < chain->parts; i++)
        cm += piece_cm(p, &p->chains->piece[p->chains->part[chain->first_part + i] / 2]);
    return cm;
}

static bool chain_has_length(const struct plan *p, const struct chain *chain)
{
    for (uint32_t i = 0; i < chain->parts; i++) {
        const struct piece *piece = &p->chains->piece[p->chains->part[chain->first_part + i] / 2];
        if (p->chains->from->way[piece->way].length_cm)
            return true;
    }
    return false;
}

static void sketch_chain(struct plan *p, uint32_t chain)
{
    size_t n = chain_nodes(p->chains, &p->chains->chain[chain], p->nodes);
    assert(n >= 2);
    double m = 0;
    bool reversed;
    box_add(&p->box, node_at(p, p->nodes[0]));
    for (size_t i = 1; i < n; i++) {
        m += point_distance_m(node_at(p, p->nodes[i - 1]), node_at(p, p->nodes[i]));
        box_add(&p->box, node_at(p, p->nodes[i]));
    }
    double exact_cm = chain_has_length(p, &p->chains->chain[chain])
                          ? given_cm(p, &p->chains->chain[chain]) : m * 100;
    uint32_t cm = exact_cm < ROAD_LENGTH_CM_MAX ? (uint32_t)lround(exact_cm) : ROAD_LENGTH_CM_MAX;
    p->sketch[chain] = (struct sketch){ p->nodes[0], p->nodes[n - 1], cm, (uint32_t)n - 2 };
    p->shapes += (uint32_t)n - 2;
    if (!(chain_way(p->chains, &p->chains->chain[chain], &reversed)->flags & ROAD_NO_FOOT))
        p->total_cm += cm;
}

/* Numbers the chains' end nodes along the Hilbert curve; sketches then name junctions. */
static void number_junctions(struct plan *p)
{
    size_t chains = p->chains->chains, n = 0;
    uint32_t *number = NEW(p->mem, uint32_t, p->chains->from->nodes);
    uint64_t *keys = NEW(p->mem, uint64_t, chains * 2);
    for (size_t i = 0; i < chains * 2; i++) {
        uint32_t node = i % 2 ? p->sketch[i / 2].b : p->sketch[i / 2].a;
        if (!number[node])
            keys[n++] = (uint64_t)point_hilbert(&p->box, node_at(p, node)) << 32 | node;
        number[node] = 1;
    }
    sort_keys(keys, NEW(p->mem, uint64_t, n), n);
    p->junction_node = NEW(p->mem, uint32_t, n);
    for (uint32_t j = 0; j < n; j++) {
        p->junction_node[j] = (uint32_t)keys[j];
        number[p->junction_node[j]] = j;
    }
    for (size_t i = 0; i < chains; i++) {
        p->sketch[i].a = number[p->sketch[i].a];
        p->sketch[i].b = number[p->sketch[i].b];
    }
    p->junctions = (uint32_t)n;
}

static uint32_t low_end(const struct sketch *s)
{
    return s->a < s->b ? s->a : s->b;
}

static uint32_t high_end(const struct sketch *s)
{
    return s->a < s->b ? s->b : s->a;
}

/* By lower junction, then higher, then as they came: by way. */
static void order_edges(struct plan *p)
{
    size_t n = p->chains->chains;
    uint64_t *keys = NEW(p->mem, uint64_t, n), *other = NEW(p->mem, uint64_t, n);
    for (size_t i = 0; i < n; i++)
        keys[i] = (uint64_t)high_end(&p->sketch[i]) << 32 | i;
    sort_keys(keys, other, n);
    for (size_t i = 0; i < n; i++)
        keys[i] = (uint64_t)low_end(&p->sketch[(uint32_t)keys[i]]) << 32 | (uint32_t)keys[i];
    for (size_t i = 0; i < n; i++)
        other[i] = (uint32_t)keys[i];
    uint32_t *first = NEW(p->mem, uint32_t, p->junctions + 1);
    for (size_t i = 0; i < n; i++)
        first[(keys[i] >> 32) + 1]++;
    for (uint32_t j = 0; j < p->junctions; j++)
        first[j + 1] += first[j];
    p->order = NEW(p->mem, uint32_t, n);
    for (size_t i = 0; i < n; i++)
        p->order[first[keys[i] >> 32]++] = (uint32_t)other[i];
}

static uint32_t fill_edge(const struct plan *p, const struct layout *l, uint32_t e,
                          uint32_t first_shape)
{
    uint32_t chain = p->order[e];
    const struct sketch *s = &p->sketch[chain];
    bool against, turn = s->a > s->b;
    const struct road_way_row *way = chain_way(p->chains, &p->chains->chain[chain], &against);
    double way_cm = way->steps || way->wait ? way_length_cm(p, way) : 0;
    l->edge[e] = (struct edge){
        .a = low_end(s),
        .b = high_end(s),
        .first_shape = first_shape,
        .length_cm = s->length_cm,
        .name = way->name,
        .kind = way->kind,
    };
    layout_edge_use(l, e, way, against != turn, way_cm);
    if (s->inner) {
        size_t n = chain_nodes(p->chains, &p->chains->chain[chain], p->nodes);
        for (size_t i = 1; i + 1 < n; i++)
            l->shape[first_shape++] = node_at(p, p->nodes[turn ? n - 1 - i : i]);
    }
    return first_shape;
}

/* --- the image --- */

static uint32_t count_arcs(const struct plan *p)
{
    uint32_t n = 0;
    for (size_t i = 0; i < p->chains->chains; i++) {
        bool reversed;
        const struct road_way_row *way = chain_way(p->chains, &p->chains->chain[i], &reversed);
        n += edge_open(way->flags, way->wheels, 0);
        if (p->sketch[i].a != p->sketch[i].b)
            n += edge_open(way->flags, way->wheels, 1);
    }
    return n;
}

static void place_sections(struct road_header *h, const struct road_builder *b)
{
    uint64_t sizes[SECTION_COUNT];
    road_section_sizes(h, b->name_bytes, sizes);
    uint64_t at = (sizeof *h + SECTION_ALIGN - 1) / SECTION_ALIGN * SECTION_ALIGN;
    for (int s = 0; s < SECTION_COUNT; s++) {
        h->section[s] = (struct road_section_place){ at, sizes[s] };
        at = (at + sizes[s] + SECTION_ALIGN - 1) / SECTION_ALIGN * SECTION_ALIGN;
    }
    h->size = at;
}

static struct road_header plan_header(const struct plan *p)
{
    uint32_t level[TREE_LEVELS_MAX], edges = (uint32_t)p->chains->chains, boxes = 0;
    for (int i = tree_levels(edges, level); i > 0; i--)
        boxes += level[i - 1];
    struct road_header h = {
        .magic = ROAD_MAGIC,
        .version = ROAD_VERSION,
        .header_size = sizeof h,
        .profiles = profile_fingerprint(),
        .total_m = p->total_cm / 100,
        .junctions = p->junctions,
        .edges = edges,
        .arcs = count_arcs(p),
        .names = (uint32_t)p->chains->from->names,
        .shapes = p->shapes,
        .boxes = boxes,
        .box = p->box,
    };
    place_sections(&h, p->chains->from);
    return h;
}

static struct layout layout_over(struct road_header *h)
{
    char *image = (char *)h;
    const struct road_section_place *s = h->section;
    struct layout l = {
        .header = h,
        .at = (void *)(image + s[SECTION_AT].at),
        .junction_flags = (void *)(image + s[SECTION_JUNCTION_FLAGS].at),
        .first_arc = (void *)(image + s[SECTION_FIRST_ARC].at),
        .arc_edge = (void *)(image + s[SECTION_ARC_EDGE].at),
        .edge = (void *)(image + s[SECTION_EDGE].at),
        .wheels = (void *)(image + s[SECTION_WHEELS].at),
        .shape = (void *)(image + s[SECTION_SHAPE].at),
        .name_at = (void *)(image + s[SECTION_NAME_AT].at),
        .name_text = image + s[SECTION_NAME_TEXT].at,
        .tree = (void *)(image + s[SECTION_TREE].at),
    };
    for (int p = 0; p < PROFILE_COUNT; p++)
        l.arc[p] = (void *)(image + s[SECTION_ARC + p].at);
    return l;
}

/* What was given of each junction's node, the lights too. */
static const uint8_t *node_flags_of(const struct plan *p)
{
    uint8_t *flags = NEW(p->mem, uint8_t, p->junctions);
    for (uint32_t j = 0; j < p->junctions; j++)
        flags[j] = p->chains->node_flags[p->junction_node[j]];
    return flags;
}

static void fill_points_and_names(const struct plan *p, const struct layout *l)
{
    const struct road_builder *b = p->chains->from;
    for (uint32_t j = 0; j < p->junctions; j++) {
        l->at[j] = node_at(p, p->junction_node[j]);
        l->junction_flags[j] = p->chains->node_flags[p->junction_node[j]] &
                               (uint8_t)~(JUNCTION_SIGNALS | JUNCTION_PRIVATE);
    }
    memcpy(l->name_at, b->name_at, (b->names + 1) * sizeof *b->name_at);
    memcpy(l->name_text, b->name_text, b->name_bytes);
}

/* Nodes and arcs on foot as they were before chains were collapsed. */
static void count_foot(const struct layout *l, struct road_counts *counts)
{
    uint8_t *walked = NEW(l->mem, uint8_t, l->header->junctions);
    for (uint32_t e = 0; e < l->header->edges; e++) {
        const struct edge *edge = &l->edge[e];
        if (edge->flags & ROAD_NO_FOOT)
            continue;
        uint32_t inner = edge[1].first_shape - edge->first_shape;
        counts->foot_nodes += inner + !walked[edge->a];
        walked[edge->a] = 1;
        counts->foot_nodes += !walked[edge->b];
        walked[edge->b] = 1;
        counts->foot_arcs += (inner + 1) * (uint32_t)(!(edge->flags & ROAD_ONLY_BACKWARD) +
                                                      !(edge->flags & ROAD_ONLY_FORWARD));
    }
}

static void count_kinds(const struct layout *l, struct road_counts *counts)
{
    count_foot(l, counts);
    for (uint32_t e = 0; e < l->header->edges; e++) {
        counts->steps_edges += l->edge[e].kind == ROAD_STEPS;
        counts->private_edges += (l->edge[e].flags & ROAD_PRIVATE) != 0;
    }
    counts->junctions = l->header->junctions;
    counts->edges = l->header->edges;
    counts->total_m = l->header->total_m;
    counts->bytes = l->header->size;
}

struct road_header *layout_make(struct arena *mem, const struct chains *chains,
                                struct road_counts *counts)
{
    struct plan p = { .mem = mem, .chains = chains, .box = box_none() };
    if (chains->chains == 0)
        return NULL;
    p.sketch = NEW(mem, struct sketch, chains->chains);
    p.nodes = NEW(mem, uint32_t, chains->longest);
    for (uint32_t i = 0; i < chains->chains; i++)
        sketch_chain(&p, i);
    number_junctions(&p);
    order_edges(&p);

    struct road_header planned = plan_header(&p);
    struct road_header *header = block_take(planned.size);
    *header = planned;
    struct layout l = layout_over(header);
    l.mem = mem;
    l.chains = chains;
    fill_points_and_names(&p, &l);
    uint32_t shapes = 0;
    for (uint32_t e = 0; e < planned.edges; e++)
        shapes = fill_edge(&p, &l, e, shapes);
    l.edge[planned.edges].first_shape = shapes;
    const uint8_t *given_flags = node_flags_of(&p);
    layout_edge_ends(&l, given_flags);
    layout_edge_slopes(&l, chains->from->heights);
    layout_gates(&l, given_flags);
    layout_borders(&l);
    layout_zones(&l);
    layout_arcs(&l);
    layout_islands(&l, counts);
    layout_tree(&l);
    count_kinds(&l, counts);
    header->checksum = road_checksum(header, header->size);
    return header;
}
