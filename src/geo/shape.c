/* shape.c - what areas hold, and GeoJSON out. */

#include "geo/shape.h"

const struct message geo_messages[] = {
    { "geo.shape", "边界不是可用的 GeoJSON：{0}", "the boundary is no usable GeoJSON: {0}" },
    { 0 },
};

static uint32_t ring_first(const struct shape *s, uint32_t ring)
{
    return ring ? s->ring_end[ring - 1] : 0;
}

/* Whether the side from a to b crosses the line that runs east from `at`. Exact in integers. */
static bool crosses(struct point a, struct point b, struct point at)
{
    if ((a.lat_e7 > at.lat_e7) == (b.lat_e7 > at.lat_e7))
        return false;
    __int128 rise = (int64_t)b.lat_e7 - a.lat_e7;
    __int128 left = (__int128)((int64_t)at.lon_e7 - a.lon_e7) * rise;
    __int128 right = (__int128)((int64_t)b.lon_e7 - a.lon_e7) * ((int64_t)at.lat_e7 - a.lat_e7);
    return rise > 0 ? left < right : left > right;
}

bool shape_holds(const struct shape *s, struct point at)
{
    bool inside = false;
    if (!box_holds(&s->box, at))
        return false;
    for (uint32_t ring = 0; ring < s->rings; ring++) {
        uint32_t end = s->ring_end[ring];
        for (uint32_t i = ring_first(s, ring), before = end - 1; i < end; before = i++)
            inside ^= crosses(s->point[before], s->point[i], at);
    }
    return inside;
}

double shape_area_m2(const struct shape *s)
{
    struct plane plane = plane_at((struct point){
        (int32_t)(((int64_t)s->box.low.lat_e7 + s->box.high.lat_e7) / 2), s->box.low.lon_e7 });
    double area = 0;
    for (uint32_t ring = 0; ring < s->rings; ring++) {
        uint32_t end = s->ring_end[ring];
        for (uint32_t i = ring_first(s, ring), before = end - 1; i < end; before = i++) {
            struct plane_point a = plane_of(&plane, s->point[before]);
            struct plane_point b = plane_of(&plane, s->point[i]);
            area += a.x * b.y - b.x * a.y;
        }
    }
    return area < 0 ? -area / 2 : area / 2;
}

/* --- GeoJSON out --- */

/* A coordinate with six decimals into `to`; returns its length. */
static size_t put_degrees(char *to, int32_t e7)
{
    uint32_t n = e7 < 0 ? 0 - (uint32_t)e7 : (uint32_t)e7;
    uint32_t micro = (n + 5) / 10, whole = micro / 1000000, part = micro % 1000000;
    size_t len = 0;
    if (e7 < 0)
        to[len++] = '-';
    if (whole >= 100)
        to[len++] = (char)('0' + whole / 100);
    if (whole >= 10)
        to[len++] = (char)('0' + whole / 10 % 10);
    to[len++] = (char)('0' + whole % 10);
    to[len++] = '.';
    for (int i = 5; i >= 0; i--, part /= 10)
        to[len + (size_t)i] = (char)('0' + part % 10);
    return len + 6;
}

void geojson_position(struct buf *b, struct point at)
{
    char text[32];
    size_t len = 0;
    text[len++] = '[';
    len += put_degrees(text + len, at.lon_e7);
    text[len++] = ',';
    len += put_degrees(text + len, at.lat_e7);
    text[len++] = ']';
    buf_put(b, (struct sv){ text, len });
}

void geojson_positions(struct buf *b, const struct point *at, size_t n)
{
    buf_byte(b, '[');
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_byte(b, ',');
        geojson_position(b, at[i]);
    }
    buf_byte(b, ']');
}

void geojson_point(struct buf *b, struct point at)
{
    buf_text(b, "{\"type\":\"Point\",\"coordinates\":");
    geojson_position(b, at);
    buf_byte(b, '}');
}

void geojson_line(struct buf *b, const struct point *at, size_t n)
{
    buf_text(b, "{\"type\":\"LineString\",\"coordinates\":");
    geojson_positions(b, at, n);
    buf_byte(b, '}');
}

static void put_ring(struct buf *b, const struct shape *s, uint32_t ring)
{
    uint32_t first = ring_first(s, ring), end = s->ring_end[ring];
    buf_byte(b, '[');
    for (uint32_t i = first; i < end; i++) {
        geojson_position(b, s->point[i]);
        buf_byte(b, ',');
    }
    geojson_position(b, s->point[first]);
    buf_byte(b, ']');
}

void geojson_polygon(struct buf *b, const struct shape *s)
{
    buf_text(b, "{\"type\":\"Polygon\",\"coordinates\":[");
    for (uint32_t ring = 0; ring < s->rings; ring++) {
        if (ring)
            buf_byte(b, ',');
        put_ring(b, s, ring);
    }
    buf_text(b, "]}");
}
