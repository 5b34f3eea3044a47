/*
 * snap.c - the nearest point of a street, by a tree of boxes.
 *
 * Edges stand in Hilbert order, so eight neighbours in the file are neighbours on the ground; the
 * boxes of eight make the next level. The search descends nearest box first and leaves out what
 * is farther than the best so far. Of equal distances the lower edge number wins.
 */

#include "roads/file.h"

#include <math.h>

/* One search: the plane around the home, what may be used, the best so far. */
struct snap {
    const struct roads *roads;
    struct plane        plane;
    enum profile        profile;
    bool                islands;         /* they count too */
    uint32_t            level_first[TREE_LEVELS_MAX], level_n[TREE_LEVELS_MAX];
    int64_t             edge;
    double              m2;              /* of that edge: square metres from the home */
    double              most_m2;         /* a box may be as far: a rounding more */
    int64_t             reach_lat, reach_lon;    /* so far that is at most, in 1e-7 degrees */
};

static void bound(struct snap *s, double m2)
{
    double m = sqrt(m2);
    s->m2 = m2;
    s->most_m2 = m2 * (1 + 1e-9);
    s->reach_lat = (int64_t)(m / s->plane.metric.lat_m) + 1;
    double lon = m / s->plane.metric.lon_m;              /* near a pole that is every meridian */
    s->reach_lon = lon < LON_ALL_E7 ? (int64_t)lon + 1 : LON_ALL_E7;
}

/* A street over the antimeridian has a box round the world: it says nothing of east and west. */
static bool is_belt(const struct point_box *box)
{
    return (int64_t)box->high.lon_e7 - box->low.lon_e7 > LON_ALL_E7 / 2;
}

/* Whether a box is farther than the best so far, as far as whole numbers can tell: mostly. */
static bool is_apart(const struct snap *s, const struct point_box *box)
{
    const struct point at = s->plane.origin;
    return (int64_t)box->low.lat_e7 - at.lat_e7 > s->reach_lat ||
           (int64_t)at.lat_e7 - box->high.lat_e7 > s->reach_lat ||
           ((lon_between(at.lon_e7, box->low.lon_e7) > s->reach_lon ||
             lon_between(at.lon_e7, box->high.lon_e7) < -s->reach_lon) && !is_belt(box));
}

static double gap(double low, double high)
{
    return low > 0 ? low : high < 0 ? -high : 0;
}

static double box_m2(const struct snap *s, const struct point_box *box)
{
    struct plane_point low = plane_of(&s->plane, box->low), high = plane_of(&s->plane, box->high);
    double x = is_belt(box) ? 0 : gap(low.x, high.x), y = gap(low.y, high.y);
    return x * x + y * y;
}

/* The share of the segment from a to b at which it is nearest to the origin. */
static double nearest_share(struct plane_point a, struct plane_point b)
{
    double x = b.x - a.x, y = b.y - a.y, length2 = x * x + y * y;
    double t = length2 > 0 ? -(a.x * x + a.y * y) / length2 : 0;
    return t < 0 ? 0 : t > 1 ? 1 : t;
}

/* Its end exactly: streets that meet there are then equally far, in whatever order they come. */
static struct plane_point point_on(struct plane_point a, struct plane_point b, double share)
{
    if (share >= 1)
        return b;
    return (struct plane_point){ a.x + share * (b.x - a.x), a.y + share * (b.y - a.y) };
}

static double square(struct plane_point p)
{
    return p.x * p.x + p.y * p.y;
}

/* The end of the edge's i-th piece; behind the last shape point stands the junction. */
static struct plane_point piece_end(const struct snap *s, const struct edge *edge, uint32_t i)
{
    const struct roads *r = s->roads;
    return plane_of(&s->plane, i == edge[1].first_shape ? r->at[edge->b] : r->shape[i]);
}

static double edge_m2(const struct snap *s, const struct edge *edge)
{
    double best = INFINITY;
    struct plane_point a = plane_of(&s->plane, s->roads->at[edge->a]);
    for (uint32_t i = edge->first_shape; i <= edge[1].first_shape; i++) {
        struct plane_point b = piece_end(s, edge, i);
        double m2 = square(point_on(a, b, nearest_share(a, b)));
        best = m2 < best ? m2 : best;
        a = b;
    }
    return best;
}

static void try_edge(struct snap *s, uint32_t e)
{
    const struct edge *edge = &s->roads->edge[e];
    double m2 = edge_m2(s, edge);
    if ((m2 < s->m2 || (m2 == s->m2 && s->edge > (int64_t)e)) &&
        edge_allows(s->roads, s->profile, e) &&
        (s->islands || !edge_island(s->roads, s->profile, e))) {
        bound(s, m2);
        s->edge = e;
    }
}

struct child { double m2; uint32_t box; };

/* The children of a box, nearest first. */
static int children(const struct snap *s, int level, uint32_t box, struct child out[TREE_WIDTH])
{
    int n = 0;
    uint32_t end = (box + 1) * TREE_WIDTH;
    if (end > s->level_n[level - 1])
        end = s->level_n[level - 1];
    for (uint32_t child = box * TREE_WIDTH; child < end; child++) {
        const struct point_box *here = &s->roads->tree[s->level_first[level - 1] + child];
        if (is_apart(s, here))
            continue;
        double m2 = box_m2(s, here);
        int at = n++;
        for (; at > 0 && out[at - 1].m2 > m2; at--)
            out[at] = out[at - 1];
        out[at] = (struct child){ m2, child };
    }
    return n;
}

/* Most of the time is waiting for memory: what eight edges are made of is asked for together. */
static void fetch_edges(const struct snap *s, const struct child child[TREE_WIDTH], int n)
{
    const struct roads *r = s->roads;
    for (int i = 0; i < n; i++)
        __builtin_prefetch(&r->edge[child[i].box]);
    for (int i = 0; i < n && child[i].m2 <= s->most_m2; i++) {
        const struct edge *edge = &r->edge[child[i].box];
        __builtin_prefetch(&r->at[edge->a]);
        __builtin_prefetch(&r->at[edge->b]);
        __builtin_prefetch(&r->shape[edge->first_shape]);
    }
}

static void descend(struct snap *s, int level, uint32_t box)
{
    struct child child[TREE_WIDTH];
    if (level == 0) {
        try_edge(s, box);
        return;
    }
    int n = children(s, level, box, child);
    if (level == 1)
        fetch_edges(s, child, n);
    for (int i = 0; i < n && child[i].m2 <= s->most_m2; i++)
        descend(s, level - 1, child[i].box);
}

/* The plane's length of the edge may differ a little from its own: shares are taken of it. */
static struct anchor anchor_of(const struct snap *s, struct point home)
{
    const struct edge *edge = &s->roads->edge[s->edge];
    double whole_m = 0, along_m = 0, best = INFINITY;
    struct plane_point a = plane_of(&s->plane, s->roads->at[edge->a]), at = a;
    for (uint32_t i = edge->first_shape; i <= edge[1].first_shape; i++) {
        struct plane_point b = piece_end(s, edge, i);
        double share = nearest_share(a, b), length_m = hypot(b.x - a.x, b.y - a.y);
        struct plane_point here = point_on(a, b, share);
        if (square(here) < best) {
            best = square(here);
            at = here;
            along_m = whole_m + share * length_m;
        }
        whole_m += length_m;
        a = b;
    }
    double along = whole_m > 0 ? along_m / whole_m * edge->length_cm : 0;
    return (struct anchor){
        .edge = s->edge,
        .along_cm = along < edge->length_cm ? (uint32_t)lround(along) : edge->length_cm,
        .access_cm = (uint32_t)lround(sqrt(best) * 100),
        .home = home,
        .at = plane_back(&s->plane, at),
    };
}

static struct snap snap_new(const struct roads *r, enum profile profile, struct point home,
                            int *ret_levels)
{
    struct snap s = { .roads = r, .plane = plane_at(home), .profile = profile, .edge = NO_EDGE };
    *ret_levels = tree_levels(r->edges, s.level_n);
    for (int i = 1; i < *ret_levels; i++)
        s.level_first[i] = s.level_first[i - 1] + s.level_n[i - 1];
    return s;
}

static bool snap_end(const struct snap *s, struct point home, struct anchor *ret_anchor)
{
    if (s->edge == NO_EDGE) {
        *ret_anchor = (struct anchor){ .edge = NO_EDGE, .home = home, .at = home };
        return false;
    }
    *ret_anchor = anchor_of(s, home);
    return true;
}

/* --- many homes at one place --- */

static void gather(const struct snap *s, int level, uint32_t box, const struct point_box *wide,
                   struct snap_around *around)
{
    uint32_t end = (box + 1) * TREE_WIDTH;
    if (end > s->level_n[level - 1])
        end = s->level_n[level - 1];
    for (uint32_t child = box * TREE_WIDTH; child < end; child++) {
        if (!box_meets(&s->roads->tree[s->level_first[level - 1] + child], wide))
            continue;
        if (level > 2)
            gather(s, level - 1, child, wide, around);
        else if (around->n < SNAP_AROUND_MAX)
            around->box[around->n++] = child;
        else
            around->full = true;
    }
}

/* A metre more than is promised, for the box is a little narrower at its far side. */
void roads_around(const struct roads *r, const struct point_box *homes,
                  struct snap_around *ret_around)
{
    int levels;
    struct snap s = snap_new(r, PROFILE_STANDARD, homes->low, &levels);
    struct point_box wide = box_around(homes->low, SNAP_AROUND_M + 1);
    wide.high = box_around(homes->high, SNAP_AROUND_M + 1).high;
    ret_around->n = 0;
    ret_around->full = levels < 3 || wide.low.lon_e7 == -LON_E7_MAX ||
                       wide.high.lon_e7 == LON_E7_MAX;       /* streets beyond the antimeridian */
    if (!ret_around->full)
        gather(&s, levels - 1, 0, &wide, ret_around);
}

bool roads_snap_around(const struct roads *r, enum profile profile, struct point home,
                       double max_m, int64_t hint, const struct snap_around *around,
                       struct anchor *ret_anchor)
{
    int levels;
    struct snap s = snap_new(r, profile, home, &levels);
    double near_m = max_m < SNAP_AROUND_M ? max_m : SNAP_AROUND_M;
    bound(&s, near_m * near_m);
    if (hint != NO_EDGE && !around->full)
        try_edge(&s, (uint32_t)hint);
    for (uint32_t i = 0; i < around->n && !around->full; i++)
        if (!is_apart(&s, &r->tree[s.level_first[1] + around->box[i]]))
            descend(&s, 1, around->box[i]);
    return s.edge == NO_EDGE ? roads_snap_near(r, profile, home, max_m, hint, ret_anchor)
                             : snap_end(&s, home, ret_anchor);
}

bool roads_snap_any(const struct roads *r, struct point end, double max_m,
                    struct anchor *ret_anchor)
{
    int levels;
    struct snap s = snap_new(r, PROFILE_STANDARD, end, &levels);
    s.islands = true;
    bound(&s, max_m * max_m);
    descend(&s, levels - 1, 0);
    return snap_end(&s, end, ret_anchor);
}

bool roads_snap(const struct roads *r, enum profile profile, struct point home, double max_m,
                struct anchor *ret_anchor)
{
    return roads_snap_near(r, profile, home, max_m, NO_EDGE, ret_anchor);
}

bool roads_snap_near(const struct roads *r, enum profile profile, struct point home, double max_m,
                     int64_t hint, struct anchor *ret_anchor)
{
    int levels;
    struct snap s = snap_new(r, profile, home, &levels);
    max_m = max_m < ACCESS_M_MAX ? max_m : ACCESS_M_MAX;

    for (int round = 0; round < 2 && s.edge == NO_EDGE; round++) {
        s.islands = round > 0;
        bound(&s, max_m * max_m);
        if (hint != NO_EDGE)
            try_edge(&s, (uint32_t)hint);
        descend(&s, levels - 1, 0);
    }
    return snap_end(&s, home, ret_anchor);
}
