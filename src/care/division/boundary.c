/* boundary.c - is a point inside a division's GeoJSON boundary: crossing number, holes left out. */

#include "base/json.h"
#include "care/division/division.h"

#include <math.h>

/* Positions are [lon, lat]; false when the value is none. */
static bool position(const struct json_value *v, double *ret_lon, double *ret_lat)
{
    if (!v || v->kind != JSON_ARRAY || v->n < 2)
        return false;
    const struct json_value *lon = v->first, *lat = lon->next;
    return lon->kind == JSON_NUMBER && lat->kind == JSON_NUMBER &&
           sv_real(lon->text, -180, 180, ret_lon) && sv_real(lat->text, -90, 90, ret_lat);
}

static bool ring_holds(const struct json_value *ring, double lon, double lat)
{
    bool inside = false;
    double x1, y1, x2, y2;
    for (const struct json_value *p = ring->first; p && p->next; p = p->next) {
        if (!position(p, &x1, &y1) || !position(p->next, &x2, &y2))
            return false;
        if ((y1 > lat) != (y2 > lat) && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1)
            inside = !inside;
    }
    return inside;
}

static bool polygon_holds(const struct json_value *polygon, double lon, double lat)
{
    const struct json_value *outer = polygon->kind == JSON_ARRAY ? polygon->first : NULL;
    if (!outer || !ring_holds(outer, lon, lat))
        return false;
    for (const struct json_value *hole = outer->next; hole; hole = hole->next)
        if (ring_holds(hole, lon, lat))
            return false;
    return true;
}

/* The list of polygons of a geometry: of a Polygon its one. */
static const struct json_value *geometry(const struct json_value *tree, bool *ret_many)
{
    const struct json_value *type = json_member(tree, "type");
    const struct json_value *at = json_member(tree, "coordinates");
    if (!type || type->kind != JSON_TEXT || !at || at->kind != JSON_ARRAY)
        return NULL;
    *ret_many = sv_is(type->text, "MultiPolygon");
    return *ret_many || sv_is(type->text, "Polygon") ? at : NULL;
}

/* Parses without leaving a cause behind: a bad boundary is an answer here, not a failure. */
static const struct json_value *parsed(struct ctx *c, struct sv text)
{
    const struct json_value *tree = NULL;
    if (json_parse(c, text, &tree) != ERR_NONE) {
        ctx_forgive(c);
        return NULL;
    }
    return tree;
}

bool division_boundary_holds(struct ctx *c, struct sv geojson, struct degrees lat,
                             struct degrees lon)
{
    bool many = false;
    const struct json_value *at = geometry(parsed(c, geojson), &many);
    double x = (double)lon.e7 / 1e7, y = (double)lat.e7 / 1e7;
    if (!at)
        return false;
    if (!many)
        return polygon_holds(at, x, y);
    for (const struct json_value *p = at->first; p; p = p->next)
        if (polygon_holds(p, x, y))
            return true;
    return false;
}

static const char *ring_fault(const struct json_value *ring)
{
    double x, y, x0, y0;
    if (ring->kind != JSON_ARRAY || ring->n < 4 || !position(ring->first, &x0, &y0))
        return "division.boundary_ring";
    const struct json_value *p = ring->first;
    for (; position(p, &x, &y); p = p->next)
        if (!p->next)
            return x == x0 && y == y0 ? NULL : "division.boundary_open";
    return "division.boundary_ring";
}

static const char *polygon_fault(const struct json_value *polygon)
{
    if (polygon->kind != JSON_ARRAY || !polygon->first)
        return "division.boundary_form";
    for (const struct json_value *ring = polygon->first; ring; ring = ring->next) {
        const char *fault = ring_fault(ring);
        if (fault)
            return fault;
    }
    return NULL;
}

const char *division_boundary_check(struct ctx *c, struct sv geojson)
{
    bool many = false;
    const struct json_value *at = geometry(parsed(c, geojson), &many);
    if (!at || !at->first)
        return "division.boundary_form";
    if (!many)
        return polygon_fault(at);
    for (const struct json_value *p = at->first; p; p = p->next) {
        const char *fault = polygon_fault(p);
        if (fault)
            return fault;
    }
    return NULL;
}

struct point *division_boundary_ring(struct ctx *c, struct sv geojson, size_t *ret_n)
{
    bool many = false;
    const struct json_value *at = geometry(parsed(c, geojson), &many), *ring;
    ring = at && at->first ? many ? at->first->first : at->first : NULL;
    struct point *points = NEW(&c->mem, struct point, ring ? ring->n : 0);
    double lon, lat;
    *ret_n = 0;
    for (const struct json_value *p = ring ? ring->first : NULL; p; p = p->next)
        if (position(p, &lon, &lat))
            points[(*ret_n)++] = (struct point){ (int32_t)lround(lat * 1e7),
                                                 (int32_t)lround(lon * 1e7) };
    return points;
}
