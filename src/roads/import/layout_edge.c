/*
 * layout_edge.c - what an edge is like: stairs, directions, lights, lifts and slopes.
 *
 * A crossing with lights makes wait once. A way that says it has them has its wait along its
 * length; where only a node says so, each walkers' street that ends in it has half. A lift that is
 * a node is shared by the streets that meet in it: half each, so who goes through has it whole.
 */

#include "roads/import/layout.h"

#include <math.h>

enum { STEP_CM = 30, SLOPE_PIECE_M = 40, HALF_WAIT = 50 };
static const double SLOPE_MAX = 0.4;             /* steeper is a fault of the heights, or stairs */

/* --- what the way says --- */

static unsigned turned(unsigned flags, unsigned both)
{
    return (flags & both) && (flags & both) != both ? flags ^ both : flags;
}

/* A stair keeps its count, a crossing its wait; cut into several edges, each has its share. */
static unsigned share_of(unsigned whole, uint32_t length_cm, double way_cm, unsigned most)
{
    double share = way_cm < 1 ? whole : whole * (length_cm / way_cm);
    return share < most ? (unsigned)lround(share) : most;
}

static unsigned edge_steps(const struct road_way_row *way, uint32_t length_cm, double way_cm)
{
    if (way->kind != ROAD_STEPS)
        return 0;
    if (!way->steps || way_cm < 1)
        return length_cm / STEP_CM < UINT16_MAX ? length_cm / STEP_CM : UINT16_MAX;
    return share_of(way->steps, length_cm, way_cm, UINT16_MAX);
}

void layout_edge_use(const struct layout *l, uint32_t e, const struct road_way_row *way,
                     bool against, double way_cm)
{
    struct edge *edge = &l->edge[e];
    unsigned flags = way->flags, wheels = way->wheels;
    if (against) {
        flags = turned(flags, ROAD_ONLY_FORWARD | ROAD_ONLY_BACKWARD);
        wheels = turned(wheels, CYCLE_ONLY_FORWARD | CYCLE_ONLY_BACKWARD);
        wheels = turned(wheels, CAR_ONLY_FORWARD | CAR_ONLY_BACKWARD);
    }
    edge->steps = (uint16_t)edge_steps(way, edge->length_cm, way_cm);
    edge->wait = (uint8_t)share_of(way->wait, edge->length_cm, way_cm, UINT8_MAX);
    edge->flags = (uint16_t)flags;
    edge->slope[against] = way->slope[0];
    edge->slope[!against] = way->slope[1];
    l->wheels[e] = (uint16_t)wheels;
}

/* --- what its ends say --- */

static bool walkers_own(const struct edge *e)
{
    return e->kind == ROAD_FOOTWAY || e->kind == ROAD_PATH || e->kind == ROAD_PEDESTRIAN ||
           e->kind == ROAD_CROSSING || e->kind == ROAD_CYCLEWAY;
}

void layout_edge_ends(const struct layout *l, const uint8_t *given_flags)
{
    for (uint32_t e = 0; e < l->header->edges; e++) {
        struct edge *edge = &l->edge[e];
        int lights = !!(given_flags[edge->a] & JUNCTION_SIGNALS) +
                     !!(given_flags[edge->b] & JUNCTION_SIGNALS);
        if (edge->wait == 0 && walkers_own(edge))
            edge->wait = (uint8_t)(lights * HALF_WAIT);
        if (edge->kind == ROAD_ELEVATOR)
            continue;
        if (given_flags[edge->a] & JUNCTION_LIFT)
            edge->flags |= ROAD_LIFT_A;
        if (given_flags[edge->b] & JUNCTION_LIFT)
            edge->flags |= ROAD_LIFT_B;
    }
}

/* --- slopes --- */

struct climb { double m, factor[2]; bool known; };

static void climb_add(struct climb *climb, double m, double low_m, double high_m)
{
    double slope = m > 0 ? (high_m - low_m) / m : 0;
    slope = slope > SLOPE_MAX ? SLOPE_MAX : slope < -SLOPE_MAX ? -SLOPE_MAX : slope;
    climb->factor[0] += m * slope_factor(slope);
    climb->factor[1] += m * slope_factor(-slope);
    climb->m += m;
}

static struct point point_between(struct point a, struct point b, double share)
{
    return (struct point){ (int32_t)(a.lat_e7 + share * ((double)b.lat_e7 - a.lat_e7)),
                           (int32_t)(a.lon_e7 + share * ((double)b.lon_e7 - a.lon_e7)) };
}

/* Along the ground, a height every 40 m or so. */
static void climb_line(struct climb *climb, struct heights *heights, struct point a,
                       struct point b, double *height_m)
{
    double m = point_distance_m(a, b), at_m;
    int pieces = (int)(m / SLOPE_PIECE_M) + 1;
    for (int i = 1; i <= pieces; i++) {
        climb->known &= heights_at(heights, point_between(a, b, (double)i / pieces), &at_m);
        if (!climb->known)
            return;
        climb_add(climb, m / pieces, *height_m, at_m);
        *height_m = at_m;
    }
}

static struct point shape_point(const struct layout *l, const struct edge *e, uint32_t i)
{
    return i == e[1].first_shape ? l->at[e->b] : l->shape[i];
}

static void edge_slope(const struct layout *l, struct edge *e, struct heights *heights)
{
    struct climb climb = { 0 };
    struct point last = l->at[e->a];
    double height_m;
    climb.known = heights_at(heights, last, &height_m);
    if (e->flags & (ROAD_BRIDGE | ROAD_TUNNEL)) {        /* straight through the air */
        double to_m;
        climb.known &= heights_at(heights, l->at[e->b], &to_m);
        if (climb.known)
            climb_add(&climb, e->length_cm / 100.0, height_m, to_m);
    } else {
        for (uint32_t i = e->first_shape; climb.known && i <= e[1].first_shape; i++) {
            struct point here = shape_point(l, e, i);
            climb_line(&climb, heights, last, here, &height_m);
            last = here;
        }
    }
    for (int way = 0; climb.known && climb.m > 0 && way < 2; way++)
        e->slope[way] = (uint8_t)lround(climb.factor[way] / climb.m);
}

void layout_edge_slopes(const struct layout *l, struct heights *heights)
{
    for (uint32_t e = 0; heights && e < l->header->edges; e++) {
        struct edge *edge = &l->edge[e];
        bool built = edge->kind == ROAD_STEPS || edge->kind == ROAD_ELEVATOR;
        if (!built && edge->slope[0] == 0 && edge->slope[1] == 0)
            edge_slope(l, edge, heights);
    }
}
