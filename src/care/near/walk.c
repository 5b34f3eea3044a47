/* walk.c - how far it is to walk between two points. */

#include "care/near/walk.h"

#include "care/near/scratch.h"

/* As roads names them. */
const struct choice walk_paces[] = {
    { "elder", "老年人步速", "elder's pace" },  { "standard", "普通步速", "standard pace" },
    { "frail", "体弱步速", "frail pace" },      { "wheelchair", "轮椅", "wheelchair" }, { 0 },
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

static bool times_on(struct near *near, struct directory *d, const struct point *points, size_t n,
                     uint32_t limit_ms, uint32_t *ret_ms)
{
    struct anchor at[WALK_POINTS_MAX];
    for (size_t i = 0; i < n; i++)
        if (!roads_snap(d->roads, pace, points[i], ACCESS_M_DEFAULT, &at[i]))
            return false;
    for (size_t i = 0; i < n; i++) {
        reach_from(near->reach, pace, &at[i], limit_ms);
        for (size_t k = 0; k < n; k++) {
            uint32_t ms = i == k ? 0 : reach_ms(near->reach, &at[k]);
            if (ms == NOT_REACHED)
                return false;
            ret_ms[i * n + k] = ms;
        }
    }
    return true;
}

enum err walk_times(struct ctx *c, const struct point *points, size_t n, int64_t limit_m,
                    uint32_t *ret_ms, bool *ret_known)
{
    struct directory *d;
    struct near_scratch *lent = NULL;
    *ret_known = false;
    if (n > WALK_POINTS_MAX)
        return ERR_NONE;
    if (directory_enter(c, &d) != ERR_NONE) {
        ctx_forgive(c);                  /* no directory yet: nobody knows */
        return ERR_NONE;
    }
    struct near *near = d->roads ? scratch_borrow(&c->mem, d, &lent) : NULL;
    if (near) {
        *ret_known = times_on(near, d, points, n,
                              (uint32_t)(limit_m * 100000 / profiles[pace].speed_cm_s), ret_ms);
        scratch_return(lent);
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
