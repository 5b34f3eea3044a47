/* walk.c - how far it is to walk between two points. */

#include "care/near/walk.h"

#include "care/near/scratch.h"

#include <assert.h>

/* As roads names them. */
const struct choice walk_paces[] = {
    { "elder", "老年人步速", "elder's pace" },  { "standard", "普通步速", "standard pace" },
    { "frail", "体弱步速", "frail pace" },      { "wheelchair", "轮椅", "wheelchair" },
    { "ebike", "护理员骑电动车", "carer on an e-bike" }, { "car", "汽车", "car" }, { 0 },
};

enum profile walk_pace(int row)
{
    enum profile profile = PROFILE_DEFAULT;
    (void)profile_find(sv_of(walk_paces[row].key), &profile);
    return profile;
}

/* A pace only turns metres into the search's milliseconds and back. */
static const enum profile pace = PROFILE_STANDARD;

static struct walk walk_on(struct ctx *c, struct directory *d, struct point a, struct point b,
                           int64_t metres)
{
    struct near_scratch *lent = NULL;
    struct anchor from, to;
    struct near *near = d->roads ? scratch_borrow(&c->mem, d, &lent) : NULL;
    if (!near)
        return (struct walk){ false, false };
    bool known = roads_snap(d->roads, pace, a, ACCESS_M_DEFAULT, &from)
              && roads_snap(d->roads, pace, b, ACCESS_M_DEFAULT, &to);
    bool within = false;
    if (known) {
        reach_from(near->reach, pace, &from,
                   (uint32_t)(metres * 100000 / profiles[pace].speed_cm_s));
        within = reach_ms(near->reach, &to) != NOT_REACHED;
    }
    scratch_return(lent);
    return (struct walk){ known, within };
}

enum err walk_within(struct ctx *c, struct point a, struct point b, int64_t metres,
                     struct walk *ret_walk)
{
    struct directory *d;
    *ret_walk = (struct walk){ false, false };
    if (directory_enter(c, &d) != ERR_NONE) {
        ctx_forgive(c);                  /* no directory yet: nobody knows */
        return ERR_NONE;
    }
    *ret_walk = walk_on(c, d, a, b, metres < 20000 ? metres : 20000);
    directory_leave(c, d);
    return ERR_NONE;
}

/* How far to look in the search's milliseconds: wheels are pushed on some ways, so twice. */
static uint32_t limit_of(enum profile profile, double metres)
{
    double ms = metres * 100000 / profiles[profile].speed_cm_s;
    ms *= profiles[profile].vehicle == ON_FOOT ? 1 : 2;
    return ms < REACH_MS_MAX ? (uint32_t)ms : REACH_MS_MAX;
}

struct ways {
    struct directory *d;
    enum profile      profile;
    const struct point *points;
    struct anchor    *at;
    bool             *known;
    size_t            n;
    double            limit_m;
    uint32_t         *ms;
};

/* The farthest of them in a straight line: mostly the streets go there within this much more. */
static double first_look(const struct ways *w, size_t from)
{
    double far = 0;
    for (size_t k = 0; k < w->n; k++) {
        double m = w->known[k] ? point_distance_m(w->points[from], w->points[k]) : 0;
        far = m > far ? m : far;
    }
    far = far * 1.7 + 2 * ACCESS_M_DEFAULT;
    return far < w->limit_m ? far : w->limit_m;
}

static bool look_from(struct reach *reach, const struct ways *w, size_t from, double metres)
{
    bool all = true;
    reach_from(reach, w->profile, &w->at[from], limit_of(w->profile, metres));
    for (size_t k = 0; k < w->n; k++) {
        uint32_t ms = !w->known[k] ? NOT_REACHED : k == from ? 0 : reach_ms(reach, &w->at[k]);
        all = all && (ms != NOT_REACHED || !w->known[k]);
        w->ms[from * w->n + k] = ms;
    }
    return all;
}

/* Those who live at one point are asked for once. */
static bool row_copied(const struct ways *w, size_t from)
{
    for (size_t k = 0; k < from; k++) {
        if (!w->known[k] || w->points[k].lat_e7 != w->points[from].lat_e7 ||
            w->points[k].lon_e7 != w->points[from].lon_e7)
            continue;
        for (size_t to = 0; to < w->n; to++)
            w->ms[from * w->n + to] = w->ms[k * w->n + to];
        w->ms[from * w->n + from] = w->ms[from * w->n + k] = 0;
        return true;
    }
    return false;
}

static void ways_on(struct reach *reach, struct ways *w)
{
    for (size_t i = 0; i < w->n; i++)
        w->known[i] = point_told(w->points[i]) &&
                      roads_snap(w->d->roads, w->profile, w->points[i], ACCESS_M_DEFAULT,
                                 &w->at[i]);
    for (size_t i = 0; i < w->n; i++) {
        for (size_t k = 0; k < w->n; k++)
            w->ms[i * w->n + k] = NOT_REACHED;
        if (!w->known[i] || row_copied(w, i))
            continue;
        double near = first_look(w, i);
        if (!look_from(reach, w, i, near) && near < w->limit_m)
            (void)look_from(reach, w, i, w->limit_m);
    }
}

enum err way_times(struct ctx *c, struct ways_asked *q)
{
    struct directory *d;
    struct near_scratch *lent = NULL;
    q->streets = false;
    assert(q->n <= WAY_POINTS_MAX);
    if (directory_enter(c, &d) != ERR_NONE) {
        ctx_forgive(c);                  /* no directory yet: nobody knows */
        return ERR_NONE;
    }
    struct near *near = d->roads ? scratch_borrow(&c->mem, d, &lent) : NULL;
    if (near) {
        struct ways w = { .d = d, .profile = q->profile, .points = q->points, .n = q->n,
                          .limit_m = (double)q->limit_m, .ms = q->ms,
                          .at = NEW(&c->mem, struct anchor, q->n),
                          .known = NEW(&c->mem, bool, q->n) };
        ways_on(near->reach, &w);
        scratch_return(lent);
        q->streets = true;
    }
    directory_leave(c, d);
    return ERR_NONE;
}

static void metres_on(struct near *near, struct directory *d, struct point from,
                      const struct point *to, size_t n, uint32_t limit_ms, int64_t *ret_metres)
{
    struct anchor start, at;
    if (!roads_snap(d->roads, pace, from, ACCESS_M_DEFAULT, &start))
        return;
    reach_from(near->reach, pace, &start, limit_ms);
    for (size_t i = 0; i < n; i++) {
        bool snapped = roads_snap(d->roads, pace, to[i], ACCESS_M_DEFAULT, &at);
        uint32_t ms = snapped ? reach_ms(near->reach, &at) : NOT_REACHED;
        if (ms != NOT_REACHED)
            ret_metres[i] = (int64_t)ms * profiles[pace].speed_cm_s / 100000;
    }
}

enum err walk_metres(struct ctx *c, struct point from, const struct point *to, size_t n,
                     int64_t limit_m, int64_t *ret_metres)
{
    struct directory *d;
    struct near_scratch *lent = NULL;
    for (size_t i = 0; i < n; i++)
        ret_metres[i] = -1;
    if (directory_enter(c, &d) != ERR_NONE) {
        ctx_forgive(c);                  /* no directory yet: nobody knows */
        return ERR_NONE;
    }
    struct near *near = d->roads ? scratch_borrow(&c->mem, d, &lent) : NULL;
    if (near) {
        metres_on(near, d, from, to, n, (uint32_t)(limit_m * 100000 / profiles[pace].speed_cm_s),
                  ret_metres);
        scratch_return(lent);
    }
    directory_leave(c, d);
    return ERR_NONE;
}

int64_t walk_minutes(int64_t metres)
{
    int64_t cm_a_minute = (int64_t)profiles[PROFILE_ELDER].speed_cm_s * 60;
    int64_t minutes = (metres * 100 + cm_a_minute / 2) / cm_a_minute;
    return minutes ? minutes : 1;
}
