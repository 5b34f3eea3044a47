/* chains.c - from ways that share nodes to chains between junctions. */

#include "roads/import/chains.h"

#include <stdlib.h>
#include <string.h>

/* Radix, a byte at a time; bytes that are the same everywhere cost one look. */
static void sort_from(uint64_t *keys, uint64_t *other, size_t n, int shift)
{
    uint64_t *from = keys, *to = other;
    for (; shift < 64; shift += 8) {
        size_t count[256] = { 0 };
        for (size_t i = 0; i < n; i++)
            count[from[i] >> shift & 255]++;
        if (n == 0 || count[from[0] >> shift & 255] == n)
            continue;
        for (size_t digit = 0, start = 0; digit < 256; digit++) {
            size_t here = count[digit];
            count[digit] = start;
            start += here;
        }
        for (size_t i = 0; i < n; i++)
            to[count[from[i] >> shift & 255]++] = from[i];
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != keys && n)
        memcpy(keys, from, n * sizeof *keys);
}

void sort_keys(uint64_t *keys, uint64_t *other, size_t n)
{
    sort_from(keys, other, n, 0);
}

void sort_keys_high(uint64_t *keys, uint64_t *other, size_t n)
{
    sort_from(keys, other, n, 32);
}

/* --- one of each id, in order --- */

static int node_order(const void *left, const void *right)
{
    const struct road_node *a = left, *b = right;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    if (a->at.lat_e7 != b->at.lat_e7)
        return a->at.lat_e7 < b->at.lat_e7 ? -1 : 1;
    return (a->at.lon_e7 > b->at.lon_e7) - (a->at.lon_e7 < b->at.lon_e7);
}

static int way_order(const void *left, const void *right)
{
    const struct road_way_row *a = left, *b = right;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return (a->first_ref > b->first_ref) - (a->first_ref < b->first_ref);
}

static void sort_nodes(struct road_builder *b)
{
    size_t at = 1;
    while (at < b->nodes && b->node[at - 1].id < b->node[at].id)
        at++;
    if (at >= b->nodes)
        return;                                          /* the usual case: already in order */
    qsort(b->node, b->nodes, sizeof *b->node, node_order);
    size_t kept = 0;
    for (size_t i = 0; i < b->nodes; i++)
        if (kept == 0 || b->node[kept - 1].id != b->node[i].id)
            b->node[kept++] = b->node[i];
    b->nodes = kept;
}

static void sort_ways(struct road_builder *b)
{
    if (b->ways == 0)
        return;
    qsort(b->way, b->ways, sizeof *b->way, way_order);
    size_t kept = 0;
    for (size_t i = 0; i < b->ways; i++)
        if (kept == 0 || b->way[kept - 1].id != b->way[i].id)
            b->way[kept++] = b->way[i];
    b->ways = kept;
}

/* --- references to nodes --- */

/*
 * The index of a node id, or NO_NODE. Ways mostly name neighbouring ids one after another, so the
 * search gallops away from the last place found.
 */
static uint32_t find_node(const struct road_builder *b, int64_t id, uint32_t near)
{
    size_t low = 0, high = b->nodes;
    if (near < high && b->node[near].id <= id) {
        low = near;
        for (size_t step = 1; low + step < high; step *= 2)
            if (b->node[low + step].id > id)
                high = low + step;
            else
                low += step;
    } else if (near < high) {
        high = near;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (b->node[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < b->nodes && b->node[low].id == id ? (uint32_t)low : NO_NODE;
}

static void resolve(struct chains *c)
{
    const struct road_builder *b = c->from;
    uint32_t last = 0;
    for (const struct road_way_row *w = b->way; w < b->way + b->ways; w++)
        for (uint32_t i = w->first_ref; i < w->first_ref + w->refs; i++) {
            uint32_t node = find_node(b, b->ref[i], last);
            c->ref_node[i] = node;
            if (node == NO_NODE)
                c->missing++;
            else
                last = node;
        }
    for (size_t i = 0; i < b->flags; i++) {
        uint32_t node = find_node(b, b->flag[i].id, 0);
        if (node != NO_NODE)
            c->node_flags[node] |= (uint8_t)b->flag[i].flags;
    }
}

/* How many street ends meet in each node; 3 stands for more. */
static void count_ends(const struct chains *c, uint8_t *degree)
{
    for (const struct road_way_row *w = c->from->way; w < c->from->way + c->from->ways; w++)
        for (uint32_t i = w->first_ref + 1; i < w->first_ref + w->refs; i++) {
            uint32_t u = c->ref_node[i - 1], v = c->ref_node[i];
            if (u == NO_NODE || v == NO_NODE || u == v)
                continue;
            degree[u] = (uint8_t)(degree[u] < 3 ? degree[u] + 1 : 3);
            degree[v] = (uint8_t)(degree[v] < 3 ? degree[v] + 1 : 3);
        }
}

/* --- pieces --- */

static bool is_through(const struct chains *c, const uint8_t *degree, uint32_t node)
{
    return degree[node] == 2 && !c->node_flags[node];
}

static void add_piece(struct chains *c, uint32_t way, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i < last; i++)
        if (c->ref_node[i] != c->ref_node[last]) {
            c->piece[c->pieces++] = (struct piece){ way, first, last - first + 1 };
            return;
        }
}

static void cut_way(struct chains *c, const uint8_t *degree, uint32_t way)
{
    const struct road_way_row *w = &c->from->way[way];
    uint32_t end = w->first_ref + w->refs, start = end;
    for (uint32_t i = w->first_ref; i < end; i++) {
        if (c->ref_node[i] == NO_NODE) {
            start = end;
            continue;
        }
        if (start == end) {
            start = i;
            continue;
        }
        bool last = i + 1 == end || c->ref_node[i + 1] == NO_NODE;
        if (last || !is_through(c, degree, c->ref_node[i])) {
            add_piece(c, way, start, i);
            start = i;
        }
    }
}

/* --- chains --- */

static uint32_t end_node(const struct chains *c, uint32_t end)
{
    const struct piece *p = &c->piece[end / 2];
    return c->ref_node[end % 2 ? p->first_ref + p->refs - 1 : p->first_ref];
}

/* What runs one way goes on only from an end into a start. */
static bool may_join(const struct chains *c, uint32_t end, uint32_t other)
{
    const unsigned foot = ROAD_ONLY_FORWARD | ROAD_ONLY_BACKWARD;
    const unsigned wheels = CYCLE_ONLY_FORWARD | CYCLE_ONLY_BACKWARD | CAR_ONLY_FORWARD |
                            CAR_ONLY_BACKWARD;
    if (end / 2 == other / 2)
        return false;
    const struct road_way_row *a = &c->from->way[c->piece[end / 2].way];
    const struct road_way_row *b = &c->from->way[c->piece[other / 2].way];
    if (((a->flags & foot) || (a->wheels & wheels) || a->slope[0] != a->slope[1]) &&
        end % 2 == other % 2)
        return false;
    if (a->name != b->name || a->kind != b->kind || a->flags != b->flags || a->wheels != b->wheels)
        return false;
    if (a->slope[0] != b->slope[0] || a->slope[1] != b->slope[1])
        return false;
    return a == b || (a->kind != ROAD_STEPS && !a->wait && !b->wait && !a->length_cm &&
                      !b->length_cm);
}

/* link[end of a piece] is the end it goes on at, + 1; 0 at a junction. */
static void link_pieces(const struct chains *c, const uint8_t *degree, uint32_t *link,
                        uint32_t *first_end)
{
    for (uint32_t end = 0; end < c->pieces * 2; end++) {
        uint32_t node = end_node(c, end);
        if (!is_through(c, degree, node))
            continue;
        uint32_t other = first_end[node];
        first_end[node] = end + 1;
        if (!other || !may_join(c, end, other - 1))
            continue;
        link[end] = other;
        link[other - 1] = end + 1;
    }
}

/* The piece that stands before `part` in its chain, as a part; NO_NODE at the start. */
static uint32_t part_before(const uint32_t *link, uint32_t part)
{
    uint32_t end = link[part];           /* the start of a part: its end 0, or 1 when reversed */
    return end ? (end - 1) ^ 1 : NO_NODE;
}

static uint32_t part_after(const uint32_t *link, uint32_t part)
{
    uint32_t end = link[part ^ 1];
    return end ? end - 1 : NO_NODE;
}

static void trace(struct chains *c, const uint32_t *link, uint8_t *used, uint32_t piece,
                  size_t *parts)
{
    uint32_t part = piece * 2;
    for (uint32_t before = part_before(link, part); before != NO_NODE && before / 2 != piece;
         before = part_before(link, part))
        part = before;
    struct chain *chain = &c->chain[c->chains++];
    chain->first_part = (uint32_t)*parts;
    size_t refs = 0;
    for (; part != NO_NODE && !used[part / 2]; part = part_after(link, part)) {
        used[part / 2] = 1;
        c->part[(*parts)++] = part;
        refs += c->piece[part / 2].refs;
    }
    chain->parts = (uint32_t)*parts - chain->first_part;
    if (refs > c->longest)
        c->longest = refs;
}

void chains_make(struct arena *mem, struct road_builder *b, struct chains *ret_chains)
{
    sort_nodes(b);
    sort_ways(b);
    struct chains c = { .from = b };
    *ret_chains = c;
    if (b->ways == 0 || b->nodes == 0)
        return;
    c.ref_node = NEW(mem, uint32_t, b->refs);
    c.node_flags = NEW(mem, uint8_t, b->nodes);
    c.piece = NEW(mem, struct piece, b->refs);
    uint8_t *degree = NEW(mem, uint8_t, b->nodes);
    resolve(&c);
    count_ends(&c, degree);
    for (uint32_t way = 0; way < b->ways; way++)
        cut_way(&c, degree, way);

    uint32_t *link = NEW(mem, uint32_t, c.pieces * 2);
    uint8_t *used = NEW(mem, uint8_t, c.pieces);
    c.part = NEW(mem, uint32_t, c.pieces);
    c.chain = NEW(mem, struct chain, c.pieces);
    link_pieces(&c, degree, link, NEW(mem, uint32_t, b->nodes));
    size_t parts = 0;
    for (uint32_t piece = 0; piece < c.pieces; piece++)
        if (!used[piece])
            trace(&c, link, used, piece, &parts);
    *ret_chains = c;
}

size_t chain_nodes(const struct chains *c, const struct chain *chain, uint32_t *out)
{
    size_t n = 0;
    for (uint32_t i = 0; i < chain->parts; i++) {
        uint32_t part = c->part[chain->first_part + i];
        const struct piece *p = &c->piece[part / 2];
        for (uint32_t k = 0; k < p->refs; k++) {
            uint32_t ref = p->first_ref + (part % 2 ? p->refs - 1 - k : k);
            if (n == 0 || out[n - 1] != c->ref_node[ref])
                out[n++] = c->ref_node[ref];
        }
    }
    return n;
}

const struct road_way_row *chain_way(const struct chains *c, const struct chain *chain,
                                     bool *ret_reversed)
{
    uint32_t part = c->part[chain->first_part];
    *ret_reversed = part % 2;
    return &c->from->way[c->piece[part / 2].way];
}
