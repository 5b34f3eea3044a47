/*
 * roads_tile.h - the street net as vector tiles, so that a map has a base without the internet.
 *
 * One layer "streets" of lines with the tags kind (road_kinds[].key), name, and, where they hold,
 * private, bridge, tunnel and steps (1); each kind is drawn from its tile_zoom on. Lines are cut
 * at the tile's margin and thinned to a sixteenth of a pixel of 256.
 */
#ifndef ROADS_ROADS_TILE_H
#define ROADS_ROADS_TILE_H

#include "roads/roads.h"

enum { ROADS_TILE_ZOOM_MIN = 12, ROADS_TILE_ZOOM_MAX = 18, ROADS_TILE_EDGES_MAX = 50000 };

/*
 * Appends the tile to `out`; nothing (a lawful empty tile) where there is no street or the zoom
 * is below the least. False when there is no such tile. Scratch comes from out's arena.
 */
bool roads_tile(const struct roads *r, int z, int64_t x, int64_t y, struct buf *out);

/*
 * Calls for the edges whose boxes meet `box`, in order of number: the first from *edge on, false
 * when there is none left. Start with *edge = 0 and go on with *edge + 1.
 */
bool roads_edge_in(const struct roads *r, const struct point_box *box, uint32_t *edge);

#endif
