/* mend.c - the streets of a road file and the mends, as ways of a builder. */

#include "roads/mend/inside.h"

#include <math.h>

#define LENGTH_SPARE_CM 5                /* lengths are rounded */
#define STAIR_STEP_M 0.3                 /* going of one step, as the importer takes it */
#define STAIR_SHARE_MAX 0.3              /* of a bridge, at each end */

/* A line as it is written: its points and the nodes that joins put between them. */
struct track { int64_t *node; struct point *at; size_t n; };

static struct track track_new(const struct work *w, size_t room)
{
    return (struct track){ NEW(w->scratch, int64_t, room), NEW(w->scratch, struct point, room), 0 };
}

static void track_add(struct track *t, int64_t node, struct point at)
{
    t->node[t->n] = node;
    t->at[t->n++] = at;
}

static double track_m(const struct track *t, size_t from, size_t to)
{
    double m = 0;
    for (size_t i = from + 1; i <= to; i++)
        m += point_distance_m(t->at[i - 1], t->at[i]);
    return m;
}

/* The cuts of one piece behind its first point. */
static size_t track_cuts(struct track *t, const struct cut *cut, size_t n, size_t next,
                         uint32_t piece)
{
    for (; next < n && cut[next].spot.piece == piece; next++)
        track_add(t, cut[next].node, cut[next].spot.at);
    return next;
}

/* --- streets of the base --- */

static struct track edge_track(const struct work *w, uint32_t edge)
{
    const struct roads *r = w->base;
    const struct edge *e = &r->edge[edge];
    size_t n, cuts, next = 0;
    const struct cut *cut = cuts_of(w, edge, &cuts);
    const struct point *at = edge_points(w->scratch, r, edge, &n);
    struct track t = track_new(w, n + cuts);
    for (uint32_t i = 0; i < n; i++) {
        int64_t shape = 1 + (int64_t)r->junctions + e->first_shape + i - 1;
        track_add(&t, i == 0 ? 1 + (int64_t)e->a : i + 1 == n ? 1 + (int64_t)e->b : shape, at[i]);
        next = track_cuts(&t, cut, cuts, next, i);
    }
    return t;
}

static bool piece_closed(struct work *w, const bool *closes, struct point a, struct point b)
{
    bool closed = false;
    for (size_t i = 0; i < w->n; i++)
        if (closes[i] && mend_closes(&w->mends[i], a, b)) {
            w->mends[i].fit = MEND_FITS;
            closed = true;
        }
    return closed;
}

static void way_put(struct work *w, const struct track *t, size_t from, size_t to,
                    struct road_way way)
{
    way.id = w->next_way++;
    road_builder_way(w->out, &way, t->node + from, to - from + 1);
}

/* Of a stair that is cut short its share of the steps. */
static void edge_run(struct work *w, const struct track *t, size_t from, size_t to,
                     struct road_way way)
{
    double whole = track_m(t, 0, t->n - 1), part = track_m(t, from, to);
    if (way.steps && whole > 0 && to - from + 1 < t->n)
        way.steps = (unsigned)lround(way.steps * part / whole);
    way_put(w, t, from, to, way);
}

static void edge_put(struct work *w, uint32_t edge, const bool *closes, bool any)
{
    const struct edge *e = &w->base->edge[edge];
    struct track t = edge_track(w, edge);
    struct road_way way = { .name = edge_name(w->base, edge), .kind = (enum road_kind)e->kind,
                            .flags = e->flags, .steps = e->steps,
                            .wheels = w->base->wheels[edge], .wait = e->wait,
                            .slope = { e->slope[0], e->slope[1] } };
    size_t from = 0;
    if (fabs(track_m(&t, 0, t.n - 1) * 100 - e->length_cm) > LENGTH_SPARE_CM)
        way.length_cm = e->length_cm;                /* it was given a length of its own */
    for (size_t i = 0; i < t.n; i++)
        if (t.node[i] > w->base->junctions)
            road_builder_node(w->out, t.node[i], t.at[i], 0);
    for (size_t i = 1; i < t.n && any; i++)
        if (piece_closed(w, closes, t.at[i - 1], t.at[i])) {
            if (i - 1 > from)
                edge_run(w, &t, from, i - 1, way);
            from = i;
        }
    if (t.n - 1 > from)
        edge_run(w, &t, from, t.n - 1, way);
    arena_reset(w->scratch);
}

static struct point_box edge_box(const struct roads *r, uint32_t edge)
{
    const struct edge *e = &r->edge[edge];
    struct point_box box = box_none();
    box_add(&box, r->at[e->a]);
    box_add(&box, r->at[e->b]);
    for (uint32_t i = e->first_shape; i < e[1].first_shape; i++)
        box_add(&box, r->shape[i]);
    return box;
}

/* The closed lines, and one box for each with room around it. */
static struct point_box *closed_boxes(const struct work *w)
{
    struct point_box *boxes = NEW(w->mem, struct point_box, w->n);
    for (size_t i = 0; i < w->n; i++) {
        boxes[i] = box_none();
        for (size_t k = 0; k < w->mends[i].points; k++) {
            struct point_box around = box_around(w->mends[i].point[k], MEND_CLOSE_M);
            box_add(&boxes[i], around.low);
            box_add(&boxes[i], around.high);
        }
    }
    return boxes;
}

static void streets_put(struct work *w, const struct point_box *box)
{
    const struct roads *r = w->base;
    const struct point_box *closed = closed_boxes(w);
    bool *joined = NEW(w->mem, bool, w->n), *closes = NEW(w->mem, bool, w->n);
    for (size_t i = 0; i < w->n; i++) {
        joined[i] = w->mends[i].closed && w->mends[i].fit == MEND_FITS;
        if (joined[i])
            w->mends[i].fit = MEND_NO_STREET;            /* until it has closed something */
    }
    for (uint32_t j = 0; j < r->junctions; j++)
        road_builder_node(w->out, 1 + (int64_t)j, r->at[j],
                          r->junction_flags[j] & ~(unsigned)JUNCTION_BORDER);
    for (uint32_t e = 0; e < r->edges; e++) {
        struct point_box here = edge_box(r, e);
        bool any = false;
        if (box && !box_meets(box, &here))
            continue;
        for (size_t i = 0; i < w->n; i++)
            any |= closes[i] = joined[i] && box_meets(&closed[i], &here);
        edge_put(w, e, closes, any);
    }
}

/* --- mends --- */

static struct track mend_track(const struct work *w, size_t mend)
{
    const struct mend *m = &w->mends[mend];
    const struct join *ends = w->join[mend];
    size_t cuts, next = 0;
    const struct cut *cut = cuts_of(w, (int64_t)(w->base->edges + mend), &cuts);
    struct track t = track_new(w, m->points + cuts + 4);
    track_add(&t, ends[0].node, ends[0].spot.at);
    for (uint32_t i = 0; i < m->points; i++) {
        track_add(&t, w->first_point[mend] + i, m->point[i]);
        next = track_cuts(&t, cut, cuts, next, i);
    }
    track_add(&t, ends[1].node, ends[1].spot.at);
    return t;
}

/* Puts a node so many metres from the start; returns its place in the track. */
static size_t track_split(struct work *w, struct track *t, double m)
{
    size_t i = 1;
    double here = 0, piece = 0;
    for (; i < t->n; i++, here += piece) {
        piece = point_distance_m(t->at[i - 1], t->at[i]);
        if (here + piece > m)
            break;
    }
    if (i == t->n)
        return t->n - 1;
    struct plane p = plane_at(t->at[i - 1]);
    struct plane_point to = plane_of(&p, t->at[i]);
    double share = (m - here) / piece;
    for (size_t k = t->n++; k > i; k--) {
        t->node[k] = t->node[k - 1];
        t->at[k] = t->at[k - 1];
    }
    t->node[i] = w->next_node++;
    t->at[i] = plane_back(&p, (struct plane_point){ to.x * share, to.y * share });
    return i;
}

/* A bridge with steps has half of them at each end. */
static void bridge_put(struct work *w, struct track *t, const struct road_way *way)
{
    struct road_way stair = *way, deck = *way;
    unsigned up = (way->steps + 1) / 2;
    double whole = track_m(t, 0, t->n - 1), m = up * STAIR_STEP_M;
    m = m < whole * STAIR_SHARE_MAX ? m : whole * STAIR_SHARE_MAX;
    size_t first = track_split(w, t, m), last = track_split(w, t, whole - m);
    for (size_t i = 0; i < t->n; i++)
        road_builder_node(w->out, t->node[i], t->at[i], 0);
    stair.kind = ROAD_STEPS;
    stair.steps = up;
    deck.steps = 0;
    way_put(w, t, 0, first, stair);
    way_put(w, t, first, last, deck);
    stair.steps = way->steps - up;
    way_put(w, t, last, t->n - 1, stair);
}

static void mend_put(struct work *w, size_t mend)
{
    const struct mend *m = &w->mends[mend];
    struct track t = mend_track(w, mend);
    if (m->way.steps && m->way.kind != ROAD_STEPS) {
        bridge_put(w, &t, &m->way);
        return;
    }
    for (size_t i = 1; i + 1 < t.n; i++)             /* the joins' nodes stand in their lines */
        road_builder_node(w->out, t.node[i], t.at[i], 0);
    way_put(w, &t, 0, t.n - 1, m->way);
}

void mends_apply(struct arena *mem, const struct roads *base, const struct point_box *box,
                 struct mend *mends, size_t n, struct road_builder *b)
{
    AUTO(arena_free) struct arena scratch = { 0 };
    struct work w = { .mem = mem, .scratch = &scratch, .base = base, .mends = mends,
                      .n = n, .out = b, .next_way = 1,
                      .next_node = 1 + (int64_t)base->junctions + base->shapes };
    w.join = (void *)NEW(mem, struct join, n * 2);
    w.first_point = NEW(mem, int64_t, n);
    for (size_t i = 0; i < n; i++) {
        w.first_point[i] = w.next_node;
        w.next_node += (int64_t)mends[i].points;
    }
    joins_find(&w);
    cuts_make(&w);
    streets_put(&w, box);
    for (size_t i = 0; i < n; i++)
        if (!mends[i].closed && mends[i].fit == MEND_FITS)
            mend_put(&w, i);
}
