/*
 * tile.h - vector tiles (Mapbox Vector Tile 2.1) of points, lines and polygons.
 *
 *   struct tile_layer l = tile_layer(mem, "streets");
 *   tile_begin(&l, TILE_LINE, 17);
 *   tile_tag_text(&l, "kind", SV("footway"));
 *   tile_line(&l, points, n);
 *   tile_end(&l);
 *   tile_layer_put(&l, out);                 (a tile is its layers one behind the other)
 *
 * Coordinates of a tile run from 0 to TILE_EXTENT, x east, y south, in web Mercator.
 */
#ifndef GEO_TILE_H
#define GEO_TILE_H

#include "geo/point.h"

enum { TILE_EXTENT = 4096, TILE_MARGIN = 128, TILE_ZOOM_MAX = 22 };
enum tile_kind { TILE_POINT = 1, TILE_LINE = 2, TILE_POLYGON = 3 };

struct tile_xy { int32_t x, y; };

/* Which part of the earth a tile shows. */
struct tile_frame { int z; uint32_t x, y; double scale; };

/* False when z is over TILE_ZOOM_MAX or there is no such x, y at that zoom. */
bool tile_frame_of(int z, int64_t x, int64_t y, struct tile_frame *ret_frame);
struct tile_xy tile_place(const struct tile_frame *f, struct point at);
struct point tile_back(const struct tile_frame *f, struct tile_xy at);

/* The earth under a tile and its margin. */
struct point_box tile_box(const struct tile_frame *f);

struct tile_value { bool is_text; struct sv text; int64_t n; };

struct tile_layer {
    struct arena      *mem;
    struct sv          name;
    struct buf         features, feature, geometry;
    struct sv         *key;    size_t keys, keys_room;
    struct tile_value *value;  size_t values, values_room;
    uint32_t           tags[32];
    size_t             tags_n;
    enum tile_kind     kind;
    uint64_t           id;
    struct tile_xy     pen;
    uint32_t           drawn;            /* features that are in it */
};

struct tile_layer tile_layer(struct arena *mem, const char *name);

/* One feature: begin, tags, geometry, end. A feature without geometry is left out. id 0: none. */
void tile_begin(struct tile_layer *l, enum tile_kind kind, uint64_t id);
void tile_tag_text(struct tile_layer *l, const char *key, struct sv value);    /* at most 16 tags */
void tile_tag_int(struct tile_layer *l, const char *key, int64_t value);
void tile_end(struct tile_layer *l);

void tile_point(struct tile_layer *l, struct tile_xy at);

/*
 * A line, cut at the tile and its margin (so it may become several), without the points that
 * lie within `thin` units of the one before.
 */
void tile_line(struct tile_layer *l, const struct tile_xy *at, size_t n, int thin);

/* Twice a ring's area: above 0 it runs clockwise on the screen. */
double tile_turning(const struct tile_xy *at, size_t n);

/*
 * A ring of a polygon, not closed: outer rings clockwise on the screen, holes the other way.
 * It is cut to the tile and its margin; of what only touches them nothing is left.
 */
void tile_ring(struct tile_layer *l, const struct tile_xy *at, size_t n);

/* Appends the layer to a tile; nothing when it is empty. */
void tile_layer_put(const struct tile_layer *l, struct buf *out);

#endif
