/*
 * shape.h - areas: rings of points, what they hold, and GeoJSON in and out.
 */
#ifndef GEO_SHAPE_H
#define GEO_SHAPE_H

#include "base/ctx.h"
#include "geo/point.h"

/*
 * Rings of one or several polygons with their holes. A point is inside when it lies within an odd
 * number of rings, so the order of the rings does not matter. Ring i has the points
 * ring_end[i - 1] .. ring_end[i] - 1; the last need not repeat the first.
 */
struct shape {
    struct point    *point;
    uint32_t        *ring_end;
    uint32_t         points, rings;
    struct point_box box;
};

enum { SHAPE_POINTS_MAX = 500000, SHAPE_DEPTH_MAX = 12 };

bool shape_holds(const struct shape *s, struct point at);

/* Square metres, holes taken off by their direction; for shapes of up to some hundred km. */
double shape_area_m2(const struct shape *s);

/*
 * Reads GeoJSON: a Polygon or MultiPolygon, or a Feature or FeatureCollection of them (all rings
 * together). Fails ERR_INVALID ("geo.shape", {0} why).
 */
MUST enum err shape_read(struct ctx *c, struct sv json, struct shape *ret_shape);

extern const struct message geo_messages[];

/* --- writing; six decimals, which are eleven centimetres --- */

void geojson_position(struct buf *b, struct point at);                       /* [lon,lat] */
void geojson_positions(struct buf *b, const struct point *at, size_t n);     /* [[lon,lat],...] */
void geojson_point(struct buf *b, struct point at);                          /* a Point geometry */
void geojson_line(struct buf *b, const struct point *at, size_t n);          /* a LineString */

/* A Polygon geometry: ring 0 is the outer one, the others its holes; rings are closed. */
void geojson_polygon(struct buf *b, const struct shape *s);

#endif
