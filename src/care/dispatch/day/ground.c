/* ground.c - the places of a day and how long the ways between them take. */

#include "care/dispatch/day/ground.h"

#include "care/near/scratch.h"

#include <string.h>

enum { LIMIT_PERCENT = 260, LIMIT_MORE_S = 600 };

int32_t ground_seconds(const struct ground *g, enum way_kind kind, int from, int to)
{
    if (from == NOBODY || to == NOBODY || from == to)
        return 0;
    return g->seconds[kind][(size_t)from * (size_t)g->n + (size_t)to];
}

int ground_minutes(const struct ground *g, enum way_kind kind, int from, int to)
{
    return (ground_seconds(g, kind, from, to) + 59) / 60;
}

static bool same(struct point a, struct point b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

static int place_at(const struct ground *g, struct point at)
{
    for (int i = 0; i < g->n; i++)
        if (g->known[i] && same(g->at[i], at))
            return i;
    return NOBODY;
}

int ground_place(struct ground *g, struct arena *mem, struct point at, bool known)
{
    int found = known ? place_at(g, at) : NOBODY;
    if (found != NOBODY)
        return found;
    g->at = GROW(mem, g->at, (size_t)g->n, &g->room);
    g->known = GROW(mem, g->known, (size_t)g->n, &g->room_known);
    g->at[g->n] = at;
    g->known[g->n] = known;
    return g->n++;
}

/* --- as the crow flies --- */

static int32_t straight_s(const struct ground *g, enum way_kind kind, int from, int to)
{
    if (!g->known[from] || !g->known[to])
        return g->unknown_s;
    return way_straight_s(kind, g->at[from], g->at[to]);
}

/* --- by the streets --- */

struct measuring {
    struct ground   *g;
    struct directory *d;
    struct reach    *reach;
    struct anchor   *anchors;
    bool            *joined;
};

static void snap_all(struct measuring *m, enum way_kind kind)
{
    struct ground *g = m->g;
    for (int i = 0; i < g->n; i++) {
        m->joined[i] = g->known[i] && roads_snap(m->d->roads, way_profile(kind), g->at[i],
                                                 ACCESS_M_DEFAULT, &m->anchors[i]);
        g->streets = g->streets && (m->joined[i] || !g->known[i]);
    }
}

/* No farther than the farthest place can be by any sensible way. */
static uint32_t limit_ms(const struct measuring *m, enum way_kind kind, int from)
{
    int32_t most = 0;
    for (int to = 0; to < m->g->n; to++)
        if (m->joined[to] && straight_s(m->g, kind, from, to) > most)
            most = straight_s(m->g, kind, from, to);
    int64_t s = (int64_t)most * LIMIT_PERCENT / BEELINE_PERCENT + LIMIT_MORE_S;
    return (uint32_t)(s < WAY_MAX_S ? s : WAY_MAX_S) * 1000;
}

static void row_by_streets(struct measuring *m, enum way_kind kind, int from)
{
    struct ground *g = m->g;
    int32_t *row = g->seconds[kind] + (size_t)from * (size_t)g->n;
    reach_from(m->reach, way_profile(kind), &m->anchors[from], limit_ms(m, kind, from));
    for (int to = 0; to < g->n; to++) {
        uint32_t ms = m->joined[to] ? reach_ms(m->reach, &m->anchors[to]) : NOT_REACHED;
        if (ms != NOT_REACHED)
            row[to] = (int32_t)((ms + 999) / 1000);
        else
            g->streets = g->streets && !m->joined[to];
    }
}

static void measure_kind(struct measuring *m, struct arena *mem, enum way_kind kind)
{
    struct ground *g = m->g;
    size_t n = (size_t)g->n;
    g->seconds[kind] = NEW(mem, int32_t, n * n);
    for (int from = 0; from < g->n; from++)
        for (int to = 0; to < g->n; to++)
            if (from != to)
                g->seconds[kind][(size_t)from * n + (size_t)to] = straight_s(g, kind, from, to);
    if (m->reach) {
        snap_all(m, kind);
        for (int from = 0; from < g->n; from++)
            if (m->joined[from])
                row_by_streets(m, kind, from);
    }
    g->made[kind] = true;
}

/* --- from another day --- */

/* Where each place stands there; false unless all do. */
static bool all_there(const struct ground *g, const struct ground *like, int *ret_at)
{
    if (!like || like->unknown_s != g->unknown_s || !like->streets)
        return false;
    for (int i = 0; i < g->n; i++) {
        ret_at[i] = g->known[i] ? place_at(like, g->at[i]) : NOBODY;
        if (g->known[i] && ret_at[i] == NOBODY)
            return false;
    }
    return true;
}

static void copy_kind(struct arena *mem, enum way_kind kind, const struct ground *like,
                      const int *at, struct ground *g)
{
    size_t n = (size_t)g->n;
    g->seconds[kind] = NEW(mem, int32_t, n * n);
    for (int from = 0; from < g->n; from++)
        for (int to = 0; to < g->n; to++)
            if (from != to)
                g->seconds[kind][(size_t)from * n + (size_t)to] =
                    at[from] == NOBODY || at[to] == NOBODY
                        ? g->unknown_s
                        : ground_seconds(like, kind, at[from], at[to]);
    g->made[kind] = true;
}

enum err ground_measure(struct ctx *c, struct arena *mem, const bool wanted[WAY_KINDS],
                        const struct ground *like, struct ground *g)
{
    struct measuring m = { .g = g };
    struct near_scratch *lent = NULL;
    struct near *near = NULL;
    int *at = NEW(&c->mem, int, g->n + 1);
    bool there = all_there(g, like, at), copied = there;
    for (int k = 0; k < WAY_KINDS; k++)
        copied = copied && (!wanted[k] || like->made[k]);
    g->streets = copied;
    for (int k = 0; k < WAY_KINDS && copied; k++)
        if (wanted[k])
            copy_kind(mem, (enum way_kind)k, like, at, g);
    if (copied)
        return ERR_NONE;
    if (directory_enter(c, &m.d) != ERR_NONE) {
        ctx_forgive(c);                          /* no directory yet: nobody knows streets */
        m.d = NULL;
    }
    if (m.d && m.d->roads)
        near = scratch_borrow(&c->mem, m.d, &lent);
    m.reach = near ? near->reach : NULL;
    m.anchors = NEW(&c->mem, struct anchor, g->n + 1);
    m.joined = NEW(&c->mem, bool, g->n + 1);
    g->streets = m.reach != NULL;
    for (int k = 0; k < WAY_KINDS; k++)
        if (wanted[k])
            measure_kind(&m, mem, (enum way_kind)k);
    if (near)
        scratch_return(lent);
    if (m.d)
        directory_leave(c, m.d);
    return ERR_NONE;
}
