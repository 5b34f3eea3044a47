/*
 * contour.h - the outline of where a field over a grid is small: marching squares.
 *
 * A field has width * height values, row by row, y upwards. A value up to `limit` is inside. Rings
 * run with the inside on their left, so outer rings turn counter-clockwise and holes clockwise
 * (RFC 7946's order). Where two inside corners touch only diagonally they are joined. The border
 * of the grid must be outside.
 */
#ifndef GEO_CONTOUR_H
#define GEO_CONTOUR_H

#include "base/arena.h"

struct field_grid { int width, height; const float *at; float limit; };

/* Ring i has the points ring_end[i - 1] .. ring_end[i] - 1, not closed; in units of the grid. */
struct contour_point { float x, y; };
struct contour { struct contour_point *point; uint32_t *ring_end; uint32_t rings, points; };

/* Cost: one look at each cell, one step at each piece of outline. */
struct contour contour_trace(struct arena *mem, const struct field_grid *f);

/* Twice the area with its sign: positive for outer rings. In square units of the grid. */
double contour_ring_area2(const struct contour *c, uint32_t ring);

#endif
