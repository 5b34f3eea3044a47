/* roads_tile.c - the street net as vector tiles. */

#include "roads/roads_tile.h"

#include "geo/tile.h"
#include "roads/file.h"

enum { THIN = 16 };

/* The first box on a level, from `at` on, that meets the one asked for, with what is under it. */
static uint32_t skip_apart(const struct roads *r, const struct point_box *box, uint32_t edge,
                           const uint32_t *level_n, int levels)
{
    uint32_t level_first = 0, width = 1, least = edge + 1;
    for (int i = 0; i < levels; i++) {
        if (box_meets(&r->tree[level_first + edge / width], box))
            return i == 0 ? edge : least;
        least = (edge / width + 1) * width;              /* all under this box is apart */
        level_first += level_n[i];
        width *= TREE_WIDTH;
    }
    return r->edges;
}

bool roads_edge_in(const struct roads *r, const struct point_box *box, uint32_t *edge)
{
    uint32_t level_n[TREE_LEVELS_MAX];
    int levels = tree_levels(r->edges, level_n);
    while (*edge < r->edges) {
        uint32_t next = skip_apart(r, box, *edge, level_n, levels);
        if (next == *edge)
            return true;
        *edge = next;
    }
    return false;
}

static void put_edge(struct tile_layer *l, const struct tile_frame *frame, const struct roads *r,
                     uint32_t edge)
{
    const struct edge *e = &r->edge[edge];
    size_t n;
    struct point *at = edge_points(l->mem, r, edge, &n);
    struct tile_xy *xy = NEW(l->mem, struct tile_xy, n);
    for (size_t i = 0; i < n; i++)
        xy[i] = tile_place(frame, at[i]);
    tile_begin(l, TILE_LINE, edge + 1);
    tile_tag_text(l, "kind", sv_of(road_kinds[e->kind].key));
    if (e->name)
        tile_tag_text(l, "name", edge_name(r, edge));
    if (e->flags & ROAD_PRIVATE)
        tile_tag_int(l, "private", 1);
    if (e->flags & ROAD_BRIDGE)
        tile_tag_int(l, "bridge", 1);
    if (e->flags & ROAD_TUNNEL)
        tile_tag_int(l, "tunnel", 1);
    if (e->steps)
        tile_tag_int(l, "steps", e->steps);
    tile_line(l, xy, n, THIN);
    tile_end(l);
}

bool roads_tile(const struct roads *r, int z, int64_t x, int64_t y, struct buf *out)
{
    struct tile_frame frame;
    if (!tile_frame_of(z, x, y, &frame))
        return false;
    struct point_box box = tile_box(&frame);
    struct tile_layer layer = tile_layer(out->mem, "streets");
    uint32_t drawn = 0;
    for (uint32_t e = 0; z >= ROADS_TILE_ZOOM_MIN && drawn < ROADS_TILE_EDGES_MAX &&
                         roads_edge_in(r, &box, &e); e++)
        if (z >= road_kinds[r->edge[e].kind].tile_zoom) {
            put_edge(&layer, &frame, r, e);
            drawn++;
        }
    tile_layer_put(&layer, out);
    return true;
}
