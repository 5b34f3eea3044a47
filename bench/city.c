/*
 * city.c - an invented city of a million junctions, for measuring at scale.
 *
 *   bench-city OUT.roads [SIDE [SEED]]                  SIDE: 1040 cells, SEED: 1
 *
 * A jittered grid of SIDE x SIDE at 40 m. Every 8th line is an arterial; of the other links 27 %
 * are missing inside blocks, and a block is joined to its arterial with p = 0.45; two rivers are
 * bridged about every 25 cells; 4 % of the cells have a diagonal. The largest component is
 * written: about 1.06 million nodes and 3.09 million arcs, all of them streets for everybody. It
 * lies in the open sea, so that nobody takes it for a real one. The same seed makes the same file.
 */

#include "roads/import/builder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SIDE = 1040, CELL_M = 40, BLOCK = 8, BRIDGE_CELLS = 25, MISSING = 27, JOINED = 45,
       DIAGONAL = 4, SIDE_MAX = 2000 };

enum heading { EAST, NORTH, NORTH_EAST, HEADINGS };
static const int step_x[HEADINGS] = { 1, 0, 1 }, step_y[HEADINGS] = { 0, 1, 1 };

struct city {
    int       side;
    uint64_t  seed;
    uint8_t  *links;                     /* of each node, a bit for each heading */
    uint32_t *parent;                    /* sets of nodes that hang together */
};

/* 0 .. 2^32 - 1 for a thing of the city, whatever was asked before. */
static uint32_t chance(const struct city *c, uint64_t node, uint64_t what)
{
    uint64_t h = (c->seed * 64 + what) * UINT64_C(0x9E3779B97F4A7C15) ^ node;
    h = (h ^ h >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    h = (h ^ h >> 27) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)(h ^ h >> 31);
}

static bool happens(const struct city *c, uint64_t node, uint64_t what, unsigned percent)
{
    return chance(c, node, what) < UINT32_MAX / 100 * percent;
}

/* --- the plan --- */

/* Which bank of the two rivers a node lies on; they wind through the city's thirds. */
static int bank(const struct city *c, int x, int y)
{
    double width = c->side / 40.0;
    bool east = x > c->side / 3.0 + width * sin(y / 60.0);
    bool north = y > c->side * 2 / 3.0 + width * sin(x / 80.0);
    return east + 2 * north;
}

static bool is_bridge(int x, int y, enum heading heading)
{
    return (heading == EAST ? y : x) % BRIDGE_CELLS == 0;
}

static bool has_link(const struct city *c, int x, int y, enum heading heading)
{
    int x2 = x + step_x[heading], y2 = y + step_y[heading];
    uint64_t node = (uint64_t)y * (uint64_t)c->side + (uint64_t)x;
    if (x2 >= c->side || y2 >= c->side)
        return false;
    bool crosses = bank(c, x, y) != bank(c, x2, y2);
    if (heading == NORTH_EAST)
        return !crosses && happens(c, node, 1, DIAGONAL);
    if (crosses)
        return is_bridge(x, y, heading);
    if ((heading == EAST ? y : x) % BLOCK == 0)
        return true;                                     /* along an arterial */
    bool joins = heading == EAST ? x % BLOCK == 0 || x2 % BLOCK == 0
                                 : y % BLOCK == 0 || y2 % BLOCK == 0;
    return joins ? happens(c, node, 2 + heading, JOINED)
                 : !happens(c, node, 4 + heading, MISSING);
}

static uint32_t root_of(uint32_t *parent, uint32_t at)
{
    while (parent[at] != at) {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    return at;
}

static void plan_links(struct city *c)
{
    uint32_t n = (uint32_t)(c->side * c->side);
    for (uint32_t i = 0; i < n; i++)
        c->parent[i] = i;
    for (uint32_t i = 0; i < n; i++) {
        int x = (int)i % c->side, y = (int)i / c->side;
        for (int h = 0; h < HEADINGS; h++) {
            if (!has_link(c, x, y, (enum heading)h))
                continue;
            c->links[i] |= (uint8_t)(1 << h);
            uint32_t to = (uint32_t)((y + step_y[h]) * c->side + x + step_x[h]);
            c->parent[root_of(c->parent, i)] = root_of(c->parent, to);
        }
    }
}

static uint32_t largest(struct city *c, struct arena *mem)
{
    uint32_t n = (uint32_t)(c->side * c->side), best = 0;
    uint32_t *size = NEW(mem, uint32_t, n);
    for (uint32_t i = 0; i < n; i++)
        size[root_of(c->parent, i)]++;
    for (uint32_t i = 0; i < n; i++)
        best = size[i] > size[best] ? i : best;
    return best;
}

/* --- the streets --- */

static void build_nodes(struct city *c, struct road_builder *b, uint32_t root, uint64_t *ret_nodes)
{
    struct plane plane = plane_at((struct point){ 300000000, -1400000000 });
    double middle = c->side * CELL_M / 2.0, jitter = CELL_M * 0.5 / UINT32_MAX;
    for (uint32_t i = 0; i < (uint32_t)(c->side * c->side); i++) {
        if (root_of(c->parent, i) != root)
            continue;
        double x = (int)i % c->side * CELL_M - middle + chance(c, i, 8) * jitter;
        double y = (int)i / c->side * CELL_M - middle + chance(c, i, 9) * jitter;
        road_builder_node(b, i + 1, plane_back(&plane, (struct plane_point){ x, y }), 0);
        ++*ret_nodes;
    }
}

/* One way for each link: the importer makes streets of what hangs together without a crossing. */
static void build_links(struct city *c, struct road_builder *b, uint32_t root, uint64_t *ret_links)
{
    for (uint32_t i = 0; i < (uint32_t)(c->side * c->side); i++)
        for (int h = 0; h < HEADINGS; h++) {
            if (!(c->links[i] & 1 << h) || root_of(c->parent, i) != root)
                continue;
            int64_t to = (int64_t)i + step_x[h] + step_y[h] * c->side;
            struct road_way way = { .id = (int64_t)i * HEADINGS + h + 1, .name = SV(""),
                                    .kind = ROAD_RESIDENTIAL };
            road_builder_way(b, &way, (int64_t[]){ i + 1, to + 1 }, 2);
            ++*ret_links;
        }
}

int main(int argc, char **argv)
{
    static struct ctx c;
    struct city city = { .side = SIDE, .seed = 1 };
    struct road_builder b = { 0 };
    int64_t side = SIDE, seed = 1;
    uint64_t nodes = 0, links = 0;
    if (argc < 2 || argc > 4 || (argc > 2 && !sv_int(sv_of(argv[2]), 16, SIDE_MAX, &side)) ||
        (argc > 3 && !sv_int(sv_of(argv[3]), 0, 1000000, &seed))) {
        fprintf(stderr, "usage: bench-city OUT.roads [SIDE [SEED]]\n");
        return 2;
    }
    city.side = (int)side;
    city.seed = (uint64_t)seed;
    city.links = NEW(&c.mem, uint8_t, side * side);
    city.parent = NEW(&c.mem, uint32_t, side * side);
    plan_links(&city);
    uint32_t root = root_of(city.parent, largest(&city, &c.mem));
    build_nodes(&city, &b, root, &nodes);
    build_links(&city, &b, root, &links);
    if (road_builder_write(&c, &b, argv[1], NULL) != ERR_NONE) {
        fprintf(stderr, "bench-city: %.*s\n", SV_ARG(c.fault.log));
        return 1;
    }
    road_builder_free(&b);
    printf("{\"nodes\":%llu,\"arcs\":%llu}\n", (unsigned long long)nodes,
           (unsigned long long)links * 2);
    arena_free(&c.mem);
    return 0;
}
