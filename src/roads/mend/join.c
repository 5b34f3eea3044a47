/* join.c - where the ends of mends join the streets and each other. */

#include "roads/mend/inside.h"

#include "base/sorted.h"

#include <math.h>
#include <stdlib.h>

#define SAME_M 0.05                      /* nearer than this to a point of the line is that point */
#define ALONG_COS 0.85                   /* what a closed line closes runs within 32 degrees */

struct spot spot_on(const struct point *line, size_t n, struct point at)
{
    struct plane p = plane_at(at);
    struct spot best = { .m = INFINITY };
    struct plane_point a = plane_of(&p, line[0]);
    for (size_t i = 1; i < n; i++) {
        struct plane_point b = plane_of(&p, line[i]);
        double x = b.x - a.x, y = b.y - a.y, whole = x * x + y * y;
        double share = whole > 0 ? -(a.x * x + a.y * y) / whole : 0;
        share = share < 0 ? 0 : share > 1 ? 1 : share;
        struct plane_point here = { a.x + share * x, a.y + share * y };
        double m = hypot(here.x, here.y);
        if (m < best.m)
            best = (struct spot){ (uint32_t)i - 1, share, m, plane_back(&p, here) };
        a = b;
    }
    return best;
}

/* --- the ends --- */

static struct join base_join(const struct work *w, struct point end)
{
    struct anchor at;
    size_t n;
    if (!roads_snap_any(w->base, end, MEND_JOIN_M, &at))
        return (struct join){ .line = -1, .spot = { .m = INFINITY } };
    const struct point *line = edge_points(w->mem, w->base, (uint32_t)at.edge, &n);
    return (struct join){ .line = at.edge, .spot = spot_on(line, n, end) };
}

/* The nearest of the streets and of the mends that still stand. */
static struct join end_join(const struct work *w, size_t mend, struct point end)
{
    struct join best = base_join(w, end);
    for (size_t i = 0; i < w->n && !w->mends[mend].closed; i++) {
        const struct mend *m = &w->mends[i];
        if (i == mend || m->closed || m->fit != MEND_FITS)
            continue;
        struct spot spot = spot_on(m->point, m->points, end);
        if (spot.m <= MEND_JOIN_M && spot.m < best.spot.m)
            best = (struct join){ .line = (int64_t)(w->base->edges + i), .spot = spot };
    }
    return best;
}

static bool join_all(struct work *w)
{
    bool fell = false;
    for (size_t i = 0; i < w->n; i++) {
        struct mend *m = &w->mends[i];
        if (m->fit != MEND_FITS)
            continue;
        w->join[i][0] = end_join(w, i, m->point[0]);
        w->join[i][1] = end_join(w, i, m->point[m->points - 1]);
        if (w->join[i][0].line < 0)
            m->fit = MEND_START_FAR;
        else if (w->join[i][1].line < 0)
            m->fit = MEND_END_FAR;
        fell |= m->fit != MEND_FITS;
    }
    return fell;
}

/* Mends that hang together without a street among them lead nowhere. */
static bool drop_adrift(struct work *w)
{
    bool *held = NEW(w->mem, bool, w->n), more = true, fell = false;
    while (more) {
        more = false;
        for (size_t i = 0; i < w->n; i++)
            for (int end = 0; end < 2 && w->mends[i].fit == MEND_FITS; end++) {
                int64_t other = w->join[i][end].line - w->base->edges;
                bool *there = other < 0 ? NULL : &held[other];
                bool joined = !there || *there || held[i];
                more |= joined && (!held[i] || (there && !*there));
                held[i] |= joined;
                if (there)
                    *there |= joined;
            }
    }
    for (size_t i = 0; i < w->n; i++)
        if (w->mends[i].fit == MEND_FITS && !held[i]) {
            w->mends[i].fit = MEND_ADRIFT;
            fell = true;
        }
    return fell;
}

void joins_find(struct work *w)
{
    for (size_t i = 0; i < w->n; i++)
        w->mends[i].fit = MEND_FITS;
    while (join_all(w) || drop_adrift(w))
        continue;
}

/* --- cuts --- */

static int64_t point_node(const struct work *w, int64_t line, uint32_t point)
{
    const struct roads *r = w->base;
    if (line >= r->edges)
        return w->first_point[line - r->edges] + point;
    const struct edge *e = &r->edge[line];
    uint32_t inner = e[1].first_shape - e->first_shape;
    if (point == 0)
        return 1 + (int64_t)e->a;
    if (point > inner)
        return 1 + (int64_t)e->b;
    return 1 + (int64_t)r->junctions + e->first_shape + point - 1;
}

static int cut_order(const void *left, const void *right)
{
    const struct cut *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->spot.piece != b->spot.piece)
        return a->spot.piece < b->spot.piece ? -1 : 1;
    if (a->spot.share != b->spot.share)
        return a->spot.share < b->spot.share ? -1 : 1;
    return (a->node > b->node) - (a->node < b->node);
}

static const struct point *line_points(const struct work *w, int64_t line, size_t *ret_n)
{
    if (line < w->base->edges)
        return edge_points(w->mem, w->base, (uint32_t)line, ret_n);
    const struct mend *m = &w->mends[line - w->base->edges];
    *ret_n = m->points;
    return m->point;
}

/* A point of the line when it is there already, else a cut. */
static void join_node(struct work *w, struct join *j)
{
    size_t n;
    const struct point *line = line_points(w, j->line, &n);
    for (uint32_t k = j->spot.piece; k < j->spot.piece + 2; k++)
        if (point_distance_m(line[k], j->spot.at) < SAME_M) {
            j->node = point_node(w, j->line, k);
            return;
        }
    j->node = w->next_node++;
    w->cut[w->cuts++] = (struct cut){ j->line, j->node, j->spot };
}

void cuts_make(struct work *w)
{
    w->cut = NEW(w->mem, struct cut, w->n * 2);
    for (size_t i = 0; i < w->n; i++)
        for (int end = 0; end < 2 && w->mends[i].fit == MEND_FITS; end++)
            join_node(w, &w->join[i][end]);
    qsort(w->cut, w->cuts, sizeof *w->cut, cut_order);
}

const struct cut *cuts_of(const struct work *w, int64_t line, size_t *ret_n)
{
    size_t low = SORTED_FROM(struct cut, w->cut, w->cuts, line, line), end;
    for (end = low; end < w->cuts && w->cut[end].line == line; end++)
        continue;
    *ret_n = end - low;
    return w->cut + low;
}

/* --- closed --- */

/* Beyond its first or last point the closed line closes nothing. */
static bool beyond(const struct mend *m, const struct spot *s)
{
    bool first = s->piece == 0 && s->share <= 0;
    bool last = s->piece + 2 == m->points && s->share >= 1;
    return (first || last) && s->m > SAME_M;
}

bool mend_closes(const struct mend *m, struct point a, struct point b)
{
    struct point middle = { (int32_t)(((int64_t)a.lat_e7 + b.lat_e7) / 2),
                            (int32_t)(((int64_t)a.lon_e7 + b.lon_e7) / 2) };
    struct spot s = spot_on(m->point, m->points, middle);
    if (s.m > MEND_CLOSE_M || beyond(m, &s) ||
        spot_on(m->point, m->points, a).m > MEND_CLOSE_M ||
        spot_on(m->point, m->points, b).m > MEND_CLOSE_M)
        return false;
    struct plane p = plane_at(a);
    struct plane_point way = plane_of(&p, b), from = plane_of(&p, m->point[s.piece]),
                       to = plane_of(&p, m->point[s.piece + 1]);
    double x = to.x - from.x, y = to.y - from.y;
    double lengths = hypot(way.x, way.y) * hypot(x, y);
    return lengths <= 0 || fabs(way.x * x + way.y * y) >= ALONG_COS * lengths;
}
