/* circle.c - what can be reached on foot: the streets that are, and GeoJSON of it. */

#include "roads/circle.h"

#include "roads/circle_area.h"

#include "base/json.h"

#include <math.h>

/* Lines in the plane around the home while the circle is made. */
struct making {
    struct arena       *mem;
    const struct reach *reach;
    struct circle       circle;
    struct plane_point *shape;           /* one edge's */
    size_t              at_room, street_room, shape_room;
};

static size_t load_edge(struct making *m, uint32_t edge)
{
    const struct roads *r = m->reach->roads;
    const struct edge *e = &r->edge[edge];
    size_t n = e[1].first_shape - e->first_shape + 2;
    m->shape = GROW(m->mem, m->shape, n, &m->shape_room);
    m->shape[0] = plane_of(&m->circle.plane, r->at[e->a]);
    for (size_t i = 1; i + 1 < n; i++)
        m->shape[i] = plane_of(&m->circle.plane, r->shape[e->first_shape + i - 1]);
    m->shape[n - 1] = plane_of(&m->circle.plane, r->at[e->b]);
    return n;
}

static void add_point(struct making *m, struct plane_point at)
{
    m->circle.at = GROW(m->mem, m->circle.at, m->circle.points, &m->at_room);
    m->circle.at[m->circle.points++] = at;
}

static struct plane_point between(struct plane_point a, struct plane_point b, double t)
{
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return (struct plane_point){ a.x + t * (b.x - a.x), a.y + t * (b.y - a.y) };
}

static double apart(struct plane_point a, struct plane_point b)
{
    return sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
}

/* The part of an edge between two shares of its length. */
static void add_part(struct making *m, uint32_t edge, double from, double to)
{
    size_t n = load_edge(m, edge);
    double whole = 0, before = 0;
    for (size_t i = 1; i < n; i++)
        whole += apart(m->shape[i - 1], m->shape[i]);
    double start = from * whole, end = to * whole;
    uint32_t first = m->circle.points;
    for (size_t i = 1; i < n; i++) {
        double length = apart(m->shape[i - 1], m->shape[i]), after = before + length;
        if (after >= start && before <= end && length > 0) {
            if (m->circle.points == first)
                add_point(m, between(m->shape[i - 1], m->shape[i], (start - before) / length));
            add_point(m, between(m->shape[i - 1], m->shape[i], (end - before) / length));
        }
        before = after;
    }
    if (m->circle.points == first)
        return;
    m->circle.streets_m += end - start;
    m->circle.street = GROW(m->mem, m->circle.street, m->circle.streets, &m->street_room);
    m->circle.street[m->circle.streets++] =
        (struct circle_street){ edge, first, m->circle.points - first };
}

static const struct anchor *start(const struct reach *s, size_t i)
{
    return i == 0 ? &s->from : &s->also[i - 1];
}

/* Which start lies on the edge, the first of them; -1: none. */
static int start_on(const struct reach *s, int64_t edge)
{
    for (size_t i = 0; i <= s->also_n; i++)
        if (start(s, i)->edge == edge)
            return (int)i;
    return -1;
}

/* What share of the anchor's own edge the time left at it leads to, one way. */
static double own_share(const struct reach *s, const struct anchor *from, bool back)
{
    int64_t whole_ms = edge_ms(s->roads, s->profile, (uint32_t)from->edge, back);
    uint32_t access_ms = profile_access_ms(s->profile, from->access_cm);
    uint32_t left_ms = access_ms < s->limit_ms ? s->limit_ms - access_ms : 0;
    if (whole_ms == TIME_FORBIDDEN)
        return 0;
    return whole_ms > 0 ? (double)left_ms / (double)whole_ms : 1;
}

static void own_edge_span(const struct reach *s, const struct anchor *from, double *ret_low,
                          double *ret_high)
{
    const struct edge *e = &s->roads->edge[from->edge];
    double here = e->length_cm ? (double)from->along_cm / e->length_cm : 0;
    double low = here - own_share(s, from, true), high = here + own_share(s, from, false);
    *ret_low = low > 0 ? low : 0;
    *ret_high = high < 1 ? high : 1;
}

/*
 * An edge the search set out from is reached in its middle, and perhaps round by its ends. Of two
 * gates on one edge the spans are taken as one: they meet unless it is longer than the walk.
 */
static void add_own_edge(struct making *m, size_t nth)
{
    const struct reach *s = m->reach;
    uint32_t edge = (uint32_t)start(s, nth)->edge, from_a, from_b;
    double length = s->roads->edge[edge].length_cm, low, high;
    if (length == 0 || !edge_allows(s->roads, s->profile, edge))
        return;
    reach_edge_part(s, edge, &from_a, &from_b);
    own_edge_span(s, start(s, nth), &low, &high);
    for (size_t i = nth + 1; i <= s->also_n; i++) {
        double other_low, other_high;
        if (start(s, i)->edge != edge)
            continue;
        own_edge_span(s, start(s, i), &other_low, &other_high);
        low = other_low < low ? other_low : low;
        high = other_high > high ? other_high : high;
    }
    double a = from_a / length, b = 1 - from_b / length;
    if (a >= low)
        low = 0;
    else if (a > 0)
        add_part(m, edge, 0, a);
    if (b <= high)
        high = 1;
    else if (b < 1)
        add_part(m, edge, b, 1);
    add_part(m, edge, low, high);
}

static void add_edge(struct making *m, uint32_t edge)
{
    uint32_t from_a, from_b, length = m->reach->roads->edge[edge].length_cm;
    if (length == 0 || start_on(m->reach, edge) >= 0)
        return;
    reach_edge_part(m->reach, edge, &from_a, &from_b);
    if ((uint64_t)from_a + from_b >= length) {
        add_part(m, edge, 0, 1);
        return;
    }
    if (from_a)
        add_part(m, edge, 0, (double)from_a / length);
    if (from_b)
        add_part(m, edge, 1 - (double)from_b / length, 1);
}

/* An edge that two reached junctions have in common is taken at its first end. */
static bool is_ours(const struct reach *s, uint32_t junction, uint32_t edge)
{
    const struct edge *e = &s->roads->edge[edge];
    return junction == e->a ||
           profile_closed(s->profile, e->flags, s->roads->wheels[edge], false) ||
           reach_junction_ms(s, e->a) == NOT_REACHED;
}

static void add_streets(struct making *m)
{
    const struct reach *s = m->reach;
    const struct roads *r = s->roads;
    for (size_t i = 0; i <= s->also_n; i++)
        if (start(s, i)->edge != NO_EDGE && start_on(s, start(s, i)->edge) == (int)i)
            add_own_edge(m, i);
    for (uint32_t i = 0; i < s->settled_n; i++) {
        uint32_t junction = s->settled[i];
        for (uint32_t arc = r->first_arc[junction]; arc < r->first_arc[junction + 1]; arc++)
            if (is_ours(s, junction, r->arc_edge[arc] / 2))
                add_edge(m, r->arc_edge[arc] / 2);
    }
}

struct circle circle_of(struct arena *mem, const struct reach *s)
{
    struct making m = { .mem = mem, .reach = s };
    m.circle = (struct circle){ .profile = s->profile, .limit_ms = s->limit_ms, .from = s->from,
                                .area = { .box = box_none() },
                                .plane = plane_at(s->from.home) };
    if (s->from.edge == NO_EDGE ||
        profile_access_ms(s->profile, s->from.access_cm) > s->limit_ms)
        return m.circle;
    add_streets(&m);
    area_along(mem, &m.circle);
    return m.circle;
}

static void properties(struct json *j, const struct circle *c)
{
    json_object(j, "properties");
    json_text(j, "profile", sv_of(profiles[c->profile].key));
    json_text(j, "profile_name", sv_of(profiles[c->profile].zh));
    json_fixed(j, "speed_m_s", profiles[c->profile].speed_cm_s, 2);
    json_int(j, "limit_s", c->limit_ms / 1000);
    json_int(j, "access_m", (c->from.access_cm + 50) / 100);
    json_int(j, "area_m2", llround(c->area_m2));
    json_int(j, "streets_m", llround(c->streets_m));
    json_end(j, '}');
}

void circle_geojson(struct buf *b, const struct circle *c)
{
    struct json j = json_new(b);
    struct buf geometry = buf_new(b->mem, 64 + (size_t)c->area.points * 24);
    json_object(&j, NULL);
    json_text(&j, "type", SV("Feature"));
    properties(&j, c);
    if (c->area.rings) {
        geojson_polygon(&geometry, &c->area);
        json_raw(&j, "geometry", buf_sv(&geometry));
    } else {
        json_null(&j, "geometry");
    }
    json_end(&j, '}');
}

static void put_street(struct buf *b, const struct circle *c, const struct circle_street *street)
{
    buf_byte(b, '[');
    for (uint32_t i = 0; i < street->points; i++) {
        if (i)
            buf_byte(b, ',');
        geojson_position(b, plane_back(&c->plane, c->at[street->first + i]));
    }
    buf_byte(b, ']');
}

void circle_streets_geojson(struct buf *b, const struct circle *c)
{
    struct json j = json_new(b);
    struct buf lines = buf_new(b->mem, 64 + (size_t)c->points * 24);
    buf_byte(&lines, '[');
    for (uint32_t i = 0; i < c->streets; i++) {
        if (i)
            buf_byte(&lines, ',');
        put_street(&lines, c, &c->street[i]);
    }
    buf_byte(&lines, ']');
    json_object(&j, NULL);
    json_text(&j, "type", SV("Feature"));
    properties(&j, c);
    json_object(&j, "geometry");
    json_text(&j, "type", SV("MultiLineString"));
    json_raw(&j, "coordinates", buf_sv(&lines));
    json_end(&j, '}');
    json_end(&j, '}');
}
