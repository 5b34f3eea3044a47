/* city.c - what the planner's commands share: pace, limits, threads, and joining the streets. */

#include "app/planner/planner.h"

#include "roads/import/chains.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { MINUTES = 15, SLOWEST_SHARE = 4 };

int planner_wrong(const char *command, const char *what)
{
    fprintf(stderr, "yike roads %s: %s\nyike roads --help says more\n", command, what);
    return 2;
}

struct net *planner_net(const struct planner *p, uint32_t limit_ms)
{
    struct pace pace = { .profile = p->profile, .by = PACE_PROFILE };
    if (p->speed_cm_s) {
        pace.by = PACE_SPEED;
        pace.cm_s = p->speed_cm_s;
    }
    return net_make(p->roads, pace, limit_ms);
}

/* Who climbs, waits or pushes is slower than on the flat, but not by more than so many times. */
uint32_t planner_limit_ms(const struct planner *p, int64_t minutes)
{
    if (p->minutes)
        return (uint32_t)p->minutes * 60000;
    if (!p->max_metres)
        return (uint32_t)(minutes ? minutes : MINUTES) * 60000;
    int64_t cm_s = p->speed_cm_s;
    if (!cm_s)
        cm_s = profiles[p->profile].access_cm_s;
    int64_t ms = p->max_metres * 100000 / cm_s;
    return (uint32_t)(p->speed_cm_s ? ms : ms * SLOWEST_SHARE);
}

/* --- threads --- */

int planner_parts(const struct planner *p)
{
    int64_t n = p->threads ? p->threads : 2;
    return (int)(n < PLANNER_THREADS_MAX ? n : PLANNER_THREADS_MAX);
}

struct shared { void (*work)(void *arg, int part, uint32_t first, uint32_t end); void *arg; };
struct one_part { const struct shared *shared; int part; uint32_t first, end; };

static void *run_part(void *arg)
{
    const struct one_part *p = arg;
    p->shared->work(p->shared->arg, p->part, p->first, p->end);
    return NULL;
}

void planner_share(const struct planner *p, uint32_t n,
                   void (*work)(void *arg, int part, uint32_t first, uint32_t end), void *arg)
{
    const struct shared shared = { work, arg };
    struct one_part part[PLANNER_THREADS_MAX];
    pthread_t thread[PLANNER_THREADS_MAX];
    bool started[PLANNER_THREADS_MAX] = { false };
    int parts = planner_parts(p);
    for (int i = 0; i < parts; i++)
        part[i] = (struct one_part){ &shared, i, (uint32_t)((uint64_t)n * (unsigned)i /
                                                            (unsigned)parts),
                                     (uint32_t)((uint64_t)n * (unsigned)(i + 1) /
                                                (unsigned)parts) };
    for (int i = 1; i < parts; i++)
        started[i] = pthread_create(&thread[i], NULL, run_part, &part[i]) == 0;
    run_part(&part[0]);
    for (int i = 1; i < parts; i++)
        if (started[i])
            pthread_join(thread[i], NULL);
        else
            run_part(&part[i]);
}

/* --- joining the streets --- */

struct snapping {
    const struct planner *p;
    const struct points   *t;
    const uint32_t       *order;
    struct anchor        *anchor;
    bool                  sorted;        /* anchors stand in that order, not by row */
};

static bool same_point(struct point a, struct point b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

/* Along the ground the neighbour's street is a good guess, and homes of one building are alike. */
static void snap_part(void *arg, int part, uint32_t first, uint32_t end)
{
    const struct snapping *s = arg;
    const struct planner *p = s->p;
    const struct anchor *before = NULL;
    (void)part;
    for (uint32_t i = first; i < end; i++) {
        uint32_t row = s->order[i];
        struct anchor *anchor = &s->anchor[s->sorted ? i : row];
        if (before && same_point(before->home, s->t->at[row]))
            *anchor = *before;
        else
            roads_snap_near(p->roads, p->profile, s->t->at[row], (double)p->access_m,
                            before ? before->edge : NO_EDGE, anchor);
        before = anchor;
    }
}

static uint32_t *ground_order(struct planner *p, const struct points *t)
{
    AUTO(arena_free) struct arena mem = { 0 };
    uint32_t *order = arena_room(&p->c->mem, (size_t)t->n * sizeof *order, alignof(uint32_t));
    uint64_t *keys = arena_room(&mem, (size_t)t->n * 16, alignof(uint64_t));
    for (uint32_t i = 0; i < t->n; i++)
        keys[i] = (uint64_t)point_hilbert(&p->roads->box, t->at[i]) << 32 | i;
    sort_keys(keys, keys + t->n, t->n);
    for (uint32_t i = 0; i < t->n; i++)
        order[i] = (uint32_t)keys[i];
    return order;
}

static struct anchor *snap_all(struct planner *p, const struct points *t, const uint32_t *order,
                               bool sorted)
{
    struct anchor *anchor = arena_room(&p->c->mem, (size_t)t->n * sizeof *anchor,
                                       alignof(struct anchor));
    struct snapping s = { p, t, order, anchor, sorted };
    planner_share(p, t->n, snap_part, &s);
    uint32_t loose = 0, first = t->n;
    for (uint32_t i = 0; i < t->n; i++)
        if (anchor[i].edge == NO_EDGE) {
            uint32_t row = sorted ? order[i] : i;
            first = row < first ? row : first;
            loose++;
        }
    if (loose)
        fprintf(stderr, "yike roads: %s: %u of %u rows have no street for %s within %lld m, "
                        "the first is %.*s\n", t->path, loose, t->n, profiles[p->profile].en,
                (long long)p->access_m, SV_ARG(t->id[first]));
    return anchor;
}

struct anchor *planner_snap(struct planner *p, const struct points *t)
{
    return snap_all(p, t, ground_order(p, t), false);
}

struct anchor *planner_snap_sorted(struct planner *p, const struct points *t,
                                   uint32_t **ret_order)
{
    *ret_order = ground_order(p, t);
    return snap_all(p, t, *ret_order, true);
}
