/*
 * contour.c - marching squares.
 *
 * The outline crosses sides of cells: side 2 * v goes from vertex v to the right, 2 * v + 1
 * upwards. Each cell joins the sides it is crossed on, with the inside on the left, in next[];
 * every crossed side is left once and entered once, so following next[] closes every ring.
 */

#include "geo/contour.h"

#include <assert.h>

enum { SOUTH, EAST, NORTH, WEST, NONE };

/* By corners inside (1 south-west, 2 south-east, 4 north-east, 8 north-west): from, to. */
static const uint8_t joins[16][4] = {
    { NONE, NONE, NONE, NONE },   { SOUTH, WEST, NONE, NONE },  { EAST, SOUTH, NONE, NONE },
    { EAST, WEST, NONE, NONE },   { NORTH, EAST, NONE, NONE },  { SOUTH, EAST, NORTH, WEST },
    { NORTH, SOUTH, NONE, NONE }, { NORTH, WEST, NONE, NONE },  { WEST, NORTH, NONE, NONE },
    { SOUTH, NORTH, NONE, NONE }, { WEST, SOUTH, EAST, NORTH }, { EAST, NORTH, NONE, NONE },
    { WEST, EAST, NONE, NONE },   { SOUTH, EAST, NONE, NONE },  { WEST, SOUTH, NONE, NONE },
    { NONE, NONE, NONE, NONE },
};

static uint32_t side_of(int width, uint32_t cell, int side)
{
    switch (side) {
    case SOUTH: return cell * 2;
    case EAST:  return (cell + 1) * 2 + 1;
    case NORTH: return (cell + (uint32_t)width) * 2;
    default:    return cell * 2 + 1;
    }
}

/*
 * Where the limit is crossed between two values, by their proportion; never quite at a corner,
 * where rings could touch themselves.
 */
static struct contour_point crossing(const struct field_grid *f, uint32_t side)
{
    uint32_t width = (uint32_t)f->width, v = side / 2, w = side % 2 ? v + width : v + 1;
    float from = f->at[v], to = f->at[w];
    float t = from == to ? 0.5f : (f->limit - from) / (to - from);
    t = t < 0.02f ? 0.02f : t > 0.98f ? 0.98f : t;
    struct contour_point p = { (float)(v % width), (float)(v / width) };
    if (side % 2)
        p.y += t;
    else
        p.x += t;
    return p;
}

/* Joins the sides of all cells; returns how many sides are crossed. */
static uint32_t join_cells(const struct field_grid *f, uint32_t *next)
{
    uint32_t n = 0;
    for (int y = 0; y + 1 < f->height; y++) {
        const float *low = f->at + (size_t)y * (size_t)f->width, *high = low + f->width;
        unsigned left = (low[0] <= f->limit ? 1u : 0) | (high[0] <= f->limit ? 8u : 0);
        for (int x = 0; x + 1 < f->width; x++) {
            unsigned right = (low[x + 1] <= f->limit ? 2u : 0) | (high[x + 1] <= f->limit ? 4u : 0);
            unsigned corners = left | right;
            left = (right >> 1 & 1) | (right << 1 & 8);
            if (corners == 0 || corners == 15)
                continue;
            uint32_t cell = (uint32_t)(y * f->width + x);
            for (int k = 0; k < 4 && joins[corners][k] != NONE; k += 2) {
                uint32_t from = side_of(f->width, cell, joins[corners][k]);
                next[from] = side_of(f->width, cell, joins[corners][k + 1]) + 1;
                n++;
            }
        }
    }
    return n;
}

struct contour contour_trace(struct arena *mem, const struct field_grid *f)
{
    size_t cells = (size_t)f->width * (size_t)f->height;
    assert(f->width > 1 && f->height > 1);
    assert(cells < UINT32_MAX / 4);
    uint32_t *next = NEW(mem, uint32_t, cells * 2), n = join_cells(f, next);
    struct contour c = { .point = NEW(mem, struct contour_point, n),
                         .ring_end = NEW(mem, uint32_t, n / 3 + 1) };
    for (uint32_t start = 0; c.points < n; start++) {
        uint32_t side = start;
        if (!next[side])
            continue;
        while (next[side]) {
            uint32_t onward = next[side] - 1;
            next[side] = 0;
            c.point[c.points++] = crossing(f, side);
            side = onward;
        }
        c.ring_end[c.rings++] = c.points;
    }
    return c;
}

double contour_ring_area2(const struct contour *c, uint32_t ring)
{
    uint32_t first = ring ? c->ring_end[ring - 1] : 0, end = c->ring_end[ring];
    double area = 0;
    for (uint32_t i = first, before = end - 1; i < end; before = i++)
        area += (double)c->point[before].x * c->point[i].y -
                (double)c->point[i].x * c->point[before].y;
    return area;
}
