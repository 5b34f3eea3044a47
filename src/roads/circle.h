/*
 * circle.h - what can be reached on foot: the streets, and the area along them.
 *
 * The area is all that lies within 30 m of a reached piece of street (and of the leg from the
 * home to it), drawn on a grid of 20 m: it follows the streets, holds every reached point of
 * them, and ends where the walker must turn round, at a river as in the middle of a street.
 * Blocks that are reached all round are filled when the gap is under a hectare. Wide circles
 * take a coarser grid (its side never has more than 640 cells) and grow their 30 m with it.
 */
#ifndef ROADS_CIRCLE_H
#define ROADS_CIRCLE_H

#include "geo/shape.h"
#include "roads/reach.h"

enum { CIRCLE_CELL_M = 20, CIRCLE_BUFFER_M = 30, CIRCLE_HOLE_M2 = 10000, CIRCLE_SIDE_MAX = 640 };

/* A piece of street that is reached. */
struct circle_street { uint32_t edge, first, points; };

struct circle {
    enum profile   profile;
    uint32_t       limit_ms;
    struct anchor  from;
    struct shape   area;                 /* ring 0 is the outer one; none when nothing is reached */
    double         area_m2, streets_m;
    struct circle_street *street;        /* the home's own first, then as junctions are reached */
    uint32_t       streets, points;
    struct plane   plane;                /* around the home ... */
    struct plane_point *at;              /* ... and the streets' points in it */
};

/* From a finished search (reach_from); everything in the arena. */
struct circle circle_of(struct arena *mem, const struct reach *s);

/* A GeoJSON Feature: the polygon (null when there is none) and what it was made with. */
void circle_geojson(struct buf *b, const struct circle *c);

/* A GeoJSON Feature of the reached streets: a MultiLineString. */
void circle_streets_geojson(struct buf *b, const struct circle *c);

#endif
