/*
 * heights.h - how high the ground is, from SRTM tiles: a folder of N30E114.hgt and the like.
 *
 * A tile is one degree: 1201 or 3601 rows from north to south, each of as many heights in metres,
 * 16 bits, the higher byte first; -32768 is a hole. Tiles are mapped when they are first asked for.
 * A place without a tile, or in a hole, has no height; a street there counts as flat.
 */
#ifndef ROADS_IMPORT_HEIGHTS_H
#define ROADS_IMPORT_HEIGHTS_H

#include "base/why.h"
#include "geo/point.h"

enum { TILE_NAME = 32 };

struct height_tile { int lat, lon, side; size_t size; const uint8_t *at; };

struct heights {
    const char         *folder;
    struct height_tile *tile;        /* those looked for, there or not */
    size_t              tiles, tiles_room, last;
    size_t              found;       /* tiles that are there */
    const struct why   *wrong;       /* a tile that is none: what is wrong ... */
    char                wrong_name[TILE_NAME]; /* ... and its name */
};

/*
 * Metres above the sea, between the four heights around; false where there is none. Sticky: after a
 * tile that is none (`wrong`) it gives no more heights; ask heights_right() once at the end.
 */
bool heights_at(struct heights *h, struct point at, double *ret_m);

/*
 * Whether it served: ERR_INVALID ("roads.source") names a tile that is none, or the folder when it
 * holds no tile of all that was asked for.
 */
MUST enum err heights_right(struct ctx *c, const struct heights *h);

void heights_close(struct heights *h);       /* accepts NULL */

#endif
