/* route.c - the quickest way between two anchors, and its steps. */

#include "roads/route.h"

#include <math.h>
#include <string.h>

/* A walked part of an edge; from > to when it is walked towards a. */
struct part { uint32_t edge, from_cm, to_cm; };

struct tracing {
    struct arena *mem;
    const struct roads *roads;
    struct route  route;
    struct part  *part;
    size_t        parts, part_room, point_room, step_room;
};

/* --- the search --- */

static uint32_t end_junction(const struct roads *r, const struct anchor *at, int end)
{
    return end == 0 ? r->edge[at->edge].a : r->edge[at->edge].b;
}

static uint64_t through_end(const struct reach *s, const struct anchor *to, int end)
{
    return (uint64_t)reach_junction_ms(s, end_junction(s->roads, to, end)) +
           anchor_in_ms(s->roads, s->profile, to, end);
}

enum { BY_A, BY_B, BY_OWN_EDGE };

/* Milliseconds by the best way in, access at the goal not counted. */
static uint64_t best_way(const struct reach *s, const struct anchor *to, int *ret_by)
{
    uint64_t a = through_end(s, to, 0), b = through_end(s, to, 1), own = UINT64_MAX;
    if (to->edge == s->from.edge)
        own = (uint64_t)anchor_between_ms(s->roads, s->profile, &s->from, to) +
              profile_access_ms(s->profile, s->from.access_cm);
    *ret_by = own <= a && own <= b ? BY_OWN_EDGE : a <= b ? BY_A : BY_B;
    return own <= a && own <= b ? own : a <= b ? a : b;
}

/* Stops when nothing that is left can be nearer than the goal. */
static uint64_t search(struct reach *s, enum profile profile, const struct anchor *from,
                       const struct anchor *to, uint32_t limit_ms, int *ret_by)
{
    uint32_t junction, ms;
    reach_begin(s, profile, from, limit_ms);
    uint32_t a = end_junction(s->roads, to, 0), b = end_junction(s->roads, to, 1);
    uint64_t best = best_way(s, to, ret_by);
    while (reach_next_ms(s) < best && reach_settle(s, &junction, &ms))
        if (junction == a || junction == b)
            best = best_way(s, to, ret_by);
    return best_way(s, to, ret_by);
}

/* --- the parts, from the goal back to the start --- */

static void add_part(struct tracing *t, uint32_t edge, uint32_t from_cm, uint32_t to_cm)
{
    t->part = GROW(t->mem, t->part, t->parts, &t->part_room);
    t->part[t->parts++] = (struct part){ edge, from_cm, to_cm };
}

static void trace(struct tracing *t, const struct reach *s, int by)
{
    const struct roads *r = t->roads;
    const struct anchor *from = &t->route.from, *to = &t->route.to;
    if (by == BY_OWN_EDGE) {
        add_part(t, (uint32_t)to->edge, from->along_cm, to->along_cm);
        return;
    }
    uint32_t junction = end_junction(r, to, by == BY_B);
    add_part(t, (uint32_t)to->edge, by == BY_B ? r->edge[to->edge].length_cm : 0, to->along_cm);
    while (s->via[junction] != NO_ARC) {
        uint32_t arc = r->arc_edge[s->via[junction]], edge = arc / 2;
        uint32_t length_cm = r->edge[edge].length_cm;
        add_part(t, edge, arc % 2 ? length_cm : 0, arc % 2 ? 0 : length_cm);
        junction = arc % 2 ? r->edge[edge].b : r->edge[edge].a;
    }
    const struct edge *first = &r->edge[from->edge];
    bool by_b = junction == first->b;
    if (first->a == first->b)
        by_b = anchor_out_ms(r, t->route.profile, from, 1) <
               anchor_out_ms(r, t->route.profile, from, 0);
    add_part(t, (uint32_t)from->edge, from->along_cm, by_b ? first->length_cm : 0);
}

/* --- points --- */

static void add_point(struct tracing *t, struct point at)
{
    struct route *route = &t->route;
    if (route->points && memcmp(&route->point[route->points - 1], &at, sizeof at) == 0)
        return;
    route->point = GROW(t->mem, route->point, route->points, &t->point_room);
    route->point[route->points++] = at;
}

/* The points of a part, its own ends included. */
static void add_points(struct tracing *t, const struct part *p)
{
    const struct edge *edge = &t->roads->edge[p->edge];
    size_t n;
    struct point *at = edge_points(t->mem, t->roads, p->edge, &n);
    struct plane plane = plane_at(at[0]);
    double *along = NEW(t->mem, double, n);
    for (size_t i = 1; i < n; i++)
        along[i] = along[i - 1] + point_distance_m(at[i - 1], at[i]);
    double scale = edge->length_cm ? along[n - 1] / edge->length_cm : 0;
    double from = fmin(p->from_cm * scale, along[n - 1]), to = fmin(p->to_cm * scale, along[n - 1]);
    bool ahead = from <= to;
    double low = ahead ? from : to, high = ahead ? to : from;
    for (size_t k = 1; k < n; k++) {
        size_t i = ahead ? k : n - k;                    /* the side from i - 1 to i */
        double length = along[i] - along[i - 1];
        double a = low > along[i - 1] ? low : along[i - 1], b = high < along[i] ? high : along[i];
        if (a > b || length <= 0)
            continue;
        struct plane_point p0 = plane_of(&plane, at[i - 1]), p1 = plane_of(&plane, at[i]);
        for (int end = 0; end < 2; end++) {
            double u = ((ahead == (end == 0) ? a : b) - along[i - 1]) / length;
            struct plane_point cut = { p0.x + u * (p1.x - p0.x), p0.y + u * (p1.y - p0.y) };
            add_point(t, u <= 0 ? at[i - 1] : u >= 1 ? at[i] : plane_back(&plane, cut));
        }
    }
}

/* --- steps --- */

static uint32_t part_cm(const struct part *p)
{
    return p->from_cm < p->to_cm ? p->to_cm - p->from_cm : p->from_cm - p->to_cm;
}

static uint32_t part_ms(const struct tracing *t, const struct part *p)
{
    struct anchor from = { .edge = p->edge, .along_cm = p->from_cm };
    struct anchor to = { .edge = p->edge, .along_cm = p->to_cm };
    return anchor_between_ms(t->roads, t->route.profile, &from, &to);
}

static unsigned part_stairs(const struct tracing *t, const struct part *p)
{
    const struct edge *e = &t->roads->edge[p->edge];
    return e->length_cm ? (unsigned)((uint64_t)e->steps * part_cm(p) / e->length_cm) : e->steps;
}

static double between_bearings(double before, double after)
{
    return fmod(after - before + 540, 360) - 180;
}

static enum route_turn turn_of(double degrees)
{
    double size = fabs(degrees);
    if (size < 40)
        return TURN_STRAIGHT;
    if (size > 150)
        return TURN_BACK;
    return degrees < 0 ? TURN_LEFT : TURN_RIGHT;
}

static bool same_street(const struct route_step *step, const struct edge *e, struct sv name)
{
    const unsigned shown = ROAD_BRIDGE | ROAD_TUNNEL;
    if (!sv_eq(step->name, name) || (step->flags & shown) != (e->flags & shown))
        return false;
    if ((step->kind == ROAD_STEPS) != (e->kind == ROAD_STEPS) ||
        (step->kind == ROAD_ELEVATOR) != (e->kind == ROAD_ELEVATOR))
        return false;
    return name.len || step->kind == e->kind;
}

static struct route_step *new_step(struct tracing *t, enum route_turn turn)
{
    struct route *route = &t->route;
    route->step = GROW(t->mem, route->step, route->steps, &t->step_room);
    route->step[route->steps] = (struct route_step){ .turn = turn };
    return &route->step[route->steps++];
}

/* The direction in which the last two points lead, or the first two behind `at`. */
static double bearing_at(const struct route *r, uint32_t at)
{
    return at + 1 < r->points ? point_bearing(r->point[at], r->point[at + 1]) : 0;
}

static void add_street(struct tracing *t, const struct part *p)
{
    struct route *route = &t->route;
    const struct edge *e = &t->roads->edge[p->edge];
    struct sv name = edge_name(t->roads, p->edge);
    uint32_t first = route->points ? route->points - 1 : 0;
    bool start = route->steps == 0;
    if (part_cm(p) == 0 && !start)
        return;
    add_points(t, p);
    if (route->points <= first + 1 && !start)
        return;
    bool off_street = start && t->route.from.access_cm && route->points > 2;
    double bearing = bearing_at(route, off_street ? 1 : first);
    double turned = first ? between_bearings(bearing_at(route, first - 1), bearing) : 0;
    enum route_turn turn = start ? TURN_DEPART : turn_of(turned);
    struct route_step *step = start ? NULL : &route->step[route->steps - 1];
    if (!step || turn == TURN_BACK || !same_street(step, e, name)) {
        step = new_step(t, turn);
        step->name = sv_copy(t->mem, name);
        step->kind = (enum road_kind)e->kind;
        step->flags = e->flags;
        step->first_point = first;
        step->bearing = bearing;
    }
    step->length_cm += part_cm(p);
    step->ms += part_ms(t, p);
    step->stairs += part_stairs(t, p);
    route->stairs += part_stairs(t, p);
}

/* On which side of the street the door lies, seen as one arrives. */
static enum route_turn door_side(const struct route *r, uint32_t street_points)
{
    if (r->to.access_cm < 300 || street_points < 2 || street_points == r->points)
        return TURN_ARRIVE;
    double along = bearing_at(r, street_points - 2), door = bearing_at(r, street_points - 1);
    return between_bearings(along, door) < 0 ? TURN_LEFT : TURN_RIGHT;
}

static void arrive(struct tracing *t)
{
    struct route *r = &t->route;
    uint32_t street_points = r->points;
    add_point(t, r->to.home);
    struct route_step *step = new_step(t, TURN_ARRIVE);
    step->first_point = r->points - 1;
    step->length_cm = r->to.access_cm;
    step->ms = profile_access_ms(r->profile, r->to.access_cm);
    step->bearing = door_side(r, street_points) == TURN_LEFT ? 270 :
                    door_side(r, street_points) == TURN_RIGHT ? 90 : 0;
}

bool route_find(struct arena *mem, struct reach *s, enum profile profile,
                const struct anchor *from, const struct anchor *to, uint32_t limit_ms,
                struct route *ret_route)
{
    int by;
    if (from->edge == NO_EDGE || to->edge == NO_EDGE)
        return false;
    uint64_t ms = search(s, profile, from, to, limit_ms, &by);
    ms += profile_access_ms(profile, to->access_cm);
    if (ms > s->limit_ms)
        return false;
    struct tracing t = { .mem = mem, .roads = s->roads };
    t.route = (struct route){ .profile = profile, .from = *from, .to = *to, .ms = (uint32_t)ms };
    trace(&t, s, by);
    add_point(&t, from->home);
    t.route.length_cm = from->access_cm + to->access_cm;
    for (size_t i = t.parts; i > 0; i--) {
        t.route.length_cm += part_cm(&t.part[i - 1]);
        add_street(&t, &t.part[i - 1]);
    }
    t.route.step[0].length_cm += from->access_cm;
    t.route.step[0].ms += profile_access_ms(profile, from->access_cm);
    arrive(&t);
    *ret_route = t.route;
    return true;
}
