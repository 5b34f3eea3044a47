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

enum { RUN = 1024 };

struct snapping {
    const struct planner *p;
    const struct points   *t;
    uint64_t              *key;          /* place along the ground, and row */
    struct anchor         *anchor;       /* of each row */
};

void planner_snap_run(const struct planner *p, const struct points *t, const uint64_t *key,
                      uint32_t n, struct anchor *ret_anchor)
{
    struct point at[RUN];
    for (uint32_t done = 0, now; done < n; done += now) {
        now = n - done < RUN ? n - done : RUN;
        for (uint32_t i = 0; i < now; i++)
            at[i] = t->at[(uint32_t)key[done + i]];
        roads_snap_run(p->roads, p->profile, at, now, (double)p->access_m, ret_anchor + done);
    }
}

static void snap_part(void *arg, int part, uint32_t first, uint32_t end)
{
    const struct snapping *s = arg;
    struct anchor run[RUN];
    (void)part;
    for (uint32_t n; first < end; first += n) {
        n = end - first < RUN ? end - first : RUN;
        planner_snap_run(s->p, s->t, s->key + first, n, run);
        for (uint32_t i = 0; i < n; i++)
            s->anchor[(uint32_t)s->key[first + i]] = run[i];
    }
}

/* Each share is put in order by itself: it is one thread that goes along it. */
static void key_part(void *arg, int part, uint32_t first, uint32_t end)
{
    const struct snapping *s = arg;
    uint64_t *spare = block_take(((size_t)(end - first) + 1) * sizeof *spare);
    (void)part;
    for (uint32_t i = first; i < end; i++)
        s->key[i] = (uint64_t)point_hilbert(&s->p->roads->box, s->t->at[i]) << 32 | i;
    sort_keys_high(s->key + first, spare, end - first);
    block_free(spare);
}

uint64_t *planner_order(struct planner *p, const struct points *t)
{
    uint64_t *key = arena_room(&p->c->mem, (size_t)t->n * sizeof *key, alignof(uint64_t));
    struct snapping s = { .p = p, .t = t, .key = key };
    planner_share(p, t->n, key_part, &s);
    return key;
}

void planner_tell_loose(const struct planner *p, const struct points *t, uint32_t loose,
                        uint32_t first)
{
    if (loose)
        fprintf(stderr, "yike roads: %s: %u of %u rows have no street for %s within %lld m, "
                        "the first is %.*s\n", t->path, loose, t->n, profiles[p->profile].en,
                (long long)p->access_m, SV_ARG(t->id[first]));
}

struct anchor *planner_snap(struct planner *p, const struct points *t)
{
    struct anchor *anchor = arena_room(&p->c->mem, (size_t)t->n * sizeof *anchor,
                                       alignof(struct anchor));
    struct snapping s = { p, t, planner_order(p, t), anchor };
    planner_share(p, t->n, snap_part, &s);
    uint32_t loose = 0, first = t->n;
    for (uint32_t row = t->n; row-- > 0;)
        if (anchor[row].edge == NO_EDGE) {
            first = row;
            loose++;
        }
    planner_tell_loose(p, t, loose, first);
    return anchor;
}
