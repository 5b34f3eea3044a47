/* streets.c - all ways between the places of a day, for each way to travel. */

#include "app/plan/streets.h"

#include "app/planner/planner.h"
#include "roads/batch/relation.h"
#include "roads/hierarchy/matrix.h"

#include <math.h>

enum { FEW_PLACES = 60, MS_A_SECOND = 1000 };

/* With few places plain searches are done before a hierarchy is made. */
static void costs_make(struct arena *mem, const struct roads *roads, enum profile profile,
                       const struct anchor *at, uint32_t n, uint32_t *ret_ms)
{
    struct pace pace = { .profile = profile, .by = PACE_PROFILE };
    struct net *net = net_make(roads, pace, NET_COST_MAX);
    if (n < FEW_PLACES) {
        relation_table(mem, &(struct relation_ask){ .net = net, .limit = net->limit, .from = at,
                       .from_n = n, .to = at, .to_n = n }, ret_ms);
    } else {
        struct hierarchy *h = hierarchy_make(net);
        matrix_make(mem, &(struct matrix_ask){ .hierarchy = h, .from = at, .from_n = n, .to = at,
                    .to_n = n }, ret_ms);
        hierarchy_free(h);
    }
    net_free(net);
}

const char *streets_ways(void *arg, struct arena *mem, struct sv profile,
                         const struct vroom_spot *at, int n, int32_t *ret_seconds,
                         int *ret_place)
{
    const struct streets *s = arg;
    AUTO(arena_free) struct arena scratch = { 0 };
    struct anchor *anchor = NEW(&scratch, struct anchor, n);
    uint32_t *ms = NEW(&scratch, uint32_t, (size_t)n * (size_t)n);
    enum profile found;
    (void)mem;
    if (!profile_find(profile, &found))
        return "the street map has standard, elder, frail, wheelchair, ebike and car";
    for (int i = 0; i < n; i++) {
        struct point home = { .lat_e7 = (int32_t)lround(at[i].lat * 1e7),
                              .lon_e7 = (int32_t)lround(at[i].lon * 1e7) };
        if (roads_snap(&s->roads, found, home, ACCESS_M_DEFAULT, &anchor[i]))
            continue;
        *ret_place = i;
        return "there is no street near that this profile may use";
    }
    costs_make(&scratch, &s->roads, found, anchor, (uint32_t)n, ms);
    for (size_t i = 0; i < (size_t)n * (size_t)n; i++)
        ret_seconds[i] = ms[i] == NOT_REACHED ? TOUR_LEG_MAX
                                              : (int32_t)((ms[i] + MS_A_SECOND / 2) / MS_A_SECOND);
    for (int i = 0; i < n; i++)
        ret_seconds[i * n + i] = 0;
    return NULL;
}
