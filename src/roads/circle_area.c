/*
 * circle_area.c - the area along lines: a field of squared distances on a grid, and its outline.
 *
 * A reached point lies in a cell whose corners are at most 1.42 cells away; the buffer is 1.5
 * cells, so they are all inside and so is the whole cell: every reached point is in the area.
 */

#include "roads/circle_area.h"

#include "geo/contour.h"

#include <math.h>

/* Bends of less are not drawn; the buffer has 1.7 m to spare. */
#define STRAIGHT_M 1.5

/* The buffer, and how far from a line the field is drawn, in cells. */
#define BUFFER_CELLS 1.5f
#define REACH_CELLS 2.0f

struct area_grid {
    float  *d2;                          /* of each vertex to the nearest line, in square cells */
    int     width, height;
    float   west, south, cell;           /* metres */
};

/* Four columns at once; the width of the grid is a multiple of four. */
typedef float quad __attribute__((vector_size(16), aligned(16)));
typedef int32_t quad_mask __attribute__((vector_size(16), aligned(16)));

static void widen(struct plane_point *low, struct plane_point *high, struct plane_point at)
{
    low->x = at.x < low->x ? at.x : low->x;
    low->y = at.y < low->y ? at.y : low->y;
    high->x = at.x > high->x ? at.x : high->x;
    high->y = at.y > high->y ? at.y : high->y;
}

static struct area_grid grid_for(struct arena *mem, const struct circle *c)
{
    struct plane_point low = { 0, 0 }, high = { 0, 0 };          /* the home */
    widen(&low, &high, plane_of(&c->plane, c->from.at));
    for (uint32_t i = 0; i < c->points; i++)
        widen(&low, &high, c->at[i]);
    double wide = high.x - low.x > high.y - low.y ? high.x - low.x : high.y - low.y;
    double cell = wide / (CIRCLE_SIDE_MAX - 8);
    cell = cell > CIRCLE_CELL_M ? cell : CIRCLE_CELL_M;
    struct area_grid g = { .cell = (float)cell };
    g.west = (float)(low.x - 3 * cell);
    g.south = (float)(low.y - 3 * cell);
    g.width = ((int)((high.x - low.x) / cell) + 8 + 3) & ~3;
    g.height = (int)((high.y - low.y) / cell) + 8;
    size_t n = (size_t)g.width * (size_t)g.height;
    g.d2 = (float *)NEW(mem, quad, n / 4);
    for (size_t i = 0; i < n; i++)
        g.d2[i] = REACH_CELLS * REACH_CELLS;
    return g;
}

static int clamp(float at, int max)
{
    return at <= 0 ? 0 : at >= (float)max ? max : (int)at;
}

/* A piece of line in cells. */
struct piece_of_line { float x, y, dx, dy, inverse2, inverse_dy; };

/* The columns of a row that lie within reach of the line. */
static void columns(const struct area_grid *g, const struct piece_of_line *l, int y,
                    int *ret_first, int *ret_last)
{
    float from = 0, to = 1;
    if (l->dy != 0) {
        float a = ((float)y - REACH_CELLS - l->y) * l->inverse_dy;
        float b = ((float)y + REACH_CELLS - l->y) * l->inverse_dy;
        float low = a < b ? a : b, high = a < b ? b : a;
        from = low > 0 ? low : 0;
        to = high < 1 ? high : 1;
    }
    float a = l->x + from * l->dx, b = l->x + to * l->dx;
    *ret_first = clamp((a < b ? a : b) - REACH_CELLS + 1, g->width - 1);
    *ret_last = clamp((a < b ? b : a) + REACH_CELLS, g->width - 1);
}

static quad all(float n)
{
    return (quad){ n, n, n, n };
}

static quad lesser(quad a, quad b)
{
    quad_mask less = a < b;
    return (quad)((less & (quad_mask)a) | (~less & (quad_mask)b));
}

static quad greater(quad a, quad b)
{
    quad_mask more = a > b;
    return (quad)((more & (quad_mask)a) | (~more & (quad_mask)b));
}

/* Lowers the field of one row between two columns, and up to three beside them. */
static void stamp_row(float *row, const struct piece_of_line *l, float py, int first, int last)
{
    first &= ~3;
    quad px = all((float)first - l->x) + (quad){ 0, 1, 2, 3 };
    for (int x = first; x <= last; x += 4, px += 4) {
        quad *at = (quad *)(void *)(row + x);
        quad t = (px * l->dx + py * l->dy) * l->inverse2;
        t = lesser(greater(t, all(0)), all(1));
        quad ex = px - t * l->dx, ey = py - t * l->dy;
        *at = lesser(ex * ex + ey * ey, *at);
    }
}

/* Lowers the field around one piece of line. */
static void stamp(const struct area_grid *g, struct plane_point from, struct plane_point to)
{
    struct piece_of_line l = {
        .x = ((float)from.x - g->west) / g->cell, .y = ((float)from.y - g->south) / g->cell,
        .dx = (float)(to.x - from.x) / g->cell, .dy = (float)(to.y - from.y) / g->cell,
    };
    float length2 = l.dx * l.dx + l.dy * l.dy;
    float low = l.dy < 0 ? l.y + l.dy : l.y, high = l.dy < 0 ? l.y : l.y + l.dy;
    int last_row = clamp(high + REACH_CELLS, g->height - 1);
    l.inverse2 = length2 > 0 ? 1 / length2 : 0;
    l.inverse_dy = l.dy != 0 ? 1 / l.dy : 0;
    for (int y = clamp(low - REACH_CELLS + 1, g->height - 1); y <= last_row; y++) {
        int first, last;
        columns(g, &l, y, &first, &last);
        stamp_row(g->d2 + (size_t)y * (size_t)g->width, &l, (float)y - l.y, first, last);
    }
}

/* Outlines are crossed in proportion to the distance, not its square. */
static void take_roots(const struct area_grid *g)
{
    size_t n = (size_t)g->width * (size_t)g->height;
    for (size_t i = 0; i < n; i++)
        g->d2[i] = sqrtf(g->d2[i]);
}

static struct point back(const struct plane *plane, const struct area_grid *g,
                         struct contour_point p)
{
    return plane_back(plane, (struct plane_point){ (double)(g->west + p.x * g->cell),
                                                   (double)(g->south + p.y * g->cell) });
}

/* The ring around the most; the area hangs together, so the others are holes. */
static uint32_t outer_ring(const double *size, uint32_t rings)
{
    uint32_t best = 0;
    for (uint32_t ring = 1; ring < rings; ring++)
        if (size[ring] > size[best])
            best = ring;
    return best;
}

static void add_ring(struct shape *s, const struct plane *plane, const struct area_grid *g,
                     const struct contour *c, uint32_t ring)
{
    for (uint32_t i = ring ? c->ring_end[ring - 1] : 0; i < c->ring_end[ring]; i++) {
        struct point at = back(plane, g, c->point[i]);
        box_add(&s->box, at);
        s->point[s->points++] = at;
    }
    s->ring_end[s->rings++] = s->points;
}

/* Whether all points between two are so near to their line that they need not be drawn. */
static bool is_straight(const struct plane_point *at, uint32_t from, uint32_t to)
{
    double x = at[to].x - at[from].x, y = at[to].y - at[from].y, length2 = x * x + y * y;
    if (length2 < 1)
        return false;                                    /* there and back again */
    for (uint32_t i = from + 1; i < to; i++) {
        double px = at[i].x - at[from].x, py = at[i].y - at[from].y;
        double side = px * y - py * x, ahead = px * x + py * y;
        if (side * side > STRAIGHT_M * STRAIGHT_M * length2 || ahead < 0 || ahead > length2)
            return false;
    }
    return true;
}

static void stamp_street(const struct area_grid *g, const struct plane_point *at, uint32_t n)
{
    for (uint32_t from = 0; from + 1 < n;) {
        uint32_t to = from + 1;
        while (to + 1 < n && to - from < 16 && is_straight(at, from, to + 1))
            to++;
        stamp(g, at[from], at[to]);
        from = to;
    }
}

/* The outer ring first, then the holes that are large enough to matter. */
static void take_rings(struct arena *mem, const struct area_grid *g, const struct contour *c,
                       struct circle *circle)
{
    struct shape *s = &circle->area;
    s->point = NEW(mem, struct point, c->points);
    s->ring_end = NEW(mem, uint32_t, c->rings);
    double *size = NEW(mem, double, c->rings), unit = (double)g->cell * g->cell / 2;
    for (uint32_t ring = 0; ring < c->rings; ring++)
        size[ring] = contour_ring_area2(c, ring) * unit;
    double hole = CIRCLE_HOLE_M2 * (g->cell / CIRCLE_CELL_M) * (g->cell / CIRCLE_CELL_M);
    uint32_t outer = outer_ring(size, c->rings);
    add_ring(s, &circle->plane, g, c, outer);
    circle->area_m2 = size[outer];
    for (uint32_t ring = 0; ring < c->rings; ring++) {
        if (size[ring] > -hole)
            continue;
        circle->area_m2 += size[ring];
        add_ring(s, &circle->plane, g, c, ring);
    }
}

void area_along(struct arena *mem, struct circle *circle)
{
    struct area_grid g = grid_for(mem, circle);
    stamp(&g, (struct plane_point){ 0, 0 }, plane_of(&circle->plane, circle->from.at));
    for (uint32_t i = 0; i < circle->streets; i++)
        stamp_street(&g, circle->at + circle->street[i].first, circle->street[i].points);
    take_roots(&g);
    struct field_grid field = { g.width, g.height, g.d2, BUFFER_CELLS };
    struct contour c = contour_trace(mem, &field);
    take_rings(mem, &g, &c, circle);
}
